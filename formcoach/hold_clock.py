"""Time inside a pose, outside of it and not seen."""

from __future__ import annotations

import math

LONGEST_STEP_S = 1.0
"""Between two samples further apart than this nobody knows what happened: it is not seen."""


class HoldClock:
    """Adds up time inside a pose, outside of it and not seen; bridges short gaps."""

    __slots__ = ("_bridge_s", "_gap_out", "_gap_unseen", "_last", "in_s", "out_s", "running", "unseen_s")

    def __init__(self, bridge_s: float) -> None:
        self._bridge_s = bridge_s
        self.reset()

    def reset(self) -> None:
        """Back to zero."""
        self.in_s = self.out_s = self.unseen_s = 0.0
        self._gap_out = self._gap_unseen = 0.0
        self._last = math.nan
        self.running = False

    def step(self, t: float, inside: bool | None, since: float | None = None) -> None:
        """Account for the time since the last sample: it belongs to what is seen now.

        Args:
            t: seconds.
            inside: None where it is not seen.
            since: since when it is inside, where that is known only now.
        """
        passed = t - self._last if self._last == self._last else 0.0
        self._last = t
        if passed > LONGEST_STEP_S:
            self.settle()
            self.unseen_s += passed
            passed = 0.0
        if inside:
            self._close_gap()
            if self.running:
                self.in_s += passed
            else:
                self._gap_out += passed
                self._close_gap()
                self._take_back(0.0 if since is None else t - since)
            self.running = True
        elif inside is None:
            self._gap_unseen += passed
            self._stop_after_gap()
        else:
            self._gap_out += passed
            self._stop_after_gap()

    @property
    def outside_s(self) -> tuple[float, float]:
        """Seconds outside and not seen so far, with those of an open gap."""
        return self.out_s + self._gap_out, self.unseen_s + self._gap_unseen

    def forget_outside(self) -> None:
        """What came before the first time inside was getting there."""
        self.out_s = self.unseen_s = 0.0

    def settle(self) -> None:
        """Book an open gap for what it was: the hold does not go on."""
        self.out_s += self._gap_out
        self.unseen_s += self._gap_unseen
        self._gap_out = self._gap_unseen = 0.0
        self.running = False

    def _close_gap(self) -> None:
        if self.running:
            self.in_s += self._gap_out + self._gap_unseen
            self._gap_out = self._gap_unseen = 0.0
        else:
            self.settle()

    def _take_back(self, seconds: float) -> None:
        """What was booked outside for so long was inside after all."""
        seconds = min(seconds, self.out_s)
        self.out_s -= seconds
        self.in_s += seconds

    def _stop_after_gap(self) -> None:
        if self._gap_out + self._gap_unseen > self._bridge_s:
            self.settle()
