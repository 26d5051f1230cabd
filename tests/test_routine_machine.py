"""Step after step and set after set, by time and by what is done, without a key pressed."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from coached import stock
from formcoach.routine import LEAD_S, Plan, Routine, Step, plan
from formcoach.routine_machine import ENDED_S, RoutineMachine

PLANK = Step(exercise="plank", hold_s=(2, 3), sets=2, rest_s=15)
WALK = Step(name="Walking", about="Walk about.", seconds=60)
HINGE = Step(exercise="hip-hinge", reps=(2, 2), sets=1, rest_s=30)


def planned(*steps: Step) -> Plan:
    routine = Routine("a", "A", "About", "A book", "Daily", steps)
    return plan(routine, {"plank": stock("plank"), "hip-hinge": stock("hip-hinge")})


def go(machine: RoutineMachine, start: float, until: float, done_at: tuple[float, ...] = ()) -> list[str]:
    """Steps of a tenth of a second; the stages that came, in order."""
    seen = [machine.stage]
    left = sorted(done_at)
    for tenth in range(round(start * 10), round(until * 10) + 1):
        t = tenth / 10
        done = bool(left) and machine.stage == "exercise" and t >= left[0]
        if done:
            left.pop(0)
        machine.advance(t, done)
        if machine.stage != seen[-1]:
            seen.append(machine.stage)
    return seen


def test_it_begins_with_a_countdown_and_says_what_comes() -> None:
    machine = RoutineMachine(planned(PLANK, WALK))
    now = machine.now()
    assert (now.stage, now.left_s, now.where) == ("ready", LEAD_S, "1 of 2: Plank")
    assert (now.set, now.sets, now.progress) == (1, 2, "Set 1 of 2 · Then: Walking")
    assert now.says == "Plank, side to the camera"
    assert now.note == "Then: Walking"
    machine.advance(100.0, False)
    machine.advance(103.0, False)
    assert machine.now().left_s == approx(LEAD_S - 3)


def test_a_whole_routine_without_a_key() -> None:
    machine = RoutineMachine(planned(PLANK, WALK, HINGE))
    stages = go(machine, 0, 300, done_at=(12, 40, 150))
    assert stages == [
        *("ready", "exercise", "rest", "exercise"),
        *("ready", "clock", "ready", "exercise", "ended"),
    ]
    assert machine.outcomes == ["done", "done", "done"]
    assert machine.over
    assert machine.spent_s[1] == approx(60, abs=0.2)


def test_a_rest_counts_down_to_the_next_set() -> None:
    machine = RoutineMachine(planned(PLANK))
    go(machine, 0, 13, done_at=(12,))
    now = machine.now()
    assert (now.stage, now.set, now.says) == ("rest", 2, "Rest, then set 2 of Plank")
    assert now.left_s == approx(14, abs=0.2)


def test_a_set_that_never_gets_done_is_over_in_the_end() -> None:
    machine = RoutineMachine(planned(replace(PLANK, sets=1), WALK))
    limit = machine.planned.limit_s
    go(machine, 0, LEAD_S + limit + 1)
    assert machine.outcomes[0] == "time over"
    assert machine.stage == "ready"


def test_skipping_ends_a_wait_or_the_step() -> None:
    machine = RoutineMachine(planned(PLANK, WALK))
    machine.skip()
    assert machine.stage == "exercise"
    machine.skip()
    assert (machine.stage, machine.step, machine.outcomes[0]) == ("ready", 1, "skipped")
    machine.skip()
    machine.skip()
    assert (machine.stage, machine.outcomes[1]) == ("ended", "skipped")
    machine.skip()
    assert machine.stage == "ended"


def test_time_in_a_pause_does_not_count() -> None:
    machine = RoutineMachine(planned(WALK))
    machine.advance(0.0, False)
    machine.advance(3.0, False)
    machine.hold()
    machine.advance(500.0, False)
    assert machine.now().left_s == approx(LEAD_S - 3)


def test_stopping_says_why() -> None:
    machine = RoutineMachine(planned(PLANK, WALK))
    go(machine, 0, 10)
    machine.stop("hurt")
    assert (machine.stage, machine.outcomes) == ("ended", ["hurt", "not begun"])


def test_between_steps_nothing_is_broken_off() -> None:
    machine = RoutineMachine(planned(PLANK, WALK))
    machine.stop("broken off")
    assert machine.outcomes == ["not begun", "not begun"]


def test_what_only_the_clock_watches_says_what_to_do() -> None:
    waiting = Step(exercise="star-jump", name="Star jump", about="Jump.", seconds=20)
    machine = RoutineMachine(planned(waiting, WALK))
    assert machine.now().note == "Jump."
    machine.skip()
    assert machine.now().says == "Star jump (not watched yet)"
    machine.skip()
    machine.skip()
    assert machine.now().says == "Walking"


@given(st.lists(st.tuples(st.floats(0, 20), st.booleans(), st.booleans()), max_size=200))
def test_it_only_ever_goes_forward(steps: list[tuple[float, bool, bool]]) -> None:
    machine = RoutineMachine(planned(PLANK, WALK, HINGE))
    t, place = 0.0, (0, 1)
    for passed, done, skip in steps:
        t += passed
        machine.advance(t, done)
        if skip:
            machine.skip()
        now = machine.now()
        assert (now.step, now.set) >= place
        assert 0 <= now.left_s <= now.length_s
        place = (now.step, now.set)
    assert all(seconds >= 0 for seconds in machine.spent_s)


def test_the_end_is_shown_for_a_moment() -> None:
    machine = RoutineMachine(planned(WALK))
    machine.skip()
    machine.skip()
    assert not machine.over
    machine.advance(0.0, False)
    machine.advance(ENDED_S, False)
    assert machine.over
    assert machine.now().note == ""
