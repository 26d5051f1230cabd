"""Plane geometry on landmarks, in degrees.

Points are `(x, y)` in image heights with **y down**, as in `PoseSample.xy`; "above" and "higher" mean
higher in the picture. NaN in gives NaN out. Plain floats, not arrays: one sample needs some twenty
of these, and a call on a NumPy array of two costs ten times as much.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Point = tuple[float, float]
Point3 = Sequence[float]
Place = complex
"""A point as one number, x + yj: where only distances count, `abs(a - b)`, it is several times as fast."""

NAN = math.nan


def in_one_number(xy: npt.NDArray[np.float32]) -> list[Place]:
    """Points as one number each, of an `(n, 2)` array."""
    found: list[Place] = np.ascontiguousarray(xy, np.float32).view(np.complex64).ravel().tolist()
    return found


def angle(a: Point, b: Point, c: Point) -> float:
    """The interior angle at `b`, 0 to 180; 180 = straight. NaN where two points coincide."""
    ux, uy, vx, vy = a[0] - b[0], a[1] - b[1], c[0] - b[0], c[1] - b[1]
    if (ux == 0.0 == uy) or (vx == 0.0 == vy):
        return NAN
    return math.degrees(math.atan2(abs(ux * vy - uy * vx), ux * vx + uy * vy))


def slope(a: Point, b: Point) -> float:
    """How steeply `b` lies above `a`: -90 to 90, 0 = level, whichever way the person faces."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    if dx == 0.0 == dy:
        return NAN
    return math.degrees(math.atan2(-dy, abs(dx)))


def line(a: Point, b: Point, c: Point) -> float:
    """How far `b` is bent away from the straight line `a`-`c`: -180 to 180, + = `b` is above it."""
    bend = 180.0 - angle(a, b, c)
    dx, dy = c[0] - a[0], c[1] - a[1]
    side = dx * (b[1] - a[1]) - dy * (b[0] - a[0])
    if (side > 0.0) == (dx > 0.0):
        return -bend
    return bend


def slope3(a: Point3, b: Point3) -> float:
    """`slope` of a segment in space (x right, y down, z away): -90 to 90 against the level."""
    dx, dy, dz = b[0] - a[0], b[1] - a[1], b[2] - a[2]
    if dx == 0.0 == dy and dz == 0.0:
        return NAN
    return math.degrees(math.atan2(-dy, math.hypot(dx, dz)))


def heading(a: Point3, b: Point3) -> float:
    """Where `b` lies from `a` as seen from above (x right, z away): 0 = right, 90 = away; -180 to 180.

    From a person's right to their left it grows as they turn to their left.
    """
    dx, dz = b[0] - a[0], b[2] - a[2]
    if dx == 0.0 == dz:
        return NAN
    return math.degrees(math.atan2(dz, dx))


def along3(a: Point3, b: Point3, start: Point3, end: Point3) -> float:
    """How far `b` lies from `a` in the direction from `start` to `end`, in their own unit."""
    length = math.dist(start, end)
    if length == 0.0:
        return NAN
    return sum((q - p) * (to - at) for p, q, at, to in zip(a, b, start, end, strict=True)) / length


def middle(a: Point, b: Point) -> Point:
    """The point halfway between two."""
    return (a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0


def distance(a: Point, b: Point) -> float:
    """The distance between two points, in their own unit."""
    return math.hypot(b[0] - a[0], b[1] - a[1])
