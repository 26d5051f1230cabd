"""All that a report page shows, put into words and numbers: what its template has only to lay out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from formcoach.charting import Chart, SetKey
from formcoach.dose_text import dose_in_words
from formcoach.figure_track import FigureTrack
from formcoach.highlights import Highlight, highlights
from formcoach.page_figure import Sketch, packed, sketch, stage
from formcoach.page_plots import Lane, Plot, lanes, plots
from formcoach.page_rows import Row, rows
from formcoach.plotting import time_ticks, units
from formcoach.quantities import seconds
from formcoach.report import SessionReport
from formcoach.report_text import clock, counts, fault_groups, times, unseen
from formcoach.routine_report import RoutineReport, StepReport
from formcoach.routine_report_text import OUTCOMES
from formcoach.spec import SEVERITIES, Severity


@dataclass(frozen=True, slots=True)
class Clip:
    """A video that plays in the page.

    Attributes:
        source: its data as a URL, or the name of the file beside the page.
        inside: whether it is in the page itself.
        size: how large it is, in words.
    """

    source: str
    inside: bool
    size: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What a replay saw of one file.

    Attributes:
        name: of the file.
        created: when it was recorded, in words; or empty.
        damaged: one sentence about what could not be read, or empty.
        charts: of each set.
        track: the moving figure.
        clip: the annotated video, or None where the figure moves instead.
        pictures: moments of that video as URLs, by seconds.
    """

    name: str
    report: SessionReport | RoutineReport
    charts: Mapping[SetKey, Chart]
    track: FigureTrack
    created: str = ""
    damaged: str = ""
    clip: Clip | None = None
    pictures: Mapping[float, str] | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """Something to work on: what to do, how often it came, how much it matters."""

    severity: Severity
    cue: str
    often: str


@dataclass(frozen=True, slots=True)
class Still:
    """A highlight with its picture, or with the figure where there is none."""

    highlight: Highlight
    picture: str
    figure: Sketch | None


