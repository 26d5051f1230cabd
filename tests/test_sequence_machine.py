"""Sequences by hand-made measures: when a station is held, what makes a round, and what ends one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from formcoach.events import RoundEvent
from formcoach.sequence_machine import SequenceMachine
from timeline import LYING, UNSEEN, Keys, Run, at, feed, moments, run, sequence_spec

SPEC = sequence_spec()
"""Stations in roll: one_side [-70, -30] for 5 s, middle [-12, 12] for 3 s, other_side [30, 70] for 5 s."""

WHERE = {"one_side": -50.0, "middle": 0.0, "other_side": 50.0, "between": 21.0, "other_between": -21.0}
HOLDS = {name: station.hold_s for name, station in SPEC.stations.items()}
ROUND = [("one_side", 5.5), ("middle", 3.5), ("other_side", 5.5)]


def way(*stations: tuple[str, float], start: float = 1.0, move: float = 0.4) -> Keys:
    """The roll of somebody who stays somewhere for so many seconds, one after the other."""
    keys, t, here = [(0.0, 21.0)], start, 21.0
    for name, seconds in stations:
        keys += [(t, here), (t + move, WHERE[name]), (t + move + seconds, WHERE[name])]
        here, t = WHERE[name], t + move + seconds
    return keys


def rolled(*stations: tuple[str, float], machine: SequenceMachine | None = None, **how: object) -> Run:
    return run(machine or SequenceMachine(SPEC, ""), "roll", way(*stations), resting=LYING, **how)  # type: ignore[arg-type]


def backwards(stations: list[tuple[str, float]]) -> list[tuple[str, float]]:
    return stations[::-1]


# ---- rounds --------------------------------------------------------------------------------------


def test_all_stations_held_in_order_are_a_round():
    result = rolled(*ROUND)
    (one,) = result.events
    assert one.performed
    assert one.to_dose
    assert (one.number, one.side, one.why_not, one.kind, one.station) == (1, "", "", "", "")
    assert [kept.station for kept in one.stations] == ["one_side", "middle", "other_side"]
    assert [kept.held_s for kept in one.stations] == approx([5.5, 3.5, 4.9], abs=0.35)
    assert one.start == approx(1.3, abs=0.1)
    assert result.phases == ["going", "hold"]  # from one station to the next takes less than being gone


def test_it_counts_once_the_last_station_has_been_held_and_not_again():
    machine = SequenceMachine(SPEC, "")
    result = rolled(*ROUND[:2], ("other_side", 60), machine=machine)
    assert [one.performed for one in result.events] == [True]
    assert result.events[0].end == approx(1 + 5.9 + 3.9 + 0.25 + 5, abs=0.2)
    assert machine.performed == 1


def test_either_way_is_a_round():
    (one,) = rolled(*backwards(ROUND)).events
    assert one.performed
    assert [kept.station for kept in one.stations] == ["other_side", "middle", "one_side"]


def test_without_either_way_only_one_is():
    spec = sequence_spec(without="either_way")
    result = rolled(*backwards(ROUND), machine=SequenceMachine(spec, ""))
    assert reasons(result) == [("broken_off", "middle", "broken off before middle")]
    assert rolled(*ROUND, machine=SequenceMachine(spec, "")).counted == 1


@pytest.mark.parametrize(
    "path",
    [
        [*ROUND, *ROUND],
        [*ROUND, ("between", 3), *ROUND],
        [*ROUND, ("middle", 3.5), *ROUND],
        [*ROUND, ("middle", 1), *ROUND],
        [*ROUND, ("between", 3), *backwards(ROUND)],
        [*backwards(ROUND), ("middle", 3.5), *ROUND[:0], *backwards(ROUND)],
    ],
    ids=["straight back", "a rest", "by the middle", "past the middle", "turned round", "backwards"],
)
def test_rounds_one_after_the_other(path):
    result = rolled(*path)
    assert [(one.performed, one.number) for one in result.events] == [(True, 1), (True, 2)]


def test_a_station_held_once_is_not_part_of_two_rounds():
    """There and back again without stopping anew at the end is one round and no more."""
    result = rolled(*ROUND, ("middle", 3.5), ("one_side", 5.5))
    assert result.counted == 1


def test_standing_is_no_round():
    result = run(SequenceMachine(SPEC, ""), "trunk", [(0, 80), (30, 80)], resting={**LYING, "roll": -50.0})
    assert result.events == []
    assert result.phases == ["setup"]


# ---- what is no round ----------------------------------------------------------------------------


def reasons(result: Run) -> list[tuple[str, str, str]]:
    return [(one.kind, one.station, one.why_not) for one in result.events if not one.performed]


def test_a_station_left_out_is_told():
    result = rolled(ROUND[0], ROUND[2])
    assert reasons(result)[0] == ("left_out", "middle", "middle left out")
    assert result.counted == 0


def test_a_station_taken_again_before_the_next_one_is_out_of_order():
    result = rolled(ROUND[0], ROUND[1], ("between", 2), ROUND[0])
    assert reasons(result)[0] == ("out_of_order", "other_side", "one side again before other side")


@pytest.mark.parametrize(
    ("path", "station", "why"),
    [
        ([("one_side", 3.2), *ROUND[1:]], "one_side", "one side held 3 of 5 seconds"),
        ([ROUND[0], ("middle", 2.2), ROUND[2]], "middle", "middle held 2 of 3 seconds"),
        ([*ROUND[:2], ("other_side", 4), ROUND[1]], "other_side", "other side held 4 of 5 seconds"),
    ],
)
def test_a_station_held_too_short_is_told(path, station, why):
    result = rolled(*path)
    assert result.counted == 0
    assert reasons(result)[0] == ("held_short", station, why)


def test_the_station_that_broke_the_order_may_begin_the_next_round():
    result = rolled(ROUND[0], *backwards(ROUND))
    assert [one.performed for one in result.events] == [False, True]


def test_a_station_held_too_short_may_be_held_again():
    result = rolled(ROUND[0], ("middle", 2), ("between", 2), *ROUND[1:])
    assert [one.performed for one in result.events] == [True]
    assert result.events[0].stations[1].held_s == approx(3.5, abs=0.3)


def test_going_back_after_a_short_try_is_no_round():
    result = rolled(ROUND[0], ("middle", 2), *ROUND)
    assert reasons(result) == [("held_short", "middle", "middle held 2 of 3 seconds")]
    assert result.counted == 1


def test_passing_through_a_station_is_not_being_there():
    spec = sequence_spec("timing.settle_s = 1")
    result = rolled(ROUND[0], ("middle", 0.6), ROUND[2], machine=SequenceMachine(spec, ""))
    assert reasons(result)[0] == ("left_out", "middle", "middle left out")


def test_the_end_tells_how_far_it_got():
    assert reasons(rolled(*ROUND[:2])) == [("broken_off", "other_side", "broken off before other side")]
    assert reasons(rolled(ROUND[0], ("middle", 2))) == [
        ("held_short", "middle", "middle held 2 of 3 seconds")
    ]
    assert rolled(("one_side", 2)).events == []  # as if on the way up
    assert reasons(rolled(("one_side", 4)))[0][2] == "one side held 4 of 5 seconds"


def test_getting_up_breaks_a_round_off():
    keys = way(*ROUND[:2])
    t = keys[-1][0]
    result = run(
        SequenceMachine(SPEC, ""),
        "roll",
        [*keys, (t + 5, 0)],
        resting=LYING,
        trunk=[(0, 0), (t, 0), (t + 0.1, 80), (t + 5, 80)],
    )
    assert reasons(result) == [("broken_off", "other_side", "the position was left before other side")]
    assert result.phases[-1] == "setup"


def test_another_shot_breaks_a_round_off():
    machine = SequenceMachine(SPEC, "")
    result = rolled(*ROUND[:2], machine=machine, finish=False)
    assert result.events == []
    (one,) = machine.interrupt(20.0)
    assert one.why_not == "the picture changed before other side"
    assert machine.phase == "setup"
    assert machine.finish() == ()


def test_a_last_moment_where_the_round_ended_begins_nothing():
    result = rolled(*ROUND, ("between", 2), ("other_side", 2), ("middle", 1), *ROUND)
    assert [one.performed for one in result.events] == [True, True]


def test_a_spoilt_round_is_counted_but_not_good():
    machine = SequenceMachine(SPEC, "")
    rolled(ROUND[0], machine=machine, finish=False)
    machine.spoil("head_lifted")
    machine.spoil("other")
    keys = way(*ROUND)
    stream = [(t, {**LYING, "roll": at(keys, t)}) for t in moments(keys[-1][0], start=7.0)]
    (one,) = feed(machine, stream).events
    assert (one.performed, one.to_dose, one.kind, one.why_not) == (True, False, "head_lifted", "head lifted")


# ---- time ----------------------------------------------------------------------------------------


def test_half_a_second_out_is_bridged_and_a_second_ends_the_stay():
    for gap, counted in ((0.4, 1), (0.8, 1), (1.6, 0)):
        keys = [(0, -50), (3, -50), (3.01, -21), (3 + gap, -21), (3.01 + gap, -50), (5.5 + gap, -50)]
        keys += [(t + 5.5 + gap, roll) for t, roll in way(*ROUND[1:], start=0.1)[1:]]
        result = run(SequenceMachine(SPEC, ""), "roll", keys, resting=LYING)
        assert result.counted == counted, gap


def test_wobbling_within_the_margin_changes_nothing():
    keys = [(t, roll + (3.5 if i % 2 else -3.5)) for i, (t, roll) in enumerate(way(*ROUND))]
    edge = [(t, {-50: -30, 50: 30}.get(roll, roll)) for t, roll in way(*ROUND)]
    assert run(SequenceMachine(SPEC, ""), "roll", keys, resting=LYING).counted == 1
    assert run(SequenceMachine(SPEC, ""), "roll", edge, resting=LYING).counted == 1


NOT_SEEN_AT_ONE_SIDE: Keys = [(0, -50), (3, UNSEEN), (5.5, -50), (6.5, -50), (6.9, 0), (10.5, 0)]
"""4 s held and 2.5 s not seen, of 5; then on to the middle."""


def test_not_seen_is_not_held_nor_is_it_too_short():
    machine = SequenceMachine(SPEC, "")
    result = run(machine, "roll", [*NOT_SEEN_AT_ONE_SIDE, (10.9, 50), (16.5, 50)], resting=LYING)
    assert reasons(result) == [("unseen", "", "one side not seen for 2.5 s")]
    assert (result.counted, machine.performed) == (0, 0)


def test_after_a_station_that_was_not_seen_the_next_one_is_due():
    machine = SequenceMachine(SPEC, "")
    run(machine, "roll", NOT_SEEN_AT_ONE_SIDE, resting=LYING, finish=False)
    assert machine.due is SPEC.stations["other_side"]
    assert machine.turn == 3


def test_so_little_not_seen_that_it_was_too_short_all_the_same():
    keys = [(0, -50), (2, UNSEEN), (3.0, -50), (4.0, -50), (4.4, 0), (8, 0)]
    result = run(SequenceMachine(SPEC, ""), "roll", keys, resting=LYING)
    assert result.events[0].kind == "held_short"


def test_coming_to_a_station_and_leaving_it_unseen_it_may_have_been_held():
    for keys in (
        [(0, 21), (1, UNSEEN), (3, -50), (6.5, -50), (6.9, 0), (10.5, 0)],
        [(0, 21), (0.5, -50), (4, UNSEEN), (6, 0), (10.5, 0)],
    ):
        result = run(SequenceMachine(SPEC, ""), "roll", [*keys, (10.9, 50), (16.5, 50)], resting=LYING)
        assert [one.kind for one in result.events] == ["unseen"]


def test_a_glimpse_of_a_first_station_after_a_gap_is_no_round():
    keys = [(0, 21), (1, UNSEEN), (3.8, -50), (6.05, -50), (6.1, 21), (12, 21)]
    result = run(SequenceMachine(SPEC, ""), "roll", keys, resting=LYING)
    assert result.events == []


def test_of_a_last_station_that_was_not_seen_nobody_knows():
    keys = [*way(*ROUND[:2]), (11.0, 50), (13.5, UNSEEN), (16, 50), (16.5, 50), (16.8, -50), (20, -50)]
    result = run(SequenceMachine(SPEC, ""), "roll", keys, resting=LYING)
    assert result.events[0].kind == "unseen"
    assert result.counted == 0


def test_not_seen_for_long_ends_a_round():
    keys = [*way(*ROUND[:2]), (11.0, UNSEEN), (15.0, 50), (21, 50)]
    result = run(SequenceMachine(SPEC, ""), "roll", keys, resting=LYING)
    assert reasons(result)[0] == ("unseen", "other_side", "not seen any more before other side")
    assert result.counted == 0


def test_a_frozen_picture_is_not_held():
    machine = SequenceMachine(SPEC, "")
    values = {**LYING, "roll": -50.0}
    result = feed(machine, [(0.0, values), (0.1, values), (60.0, values), (60.1, values)])
    assert result.events == []
    assert machine.held_s < 0.2


def test_the_clock_shows_only_what_counts():
    machine = SequenceMachine(SPEC, "")
    rolled(("middle", 3.5), machine=machine, finish=False)  # no round begins in the middle
    assert (machine.station, machine.held_s, machine.in_form) == ("middle", 0.0, False)
    machine = SequenceMachine(SPEC, "")
    rolled(("other_side", 4), machine=machine, finish=False)
    assert machine.held_s == approx(4, abs=0.3)
    assert machine.in_form
    assert machine.judged_phase == "hold"


# ---- what is asked for ---------------------------------------------------------------------------


def due_at(path: list[tuple[str, float]], t: float) -> str:
    machine = SequenceMachine(SPEC, "")
    keys = way(*path)
    feed(machine, [(s, {**LYING, "roll": at(keys, s)}) for s in moments(t)])
    return machine.due.name if machine.due is not None else ""


def test_the_next_station_is_asked_for_once_one_is_done():
    assert due_at(ROUND, 0.5) == "one_side"
    assert due_at(ROUND, 4.0) == ""  # being held
    assert due_at(ROUND, 6.6) == "middle"
    assert due_at(ROUND, 8.0) == ""
    assert due_at(ROUND, 10.6) == "other_side"
    assert due_at(ROUND, 16.5) == "one_side"


def test_somebody_who_began_on_the_other_side_is_asked_to_again():
    path = backwards(ROUND)
    assert due_at(path, 4.0) == ""
    assert due_at(path, 6.6) == "middle"
    assert due_at(path, 10.6) == "one_side"
    assert due_at(path, 16.5) == "other_side"


def test_each_turn_is_a_new_one():
    machine = SequenceMachine(SPEC, "")
    keys = way(*ROUND, ("between", 1), *ROUND)
    turns = []
    for t in moments(keys[-1][0]):
        machine.step(t, {**LYING, "roll": at(keys, t)})
        turns.append((machine.turn, machine.due.name if machine.due else ""))
    asked = list(dict.fromkeys(one for one in turns if one[1]))
    assert [name for _, name in asked] == ["one_side", "middle", "other_side"] * 2 + ["one_side"]
    assert len({turn for turn, _ in asked}) == 7


def test_somebody_who_dawdles_is_told_again_where_to():
    result = rolled(ROUND[0], ("between", 15))
    assert result.asked == approx([7.2 + 1 + 6, 7.2 + 1 + 12], abs=0.2)


def test_after_all_rounds_nothing_more_is_asked_for():
    machine = SequenceMachine(sequence_spec("dose.reps = 1"), "")
    result = rolled(*ROUND, ("between", 15), machine=machine, finish=False)
    assert machine.due is None
    assert result.asked == []


def test_leaving_too_early_is_told_at_once():
    machine = SequenceMachine(SPEC, "")
    keys = way(("one_side", 3), ("other_between", 4))
    told = []
    for t in moments(keys[-1][0]):
        machine.step(t, {**LYING, "roll": at(keys, t)})
        if machine.short is not None:
            told.append((t, machine.short.name))
    ((t, name),) = told
    assert name == "one_side"
    assert t == approx(4.6 + 1, abs=0.3)


# ---- properties ----------------------------------------------------------------------------------

PLACES = st.lists(
    st.tuples(st.sampled_from([*HOLDS, "between", "other_between"]), st.floats(0.2, 8.0)), max_size=10
)


def counted(path: list[tuple[str, float]], fps: float = 20.0) -> list[RoundEvent]:
    return rolled(*path, fps=fps).events


def rounds_in(path: list[tuple[str, float]]) -> int:
    """How many rounds are in a path by the rule itself, where every stay is long or a mere pass."""
    stays = [name for name, _ in path if name in HOLDS]
    stays = [name for before, name in pairwise(["", *stays]) if name != before]
    found, k = 0, 0
    while k + 2 < len(stays):
        if stays[k] != "middle" and stays[k + 1] == "middle" and stays[k + 2] not in ("middle", stays[k]):
            found, k = found + 1, k + 3
        else:
            k += 1
    return found


@given(st.lists(st.sampled_from(list(HOLDS)), max_size=9))
def test_rounds_are_what_the_order_says(names):
    path = [(name, HOLDS[name] + 0.6) for before, name in pairwise(["", *names]) if name != before]
    assert sum(one.performed for one in counted(path)) == rounds_in(path)


@given(PLACES)
def test_a_counted_round_has_all_its_stations_for_long_enough(path):
    for one in counted(path):
        if one.performed:
            names = [kept.station for kept in one.stations]
            assert names in (list(HOLDS), list(HOLDS)[::-1])
            assert all(kept.held_s >= HOLDS[kept.station] for kept in one.stations)
        else:
            assert one.why_not
            assert one.station in HOLDS
            assert one.number == 0
        assert one.end > one.start


@given(
    st.lists(st.tuples(st.sampled_from([*HOLDS, "between"]), st.booleans()), max_size=8),
    st.sampled_from([10.0, 15.0, 30.0, 60.0]),
)
def test_the_frame_rate_changes_nothing(stays, fps):
    """All are clearly long enough or clearly too short: nobody stays for 5.0 seconds to the frame."""
    path = [(name, HOLDS.get(name, 1.0) + 0.7 if enough else 1.6) for name, enough in stays]
    slow, fast = (counted(path, one) for one in (20.0, fps))
    assert [one.performed for one in slow] == [one.performed for one in fast]
    assert [one.kind for one in slow] == [one.kind for one in fast]


@given(
    st.lists(st.floats(-3.9, 3.9), min_size=40, max_size=40),
    st.sampled_from([-30.0, -70.0]),
    st.sampled_from([30.0, 70.0]),
)
def test_jitter_at_the_borders_counts_nothing_twice(jitter, low, high):
    places = {-50.0: low, 50.0: high}
    keys = [(t, places.get(roll, roll)) for t, roll in way(*ROUND, ("between", 2), *ROUND)]
    machine = SequenceMachine(SPEC, "")
    ends = (1 if low == -30.0 else -1, -1 if high == 30.0 else 1)

    def shaken(t: float, i: int) -> float:
        """Inside at first, then trembling on both sides of the border."""
        roll = at(keys, t)
        if roll in (low, high) and at(keys, t - 0.15) == roll:
            return roll + ends[roll > 0] * abs(jitter[i % len(jitter)])
        return roll

    stream = [(t, {**LYING, "roll": shaken(t, i)}) for i, t in enumerate(moments(keys[-1][0]))]
    events = feed(machine, stream).events
    assert sum(one.performed for one in events) == 2
    assert all(one.performed for one in events)


@given(st.floats(0.7, 2.8), st.floats(0.3, 2.2), st.floats(0.3, 2.2))
def test_what_is_not_seen_never_completes_a_station(gap, before, after):
    """Seen for less than it takes, whatever may have been while it was not."""
    keys = [(0, -50), (before, UNSEEN), (before + gap, -50), (before + gap + after, -50)]
    end = before + gap + after
    keys += [(end + t, roll) for t, roll in way(*ROUND[1:], start=0.1)[1:]]
    assert run(SequenceMachine(SPEC, ""), "roll", keys, resting=LYING).counted == 0


@given(st.lists(st.tuples(st.floats(0, 30), st.floats(0.1, 20)), max_size=4))
def test_whoever_is_not_seen_is_never_held_longer(gaps):
    keys = way(*ROUND, ("between", 2), *ROUND)

    def total(hidden: bool) -> float:
        machine = SequenceMachine(SPEC, "")
        stream = [
            (t, dict.fromkeys(LYING, UNSEEN) if hidden and any(a <= t < a + b for a, b in gaps) else values)
            for t, values in ((t, {**LYING, "roll": at(keys, t)}) for t in moments(keys[-1][0]))
        ]
        feed(machine, stream)
        return machine.holds_s + machine.held_s

    assert total(True) <= total(False) + 1e-6
