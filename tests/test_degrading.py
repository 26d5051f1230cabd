"""The functions that make samples worse do what they say, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import degrading
from formcoach.landmarks import INDEX, LANDMARK_COUNT, PoseSample
from puppet import perform

SAMPLES = perform("hip-hinge", reps=1, fps=15.0, back=True).samples
TRUNK = degrading._trunk(SAMPLES, "xy")
ALL = [function for name, function in vars(degrading).items() if name.startswith("degrade_")]
strengths = st.floats(0.0, 100.0)
seeds = st.integers(0, 2**31)

Degrade = Callable[[degrading.Samples, float, int], list[PoseSample]]


def same(a: PoseSample, b: PoseSample) -> bool:
    """Whether two samples are alike in all that a pose model gives."""
    points = ((a.xy, b.xy), (a.visibility, b.visibility), (a.world, b.world))
    return a.t == b.t and all(np.array_equal(one, other, equal_nan=True) for one, other in points)


@pytest.mark.parametrize("degrade", ALL)
@settings(max_examples=25)
@given(strength=strengths, seed=seeds)
def test_any_strength_gives_sound_samples_in_their_order(
    degrade: Degrade, strength: float, seed: int
) -> None:
    worse = degrade(SAMPLES, strength, seed)
    known = {sample.t: sample for sample in SAMPLES}
    times = [sample.t for sample in worse]
    assert times == sorted(set(times))
    for sample in worse:
        before = known[sample.t]
        assert sample.xy.shape == before.xy.shape and sample.xy.dtype == np.float32
        assert sample.visibility.min() >= 0.0 and sample.visibility.max() <= 1.0
        assert sample.back is before.back or not sample.someone
        assert sample.room is before.room


@pytest.mark.parametrize("degrade", ALL)
@settings(max_examples=25)
@given(seed=seeds)
def test_nothing_happens_at_no_strength(degrade: Degrade, seed: int) -> None:
    worse = degrade(SAMPLES, 0.0, seed)
    assert len(worse) == len(SAMPLES)
    assert all(same(a, b) for a, b in zip(worse, SAMPLES, strict=True))


@pytest.mark.parametrize("degrade", ALL)
@settings(max_examples=25)
@given(strength=st.floats(1.0, 60.0), seed=seeds)
def test_the_same_seed_gives_the_same(degrade: Degrade, strength: float, seed: int) -> None:
    once, again = degrade(SAMPLES, strength, seed), degrade(SAMPLES, strength, seed)
    assert len(once) == len(again)
    assert all(same(a, b) for a, b in zip(once, again, strict=True))


@pytest.mark.parametrize("degrade", ALL)
def test_no_samples_are_no_samples(degrade: Degrade) -> None:
    assert degrade([], 5.0, 0) == []


@settings(max_examples=25)
@given(percent=st.floats(0.5, 20.0), seed=seeds)
def test_points_tremble_as_much_as_is_said_and_anew_each_time(percent: float, seed: int) -> None:
    off = moved(degrading.degrade_shake, percent, seed)
    assert off.std() == pytest.approx(percent / 100.0, rel=0.05)
    follow = np.corrcoef(off[1:].ravel(), off[:-1].ravel())[0, 1]
    assert abs(follow) < 0.05


@settings(max_examples=25)
@given(percent=st.floats(0.5, 20.0), seed=seeds)
def test_points_wander_as_much_as_is_said_and_slowly(percent: float, seed: int) -> None:
    off = moved(degrading.degrade_wander, percent, seed)
    assert off.std() == pytest.approx(percent / 100.0, rel=0.4)  # few independent moments in so short a time
    follow = np.corrcoef(off[1:].ravel(), off[:-1].ravel())[0, 1]
    assert follow > 0.9


def moved(degrade: Degrade, percent: float, seed: int) -> np.ndarray:
    """By how much the points are off, trunk lengths."""
    worse = degrade(SAMPLES, percent, seed)
    return np.array([a.xy - b.xy for a, b in zip(worse, SAMPLES, strict=True)]) / TRUNK


@settings(max_examples=25)
@given(percent=st.floats(0.0, 100.0), seed=seeds)
def test_so_many_points_are_lost(percent: float, seed: int) -> None:
    worse = degrading.degrade_lose(SAMPLES, percent, seed)
    lost = np.array([sample.visibility == np.float32(degrading.UNSEEN) for sample in worse])
    assert lost.mean() == pytest.approx(percent / 100.0, abs=0.04)


@settings(max_examples=25)
@given(seconds=st.floats(0.0, degrading.EVERY_S), seed=seeds)
def test_one_limb_at_a_time_is_hidden_for_so_long(seconds: float, seed: int) -> None:
    worse = degrading.degrade_hide(SAMPLES, seconds, seed)
    changed = np.array(
        [a.visibility != b.visibility for a, b in zip(worse, SAMPLES, strict=True)]
    ) & np.array([b.visibility != np.float32(degrading.UNSEEN) for b in SAMPLES])
    assert changed.sum(axis=1).max() <= max(map(len, degrading.LIMBS))
    assert not changed[:, [INDEX[f"{side}_hip"] for side in ("left", "right")]].any()
    spells = SAMPLES[-1].t // degrading.EVERY_S + 1
    assert changed.any(axis=1).sum() / 15.0 <= spells * (seconds + 1 / 15.0)


@settings(max_examples=25)
@given(percent=st.floats(0.0, 100.0), seed=seeds)
def test_so_many_pictures_get_lost_and_no_other_changes(percent: float, seed: int) -> None:
    left = degrading.degrade_drop(SAMPLES, percent, seed)
    assert set(map(id, left)) <= set(map(id, SAMPLES))
    assert left[0] is SAMPLES[0]
    assert 1.0 - len(left) / len(SAMPLES) == pytest.approx(percent / 100.0, abs=0.2)


@settings(max_examples=25)
@given(seconds=st.floats(0.0, degrading.EVERY_S), seed=seeds)
def test_a_stall_and_a_blind_spell_are_the_same_moments(seconds: float, seed: int) -> None:
    stalled = {sample.t for sample in degrading.degrade_stall(SAMPLES, seconds, seed)}
    blind = degrading.degrade_blind(SAMPLES, seconds, seed)
    assert [sample.t for sample in blind] == [sample.t for sample in SAMPLES]
    assert {sample.t for sample in blind if sample.someone} == stalled


@settings(max_examples=25)
@given(percent=st.floats(0.0, 100.0), seed=seeds)
def test_swapping_twice_is_nothing_and_swaps_so_often(percent: float, seed: int) -> None:
    for degrade in (degrading.degrade_swap, degrading.degrade_cross):
        worse = degrade(SAMPLES, percent, seed)
        back = degrade(worse, percent, seed)
        assert all(same(a, b) for a, b in zip(back, SAMPLES, strict=True))
        wrong = sum(not same(a, b) for a, b in zip(worse, SAMPLES, strict=True)) / len(SAMPLES)
        assert wrong == pytest.approx(percent / 100.0, abs=0.06)


def test_what_is_swapped_belongs_to_the_other_side() -> None:
    plain, whole, legs = (
        SAMPLES[0],
        *(degrade(SAMPLES, 100.0, 0)[0] for degrade in (degrading.degrade_swap, degrading.degrade_cross)),
    )
    for part in ("shoulder", "hip", "knee", "ear"):
        assert np.array_equal(whole.xy[INDEX[f"left_{part}"]], plain.xy[INDEX[f"right_{part}"]])
    assert np.array_equal(whole.xy[INDEX["mouth_left"]], plain.xy[INDEX["mouth_right"]])
    assert np.array_equal(whole.xy[INDEX["nose"]], plain.xy[INDEX["nose"]])
    assert np.array_equal(legs.xy[INDEX["left_knee"]], plain.xy[INDEX["right_knee"]])
    assert np.array_equal(legs.xy[INDEX["left_hip"]], plain.xy[INDEX["left_hip"]])
    assert len(np.flatnonzero(degrading._twins(()) != np.arange(LANDMARK_COUNT))) == 0
