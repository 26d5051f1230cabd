"""The coach as a whole: sides, the person's own start, pause and restart; and any stream at all."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from coached import coach, coached, stock
from degrading import degrade_cross
from formcoach.actions import ACTION_NAMES, Action
from formcoach.body import UNCLEAR
from formcoach.coach import Coach
from formcoach.events import Coaching, Cue, Event, RepEvent
from formcoach.landmarks import INDEX, LANDMARK_COUNT, PoseSample, nobody
from formcoach.neutral import NEUTRAL_S
from formcoach.report_text import summarise
from formcoach.session import Session
from formcoach.spec import PHASES, SEVERITIES, Dose
from formcoach.spec_file import stock_folder
from puppet import perform
from puppet.exercises import EXERCISES

STOCK = sorted(path.stem for path in stock_folder().glob("*.toml"))


@cache
def performed(exercise: str, **how) -> tuple[PoseSample, ...]:
    return tuple(perform(exercise, fps=20, **how).samples)


@cache
def bird_dogs() -> tuple[PoseSample, ...]:
    return performed("bird-dog", reps=(("left", 1), ("right", 1)), hold_s=2)


def at(samples, t: float) -> int:
    return next(i for i, sample in enumerate(samples) if sample.t >= t)


def steps_of(coach: Coach, samples) -> list[Coaching]:
    return [coach.step(sample) for sample in samples]


def reps(steps) -> list[RepEvent]:
    return [
        event for step in steps for event in step.events if isinstance(event, RepEvent) and event.performed
    ]


# ---- the answer --------------------------------------------------------------------------------


def test_each_answer_says_where_somebody_is():
    steps = steps_of(Coach(stock("bird-dog")), bird_dogs())
    assert [step.t for step in steps] == [sample.t for sample in bird_dogs()]
    phases = [step.phase for step in steps]
    assert [a for a, b in pairwise([*phases, ""]) if a != b][1:] == [
        "start",
        "going",
        "work",
        "returning",
    ] * 2 + ["start"]
    assert {step.side for step in steps} == {"left", "right"}
    last = steps[-1]
    assert last.reps == {"left": 1, "right": 1}
    assert last.holds_s["left"] == approx(2.5, abs=0.6)
    assert (last.someone, last.why, last.near, last.view) == (True, "", "right", "side")
    assert set(last.values) == set(stock("bird-dog").measures)


def test_the_active_side_is_the_one_that_does_something():
    spec, first, second = stock("bird-dog"), [], []
    for step in steps_of(Coach(spec), bird_dogs()):
        if step.phase == "work":
            (first if step.reps["left"] == 0 else second).append(step.side)
    assert set(first) == {"left"}
    assert set(second) == {"right"}


def test_a_cue_that_is_said_is_an_event_and_is_shown():
    outcome = coached("plank", hold_s=8, fault="sag")
    said = [(step, event) for step in outcome.steps for event in step.events if isinstance(event, Cue)]
    assert said
    for step, cue in said:
        assert step.cue is cue
        assert cue.t == step.t


def test_the_clock_of_a_hold_runs_with_it():
    steps = coached("plank", hold_s=6).steps
    running = [step for step in steps if step.in_form]
    assert running[-1].held_s == approx(running[-1].t - running[0].t, abs=0.5)
    assert steps[-1].holds_s[""] == approx(running[-1].held_s, abs=0.5)


@pytest.mark.parametrize(
    ("exercise", "how", "about"),
    [
        ("hip-hinge", {"fault": "shallow"}, "missed"),
        ("bird-dog", {"fault": "same_side", "hold_s": 3}, "wrong same_side"),
        ("bird-dog", {"fault": "all_four", "hold_s": 3}, "wrong all_four"),
    ],
)
def test_an_attempt_that_failed_is_told_what_was_missing(exercise, how, about):
    outcome = coached(exercise, reps=2, **how)
    assert about in {cue.about for cue in outcome.report.cues}
    assert outcome.count == 0


@pytest.mark.parametrize(
    ("exercise", "kind", "cut"),
    [("hip-hinge", "broken_off", slice(0, 60)), ("bird-dog", "no_start", slice(70, 400))],
)
def test_an_attempt_that_was_cut_off_is_told_nothing(exercise, kind, cut):
    samples = performed(exercise, reps=1, hold_s=4)[cut]
    outcome = coach(exercise, [*samples, *(nobody(samples[-1].t + i / 20) for i in range(100))])
    assert kind in {rep.kind for rep in outcome.report.repetitions}
    assert outcome.corrections == []


def test_the_end_gives_what_was_under_way_and_only_once():
    coach = Coach(stock("plank"))
    steps_of(coach, performed("plank", hold_s=8)[: 6 * 20])
    (hold,) = coach.finish()
    assert hold.in_form_s > 3
    assert coach.finish() == ()
    assert Coach(stock("plank")).finish() == ()


def test_a_thrown_repetition_is_performed_but_no_good_one():
    outcome = coached("hip-hinge", reps=3, fault=("thrown", 2, 2))
    assert [(rep.performed, rep.to_dose, rep.kind) for rep in outcome.report.repetitions] == [
        (True, True, ""),
        (True, False, "too_fast"),
        (True, True, ""),
    ]
    assert "3 repetitions, 2 of them good." in summarise(outcome.report)
    assert "repetition 2: too fast" in summarise(outcome.report)


@pytest.mark.parametrize("alternating", [True, False])
def test_where_sides_take_turns_the_same_side_again_is_told_and_counts(alternating):
    spec = replace(stock("bird-dog"), alternating=alternating, dose=Dose())
    turns = [("left", 1), ("right", 1), ("left", 2), ("right", 1)]
    outcome = coached("bird-dog", by=spec, reps=turns, hold_s=2.0)
    again = "same_side_again" if alternating else ""
    assert [rep.kind for rep in outcome.report.repetitions] == ["", "", "", again, ""]
    assert all(rep.performed and rep.to_dose for rep in outcome.report.repetitions)
    assert outcome.counts == {"left": 3, "right": 2}
    assert outcome.said.count("Now the other side") == alternating
    assert ("repetition 3: the same side again" in summarise(outcome.report)) == alternating


def test_once_one_side_is_held_for_the_goal_it_is_the_other_sides_turn():
    both = coached("hamstring-stretch", reps=[("left", 1), ("right", 1)], hold_s=22)
    assert [hold.side for hold in both.report.holds] == ["left", "right"]
    (cue,) = [cue for cue in both.report.cues if cue.about == "other_side"]
    assert (cue.text, cue.severity) == ("Now the other side", "setup")
    left, right = both.report.holds
    assert left.start + 20 <= cue.t < right.start
    assert coached("hamstring-stretch", hold_s=15).said == []


def test_a_failed_attempt_is_nobodys_turn():
    spec = replace(stock("bird-dog"), alternating=True, dose=Dose())
    turns = [("left", 2), ("right", 1)]
    outcome = coached("bird-dog", by=spec, reps=turns, hold_s=2.0, fault=("shallow", 1, 1))
    assert "same_side_again" not in outcome.kinds
    spec_again = coached("bird-dog", by=spec, reps=[("left", 3)], hold_s=2.0, fault=("shallow", 2, 2))
    assert [rep.kind for rep in spec_again.report.repetitions] == ["", "shallow", "same_side_again"]


# ---- the person's own start --------------------------------------------------------------------


def hips(steps) -> list[float]:
    return [step.values["hips"] for step in steps]


def test_the_change_since_the_start_is_known_once_the_start_was_kept():
    steps = steps_of(Coach(stock("bird-dog")), bird_dogs())
    assert math.isnan(steps[0].values["hips"])
    known = next(step.t for step in steps if not math.isnan(step.values["hips"]))
    assert known == approx(0.35, abs=0.11)
    settled = [value for value in hips(steps) if not math.isnan(value)][:10]
    assert settled == approx([0] * 10, abs=0.02)


def test_the_start_is_the_middle_of_the_last_moments():
    """A crouch in the first second of the start is forgotten by the time of setting off."""
    samples = list(bird_dogs())
    still = samples[at(samples, 0.5)]
    leaning = {f"{side}_{part}": (0.06, 0.0) for side in ("left", "right") for part in ("hip",)}
    moved = still.xy.copy()
    for name, (x, y) in leaning.items():
        moved[INDEX[name]] += (x, y)
    before = [replace(still, t=i / 20, xy=moved) for i in range(60)]
    after = [replace(still, t=3 + i / 20) for i in range(60)]
    steps = steps_of(Coach(stock("bird-dog")), before + after)
    value = {step.t: step.values["hips"] for step in steps}
    assert abs(value[3.1]) > 0.1
    assert value[3 + NEUTRAL_S + 0.2] == approx(0, abs=0.01)


def test_of_another_person_the_start_is_not_known():
    """A jump cut into the middle of a hold: the other picture's start says nothing of this one."""
    samples = list(bird_dogs())
    begun = next(
        i for i, step in enumerate(steps_of(Coach(stock("bird-dog")), samples)) if step.phase == "work"
    )
    cut = begun + 20
    elsewhere = (samples[cut].xy * 0.5 + [0.1, 0.4]).astype(np.float32)
    held = [replace(samples[cut], t=samples[cut].t + i / 20, xy=elsewhere) for i in range(60)]
    steps = steps_of(Coach(stock("bird-dog")), samples[:cut] + held)
    assert not math.isnan(steps[cut - 1].values["hips"])
    assert steps[-1].someone
    assert math.isnan(steps[-1].values["hips"])
    assert steps[-1].unseen["hips_steady"] == "hidden or out of the picture"
    assert [event.kind for step in steps for event in step.events if isinstance(event, RepEvent)] == [
        "broken_off"
    ]


