"""What is typed to do exercises: live sessions, routines, one's own range, and what they need."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from formcoach.options.shared import add_angles, add_language, add_model, add_spec, add_window, command

if TYPE_CHECKING:
    from formcoach.options.shared import Commands


def add_live(commands: Commands) -> None:
    """The arguments of `formcoach live`."""
    live = command(
        commands,
        "live",
        "Do an exercise in front of the camera and be coached.",
        "formcoach live bird-dog --record",
    )
    live.add_argument("exercise", metavar="ID", nargs="?", help="the exercise, as in 'formcoach specs'")
    live.add_argument("--routine", metavar="ID", help="a whole routine, as in 'formcoach routine'")
    live.add_argument(
        "--camera",
        metavar="CAMERA",
        help="a number, a name or a part of one as in 'formcoach cameras', a phone camera's URL, or a video "
        "file at its own pace (default: the one of the last time)",
    )
    live.add_argument("--record", action="store_true", help="keep the session: the pose, not the picture")
    live.add_argument("--record-video", action="store_true", help="keep the camera's picture as well")
    live.add_argument("--no-mirror", dest="mirror", action="store_false", help="do not mirror the picture")
    live.add_argument("--stats", action="store_true", help="show how long each stage takes")
    add_window(live)
    add_angles(live)
    live.add_argument("--json", type=Path, metavar="FILE", help="write the report to this file")
    live.add_argument("--transcript", action="store_true", help="print what was said, and when")
    live.add_argument(
        "--voice",
        choices=("off", "counts", "all"),
        default="all",
        help="say nothing; counts, holds and what comes next; or corrections as well (default: all)",
    )
    live.add_argument(
        "--rate", type=_rate, default=165, metavar="WORDS", help="words spoken in a minute (default: 165)"
    )
    add_language(live)
    add_spec(live)
    add_model(live)


def add_calibrate(commands: Commands) -> None:
    """The arguments of `formcoach calibrate`."""
    calibrate = command(
        commands,
        "calibrate",
        "Find out your own neutral and range, show them, or forget them.",
        "formcoach calibrate bird-dog",
    )
    calibrate.add_argument("exercise", metavar="ID", nargs="?", help="the exercise, as in 'formcoach specs'")
    calibrate.add_argument(
        "--from",
        dest="recording",
        type=Path,
        metavar="RECORDING",
        help="from a recorded session (.fcr) in place of the camera",
    )
    calibrate.add_argument("--show", action="store_true", help="say what is kept, and how it is used")
    calibrate.add_argument(
        "--reset", nargs="?", const="", metavar="ID", help="forget this exercise; without one, everything"
    )
    calibrate.add_argument("--camera", metavar="CAMERA", help="as in 'formcoach live'")
    add_window(calibrate)
    add_model(calibrate)


def add_routine(commands: Commands) -> None:
    """The arguments of `formcoach routine`."""
    routine = command(
        commands,
        "routine",
        "List the routines, show one in words, or check files.",
        "formcoach routine daily-15",
    )
    routine.add_argument("routine", metavar="ID", nargs="?", help="show this routine")
    routine.add_argument(
        "--check", nargs="*", type=Path, metavar="FILE", help="check these files; none = all routines"
    )


def add_demo(commands: Commands) -> None:
    """The arguments of `formcoach demo`."""
    demo = command(
        commands,
        "demo",
        "See it work without a camera: a bundled clip through the real pose model.",
        "formcoach demo",
    )
    demo.add_argument("exercise", metavar="ID", nargs="?", default="bird-dog", help="default: bird-dog")
    demo.add_argument(
        "--out",
        type=Path,
        default=Path("formcoach-demo"),
        metavar="FOLDER",
        help="where to write the annotated video, the report and its page (default: formcoach-demo)",
    )
    demo.add_argument("--no-window", dest="window", action="store_false", help="do not open a window")
    add_model(demo)


def add_cameras(commands: Commands) -> None:
    """The arguments of `formcoach cameras`."""
    command(commands, "cameras", "List the cameras of this machine by name.", "formcoach cameras")


def add_doctor(commands: Commands) -> None:
    """The arguments of `formcoach doctor`."""
    doctor = command(
        commands,
        "doctor",
        "Say what works on this machine, and what to do about what does not.",
        "formcoach doctor",
    )
    add_model(doctor)


def _rate(text: str) -> int:
    rate = int(text)
    if not 80 <= rate <= 400:
        raise argparse.ArgumentTypeError(f"{rate} is no rate to speak at; take 80 to 400 words a minute")
    return rate
