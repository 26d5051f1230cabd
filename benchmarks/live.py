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


def measure(options: argparse.Namespace) -> Result:
    spec, model = read_spec(spec_path(options)), model_path(options)
    screen = OffScreen(options.seconds)
    with WatchedCamera(options.video) as camera:
        result = run_live(spec, camera, model, screen)
    # The first picture waits while the model warms up.
    latencies, inferences = result.latencies_s[1:], result.inferences_s[1:]
    waits = [at - min(camera.handed) for at in camera.handed[1:]]
    lags = [a + b for a, b in zip(waits, inferences, strict=False)]
    third = max(1, len(lags) // 3)
    early, late = median(lags[:third]), median(lags[-third:])
    inference, p95 = median(inferences), quantile(latencies, 0.95)
    rows = [["", "median", "p95", "longest"]]
    for name, values in (
        ("handed over till drawn", latencies),
        ("of that, the model", inferences),
        ("taken by the camera till pose found", lags),
    ):
        rows.append([name, ms(median(values)), ms(quantile(values, 0.95)), ms(max(values))])
    come = len(camera.handed) + result.dropped
    return Result(
        "live",
        f"95 of 100 pictures are drawn within {MOST} × the median inference of being handed over",
        p95 <= MOST * inference,
        rows,
        {
            "latency_s": median(latencies),
            "latency_p95_s": p95,
            "latency_max_s": max(latencies),
            "inference_s": inference,
            "p95_in_inferences": p95 / inference,
            "pictures": float(come),
            "dropped": float(result.dropped),
            "lag_first_third_s": early,
            "lag_last_third_s": late,
        },
        f"The 95th percentile is {p95 / inference:.2f} × the median inference. Of {come} pictures "
        f"{result.dropped} were dropped. From the camera till the pose is found: {ms(early)} in the first "
        f"third of the session, {ms(late)} in the last.",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    made = parser("Time a live session.", video=True)
    made.add_argument("--seconds", type=float, default=60.0, help="stop after so long (default: 60)")
    return run(made, measure, arguments)


if __name__ == "__main__":
    sys.exit(main())
