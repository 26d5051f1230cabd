"""Charts: the coach's answers as arrays, sample by sample, set by set."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coached import Outcome, coached
from formcoach.charting import Chart, Charter, Charts
from formcoach.routine_machine import Now
from formcoach.spec import PHASES


def chart_of(outcome: Outcome) -> Chart:
    charter = Charter(outcome.report.spec)
    for step in outcome.steps:
        charter.take(step)
    return charter.chart()


def only_times(t: list[float]) -> Chart:
    """A chart in which nothing but its times matters."""
    (first, *_) = coached("plank", hold_s=1, fps=5).steps
    charter = Charter(coached("plank", hold_s=1, fps=5).report.spec)
    for one in t:
        charter.take(first._replace(t=one))
    return charter.chart()


@pytest.mark.parametrize("exercise", ["bird-dog", "plank", "hip-hinge"])
def test_a_chart_is_what_the_coach_answered(exercise: str) -> None:
    outcome = coached(exercise, fps=15, dropouts=[(2.0, 2.5)])
    chart = chart_of(outcome)
    assert len(chart.t) == len(outcome.steps)
    names = PHASES[chart.spec.kind]
    for row, step in enumerate(outcome.steps):
        assert chart.t[row] == step.t
        assert names[chart.phase[row]] == step.phase
        assert (chart.spec.sides or ("",))[chart.side[row]] == step.side
        assert ("left", "right", "")[chart.near[row]] == step.near
        assert (chart.seen[row], chart.in_form[row]) == (step.someone, step.in_form)
        for name, value in step.values.items():
            kept = float(chart.values[name][row])
            assert kept == pytest.approx(value, rel=1e-6) or math.isnan(kept + value)
    assert not chart.seen.all()


def test_masks_and_parts() -> None:
    chart = chart_of(coached("bird-dog", reps=[("left", 1), ("right", 1)], hold_s=2, fps=15))
    work = chart.during("work")
    assert work.any()
    assert (chart.during("going", "work", "returning") & work == work).all()
    left, right = chart.of_side("left"), chart.of_side("right")
    assert (left ^ right).all()
    assert np.isnan(chart.only("right").values["leg"][left]).all()
    kept = chart.only("left").values["leg"][left]
    assert np.array_equal(kept, chart.values["leg"][left], equal_nan=True)
    start, end = (float(chart.t[work][at]) for at in (0, -1))
    part = chart.between(start, end)
    assert (part.t[0], part.t[-1]) == (start, end)
    assert part.during("work").sum() == ((chart.t >= start) & (chart.t <= end) & work).sum()
    hinge = chart_of(coached("hip-hinge", reps=1, fps=10))
    assert hinge.of_side("").all()


def test_spans_last_until_the_next_sample_and_not_over_a_gap() -> None:
    chart = only_times([0, 1, 2, 3, 10, 11])
    mask = np.array([True, True, False, True, True, True])
    assert list(chart.spans(mask)) == [(0, 2), (3, 3), (10, 11)]
    assert list(chart.spans(~mask)) == [(2, 3)]
    assert list(only_times([]).spans(np.zeros(0, np.bool_))) == []
    assert list(only_times([5]).spans(np.ones(1, np.bool_))) == [(5, 5)]
    assert list(only_times([0, 8]).spans(np.ones(2, np.bool_))) == [(0, 0), (8, 8)]


@given(st.lists(st.tuples(st.floats(0, 3), st.booleans()), min_size=1, max_size=40))
def test_spans_cover_what_is_in_the_mask_and_nothing_else(steps: list[tuple[float, bool]]) -> None:
    times = np.cumsum([step for step, _ in steps]).tolist()
    mask = np.array([there for _, there in steps])
    spans = list(only_times(times).spans(mask))
    assert all(start <= end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    for t, there in zip(times, mask, strict=True):
        if there:
            assert any(start <= t <= end for start, end in spans)


def test_each_set_of_a_routine_has_a_chart_of_its_own() -> None:
    outcome = coached("plank", hold_s=1, fps=5)
    charts = Charts()
    one, two = (Now("exercise", step, 2, 2, "", "", "", "", 0.0, 0.0) for step in (0, 3))
    rest = Now("rest", 0, 2, 2, "", "", "", "", 0.0, 0.0)
    for step in outcome.steps[:5]:
        charts.take(outcome.report.spec, one, step)
    charts.take(None, rest, None)
    for step in outcome.steps[5:8]:
        charts.take(outcome.report.spec, two, step)
    found = charts.charts()
    assert {key: len(chart.t) for key, chart in found.items()} == {(0, 1): 5, (3, 1): 3}
    single = Charts()
    single.take(outcome.report.spec, None, outcome.steps[0])
    assert list(single.charts()) == [(0, 0)]