def test_the_start_is_a_sides_own():
    """A leg that is hidden all along has no start, and keeps nothing of the other one's unknown."""
    far = ("left_knee", "left_ankle", "left_heel", "left_foot_index")
    how = {"reps": [("right", 2)], "facing": "right", "hidden": far}
    clean = coached("knee-to-chest-kicks", **how)
    kicking = [step for step in clean.steps if step.phase == "work"]
    assert kicking
    assert all(abs(step.values["hips_down"]) < 5 for step in kicking)
    assert coached("knee-to-chest-kicks", fault="hips_lift", **how).fault_kinds == {"hips_lift"}


def test_of_a_start_that_cannot_be_seen_nothing_is_wrong():
    """The leg that is said to stay down is out of sight, and up."""
    performance = perform("bird-dog", reps=(("left", 1),), fps=15)
    (rep,) = performance.truth.reps
    leg = [INDEX[f"left_{part}"] for part in ("knee", "ankle", "heel", "foot_index")]
    seen = np.ones(LANDMARK_COUNT, np.float32)
    seen[leg] = 0.0
    samples = [
        replace(one, visibility=one.visibility * seen) if one.t > rep.start - 0.5 else one
        for one in performance.samples
    ]
    report = coach("bird-dog", samples).report
    assert report.faults == ()
    assert report.unjudged_s["leg_joins_arm"]["hidden or out of the picture"] > 3


