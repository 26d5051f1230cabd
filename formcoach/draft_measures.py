"""The measures of a draft: which candidate, whose, under which name; and bounds around what was seen."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from formcoach.landmarks import OTHER_SIDE
from formcoach.measures import KINDS
from formcoach.spec import Range
from formcoach.survey import CANDIDATES, CENTRAL, Survey

Series = npt.NDArray[np.float64]

OUTER = (2.0, 98.0)
"""The share of what was seen, in hundredths, from which to which bounds reach: the rest are slips."""

NEAR_LIMIT = 12.0
"""Degrees from what a measure can be at most or at least within which a bound is left open."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A measure of a draft.

    Attributes:
        name: that of the candidate in `formcoach.survey`.
        whose: `side` or `other` where each side has its own repetitions or holds; else empty.
    """

    name: str
    whose: str = ""

    @property
    def key(self) -> str:
        """Its name in the draft."""
        return f"other_{self.name}" if self.whose == "other" else self.name

    @property
    def entry(self) -> dict[str, list[str]]:
        """What it is, as in a spec file."""
        kind, points = CANDIDATES[self.name]
        return {kind: [point.replace("side.", f"{self.whose or 'near'}.") for point in points]}

    @property
    def limits(self) -> Range:
        """The least and the greatest value that it can have."""
        kind = KINDS[CANDIDATES[self.name][0]]
        return Range(kind.low, kind.high)

    def of(self, survey: Survey, leading: str) -> Series:
        """Its values in a demonstration, `(n,)`.

        Args:
            survey: the demonstration.
            leading: the side meant by `side`; empty = the near one.
        """
        side = leading or survey.near
        return survey.of(self.name, OTHER_SIDE[side] if self.whose == "other" else side)


def chosen(name: str, whose: str) -> Chosen:
    """A measure; one that is the same for both sides is nobody's."""
    return Chosen(name, "" if name in CENTRAL else whose)


def around(values: Series, limits: Range, by: float) -> Range | None:
    """Whole degrees around what was seen, `by` further out; None where that is everything, or nothing was.

    Args:
        values: degrees, NaN where not seen.
        limits: what it can be.
        by: degrees.
    """
    known = values[np.isfinite(values)]
    if not len(known):
        return None
    low, high = np.percentile(known, OUTER)
    bounds = Range(max(limits.low, math.floor(low - by)), min(limits.high, math.ceil(high + by)))
    return None if bounds == limits else bounds


def opened(bounds: Range, limits: Range) -> Range:
    """With a bound that lies near to what it can be at most or at least left open."""
    return Range(
        -math.inf if bounds.low - limits.low <= NEAR_LIMIT else bounds.low,
        math.inf if limits.high - bounds.high <= NEAR_LIMIT else bounds.high,
    )
