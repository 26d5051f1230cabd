"""Evaluation: recordings and clips with ground truth through the whole coach, into one table."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from formcoach.actions import Action
from formcoach.errors import FormcoachError
from formcoach.label_file import read_labels
from formcoach.landmarks import PoseSample
from formcoach.recording import SUFFIX, read_recording
from formcoach.replaying import samples_of
from formcoach.scoring import Score, Summary, Truth, add_up, score, truth_of
from formcoach.session import coach_through
from formcoach.spec import Spec
from formcoach.spec_lint.table import quoted

NEEDED = ("exercise", "repetitions", "holds", "faults", "clean")
"""What is needed of a clip that is scored: an empty list says that there is nothing of the kind."""


def read_truth(path: Path) -> tuple[list[Truth], float]:
    """The clips of a ground-truth file, and how far its labels in time may be off, seconds.

    Raises:
        FormcoachError: the file cannot be read, is not ground truth of this format, or has faults.
    """
    found = read_labels(path, needed=NEEDED)
    for one in found.labels:
        if Path(one.file).is_absolute() or ".." in Path(one.file).parts:
            raise FormcoachError(
                f"{path} names {quoted(one.file)}, which is not in its folder; move the clip there."
            )
    return [truth_of(labels) for labels in found.labels], found.tolerance_s


def evaluate(
    clips: Iterable[Truth],
    folder: Path,
    model: Path,
    specs: Mapping[str, Spec],
    *,
    tolerance_s: float,
    disguise: Sequence[str] = (),
    started: Callable[[Truth], None] | None = None,
) -> list[Score]:
    """Score clips, each by its own exercise.

    Args:
        clips: what to score; a clip whose exercise is not among `specs` is an error of the caller.
        folder: where the clips lie.
        model: the pose model's file.
        specs: by exercise id.
        tolerance_s: how far labels in time may be off.
        disguise: what to coach a clip as that shows none of the exercises; empty = as every one.
        started: is told when a clip begins.
    """
    scores = []
    for truth in clips:
        if started is not None:
            started(truth)
        began = time.perf_counter()
        ids = [truth.exercise] if truth.exercise else disguise or sorted(specs)
        wants_back = any(specs[one].wants_back for one in ids)
        stream = list(_stream_of(folder / truth.file, model, back=wants_back))
        reports = [coach_through(specs[one], stream) for one in ids]
        fps = len(stream) / (time.perf_counter() - began)
        scores.append(score(truth, reports, tolerance_s, fps))
    return scores


def _stream_of(path: Path, model: Path, *, back: bool) -> Iterable[PoseSample | Action]:
    """What a recording holds, or what the pose model sees in a video."""
    return read_recording(path).stream() if path.suffix == SUFFIX else samples_of(path, model, back=back)


LEGEND = (
    "true / measured; faults: true / found / not labelled; * = miscounted, ! = false alarm on a clean clip"
)
HEADINGS = ("clip", "exercise", "reps", "hold s", "faults", "unseen s", "frames/s")


def table(scores: Sequence[Score]) -> str:
    """One row a clip and the sums below it, as text."""
    rows = [HEADINGS, *(_row(one) for one in scores)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = [
        "  ".join(
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join([*lines, "", LEGEND, *_sums(add_up(scores))])


def _row(one: Score) -> tuple[str, ...]:
    off = " *" if one.repetitions != one.repetitions_true else ""
    held = f"{one.hold_s:.1f}"
    alarm = "!" if one.clean and one.faults_false else ""
    return (
        one.file,
        one.exercise or "(none)",
        f"{one.repetitions_true} / {one.repetitions}{off}",
        f"- / {held}" if one.hold_s_true is None else f"{one.hold_s_true:.1f} / {held}",
        f"{one.faults_true} / {one.faults_found} / {one.faults_false}{alarm}",
        f"{one.unseen_s:.1f}",
        f"{one.fps:.0f}",
    )


def _sums(summary: Summary) -> list[str]:
    return [
        f"{summary.clips} clips: {summary.counted_exactly} counted exactly, {summary.within_one} within one, "
        f"mean count error {summary.count_mae:.2f}",
        f"largest hold error {summary.hold_error_max_s:.2f} s; {summary.faults_missed} faults missed; "
        f"{summary.faults_false_on_clean} false alarms on clean clips",
    ]


def as_dict(scores: Sequence[Score]) -> dict[str, object]:
    """The table as plain data for JSON."""
    return {
        "clips": [
            {
                name: round(value, 3) if isinstance(value, float) else value
                for name, value in asdict(one).items()
            }
            for one in scores
        ],
        "summary": {
            name: round(value, 3) if isinstance(value, float) else value
            for name, value in asdict(add_up(scores)).items()
        },
    }
