"""The coach says that it does not see before it is wrong, and the pages say how far that goes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from catalogue import STOCK
from pages import ROOT, page
from scripts import load
from worsened import DISTURBANCES, Verdict, worst

AFRESH = "run python benchmarks/worsening.py --update"
MANY = ("bird-dog", "hip-hinge", "plank", "side-plank", "sit-up")
"""Of each position and kind."""


curves = load("worsening_page")
worsening = load("worsening")
KNOWN = worsening.read_curves(ROOT / "docs")


@pytest.mark.parametrize("exercise", MANY)
@pytest.mark.parametrize(
    ("disturbance", "level"),
    [
        ("shake", 2.0),
        ("hide", 0.5),
        ("blind", 2.0),
        ("stall", 0.5),
        ("rate", 7.0),
        ("far", 0.25),
        ("near", 1.4),
    ],
)
def test_nothing_is_wrong_without_a_word(exercise: str, disturbance: str, level: float) -> None:
    assert worst(exercise, DISTURBANCES[disturbance], level).verdict < Verdict.WRONG


@pytest.mark.parametrize(
    ("exercise", "disturbance"),
    [("squat", "rate"), ("plank", "view"), ("push-up", "near"), ("bridge", "blind")],
)
def test_the_curves_are_those_of_the_page(exercise: str, disturbance: str) -> None:
    known = next(one for one in KNOWN.of(disturbance) if one.exercise == exercise)
    assert worsening.curves_of(exercise, [disturbance]) == [known], AFRESH


def test_every_exercise_was_put_through_every_level() -> None:
    assert dict(KNOWN.levels) == {name: one.levels for name, one in DISTURBANCES.items()}, AFRESH
    for name, levels in KNOWN.levels.items():
        assert [one.exercise for one in KNOWN.of(name)] == STOCK, AFRESH
        assert {len(one.verdicts) for one in KNOWN.of(name)} == {len(levels)}


def test_the_pages_show_the_curves() -> None:
    for name, render in worsening.PAGES.items():
        assert f"{worsening.BEGIN}\n\n{render(KNOWN)}\n\n{worsening.END}" in page(f"docs/{name}").text, AFRESH


CURVE = curves.Curve("squat", "shake", (0, 0, 1, 4, 1, 1), ("counted 2 of 3",), ("Step back",))
CURVES = curves.Curves("2026-01-02", "0.1.0", 2, {"shake": DISTURBANCES["shake"].levels}, (CURVE,))
WHERE = "squat, points tremble"


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        ((0, 0, 1, 4, 1, 1), []),
        ((0, 0, 0, 0, 0, 0), []),
        ((0, 0, 3, 1, 1, 1), []),  # worse where it failed already, and said
        ((0, 1, 1, 1, 1, 1), [f"{WHERE}: fails at 2, was exact (counted 2 of 3)"]),
        ((0, 0, 1, 4, 1, 4), [f"{WHERE}: wrong unsaid at 14"]),
        (
            (4, 0, 1, 1, 1, 1),
            [f"{WHERE}: fails at 1, was exact (counted 2 of 3)", f"{WHERE}: wrong unsaid at 1"],
        ),
    ],
)
def test_what_got_worse_is_named(verdicts: tuple[int, ...], said: list[str]) -> None:
    now = replace(CURVES, curves=(replace(CURVE, verdicts=verdicts),))
    assert curves.worse(CURVES, now) == said
    assert worsening.check(CURVES, now) == bool(said)


def test_other_levels_and_new_exercises_are_not_compared() -> None:
    failing = replace(CURVE, verdicts=(4, 4, 4, 4, 4, 4))
    assert curves.worse(CURVES, replace(CURVES, levels={"shake": (1.0, 2.0)}, curves=(failing,))) == []
    assert curves.worse(CURVES, replace(CURVES, curves=(replace(failing, exercise="lunge"),))) == []


def test_what_is_measured_anew_takes_the_place_of_what_was() -> None:
    other = replace(CURVE, exercise="lunge")
    before = replace(CURVES, curves=(CURVE, other))
    now = replace(CURVES, date="2026-02-03", curves=(replace(CURVE, verdicts=(0,) * 6),))
    assert before.updated(now).curves == (now.curves[0], other)
    assert before.updated(now).date == "2026-02-03"


def test_a_row_says_where_it_fails_and_what_is_said() -> None:
    assert "| squat | 2 | 4 | missed, said | counted 2 of 3 | Step back | 6 |" in curves.details(CURVES)
    good = replace(CURVES, curves=(replace(CURVE, verdicts=(0,) * 6),))
    assert "Exact at every level: squat." in curves.details(good)
    assert "| points tremble | % of the trunk | 2 | 2 | 4 (1) | – | – | 6 (1) |" in curves.summary(CURVES)


def test_curves_are_written_and_read_back(tmp_path: Path) -> None:
    for name in worsening.PAGES:
        (tmp_path / name).write_text(f"a\n{worsening.BEGIN}\nold\n{worsening.END}\nz\n", "utf-8")
    worsening.write_curves(CURVES, tmp_path)
    assert worsening.read_curves(tmp_path) == CURVES
    once = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(once) == {*worsening.PAGES, "worse-pictures.json", "worse-pictures.png"}
    assert b"old" not in once["accuracy.md"]
    worsening.write_curves(CURVES, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == once


def test_a_page_without_its_marks_is_left_alone(tmp_path: Path) -> None:
    for name in worsening.PAGES:
        (tmp_path / name).write_text("no marks\n", "utf-8")
    with pytest.raises(worsening.FormcoachError, match="once each, for the curves"):
        worsening.write_curves(CURVES, tmp_path)
    assert not (tmp_path / "worse-pictures.json").exists()
    with pytest.raises(worsening.FormcoachError, match="write it anew with --update"):
        worsening.read_curves(tmp_path)
