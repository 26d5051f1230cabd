"""How far the camera leans to one side, so that "level" means the floor and not the edge of the picture.

The edges of the room tell it, looked at once a second (`PoseSample.room`). One look can be wrong; of many the
middle one is believed, and only where most looks found something. A lean that is hardly there is left as it
is, and the one in use changes only where the looks clearly say otherwise: a picture that is turned a little
to and fro would make angles tremble.
"""

from __future__ import annotations

import math
from collections import deque
from statistics import median

from formcoach.geometry import Point, Point3
from formcoach.landmarks import PoseSample

LOOKS_S = 20.0
"""So long a look counts."""

LEAST = 1.5
"""Degrees of lean that are left as they are."""

STEADY = 0.75
"""Degrees from the lean in use within which looks change nothing."""

SEEN_SHARE = 0.5
"""The share of the looks that must have found something."""


class Level:
    """Follows the lean of one session's camera.

    Attributes:
        roll: degrees that the picture leans clockwise; 0.0 while it does not, or nobody knows.
        known: whether the room has told lately.
    """

    def __init__(self) -> None:
        self.roll = 0.0
        self.known = False
        self._looks: deque[tuple[float, float]] = deque()

    def step(self, sample: PoseSample) -> float:
        """Take in the next sample; gives `roll`."""
        if sample.room is not None:
            self._look(sample.t, float(sample.room[1]))
        return self.roll

    def _look(self, t: float, lean: float) -> None:
        self._looks.append((t, lean))
        while t - self._looks[0][0] > LOOKS_S:
            self._looks.popleft()
        told = [lean for _, lean in self._looks if not math.isnan(lean)]
        self.known = len(told) >= SEEN_SHARE * len(self._looks) and bool(told)
        if not self.known:
            return
        found = median(told)
        if abs(found - self.roll) > STEADY:
            self.roll = found if abs(found) >= LEAST else 0.0


def turn_back(points: list[Point], aspect: float, roll: float) -> list[Point]:
    """Points of a picture that leans clockwise, as an upright camera would have seen them."""
    if not roll:
        return points
    cos, sin = math.cos(math.radians(roll)), math.sin(math.radians(roll))
    across, down = aspect / 2, 0.5
    return [
        (across + (x - across) * cos + (y - down) * sin, down - (x - across) * sin + (y - down) * cos)
        for x, y in points
    ]


def turn_back_world(points: list[Point3], roll: float) -> list[Point3]:
    """The same in space."""
    if not roll:
        return points
    cos, sin = math.cos(math.radians(roll)), math.sin(math.radians(roll))
    return [(x * cos + y * sin, -x * sin + y * cos, z) for x, y, z in points]
