"""Files that appear under their name when they are whole."""

from __future__ import annotations

import json
import os
from pathlib import Path

import platformdirs

from formcoach.errors import FormcoachError

CACHE_VARIABLE = "FORMCOACH_CACHE"


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

    Raises:
        FormcoachError: it cannot be written.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise FormcoachError(f"{path} cannot be written ({error.strerror}); name another file.") from None
