"""Still, or on the way somewhere: by time and not by pictures, and unseen is neither."""

from __future__ import annotations

import pytest
from pytest import approx

from formcoach.spec import Range
from formcoach.stillness import SETTLING, SETTLING_S, Stillness, unit_of
from timeline import UNSEEN, Keys, at, moments, reps_spec

SPEC = reps_spec()
POSE = {"leg": Range(-15, 50), "shift": Range(-1, 1)}
"""Degrees and trunk lengths."""


def since(leg: Keys, shift: Keys = ((0.0, 0.0),), fps: float = 20.0) -> dict[float, float | None]:
    """Since when it is still, at each moment."""
    stillness = Stillness(POSE, SPEC)
    times = moments(leg[-1][0], fps)
    return {round(t, 3): stillness.step(t, {"leg": at(leg, t), "shift": at(shift, t)}) for t in times}


def test_resting_is_still_once_it_has_been_seen_for_a_moment():
    told = since([(0, 5), (2, 5)])
    assert [t for t, start in told.items() if start is None] == approx([0, 0.05, 0.1, 0.15])
    assert told[SETTLING_S] == 0.0


@pytest.mark.parametrize("fps", [10, 20, 60])
def test_coming_to_rest_it_is_still_since_it_was_about_there(fps):
    told = since([(0, -40), (1, 5), (3, 5)], fps=fps)
    first = next(t for t, start in told.items() if start is not None)
    assert first == approx(1 - SETTLING / 45 + SETTLING_S, abs=1 / fps + 0.01)
    assert told[first] == approx(first - SETTLING_S, abs=0.01)


def test_slower_than_its_bound_is_still_and_faster_is_not():
    bound = SETTLING / SETTLING_S
    assert since([(0, 0), (3, 3 * (bound - 1))])[2.0] is not None
    assert since([(0, 0), (3, 3 * (bound + 1))])[2.0] is None


def test_lengths_are_told_in_hundredths():
    assert (unit_of(SPEC, "leg"), unit_of(SPEC, "shift")) == (1.0, 0.01)
    assert since([(0, 5), (3, 5)], shift=[(0, 0.0), (3, 0.6)])[2.0] is not None
    assert since([(0, 5), (3, 5)], shift=[(0, 0.0), (3, 1.2)])[2.0] is None


def test_what_is_not_seen_is_not_on_its_way():
    assert since([(0, UNSEEN), (2, UNSEEN)])[1.0] is not None


def test_what_came_before_a_frozen_picture_or_was_forgotten_says_nothing():
    stillness = Stillness(POSE, SPEC)
    rest = {"leg": 5.0, "shift": 0.0}
    assert [stillness.step(t, rest) for t in (0.0, 0.3, 2.0, 2.3)] == [None, 0.0, None, 2.0]
    stillness.forget()
    assert stillness.step(2.4, rest) is None