@pytest.mark.parametrize(("exercise", "unclear"), [("band-rotation", True), ("squat", False)])
def test_where_turning_counts_a_depth_that_trembles_is_an_unclear_picture(exercise, unclear):
    rng = np.random.default_rng(1)
    samples = [
        replace(one, world=one.world + rng.standard_normal((LANDMARK_COUNT, 1)) * [0.0, 0.0, 0.05])
        for one in performed(exercise)
        if one.world is not None
    ]
    assert (coach(exercise, samples).report.nobody_s.keys() == {UNCLEAR}) == unclear


@pytest.mark.parametrize("facing", ["left", "right"])
def test_what_was_done_with_a_leg_that_turns_out_to_be_the_other_does_not_count(facing):
    """The model takes one leg for the other as they come apart, and not any more on the way down."""
    performance = perform("lunge", reps=(("left", 1),), fps=15, facing=facing)
    (rep,) = performance.truth.reps
    end = (rep.start + rep.turn) / 2
    wrong = degrade_cross(performance.samples, 100.0, seed=1)
    samples = [
        false if rep.start <= true.t < end else true
        for true, false in zip(performance.samples, wrong, strict=True)
    ]
    outcome = coach("lunge", samples)
    assert outcome.counts == {"left": 0, "right": 0}
    assert outcome.corrections == []


def test_a_moment_that_could_not_be_judged_is_counted_as_not_seen():
    outcome = coached("hip-hinge", reps=3, yaw=45)
    assert outcome.report.unjudged_moments == {
        "torso_level": {"turn side-on": 3},
        "stand_tall": {"turn side-on": 2},
    }
    told = summarise(outcome.report)
    assert "torso level 3 times, stand tall 2 times: turn side-on" in told
    assert coached("hip-hinge", reps=3).report.unjudged_moments == {}


# ---- what the person asks for ------------------------------------------------------------------


def with_actions(samples, *actions: tuple[float, str]) -> list[PoseSample | Action]:
    """Actions in their places between the samples."""
    stream: list[PoseSample | Action] = []
    waiting = [Action(t, name) for t, name in actions]  # type: ignore[arg-type]
    for sample in samples:
        while waiting and waiting[0].t <= sample.t:
            stream.append(waiting.pop(0))
        stream.append(sample)
    return [*stream, *waiting]


