"""A stay at one station of a sequence: from getting there to being gone from it, and what of it was held."""

from __future__ import annotations

import math

from formcoach.hold_clock import HoldClock
from formcoach.pace import GAP_S
from formcoach.poses import PoseTest, Values
from formcoach.spec import Spec, Station

UNSEEN_S = 3.0
"""Not seen for this long, nobody knows whether somebody is still at a station, or where they went."""


class Stay:
    """Whether somebody is at one station, and for how long they have held it.

    Attributes:
        station: which.
        open: whether they are there, or were a moment ago.
        inside: whether they are in its pose now; None where that cannot be seen.
        since: when they came, seconds.
        unseen_s: seconds in which they may have been there and were not seen, just before and since then.
    """

    def __init__(self, spec: Spec, station: Station) -> None:
        self.station = station
        self.open = False
        self.inside: bool | None = False
        self.since = math.nan
        self.unseen_s = 0.0
        self._test = PoseTest(station.pose, spec)
        self._clock = HoldClock(spec.timing.bridge_s)
        self._settle_s = min(spec.timing.settle_s, station.hold_s)
        self._leave_s = spec.timing.leave_s
        self._last_in = math.nan
        self._last_t = math.nan

    @property
    def held_s(self) -> float:
        """Seconds in its pose since they came; short gaps are bridged."""
        return self._clock.in_s if self.open else 0.0

    @property
    def running(self) -> bool:
        """Whether the clock runs."""
        return self.open and self._clock.running

    @property
    def settled(self) -> bool:
        """Whether they are there, and not only passing through."""
        return self.open and self.held_s >= self._settle_s

    @property
    def done(self) -> bool:
        """Whether it was held for its time."""
        return self.settled and self.held_s >= self.station.hold_s

    def look(self, t: float, values: Values, there: bool | None) -> None:
        """Take in the next sample.

        Args:
            t: seconds.
            values: the measures.
            there: whether the position of the exercise is kept; None where that cannot be seen.
        """
        self.inside = self._test.holds(values, self.running) if there else there
        self._miss(t)
        if self.open and t - self._last_in >= UNSEEN_S:
            self.end()
        if self.inside and not self.open:
            self.open, self.since = True, t
            self._clock.reset()
        if self.open:
            self._clock.step(t, self.inside)
        if self.inside:
            self._last_in = t

    def is_left(self, t: float) -> bool:
        """Whether they have gone and not come back."""
        return self.open and self.inside is False and t - self._last_in >= self._leave_s

    def _miss(self, t: float) -> None:
        passed, self._last_t = t - self._last_t, t
        if self.inside is None or passed > GAP_S:
            self.unseen_s += passed if passed == passed else 0.0
        elif self.inside is False and not self.open:
            self.unseen_s = 0.0

    def end(self) -> None:
        """They have gone."""
        self.open = False
        self.unseen_s = 0.0
