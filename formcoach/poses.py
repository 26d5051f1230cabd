"""Poses as boxes of measures: is somebody in one, and how far along between two."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from formcoach.measures import KINDS
from formcoach.spec import Pose, Spec

Values = Mapping[str, float]


class PoseTest:
    """Whether a set of measures lies in a pose, with a margin for leaving it."""

    __slots__ = ("_bounds", "_wider")

    def __init__(self, pose: Pose, spec: Spec) -> None:
        margins = {name: margin_of(spec, name) for name in pose}
        self._bounds = [(name, low, high) for name, (low, high) in pose.items()]
        self._wider = [(name, low - margins[name], high + margins[name]) for name, low, high in self._bounds]

    def holds(self, values: Values, keep: bool) -> bool | None:
        """True inside, False outside, None where what is seen does not tell.

        Args:
            values: measures by name.
            keep: whether the pose was held until now, which widens it by its margin.
        """
        unseen = False
        for name, low, high in self._wider if keep else self._bounds:
            value = values[name]
            if value != value:
                unseen = True
            elif not low <= value <= high:
                return False
        return None if unseen else True

    def told(self, columns: Mapping[str, npt.NDArray[np.float64]], keep: bool) -> npt.NDArray[np.int8]:
        """What `holds` gives for many samples at once.

        Args:
            columns: `(n,)` of each measure.
            keep: as of `holds`.

        Returns:
            `(n,)`: 1 inside, 0 outside, -1 where what is seen does not tell.
        """
        inside: npt.NDArray[np.int8] = np.ones(len(next(iter(columns.values()))), np.int8)
        outside = np.zeros(len(inside), bool)
        for name, low, high in self._wider if keep else self._bounds:
            column = columns[name]
            inside[np.isnan(column)] = -1
            outside |= (column < low) | (column > high)
        inside[outside] = 0
        return inside


def margin_of(spec: Spec, name: str) -> float:
    """The hysteresis of one measure in its own unit."""
    lengths = KINDS[spec.measures[name].kind].unit == "trunk lengths"
    return spec.hysteresis / 100.0 if lengths else spec.hysteresis


def ways(spec: Spec) -> list[tuple[str, float, float]]:
    """The measures that a repetition moves, the one that moves most first; none in a hold.

    Returns:
        Name, and the bounds of start and work that face each other.
    """
    found: list[tuple[float, str, float, float]] = []
    start, work = spec.poses.get("start", {}), spec.poses.get("work", {})
    for name in work:
        if name not in start:
            continue
        up, down = work[name].low - start[name].high, start[name].low - work[name].high
        unit = 1.0 if KINDS[spec.measures[name].kind].unit == "degrees" else 100.0
        if up >= down:
            found.append((up * unit, name, start[name].high, work[name].low))
        else:
            found.append((down * unit, name, start[name].low, work[name].high))
    return [way[1:] for way in sorted(found, reverse=True)]


def primary(spec: Spec) -> tuple[str, float, float]:
    """The measure that moves most between start and work: its name and the bounds facing each other.

    Progress runs from the start's near bound (0) to the work's near bound (1).
    """
    return next(iter(ways(spec)), ("", 0.0, 1.0))


def way_left(spec: Spec, turn: Values, values: Values) -> float:
    """The share of the way from the turn back to the start that is left, by the measure with most of it left.

    The primary measure alone may be misled: kneeling down on both knees stretches the hip as standing up
    does, but leads away from the start. 0 where all measures of the start are back, or not seen.
    """
    left = 0.0
    for name, bounds in spec.poses["start"].items():
        off, furthest = abs(bounds.beyond(values[name])), abs(bounds.beyond(turn[name]))
        if off > margin_of(spec, name):
            left = max(left, off / furthest if furthest > 0.0 else math.inf)
    return left
