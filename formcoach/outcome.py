"""What moved bounds do to recordings: each one's counts and cues before and after, and the sum of all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from formcoach.comparing import Change, compare
from formcoach.counting import count
from formcoach.events import HoldEvent, RepEvent, RoundEvent
from formcoach.report import SessionReport
from formcoach.spec import Spec
from formcoach.whatif import Readings

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Before and after.

    Attributes:
        counted: repetitions or rounds performed.
        to_dose: those, and holds, that were good and long enough.
        held_s: seconds held.
        faults: how many were found.
        cues: how many were said.
        changes: what differs, in the order of time.
    """

    counted: Pair
    to_dose: Pair
    held_s: Pair
    faults: Pair
    cues: Pair
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """What a recording counts by one exercise, before its checks are judged.

    Attributes:
        counted: repetitions or rounds performed.
        held_s: seconds held.
    """

    counted: int
    held_s: float


def tally(readings: Readings, spec: Spec) -> Tally:
    """Count a recording that was read; much faster than judging it."""
    events = count(readings, spec)
    bare = SessionReport(
        spec,
        0.0,
        0,
        repetitions=[one for one in events if isinstance(one, RepEvent)],
        holds=[one for one in events if isinstance(one, HoldEvent)],
        faults=(),
        cues=(),
        nobody_s={},
        unjudged_s={},
        restarts=(),
        rounds=[one for one in events if isinstance(one, RoundEvent)],
    )
    return Tally(sum(map(bare.performed, bare.sides)), bare.hold_s)


def outcome(before: SessionReport, after: SessionReport) -> Outcome:
    """What became of one recording."""
    found = compare(before, after)
    return Outcome(
        found.counted,
        found.to_dose,
        found.held_s,
        (len(before.faults), len(after.faults)),
        (len(before.cues), len(after.cues)),
        found.changes,
    )


def add_up(pairs: Iterable[Pair]) -> Pair:
    """All of them together, before and after."""
    every = list(pairs)
    return sum(before for before, _ in every), sum(after for _, after in every)
