"""Getting into the position of an exercise, and leaving it for good: what keys would be pressed for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from pytest import approx

from coached import coached, stock
from formcoach.dose_watch import DoseWatch
from formcoach.events import Coaching
from formcoach.spec import Dose, Spec
from formcoach.stance import DONE_S, KEPT_S, KEPT_STANDING_S, LEFT_S, OUT_S, TURN_OVER_S, Entering, Leaving

ANY = coached("plank", hold_s=1).steps[0]
PLANK, HINGE, BIRD_DOG = stock("plank"), stock("hip-hinge"), stock("bird-dog")


def answers(*parts: tuple[float, str], reps: dict[str, int] | None = None) -> list[Coaching]:
    """Answers ten times a second: seconds of a phase, or of nobody."""
    stream: list[Coaching] = []
    for seconds, phase in parts:
        for _ in range(round(seconds * 10)):
            there = phase != "nobody"
            stream.append(
                ANY._replace(
                    t=len(stream) / 10,
                    phase=phase if there else "setup",
                    someone=there,
                    reps=reps or {"": 0},
                    holds_s=dict.fromkeys(reps or {"": 0}, 0.0),
                )
            )
    return stream


def entered(spec: Spec, stream: Iterable[Coaching]) -> float | None:
    entering = Entering(spec)
    return next((one.t for one in stream if entering.step(one)), None)


def left(spec: Spec, stream: Iterable[Coaching]) -> float | None:
    leaving, dose = Leaving(spec), DoseWatch(spec)
    for one in stream:
        dose.take(one)
        if leaving.step(one, dose):
            return one.t
    return None


def test_getting_into_position_and_keeping_it_means_begin():
    assert entered(PLANK, answers((2, "setup"), (5, "hold"))) == approx(2 + KEPT_S, abs=0.11)
    assert entered(PLANK, answers((2, "nobody"), (5, "hold"))) == approx(2 + KEPT_S, abs=0.11)


def test_standing_there_takes_longer_to_mean_anything():
    assert entered(HINGE, answers((2, "setup"), (9, "start"))) == approx(2 + KEPT_STANDING_S, abs=0.11)


def test_whoever_stays_where_they_are_is_resting():
    assert entered(PLANK, answers((30, "hold"))) is None
    assert entered(BIRD_DOG, answers((20, "start"), (OUT_S - 0.3, "setup"), (20, "start"))) is None


def test_passing_through_the_position_is_not_getting_into_it():
    assert entered(PLANK, answers((2, "setup"), (KEPT_S - 0.3, "hold"), (5, "setup"))) is None


def test_with_the_dose_done_leaving_is_known_soon():
    spec = replace(HINGE, dose=Dose(None, (2, 2)))
    stream = answers((3, "start"), (60, "setup"), reps={"": 2})
    assert left(spec, stream) == approx(3 + DONE_S, abs=0.11)


def test_with_some_of_it_done_leaving_takes_longer():
    stream = answers((3, "start"), (60, "setup"), reps={"": 2})
    assert left(HINGE, stream) == approx(3 + LEFT_S, abs=0.11)


def test_to_turn_over_there_is_time():
    stream = answers((3, "start"), (60, "setup"), reps={"left": 2, "right": 0})
    assert left(BIRD_DOG, stream) == approx(3 + TURN_OVER_S, abs=0.11)


@pytest.mark.parametrize("phase", ["start", "nobody"])
def test_staying_or_leaving_the_picture_is_not_leaving_the_exercise(phase):
    assert left(HINGE, answers((3, "start"), (120, phase), reps={"": 2})) is None


def test_whoever_has_not_begun_cannot_leave():
    assert left(HINGE, answers((120, "setup"))) is None
