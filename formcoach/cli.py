"""The command line: arguments in, sentences and exit codes out. Everything heavy is imported late."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from formcoach.errors import FormcoachError, missing_libraries
from formcoach.options import parser

FAILED = 2
"""Exit code for anything a person can mend; 0 for success."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    # Before anything imports OpenCV: without it some cameras take 20 seconds to open on Windows.
    os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")
    made = parser()
    options = made.parse_args(arguments)
    if options.command is None:
        made.print_help()
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


if __name__ == "__main__":
    sys.exit(main())
