"""The person's own start position: what each `from = "start"` measure is counted from."""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections import deque
from collections.abc import Mapping, Sequence

NEUTRAL_S = 1.5
"""The person's own start position is the median over this long, up to setting off."""

NEUTRAL_LEAST_S = 0.3
"""Less of the start position than this is no neutral."""


class _Latest:
    """The numbers of the last `NEUTRAL_S`, in the order of their size."""

    __slots__ = ("_past", "sorted")

    def __init__(self) -> None:
        self._past: deque[tuple[float, float]] = deque()
        self.sorted: list[float] = []

    def add(self, t: float, value: float) -> None:
        """Take in a number; NaN only lets go of what is too old."""
        past, values = self._past, self.sorted
        if value == value:
            past.append((t, value))
            insort(values, value)
        while past and t - past[0][0] > NEUTRAL_S:
            del values[bisect_left(values, past.popleft()[1])]

    @property
    def median(self) -> float:
        """The one in the middle, or between the two in the middle, of at least one."""
        values, half = self.sorted, len(self.sorted) // 2
        return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


class Neutral:
    """The person's own value of each `from = "start"` measure, while they keep the start position."""

    def __init__(self, names: Sequence[str], known: Mapping[str, float]) -> None:
        self.values = dict(known)
        self._names = names
        self._since = self._last_t = math.nan

    def step(self, t: float, raw: Mapping[str, float], resting: bool) -> None:
        """Take in one sample of the values before it is taken off; `resting` = the start position is kept."""
        if not resting:
            self._since = math.nan
            return
        unseen, self._last_t = t - self._last_t > NEUTRAL_S, t
        if unseen or self._since != self._since:
            self._since, self._latest = t, {name: _Latest() for name in self._names}
        long_enough = t - self._since >= NEUTRAL_LEAST_S
        for name, latest in self._latest.items():
            latest.add(t, raw.get(name, math.nan))
            if long_enough and latest.sorted:
                self.values[name] = latest.median
