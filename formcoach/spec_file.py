"""Spec files: where they are, and from TOML to a `Spec`.

    >>> spec = read_spec(find_spec("bird-dog"))

A person's own folder comes before the one that formcoach brings, so that a copy of a spec with other
bounds takes its place.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import platformdirs

from formcoach import toml_text
from formcoach.errors import FormcoachError, SpecError
from formcoach.legible import printable
from formcoach.spec import Spec
from formcoach.spec_lint import examine
from formcoach.spec_lint.table import quoted, shown

FOLDER_VARIABLE = "FORMCOACH_SPECS"
"""Names a folder of one's own spec files, in place of the usual one."""

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")  # longer ones are no names of files
_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_NAMED = 12  # exercises in a sentence; more are a list
_SHOWN = 60  # characters of a line that is not understood


def read_spec(path: str | Path) -> Spec:
    """Read a spec file.

    Raises:
        SpecError: the file cannot be read or has faults; all of them at once.
    """
    path = Path(path)
    return parse_spec(text_of(path), path.name)


def check_spec(path: str | Path) -> list[str]:
    """The faults of a spec file, each a line with its address; none for a sound one."""
    try:
        read_spec(path)
    except SpecError as error:
        return list(error.faults)
    return []


def parse_spec(text: str, filename: str, base_text: Callable[[str], str] | None = None) -> Spec:
    """Read the text of a spec file.

    Args:
        text: the TOML text.
        filename: the file's name, such as `bird-dog.toml`: it gives the exercise's id.
        base_text: gives the text of the exercise of an id, where this one is based on it; None = of the one
            that is installed.

    Raises:
        SpecError: all the faults at once, each a line such as
            `bird-dog.toml: checks.leg_level.good: low 10 is above high -8`.
    """
    spec_id = filename.removesuffix(".toml")
    faults = []
    if not _ID.fullmatch(spec_id) or not filename.endswith(".toml"):
        faults.append("a file's name is small letters, digits and -, then .toml, such as bird-dog.toml")
    mapping = parse_toml(text, filename)
    spec: Spec | None = None
    try:
        base = _base_of(mapping, base_text or _text_of_installed)
    except FormcoachError as error:
        faults.append(printable(f"based_on: {error}"))
    else:
        spec, found = examine(mapping, spec_id, base)
        faults += found
    if faults or spec is None:
        raise SpecError([f"{printable(filename)}: {fault}" for fault in faults])
    return spec


def texts_of(spec_id: str) -> dict[str, str]:
    """By id all texts that it takes to read an installed exercise again: its own, and its base's.

    Raises:
        FormcoachError: there is no such exercise, or it cannot be read.
    """
    text = _text_of_installed(spec_id)
    base = parse_toml(text, f"{spec_id}.toml").get("based_on")
    return {spec_id: text} | ({base: _text_of_installed(base)} if isinstance(base, str) else {})


def variants_of(spec_id: str) -> list[Spec]:
    """The installed exercises that are based on this one, by id; faulty files are passed over."""
    found = []
    for path in list_specs():
        try:
            spec = read_spec(path)
        except SpecError:
            continue
        found += [spec] * (spec.based_on == spec_id)
    return found


def _base_of(own: Mapping[str, object], base_text: Callable[[str], str]) -> Mapping[str, object] | None:
    """The file of the spec that one is based on, if it is.

    Raises:
        FormcoachError: it is not there, a variant itself, or faulty.
    """
    base_id = own.get("based_on")
    if not isinstance(base_id, str):
        return None
    base = parse_toml(base_text(base_id), f"{base_id}.toml")
    if "based_on" in base:
        raise SpecError([f"{base_id} is a variant itself; name {shown(base['based_on'])}"])
    if examine(base, base_id)[1]:
        raise SpecError([f"{base_id} has faults of its own; mend that file first"])
    return base


def _text_of_installed(spec_id: str) -> str:
    return text_of(find_spec(spec_id))


def stock_folder() -> Path:
    """The spec files that formcoach brings: in the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "_data" / "exercise_specs"
    return installed if installed.is_dir() else package.parent / "exercise_specs"


def user_folder() -> Path:
    """A person's own spec files; the folder need not exist. `FORMCOACH_SPECS` names another."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else platformdirs.user_config_path("formcoach") / "exercise_specs"


