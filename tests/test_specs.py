"""Every stock spec on the puppet: a clean performance is silent, each fault is found by its own check."""

from __future__ import annotations

import pytest

from coached import coached, stock
from formcoach.spec import Spec
from formcoach.spec_file import check_spec, list_specs, stock_folder
from puppet.exercises import EXERCISES

STOCK = sorted(path.stem for path in stock_folder().glob("*.toml"))

PLANK_FAULTS = {
    ("hips_line", "low"): "sag",
    ("hips_line", "high"): "pike",
    ("knees_straight", "low"): "knee_bent",
    ("head_in_line", "low"): "head_up",
    ("head_in_line", "high"): "head_dropped",
    ("back_flat", "low"): "arched",
    ("back_flat", "high"): "rounded",
}
HINGE_FAULTS = {
    ("knees_soft", "low"): "knee_bent",
    ("torso_level", "low"): "too_deep",
    ("torso_level", "high"): "not_level",
    ("stand_tall", "low"): "not_upright",
    ("shins_upright", "high"): "shins_forward",
    ("neck_long", "low"): "head_up",
    ("neck_long", "high"): "head_dropped",
    ("back_straight", "high"): "rounded",
}
PERFORMED = {
    "plank": {
        **PLANK_FAULTS,
        ("shoulders_over_hands", "low"): "shoulders_behind",
        ("shoulders_over_hands", "high"): "shoulders_ahead",
    },
    "forearm-plank": {
        **PLANK_FAULTS,
        ("shoulders_over_elbows", "low"): "shoulders_behind",
        ("shoulders_over_elbows", "high"): "shoulders_ahead",
        ("elbow_right_angle", "low"): "elbow_closed",
        ("elbow_right_angle", "high"): "elbow_open",
    },
    "hip-hinge": HINGE_FAULTS,
    "romanian-deadlift": {
        **HINGE_FAULTS,
        ("arms_straight", "low"): "arms_bent",
        ("weights_close", "high"): "arms_away",
    },
    "bird-dog": {
        ("trunk_level", "low"): "torso_drop",
        ("trunk_level", "high"): "torso_tilt",
        ("leg_level", "low"): "leg_low",
        ("leg_level", "high"): "limb_too_high",
        ("knee_straight", "low"): "knee_bent",
        ("arm_level", "low"): "arm_low",
        ("arm_level", "high"): "arm_high",
        ("arm_straight", "low"): "elbow_bent",
        ("hips_steady", "low"): "hips_drift",
        ("hips_steady", "high"): "hips_ahead",
        ("leg_joins_arm", "high"): "leg_stays",
        ("back_still", "low"): "arched",
        ("back_still", "high"): "rounded",
    },
    "cat-cow": {
        ("belly_sinks", "high"): "not_arched",
        ("arms_straight", "low"): "elbow_bent",
        ("hips_over_knees", "low"): "hips_drift",
        ("hips_over_knees", "high"): "hips_ahead",
        ("shoulders_over_hands", "low"): "shoulders_behind",
        ("shoulders_over_hands", "high"): "shoulders_ahead",
    },
    "deadlift": {
        ("back_straight", "high"): "rounded",
        ("tall_not_leaning", "low"): "not_upright",
    },
}
"""For each check and direction the puppet's fault that shows it."""

RELATED = {
    ("forearm-plank", "shoulders_ahead"): {"elbow_right_angle"},
    ("forearm-plank", "shoulders_behind"): {"elbow_right_angle"},
}
"""Faults that cannot be shown without another one beside them: the elbow angle follows the shoulders."""

LONG_ENOUGH = {
    "bird-dog": {"reps": 2, "hold_s": 3},
    "hip-hinge": {"reps": 2},
    "romanian-deadlift": {"reps": 2},
    "cat-cow": {"reps": 3},
    "deadlift": {"reps": 2},
}


def directions(spec: Spec) -> set[tuple[str, str]]:
    return {
        (check.name, direction)
        for check in spec.checks.values()
        for direction in ("low", "high")
        if check.cue(direction)
    }


def test_there_are_specs_and_all_of_them_are_sound():
    assert STOCK
    assert [fault for path in list_specs() for fault in check_spec(path)] == []


@pytest.mark.parametrize("exercise", STOCK)
def test_every_check_has_a_fault_that_shows_it(exercise):
    assert set(PERFORMED[exercise]) == directions(stock(exercise))
    assert set(PERFORMED[exercise].values()) <= EXERCISES[exercise].faults


@pytest.mark.parametrize("facing", ["left", "right"])
@pytest.mark.parametrize("fps", [10, 15, 30])
@pytest.mark.parametrize("exercise", STOCK)
def test_a_clean_performance_draws_no_cue_and_counts(exercise, fps, facing):
    outcome = coached(
        exercise, fps=fps, facing=facing, noise=1.0, **LONG_ENOUGH.get(exercise, {"hold_s": 10})
    )
    truth = outcome.performance.truth
    assert outcome.corrections == []
    assert outcome.fault_kinds == set()
    if stock(exercise).kind == "hold":
        assert outcome.held == pytest.approx(sum(end - start for start, end in truth.holds), abs=1.0)
    else:
        assert outcome.count == len(truth.reps)


@pytest.mark.parametrize(
    ("exercise", "check", "direction", "fault"),
    [
        (exercise, check, direction, fault)
        for exercise, faults in PERFORMED.items()
        for (check, direction), fault in faults.items()
    ],
)
@pytest.mark.parametrize("facing", ["left", "right"])
def test_the_fault_performed_is_the_fault_found(exercise, check, direction, fault, facing):
    outcome = coached(
        exercise, facing=facing, fault=fault, noise=1.0, **LONG_ENOUGH.get(exercise, {"hold_s": 8})
    )
    found = {(one.check, one.direction) for one in outcome.report.faults}
    assert (check, direction) in found
    assert {name for name, _ in found} - {check} <= RELATED.get((exercise, fault), set())
    cues = stock(exercise).checks[check].cue(direction)
    assert set(outcome.corrections) & set(cues)
