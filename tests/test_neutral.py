"""The person's own start: the middle of the last moment in which they kept it."""

from __future__ import annotations

import math
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcoach.neutral import NEUTRAL_LEAST_S, NEUTRAL_S, Neutral

STEP_S = 0.1


def kept(*values: float, known: float | None = None) -> Neutral:
    neutral = Neutral(["lean"], {} if known is None else {"lean": known})
    for i, value in enumerate(values):
        neutral.step(i * STEP_S, {"lean": value}, True)
    return neutral


@given(st.lists(st.floats(-90, 90) | st.just(math.nan), min_size=4, max_size=60))
def test_it_is_the_median_of_what_was_seen_lately(values):
    window = [i * STEP_S for i in range(len(values))]
    lately = [v for t, v in zip(window, values, strict=True) if window[-1] - t <= NEUTRAL_S]
    seen = [v for v in lately if not math.isnan(v)]
    if seen:
        assert kept(*values).values["lean"] == pytest.approx(median(seen))


def test_a_glance_of_the_start_is_no_neutral():
    assert kept(5.0).values == {}
    assert kept(5.0, known=2.0).values == {"lean": 2.0}
    enough = round(NEUTRAL_LEAST_S / STEP_S) + 1
    assert kept(*[5.0] * enough, known=2.0).values == {"lean": 5.0}


def test_it_stands_while_the_start_is_left_and_begins_anew_after_it():
    neutral = kept(*[5.0] * 20)
    neutral.step(2.1, {"lean": 40.0}, False)
    assert neutral.values == {"lean": 5.0}
    for i in range(5):
        neutral.step(3.0 + i * STEP_S, {"lean": 9.0}, True)
    assert neutral.values == {"lean": 9.0}


def test_what_lies_before_a_long_gap_is_forgotten():
    neutral = kept(*[5.0] * 20)
    neutral.step(9.0, {"lean": 50.0}, True)
    assert neutral.values == {"lean": 5.0}


def test_nobody_is_no_number():
    neutral = kept(*[5.0] * 10)
    neutral.step(1.0, {}, True)
    assert neutral.values == {"lean": 5.0}
