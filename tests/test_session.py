"""The one loop: what is recorded is what is coached, in its order, and the report is of both."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from coached import stock
from formcoach.actions import ACTION_NAMES, Action
from formcoach.landmarks import PoseSample, nobody
from formcoach.session import Kept, Session, coach_through
from puppet import perform

SPEC = stock("hip-hinge")
SAMPLES = tuple(perform("hip-hinge", fps=15, reps=2, fault="knee_bent").samples)


def drive(session: Session, stream) -> None:
    for item in stream:
        (session.act if isinstance(item, Action) else session.take)(item)


def test_a_session_is_coached_to_its_report():
    session = Session(SPEC)
    drive(session, SAMPLES)
    report = session.finish()
    assert report.spec is SPEC
    assert report.performed("") == 2
    assert report.samples == len(SAMPLES)
    assert {fault.kind for fault in report.faults} == {"knee_bent"}


def test_what_was_said_at_each_sample_is_what_is_reported():
    session = Session(SPEC)
    events = [event for sample in SAMPLES for event in session.take(sample).events]
    report = session.finish()
    told = [*report.repetitions, *report.faults, *report.cues]
    assert all(event in told for event in events)
    assert len(told) == len(events)


def test_samples_and_actions_are_recorded_in_their_order():
    kept = Kept()
    stream = [*SAMPLES[:5], Action(0.3, "pause"), Action(0.3, "resume"), *SAMPLES[5:9], Action(0.5, "swap")]
    drive(Session(SPEC, kept), stream)
    assert kept.stream == stream


def test_a_sample_is_recorded_before_anything_is_made_of_it():
    class Full(Kept):
        def add(self, sample: PoseSample) -> None:
            raise OSError("the disk is full")

    session = Session(SPEC, Full())
    with pytest.raises(OSError, match="full"):
        session.take(SAMPLES[0])
    assert session.finish().samples == 0


def test_pausing_is_known():
    session = Session(SPEC)
    assert not session.paused
    session.act(Action(0.0, "pause"))
    assert session.paused
    session.act(Action(0.0, "restart"))
    assert session.paused
    session.act(Action(0.0, "resume"))
    assert not session.paused


def test_it_hurts_ends_it_at_once_and_is_kept():
    kept = Kept()
    session = Session(SPEC, kept)
    drive(session, SAMPLES[:60])
    session.act(Action(SAMPLES[60].t, "hurts"))
    before = session.finish()
    drive(session, [Action(SAMPLES[61].t, "resume"), Action(SAMPLES[61].t, "restart"), *SAMPLES[61:]])
    after = session.finish()
    assert session.hurt
    assert session.paused
    assert (before.hurt_at, after.hurt_at) == (SAMPLES[60].t, SAMPLES[60].t)
    assert after.repetitions == before.repetitions
    assert after.restarts == ()
    assert [item.name for item in kept.stream if isinstance(item, Action)] == ["hurts"]
    assert coach_through(SPEC, kept.stream).as_dict() == after.as_dict()


def test_time_in_a_pause_is_not_time_not_seen():
    """Turned away before and during the pause, and gone at the end: only what came before is missed."""
    turned = perform("hip-hinge", fps=15, reps=1, yaw=45, hold_s=2).samples
    session = Session(SPEC)
    at_work = [i for i, sample in enumerate(turned) if session.take(sample).phase == "work"]
    cut = at_work[len(at_work) // 2]
    session = Session(SPEC)
    drive(session, turned[:cut])
    before = session.finish()
    session = Session(SPEC)
    away = [nobody(sample.t) for sample in turned[cut + 10 :]]
    drive(session, [*turned[:cut], Action(turned[cut].t, "pause"), *turned[cut : cut + 10], *away])
    after = session.finish()
    assert after.unjudged_s == before.unjudged_s
    assert before.unjudged_s["knees_soft"]["turn side-on"] > 0.3
    assert after.nobody_s == {}


def test_the_end_judges_what_was_under_way():
    session = Session(stock("plank"))
    drive(session, perform("plank", fps=15, hold_s=10).samples[: 8 * 15])
    assert len(session.finish().holds) == 1


def test_finishing_twice_gives_the_same_report():
    session = Session(SPEC)
    drive(session, SAMPLES[: len(SAMPLES) // 2])
    first = session.finish()
    assert session.finish() == first
    assert first.repetitions


def test_a_session_without_samples_has_a_report():
    report = Session(SPEC).finish()
    assert (report.samples, report.duration_s, report.hold_s) == (0, 0.0, 0.0)
    assert coach_through(SPEC, []).as_dict() == report.as_dict()


def test_a_whole_stream_at_once_is_the_same():
    stream = [*SAMPLES[:40], Action(SAMPLES[40].t, "restart"), *SAMPLES[40:]]
    session = Session(SPEC)
    drive(session, stream)
    assert coach_through(SPEC, iter(stream)).as_dict() == session.finish().as_dict()


actions = st.lists(st.tuples(st.integers(0, len(SAMPLES) - 1), st.sampled_from(ACTION_NAMES)), max_size=6)


@given(actions)
@settings(max_examples=15)
def test_what_is_recorded_replays_to_the_same_report(wishes):
    kept = Kept()
    session = Session(SPEC, kept)
    for i, sample in enumerate(SAMPLES):
        for at, name in wishes:
            if at == i:
                session.act(Action(sample.t, name))
        session.take(sample)
    report = session.finish()
    assert json.dumps(coach_through(SPEC, kept.stream).as_dict()) == json.dumps(report.as_dict())
    assert report.duration_s == approx(SAMPLES[-1].t)
