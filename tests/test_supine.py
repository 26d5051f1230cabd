"""Exercises on the back do not count each other, nor what leads to them and away."""

from __future__ import annotations

from functools import cache
from itertools import permutations

import pytest

from coached import coach, coached
from puppet import Performance, perform

REPS = {"reps": [("left", 2), ("right", 2)]}
SUPINE = (
    "bridge",
    "partial-crunch",
    "sit-up",
    "roll-up",
    "knees-to-chest",
    "straight-leg-raise",
    "knee-to-chest-kicks",
    "leg-twist",
    "knee-rolls",
)
ELSEWHERE = ("bird-dog", "cat-cow", "hip-hinge", "deadlift")


@cache
def performed(exercise: str) -> Performance:
    return perform(exercise, fps=10, noise=1.0, walk_in=True, leave=True, **REPS)


INCLUDED = {("knee-rolls", "knees-to-chest"), ("knee-rolls", "leg-twist")}
"""In a knee roll the knees sink to each side, and are drawn to the chest in the middle."""


@pytest.mark.parametrize(("exercise", "other"), sorted({*permutations(SUPINE, 2)} - INCLUDED))
def test_one_exercise_does_not_count_as_another(exercise, other):
    assert coach(other, performed(exercise).samples).count == 0


@pytest.mark.parametrize("exercise", SUPINE)
def test_no_other_exercise_counts_as_one_on_the_back(exercise):
    for other in ELSEWHERE:
        assert coach(exercise, performed(other).samples).count == 0
    assert coach(exercise, perform("plank", fps=10, walk_in=True, leave=True).samples).count == 0


@pytest.mark.parametrize("exercise", SUPINE)
def test_getting_down_and_up_counts_nothing(exercise):
    found = coach(exercise, performed(exercise).samples)
    assert found.count == 4
    assert found.fault_kinds == set()


def test_a_sit_up_is_no_crunch_and_is_told_so():
    found = coach("partial-crunch", performed("sit-up").samples)
    assert found.kinds >= {"sit_up"}
    assert "Stop when your shoulder blades are up" in found.said


def test_a_bridge_held_long_enough_is_to_dose():
    found = coached("bridge", reps=1, hold_s=9, fps=10)
    (rep,) = found.report.repetitions
    assert rep.performed and rep.to_dose
    (rep,) = coached("bridge", reps=1, hold_s=3, fps=10).report.repetitions
    assert rep.performed and not rep.to_dose


def test_the_head_alone_is_no_crunch():
    found = coached("partial-crunch", reps=2, fault="shallow", fps=15, noise=1.0)
    assert found.count == 0
    assert "Shoulder blades off the floor too" in found.said
