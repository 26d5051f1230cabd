"""Where in a recording one is while it is played back: playing, slow, stepping, jumping. It has no clock."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

SPEEDS = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0)
"""Recorded seconds in a second, from the slowest."""

SEEK_S = 5.0
"""How far one key goes back or forward."""

LEAD_S = 1.0
"""A jump while it plays begins so long before, to see how it came about."""

AGAIN_S = 0.8
"""Asked to go back sooner after a jump than this, one means the one before, not the same again."""

MarkKind = Literal["counted", "not counted", "polish", "fix", "stop"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something in a recording that one may jump to: a repetition, a hold, a round or a fault.

    Attributes:
        start, end: from when to when, recorded seconds.
        at: the moment that shows it best.
        kind: whether an attempt counted; of a fault its severity.
    """

    start: float
    end: float
    at: float
    kind: MarkKind


class Player:
    """A place in a recording.

    Attributes:
        t: the moment that is shown, recorded seconds.
        playing: whether it moves on by itself.
        speed: recorded seconds in a second.
    """

    def __init__(self, times: Sequence[float]) -> None:
        """Begin at the beginning, playing.

        Args:
            times: of the samples, in order; at least one.
        """
        self._times = times
        self.t = self.first = float(times[0])
        self.last = float(times[-1])
        self.playing = True
        self.speed = 1.0

    @property
    def sample(self) -> int:
        """The number of the last sample that has come by now, from 0."""
        return max(0, bisect_right(self._times, self.t) - 1)

    def advance(self, passed_s: float) -> None:
        """Let time pass; at the end it stands still."""
        if self.playing:
            self._go(self.t + passed_s * self.speed)
            self.playing = self.t < self.last

    def toggle(self) -> None:
        """Stop, or go on; at the end, from the beginning."""
        if not self.playing and self.t >= self.last:
            self.t = self.first
        self.playing = not self.playing

    def restart(self) -> None:
        """Back to the beginning; it plays on if it was playing."""
        self.t = self.first

    def seek(self, seconds: float) -> None:
        """Go back or forward by so many recorded seconds."""
        self._go(self.t + seconds)

    def step(self, samples: int) -> None:
        """Stand still, and go on by so many samples, or back by a negative number of them."""
        self.playing = False
        self.t = float(self._times[min(max(self.sample + samples, 0), len(self._times) - 1)])

    def faster(self) -> None:
        """The next of `SPEEDS`."""
        self.speed = SPEEDS[min(SPEEDS.index(self.speed) + 1, len(SPEEDS) - 1)]

    def slower(self) -> None:
        """The one before."""
        self.speed = SPEEDS[max(SPEEDS.index(self.speed) - 1, 0)]

    def to_next(self, marks: Sequence[Mark]) -> None:
        """To the next of some marks; nowhere where there is none."""
        self._go(min((place for place in map(self._place, marks) if place > self.t), default=self.t))

    def to_previous(self, marks: Sequence[Mark]) -> None:
        """To the one before; nowhere where there is none."""
        before = self.t - (AGAIN_S * self.speed if self.playing else 0.0)
        self._go(max((place for place in map(self._place, marks) if place < before), default=self.t))

    def _place(self, mark: Mark) -> float:
        """Where to go to see it: playing, a little before it; standing still, the moment that shows it.

        That is the time of a sample, so that going there twice is going to the same place.
        """
        t = max(mark.start - LEAD_S, self.first) if self.playing else mark.at
        return float(self._times[max(0, bisect_right(self._times, t) - 1)])

    def _go(self, t: float) -> None:
        self.t = min(max(t, self.first), self.last)