def list_specs() -> list[Path]:
    """All spec files by id; of two with one id the person's own."""
    found: dict[str, Path] = {}
    for folder in (stock_folder(), user_folder()):
        for path in folder.glob("*.toml"):
            if not path.name.startswith("."):
                found[path.stem] = path
    return [found[spec_id] for spec_id in sorted(found)]


def find_spec(spec_id: str) -> Path:
    """The file of an exercise.

    Raises:
        FormcoachError: there is no such exercise; names the nearest ones, or all.
    """
    if _ID.fullmatch(spec_id):
        for folder in (user_folder(), stock_folder()):
            path = folder / f"{spec_id}.toml"
            if path.is_file():
                return path
    raise FormcoachError(_unknown(spec_id))


def stock_spec(spec_id: str) -> Path:
    """The file of an exercise as formcoach brings it, whatever the person has of their own.

    Raises:
        FormcoachError: it brings none of this id.
    """
    path = stock_folder() / f"{spec_id}.toml"
    if not _ID.fullmatch(spec_id) or not path.is_file():
        raise FormcoachError(_unknown(spec_id))
    return path


def _unknown(spec_id: str) -> str:
    known = [path.stem for path in list_specs()]
    near = difflib.get_close_matches(spec_id.lower(), known, n=3, cutoff=0.6)
    if near:
        hint = f"did you mean {' or '.join(near)}?"
    elif len(known) > _NAMED:
        hint = "'formcoach specs' lists them."
    elif known:
        hint = f"there are {', '.join(known)}."
    else:
        hint = f"no spec files are in {stock_folder()}; install formcoach again."
    named = os.environ.get(FOLDER_VARIABLE)
    if named and not Path(named).is_dir():
        hint += f" ({FOLDER_VARIABLE} names {named}, which is not a folder.)"
    return printable(f"There is no exercise called {quoted(spec_id)}: {hint}")


def text_of(path: Path, what: str = "spec") -> str:
    """The text of a file of settings, or a sentence on why it cannot be had.

    Args:
        path: the file.
        what: it is to hold: a spec, a routine.

    Raises:
        SpecError: it is not there, cannot be read, or is something else.
    """
    try:
        if path.is_dir():
            raise _unreadable(path, f"is a folder; name one {what} file in it")
        if not path.exists():
            raise _unreadable(path, "there is no such file; check the name")
        if not path.is_file():
            raise _unreadable(path, f"is not a file; name a {what} file")
        with path.open("rb") as file:
            content = file.read(toml_text.LARGEST + 1)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise _unreadable(path, f"cannot be read ({why}); check the file and its permissions") from None
    if len(content) > toml_text.LARGEST:
        raise _unreadable(path, f"is over 1 MB; a {what} file is much smaller, so this is another file")
    try:
        return content.decode("utf-8-sig")  # some editors on Windows write the mark in front
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _unreadable(path, f"line {line} is not UTF-8; save the file as UTF-8 in your editor") from None


def _unreadable(path: Path, why: str) -> SpecError:
    return SpecError([printable(f"{path}: {why}")])


def parse_toml(text: str, filename: str) -> dict[str, object]:
    """What TOML makes of the text.

    Raises:
        SpecError: it is no TOML; says in which line.
    """
    try:
        return toml_text.parse(text)
    except toml_text.TooDeepError:
        why = "is nested too deeply to be a spec"
    except ValueError as error:  # also for numbers of thousands of digits
        why = _not_understood(str(error), text)
    raise SpecError([printable(f"{filename}: {why}")])


def _not_understood(message: str, text: str) -> str:
    """Where TOML stumbled, with the line as it stands there."""
    where = _LINE.search(message)
    if where is None:
        return "has a number of too many digits" if "digits" in message else f"cannot be read: {message}"
    lines = text.split("\n")
    number = int(where[1]) if where[1] else len(text.rstrip().split("\n"))
    stands = lines[number - 1].strip()
    there = f": {stands[:_SHOWN]}" if stands else ""
    return f"line {number}: {message[: where.start()][:_SHOWN]}{there}"
