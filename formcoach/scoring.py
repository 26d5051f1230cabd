"""How right a report is: repetitions, holds and faults against ground truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from formcoach.labels import ANY_FAULT, Labels, TrueFault
from formcoach.report import SessionReport


@dataclass(frozen=True, slots=True)
class Truth:
    """What happens in a clip.

    Attributes:
        file: the clip's file name.
        exercise: the id to coach it as, or None where it shows none of them.
        repetitions: how many were performed.
        hold_s: seconds held in form, or None where holds are not labelled.
        faults: the faults labelled.
        clean: whether form is vouched for throughout.
    """

    file: str
    exercise: str | None
    repetitions: int
    hold_s: float | None
    faults: tuple[TrueFault, ...]
    clean: bool


def truth_of(labels: Labels) -> Truth:
    """What a report can be held against, of all that was labelled; no repetitions where none are."""
    repetitions = len(labels.repetitions or ())
    held = None if labels.holds is None else sum(span.end - span.start for span in labels.holds)
    return Truth(labels.file, labels.exercise, repetitions, held, labels.all_faults, labels.clean)


@dataclass(frozen=True, slots=True)
class Score:
    """One clip's truth beside what was measured.

    Attributes:
        faults_false: faults that no label accounts for. On a clean clip each is a false alarm; on
            any other it is only not vouched for.
        fps: samples a second through everything.
    """

    file: str
    exercise: str | None
    clean: bool
    repetitions_true: int
    repetitions: int
    hold_s_true: float | None
    hold_s: float
    faults_true: int
    faults_found: int
    faults_false: int
    unseen_s: float
    fps: float

    @property
    def hold_error_s(self) -> float | None:
        """How far the measured hold is off, where it is labelled."""
        return None if self.hold_s_true is None else self.hold_s - self.hold_s_true


@dataclass(frozen=True, slots=True)
class _Found:
    kind: str
    start: float
    end: float


def score(truth: Truth, reports: Sequence[SessionReport], tolerance_s: float, fps: float) -> Score:
    """Compare a clip's reports with its truth.

    Args:
        truth: what happens in it.
        reports: the report of the clip's exercise; of several, all are added up, as for a clip
            that shows none and is coached as each.
        tolerance_s: how far labels in time may be off.
        fps: samples a second, to be passed on.
    """
    found = [fault for report in reports for fault in _faults(report)]
    hits = [fault for fault in truth.faults if any(_match(fault, one, tolerance_s) for one in found)]
    stray = [one for one in found if not any(_match(fault, one, tolerance_s) for fault in truth.faults)]
    return Score(
        truth.file,
        truth.exercise,
        truth.clean,
        truth.repetitions,
        sum(one.performed for report in reports for one in report.attempts),
        truth.hold_s,
        sum(report.hold_s for report in reports),
        len(truth.faults),
        len(hits),
        len(stray),
        max((sum(report.nobody_s.values()) for report in reports), default=0.0),
        fps,
    )


def _faults(report: SessionReport) -> list[_Found]:
    lasting = [_Found(fault.kind, fault.start, fault.end) for fault in report.faults]
    ways = {wrong.kind or wrong.name for wrong in report.spec.wrong.values()}
    return lasting + [_Found(r.kind, r.start, r.end) for r in report.repetitions if r.kind in ways]


def _match(truth: TrueFault, found: _Found, tolerance_s: float) -> bool:
    overlaps = found.start <= truth.end + tolerance_s and found.end >= truth.start - tolerance_s
    return overlaps and truth.kind in (found.kind, ANY_FAULT)


@dataclass(frozen=True, slots=True)
class Summary:
    """All clips together."""

    clips: int
    counted_exactly: int
    within_one: int
    count_mae: float
    hold_error_max_s: float
    faults_missed: int
    faults_false_on_clean: int


def add_up(scores: Sequence[Score]) -> Summary:
    """The sums below the table."""
    off = [abs(one.repetitions - one.repetitions_true) for one in scores]
    holds = [abs(one.hold_error_s) for one in scores if one.hold_error_s is not None]
    return Summary(
        clips=len(scores),
        counted_exactly=sum(error == 0 for error in off),
        within_one=sum(error <= 1 for error in off),
        count_mae=sum(off) / len(off) if off else 0.0,
        hold_error_max_s=max(holds, default=0.0),
        faults_missed=sum(one.faults_true - one.faults_found for one in scores),
        faults_false_on_clean=sum(one.faults_false for one in scores if one.clean),
    )
