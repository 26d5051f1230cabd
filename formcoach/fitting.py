"""One bound from what was measured: where it tells inside from outside best, and how sure that is.

Of each piece of a recording (a repetition, a hold, a fault) there is one number: by how little it keeps
inside, or outside, of a bound. A number is off by the noise of its measure, so a piece is not simply right or
wrong: nearer to the bound than the noise, it is misjudged now and then. The bound that is proposed is the one
with the smallest share of misjudged pieces, inside and outside weighing the same, never nearer to the middle
of the good ones than the noise. A bound that is as good already stays.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from formcoach.measures import KINDS
from formcoach.spec import Direction, Spec

NOISE = {"degrees": 5.0, "trunk lengths": 0.05, "degrees a second": 15.0}
"""By which a measure of one camera is off, by unit: docs/specs.md asks a tolerance of that, and tells how
fast a joint at rest seems to move."""

NOISE_OF = {"turn": 11.0, "bow": 0.02, "bow_upper": 0.02, "bow_lower": 0.02}
"""Of kinds that are better or worse than their unit: the model's depth is good to 11 degrees, and the outline
of the back to 0.017 trunk lengths (docs/back.md)."""

STEP = {"degrees": 0.5, "trunk lengths": 0.01, "degrees a second": 1.0}
"""To which a bound is rounded, by unit."""

FEWEST = 2
"""Pieces that it takes on a side of a bound before it is moved."""

AS_GOOD = 0.01
"""A bound that misjudges this share more than the best one stays."""

ROOM_ENOUGH = 0.05
"""Of good pieces alone this share may be misjudged by noise, and the bound stays."""

USELESS = 0.3
"""From this share of misjudged pieces on, a measure does not tell the two apart."""

Array = npt.NDArray[np.float64]


def noise_of(spec: Spec, measure: str) -> float:
    """By how much a measure is off, in its own unit."""
    kind = spec.measures[measure].kind
    return NOISE_OF.get(kind, NOISE[KINDS[kind].unit])


def step_of(spec: Spec, measure: str) -> float:
    """To what a bound of a measure is rounded, in its own unit."""
    return STEP[KINDS[spec.measures[measure].kind].unit]


@dataclass(frozen=True, slots=True)
class Seen:
    """What was measured of one piece.

    Attributes:
        group: whose it is: a person's, a session's or a recording's.
        piece: which one it is, where that matters.
    """

    value: float
    group: str
    piece: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that speaks for one bound.

    Attributes:
        address: of the range in the spec, such as `checks.leg_level.good` or `poses.work.leg`.
        measure: what is measured.
        direction: which of its two bounds.
        bound: as it is now.
        slack: how far beyond it nothing is judged yet: a check's tolerance.
        noise, step: of the measure.
        inside: pieces that should lie inside, good ones.
        outside: pieces that should lie outside, faulty ones.
        furthest: the bound may not be moved outwards beyond this.
        unseen: pieces of which nothing was measured.
    """

    address: str
    measure: str
    direction: Direction
    bound: float
    slack: float
    noise: float
    step: float
    inside: tuple[Seen, ...] = ()
    outside: tuple[Seen, ...] = ()
    furthest: float = -math.inf
    unseen: int = 0

    @property
    def sign(self) -> float:
        """+1 for a low bound, -1 for a high one: times this, inside is always above."""
        return 1.0 if self.direction == "low" else -1.0

    @property
    def groups(self) -> tuple[str, ...]:
        """Whose pieces these are."""
        return tuple(sorted({one.group for one in (*self.inside, *self.outside)}))

    def only(self, groups: Sequence[str]) -> Evidence:
        """What comes from these alone."""
        return self._where([one for one in self.groups if one in groups])

    def without(self, groups: Sequence[str]) -> Evidence:
        """What does not come from these."""
        return self._where([one for one in self.groups if one not in groups])

    def _where(self, groups: Sequence[str]) -> Evidence:
        inside = tuple(one for one in self.inside if one.group in groups)
        outside = tuple(one for one in self.outside if one.group in groups)
        return replace(self, inside=inside, outside=outside)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many pieces a bound judges right: inside ones inside, and outside ones outside."""

    inside: int = 0
    inside_right: int = 0
    outside: int = 0
    outside_right: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.inside + other.inside,
            self.inside_right + other.inside_right,
            self.outside + other.outside,
            self.outside_right + other.outside_right,
        )

    @property
    def precision(self) -> float:
        """Of the pieces judged to be outside, the share that is; NaN where none was."""
        return _share(self.outside_right, self.outside_right + self.inside - self.inside_right)

    @property
    def recall(self) -> float:
        """Of the pieces that are outside, the share judged to be; NaN where there are none."""
        return _share(self.outside_right, self.outside)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else math.nan


@dataclass(frozen=True, slots=True)
class Fit:
    """A bound, and why it is what it is.

    Attributes:
        bound: proposed; the one that there is, where that stays.
        why: why it stays, or empty.
    """

    bound: float
    why: str = ""


def judge_pieces(evidence: Evidence, bound: float) -> Tally:
    """How many pieces a bound judges right."""
    edge = evidence.sign * bound - evidence.slack
    inside, outside = (_turned(evidence, side) for side in (evidence.inside, evidence.outside))
    right = int((inside >= edge).sum()), int((outside < edge).sum())
    return Tally(len(inside), right[0], len(outside), right[1])


def fit(evidence: Evidence, *, tighten: bool = False) -> Fit:
    """The bound that all of the evidence speaks for.

    Args:
        evidence: what was measured.
        tighten: make a bound of which only good pieces are known as tight as these allow.
    """
    inside, outside = (_turned(evidence, side) for side in (evidence.inside, evidence.outside))
    if len(inside) < FEWEST:
        return Fit(evidence.bound, "nothing good to go by" if not len(inside) else "only one good piece")
    known = outside if len(outside) >= FEWEST else outside[:0]
    now = evidence.sign * evidence.bound - evidence.slack
    edges = _candidates(evidence, inside, known)
    shares = _misjudged(edges, inside, known, evidence.noise)
    least = float(shares.min())
    if least > USELESS:
        return Fit(evidence.bound, "the measure does not tell good from faulty")
    spare = AS_GOOD if len(known) else ROOM_ENOUGH
    as_good = float(_misjudged(np.array([now]), inside, known, evidence.noise)[0]) <= least + spare
    too_tight = now > np.median(inside) - evidence.noise
    if as_good and not too_tight and (len(known) or not tighten):
        return Fit(evidence.bound, "as good as any" if len(known) else "no good one lies beyond")
    best = edges[shares <= least + AS_GOOD / 2]
    # Between two kinds of pieces the middle; beyond good ones alone, no further out than they need.
    edge = float(best.min() + best.max()) / 2 if len(known) else float(best.max())
    bound = _rounded(evidence, edge)
    return Fit(evidence.bound, "as good as any") if bound == evidence.bound else Fit(bound)


def cross_check(evidence: Evidence, *, tighten: bool = False) -> Tally | None:
    """How many pieces are judged right by a bound that is fitted without their person, session or recording.

    Returns:
        The tally over all of them, each left out in turn; None where there is only one.
    """
    groups = evidence.groups
    if len(groups) < 2:
        return None
    total = Tally()
    for group in groups:
        bound = fit(evidence.without([group]), tighten=tighten).bound
        total += judge_pieces(evidence.only([group]), bound)
    return total


def _turned(evidence: Evidence, pieces: Sequence[Seen]) -> Array:
    return evidence.sign * np.array([one.value for one in pieces], float)


def _candidates(evidence: Evidence, inside: Array, outside: Array) -> Array:
    """Where the edge may lie, from outside to inside."""
    low = float(min([*inside, *outside])) - 2 * evidence.noise
    high = float(np.median(inside)) - evidence.noise
    least = evidence.sign * evidence.furthest if math.isfinite(evidence.furthest) else -math.inf
    low = max(low, least - evidence.slack)
    high = max(high, low)
    # The last step is cut short: no bound comes nearer to the good ones than the noise.
    edges: Array = np.arange(low, high + evidence.step / 2, evidence.step / 2)
    return edges.clip(max=high)


def _misjudged(edges: Array, inside: Array, outside: Array, noise: float) -> Array:
    """The share of pieces misjudged by each edge, `(edges,)`: inside and outside weigh the same."""
    shares = [
        np.clip(0.5 - (inside - edges[:, None]) / (2 * noise), 0.0, 1.0).mean(axis=1),
    ]
    if len(outside):
        shares.append(np.clip(0.5 - (edges[:, None] - outside) / (2 * noise), 0.0, 1.0).mean(axis=1))
    return np.asarray(np.mean(shares, axis=0), float)


def _rounded(evidence: Evidence, edge: float) -> float:
    """The bound of an edge, rounded outwards, and not beyond the furthest."""
    turned = math.floor((edge + evidence.slack) / evidence.step + 1e-9) * evidence.step
    if math.isfinite(evidence.furthest):
        turned = max(turned, evidence.sign * evidence.furthest)
    return round(evidence.sign * turned, 4) + 0.0
