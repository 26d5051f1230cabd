"""`formcoach history` as a person types it."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime, timedelta

import pytest

from coached import stock
from formcoach.cli import main
from formcoach.history import History, history_file
from formcoach.history_log import SessionLog
from formcoach.session import coach_through
from puppet import perform


def before_today(days: int = 0) -> date:
    """By the day of the test itself: midnight may come after this module was loaded."""
    return date.today() - timedelta(days)


@pytest.fixture
def said(capsys):
    def run(*arguments):
        code = main(["history", *map(str, arguments)])
        found = capsys.readouterr()
        return code, found.out, found.err

    return run


@pytest.fixture
def two_days():
    """Hip hinges yesterday, a plank today, and pain today."""
    with History() as kept:
        for days_ago, exercise in ((1, "hip-hinge"), (0, "plank")):
            began = datetime.now(UTC) - timedelta(days_ago)
            report = coach_through(stock(exercise), perform(exercise).samples)
            log = SessionLog(kept, began.replace(tzinfo=None).astimezone())
            log.finish(report)
            kept.write(
                "UPDATE sessions SET day = ? WHERE id = (SELECT max(id) FROM sessions)",
                before_today(days_ago).isoformat(),
            )
        kept.write_note(before_today())
        kept.write_pain(before_today(), True)


def test_nothing_yet_makes_no_file(said):
    code, out, _ = said()
    assert code == 0
    assert "Nothing done yet." in out
    assert not history_file().exists()


def test_what_was_done_is_told(said, two_days):
    code, out, _ = said()
    assert code == 0
    assert out.startswith("2 days in a row.")
    assert "Hip hinge" in out
    assert "Plank" in out
    assert "Pain: today." in out


def test_one_exercise_alone(said, two_days):
    _, out, _ = said("plank")
    assert "Plank" in out
    assert "Hip hinge" not in out
    code, _, err = said("dancing")
    assert code == 2
    assert "The history knows no 'dancing'" in err


def test_page_and_data(said, two_days, tmp_path):
    page, table, data = tmp_path / "a.html", tmp_path / "a.csv", tmp_path / "a.json"
    code, _, _ = said("--page", page, "--csv", table, "--json", data)
    assert code == 0
    assert "<title>formcoach: history</title>" in page.read_text("utf-8")
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["exercise"] for row in rows] == ["hip-hinge", "plank"]
    sets = json.loads(data.read_text("utf-8"))["sets"]
    assert [one["repetitions"] for one in sets] == [int(row["repetitions"]) for row in rows]
    assert sets[0]["day"] == before_today(1).isoformat()


@pytest.mark.parametrize(
    ("what", "left"),
    [("everything", []), ("plank", ["hip-hinge"]), ("today", ["hip-hinge"])],
)
def test_forgetting_is_for_good(said, two_days, what, left):
    code, out, _ = said("--forget", before_today().isoformat() if what == "today" else what, "--yes")
    assert code == 0
    assert "Forgotten for good" in out
    with History() as kept:
        assert [one for (one,) in kept.rows("SELECT exercise FROM sets ORDER BY id")] == left
    beside = history_file().parent.glob(history_file().name + "*")
    assert all((b"plank" in file.read_bytes()) is False for file in beside if file.stat().st_size)


def test_forgetting_asks_first_and_knows_what_it_forgets(said, two_days):
    code, _, err = said("--forget", "everything")
    assert code == 2
    assert "add --yes" in err
    code, _, err = said("--forget", "tuesday", "--yes")
    assert code == 2
    assert "knows no day and no exercise 'tuesday'" in err
    assert "Plank" in said()[1]
