"""What is remembered from day to day: whole or not at all, and never more than what was good."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from coached import stock
from formcoach import history as history_module
from formcoach.errors import FormcoachError
from formcoach.history import History, history_file
from formcoach.history_layout import MIGRATIONS
from formcoach.history_log import SessionLog
from formcoach.progression import Day
from formcoach.routine import Growth, Routine, Step, plan
from formcoach.routine_report import RoutineReport, StepReport
from formcoach.session import Session

TODAY = date(2026, 3, 10)
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=timezone(timedelta(hours=1)))
PLANK = Step(exercise="plank", growth=Growth("hold_s", 20, 40, by=2, good_days=1))
ROUTINE = Routine("a", "A routine", "About", "A book", "Daily", (PLANK, Step(name="Walk", seconds=9)))
PLAN = plan(ROUTINE, {"plank": stock("plank")})


@pytest.fixture
def kept() -> Iterator[History]:
    with History() as history:
        yield history


def report(outcome: str = "done", hurt: bool = False) -> RoutineReport:
    done = StepReport(PLAN.steps[0], outcome, 30.0, (Session(stock("plank")).finish(),))  # type: ignore[arg-type]
    walk = StepReport(PLAN.steps[1], "done", 9.0, ())
    return RoutineReport(ROUTINE, 60.0, (done, walk), 20.0 if hurt else None, 0 if hurt else None)


def write_routine(history: History, day: date, done: RoutineReport) -> None:
    began = datetime.combine(day, NOON.timetz())
    SessionLog(history, began, routine="a").finish(done)


def test_there_is_nothing_at_first(kept: History) -> None:
    assert kept.path == history_file()
    assert (kept.note_read, kept.pain_on(TODAY), kept.days("a", "plank")) == (False, None, [])
    assert kept.doses(ROUTINE, TODAY) == [20, None]


def test_what_is_written_is_there_again(kept: History) -> None:
    kept.write_note(TODAY)
    kept.write_pain(TODAY, True)
    with History() as again:
        assert again.note_read
        assert again.pain_on(TODAY) is True
        assert again.pain_on(TODAY + timedelta(1)) is None


def test_the_last_answer_of_a_day_counts(kept: History) -> None:
    kept.write_pain(TODAY, True)
    kept.write_pain(TODAY, False)
    assert kept.pain_on(TODAY) is False


def test_a_good_day_makes_the_dose_grow_from_tomorrow_on(kept: History) -> None:
    write_routine(kept, TODAY, report())
    assert kept.days("a", "plank") == [Day(TODAY.toordinal(), good=True, pain=False)]
    assert kept.days("another", "plank") == []
    assert kept.doses(ROUTINE, TODAY) == [20, None]
    assert kept.doses(ROUTINE, TODAY + timedelta(1)) == [22, None]


def test_a_step_that_was_not_done_or_not_watched_is_no_good_day(kept: History) -> None:
    write_routine(kept, TODAY, report("time over"))
    assert [day.good for day in kept.days("a", "plank")] == [False]
    assert kept.days("a", "") == []


def test_it_hurt_takes_the_dose_back_in_every_exercise(kept: History) -> None:
    write_routine(kept, TODAY - timedelta(1), report())
    assert kept.doses(ROUTINE, TODAY)[0] == 22
    kept.write_hurt(TODAY, "bird-dog")
    assert kept.doses(ROUTINE, TODAY)[0] == 20
    assert kept.days("a", "plank")[-1].pain


def test_a_routine_that_hurt_is_a_day_with_pain(kept: History) -> None:
    write_routine(kept, TODAY, report("hurt", hurt=True))
    assert any(day.pain for day in kept.days("a", "plank"))


def test_changes_made_together_are_made_all_or_not_at_all(kept: History) -> None:
    with suppress(KeyError), kept.together():
        kept.write_note(TODAY)
        raise KeyError
    assert not kept.note_read
    kept.write_note(TODAY)
    assert kept.note_read


def test_two_sessions_write_at_once(kept: History) -> None:
    with History() as other:
        for number in range(5):
            kept.write_pain(TODAY, number % 2 == 0)
            other.write_hurt(TODAY, "plank")
        assert len(other.rows("SELECT id FROM facts")) == 10


# ---- what became of older files ----------------------------------------------------------------


def test_the_diary_of_an_earlier_version_is_taken_over(tmp_path: Path) -> None:
    lines = [
        {"formcoach diary": 1},
        {"what": "note", "day": "2026-03-08"},
        {"what": "step", "day": "2026-03-09", "routine": "a", "exercise": "plank", "good": True},
        {"what": "hurt", "day": "never"},
        {"what": "pain", "day": "2026-03-10", "pain": False},
        ["something else"],
    ]
    text = "\n".join(map(json.dumps, lines)) + '\n{"what": "pain", "da'
    (tmp_path / "diary.jsonl").write_text(text, "utf-8")
    for _ in range(2):  # and only once
        with History() as kept:
            assert kept.note_read
            assert kept.pain_on(TODAY) is False
            assert kept.days("a", "plank") == [Day(date(2026, 3, 9).toordinal(), good=True, pain=False)]
    assert (tmp_path / "diary.jsonl").read_text("utf-8") == text


def test_a_file_of_an_older_version_is_brought_to_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with History() as kept:
        kept.write_note(TODAY)
    newer = (*MIGRATIONS, ("ALTER TABLE facts ADD COLUMN words TEXT NOT NULL DEFAULT 'none'",))
    monkeypatch.setattr(history_module, "MIGRATIONS", newer)
    with History() as kept:
        assert kept.note_read
        assert kept.rows("SELECT words FROM facts") == [("none",)]
        assert kept.rows("PRAGMA user_version") == [(len(newer),)]


def test_a_migration_that_fails_leaves_the_file_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    with History() as kept:
        kept.write_note(TODAY)
    broken = (*MIGRATIONS, ("CREATE TABLE more (id INTEGER)", "ALTER TABLE nothing ADD COLUMN x"))
    with monkeypatch.context() as later:
        later.setattr(history_module, "MIGRATIONS", broken)
        with pytest.raises(FormcoachError, match="cannot be used"):
            History()
    with History() as kept:
        assert kept.note_read
        assert kept.rows("SELECT name FROM sqlite_master WHERE name = 'more'") == []


# ---- files that are none -----------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"something else, as long as a header" * 99, b"\0" * 4096])
def test_another_file_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other"
    path.write_bytes(content)
    with pytest.raises(FormcoachError, match=r"not a history made by formcoach; move it away\.$"):
        History(path)
    assert path.read_bytes() == content


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (id INTEGER)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(FormcoachError, match="is not a history made by formcoach; move it away"):
        History(path)
    assert path.read_bytes() == before


def test_a_newer_one_is_left_alone(kept: History) -> None:
    kept.write(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(FormcoachError, match="was made by a newer formcoach; update formcoach to open it"):
        History()


def test_where_it_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FormcoachError, match=r"cannot be used .* name another file with FORMCOACH_HISTORY"):
        History(tmp_path / "file" / "history.sqlite")


# ---- whatever stops it -------------------------------------------------------------------------

WRITER = """
import sys
from datetime import date
from formcoach.history import History
with History() as kept:
    for number in range(100_000):
        with kept.together():
            kept.write_pain(date(2026, 3, 10), True)
            kept.write_hurt(date(2026, 3, 10), "plank")
        print(number, flush=True)
"""


def test_killed_at_any_moment_it_opens_with_all_that_was_said_to_be_written(tmp_path: Path) -> None:
    chance = random.Random(7)
    written = 0
    for _ in range(4):
        with subprocess.Popen([sys.executable, "-c", WRITER], stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            for _ in range(chance.randrange(1, 60)):
                writer.stdout.readline()
                written += 1
            writer.kill()
        with History() as kept:
            whats = [what for (what,) in kept.rows("SELECT what FROM facts ORDER BY id")]
            assert whats == ["pain", "hurt"] * (len(whats) // 2)
            assert len(whats) // 2 >= written
            assert kept.rows("PRAGMA integrity_check") == [("ok",)]
            written = len(whats) // 2
