"""The one big number: what it counts, its ring, and its dots."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from formcoach.overlay.design import Design
from formcoach.overlay.dial import MOST_PARTS, Count, Dials, Ring, count_repetitions, count_seconds
from formcoach.overlay.drawing import Sprite
from formcoach.overlay.palette import AMBER, GOOD, Colour


def dial(count: Count, width: int = 1280, height: int = 720) -> tuple[Sprite, Ring | None]:
    return Dials(Design(width, height)).card(count)


def painted(sprite: Sprite, colour: Colour) -> int:
    return int((sprite.light == np.array(colour, np.uint8)).all(axis=2).sum())


def test_repetitions_are_told_of_their_goal() -> None:
    count = count_repetitions(3, 10)
    assert (count.number, count.label, count.mark, count.look) == (3, "of 10 reps", "", "")
    full = count_repetitions(12, 10)
    assert (full.number, full.mark, full.look, full.done) == (12, "tick", "good", 10)
    assert count_repetitions(3, None) == Count(3, "reps")


def test_seconds_are_told_of_their_goal_with_a_dot_for_each_repetition() -> None:
    count = count_seconds(6.9, 10, True, 2, 5)
    assert (count.number, count.label, count.done, count.dots) == (6, "of 10 seconds", 2, 5)
    assert count_seconds(6.9, None, True).label == "seconds"
    assert count_seconds(6.9, 10, True, 2, MOST_PARTS + 1).dots == 0
    assert count_seconds(6.9, 10, True, 0, 1).dots == 0


def test_a_stopped_clock_says_so_in_words_and_by_its_sign() -> None:
    stopped = count_seconds(6.9, 10, False)
    assert (stopped.label, stopped.mark, stopped.look) == ("clock stopped", "pause", "still")
    before = count_seconds(0.0, 10, False)
    assert (before.label, before.mark, before.look) == ("of 10 seconds", "", "still")
    reached = count_seconds(10.2, 10, False)
    assert (reached.label, reached.mark, reached.look) == ("of 10 seconds", "tick", "good")


@pytest.mark.parametrize("goal", [2, 5, MOST_PARTS, MOST_PARTS + 8])
def test_the_ring_fills_with_the_repetitions(goal: int) -> None:
    shares = [painted(dial(count_repetitions(done, goal))[0], GOOD) for done in range(goal)]
    assert shares[0] == 0
    assert all(a < b for a, b in pairwise(shares))
    assert shares[-1] == pytest.approx(shares[1] * (goal - 1), rel=0.1)


def test_a_ring_of_few_has_gaps_between_its_parts() -> None:
    whole, parts = (dial(count_repetitions(goal - 1, goal))[0] for goal in (MOST_PARTS + 1, MOST_PARTS))
    assert painted(parts, GOOD) < 0.9 * painted(whole, GOOD)


@pytest.mark.parametrize("dots", [2, 5, MOST_PARTS])
def test_each_repetition_done_is_a_larger_brighter_dot(dots: int) -> None:
    shown = [painted(dial(count_seconds(3, 10, True, done, dots))[0], GOOD) for done in range(dots + 1)]
    assert shown[0] == 0 and all(a < b for a, b in pairwise(shown))


def test_only_a_clock_has_a_ring_to_be_drawn_live() -> None:
    assert dial(count_seconds(3, 10, True))[1] is not None
    assert dial(count_seconds(3, None, True))[1] is None
    assert dial(count_repetitions(3, 10))[1] is None


def test_a_stopped_clock_has_its_own_colour() -> None:
    assert painted(dial(count_seconds(3, 10, False))[0], AMBER) > 20
    assert painted(dial(count_seconds(3, 10, True))[0], AMBER) == 0


@pytest.mark.parametrize("size", [(160, 160), (640, 480), (3840, 2160)])
@pytest.mark.parametrize("number", [0, 7, 28, 5999])
def test_every_number_fits_every_screen(size: tuple[int, int], number: int) -> None:
    sprite, ring = dial(count_seconds(number, 6000, True, 1, 3), *size)
    assert sprite.width < 0.4 * size[0] and sprite.height < 0.6 * size[1]
    assert ring is not None
    radius, (x, y) = ring.radius + ring.width / 2, ring.centre
    assert x - radius >= 0 and x + radius <= sprite.width and y - radius >= 0 and y + radius < sprite.height
