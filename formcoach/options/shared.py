"""What several commands take."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def command(commands: Commands, name: str, says: str, example: str) -> argparse.ArgumentParser:
    """A command with its help."""
    return commands.add_parser(name, help=says, description=says, epilog=f"For example: {example}")


def add_angles(parser: argparse.ArgumentParser) -> None:
    """Which angles are drawn."""
    parser.add_argument(
        "--angles", action="store_true", help="show all angles that are judged, not only the one that matters"
    )


def add_spec(parser: argparse.ArgumentParser) -> None:
    """A spec file in place of an exercise's own."""
    parser.add_argument("--spec", type=Path, metavar="FILE", help="coach by this spec file")


def add_model(parser: argparse.ArgumentParser) -> None:
    """Which pose model looks."""
    parser.add_argument("--model", type=Path, metavar="FILE", help="the pose model's .task file")
    parser.add_argument(
        "--model-size",
        choices=("lite", "full", "heavy"),
        default="full",
        help="the size of the pose model to obtain (default: full)",
    )


def add_language(parser: argparse.ArgumentParser) -> None:
    """The language of what is said and shown."""
    parser.add_argument(
        "--language", default="en", metavar="CODE", help="of what is said and shown: en or de (default: en)"
    )


def add_window(parser: argparse.ArgumentParser) -> None:
    """A window in place of the whole screen."""
    parser.add_argument("--window", action="store_true", help="begin in a window, not on the whole screen")


def add_exercise(parser: argparse.ArgumentParser) -> None:
    """Which exercise a file shows."""
    parser.add_argument(
        "--exercise", metavar="ID", help="the exercise; a recording knows its own, a video does not"
    )
