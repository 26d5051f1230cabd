"""What moved bounds do to recordings: each one's counts and cues before and after, and the sum of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from formcoach.comparing import Change, compare
from formcoach.report import SessionReport

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


def sums(outcomes: Iterable[Outcome]) -> dict[str, Pair]:
    """All of them together, by what is counted."""
    every = list(outcomes)
    return {
        name: (
            sum(getattr(one, name)[0] for one in every),
            sum(getattr(one, name)[1] for one in every),
        )
        for name in ("counted", "to_dose", "held_s", "faults", "cues")
    }


def changes(outcomes: Mapping[str, Outcome]) -> list[tuple[str, Change]]:
    """Everything that differs, with the recording in which it does, recording by recording."""
    return [(name, change) for name, one in outcomes.items() for change in one.changes]
