"""Three, two, one, go: from keeping the start position to the first repetition.

Only a courtesy: whoever sets off at once is counted from there, and the count-in is over. Somebody who has
just been counted in and only shuffled their feet is not counted in again. A hold needs none, for its clock
starts by itself with the position.
"""

from __future__ import annotations

import math

WORDS = ("3", "2", "1", "Go")
"""What is said, each for `BEAT_S`."""

BEAT_S = 1.0

AFRESH_S = 2.0
"""Seconds out of the start position, after which there is a new count-in."""


class CountIn:
    """Counts in, once for each time that the start position is taken."""

    def __init__(self) -> None:
        self._since = math.nan
        self._out_since = -math.inf

    def step(self, t: float, ready: bool, moving: bool) -> str:
        """Take in the next sample.

        Args:
            t: seconds.
            ready: whether the start position is kept.
            moving: whether a repetition is under way.

        Returns:
            The word of this moment, or empty.
        """
        if not ready or moving:
            self._since = math.nan
            if moving:
                self._out_since = math.nan
            elif math.isnan(self._out_since):
                self._out_since = t
            return ""
        if not math.isnan(self._out_since):
            afresh = t - self._out_since >= AFRESH_S
            self._since, self._out_since = t if afresh else math.nan, math.nan
        beat = (t - self._since) / BEAT_S
        return WORDS[int(beat)] if 0.0 <= beat < len(WORDS) else ""
