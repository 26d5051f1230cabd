"""How long after it is handed over a live picture is drawn, and whether the lag grows.

    python benchmarks/live.py VIDEO

The video stands for the camera: it is shown at its own pace to `formcoach live`'s own loop, with a window
off screen. A window adds the time that the desktop takes to show a picture.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from measuring import Result, median, model_path, ms, parser, quantile, run, spec_path

from formcoach.camera import LiveCamera
from formcoach.frame import Frame, Image
from formcoach.live import run_live
from formcoach.spec_file import read_spec

MOST = 1.5


class OffScreen:
    """A window that nobody sees; it asks to end when the time is up."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self.shown = 0

    def show(self, _image: Image) -> None:
        self.shown += 1

    def size(self) -> tuple[int, int] | None:
        return None

    def key(self) -> str:
        return "end" if time.monotonic() > self._end else ""


class WatchedCamera(LiveCamera):
    """Notes when each picture was handed over, against its own time."""

    def __init__(self, source) -> None:
        self.handed: list[float] = []
        super().__init__(source)

    def latest(self, timeout: float) -> Frame | None:
        frame = super().latest(timeout)
        if frame is not None:
            self.handed.append(time.monotonic() - frame.t)
        return frame


@dataclass(frozen=True, slots=True)
class Live:
    """One session, in seconds: without its first picture, which waits while the model warms up."""

    latencies: tuple[float, ...]
    inferences: tuple[float, ...]
    lags: tuple[float, ...]
    come: int
    dropped: int

    @property
    def p95_in_inferences(self) -> float:
        return quantile(self.latencies, 0.95) / median(self.inferences)

    @property
    def model_p95_in_inferences(self) -> float:
        return quantile(self.inferences, 0.95) / median(self.inferences)

    @property
    def third(self) -> int:
        """A third of the session, in pictures."""
        return max(1, len(self.lags) // 3)


def session(options: argparse.Namespace) -> Live:
    spec, model = read_spec(spec_path(options)), model_path(options)
    with WatchedCamera(options.video) as camera:
        result = run_live(spec, camera, model, OffScreen(options.seconds))
    waits = [at - min(camera.handed) for at in camera.handed[1:]]
    inferences = result.inferences_s[1:]
    lags = tuple(a + b for a, b in zip(waits, inferences, strict=False))
    come = len(camera.handed) + result.dropped
    return Live(result.latencies_s[1:], inferences, lags, come, result.dropped)


def measure(options: argparse.Namespace) -> Result:
    sessions = [session(options) for _ in range(options.rounds)]
    rows = [["of each session", "median", "p95", "longest"]]
    for name, of in (
        ("handed over till drawn", lambda one: one.latencies),
        ("of that, the model", lambda one: one.inferences),
        ("taken by the camera till pose found", lambda one: one.lags),
    ):
        figures = [(median(of(one)), quantile(of(one), 0.95), max(of(one))) for one in sessions]
        rows.append([name, *(ms(median(column)) for column in zip(*figures, strict=True))])
    ratios = [one.p95_in_inferences for one in sessions]
    early = median([median(one.lags[: one.third]) for one in sessions])
    late = median([median(one.lags[-one.third :]) for one in sessions])
    come, dropped = (sum(getattr(one, what) for one in sessions) for what in ("come", "dropped"))
    return Result(
        "live",
        f"95 of 100 pictures are drawn within {MOST} × the median inference of being handed over",
        median(ratios) <= MOST,
        rows,
        {
            "latency_s": median([median(one.latencies) for one in sessions]),
            "latency_p95_s": median([quantile(one.latencies, 0.95) for one in sessions]),
            "inference_s": median([median(one.inferences) for one in sessions]),
            "p95_in_inferences": median(ratios),
            "model_p95_in_inferences": median([one.model_p95_in_inferences for one in sessions]),
            "pictures": float(come),
            "dropped": float(dropped),
            "lag_first_third_s": early,
            "lag_last_third_s": late,
        },
        f"{options.video.stem}, {len(sessions)} sessions. The 95th percentile is {median(ratios):.2f} × the "
        f"median inference, in the best session {min(ratios):.2f}, in the worst {max(ratios):.2f}; that of "
        f"the model alone is {median([one.model_p95_in_inferences for one in sessions]):.2f} ×. "
        f"Of {come} pictures {dropped} were dropped. From the camera till the pose is found: {ms(early)} in "
        f"the first third of a session, {ms(late)} in the last.",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    made = parser("Time a live session.", video=True)
    made.add_argument("--seconds", type=float, default=60.0, help="end a session after (default: 60)")
    made.add_argument("--rounds", type=int, default=3, help="sessions (default: 3)")
    return run(made, measure, arguments)


if __name__ == "__main__":
    sys.exit(main())
