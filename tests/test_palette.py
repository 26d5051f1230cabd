from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from formcoach.events import CueSeverity
from formcoach.overlay.icons import icon
from formcoach.overlay.palette import (
    AMBER,
    CALM,
    DARK,
    GOOD,
    INK,
    LOOKS,
    MUTED,
    NEAR,
    PLATE,
    VERMILION,
    Colour,
)


def luminance(colour: Colour) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    blue, green, red = (to_light(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_what_wcag_says() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)


@pytest.mark.parametrize("text", [INK, MUTED, GOOD])
def test_text_is_legible_on_a_plate(text: Colour) -> None:
    assert contrast(text, PLATE) >= 4.5


@pytest.mark.parametrize("severity", LOOKS)
def test_cues_are_legible_on_their_plates(severity: str) -> None:
    look = LOOKS[severity]  # type: ignore[index]
    assert contrast(look.text, look.plate) >= 4.5


@pytest.mark.parametrize("severity", LOOKS)
def test_icons_stand_out_from_their_tiles(severity: str) -> None:
    look = LOOKS[severity]  # type: ignore[index]
    assert contrast(look.on_tile, look.colour) >= 3  # WCAG's bound for graphics


def test_numbers_are_legible_on_faulty_labels() -> None:
    assert contrast(DARK, LOOKS["polish"].colour) >= 4.5
    assert contrast(DARK, LOOKS["fix"].colour) >= 4.5
    assert contrast(LOOKS["stop"].text, LOOKS["stop"].plate) >= 4.5


# ---- colour-blind eyes -------------------------------------------------------------------------

Matrix = npt.NDArray[np.float64]

BLIND: Mapping[str, Matrix] = {
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
"""What red, green and blue, linear, become where one kind of cone is missing: Machado, Oliveira and
Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), severity 1."""

NOTICED = 20.0
"""A distance in CIELAB; from 2 to 3 on, colours side by side are told apart."""


def to_light(part: float) -> float:
    """What sRGB stands for, 0 to 1."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def lab(light: Matrix) -> Matrix:
    """CIELAB of linear red, green and blue."""
    bounded = np.clip(light, 0, 1)
    coded = np.where(bounded <= 0.0031308, 12.92 * bounded, 1.055 * bounded ** (1 / 2.4) - 0.055)
    return cv2.cvtColor(coded.astype(np.float32).reshape(1, 1, 3), cv2.COLOR_RGB2LAB)[0, 0].astype(float)


def seen(colour: Colour, eyes: str) -> Matrix:
    """How a colour looks to such eyes, in CIELAB."""
    light = np.array([to_light(channel / 255) for channel in reversed(colour)])
    return lab(BLIND[eyes] @ light if eyes in BLIND else light)


def apart(one: Colour, other: Colour, eyes: str) -> float:
    return float(np.linalg.norm(seen(one, eyes) - seen(other, eyes)))


def test_greys_stay_grey_and_their_lightness_is_that_of_cielab() -> None:
    assert seen((119, 119, 119), "") == pytest.approx([50, 0, 0], abs=0.5)
    for eyes in BLIND:
        assert seen((128, 128, 128), eyes) == pytest.approx(seen((128, 128, 128), ""), abs=0.5)


def test_the_eyes_confuse_what_such_eyes_do_confuse() -> None:
    red, green = (40, 60, 170), (40, 120, 90)
    assert apart(red, green, "") > 50
    assert apart(red, green, "deuteranopia") < 25
    blue_green, blue = (190, 190, 0), (230, 170, 60)
    assert apart(blue_green, blue, "tritanopia") < 0.4 * apart(blue_green, blue, "")


MEANING = {"good": GOOD, "fix": AMBER, "stop": VERMILION}


@pytest.mark.parametrize("eyes", ["", *BLIND])
@pytest.mark.parametrize("pair", list(combinations(MEANING, 2)), ids="-".join)
def test_good_fix_and_stop_stay_apart_for_all_eyes(pair: tuple[str, str], eyes: str) -> None:
    assert apart(MEANING[pair[0]], MEANING[pair[1]], eyes) > NOTICED


@pytest.mark.parametrize("eyes", ["", *BLIND])
@pytest.mark.parametrize("severity", ["fix", "stop"])
def test_what_is_wrong_stands_out_from_a_sound_bone_for_all_eyes(severity: str, eyes: str) -> None:
    assert apart(LOOKS[severity].colour, NEAR, eyes) > NOTICED  # type: ignore[index]


@pytest.mark.parametrize("eyes", ["", *BLIND])
@pytest.mark.parametrize("colour", [GOOD, AMBER, VERMILION, CALM, INK, MUTED])
def test_every_colour_stands_out_from_the_plates_for_all_eyes(colour: Colour, eyes: str) -> None:
    assert apart(colour, PLATE, eyes) > 2 * NOTICED


def test_where_colours_come_close_the_signs_do_not() -> None:
    """Blue is near to turquoise for some eyes: a finishing touch and praise differ by their signs."""
    severities: tuple[CueSeverity, ...] = ("praise", "polish", "fix", "stop")
    for one, other in combinations(severities, 2):
        assert (np.abs(icon(one, 64).astype(int) - icon(other, 64)) > 127).mean() > 0.1
