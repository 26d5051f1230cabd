"""What a page draws of a session: a timeline of lanes, and a plot of each measure with its target band.

Everything is placed in units of `formcoach.plotting`; colours, shapes and letters are the page's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from formcoach.bounds import MOMENT_IN
from formcoach.charting import Chart
from formcoach.events import FaultEvent
from formcoach.highlights import worst_moment
from formcoach.page_rows import Row, fault_words
from formcoach.plotting import HEIGHT, Axis, axis, curve, units
from formcoach.quantities import number, plain, quantity, sentence, target
from formcoach.report import SessionReport
from formcoach.report_text import clock, fault_groups, times
from formcoach.spec import PHASES, Check, Severity, Spec
from formcoach.spec_lint.measures import reach, unit_of
from formcoach.spec_text import meaning, when_in_words

LANE = 28
"""Height of a lane of phases, pixels."""

FAULT_LANE = 16
"""Height of a lane of faults, pixels."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time on a lane or in a plot: left and width in units, top and height in pixels."""

    x: int
    width: int
    y: float
    height: float
    kind: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign at one moment: its place in units and pixels, what kind, and what it says."""

    x: int
    y: float
    kind: str
    text: str
    title: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of the timeline."""

    label: str
    height: int
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A level across a plot, with what it says; or only the number at its axis."""

    y: float
    text: str


@dataclass(frozen=True, slots=True)
class OffCurve:
    """The part of a curve in a fault, as a path, with the mark at its worst."""

    path: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Plot:
    """One measure.

    Attributes:
        name, meaning, unit: in words.
        aims: what it should be and when, in words.
        low, high: the values at the bottom and the top.
        height: of the plot, pixels.
        measure: as the spec calls it.
    """

    name: str
    meaning: str
    unit: str
    aims: tuple[str, ...]
    low: float
    high: float
    ticks: tuple[Line, ...]
    goals: tuple[Line, ...]
    bands: tuple[Bar, ...]
    curve: str
    off: tuple[OffCurve, ...]
    height: int
    measure: str


def lanes(report: SessionReport, chart: Chart, rows: list[Row]) -> list[Lane]:
    """A lane of phases for each side, one for when nobody was seen, and one for each kind of fault."""
    if not len(chart.t):
        return []
    found = [_phase_lane(chart, side, rows) for side in report.sides]
    unseen = tuple(_bar(chart, span, 0, 12, "unseen", "Not seen") for span in chart.spans(~chart.seen))
    if unseen:
        found.append(Lane("Not seen", 12, unseen, ()))
    return found + [_fault_lane(report.spec, chart, faults) for faults in fault_groups(report)]


def _bar(chart: Chart, span: tuple[float, float], y: float, height: float, kind: str, title: str) -> Bar:
    x = units(span[0], chart.t[0])
    return Bar(x, max(1, units(span[1], chart.t[0]) - x), y, height, kind, f"{title}, {clock(span[0])}")


def _phase_lane(chart: Chart, side: str, rows: list[Row]) -> Lane:
    mine = chart.of_side(side)
    bars = []
    for kind, words, which, share in _phases(chart):
        height = share * LANE
        bars += [_bar(chart, span, LANE - height, height, kind, words) for span in chart.spans(which & mine)]
    marks = tuple(
        Mark(units(row.at, chart.t[0]), LANE / 2, row.state, row.mark, f"{row.title}, {clock(row.start)}")
        for row in rows
        if row.side == side
    )
    label = f"{side} side" if side else "Holds" if chart.spec.kind == "hold" else "Repetitions"
    return Lane(sentence(label), LANE, tuple(bars), marks)


def _phases(chart: Chart) -> Iterator[tuple[str, str, np.ndarray, float]]:
    """Each phase that is drawn: its kind, its words, its samples, and how much of the lane it fills."""
    if chart.spec.kind == "hold":
        held = chart.during("hold")
        yield "work", "In form", held & chart.in_form, 1.0
        yield "off", "Out of form", held & ~chart.in_form, 0.5
        return
    yield "start", "Start position", chart.during("start"), 0.12
    yield "moving", "On the way", chart.during("going", "returning"), 0.5
    yield "work", "There", chart.during("work", "hold"), 1.0


def _fault_lane(spec: Spec, chart: Chart, faults: list[FaultEvent]) -> Lane:
    check = spec.checks[faults[0].check]
    bars, marks = [], []
    for fault in faults:
        words = fault_words(spec, fault)
        bars.append(_bar(chart, (fault.start, fault.end), 4, 8, check.severity, words.cue))
        marks.append(
            Mark(
                units(fault.start, chart.t[0]), 8, check.severity, "", f"{words.value}, {clock(fault.start)}"
            )
        )
    label = f"{check.cue(faults[0].direction)[0]} ({times(faults)})"
    return Lane(label, FAULT_LANE, tuple(bars), tuple(marks))


def plots(
    report: SessionReport,
    chart: Chart,
    also: Mapping[str, Iterable[float]] = MappingProxyType({}),
    height: int = HEIGHT,
) -> list[Plot]:
    """A plot of every measure that has a target: the faulty first, then what is judged, then the rest.

    Args:
        report: of the session.
        chart: its chart.
        also: further measures to plot, and for each measure the values that its plot must have room for.
        height: of each, pixels.
    """
    if not len(chart.t):
        return []
    spec = report.spec
    faulty = (spec.checks[fault.check].measure for fault in report.faults)
    judged = (check.measure for check in spec.checks.values())
    names = dict.fromkeys([*faulty, *judged, *spec.poses.get("work", ()), *also])
    return [_plot(report, chart, name, also.get(name, ()), height) for name in names]


def _plot(report: SessionReport, chart: Chart, name: str, also: Iterable[float], height: int) -> Plot:
    spec, unit = report.spec, unit_of(report.spec, name)
    checks = [check for check in spec.checks.values() if check.measure == name]
    goals = _goals(chart, name)
    judged = ~chart.during("setup")
    # Getting ready may take any shape, and would flatten the rest.
    values = chart.values[name][judged if judged.any() else slice(None)]
    shown = axis(values, [*goals, *_edges(spec, checks), *also], unit, height)
    return Plot(
        sentence(plain(name)),
        meaning(spec.measures[name]) + (", change since the start" if spec.measures[name].from_start else ""),
        unit,
        tuple(_aims(spec, name, checks)),
        shown.low,
        shown.high,
        tuple(Line(shown.place(tick), number(tick, unit)) for tick in shown.ticks),
        tuple(Line(shown.place(goal), _goal_in_words(spec, name, goal)) for goal in goals),
        (*_getting_ready(chart, shown), *(band for check in checks for band in _bands(chart, check, shown))),
        curve(chart, name, shown, chart.t[0]),
        tuple(
            _off(report, chart, fault, shown) for fault in report.faults if spec.checks[fault.check] in checks
        ),
        height,
        name,
    )


def _goals(chart: Chart, name: str) -> list[float]:
    """The bounds that a measure must pass on the way to the work position; both of them in a hold."""
    bounds = chart.spec.poses.get("work", {}).get(name)
    limits = reach(chart.spec, name)
    if bounds is None or limits is None:
        return []
    inside = [bound for bound in bounds if limits.low < bound < limits.high]
    if chart.spec.kind == "hold" or len(inside) < 2:
        return inside
    start = chart.values[name][chart.during("start")]
    start = start[np.isfinite(start)]
    return [min(inside, key=lambda bound: abs(bound - float(np.median(start))))] if len(start) else inside


def _goal_in_words(spec: Spec, name: str, goal: float) -> str:
    which = "from" if goal == spec.poses["work"][name].low else "up to"
    return f"counts {which} {quantity(goal, unit_of(spec, name))}"


def _edges(spec: Spec, checks: list[Check]) -> Iterator[float]:
    """The ends of bands that a plot must have room for: not those that nothing can pass."""
    for check in checks:
        limits = reach(spec, check.measure)
        if limits is not None:
            yield from (bound for bound in check.good if limits.low < bound < limits.high)


def _aims(spec: Spec, name: str, checks: list[Check]) -> Iterator[str]:
    for check in checks:
        yield f"{target(spec, name, check.good, check.tolerance)} {when_in_words(check.during)}"


def _getting_ready(chart: Chart, shown: Axis) -> Iterator[Bar]:
    """When nothing was judged yet, or any more."""
    for span in chart.spans(chart.during("setup")):
        yield _bar(chart, span, 0, shown.height, "ready", "Getting ready")


def _bands(chart: Chart, check: Check, shown: Axis) -> Iterator[Bar]:
    """Where a measure should be, while it is judged."""
    top, bottom = shown.place(check.good.high), shown.place(check.good.low)
    phases = {MOMENT_IN.get(when, when) for when in check.during} & set(PHASES[chart.spec.kind])
    for span in chart.spans(chart.during(*phases)):
        yield _bar(chart, span, top, max(1.0, bottom - top), "band", "")


def _off(report: SessionReport, chart: Chart, fault: FaultEvent, shown: Axis) -> OffCurve:
    name = report.spec.checks[fault.check].measure
    severity: Severity = report.spec.checks[fault.check].severity
    part = chart.between(fault.start, fault.end).only(fault.side)
    t = worst_moment(chart, report, fault)
    worst = quantity(fault.worst, unit_of(report.spec, name)).removesuffix(" trunk lengths")
    y = min(shown.height - 7.0, max(7.0, shown.place(fault.worst)))
    mark = Mark(units(t, chart.t[0]), y, severity, worst, fault_words(report.spec, fault).value)
    return OffCurve(curve(part, name, shown, chart.t[0]), mark)
