"""Knee rolls: rounds counted exactly, each way of getting them wrong told, and all through the real model."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from coached import Outcome, coach, coached, stock
from formcoach.replaying import samples_of
from puppet import Figure
from puppet.drawing import draw
from puppet.performance import Performance, perform

LEFT, RIGHT = [("left", 1)], [("right", 1)]
ORDER = ["knees_away", "knees_to_chest", "knees_to_camera"]
"""Of a round that begins on the side away from the camera."""


def orders(outcome: Outcome) -> list[list[str]]:
    return [[kept.station for kept in one.stations] for one in outcome.report.rounds if one.performed]


def reasons(outcome: Outcome) -> list[tuple[str, str]]:
    return [(one.kind, one.why_not) for one in outcome.report.rounds if not one.performed]


@pytest.mark.parametrize("facing", ["left", "right"])
@pytest.mark.parametrize("side", ["left", "right"])
def test_either_side_can_be_the_first(side: str, facing: str) -> None:
    outcome = coached("knee-rolls", reps=[(side, 2)], facing=facing, noise=1.0, fps=15)
    towards = side == facing  # facing left, somebody shows their left side
    assert orders(outcome) == [ORDER[::-1] if towards else ORDER] * 2
    assert reasons(outcome) == []
    assert outcome.corrections == []


def test_rounds_that_begin_on_one_side_and_then_on_the_other() -> None:
    outcome = coached("knee-rolls", reps=[("left", 1), ("right", 1), ("left", 1)], noise=1.0, fps=15)
    assert orders(outcome) == [ORDER, ORDER[::-1], ORDER]


def test_the_next_station_is_named_when_one_has_been_held() -> None:
    outcome = coached("knee-rolls", reps=LEFT, noise=1.0, fps=15)
    stations = stock("knee-rolls").stations
    told = [cue.text for cue in outcome.report.cues if cue.about == "next"]
    assert told == [*(stations[name].say for name in ORDER), stations[ORDER[0]].say]
    (one,) = outcome.report.rounds
    for cue, kept in zip(outcome.report.cues[1:3], one.stations, strict=False):
        shown = next(step for step in outcome.steps if step.t == cue.t)
        assert shown.station == kept.station
        assert shown.held_s == pytest.approx(5.0, abs=0.15)


def test_what_the_screen_is_told_follows_the_stations() -> None:
    outcome = coached("knee-rolls", reps=LEFT, fps=15)
    seen = [(step.station, step.next) for step in outcome.steps]
    assert list(dict.fromkeys(seen)) == [
        ("", "knees_away"),
        ("knees_away", ""),
        ("knees_away", "knees_to_chest"),
        ("knees_to_chest", ""),
        ("knees_to_chest", "knees_to_camera"),
        ("knees_to_camera", ""),
        ("knees_to_camera", "knees_away"),
    ]
    assert {step.phase for step in outcome.steps} == {"going", "hold"}


@pytest.mark.parametrize(
    ("fault", "kind", "why", "says"),
    [
        ("left_out", "left_out", "knees to chest left out", "In between, draw your knees in"),
        (
            "out_of_order",
            "out_of_order",
            "knees away again before knees to camera",
            "Then both knees towards the camera",
        ),
        ("held_short", "held_short", "knees to chest held 2 of 5 seconds", "Stay there for 5 seconds"),
    ],
)
def test_what_is_no_round_is_told_in_words_and_in_the_report(
    fault: str, kind: str, why: str, says: str
) -> None:
    outcome = coached("knee-rolls", reps=LEFT, fault=fault, noise=1.0, fps=15)
    assert outcome.count == 0
    assert reasons(outcome)[0] == (kind, why)
    assert says in outcome.corrections


def test_knees_that_do_not_go_far_enough_are_no_station() -> None:
    outcome = coached("knee-rolls", reps=LEFT, fault="not_far", noise=1.0, fps=15)
    assert outcome.count == 0
    assert {step.station for step in outcome.steps} == {"", "knees_to_chest"}
    assert [cue.text for cue in outcome.report.cues][1:2] == [stock("knee-rolls").stations["knees_away"].say]


def test_somebody_lying_on_their_side_is_at_no_station() -> None:
    outcome = coached("side-plank", by="knee-rolls", hold_s=8, yaw=0)
    assert {step.station for step in outcome.steps} == {""}


@pytest.mark.parametrize("figure", [Figure(build=1.3), Figure(thigh=0.45, shank=0.43), Figure(trunk=0.53)])
@pytest.mark.parametrize("fps", [10, 30])
def test_body_shapes_and_frame_rates_change_nothing(figure: Figure, fps: int) -> None:
    outcome = coached("knee-rolls", reps=RIGHT, figure=figure, noise=1.0, fps=fps)
    assert orders(outcome) == [ORDER[::-1]]
    assert outcome.corrections == []


def test_a_gap_at_a_station_is_neither_held_nor_too_short() -> None:
    performance = perform("knee-rolls", reps=LEFT, fps=15)
    (one,) = coach("knee-rolls", performance.samples).report.rounds
    gap = (one.start + 1.0, one.start + 3.5)
    outcome = coached("knee-rolls", reps=LEFT, fps=15, dropouts=[gap])
    assert outcome.count == 0
    assert reasons(outcome)[0][0] == "unseen"


# ---- through the real model ----------------------------------------------------------------------

FILMED = {
    "facing right": {"reps": LEFT},
    "facing left": {"reps": LEFT, "facing": "left"},
    "a little from the feet": {"reps": RIGHT, "yaw": 15.0},
    "without the middle": {"reps": LEFT, "fault": "left_out"},
    "shoulders that lift": {"reps": LEFT, "fault": "shoulder_lifted"},
}


@pytest.fixture(scope="module")
def filmed(tmp_path_factory: pytest.TempPathFactory, model_path: Path):
    """What the coach makes of the drawn video of a performance."""
    folder = tmp_path_factory.mktemp("knee-rolls")

    @cache
    def see(name: str) -> tuple[Performance, Outcome]:
        performance = perform("knee-rolls", fps=8, **FILMED[name])
        path = draw(performance, folder / f"{name.replace(' ', '-')}.mp4", height=480)
        return performance, coach("knee-rolls", samples_of(path, model_path, back=False))

    return see


@pytest.mark.model
@pytest.mark.parametrize("name", [name for name, how in FILMED.items() if "fault" not in how])
def test_the_real_model_tells_the_stations(name: str, filmed) -> None:
    performance, outcome = filmed(name)
    (one,) = outcome.report.rounds
    assert one.performed
    assert outcome.corrections == []
    (true,) = performance.truth.reps
    assert one.start == pytest.approx(true.start, abs=1.8)  # on the way it is far enough already
    assert one.end < true.end


@pytest.mark.model
def test_the_real_model_sees_what_is_left_out(filmed) -> None:
    _, outcome = filmed("without the middle")
    assert outcome.count == 0
    assert reasons(outcome)[0][0] == "left_out"


@pytest.mark.model
def test_the_real_model_sees_a_shoulder_that_lifts_on_the_way_to_the_camera(filmed) -> None:
    """The one that lifts as the knees go away it sees less surely."""
    _, outcome = filmed("shoulders that lift")
    assert outcome.count == 1
    assert ("shoulders_down", "high") in {(fault.check, fault.direction) for fault in outcome.report.faults}
    assert outcome.fault_kinds == {"shoulder_lifted"}
