"""The overlay's icons as masks: every severity has an outline of its own, as road signs do."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from formcoach.overlay.drawing import Dot, Mask, disc, fill, octagon, on_circle, stroke


def icon(name: str, size: int) -> Mask:
    """A square mask of an icon.

    Args:
        name: a severity of `formcoach.events.CueSeverity`, or `person`, `pause`, `tick`, `unseen`,
            `no_camera`, `clock`, `range`.
        size: its side, pixels.
    """
    mask: Mask = np.zeros((size, size), np.uint8)
    _ICONS[name](mask, float(size - 1))
    return mask


def _exclamation(mask: Mask, side: float, top: float, foot: float) -> None:
    thick, x = 0.11 * side, side / 2
    neck = foot - 1.9 * thick
    fill(
        mask,
        [((x - 0.6 * thick, top), (x + 0.6 * thick, top), (x + 0.4 * thick, neck), (x - 0.4 * thick, neck))],
        0,
    )
    disc(mask, (x, foot - 0.6 * thick), 0.62 * thick, 0)


def _stop(mask: Mask, side: float) -> None:
    fill(mask, [octagon((side / 2, side / 2), 0.53 * side)], 255)
    _exclamation(mask, side, 0.22 * side, 0.8 * side)


def _fix(mask: Mask, side: float) -> None:
    r = 0.07 * side
    for a, b in (((0.5, 0.1), (0.07, 0.86)), ((0.07, 0.86), (0.93, 0.86)), ((0.93, 0.86), (0.5, 0.1))):
        stroke(mask, (a[0] * side, a[1] * side), (b[0] * side, b[1] * side), 2 * r, 255)
    fill(mask, [((0.5 * side, 0.1 * side), (0.07 * side, 0.86 * side), (0.93 * side, 0.86 * side))], 255)
    _exclamation(mask, side, 0.36 * side, 0.82 * side)


def _polish(mask: Mask, side: float) -> None:
    """A star with four rays."""
    middle = side / 2
    dots: list[Dot] = []
    for ray in range(8):
        reach = (0.5 if ray % 2 == 0 else 0.2) * side
        turn = math.radians(45 * ray)
        dots.append((middle + reach * math.cos(turn), middle + reach * math.sin(turn)))
    fill(mask, [dots], 255)


def _praise(mask: Mask, side: float) -> None:
    disc(mask, (side / 2, side / 2), 0.48 * side, 255)
    _draw_tick(mask, side, 0.62, 0)


def _tick(mask: Mask, side: float) -> None:
    _draw_tick(mask, side, 1.0, 255)


def _draw_tick(mask: Mask, side: float, share: float, value: int) -> None:
    def at(x: float, y: float) -> Dot:
        return side * (0.5 + share * (x - 0.5)), side * (0.5 + share * (y - 0.5))

    thick = max(1.5, 0.15 * side * (0.5 + share / 2))
    stroke(mask, at(0.1, 0.55), at(0.4, 0.82), thick, value)
    stroke(mask, at(0.4, 0.82), at(0.9, 0.2), thick, value)


def _setup(mask: Mask, side: float) -> None:
    disc(mask, (side / 2, side / 2), 0.48 * side, 255)
    disc(mask, (side / 2, 0.29 * side), 0.075 * side, 0)
    stroke(mask, (side / 2, 0.48 * side), (side / 2, 0.74 * side), 0.13 * side, 0)


def _person(mask: Mask, side: float) -> None:
    disc(mask, (side / 2, 0.27 * side), 0.2 * side, 255)
    shoulders = on_circle((side / 2, 0.95 * side), 0.38 * side, 180, 360)
    fill(mask, [shoulders], 255)


def _pause(mask: Mask, side: float) -> None:
    for x in (0.3, 0.7):
        left, right = (x - 0.11) * side, (x + 0.11) * side
        fill(
            mask,
            [((left, 0.12 * side), (right, 0.12 * side), (right, 0.88 * side), (left, 0.88 * side))],
            255,
        )


def _unseen(mask: Mask, side: float) -> None:
    """An eye, struck out."""
    middle = side / 2
    upper = on_circle((middle, 0.86 * side), 0.58 * side, 218, 322)
    lower = on_circle((middle, 0.14 * side), 0.58 * side, 38, 142)
    fill(mask, [upper + lower], 255)
    disc(mask, (middle, middle), 0.15 * side, 0)
    disc(mask, (middle, middle), 0.07 * side, 255)
    _strike(mask, side)


def _no_camera(mask: Mask, side: float) -> None:
    """A camera, struck out."""
    body = ((0.04, 0.26), (0.64, 0.26), (0.64, 0.74), (0.04, 0.74))
    lens = ((0.7, 0.44), (0.96, 0.28), (0.96, 0.72), (0.7, 0.56))
    for outline in (body, lens):
        fill(mask, [[(x * side, y * side) for x, y in outline]], 255)
    _strike(mask, side)


def _clock(mask: Mask, side: float) -> None:
    middle = side / 2
    disc(mask, (middle, middle), 0.48 * side, 255)
    disc(mask, (middle, middle), 0.36 * side, 0)
    for x, y in ((0.5, 0.24), (0.68, 0.6)):
        stroke(mask, (middle, middle), (x * side, y * side), 0.1 * side, 255)


def _strike(mask: Mask, side: float) -> None:
    for width, value in ((0.18, 0), (0.08, 255)):
        stroke(mask, (0.16 * side, 0.9 * side), (0.84 * side, 0.1 * side), width * side, value)


def _range(mask: Mask, side: float) -> None:
    """An arrow up to a bar: how far of how far."""
    middle, thick = side / 2, 0.11 * side
    stroke(mask, (0.16 * side, 0.1 * side), (0.84 * side, 0.1 * side), thick, 255)
    stroke(mask, (middle, 0.92 * side), (middle, 0.32 * side), thick, 255)
    for x in (0.24, 0.76):
        stroke(mask, (x * side, 0.54 * side), (middle, 0.28 * side), thick, 255)


_ICONS: Mapping[str, Callable[[Mask, float], None]] = {
    "stop": _stop,
    "fix": _fix,
    "polish": _polish,
    "praise": _praise,
    "setup": _setup,
    "person": _person,
    "pause": _pause,
    "tick": _tick,
    "unseen": _unseen,
    "no_camera": _no_camera,
    "clock": _clock,
    "range": _range,
}
