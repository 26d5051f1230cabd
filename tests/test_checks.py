"""Faults over time: only what lasts, never what is not seen, and each told from its beginning."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from formcoach.checks import HIDDEN, NOTED_S, CheckWatcher
from formcoach.events import Fault, FaultEvent
from timeline import RESTING, STRAIGHT, UNSEEN, Keys, at, hold_spec, moments, reps_spec

REPS = reps_spec()
"""`leg` while at work: good from -8 to 10, 5 of tolerance, after 0.7 s; `lean` (stop) in every phase but
set-up: good to 8, 4 of tolerance; `shift` (polish) at the turn, from any side."""
HOLD = hold_spec()
"""`hips` (stop) in the hold: good from -3 to 22, 4 of tolerance, after 0.7 s."""


class Watched:
    """A watcher that is shown measures moving along tracks."""

    def __init__(self, spec=REPS) -> None:
        self.watcher = CheckWatcher(spec, "left")
        self.resting = {**RESTING, "leg": 0.0} if spec is REPS else STRAIGHT
        self.ended: list[FaultEvent] = []
        self.shown: dict[str, list[float]] = {}
        self.faults: tuple[Fault, ...] = ()
        self.right: list[float] = []

    def over(
        self, measure: str, keys: Keys, phase: str = "", *, view: str = "side", why: str = "", fps: float = 20
    ):
        hold = self.resting is STRAIGHT
        for t in moments(keys[-1][0], fps, keys[0][0]):
            values = {**self.resting, measure: at(keys, t)}
            self.faults, ended = self.watcher.step(
                t, phase or ("hold" if hold else "work"), values, view, why
            )
            self.ended += ended
            for fault in self.faults:
                self.shown.setdefault(fault.check, []).append(t)
            if measure in self.watcher.right:
                self.right.append(t)
        return self


def test_what_is_right_is_no_fault():
    watched = Watched().over("leg", [(0, -8), (2, 10), (4, -8)])
    assert watched.shown == {}
    assert watched.ended == []
    assert len(watched.right) == 81


def test_within_the_tolerance_nothing_is_said():
    assert Watched().over("leg", [(0, -12.9), (5, -12.9)]).shown == {}
    assert Watched().over("leg", [(0, 14.9), (5, 14.9)]).shown == {}


@pytest.mark.parametrize(("value", "direction", "kind"), [(-20, "low", "leg"), (30, "high", "leg_high")])
def test_what_lasts_is_a_fault_and_says_which_way(value, direction, kind):
    watched = Watched().over("leg", [(0, 0), (1, 0), (1.05, value), (3, value), (3.05, 0), (5, 0)])
    assert watched.shown["leg"][0] == approx(1.75, abs=0.1)
    (event,) = watched.ended
    assert (event.check, event.kind, event.side, event.direction) == ("leg", kind, "left", direction)
    assert (event.start, event.end) == approx((1.05, 3.0), abs=0.06)
    assert event.worst == approx(value)


def test_what_does_not_last_is_no_fault():
    watched = Watched().over("leg", [(0, 0), (1, 0), (1.05, 30), (1.6, 30), (1.65, 0), (5, 0)])
    assert watched.shown == {}
    assert watched.ended == []


def test_off_again_and_again_but_never_for_long_is_no_fault():
    flicker = [(i * 0.5, 30.0 * (i % 2)) for i in range(40)]
    assert Watched().over("leg", flicker).shown == {}


def test_a_fault_is_mended_a_little_inside_of_where_it_began():
    almost = Watched().over("leg", [(0, 20), (2, 20), (2.1, 13.5), (5, 13.5)])
    assert almost.faults
    mended = Watched().over("leg", [(0, 20), (2, 20), (2.1, 12.5), (5, 12.5)])
    assert mended.faults == ()
    assert mended.ended[0].end == approx(2.05, abs=0.1)


def test_a_moment_right_does_not_end_a_fault():
    watched = Watched().over(
        "leg", [(0, 20), (2, 20), (2.05, 0), (2.25, 0), (2.3, 20), (4, 20), (4.05, 0), (6, 0)]
    )
    assert len(watched.ended) == 1
    assert watched.ended[0].end == approx(4.0, abs=0.06)


def test_right_for_a_little_longer_ends_it():
    watched = Watched().over("leg", [(0, 20), (2, 20), (2.05, 0), (2.35, 0), (2.4, 20), (4, 20)])
    assert [event.end for event in watched.ended] == [approx(2.0, abs=0.06)]


def test_from_too_low_to_too_high_is_two_faults():
    watched = Watched().over("leg", [(0, -30), (2, -30), (2.05, 30), (4, 30), (4.05, 0), (5, 0)])
    assert [event.direction for event in watched.ended] == ["low", "high"]
    assert [event.worst for event in watched.ended] == [-30, 30]


def test_the_worst_is_remembered():
    watched = Watched().over("leg", [(0, 20), (1, 20), (2, 35), (3, 20), (3.05, 0), (4, 0)])
    assert watched.ended[0].worst == approx(35)


def test_the_worst_is_not_the_way_out_of_the_phase():
    watched = Watched().over("leg", [(0, 20), (1.5, 20), (2, 25), (2.2, 25), (2.4, 80)])
    watched.over("leg", [(2.45, 80), (2.6, 0)], "returning")
    assert watched.ended[0].worst == approx(25)


def test_the_worst_until_it_is_mended_is_all_of_it():
    watched = Watched().over("leg", [(0, 20), (2, 20), (2.2, 80), (2.25, 0), (4, 0)])
    assert watched.ended[0].worst == approx(80)


def test_the_worst_is_not_what_came_before_it_lasted():
    watched = Watched().over("leg", [(0, 60), (0.3, 60), (0.35, 20), (2, 20), (2.05, 0), (3, 0)])
    assert watched.ended[0].worst == approx(20)


def test_a_side_without_a_cue_is_no_fault():
    assert Watched().over("lean", [(0, -60), (5, -60)]).shown == {}
    assert "lean" in Watched().over("lean", [(0, 60), (5, 60)]).shown


# ---- only in its time --------------------------------------------------------------------------


def test_a_check_is_only_judged_in_its_phases():
    watched = Watched().over("leg", [(0, 60), (5, 60)], "going")
    assert watched.shown == {}
    assert "leg" not in watched.watcher.unseen
    assert watched.right == []


def test_leaving_the_phase_ends_the_fault():
    watched = Watched().over("leg", [(0, 30), (2, 30)]).over("leg", [(2.05, 30), (3, 30)], "returning")
    (event,) = watched.ended
    assert event.end == approx(2.05)
    assert watched.faults == ()


def test_no_time_off_is_kept_from_one_repetition_to_the_next():
    watched = Watched()
    for start in range(0, 20, 2):
        watched.over("leg", [(start, 30), (start + 0.5, 30)])
        watched.over("leg", [(start + 0.55, 30), (start + 1.95, 30)], "start")
    assert watched.shown == {}


# ---- what is not seen --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("view", "value", "why", "reason"),
    [
        ("front", 60, "", "turn side-on"),
        ("oblique", 60, "", "turn side-on"),
        ("", 60, "", "turn side-on"),
        ("side", UNSEEN, "", "hidden or out of the picture"),
        ("side", UNSEEN, "nobody in the picture", "nobody in the picture"),
        ("front", UNSEEN, "nobody in the picture", "nobody in the picture"),
    ],
)
def test_what_cannot_be_judged_is_not_judged_and_says_why(view, value, why, reason):
    watched = Watched().over("leg", [(0, value), (5, value)], view=view, why=why)
    assert watched.shown == {}
    assert watched.right == []
    assert watched.watcher.unseen["leg"] == reason


@pytest.mark.parametrize(
    ("leg", "judged"),
    [
        ({"kind": "slope"}, False),
        ({"kind": "tilt"}, False),
        ({"kind": "ahead"}, False),
        ({"kind": "above"}, False),
        ({"kind": "largest", "points": (), "of": ("knee", "trunk")}, False),
        ({"kind": "largest", "points": (), "of": ("knee", "other_knee")}, True),
        ({"kind": "slope", "from_start": True}, True),
        ({"kind": "angle"}, True),
    ],
)
def test_by_a_camera_that_leans_nothing_is_judged_against_the_floor(leg, judged):
    measures = {**REPS.measures, "leg": replace(REPS.measures["leg"], **leg)}
    turn = replace(REPS.checks["leg"], name="at_turn", during=frozenset(("turn",)))
    watcher = CheckWatcher(replace(REPS, measures=measures, checks={**REPS.checks, "at_turn": turn}), "left")
    for leans in (False, True):
        watcher.step(0.0, "work", RESTING, "side", "", leans=leans)
        watcher.judge_moment(0.0, "turn", RESTING, "side", leans=leans)
        why = "set the camera level" if leans and not judged else None
        assert watcher.unseen.get("leg") == watcher.unseen_moments.get("at_turn") == why
        assert "lean" not in watcher.unseen  # a change since the start


def test_a_gap_in_a_fault_does_not_end_it_at_once():
    watched = Watched().over("leg", [(0, 30), (2, UNSEEN), (2.8, 30), (4, 30), (4.05, 0), (5, 0)])
    (event,) = watched.ended
    assert (event.start, event.end) == approx((0, 4), abs=0.06)


def test_a_fault_not_seen_for_long_is_over_when_it_was_last_seen():
    watched = Watched().over("leg", [(0, 30), (2, UNSEEN), (5, UNSEEN)])
    (event,) = watched.ended
    assert event.end == approx(1.95)


def test_while_it_is_not_seen_a_fault_is_not_told():
    watched = Watched().over("leg", [(0, 30), (2, UNSEEN), (2.5, UNSEEN)])
    assert watched.faults == ()


def test_time_not_seen_does_not_make_a_fault_last():
    """Off at two glances, hidden in between: nobody knows that it lasted."""
    watched = Watched().over("leg", [(0, 30), (0.05, UNSEEN), (0.95, 30), (1.0, 30), (1.05, 0), (3, 0)])
    assert watched.shown == {}


@pytest.mark.parametrize("seconds", [1.5, 60])
def test_a_freeze_or_a_pause_does_not_make_a_fault_last(seconds):
    watched = (
        Watched().over("leg", [(0, 30), (0.3, 30)]).over("leg", [(0.3 + seconds, 30), (0.6 + seconds, 30)])
    )
    assert watched.shown == {}


def test_a_fault_from_before_a_pause_is_over_when_it_was_last_seen():
    watched = Watched().over("leg", [(0, 30), (2, 30)]).over("leg", [(60, 30), (62, 30)])
    assert [(event.start, event.end) for event in watched.ended] == [(0, approx(2))]
    assert watched.faults[0].since == approx(60.05)  # what came just after the gap tells nothing of it


# ---- order, holds, moments, the end ------------------------------------------------------------


def test_the_most_pressing_fault_comes_first():
    watched = Watched()
    watched.resting = {**watched.resting, "leg": 30.0}
    watched.over("lean", [(0, 30), (3, 30)])
    assert [fault.check for fault in watched.faults] == ["lean", "leg"]
    assert watched.faults[0].value == 30


def test_in_a_hold_a_measure_on_its_way_is_no_fault():
    """Getting up from a plank, the hips pass through piking."""
    rising = Watched(HOLD).over("hips", [(0, 5), (3, 5), (5, 105)])
    assert rising.shown == {}
    still = Watched(HOLD).over("hips", [(0, 5), (3, 5), (3.4, 40), (5, 40)])
    assert still.shown["hips"][0] == approx(4.1, abs=0.5)


def test_somebody_on_the_way_out_of_the_start_is_not_judged_by_how_they_rest():
    leaving = Watched().over("lean", [(0, 0), (3, 0), (6, 120)], phase="start")
    assert leaving.shown == {}
    resting = Watched().over("lean", [(0, 0), (3, 0), (3.4, 20), (6, 20)], phase="start")
    assert resting.shown["lean"][0] == approx(4.1, abs=0.5)
    working = Watched().over("lean", [(0, 0), (3, 0), (6, 120)], phase="work")
    assert working.shown["lean"][0] < 4.5


def test_what_may_be_due_and_is_not_seen_is_told_and_what_is_judged_is_not():
    watcher = CheckWatcher(REPS, "left")
    watcher.step(1.0, "going", RESTING, "side", "")
    watcher.miss("work", HIDDEN)
    assert watcher.unseen == {"leg": HIDDEN}  # while leaning is judged on the way, too
    watcher.step(1.1, "going", RESTING, "side", "")
    assert watcher.unseen == {}


def moment_of(shift: float, *, view: str = "front", moment: str = "turn"):
    watcher = CheckWatcher(REPS, "left")
    found = watcher.judge_moment(3.0, moment, {**RESTING, "shift": shift}, view)
    return watcher, found


def test_a_moment_is_judged_once_and_noted_for_a_while():
    watcher, (event,) = moment_of(0.4)
    assert (event.check, event.direction, event.start, event.end, event.worst) == (
        "shift",
        "high",
        3.0,
        3.0,
        0.4,
    )
    faults, ended = watcher.step(3.0, "returning", RESTING, "front", "")
    assert [fault.check for fault in faults] == ["shift"]
    assert ended == ()
    assert watcher.step(3.0 + NOTED_S + 0.1, "start", RESTING, "front", "")[0] == ()


@pytest.mark.parametrize("shift", [0.25, -0.25, UNSEEN])
def test_a_moment_that_was_right_or_not_seen_is_no_fault(shift):
    assert moment_of(shift)[1] == ()


def test_another_moment_is_not_judged_by_it():
    watcher, found = moment_of(UNSEEN, moment="top")
    assert found == ()
    assert watcher.unseen_moments == {}


def test_a_moment_that_was_not_seen_says_why_at_that_sample_only():
    watcher, _ = moment_of(UNSEEN)
    assert watcher.unseen_moments == {"shift": "hidden or out of the picture"}
    watcher.judge_moment(3.1, "", {}, "front")
    assert watcher.unseen_moments == {}
    assert moment_of(0.0)[0].unseen_moments == {}


def test_the_next_moment_takes_the_place_of_the_last():
    watcher, _ = moment_of(0.4)
    assert watcher.judge_moment(4.0, "turn", {**RESTING, "shift": 0.0}, "front") == ()
    assert watcher.step(4.0, "start", RESTING, "front", "")[0] == ()


def test_the_end_gives_what_was_lasting_once():
    watched = Watched().over("leg", [(0, 30), (2, 30)])
    (event,) = watched.watcher.finish(2.0)
    assert (event.start, event.end) == (0, 2.0)
    assert watched.watcher.finish(2.0) == ()
    assert Watched().over("leg", [(0, 30), (0.5, 30)]).watcher.finish(0.5) == ()


def test_in_a_hold_a_speed_is_judged_while_it_changes():
    tempo = """
        measures.tempo = { speed = ["knee"] }
        checks.still = { measure = "tempo", during = "hold", good = [-inf, 10], tolerance = 5, high = "Rest" }
    """
    watched = Watched(hold_spec(tempo))
    watched.resting = {**STRAIGHT, "tempo": 0.0}
    for t in moments(2.0):
        faults, _ = watched.watcher.step(t, "hold", {**watched.resting, "tempo": 20 + 40 * t}, "side", "")
    assert [fault.check for fault in faults] == ["still"]


# ---- what always holds -------------------------------------------------------------------------

leg = st.one_of(st.floats(-90, 90), st.just(UNSEEN))
steps = st.lists(
    st.tuples(
        st.floats(0, 2),
        leg,
        st.sampled_from(["start", "going", "work", "work"]),
        st.sampled_from(["side", "side", "front"]),
    ),
    max_size=50,
)


@given(steps)
def test_a_fault_event_is_what_was_shown(track):
    watcher, t, ended, began = CheckWatcher(REPS, "left"), 0.0, [], set()
    for passed, value, phase, view in track:
        t += passed
        faults, events = watcher.step(t, phase, {**RESTING, "leg": value, "lean": UNSEEN}, view, "")
        ended += events
        began |= {(fault.check, fault.since) for fault in faults}
        for fault in faults:
            assert fault.value == value
            assert fault.since <= t - REPS.checks[fault.check].after_s + 1e-9
        assert not watcher.right & watcher.unseen.keys()
    ended += watcher.finish(t)
    assert {(event.check, event.start) for event in ended} >= began
    for event in ended:
        assert event.start < event.end <= t
        assert event.worst == event.worst


@given(steps)
def test_the_wrong_view_finds_nothing(track):
    watcher, t = CheckWatcher(REPS, "left"), 0.0
    for passed, value, phase, _ in track:
        t += passed
        assert watcher.step(t, phase, {**RESTING, "leg": value, "lean": value}, "front", "") == ((), ())
    assert watcher.finish(t) == ()
