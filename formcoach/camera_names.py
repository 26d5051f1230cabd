"""Which cameras this machine has, by the names that people know them by, and which one was used last."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from formcoach.errors import FormcoachError
from formcoach.files import write_text

FILE_VARIABLE = "FORMCOACH_CAMERA_FILE"
"""Names another file for the choice than the usual one."""

FIRST = "0"
"""The camera that is taken where none was ever chosen."""

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Known:
    """A camera of this machine: its number, and its name as the system has it."""

    number: int
    name: str


def list_cameras() -> list[Known]:
    """The cameras that the system tells of, by number; none where it does not tell."""
    import cv2
    from cv2_enumerate_cameras import enumerate_cameras

    systems = {"linux": cv2.CAP_V4L2, "darwin": cv2.CAP_AVFOUNDATION, "win32": cv2.CAP_MSMF}
    with suppress(OSError, NotImplementedError):
        found = enumerate_cameras(systems.get(sys.platform, cv2.CAP_ANY))
        return sorted(
            (Known(one.index, str(one.name)) for one in found if one.index is not None),
            key=lambda one: one.number,
        )
    return []


def source_of(named: str, cameras: Iterable[Known]) -> str:
    """What to open for what a person named.

    Args:
        named: a number, a path, an address, or a part of a camera's name, in capitals or not.
        cameras: those of this machine.

    Raises:
        FormcoachError: several cameras go by that name.
    """
    if named.isdecimal() or "://" in named or Path(named).exists() or named.startswith("/dev/"):
        return named
    fitting = [one for one in cameras if named.casefold() in one.name.casefold()]
    if len(fitting) > 1:
        names = ", ".join(f"{one.number} ({one.name})" for one in fitting)
        raise FormcoachError(f"Several cameras are called '{named}': {names}; name one by its number.")
    return str(fitting[0].number) if fitting else named


def name_of(source: str, cameras: Iterable[Known]) -> str:
    """The name by which a source is found again, for numbers change; itself where it has none."""
    names = {str(one.number): one.name for one in cameras}
    name = names.get(source, source)
    return name if list(names.values()).count(name) <= 1 else source


def remembered() -> str:
    """The camera that was chosen last; the first one where none was."""
    with suppress(OSError, UnicodeDecodeError):
        kept = _file().read_text("utf-8")[:_LONGEST].strip()
        if kept and kept.isprintable():
            return kept
    return FIRST


def remember(named: str) -> None:
    """Keep a choice for the next time; where it cannot be kept, it is not."""
    with suppress(OSError, FormcoachError):
        _file().parent.mkdir(parents=True, exist_ok=True)
        write_text(_file(), named + "\n")


def _file() -> Path:
    kept = os.environ.get(FILE_VARIABLE)
    return Path(kept) if kept else platformdirs.user_config_path("formcoach", appauthor=False) / "camera"
