"""What `formcoach calibrate` does: finds out, shows and forgets a person's own neutral and range."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path

from formcoach import commands
from formcoach.actions import Action
from formcoach.calibration import FEWEST, LEAST_S, calibrate
from formcoach.comparing import spec_changes
from formcoach.errors import FormcoachError
from formcoach.landmarks import PoseSample
from formcoach.personal import Personal, lay_over
from formcoach.personal_file import personal_file, read_personal, reset_personal, write_personal
from formcoach.spec import Spec
from formcoach.spec_file import find_spec, list_specs, read_spec

HOW = {
    "repetitions": "Keep the start position for three seconds. Then do three slow repetitions, as far as is\n"
    "comfortable and no further. Leave the picture, or press Q, to end.",
    "hold": "Get into your best position and hold it for ten seconds. Leave the picture, or press Q, to end.",
}


def calibration(options: argparse.Namespace) -> int:
    """Show, forget, or find out."""
    if options.show:
        return _show()
    if options.reset is not None:
        return _reset(options.reset)
    if not options.exercise:
        raise FormcoachError("Say which exercise, for example: formcoach calibrate bird-dog.")
    spec = read_spec(find_spec(options.exercise))
    if spec.kind not in HOW:
        raise FormcoachError(
            f"{spec.name} has nothing of one's own to find out; it is the same for everybody."
        )
    known = read_personal()
    stream = _recorded(options.recording) if options.recording is not None else _performed(options, spec)
    found = calibrate(spec, stream, date.today().isoformat())
    if found is None:
        least = f"{FEWEST} repetitions" if spec.kind == "repetitions" else f"{LEAST_S:g} seconds in form"
        raise FormcoachError(
            f"Too little of {spec.name} was seen to go by: it needs {least}; nothing was changed."
        )
    tell(spec, found)
    write_personal({**known, spec.id: found})
    print(f"Kept in {personal_file()}")
    return 0


def _recorded(path: Path) -> Iterable[PoseSample | Action]:
    from formcoach.recording import read_recording

    return read_recording(path).stream()


def _performed(options: argparse.Namespace, spec: Spec) -> Iterable[PoseSample | Action]:
    """Somebody in front of the camera, coached by the exercise as it is shipped."""
    print(HOW[spec.kind])
    from formcoach.live import coach_live
    from formcoach.live_command import open_camera
    from formcoach.session import Kept, Session
    from formcoach.showing import Showing
    from formcoach.window import Window

    kept = Kept()
    with ExitStack() as stack:
        window = stack.enter_context(Window("formcoach", full_screen=not options.window))
        model = commands.find_model(options)
        camera = stack.enter_context(open_camera(options.camera))
        coach_live(Session(spec, kept), camera, model, window, Showing(mirror=True, ghosts=True))
    return kept.stream


def _show() -> int:
    known = read_personal()
    if not known:
        print("Nothing of your own is kept: all exercises are as they are shipped.")
        return 0
    there = {path.stem: path for path in list_specs()}
    for name, one in sorted(known.items()):
        if name in there:
            tell(read_spec(there[name]), one)
        else:
            print(f"{name}, {one.date}: no such exercise any more.")
    print(f"Kept in {personal_file()}")
    return 0


def tell(spec: Spec, personal: Personal) -> None:
    """What is different for this person, in words."""
    print(f"{spec.name}, {personal.date}")
    own = replace(lay_over(spec, personal), neutral={}, personal="")
    changes = list(spec_changes(spec, own))
    for what, before, after in changes:
        print(f"  {what}: {after} in place of {before}")
    if not changes:
        print("  You get as far as is asked: nothing is eased.")
    if neutral := [name for name in personal.neutral if spec.measures[name].from_start]:
        print(f"  your own start is known: {', '.join(sorted(neutral)).replace('_', ' ')}")


def _reset(exercise: str) -> int:
    if reset_personal(exercise):
        print(f"Forgotten: {exercise or 'everything'}.")
    else:
        print("There was nothing to forget.")
    return 0
