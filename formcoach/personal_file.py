"""The file of a person's own neutral and range: TOML that a person can read, mend and delete."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import platformdirs

from formcoach import toml_text
from formcoach.errors import FormcoachError
from formcoach.files import write_text
from formcoach.personal import Personal

FORMAT = 1

_LARGEST_NUMBER = 1e6  # measures are degrees and trunk lengths
_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,100}")

_HEAD = """# Your own neutral and range, found out by 'formcoach calibrate' and laid over the exercises.
# 'formcoach calibrate --reset' forgets all of it; one exercise goes with its part of this file.
"""


def personal_file() -> Path:
    """Where it is kept: `$FORMCOACH_PERSONAL` where that is set, else in a folder of the person's own."""
    named = os.environ.get("FORMCOACH_PERSONAL")
    if named:
        return Path(named).expanduser()
    return platformdirs.user_data_path("formcoach", appauthor=False) / "personal.toml"


def read_personal() -> dict[str, Personal]:
    """What is known, by exercise; nothing where there is no file.

    Raises:
        FormcoachError: it cannot be read.
    """
    path = personal_file()
    try:
        with path.open("rb") as file:
            return _parse(file.read(toml_text.LARGEST + 1).decode("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise FormcoachError(
            f"{path} cannot be read ({error}); mend it, or 'formcoach calibrate --reset' begins anew."
        ) from None


def _parse(text: str) -> dict[str, Personal]:
    data = toml_text.parse(text)
    if data.pop("format") != FORMAT:
        raise ValueError(f"its format is not {FORMAT}")
    return {_named(name): personal_of(part) for name, part in data.items()}


def write_personal(known: Mapping[str, Personal]) -> None:
    """Keep what is known, whole or not at all.

    Raises:
        FormcoachError: it cannot be written.
    """
    path = personal_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FormcoachError(
            f"The folder {path.parent} cannot be made ({error.strerror}); say where with FORMCOACH_PERSONAL."
        ) from None
    write_text(path, render(known))


def reset_personal(exercise: str = "") -> bool:
    """Forget one exercise, or everything; whether there was anything to forget.

    Raises:
        FormcoachError: the file cannot be read or written.
    """
    path = personal_file()
    if not exercise:
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise FormcoachError(
                f"{path} cannot be deleted ({error.strerror}); delete it yourself."
            ) from None
        return True
    known = read_personal()
    if exercise not in known:
        return False
    write_personal({name: one for name, one in known.items() if name != exercise})
    return True


def render(known: Mapping[str, Personal]) -> str:
    """The file's text."""
    parts = [_HEAD, f"format = {FORMAT}"]
    for name, one in sorted(known.items()):
        parts.append(f'\n["{name}"]\ndate = "{one.date}"')
        for what, values in (("neutral", one.neutral), ("reach", one.reach)):
            if values:
                pairs = ", ".join(f"{measure} = {value:.3f}" for measure, value in sorted(values.items()))
                parts.append(f"{what} = {{ {pairs} }}")
    return "\n".join(parts) + "\n"


def as_plain(personal: Personal) -> dict[str, object]:
    """As a recording keeps it."""
    return {"date": personal.date, "neutral": dict(personal.neutral), "reach": dict(personal.reach)}


def personal_of(data: Any) -> Personal:
    """The reverse.

    Raises:
        AttributeError, KeyError, TypeError, ValueError: it is nothing of the kind.
    """
    neutral, reach = (
        {_named(name): _number(value) for name, value in data.get(what, {}).items()}
        for what in ("neutral", "reach")
    )
    return Personal(date.fromisoformat(str(data["date"])).isoformat(), neutral, reach)


def _named(name: Any) -> str:
    """A name as it may stand in the file and be shown."""
    if not isinstance(name, str) or not _PLAIN.fullmatch(name):
        raise ValueError(f"{str(name)[:40]!r} is no name of an exercise or a measure")
    return name


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < _LARGEST_NUMBER:
        raise ValueError(f"{str(value)[:40]} is no number that was measured")
    return float(value)
