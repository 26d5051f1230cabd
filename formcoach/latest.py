"""The numbers of the last while, and the middle one of them."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import deque
from math import nan


class Latest:
    """Numbers as they come, let go of once they are too old.

    Args:
        window_s: for so long a number is kept, seconds.
    """

    __slots__ = ("_past", "_sorted", "_window_s")

    def __init__(self, window_s: float) -> None:
        self._window_s = window_s
        self._past: deque[tuple[float, float]] = deque()
        self._sorted: list[float] = []

    def __len__(self) -> int:
        return len(self._sorted)

    def add(self, t: float, value: float) -> float:
        """Take in a number and give the middle one, or NaN; a NaN only lets go of what is too old."""
        past, values = self._past, self._sorted
        if value == value:
            past.append((t, value))
            insort(values, value)
        while past and t - past[0][0] > self._window_s:
            del values[bisect_left(values, past.popleft()[1])]
        count = len(values)
        half = count // 2
        if count % 2:
            return values[half]
        return (values[half - 1] + values[half]) / 2 if count else nan
