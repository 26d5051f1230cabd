"""The spot where somebody exercises: walking is none."""

from __future__ import annotations

from formcoach.follower import Follower

WALKED = 0.5
"""Trunk lengths: an anchor that moves further is walking, not exercising on the spot."""

SHUFFLE_S = 0.6
"""Between repetitions the spot follows the anchor with this time constant."""


class Spot:
    """Where the anchor of an exercise belongs."""

    __slots__ = ("_place",)

    def __init__(self) -> None:
        self._place = Follower(SHUFFLE_S)

    def is_left(self, t: float, place: float, span: float, *, resting: bool) -> bool:
        """Whether the anchor has moved away from its spot, which is then forgotten.

        Args:
            t: seconds.
            place: where the anchor is across the picture, image heights; NaN where there is none.
            span: the trunk's length, image heights.
            resting: between repetitions, when shuffling a little is no walk.
        """
        if place != place:
            return False
        if abs(place - self._place.value) > WALKED * span:
            self._place.forget()
            return True
        if resting or self._place.value != self._place.value:
            self._place.step(t, place)
        return False
