"""A session kept as its samples: written as it happens, read back bit for bit, named and found.

`RecordingWriter` writes one, `read_recording` opens one; `formcoach.recording_format` says what the
bytes mean.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import platformdirs

from formcoach.errors import FormcoachError
from formcoach.recording_reader import Recording, read_header, read_recording
from formcoach.recording_writer import RecordingWriter

__all__ = [
    "SUFFIX",
    "Recording",
    "RecordingWriter",
    "begin_recording",
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


def begin_recording(exercise_id: str, when: datetime, header: Mapping[str, Any]) -> RecordingWriter:
    """Begin a recording under a name that none has yet, even if two sessions begin in the same second.

    Raises:
        FormcoachError: it cannot be made.
    """
    while True:
        path = new_recording_path(exercise_id, when)
        try:
            return RecordingWriter(path, header)
        except FormcoachError:
            if not path.exists():  # else the other session was quicker
                raise


def new_recording_path(exercise_id: str, when: datetime) -> Path:
    """A name that no recording has yet, such as `bird-dog-2026-11-21-091502.fcr`."""
    plain = re.sub(r"[^\w-]+", "-", exercise_id)
    stem = f"{plain}-{when:%Y-%m-%d-%H%M%S}"
    folder = recordings_folder()
    path = folder / f"{stem}{SUFFIX}"
    number = 2
    while path.exists() or path.with_suffix(".mp4").exists():  # beside it lies the camera's picture
        path = folder / f"{stem}-{number}{SUFFIX}"
        number += 1
    return path
