"""What is typed to look back: at videos, recordings and the history."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from formcoach.options.shared import (
    add_angles,
    add_exercise,
    add_language,
    add_model,
    add_spec,
    add_window,
    command,
)

if TYPE_CHECKING:
    from formcoach.options.shared import Commands


def add_replay(commands: Commands) -> None:
    """The arguments of `formcoach replay`."""
    replay = command(
        commands,
        "replay",
        "Coach videos or recorded sessions, print what happened, and write it as a page to look at.",
        "formcoach replay plank.mp4 --exercise plank --report plank.html",
    )
    replay.add_argument(
        "files", type=Path, nargs="+", metavar="FILE", help="a video, a recording (.fcr), or a folder"
    )
    add_exercise(replay)
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
    add_angles(replay)
    replay.add_argument("--json", type=Path, metavar="OUT.json", help="write the report")
    replay.add_argument(
        "--transcript", action="store_true", help="print what is said in such a session, and when"
    )
    add_language(replay)
    folder = replay.add_argument_group("a whole folder")
    folder.add_argument("--out", type=Path, metavar="FOLDER", help="where results go (default: inside it)")
    folder.add_argument("--jobs", type=int, default=1, metavar="N", help="so many worker processes")
    folder.add_argument("--cluster", metavar="ADDRESS", help="the workers of this Dask cluster instead")
    folder.add_argument("--labels", type=Path, metavar="TRUTH.json", help="says what each video shows")
    folder.add_argument("--annotate", action="store_true", help="write the annotated videos as well")
    folder.add_argument("--pages", action="store_true", help="write a report page of each file as well")
    add_spec(replay)
    add_model(replay)


def add_show(commands: Commands) -> None:
    """The arguments of `formcoach show`."""
    show = command(
        commands,
        "show",
        "Play a recorded session or a video back in the window: slowly, by pictures, from fault to fault.",
        "formcoach show session.fcr",
    )
    show.add_argument("file", type=Path, metavar="FILE", help="a recording (.fcr) or a video")
    add_exercise(show)
    add_window(show)
    add_angles(show)
    add_language(show)
    add_spec(show)
    add_model(show)


def add_export(commands: Commands) -> None:
    """The arguments of `formcoach export`."""
    export = command(
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
    add_spec(export)


def add_history(commands: Commands) -> None:
    """The arguments of `formcoach history`."""
    history = command(
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
