"""A bound is put where it tells inside from outside, no nearer than the noise, and stays where it is good."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coached import stock
from formcoach.checks import CheckWatcher
from formcoach.fitting import (
    NOISE,
    NOISE_OF,
    STEP,
    Evidence,
    Seen,
    Tally,
    cross_check,
    fit,
    judge_pieces,
    noise_of,
)
from formcoach.measures import KINDS
from formcoach.pieces import kept_beyond
from formcoach.spec import Check, Range
from timeline import reps_spec


def seen(*values: float, group: str = "Anna") -> tuple[Seen, ...]:
    return tuple(Seen(value, group) for value in values)


def evidence(
    bound: float, inside: tuple[Seen, ...], outside: tuple[Seen, ...] = (), **how: object
) -> Evidence:
    given_ = {"direction": "low", "slack": 5.0, "noise": 5.0, "step": 0.5, **how}
    return Evidence("checks.x.good", "x", bound=bound, inside=inside, outside=outside, **given_)  # type: ignore[arg-type]


GOOD, FAULTY = seen(158, 160, 162, 164), seen(120, 122, 124, 126)


# ---- where it is put ---------------------------------------------------------------------------


def test_a_bound_that_is_too_tight_goes_between_the_two() -> None:
    found = fit(evidence(170, GOOD, FAULTY))
    assert 131 + 5 <= found.bound <= 153 + 5  # beyond its tolerance of 5, and the noise from either side
    assert not found.why


def test_a_bound_that_is_too_wide_comes_in_between() -> None:
    assert 136 <= fit(evidence(100, GOOD, FAULTY)).bound <= 158


def test_a_high_bound_is_the_same_mirrored() -> None:
    low = fit(evidence(170, GOOD, FAULTY)).bound
    mirrored = [tuple(Seen(-one.value, one.group) for one in side) for side in (GOOD, FAULTY)]
    assert fit(evidence(-170, *mirrored, direction="high")).bound == -low


def test_a_bound_that_is_as_good_stays() -> None:
    assert fit(evidence(145, GOOD, FAULTY)).why == "as good as any"


def test_of_good_ones_alone_a_bound_is_widened_as_far_as_they_need() -> None:
    assert fit(evidence(170, GOOD)).bound == pytest.approx(
        158, abs=1
    )  # 158 less the noise, and its tolerance
    assert fit(evidence(100, GOOD)).why == "no good one lies beyond"
    assert fit(evidence(100, GOOD), tighten=True).bound == pytest.approx(158, abs=1)


def test_never_nearer_to_the_good_ones_than_the_noise() -> None:
    inside, outside = seen(0, 0.5, 1), seen(-1.5, -2, -1)
    found = fit(evidence(-20, inside, outside, slack=0.0))
    assert found.bound <= 0.5 - 5 or found.why


def test_what_the_measure_does_not_tell_apart_moves_nothing() -> None:
    mixed = seen(100, 120, 140, 160)
    assert fit(evidence(100, mixed, mixed)).why == "the measure does not tell good from faulty"


@pytest.mark.parametrize(("inside", "why"), [((), "nothing good"), (GOOD[:1], "only one good piece")])
def test_too_little_moves_nothing(inside: tuple[Seen, ...], why: str) -> None:
    assert fit(evidence(170, inside, FAULTY)).why.startswith(why)


def test_one_faulty_piece_tightens_nothing() -> None:
    assert fit(evidence(100, GOOD, FAULTY[:1])).why == "no good one lies beyond"


def test_it_stops_at_the_furthest() -> None:
    assert fit(evidence(170, GOOD, slack=0.0, furthest=157.0)).bound == 157.0


values = st.lists(st.floats(-90, 90), min_size=2, max_size=12)


@settings(max_examples=150)
@example([-71.0, -89.25], [-84.0, -84.0], 0.0, 0.0, 2.0)
@given(values, values, st.floats(-100, 100), st.floats(0, 10), st.sampled_from([2.0, 5.0]))
def test_a_new_bound_is_no_worse_and_outside_of_the_noise(
    inside: list[float], outside: list[float], bound: float, slack: float, noise: float
) -> None:
    found = evidence(bound, seen(*inside), seen(*outside), slack=slack, noise=noise)
    new = fit(found)
    if new.why:
        assert new.bound == bound
    else:
        assert new.bound - slack <= np.median(inside) - noise + 1e-6


# ---- how well it judges ------------------------------------------------------------------------


def test_a_tally() -> None:
    tally = judge_pieces(evidence(130, GOOD, FAULTY, slack=7.0), 130)
    assert tally == Tally(4, 4, 4, 2)
    assert (tally.precision, tally.recall) == (1.0, 0.5)
    assert math.isnan(Tally(4, 4).recall)
    assert tally + tally == Tally(8, 8, 8, 4)


def test_nobody_is_judged_by_a_bound_fitted_to_them() -> None:
    odd = seen(100, 101, group="Ben")
    found = evidence(170, GOOD + odd, FAULTY, slack=0.0)
    crossed = cross_check(found)
    assert crossed is not None
    # Anna's own pieces tell nothing of Ben's: left out, both of his good ones are judged faulty; and hers by
    # his, of which no faulty one is known, all faulty ones are within.
    assert crossed.inside_right == 4
    assert cross_check(evidence(170, GOOD, FAULTY)) is None


def test_parts_of_it() -> None:
    found = evidence(170, GOOD + seen(1, group="Ben"), FAULTY)
    assert found.groups == ("Anna", "Ben")
    assert found.only(["Ben"]).inside == seen(1, group="Ben")
    assert found.without(["Ben"]).inside == GOOD


# ---- noise -------------------------------------------------------------------------------------


def test_every_measure_has_a_noise_and_a_step() -> None:
    units = {kind.unit for kind in KINDS.values()}
    assert units == NOISE.keys() == STEP.keys()
    assert NOISE_OF.keys() <= KINDS.keys()
    assert noise_of(stock("hip-hinge"), "back") == NOISE_OF["bow"]
    assert noise_of(stock("hip-hinge"), "knee") == NOISE["degrees"]


def test_the_bounds_of_all_checks_are_wider_than_their_noise() -> None:
    for spec_id in ("bird-dog", "hip-hinge", "plank"):
        spec = stock(spec_id)
        for check in spec.checks.values():
            low, high = check.good
            assert high - low + 2 * check.tolerance >= 2 * noise_of(spec, check.measure), check.name


# ---- what lasts --------------------------------------------------------------------------------


@settings(max_examples=150)
@given(
    st.lists(st.integers(-20, 20), min_size=1, max_size=30),
    st.integers(-15, 15),
    st.sampled_from([0, 0.25, 0.65]),
)
def test_a_fault_lasts_just_where_the_coach_finds_one(
    measured: list[int], bound: int, after_s: float
) -> None:
    check = Check("c", "leg", ("work",), Range(bound + 0.5, math.inf), 0.0, after_s, low=("Up",))
    spec = replace(reps_spec(), checks={"c": check})
    watcher = CheckWatcher(spec, "")
    samples = [(number / 10, float(value)) for number, value in enumerate(measured)]
    found = [
        watcher.step(t, "work", dict.fromkeys(spec.measures, value), "side", "")[0] for t, value in samples
    ]
    assert any(found) == (kept_beyond([samples], after_s) < bound + 0.5)
