"""Files made for `fuzz.py` from structures that `fuzz_twists` has changed: whole, with wrong things in them.

Each structure is MessagePack. Whatever of it cannot be made into the file's own parts goes in as it is.
"""

from __future__ import annotations

import io
import sqlite3
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgpack
import numpy as np

_SHAPES = {"xy": (33, 2), "visibility": (33,), "world": (33, 3), "back": (-1,), "room": (2,)}
_SAME_DAY = (1980, 1, 1, 0, 0, 0)


# ---- recordings --------------------------------------------------------------------------------


def take_recording(path: Path) -> dict[str, Any]:
    """A recording as a structure that `recording` makes into one again."""
    from formcoach.recording import read_recording

    found = read_recording(path)
    columns: dict[str, Any] = {"t": found.t.tolist(), "aspect": found.aspect.tolist()}
    for name in _SHAPES:
        if (values := getattr(found, name)) is not None:
            columns[name] = values.tobytes()
    items = [["samples", columns, {}], *(["action", {"t": one.t, "name": one.name}] for one in found.actions)]
    return {"header": dict(found.header), "items": [*items, ["footer", {"dropped_frames": 0}]]}


def recording(recipe: Any) -> bytes:
    """A recording with true sizes and checksums."""
    from formcoach.recording_format import pack_start

    table = recipe if isinstance(recipe, dict) else {}
    items = table.get("items")
    parts = [pack_start(), _item("header", table.get("header"))]
    for one in items if isinstance(items, list) else ():
        match one:
            case ["samples", dict(columns), dict(others)]:
                parts.append(_item("samples", {**_squeezed(columns), **others}))
            case [str(kind), body, *_]:
                parts.append(_item(kind, body))
    return b"".join(parts)


def _item(kind: str, body: Any) -> bytes:
    from formcoach.recording_format import _checksum

    packed = msgpack.packb(body, unicode_errors="replace")
    whole: bytes = msgpack.packb([kind, _checksum(kind, packed), packed], unicode_errors="replace")
    return whole


def _squeezed(columns: dict[Any, Any]) -> dict[Any, Any]:
    from formcoach.recording_format import squeeze

    try:
        count = len(columns["t"])
        wide = {name: np.array(columns[name], np.float64) for name in ("t", "aspect")}
        narrow = {
            name: np.frombuffer(columns[name], "<f4").reshape(count, *shape)
            for name, shape in _SHAPES.items()
            if name in columns
        }
        with np.errstate(all="ignore"):
            return squeeze(wide, narrow, {})
    except (KeyError, TypeError, ValueError, OverflowError, StopIteration, ZeroDivisionError):
        return columns


# ---- histories ---------------------------------------------------------------------------------


def take_history(path: Path) -> dict[str, list[dict[str, Any]]]:
    """A history as a structure that `fill_history` puts into one again."""
    with sqlite3.connect(path) as connection:
        connection.row_factory = sqlite3.Row
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            table[0]: [dict(row) for row in connection.execute(f'SELECT * FROM "{table[0]}"')]
            for table in tables
        }


def fill_history(path: Path, recipe: Any) -> None:
    """Put rows into an empty history, as they are."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN")
    for table, rows in recipe.items() if isinstance(recipe, dict) else ():
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict) and row:
                _insert(connection, table, row)
    connection.execute("COMMIT")
    connection.close()


def _insert(connection: sqlite3.Connection, table: Any, row: dict[Any, Any]) -> None:
    columns = ", ".join('"' + str(name).replace('"', '""') + '"' for name in row)
    into = '"' + str(table).replace('"', '""') + '"'
    marks = ", ".join("?" * len(row))
    with suppress(sqlite3.Error, OverflowError, ValueError):
        connection.execute(f"INSERT INTO {into} ({columns}) VALUES ({marks})", tuple(row.values()))


# ---- archives ----------------------------------------------------------------------------------


def archive(recipe: Any) -> bytes:
    """A zip of `[name, content, compressed]`, each."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as into:
        for one in recipe if isinstance(recipe, list) else ():
            match one:
                case [str(name), bytes(content), compressed]:
                    entry = zipfile.ZipInfo(name.replace("\0", "?")[:60000], _SAME_DAY)
                    entry.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
                    into.writestr(entry, content)
    return made.getvalue()


def unpacked(data: bytes) -> Any:
    """A structure out of its MessagePack; None where bytes of it were changed until it was none."""
    try:
        return msgpack.unpackb(data)
    except (ValueError, msgpack.UnpackException):
        return None
