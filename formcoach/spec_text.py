"""A spec in plain words for a terminal: `describe` one exercise, or list many in a `table`."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from formcoach.dose_text import brief_dose, counts, dose_in_words
from formcoach.measures import KINDS
from formcoach.spec import SEVERITIES, Check, Measure, Pose, Range, Spec
from formcoach.spec_lint.measures import reach, unit_of
from formcoach.spec_lint.table import short

WIDTH = 80

_DISTANCE = "about hip height, two to three metres away."
CAMERA: dict[str, str] = {
    "side": f"Put the camera to your side, {_DISTANCE}",
    "front": f"Put the camera in front of you, {_DISTANCE}",
    "any": f"Put the camera where it sees all of you, {_DISTANCE}",
}
"""Where the camera goes, by the view that a spec needs."""

POSITION: dict[str, str] = {
    "standing": "standing",
    "quadruped": "on hands and knees",
    "prone": "face down",
    "supine": "on your back",
    "side-lying": "on your side",
    "kneeling": "kneeling",
    "sitting": "sitting",
}
"""How one is placed, in words that need no Latin."""

_SEVERITY = {
    "stop": "Your back first: said at once, and always",
    "fix": "Worth correcting",
    "polish": "Finishing touches",
}
_WHEN = {
    "setup": "while getting ready",
    "start": "in the start position",
    "going": "on the way",
    "work": "in the work position",
    "returning": "on the way back",
    "hold": "while holding",
    "turn": "once a repetition, at the furthest point",
    "top": "once a repetition, back at the start",
}
_WHERE = {"side": "", "other": "other ", "near": "near ", "far": "far ", "left": "left ", "right": "right "}
_RELATION = {"ahead": "ahead of", "above": "above"}
_PART = {"index": "fingertips", "foot_index": "toes"}


def describe(spec: Spec, variants: Sequence[Spec] = ()) -> str:
    """The exercise in words: how to do it, where the camera goes, what counts and what is watched.

    Args:
        spec: the exercise.
        variants: those that are based on it.

    Returns:
        Lines of at most 80 columns, as long as no single word is longer; no colour.
    """
    blocks = [
        [*_wrap(spec.name), "=" * min(len(spec.name), WIDTH)],
        _wrap(spec.about),
        list(_cautions(spec)),
        list(_facts(spec, variants)),
        list(_counting(spec)),
        list(_watching(spec)),
        list(_measuring(spec)),
        _wrap(f"From: {spec.source}"),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def table(specs: Iterable[Spec]) -> str:
    """The catalogue: for each position a heading and a line an exercise: id, camera, what counts, dose.

    Returns:
        Lines of at most 80 columns, as long as no id is longer than those of the exercises that
        formcoach brings; no colour.
    """
    head = ("ID", "CAMERA", "COUNTS", "DOSE")
    groups: dict[str, list[tuple[str, ...]]] = {words: [] for words in POSITION.values()}
    for spec in specs:
        row = (spec.id, spec.camera, counts(spec), brief_dose(spec).removesuffix(", each side"))
        groups[POSITION[spec.position]].append(row)
    rows = [head, *(row for group in groups.values() for row in group)]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [f"  {_columns(head, widths)}"]
    for words, group in groups.items():
        if group:
            lines += ["", words.capitalize(), *(f"  {_columns(row, widths)}" for row in group)]
    return "\n".join(lines)


def _cautions(spec: Spec) -> Iterator[str]:
    if spec.cautions:
        yield "Please mind"
    for caution in spec.cautions:
        yield from _item(caution)


def _facts(spec: Spec, variants: Sequence[Spec]) -> Iterator[str]:
    yield from _wrap(f"Position: {POSITION[spec.position]}.", "", "          ")
    yield from _wrap(f"Camera:   {CAMERA[spec.camera]}", "", "          ")
    yield from _wrap(f"Dose:     {dose_in_words(spec)}", "", "          ")
    if spec.guided:
        yield from _wrap(f"Guided:   {spec.guided}", "", "          ")
    if spec.based_on:
        yield f"Based on: {spec.based_on}"
    for number, variant in enumerate(variants):
        yield from _wrap(f"{'' if number else 'Variants:':9} {variant.id}: {variant.name}", "", "          ")


def _counting(spec: Spec) -> Iterator[str]:
    """What counts, from the poses."""
    poses = spec.poses
    if spec.kind == "hold":
        yield "What counts as holding"
        yield from _step(spec, "You are in the exercise with", poses["position"])
        yield from _step(spec, "The clock runs with", poses["work"])
        if "broken" in poses:
            yield from _step(spec, "It stops when seen with", poses["broken"])
        return
    if spec.kind == "sequence":
        yield from _rounds(spec)
        return
    yield "What counts as a repetition"
    if "position" in poses:
        yield from _step(spec, "You stay in the exercise with", poses["position"])
    yield from _step(spec, "Start with", poses["start"])
    yield from _step(spec, "Go until", poses["work"])
    if spec.dose.hold_s:
        yield from _step(spec, "The clock of the hold runs with", poses.get("held", poses["work"]))
    yield from _item("Come back to the start.")
    yield from _item(f"If you do not get there: {_said((spec.missed,))}")
    for wrong in spec.wrong.values():
        lasting = f", for {short(wrong.after_s)} seconds" if wrong.is_a_stay else ""
        yield from _step(
            spec, "It does not count with", wrong.pose, f"{lasting}; then: {_said((wrong.cue,))}"
        )


def _rounds(spec: Spec) -> Iterator[str]:
    """What counts as a round, station after station."""
    yield "What counts as a round"
    yield from _step(spec, "You stay in the exercise with", spec.poses["position"])
    for number, station in enumerate(spec.stations.values(), 1):
        head = f"{number}. {station.title.capitalize()}, for {short(station.hold_s)} s, with"
        yield from _step(spec, head, station.pose)
        yield from _wrap(f'"{station.say}"; left out: "{station.missed}"', "       ", "       ")
    if spec.either_way:
        yield from _item("Or the other way round, from the last one to the first.")
    yield from _item("A station left out, out of its turn or held too short: the round does not count.")


def _step(spec: Spec, opening: str, pose: Pose, after: str = ".") -> Iterator[str]:
    parts = [f"{_plain(name)} {bounds_in_words(spec, name, bounds)}" for name, bounds in pose.items()]
    yield from _item(f"{opening} {_listed(parts)}{after}")


def bounds_in_words(spec: Spec, name: str, bounds: Range, slack: float = 0.0) -> str:
    """Bounds of a measure in words and with its unit: `at least 160 degrees`.

    A bound that the measure cannot pass anyway, by `slack` or more, is left out.
    """
    limits = reach(spec, name) or bounds
    unit = unit_of(spec, name)
    low, high = bounds.low - slack > limits.low, bounds.high + slack < limits.high
    if low and high:
        return f"from {short(bounds.low)} to {short(bounds.high)} {unit}"
    if low:
        return f"at least {short(bounds.low)} {unit}"
    return f"at most {short(bounds.high)} {unit}"


def _watching(spec: Spec) -> Iterator[str]:
    """The checks, the most pressing first."""
    if not spec.checks:
        yield "Nothing is watched beyond that."
        return
    yield "What is watched"
    for severity in reversed(SEVERITIES):
        checks = [check for check in spec.checks.values() if check.severity == severity]
        if checks:
            yield f"  {_SEVERITY[severity]}"
        for check in checks:
            yield from _check(spec, check)


def _check(spec: Spec, check: Check) -> Iterator[str]:
    good = bounds_in_words(spec, check.measure, check.good, check.tolerance)
    room = f" ({short(check.tolerance)} beyond goes unmentioned)" if check.tolerance else ""
    when = when_in_words(check.during)
    view = f", seen from the {check.view}" if check.view not in (spec.camera, "any") else ""
    yield from _item(f"{_plain(check.measure)}: {good}{room}, {when}{view}.", "  ")
    for where, cues in (("below", check.low), ("above", check.high)):
        if cues:
            yield from _wrap(f"{where}: {_said(cues)}", "      ", "        ")
    if check.spoils:
        one = "round" if spec.kind == "sequence" else "repetition"
        yield from _wrap(f"A {one} in which this is found is no good one.", "      ", "        ")


def when_in_words(during: Sequence[str]) -> str:
    """Phases and moments in words: `in the work position`."""
    return _listed([_WHEN.get(phase) or f"at the station {_plain(phase)}" for phase in during])


def _measuring(spec: Spec) -> Iterator[str]:
    """What the names in the bounds stand for."""
    yield "What is measured"
    for name, measure in spec.measures.items():
        change = ", as change since your own start" if measure.from_start else ""
        yield from _item(f"{_plain(name)}: {meaning(measure)}{change}.")
    kinds = dict.fromkeys(measure.kind for measure in spec.measures.values() if measure.points)
    for kind in kinds:
        yield from _wrap(f"{kind}: {KINDS[kind].meaning}", "  ", "    ")


def meaning(measure: Measure) -> str:
    """What a measure is read from: `slope from hip to ankle`."""
    points = [_point(choices[0]) for choices in measure.points]
    if measure.kind == "speed":
        return f"how fast {_plain(measure.of[0])} changes, either way"
    if measure.of:
        return f"the {measure.kind} of {_listed([_plain(name) for name in measure.of])}"
    if measure.kind == "angle":
        return f"angle at the {points[1]}, between {points[0]} and {points[2]}"
    if measure.kind == "line":
        return f"line of {points[0]}, {points[1]} and {points[2]}"
    if measure.kind in _RELATION:
        return f"how far the {points[1]} is {_RELATION[measure.kind]} the {points[0]}"
    if measure.kind == "turn":
        return "turn of the shoulders against the hips"
    if measure.kind == "across":
        return f"how far the {points[1]} is across the body from the {points[0]}"
    if measure.kind == "apart":
        return f"how far {points[0]} and {points[1]} are apart"
    return f"{measure.kind} from {points[0]} to {points[1]}"


def _point(reference: str) -> str:
    where, _, part = reference.rpartition(".")
    words = _PART.get(part, part)
    if where == "mid":
        return f"middle of the {words.removesuffix('s')}s"
    return f"{_WHERE.get(where, '')}{words}"


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _said(cues: Sequence[str]) -> str:
    return ", then ".join(f'"{cue}"' for cue in cues)


def _listed(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _item(text: str, indent: str = "") -> Iterator[str]:
    yield from _wrap(text, f"{indent}  - ", f"{indent}    ")


def _wrap(text: str, first: str = "", then: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=then, break_on_hyphens=False)


def _columns(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
    return "  ".join([*cells, *row[len(widths) :]]).rstrip()
