"""From keyframes to movement: postures over time, resting on the floor and staying where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from formcoach.landmarks import INDEX, SIDES
from puppet.figure import CLEARANCE, SEGMENTS, Array, Figure, Posture, skeleton

_REST = [(INDEX[f"{side}_{name}"], height) for side in SIDES for name, height in CLEARANCE.items()]
_RESTING = np.array([index for index, _ in _REST])
_HEIGHT = np.array([height for _, height in _REST])


@dataclass(frozen=True, slots=True)
class Keyframe:
    """A posture at a time; `anchor` is the landmark that stayed where it was on the way here."""

    t: float
    posture: Posture
    anchor: str


@dataclass(frozen=True, slots=True)
class Motion:
    """A movement at chosen times.

    Attributes:
        points: `(n, 33, 3)` metres: forward, up from the floor, to the person's right.
        bow: `(n,)` bow of the spine, trunk lengths.
    """

    points: Array
    bow: Array


def move(keyframes: Sequence[Keyframe], times: Array, figure: Figure) -> Motion:
    """Moves from keyframe to keyframe; the same moment looks the same whatever the other times are."""
    knots = np.array([keyframe.t for keyframe in keyframes])
    values = np.array([[keyframe.posture[name] for name in SEGMENTS] for keyframe in keyframes])
    postures = _interpolate(knots, values, times)
    points = skeleton(figure, postures)
    at_knots = skeleton(figure, values)
    # The way of each stretch between two keyframes: its anchor stays where it was at its beginning.
    anchors = [INDEX[keyframe.anchor] for keyframe in keyframes[1:]]
    place, root = np.empty(len(anchors)), 0.0
    for k, anchor in enumerate(anchors):
        place[k] = root + at_knots[k, anchor, 0]
        root = place[k] - at_knots[k + 1, anchor, 0]
    stretch = _stretch(knots, times)
    frames = np.arange(len(times))
    points[:, :, 0] += (place[stretch] - points[frames, np.array(anchors)[stretch], 0])[:, None]
    points[:, :, 1] -= (points[:, _RESTING, 1] - _HEIGHT).min(axis=1)[:, None]
    return Motion(points, postures[:, SEGMENTS.index("bow")])


def _stretch(knots: Array, times: Array) -> np.ndarray:
    return np.clip(np.searchsorted(knots, times, side="right") - 1, 0, len(knots) - 2)


def _interpolate(knots: Array, values: Array, times: Array) -> Array:
    """Cubic curves that never overshoot: still wherever a posture is kept or a movement turns round."""
    width = np.diff(knots)[:, None]
    rise = np.diff(values, axis=0) / width
    speed = np.zeros_like(values)
    before, after = rise[:-1], rise[1:]
    same_way = before * after > 0.0
    speed[1:-1][same_way] = (2.0 * before * after)[same_way] / (before + after)[same_way]
    k = _stretch(knots, times)
    h = width[k]
    u = np.clip((times - knots[k])[:, None] / h, 0.0, 1.0)
    return (
        (1.0 + 2.0 * u) * (1.0 - u) ** 2 * values[k]
        + u * (1.0 - u) ** 2 * h * speed[k]
        + u * u * (3.0 - 2.0 * u) * values[k + 1]
        + u * u * (u - 1.0) * h * speed[k + 1]
    )
