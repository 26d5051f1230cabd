"""The history: what was done day by day, with doses, pain, and that the medical note was read.

One SQLite file in the person's own data folder. It is written as a session goes, each change whole or not
at all, so that whatever stops formcoach, the file opens and holds what had happened until then. Two
sessions may write at once. Nothing of it leaves the machine.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TypeVar

import platformdirs

from formcoach.diary import read_diary
from formcoach.errors import FormcoachError
from formcoach.history_layout import APPLICATION, MIGRATIONS
from formcoach.progression import Day, next_dose
from formcoach.routine import Routine

FILE_VARIABLE = "FORMCOACH_HISTORY"
"""Names another file than the usual one."""

BUSY_S = 5.0
"""So long a change waits for that of another session to end."""

T = TypeVar("T")
Row = tuple[object, ...]


def history_file() -> Path:
    """Where it is kept: a file in the person's own data folder, or the one that is named."""
    named = os.environ.get(FILE_VARIABLE)
    if named:
        return Path(named).expanduser()
    return platformdirs.user_data_path("formcoach", appauthor=False) / "history.sqlite"


class History:
    """The history of one person. Opened where it is first needed; made where there is none yet.

    One thread at a time may use it.

    Args:
        path: the file.

    Raises:
        FormcoachError: it cannot be read or written, is another file, is damaged, or was written by a
            newer formcoach; from every method.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or history_file()
        self._connection = self._telling(self._open)

    def close(self) -> None:
        """Close the file; everything has been written long before."""
        self._connection.close()

    def __enter__(self) -> History:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # What the other modules of the history read and write with

    def rows(self, query: str, *values: object) -> list[Row]:
        """All rows that a query gives."""
        return self._telling(lambda: self._connection.execute(query, values).fetchall())

    def write(self, query: str, *values: object) -> int:
        """Make one change; the number of the row that it added."""
        return self._telling(lambda: self._connection.execute(query, values).lastrowid or 0)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Several changes that are made all or not at all."""
        self.write("BEGIN IMMEDIATE")
        try:
            yield
            self.write("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise

    # What is remembered from day to day

    @property
    def note_read(self) -> bool:
        """Whether the medical note has been shown."""
        return bool(self.rows("SELECT 1 FROM facts WHERE what = 'note' LIMIT 1"))

    def pain_on(self, today: date) -> bool | None:
        """What was answered today to "any pain now?"; None where it was not."""
        query = "SELECT pain FROM facts WHERE what = 'pain' AND day = ? ORDER BY id DESC LIMIT 1"
        answers = self.rows(query, today.isoformat())
        return bool(answers[0][0]) if answers else None

    def days(self, routine: str, exercise: str) -> list[Day]:
        """The days of one exercise in one routine, and all days on which anything hurt."""
        done = self.rows(
            "SELECT day, good, 0 FROM steps WHERE routine = ? AND exercise = ? UNION ALL "
            "SELECT day, 0, 1 FROM facts WHERE what = 'hurt' OR (what = 'pain' AND pain = 1)",
            routine,
            exercise,
        )
        days = ((_ordinal(day), bool(good), bool(pain)) for day, good, pain in done)
        return [Day(day, good, pain) for day, good, pain in days if day is not None]

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
        self.write("INSERT INTO facts (day, what) VALUES (?, 'note')", today.isoformat())

    def write_pain(self, today: date, pain: bool) -> None:
        """Remember the answer to "any pain now?" for the day."""
        self.write("INSERT INTO facts (day, what, pain) VALUES (?, 'pain', ?)", today.isoformat(), pain)

    def write_hurt(self, today: date, exercise: str) -> None:
        """Remember that it hurt in an exercise; empty for a step that is none."""
        self.write(
            "INSERT INTO facts (day, what, exercise) VALUES (?, 'hurt', ?)", today.isoformat(), exercise
        )

    def write_step(self, today: date, routine: str, exercise: str, good: bool) -> None:
        """Remember how an exercise of a routine went: what its dose grows by."""
        self.write(
            "INSERT INTO steps (day, routine, exercise, good) VALUES (?, ?, ?, ?)",
            today.isoformat(),
            routine,
            exercise,
            good,
        )

    # Opening

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN")  # one look at all three: another session may be making the file
        application, version = _number(connection, "application_id"), _number(connection, "user_version")
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        connection.execute("COMMIT")
        if tables and application != APPLICATION:
            raise FormcoachError(f"{self.path} is not a history made by formcoach; move it away.")
        if version > len(MIGRATIONS):
            raise FormcoachError(
                f"The history {self.path} was made by a newer formcoach; update formcoach to open it."
            )
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        if version < len(MIGRATIONS):
            self._migrate(connection)

    def _migrate(self, connection: sqlite3.Connection) -> None:
        """Bring an older file to this version's layout, a version at a time, all or nothing."""
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = _number(connection, "user_version")  # another session may have been quicker
            for statements in MIGRATIONS[version:]:
                for statement in statements:
                    connection.execute(statement)
            if version == 0:
                _take_over_diary(connection, self.path)
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def _telling(self, do: Callable[[], T]) -> T:
        """Do something with the file; what goes wrong becomes a sentence."""
        try:
            return do()
        except sqlite3.OperationalError as error:
            raise self._not_to_be_used(str(error)) from None
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            raise FormcoachError(
                f"{self.path} is damaged or not a history made by formcoach; move it away."
            ) from None
        except OSError as error:
            raise self._not_to_be_used(str(error.strerror)) from None

    def _not_to_be_used(self, why: str) -> FormcoachError:
        return FormcoachError(
            f"The history {self.path} cannot be used ({why}); name another file with {FILE_VARIABLE}."
        )


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Let others read while one writes; here SQLite itself does not wait for a session that does the same."""
    until = time.monotonic() + BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _ordinal(day: object) -> int | None:
    try:
        return date.fromisoformat(str(day)).toordinal()
    except ValueError:
        return None


def _take_over_diary(connection: sqlite3.Connection, path: Path) -> None:
    """What the diary of an earlier version remembered; its file stays where it is."""
    for table, row in read_diary(path.with_name("diary.jsonl")):
        columns: Sequence[str] = tuple(row)
        marks = ", ".join("?" * len(columns))
        connection.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", tuple(row.values())
        )
