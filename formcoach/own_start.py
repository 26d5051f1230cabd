"""The start that a person keeps, through rests that are not stepped through.

While somebody rests, the middle of the last moment is what counts (`formcoach.neutral`): of a rest that is
passed over, only its last moment need be looked at, and nobody can tell afterwards.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from formcoach.measures import OwnMeasures
from formcoach.neutral import NEUTRAL_S, Neutral
from formcoach.poses import Values
from formcoach.spec import Spec

ROUNDING_S = 1e-6


class OwnStart:
    """Takes the person's own start off what is measured, in a recording that has been read.

    Args:
        spec: the exercise, without sides.
        t: `(n,)` seconds, of each sample.
        columns: `(n,)` of each measure, before anything is taken off.
        changed: `(n,)`, the samples by which somebody else has come.
    """

    def __init__(
        self,
        spec: Spec,
        t: Sequence[float],
        columns: Mapping[str, npt.NDArray[np.float64]],
        changed: npt.NDArray[np.bool_],
    ) -> None:
        self._measures = OwnMeasures(spec)
        self._neutral = Neutral(self._measures.from_start, spec.neutral)
        self._t = t
        self._columns = {name: columns[name] for name in self._measures.from_start}
        self._changed = changed

    def values(self, i: int, raw: Values) -> Values:
        """All measures at a sample that is stepped through."""
        if self._changed[i]:
            self._neutral = Neutral(self._measures.from_start, {})
        return self._measures.of(self._t[i], raw, self._neutral.values)

    def learn(self, i: int, raw: Values, kept: bool) -> None:
        """Take in a sample that was stepped through; `kept` = the start position is."""
        self._neutral.step(self._t[i], raw, kept)

    def pass_over(self, begin: int, end: int, was_kept: bool, is_kept: bool) -> None:
        """Take in samples that were passed over, by whom nobody else has come.

        Args:
            begin, end: from the first of them to the one after the last.
            was_kept: whether the start position was kept before them, and so all the while.
            is_kept: whether it still is at the last one.
        """
        if begin == end or not was_kept:
            return
        for i in range(self._last_moment(begin, end), end):
            raw = {name: float(column[i]) for name, column in self._columns.items()}
            self.learn(i, raw, is_kept or i + 1 < end)

    def _last_moment(self, begin: int, end: int) -> int:
        """Where the last moment begins in which each measure was seen."""
        first = end
        for column in self._columns.values():
            seen = np.flatnonzero(column[begin:end] == column[begin:end])
            if not len(seen):
                return begin  # what was seen before them fades with each of them
            since = self._t[begin + int(seen[-1])] - NEUTRAL_S - ROUNDING_S
            first = min(first, bisect_left(self._t, since, begin, end))
        return first
