"""A number that follows another, smoothly and at any frame rate."""

from __future__ import annotations

import math

from formcoach.geometry import NAN


class Follower:
    """A number that follows another with a time constant, seconds, whatever the frame rate."""

    __slots__ = ("t", "tau", "value")

    def __init__(self, tau: float) -> None:
        self.tau = tau
        self.t = -math.inf
        self.value = NAN

    def step(self, t: float, value: float) -> float:
        """Take in a value; NaN leaves the follower where it is."""
        if value == value:
            if self.value != self.value:
                self.value = value
            else:
                self.value += (value - self.value) * (1.0 - math.exp((self.t - t) / self.tau))
            self.t = t
        return self.value

    def forget(self) -> None:
        """Start afresh with the next value."""
        self.t, self.value = -math.inf, NAN
