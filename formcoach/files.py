"""Files that appear under their name when they are whole."""

from __future__ import annotations

import json
import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

import platformdirs

from formcoach.errors import FormcoachError

CACHE_VARIABLE = "FORMCOACH_CACHE"

STALE_S = 3600.0
"""What was begun so much earlier beside a file, and has not got its name, was left by a kill."""


def cache_folder() -> Path:
    """Where lies what can be made or fetched again: the user's cache folder, or FORMCOACH_CACHE."""
    named = os.environ.get(CACHE_VARIABLE)
    return Path(named) if named else platformdirs.user_cache_path("formcoach", appauthor=False)


def write_json(path: Path, data: object) -> None:
    """Write data to a file, whole or not at all."""
    write_text(path, json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False) + "\n")


def write_text(path: Path, text: str) -> None:
    """Write a text to a file, whole or not at all."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all: beside it first, and then in its place.

    A link stays a link, and who may read the file stays as it was. A device or a pipe, such as
    `/dev/stdout`, has no place to take: it is written to.

    Raises:
        FormcoachError: it cannot be written.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
        else:
            _put(Path(os.path.realpath(path)), content)
    except OSError as error:
        raise FormcoachError(f"{path} cannot be written ({error.strerror}); name another file.") from None


def _put(path: Path, content: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # else the name could outlive a power cut, and what it names not
        with suppress(FileNotFoundError):
            shutil.copymode(path, part)
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    with suppress(OSError):
        _sweep(path)


def _sweep(path: Path) -> None:
    """Take away what kills have left of earlier tries; what another process is writing now is younger."""
    written = path.stat().st_mtime  # of the folder's own clock, whatever the machine's says
    for beside in path.parent.iterdir():
        rest = beside.name.removeprefix(path.name)
        if re.fullmatch(r"\.\d+\.part", rest) and beside.stat().st_mtime < written - STALE_S:
            beside.unlink()
