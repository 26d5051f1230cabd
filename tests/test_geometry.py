"""Angles, slopes and lines: signs, ranges and invariances."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from formcoach.geometry import along3, angle, distance, heading, line, middle, slope, slope3

coordinate = st.floats(-5, 5).map(lambda value: round(value, 3))
point = st.tuples(coordinate, coordinate)


def apart(*points: tuple[float, float]) -> bool:
    return all(distance(a, b) > 0.05 for i, a in enumerate(points) for b in points[:i])


def test_a_right_angle_and_a_straight_one():
    assert angle((1, 0), (0, 0), (0, 1)) == approx(90)
    assert angle((-1, 0), (0, 0), (1, 0)) == approx(180)


def test_slope_is_positive_when_the_second_point_is_higher_whichever_way_it_points():
    assert slope((0, 1), (1, 0)) == approx(45)
    assert slope((0, 1), (-1, 0)) == approx(45)
    assert slope((0, 0), (1, 1)) == approx(-45)


def test_line_is_positive_when_the_middle_point_is_above_facing_either_way():
    assert line((0, 0), (1, -0.2), (2, 0)) > 0
    assert line((2, 0), (1, -0.2), (0, 0)) > 0
    assert line((0, 0), (1, 0.2), (2, 0)) < 0


def test_a_slope_in_space_sees_depth_as_level():
    assert slope3((0, 0, 0), (0, -1, 1)) == approx(45)
    assert slope3((0, 0, 0), (0, -1, 0)) == approx(90)


def test_coinciding_points_have_no_angle():
    assert math.isnan(angle((0, 0), (0, 0), (1, 1)))
    assert math.isnan(slope((1, 1), (1, 1)))
    assert math.isnan(slope3((1, 1, 1), (1, 1, 1)))


def test_nan_in_gives_nan_out():
    nan = (math.nan, math.nan)
    assert math.isnan(angle(nan, (0, 0), (1, 0)))
    assert math.isnan(slope((0, 0), nan))
    assert math.isnan(line((0, 0), nan, (1, 0)))


@given(point, point, point, st.floats(0.1, 10), point)
def test_angles_do_not_change_with_place_or_size(a, b, c, size, shift):
    if not apart(a, b, c):
        return
    moved = [(x * size + shift[0], y * size + shift[1]) for x, y in (a, b, c)]
    assert angle(*moved) == approx(angle(a, b, c), abs=1e-3)


@given(point, point, point)
def test_a_mirrored_person_measures_the_same(a, b, c):
    if not apart(a, b, c) or abs(a[0] - c[0]) < 0.05:
        return
    mirrored = [(-x, y) for x, y in (a, b, c)]
    assert angle(*mirrored) == approx(angle(a, b, c), abs=1e-6)
    assert slope(*mirrored[:2]) == approx(slope(a, b), abs=1e-6)
    if 0.01 < abs(line(a, b, c)) < 179.9:
        assert line(*mirrored) == approx(line(a, b, c), abs=1e-6)


@given(point, point, point)
def test_every_value_stays_in_its_reach(a, b, c):
    if not apart(a, b, c):
        return
    assert 0 <= angle(a, b, c) <= 180
    assert -90 <= slope(a, b) <= 90
    assert -180 <= line(a, b, c) <= 180


@pytest.mark.parametrize(
    ("way", "degrees"), [((1, 0, 0), 0), ((1, 5, 1), 45), ((0, 0, 1), 90), ((-1, 0, -1), -135)]
)
def test_a_heading_is_seen_from_above(way, degrees):
    assert heading((0, 0, 0), way) == approx(degrees)


def test_straight_up_has_no_heading():
    assert math.isnan(heading((1, 0, 1), (1, -1, 1)))


def test_how_far_it_is_along_a_direction():
    assert along3((1, 1, 1), (4, 5, 6), (9, 9, 9), (9, 12, 13)) == approx(0.6 * 4 + 0.8 * 5)
    assert math.isnan(along3((1, 1, 1), (4, 5, 6), (9, 9, 9), (9, 9, 9)))


@given(point, point)
def test_the_middle_is_as_far_from_both(a, b):
    assert distance(a, middle(a, b)) == approx(distance(b, middle(a, b)), abs=1e-9)
