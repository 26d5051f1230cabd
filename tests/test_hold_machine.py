"""Holds by hand-made measures: when one begins, what interrupts it and what it adds up to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from formcoach.hold_machine import GET_DOWN_S, HoldMachine
from timeline import STRAIGHT, UNSEEN, Keys, Run, at, feed, hold_spec, moments, run

SPEC = hold_spec()
"""In position while the trunk is in [-60, 50]; in form while the hips are in [-8, 26] and no knee bent."""

UPRIGHT, LYING = 80.0, 10.0


def held(machine: HoldMachine | None = None, **tracks: Keys) -> Run:
    (measure, keys), *others = tracks.items()
    return run(machine or HoldMachine(SPEC, ""), measure, keys, resting=STRAIGHT, **dict(others))


def down(at_s: float, up_s: float, end: float) -> Keys:
    """The trunk of somebody who lies down and stands up at these times."""
    return [
        (0, UPRIGHT),
        (at_s, UPRIGHT),
        (at_s + 0.01, LYING),
        (up_s, LYING),
        (up_s + 0.01, UPRIGHT),
        (end, UPRIGHT),
    ]


def test_from_getting_down_to_getting_up_is_one_hold():
    result = held(trunk=down(2, 12, 15))
    (hold,) = result.events
    assert (hold.start, hold.end) == approx((2, 12), abs=0.1)
    assert hold.in_form_s == approx(10, abs=0.1)
    assert (hold.out_of_form_s, hold.unseen_s) == approx((0, 0), abs=0.06)
    assert (hold.number, hold.side) == (1, "")
    assert result.phases == ["setup", "hold", "setup"]


def test_long_enough_is_to_dose_and_less_says_how_long_it_was():
    (enough,) = held(trunk=[(0, LYING), (20.2, LYING)]).events
    assert enough.to_dose
    assert enough.why_not == ""
    (nearly,) = held(trunk=[(0, LYING), (19.95, LYING)]).events
    assert nearly.to_dose  # a frame or two are no reason
    (short,) = held(trunk=[(0, LYING), (12, LYING)]).events
    assert not short.to_dose
    assert short.why_not == "in form for 12 of 20 seconds"


def test_without_a_dose_every_hold_is_enough():
    machine = HoldMachine(hold_spec(without="dose.hold_s"), "")
    (hold,) = held(machine, trunk=[(0, LYING), (3, LYING)]).events
    assert hold.to_dose
    assert hold.why_not == ""


def test_standing_is_no_hold():
    result = held(trunk=[(0, UPRIGHT), (30, UPRIGHT)])
    assert result.events == []
    assert result.phases == ["setup"]


def test_a_moment_in_form_is_no_hold():
    assert held(trunk=down(2, 2.25, 5)).events == []
    assert held(trunk=down(2, 2.45, 5)).events == []
    assert len(held(trunk=down(2, 2.65, 5)).events) == 1


def test_passing_through_bad_form_on_the_way_down_is_not_out_of_form():
    (hold,) = held(trunk=down(2, 12, 15), hips=[(0, 60), (3, 60), (3.3, 5), (15, 5)]).events
    assert hold.start == approx(3.3, abs=0.2)
    assert hold.out_of_form_s == approx(0, abs=0.06)


def test_out_of_form_is_time_not_held():
    (hold,) = held(
        trunk=down(2, 14, 17), hips=[(0, 5), (6, 5), (6.01, 40), (9, 40), (9.01, 5), (17, 5)]
    ).events
    assert hold.in_form_s == approx(9, abs=0.2)
    assert hold.out_of_form_s == approx(3, abs=0.2)


def test_bad_form_from_the_beginning_is_judged_after_a_while():
    """Otherwise somebody who never gets it right would never hear about it."""
    machine = HoldMachine(SPEC, "")
    result = held(machine, hips=[(0, 60), (5, 60)])
    assert result.phases == ["setup", "hold"]
    assert result.events == []  # never in form: no hold of it
    assert machine.performed == 0


@pytest.mark.parametrize(("good_s", "holds"), [(3.5, 0), (4.5, 1)])
def test_a_hold_that_takes_long_to_settle_has_not_begun_before_that(good_s, holds):
    machine = HoldMachine(hold_spec("timing.settle_s = 4.0"), "")
    assert len(held(machine, trunk=down(2, 2 + good_s, 12)).events) == holds


def slow_to_settle() -> HoldMachine:
    """A hold that must be kept for four seconds before it is one."""
    return HoldMachine(hold_spec("timing.settle_s = 4"), "")


def test_what_is_to_be_kept_for_long_begins_only_then_and_counts_from_its_beginning():
    moving = [(0, 5), (3, 5), (3.01, 40), (4.5, 40), (4.51, 5), (12, 5)]
    result = held(slow_to_settle(), hips=moving)
    (hold,) = result.events
    assert hold.in_form_s == approx(7.5, abs=0.1)
    assert hold.out_of_form_s == approx(4.5, abs=0.1)
    assert result.phases == ["setup", "hold"]


def test_now_and_then_in_form_is_not_kept():
    """Somebody who does something else passes through the position again and again."""
    machine = slow_to_settle()
    result = held(machine, hips=[(second, 5 + 35 * (second // 2 % 2)) for second in range(40)])
    assert result.events == []
    assert machine.performed == 0
    assert result.phases == ["setup", "hold"]  # judged, as somebody who never gets it right


def test_after_an_interruption_it_must_be_kept_anew():
    interrupted = [(0, 5), (6, 5), (6.01, 40), (8, 40), (8.01, 5), (11, 5), (11.01, 40), (13, 40)]
    (hold,) = held(slow_to_settle(), hips=interrupted).events
    assert hold.in_form_s == approx(6, abs=0.1)
    (again,) = held(slow_to_settle(), hips=[*interrupted, (13.01, 5), (20, 5)]).events
    assert again.in_form_s == approx(13, abs=0.2)


def test_a_bent_knee_spoils_it_only_where_it_is_seen():
    bent = [(0, 175), (5, 175), (5.01, 100), (8, 100)]
    hidden = [(0, 175), (5, UNSEEN), (8, UNSEEN)]
    assert held(knee=bent).events[0].in_form_s == approx(5, abs=0.2)
    assert held(knee=hidden).events[0].in_form_s == approx(8, abs=0.2)


def test_hips_not_seen_are_not_held_but_do_not_end_the_hold():
    (hold,) = held(hips=[(0, 5), (4, UNSEEN), (9, 5), (14, 5)]).events
    assert hold.in_form_s == approx(9, abs=0.2)
    assert hold.unseen_s == approx(5, abs=0.2)


def test_half_a_second_is_bridged():
    (hold,) = held(trunk=[(0, LYING), (4, UNSEEN), (4.4, LYING), (10, LYING)]).events
    assert hold.in_form_s == approx(10)
    assert hold.unseen_s == 0


@pytest.mark.parametrize(("seconds", "holds"), [(0.5, 1), (0.9, 1), (1.5, 2)])
def test_up_for_a_second_ends_a_hold(seconds, holds):
    up = [
        (0, LYING),
        (5, LYING),
        (5.01, UPRIGHT),
        (5 + seconds, UPRIGHT),
        (5.01 + seconds, LYING),
        (12, LYING),
    ]
    events = held(trunk=up).events
    assert [hold.number for hold in events] == list(range(1, holds + 1))


@pytest.mark.parametrize(("seconds", "holds"), [(3, 1), (5.5, 1), (7, 2)])
def test_not_seen_for_six_seconds_ends_a_hold(seconds, holds):
    events = held(trunk=[(0, LYING), (5, UNSEEN), (5 + seconds, LYING), (20, LYING)]).events
    assert len(events) == holds
    assert sum(hold.in_form_s for hold in events) == approx(20 - seconds, abs=0.3)


@pytest.mark.parametrize(
    "after",
    [
        [(5, UNSEEN), (12, UNSEEN)],
        [(5, UNSEEN), (8, UNSEEN)],
        [(5, UNSEEN), (7, UPRIGHT), (9, UPRIGHT)],
        [(5, LYING), (5.01, UPRIGHT), (5.5, UNSEEN), (8, UPRIGHT), (9, UPRIGHT)],
    ],
    ids=["lost", "unseen at the end", "unseen, then up", "up, unseen, up"],
)
def test_what_comes_after_the_last_moment_in_position_does_not_belong_to_the_hold(after):
    (hold,) = held(trunk=[(0, LYING), *after]).events
    assert hold.end == approx(5, abs=0.06)
    assert hold.in_form_s + hold.out_of_form_s + hold.unseen_s <= hold.end - hold.start + 1e-9


def test_nobody_for_long_while_getting_down_begins_again():
    """Whoever comes later gets the same time to find the position."""
    machine = HoldMachine(SPEC, "")
    trunk = [(0, UPRIGHT), (1, UPRIGHT), (1.01, LYING), (1.2, UNSEEN), (30, LYING), (31, LYING)]
    result = held(machine, trunk=trunk, hips=[(0, 60), (31, 60)])
    assert result.phases == ["setup"]


def test_holds_add_up():
    machine = HoldMachine(SPEC, "")
    result = held(machine, trunk=[*down(2, 7, 10), (10.01, LYING), (14, LYING)])
    assert [hold.number for hold in result.events] == [1, 2]
    assert machine.performed == 2
    assert machine.holds_s == approx(sum(hold.in_form_s for hold in result.events))
    assert machine.held_s == 0


def test_the_clock_shows_the_hold_under_way():
    machine = HoldMachine(SPEC, "")
    run(machine, "trunk", [(0, LYING), (5, LYING)], resting=STRAIGHT, finish=False)
    assert machine.held_s == approx(5)
    assert machine.in_form
    assert machine.judged_phase == "hold"


def test_checks_rest_while_the_position_is_being_left():
    machine = HoldMachine(SPEC, "")
    run(
        machine,
        "trunk",
        [(0, LYING), (5, LYING), (5.01, UPRIGHT), (5.5, UPRIGHT)],
        resting=STRAIGHT,
        finish=False,
    )
    assert machine.phase == "hold"
    assert machine.judged_phase == ""


def test_where_form_must_be_kept_for_long_it_is_judged_before_it_counts():
    machine = HoldMachine(hold_spec("timing.settle_s = 4"), "")
    run(machine, "trunk", [(0, LYING), (GET_DOWN_S - 0.1, LYING)], resting=STRAIGHT, finish=False)
    assert machine.judged_phase == "setup"
    run(machine, "trunk", [(GET_DOWN_S, LYING), (3, LYING)], resting=STRAIGHT, finish=False)
    assert (machine.phase, machine.judged_phase) == ("setup", "hold")


def test_another_shot_goes_on():
    machine = HoldMachine(SPEC, "")
    run(machine, "trunk", [(0, LYING), (5, LYING)], resting=STRAIGHT, finish=False)
    assert machine.interrupt(5.0) == ()
    assert machine.phase == "hold"


def test_the_end_gives_the_hold_once():
    machine = HoldMachine(SPEC, "")
    assert machine.finish() == ()
    assert len(held(machine, trunk=[(0, LYING), (5, LYING)]).events) == 1
    assert machine.finish() == ()


# ---- what always holds -------------------------------------------------------------------------

value = st.sampled_from([LYING, UPRIGHT, UNSEEN, 52.0])
hips = st.sampled_from([5.0, 40.0, UNSEEN, 28.0])
tracks = st.lists(st.tuples(st.floats(0, 2), value, hips, st.sampled_from([175.0, 100.0])), max_size=50)


def stream_of(track):
    t = 0.0
    for passed, trunk, hip, knee in track:
        t += passed
        yield t, {"trunk": trunk, "hips": hip, "knee": knee}


@given(tracks)
def test_no_hold_is_longer_than_itself(track):
    machine = HoldMachine(SPEC, "")
    events = [*feed(machine, stream_of(track)).events, *machine.finish()]
    last_end = 0.0
    for number, hold in enumerate(events, 1):
        assert hold.number == number
        assert last_end <= hold.start + 1e-9
        last_end = hold.end
        booked = hold.in_form_s, hold.out_of_form_s, hold.unseen_s
        assert min(booked) >= 0
        assert sum(booked) <= hold.end - hold.start + 1e-6
    assert machine.holds_s == approx(sum(hold.in_form_s for hold in events))
    assert machine.performed == len(events)


@given(tracks)
def test_never_in_position_is_never_held(track):
    machine = HoldMachine(SPEC, "")
    stream = [(t, {**values, "trunk": UPRIGHT}) for t, values in stream_of(track)]
    assert feed(machine, stream).phases in ([], ["setup"])
    assert machine.finish() == ()


@given(tracks, st.integers(0, 50))
def test_a_stream_in_two_parts_is_the_same_stream(track, cut):
    whole, parted = HoldMachine(SPEC, ""), HoldMachine(SPEC, "")
    stream = list(stream_of(track))
    expected = feed(whole, stream).events
    assert feed(parted, stream[:cut]).events + feed(parted, stream[cut:]).events == expected


@given(st.integers(10, 60))
def test_the_frame_rate_changes_no_hold(fps):
    machine = HoldMachine(SPEC, "")
    keys = down(2, 12, 15)
    stream = [(t, {**STRAIGHT, "trunk": at(keys, t)}) for t in moments(15, fps)]
    (hold,) = feed(machine, stream).events
    assert hold.in_form_s == approx(10, abs=2.5 / fps)
