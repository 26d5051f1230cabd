"""The moments of a session worth a picture: its best repetition and its worst, a hold in form and out."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from formcoach.charting import Chart
from formcoach.events import FaultEvent, RepEvent
from formcoach.page_rows import fault_words, faults_in
from formcoach.quantities import sentence
from formcoach.report import SessionReport
from formcoach.report_text import clock
from formcoach.spec import SEVERITIES


@dataclass(frozen=True, slots=True)
class Highlight:
    """One moment.

    Attributes:
        good: whether it shows what is right.
        t: seconds.
        title: what it is.
        where: the side, which repetition, and when.
        words: what is right or wrong with it.
        fault: the one that it shows, or None.
    """

    good: bool
    t: float
    title: str
    where: str
    words: str
    fault: FaultEvent | None


def highlights(report: SessionReport, chart: Chart) -> list[Highlight]:
    """The best moment and the worst, as far as there are any that differ."""
    if report.repetitions:
        return _of_repetitions(report, chart)
    return _of_holds(report, chart) if report.holds else []


def telling_moment(chart: Chart, report: SessionReport, fault: FaultEvent) -> float:
    """When a fault is seen well, seconds: at its worst once it has lasted, before it is mended again."""
    quarter = (fault.end - fault.start) / 4
    lasting = min(max(quarter, report.spec.checks[fault.check].after_s), 3 * quarter)
    return worst_moment(chart, report, replace(fault, start=fault.start + lasting, end=fault.end - quarter))


def worst_moment(chart: Chart, report: SessionReport, fault: FaultEvent) -> float:
    """When a fault was at its worst, seconds."""
    part = chart.between(fault.start, fault.end).only(fault.side)
    values = part.values[report.spec.checks[fault.check].measure]
    if fault.start == fault.end or not np.isfinite(values).any():
        return fault.start
    pick = np.nanargmin if fault.direction == "low" else np.nanargmax
    return float(part.t[pick(values)])


def _of_repetitions(report: SessionReport, chart: Chart) -> list[Highlight]:
    found = faults_in(report.repetitions, report.faults)
    graded = [
        (_grade(report, rep, faults), rep, faults)
        for rep, faults in zip(report.repetitions, found, strict=True)
    ]
    best = max(graded, key=lambda one: one[0])
    worst = min(graded, key=lambda one: one[0])
    shown = []
    if best[1].performed and not _pressing(report, best[2]):
        shown.append(_repetition(report, "Best repetition", best[1], best[2], best[1].turn))
    if worst[0][:-1] < best[0][:-1] or not shown:  # how long alone makes none worse
        shown.append(
            _repetition(report, "To work on", worst[1], worst[2], _moment(report, chart, *worst[1:]))
        )
    return shown


def _moment(report: SessionReport, chart: Chart, rep: RepEvent, faults: list[FaultEvent]) -> float:
    """When it is best seen what is wrong: with the most pressing fault, or at the turn."""
    pressing = _pressing(report, faults) or faults
    if pressing:
        return telling_moment(chart, report, pressing[0])
    return rep.turn if rep.turn == rep.turn else (rep.start + rep.end) / 2


def _grade(report: SessionReport, rep: RepEvent, faults: list[FaultEvent]) -> tuple[float, ...]:
    """The better the greater: counted before to dose before without faults before long."""
    severities = [report.spec.checks[fault.check].severity for fault in faults]
    counts = tuple(-float(severities.count(severity)) for severity in reversed(SEVERITIES))
    return (float(rep.performed), float(rep.to_dose), *counts, rep.held_s)


def _pressing(report: SessionReport, faults: list[FaultEvent]) -> list[FaultEvent]:
    """The faults that are more than a finishing touch, the most pressing first."""
    graded = [(SEVERITIES.index(report.spec.checks[one.check].severity), one) for one in faults]
    return [one for grade, one in sorted(graded, key=lambda pair: -pair[0]) if grade]


def _repetition(
    report: SessionReport, title: str, rep: RepEvent, faults: list[FaultEvent], t: float
) -> Highlight:
    fault = next(iter(_pressing(report, faults) or faults), None)
    what = f"repetition {rep.number}" if rep.performed else "attempt"
    words = _words(report, fault) or sentence(rep.why_not) or "Nothing to correct"
    good = rep.performed and not _pressing(report, faults)
    return Highlight(good, t, title, _where(rep.side, what, rep.start), words, fault)


def _of_holds(report: SessionReport, chart: Chart) -> list[Highlight]:
    """The middle of the longest stretch without a fault, and the most pressing fault at its worst."""
    clean = chart.in_form.copy()
    for fault in report.faults:
        clean[slice(*np.searchsorted(chart.t, (fault.start, fault.end)))] = False
    spans = list(chart.spans(clean))
    shown = []
    if spans:
        start, end = max(spans, key=lambda span: span[1] - span[0])
        t = (start + end) / 2
        shown.append(Highlight(True, t, "In form", _hold_at(report, t), "Nothing to correct", None))
    faults = _pressing(report, list(report.faults)) or list(report.faults)
    if faults:
        fault = faults[0]
        t = telling_moment(chart, report, fault)
        shown.append(Highlight(False, t, "To work on", _hold_at(report, t), _words(report, fault), fault))
    return shown


def _hold_at(report: SessionReport, t: float) -> str:
    hold = next((one for one in report.holds if one.start <= t <= one.end), None)
    return clock(t) if hold is None else _where(hold.side, f"hold {hold.number}", t)


def _where(side: str, what: str, t: float) -> str:
    return sentence(f"{side + ', ' if side else ''}{what}, at {clock(t)}")


def _words(report: SessionReport, fault: FaultEvent | None) -> str:
    if fault is None:
        return ""
    words = fault_words(report.spec, fault)
    return f"{words.cue} ({words.value})"
