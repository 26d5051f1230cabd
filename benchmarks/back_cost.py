"""What reading the back costs: the same clips replayed with and without it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import median

import numpy as np
from measuring import exercise_in

from formcoach.replaying import replay_video
from formcoach.spec import Spec
from formcoach.spec_file import find_spec, read_spec, stock_folder

ROUNDS = 7
STARTING = 10
"""The first pictures start the model up and are left out."""
DRAWN = stock_folder().parent / "recordings" / "demo-plank.mp4"


def without_back(spec: Spec) -> Spec:
    """The same exercise, its back not looked at."""
    measures = {name: one for name, one in spec.measures.items() if not one.kind.startswith("bow")}
    checks = {name: one for name, one in spec.checks.items() if one.measure in measures}
    return replace(spec, measures=measures, checks=checks)


def measure(model: Path, clips: Sequence[Path]) -> str:
    return "\n".join([*_HEAD, *(_row(model, clip) for clip in (DRAWN, *clips))])


_HEAD = (
    "| clip | pictures | plain, ms a picture | with the back | ratio | slowest 5 %, plain | and with it |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
)


def _row(model: Path, clip: Path) -> str:
    spec = read_spec(find_spec(exercise_in(clip)))
    ways = {"plain": without_back(spec), "back": spec}
    totals: dict[str, list[float]] = {name: [] for name in ways}
    slow: dict[str, list[float]] = {name: [] for name in ways}
    pictures = 0
    for turn in range(ROUNDS):
        # Who goes first changes, in case the first one warms the machine for the second.
        for name in sorted(ways, reverse=bool(turn % 2)):
            steps = _steps(clip, ways[name], model)
            pictures = len(steps)
            totals[name].append(float(np.mean(steps)))
            slow[name].append(float(np.percentile(steps, 95)))
    plain, back = (median(totals[name]) for name in ("plain", "back"))
    ratio = median(b / a for a, b in zip(totals["plain"], totals["back"], strict=True))
    return (
        f"| {clip.stem} | {pictures} | {1000 * plain:.1f} | {1000 * back:.1f} | {ratio:.2f} | "
        f"{1000 * median(slow['plain']):.1f} | {1000 * median(slow['back']):.1f} |"
    )


def _steps(clip: Path, spec: Spec, model: Path) -> list[float]:
    """Seconds from each picture to the next."""
    shown: list[float] = []
    replay_video(clip, spec, model, progress=lambda _t: shown.append(time.perf_counter()))
    return [b - a for a, b in pairwise(shown)][STARTING:]
