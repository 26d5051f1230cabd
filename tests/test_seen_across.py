"""Legs that go across, through the real pose model: knees sunk to a side, an ankle over the other knee."""

from __future__ import annotations

from pathlib import Path

import pytest

from coached import Outcome, coach
from puppet import perform
from puppet.drawing import frames

pytestmark = pytest.mark.model


def filmed(exercise: str, model_path: Path, **how: object) -> Outcome:
    from formcoach.pose import PoseReader

    performance = perform(exercise, fps=8, **how)
    with PoseReader(model_path) as reader:
        return coach(exercise, [reader.read(frame) for frame in frames(performance)])


@pytest.mark.parametrize("facing", ["left", "right"])
def test_a_leg_twist_counts_for_the_side_to_which_the_knees_sink(facing: str, model_path: Path) -> None:
    outcome = filmed("leg-twist", model_path, facing=facing, reps=[("left", 1), ("right", 1)])
    assert outcome.counts == {"left": 1, "right": 1}
    assert outcome.corrections == []


@pytest.mark.parametrize("facing", ["left", "right"])
def test_knees_that_hardly_sink_count_nothing(facing: str, model_path: Path) -> None:
    how = {"facing": facing, "reps": [("left", 1), ("right", 1)], "fault": "shallow"}
    assert filmed("leg-twist", model_path, **how).count == 0


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_crossing_leg_nearer_to_the_camera_is_timed(side: str, model_path: Path) -> None:
    outcome = filmed("piriformis-stretch", model_path, facing=side, reps=[(side, 1)], hold_s=6)
    (hold,) = outcome.report.holds
    assert hold.side == side
    assert hold.in_form_s == pytest.approx(6.0, abs=1.2)
    assert outcome.corrections == []


@pytest.mark.parametrize("fault", ["thigh_far", "shoulders_lifted"])
def test_what_is_wrong_with_a_crossing_leg_is_found(fault: str, model_path: Path) -> None:
    how = {"facing": "right", "reps": [("right", 1)], "hold_s": 8, "fault": fault}
    kind = {"thigh_far": "hip_open"}.get(fault, fault)
    assert filmed("piriformis-stretch", model_path, **how).fault_kinds == {kind}


def test_a_leg_that_does_not_cross_is_not_timed(model_path: Path) -> None:
    how = {"facing": "right", "reps": [("right", 1)], "hold_s": 10, "fault": "not_crossed"}
    assert filmed("piriformis-stretch", model_path, **how).held < 5.0
