"""What is typed to make exercises and to tune them."""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import TYPE_CHECKING

from formcoach.options.shared import add_model, command

if TYPE_CHECKING:
    from formcoach.options.shared import Commands


def add_specs(commands: Commands) -> None:
    """The arguments of `formcoach specs`."""
    specs = command(
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


def add_spec_new(commands: Commands) -> None:
    """The arguments of `formcoach spec new`."""
    spec = command(
        commands,
        "spec",
        "Make the draft of an exercise file from a recorded demonstration.",
        "formcoach spec new heel-slide --from session.fcr",
    )
    new = command(
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


def add_evaluate(commands: Commands) -> None:
    """The arguments of `formcoach evaluate`."""
    evaluate = command(
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
    add_model(evaluate)


def add_tune(commands: Commands) -> None:
    """The arguments of `formcoach tune`."""
    tune = command(
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
        "--tighten", action="store_true", help="also make checks tighter of which only good ones are known"
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
    add_model(tune)


def add_studio(commands: Commands) -> None:
    """The arguments of `formcoach studio`."""
    studio = command(
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
