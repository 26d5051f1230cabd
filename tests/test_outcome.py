"""What moved bounds do to a recording: counted at once, and judged to the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coached import stock
from formcoach.comparing import compare
from formcoach.outcome import Outcome, add_up, outcome, tally
from formcoach.report import SessionReport
from formcoach.spec import Range, Spec
from formcoach.studio_view import outcomes_as_json
from formcoach.whatif import judge, readings_of
from puppet import perform


def narrowed(spec: Spec) -> Spec:
    """The bird-dog, with a leg that must come higher than it does."""
    return replace(spec, poses={**spec.poses, "work": {**spec.poses["work"], "leg": Range(20, 60)}})


def counted(report: SessionReport) -> int:
    return sum(map(report.performed, report.sides))


@pytest.mark.parametrize(
    ("exercise", "how"),
    [
        ("bird-dog", {"reps": [("left", 1), ("right", 1)], "hold_s": 2}),
        ("plank", {"hold_s": 4}),
        ("knee-rolls", {"reps": 1}),
    ],
)
def test_a_tally_is_what_judging_gives(exercise: str, how: dict[str, object]) -> None:
    spec = stock(exercise)
    readings = readings_of(perform(exercise, fps=15, **how).samples, spec)
    found, report = tally(readings, spec), judge(readings, spec)
    assert found.counted == counted(report)
    assert found.held_s == pytest.approx(report.hold_s)
    assert found.counted or found.held_s


@pytest.fixture(scope="module")
def both() -> tuple[SessionReport, SessionReport]:
    spec = stock("bird-dog")
    samples = perform("bird-dog", fps=15, reps=[("left", 1), ("right", 1)], hold_s=2).samples
    readings = readings_of(samples, spec)
    return judge(readings, spec), judge(readings, narrowed(spec))


def test_an_outcome_says_before_and_after(both: tuple[SessionReport, SessionReport]) -> None:
    found = outcome(*both)
    assert found.counted == (2, 0)
    assert found.changes == compare(*both).changes
    assert outcome(both[0], both[0]).changes == ()


def test_what_is_not_judged_yet_is_told_as_tallied_and_awaited(both) -> None:
    spec = stock("bird-dog")
    samples = perform("bird-dog", fps=15, reps=[("left", 1), ("right", 1)], hold_s=2).samples
    readings = readings_of(samples, spec)
    pair = tally(readings, spec), tally(readings, narrowed(spec))
    judged: dict[str, Outcome] = {"a": outcome(*both)}
    begun = outcomes_as_json(["a", "b"], {"a": pair}, {})
    assert begun["uncounted"] == 1 and begun["sums"]["counted"] == (2, 0) and begun["waiting"] == 2
    some = outcomes_as_json(["a", "b"], {"a": pair, "b": pair}, judged)
    assert some["waiting"] == 1
    assert some["sums"]["counted"] == (4, 0) and some["sums"]["faults"] is None
    assert {one["recording"] for one in some["changes"]} == {"a"}
    whole = outcomes_as_json(["a", "b"], {"a": pair, "b": pair}, {**judged, "b": judged["a"]})
    assert whole["waiting"] == 0 and whole["sums"]["to_dose"] == (0, 0)
    assert whole["changed"] == 2 * len(judged["a"].changes)


def test_nothing_adds_up_to_nothing() -> None:
    assert add_up([]) == (0, 0)
