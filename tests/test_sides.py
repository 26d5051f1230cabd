"""A limb stays the limb it is, also while the model takes one for the other."""

from __future__ import annotations

import math

import pytest
from pytest import approx

from formcoach.geometry import Place
from formcoach.landmarks import INDEX, LANDMARK_COUNT
from formcoach.sides import GAP_S, GIVEN_UP_S, KEPT_S, LONG_S, UNSURE_S, Sides

STEP_S = 1 / 15
TRUNK = 0.25
LEFT, RIGHT = INDEX["left_knee"], INDEX["right_knee"]


def places(left: float, right: float) -> list[Place]:
    """Everything in one place but the legs, which are so far across, trunk lengths."""
    found: list[Place] = [0.5 + 0.5j] * LANDMARK_COUNT
    for part in ("knee", "ankle", "heel", "foot_index"):
        for side, across in (("left", left), ("right", right)):
            found[INDEX[f"{side}_{part}"]] = 0.5 + across * TRUNK + 0.7j
    return found


def followed(
    ways: list[tuple[float, float]], step_s: float = STEP_S
) -> tuple[list[tuple[float, float]], Sides]:
    """Where the left and the right knee are taken to be, trunk lengths across."""
    sides, taken = Sides(), []
    for i, way in enumerate(ways):
        here = places(*way)
        order = sides.order(i * step_s, here, TRUNK) or list(range(LANDMARK_COUNT))
        taken.append(tuple((here[order[i]].real - 0.5) / TRUNK for i in (LEFT, RIGHT)))
    return taken, sides


def flat(ways: list[tuple[float, float]]) -> list[float]:
    return [across for way in ways for across in way]


KEEPING = [(-0.5, 0.5)] * 10


def test_legs_that_keep_their_places_are_what_the_model_says():
    assert flat(followed(KEEPING)[0]) == approx(flat(KEEPING))


def test_legs_exchanged_for_a_moment_stay_where_they_are():
    wrong = [*KEEPING, *[(0.5, -0.5)] * 4, *KEEPING]
    taken, sides = followed(wrong)
    assert flat(taken) == approx(flat([(-0.5, 0.5)] * len(wrong)))
    assert sides.unsure == []


def test_legs_that_pass_each_other_are_not_exchanged():
    ways = [(0.8 * math.cos(0.4 * i), -0.8 * math.cos(0.4 * i)) for i in range(30)]
    assert flat(followed(ways)[0]) == approx(flat(ways))


def test_one_leg_that_leaps_is_not_exchanged():
    ways = [*KEEPING, *[(0.45, 0.5)] * 5]
    assert flat(followed(ways)[0]) == approx(flat(ways))


def test_what_the_model_keeps_to_is_believed_and_until_it_is_clear_nothing():
    turned = [*KEEPING, *[(0.5, -0.5)] * 30]
    taken, _ = followed(turned)
    assert taken[-1] == approx((0.5, -0.5))
    flipped = next(i for i, way in enumerate(taken) if way[0] > 0)
    assert len(KEEPING) < flipped <= len(KEEPING) + KEPT_S / STEP_S + 1
    just_flipped = followed(turned[: flipped + 1])[1]
    assert LEFT in just_flipped.unsure and INDEX["left_hip"] not in just_flipped.unsure


@pytest.mark.parametrize(("believed_s", "unsure_s"), [(0.6 * LONG_S, UNSURE_S), (1.4 * LONG_S, GIVEN_UP_S)])
def test_the_longer_it_was_wrong_the_longer_nothing_is_believed(believed_s, unsure_s):
    believed = round(believed_s / STEP_S)
    ways = [*[(0.0, 0.0)] * 5, *[(-0.5, 0.5)] * believed, *[(0.5, -0.5)] * 90]
    unsure = sum(LEFT in followed(ways[: end + 1])[1].unsure for end in range(len(ways)))
    assert unsure * STEP_S == approx(unsure_s, abs=2 * STEP_S)


def test_after_a_gap_or_one_upon_the_other_the_model_is_believed():
    ways = [(-0.5, 0.5), (0.5, -0.5)]
    assert flat(followed(ways, GAP_S + 0.01)[0]) == approx(flat(ways))
    through = [*KEEPING, (0.01, -0.01), (0.5, -0.5)]
    assert followed(through)[0][-1] == approx((0.5, -0.5))


def test_somebody_else_is_followed_afresh():
    _, sides = followed(KEEPING)
    sides.forget()
    assert sides.order(len(KEEPING) * STEP_S, places(0.5, -0.5), TRUNK) is None
