"""Each repetition, hold and round as a row: counted or why not, peak against target, tempo, faults."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from formcoach.charting import Chart
from formcoach.events import FaultEvent, HoldEvent, RepEvent, RoundEvent
from formcoach.quantities import number, plain, quantity, seconds, sentence, target
from formcoach.report import SessionReport
from formcoach.spec import Severity, Spec
from formcoach.spec_lint.measures import unit_of

State = Literal["good", "partly", "missed"]
"""To dose; performed, and not to dose; not counted."""


@dataclass(frozen=True, slots=True)
class Peak:
    """How far one measure got, and how far it should."""

    name: str
    value: str
    target: str
    reached: bool


@dataclass(frozen=True, slots=True)
class FaultWords:
    """A fault in words: what to do, and how far off it was."""

    severity: Severity
    cue: str
    value: str


@dataclass(frozen=True, slots=True)
class Row:
    """One repetition or hold.

    Attributes:
        title: such as `Repetition 3`.
        mark: its number for the timeline; empty where it was not counted.
        start, at, end: seconds; `at` is the moment to look at.
    """

    title: str
    mark: str
    side: str
    start: float
    at: float
    end: float
    state: State
    verdict: str
    peaks: tuple[Peak, ...]
    tempo: str
    faults: tuple[FaultWords, ...]


def rows(report: SessionReport, chart: Chart) -> list[Row]:
    """All repetitions, holds and rounds of a session, by their start."""
    spec = report.spec
    found = [
        _repetition(spec, rep, chart, faults)
        for rep, faults in zip(report.repetitions, faults_in(report.repetitions, report.faults), strict=True)
    ]
    found += [
        _hold(spec, hold, faults)
        for hold, faults in zip(report.holds, faults_in(report.holds, report.faults), strict=True)
    ]
    found += [
        _round(spec, one, faults)
        for one, faults in zip(report.rounds, faults_in(report.rounds, report.faults), strict=True)
    ]
    return sorted(found, key=lambda row: row.start)


def faults_in(
    parts: Sequence[RepEvent | HoldEvent | RoundEvent], faults: Sequence[FaultEvent]
) -> list[list[FaultEvent]]:
    """Which faults lie in which of the parts; what is judged at one moment belongs to the last one begun."""
    found: list[list[FaultEvent]] = [[] for _ in parts]
    for side in {part.side for part in parts}:
        mine = sorted((n for n, part in enumerate(parts) if part.side == side), key=lambda n: parts[n].start)
        starts = [parts[n].start for n in mine]
        for fault in faults:
            if fault.side != side:
                continue
            last = int(np.searchsorted(starts, max(fault.end, fault.start + 1e-9))) - 1
            momentary = fault.start == fault.end
            while last >= 0 and (momentary or parts[mine[last]].end > fault.start):
                found[mine[last]].append(fault)
                last = -1 if momentary else last - 1
    return found


def _in_words(spec: Spec, faults: list[FaultEvent]) -> tuple[FaultWords, ...]:
    """Each fault once, at its worst."""
    worst: dict[tuple[str, str], FaultEvent] = {}
    for fault in faults:
        key, pick = (fault.check, fault.direction), (min if fault.direction == "low" else max)
        worst[key] = pick(worst.get(key, fault), fault, key=lambda one: one.worst)
    return tuple(fault_words(spec, fault) for fault in worst.values())


def fault_words(spec: Spec, fault: FaultEvent) -> FaultWords:
    """A fault in words."""
    check = spec.checks[fault.check]
    unit = unit_of(spec, check.measure)
    value = f"{plain(check.measure)} {quantity(fault.worst, unit)}"
    aim = target(spec, check.measure, check.good, check.tolerance)
    return FaultWords(check.severity, check.cue(fault.direction)[0], f"{value} at worst, should be {aim}")


def _repetition(spec: Spec, rep: RepEvent, chart: Chart, faults: list[FaultEvent]) -> Row:
    state: State = "good" if rep.to_dose and not rep.why_not else "partly" if rep.performed else "missed"
    verdict = "Counted" if rep.performed else "Not counted"
    verdict += f": {rep.why_not[:1].lower()}{rep.why_not[1:]}" if rep.why_not else ""
    at = rep.turn if math.isfinite(rep.turn) else (rep.start + rep.end) / 2
    return Row(
        f"Repetition {rep.number}" if rep.performed else "Attempt",
        str(rep.number) if rep.performed else "",
        rep.side,
        rep.start,
        at,
        rep.end,
        state,
        verdict,
        tuple(_peak(spec, name, value) for name, value in rep.reached.items()),
        _tempo(spec, rep, chart),
        _in_words(spec, faults),
    )


def _peak(spec: Spec, name: str, value: float) -> Peak:
    bounds = spec.poses["work"][name]
    unit = unit_of(spec, name)
    # The target beside it names the longer unit.
    shown = number(value, unit) if unit == "trunk lengths" else quantity(value, unit)
    return Peak(sentence(plain(name)), shown, target(spec, name, bounds), bounds.holds(value))


def _tempo(spec: Spec, rep: RepEvent, chart: Chart) -> str:
    """How long each part of a repetition took, by the phases it went through."""
    part = chart.between(rep.start, rep.end)
    lasted = np.diff(part.t, append=rep.end) * part.of_side(rep.side)

    def during(phase: str) -> float:
        return float(lasted[part.during(phase)].sum())

    there = f"{seconds(rep.held_s)} held" if spec.dose.hold_s else f"{seconds(during('work'))} there"
    return f"{seconds(during('going'))} out, {there}, {seconds(during('returning'))} back"


def _hold(spec: Spec, hold: HoldEvent, faults: list[FaultEvent]) -> Row:
    off = [f"{seconds(hold.out_of_form_s)} out of form"] if hold.out_of_form_s >= 0.5 else []
    off += [f"{seconds(hold.unseen_s)} not seen"] if hold.unseen_s >= 0.5 else []
    verdict = sentence(hold.why_not) or f"{seconds(hold.in_form_s)} in form"
    return Row(
        f"Hold {hold.number}",
        str(hold.number),
        hold.side,
        hold.start,
        hold.start,
        hold.end,
        "good" if hold.to_dose else "partly",
        verdict,
        (),
        ", ".join(off),
        _in_words(spec, faults),
    )


def _round(spec: Spec, one: RoundEvent, faults: list[FaultEvent]) -> Row:
    state: State = "good" if one.to_dose else "partly" if one.performed else "missed"
    verdict = "Counted" if one.performed else "Not counted"
    held = [f"{spec.stations[kept.station].title} {seconds(kept.held_s)}" for kept in one.stations]
    return Row(
        f"Round {one.number}" if one.performed else "Attempt",
        str(one.number) if one.performed else "",
        one.side,
        one.start,
        one.start,
        one.end,
        state,
        f"{verdict}: {one.why_not}" if one.why_not else verdict,
        (),
        ", ".join(held),
        _in_words(spec, faults),
    )
