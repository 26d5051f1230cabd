"""A small language for the machines: measures that move from one key to the next, and what came of it.

>>> run(machine, "leg", [(0, -40), (1, -40), (2, 5), (4, 5), (5, -40)])
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from formcoach.phases import Machine
from formcoach.spec import Spec
from formcoach.spec_lint import examine
from small_specs import HOLD, REPS, SEQUENCE, changed

UNSEEN = math.nan

Keys = Sequence[tuple[float, float]]
"""Seconds and values. In between the value moves evenly; after a key that is not seen, it is not seen."""

RESTING: Mapping[str, float] = {
    "leg": -40.0,
    "knee": 170.0,
    "other_knee": 90.0,
    "straightest": 170.0,
    "trunk": 0.0,
    "lean": 0.0,
    "shift": 0.0,
}
"""All measures of `small_specs.REPS` in its start position."""

STRAIGHT: Mapping[str, float] = {"hips": 5.0, "trunk": 10.0, "knee": 175.0}
"""All measures of `small_specs.HOLD` in form."""


LYING: Mapping[str, float] = {"roll": 20.0, "trunk": 0.0, "head": 0.0}
"""All measures of `small_specs.SEQUENCE` at none of its stations."""


def reps_spec(lines: str = "", without: str = "") -> Spec:
    """The small spec with repetitions, changed (see `small_specs.changed`)."""
    return _sound(changed(REPS, lines, without))


def hold_spec(lines: str = "", without: str = "") -> Spec:
    """The small spec of a hold, changed."""
    return _sound(changed(HOLD, lines, without))


def sequence_spec(lines: str = "", without: str = "") -> Spec:
    """The small spec of a sequence, changed."""
    return _sound(changed(SEQUENCE, lines, without))


def _sound(mapping: dict[str, Any]) -> Spec:
    spec, faults = examine(mapping, "small")
    assert faults == []
    return spec


def at(keys: Keys, t: float) -> float:
    """The value at a moment."""
    if t <= keys[0][0]:
        return keys[0][1]
    for (t1, v1), (t2, v2) in pairwise(keys):
        if t < t2:
            return v1 if v1 == v2 else v1 + (v2 - v1) * (t - t1) / (t2 - t1) if v2 == v2 else v1
    return keys[-1][1]


def moments(end: float, fps: float = 20.0, start: float = 0.0) -> list[float]:
    """The times of the samples, up to the end and with it."""
    return [i / fps for i in range(round(start * fps), round(end * fps) + 1)]


@dataclass
class Run:
    """What came of it.

    Attributes:
        events: in order.
        phases: each once as it begins.
        moments: when, which, and the measures then.
        asked: when somebody on the way should have been told what is missing.
        unsure: when it could not be told whether somebody on the way was at work.
        held: the longest hold seen on the machine's clock.
    """

    events: list[Any] = field(default_factory=list)
    phases: list[str] = field(default_factory=list)
    moments: list[tuple[float, str, Mapping[str, float]]] = field(default_factory=list)
    asked: list[float] = field(default_factory=list)
    unsure: list[float] = field(default_factory=list)
    held: float = 0.0

    @property
    def counted(self) -> int:
        return sum(event.performed for event in self.events)

    @property
    def kinds(self) -> list[str]:
        return [event.kind for event in self.events]


def run(
    machine: Machine,
    measure: str,
    keys: Keys,
    *,
    fps: float = 20.0,
    finish: bool = True,
    resting: Mapping[str, float] = RESTING,
    places: Keys | None = None,
    **others: Keys,
) -> Run:
    """Take a machine along a track of one measure, and of others; all else stays as it rests."""
    tracks = {measure: keys, **others}
    times = moments(keys[-1][0], fps, keys[0][0])
    stream = [(t, {**resting, **{name: at(track, t) for name, track in tracks.items()}}) for t in times]
    result = feed(machine, stream, places)
    if finish:
        result.events += machine.finish()
    return result


def feed(
    machine: Machine, stream: Iterable[tuple[float, Mapping[str, float]]], places: Keys | None = None
) -> Run:
    """Take a machine through times and measures, without ending it."""
    result = Run()
    for t, values in stream:
        place = UNSEEN if places is None else at(places, t)
        result.events += machine.step(t, values, place, 0.3)
        if not result.phases or machine.phase != result.phases[-1]:
            result.phases.append(machine.phase)
        if machine.moment:
            result.moments.append((t, machine.moment, machine.at_moment))
        if machine.missing:
            result.asked.append(t)
        if machine.unsure:
            result.unsure.append(t)
        result.held = max(result.held, machine.held_s)
    return result
