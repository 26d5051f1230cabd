"""What the attempts of one side came to: each judged once it has ended, and counted."""

from __future__ import annotations

import math

from formcoach.events import RepEvent
from formcoach.rep_verdict import MEANT, Attempt, fall_short, under_dose
from formcoach.spec import Spec

BRIEFEST_S = 0.25
"""A repetition takes at least this long from start to start: faster is a slip of the landmarks."""


class Tally:
    """Counts the repetitions of one side, and keeps the person's own furthest.

    Attributes:
        performed: repetitions performed so far.
        holds_s: seconds held so far that count.
        best: how far the furthest good one went, as `Attempt.depth`; NaN before the first.
        of_best: how far the last one went, as a share of that; NaN before the second, and where it was
            spoilt (by throwing it).
    """

    def __init__(self, spec: Spec, side: str) -> None:
        self.performed = 0
        self.holds_s = 0.0
        self.best = self.of_best = math.nan
        self._spec = spec
        self._side = side

    def judge(self, attempt: Attempt, end: float, broken_off: str = "") -> tuple[RepEvent, ...]:
        """The event of an attempt that has ended; none where it was not meant, or a slip.

        Args:
            attempt: what ended.
            end: when, seconds.
            broken_off: why it ended elsewhere than at the start position, or empty.
        """
        why_not, kind = fall_short(self._spec, attempt, broken_off)
        meant = attempt.worked or attempt.wrong or attempt.best >= MEANT
        if not meant or end - attempt.start < BRIEFEST_S:
            return ()
        performed = not why_not
        if performed:
            self.performed += 1
            why_not, kind = under_dose(self._spec, attempt)
            self._compare(attempt)
        event = RepEvent(
            self._side,
            self.performed if performed else 0,
            attempt.start,
            attempt.turn,
            end,
            performed,
            attempt.held_s,
            performed and not why_not,
            why_not,
            kind,
            dict(attempt.reached),
            attempt.depth if attempt.depth > -math.inf else math.nan,
            self.best,
        )
        self.holds_s += event.counted_hold_s
        return (event,)

    def _compare(self, attempt: Attempt) -> None:
        """With the person's own best, which none that was spoilt can set."""
        first = self.best != self.best
        if not attempt.spoilt and not attempt.depth <= self.best:
            self.best = attempt.depth
        self.of_best = math.nan if first or attempt.spoilt else attempt.depth / self.best
