"""Whose turn it is, where the sides of an exercise take turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from formcoach.events import RepEvent
from formcoach.landmarks import OTHER_SIDE
from formcoach.rep_verdict import UNSEEN_ON_THE_WAY_S

SAME_SIDE = "same_side_again"
"""The kind of a repetition on the side of the one before, where the sides take turns."""


class Turns:
    """Keeps whose turn it is, by the repetitions as they end.

    A turn is taken by a repetition that was performed, and passed by a try of the other side that came to
    nothing. Where the other side was not seen for a while, nobody knows whether it has had its turn.
    """

    def __init__(self) -> None:
        self._last = ""
        self._other_unseen_s = 0.0

    def take(self, rep: RepEvent, unseen_s: Mapping[str, float]) -> RepEvent:
        """A repetition as it is, or marked where it was the other side's turn.

        Args:
            rep: what ended.
            unseen_s: seconds so far in which nobody could see how far each side was.
        """
        other_unseen_s = unseen_s[OTHER_SIDE[rep.side]]
        again = rep.side == self._last and other_unseen_s - self._other_unseen_s <= UNSEEN_ON_THE_WAY_S
        if rep.performed:
            self._last, self._other_unseen_s = rep.side, other_unseen_s
            return (
                replace(rep, why_not="the same side again", kind=SAME_SIDE) if again and not rep.kind else rep
            )
        if rep.side != self._last:
            self._last = ""
        return rep
