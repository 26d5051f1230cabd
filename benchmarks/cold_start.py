"""How long after `formcoach live` is typed the first picture is judged, with the pose model in its cache.

    python benchmarks/cold_start.py VIDEO

The video stands for the camera, of a session as people start one: on the whole screen, spoken and recorded.
Where there is no display, Xvfb makes one.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from measuring import Result, median, model_path, ms, parser, run, spec_path
from voice import a_player

from formcoach.errors import FormcoachError

MOST_S = 2.0

STAGES = {
    "python": "Python runs",
    "files": "program, exercise and history are read",
    "window": "the window is open",
    "model": "the model's file is found and checked",
    "camera": "the camera gives pictures",
    "loaded": "all else is loaded, the recording is begun",
    "pose": "the pose model is ready",
    "judged": "the first picture is judged",
    "shown": "it is on the screen",
}
"""What is waited for, one after the other; only the pose model gets ready beside the two before it."""

ONE = Path(__file__).resolve().parent / "cold_start_one.py"


def start(options: argparse.Namespace) -> dict[str, float]:
    """One session: when each stage was reached, in seconds after the command was typed."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder, "reached.json")
        own = {
            "FORMCOACH_HISTORY": str(Path(folder, "history.sqlite")),
            "FORMCOACH_RECORDINGS": str(Path(folder, "recordings")),
            "FORMCOACH_CAMERA_FILE": str(Path(folder, "camera")),
            "FORMCOACH_PERSONAL": str(Path(folder, "personal.toml")),
        }
        asked = ["live", spec_path(options).stem, "--camera", str(options.video), "--record"]
        asked += [] if options.model is None else ["--model", str(options.model)]
        command = [sys.executable, str(ONE), str(kept), str(time.monotonic()), *asked]
        done = subprocess.run(
            command,
            env={**os.environ, **own},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode or not kept.exists():
            raise FormcoachError(f"The session did not start: {done.stderr.strip().splitlines()[-1:]}")
        reached: dict[str, float] = json.loads(kept.read_text("utf-8"))
    return reached


def measure(options: argparse.Namespace) -> Result:
    model_path(options)  # fetched before, where it has to be
    with a_player():
        start(options)  # once unmeasured: the first writes the compiled modules
        sessions = [start(options) for _ in range(options.rounds)]
    rows = [["after the command is typed", "median", "best", "worst"]]
    figures = {}
    for stage, what in STAGES.items():
        at = [one[stage] for one in sessions]
        figures[f"{stage}_s"] = median(at)
        rows.append([what, ms(median(at)), ms(min(at)), ms(max(at))])
    return Result(
        "cold_start",
        f"the first picture is judged {MOST_S:g} s after `formcoach live` is typed, or sooner",
        figures["judged_s"] <= MOST_S,
        rows,
        figures,
        f"{options.video.stem}, {options.rounds} sessions, each a program of its own. The pose model gets "
        "ready in a thread of its own beside the two stages before it.",
    )


def on_a_display(arguments: Sequence[str]) -> int | None:
    """Run this again under Xvfb where a window could not be opened; None where one can."""
    if not sys.platform.startswith("linux") or os.environ.get("DISPLAY"):
        return None
    try:
        again = ["xvfb-run", "-a", sys.executable, __file__, *arguments]
        return subprocess.run(again, check=False).returncode
    except FileNotFoundError:
        return None  # the session itself says that there is no display


def main(arguments: Sequence[str] | None = None) -> int:
    made = parser("Time the start of a live session.", video=True)
    made.add_argument("--rounds", type=int, default=7, help="sessions (default: 7)")
    given = list(sys.argv[1:] if arguments is None else arguments)
    code = on_a_display(given)
    return run(made, measure, given) if code is None else code


if __name__ == "__main__":
    sys.exit(main())
