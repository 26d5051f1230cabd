"""Edges of the room tell how far the camera leans, where enough of them agree; and the light is read."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from pytest import approx

from formcoach.guide import DARK
from formcoach.room import EVERY_S, RoomReader, lean_of, read_room, shrink
from puppet import perform
from puppet.drawing import frames

WIDE = 16 / 9


def uprights(lean: float = 0.0, fan: float = 0.0, count: int = 8, length: float = 0.3) -> np.ndarray:
    """Edges that stand, over the width of the picture; `fan` = degrees more for each height aside."""
    rows = []
    for x in np.linspace(0.1, WIDE - 0.1, count):
        turn = math.radians(lean + fan * (x - WIDE / 2))
        half = np.array([math.sin(turn), -math.cos(turn)]) * length / 2
        rows.append([*(np.array([x, 0.5]) - half), *(np.array([x, 0.5]) + half)])
    return np.array(rows)


def levels(lean: float = 0.0, taper: float = 0.0, at: tuple[float, float] = (0.1, 0.9)) -> np.ndarray:
    """Edges that lie, at several heights; `taper` = degrees more for each height further down."""
    rows = []
    for y in np.linspace(*at, 8):
        turn = math.radians(lean + taper * (y - 0.5))
        half = np.array([math.cos(turn), math.sin(turn)]) * 0.5
        rows.append([*(np.array([WIDE / 2, y]) - half), *(np.array([WIDE / 2, y]) + half)])
    return np.array(rows)


@pytest.mark.parametrize("lean", [-15.0, -5.0, 0.0, 2.0, 10.0])
def test_edges_that_agree_tell_the_lean(lean):
    assert lean_of(uprights(lean), WIDE) == approx(lean, abs=0.3)
    assert lean_of(levels(lean), WIDE) == approx(lean, abs=0.3)


def test_a_camera_that_looks_down_sees_uprights_as_a_fan():
    assert lean_of(uprights(6.0, fan=10.0), WIDE) == approx(6.0, abs=0.5)


def test_a_wall_seen_from_the_side_tells_nothing():
    assert math.isnan(lean_of(levels(taper=20.0), WIDE))


def test_a_mat_alone_tells_nothing():
    """Its edges are parallel, but all lie low in the picture, near to each other."""
    assert math.isnan(lean_of(levels(-6.0, at=(0.9, 0.95)), WIDE))


def test_few_or_short_edges_tell_nothing():
    assert math.isnan(lean_of(np.zeros((0, 4)), WIDE))
    assert math.isnan(lean_of(uprights(5.0, count=4), WIDE))
    assert math.isnan(lean_of(uprights(5.0, length=0.1), WIDE))


def test_edges_in_all_directions_tell_nothing():
    every = [uprights(lean, count=3) for lean in range(-20, 21, 4)]
    assert math.isnan(lean_of(np.concatenate(every), WIDE))


def test_uprights_and_levels_that_contradict_each_other_are_not_believed():
    both = np.concatenate([uprights(0.0), levels(8.0)])
    assert math.isnan(lean_of(both, WIDE))
    assert lean_of(np.concatenate([uprights(7.0), levels(8.0)]), WIDE) == approx(7.5, abs=0.5)


@pytest.mark.parametrize("roll", [-10, 0, 5, 10])
def test_a_drawn_room_tells_the_lean(roll):
    performance = perform("bird-dog", reps=1, fps=1, roll=roll)
    frame = next(iter(frames(performance)))
    light, lean = read_room(shrink(frame.image), performance.samples[0].xy)
    assert lean == approx(roll, abs=0.5)
    assert light > 0.5


def test_a_person_before_a_plain_wall_tells_nothing():
    """All the edges are those of the person, who leans forward."""
    performance = perform("hip-hinge", reps=1, fps=1)
    frame = next(iter(frames(performance)))
    xy = performance.samples[0].xy
    hull = cv2.convexHull(np.round(xy * frame.image.shape[0]).astype(np.int32))
    mask = np.zeros(frame.image.shape[:2], np.uint8)
    cv2.fillPoly(mask, [hull], 255)
    plain = np.where(cv2.dilate(mask, np.ones((60, 60)))[..., None] > 0, frame.image, 200).astype(np.uint8)
    assert math.isnan(read_room(shrink(plain), xy)[1])


@pytest.mark.parametrize(("level", "dark"), [(4, True), (25, True), (60, False), (200, False)])
def test_the_light_is_that_of_the_lighter_parts(level, dark):
    picture = np.zeros((720, 1280, 3), np.uint8)
    picture[:, :320] = level
    light, _ = read_room(shrink(picture), None)
    assert light == approx(level / 255, abs=0.01)
    assert bool(light < DARK) is dark


@pytest.mark.parametrize("shape", [(1, 1, 3), (2160, 3840, 3), (480, 270, 3)])
def test_any_size_of_picture_will_do(shape):
    assert read_room(shrink(np.zeros(shape, np.uint8)), None)[0] == 0.0


def test_a_look_is_given_once_and_the_next_is_due_after_a_while():
    reader = RoomReader()
    try:
        picture = np.full((48, 64, 3), 100, np.uint8)
        assert reader.latest() is None
        reader.look(0.0, picture, None)
        picture[:] = 0  # what is drawn on it afterwards does not matter
        found = reader.latest()
        assert found is not None
        assert found[0] == approx(100 / 255, abs=0.01)
        assert reader.latest() is None
        reader.look(EVERY_S / 2, picture, None)
        assert reader.latest() is None
        reader.look(EVERY_S, picture, None)
        assert reader.latest() is not None
    finally:
        reader.close()


def test_somebody_half_known_does_not_disturb():
    xy = np.full((33, 2), np.nan, np.float32)
    assert read_room(np.full((480, 640), 90, np.uint8), xy)[0] == approx(90 / 255, abs=0.01)
