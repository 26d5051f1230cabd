"""How fast `formcoach replay` goes through a video, against the plain loop that everyone writes.

    python benchmarks/replay.py VIDEO

Both look at the same video with the same model file, in turns, from opening it to closing it. The plain
loop reads with OpenCV, swaps the colours and asks MediaPipe; it coaches nothing. The other one is what
`formcoach replay` does without `--video`: it coaches every picture and makes the report.
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
from measuring import Result, median, model_path, ms, parser, quantile, run, spec_path
from mediapipe import Image, ImageFormat
from mediapipe.tasks.python import BaseOptions, vision

from formcoach.replaying import replay_video
from formcoach.spec import Spec
from formcoach.spec_file import read_spec

LEAST = 1.15


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
    loop: list[Pass] = []
    ours: list[Pass] = []
    for turn in range(options.rounds):
        # Who goes first changes, in case the first one warms the machine for the second.
        for way, passes in ((plain, loop), (coached, ours))[:: -1 if turn % 2 else 1]:
            passes.append(go(way, video, spec, model))
    pictures = len(ours[0].steps) + 1
    ratios = [a.wall / b.wall for a, b in zip(loop, ours, strict=True)]
    faster = median(ratios)
    lighter = median([a.cpu / b.cpu for a, b in zip(loop, ours, strict=True)])
    rows = [["", "pictures/s", "a picture", "p95", "processor, a picture"]]
    figures = {"faster": faster, "lighter": lighter, "pictures": float(pictures)}
    for name, passes in (("plain loop", loop), ("formcoach replay", ours)):
        wall = median([one.wall for one in passes]) / pictures
        cpu = median([one.cpu for one in passes]) / pictures
        p95 = median([quantile(one.steps, 0.95) for one in passes])
        rows.append([name, f"{1 / wall:.1f}", ms(wall), ms(p95), ms(cpu)])
        key = name.replace(" ", "_")
        figures |= {f"{key}_s": wall, f"{key}_p95_s": p95, f"{key}_cpu_s": cpu}
    rows.append(["formcoach is faster by", f"{faster:.2f} ×", "", "", f"{lighter:.2f} ×"])
    return Result(
        "replay",
        f"`formcoach replay` is at least {LEAST} times as fast as the plain loop",
        faster >= LEAST,
        rows,
        figures,
        f"{video.stem}, {pictures} pictures, {options.rounds} rounds in turns: from {min(ratios):.2f} × to "
        f"{max(ratios):.2f} × in a round.",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    made = parser("Time a replay against the plain loop.", video=True)
    made.add_argument("--rounds", type=int, default=5, help="default: 5")
    return run(made, measure, arguments)


if __name__ == "__main__":
    sys.exit(main())
