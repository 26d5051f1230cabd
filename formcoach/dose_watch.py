"""Whether the dose of a set is done, and whose side's turn it is."""

from __future__ import annotations

from collections.abc import Mapping

from formcoach.events import Coaching, HoldEvent
from formcoach.routine import holds_in_set
from formcoach.spec import Spec


class DoseWatch:
    """Whether the dose of a set is done, from the coach's answers to it.

    Repetitions and rounds count once they are performed, as on the screen. A hold counts once it has lasted
    as long as its goal, while it still goes on, or when it has ended long enough.
    """

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._sides = spec.sides or ("",)
        self._needed = holds_in_set(spec)
        self._ended = dict.fromkeys(self._sides, 0)
        self._side = self._sides[0]
        self._counts: Mapping[str, int] = dict(self._ended)

    def take(self, coaching: Coaching) -> None:
        """Take in the coach's answer to the next sample."""
        self._side = coaching.side
        if self._spec.kind != "hold":
            self._counts = coaching.reps
            return
        for event in coaching.events:
            if isinstance(event, HoldEvent) and event.to_dose:
                self._ended[event.side] += 1
        counts = dict(self._ended)
        goal = self._spec.dose.hold_s
        if goal is not None and coaching.held_s >= goal[1]:
            counts[coaching.side] += 1
        self._counts = counts

    @property
    def done(self) -> bool:
        """Whether every side has done its part."""
        return all(self._counts.get(side, 0) >= self._needed for side in self._sides)

    @property
    def notice(self) -> str:
        """A word on changing sides, once the side that works has done its part; else empty."""
        left = [side for side in self._sides if self._counts.get(side, 0) < self._needed]
        if not left or self._side in left:
            return ""
        return f"Now your {left[0]} side"
