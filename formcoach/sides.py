"""Which limb is the left one: the model at times exchanges both for a moment, and a limb cannot.

Where both arms, both legs or both sides of the trunk would have had to leap into each other's places from one
sample to the next, while exchanged they go on as they were going, the model has taken one for the other. It
may also have been wrong until now, and this is its correction. So what it has said for longer, since both
came apart, is believed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import add, itemgetter, sub

from formcoach.geometry import Place
from formcoach.landmarks import INDEX, LANDMARK_COUNT

LEAP = 0.12
"""Trunk lengths, a point in the mean, that the exchanged ones must fit better by, and lie apart."""

BETTER = 0.5
"""The share of the way they would have leapt that may be left to go when they are exchanged."""

KEPT_S = 1.5
"""So long at most the model must keep to the contrary of what it has said, to be believed."""

UNSURE_S = 1.0
"""So long nothing is believed of both, once what was believed has turned out wrong."""

LONG_S = 0.5
GIVEN_UP_S = 3.2
"""Where that had been believed for so long, it is so much longer: until a repetition that was under way is
given up, for it was the other limb's."""

GAP_S = 0.25
"""Seconds between two samples from which nobody can tell."""

_Pair = tuple[int, int]
_Places = tuple[Place, ...]
_Taking = Callable[[Sequence[Place]], _Places]


def _pairs(*parts: str) -> tuple[_Pair, ...]:
    return tuple((INDEX[f"left_{part}"], INDEX[f"right_{part}"]) for part in parts)


@dataclass(slots=True)
class _Group:
    """What the model exchanges together.

    Attributes:
        telling: the pairs by which it is told.
        all: those that are exchanged.
        agreed_s, opposed_s: for how long the model has said what is believed, and the contrary.
        unsure_s: for how long nobody can tell, for what was believed was wrong.
        was, before: where the telling points were at the last sample and at the one before it, the left ones
            first.
        lefts, rights: give the telling points of one side.
    """

    telling: tuple[_Pair, ...]
    all: tuple[_Pair, ...]
    agreed_s: float = 0.0
    opposed_s: float = 0.0
    unsure_s: float = 0.0
    was: _Places = ()
    before: _Places = ()
    lefts: _Taking = field(init=False)
    rights: _Taking = field(init=False)

    def __post_init__(self) -> None:
        self.lefts, self.rights = (itemgetter(*side) for side in zip(*self.telling, strict=True))

    def forget(self) -> None:
        """Take the model at its word from the next sample on."""
        self.agreed_s = self.opposed_s = 0.0
        self.was = self.before = ()

    def is_exchanged(self, passed: float, places: Sequence[Place], trunk: float) -> bool:
        """Take in a sample, `passed` seconds after the last; whether left is taken for right in it."""
        lefts, rights = self.lefts(places), self.rights(places)
        if self.unsure_s:
            self.unsure_s = max(0.0, self.unsure_s - passed)
        if not _apart(lefts, rights) > LEAP * trunk * len(lefts):
            self.forget()  # one upon the other they are nobody's
            return False
        exchanged = bool(self.was) and self._fits_better(lefts, rights, trunk)
        if exchanged:
            self.opposed_s += passed
        else:
            self.agreed_s, self.opposed_s = min(self.agreed_s + passed, KEPT_S), 0.0
        if self.opposed_s > self.agreed_s:
            exchanged, self.unsure_s = False, GIVEN_UP_S if self.agreed_s >= LONG_S else UNSURE_S
            self.forget()
        self.was, self.before = rights + lefts if exchanged else lefts + rights, self.was
        return exchanged

    def _fits_better(self, lefts: _Places, rights: _Places, trunk: float) -> bool:
        """Whether the two go on as they were going only when they are exchanged."""
        leap = 2 * len(lefts) * LEAP * trunk
        expected: Iterable[Place] = self.was
        if self.before:  # as they were going
            expected = tuple(map(sub, map(add, self.was, self.was), self.before))
        kept = _apart(lefts + rights, expected)
        if kept <= leap:
            return False  # as most of the time
        exchanged = _apart(rights + lefts, expected)
        return kept - exchanged > leap and exchanged < BETTER * kept


def _apart(here: Iterable[Place], there: Iterable[Place]) -> float:
    """How far it is from places to as many others, in sum."""
    apart: float = sum(map(abs, map(sub, here, there)))
    return apart


_FACE = (*_pairs("eye_inner", "eye", "eye_outer", "ear"), (INDEX["mouth_left"], INDEX["mouth_right"]))


class Sides:
    """Follows which of two limbs is the left one, through the samples of one person."""

    def __init__(self) -> None:
        trunk, arms = _pairs("shoulder", "hip"), _pairs("elbow", "wrist", "index")
        legs = _pairs("knee", "ankle")
        self._groups = (
            _Group(trunk, (*trunk, *_FACE)),
            _Group(arms, (*arms, *_pairs("pinky", "thumb"))),
            _Group(legs, (*legs, *_pairs("heel", "foot_index"))),
        )
        self._t = -math.inf

    @property
    def unsure(self) -> list[int]:
        """The landmarks of which nobody can tell at this moment on which side they are."""
        return [i for group in self._groups if group.unsure_s > 0.0 for pair in group.all for i in pair]

    def forget(self) -> None:
        """Somebody else, or another shot."""
        for group in self._groups:
            group.forget()

    def order(self, t: float, places: Sequence[Place], trunk: float) -> list[int] | None:
        """Take in the next sample.

        Args:
            t: seconds.
            places: 33 of them, image heights.
            trunk: its length, image heights.

        Returns:
            Of each landmark the one that it really is; None where all are what the model says.
        """
        passed, self._t = t - self._t, t
        if passed > GAP_S:
            self.forget()
            passed = 0.0
        exchanged = [group for group in self._groups if group.is_exchanged(passed, places, trunk)]
        if not exchanged:
            return None
        order = list(range(LANDMARK_COUNT))
        for left, right in (pair for group in exchanged for pair in group.all):
            order[left], order[right] = right, left
        return order
