"""A routine without a key: a set begins with its position, ends with leaving it, and waits for the absent."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from pytest import approx

from formcoach.guide import AWAY_S
from formcoach.landmarks import PoseSample, nobody
from formcoach.routine import LEAD_S, Plan, Step
from formcoach.routine_session import RoutineSession
from formcoach.stance import KEPT_S, LEFT_S
from overhearing import overhear, words
from puppet import perform
from test_routine_session import Kept, again, do, planned

FPS = 10
COUNT_IN = ("Three.", "Two.", "One.")
PLANK = Step(exercise="plank", hold_s=(2, 3), sets=2, rest_s=60)
ROWS = Step(exercise="bird-dog", reps=(4, 4), hold_s=(1, 1), sets=1, rest_s=5)


def follow(*parts: list[PoseSample]) -> list[PoseSample]:
    """Samples one after the other."""
    stream: list[PoseSample] = []
    for part in parts:
        start = stream[-1].t + 1 / FPS if stream else 0.0
        stream += [replace(one, t=round(start + one.t, 6)) for one in part]
    return stream


def gone(seconds: float) -> list[PoseSample]:
    return [nobody(i / FPS) for i in range(round(seconds * FPS))]


def plank(hold_s: float = 5) -> list[PoseSample]:
    """Walking in, a plank, and standing up again."""
    return perform("plank", fps=FPS, hold_s=hold_s, walk_in=True, leave=True).samples


def stages(plan: Plan, stream: list[PoseSample]) -> list[tuple[str, float]]:
    """The stages in order, each with the time when it began."""
    session = RoutineSession(plan)
    found: list[tuple[str, float]] = []
    for sample in stream:
        session.take(sample)
        if not found or found[-1][0] != session.now.stage:
            found.append((session.now.stage, sample.t))
    return found


def test_getting_into_position_begins_the_set_before_the_countdown_is_over():
    found = stages(planned(PLANK), follow(plank(12)))
    assert [stage for stage, _ in found[:3]] == ["ready", "exercise", "rest"]


def test_again_needs_no_waiting_for_the_end_of_the_rest():
    stream = follow(gone(LEAD_S), plank(), plank())
    found = stages(planned(PLANK), stream)
    assert [stage for stage, _ in found] == ["ready", "exercise", "rest", "exercise", "ended"]
    report = do(planned(PLANK), stream)
    assert report.steps[0].outcome == "done"
    assert len(report.steps[0].sets) == 2
    assert all(one.hold_s >= 2.9 for one in report.steps[0].sets)


def test_what_was_held_while_getting_in_counts():
    """The set begins where the position was taken, not where that was sure."""
    report = do(planned(replace(PLANK, hold_s=(4, 5))), follow(gone(1), plank(6), gone(1), plank(6)))
    assert KEPT_S >= 1.0
    assert [one.hold_s for one in report.steps[0].sets] == approx([5, 5], abs=0.4)
    assert report.steps[0].outcome == "done"


def test_staying_in_position_is_no_next_set():
    found = stages(planned(PLANK), follow(gone(LEAD_S + 1), perform("plank", fps=FPS, hold_s=25).samples))
    assert [stage for stage, _ in found] == ["ready", "exercise", "rest"]


def test_who_gets_into_position_early_is_counted_in_from_the_beginning():
    hinges = perform("hip-hinge", fps=FPS, reps=1, rest_s=9, walk_in=True).samples
    plan = planned(Step(exercise="hip-hinge", reps=(1, 1), sets=1))
    lines = overhear(RoutineSession(plan), hinges)
    assert words(lines)[1:] == [*COUNT_IN, "Go.", "One. All done. Well done!"]
    assert [b.t - a.t for a, b in pairwise(lines[1:5])] == approx([1.0] * 3, abs=0.15)


def test_leaving_the_position_ends_the_set():
    some = perform("bird-dog", fps=FPS, reps=[("left", 1), ("right", 1)], hold_s=1.5, leave=True)
    up = next(sample for sample in some.samples if sample.t >= some.truth.set[1] + 3.0)
    standing = [replace(up, t=i / FPS) for i in range(round((LEFT_S + 3) * FPS))]
    kept = Kept()
    stream = follow(gone(LEAD_S + 1), [one for one in some.samples if one.t < up.t], standing)
    report = do(planned(ROWS), stream, recorder=kept)
    assert report.steps[0].outcome == "left"
    assert [one.performed("left") + one.performed("right") for one in report.steps[0].sets] == [2]
    assert again(planned(ROWS), kept).as_dict() == report.as_dict()


@pytest.mark.parametrize("away_s", [0.0, 200.0])
def test_being_away_takes_nothing_from_the_time_of_a_set(away_s):
    first = perform("plank", fps=FPS, hold_s=1.5).samples
    stream = follow(gone(LEAD_S + 1), first, gone(away_s), plank(5))
    report = do(planned(replace(PLANK, sets=1)), stream)
    assert report.steps[0].outcome == "done"
    assert report.steps[0].spent_s < len(first) / FPS + AWAY_S + 20


def standing(seconds: float) -> list[PoseSample]:
    """Somebody who stands there."""
    up = perform("hip-hinge", fps=FPS, reps=1).samples[0]
    return [replace(up, t=i / FPS) for i in range(round(seconds * FPS))]


def test_after_a_hold_that_was_too_short_it_can_be_held_again_or_the_next_step_comes():
    steps = replace(PLANK, hold_s=(4, 5), sets=1), Step(exercise="hip-hinge", reps=(1, 1), sets=1)
    short, hinge = plank(1.5), perform("hip-hinge", fps=FPS, reps=1).samples
    wait = gone(LEAD_S + 10)

    again = do(planned(*steps), follow(gone(LEAD_S), short, plank(6), wait, hinge))
    assert [step.outcome for step in again.steps] == ["done", "done"]
    assert [hold.to_dose for hold in again.steps[0].sets[0].holds] == [False, True]

    given_up = do(planned(*steps), follow(gone(LEAD_S), short, standing(LEFT_S + 2), wait, hinge))
    assert [step.outcome for step in given_up.steps] == ["left", "done"]
    assert [hold.to_dose for hold in given_up.steps[0].sets[0].holds] == [False]
    assert given_up.steps[1].sets[0].performed("") == 1


def test_a_side_that_was_held_too_short_is_asked_for_again():
    def held(side: str, hold_s: float) -> list[PoseSample]:
        return perform("side-plank", fps=FPS, reps=[(side, 1)], hold_s=hold_s).samples

    plan = planned(Step(exercise="side-plank", hold_s=(4, 5), sets=1))
    session, heard = RoutineSession(plan), set[str]()
    for sample in follow(gone(LEAD_S + 1), held("left", 2), held("right", 7), held("left", 7)):
        session.take(sample)
        heard.add(session.notice)
    assert "Now your left side" in heard
    (step,) = session.finish().steps
    assert step.outcome == "done"
    assert [(hold.side, hold.to_dose) for hold in step.sets[0].holds] == [
        ("left", False),
        ("right", True),
        ("left", True),
    ]
