"""What recordings say about each bound of the checks: good pieces lie inside it, faulty ones outside."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from formcoach.fitting import Evidence, Seen, noise_of, step_of
from formcoach.measures import KINDS
from formcoach.pieces import Piece, Take, Watched, at_moment, lasting, pieces_of, watch
from formcoach.spec import MOMENTS, Check, Direction, Spec

DIRECTIONS: tuple[Direction, Direction] = ("low", "high")

RESTING = frozenset(("setup", "start", "top"))
"""Words of `during` that are between two repetitions."""


def of_checks(spec: Spec, takes: Iterable[Take]) -> list[Evidence]:
    """What there is for each bound of the checks: good pieces inside, those with their fault outside."""
    found = [
        empty(spec, check, direction)
        for check in spec.checks.values()
        for direction in DIRECTIONS
        if is_judged(check, direction)
    ]
    for take in takes:
        watched = watch(take, spec)
        pieces = pieces_of(watched)
        found = [_with_pieces(spec, one, watched, pieces) for one in found]
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


def _with_pieces(spec: Spec, evidence: Evidence, watched: Watched, pieces: Iterable[Piece]) -> Evidence:
    """The evidence with that of one more take."""
    check = spec.checks[evidence.address.split(".")[1]]
    kind, moment = check.fault_kind(evidence.direction), bool(set(check.during) & set(MOMENTS[spec.kind]))
    resting = RESTING.issuperset(check.during)
    inside: list[Seen] = []
    outside: list[Seen] = []
    unseen = evidence.unseen
    for piece in pieces:
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
            seen = Seen(value, watched.take.group, f"{watched.take.name} {piece.start}")
            (inside if piece.good else outside).append(seen)
    return replace(
        evidence,
        inside=(*evidence.inside, *inside),
        outside=(*evidence.outside, *outside),
        unseen=unseen,
    )


def only_the_furthest(spec: Spec, found: Sequence[Evidence]) -> list[Evidence]:
    """Of bounds that share a fault's name, each faulty piece is left to the one that it is furthest beyond.

    A name such as `hips_drift` may stand for both ways: a piece drifts one way, and is good the other.
    """
    furthest: dict[tuple[str, str], float] = {}
    for one in found:
        for piece in one.outside:
            key = _kind_of(spec, one), piece.piece
            furthest[key] = max(furthest.get(key, -math.inf), _beyond(one, piece))

    def is_own(one: Evidence, piece: Seen) -> bool:
        return _beyond(one, piece) == furthest[_kind_of(spec, one), piece.piece]

    return [replace(one, outside=tuple(at for at in one.outside if is_own(one, at))) for one in found]


def _kind_of(spec: Spec, evidence: Evidence) -> str:
    return spec.checks[evidence.address.split(".")[1]].fault_kind(evidence.direction)


def _beyond(evidence: Evidence, piece: Seen) -> float:
    """How far a piece lies outside of the good ones, in units of noise."""
    middle = float(np.median([one.value for one in evidence.inside])) if evidence.inside else evidence.bound
    return evidence.sign * (middle - piece.value) / evidence.noise
