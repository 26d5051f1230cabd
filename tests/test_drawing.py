from __future__ import annotations

import math
from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcoach.frame import Image
from formcoach.overlay.drawing import (
    CAP,
    Sheet,
    arc,
    disc,
    fill,
    letters,
    octagon,
    on_circle,
    paste,
    printable,
    ribbon,
    rounded,
    sector,
    stroke,
    strokes,
    text_width,
)
from formcoach.overlay.palette import Colour

RED: Colour = (0, 0, 200)


def grey(width: int = 100, height: int = 80, value: int = 100) -> Image:
    return np.full((height, width, 3), value, np.uint8)


def full(width: int, height: int) -> np.ndarray:
    return np.full((height, width), 255, np.uint8)


def test_a_sprite_blends_as_strongly_as_it_was_laid() -> None:
    sheet = Sheet(10, 6)
    sheet.lay(full(10, 6), (10, 20, 210), strength=0.75)
    image = grey()
    paste(image, sheet.sprite(), 20, 30)
    assert image[33, 25].tolist() == pytest.approx([32, 40, 182], abs=2)
    image[30:36, 20:30] = 100
    assert (image == 100).all()


def test_what_is_laid_last_is_on_top() -> None:
    sheet = Sheet(10, 10)
    sheet.lay(full(10, 10), (0, 0, 0), strength=0.8)
    sheet.lay(full(4, 4), (255, 255, 255), 3, 3)
    image = grey()
    paste(image, sheet.sprite(), 0, 0)
    assert image[4, 4].tolist() == [255, 255, 255]
    assert image[0, 0].tolist() == pytest.approx([20, 20, 20], abs=1)


@given(x=st.integers(-40, 130), y=st.integers(-40, 110))
def test_a_sprite_is_clipped_at_the_edges(x: int, y: int) -> None:
    sheet = Sheet(20, 10)
    sheet.lay(full(20, 10), RED)
    image = grey()
    paste(image, sheet.sprite(), x, y)
    wide, high = max(0, min(100, x + 20) - max(0, x)), max(0, min(80, y + 10) - max(0, y))
    assert int((image == RED).all(axis=2).sum()) == wide * high
    assert int((image == 100).all(axis=2).sum()) == 100 * 80 - wide * high


@given(y=st.integers(-40, 110), radius=st.integers(0, 30))
def test_rows_that_hide_the_picture_are_pasted_as_the_others(y: int, radius: int) -> None:
    sheet = Sheet(40, 30)
    sheet.lay(rounded(40, 30, radius), RED)
    sprite = sheet.sprite()
    quick, slow = grey(), grey()
    paste(quick, sprite, 20, y)
    paste(slow, replace(sprite, solid=(0, 0)), 20, y)
    assert np.array_equal(quick, slow)
    first, last = sprite.solid
    assert (sprite.keep[first:last] == 0).all() and last - first >= 28 - 2 * radius


def test_a_mask_may_hang_over_its_sheet() -> None:
    sheet = Sheet(10, 10)
    sheet.lay(full(10, 10), RED, 6, -6)
    sheet.lay(full(10, 10), RED, 50, 50)
    image = grey()
    paste(image, sheet.sprite(), 0, 0)
    assert int((image == RED).all(axis=2).sum()) == 16


def test_printable_keeps_one_line_of_signs() -> None:
    assert printable("  Höher:\n die\tFerse  ") == "Höher: die Ferse"
    assert printable("a\ud800b\x00c") == "a b c"
    assert printable("\n") == ""


@given(st.text(max_size=20))
def test_any_text_can_be_drawn(text: str) -> None:
    mask, base = letters(printable(text), 24, 600)
    assert mask.ndim == 2 and mask.dtype == np.uint8
    assert round(CAP * 24) <= base <= mask.shape[0]


@pytest.mark.parametrize("size", [12, 24, 62, 186])
@pytest.mark.parametrize("weight", [500, 650, 750])
def test_capitals_are_as_high_as_cap_says(size: int, weight: int) -> None:
    mask, base = letters("HEIT", size, weight)
    rows = np.flatnonzero((mask > 127).any(axis=1))
    assert rows[-1] - rows[0] + 1 == pytest.approx(CAP * size, abs=1 + 0.03 * size)
    assert rows[-1] + 1 == pytest.approx(base, abs=1)


@pytest.mark.parametrize("text", ["Heel up", "Höher: die Ferse", "腰を上げて", "Ậg̈j|", "שלום"])
def test_letters_are_whole(text: str) -> None:
    mask, _ = letters(text, 40, 650)
    loose = np.zeros((200, 1200), np.uint8)
    cv2.putText(loose, text, (300, 100), 255, cv2.FontFace("sans"), 40, 650)
    assert int(mask.astype(int).sum()) == int(loose.astype(int).sum())
    assert mask.shape[1] <= text_width(text, 40, 650) + 2


def test_umlauts_and_other_scripts_are_not_question_marks() -> None:
    unknown, _ = letters("?", 40, 650)
    for sign in "öéЖΩ腰°−…":
        mask, _ = letters(sign, 40, 650)
        assert mask.shape != unknown.shape or not np.array_equal(mask, unknown)


