"""The table of docs/catalogue.md: every exercise does what it says there, and all of it is green."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue import CONDITIONS, FAULT_CONDITIONS, STOCK, directions, prove
from catalogue_table import BLOCK, PAGE, figures_of, read, render
from coached import stock
from filmed import Film, films
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
    assert row.alone == row.faults * len(FAULT_CONDITIONS)
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


AGAIN = [
    film
    for exercise, name in (
        ("cat-cow", "clean"),
        ("bridge", "clean"),
        ("side-plank", "sag"),
        ("squat", "rounded"),
    )
    for film in films(exercise)
    if film.name == name
]
"""Repetitions and holds, from the side and from the front, clean and not: all films take minutes."""


@pytest.mark.model
@pytest.mark.parametrize("film", AGAIN, ids=lambda film: f"{film.exercise}, {film.name}")
def test_films_show_what_the_table_says(film: Film, model_path: Path) -> None:
    assert film.judge(*film.take(model_path)) == TABLE[film.exercise]["films"][film.name]
