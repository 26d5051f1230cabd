"""The labels of a recording as the studio shows and edits them: a lane of the timeline, and plain data."""

from __future__ import annotations

from formcoach.charting import Chart
from formcoach.labels import Labels, Span, TrueFault, TrueRepetition, as_plain
from formcoach.page_plots import Bar, Lane
from formcoach.plotting import units
from formcoach.quantities import plain
from formcoach.report import SessionReport
from formcoach.report_text import clock
from formcoach.spec import Spec

HEIGHT = 26
"""Of the lane, pixels: spans above, repetitions, holds and faults below."""

_TOP, _HALF = 2, 10


def label_lane(labels: Labels, chart: Chart) -> Lane:
    """What is labelled, along the same axis as the lanes above it."""

    def bar(one: Span | TrueFault | TrueRepetition, y: float, kind: str, words: str) -> Bar:
        x = units(one.start, chart.t[0])
        return Bar(x, max(1, units(one.end, chart.t[0]) - x), y, _HALF, kind, f"{words}, {clock(one.start)}")

    bars = [
        *(bar(one, _TOP, "good-form", "Good form") for one in labels.good),
        *(bar(one, _TOP + _HALF + 2, "true", "Held") for one in labels.holds or ()),
        *(
            bar(one, _TOP + _HALF + 2, "true", f"Repetition {number}")
            for number, one in enumerate(labels.repetitions or (), 1)
        ),
        *(bar(one, _TOP, "fix", plain(one.kind)) for one in labels.all_faults),
    ]
    return Lane("Labelled", HEIGHT, tuple(bars), ())


def counted_as_labels(report: SessionReport, file: str) -> Labels:
    """What a report counts, as labels to begin from: what is wrong with them is for a person to say."""
    reps = tuple(
        TrueRepetition(round(one.start, 2), round(one.end, 2), round(one.turn, 2))
        for one in report.repetitions
        if one.performed
    )
    rounds = tuple(
        TrueRepetition(round(one.start, 2), round(one.end, 2)) for one in report.rounds if one.performed
    )
    holds = tuple(Span(round(one.start, 2), round(one.end, 2)) for one in report.holds)
    return Labels(file, report.spec.id, reps or rounds or None, holds or None)


def labelling(labels: Labels | None, report: SessionReport, file: str) -> dict[str, object]:
    """All that the page needs to edit the labels of a recording, ready for JSON.

    Args:
        labels: as they are; None where there are none.
        report: what is counted by the exercise as it is.
        file: the recording's own name.
    """
    return {
        "labels": as_plain(labels or Labels(file, report.spec.id)),
        "counted": as_plain(counted_as_labels(report, file)),
        "kinds": [{"kind": kind, "words": plain(kind)} for kind in fault_kinds(report.spec)],
        "holds": report.spec.kind == "hold",
    }


def fault_kinds(spec: Spec) -> list[str]:
    """The common names of all faults that an exercise knows."""
    of_checks = (
        check.fault_kind(direction)
        for check in spec.checks.values()
        for direction in ("low", "high")
        if check.cue(direction)
    )
    return sorted({*of_checks, *(wrong.kind or wrong.name for wrong in spec.wrong.values())})