def test_nothing_counts_and_nothing_is_said_during_a_pause():
    samples = performed("hip-hinge", reps=3, fault="knee_bent")
    outcome = coach("hip-hinge", with_actions(samples, (0.5, "pause")))
    assert outcome.count == 0
    assert outcome.report.cues == ()
    assert outcome.report.faults == ()
    assert all(not step.events and step.cue is None and not step.faults for step in outcome.steps[10:])
    assert all(not step.unseen for step in outcome.steps[10:])


def test_a_pause_between_repetitions_costs_none():
    performance = perform("hip-hinge", fps=20, reps=4, rest_s=1.5)
    rests = [(a.end + b.start) / 2 for a, b in pairwise(performance.truth.reps)]
    stream = with_actions(performance.samples, (rests[0] - 0.5, "pause"), (rests[0] + 0.5, "resume"))
    assert coach("hip-hinge", stream).count == 4


def test_what_is_done_during_a_pause_does_not_count():
    performance = perform("hip-hinge", fps=20, reps=4, rest_s=1.5)
    first, *_, last = performance.truth.reps
    stream = with_actions(performance.samples, (first.end + 0.5, "pause"), (last.start - 0.5, "resume"))
    assert coach("hip-hinge", stream).count == 2


def test_restart_begins_from_nothing():
    performance = perform("hip-hinge", fps=20, reps=3, rest_s=1.5)
    end = performance.truth.reps[1].end + 0.5
    outcome = coach("hip-hinge", with_actions(performance.samples, (end, "restart")))
    assert outcome.count == 1
    assert [rep.number for rep in outcome.report.repetitions] == [1]
    assert outcome.steps[at(performance.samples, end)].reps == {"": 0}
    assert outcome.report.restarts == (end,)


def test_swap_takes_the_other_side_until_one_does_something():
    coach = Coach(stock("bird-dog"))
    samples = bird_dogs()
    assert coach.step(samples[0]).side == "left"
    coach.act(Action(0.0, "swap"))
    assert coach.step(samples[1]).side == "right"
    assert {step.side for step in steps_of(coach, samples[2:]) if step.phase == "work"} == {"left", "right"}


def test_swap_is_not_overruled_by_what_is_under_way():
    samples = bird_dogs()
    coach = Coach(stock("bird-dog"))
    before = steps_of(coach, samples[: at(samples, 3.0)])
    assert (before[-1].phase, before[-1].side) == ("work", "left")
    coach.act(Action(3.0, "swap"))
    after = steps_of(coach, samples[at(samples, 3.0) :])
    sides = [step.side for step in after]
    assert set(sides) == {"right"}  # which lifts next
    assert after[-1].reps == {"left": 1, "right": 1}
    coach.act(Action(9.0, "swap"))
    again = steps_of(coach, [replace(sample, t=sample.t + 20) for sample in samples])
    assert next(step.side for step in again if step.phase == "work") == "left"


def test_swap_takes_the_other_side_of_the_body_where_the_exercise_has_none():
    coach = Coach(stock("plank"))
    samples = performed("plank", hold_s=3)
    assert coach.step(samples[0]).near == "right"
    coach.act(Action(0.0, "swap"))
    assert coach.step(samples[1]).near == "left"
    coach.act(Action(0.1, "swap"))
    assert coach.step(samples[2]).near == "right"


# ---- any stream at all -------------------------------------------------------------------------


def _noise(sample: PoseSample, rng: np.random.Generator) -> PoseSample:
    return replace(
        sample,
        xy=rng.uniform(-1, 3, (LANDMARK_COUNT, 2)).astype(np.float32),
        visibility=rng.uniform(0, 1, LANDMARK_COUNT).astype(np.float32),
        world=rng.normal(0, 1, (LANDMARK_COUNT, 3)).astype(np.float32),
    )


def _spoil(sample: PoseSample, rng: np.random.Generator, values: list[float]) -> PoseSample:
    xy, visibility, world = sample.xy.copy(), sample.visibility.copy(), np.array(sample.world)
    back = None if sample.back is None else sample.back.copy()
    for array in (xy, visibility, world, *(() if back is None else (back,))):
        spoilt = rng.random(array.shape) < rng.choice([0.02, 0.2, 0.8])
        array[spoilt] = rng.choice(values, spoilt.sum())
    return replace(sample, xy=xy, visibility=visibility, world=world, back=back)


