"""What `formcoach export` does: a recording's landmarks and angles as files for other programs."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from formcoach import commands
from formcoach.errors import FormcoachError
from formcoach.events import Coaching
from formcoach.files import write_text
from formcoach.geometry import NAN
from formcoach.spec_file import read_spec

if TYPE_CHECKING:
    from formcoach.recording import Recording


def export(options: argparse.Namespace) -> int:
    """Write what was asked for of a recording."""
    from formcoach.motion_files import joint_angles, landmark_columns, mot, table, trc
    from formcoach.recording import read_recording

    if not (options.trc or options.mot or options.csv):
        raise FormcoachError("Say what to write: --trc for landmarks, --mot for angles, --csv for a table.")
    for file in (options.trc, options.mot, options.csv):
        commands.check_writable(file)
    recording = read_recording(options.file)
    if len(recording.t) == 0:
        raise FormcoachError(f"{options.file} holds no samples; there is nothing to export.")
    angles = joint_angles(recording.xy)
    if options.trc is not None:
        if recording.world is None:
            raise FormcoachError(f"{options.file} has no landmarks in space; --csv has those in the picture.")
        write_text(options.trc, trc(options.trc.name, recording.t, recording.world))
        print(f"Landmarks: {options.trc}")
    if options.mot is not None:
        write_text(options.mot, mot(options.mot.stem, recording.t, angles))
        print(f"Angles: {options.mot}")
    if options.csv is not None:
        columns: dict[str, Iterable[object]] = {
            "t": recording.t,
            **_coached(recording, options),
            **angles,
            **landmark_columns(recording.xy, recording.visibility, recording.world),
        }
        write_text(options.csv, table(columns))
        print(f"Table: {options.csv}")
    return 0


def _coached(recording: Recording, options: argparse.Namespace) -> dict[str, list[object]]:
    """What the coach made of each sample: phase, side at work, and the measures of the exercise."""
    from formcoach.landmarks import PoseSample
    from formcoach.recorded import session_of

    named = options.exercise or options.spec
    spec = read_spec(commands.spec_path(options)) if named else None
    session = session_of(recording.header, options.file, spec)
    answers: list[Coaching | None] = []
    for item in recording.stream():
        if isinstance(item, PoseSample):
            answers.append(session.take(item))
        else:
            session.act(item)
    names = dict.fromkeys(name for answer in answers if answer is not None for name in answer.values)
    return {
        "phase": ["" if answer is None else answer.phase for answer in answers],
        "side": ["" if answer is None else answer.side for answer in answers],
        **{
            f"measure_{name}": [NAN if answer is None else answer.values.get(name, NAN) for answer in answers]
            for name in names
        },
    }
