"""The card after a set fits its room and drops what there is none for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcoach.overlay.design import Design
from formcoach.overlay.drawing import Sprite
from formcoach.overlay.palette import AMBER, GOOD, VERMILION, Colour
from formcoach.overlay.summary import Summaries
from formcoach.praise import Praise

PRAISE = Praise(
    "Bird-dog",
    "6 of 6 held for 8 seconds",
    "Stretch the lifted leg long",
    "fix",
    3,
    "",
    (("3", "left"), ("3", "right"), ("1:07", "held"), ("1:32", "in all"), ("2°", "leg angle")),
)


def card(
    praise: Praise = PRAISE, size: tuple[int, int] = (1280, 720), room: tuple[int, int] | None = None
) -> Sprite:
    return Summaries(Design(*size)).card(praise, "Set done", *(room or size))


def has(sprite: Sprite, colour: Colour) -> bool:
    return bool((sprite.light == np.array(colour, np.uint8)).all(axis=2).sum() > 20)


@pytest.mark.parametrize("size", [(160, 160), (640, 480), (1280, 720), (720, 1280), (3840, 2160)])
def test_it_fits_every_screen(size: tuple[int, int]) -> None:
    long = replace(PRAISE, title="A very long name " * 5, work_on="Lower the lifted leg slowly " * 3)
    for praise in (PRAISE, long):
        sprite = card(praise, size)
        assert sprite.width <= size[0] and sprite.height <= size[1]


def test_the_numbers_go_before_the_words() -> None:
    whole, low = card(), card(room=(1280, 330))
    assert low.height < whole.height - 100
    assert has(low, GOOD) and has(low, AMBER)


def test_before_that_the_words_get_smaller() -> None:
    narrow = Design(960, 720)
    roomy, tight = (Summaries(narrow).card(PRAISE, "Set done", 665, room) for room in (700, 450))
    assert tight.height <= 450 < roomy.height
    without = Summaries(narrow).card(replace(PRAISE, numbers=()), "Set done", 665, 450)
    assert without.height < tight.height or without.height > 450 - 140


def test_where_there_is_no_room_for_all_numbers_the_last_are_left_out() -> None:
    narrow, fewer = card(room=(500, 720)), replace(PRAISE, numbers=PRAISE.numbers[:3])
    assert np.array_equal(narrow.light, card(fewer, room=(500, 720)).light)


def test_what_to_work_on_has_the_sign_of_its_severity() -> None:
    assert has(card(), AMBER)
    grave = card(replace(PRAISE, severity="stop"))
    assert has(grave, VERMILION) and not has(grave, AMBER)


def test_what_is_not_there_takes_no_room() -> None:
    clean = card(replace(PRAISE, work_on="", times=0))
    assert has(clean, GOOD) and not has(clean, AMBER)
    assert clean.height < card().height
    unseen = card(replace(PRAISE, good="", work_on="", unseen="turn side-on"))
    assert not has(unseen, GOOD) and not has(unseen, AMBER)
    nothing = card(replace(PRAISE, good="", work_on="", numbers=()))
    assert nothing.height > 100  # it says that nothing was counted


def test_how_often_it_was_said_is_told_from_twice_on() -> None:
    once, never = (card(replace(PRAISE, times=times)) for times in (1, 0))
    assert np.array_equal(once.light, never.light)
    assert not np.array_equal(card(replace(PRAISE, times=2)).light, once.light)