def _point(sample: PoseSample, rng: np.random.Generator) -> PoseSample:
    return replace(sample, xy=np.full_like(sample.xy, rng.random()), world=np.zeros_like(sample.world))


def _grown(sample: PoseSample, rng: np.random.Generator) -> PoseSample:
    return replace(sample, xy=(sample.xy * rng.choice([1e-30, 0.01, 0.5, 3, 1e30])).astype(np.float32))


ODDITIES = {
    "as it is": lambda sample, rng: sample,
    "nobody": lambda sample, rng: nobody(sample.t),
    "noise": _noise,
    "holes": lambda sample, rng: _spoil(sample, rng, [math.nan]),
    "infinities": lambda sample, rng: _spoil(sample, rng, [math.nan, math.inf, -math.inf, 3e38]),
    "zeros": lambda sample, rng: _spoil(sample, rng, [0.0]),
    "one point": _point,
    "another size": _grown,
    "no back": lambda sample, rng: replace(sample, back=None),
    "a wild back": lambda sample, rng: replace(sample, back=rng.normal(0, 0.1, 25).astype(np.float32)),
    "no depth": lambda sample, rng: replace(sample, world=None),
    "hidden": lambda sample, rng: replace(sample, visibility=np.zeros_like(sample.visibility)),
    "narrow": lambda sample, rng: replace(sample, aspect=0.3),
    "elsewhere": lambda sample, rng: replace(sample, xy=sample.xy + np.float32([0.4, 0.0])),
}
TIMES = ("even", "the same", "a gap")

pieces = st.lists(
    st.tuples(
        st.sampled_from([*ODDITIES]),
        st.sampled_from([0, 0, 40, 90, 150, 200]),
        st.sampled_from([1, 3, 15, 40]),
        st.sampled_from(["even", "even", *TIMES]),
        st.none() | st.none() | st.sampled_from(ACTION_NAMES),
    ),
    min_size=1,
    max_size=8,
)


def odd_stream(samples, pieces, seed: int) -> list[PoseSample | Action]:
    """A performance in pieces, each of them odd in its own way."""
    rng = np.random.default_rng(seed)
    stream: list[PoseSample | Action] = []
    t = 0.0
    for oddity, start, count, time, action in pieces:
        if action:
            stream.append(Action(t, action))
        if time == "a gap":
            t += 5.0
        for sample in samples[start : start + count]:
            stream.append(ODDITIES[oddity](replace(sample, t=t), rng))
            t += 0.0 if time == "the same" else 0.05
    return stream


@pytest.mark.parametrize("exercise", STOCK)
@given(pieces, st.integers(0, 2**32 - 1))
@settings(max_examples=50)
def test_any_stream_gives_a_report_of_numbers(exercise, pieces, seed):
    spec = stock(exercise)
    faults = EXERCISES[exercise].faults
    fault = "knee_bent" if "knee_bent" in faults else min(faults)
    how = {"hold_s": 8} if spec.kind == "hold" else {"reps": 2, "hold_s": 2, "fault": fault}
    session = Session(spec)
    before: dict[str, int] = {}
    rested = False
    for item in odd_stream(performed(exercise, **how), pieces, seed):
        if isinstance(item, Action):
            session.act(item)
            before = {} if item.name == "restart" else before
            continue
        step = session.take(item)
        _check_answer(step, item, exercise)
        if rested or session.now is not None:
            before = {}  # between two sets the count begins anew
        rested = session.now is not None
        assert all(step.reps[side] >= count for side, count in before.items())
        before = dict(step.reps)
    report = session.finish()
    assert json.loads(json.dumps(report.as_dict(), allow_nan=False)) == report.as_dict()


def _check_answer(step: Coaching, sample: PoseSample, exercise: str) -> None:
    spec = stock(exercise)
    assert step.t == sample.t
    assert step.phase in PHASES[spec.kind]
    assert not any(math.isinf(value) for value in step.values.values())
    assert 0 <= step.held_s < math.inf
    pressing = [
        SEVERITIES.index(spec.checks[fault.check].severity)
        for fault in step.faults
        if fault.side == step.side
    ]
    assert pressing == sorted(pressing, reverse=True)
    if not step.someone:
        assert step.why
        assert all(math.isnan(value) for value in step.values.values())
        said: list[Event] = [event for event in step.events if isinstance(event, Cue)]
        assert all(cue.severity == "setup" for cue in said)
