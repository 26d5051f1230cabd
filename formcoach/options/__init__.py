"""The arguments of every command. Nothing heavy is imported for them."""

from __future__ import annotations

import argparse

from formcoach import __version__
from formcoach.options import doing, looking_back, tuning


def parser() -> argparse.ArgumentParser:
    """All that can be typed after `formcoach`."""
    made = argparse.ArgumentParser(
        prog="formcoach",
        description="Watch an exercise through a camera, count it, and say the one correction that matters.",
        epilog="Start with: formcoach demo",
    )
    made.add_argument("--version", action="version", version=f"formcoach {__version__}")
    commands = made.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    doing.add_live(commands)
    looking_back.add_replay(commands)
    looking_back.add_show(commands)
    doing.add_calibrate(commands)
    tuning.add_specs(commands)
    tuning.add_spec_new(commands)
    doing.add_routine(commands)
    tuning.add_studio(commands)
    looking_back.add_export(commands)
    looking_back.add_history(commands)
    tuning.add_evaluate(commands)
    tuning.add_tune(commands)
    doing.add_demo(commands)
    doing.add_cameras(commands)
    doing.add_doctor(commands)
    return made
