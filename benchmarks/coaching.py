"""What coaching and drawing cost beside finding the pose.

    python benchmarks/coaching.py VIDEO

A replay that shows every picture (without writing a video) is timed inside: how long the processor is
busy with coach and overlay, of the time from one picture shown to the next. In turns with it, the same
pictures go through decoding and the model alone: the difference is what coaching and drawing add.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

from measuring import Result, median, model_path, ms, parser, percent, quantile, run, spec_path

from formcoach.ahead import Ahead
from formcoach.overlay import Overlay
from formcoach.pose import PoseReader
from formcoach.replaying import replay_video
from formcoach.session import Session
from formcoach.spec import Spec
from formcoach.spec_file import read_spec
from formcoach.video_file import VideoFile

MOST = 0.05


@contextmanager
def timed(owner: type, method: str) -> Iterator[list[float]]:
    """Seconds of the processor that each call of a method takes."""
    took: list[float] = []
    original = getattr(owner, method)

    def call(*arguments, **named):
        began = time.thread_time()
        answer = original(*arguments, **named)
        took.append(time.thread_time() - began)
        return answer

    with patch.object(owner, method, call):
        yield took


def model_alone(video: Path, model: Path) -> list[float]:
    """Seconds from one picture to the next, with nothing done about them."""
    shown: list[float] = []
    with ExitStack() as stack:
        source = stack.enter_context(VideoFile(video))
        pose = stack.enter_context(PoseReader(model))
        for _ in stack.enter_context(Ahead((pose.read(frame) for frame in source), 1, "pose")):
            shown.append(time.perf_counter())
    return [b - a for a, b in pairwise(shown)]


def shown_whole(video: Path, spec: Spec, model: Path) -> list[float]:
    """Seconds from one picture shown to the next in a replay."""
    shown: list[float] = []

    def watch(*_) -> bool:
        shown.append(time.perf_counter())
        return True

    replay_video(video, spec, model, watch=watch)
    return [b - a for a, b in pairwise(shown)]


def measure(options: argparse.Namespace) -> Result:
    spec, model, video = read_spec(spec_path(options)), model_path(options), options.video
    steps: list[float] = []
    alone: list[float] = []
    added: list[float] = []
    with timed(Session, "take") as coach, timed(Overlay, "draw") as draw:
        for _ in range(options.rounds):
            these, those = shown_whole(video, spec, model), model_alone(video, model)
            added.append(median(these) / median(those) - 1)
            steps += these
            alone += those
    both = [a + b for a, b in zip(coach, draw, strict=True)]
    share, adds = median(both) / median(steps), median(added)
    rows = [["a picture", "median", "p95", "of the whole"]]
    for name, values in (
        ("coaching", coach),
        ("drawing", draw),
        ("coaching and drawing", both),
        ("the whole, shown", steps),
        ("the whole, model alone", alone),
    ):
        part = median(values) / median(steps)
        rows.append([name, ms(median(values)), ms(quantile(values, 0.95)), percent(part)])
    return Result(
        "coaching",
        f"coaching and drawing take at most {percent(MOST)} of a picture's time",
        share <= MOST,
        rows,
        {
            "coach_s": median(coach),
            "draw_s": median(draw),
            "picture_s": median(steps),
            "share": share,
            "added_share": adds,
        },
        f"{video.stem}, {options.rounds} rounds in turns. Both go on while the model looks at the next "
        f"picture: what they add to a picture's time is {percent(adds)}.",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    made = parser("Time coaching and drawing within a replay.", video=True)
    made.add_argument("--rounds", type=int, default=3, help="default: 3")
    return run(made, measure, arguments)


if __name__ == "__main__":
    sys.exit(main())
