"""What to say of an attempt that came to nothing, or that does not get there."""

from __future__ import annotations

from collections.abc import Sequence

from formcoach.events import Event, RepEvent, RoundEvent
from formcoach.phases import Machine
from formcoach.spec import Spec, Station
from formcoach.turns import SAME_SIDE

OTHER_SIDE_NOW = "Now the other side"

_NOT_SAID = frozenset(("no_start", "broken_off", "unseen"))

Said = tuple[str, str]
"""The words, and what they are about; both empty where nothing is to be said."""


def what_was_missed(spec: Spec, machine: Machine, events: Sequence[Event]) -> Said:
    """What to say now.

    Args:
        spec: the exercise.
        machine: of the side that is active.
        events: what ended at this very sample.
    """
    for event in events:
        if isinstance(event, RepEvent) and (said := _of_repetition(spec, event)):
            return said
        if isinstance(event, RoundEvent) and (said := _of_round(spec, event)):
            return said
    if machine.wrong_now:
        wrong = spec.wrong[machine.wrong_now]
        return wrong.cue, f"wrong {wrong.kind or wrong.name}"
    if machine.short is not None:
        return _stay(machine.short), "held_short"
    if machine.missing:
        return (spec.missed, "missed") if machine.due is None else (machine.due.say, "next")
    return "", ""


def _of_repetition(spec: Spec, event: RepEvent) -> Said | None:
    if event.performed:
        return (OTHER_SIDE_NOW, "other_side") if event.kind == SAME_SIDE else None
    if event.kind == "shallow":
        return spec.missed, "missed"
    return None if event.kind in _NOT_SAID else (event.why_not, f"wrong {event.kind}")


def _of_round(spec: Spec, event: RoundEvent) -> Said | None:
    if event.performed or event.kind in _NOT_SAID:
        return None
    station = spec.stations[event.station]
    return _stay(station) if event.kind == "held_short" else station.missed, event.kind


def _stay(station: Station) -> str:
    return f"Stay there for {station.hold_s:g} seconds"
