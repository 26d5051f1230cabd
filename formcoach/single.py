"""Single pictures of people in a pose, each labelled good or with its fault: no times, no repetitions."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from formcoach.evidence import DIRECTIONS, empty, is_judged
from formcoach.fitting import Evidence, Seen
from formcoach.landmarks import PoseSample
from formcoach.reading import SampleReader
from formcoach.spec import Check, Direction, Spec

GOOD = "good"
"""The label of a picture whose form is vouched for."""


@dataclass(frozen=True, slots=True)
class Single:
    """One picture, read.

    Attributes:
        label: `good`, or the common name of its fault.
        group: whose it is, or which pictures it belongs to.
        values: by measure, NaN where not seen.
        view: from which side the person is seen.
    """

    label: str
    group: str
    values: Mapping[str, float]
    view: str


def read_single(spec: Spec, sample: PoseSample, label: str, group: str) -> Single:
    """Read one picture on its own, as if nothing had been before it."""
    reading = SampleReader(spec).read(sample)
    return Single(label, group, reading.raw[0], reading.view)


@dataclass(frozen=True, slots=True)
class Confusion:
    """How one check judges pictures.

    Attributes:
        check: its name.
        part: which pictures these are.
        kinds: its labels: the low fault, good, the high fault; without those that it does not have.
        counts: by what is true and what it says.
        unseen: pictures that it cannot judge.
    """

    check: str
    part: str
    kinds: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]
    unseen: int

    @property
    def judged(self) -> int:
        """How many it judges."""
        return sum(self.counts.values())

    @property
    def right(self) -> float:
        """The share that it judges right."""
        return sum(self.counts.get((kind, kind), 0) for kind in self.kinds) / self.judged


def of_singles(spec: Spec, singles: Sequence[Single]) -> list[Evidence]:
    """What pictures say for each bound of the checks, in the order of `formcoach.evidence.of_checks`."""
    if not singles:
        return []
    return [
        _of_check(spec, check, direction, singles)
        for check in spec.checks.values()
        for direction in DIRECTIONS
        if is_judged(check, direction)
    ]


def _of_check(spec: Spec, check: Check, direction: Direction, singles: Iterable[Single]) -> Evidence:
    inside: list[Seen] = []
    outside: list[Seen] = []
    unseen = 0
    for one in singles:
        if one.label not in (GOOD, check.fault_kind(direction)):
            continue
        value = value_of(check, one)
        if value != value:
            unseen += 1
        else:
            (inside if one.label == GOOD else outside).append(Seen(value, one.group))
    evidence = empty(spec, check, direction)
    return replace(evidence, inside=tuple(inside), outside=tuple(outside), unseen=unseen)


def value_of(check: Check, single: Single) -> float:
    """What a check goes by in a picture; NaN where it is not seen, or not from its side."""
    seen = check.view in ("any", single.view)
    return single.values.get(check.measure, math.nan) if seen else math.nan


def confusion(check: Check, singles: Iterable[Single], part: str) -> Confusion | None:
    """How a check judges pictures that are good or have its faults; None where it judges none."""
    low, high = (check.fault_kind(way) if is_judged(check, way) else "" for way in DIRECTIONS)
    kinds = tuple(kind for kind in (low, GOOD, high) if kind)
    counts: Counter[tuple[str, str]] = Counter()
    unseen = 0
    for one in singles:
        if one.label not in kinds:
            continue
        value = value_of(check, one)
        if value != value:
            unseen += 1
        elif low and value < check.good.low - check.tolerance:
            counts[one.label, low] += 1
        elif high and value > check.good.high + check.tolerance:
            counts[one.label, high] += 1
        else:
            counts[one.label, GOOD] += 1
    if not counts:
        return None
    return Confusion(check.name, part, kinds, dict(counts), unseen)
