"""No exercise counts as another, unless docs/confusion.md says so and why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from catalogue import STOCK
from confusing import Cell, confusions, needless, performed, why
from pages import ROOT, page
from scripts import load

confusion = load("confusion")
TABLES = confusion.read_tables(ROOT / "docs")
AFRESH = "run python benchmarks/confusion.py --update"


@pytest.mark.parametrize("exercise", STOCK)
def test_no_exercise_is_taken_for_another(exercise: str) -> None:
    everything = performed(exercise)
    own = next(cell for cell in everything if cell.by == exercise)
    assert own.count == own.of, "walking in and off changes nothing"
    cells = confusions(everything, exercise)
    assert [cell for cell in cells if not why(exercise, cell.by)] == []
    known = {cell.by: cell for cell in TABLES["puppet"].confused if cell.shown == exercise}
    assert {cell.by: cell.count for cell in cells} == {by: cell.count for by, cell in known.items()}, AFRESH
    for cell in cells:
        assert cell.held_s == pytest.approx(known[cell.by].held_s, abs=0.5), AFRESH


def test_the_page_shows_the_table_and_explains_every_confusion() -> None:
    table = TABLES["puppet"]
    assert list(table.by) == STOCK, AFRESH
    assert confusion.render(table) in page("docs/confusion.md").text
    assert "not explained" not in confusion.render(table)


def test_the_page_shows_the_table_of_the_clips_and_explains_it() -> None:
    table = TABLES["clips"]
    assert list(table.by) == STOCK, AFRESH
    assert confusion.render(table) in page("docs/confusion.md").text
    assert "not explained" not in confusion.render(table)


def test_the_drawn_person_does_all_exercises_and_every_reason_is_needed() -> None:
    assert list(TABLES["puppet"].shown) == STOCK, AFRESH
    assert needless(TABLES["puppet"].confused) == []


CELL = Cell("plank", "bird-dog", count=1, of=0, held_s=0.0, of_s=20.0)
TABLE = confusion.Table({"plank": "plank"}, ("bird-dog", "plank"), (CELL,))


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (CELL, []),
        (replace(CELL, held_s=0.4), []),
        (replace(CELL, count=2), ["plank as bird-dog: 2, 0 performed, was 1, 0 performed"]),
        (
            replace(CELL, held_s=3.0),
            ["plank as bird-dog: 1, 0 performed, 3.0 s of 20.0 s, was 1, 0 performed"],
        ),
        (replace(CELL, by="plank"), []),  # that is what it is
        (replace(CELL, shown="plank", by="squat"), ["plank as squat: 1, 0 performed, was nothing"]),
    ],
)
def test_what_is_worse_is_named(now: Cell, said: list[str]) -> None:
    assert confusion.worse(TABLE, replace(TABLE, cells=(now,))) == said


def test_a_clip_of_no_exercise_is_confused_with_any() -> None:
    table = confusion.Table({"walking": ""}, ("plank",), (replace(CELL, shown="walking", by="plank"),))
    assert [cell.by for cell in table.confused] == ["plank"]
    assert "1 × 1: of 1 pairs of different exercises 0 count nothing, 1 something." in confusion.render(table)
    assert "**not explained**" in confusion.render(table)


def test_tables_are_written_and_read_back(tmp_path: Path) -> None:
    marks = [
        (f"<!-- {part}: written by benchmarks/confusion.py -->", f"<!-- end of {part} -->")
        for part in confusion.PARTS
    ]
    (tmp_path / "confusion.md").write_text("".join(f"{a}\nold\n{b}\n" for a, b in marks), "utf-8")
    tables = dict.fromkeys(confusion.PARTS, TABLE)
    confusion.write_tables(tables, tmp_path)
    assert confusion.read_tables(tmp_path) == tables
    text = (tmp_path / "confusion.md").read_text("utf-8")
    assert text.count(confusion.render(TABLE)) == 2
    assert "old" not in text
    assert {path.name for path in tmp_path.glob("*.png")} == {"confusion-puppet.png", "confusion-clips.png"}


def test_a_page_without_its_marks_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "confusion.md").write_text("no marks\n", "utf-8")
    with pytest.raises(confusion.FormcoachError, match="once each, for the table"):
        confusion.write_tables({"puppet": TABLE}, tmp_path)
    assert not (tmp_path / "confusion.json").exists()
    with pytest.raises(confusion.FormcoachError, match="write it anew with --update"):
        confusion.read_tables(tmp_path)
