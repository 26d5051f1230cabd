"""Exercises that look alike do not count each other, and what leads up to them counts nothing."""

from __future__ import annotations

from itertools import product

import pytest

from coached import coach, coached, stock
from performed import LONG_ENOUGH
from puppet import perform

BENDING = ("squat", "wall-squat", "hip-hinge", "romanian-deadlift", "deadlift", "bent-over-row")
HINGES = {"hip-hinge", "romanian-deadlift", "deadlift"}
"""What tells these from each other is what hangs from the hands, or where one begins."""
STANDING = ("squat", "wall-squat", "bent-over-row", "lunge", "heel-raise", "warm-up-march")


@pytest.mark.parametrize(
    ("exercise", "by"),
    [
        (exercise, by)
        for exercise, by in product((*BENDING, "lunge", "warm-up-march", "heel-raise"), BENDING)
        if exercise != by and not {exercise, by} <= HINGES
    ],
)
def test_another_exercise_counts_nothing(exercise: str, by: str) -> None:
    outcome = coached(exercise, by=by, fps=15, noise=1.0, **LONG_ENOUGH[exercise])
    assert (outcome.count, outcome.held) == (0, 0.0)


@pytest.mark.parametrize(
    ("exercise", "by"),
    [
        # Bending down to where one rows is no hinge, nor is kneeling down over one knee a lunge.
        ("bent-over-row", "hip-hinge"),
        ("bent-over-row", "romanian-deadlift"),
        ("cat-cow", "lunge"),
        ("hip-flexor-stretch", "lunge"),
        ("warm-up-march", "lunge"),
        # On all fours, or on the back, something else is done than keeping still.
        ("cat-cow", "abdominal-draw-in"),
        ("bird-dog", "abdominal-draw-in"),
        ("thoracic-twist", "abdominal-draw-in"),
        ("bent-over-row", "abdominal-draw-in"),
        ("forearm-plank", "abdominal-draw-in"),
        ("partial-crunch", "abdominal-contraction"),
        ("straight-leg-raise", "abdominal-contraction"),
        ("hamstring-stretch", "abdominal-contraction"),
        ("knee-to-chest-kicks", "abdominal-contraction"),
    ],
)
def test_another_exercise_and_the_way_into_it_count_nothing(exercise: str, by: str) -> None:
    there = perform(exercise, walk_in=True, leave=True, fps=15, noise=1.0, **LONG_ENOUGH.get(exercise, {}))
    outcome = coach(by, there.samples)
    assert (outcome.count, outcome.held) == (0, 0.0)


@pytest.mark.parametrize("by", ["plank", "forearm-plank"])
def test_a_hold_seen_from_the_wrong_side_is_neither_timed_nor_judged(by: str) -> None:
    """A side plank from the front looks like a plank from the side."""
    outcome = coached("side-plank", by=by, hold_s=10, noise=1.0)
    assert (outcome.held, outcome.fault_kinds) == (0.0, set())
    assert set(outcome.said) == {"Turn your side to the camera"}


@pytest.mark.parametrize("exercise", STANDING)
def test_walking_in_and_off_changes_nothing(exercise: str) -> None:
    outcome = coached(exercise, walk_in=True, leave=True, fps=15, noise=1.0, **LONG_ENOUGH[exercise])
    assert outcome.performance is not None
    assert outcome.count == len(outcome.performance.truth.reps)
    assert outcome.corrections == []


@pytest.mark.parametrize("by", ["squat", "lunge", "heel-raise", "warm-up-march", "bent-over-row"])
def test_sitting_down_counts_nothing(by: str) -> None:
    sitting = perform("swiss-ball-march", walk_in=True, leave=True, fps=15, noise=1.0, reps=1)
    assert coach(by, sitting.samples).count == 0


@pytest.mark.parametrize("exercise", ["squat", "wall-squat", "bent-over-row", "lunge", "warm-up-march"])
@pytest.mark.parametrize("yaw", [20, 40])
def test_seen_at_an_angle_it_counts(exercise: str, yaw: float) -> None:
    outcome = coached(exercise, yaw=yaw, fps=15, noise=1.0, **LONG_ENOUGH[exercise])
    assert outcome.performance is not None
    assert outcome.count == len(outcome.performance.truth.reps)
    assert outcome.fault_kinds == set()


@pytest.mark.parametrize("exercise", ["squat", "lunge", "bent-over-row", "swiss-ball-march"])
def test_a_try_that_falls_short_is_told_so(exercise: str) -> None:
    outcome = coached(exercise, fault="shallow", noise=1.0, reps=2)
    assert outcome.count == 0
    assert stock(exercise).missed in outcome.said
