"""The shape of a spec file: from what TOML gives to a `Spec`, noting every field that is not as it should be.

Here a field is missing, misspelt or of the wrong sort; whether the whole makes sense is for
`formcoach.spec_lint`. What cannot be read is left out or replaced by a stand-in, so that the sense of
the rest can be judged in the same go.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast, get_args

from formcoach.landmarks import SIDES
from formcoach.measures import KINDS
from formcoach.spec import (
    MOMENTS,
    PHASES,
    SEVERITIES,
    TURNED,
    Check,
    Dose,
    Kind,
    Measure,
    Position,
    Range,
    Severity,
    Spec,
    Station,
    Timing,
    View,
    Wrong,
)
from formcoach.spec_lint.table import MOST, UNREAD, Fault, Table, nearest

FORMAT = 1
"""The format that this version reads."""

POSES = ("position", "start", "work", "held", "broken")
"""The poses a spec can have."""

REP_WORD = "rep"
"""In `during`: the whole way from leaving the start to being back."""

REP_PHASES = ("going", "work", "returning")
"""In these a repetition is under way."""

_HYSTERESIS = 4.0  # as in Spec
_AFTER_S = 0.7  # as in Check
_WRONG_AFTER_S = 0.3  # as in Wrong
_TOP = (
    *("format", "name", "about", "source", "kind", "camera", "position", "sides", "alternating"),
    *("cautions", "guided", "hysteresis", "turned", "anchor", "either_way", "based_on", "without"),
    *("dose", "timing", "measures", "poses", "stations", "wrong", "checks"),
)
_DOSE = ("hold_s", "reps", "sets")
_TIMING = ("settle_s", "bridge_s", "leave_s", "timeout_s")
_STATION = ("pose", "hold_s", "say", "missed")
_WRONG = ("pose", "cue", "is", "after_s")
_CHECK = (
    *("measure", "during", "good", "tolerance", "after_s", "severity"),
    *("low", "high", "low_is", "high_is", "view", "spoils"),
)


def shape(mapping: Mapping[str, object], spec_id: str) -> tuple[Spec, list[Fault]]:
    """Read a parsed spec file.

    Args:
        mapping: the file as `tomllib` gives it.
        spec_id: the exercise's id, the file's name without `.toml`.

    Returns:
        The spec, sound only if there are no faults; and the faults.
    """
    faults: list[Fault] = []
    top = Table(dict(mapping), "", faults, _TOP)
    _check_format(top)
    kind = cast(Kind, top.choice("kind", tuple(PHASES)))
    camera = cast(View, top.choice("camera", get_args(View)))
    poses = top.table("poses", (*POSES, "missed"), needed=True)
    measures = top.table("measures", needed=True)
    checks = top.table("checks")
    wrong = top.table("wrong")
    stations = top.table("stations")
    return Spec(
        id=spec_id,
        name=top.text("name"),
        about=top.text("about"),
        source=top.text("source"),
        camera=camera,
        position=cast(Position, top.choice("position", get_args(Position))),
        kind=kind,
        dose=_dose(top.table("dose", _DOSE)),
        measures={name: _measure(name, measures.table(name)) for name in measures},
        poses={name: _pose(poses.table(name)) for name in POSES if name in poses},
        checks={name: _check(name, checks.table(name, _CHECK), kind, camera) for name in checks},
        sides=_sides(top),
        alternating=top.flag("alternating"),
        missed=poses.text("missed", ""),
        wrong={name: _wrong(name, wrong.table(name, _WRONG)) for name in wrong},
        timing=_timing(top.table("timing", _TIMING)),
        hysteresis=top.number("hysteresis", _HYSTERESIS),
        turned=top.number("turned", TURNED),
        anchor=top.text("anchor", ""),
        cautions=top.texts("cautions"),
        guided=top.text("guided", ""),
        based_on=_based_on(top),
        stations={name: _station(name, stations.table(name, _STATION)) for name in stations},
        either_way=top.flag("either_way"),
    ), faults


def newer_format(mapping: Mapping[str, object]) -> list[Fault]:
    """Whether the file is of a format to come: of such a file nothing else can be said."""
    found = mapping.get("format")
    if not isinstance(found, int) or not FORMAT < found <= MOST:
        return []
    return [Fault("format", f"{found} is newer than this formcoach reads ({FORMAT}); update formcoach")]


def _check_format(top: Table) -> None:
    found = top.whole("format", FORMAT)
    if "format" not in top:
        top.note("format", f"missing; write format = {FORMAT}")
    elif found != FORMAT:
        top.note("format", f"{found} is no format; write format = {FORMAT}")


def _based_on(top: Table) -> str:
    without = top.texts("without")
    if without and "based_on" not in top:
        top.note("without", "is for a spec that is based_on another; delete it")
    return top.text("based_on", "")


def _sides(top: Table) -> tuple[str, ...]:
    sides = top.texts("sides")
    if "sides" in top and sorted(sides) != sorted(SIDES):
        top.note("sides", 'must be ["left", "right"]; leave it out where both sides move together')
    return SIDES if "sides" in top else ()


def _dose(table: Table) -> Dose:
    return Dose(
        table.enough_and_goal("hold_s"),
        table.enough_and_goal_whole("reps"),
        table.whole("sets", 1),
    )


def _timing(table: Table) -> Timing:
    usual = Timing()
    return Timing(
        settle_s=table.number("settle_s", usual.settle_s),
        bridge_s=table.number("bridge_s", usual.bridge_s),
        leave_s=table.number("leave_s", usual.leave_s),
        timeout_s=table.number("timeout_s", usual.timeout_s),
    )


def _measure(name: str, table: Table) -> Measure:
    """A measure; of no kind where that cannot be read."""
    kinds = [field for field in table if field in KINDS]
    unknown = [field for field in table if field not in KINDS and field != "from"]
    for field in unknown:
        table.note(field, f"unknown kind of measure{nearest(field, [*KINDS, 'from'])}")
    if table.is_table and not kinds and not unknown:
        table.note("", f"has no kind; write one of {', '.join(KINDS)}")
    if len(kinds) > 1:
        table.note("", f"is {' and '.join(kinds)} at once; keep one")
    from_start = table.choice("from", ("start",), "") == "start"
    if len(kinds) != 1:
        return Measure(name, "", from_start=from_start)
    kind = kinds[0]
    parts = table.texts(kind)
    if not KINDS[kind].points:
        return Measure(name, kind, of=parts, from_start=from_start)
    points = tuple(tuple(choice.strip() for choice in part.split("|")) for part in parts)
    return Measure(name, kind, points, from_start=from_start)


def _pose(table: Table) -> dict[str, Range]:
    bands = {name: table.band(name) for name in table}
    return {name: band for name, band in bands.items() if band is not None}


def _station(name: str, table: Table) -> Station:
    pose = _pose(table.table("pose", needed=True))
    return Station(name, pose, table.number("hold_s"), table.text("say"), table.text("missed"))


def _wrong(name: str, table: Table) -> Wrong:
    pose = _pose(table.table("pose", needed=True))
    after_s = table.number("after_s", _WRONG_AFTER_S)
    return Wrong(name, pose, table.text("cue"), table.text("is", ""), after_s)


def _check(name: str, table: Table, kind: Kind, camera: View) -> Check:
    return Check(
        name=name,
        measure=table.text("measure"),
        during=_during(table.texts("during", needed=True), kind),
        good=table.band("good") or Range(UNREAD, UNREAD),
        tolerance=table.number("tolerance"),
        after_s=table.number("after_s", _AFTER_S),
        severity=cast(Severity, table.choice("severity", SEVERITIES, "fix")),
        low=table.texts("low"),
        high=table.texts("high"),
        low_is=table.text("low_is", ""),
        high_is=table.text("high_is", ""),
        view=cast(View, table.choice("view", get_args(View), camera)),
        spoils=table.flag("spoils"),
    )


def _during(words: tuple[str, ...], kind: Kind) -> tuple[str, ...]:
    """The phases and moments meant, in their order; words that are neither stay as they are, behind them."""
    meant = set(words)
    if REP_WORD in meant and kind == "repetitions":
        meant = (meant - {REP_WORD}).union(REP_PHASES)
    ordered = [when for when in (*PHASES.get(kind, ()), *MOMENTS.get(kind, ())) if when in meant]
    return (*ordered, *(word for word in words if word in meant and word not in ordered))
