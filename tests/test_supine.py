"""Exercises on the back: getting down to them and up again, and what each is not."""

from __future__ import annotations

import pytest

from coached import coached

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


@pytest.mark.parametrize("exercise", SUPINE)
def test_getting_down_and_up_counts_nothing(exercise):
    found = coached(exercise, fps=10, noise=1.0, walk_in=True, leave=True, **REPS)
    assert found.count == 4
    assert found.fault_kinds == set()


def test_a_sit_up_is_no_crunch_and_is_told_so():
    found = coached("sit-up", by="partial-crunch", fps=10, noise=1.0, walk_in=True, leave=True, **REPS)
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


def test_a_stretch_with_an_ankle_on_the_knee_is_not_both_knees_to_the_chest():
    found = coached("piriformis-stretch", by="knees-to-chest", fps=15, noise=1.0, hold_s=6)
    assert found.count == 0
    assert found.kinds == {"ankle_on_knee"}
    assert "Feet side by side, both knees in" in found.said
