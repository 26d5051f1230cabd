"""The hold machine: in the position at all, in form, out of it again."""

from __future__ import annotations

import math

from formcoach.events import HoldEvent
from formcoach.hold_clock import SettledClock
from formcoach.poses import PoseTest, Values
from formcoach.spec import Spec

UNSEEN_S = 6.0
"""Not seen for this long, a hold has ended."""

SHORTEST_HOLD_S = 0.5
"""A passage through a position is a hold from this long on."""

GLANCE_S = 1.0
"""Whoever was in the position is taken to be in it still, where for no longer than this it is not seen."""

GET_DOWN_S = 2.0
"""Somebody who is in the position and not in form for this long needs help with it."""


class HoldMachine:
    """Times the holds of one side: in the position at all, and in form.

    Attributes:
        phase: one of `formcoach.spec.PHASES["hold"]`.
        performed: holds so far.
    """

    missing = False
    moment = wrong_now = just_left = ""
    hidden = unsure = False
    unseen_s = 0.0
    station, due, short, turn = "", None, None, 0  # of sequences
    of_best = math.nan

    def __init__(self, spec: Spec, side: str) -> None:
        self.side = side
        self.at_moment: Values = {}
        self.phase = "setup"
        self.performed = 0
        self._spec = spec
        self._position = PoseTest(spec.poses["position"], spec)
        self._work = PoseTest(spec.poses["work"], spec)
        broken = spec.poses.get("broken")
        self._broken = None if broken is None else PoseTest(broken, spec)
        self._clock = SettledClock(spec.timing.bridge_s, spec.timing.settle_s)
        self._outside_s = (0.0, 0.0)
        self._finished_s = 0.0
        self._there = False
        self._since = math.nan
        self._last_in = math.nan
        self._good_at = -math.inf

    @property
    def idle(self) -> bool:
        """Whether no hold is under way."""
        return self.phase == "setup"

    @property
    def judged_phase(self) -> str:
        """The phase whose checks are due; none while the position is being left.

        Where form must be kept for long before it counts, that time is judged as the hold that it will be.
        """
        if not self._there:
            return ""
        return "hold" if self._clock.entered and self._last_in - self._since >= GET_DOWN_S else self.phase

    @property
    def held_s(self) -> float:
        """Seconds in form of the hold under way."""
        return self._clock.in_s if self.phase == "hold" else 0.0

    @property
    def in_form(self) -> bool:
        """Whether the clock is running."""
        return self.phase == "hold" and self._clock.running

    @property
    def holds_s(self) -> float:
        """Seconds in form of the holds that have ended."""
        return self._finished_s

    def step(
        self, t: float, values: Values, _place: float = math.nan, _span: float = math.nan
    ) -> tuple[HoldEvent, ...]:
        """Take in the next sample; give what ended with it. A hold has no anchor."""
        there = self._position.holds(values, self.phase == "hold")
        self._there = there if there is not None else t - self._last_in <= GLANCE_S
        if there:
            lost = self.phase == "setup" and t - self._last_in >= UNSEEN_S
            if lost or self._since != self._since:
                self._since = t
                self._clock.reset()
            self._last_in = t
        if self._since != self._since:
            return ()
        inside = self._is_in_form(values) if there else there
        self._clock.step(t, inside)
        if self.phase == "setup":
            self._settle(t, there)
        if there:
            self._outside_s = self._clock.outside_s
        if self.phase == "setup":
            return ()
        patience = UNSEEN_S if there is None else self._spec.timing.leave_s
        return self._leave() if not there and t - self._last_in >= patience else ()

    def finish(self) -> tuple[HoldEvent, ...]:
        """End of the samples: give the hold under way."""
        return self._leave() if self.phase == "hold" else ()

    def interrupt(self, _t: float) -> tuple[HoldEvent, ...]:
        """Another shot: the same hold may well go on in it."""
        return ()

    def spoil(self, _kind: str) -> None:
        """A hold has no repetitions to spoil."""

    def _is_in_form(self, values: Values) -> bool | None:
        if self._broken is not None and self._broken.holds(values, False):
            return False
        return self._work.holds(values, self._clock.entered)

    def _settle(self, t: float, there: bool | None) -> None:
        """Getting down passes through bad form; it is judged once form was good, or after a while."""
        if there is False:
            self._since = math.nan
        elif self._clock.running:
            self.phase = "hold"
            self._since = t - self._clock.in_s
            self._clock.forget_outside()
        elif there and not self._clock.entered and t - self._since >= GET_DOWN_S:
            self.phase = "hold"

    def _leave(self) -> tuple[HoldEvent, ...]:
        start, clock, self.phase = self._since, self._clock, "setup"
        self._since = math.nan
        if clock.in_s < SHORTEST_HOLD_S:
            return ()
        self.performed += 1
        self._finished_s += clock.in_s
        out_s, unseen_s = self._outside_s  # what came after the last moment in position is no part of it
        enough = self._spec.dose.hold_s
        short = enough is not None and clock.in_s < enough[0] - 0.1
        return (
            HoldEvent(
                self.side,
                self.performed,
                start,
                self._last_in,
                clock.in_s,
                out_s,
                unseen_s,
                not short,
                f"in form for {int(clock.in_s)} of {enough[0]:g} seconds" if enough and short else "",
            ),
        )
