"""What recordings say about each bound of the checks: good pieces lie inside it, faulty ones outside."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from formcoach.fitting import Evidence, Seen, noise_of, step_of
from formcoach.measures import KINDS
from formcoach.pieces import (
    Piece,
    Watched,
    at_moment,
    lasting,
    pieces_of,
)
from formcoach.spec import MOMENTS, Check, Direction, Spec

DIRECTIONS: tuple[Direction, Direction] = ("low", "high")

RESTING = frozenset(("setup", "start", "top"))
"""Words of `during` that are between two repetitions."""


def of_checks(spec: Spec, watched: Sequence[Watched]) -> list[Evidence]:
    """What there is for each bound of the checks: good pieces inside, those with their fault outside."""
    pieces = [(one, piece) for one in watched for piece in pieces_of(one)]
    found = [
        _of_check(spec, check, direction, pieces)
        for check in spec.checks.values()
        for direction in DIRECTIONS
        if is_judged(check, direction)
    ]
    return only_the_furthest(spec, found)


def is_judged(check: Check, direction: Direction) -> bool:
    """Whether a check finds fault in this direction."""
    return math.isfinite(getattr(check.good, direction)) and bool(check.cue(direction))


def empty(spec: Spec, check: Check, direction: Direction) -> Evidence:
    """Nothing yet, for one bound of a check."""
    return Evidence(
        f"checks.{check.name}.good",
        check.measure,
        direction,
        getattr(check.good, direction),
        check.tolerance,
        noise_of(spec, check.measure),
        step_of(spec, check.measure),
        furthest=end_of(spec, check.measure, direction),
    )


def end_of(spec: Spec, measure: str, direction: Direction) -> float:
    """Where a measure ends: a bound there would decide nothing."""
    kind, step = KINDS[spec.measures[measure].kind], step_of(spec, measure)
    return kind.low + step if direction == "low" else kind.high - step


def _of_check(
    spec: Spec, check: Check, direction: Direction, pieces: Iterable[tuple[Watched, Piece]]
) -> Evidence:
    evidence = empty(spec, check, direction)
    kind, moment = check.fault_kind(direction), bool(set(check.during) & set(MOMENTS[spec.kind]))
    resting = RESTING.issuperset(check.during)
    inside: list[Seen] = []
    outside: list[Seen] = []
    unseen = 0
    for watched, piece in pieces:
        if piece.between is not resting or not (piece.good or kind in piece.faults):
            continue
        value = (
            at_moment(watched, piece, check)
            if moment
            else evidence.sign * lasting(watched, piece, check, evidence.sign)
        )
        if value != value:
            unseen += 1
        else:
            (inside if piece.good else outside).append(Seen(value, watched.take.group))
    return replace(evidence, inside=tuple(inside), outside=tuple(outside), unseen=unseen)


def only_the_furthest(spec: Spec, found: Sequence[Evidence]) -> list[Evidence]:
    """Of bounds that share a fault's name, each faulty piece is left to the one that it is furthest beyond.

    A name such as `hips_drift` may stand for both ways: a piece drifts one way, and is good the other. The
    pieces of such bounds are in the same order, as they are those with that fault.
    """
    by_kind: dict[str, list[int]] = {}
    for number, one in enumerate(found):
        by_kind.setdefault(_kind_of(spec, one), []).append(number)
    result = list(found)
    for numbers in by_kind.values():
        if len(numbers) < 2 or len({len(found[number].outside) for number in numbers}) > 1:
            continue
        for at in range(len(found[numbers[0]].outside)):
            best = max(numbers, key=lambda number: _beyond(found[number], found[number].outside[at]))
            for number in numbers:
                if number != best:
                    outside = tuple(
                        one for one in result[number].outside if one is not found[number].outside[at]
                    )
                    result[number] = replace(result[number], outside=outside)
    return result


def _kind_of(spec: Spec, evidence: Evidence) -> str:
    return spec.checks[evidence.address.split(".")[1]].fault_kind(evidence.direction)


def _beyond(evidence: Evidence, piece: Seen) -> float:
    """How far a piece lies outside of the good ones, in units of noise."""
    middle = float(np.median([one.value for one in evidence.inside])) if evidence.inside else evidence.bound
    return evidence.sign * (middle - piece.value) / evidence.noise
