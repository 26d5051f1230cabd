"""Whether enough pictures come to see what somebody does between them."""

from __future__ import annotations

from collections import deque

GAP_S = 0.45
"""Seconds between two pictures from which nobody knows what happened in between."""

WINDOW_S = 5.0
FEWEST_A_SECOND = 2.5
"""In so many seconds at least so many pictures a second must come."""

STOPPED_S = 4.0
"""Seconds without any picture: then the camera has stopped, which is another matter."""


class Pace:
    """Follows how fast the pictures of one session come.

    Attributes:
        slow: whether too few come.
    """

    def __init__(self) -> None:
        self.slow = False
        self._times: deque[float] = deque()

    def step(self, t: float) -> bool:
        """Take in the time of the next sample; gives `slow`."""
        times = self._times
        if times and t - times[-1] > STOPPED_S:
            times.clear()
        times.append(t)
        while len(times) > 2 and t - times[1] >= WINDOW_S:
            times.popleft()
        passed = t - times[0]
        self.slow = passed >= WINDOW_S and (len(times) - 1) / passed < FEWEST_A_SECOND
        return self.slow
