"""A camera that leans: what is measured is measured against the floor, not against the picture."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from coached import coached, stock
from formcoach.guide import LEVEL
from formcoach.landmarks import nobody
from formcoach.level import LEAST, LOOKS_S, STEADY, Level, turn_back, turn_back_world

TURNED = (-10, 10)


def look(level: Level, *leans: float, start: float = 0.0, every: float = 1.0) -> float:
    """Looks at the room, one after the other; gives the lean in use at last."""
    for i, lean in enumerate(leans):
        level.step(replace(nobody(start + i * every), room=np.array([0.8, lean], np.float32)))
    return level.roll


def test_nobody_told_is_upright():
    level = Level()
    assert level.step(nobody(0.0)) == 0.0
    assert not level.known


def test_one_look_is_enough_to_begin_with():
    level = Level()
    assert look(level, 8.0) == approx(8.0)
    assert level.known


def test_a_look_that_is_off_changes_nothing():
    assert look(Level(), 8.0, 8.2, -3.0, 7.9, 8.1) == approx(8.0, abs=STEADY)


def test_a_lean_that_is_hardly_there_is_left():
    assert look(Level(), LEAST - 0.1, LEAST - 0.2) == 0.0
    assert look(Level(), -LEAST - 0.1) == approx(-LEAST - 0.1)


def test_the_lean_in_use_does_not_tremble():
    level = Level()
    assert [look(level, 8.0 + 0.25 * (-1) ** i, start=i) for i in range(30)] == [8.25] * 30


def test_most_looks_must_have_found_something():
    level = Level()
    assert look(level, math.nan, math.nan, math.nan, 8.0) == 0.0
    assert not level.known


def test_a_camera_that_is_put_straight_is_straight_after_a_while():
    level = Level()
    look(level, *[8.0] * 10)
    assert look(level, *[0.0] * 12, start=10) == 0.0
    assert look(Level(), *[8.0] * 3, *[0.0] * int(LOOKS_S)) == 0.0


@given(st.floats(-18, 18), st.floats(0.5, 2), st.floats(-1, 2), st.floats(-1, 2))
def test_turning_back_undoes_the_lean(roll, aspect, x, y):
    """Clockwise on a screen, where y points down."""
    a = math.radians(roll)
    dx, dy = x - aspect / 2, y - 0.5
    leaning = (aspect / 2 + dx * math.cos(a) - dy * math.sin(a), 0.5 + dx * math.sin(a) + dy * math.cos(a))
    assert turn_back([leaning], aspect, roll)[0] == approx((x, y), abs=1e-9)
    (turned,) = turn_back_world([(leaning[0] - aspect / 2, leaning[1] - 0.5, 0.7)], roll)
    assert turned == approx((dx, dy, 0.7), abs=1e-9)


def test_without_a_lean_not_a_bit_is_changed():
    points = [(0.1, 0.2), (0.3, 0.4)]
    assert turn_back(points, 1.5, 0.0) is points


@pytest.mark.parametrize("roll", TURNED)
@pytest.mark.parametrize("exercise", ["hip-hinge", "bird-dog", "plank", "bridge", "side-plank", "squat"])
def test_a_camera_that_leans_changes_no_count_and_no_angle(exercise, roll):
    straight, leaning = coached(exercise), coached(exercise, roll=roll)
    assert leaning.counts == straight.counts
    assert leaning.held == approx(straight.held, abs=0.3)
    assert leaning.fault_kinds == straight.fault_kinds
    assert leaning.report.camera_roll == roll
    slopes = [n for n, m in stock(exercise).measures.items() if m.kind in ("slope", "line", "angle")]
    for a, b in zip(straight.steps[60:], leaning.steps[60:], strict=True):
        assert [b.values[name] for name in slopes] == approx(
            [a.values[name] for name in slopes], abs=0.5, nan_ok=True
        )


@pytest.mark.parametrize("roll", TURNED)
def test_what_does_not_hang_on_the_floor_is_the_same_before_a_plain_wall(roll):
    leaning = coached("plank", roll=roll, plain_wall=True)
    assert leaning.held == approx(coached("plank").held, abs=0.3)
    assert leaning.report.camera_roll == 0


def test_a_lean_that_cannot_be_taken_out_is_said_before_it_begins():
    assert LEVEL in coached("plank", walk_in=True, roll=12, plain_wall=True).said
    assert LEVEL not in coached("plank", walk_in=True, roll=12).said
    assert LEVEL not in coached("plank", walk_in=True, plain_wall=True).said


@pytest.mark.parametrize("roll", [-10, 10])
def test_a_fault_is_found_by_a_camera_that_leans(roll):
    leaning = coached("bird-dog", reps=2, roll=roll, fault="limb_too_high")
    assert leaning.fault_kinds == {"limb_too_high"}
