"""How fast `formcoach replay` goes through a video, against the plain loop that everyone writes.

    python benchmarks/replay.py VIDEO

Both look at the same video with the same model file, in turns, from opening it to closing it. The plain
loop reads with OpenCV, swaps the colours and asks MediaPipe; it coaches nothing. The other one is what
`formcoach replay` does without `--video`: it coaches every picture and makes the report. Where the exercise
wants the outline of the back, which the plain loop has not, it is also timed without that.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import cv2
from back_cost import without_back
from measuring import Result, median, model_path, ms, parser, quantile, run, spec_path
from mediapipe import Image, ImageFormat
from mediapipe.tasks.python import BaseOptions, vision

from formcoach.replaying import replay_video
from formcoach.spec import Spec
from formcoach.spec_file import read_spec

LEAST = 1.0
LEAST_WITHOUT_BACK = 1.15
"""How many times as fast as the plain loop it should be."""


@dataclass(frozen=True, slots=True)
class Pass:
    """One way through the video: seconds on the clock, of all processors, and between pictures."""

    wall: float
    cpu: float
    steps: tuple[float, ...]


def plain(video: Path, _spec: Spec, model: Path, shown: list[float]) -> None:
    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(model)), running_mode=vision.RunningMode.VIDEO
    )
    capture = cv2.VideoCapture(str(video))
    with vision.PoseLandmarker.create_from_options(options) as landmarker:
        last = -1
        while True:
            good, image = capture.read()
            if not good:
                break
            last = max(last + 1, round(capture.get(cv2.CAP_PROP_POS_MSEC)))
            rgb = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
            landmarker.detect_for_video(Image(image_format=ImageFormat.SRGB, data=rgb), last)
            shown.append(time.perf_counter())
    capture.release()


def coached(video: Path, spec: Spec, model: Path, shown: list[float]) -> None:
    replay_video(video, spec, model, progress=lambda _t: shown.append(time.perf_counter()))


def go(way, video: Path, spec: Spec, model: Path) -> Pass:
    shown: list[float] = []
    began, before = time.perf_counter(), os.times()
    way(video, spec, model, shown)
    wall, after = time.perf_counter() - began, os.times()
    cpu = after.user - before.user + after.system - before.system
    return Pass(wall, cpu, tuple(b - a for a, b in pairwise(shown)))


def measure(options: argparse.Namespace) -> Result:
    spec, model, video = read_spec(spec_path(options)), model_path(options), options.video
    ways = {"plain loop": (plain, spec), "formcoach replay": (coached, spec)}
    if spec.wants_back:
        ways["without the back"] = (coached, without_back(spec))
    passes: dict[str, list[Pass]] = {name: [] for name in ways}
    for turn in range(options.rounds):
        # Who goes first changes, in case the first one warms the machine for the second.
        for name in list(ways)[:: -1 if turn % 2 else 1]:
            way, of = ways[name]
            passes[name].append(go(way, video, of, model))
    pictures = len(passes["formcoach replay"][0].steps) + 1
    rows = [["", "pictures/s", "a picture", "p95", "processor, a picture", "faster by", "lighter by"]]
    figures = {"pictures": float(pictures)}
    for name in ways:
        row, figures_of = _row(name, passes[name], passes["plain loop"], pictures)
        rows.append(row)
        figures |= figures_of
    ratios = _ratios(passes["formcoach replay"], passes["plain loop"], "wall")
    return Result(
        "replay",
        "`formcoach replay` is not slower than the plain loop, and without the outline of the back "
        f"{LEAST_WITHOUT_BACK} times as fast",
        figures["formcoach_replay_faster"] >= LEAST
        and figures.get("without_the_back_faster", figures["formcoach_replay_faster"]) >= LEAST_WITHOUT_BACK,
        rows,
        figures,
        f"{video.stem}, {pictures} pictures, {options.rounds} rounds in turns: from {min(ratios):.2f} × to "
        f"{max(ratios):.2f} × in a round.",
    )


def _row(
    name: str, passes: Sequence[Pass], loop: Sequence[Pass], pictures: int
) -> tuple[list[str], dict[str, float]]:
    """A row of the table, and the same as numbers."""
    wall = median([one.wall for one in passes]) / pictures
    cpu = median([one.cpu for one in passes]) / pictures
    p95 = median([quantile(one.steps, 0.95) for one in passes])
    faster, lighter = (median(_ratios(passes, loop, of)) for of in ("wall", "cpu"))
    key = name.replace(" ", "_")
    figures = {"s": wall, "p95_s": p95, "cpu_s": cpu, "faster": faster, "lighter": lighter}
    cells = [name, f"{1 / wall:.1f}", ms(wall), ms(p95), ms(cpu), f"{faster:.2f} ×", f"{lighter:.2f} ×"]
    return cells, {f"{key}_{what}": figure for what, figure in figures.items()}


def _ratios(passes: Sequence[Pass], loop: Sequence[Pass], of: str) -> list[float]:
    return [getattr(a, of) / getattr(b, of) for a, b in zip(loop, passes, strict=True)]


def main(arguments: Sequence[str] | None = None) -> int:
    made = parser("Time a replay against the plain loop.", video=True)
    made.add_argument("--rounds", type=int, default=5, help="default: 5")
    return run(made, measure, arguments)


if __name__ == "__main__":
    sys.exit(main())
