"""What was shown: repetitions of one measure, on one side or on both, or a position that was kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, permutations

import numpy as np

from formcoach.keeping import MAIN, Kept, hold_in, longest_run
from formcoach.landmarks import OTHER_SIDE, SIDES
from formcoach.moving import ALIKE, Motion, find_motions, overlap, spread, take_turns
from formcoach.survey import CANDIDATES, CENTRAL, PARTS, Survey

TRUST: Mapping[str, float] = {
    **dict.fromkeys(CANDIDATES, 1.0),
    **dict.fromkeys(("hip", "knee"), 0.97),
    **dict.fromkeys(("arm", "elbow", "shoulder", "shank"), 0.8),
    **dict.fromkeys(("ankle", "heel", "turn"), 0.75),
}
"""How good each measure is for counting: an arm may do something else the next time, and the foot's points
tremble most."""

SAME_POSTURE = 35.0
"""Degrees by which any other measure may differ in the middle of two cycles that are the same movement."""

OTHER_END = 15.0
"""Degrees that the body is off, on average, from how it rests in between, at which an end halves the weight
of a motion: that was getting into position, or out of it."""

OF_EACH = 0.5
"""Moving at the same times, or as far, for at least this share, two sides do the same."""

AS_LONG = 3.0
"""Times that a repetition on one side may take as long as on the other."""


FEWEST = 2
"""Times that something must be done to be a repetition: what is done once might be anything."""

OFTEN = 3
"""Times from which something done beside keeping still is more than settling down."""

MOSTLY = 0.6
"""The share of the time from which a rest between two repetitions is what was meant to be shown."""

MEANT = 25.0
"""Degrees that a foot moves, or anything else while the body keeps still, from which that is the exercise."""


@dataclass(frozen=True, slots=True)
class Repetitions:
    """Something done again and again.

    Attributes:
        measure: the one it is counted by.
        motions: by side (`left`, `right`), or of `""` where both sides move together.
        alternating: whether the sides took turns.
    """

    measure: str
    motions: Mapping[str, Motion]
    alternating: bool

    @property
    def counts(self) -> dict[str, int]:
        """How many on each side."""
        return {side: len(motion.cycles) for side, motion in self.motions.items()}

    @property
    def span(self) -> tuple[float, float]:
        """From the beginning of the first to the end of the last, seconds."""
        cycles = [cycle for motion in self.motions.values() for cycle in motion.cycles]
        return min(cycle.start for cycle in cycles), max(cycle.end for cycle in cycles)

    @property
    def longest_rest(self) -> float:
        """The longest time between two of them, seconds."""
        cycles = sorted(
            (cycle for motion in self.motions.values() for cycle in motion.cycles), key=lambda one: one.start
        )
        return max((b.start - a.end for a, b in pairwise(cycles)), default=0.0)


@dataclass(frozen=True, slots=True)
class Together:
    """Something that moves together with what is counted.

    Attributes:
        name: of the measure.
        whose: `side` = of the side that is at work, `other`, or empty of what is the same for both.
        motion: how it moves while the first side is at work.
    """

    name: str
    whose: str
    motion: Motion


def repetitions_in(survey: Survey, fewest: int = FEWEST) -> Repetitions | None:
    """What was done `fewest` times on a side or more, and twice in all; None where nothing was."""
    found = [
        (TRUST[name] * _weight(survey, one), one)
        for name in CANDIDATES
        if (one := repetitions_of(survey, name, fewest)) is not None
    ]
    return max(found, key=lambda pair: pair[0], default=(0.0, None))[1]


def _weight(survey: Survey, shown: Repetitions) -> float:
    """How much it tells; of two sides the less, the more they do at the same time: that is not of each."""
    motions = list(shown.motions.values())
    both = max((overlap(a, b) for a, b in permutations(motions, 2)), default=0.0)
    return (1.0 - both) * sum(motion.weight * _framed(survey, motion) for motion in motions)


def repetitions_of(survey: Survey, name: str, fewest: int = FEWEST) -> Repetitions | None:
    """What was done again and again as one measure tells it: `fewest` times on a side, and twice in all."""
    found = (_central if name in CENTRAL else _sided)(survey, name, fewest)
    return found if found is not None and sum(found.counts.values()) >= FEWEST else None


def _central(survey: Survey, name: str, fewest: int) -> Repetitions | None:
    motion = motion_of(survey, name, survey.near, fewest=fewest)
    return None if motion is None else Repetitions(name, {"": motion}, alternating=False)


def _sided(survey: Survey, name: str, fewest: int) -> Repetitions | None:
    near, far = survey.near, OTHER_SIDE[survey.near]
    found = {
        side: one for side in (near, far) if (one := motion_of(survey, name, side, fewest=fewest)) is not None
    }
    if not found:
        return None
    side = max(found, key=lambda one: found[one].weight * _framed(survey, found[one]))
    mine = found[side]
    theirs = motion_of(survey, name, OTHER_SIDE[side], (mine.up,), fewest)
    if theirs is None:
        together = side == near and not _rests(survey, name, far, mine)
        return Repetitions(name, {"" if together else side: mine}, alternating=False)
    if overlap(mine, theirs) >= OF_EACH and overlap(theirs, mine) >= OF_EACH:
        return Repetitions(name, {"": theirs if side == far else mine}, alternating=False)
    if not _is_like(mine, theirs):
        return Repetitions(name, {side: mine}, alternating=False)
    motions = {side: mine, OTHER_SIDE[side]: theirs}
    return Repetitions(name, {side: motions[side] for side in SIDES}, alternating=take_turns(mine, theirs))


def _is_like(one: Motion, other: Motion) -> bool:
    """Whether two sides do the same, each for itself."""
    slack = ALIKE * max(one.amount, other.amount)
    shorter_s, longer_s = sorted((one.cycle_s, other.cycle_s))
    alike = max(abs(one.rest - other.rest), abs(one.turn - other.turn)) <= slack
    return alike and longer_s <= AS_LONG * shorter_s


def _rests(survey: Survey, name: str, side: str, motion: Motion) -> bool:
    """Whether the other side is seen to keep still while one moves: hidden is not still."""
    values = survey.of(name, side)[survey.between(motion.cycles[0].start, motion.cycles[-1].end)]
    known = values[np.isfinite(values)]
    return len(known) > OF_EACH * len(values) and float(np.ptp(known)) < OF_EACH * motion.amount


def motion_of(
    survey: Survey, name: str, side: str, ways: Sequence[bool] = (True, False), fewest: int = FEWEST
) -> Motion | None:
    """The cycles of one measure during which the rest of the body is alike too.

    Args:
        survey: the demonstration.
        name: of the measure.
        side: whose.
        ways: to larger values and back (True), to smaller ones, or whichever begins and ends as it rests in
            between.
        fewest: cycles that must be alike.
    """
    found = [
        _same_movement(survey, motion)
        for up in ways
        for motion in find_motions(survey.t, survey.of(name, side), up)
    ]
    found = [one for one in found if len(one.cycles) >= fewest]
    return max(found, key=lambda one: one.weight * _framed(survey, one), default=None)


def _framed(survey: Survey, motion: Motion) -> float:
    """How far the body before the first cycle and after the last is as it is between them, 0 to 1."""
    cycles = motion.cycles
    inner = [_posture(survey, t) for a, b in pairwise(cycles) for t in (a.back, b.left)]
    inner = inner or [_posture(survey, cycles[0].left)]
    usual = np.array([_median(column) for column in zip(*inner, strict=True)])
    off = [np.abs(np.array(_posture(survey, t)) - usual) for t in (cycles[0].left, cycles[-1].back)]
    means = [float(np.mean(one[np.isfinite(one)])) if np.isfinite(one).any() else 0.0 for one in off]
    return float(np.prod([1.0 / (1.0 + mean / OTHER_END) for mean in means]))


def _median(values: Sequence[float]) -> float:
    known = [value for value in values if value == value]
    return float(np.median(known)) if known else np.nan


def _same_movement(survey: Survey, motion: Motion) -> Motion:
    """The longest part of it in which the body is alike in the middle of each cycle."""
    postures = np.array([_posture(survey, cycle.middle) for cycle in motion.cycles])
    best: tuple[int, int] = (0, 0)
    for like in spread(range(len(postures))):
        off = np.abs(postures - postures[like])
        same = np.where(np.isfinite(off), off, 0.0).max(axis=1) <= SAME_POSTURE
        best = max(best, longest_run(same), key=lambda run: run[1] - run[0])
    return replace(motion, cycles=motion.cycles[slice(*best)])


def _posture(survey: Survey, t: float) -> list[float]:
    at = int(np.searchsorted(survey.t, t))
    return [float(survey.of(name, side)[at]) for name in MAIN for side in SIDES]


def also_moving(survey: Survey, shown: Repetitions) -> list[Together]:
    """What moves together with what is counted, in other parts of the body, the clearest first."""
    side, motion = next(iter(shown.motions.items()))
    own = side or survey.near
    found: list[tuple[float, Together]] = []
    for name in CANDIDATES:
        if PARTS[name] == PARTS[shown.measure]:
            continue
        for whose, of in (("", own),) if name in CENTRAL else (("side", own), ("other", OTHER_SIDE[own])):
            moved = motion_of(survey, name, of, fewest=1)
            if (
                moved is not None
                and overlap(motion, moved) == 1.0
                and len(moved.cycles) == len(motion.cycles)
            ):
                found.append((TRUST[name] * moved.weight, Together(name, whose, moved)))
    return [one for _, one in sorted(found, key=lambda pair: -pair[0])]


def what_was_shown(survey: Survey) -> Repetitions | Kept | None:
    """Repetitions, or a position that was kept; None where neither can be made out."""
    kept = hold_in(survey)
    for fewest in (FEWEST, 1):  # once on each side is enough, where nothing was done more often
        repeated = repetitions_in(survey, fewest)
        if repeated is not None and (
            kept is None or not (_is_before_and_after(repeated, kept) or _is_small(repeated, kept))
        ):
            return repeated
    return kept


def _is_before_and_after(repeated: Repetitions, kept: Kept) -> bool:
    """Getting into a position and out of it may look like two repetitions, with the hold between them."""
    start, end = repeated.span
    rest_s = repeated.longest_rest
    return rest_s > MOSTLY * (end - start) and kept.length_s > MOSTLY * rest_s


def _is_small(repeated: Repetitions, kept: Kept) -> bool:
    """Whether it is too little or too seldom to be meant, beside keeping still meanwhile or for longer."""
    start, end = repeated.span
    together_s = min(end, kept.end) - max(start, kept.start)
    few = max(repeated.counts.values()) < OFTEN
    least = min(motion.amount for motion in repeated.motions.values())
    beside = together_s > MOSTLY * (end - start) or kept.length_s > end - start
    return beside and (few or least < MEANT)
