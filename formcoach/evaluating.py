"""Evaluation: clips with ground truth through the whole coach, into one table."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from formcoach.errors import FormcoachError
from formcoach.replaying import samples_of
from formcoach.scoring import Score, Summary, TrueFault, Truth, add_up, score
from formcoach.session import coach_through
from formcoach.spec import Spec

FORMAT = 1


def read_truth(path: Path) -> tuple[list[Truth], float]:
    """The clips of a ground-truth file, and how far its labels in time may be off, seconds.

    Raises:
        FormcoachError: the file cannot be read, or is not ground truth of this format.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise FormcoachError(f"There is no file {path}; name a ground-truth JSON file.") from None
    except (OSError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise FormcoachError(f"{path} cannot be read as JSON: {error}.") from None
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("clips"), list):
        raise FormcoachError(f'{path} is no ground truth: it needs "format": {FORMAT} and a list "clips".')
    try:
        clips = [_truth(clip) for clip in data["clips"]]
        return clips, _span(0.0, data.get("time_tolerance_s", 0.3))[1]
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
        raise FormcoachError(
            f"{path}: a clip lacks a field or has a wrong one ({type(error).__name__}: {error}); "
            "docs/evaluation.md lists them."
        ) from None


def _truth(clip: Mapping[str, Any]) -> Truth:
    holds = clip["holds"]
    labelled = bool(holds) or not clip["repetitions"]
    return Truth(
        file=str(clip["file"]),
        exercise=None if clip["exercise"] is None else str(clip["exercise"]),
        repetitions=len(clip["repetitions"]),
        hold_s=sum(end - start for start, end in map(_times, holds)) if labelled else None,
        faults=tuple(TrueFault(str(fault["kind"]), *_times(fault)) for fault in clip["faults"]),
        clean=bool(clip["clean"]),
    )


def _times(label: Mapping[str, Any]) -> tuple[float, float]:
    return _span(label["start"], label["end"])


def _span(start: Any, end: Any) -> tuple[float, float]:
    """Two moments in their order; NaN and infinity, which Python takes for JSON, are none."""
    first, last = float(start), float(end)
    if not -math.inf < first <= last < math.inf:
        raise ValueError(f"from {first:g} to {last:g} s is no stretch of time")
    return first, last


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
        samples = list(samples_of(folder / truth.file, model, back=wants_back))
        reports = [coach_through(specs[one], samples) for one in ids]
        fps = len(samples) / (time.perf_counter() - began)
        scores.append(score(truth, reports, tolerance_s, fps))
    return scores


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
