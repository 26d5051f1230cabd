"""The guard over accuracy: what falls behind is named, and the page says what the data say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scripts import load

figures = load("figures")
accuracy = load("accuracy")

CLEAN = figures.Figures(
    file="plank.mp4",
    exercise="plank",
    looped=1,
    clean=True,
    repetitions_true=0,
    repetitions=0,
    hold_s_true=8.0,
    hold_s=7.9,
    faults_true=0,
    faults_found=0,
    faults_else=0,
    unseen_s=0.0,
)
FAULTY = replace(
    CLEAN,
    file="bird-dog.mp4",
    exercise="bird-dog",
    looped=3,
    clean=False,
    repetitions_true=6,
    repetitions=5,
    hold_s_true=None,
    hold_s=5.5,
    faults_true=3,
    faults_found=3,
)
BEFORE = figures.Measured("2026-01-02", "0.1.0", 5, (CLEAN, FAULTY))


def test_nothing_falls_behind_itself() -> None:
    assert figures.fell_behind(BEFORE.clips, BEFORE.clips) == []


@pytest.mark.parametrize(
    ("was", "changes", "said"),
    [
        (FAULTY, {"repetitions": 8}, "bird-dog.mp4: 8 repetitions counted of 6, was 5"),
        (FAULTY, {"repetitions": 4}, "bird-dog.mp4: 4 repetitions counted of 6, was 5"),
        (CLEAN, {"hold_s": 7.74}, "plank.mp4: 7.74 s held of 8.00 s, was 7.90 s"),
        (CLEAN, {"hold_s": 8.26}, "plank.mp4: 8.26 s held of 8.00 s, was 7.90 s"),
        (FAULTY, {"faults_found": 1}, "bird-dog.mp4: 1 faults found of 3, was 3"),
        (CLEAN, {"faults_else": 2}, "plank.mp4: 2 false alarms on a clean clip, was 0"),
    ],
)
def test_a_figure_that_is_worse_is_named(was: object, changes: dict[str, object], said: str) -> None:
    assert figures.fell_behind([was], [replace(was, **changes)]) == [said]


@pytest.mark.parametrize(
    ("was", "changes"),
    [
        (FAULTY, {"repetitions": 7}),  # as far off as before
        (FAULTY, {"repetitions": 6}),
        (FAULTY, {"hold_s": 0.0}),  # not labelled
        (FAULTY, {"faults_else": 4}),  # nobody vouches for the form
        (CLEAN, {"hold_s": 7.76}),
        (CLEAN, {"unseen_s": 1.0}),
    ],
)
def test_a_figure_that_is_as_good_is_not(was: object, changes: dict[str, object]) -> None:
    assert figures.fell_behind([was], [replace(was, **changes)]) == []


def test_a_clip_left_out_is_named_and_a_new_one_is_welcome() -> None:
    assert figures.fell_behind([CLEAN], [FAULTY]) == ["plank.mp4: was scored, and is not any more"]


def test_check_fails_only_where_something_fell_behind(capsys: pytest.CaptureFixture[str]) -> None:
    new = replace(CLEAN, file="new.mp4", faults_else=1)
    assert accuracy.check(replace(BEFORE, clips=(*BEFORE.clips, new)), BEFORE) == 0
    assert "New, not yet in docs/accuracy.json: new.mp4" in capsys.readouterr().out
    assert accuracy.check(replace(BEFORE, clips=(CLEAN,)), BEFORE) == 1
    assert "Fell behind: bird-dog.mp4: was scored" in capsys.readouterr().out


def test_loops_are_counted_apart() -> None:
    said = figures.render(BEFORE)
    assert "counted exactly in 1 of 2 clips, mean error 0.50; 6 were performed, 2 when" in said
    assert "3 of 3 labelled faults found; 1 when" in said
    assert "| bird-dog (one take, 3 times) | bird-dog | 5 of 6 | – | 3 of 3 | 0 | 0.0 |" in said


def test_figures_are_written_into_the_page_and_read_back(tmp_path: Path) -> None:
    page = tmp_path / "accuracy.md"
    page.write_text(f"before\n{accuracy.BEGIN}\nold\n{accuracy.END}\nafter\n", "utf-8")
    accuracy.write_figures(BEFORE, tmp_path)
    once = page.read_text("utf-8")
    assert once == f"before\n{accuracy.BEGIN}\n\n{figures.render(BEFORE)}\n\n{accuracy.END}\nafter\n"
    assert accuracy.read_figures(tmp_path) == BEFORE
    accuracy.write_figures(BEFORE, tmp_path)
    assert page.read_text("utf-8") == once


def test_a_page_without_its_marks_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "accuracy.md").write_text("no marks\n", "utf-8")
    with pytest.raises(accuracy.FormcoachError, match="once each, for the figures"):
        accuracy.write_figures(BEFORE, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["accuracy.md"]


def test_broken_figures_are_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "accuracy.json").write_text('{"clips": [{"file": "a.mp4"}]}', "utf-8")
    with pytest.raises(accuracy.FormcoachError, match="write it anew with --update"):
        accuracy.read_figures(tmp_path)


def test_the_page_says_what_the_data_say() -> None:
    said = figures.render(accuracy.read_figures(accuracy.DOCS))
    assert f"{accuracy.BEGIN}\n\n{said}\n\n{accuracy.END}" in (accuracy.DOCS / "accuracy.md").read_text(
        "utf-8"
    )
