"""Standing exercises: what leads up to them, a camera at an angle, and tries that fall short."""

from __future__ import annotations

import pytest

from coached import coach, coached, stock
from performed import LONG_ENOUGH
from puppet import perform

STANDING = ("squat", "wall-squat", "bent-over-row", "lunge", "heel-raise", "warm-up-march")


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
