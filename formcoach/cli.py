"""The command line: arguments in, sentences and exit codes out. Everything heavy is imported late."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from formcoach.errors import FormcoachError, missing_libraries
from formcoach.options import parser
from formcoach.terminal import legible_output

FAILED = 2
"""Exit code for anything a person can mend; 0 for success."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    with legible_output():
        return _main(arguments)


def _main(arguments: Sequence[str] | None) -> int:
    try:
        try:
            return _answer(arguments)
        finally:
            if sys.stdout:
                sys.stdout.flush()  # not at exit, where what goes wrong could not be told any more
    except BrokenPipeError:  # whoever read the output has had enough
        _print_no_more()
        return 0
    except OSError as error:
        if error.filename is None:
            _print_no_more()
        what = (
            f"{error.filename} cannot be used" if error.filename else "What was to be told cannot be written"
        )
        print(f"formcoach: {what} ({error.strerror}).", file=sys.stderr)
        return FAILED


def _answer(arguments: Sequence[str] | None) -> int:
    # Before anything imports OpenCV: without it some cameras take 20 seconds to open on Windows.
    os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")
    made = parser()
    options = made.parse_args(arguments)
    if options.command is None:
        made.print_help()
        return 0
    try:
        return _run(options)
    except FormcoachError as error:
        print(f"formcoach: {error}", file=sys.stderr)
        return FAILED
    except ImportError as error:
        # A shared library that only a whole system has; anything else is a fault of the program.
        if ".so" not in str(error) and "DLL" not in str(error):
            raise
        print(f"formcoach: {missing_libraries(error)}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("formcoach: stopped.", file=sys.stderr)
        return 130


def _print_no_more() -> None:
    """Python must not try to write the rest at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(options: argparse.Namespace) -> int:
    """Run the command that was typed; it alone is loaded."""
    run: Callable[[argparse.Namespace], int]
    match options.command:
        case "live":
            from formcoach.live_command import live as run
        case "replay":
            from formcoach.replay_command import replay as run
        case "show":
            from formcoach.show_command import show as run
        case "calibrate":
            from formcoach.calibrate_command import calibration as run
        case "specs":
            from formcoach.commands import specs as run
        case "spec":
            from formcoach.spec_command import spec as run
        case "routine":
            from formcoach.commands import routine as run
        case "studio":
            from formcoach.studio_command import studio as run
        case "export":
            from formcoach.export_command import export as run
        case "history":
            from formcoach.history_command import history as run
        case "evaluate":
            from formcoach.commands import evaluate as run
        case "tune":
            from formcoach.tune_command import tuning as run
        case "demo":
            from formcoach.replay_command import demo as run
        case "cameras":
            from formcoach.commands import cameras as run
        case _:
            from formcoach.commands import doctor as run
    return run(options)


if __name__ == "__main__":
    sys.exit(main())
