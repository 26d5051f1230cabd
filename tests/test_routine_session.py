"""A routine performed: the sets counted, each in its section, and again from its recording."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coached import stock
from formcoach.actions import Action, ActionName
from formcoach.dose_watch import DoseWatch
from formcoach.events import RepEvent
from formcoach.landmarks import PoseSample, nobody
from formcoach.measures import SPEED_S
from formcoach.routine import LEAD_S, MOVE_S, Plan, Routine, Step, plan
from formcoach.routine_report import RoutineReport
from formcoach.routine_session import RoutineSession
from formcoach.session import Kept
from puppet import perform

HINGE = Step(exercise="hip-hinge", reps=(2, 2), sets=1, rest_s=5)
PLANK = Step(exercise="plank", hold_s=(3, 4), sets=1, rest_s=5)
BIRD_DOG = Step(exercise="bird-dog", reps=(1, 1), hold_s=(1, 1), sets=1)
WALK = Step(name="Walking", seconds=5)


def planned(*steps: Step) -> Plan:
    named = {step.exercise for step in steps if step.exercise}
    routine = Routine("a", "A routine", "About", "A book", "Daily", steps)
    return plan(routine, {name: stock(name) for name in named})


def after(start: float, samples: Iterable[PoseSample]) -> list[PoseSample]:
    """The samples, as if they had begun then."""
    return [replace(sample, t=round(start + sample.t, 6)) for sample in samples]


def empty(start: float, until: float, fps: float = 15) -> list[PoseSample]:
    """Nobody in the picture."""
    return [nobody(start + i / fps) for i in range(round((until - start) * fps))]


def one_after_the_other() -> list[PoseSample]:
    """Two hinges in the first step's time, then a plank, each after its countdown."""
    hinge = after(LEAD_S + 0.2, perform("hip-hinge", fps=15, reps=2).samples)
    end = hinge[-1].t
    plank = after(end + LEAD_S + 2, perform("plank", fps=15, hold_s=6).samples)
    return [
        *empty(0, LEAD_S + 0.2),
        *hinge,
        *empty(end + 0.1, end + LEAD_S + 2),
        *plank,
        *empty(plank[-1].t + 0.1, plank[-1].t + 10),
    ]


SAMPLES = one_after_the_other()
TWO = planned(HINGE, PLANK)


def do(
    plan: Plan,
    samples: Iterable[PoseSample],
    keys: dict[float, ActionName] | None = None,
    recorder: Kept | None = None,
) -> RoutineReport:
    session = RoutineSession(plan, recorder)
    left = dict(keys or {})
    for sample in samples:
        for at in [at for at in left if at <= sample.t]:
            session.act(Action(sample.t, left.pop(at)))
        session.take(sample)
    return session.finish()


def again(plan: Plan, kept: Kept) -> RoutineReport:
    session = RoutineSession(plan)
    for item in kept.stream:
        (session.act if isinstance(item, Action) else session.take)(item)  # type: ignore[arg-type]
    return session.finish()


def test_two_exercises_one_after_the_other_without_a_key() -> None:
    report = do(TWO, SAMPLES)
    hinge, plank = report.steps
    assert (hinge.outcome, plank.outcome) == ("done", "done")
    assert [one.performed("") for one in hinge.sets] == [2]
    assert [one.spec.id for one in plank.sets] == ["plank"]
    assert plank.sets[0].hold_s >= 4
    assert hinge.good
    assert plank.good
    assert report.hurt_at is None


def test_a_set_ends_the_moment_its_dose_is_done() -> None:
    session = RoutineSession(TWO)
    for sample in SAMPLES:
        session.take(sample)
        if session.now.step == 1:
            break
    report = session.finish()
    assert report.steps[0].outcome == "done"
    # A repetition is judged once the speed of its end is known.
    assert report.steps[0].sets[0].repetitions[-1].end == pytest.approx(report.duration_s, abs=SPEED_S + 0.1)


def test_the_answer_to_its_last_sample_still_tells_of_a_set() -> None:
    session = RoutineSession(TWO)
    for sample in SAMPLES:
        coaching = session.take(sample)
        if session.now.step == 1:
            break
    assert session.spec is None
    assert coaching is not None
    assert coaching.reps == {"": 2}
    assert any(isinstance(event, RepEvent) for event in coaching.events)


def test_each_side_must_do_its_part_and_is_told_to_change() -> None:
    bird_dogs = perform("bird-dog", fps=15, reps=[("left", 1), ("right", 1)], hold_s=2).samples
    session = RoutineSession(planned(BIRD_DOG))
    notices = []
    for sample in [*empty(0, LEAD_S + 0.2), *after(LEAD_S + 0.2, bird_dogs)]:
        session.take(sample)
        if not notices or notices[-1] != session.notice:
            notices.append(session.notice)
    (step,) = session.finish().steps
    assert step.outcome == "done"
    assert [step.sets[0].performed(side) for side in ("left", "right")] == [1, 1]
    assert notices == ["", "Now your right side", ""]


