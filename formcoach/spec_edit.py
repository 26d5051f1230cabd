"""Changing single bounds in a spec file: everything else stays, comments and layout too.

    >>> edited = edit_text(text, "bird-dog.toml", {"checks.leg_level.good": Range(-12, 10)})
    >>> write_spec(own_path("bird-dog"), edited, before=text)

Nothing is written that the spec's own reader would refuse, and the old text is kept beside the new one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Array, InlineTable, Table

from formcoach.bounds import Value
from formcoach.errors import FormcoachError, SpecError
from formcoach.files import write_bytes, write_text
from formcoach.spec import Pose, Range, Spec
from formcoach.spec_file import parse_spec, user_folder

DIGITS = 4
"""Decimals that are written."""

_EDITABLE = re.compile(
    r"checks\.[\w-]+\.(good|tolerance|after_s)|poses\.\w+\.[\w-]+|(wrong|stations)\.[\w-]+\.pose\.[\w-]+"
)


def edit_text(
    text: str,
    filename: str,
    changes: Mapping[str, Value],
    base_text: Callable[[str], str] | None = None,
) -> str:
    """The text of a spec file with some of its bounds changed.

    A variant that has a bound from its base gets it of its own: of a check only what is changed, and of a
    pose the whole of it, as a pose is replaced whole.

    Args:
        text: the file as it is.
        filename: its name, such as `bird-dog.toml`.
        changes: by address, such as `checks.leg_level.good`, `checks.leg_level.tolerance`,
            `poses.work.leg`, `wrong.bent.pose.knee` or `stations.left.pose.knees`.
        base_text: as in `formcoach.spec_file.parse_spec`.

    Raises:
        SpecError: the file has faults, before or after.
        FormcoachError: the exercise has nothing at an address.
    """
    spec = parse_spec(text, filename, base_text)
    try:
        document = tomlkit.parse(text)
    except TOMLKitError as error:  # what tomllib takes, tomlkit should; if not, say so
        raise SpecError([f"{filename}: cannot be edited without losing its layout ({error})"]) from None
    for address, value in changes.items():
        _change(document, spec, address, value)
    edited = document.as_string()
    parse_spec(edited, filename, base_text)
    return edited


def own_path(spec_id: str) -> Path:
    """Where a person's own file of an exercise is, or would be."""
    return user_folder() / f"{spec_id}.toml"


def write_spec(path: Path, text: str, before: str) -> Path:
    """Write a spec file, whole or not at all, and keep the text that it takes the place of.

    Args:
        path: the file.
        text: the new text.
        before: the old text, whether it stood there or in the file that formcoach brings.

    Returns:
        The file in which the old text is kept.

    Raises:
        FormcoachError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FormcoachError(
            f"The folder {path.parent} cannot be made ({error.strerror}); say where with FORMCOACH_SPECS."
        ) from None
    kept = _free(path)
    write_text(kept, before)
    try:
        write_text(path, text)
    except FormcoachError:
        with suppress(OSError):
            kept.unlink()  # nothing was changed, so there is nothing to take back
        raise
    return kept


def undo(path: Path) -> bool:
    """Take the last change of a spec file back; whether there was one.

    An old text that is the one that stands there was left by a kill, between the two files of a change.
    It goes, and the one before it is taken back.

    Raises:
        FormcoachError: it cannot be read or written.
    """
    changed = False
    while not changed and (kept := _last(path)) is not None:
        try:
            before = kept.read_bytes()
            changed = not path.exists() or before != path.read_bytes()
        except OSError as error:
            raise FormcoachError(f"{kept} cannot be read ({error.strerror}); nothing was changed.") from None
        if changed:
            write_bytes(path, before)
        try:
            kept.unlink()
        except OSError as error:
            raise FormcoachError(
                f"{kept} cannot be deleted ({error.strerror}); delete it yourself."
            ) from None
    return changed


def _backup(path: Path, number: int) -> Path:
    return path.with_name(f"{path.name}.bak" if number == 1 else f"{path.name}.bak{number}")


def _free(path: Path) -> Path:
    """The first name of an old file that is not taken."""
    number = 1
    while _backup(path, number).exists():
        number += 1
    return _backup(path, number)


def _last(path: Path) -> Path | None:
    """The newest old file."""
    number = 1
    while _backup(path, number).exists():
        number += 1
    return _backup(path, number - 1) if number > 1 else None


def _change(document: tomlkit.TOMLDocument, spec: Spec, address: str, value: Value) -> None:
    parts = address.split(".")
    if not _EDITABLE.fullmatch(address) or not _is_there(spec, parts):
        raise FormcoachError(f"{spec.id} has no bound {address}; name one that is in its file.")
    *above, name = parts
    whole = _pose_at(spec, above)
    if whole is not None and _at(document, above) is None:
        pose = tomlkit.inline_table()
        for measure, bounds in {**whole, name: value}.items():
            pose[measure] = _item(bounds)
        _table(document, above[:-1])[above[-1]] = pose
        return
    table = _table(document, above)
    old = table.get(name)
    if isinstance(old, Array) and isinstance(value, Range) and len(old) == 2:
        for at, bound in enumerate(value):
            if float(old[at]) != bound:
                old[at] = _number(bound)
    else:
        table[name] = _item(value)


def _is_there(spec: Spec, parts: list[str]) -> bool:
    pose = _pose_at(spec, parts[:-1])
    return parts[1] in spec.checks if pose is None else parts[-1] in pose


def _pose_at(spec: Spec, above: list[str]) -> Pose | None:
    """The pose that an address lies in; None where it is that of a check, or there is none."""
    match above:
        case ["poses", name]:
            return spec.poses.get(name, {})
        case ["wrong", name, "pose"]:
            return spec.wrong[name].pose if name in spec.wrong else {}
        case ["stations", name, "pose"]:
            return spec.stations[name].pose if name in spec.stations else {}
        case _:
            return None


def _at(document: tomlkit.TOMLDocument, path: list[str]) -> Any:
    found: Any = document
    for name in path:
        if name not in found:
            return None
        found = found[name]
    return found


def _table(document: tomlkit.TOMLDocument, path: list[str]) -> Any:
    """The table at an address, made where the file has none."""
    found: Any = document
    for depth, name in enumerate(path):
        if name not in found:
            found.append(name, _new_table(found, is_last=depth == len(path) - 1))
        found = found[name]
    return found


def _new_table(within: Any, *, is_last: bool) -> Table | InlineTable:
    """An empty table; what lies in a table in one line is one in the same line."""
    if isinstance(within, InlineTable):
        return tomlkit.inline_table()
    return tomlkit.table(is_super_table=not is_last)


def _item(value: Value) -> Any:
    if isinstance(value, Range):
        array = tomlkit.array()
        array.extend(_number(bound) for bound in value)
        return array
    return _number(value)


def _number(value: float) -> int | float:
    if not math.isfinite(value):
        return value
    rounded = round(value, DIGITS)
    return int(rounded) if rounded == int(rounded) else rounded
