"""Poses are boxes: inside, outside, or not told by what is seen; and how far along the way is."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from formcoach.poses import PoseTest, margin_of, primary, way_left, ways
from formcoach.spec import Range
from timeline import UNSEEN, hold_spec, reps_spec

SPEC = reps_spec()
LEVEL = PoseTest({"leg": Range(-18, 50)}, SPEC)
BOTH = PoseTest({"leg": Range(-18, 50), "knee": Range(120, 180)}, SPEC)
SHIFT = PoseTest({"shift": Range(-0.2, 0.2)}, SPEC)

number = st.one_of(st.floats(-200, 200), st.just(UNSEEN))


@pytest.mark.parametrize(("value", "inside"), [(-18, True), (50, True), (-18.01, False), (50.01, False)])
def test_bounds_belong_to_the_pose(value, inside):
    assert LEVEL.holds({"leg": value}, False) is inside


@pytest.mark.parametrize(("value", "kept"), [(-22, True), (54, True), (-22.1, False), (54.1, False)])
def test_a_pose_once_reached_is_left_beyond_its_margin(value, kept):
    assert LEVEL.holds({"leg": value}, False) is False
    assert LEVEL.holds({"leg": value}, True) is kept


def test_the_margin_of_a_length_is_a_hundredth_of_that_of_an_angle():
    assert margin_of(SPEC, "leg") == 4
    assert margin_of(SPEC, "shift") == approx(0.04)
    assert SHIFT.holds({"shift": 0.23}, True) is True
    assert SHIFT.holds({"shift": 0.25}, True) is False


def test_what_is_not_seen_does_not_tell():
    assert BOTH.holds({"leg": 0, "knee": UNSEEN}, False) is None
    assert BOTH.holds({"leg": UNSEEN, "knee": 150}, True) is None


def test_one_measure_outside_tells_whatever_else_is_hidden():
    assert BOTH.holds({"leg": UNSEEN, "knee": 90}, False) is False
    assert BOTH.holds({"leg": -60, "knee": UNSEEN}, True) is False


@given(number, number)
def test_keeping_a_pose_is_never_harder_than_reaching_it(leg, knee):
    values = {"leg": leg, "knee": knee}
    if BOTH.holds(values, False):
        assert BOTH.holds(values, True)
    if BOTH.holds(values, True) is False:
        assert BOTH.holds(values, False) is False


@given(number, number)
def test_hiding_a_measure_turns_no_outside_into_an_inside(leg, knee):
    seen = BOTH.holds({"leg": leg, "knee": knee}, False)
    hidden = BOTH.holds({"leg": leg, "knee": UNSEEN}, False)
    assert hidden is not True
    assert not (seen is True and hidden is False)


def test_progress_is_measured_between_the_bounds_that_face_each_other():
    assert primary(SPEC) == ("leg", -30, -18)


def test_the_ways_are_told_from_the_longest_to_the_shortest():
    spec = reps_spec("poses.start.straightest = [0, 110]")
    assert ways(spec) == [("leg", -30, -18), ("straightest", 110, 120)]
    assert ways(hold_spec()) == []


def test_progress_may_run_downwards():
    spec = reps_spec("poses.start.leg = [30, 90]\nposes.work.leg = [-90, 5]\nposes.held.leg = [-90, 2]")
    assert primary(spec) == ("leg", 30, 5)


def test_the_measure_with_the_longest_way_is_the_one_to_follow():
    spec = reps_spec("poses.start.straightest = [0, 90]")
    assert primary(spec) == ("straightest", 90, 120)


def test_a_way_of_a_trunk_length_is_as_long_as_one_of_a_hundred_degrees():
    farther = reps_spec(
        'measures.reach = { apart = ["side.hip", "side.ankle"] }\n'
        "poses.start.reach = [0, 1.0]\nposes.work.reach = [1.2, 5]"
    )
    assert primary(farther) == ("reach", 1.0, 1.2)
    nearer = reps_spec(
        'measures.reach = { apart = ["side.hip", "side.ankle"] }\n'
        "poses.start.reach = [0, 1.0]\nposes.work.reach = [1.11, 5]"
    )
    assert primary(nearer) == ("leg", -30, -18)


def test_the_way_left_is_that_of_the_measure_with_most_of_it():
    spec = reps_spec("poses.start.trunk = [-10, 10]")
    turn = {"leg": 10.0, "trunk": 0.0}
    assert way_left(spec, turn, {"leg": 10.0, "trunk": 0.0}) == 1.0
    assert way_left(spec, turn, {"leg": -10.0, "trunk": 0.0}) == approx(0.5)
    assert way_left(spec, turn, {"leg": -30.0, "trunk": 0.0}) == 0.0
    assert way_left(spec, turn, {"leg": -30.0, "trunk": 13.0}) == 0.0  # within its margin
    assert way_left(spec, turn, {"leg": -30.0, "trunk": 30.0}) == math.inf
    assert way_left(spec, {"leg": 10.0, "trunk": 20.0}, {"leg": -30.0, "trunk": 30.0}) == 2.0
    assert way_left(spec, turn, {"leg": UNSEEN, "trunk": UNSEEN}) == 0.0
