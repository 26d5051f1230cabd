"""The table of docs/catalogue.md: every exercise does what it says there, and all of it is green."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue import CONDITIONS, STOCK, directions, prove
from catalogue_table import BLOCK, PAGE, figures_of, read, render
from coached import stock
from filmed import NEAR, Film, far_off, films
from formcoach.spec_file import check_spec, list_specs
from performed import ON_FILM, PERFORMED
from puppet.exercises import EXERCISES

TABLE = read()
AFRESH = "write the table anew with: python tests/catalogue_table.py"
ENTIRELY_ON_FILM = 12
"""So many exercises, at the least, are right on both of their films."""


def test_there_are_specs_and_all_of_them_are_sound() -> None:
    assert STOCK
    assert [fault for path in list_specs() for fault in check_spec(path)] == []


@pytest.mark.parametrize("exercise", STOCK)
def test_every_check_has_a_fault_that_shows_it(exercise: str) -> None:
    assert set(PERFORMED[exercise]) == directions(stock(exercise))
    assert set(PERFORMED[exercise].values()) <= EXERCISES[exercise].faults


@pytest.mark.parametrize("exercise", STOCK)
def test_every_exercise_is_counted_silent_and_judged_as_the_table_says(exercise: str) -> None:
    row = prove(exercise)
    assert row.problems == ()
    assert row.exact == row.silent == len(CONDITIONS)
    assert row.alone == row.faults * len(CONDITIONS)
    films = TABLE.get(exercise, {}).get("films")
    assert TABLE.get(exercise) == figures_of(row) | {"films": films}, AFRESH


def test_the_page_shows_the_figures() -> None:
    assert list(TABLE) == STOCK, AFRESH
    block = BLOCK.search(PAGE.text)
    assert block is not None
    assert render(TABLE) in block[0], AFRESH


def test_every_exercise_was_filmed_and_what_films_do_not_show_is_explained() -> None:
    right = []
    for exercise in STOCK:
        made = TABLE[exercise]["films"]
        assert list(made) == [film.name for film in films(exercise)], f"{AFRESH} --films {exercise}"
        assert any(made.values()) == (exercise in ON_FILM)
        right += [exercise] * (not any(made.values()))
    assert len(right) >= ENTIRELY_ON_FILM


SHOWN = [
    film
    for name in STOCK
    for film in films(name)
    if TABLE.get(name, {}).get("films", {}).get(film.name) == []
]
"""Films on which all was as it should be."""


@pytest.mark.model
@pytest.mark.parametrize("film", SHOWN, ids=lambda film: f"{film.exercise}, {film.fault or 'clean'}")
def test_the_pose_model_sees_what_was_drawn(film: Film, model_path: Path) -> None:
    performance, samples = film.take(model_path)
    assert film.judge(performance, samples) == []
    off = far_off(performance, samples)
    assert max(off[part] for part in NEAR) < 0.2, "trunk lengths"
