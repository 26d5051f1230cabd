from __future__ import annotations

import pytest

from formcoach.overlay.palette import DARK, GOOD, INK, LOOKS, MUTED, PLATE, Colour


def luminance(colour: Colour) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    blue, green, red = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in colour)
    )
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


def seen_without_green(colour: Colour) -> tuple[float, float, float]:
    """Deuteranopia: linear light projected as Viénot, Brettel and Mollon (1999) do, red = green."""
    blue, green, red = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in colour)
    )
    yellow = 0.29275 * red + 0.70725 * green
    return yellow, yellow, -0.02234 * red + 0.02234 * green + blue


def test_good_fix_and_stop_stay_apart_for_colour_blind_eyes() -> None:
    seen = [seen_without_green(colour) for colour in (GOOD, LOOKS["fix"].colour, LOOKS["stop"].colour)]
    for first in range(3):
        for second in range(first):
            away = sum((a - b) ** 2 for a, b in zip(seen[first], seen[second], strict=True)) ** 0.5
            assert away > 0.15
