"""The hold of a repetition: time in the held position, and not on the way through it."""

from __future__ import annotations

from formcoach.hold_clock import HoldClock
from formcoach.poses import PoseTest, Values
from formcoach.spec import Spec
from formcoach.stillness import Stillness


class RepHold:
    """Times the hold of a repetition that is under way."""

    __slots__ = ("_clock", "_stillness", "_test")

    def __init__(self, spec: Spec) -> None:
        pose = spec.poses.get("held", spec.poses["work"])
        self._test = PoseTest(pose, spec)
        self._stillness = Stillness(pose, spec)
        self._clock = HoldClock(spec.timing.bridge_s)

    @property
    def seconds(self) -> float:
        """Seconds held so far."""
        return self._clock.in_s

    @property
    def running(self) -> bool:
        """Whether the clock is running."""
        return self._clock.running

    def step(self, t: float, values: Values, working: bool | None) -> None:
        """Take in one sample once the work position was reached; `working` = it is in it now."""
        held = self._test.holds(values, self._clock.running) if working else working
        if not held:
            self._stillness.forget()
            self._clock.step(t, held)
            return
        since = self._stillness.step(t, values)
        self._clock.step(t, since is not None, since)

    def reset(self) -> None:
        """Ready for the next repetition."""
        self._clock.reset()
        self._stillness.forget()
