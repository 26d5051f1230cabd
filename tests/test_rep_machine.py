"""Repetitions by hand-made measures: what counts, what does not and why not."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from formcoach.measures import SPEED_S
from formcoach.rep_machine import LOST_S, RepMachine
from formcoach.rep_verdict import UNSEEN_ON_THE_WAY_S
from formcoach.stillness import SETTLING
from timeline import RESTING, STRAIGHT, UNSEEN, Keys, Run, at, feed, hold_spec, moments, reps_spec, run

HELD = reps_spec()
"""Leg from [-90, -30] to [-18, 50], 8 seconds held in [-15, 50]; `bent` is a wrong way of it."""
QUICK = reps_spec(without="dose.hold_s")
"""The same without a hold."""

DOWN, UP = -40.0, 5.0


def lift(*starts: float, up: float = UP, held: float = 2.0, way: float = 1.0, until: float = 0.0) -> Keys:
    """Lifts of the leg at these times, a second each way."""
    keys: list[tuple[float, float]] = [(0.0, DOWN)]
    for start in starts:
        keys += [(start, DOWN), (start + way, up), (start + way + held, up), (start + 2 * way + held, DOWN)]
    return [*keys, (max(until, keys[-1][0] + 1.0), DOWN)]


def lifted(keys: Keys, spec=QUICK, **how) -> Run:
    return run(RepMachine(spec, "left"), "leg", keys, **how)


# ---- what counts -------------------------------------------------------------------------------


def test_there_and_back_is_one_repetition():
    result = lifted(lift(1.0))
    (rep,) = result.events
    assert (rep.side, rep.number, rep.performed, rep.to_dose, rep.why_not) == ("left", 1, True, True, "")
    assert rep.start == approx(1.3, abs=0.1)  # left the start at -30 and its margin
    assert rep.turn == approx(2.0, abs=0.05)
    assert rep.end == approx(4.8, abs=0.1)
    assert rep.reached["leg"] == approx(UP)
    assert result.phases == ["start", "going", "work", "returning", "start"]


def test_repetitions_are_numbered():
    assert [rep.number for rep in lifted(lift(1, 6, 11)).events] == [1, 2, 3]


def test_resting_counts_nothing():
    assert lifted([(0, DOWN), (20, DOWN)]).events == []


def test_resting_at_the_bound_of_start_counts_nothing():
    wobble = [(i / 4, -30 + 3 * (-1) ** i) for i in range(80)]
    result = lifted(wobble)
    assert result.events == []
    assert result.phases == ["setup", "start"]


def test_shaking_at_the_bound_of_work_is_one_repetition():
    shaking = [(2.5 + i / 4, -18 + 3 * (-1) ** i) for i in range(20)]
    assert lifted([(0, DOWN), (1, DOWN), (2, UP), *shaking, (8.5, DOWN), (9.5, DOWN)]).counted == 1


def test_half_way_back_and_up_again_is_still_the_same_repetition():
    dipping = [(0, DOWN), (1, DOWN), (2, UP), (3, -25), (4, UP), (5, DOWN), (6, DOWN)]
    assert lifted(dipping).counted == 1


def test_the_start_must_be_kept_for_a_moment_before_the_first_one():
    hurried = [(0, -10), (1, -10), (1.2, DOWN), (1.25, DOWN), (1.5, UP), (2.5, UP), (3, DOWN), (4, DOWN)]
    assert lifted(hurried).events == []


def test_a_clip_may_begin_in_the_start_position_and_set_off_at_once():
    assert lifted([(0, DOWN), (0.1, DOWN), (1, UP), (2, UP), (3, DOWN), (4, DOWN)]).counted == 1


def test_beginning_in_the_work_position_is_no_repetition():
    result = lifted([(0, UP), (3, UP), (4, DOWN), (5, DOWN)])
    assert result.events == []
    assert result.phases == ["setup", "start"]


def test_beginning_in_a_hold_is_told_but_not_counted():
    (event,) = lifted([(0, UP), (3, UP), (4, DOWN), (5, DOWN)], HELD).events
    assert not event.performed
    assert event.kind == "no_start"
    assert event.why_not == "the start position was not seen before it"
    assert event.held_s == approx(3, abs=0.5)


def test_a_slip_of_the_landmarks_is_no_repetition():
    slip = [(0, DOWN), (2, DOWN), (2.05, UP), (2.2, UP), (2.25, DOWN), (4, DOWN)]
    assert lifted(slip).events == []
    quick = [(0, DOWN), (2, DOWN), (2.05, UP), (2.3, UP), (2.35, DOWN), (4, DOWN)]
    assert lifted(quick).counted == 1


# ---- what does not, and why --------------------------------------------------------------------


def test_a_small_movement_is_no_attempt():
    assert lifted(lift(1, up=-28)).events == []


def test_too_low_says_how_far_it_went_and_how_far_it_must():
    (event,) = lifted(lift(1, up=-22)).events
    assert not event.performed
    assert (event.number, event.kind) == (0, "shallow")
    assert event.why_not == "leg reached -22, needs at least -18"


def test_just_too_low_does_not_read_as_if_it_were_enough():
    (event,) = lifted(lift(1, up=-18.3)).events
    assert event.why_not == "leg reached -18.3, needs at least -18.0"


def test_how_far_is_told_in_the_unit_of_the_measure():
    spec = reps_spec(
        'measures.reach = { apart = ["side.hip", "side.ankle"] }\nposes.work.reach = [1.25, 5]',
        without="dose.hold_s",
    )
    resting = {**RESTING, "reach": 1.1}
    (event,) = lifted(lift(1), spec, resting=resting).events
    assert event.why_not == "reach reached 1.10, needs at least 1.25"


def test_two_measures_that_never_agree_say_so():
    keys = lift(1)
    alternating = [(0, 170), (1.1, 170), (1.2, 100), (4.6, 100), (4.7, 170), (6, 170)]
    (event,) = lifted(keys, straightest=alternating, knee=alternating).events
    assert event.kind == "knee_bent"
    (event,) = lifted(keys, straightest=alternating).events
    assert event.why_not == "the work position was not reached by all at once"


def test_a_measure_that_was_hidden_is_named():
    hidden = [(0, 170), (1, UNSEEN), (6, UNSEEN)]
    (event,) = lifted(lift(1, held=0.2), straightest=hidden).events
    assert not event.performed
    assert event.why_not == "not seen for 1.3 s on the way"
    assert event.kind == "unseen"


def test_a_wrong_way_is_told_by_its_own_cue_and_kind():
    bent = [(0, 90), (9, 90)]
    result = lifted(lift(1, held=4), knee=bent, straightest=bent)
    (event,) = result.events
    assert (event.why_not, event.kind) == ("Stretch the leg", "knee_bent")


def test_passing_through_a_wrong_way_is_fine():
    stretching = [(0, 90), (1.8, 90), (2.0, 170), (4.0, 170), (4.1, 90), (9, 90)]
    assert lifted(lift(1), knee=stretching, straightest=stretching).counted == 1


def test_what_was_wrong_before_the_work_position_is_mended_by_reaching_it():
    late = [(0, 90), (2.9, 90), (3.1, 170), (9, 170)]
    assert lifted(lift(1, held=3), knee=late, straightest=late).counted == 1


def test_a_wrong_way_in_the_work_position_spoils_it():
    spoilt = [(0, 170), (3, 170), (3.2, 90), (9, 90)]
    (event,) = lifted(lift(1, held=4), knee=spoilt).events
    assert (event.performed, event.kind) == (False, "knee_bent")


def test_a_long_time_on_the_way_asks_once_for_what_is_missing():
    result = lifted(lift(1, up=-22, held=12))
    assert len(result.asked) == 1
    assert result.asked[0] == approx(1.8 + 6, abs=0.1)


def test_resting_a_long_time_asks_for_nothing():
    assert lifted([(0, DOWN), (60, DOWN)]).asked == []


# ---- being away, lost or over ------------------------------------------------------------------


def test_leaving_the_position_ends_what_was_under_way():
    stood_up = [(0, 0), (3, 0), (3.2, 90), (6, 90)]
    result = lifted([(0, DOWN), (1, DOWN), (2, UP), (6, UP)], trunk=stood_up, finish=False)
    (event,) = result.events
    assert (event.performed, event.kind) == (False, "broken_off")
    assert event.why_not == "the start position was not reached again"
    assert result.phases[-1] == "setup"


def test_away_for_less_than_a_second_is_no_leaving():
    slip = [(0, 0), (3, 0), (3.1, 90), (3.8, 90), (3.9, 0), (9, 0)]
    assert lifted(lift(1, held=4), trunk=slip).counted == 1


def test_nothing_begins_outside_of_the_position():
    result = lifted(lift(1, 6), trunk=[(0, 90), (20, 90)])
    assert result.events == []
    assert result.phases == ["setup"]


def test_more_than_half_way_back_when_leaving_is_a_repetition():
    up = [(0, 0), (4.0, 0), (4.1, 90), (9, 90)]
    keys = [(0, DOWN), (1, DOWN), (2, UP), (3, UP), (4, -28), (9, -28)]
    assert lifted(keys, trunk=up, finish=False).counted == 1


def test_on_the_way_back_by_one_measure_alone_is_no_way_back():
    """Going over from one knee to both stretches the hip as standing up does, and is not."""
    spec = reps_spec("poses.start.trunk = [-10, 10]", without="dose.hold_s")
    up = [(0, 0), (3.0, 0), (4.0, 30), (4.1, 90), (9, 90)]
    keys = [(0, DOWN), (1, DOWN), (2, UP), (3, UP), (4, -28), (9, -28)]
    (event,) = lifted(keys, spec, trunk=up, finish=False).events
    assert (event.performed, event.kind) == (False, "broken_off")


def test_while_the_start_is_being_left_for_good_nothing_is_judged():
    machine = RepMachine(QUICK, "left")
    run(machine, "leg", [(0, DOWN), (2, DOWN)], finish=False)
    assert machine.judged_phase == "start"
    run(machine, "leg", [(2.05, DOWN), (2.5, DOWN)], trunk=[(2, 90), (3, 90)], finish=False)
    assert (machine.phase, machine.judged_phase) == ("start", "")


def test_whether_it_is_seen_how_far_along_it_is():
    machine = RepMachine(QUICK, "left")
    run(machine, "leg", [(0, DOWN), (2, DOWN)], finish=False)
    assert not machine.hidden
    run(machine, "leg", [(2.05, UNSEEN), (2.5, UNSEEN)], finish=False)
    assert machine.hidden


def test_a_wrong_way_may_be_one_only_once_it_has_lasted():
    spec = reps_spec("wrong.stays.pose.leg = [-20, 50]\nwrong.stays.cue = 'Down'\nwrong.stays.after_s = 3.5")
    assert lifted(lift(1, held=2), spec).counted == 1
    (event,) = lifted(lift(1, held=4), spec).events
    assert (event.performed, event.kind, event.why_not) == (False, "stays", "Down")


@pytest.mark.parametrize("seconds", [0.5, LOST_S - 0.2])
def test_a_gap_freezes_a_repetition(seconds):
    keys = [(0, DOWN), (1, DOWN), (2, UP), (3, UNSEEN), (3 + seconds, UP), (5 + seconds, DOWN)]
    assert lifted([*keys, (7 + seconds, DOWN)]).counted == 1


def test_a_gap_in_the_middle_of_the_way_back_loses_nothing():
    keys = [(0, DOWN), (1, DOWN), (2, UP), (3, UP), (3.2, UNSEEN), (5, DOWN), (6, DOWN)]
    assert lifted(keys).counted == 1


def test_lost_for_long_a_repetition_is_given_up():
    keys = [(0, DOWN), (1, DOWN), (2, UP), (3, UNSEEN), (8, UP), (9, DOWN), (12, DOWN)]
    (event,) = lifted(keys).events
    assert (event.performed, event.kind) == (False, "broken_off")


def test_unseen_on_the_way_is_said_to_be_unseen_not_too_low():
    keys = [(0, DOWN), (1, DOWN), (1.4, -22), (1.5, UNSEEN), (3, -22), (4, DOWN), (5, DOWN)]
    (event,) = lifted(keys).events
    assert event.kind == "unseen"
    assert event.why_not.startswith("not seen for 1.")


@pytest.mark.parametrize(
    "gap",
    [
        pytest.param([(1.8, -22), (1.8, UNSEEN), (2.4, -22)], id="about the turn"),
        pytest.param([(1.4, -27), (1.4, UNSEEN), (2.0, -20)], id="up to it"),
        pytest.param([(0.9, DOWN), (0.9, UNSEEN), (1.5, -20)], id="from the start on"),
        pytest.param([(1.8, -22), (1.8, UNSEEN), (2.4, DOWN)], id="until back at the start"),
    ],
)
def test_where_the_turn_was_not_seen_it_is_not_said_to_be_too_low(gap):
    (event,) = lifted([(0, DOWN), *gap, (3, DOWN), (4, DOWN)]).events
    assert (event.kind, event.why_not) == ("unseen", "not seen where it went furthest")


def test_a_gap_elsewhere_on_the_way_hides_no_turn():
    keys = [
        (0, DOWN),
        (1, DOWN),
        (2, -22),
        (3, -22),
        (3.2, -24),
        (3.2, UNSEEN),
        (3.7, -28),
        (4, DOWN),
        (5, DOWN),
    ]
    assert lifted(keys).kinds == ["shallow"]


def test_unseen_for_long_on_the_way_somebody_may_be_at_work():
    spec = reps_spec("poses.work.knee = [140, 180]")
    knee = [(0, 170.0), (1.2, 170.0), (1.2, UNSEEN), (6.0, 170.0)]
    result = lifted([(0, DOWN), (1, DOWN), (2, UP), (7, UP), (8, DOWN), (9, DOWN)], spec, knee=knee)
    up_s = 1 + (-18 - DOWN) / (UP - DOWN)
    assert result.unsure[0] == approx(up_s + UNSEEN_ON_THE_WAY_S, abs=0.1)
    assert result.unsure[-1] == approx(5.95)
    (event,) = result.events
    assert event.performed
    assert event.why_not == "held 1 of 8 seconds, not seen for 4.5"


@pytest.mark.parametrize("gap_s", [0.0, 0.8 * UNSEEN_ON_THE_WAY_S])
def test_a_blink_on_the_way_leaves_nothing_open(gap_s):
    assert (
        lifted([(0, DOWN), (1, DOWN), (1.4, -24), (1.4, UNSEEN), (1.4 + gap_s, UP), (4, DOWN)]).unsure == []
    )


def test_a_turn_at_which_the_work_position_cannot_be_told_is_not_seen():
    spec = reps_spec("poses.work.knee = [140, 180]", without="dose.hold_s")
    knee = [(0, 170.0), (1.2, 170.0), (1.2, UNSEEN), (1.8, 170.0)]
    (event,) = lifted([(0, DOWN), (1, DOWN), (1.5, UP), (2, DOWN), (4, DOWN)], spec, knee=knee).events
    assert (event.kind, event.why_not) == ("unseen", "not seen where it went furthest")


def test_of_a_turn_that_was_not_seen_nothing_is_judged():
    keys = [(0, DOWN), (1, DOWN), (2, UP), (2, UNSEEN), (2.6, -5), (3.5, DOWN), (5, DOWN)]
    result = lifted(keys)
    ((_, moment, values),) = [one for one in result.moments if one[1] == "turn"]
    assert (moment, result.counted) == ("turn", 1)
    assert values["leg"] != values["leg"]


def test_who_is_not_seen_on_the_way_is_not_asked_to_go_further():
    keys = [(0, DOWN), (1, DOWN), (2, -22), (2.5, -22), (2.5, UNSEEN), (4, -22), (12, -22)]
    assert lifted(keys).asked == []


def test_the_end_gives_what_was_under_way():
    machine = RepMachine(QUICK, "left")
    result = run(machine, "leg", [(0, DOWN), (1, DOWN), (2, UP), (4, UP)])
    assert [event.kind for event in result.events] == ["broken_off"]
    assert machine.finish() == ()


def test_the_end_before_the_first_sample_gives_nothing():
    assert RepMachine(QUICK, "left").finish() == ()


def test_another_shot_breaks_off():
    machine = RepMachine(QUICK, "left")
    run(machine, "leg", [(0, DOWN), (1, DOWN), (2, UP), (3, UP)], finish=False)
    (event,) = machine.interrupt(3.0)
    assert (event.performed, event.kind, event.why_not) == (False, "broken_off", "the picture changed")
    assert machine.phase == "setup"
    assert machine.interrupt(3.1) == ()


@pytest.mark.parametrize("why", ["another shot", "walking off", "the end"])
def test_an_attempt_that_is_broken_off_was_not_too_low(why):
    """Whoever is interrupted on the way up is not told to go further."""
    machine = RepMachine(QUICK, "left")
    walking = [(0, 0.5), (2, 0.5), (2.1, 0.9), (3, 0.9)] if why == "walking off" else None
    result = run(
        machine,
        "leg",
        [(0, DOWN), (1, DOWN), (1.6, -22), (2.5, -22)],
        places=walking,
        finish=why == "the end",
    )
    if why == "another shot":
        result.events += machine.interrupt(2.5)
    assert [event.kind for event in result.events] == ["broken_off"]


# ---- the spot ----------------------------------------------------------------------------------


def test_walking_counts_nothing():
    walking = [(0, 0.1), (10, 1.7)]
    assert lifted(lift(1, 4, 7, held=0.2), places=walking).counted == 0


def test_shuffling_between_repetitions_is_no_walk():
    shuffling = [(0, 0.5), (5, 0.5), (6, 0.58), (11, 0.58), (12, 0.66), (20, 0.66)]
    assert lifted(lift(1, 6.2, 12.2), places=shuffling).counted == 3


def test_stepping_away_in_the_middle_breaks_off():
    away = [(0, 0.5), (2.5, 0.5), (2.7, 0.8), (9, 0.8)]
    result = lifted(lift(1), places=away)
    assert [event.why_not for event in result.events] == ["the feet moved from the spot"]


def test_a_hidden_anchor_moves_nothing():
    hidden = [(0, 0.5), (2, UNSEEN), (4, 0.5), (9, 0.5)]
    assert lifted(lift(1), places=hidden).counted == 1


# ---- the hold of a repetition ------------------------------------------------------------------


def test_held_for_the_dose():
    (event,) = lifted(lift(1, held=9), HELD).events
    assert event.performed
    assert event.to_dose
    assert event.held_s == approx(9 + 2 * SETTLING / 45, abs=0.11)  # while about where it came to rest


def test_going_through_the_held_position_is_not_held():
    (event,) = lifted(lift(1, up=45, held=0.05, way=2.0), HELD).events
    assert event.performed
    assert event.held_s == approx(2 * SETTLING / 42.5, abs=0.06)  # the turn itself
    (event,) = lifted(lift(1, up=45, held=2.0, way=2.0), HELD).events
    assert event.held_s == approx(2.0 + 2 * SETTLING / 42.5, abs=0.11)


def test_every_measure_of_the_held_position_keeps_still():
    spec = reps_spec("poses.held.shift = [-1, 1]")
    swinging = [(1.0, 0.0), (3.0, 0.8), (9.0, 0.8)]
    (event,) = lifted(lift(1, held=5), spec, shift=swinging).events
    assert event.held_s == approx(4.0 + 2 * SETTLING / 45, abs=0.11)


def test_held_too_briefly_is_performed_but_not_to_dose():
    (event,) = lifted(lift(1, held=4), HELD).events
    assert event.performed
    assert not event.to_dose
    assert event.why_not == f"held {int(event.held_s)} of 8 seconds"


def test_the_clock_stops_where_the_hold_is_not():
    """In work but below the held position: on the clock neither as held nor as a new repetition."""
    sinking = [(0, DOWN), (1, DOWN), (2, UP), (4, UP), (4.2, -21), (7.2, -21), (8, DOWN), (9, DOWN)]
    (event,) = lifted(sinking, HELD).events
    assert event.held_s == approx(2.1, abs=0.2)


def test_the_clock_is_only_shown_at_work():
    machine = RepMachine(HELD, "left")
    run(machine, "leg", [(0, DOWN), (1, DOWN), (2, UP), (4, UP)], finish=False)
    assert machine.in_form
    assert machine.held_s == approx(2.1, abs=0.1)
    run(machine, "leg", [(4.05, UP), (5, DOWN), (6, DOWN)], finish=False)
    assert not machine.in_form
    assert machine.held_s == 0
    assert machine.holds_s == approx(2.2, abs=0.1)


def test_a_freeze_of_the_picture_is_not_held():
    machine = RepMachine(HELD, "left")
    stream = [(t, {**RESTING, "leg": at(lift(1, held=9), t)}) for t in moments(13)]
    frozen = [(t, values) for t, values in stream if not 4 < t < 8]
    (event,) = feed(machine, frozen).events
    assert event.held_s == approx(5.2, abs=0.2)


def test_what_is_held_counts_only_where_the_repetition_does():
    """Of a hold that was on when it was first seen nothing is missing but its beginning."""
    up = [(0, DOWN), (1, DOWN), (2, UP), (6, UP)]
    cut_off, joined = RepMachine(HELD, "left"), RepMachine(HELD, "left")
    wrong = RepMachine(HELD, "left")
    (event,) = run(cut_off, "leg", up).events
    assert (event.kind, event.held_s, event.counted_hold_s) == ("broken_off", approx(4.1, abs=0.1), 0.0)
    (event,) = run(joined, "leg", [(0, UP), (4, UP)]).events
    assert (event.kind, event.held_s, event.counted_hold_s) == ("no_start", 4.0, 4.0)
    (event,) = run(wrong, "leg", [(0, UP), (4, UP)], knee=[(0, 90), (4, 90)]).events
    assert (event.kind, event.held_s, event.counted_hold_s) == ("knee_bent", 4.0, 0.0)
    assert [machine.holds_s for machine in (cut_off, joined, wrong)] == [0.0, 4.0, 0.0]


def test_a_spoilt_repetition_is_performed_but_not_to_dose():
    machine = RepMachine(QUICK, "left")
    machine.spoil("early")  # nothing is under way yet
    first = feed(machine, [(t, {**RESTING, "leg": at(lift(1), t)}) for t in moments(2.5)])
    machine.spoil("too_fast")
    machine.spoil("later")
    rest = feed(machine, [(t, {**RESTING, "leg": at(lift(1, 7), t)}) for t in moments(13, start=2.55)])
    assert first.events == []
    assert [(rep.performed, rep.to_dose, rep.why_not, rep.kind) for rep in rest.events] == [
        (True, False, "too fast", "too_fast"),
        (True, True, "", ""),
    ]


def test_a_repetition_is_set_beside_ones_own_furthest():
    machine = RepMachine(QUICK, "left")
    shares, events = [], []
    for number, (up, thrown) in enumerate([(0, False), (27, False), (45, True), (0, False)]):
        stream = [(t, {**RESTING, "leg": at(lift(1, up=up), t)}) for t in moments(7)]
        for t, values in stream:
            if thrown and t == 3.0:
                machine.spoil("too_fast")
            events += machine.step(8 * number + t, values)
        shares.append(machine.of_best)
    assert [rep.reach for rep in events] == approx([30 / 12, 57 / 12, 75 / 12, 30 / 12])
    assert [rep.best for rep in events] == approx([30 / 12, 57 / 12, 57 / 12, 57 / 12])
    assert shares == approx([UNSEEN, 1.0, UNSEEN, 30 / 57], nan_ok=True)


def dropped(spoil_after: float, then: Keys = ((6.1, DOWN), (8.0, DOWN))) -> Run:
    """A leg that falls at 4.6 s, which is known to have been too fast so long after it was down again."""
    spec = reps_spec("checks.lean.spoils = true\nchecks.lean.during = 'rep'", without="dose.hold_s")
    machine, result = RepMachine(spec, "left"), Run()
    keys = [(0, DOWN), (1, DOWN), (2, UP), (4.6, UP), (4.9, DOWN), *then]
    down = next(t for t in moments(8.0) if t > 4.6 and at(keys, t) <= -30.0)
    for t in moments(8.0):
        result.events += machine.step(t, {**RESTING, "leg": at(keys, t)})
        if down <= t < down + SPEED_S:
            assert machine.just_left == "returning" or machine.phase != "start"
        if t == approx(down + spoil_after):
            machine.spoil("too_fast")
    result.events += machine.finish()
    return result


def test_the_way_back_can_be_spoilt_until_its_speed_is_known():
    (late,) = dropped(SPEED_S - 0.05).events
    assert (late.performed, late.kind, late.to_dose) == (True, "too_fast", False)
    assert late.end == approx(4.85, abs=0.06)  # when it was down, whenever that was judged
    (too_late,) = dropped(SPEED_S + 0.05).events
    assert too_late.to_dose


def test_setting_off_again_at_once_is_the_next_one():
    first, second = dropped(0.1, then=[(5.0, DOWN), (6.0, UP), (7.0, DOWN), (8.0, DOWN)]).events
    assert [rep.number for rep in (first, second)] == [1, 2]
    assert (first.kind, second.kind) == ("too_fast", "")
    assert first.end <= second.start


# ---- the moments at which checks are judged ----------------------------------------------------


def test_the_turn_is_told_once_with_the_measures_furthest_in():
    keys = [(0, DOWN), (1, DOWN), (2, 5), (2.5, 20), (3, 5), (4, DOWN), (5, DOWN)]
    ((t, moment, measures),) = lifted(keys).moments
    assert moment == "turn"
    assert measures["leg"] == approx(20)
    assert 2.5 < t < 4


def test_dipping_and_going_on_has_one_turn():
    """Leaving work for a moment is not the end of it; the furthest of all is judged."""
    keys = [(0, DOWN), (1, DOWN), (2, -10), (2.5, -23), (3, 20), (4, 20), (5, DOWN), (6, DOWN)]
    result = lifted(keys)
    assert result.counted == 1
    assert [(moment, values["leg"]) for _, moment, values in result.moments] == [("turn", approx(20))]


def test_the_top_between_two_repetitions_is_told_on_setting_off():
    keys = [(0, DOWN), (1, DOWN), (2, UP), (3, UP), (4, -35), (4.5, -60), (5, -35), (6, UP), (7, DOWN)]
    tops = [(t, values["leg"]) for t, moment, values in lifted([*keys, (8, DOWN)]).moments if moment == "top"]
    assert [value for _, value in tops] == approx([-60])
    assert 5 < tops[0][0] < 5.6


def test_there_is_no_top_before_the_first_repetition_nor_after_the_last():
    result = lifted(lift(3, until=20))
    assert [moment for _, moment, _ in result.moments] == ["turn"]


def test_a_repetition_that_failed_has_no_turn():
    assert lifted(lift(1, up=-22)).moments == []


# ---- what always holds -------------------------------------------------------------------------

value = st.one_of(st.floats(-90, 90), st.sampled_from([DOWN, UP, -30.0, -34.0, -18.0, -22.0, UNSEEN]))
tracks = st.lists(st.tuples(st.floats(0, 2), value, value), min_size=1, max_size=40)


def stream_of(track, *, highest: float = 90.0):
    t = 0.0
    for passed, leg, trunk in track:
        t += passed
        yield (
            t,
            {**RESTING, "leg": min(leg, highest) if leg == leg else leg, "trunk": trunk},
        )


@given(tracks)
def test_each_repetition_has_one_turn_at_most(track):
    machine = RepMachine(QUICK, "left")
    turns = 0
    for t, values in stream_of(track):
        events = machine.step(t, values)
        turns += machine.moment == "turn"
        assert turns <= 1
        if events or machine.phase == "start":
            turns = 0


@given(tracks, st.booleans())
def test_counts_never_decrease_and_events_stay_in_order(track, hold):
    machine = RepMachine(HELD if hold else QUICK, "left")
    performed, last_end, events = 0, 0.0, []
    for t, values in stream_of(track):
        for event in machine.step(t, values):
            assert last_end <= event.start <= event.end <= t
            last_end = event.end
            events.append(event)
        assert machine.performed >= performed
        performed = machine.performed
        assert 0 <= machine.held_s <= t
    events += machine.finish()
    assert machine.performed == sum(event.performed for event in events)
    for event in events:
        assert event.held_s <= event.end - event.start + 1e-9
        assert bool(event.why_not) == (not event.to_dose)
        assert (event.number > 0) == event.performed


@given(tracks)
def test_nothing_counts_that_never_reaches_work(track):
    machine = RepMachine(QUICK, "left")
    result = feed(machine, stream_of(track, highest=-18.5))
    assert machine.performed == 0
    assert not any(event.performed for event in [*result.events, *machine.finish()])


@given(tracks)
def test_nobody_counts_nothing(track):
    machine = RepMachine(HELD, "left")
    unseen = [(t, dict.fromkeys(values, UNSEEN)) for t, values in stream_of(track)]
    assert feed(machine, unseen).events == []
    assert machine.finish() == ()


@given(st.lists(st.tuples(st.floats(0, 30), st.floats(0.05, 6)), max_size=4), st.data())
@settings(max_examples=60)
def test_what_is_hidden_adds_no_repetition(gaps, data):
    keys = lift(*data.draw(st.sampled_from([(1,), (1, 6), (1, 6, 11, 16), (8,)])), until=25)
    plain = lifted(keys).counted
    machine = RepMachine(QUICK, "left")
    stream = [
        (t, dict.fromkeys(RESTING, UNSEEN) if any(a <= t < a + b for a, b in gaps) else v)
        for t, v in ((t, {**RESTING, "leg": at(keys, t)}) for t in moments(25))
    ]
    result = feed(machine, stream)
    assert sum(event.performed for event in [*result.events, *machine.finish()]) <= plain


@given(tracks, st.integers(0, 40))
def test_a_stream_in_two_parts_is_the_same_stream(track, cut):
    whole, parted = RepMachine(HELD, "left"), RepMachine(HELD, "left")
    stream = list(stream_of(track))
    expected = feed(whole, stream).events
    assert feed(parted, stream[:cut]).events + feed(parted, stream[cut:]).events == expected


@given(tracks)
def test_the_same_sample_twice_changes_no_count(track):
    once, twice = RepMachine(QUICK, "left"), RepMachine(QUICK, "left")
    feed(once, stream_of(track))
    feed(twice, itertools.chain.from_iterable((sample, sample) for sample in stream_of(track)))
    assert twice.performed == once.performed


def test_the_small_specs_rest_where_they_should():
    machine = RepMachine(HELD, "left")
    assert machine.progress(RESTING) < 0
    assert set(RESTING) == set(HELD.measures)
    assert set(STRAIGHT) == set(hold_spec().measures)
