"""Judging again what was read once: always the report of a replay."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue import NOISE, STOCK, amount, stock
from formcoach.actions import Action
from formcoach.landmarks import PoseSample, nobody
from formcoach.session import coach_through
from formcoach.spec import Range, Spec
from formcoach.whatif import judge, readings_of, reads_alike
from puppet import perform
from puppet.exercises import EXERCISES


def performed(exercise: str, fps: float = 10.0) -> list[PoseSample]:
    walks = EXERCISES[exercise].yaw == 0
    return perform(exercise, fps=fps, noise=NOISE, walk_in=walks, leave=walks, **amount(exercise)).samples


@pytest.mark.parametrize("exercise", STOCK)
def test_what_was_read_is_judged_as_a_replay_judges_it(exercise: str) -> None:
    samples = performed(exercise)
    samples[40:44] = [nobody(sample.t, sample.aspect) for sample in samples[40:44]]
    spec = stock(exercise)
    assert judge(readings_of(samples, spec), spec).as_dict() == coach_through(spec, samples).as_dict()


def moved(spec: Spec, by: float) -> Spec:
    """All poses and checks with their bounds moved outwards by a share of their width, or inwards."""

    def wider(bounds: Range) -> Range:
        way = min(bounds.high - bounds.low, 40.0) * by
        return Range(bounds.low - way, bounds.high + way)

    poses = {
        name: {measure: wider(bounds) for measure, bounds in pose.items()}
        for name, pose in spec.poses.items()
    }
    return replace(
        spec,
        poses=poses,
        checks={name: replace(check, good=wider(check.good)) for name, check in spec.checks.items()},
    )


ACTIONS = st.lists(
    st.tuples(st.integers(0, 250), st.sampled_from(["pause", "resume", "restart", "swap", "skip"])),
    max_size=4,
)


@pytest.mark.parametrize("exercise", ["bird-dog", "superman", "plank", "knee-rolls", "squat"])
@given(st.floats(-0.3, 0.3), ACTIONS)
@settings(max_examples=15)
def test_moved_bounds_and_keys_give_what_a_replay_gives(exercise: str, by: float, keys: list) -> None:
    samples = performed(exercise)
    stream: list[PoseSample | Action] = list(samples)
    for at, name in sorted(keys, reverse=True):
        at = min(at, len(samples) - 1)
        stream.insert(at, Action(samples[at].t, name))
    spec = stock(exercise)
    readings = readings_of(stream, spec)
    edited = moved(spec, by)
    assert judge(readings, edited).as_dict() == coach_through(edited, stream).as_dict()


def test_a_spec_that_measures_something_else_needs_another_reading() -> None:
    spec = stock("squat")
    fewer = replace(spec, measures=dict(list(spec.measures.items())[1:]))
    assert reads_alike(spec, moved(spec, 0.1))
    assert not reads_alike(spec, fewer)
    with pytest.raises(ValueError, match="measures something else"):
        judge(readings_of([], spec), fewer)


def test_a_recording_of_nothing_has_an_empty_report() -> None:
    report = judge(readings_of([], stock("plank")), stock("plank"))
    assert (report.samples, report.hold_s) == (0, 0.0)
