"""Where the number of a measured angle goes: beside its joint, off the limbs and off the cards."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from formcoach.overlay.angles import Angle
from formcoach.overlay.drawing import Dot

Box = tuple[int, int, int, int]
"""Left, top, right, bottom, pixels; the last two lie outside."""

_WAYS = tuple((math.cos(math.radians(turn)), math.sin(math.radians(turn))) for turn in range(0, 360, 45))
_STAY = 1.5
"""How much better another place must be before a label moves there, in limb points covered."""

STAY_S = 0.7
"""A label stays where it is for this long at least, as long as nothing else needs the place."""


class Labels:
    """Finds places, and keeps each label where it was as long as that is about as good.

    Args:
        width, height: of the screen, pixels.
        unit: pixels of the screen per pixel of the design.
        scale: how much larger the arcs are drawn than the design's.
    """

    def __init__(self, width: int, height: int, unit: float, scale: float = 1.0) -> None:
        self._width, self._height = width, height
        self._unit, self._scale = unit, scale
        self._way: dict[str, tuple[int, float]] = {}
        self._shown: dict[str, int] = {}

    def number(self, angle: Angle) -> int:
        """The whole number to show: it changes only once the value has moved by one degree."""
        shown = self._shown.get(angle.name)
        if shown is None or abs(angle.value - shown) > 1.0:
            shown = self._shown[angle.name] = round(angle.value)
        return shown

    def place(
        self,
        t: float,
        angle: Angle,
        size: tuple[int, int],
        limbs: Sequence[tuple[Dot, Dot]],
        taken: Sequence[Box],
    ) -> Box | None:
        """The best free place round the joint, or None where there is none.

        Args:
            t: seconds.
            angle: whose number it is.
            size: width and height of the label, pixels.
            limbs: the bones that are drawn.
            taken: boxes that must stay free.
        """
        way, since = self._way.get(angle.name, (-1, -math.inf))
        if way >= 0 and 0 <= t - since < STAY_S:
            box = self._box(angle, size, _WAYS[way])
            if self._is_free(box, taken):
                return box
        boxes = [self._box(angle, size, other) for other in _WAYS]
        free = [number for number, box in enumerate(boxes) if self._is_free(box, taken)]
        if not free:
            return None
        covered = _covered(boxes, limbs)
        inside = (angle.start + angle.end) / 2
        costs = {
            number: covered[number] - _between(45 * number, inside) / 180 - _STAY * (number == way)
            for number in free
        }
        best = min(costs, key=costs.__getitem__)
        self._way[angle.name] = best, t
        return boxes[best]

    def _is_free(self, box: Box, taken: Sequence[Box]) -> bool:
        if box[0] < 0 or box[1] < 0 or box[2] > self._width or box[3] > self._height:
            return False
        return not any(_overlap(box, other) for other in taken)

    def _box(self, angle: Angle, size: tuple[int, int], way: Dot) -> Box:
        width, height = size
        out = self._clearance(angle, math.degrees(math.atan2(way[1], way[0])))
        out += abs(way[0]) * width / 2 + abs(way[1]) * height / 2
        left = round(angle.at[0] + way[0] * out - width / 2)
        top = round(angle.at[1] + way[1] * out - height / 2)
        return left, top, left + width, top + height

    def _clearance(self, angle: Angle, turn: float) -> float:
        """How far from the joint a label must keep: beyond the arc only on the arc's side."""
        middle, half = (angle.start + angle.end) / 2, (angle.end - angle.start) / 2
        beside = min(_between(turn, middle) - half, _between(turn, angle.needle))
        radius = angle.radius(self._unit * self._scale)
        return radius + 20 * self._unit if beside < 50 else min(radius, 42 * self._unit)


def _covered(boxes: Sequence[Box], limbs: Sequence[tuple[Dot, Dot]]) -> list[int]:
    """How many points, spread over the limbs, each box would hide."""
    if not limbs:
        return [0] * len(boxes)
    ends = np.array(limbs)
    steps = np.linspace(0, 1, 7)[:, None, None]
    dots = (ends[:, 0] * (1 - steps) + ends[:, 1] * steps).reshape(-1, 1, 2)
    edges = np.array(boxes)
    within = ((dots >= edges[:, :2]) & (dots < edges[:, 2:])).all(axis=2)
    return [int(number) for number in within.sum(axis=0)]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _between(one: float, other: float) -> float:
    """The angle between two directions, 0 to 180."""
    return abs((one - other + 180) % 360 - 180)
