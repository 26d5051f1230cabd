"""The bow of a back from its outline, and what the coach makes of backs it cannot read."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from coached import coach, coached, stock
from formcoach.back import FEWEST, FURTHEST, LEAST_SEEN, STEP, read_back
from formcoach.outline import POINTS
from puppet import Figure, perform
from puppet.backs import POSITIONS, Agreement, bowing

ALONG = np.linspace(0.0, 1.0, POINTS)
ARCH = 4.0 * ALONG * (1.0 - ALONG)

SIDE_ON = {"cat-cow": {"reps": 2}, "deadlift": {"reps": 2}, "hip-hinge": {"reps": 2}, "plank": {"hold_s": 8}}
BACK_CHECKS = {
    "plank": ("back_flat", "rounded"),
    "forearm-plank": ("back_flat", "rounded"),
    "hip-hinge": ("back_straight", "rounded"),
    "romanian-deadlift": ("back_straight", "rounded"),
    "deadlift": ("back_straight", "rounded"),
    "bird-dog": ("back_still", "rounded"),
}
"""Of each exercise the check of the back and a fault that it finds when the back can be seen."""


def outline(bow=0.0, at=0.2, askew=0.0):
    return (at + askew * ALONG + bow * ARCH).astype(np.float32)


def about_the_back(exercise):
    """Everything that can be said of the back."""
    spec = stock(exercise)
    checks = [c for c in spec.checks.values() if spec.measures[c.measure].kind.startswith("bow")]
    return {cue for c in checks for way in ("low", "high") for cue in c.cue(way)} | (
        {spec.missed} if exercise == "cat-cow" else set()
    )


# ---- the numbers -------------------------------------------------------------------------------


@pytest.mark.parametrize("bow", [-0.2, -0.05, 0.0, 0.08, 0.25])
def test_the_bow_is_the_height_of_the_arch_over_its_chord(bow):
    back = read_back(outline(bow))
    assert (back.bow, back.upper, back.lower) == approx((bow, bow, bow), abs=1e-5)
    assert back.why == ""


@given(
    bow=st.floats(-0.25, 0.25), at=st.floats(0.0, 0.4), askew=st.floats(-0.3, 0.3), more=st.floats(-0.1, 0.1)
)
def test_neither_the_bodys_thickness_nor_a_slanted_line_comes_into_it(bow, at, askew, more):
    plain = read_back(outline(bow))
    other = read_back(outline(bow, at, askew))
    assert other.bow == approx(plain.bow, abs=1e-5)
    assert other.upper == approx(plain.upper, abs=1e-5)
    assert read_back(outline(bow + more)).bow == approx(plain.bow + more, abs=1e-5)


def test_the_halves_tell_where_a_back_bows():
    of_shoulders = outline() + 0.1 * np.exp(-(((ALONG - 0.25) / 0.15) ** 2))
    of_loins = outline() + 0.1 * np.exp(-(((ALONG - 0.75) / 0.15) ** 2))
    a, b = (read_back(curve.astype(np.float32)) for curve in (of_shoulders, of_loins))
    assert a.upper > a.lower + 0.025
    assert b.lower > b.upper + 0.025


def test_where_the_shoulder_falls_off_counts_nothing():
    falling = outline(0.05)
    falling[0] -= 0.1
    assert read_back(falling).bow == approx(0.05, abs=1e-5)


# ---- what cannot be read -----------------------------------------------------------------------


def test_a_back_is_read_as_long_as_most_of_it_is_seen():
    some = outline(0.1)
    some[8:12] = np.nan
    assert read_back(some).bow == approx(0.1, abs=1e-5)
    some[8:16] = np.nan
    hidden = read_back(some)
    assert math.isnan(hidden.bow) and math.isnan(hidden.upper) and math.isnan(hidden.lower)
    assert "hidden or out of the picture" in hidden.why
    assert read_back(np.full(POINTS, np.nan, np.float32)).why == hidden.why


def test_how_much_must_be_seen():
    for missing in range(POINTS - 1):
        some = outline(0.1)
        some[1 : 1 + missing] = np.nan
        assert math.isnan(read_back(some).bow) == (1 - missing / (POINTS - 1) < LEAST_SEEN)


@pytest.mark.parametrize("wild", [math.inf, -math.inf, FURTHEST + 0.1, 3e38])
def test_what_lies_further_off_than_any_back_is_not_seen(wild):
    some = outline(0.1)
    some[8:12] = wild
    assert read_back(some).bow == approx(0.1, abs=1e-5)
    assert math.isnan(read_back(np.full(POINTS, wild, np.float32)).bow)


@pytest.mark.parametrize("count", range(8))
def test_a_few_points_are_no_outline(count):
    back = read_back(np.zeros(count, np.float32))
    assert (back.why == "") == (back.bow == 0.0) == (count > FEWEST)


@pytest.mark.parametrize("out", [0.12, -0.12])
@pytest.mark.parametrize("where", [slice(3, 8), slice(10, 14), slice(18, POINTS), slice(12, 13)])
def test_a_step_in_the_outline_is_no_back(where, out):
    crossed = outline(0.02)
    crossed[where] += out
    back = read_back(crossed)
    assert math.isnan(back.bow)
    assert "across the outline" in back.why


def test_a_gap_leaves_the_back_more_room_to_rise():
    steep = outline(0.25, askew=0.3)
    steep[1:5] = np.nan
    assert read_back(steep).why == ""
    hole = outline()
    hole[10:12] = np.nan
    hole[12:] += 2.5 * STEP
    assert read_back(hole).why == ""
    hole[12:] += STEP
    assert "across the outline" in read_back(hole).why


# ---- the drawn puppet as truth -----------------------------------------------------------------


@pytest.mark.parametrize("facing", ["left", "right"])
@pytest.mark.parametrize("position", POSITIONS)
def test_the_bow_follows_the_drawn_spine(position, facing):
    for build in (0.85, 1.3):
        performance = bowing(position, facing=facing, fps=10, figure=Figure(build=build))
        spine = performance.actors[0].bow
        read = np.array([np.nan if s.back is None else read_back(s.back).bow for s in performance.samples])
        assert not np.isnan(read).any()
        agreement = Agreement.of(spine, read)
        # The edge of a thick body bows a little less than its spine, and buttocks and shoulder
        # blades make every outline a little hollow.
        assert agreement.r > 0.999
        assert 0.8 < agreement.slope < 1.0
        assert -0.07 < agreement.bias < -0.02


# ---- what the coach makes of it ----------------------------------------------------------------


def rounded(exercise, **how):
    fault = {"fault": BACK_CHECKS[exercise][1]}
    long_enough = {"bird-dog": {"reps": 2, "hold_s": 4}}
    return coached(exercise, **{**long_enough.get(exercise, SIDE_ON.get(exercise, {})), **fault, **how})


@pytest.mark.parametrize("exercise", BACK_CHECKS)
def test_a_back_that_can_be_seen_is_judged(exercise):
    outcome = rounded(exercise)
    assert BACK_CHECKS[exercise][0] in {fault.check for fault in outcome.report.faults}
    assert set(outcome.said) & about_the_back(exercise)


@pytest.mark.parametrize(
    ("trouble", "why"),
    [
        ({"back_hidden": [(0.0, 100.0)]}, "the outline of the back is hidden or out of the picture"),
        ({"flaps": [(0.0, 100.0)]}, "something lies across the outline of the back"),
    ],
    ids=["hidden", "flap"],
)
@pytest.mark.parametrize("exercise", BACK_CHECKS)
def test_a_back_that_cannot_be_read_is_not_judged_and_the_report_says_why(exercise, trouble, why):
    outcome = rounded(exercise, **trouble)
    check = BACK_CHECKS[exercise][0]
    assert check not in {fault.check for fault in outcome.report.faults}
    assert not set(outcome.said) & about_the_back(exercise)
    assert outcome.report.unjudged_s[check][why] > 1.0
    assert outcome.report.as_dict()["unseen"]["checks"][check][why] > 1.0
    assert all(math.isnan(step.values["back"]) for step in outcome.steps)
    # All the rest is as if nothing lay there.
    open_ = rounded(exercise)
    assert outcome.counts == open_.counts
    assert outcome.held == approx(open_.held, abs=0.1)


@pytest.mark.parametrize("yaw", [50, 90, -90])
@pytest.mark.parametrize("exercise", ["plank", "hip-hinge", "cat-cow"])
def test_nothing_is_said_of_a_back_that_is_not_seen_from_the_side(exercise, yaw):
    fault = {"cat-cow": "shallow"}.get(exercise, "rounded")
    outcome = coached(exercise, **SIDE_ON[exercise], fault=fault, yaw=yaw)
    assert not set(outcome.said) & about_the_back(exercise)
    assert outcome.fault_kinds == set()
    assert "Turn your side to the camera" in outcome.said
    assert all(math.isnan(step.values["back"]) for step in outcome.steps)
    if exercise == "hip-hinge":
        assert outcome.report.unjudged_s["back_straight"]["turn side-on"] > 1.0


def test_half_out_of_the_picture_there_is_no_back_to_judge():
    performance = perform("hip-hinge", reps=2, fault="rounded", shift=(0.0, -0.45))
    outcome = coach("hip-hinge", performance.samples)
    upright = [s.back for s in performance.samples if s.back is not None and s.t < 1.0]
    assert all(np.isnan(back[:6]).all() for back in upright), "the shoulders are above the picture's edge"
    assert not set(outcome.said) & about_the_back("hip-hinge")


def test_something_across_the_back_for_a_while_costs_only_that_while():
    outcome = coached("plank", hold_s=16, fault="rounded", flaps=[(7.0, 11.0)])
    lasting = outcome.report.unjudged_s["back_flat"]["something lies across the outline of the back"]
    assert lasting == approx(4.0, abs=0.4)
    assert len([fault for fault in outcome.report.faults if fault.check == "back_flat"]) == 2


def test_the_last_reading_stands_for_a_moment_only():
    performance = perform("plank", hold_s=8)
    last = [s.t for s in performance.samples if s.back is not None and s.t < 5.0][-1]
    stream = [s if s.t <= last else _without(s) for s in performance.samples]
    for step in coach("plank", stream).steps:
        if step.t > 0.5:
            assert math.isnan(step.values["back"]) == (step.t > last + 0.3), step.t


def test_without_outlines_nothing_is_said_of_the_back_and_the_report_says_so():
    performance = perform("plank", hold_s=8, fault="rounded")
    outcome = coach("plank", [_without(sample) for sample in performance.samples])
    assert outcome.corrections == []
    assert outcome.report.unjudged_s["back_flat"]["the outline of the back was not looked for"] > 5.0


def _without(sample):
    return replace(sample, back=None)


def test_only_exercises_that_judge_the_back_ask_for_it():
    asking = {name for name in (*BACK_CHECKS, "cat-cow") if stock(name).wants_back}
    assert asking == {*BACK_CHECKS, "cat-cow"}
    plain = stock("plank")
    assert not _without_back(plain).wants_back


def _without_back(spec):
    measures = {name: m for name, m in spec.measures.items() if not m.kind.startswith("bow")}
    checks = {name: c for name, c in spec.checks.items() if c.measure in measures}
    return replace(spec, measures=measures, checks=checks)
