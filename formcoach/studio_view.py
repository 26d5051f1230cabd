"""What the studio shows, as data and as a section of a page: bounds with the times at which they hold."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from formcoach.bounds import Bound, Value, bounds_of
from formcoach.charting import Chart
from formcoach.label_view import label_lane, labelling
from formcoach.labels import Labels
from formcoach.outcome import Outcome, Pair, Tally, add_up
from formcoach.page_plots import Lane, plots
from formcoach.page_view import Section, Seen, document
from formcoach.plotting import units
from formcoach.quantities import plain, sentence
from formcoach.report import SessionReport
from formcoach.report_text import clock
from formcoach.spec import Range, Spec
from formcoach.spec_lint.measures import reach

HEIGHT = 200
"""Of a plot, pixels: a degree must be as much as a hand can move."""

MOST_CHANGES = 200
"""So many changes are listed at most; all are counted."""

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Looked:
    """One recording as it is looked at.

    Attributes:
        section: what the page draws of it.
        bounds: each bound, ready for JSON.
        labelling: its labels and what they are made with, ready for JSON.
    """

    section: Section
    bounds: tuple[Json, ...]
    labelling: Json


def look(seen: Seen, spec: Spec, labels: Labels | None) -> Looked:
    """Make what is looked at of one replay.

    Args:
        seen: what the replay saw of one exercise.
        spec: the exercise whose bounds are shown; it may have faults by which nobody can be coached.
        labels: what is labelled in it, or None.
    """
    report = seen.report
    assert isinstance(report, SessionReport)
    chart = seen.charts[(0, 0)]
    section = document([seen]).parts[0].sections[0]
    bounds = bounds_of(spec)
    drawn = plots(report, chart, _values(bounds), HEIGHT)
    # The page draws the bands itself, as they are dragged; the levels that count are bounds as any other.
    bare = (
        replace(one, bands=tuple(band for band in one.bands if band.kind == "ready"), goals=(), aims=())
        for one in drawn
    )
    return Looked(
        replace(section, stills=(), plots=tuple(bare), lanes=(*section.lanes, *_labelled(labels, chart))),
        tuple(bound_as_json(spec, bound) | {"spans": _spans(bound, chart)} for bound in bounds),
        labelling(labels, report, seen.name),
    )


def _labelled(labels: Labels | None, chart: Chart) -> list[Lane]:
    lane = None if labels is None else label_lane(labels, chart)
    return [lane] if lane is not None and lane.bars else []


def _values(bounds: Iterable[Bound]) -> Mapping[str, list[float]]:
    """By measure, the values that its plot must have room for."""
    found: dict[str, list[float]] = defaultdict(list)
    for one in bounds:
        found[one.measure] += one.range
    return found


def _spans(bound: Bound, chart: Chart) -> list[tuple[int, int]]:
    """When a bound is judged, in units of a plot: from where, and how wide."""
    if not len(chart.t):
        return []
    start = chart.t[0]
    if not bound.during:
        return [(0, max(1, units(chart.t[-1], start)))]
    spans = chart.spans(chart.during(*bound.during))
    return [(units(begin, start), max(1, units(end, start) - units(begin, start))) for begin, end in spans]


def bound_as_json(spec: Spec, bound: Bound) -> Json:
    """A bound for the page; an end that is open, or that nothing can pass, is null."""
    limits = reach(spec, bound.measure)
    return {
        "address": bound.address,
        "measure": bound.measure,
        "name": sentence(plain(bound.measure)),
        "unit": bound.unit,
        "of": bound.of,
        "title": bound.title,
        "low": _finite(bound.range.low),
        "high": _finite(bound.range.high),
        "tolerance": bound.tolerance,
        "step": bound.step,
        "least": None if limits is None else _finite(limits.low),
        "most": None if limits is None else _finite(limits.high),
    }


def outcomes_as_json(
    names: Sequence[str], tallies: Mapping[str, tuple[Tally, Tally]], outcomes: Mapping[str, Outcome]
) -> Json:
    """What moved bounds do to the open recordings, for the page.

    Args:
        names: of the recordings, in their order.
        tallies: of those that are counted already, before and after.
        outcomes: of those that are judged already. While some are not, sums that take judging are null.
    """
    rows = {name: _row(tallies[name], outcomes.get(name)) for name in names if name in tallies}
    waiting = len(set(names) - outcomes.keys())
    listed = [(name, change) for name in names if name in outcomes for change in outcomes[name].changes]
    return {
        "sums": {
            **{what: add_up(row[what] for row in rows.values()) for what in ("counted", "held_s")},
            **{
                what: None if waiting else add_up(getattr(one, what) for one in outcomes.values())
                for what in ("to_dose", "faults", "cues")
            },
        },
        "recordings": {name: {**row, **_changes_of(outcomes.get(name))} for name, row in rows.items()},
        "changes": [
            {
                "recording": name,
                "t": change.t,
                "clock": clock(change.t),
                "what": change.what,
                "side": change.side,
                "before": change.before,
                "after": change.after,
            }
            for name, change in listed[:MOST_CHANGES]
        ],
        "changed": len(listed),
        "waiting": waiting,
        "uncounted": len(names) - len(rows),
    }


def _row(pair: tuple[Tally, Tally], judged: Outcome | None) -> dict[str, Pair]:
    """What one recording counts: as judged, else as tallied."""
    if judged is not None:
        return {"counted": judged.counted, "held_s": judged.held_s}
    before, after = pair
    return {"counted": (before.counted, after.counted), "held_s": (before.held_s, after.held_s)}


def _changes_of(judged: Outcome | None) -> Json:
    return {"changes": 0 if judged is None else len(judged.changes)}


def value_in_words(value: Value | None) -> str:
    """Bounds or a number of an exercise's file as a person reads them."""
    if isinstance(value, Range):
        return f"{value_in_words(value.low)} to {value_in_words(value.high)}"
    if value is None:
        return "not given"
    return f"{value:g}".replace("-", "−") if math.isfinite(value) else "open"


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
