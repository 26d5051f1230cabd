"""Rules about measures: their points, what they combine, what they can reach, whether anybody uses them."""

from __future__ import annotations

from collections.abc import Iterator

from formcoach.landmarks import PAIRED, SIDES
from formcoach.measures import KINDS
from formcoach.orientation import SIDE_FROM
from formcoach.spec import TURNED, Measure, Range, Spec
from formcoach.spec_lint.table import Fault, nearest, quoted

_WHERE = ("side", "other", "near", "far", *SIDES, "mid")
_SIDED = ("side", "other")
REFERENCES: tuple[str, ...] = ("nose", *(f"{where}.{part}" for where in _WHERE for part in PAIRED))
"""Every landmark that a spec can name."""

_BACK = {"near.hip", "near.shoulder"}
_SHOULDERS = ({"left.shoulder", "right.shoulder"}, {"side.shoulder", "other.shoulder"})
_DEGREES = "degrees"
_CHANGE = {_DEGREES: Range(-180, 180), "trunk lengths": Range(-3, 3)}


def _below(spec: Spec, name: str) -> list[Measure]:
    """A measure and all that it combines, directly or not; each once, also where they go in a circle."""
    seen: dict[str, Measure] = {}
    waiting = [name]
    while waiting:
        here = waiting.pop()
        if here not in seen and here in spec.measures:
            seen[here] = spec.measures[here]
            waiting += reversed(seen[here].of)
    return list(seen.values())


def unit_of(spec: Spec, name: str) -> str:
    """`degrees` or `trunk lengths`, as the machines take it; empty where the measure could not be read."""
    kind = spec.measures[name].kind
    return KINDS[kind].unit if kind in KINDS else ""


def reach(spec: Spec, name: str) -> Range | None:
    """The least and the greatest value that a measure can have; None where it could not be read.

    Changes since the start are differences: up to 180 degrees or 3 trunk lengths either way.
    """
    below = _below(spec, name)
    if not below or any(m.kind not in KINDS or not spec.measures.keys() >= set(m.of) for m in below):
        return None
    top = below[0]
    if top.kind == "speed":
        return Range(KINDS["speed"].low, KINDS["speed"].high)
    bounds = [
        _CHANGE[KINDS[m.kind].unit] if m.from_start else Range(KINDS[m.kind].low, KINDS[m.kind].high)
        for m in below
        if KINDS[m.kind].points
    ]
    if not bounds:
        return None
    return Range(min(low for low, _ in bounds), max(high for _, high in bounds))


def needs_start(spec: Spec, name: str) -> bool:
    """Whether a measure, or any that it combines, is known only once the start position was kept."""
    return any(measure.from_start for measure in _below(spec, name))


def used_names(spec: Spec) -> set[str]:
    """The measures named in a pose, a station, a wrong way, a check or another measure."""
    used = {check.measure for check in spec.checks.values()}
    tables = (spec.wrong.values(), spec.stations.values())
    for pose in (*spec.poses.values(), *(one.pose for table in tables for one in table)):
        used.update(pose)
    for measure in spec.measures.values():
        used.update(part for part in measure.of if part != measure.name)
    return used


def _with_points(spec: Spec) -> Iterator[tuple[str, Measure]]:
    for name, measure in spec.measures.items():
        if measure.kind in KINDS and KINDS[measure.kind].points:
            yield f"measures.{name}.{measure.kind}", measure


def _combining(spec: Spec) -> Iterator[tuple[str, Measure]]:
    for name, measure in spec.measures.items():
        if measure.kind in KINDS and not KINDS[measure.kind].points:
            yield f"measures.{name}.{measure.kind}", measure


def number_of_points(spec: Spec) -> Iterator[Fault]:
    """An angle takes three points, a slope two."""
    for address, measure in _with_points(spec):
        needs, has = KINDS[measure.kind].points, len(measure.points)
        if has != needs:
            yield Fault(address, f"needs {needs} points, has {has}")


def _references(spec: Spec) -> Iterator[tuple[str, str]]:
    """Every landmark named, each once at each address."""
    if spec.anchor:
        yield "anchor", spec.anchor
    for address, measure in _with_points(spec):
        for reference in dict.fromkeys(choice for point in measure.points for choice in point):
            yield address, reference


def known_landmarks(spec: Spec) -> Iterator[Fault]:
    """Every point is a landmark that the model knows."""
    for address, reference in _references(spec):
        if reference not in REFERENCES:
            yield Fault(address, f"{quoted(reference)} is no landmark{_meant(reference)}")


def _meant(reference: str) -> str:
    """What an unknown landmark may have been meant to be."""
    where, _, part = reference.rpartition(".")
    if where in _WHERE:
        return nearest(part, PAIRED)
    if part in PAIRED:
        return nearest(where, _WHERE) if where else f"; write near.{part}, or another side of it"
    return "; write one such as near.hip, mid.shoulder or nose"


def sides_for_sided_points(spec: Spec) -> Iterator[Fault]:
    """`side.` and `other.` mean something only where each side has its turn."""
    if spec.sides:
        return
    for address, reference in _references(spec):
        where, _, part = reference.partition(".")
        if where in _SIDED and reference in REFERENCES:
            instead = f"without them write near.{part}"
            yield Fault(address, f'{reference} needs sides = ["left", "right"]; {instead}')


