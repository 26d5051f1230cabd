"""A session kept as its samples: written as it happens, read back bit for bit, named and found.

`RecordingWriter` writes one, `read_recording` opens one; `formcoach.recording_format` says what the
bytes mean.
"""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path

import platformdirs

from formcoach.recording_reader import Recording, read_header, read_recording
from formcoach.recording_writer import RecordingWriter

__all__ = [
    "SUFFIX",
    "Recording",
    "RecordingWriter",
    "new_recording_path",
    "read_header",
    "read_recording",
    "recordings_folder",
]

SUFFIX = ".fcr"


def recordings_folder() -> Path:
    """Where recordings are kept.

    `$FORMCOACH_RECORDINGS` where it is set, else `recordings` in the working directory where that
    exists, else a folder of the person's own.
    """
    named = os.environ.get("FORMCOACH_RECORDINGS")
    if named:
        return Path(named).expanduser()
    here = Path("recordings")
    if here.is_dir():
        return here
    return platformdirs.user_data_path("formcoach", appauthor=False) / "recordings"


def new_recording_path(exercise_id: str, when: datetime) -> Path:
    """A name that no recording has yet, such as `bird-dog-2026-11-21-091502.fcr`."""
    plain = re.sub(r"[^\w-]+", "-", exercise_id)
    stem = f"{plain}-{when:%Y-%m-%d-%H%M%S}"
    folder = recordings_folder()
    path = folder / f"{stem}{SUFFIX}"
    number = 2
    while path.exists():
        path = folder / f"{stem}-{number}{SUFFIX}"
        number += 1
    return path
