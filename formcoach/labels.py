"""What somebody saw with their own eyes: true repetitions, holds, faults, and what is good.

The labels of one recording or video, as `evaluate` scores by them, `tune` fits by them and the studio makes
them. Here they are types, and plain data to and fro; `formcoach.label_file` reads and writes the files.
Times are seconds of the recording or video.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from formcoach.legible import is_unseen

T = TypeVar("T")

ANY_FAULT = "other"
"""The kind of a labelled fault that the exercise has no name for: any found at that time answers it."""


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when, seconds, both belonging to it."""

    start: float
    end: float

    def holds(self, t: float) -> bool:
        """Whether a moment lies in it."""
        return self.start <= t <= self.end


@dataclass(frozen=True, slots=True)
class TrueFault:
    """A fault somebody saw: its common name, seconds."""

    kind: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class TrueRepetition:
    """A repetition somebody saw: the work position was reached and left.

    Attributes:
        turn: the moment furthest into the work position; None where it was not noted.
        good: whether its form is vouched for; None where nobody has said.
        faults: the common names of what was wrong with it.
    """

    start: float
    end: float
    turn: float | None = None
    good: bool | None = None
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Labels:
    """What happens in one recording or video.

    Attributes:
        file: its name.
        exercise: the id to coach it as; None where it shows none of them; empty where it is not said.
        repetitions: those performed, in their order; None where they are not labelled.
        holds: seconds held in good form; None where they are not labelled.
        faults: what is wrong, and when.
        good: seconds in which form is vouched for.
        clean: whether form is vouched for throughout.
        person, session: whose recording it is, and which sitting it is from; empty where it is not said.
    """

    file: str
    exercise: str | None = ""
    repetitions: tuple[TrueRepetition, ...] | None = None
    holds: tuple[Span, ...] | None = None
    faults: tuple[TrueFault, ...] = ()
    good: tuple[Span, ...] = ()
    clean: bool = False
    person: str = ""
    session: str = ""

    @property
    def all_faults(self) -> tuple[TrueFault, ...]:
        """The faults, and those of repetitions for as long as these last, in the order of time."""
        of_reps = (
            TrueFault(kind, rep.start, rep.end) for rep in self.repetitions or () for kind in rep.faults
        )
        return tuple(sorted((*self.faults, *of_reps), key=lambda fault: fault.start))


def as_plain(labels: Labels) -> dict[str, object]:
    """The labels as plain data, ready for JSON: what is not labelled is left out."""
    data: dict[str, object] = {"file": labels.file}
    if labels.exercise != "":
        data["exercise"] = labels.exercise
    if labels.repetitions is not None:
        data["repetitions"] = [_plain_repetition(rep) for rep in labels.repetitions]
    if labels.holds is not None:
        data["holds"] = [_plain_span(span) for span in labels.holds]
    data["faults"] = [{"kind": fault.kind, **_plain_span(fault)} for fault in labels.faults]
    data["good"] = [_plain_span(span) for span in labels.good]
    data["clean"] = labels.clean
    data |= {name: value for name in ("person", "session") if (value := getattr(labels, name))}
    return data


def _plain_span(span: Span | TrueFault) -> dict[str, object]:
    return {"start": span.start, "end": span.end}


def _plain_repetition(rep: TrueRepetition) -> dict[str, object]:
    turn = {} if rep.turn is None else {"turn": rep.turn}
    good = {} if rep.good is None else {"good": rep.good}
    faults = {"faults": list(rep.faults)} if rep.faults else {}
    return {"start": rep.start, **turn, "end": rep.end, **good, **faults}


def labels_of(
    data: object, address: str, faults: list[str], file: str = "", needed: Iterable[str] = ()
) -> Labels:
    """The reverse of `as_plain`; further fields, such as notes, are passed over.

    Args:
        data: what was read.
        address: where in its file it stands, such as `clips[3]`; empty for all of a file.
        faults: what is wrong with it is added here, each with its address.
        file: the name where the data has none; empty = it must have one.
        needed: further fields that it must have.
    """
    table = Table(data, address, faults)
    table.need(needed)
    repetitions = table.each("repetitions", _repetition)
    holds = table.each("holds", _span)
    if repetitions and not holds:
        holds = None  # an empty list beside repetitions says that nobody has looked for holds
    return Labels(
        file=table.text("file", file or None),
        exercise=None if table.is_null("exercise") else table.text("exercise", ""),
        repetitions=repetitions,
        holds=holds,
        faults=table.each("faults", _fault) or (),
        good=table.each("good", _span) or (),
        clean=bool(table.flag("clean")),
        person=table.text("person", ""),
        session=table.text("session", ""),
    )


