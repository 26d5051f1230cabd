"""Plots: nothing of a curve is lost that an eye could see, and axes have numbers that one can read."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from coached import coached
from formcoach.plotting import HEIGHT, TICKS, axis, curve, path, thin, time_ticks, units
from test_charting import chart_of


def points_of(text: str) -> list[list[tuple[int, int]]]:
    """The runs of a path, as the page's script reads them."""
    runs = []
    for run in text.split("M")[1:]:
        head, _, steps = run.partition("l")
        x, y = map(int, head.split())
        runs.append([(x, y)])
        numbers = list(map(int, steps.split()))
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            runs[-1].append((x, y))
    return runs


VALUES = arrays(
    np.float32, st.integers(0, 400), elements=st.one_of(st.floats(-180, 180, width=32), st.just(math.nan))
)


@given(VALUES, st.integers(2, 50))
def test_thinning_keeps_the_extremes_and_no_more_than_asked(values: np.ndarray, most: int) -> None:
    kept = thin(values, most)
    seen = values[np.isfinite(values)]
    assert (np.diff(kept) > 0).all()
    assert np.isfinite(values[kept]).all()
    assert len(kept) <= most + 2
    if len(seen):
        assert (values[kept].min(), values[kept].max()) == (seen.min(), seen.max())
    if len(seen) <= most:
        assert len(kept) == len(seen)


def test_a_path_joins_what_belongs_together() -> None:
    x, y = np.array([0, 10, 30, 50, 60]), np.array([5, 4, 9, 9, 1])
    text = path(x, y, np.array([0, 0, 1, 2, 2]))
    assert text == "M0 5l10 -1M30 9l0 0M50 9l10 -8"
    assert points_of(text) == [[(0, 5), (10, 4)], [(30, 9), (30, 9)], [(50, 9), (60, 1)]]
    assert path(x[:0], y[:0], x[:0]) == ""


def test_a_curve_is_the_values_in_their_places() -> None:
    outcome = coached("hip-hinge", reps=2, fps=15, dropouts=[(3.0, 4.0)])
    chart = chart_of(outcome)
    shown = axis(chart.values["lean"], (), "degrees")
    runs = points_of(curve(chart, "lean", shown, float(chart.t[0])))
    drawn = {x: y for run in runs for x, y in run}
    seen = np.isfinite(chart.values["lean"])
    assert len(runs) >= 2
    assert len(drawn) == seen.sum()
    for t, value in zip(chart.t[seen], chart.values["lean"][seen], strict=True):
        y = drawn[units(t, chart.t[0])]
        assert shown.high - y / (10 * HEIGHT) * (shown.high - shown.low) == pytest.approx(value, abs=0.2)
    for one, other in pairwise(runs):
        assert other[0][0] - one[-1][0] > TICKS / 15


def test_a_curve_stops_where_the_side_changes() -> None:
    chart = chart_of(coached("bird-dog", reps=[("left", 1), ("right", 1)], hold_s=2, fps=15))
    shown = axis(chart.values["leg"], (), "degrees")
    ends = {run[-1][0] for run in points_of(curve(chart, "leg", shown, float(chart.t[0])))}
    (change,) = np.flatnonzero(np.diff(chart.side))
    assert units(chart.t[change], chart.t[0]) in ends


def test_a_long_curve_is_thinned_and_still_whole() -> None:
    chart = chart_of(coached("hip-hinge", reps=3, fps=30))
    shown = axis(chart.values["lean"], (), "degrees")
    ys = [y for run in points_of(curve(chart, "lean", shown, 0.0, most=40)) for _, y in run]
    full = [y for run in points_of(curve(chart, "lean", shown, 0.0)) for _, y in run]
    assert len(ys) <= 44 < len(full)
    assert (min(ys), max(ys)) == (min(full), max(full))


@given(
    arrays(np.float32, st.integers(0, 20), elements=st.floats(-180, 180, width=32)),
    st.lists(st.floats(-180, 180) | st.just(math.inf), max_size=3),
    st.sampled_from(["degrees", "degrees a second", "trunk lengths"]),
)
def test_everything_is_on_the_axis(values: np.ndarray, bounds: list[float], unit: str) -> None:
    shown = axis(values, bounds, unit)
    assert shown.low < shown.high
    for value in [*values.tolist(), *(bound for bound in bounds if math.isfinite(bound))]:
        assert shown.low <= value <= shown.high
        assert 0 <= shown.place(value) <= HEIGHT
    assert shown.ticks == tuple(sorted(shown.ticks))
    assert all(shown.low <= tick <= shown.high for tick in shown.ticks)
    assert shown.place(math.inf) == 0
    assert shown.place(-math.inf) == HEIGHT


def test_the_numbers_of_an_axis_can_be_read() -> None:
    assert axis(np.array([2, 88], np.float32), (), "degrees").ticks == (0, 20, 40, 60, 80)
    assert axis(np.array([0, 0.5], np.float32), (), "trunk lengths").ticks == (0, 0.2, 0.4)
    assert time_ticks(1.4, 31.0) == (5, 10, 15, 20, 25, 30)
    assert time_ticks(0, 3600)[:3] == (0, 600, 1200)
