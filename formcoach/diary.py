"""The diary of earlier versions: a file of JSON lines, read once when the history takes its place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

LARGEST = 20_000_000
"""Bytes read at most; a day has some hundred."""


def read_diary(path: Path) -> Iterator[tuple[str, Mapping[str, object]]]:
    """What a diary remembers, as rows of the history; nothing where there is none.

    Args:
        path: the diary's file.

    Yields:
        The table, `facts` or `steps`, and the row's values by column. Lines that make no sense are
        passed over.
    """
    lines: list[str] = []
    with suppress(OSError), path.open("rb") as file:
        lines = file.read(LARGEST).decode("utf-8", "replace").splitlines()
    for entry in map(_entry, lines):
        if entry is None or not _is_day(day := str(entry.get("day"))):
            continue
        what = entry.get("what")
        if what in ("note", "pain", "hurt"):
            pain = entry.get("pain") is True if what == "pain" else None
            yield "facts", {"day": day, "what": what, "pain": pain, "exercise": _text(entry, "exercise")}
        elif what == "step":
            routine, exercise = _text(entry, "routine"), _text(entry, "exercise")
            good = entry.get("good") is True
            yield "steps", {"day": day, "routine": routine, "exercise": exercise, "good": good}


def _text(entry: Mapping[str, object], name: str) -> str:
    value = entry.get(name)
    return value if isinstance(value, str) else ""


def _entry(line: str) -> Mapping[str, object] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _is_day(day: str) -> bool:
    try:
        return date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False
