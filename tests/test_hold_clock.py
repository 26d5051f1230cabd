"""Time inside, outside and not seen: nothing is booked twice, and short gaps are bridged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from formcoach.hold_clock import LONGEST_STEP_S, HoldClock, SettledClock

seen = st.sampled_from([True, False, None])
steps = st.lists(st.tuples(st.floats(0, 3), seen), max_size=60)


def clocked(*parts: tuple[float, bool | None], fps: int = 20, bridge_s: float = 0.5) -> HoldClock:
    """A clock after parts of so many seconds each."""
    clock = HoldClock(bridge_s)
    clock.step(0.0, parts[0][1])
    frame = 0
    for seconds, inside in parts:
        for _ in range(round(seconds * fps)):
            frame += 1
            clock.step(frame / fps, inside)
    return clock


def booked(clock: HoldClock) -> tuple[float, float, float]:
    return clock.in_s, clock.out_s, clock.unseen_s


def test_the_first_sample_has_taken_no_time():
    clock = HoldClock(0.5)
    clock.step(7.0, True)
    assert booked(clock) == (0, 0, 0)
    assert clock.running


def test_time_inside_is_what_the_samples_say():
    assert clocked((3.0, True)).in_s == approx(3.0)


def test_getting_in_is_not_inside():
    clock = clocked((1.0, False), (2.0, True))
    assert booked(clock) == approx((1.95, 1.05, 0.0))  # the step that arrives inside was on the way


def test_a_short_gap_belongs_to_the_hold():
    for gap in (False, None):
        clock = clocked((1.0, True), (0.4, gap), (1.0, True))
        assert booked(clock) == approx((2.4, 0, 0))


def test_a_long_gap_is_what_it_was():
    assert booked(clocked((1.0, True), (0.8, False), (1.0, True))) == approx((1.95, 0.85, 0))
    assert booked(clocked((1.0, True), (0.8, None), (1.0, True))) == approx((1.95, 0.05, 0.8))


def test_what_is_known_late_to_have_been_inside_is_booked_there():
    clock = clocked((1.0, False))
    clock.step(1.05, True, since=0.8)
    assert booked(clock) == approx((0.25, 0.8, 0.0))
    clock.step(1.1, True, since=0.85)  # it runs already
    assert booked(clock) == approx((0.3, 0.8, 0.0))
    never_outside = HoldClock(0.5)
    never_outside.step(3.0, True, since=1.0)
    assert booked(never_outside) == (0, 0, 0)


@pytest.mark.parametrize("clock", [HoldClock(0.5), SettledClock(0.5, settle_s=0.3)])
def test_a_gap_is_as_long_as_until_the_picture_that_ends_it(clock):
    """Out for 0.4 s, no picture for 0.4 s, inside: that may have been out for 0.7 s."""
    times = [*(i / 20 for i in range(41)), 2.2, 2.4, 2.8, 2.85]
    for t in times:
        clock.step(t, not 2.0 < t < 2.5)
    assert clock.in_s == approx(2.0, abs=0.06)
    assert clock.outside_s[0] == approx(0.8, abs=0.06)


def test_a_clock_that_settles_counts_from_the_beginning_of_what_lasted():
    clock = SettledClock(0.5, settle_s=1.0)
    parts = [(0.5, True), (1.0, False), (0.8, True), (0.3, None), (2.0, True)]
    frame = 0
    for seconds, inside in parts:
        for _ in range(round(seconds * 20)):
            clock.step(frame / 20, inside)
            frame += 1
    assert booked(clock) == approx((3.05, 1.5, 0.0))
    assert clock.entered
    clock.reset()
    assert booked(clock) == (0, 0, 0)
    assert not clock.entered


def test_two_short_gaps_in_a_row_are_one_long_one():
    clock = clocked((1.0, True), (0.3, False), (0.3, None), (0.2, True))
    assert booked(clock) == approx((1.15, 0.35, 0.3))


def test_the_clock_stops_once_the_gap_is_too_long():
    clock = clocked((1.0, True), (0.5, False))
    assert clock.running
    clock.step(1.55, False)
    assert not clock.running


def test_an_open_gap_is_booked_when_the_hold_is_settled():
    clock = clocked((1.0, True), (0.2, False), (0.2, None))
    assert booked(clock) == approx((1.0, 0, 0))
    assert clock.outside_s == approx((0.2, 0.2))
    clock.settle()
    assert booked(clock) == approx((1.0, 0.2, 0.2))
    assert clock.outside_s == approx((0.2, 0.2))
    assert not clock.running


def test_samples_far_apart_are_time_not_seen():
    clock = clocked((1.0, True))
    clock.step(3.0, True)
    assert booked(clock) == approx((1.0, 0, 2.0))
    clock.step(3.5, True)
    assert clock.in_s == approx(1.5)


def test_reset_is_back_to_zero():
    clock = clocked((1.0, True), (0.2, False))
    clock.reset()
    assert booked(clock) == (0, 0, 0)
    assert not clock.running
    clock.step(100.0, True)
    assert clock.in_s == 0


def test_what_came_before_can_be_forgotten():
    clock = clocked((1.0, False), (1.0, None), (1.0, True))
    clock.forget_outside()
    assert booked(clock) == approx((0.95, 0, 0))


@given(steps)
def test_no_time_is_booked_that_has_not_passed(parts):
    clock = HoldClock(0.5)
    t, before = 0.0, (0.0, 0.0, 0.0)
    for passed, inside in parts:
        t += passed
        clock.step(t, inside)
        assert all(now >= then for now, then in zip(booked(clock), before, strict=True))
        before = booked(clock)
        assert sum(before) <= t + 1e-9
    clock.settle()
    began = parts[0][0] if parts else 0.0
    assert sum(booked(clock)) == approx(t - began, abs=1e-6)


@given(steps)
def test_never_inside_is_never_held(parts):
    clock = HoldClock(0.5)
    t = 0.0
    for passed, inside in parts:
        t += passed
        clock.step(t, False if inside else inside)
    assert clock.in_s == 0
    assert not clock.running


@given(st.lists(st.tuples(st.floats(0, 3), seen, st.booleans()), max_size=60))
def test_whoever_is_seen_less_is_not_held_longer(parts):
    clock, blinking = HoldClock(0.5), HoldClock(0.5)
    t = 0.0
    for passed, inside, hidden in parts:
        t += passed
        clock.step(t, inside)
        blinking.step(t, None if hidden else inside)
    assert blinking.in_s <= clock.in_s + 1e-9


@given(st.floats(LONGEST_STEP_S + 0.01, 1e6), seen)
def test_a_freeze_is_never_held(passed, inside):
    clock = clocked((1.0, True))
    clock.step(1.0 + passed, inside)
    assert clock.in_s == approx(1.0)
    assert clock.unseen_s == approx(passed)
