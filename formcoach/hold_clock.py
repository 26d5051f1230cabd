"""Time inside a pose, outside of it and not seen."""

from __future__ import annotations

import math

LONGEST_STEP_S = 1.0
"""Between two samples further apart than this nobody knows what happened: it is not seen."""

USUAL_STEP_S = 0.1
"""From one picture to the next it usually takes no longer: so late the picture that ends a gap may be."""

ROUNDING_S = 1e-6


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
        too_late = inside and self._is_over(t)
        self._last = t
        if passed > LONGEST_STEP_S:
            self.settle()
            self.unseen_s += passed
            passed = 0.0
        if too_late:
            self.settle()
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

    def _is_over(self, t: float) -> bool:
        """Whether an open gap has become too long to be bridged, by the time of the sample that ends it."""
        gap_s = self._gap_out + self._gap_unseen
        return gap_s > 0.0 and gap_s + t - self._last > self._bridge_s + USUAL_STEP_S

    def _take_back(self, seconds: float) -> None:
        """What was booked outside for so long was inside after all."""
        seconds = min(seconds, self.out_s)
        self.out_s -= seconds
        self.in_s += seconds

    def _stop_after_gap(self) -> None:
        if self._gap_out + self._gap_unseen > self._bridge_s:
            self.settle()


class SettledClock(HoldClock):
    """A clock that starts only after it was inside for a while, and then counts from the beginning of that.

    After a gap that was not bridged it must settle anew: passing through is not staying.
    """

    __slots__ = ("_settle_s", "_trial")

    def __init__(self, bridge_s: float, settle_s: float) -> None:
        self._settle_s = settle_s
        self._trial = HoldClock(bridge_s)  # keeps the books until it is settled
        super().__init__(bridge_s)

    @property
    def entered(self) -> bool:
        """Whether it is running, or settling."""
        return self.running or self._trial.running

    @property
    def outside_s(self) -> tuple[float, float]:
        """Seconds outside and not seen so far, with those of an open gap."""
        (out_s, unseen_s), (trial_out_s, trial_unseen_s) = super().outside_s, self._trial.outside_s
        return out_s + trial_out_s, unseen_s + trial_unseen_s

    def reset(self) -> None:
        """Back to zero."""
        super().reset()
        self._trial.reset()

    def step(self, t: float, inside: bool | None, since: float | None = None) -> None:
        """Account for the time since the last sample, as a `HoldClock` does."""
        if self.running and inside and self._is_over(t):
            super().step(t, False)
        elif self.running:
            super().step(t, inside, since)
            if not self.entered:  # it stopped
                self._trial.step(t, inside)
            return
        trial = self._trial
        trial.step(t, inside, since)
        if not trial.running:
            trial.out_s, trial.in_s = trial.out_s + trial.in_s, 0.0
        elif trial.in_s >= self._settle_s - ROUNDING_S:
            self._start(t)

    def _start(self, t: float) -> None:
        self.in_s += self._trial.in_s
        self.out_s += self._trial.out_s
        self.unseen_s += self._trial.unseen_s
        self._trial.reset()
        self._last = t
        self.running = True