def test_an_arc_runs_clockwise_from_its_start() -> None:
    image = grey(value=0)
    arc(image, (50, 40), 20, 6, RED, 0, 90)
    lit = image[..., 2] > 100
    assert lit[40 + 14, 50 + 14] and lit[40 + 1, 70] and lit[59, 50 + 1]
    assert not lit[:37].any() and not lit[:, :47].any() and not lit[40, 50]


def test_a_whole_ring_is_hollow_and_even() -> None:
    image = grey(value=0)
    arc(image, (50, 40), 20, 6, RED)
    assert (image == RED).all(axis=2).sum() == pytest.approx(2 * math.pi * 20 * 6, rel=0.12)
    assert image[40, 50].tolist() == [0, 0, 0]
    for turn in range(0, 360, 15):
        x, y = on_circle((50, 40), 20, turn, turn)[0]
        assert image[round(y), round(x)].tolist() == list(RED)


def test_an_empty_arc_draws_nothing() -> None:
    image = grey()
    arc(image, (50, 40), 20, 6, RED, 30, 30)
    arc(image, (50, 40), 20, 6, RED, 40, 30)
    sector(image, (50, 40), 20, 40, 30, RED, 0.5)
    assert (image == 100).all()


def test_a_sector_is_translucent_and_only_itself() -> None:
    image = grey()
    sector(image, (50, 40), 20, -30, 30, RED, 0.5)
    assert image[40, 60].tolist() == pytest.approx([50, 50, 150], abs=2)
    assert (image[:, :48] == 100).all() and (image[:25] == 100).all() and (image[55:] == 100).all()


@settings(max_examples=40)
@given(x=st.floats(-1e5, 1e5), y=st.floats(-1e5, 1e5), radius=st.floats(1, 300))
def test_shapes_far_outside_are_clipped(x: float, y: float, radius: float) -> None:
    image = grey()
    disc(image, (x, y), radius, RED)
    arc(image, (x, y), radius, 5, RED, 20, 300)
    sector(image, (x, y), radius, 20, 300, RED, 0.5)
    stroke(image, (x, y), (y, x), 5, RED)
    strokes(image, [((x, y), (y, x)), ((y, x), (x, x))], 5, RED)
    fill(image, [octagon((x, y), radius)], RED)
    away = math.hypot(max(-x, x - 100, 0), max(-y, y - 80, 0))
    if away > radius + 10 and (x - 50) * (y - 50) > 0 and min(abs(x), abs(y)) > 500:
        assert (image == 100).all()


def test_strokes_are_drawn_as_one_by_one() -> None:
    lines = [((10.0, 10.0), (60.3, 20.8)), ((60.3, 20.8), (40.0, 70.1)), ((5.0, 75.0), (5.0, 75.0))]
    at_once, one_by_one = grey(), grey()
    strokes(at_once, lines, 6.6, RED)
    for start, end in lines:
        stroke(one_by_one, start, end, 6.6, RED)
    assert np.array_equal(at_once, one_by_one) and (at_once != 100).any()
    strokes(at_once, [], 6.6, RED)
    assert np.array_equal(at_once, one_by_one)


def test_an_octagon_is_regular() -> None:
    dots = octagon((10, 20), 5)
    assert len(dots) == 8
    assert all(math.dist(dot, (10, 20)) == pytest.approx(5) for dot in dots)
    assert dots[0][1] == pytest.approx(dots[3][1])


def test_rounded_corners_are_cut_and_the_rest_is_full() -> None:
    mask = rounded(40, 20, 6)
    assert mask.shape == (20, 40)
    assert mask[0, 0] == 0 and mask[-1, -1] == 0
    assert (mask[6:-6] > 200).all() and (mask[:, 6:-6] > 200).all() and (mask[1:-1, 6:-6] == 255).all()


def test_a_ribbon_is_as_wide_as_its_layers_and_round_at_its_ends() -> None:
    image = grey()
    line = np.stack([np.linspace(20, 80, 13), np.full(13, 40.0)], axis=1)
    ribbon(image, line, (20, (0, 0, 0)), (10, RED))
    assert (image[36:45, 20:81] == RED).all()
    assert (image[[32, 48], 20:81] == 0).all()
    assert (image[[28, 52]] == 100).all()
    assert (image[40, 12:14] == 0).all() and (image[40, [8, 92]] == 100).all()
    assert (image[32, [12, 88]] == 100).all()


def test_a_bent_ribbon_has_no_gaps() -> None:
    turns = np.linspace(0, math.pi, 25)
    line = np.stack([50 + 30 * np.cos(turns), 60 - 30 * np.sin(turns)], axis=1)
    image = grey()
    ribbon(image, line, (9, RED))
    columns, rows = np.round(line).astype(int).T
    assert (image[rows, columns] == RED).all()
    painted = (image == RED).all(axis=2)
    assert painted.sum() == pytest.approx(9 * 30 * math.pi + math.pi * 4.5**2, rel=0.1)
