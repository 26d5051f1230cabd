"""One table of a spec file, read field by field; whatever is not as it should be is noted with its address.

A field that cannot be read gives a stand-in, so that one fault does not hide the others.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from formcoach.legible import printable
from formcoach.spec import Range

UNREAD = math.nan
"""Stands for a number that could not be read: no rule finds fault with it."""

MOST = 10_000
"""The largest whole number that a spec may ask for."""

_PLAIN_NAME = re.compile(r"[A-Za-z0-9_-]+")
_SHOWN = 40  # characters of somebody's own text in a message
_COMPARED = 200  # names that a misspelt one is compared with


class Fault(NamedTuple):
    """What is wrong in a spec, and where: `checks.leg_level.good` and a sentence."""

    address: str
    sentence: str

    def __str__(self) -> str:
        return printable(f"{self.address}: {self.sentence}")


def short(number: float) -> str:
    """A number as a person would write it: `10`, `-8`, `0.04`, `inf`."""
    text = f"{number + 0.0:g}"
    return text if float(text) == number else repr(number + 0.0)


def quoted(text: str) -> str:
    """Somebody's own word in double quotes, cut where it is long."""
    return f'"{text}"' if len(text) <= _SHOWN else f'"{text[:_SHOWN]}..."'


def shown(value: object) -> str:
    """What stands in the file, briefly: a text as it is, anything else by its kind."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, list):
        return "a list"
    return "a table" if isinstance(value, dict) else "a date or time"


def nearest(word: str, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown word: the nearest known one, or all of them."""
    names = list(known)[:_COMPARED]
    near = difflib.get_close_matches(word[:_SHOWN].lower(), names, n=1, cutoff=0.6)
    near = near or [name for name in names if word and name.startswith(word)]
    if near:
        return f"; did you mean {near[0]}?"
    return f"; known here: {', '.join(names)}" if names else ""


class Table:
    """A table of a spec file at its address.

    Args:
        value: what stands there; anything but a table is a fault and read as an empty one.
        address: such as `checks.leg_level`; empty for the file itself.
        faults: where faults are noted.
        known: the fields that there can be; None where the names are the writer's own.
    """

    def __init__(
        self, value: object, address: str, faults: list[Fault], known: Collection[str] | None = None
    ) -> None:
        self._address = address
        self._faults = faults
        self._fields: dict[str, object] = {}
        self.is_table = isinstance(value, dict)
        if not isinstance(value, dict):
            self.note("", f"must be a table, not {shown(value)}")
            return
        self._fields = value
        for name in value:
            if known is None and not _PLAIN_NAME.fullmatch(name):
                self.note(name, "a name has only letters a to z, digits, _ and -")
            elif known is not None and name not in known:
                self.note(name, f"unknown field{nearest(name, known)}")

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def note(self, name: str, sentence: str) -> None:
        """Note a fault of a field, or of the table itself where `name` is empty.

        Nothing is missing from what is no table at all.
        """
        if self.is_table or not name:
            self._faults.append(Fault(self._below(name), sentence))

    def table(self, name: str, known: Collection[str] | None = None, *, needed: bool = False) -> Table:
        """The table under a name; an empty one where there is none."""
        value = self._fields.get(name, {})
        if needed and value == {}:
            self.note(name, "missing")
        return Table(value, self._below(name), self._faults, known)

    def text(self, name: str, default: str | None = None) -> str:
        """A text; without a default it must be there."""
        value = self._value(name, "a text in quotes", needed=default is None)
        if isinstance(value, str):
            return value
        if value is not None:
            self.note(name, f"must be a text in quotes, not {shown(value)}")
        return default or ""

    def flag(self, name: str) -> bool:
        """True or false; false where there is none."""
        value = self._fields.get(name, False)
        if not isinstance(value, bool):
            self.note(name, f"must be true or false, not {shown(value)}")
        return value is True

    def choice(self, name: str, known: Collection[str], default: str | None = None) -> str:
        """One of the known words; empty where it cannot be read."""
        value = self._value(name, f"one of {', '.join(known)}", needed=default is None)
        if value is None:
            return default or ""
        if isinstance(value, str) and value in known:
            return value
        self.note(name, f"{shown(value)} is not one of {', '.join(known)}")
        return default or ""

    def texts(self, name: str, *, needed: bool = False) -> tuple[str, ...]:
        """One text or a list of them; empty where there is none."""
        value = self._value(name, "a text in quotes or a list of them", needed=needed)
        if value is None:
            return ()
        items = value if isinstance(value, list) else [value]
        strange = next((item for item in items if not isinstance(item, str)), None)
        if strange is not None:
            self.note(name, f"must be a text in quotes or a list of them, not {shown(strange)}")
        elif not items:
            self.note(name, "an empty list; fill it or delete it")
        return tuple(item for item in items if isinstance(item, str))

    def number(self, name: str, default: float | None = None) -> float:
        """A finite number; without a default it must be there. `UNREAD` where it cannot be read."""
        value = self._value(name, "a number", needed=default is None)
        if value is None:
            return UNREAD if default is None else default
        number = self._as_number(name, value)
        if math.isinf(number):
            self.note(name, "must be finite")
            return UNREAD
        return number

    def band(self, name: str) -> Range | None:
        """Bounds `[low, high]`, open with -inf or inf; None where they cannot be read."""
        value = self._value(name, "[low, high]", needed=True)
        if value is None:
            return None
        if not isinstance(value, list) or len(value) != 2:
            self.note(name, "must be [low, high], two numbers")
            return None
        low, high = (self._as_number(name, item) for item in value)
        return None if math.isnan(low) or math.isnan(high) else Range(low, high)

    def enough_and_goal(self, name: str) -> tuple[float, float] | None:
        """`[enough, goal]`, or one number that is both; None where there is none."""
        value = self._fields.get(name)
        if value is None:
            return None
        if isinstance(value, list) and len(value) != 2:
            self.note(name, "must be [enough, goal], or one number that is both")
            return None
        items = value if isinstance(value, list) else [value]
        numbers = [self._as_number(name, item) for item in items]
        if any(math.isinf(number) for number in numbers):
            self.note(name, "must be finite")
            return None
        return None if any(map(math.isnan, numbers)) else (numbers[0], numbers[-1])

    def enough_and_goal_whole(self, name: str) -> tuple[int, int] | None:
        """As `enough_and_goal`, in whole numbers."""
        pair = self.enough_and_goal(name)
        if pair is None:
            return None
        enough, goal = (self._as_whole(name, number) for number in pair)
        return None if enough is None or goal is None else (enough, goal)

    def whole(self, name: str, default: int) -> int:
        """A whole number, or the default where there is none."""
        number = self.number(name, float(default))
        whole = None if math.isnan(number) else self._as_whole(name, number)
        return default if whole is None else whole

    def _below(self, name: str) -> str:
        return ".".join(part for part in (self._address, name) if part)

    def _value(self, name: str, wanted: str, *, needed: bool) -> object | None:
        value = self._fields.get(name)
        if value is None and needed:
            self.note(name, f"missing; write {wanted}")
        return value

    def _as_number(self, name: str, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.note(name, f"must be a number, not {shown(value)}")
            return UNREAD
        try:
            number = float(value)
        except OverflowError:
            self.note(name, "a number too large to be meant")
            return UNREAD
        if math.isnan(number):
            self.note(name, "nan is no number; write one")
        return number

    def _as_whole(self, name: str, number: float) -> int | None:
        if number.is_integer() and number <= MOST:
            return int(number)
        wrong = f"is more than {MOST}" if number > MOST else "must be a whole number"
        self.note(name, f"{short(number)} {wrong}")
        return None