def _span(table: Table) -> Span:
    return Span(*table.times())


def _fault(table: Table) -> TrueFault:
    return TrueFault(table.text("kind"), *table.times())


def _repetition(table: Table) -> TrueRepetition:
    start, end = table.times()
    turn = table.number("turn", needed=False)
    if turn is not None and not start <= turn <= end:
        table.fault("turn", f"{turn:g} is not between {start:g} and {end:g}")
    return TrueRepetition(start, end, turn, table.flag("good"), table.texts("faults"))


class Table:
    """Fields read from data that somebody wrote; what is wrong is collected, each with its address."""

    def __init__(self, data: object, address: str, faults: list[str]) -> None:
        self._address, self._faults = address, faults
        self._data: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
        self._is_table = isinstance(data, Mapping)
        if not self._is_table:
            self.fault("", f"must be a table of fields, not {_shown(data)}")

    def fault(self, name: str, why: str) -> None:
        """Note what is wrong with a field, or with all of it."""
        at = f"{self._address}.{name}".strip(".")
        self._faults.append(f"{at}: {why}" if at else why)

    def is_null(self, name: str) -> bool:
        """Whether a field is there and says: none."""
        return name in self._data and self._data[name] is None

    def text(self, name: str, otherwise: str | None = None) -> str:
        """A text; `otherwise` where it is left out, a fault where there is none."""
        value = self._data.get(name, otherwise)
        if isinstance(value, str) and (value.strip() or value == otherwise):
            self._see(name, value)
            return value
        self._missing_or(name, "must be a text")
        return ""

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; empty where it is left out."""
        value = self._data.get(name, [])
        if isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value):
            self._see(name, "".join(value))
            return tuple(value)
        self.fault(name, f"must be a list of texts, not {_shown(value)}")
        return ()

    def flag(self, name: str) -> bool | None:
        """True or false; None where it is left out."""
        value = self._data.get(name)
        if value is None or isinstance(value, bool):
            return value
        self.fault(name, f"must be true or false, not {_shown(value)}")
        return None

    def number(self, name: str, *, needed: bool = True) -> float | None:
        """A number; None where it is left out or none."""
        value = self._data.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and _is_finite(value):
            return float(value)
        if needed or value is not None:
            self._missing_or(name, "must be a number")
        return None

    def times(self) -> tuple[float, float]:
        """`start` and `end`; 0 to 0 where they are at fault."""
        start, end = self.number("start"), self.number("end")
        if start is None or end is None:
            return 0.0, 0.0
        if start > end:
            self.fault("start", f"{start:g} is after the end, {end:g}")
        return start, end

    def each(self, name: str, read: Callable[[Table], T]) -> tuple[T, ...] | None:
        """A list of tables, each read; None where it is left out."""
        if name not in self._data:
            return None
        value = self._data[name]
        if not isinstance(value, list):
            self.fault(name, f"must be a list, not {_shown(value)}")
            return None
        address = f"{self._address}.{name}".strip(".")
        return tuple(
            read(Table(one, f"{address}[{number}]", self._faults)) for number, one in enumerate(value)
        )

    def need(self, names: Iterable[str]) -> None:
        """Note each of these fields that is not there."""
        for name in names:
            if self._is_table and name not in self._data:
                self.fault(name, "missing")

    def _see(self, name: str, text: str) -> None:
        if any(map(is_unseen, text)):
            self.fault(name, "has an invisible character in it; delete it")

    def _missing_or(self, name: str, why: str) -> None:
        if not self._is_table:
            return
        self.fault(name, f"{why}, not {_shown(self._data[name])}" if name in self._data else "missing")


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number of hundreds of digits
        return False


def _shown(value: object) -> str:
    text = "null" if value is None else repr(value) if not isinstance(value, int) else str(value)[:40]
    return text if len(text) <= 40 else f"{text[:39]}…"