def test_a_sequence_ends_with_its_last_round() -> None:
    rolls = perform("knee-rolls", fps=10, reps=[("left", 1), ("right", 2)], noise=1.0).samples
    step = Step(exercise="knee-rolls", reps=(2, 2))
    lead = LEAD_S + 0.2
    report = do(planned(step, WALK), [*empty(0, lead, fps=10), *after(lead, rolls)])
    found, walk = report.steps
    assert (found.outcome, walk.outcome) == ("done", "done")
    assert found.good
    assert [one.number for one in found.sets[0].rounds] == [1, 2]
    assert found.spent_s == pytest.approx(found.sets[0].rounds[-1].end - lead, abs=0.3)


def test_a_sequence_takes_as_long_as_its_stations() -> None:
    (rolls,) = planned(Step(exercise="knee-rolls", reps=(4, 4))).steps
    assert rolls.set_s == 4 * 3 * (5 + MOVE_S)


def test_sets_have_a_rest_between_them_in_which_nothing_counts() -> None:
    hinges = perform("hip-hinge", fps=15, reps=6).samples
    twice = planned(replace(HINGE, sets=2, rest_s=5, reps=(1, 1)))
    report = do(twice, [*empty(0, LEAD_S + 0.2), *after(LEAD_S + 0.2, hinges)])
    (step,) = report.steps
    assert step.outcome == "done"
    assert [one.performed("") for one in step.sets] == [1, 1]
    first, second = step.sets
    assert second.repetitions[0].start > first.repetitions[0].end + 5


def test_nobody_there_does_nothing_and_it_ends_all_the_same() -> None:
    report = do(planned(HINGE, WALK), empty(0, 200, fps=5))
    assert [step.outcome for step in report.steps] == ["time over", "done"]
    assert not report.steps[0].good
    assert report.steps[0].sets[0].performed("") == 0
    assert report.steps[1].sets == ()


def test_it_hurts_ends_everything_at_once_and_is_kept() -> None:
    session = RoutineSession(TWO)
    for sample in SAMPLES:
        session.take(sample)
        if session.spec is not None and sample.t > LEAD_S + 3:
            break
    session.act(Action(sample.t, "hurts"))
    assert session.hurt
    assert session.paused
    assert session.spec is None
    for one in SAMPLES[-20:]:
        assert session.take(one) is None
    session.act(Action(SAMPLES[-1].t, "resume"))
    assert session.paused
    report = session.finish()
    assert (report.hurt_at, report.hurt_step) == (sample.t, 0)
    assert [step.outcome for step in report.steps] == ["hurt", "not begun"]
    assert report.steps[0].sets[0].hurt_at == sample.t


def test_skipping_leaves_out_the_rest_of_a_step() -> None:
    report = do(TWO, SAMPLES, {LEAD_S + 1: "skip"})
    assert report.steps[0].outcome == "skipped"
    assert len(report.steps[0].sets) == 1


def test_a_set_that_was_restarted_begins_at_nothing() -> None:
    session = RoutineSession(TWO)
    counted = False
    for sample in SAMPLES:
        coaching = session.take(sample)
        if coaching is not None and coaching.reps.get("") == 1 and not counted:
            counted = True
            session.act(Action(sample.t, "restart"))
    report = session.finish()
    assert counted
    assert report.steps[0].sets[0].performed("") == 1
    assert report.steps[0].outcome == "time over" or report.steps[0].outcome == "broken off"


def test_rough_form_is_done_and_not_good() -> None:
    bent = perform("hip-hinge", fps=15, reps=2, fault="knee_bent").samples
    report = do(planned(HINGE), [*empty(0, LEAD_S + 0.2), *after(LEAD_S + 0.2, bent)])
    assert report.steps[0].outcome == "done"
    assert not report.steps[0].good


keys = st.dictionaries(
    st.floats(0, 60), st.sampled_from(["pause", "resume", "restart", "skip", "swap", "hurts"]), max_size=5
)


@given(keys)
@settings(max_examples=12)
def test_what_was_recorded_gives_the_same_report(wishes: dict[float, ActionName]) -> None:
    kept = Kept()
    report = do(TWO, SAMPLES, wishes, kept)
    assert json.dumps(again(TWO, kept).as_dict()) == json.dumps(report.as_dict())


def test_the_report_has_a_section_for_each_step() -> None:
    data = do(TWO, SAMPLES).as_dict()
    assert set(data) == {"format", "routine", "name", "duration_s", "hurt_at", "hurt_step", "steps"}
    steps = data["steps"]
    assert isinstance(steps, list)
    assert [step["exercise"] for step in steps] == ["hip-hinge", "plank"]
    assert steps[0]["sets"][0]["sides"]["both"]["performed"] == 2


def test_a_session_without_samples_has_a_report() -> None:
    report = RoutineSession(TWO).finish()
    assert report.duration_s == 0
    assert [step.outcome for step in report.steps] == ["not begun", "not begun"]


def test_a_hold_counts_while_it_still_goes_on() -> None:
    spec = planned(PLANK).steps[0].spec
    assert spec is not None
    watch = DoseWatch(spec)
    assert not watch.done
    session = RoutineSession(planned(PLANK))
    plank = perform("plank", fps=15, hold_s=30).samples
    for sample in [*empty(0, LEAD_S + 0.2), *after(LEAD_S + 0.2, plank)]:
        session.take(sample)
    (step,) = session.finish().steps
    assert step.outcome == "done"
    assert 4 <= step.sets[0].hold_s < 5
