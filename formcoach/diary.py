"""What is remembered from day to day: doses done, pain, and that the medical note was read.

A small file of JSON lines, whose first line says what it is. It is written whole beside the old one and
then takes its place, so that a crash leaves the one or the other. Lines that cannot be understood count
nothing and are kept as they are.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import platformdirs

from formcoach.errors import FormcoachError
from formcoach.progression import Day, next_dose
from formcoach.routine import Routine
from formcoach.routine_report import RoutineReport

FILE_VARIABLE = "FORMCOACH_DIARY"
"""Names another file than the usual one."""

FORMAT = 1
"""The layout that this version reads and writes."""

_HEAD = {"formcoach diary": FORMAT}
_LARGEST = 20_000_000  # bytes; a day has some hundred


def diary_file() -> Path:
    """Where it is kept: a file in the person's own data folder, or the one that is named."""
    named = os.environ.get(FILE_VARIABLE)
    if named:
        return Path(named).expanduser()
    return platformdirs.user_data_path("formcoach", appauthor=False) / "diary.jsonl"


@dataclass(slots=True)
class Diary:
    """The diary of one person, as it was when it was opened and what has been added since."""

    path: Path
    lines: list[str] = field(default_factory=list)
    entries: list[Mapping[str, object]] = field(default_factory=list)

    @property
    def note_read(self) -> bool:
        """Whether the medical note has been shown."""
        return any(entry.get("what") == "note" for entry in self.entries)

    def pain_on(self, today: date) -> bool | None:
        """What was answered today to "any pain now?"; None where it was not."""
        answers = [one.get("pain") for one in self._on(today) if one.get("what") == "pain"]
        return answers[-1] is True if answers else None

    def days(self, routine: str, exercise: str) -> list[Day]:
        """The days of one exercise in one routine, and all days on which anything hurt."""
        found: list[Day] = []
        for entry in self.entries:
            day, what = _day_of(entry), entry.get("what")
            if day is None:
                continue
            if what == "hurt" or (what == "pain" and entry.get("pain") is True):
                found.append(Day(day, good=False, pain=True))
            elif what == "step" and (entry.get("routine"), entry.get("exercise")) == (routine, exercise):
                found.append(Day(day, good=entry.get("good") is True, pain=False))
        return found

    def doses(self, routine: Routine, today: date) -> list[float | None]:
        """For each step of a routine today's dose; None where it does not grow."""
        return [
            next_dose(step.growth, self.days(routine.id, step.exercise), today.toordinal())
            if step.growth is not None
            else None
            for step in routine.steps
        ]

    def write_note(self, today: date) -> None:
        """Remember that the medical note was shown."""
        self._add({"what": "note", "day": today.isoformat()})

    def write_pain(self, today: date, pain: bool) -> None:
        """Remember the answer to "any pain now?" for the day."""
        self._add({"what": "pain", "day": today.isoformat(), "pain": pain})

    def write_hurt(self, today: date, exercise: str) -> None:
        """Remember that it hurt in an exercise; empty for a step that is none."""
        self._add({"what": "hurt", "day": today.isoformat(), "exercise": exercise})

    def write_routine(self, today: date, report: RoutineReport) -> None:
        """Remember how each exercise of a routine went that was begun and watched."""
        entries: list[dict[str, object]] = [
            {
                "what": "step",
                "day": today.isoformat(),
                "routine": report.routine.id,
                "exercise": step.planned.step.exercise,
                "good": step.good,
            }
            for step in report.steps
            if step.sets
        ]
        if report.hurt_step is not None:
            exercise = report.steps[report.hurt_step].planned.step.exercise
            entries.append({"what": "hurt", "day": today.isoformat(), "exercise": exercise})
        if entries:
            self._add(*entries)

    def _on(self, today: date) -> list[Mapping[str, object]]:
        return [entry for entry in self.entries if entry.get("day") == today.isoformat()]

    def _add(self, *entries: Mapping[str, object]) -> None:
        self.entries += entries
        self.lines += [json.dumps(entry) for entry in entries]
        part = self.path.with_name(self.path.name + ".part")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with part.open("w", encoding="utf-8") as file:
                file.write("\n".join([json.dumps(_HEAD), *self.lines]) + "\n")
                file.flush()
                os.fsync(file.fileno())
            part.replace(self.path)
        except OSError as error:
            raise FormcoachError(
                f"The diary {self.path} cannot be written ({error.strerror}); "
                f"name another file with {FILE_VARIABLE}."
            ) from None


def open_diary(path: Path | None = None) -> Diary:
    """Read the diary; an empty one where there is none yet.

    Raises:
        FormcoachError: it cannot be read, is another file, or was written by a newer formcoach.
    """
    path = path or diary_file()
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST)
    except FileNotFoundError:
        return Diary(path)
    except OSError as error:
        raise FormcoachError(
            f"The diary {path} cannot be read ({error.strerror}); name another file with {FILE_VARIABLE}."
        ) from None
    head, *lines = content.decode("utf-8", "replace").splitlines() or [""]
    version = (_entry(head) or {}).get("formcoach diary")
    if not isinstance(version, int):
        raise FormcoachError(f"{path} is not a diary made by formcoach; move it away.")
    if version > FORMAT:
        raise FormcoachError(f"The diary {path} was made by a newer formcoach; update formcoach to open it.")
    kept = [line for line in lines if line.strip()]
    return Diary(path, kept, [entry for entry in map(_entry, kept) if entry is not None])


def _entry(line: str) -> Mapping[str, object] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _day_of(entry: Mapping[str, object]) -> int | None:
    try:
        return date.fromisoformat(str(entry.get("day"))).toordinal()
    except ValueError:
        return None
