"""What coaching and drawing cost of a frame's time, where no video is written.

    python benchmarks/coaching.py VIDEO

`formcoach replay` draws nothing then: the coach takes a part of its time from one picture to the next.
`formcoach live` coaches and draws each picture of the camera; a video at its own pace stands for that, with
a window off screen. Timed is how long the processor is busy with it. Beside the camera's pace stands the
time that the machine spends on a picture, which is shorter.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

from live import OffScreen
from measuring import Result, median, model_path, ms, parser, percent, quantile, run, spec_path

from formcoach.camera import LiveCamera
from formcoach.frame import Image
from formcoach.live import run_live
from formcoach.overlay import Overlay
from formcoach.replaying import replay_video
from formcoach.session import Session
from formcoach.spec import Spec
from formcoach.spec_file import read_spec

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


class Clocked(OffScreen):
    """Notes when each picture was shown."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.at: list[float] = []

    def show(self, image: Image) -> None:
        super().show(image)
        self.at.append(time.perf_counter())


@dataclass(frozen=True, slots=True)
class Sessions:
    """Seconds of some sessions: of the processor for each picture, and from one picture to the next."""

    coach: Sequence[float]
    draw: Sequence[float]
    steps: Sequence[float]
    handling: Sequence[float]
    """From a live picture handed over till it is drawn."""

    @property
    def busy(self) -> float:
        return median(self.coach) + (median(self.draw) if self.draw else 0.0)

    @property
    def share(self) -> float:
        return self.busy / median(self.steps)


def replayed(video: Path, spec: Spec, model: Path, rounds: int) -> Sessions:
    """`formcoach replay VIDEO`, some times."""
    steps: list[float] = []
    with timed(Session, "take") as coach, timed(Overlay, "draw") as draw:
        for _ in range(rounds):
            at: list[float] = []
            replay_video(video, spec, model, progress=lambda _, at=at: at.append(time.perf_counter()))
            steps += [b - a for a, b in pairwise(at)]
    return Sessions(coach, draw, steps, ())


def lived(video: Path, spec: Spec, model: Path, rounds: int, seconds: float) -> Sessions:
    """`formcoach live --camera VIDEO`, some times."""
    steps: list[float] = []
    handling: list[float] = []
    with timed(Session, "take") as coach, timed(Overlay, "draw") as draw:
        for _ in range(rounds):
            screen = Clocked(seconds)
            with LiveCamera(video) as camera:
                handling += run_live(spec, camera, model, screen).latencies_s[1:]
            steps += [b - a for a, b in pairwise(screen.at)]
    return Sessions(coach, draw, steps, handling)


def rows_of(name: str, one: Sessions) -> list[list[str]]:
    """The table's rows of these sessions."""
    of = [("coaching", one.coach), ("drawing", one.draw)] if one.draw else [("coaching", one.coach)]
    step, late = median(one.steps), quantile(one.steps, 0.95)
    rows = [
        [f"{name}: {what}", ms(median(took)), ms(quantile(took, 0.95)), percent(median(took) / step)]
        for what, took in of
    ]
    return [*rows, [f"{name}: from picture to picture", ms(step), ms(late), "100.0 %"]]


def measure(options: argparse.Namespace) -> Result:
    spec, model, video = read_spec(spec_path(options)), model_path(options), options.video
    replay = replayed(video, spec, model, options.rounds)
    live = lived(video, spec, model, options.rounds, options.seconds)
    handling = median(live.handling)
    return Result(
        "coaching",
        f"coaching and drawing take at most {percent(MOST)} of a frame's time, replayed and live",
        max(replay.share, live.share) <= MOST,
        [["a picture", "median", "p95", "of its time"], *rows_of("replay", replay), *rows_of("live", live)],
        {
            "replay_coach_s": median(replay.coach),
            "replay_picture_s": median(replay.steps),
            "replay_share": replay.share,
            "live_coach_s": median(live.coach),
            "live_draw_s": median(live.draw),
            "live_picture_s": median(live.steps),
            "live_share": live.share,
            "live_handling_s": handling,
            "live_share_of_handling": live.busy / handling,
        },
        f"{video.stem}, {options.rounds} sessions each. Replayed {percent(replay.share)}, live "
        f"{percent(live.share)}; with a camera of 30 frames a second it would be {percent(30 * live.busy)}. "
        f"A live picture is drawn {ms(handling)} after it was handed over; {percent(live.busy / handling)} "
        "of that is coaching and drawing, done with cold caches, for the model ran in between.",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    made = parser("Time coaching and drawing, replayed and live.", video=True)
    made.add_argument("--rounds", type=int, default=3, help="sessions of each (default: 3)")
    made.add_argument("--seconds", type=float, default=60.0, help="end a live session after (default: 60)")
    return run(made, measure, arguments)


if __name__ == "__main__":
    sys.exit(main())
