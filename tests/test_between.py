"""What is drawn between the exercises of a routine."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcoach.overlay.between import WORDS, Between, _is_told
from formcoach.routine_machine import Now

NOW = Now(
    "rest", 0, 2, 2, "1 of 2: Plank", "Rest, then set 2 of Plank", "Walking", "Then: Walking", 9.5, 15.0
)
GREY = np.full((360, 640, 3), 90, np.uint8)


def drawn(now: Now = NOW, message: tuple[str, str] | None = None, size=GREY, mirror=False):
    canvas = np.empty_like(size)
    Between(size.shape[1], size.shape[0], mirror=mirror).draw(size, now, message, canvas)
    return canvas


def test_the_picture_stays_as_it_is_and_the_cards_are_on_the_canvas() -> None:
    canvas = drawn()
    assert (GREY == 90).all()
    changed = (canvas != 90).any(axis=2)
    height, width = changed.shape
    assert changed[: height // 4, : width // 2].any()  # where one is
    assert changed[: height // 4, -width // 4 :].any()  # the countdown
    assert changed[height // 3 : 2 * height // 3].any()  # what to do
    assert changed[-height // 6 :].any()  # what comes after


def test_the_countdown_runs() -> None:
    later = drawn(replace(NOW, left_s=3.2))
    different = (drawn() != later).any(axis=2)
    assert different[:120, -160:].any()
    assert not different[170:].any()


def test_pain_takes_the_place_of_what_to_do() -> None:
    hurt = drawn(message=("Stopped, as it hurts", "stop"))
    assert (hurt != drawn()).any()
    assert (hurt[-50:] == 90).all()


def test_the_mirror_turns_the_picture_and_not_the_words() -> None:
    half = GREY.copy()
    half[:, :320] = 30
    plain, mirrored = drawn(size=half), drawn(size=half, mirror=True)
    assert (plain[100, 5] == 30).all()
    assert (mirrored[100, 5] == 90).all()
    assert (plain[8:30, 10:40] == mirrored[8:30, 10:40]).mean() > 0.5


@pytest.mark.parametrize("stage", WORDS)
@pytest.mark.parametrize("shape", [(1080, 1920), (480, 270), (90, 120)])
def test_every_stage_fits_every_picture(stage, shape) -> None:
    long = "On your back, knees bent, feet flat. Lift your hips into one line, hold and lower them. " * 2
    now = replace(NOW, stage=stage, where="1 of 9: " + "A very long name " * 4, note=long, left_s=600.0)
    image = np.full((*shape, 3), 90, np.uint8)
    assert (drawn(now, size=image) != 90).any()


def test_an_open_rest_counts_up_and_tells_of_the_set_from_its_first_second() -> None:
    rest = Now("rest", 0, 2, 2, "Plank", "Again", "", "Enough", 1.0, 0.0)
    planned = replace(rest, length_s=20.0)
    assert rest.is_open
    assert not planned.is_open
    assert _is_told(rest)
    assert not _is_told(planned)