@dataclass(frozen=True, slots=True)
class Section:
    """One exercise: a session, or a set of a routine.

    Attributes:
        place: which step and set it is; empty in a session.
        lead: what was counted, in sentences.
        notes: what else to know of it, in sentences.
        holds: whether positions are held, not repeated.
        width: of its plots, units.
        ticks: the moments on the axis of time, as units and words.
        figure: the moving figure at its first moment, where no clip plays.
        data: for the page's player, ready for JSON.
    """

    id: str
    heading: str
    place: str
    lead: tuple[str, ...]
    notes: tuple[str, ...]
    dose: str
    holds: bool
    corrections: tuple[Correction, ...]
    unseen: tuple[str, ...]
    stills: tuple[Still, ...]
    rows: tuple[Row, ...]
    lanes: tuple[Lane, ...]
    plots: tuple[Plot, ...]
    width: int
    ticks: tuple[tuple[int, str], ...]
    clip: Clip | None
    figure: Sketch | None
    data: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Part:
    """One file: its sections, and what to say above them.

    Attributes:
        steps: of a routine, what became of each, and the id of its first section or empty.
    """

    id: str
    heading: str
    file: str
    created: str
    lasted: str
    notes: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole page."""

    title: str
    parts: tuple[Part, ...]


def document(files: Sequence[Seen]) -> Document:
    """The page of some files, in their order."""
    parts = tuple(_part(seen, f"file-{number}") for number, seen in enumerate(files, 1))
    title = parts[0].heading if len(parts) == 1 else f"{len(parts)} sessions"
    return Document(title, parts)


def moments(report: SessionReport | RoutineReport, charts: Mapping[SetKey, Chart]) -> list[float]:
    """The moments of a session of which a page shows a picture, seconds."""
    there = ((part, charts[key]) for key, part in _sets(report) if key in charts)
    return sorted({one.t for part, chart in there for one in highlights(part, chart)})


def _sets(report: SessionReport | RoutineReport) -> list[tuple[SetKey, SessionReport]]:
    """The reports of all sets with their keys."""
    if isinstance(report, SessionReport):
        return [((0, 0), report)]
    return [
        ((number, part), one)
        for number, step in enumerate(report.steps)
        for part, one in enumerate(step.sets)
    ]


def _part(seen: Seen, name: str) -> Part:
    report = seen.report
    sections = {
        key: _section(seen, key, one, f"{name}-{key[0] + 1}-{key[1] + 1}")
        for key, one in _sets(report)
        if key in seen.charts
    }
    steps: list[tuple[str, str]] = []
    if isinstance(report, RoutineReport):
        steps = [_step(number, step, sections) for number, step in enumerate(report.steps)]
    return Part(
        name,
        report.routine.name if isinstance(report, RoutineReport) else report.spec.name,
        seen.name,
        seen.created,
        seconds(report.duration_s),
        tuple(filter(None, (seen.damaged, _pain(report.hurt_at)))),
        tuple(steps),
        tuple(sections.values()),
    )


def _pain(hurt_at: float | None) -> str:
    return "" if hurt_at is None else f"It hurt at {clock(hurt_at)}, and ended there."


def _step(number: int, step: StepReport, sections: Mapping[SetKey, Section]) -> tuple[str, str]:
    words = f"{step.planned.name}: {OUTCOMES[step.outcome]}"
    if not step.planned.watched and step.outcome != "not begun":
        words += " (by the clock)"
    first = sections.get((number, 0))
    return f"{words}.", "" if first is None else first.id


def _section(seen: Seen, key: SetKey, report: SessionReport, name: str) -> Section:
    chart = seen.charts[key]
    start, end = (float(chart.t[0]), float(chart.t[-1])) if len(chart.t) else (0.0, 0.0)
    track = seen.track.between(start, end)
    found = rows(report, chart)
    first = found[0].start if found else start
    spec = report.spec
    return Section(
        name,
        spec.name,
        _place(seen.report, key),
        tuple(counts(report)),
        tuple(_notes(report, single=seen.report is report)),
        dose_in_words(spec),
        spec.kind == "hold",
        tuple(_corrections(report)),
        tuple(unseen(report)),
        tuple(_still(seen, track, chart, one) for one in highlights(report, chart)),
        tuple(found),
        tuple(lanes(report, chart, found)),
        tuple(plots(report, chart)),
        max(1, units(end, start)),
        tuple((units(tick, start), clock(tick)[:-2]) for tick in time_ticks(start, end)),
        seen.clip,
        None if seen.clip is not None else sketch(track, chart, first, box=stage(track, chart)),
        {
            "start": start,
            "end": end,
            "first": first,
            "cues": [[cue.t, cue.text, cue.severity] for cue in report.cues],
            "figure": packed(track, chart, report.faults) if seen.clip is None else None,
        },
    )


def _place(report: SessionReport | RoutineReport, key: SetKey) -> str:
    if isinstance(report, SessionReport):
        return ""
    sets = report.steps[key[0]].planned.sets
    step = f"Step {key[0] + 1} of {len(report.steps)}"
    return step if sets == 1 else f"{step}, set {key[1] + 1} of {sets}"


def _notes(report: SessionReport, *, single: bool) -> list[str]:
    notes = [f"Guided: {report.spec.guided}"] if report.spec.guided else []
    notes += [f"Restarted at {clock(t)}: what came before is not counted." for t in report.restarts]
    return notes if single else [*notes, *filter(None, [_pain(report.hurt_at)])]


def _corrections(report: SessionReport) -> list[Correction]:
    """What to work on, the most pressing first."""
    found = []
    for faults in fault_groups(report):
        check = report.spec.checks[faults[0].check]
        found.append(Correction(check.severity, check.cue(faults[0].direction)[0], times(faults)))
    return sorted(found, key=lambda one: -SEVERITIES.index(one.severity))


def _still(seen: Seen, track: FigureTrack, chart: Chart, one: Highlight) -> Still:
    picture = (seen.pictures or {}).get(one.t, "")
    return Still(one, picture, None if picture else sketch(track, chart, one.t, one.fault))
