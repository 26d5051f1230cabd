"""Finding what comes again and again in a demonstration: there and back, alike each time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Series = npt.NDArray[np.float64]
T = TypeVar("T")

LEAST = 12.0
"""Degrees of a movement: twice what an angle from one camera is off, so that noise is no movement."""

STEPS = (90.0, 70.0, 50.0, 35.0, 25.0, 18.0, LEAST)
"""How far it must go back, degrees, to be the other way: the coarse looks pass over a wobble."""

ENOUGH = 60.0
"""Degrees from which a movement is no clearer for being larger."""

MODELS = 30
"""Of very many cycles so many are taken for the one that the others are like: an hour has a thousand."""

PAUSE = 1.5
"""A rest between two counts for what is told up to so many times as long as one of them takes: getting into
position and out of it again are alike too, but a long way apart."""

AT_REST = 0.15
"""The share of the way within which somebody still rests."""

ALIKE = 0.4
"""The share of its way by which one repetition may differ from another."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """Once there and back.

    Attributes:
        left, back: seconds, when the rest is left, and when it is reached again.
        start, end: seconds, half-way there and half-way back.
        rest, turn: the value that it leaves and comes back to, of the two the one nearer to its turn; and
            the value that it reaches.
    """

    left: float
    start: float
    end: float
    back: float
    rest: float
    turn: float

    @property
    def middle(self) -> float:
        """Seconds, half-way between start and end."""
        return (self.start + self.end) / 2


@dataclass(frozen=True, slots=True)
class Motion:
    """Cycles of one measure that are alike.

    Attributes:
        cycles: in order.
        up: whether it goes to larger values and back.
    """

    cycles: tuple[Cycle, ...]
    up: bool

    @property
    def rest(self) -> float:
        """The value that all cycles come back to: of their rests the one nearest to the turns."""
        rests = [cycle.rest for cycle in self.cycles]
        return max(rests) if self.up else min(rests)

    @property
    def turn(self) -> float:
        """The value that all cycles reach: of their turns the one nearest to the rests."""
        turns = [cycle.turn for cycle in self.cycles]
        return min(turns) if self.up else max(turns)

    @property
    def amount(self) -> float:
        """The middle one of how far they go, degrees."""
        return float(np.median([abs(cycle.turn - cycle.rest) for cycle in self.cycles]))

    @property
    def cycle_s(self) -> float:
        """The middle one of how long they take, seconds."""
        return float(np.median([cycle.end - cycle.start for cycle in self.cycles]))

    @property
    def weight(self) -> float:
        """How much it tells: for how long, how far, how often, and how much alike it is each time."""
        count, longest = len(self.cycles), PAUSE * self.cycle_s
        told_s = sum(cycle.end - cycle.start for cycle in self.cycles)
        told_s += sum(min(b.start - a.end, longest) for a, b in pairwise(self.cycles))
        spread = float(np.std([cycle.turn for cycle in self.cycles]))
        alike = 1.0 - min(spread / self.amount, 0.9)
        return told_s * min(self.amount, ENOUGH) * alike * count / (count + 1)

    def at(self, share: float) -> float:
        """The value at so much of the way from the rest to the turn."""
        return self.rest + share * (self.turn - self.rest)


def find_motions(t: Series, values: Series, up: bool) -> list[Motion]:
    """The cycles in a measure to larger values and back, or to smaller ones: one motion for each way to look.

    Args:
        t: `(n,)` seconds.
        values: `(n,)` degrees, NaN where not seen.
        up: whether to larger values.
    """
    found = (_alike(t, values, step, up) for step in STEPS)
    return [motion for motion in found if motion is not None]


def turning_points(values: Series, step: float) -> list[int]:
    """The samples at which it goes the other way by `step` or more, with the first and the last one.

    Neighbours in the list are a low and a high one in turns.
    """
    known: list[int] = np.flatnonzero(np.isfinite(values)).tolist()
    if not known:
        return []
    found: list[int] = []
    low = high = known[0]
    lowest = highest = float(values[low])
    rising: bool | None = None
    for i, value in zip(known, values[known].tolist(), strict=True):
        if value > highest:
            high, highest = i, value
        if value < lowest:
            low, lowest = i, value
        if rising is not False and highest - value >= step:
            found += [high] if rising is not None else [low, high] if low < high else [high]
            rising, low, lowest = False, i, value
        elif rising is not True and value - lowest >= step:
            found += [low] if rising is not None else [high, low] if high < low else [low]
            rising, high, highest = True, i, value
    if rising is not None:
        found.append(high if rising else low)
    return found


def _alike(t: Series, values: Series, step: float, up: bool) -> Motion | None:
    points = turning_points(values, step)
    level = values if up else -values
    triples = [
        (a, b, c) for a, b, c in zip(points, points[1:], points[2:], strict=False) if level[b] > level[a]
    ]
    longest: list[tuple[int, int, int]] = []
    for run in _runs(level, triples):
        if len(run) > len(longest):
            longest = run
    if not longest:
        return None
    sign = 1.0 if up else -1.0
    motion = Motion(tuple(_cycle(t, level, one, sign) for one in longest), up)
    return motion if sign * (motion.turn - motion.rest) >= LEAST else None


def _cycle(t: Series, level: Series, points: tuple[int, int, int], sign: float) -> Cycle:
    a, b, c = points
    rest, turn = float(max(level[a], level[c])), float(level[b])

    def leave(share: float) -> int:
        below = np.flatnonzero(level[a : b + 1] <= rest + share * (turn - rest))
        return a + int(below[-1]) if len(below) else a

    def reach(share: float) -> int:
        below = np.flatnonzero(level[b : c + 1] <= rest + share * (turn - rest))
        return b + int(below[0]) if len(below) else c

    left, start, end, back = (float(t[i]) for i in (leave(AT_REST), leave(0.5), reach(0.5), reach(AT_REST)))
    return Cycle(left, start, end, back, sign * rest, sign * turn)


def _runs(level: Series, triples: list[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    """For each cycle, those next to one another that are like it.

    Where the first of them comes from and the last one goes to may be further off than the others' rest:
    that is getting into position, and out of it.
    """
    for like in spread(triples):
        rest, turn = max(level[like[0]], level[like[2]]), level[like[1]]
        slack = ALIKE * (turn - rest)
        run: list[tuple[int, int, int]] = []
        has_it = False
        for one in triples:
            fits = abs(level[one[1]] - turn) <= slack and max(level[one[0]], level[one[2]]) <= rest + slack
            joined = not run or (run[-1][2] == one[0] and level[one[0]] >= rest - slack)
            if not (fits and joined):
                if has_it:
                    break
                run = []
            if fits:
                run.append(one)
                has_it = has_it or one is like
        if has_it:
            yield run


def spread(items: Sequence[T]) -> Sequence[T]:
    """Some `MODELS` of many, spread over all of them."""
    return items[:: max(1, len(items) // MODELS)]


def overlap(one: Motion, other: Motion) -> float:
    """The share of the first one's cycles that are at the same time as one of the other's."""
    hits = sum(
        any(a.start <= b.middle <= a.end or b.start <= a.middle <= b.end for b in other.cycles)
        for a in one.cycles
    )
    return hits / len(one.cycles)


def take_turns(one: Motion, other: Motion) -> bool:
    """Whether the cycles of two motions come one after the other, each in its turn."""
    order = sorted(
        [(cycle.middle, 0) for cycle in one.cycles] + [(cycle.middle, 1) for cycle in other.cycles]
    )
    return len(order) > 2 and all(a[1] != b[1] for a, b in pairwise(order))