def sides_to_alternate(spec: Spec) -> Iterator[Fault]:
    """Only sides with repetitions of their own can take turns."""
    if spec.alternating and (not spec.sides or spec.kind != "repetitions"):
        yield Fault("alternating", 'is for repetitions with sides = ["left", "right"]; delete it')


def guided_holds(spec: Spec) -> Iterator[Fault]:
    """What is guided is kept for a while; a repetition is seen or it is none."""
    if spec.guided and spec.kind == "repetitions":
        yield Fault("guided", "is for holds; delete it")


def points_of_the_back(spec: Spec) -> Iterator[Fault]:
    """The outline of the back always goes from the near hip to the near shoulder."""
    for address, measure in _with_points(spec):
        named = {choice for point in measure.points for choice in point}
        if measure.kind.startswith("bow") and named != _BACK and named <= set(REFERENCES):
            yield Fault(address, "is read between near.hip and near.shoulder; name those two")


def points_of_a_turn(spec: Spec) -> Iterator[Fault]:
    """Who turns has two shoulders; the first one named tells the way."""
    for address, measure in _with_points(spec):
        named = {choice for point in measure.points for choice in point}
        if measure.kind == "turn" and named not in _SHOULDERS and named <= set(REFERENCES):
            yield Fault(address, "is that of both shoulders; name left.shoulder and right.shoulder")


def enough_to_combine(spec: Spec) -> Iterator[Fault]:
    """The largest of one is no choice, and a speed is that of one."""
    for address, measure in _combining(spec):
        if measure.kind == "speed":
            if len(measure.of) != 1:
                yield Fault(address, f"needs one measure, has {len(measure.of)}")
        elif len(set(measure.of)) < 2:
            yield Fault(address, "needs at least two different measures")


def known_parts(spec: Spec) -> Iterator[Fault]:
    """A combination is made of measures of this file."""
    for address, measure in _combining(spec):
        for part in dict.fromkeys(measure.of):
            if part not in spec.measures:
                yield Fault(address, f"{quoted(part)} is no measure here{nearest(part, spec.measures)}")


def no_circle(spec: Spec) -> Iterator[Fault]:
    """No combination is made of itself, however far round."""
    told: set[str] = set()
    for address, measure in _combining(spec):
        if measure.name in told:
            continue
        below = {m.name for part in measure.of for m in _below(spec, part)}
        if measure.name not in below:
            continue
        circle = [name for name in below if measure.name in {m.name for m in _below(spec, name)}]
        told.update(circle)
        others = sorted(set(circle) - {measure.name})
        by_way = f" by way of {' and '.join(others)}" if others else ""
        yield Fault(address, f"{measure.name} is made of itself{by_way}")


def combines_degrees(spec: Spec) -> Iterator[Fault]:
    """Angles and lengths cannot be compared, and the machines take every combination for degrees."""
    for address, measure in _combining(spec):
        for part in dict.fromkeys(measure.of):
            if part in spec.measures and unit_of(spec, part) not in (_DEGREES, ""):
                yield Fault(address, f"{part} is in {unit_of(spec, part)}; only degrees can be combined")


def combination_from_start(spec: Spec) -> Iterator[Fault]:
    """The change since the start belongs to the measures that are combined."""
    for _, measure in _combining(spec):
        if measure.from_start:
            yield Fault(
                f"measures.{measure.name}.from", f'write from = "start" at {" and ".join(measure.of)} instead'
            )


def start_to_compare_with(spec: Spec) -> Iterator[Fault]:
    """Only repetitions have a start position."""
    if spec.kind not in ("hold", "sequence"):
        return
    for measure in spec.measures.values():
        if measure.from_start:
            why = f"a {spec.kind} has no start to compare with; delete it"
            yield Fault(f"measures.{measure.name}.from", why)


def anchor_of_repetitions(spec: Spec) -> Iterator[Fault]:
    """Nothing needs to tell a hold from walking."""
    if spec.kind in ("hold", "sequence") and spec.anchor:
        yield Fault("anchor", "is for repetitions; delete it")


def turned_from_the_side(spec: Spec) -> Iterator[Fault]:
    """Only from the side there is a way from side-on."""
    if spec.turned == TURNED:
        return
    if spec.camera != "side":
        yield Fault("turned", 'is for camera = "side"; delete it')
    elif not 0.0 < spec.turned <= 90.0 - SIDE_FROM:
        yield Fault("turned", f"must be between 0 and {90.0 - SIDE_FROM:g} degrees; further is no side")


def unused(spec: Spec) -> Iterator[Fault]:
    """A measure that nothing looks at is a slip or left over."""
    used = used_names(spec)
    for name in spec.measures:
        if name not in used:
            yield Fault(f"measures.{name}", "is used in no pose and no check; delete it")


RULES = (
    number_of_points,
    known_landmarks,
    sides_for_sided_points,
    sides_to_alternate,
    guided_holds,
    points_of_the_back,
    points_of_a_turn,
    enough_to_combine,
    known_parts,
    no_circle,
    combines_degrees,
    combination_from_start,
    start_to_compare_with,
    anchor_of_repetitions,
    turned_from_the_side,
)
RULES_OF_THE_WHOLE = (unused,)
