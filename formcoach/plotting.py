"""Curves as SVG paths, and axes that a person can read: arrays in, numbers and path texts out.

A path is in the plot's own units: hundredths of a second from the left, tenths of a pixel from the top.
So one attribute of the drawing, its `viewBox`, shows all of it or any part.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from formcoach.charting import Chart
from formcoach.hold_clock import LONGEST_STEP_S

TICKS = 100
"""Units of a path to a second."""

HEIGHT = 120
"""Of a plot where nothing else is said, pixels; ten units of a path each."""

POINTS = 20_000
"""So many points of a curve at most; of a longer one each stretch keeps its least and its greatest."""

PADDING = 0.08
"""The share of its height that a plot leaves free above and below."""

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

_STEPS = {
    "degrees": (1, 2, 5, 10, 15, 20, 30, 45, 60, 90),
    "degrees a second": (5, 10, 20, 50, 100, 200, 500, 1000),
    "trunk lengths": (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1),
}
_MOST_STEPS = 5
_NARROWEST = {"degrees": 20.0, "degrees a second": 50.0, "trunk lengths": 0.2}
_TIME_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800)
_MOST_TIME_STEPS = 8


@dataclass(frozen=True, slots=True)
class Axis:
    """The values that a plot shows.

    Attributes:
        low, high: at its bottom and its top.
        ticks: values with a line and a number.
        height: of the plot, pixels.
    """

    low: float
    high: float
    ticks: tuple[float, ...]
    height: int = HEIGHT

    def place(self, value: float) -> float:
        """How far down a value is, pixels; what lies outside is at the edge."""
        share = (self.high - value) / (self.high - self.low)
        return self.height * min(1.0, max(0.0, share))


def axis(values: Floats, bounds: Iterable[float], unit: str, height: int = HEIGHT) -> Axis:
    """The axis on which these values and all finite bounds have room.

    Args:
        values: what is drawn; NaN is passed over.
        bounds: what must be on it as well.
        unit: as in `formcoach.measures.KINDS`.
        height: of the plot, pixels.
    """
    seen = values[np.isfinite(values)]
    shown = [bound for bound in bounds if np.isfinite(bound)] + (
        [seen.min(), seen.max()] if len(seen) else []
    )
    low, high = (float(min(shown)), float(max(shown))) if shown else (0.0, 0.0)
    missing = max(0.0, _NARROWEST[unit] - (high - low)) / 2
    room = PADDING * (high - low + 2 * missing)
    low, high = low - missing - room, high + missing + room
    return Axis(low, high, _ticks(low, high, _STEPS[unit], _MOST_STEPS), height)


def time_ticks(start: float, end: float) -> tuple[float, ...]:
    """Where the axis of time has its marks, seconds."""
    return _ticks(start, end, _TIME_STEPS, _MOST_TIME_STEPS)


def _ticks(low: float, high: float, steps: Sequence[float], most: int) -> tuple[float, ...]:
    step = next((step for step in steps if (high - low) / step <= most), steps[-1])
    numbers = range(int(np.ceil(low / step)), int(np.floor(high / step)) + 1)
    return tuple(round(number * step, 6) for number in numbers)


def units(t: float, start: float) -> int:
    """A moment in the units of a path."""
    return round((t - start) * TICKS)


def curve(chart: Chart, name: str, axis: Axis, start: float, most: int = POINTS) -> str:
    """A measure's curve as an SVG path.

    It is interrupted where the measure is not seen, where samples are missing and where the sides change.

    Args:
        chart: what to draw, a whole one or a part.
        name: the measure's.
        axis: the values that the plot shows.
        start: the moment at the left of the plot, seconds.
        most: points at most.
    """
    values = chart.values[name]
    if not len(values):
        return ""
    begins = np.zeros(len(values), np.bool_)
    unseen = ~np.isfinite(values)
    begins[1:] = unseen[:-1] | (np.diff(chart.t) > LONGEST_STEP_S) | (np.diff(chart.side) != 0)
    kept = thin(values, most)
    x = np.rint((chart.t[kept] - start) * TICKS).astype(np.int64)
    y = (axis.high - values[kept].astype(np.float64)) * (10 * axis.height / (axis.high - axis.low))
    # Far outside is as good as further outside: the plot ends before both.
    inside = np.clip(np.rint(y), -10 * axis.height, 20 * axis.height).astype(np.int64)
    return path(x, inside, begins.cumsum()[kept])


def thin(values: Floats, most: int) -> Integers:
    """Which values to draw: all that are seen, or of each stretch its least and its greatest.

    Args:
        values: `(N,)`, NaN where not seen.
        most: how many at most.

    Returns:
        Their numbers, ascending.
    """
    seen = np.isfinite(values)
    if seen.sum() <= most:
        return np.flatnonzero(seen)
    width = -(-2 * len(values) // most)
    rows = np.full((-(-len(values) // width), width), np.nan)
    rows.flat[: len(values)] = values
    first = np.arange(len(rows)) * width
    least = np.where(np.isnan(rows), np.inf, rows).argmin(axis=1) + first
    greatest = np.where(np.isnan(rows), -np.inf, rows).argmax(axis=1) + first
    kept = np.unique(np.concatenate([least, greatest]))
    there: Integers = kept[np.isfinite(rows.ravel()[kept])]
    return there


def path(x: Integers, y: Integers, runs: Integers) -> str:
    """An SVG path through points; points of different runs are not joined, a lonely one is a dot."""
    if not len(x):
        return ""
    edges = [0, *(np.flatnonzero(np.diff(runs)) + 1).tolist(), len(x)]
    steps = np.column_stack([np.diff(x, prepend=0), np.diff(y, prepend=0)])
    parts = []
    for start, end in pairwise(edges):
        way = " ".join(map(str, steps[start + 1 : end].ravel().tolist())) or "0 0"
        parts.append(f"M{x[start]} {y[start]}l{way}")
    return "".join(parts)
