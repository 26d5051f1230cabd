"""What is remembered from day to day: whole or not at all, and never more than what was good."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from coached import stock
from formcoach.diary import diary_file, open_diary
from formcoach.errors import FormcoachError
from formcoach.progression import Day
from formcoach.routine import Growth, Routine, Step, plan
from formcoach.routine_report import RoutineReport, StepReport
from formcoach.session import Session

TODAY = date(2026, 3, 10)
PLANK = Step(exercise="plank", growth=Growth("hold_s", 20, 40, by=2, good_days=1))
ROUTINE = Routine("a", "A routine", "About", "A book", "Daily", (PLANK, Step(name="Walk", seconds=9)))
PLAN = plan(ROUTINE, {"plank": stock("plank")})


def report(outcome: str = "done", hurt: bool = False) -> RoutineReport:
    done = StepReport(PLAN.steps[0], outcome, 30.0, (Session(stock("plank")).finish(),))  # type: ignore[arg-type]
    walk = StepReport(PLAN.steps[1], "done", 9.0, ())
    return RoutineReport(ROUTINE, 60.0, (done, walk), 20.0 if hurt else None, 0 if hurt else None)


def test_there_is_none_at_first() -> None:
    diary = open_diary()
    assert diary.path == diary_file()
    assert not diary.path.exists()
    assert (diary.note_read, diary.pain_on(TODAY), diary.days("a", "plank")) == (False, None, [])
    assert diary.doses(ROUTINE, TODAY) == [20, None]


def test_what_is_written_is_there_again() -> None:
    open_diary().write_note(TODAY)
    open_diary().write_pain(TODAY, True)
    diary = open_diary()
    assert diary.note_read
    assert diary.pain_on(TODAY) is True
    assert diary.pain_on(TODAY + timedelta(1)) is None
    assert json.loads(diary.path.read_text("utf-8").splitlines()[0]) == {"formcoach diary": 1}
    assert not list(diary.path.parent.glob("*.part"))


def test_a_good_day_makes_the_dose_grow_from_tomorrow_on() -> None:
    open_diary().write_routine(TODAY, report())
    diary = open_diary()
    assert diary.days("a", "plank") == [Day(TODAY.toordinal(), good=True, pain=False)]
    assert diary.days("another", "plank") == []
    assert diary.doses(ROUTINE, TODAY) == [20, None]
    assert diary.doses(ROUTINE, TODAY + timedelta(1)) == [22, None]


def test_a_step_that_was_not_done_or_not_watched_is_no_good_day() -> None:
    open_diary().write_routine(TODAY, report("time over"))
    assert [day.good for day in open_diary().days("a", "plank")] == [False]
    assert open_diary().days("a", "") == []


def test_it_hurt_takes_the_dose_back_in_every_exercise() -> None:
    diary = open_diary()
    diary.write_routine(TODAY - timedelta(1), report())
    assert diary.doses(ROUTINE, TODAY)[0] == 22
    diary.write_hurt(TODAY, "bird-dog")
    assert diary.doses(ROUTINE, TODAY)[0] == 20
    assert open_diary().days("a", "plank")[-1].pain


def test_a_routine_that_hurt_is_a_day_with_pain() -> None:
    open_diary().write_routine(TODAY, report("hurt", hurt=True))
    assert any(day.pain for day in open_diary().days("a", "plank"))


def test_lines_that_make_no_sense_are_passed_over_and_kept() -> None:
    diary = open_diary()
    diary.write_pain(TODAY, False)
    torn = '{"what": "pain", "da'
    with diary.path.open("a", encoding="utf-8") as file:
        file.write(f'[1, 2]\n{{"what": "hurt", "day": "never"}}\n{torn}\n')
    again = open_diary()
    assert again.pain_on(TODAY) is False
    assert again.days("a", "plank") == []
    again.write_note(TODAY)
    assert torn in diary.path.read_text("utf-8")
    assert open_diary().note_read


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("something else\n", "is not a diary made by formcoach; move it away"),
        ("", "is not a diary made by formcoach; move it away"),
        ('{"formcoach diary": 2}\n', "was made by a newer formcoach; update formcoach to open it"),
    ],
)
def test_another_file_is_left_alone(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "other"
    path.write_text(content)
    with pytest.raises(FormcoachError, match=said):
        open_diary(path)
    assert path.read_text() == content


def test_where_it_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FormcoachError, match=r"cannot be (read|written) .* name another file with FORMCOACH"):
        open_diary(tmp_path / "file" / "diary.jsonl").write_note(TODAY)
