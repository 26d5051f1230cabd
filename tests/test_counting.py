"""Counting by moved bounds: what a replay counts, without stepping through the rests."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue import STOCK, stock
from formcoach.actions import Action
from formcoach.counting import Counted, count
from formcoach.landmarks import PoseSample, nobody
from formcoach.report import SessionReport
from formcoach.spec import Spec
from formcoach.whatif import judge, readings_of
from test_whatif import ACTIONS, moved, performed


def in_order(events: object) -> list[tuple[object, ...]]:
    """What of each event is counted or timed."""
    return sorted(map(_key, events))  # type: ignore[call-overload]


def _key(event: Counted) -> tuple[object, ...]:
    held = getattr(event, "held_s", 0.0), getattr(event, "in_form_s", 0.0)
    return event.end, event.side, event.start, event.number, getattr(event, "performed", True), held


def reported(report: SessionReport) -> list[tuple[object, ...]]:
    return in_order([*report.repetitions, *report.holds, *report.rounds])


def gaps(samples: list[PoseSample], at: int) -> list[PoseSample]:
    """The samples with a while in which nobody is seen, and another in which they are another person."""
    unseen = [nobody(sample.t, sample.aspect) for sample in samples[at : at + 15]]
    far = [replace(sample, xy=sample.xy + 0.3) for sample in samples[at + 15 :]]
    return [*samples[:at], *unseen, *far]


@pytest.mark.parametrize("exercise", STOCK)
def test_what_is_counted_is_what_a_replay_counts(exercise: str) -> None:
    spec = stock(exercise)
    readings = readings_of(performed(exercise), spec)
    found = count(readings, spec)
    assert found
    assert in_order(found) == reported(judge(readings, spec))


SOME = ["bird-dog", "superman", "partial-crunch", "plank", "knee-rolls", "squat", "side-plank"]


@pytest.mark.parametrize("exercise", SOME)
@given(st.floats(-0.3, 0.3), ACTIONS, st.integers(5, 300))
@settings(max_examples=20)
def test_so_it_is_with_moved_bounds_keys_and_gaps(exercise: str, by: float, keys: list, at: int) -> None:
    samples = gaps(performed(exercise), at)
    stream: list[PoseSample | Action] = list(samples)
    for place, name in sorted(keys, reverse=True):
        place = min(place, len(samples) - 1)
        stream.insert(place, Action(samples[place].t, name))
    spec: Spec = moved(stock(exercise), by)
    readings = readings_of(stream, spec)
    assert in_order(count(readings, spec)) == reported(judge(readings, spec))


def test_nothing_is_counted_of_what_came_before_a_restart_or_after_it_hurt() -> None:
    spec, samples = stock("squat"), performed("squat")
    middle, end = len(samples) // 2, samples[-1].t
    whole = count(readings_of(samples, spec), spec)
    again = [*samples[:middle], Action(samples[middle].t, "restart"), *samples[middle:]]
    hurt = [*samples[:middle], Action(samples[middle].t, "hurts"), *samples[middle:]]
    later, sooner = (count(readings_of(stream, spec), spec) for stream in (again, hurt))
    assert 0 < len(later) < len(whole)
    assert 0 < len(sooner) < len(whole)
    assert all(samples[middle].t <= event.start < event.end <= end for event in later)
    assert all(event.end <= samples[middle].t for event in sooner)


@pytest.mark.parametrize("exercise", STOCK)
def test_of_an_empty_room_nothing_is_counted(exercise: str) -> None:
    spec = stock(exercise)
    readings = readings_of([nobody(i / 10) for i in range(50)], spec)
    assert count(readings, spec) == ()
    assert judge(readings, spec).nobody_s
