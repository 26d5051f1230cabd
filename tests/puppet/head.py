"""Painting a head: neck, hair, and a face that a pose model takes for one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import cv2
import numpy as np

from formcoach.landmarks import INDEX
from puppet.figure import Array

if TYPE_CHECKING:
    from puppet.painting import Canvas, Colour

SKIN = (146, 176, 226)
_LIPS = (104, 104, 186)
_DARK = (40, 44, 52)
# Forward, up and outwards from the middle between the ears, with radii; metres.
_SKULL = (((-0.012, 0.062, 0.0), 0.090), ((-0.035, 0.035, 0.0), 0.082), ((0.035, 0.085, 0.0), 0.055))
_NAPE = (((-0.045, -0.02, 0.0), 0.058), ((-0.035, 0.03, 0.0), 0.08))
_FACE = (
    ((0.042, 0.052, 0.022), 0.047),
    ((0.050, -0.012, 0.026), 0.045),
    ((0.020, -0.045, 0.034), 0.034),
    ((0.066, -0.082, 0.008), 0.027),
    ((0.070, -0.055, 0.018), 0.027),
)
_NOSE = (((0.093, 0.012, 0.0), 0.007), ((0.107, -0.034, 0.0), 0.013), ((0.088, -0.04, 0.0), 0.014))
_HAIRLINE = (
    (0.070, 0.106), (0.052, 0.066), (0.030, 0.048), (0.024, 0.004), (0.010, -0.004), (-0.004, 0.024),
    (-0.020, 0.000), (-0.030, -0.050), (-0.072, -0.062), (-0.104, 0.000), (-0.104, 0.060), (-0.060, 0.128),
    (0.010, 0.148),
)  # fmt: skip


def paint_head(canvas: Canvas, points: Array, neck: Array, hair: Colour) -> None:
    """Paints the head of a person.

    Args:
        canvas: the picture.
        points: `(33, 3)` metres in the picture's axes.
        neck: where it leaves the trunk, likewise.
        hair: its colour.
    """
    ears = (points[INDEX["left_ear"]] + points[INDEX["right_ear"]]) / 2
    right = points[INDEX["right_ear"]] - points[INDEX["left_ear"]]
    right = right / np.linalg.norm(right)
    nose = points[INDEX["nose"]] - ears
    nose = nose / np.linalg.norm(nose)
    dip = np.arctan2(0.035, 0.118)  # of the nose below the direction of the face
    ahead = nose * np.cos(dip) + np.cross(right, nose) * np.sin(dip)
    frame = np.stack([ahead, np.cross(right, ahead), right])

    def at(forward: float, up: float, outward: float) -> Array:
        return ears + np.array([forward, up, outward]) @ frame

    def both(balls: tuple[tuple[tuple[float, float, float], float], ...]) -> list[tuple[Array, float]]:
        return [(at(x, y, z * side), r) for (x, y, z), r in balls for side in (-1.0, 1.0)]

    canvas.solid([[(neck, 0.058), (at(-0.022, -0.02, 0.0), 0.052)]], SKIN, 0.9)
    canvas.solid([both(_SKULL), both(_NAPE)], hair)
    canvas.solid([both(_FACE), both(_NOSE)], SKIN)
    for side in (-1.0, 1.0):
        # Towards the camera is -z: what faces away from it is not painted.
        if (side * right)[2] < -0.12:
            outline = canvas.pixels(np.array([at(x, y, 0.06 * side) for x, y in _HAIRLINE]))
            canvas.fill(outline, tuple(1.02 * channel for channel in hair))
            _spot(canvas, at(-0.002, -0.002, 0.072 * side), (0.017, 0.027), 0.9)
        if (0.75 * ahead + 0.66 * side * right)[2] < -0.2:
            _paint_eye(canvas, at, side)
    if ahead[2] < 0.5:
        ends = [
            at(0.098, -0.070, 0.0),
            *(at(0.086, -0.071, z) for z in (-0.026, 0.026) if z * right[2] < 0.01),
        ]
        for end in ends[1:]:
            _line(canvas, ends[0], end, _LIPS, 0.009)


def _paint_eye(canvas: Canvas, place: Callable[[float, float, float], Array], side: float) -> None:
    _line(canvas, place(0.094, 0.034, 0.018 * side), place(0.080, 0.036, 0.046 * side), _DARK, 0.007)
    _spot(canvas, place(0.090, 0.010, 0.032 * side), (0.010, 0.0065), 1.0, (238, 240, 242))
    _spot(canvas, place(0.093, 0.010, 0.031 * side), (0.0058, 0.0062), 1.0, _DARK)


def _spot(
    canvas: Canvas, centre: Array, radii: tuple[float, float], shade: float, colour: Colour = SKIN
) -> None:
    x, y = canvas.pixels(centre)
    angles = np.linspace(0.0, 2 * np.pi, 16, endpoint=False)
    wide, high = (canvas.size(radius, centre[2]) for radius in radii)
    outline = np.stack([x + wide * np.cos(angles), y + high * np.sin(angles)], axis=1)
    canvas.fill(outline, tuple(shade * channel for channel in colour))


def _line(canvas: Canvas, start: Array, end: Array, colour: Colour, thick: float) -> None:
    (ax, ay), (bx, by) = canvas.pixels(np.stack([start, end])) * 16
    width = max(1, round(canvas.size(thick, start[2])))
    cv2.line(canvas.image, (round(ax), round(ay)), (round(bx), round(by)), colour, width, cv2.LINE_AA, 4)
