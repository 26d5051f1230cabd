"""Playing back: where one is after what was asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from formcoach.player import LEAD_S, SPEEDS, Mark, Player

TIMES = [10.0 + number / 10 for number in range(101)]  # 10 to 20 s
FAULTS = [Mark(12.0, 12.4, 12.2, "fix"), Mark(12.5, 13.5, 13.0, "stop"), Mark(18.0, 19.0, 18.5, "polish")]


def stopped() -> Player:
    player = Player(TIMES)
    player.toggle()
    return player


def test_it_plays_to_the_end_and_stands_still():
    player = Player(TIMES)
    player.advance(3.0)
    assert (player.t, player.sample) == (approx(13.0), 30)
    player.advance(100.0)
    assert (player.t, player.playing, player.sample) == (20.0, False, 100)
    player.toggle()
    assert (player.t, player.playing) == (10.0, True)


def test_slow_motion_and_a_pause():
    player = Player(TIMES)
    player.slower()
    player.slower()
    player.advance(4.0)
    assert player.t == approx(11.0)
    player.toggle()
    player.advance(4.0)
    assert player.t == approx(11.0)
    player.faster()
    player.toggle()
    player.advance(1.0)
    assert player.t == approx(11.5)


def test_stepping_stops_it():
    player = Player(TIMES)
    player.advance(1.0)
    player.step(1)
    assert (player.playing, player.sample) == (False, 11)
    player.step(-2)
    assert player.sample == 9
    player.step(-50)
    assert player.sample == 0


def test_back_to_the_start_it_goes_on_as_it_was():
    player = Player(TIMES)
    player.advance(5.0)
    player.restart()
    assert (player.t, player.playing) == (10.0, True)


def test_standing_still_it_goes_to_the_moments_that_show_the_marks_and_back():
    player = stopped()
    found = []
    for _ in range(4):
        player.to_next(FAULTS)
        found.append(player.t)
    assert found == [approx(12.2), approx(13.0), approx(18.5), approx(18.5)]
    for at in (13.0, 12.2, 12.2):
        player.to_previous(FAULTS)
        assert player.t == approx(at)


def test_playing_it_begins_a_little_before_a_mark():
    player = Player(TIMES)
    player.to_next(FAULTS)
    assert (player.t, player.playing) == (approx(12.0 - LEAD_S), True)
    player.to_next(FAULTS[2:])
    assert player.t == approx(18.0 - LEAD_S)


@pytest.mark.parametrize(("passed_s", "at"), [(0.3, 11.5), (1.5, 17.0)])
def test_going_back_soon_after_a_jump_means_the_one_before(passed_s, at):
    player = Player(TIMES)
    player.to_next(FAULTS[2:])
    player.advance(passed_s)
    player.to_previous(FAULTS)
    assert player.t == approx(at)


def test_where_there_are_no_marks_it_stays():
    player = stopped()
    player.seek(5.0)
    player.to_next([])
    player.to_previous([])
    assert player.t == approx(15.0)


def test_a_recording_of_one_sample():
    player = Player([3.0])
    player.advance(1.0)
    assert (player.t, player.sample, player.playing) == (3.0, 0, False)


asked = st.one_of(
    st.tuples(st.just("advance"), st.floats(0, 30)),
    st.tuples(st.just("seek"), st.floats(-30, 30)),
    st.tuples(st.just("step"), st.integers(-200, 200)),
    st.tuples(st.sampled_from(["to_next", "to_previous"]), st.just(FAULTS)),
    st.tuples(st.sampled_from(["toggle", "faster", "slower", "restart"])),
)


@given(st.lists(asked))
def test_whatever_is_asked_for_it_stays_in_the_recording(wishes):
    player = Player(TIMES)
    for name, *how in wishes:
        getattr(player, name)(*how)
        assert TIMES[0] <= player.t <= TIMES[-1]
        assert TIMES[player.sample] <= player.t + 1e-9
        assert player.speed in SPEEDS
