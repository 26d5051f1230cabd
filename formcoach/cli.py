"""The command line: arguments in, sentences and exit codes out. Everything heavy is imported late."""

from __future__ import annotations

import argparse
import math
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from formcoach import __version__
from formcoach.errors import FormcoachError, missing_libraries

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

FAILED = 2
"""Exit code for anything a person can mend; 0 for success."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    # Before anything imports OpenCV: without it some cameras take 20 seconds to open on Windows.
    os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return 0
    from formcoach import (
        calibrate_command,
        commands,
        export_command,
        history_command,
        live_command,
        replay_command,
        show_command,
        spec_command,
        studio_command,
    )

    try:
        run = {
            "live": live_command.live,
            "replay": replay_command.replay,
            "show": show_command.show,
            "calibrate": calibrate_command.calibration,
            "specs": commands.specs,
            "spec": spec_command.spec,
            "routine": commands.routine,
            "studio": studio_command.studio,
            "export": export_command.export,
            "history": history_command.history,
            "evaluate": commands.evaluate,
            "tune": _tune,
            "demo": replay_command.demo,
            "cameras": commands.cameras,
            "doctor": commands.doctor,
        }[options.command]
        return run(options)
    except FormcoachError as error:
        print(f"formcoach: {error}", file=sys.stderr)
        return FAILED
    except ImportError as error:
        # A shared library that only a whole system has; anything else is a fault of the program.
        if ".so" not in str(error) and "DLL" not in str(error):
            raise
        print(f"formcoach: {missing_libraries(error)}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        # Whoever read the output has had enough; Python must not try to flush the rest at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("formcoach: stopped.", file=sys.stderr)
        return 130


def _tune(options: argparse.Namespace) -> int:
    """Alone in what it needs: no other command waits for that to be loaded."""
    from formcoach.tune_command import tuning

    return tuning(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="formcoach",
        description="Watch an exercise through a camera, count it, and say the one correction that matters.",
        epilog="Start with: formcoach demo",
    )
    parser.add_argument("--version", action="version", version=f"formcoach {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _add_live(commands)
    _add_replay(commands)
    _add_show(commands)
    _add_calibrate(commands)
    _add_specs(commands)
    _add_spec_new(commands)
    _add_routine(commands)
    _add_studio(commands)
    _add_export(commands)
    _add_history(commands)
    _add_evaluate(commands)
    _add_tune(commands)
    _add_demo(commands)
    _add_cameras(commands)
    _add_doctor(commands)
    return parser


def _command(commands: Commands, name: str, says: str, example: str) -> argparse.ArgumentParser:
    return commands.add_parser(name, help=says, description=says, epilog=f"For example: {example}")


def _add_live(commands: Commands) -> None:
    live = _command(
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
    live.add_argument("--window", action="store_true", help="begin in a window, not on the whole screen")
    _add_angles(live)
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
    _add_language(live)
    _add_spec(live)
    _add_model(live)


def _add_replay(commands: Commands) -> None:
    replay = _command(
        commands,
        "replay",
        "Coach videos or recorded sessions, print what happened, and write it as a page to look at.",
        "formcoach replay plank.mp4 --exercise plank --report plank.html",
    )
    replay.add_argument(
        "files", type=Path, nargs="+", metavar="FILE", help="a video, a recording (.fcr), or a folder"
    )
    replay.add_argument(
        "--exercise", metavar="ID", help="the exercise; a recording knows its own, a video does not"
    )
    replay.add_argument(
        "--report", type=Path, metavar="OUT.html", help="write a page to look at and to print"
    )
    replay.add_argument(
        "--report-video",
        choices=("inside", "beside", "none"),
        default="inside",
        help="where the page keeps the annotated video; none = a drawn figure moves (default: inside)",
    )
    replay.add_argument(
        "--against",
        metavar="SPEC",
        help="tell what this spec counts and says differently: stock, recorded, an ID, or a file",
    )
    replay.add_argument("--video", type=Path, metavar="OUT.mp4", help="write the annotated video")
    _add_angles(replay)
    replay.add_argument("--json", type=Path, metavar="OUT.json", help="write the report")
    replay.add_argument(
        "--transcript", action="store_true", help="print what is said in such a session, and when"
    )
    _add_language(replay)
    folder = replay.add_argument_group("a whole folder")
    folder.add_argument("--out", type=Path, metavar="FOLDER", help="where results go (default: inside it)")
    folder.add_argument("--jobs", type=int, default=1, metavar="N", help="so many worker processes")
    folder.add_argument("--cluster", metavar="ADDRESS", help="the workers of this Dask cluster instead")
    folder.add_argument("--labels", type=Path, metavar="TRUTH.json", help="says what each video shows")
    folder.add_argument("--annotate", action="store_true", help="write the annotated videos as well")
    folder.add_argument("--pages", action="store_true", help="write a report page of each file as well")
    _add_spec(replay)
    _add_model(replay)


def _add_show(commands: Commands) -> None:
    show = _command(
        commands,
        "show",
        "Play a recorded session or a video back in the window: slowly, by pictures, from fault to fault.",
        "formcoach show session.fcr",
    )
    show.add_argument("file", type=Path, metavar="FILE", help="a recording (.fcr) or a video")
    show.add_argument(
        "--exercise", metavar="ID", help="the exercise; a recording knows its own, a video does not"
    )
    show.add_argument("--window", action="store_true", help="begin in a window, not on the whole screen")
    _add_angles(show)
    _add_language(show)
    _add_spec(show)
    _add_model(show)


def _add_calibrate(commands: Commands) -> None:
    calibrate = _command(
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
    calibrate.add_argument("--window", action="store_true", help="begin in a window, not on the whole screen")
    _add_model(calibrate)


def _add_specs(commands: Commands) -> None:
    specs = _command(
        commands,
        "specs",
        "List the exercises, show one in words and as a picture, or check spec files.",
        "formcoach specs bird-dog",
    )
    specs.add_argument(
        "exercise", metavar="ID", nargs="?", help="show this one; a file of your own by its name in full"
    )
    specs.add_argument(
        "--picture", type=Path, metavar="FILE.png", help="where to draw it (default: in the cache)"
    )
    specs.add_argument(
        "--check",
        nargs="*",
        type=Path,
        metavar="FILE",
        help="check these spec files; without files, all of them",
    )
    specs.add_argument(
        "--schema", action="store_true", help="print the JSON Schema of spec files, for editors"
    )


def _add_spec_new(commands: Commands) -> None:
    spec = _command(
        commands,
        "spec",
        "Make the draft of an exercise file from a recorded demonstration.",
        "formcoach spec new heel-slide --from session.fcr",
    )
    new = _command(
        spec.add_subparsers(dest="action", metavar="new", required=True),
        "new",
        "Write an exercise file that counts what recordings show, with what it was unsure of.",
        "formcoach spec new heel-slide --from session.fcr",
    )
    new.add_argument("name", metavar="NAME", help="of the exercise: small letters, digits and -")
    new.add_argument(
        "--from",
        dest="recordings",
        type=Path,
        nargs="+",
        required=True,
        metavar="RECORDING",
        help="recorded sessions (.fcr) that show it, two repetitions or more, or one position held",
    )
    new.add_argument("--out", type=Path, metavar="FILE.toml", help="where to (default: NAME.toml, here)")
    new.add_argument("--replace", action="store_true", help="write over a file that is there")


def _add_evaluate(commands: Commands) -> None:
    evaluate = _command(
        commands,
        "evaluate",
        "Score clips against ground truth: one row a clip, and the sums.",
        "formcoach evaluate clips/ground_truth.json --exercise plank",
    )
    evaluate.add_argument("truth", type=Path, metavar="TRUTH.json", help="the clips lie beside it")
    evaluate.add_argument(
        "--exercise", action="append", metavar="ID", help="only clips of this exercise; may be given again"
    )
    evaluate.add_argument(
        "--as",
        dest="disguise",
        action="append",
        metavar="ID",
        help="coach clips that show no exercise as this one (default: as every one)",
    )
    evaluate.add_argument("--json", type=Path, metavar="OUT.json", help="write the table as data")
    _add_model(evaluate)


def _add_tune(commands: Commands) -> None:
    tune = _command(
        commands,
        "tune",
        "Find better bounds for an exercise in labelled recordings, with the evidence and what they change.",
        "formcoach tune hip-hinge anna.fcr ben.fcr --write",
    )
    tune.add_argument("exercise", metavar="ID", help="the exercise; a file of your own by its name in full")
    tune.add_argument(
        "files",
        type=Path,
        nargs="*",
        metavar="FILE",
        help="recordings (.fcr), videos, or tables of landmarks (.csv, .csv.gz)",
    )
    tune.add_argument(
        "--labels",
        type=Path,
        action="append",
        metavar="TRUTH.json",
        help="labels of many recordings; may be given again (default: those beside each)",
    )
    tune.add_argument(
        "--good",
        action="store_true",
        help="the form is good throughout, in all that is not labelled at fault",
    )
    tune.add_argument(
        "--label",
        type=_meaning,
        action="append",
        metavar="NAME=FAULT",
        help="what a table's label means: good, or a fault's name; may be given again",
    )
    tune.add_argument("--aspect", type=_aspect, metavar="W:H", help="the shape of a table's pictures")
    tune.add_argument(
        "--hold-out",
        action="append",
        metavar="NAME",
        help="fit nothing to this person, session or file, only judge it; may be given again",
    )
    tune.add_argument(
        "--only",
        action="append",
        metavar="NAME",
        help="only this check, pose, or address of a bound; may be given again",
    )
    tune.add_argument(
        "--tighten", action="store_true", help="also make bounds tighter of which only good ones are known"
    )
    tune.add_argument(
        "--personal",
        action="store_true",
        help="find out one person's own range or neutral in place of the exercise's bounds",
    )
    tune.add_argument(
        "--write", action="store_true", help="write what was found to the exercise's file, or to your own"
    )
    tune.add_argument("--undo", action="store_true", help="take back what was written last")
    tune.add_argument("--json", type=Path, metavar="OUT.json", help="write the same as data")
    _add_model(tune)


def _meaning(text: str) -> tuple[str, str]:
    name, equals, fault = text.partition("=")
    if not (name and equals and fault):
        raise argparse.ArgumentTypeError(f"{text} says nothing; write it as C=good or H=pike")
    return name, fault


def _aspect(text: str) -> float:
    width, _, height = text.partition(":")
    try:
        aspect = float(width) / float(height or 1)
    except (ValueError, ZeroDivisionError):
        aspect = math.nan
    if not 0.2 <= aspect <= 5:
        raise argparse.ArgumentTypeError(f"{text} is no shape of a picture; write it as 16:9 or 1.78")
    return aspect


def _add_routine(commands: Commands) -> None:
    routine = _command(
        commands,
        "routine",
        "List the routines, show one in words, or check files.",
        "formcoach routine daily-15",
    )
    routine.add_argument("routine", metavar="ID", nargs="?", help="show this routine")
    routine.add_argument(
        "--check", nargs="*", type=Path, metavar="FILE", help="check these files; none = all routines"
    )


def _add_studio(commands: Commands) -> None:
    studio = _command(
        commands,
        "studio",
        "Tune an exercise by hand, in a page on this machine: drag its bounds, and see what changes.",
        "formcoach studio recordings --exercise bird-dog",
    )
    studio.add_argument(
        "places",
        type=Path,
        nargs="*",
        metavar="RECORDING",
        help="recordings (.fcr) and folders of them (default: your own recordings)",
    )
    studio.add_argument(
        "--exercise", metavar="ID", help="the exercise (default: that of the newest recording)"
    )
    studio.add_argument(
        "--port", type=int, default=0, metavar="N", help="serve it on this port (default: one that is free)"
    )
    studio.add_argument("--no-browser", dest="browser", action="store_false", help="only print its address")
    studio.add_argument("--spec", type=Path, metavar="FILE", help="tune this spec file")


def _add_export(commands: Commands) -> None:
    export = _command(
        commands,
        "export",
        "Write a recording's landmarks and angles as files for other programs.",
        "formcoach export session.fcr --trc session.trc --mot session.mot",
    )
    export.add_argument("file", type=Path, metavar="FILE", help="a recording (.fcr)")
    export.add_argument(
        "--trc", type=Path, metavar="OUT.trc", help="landmarks in space, as OpenSim reads them"
    )
    export.add_argument("--mot", type=Path, metavar="OUT.mot", help="angles, as OpenSim reads them")
    export.add_argument("--csv", type=Path, metavar="OUT.csv", help="all of it as a table, a row a picture")
    export.add_argument("--exercise", metavar="ID", help="take the measures of this exercise for the table")
    _add_spec(export)


def _add_history(commands: Commands) -> None:
    history = _command(
        commands,
        "history",
        "Tell what you have done: how often, how much, and how it changes.",
        "formcoach history --page history.html",
    )
    history.add_argument("exercise", metavar="ID", nargs="?", help="only this exercise")
    history.add_argument("--page", type=Path, metavar="OUT.html", help="write it as a page with plots")
    history.add_argument("--csv", type=Path, metavar="OUT.csv", help="write a table, a row a set")
    history.add_argument("--json", type=Path, metavar="OUT.json", help="write the same as data")
    history.add_argument(
        "--forget",
        metavar="WHAT",
        help="delete for good: a day (2026-03-10), an exercise (its ID), or everything",
    )
    history.add_argument("--yes", action="store_true", help="do not ask before forgetting")


def _add_demo(commands: Commands) -> None:
    demo = _command(
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
    _add_model(demo)


def _add_cameras(commands: Commands) -> None:
    _command(commands, "cameras", "List the cameras of this machine by name.", "formcoach cameras")


def _add_doctor(commands: Commands) -> None:
    doctor = _command(
        commands,
        "doctor",
        "Say what works on this machine, and what to do about what does not.",
        "formcoach doctor",
    )
    _add_model(doctor)


def _add_language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--language", default="en", metavar="CODE", help="of what is said and shown: en or de (default: en)"
    )


def _rate(text: str) -> int:
    rate = int(text)
    if not 80 <= rate <= 400:
        raise argparse.ArgumentTypeError(f"{rate} is no rate to speak at; take 80 to 400 words a minute")
    return rate


def _add_angles(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--angles", action="store_true", help="show all angles that are judged, not only the one that matters"
    )


def _add_spec(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--spec", type=Path, metavar="FILE", help="coach by this spec file")


def _add_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", type=Path, metavar="FILE", help="the pose model's .task file")
    parser.add_argument(
        "--model-size",
        choices=("lite", "full", "heavy"),
        default="full",
        help="the size of the pose model to obtain (default: full)",
    )


if __name__ == "__main__":
    sys.exit(main())
