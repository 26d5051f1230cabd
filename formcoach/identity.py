"""Whether the body in a sample is still the same person."""

from __future__ import annotations

import math
from dataclasses import dataclass

from formcoach.geometry import NAN, Point, distance

JUMP = 0.6
JUMP_SPEED = 1.0
"""Trunk lengths, and trunk lengths a second not seen, that hips and shoulders may move between two
samples."""

RESIZE = 1.8
"""The factor by which a body may grow or shrink between two samples."""

STAY_S = 1.0
STRANGER_S = 3.0
"""Somebody who is suddenly elsewhere is accepted after keeping still for the first, or after moving on
one spot for the second: so a jump cut goes on and somebody who walks past does not take over."""

STILL = 0.25
"""Trunk lengths within which somebody keeps still."""

ROAM = 1.5
"""Trunk lengths of a spot: whoever moves further walks, and is nobody to coach, however long it takes."""

FORGET_S = 1.5
"""After nobody was seen for this long, whoever comes next is the person."""


@dataclass(slots=True)
class _Place:
    """Where a body was last, its size in image heights."""

    t: float
    hips: Point
    shoulders: Point
    size: float

    def is_near(self, other: _Place, room: float, *, by_hips: bool = False) -> bool:
        """Whether two places may be one body's, `room` trunk lengths apart at the most."""
        moved = distance(self.hips, other.hips)
        if not by_hips:
            moved = max(moved, distance(self.shoulders, other.shoulders))
        return moved <= room * self.size and 1 / RESIZE <= other.size / self.size <= RESIZE


class Identity:
    """Keeps to one person."""

    def __init__(self) -> None:
        self._person: _Place | None = None
        self._newcomer: _Place | None = None
        self._spot_since = NAN
        self._still_since = NAN
        self._spot_at: Point = (NAN, NAN)
        self._still_at: Point = (NAN, NAN)

    def check(self, t: float, hips: Point, shoulders: Point, size: float) -> str:
        """Who the body in this sample is.

        Args:
            t: seconds.
            hips, shoulders: the middles of each pair, image heights.
            size: of the trunk, image heights.

        Returns:
            `same`, `new` (somebody else from now on, or another shot) or `stranger`.
        """
        here = _Place(t, hips, shoulders, size)
        if self._person is None:
            self._take(here)
            return "same"
        if self._newcomer is not None and t - self._newcomer.t > FORGET_S:
            self._newcomer = None
        if self._is_the_newcomer(here):
            return self._watch_newcomer(here)
        gap = t - self._person.t
        if self._newcomer is not None:
            # The person meanwhile went on exercising: the hips stay about where they were.
            back = self._person.is_near(here, JUMP, by_hips=True)
        else:
            back = self._person.is_near(here, JUMP + JUMP_SPEED * gap)
        if back:
            self._take(here)
            return "same"
        if gap > FORGET_S and self._newcomer is None:
            self._take(here)
            return "new"
        self._spot_since = self._still_since = t
        self._spot_at = self._still_at = hips
        self._newcomer = here
        return "stranger"

    def _is_the_newcomer(self, here: _Place) -> bool:
        """Whether this goes on from where somebody else was seen, rather than jumping back."""
        was = self._newcomer
        return was is not None and was.is_near(here, JUMP / 2)

    def _watch_newcomer(self, here: _Place) -> str:
        self._newcomer = here
        if distance(here.hips, self._still_at) > STILL * here.size:
            self._still_since, self._still_at = here.t, here.hips
        if distance(here.hips, self._spot_at) > ROAM * here.size:
            self._spot_since, self._spot_at = here.t, here.hips
        if here.t - self._still_since < STAY_S and here.t - self._spot_since < STRANGER_S:
            return "stranger"
        self._take(here)
        return "new"

    def _take(self, here: _Place) -> None:
        self._person, self._newcomer = here, None


def body_size(trunk: float, shoulder_line: float) -> float:
    """A size that survives a trunk pointing at the camera: trunk and shoulder line together."""
    return math.hypot(trunk, shoulder_line)
