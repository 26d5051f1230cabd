"""Rules about the stations of a sequence: that it has some, that they are held, and that they differ."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from formcoach.spec import PHASES, Spec, Station
from formcoach.spec_lint.poses import gaps_between, lack_of_room
from formcoach.spec_lint.table import Fault, short

_FEWEST = 2


def stations_of_sequences(spec: Spec) -> Iterator[Fault]:
    """A sequence has two stations or more; nothing else has any."""
    if spec.kind not in PHASES:
        return
    if spec.kind != "sequence":
        for name in spec.stations:
            yield Fault(f"stations.{name}", "is for sequences; delete it")
        if spec.either_way:
            yield Fault("either_way", "is for sequences; delete it")
    elif len(spec.stations) < _FEWEST:
        yield Fault("stations", f"has {len(spec.stations)}; a sequence needs at least {_FEWEST}")


def sides_are_stations(spec: Spec) -> Iterator[Fault]:
    """A round goes through both sides."""
    if spec.kind == "sequence" and spec.sides:
        yield Fault("sides", "is not for sequences; make each side a station")


def dose_of_a_sequence(spec: Spec) -> Iterator[Fault]:
    """Its dose is a number of rounds."""
    if spec.kind == "sequence" and spec.dose.hold_s is not None:
        yield Fault("dose.hold_s", "is not for sequences; each station has a hold_s of its own")


def station_name(spec: Spec) -> Iterator[Fault]:
    """In `during`, a phase and a station of one name could not be told from each other."""
    if spec.kind != "sequence":
        return
    for name in spec.stations:
        if name in PHASES["sequence"]:
            yield Fault(f"stations.{name}", f"{name} is a word of during; give the station another name")


def held_for_a_while(spec: Spec) -> Iterator[Fault]:
    """A station that is not held is passed through."""
    for station in spec.stations.values():
        if station.hold_s <= 0:
            yield Fault(f"stations.{station.name}.hold_s", f"{short(station.hold_s)} must be above 0")


def stations_apart(spec: Spec) -> Iterator[Fault]:
    """Between any two stations lie both margins, or somebody at the edge of one would be at both."""
    if spec.kind != "sequence":
        return
    for first, second in combinations(spec.stations.values(), 2):
        if first.pose and second.pose and (why := _too_near(spec, first, second)):
            yield Fault(f"stations.{second.name}.pose", why)


def _too_near(spec: Spec, first: Station, second: Station) -> str:
    """Why two stations cannot be told from each other, or empty."""
    gaps = gaps_between(spec, first.pose, second.pose)
    if not gaps:
        return f"names no measure that {first.name} names too, so nothing tells the two apart"
    if max(gaps.values()) <= 0:
        return f"overlaps {first.name} in {' and '.join(gaps)}; move them apart"
    return lack_of_room(spec, gaps, first.name)


RULES = (
    stations_of_sequences,
    sides_are_stations,
    dose_of_a_sequence,
    station_name,
    held_for_a_while,
)
RULES_OF_THE_WHOLE = (stations_apart,)
