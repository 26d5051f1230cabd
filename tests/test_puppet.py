"""The puppet does what it says: its truth agrees with the geometry of its samples."""

from __future__ import annotations

import math

import numpy as np
import pytest

from formcoach.geometry import line, slope
from formcoach.landmarks import INDEX, PoseSample
from puppet import Camera, perform
from puppet.exercises import EXERCISES
from puppet.figure import Figure, posture, skeleton, two_bones
from puppet.reading import (
    SHORT,
    ahead,
    arm_slope,
    at,
    bow,
    elbow,
    hip_line,
    knee,
    leg_slope,
    neck_bend,
    place,
    read,
    trunk_slope,
    work,
)


def test_clean_plank_has_the_hip_a_little_above_the_line() -> None:
    for exercise in ("plank", "forearm-plank"):
        sample = work(exercise)
        assert hip_line(sample) == pytest.approx(5, abs=1.5)
        assert knee(sample) == pytest.approx(175, abs=1)
        assert abs(neck_bend(sample)) < 8
    assert elbow(work("plank"), "right") == pytest.approx(172, abs=0.5)
    assert elbow(work("forearm-plank"), "right") == pytest.approx(90, abs=5)


def test_clean_hinge_bends_at_the_hips_over_upright_shins() -> None:
    for exercise in ("hip-hinge", "romanian-deadlift"):
        sample = work(exercise)
        assert trunk_slope(sample) == pytest.approx(12, abs=1)
        assert knee(sample) == pytest.approx(157, abs=1)
        assert read(sample, slope, "right_ankle", "right_knee") > 85
        standing = at(perform(exercise, reps=1), 0.5)
        assert trunk_slope(standing) == pytest.approx(88, abs=1)


def test_clean_bird_dog_reaches_level_on_an_unmoved_trunk() -> None:
    performance = perform("bird-dog", reps=1, side="right")
    start, sample = at(performance, 0.5), at(performance, performance.truth.reps[0].turn)
    assert leg_slope(start) == pytest.approx(-40, abs=2)
    assert arm_slope(start, "left") < -84
    assert leg_slope(sample) == pytest.approx(2, abs=0.5)
    assert knee(sample) == pytest.approx(168, abs=0.5)
    assert arm_slope(sample, "left") == pytest.approx(-8, abs=1)
    assert arm_slope(sample, "right") == pytest.approx(arm_slope(start, "right"), abs=0.5)
    assert trunk_slope(sample) == pytest.approx(trunk_slope(start), abs=0.5)
    assert 3 < trunk_slope(start) < 9


def test_clean_cat_cow_sinks_and_rounds_on_unmoved_limbs() -> None:
    performance = perform("cat-cow", reps=2)
    assert performance.truth.count() == 2
    for rep in performance.truth.reps:
        assert bow(performance, rep.start) == pytest.approx(-0.07, abs=0.01)
        assert bow(performance, rep.turn) == pytest.approx(0.13, abs=0.015)
        assert bow(performance, rep.end) == pytest.approx(-0.07, abs=0.01)
        start, top = at(performance, rep.start), at(performance, rep.turn)
        assert ahead(start, "right_knee", "right_hip") == pytest.approx(0, abs=0.05)
        for name in ("right_hip", "right_knee", "right_wrist", "right_shoulder"):
            assert top.xy[INDEX[name]] == pytest.approx(start.xy[INDEX[name]], abs=1e-4)
        assert neck_bend(start) > 20 > -40 > neck_bend(top)


def test_clean_deadlift_stands_up_from_the_floor_with_a_straight_back() -> None:
    performance = perform("deadlift", reps=2)
    assert performance.truth.count() == 2
    for rep in performance.truth.reps:
        floor, top = at(performance, rep.start), at(performance, rep.turn)
        assert trunk_slope(floor) == pytest.approx(22, abs=1)
        assert 85 < knee(floor) < 110
        assert floor.xy[INDEX["right_index"], 1] > floor.xy[INDEX["right_knee"], 1]
        assert trunk_slope(top) == pytest.approx(88, abs=1)
        assert knee(top) > 170
        assert elbow(floor, "right") > 165
    assert all(abs(bow(performance, t)) < 0.06 for t in np.arange(0.2, 9.0, 0.5))


WRONG = [
    ("plank", "sag", hip_line, -20),
    ("plank", "pike", hip_line, 45),
    ("plank", "knee_bent", knee, 138),
    ("plank", "head_up", neck_bend, 50),
    ("plank", "head_dropped", neck_bend, -50),
    ("plank", "shoulders_ahead", lambda s: ahead(s, "right_wrist", "right_shoulder"), 0.5),
    ("plank", "shoulders_behind", lambda s: ahead(s, "right_wrist", "right_shoulder"), -0.5),
    ("forearm-plank", "elbow_closed", lambda s: elbow(s, "right"), 33),
    ("forearm-plank", "shoulders_ahead", lambda s: ahead(s, "right_elbow", "right_shoulder"), 0.46),
    ("hip-hinge", "shallow", trunk_slope, 60),
    ("hip-hinge", "too_deep", trunk_slope, -33),
    ("hip-hinge", "knee_bent", knee, 120),
    ("hip-hinge", "shins_forward", lambda s: read(s, slope, "right_ankle", "right_knee"), 66),
    ("hip-hinge", "head_up", neck_bend, 58),
    ("romanian-deadlift", "arms_away", lambda s: arm_slope(s, "right"), -55),
    ("romanian-deadlift", "arms_bent", lambda s: elbow(s, "right"), 115),
    ("bird-dog", "leg_low", leg_slope, -16),
    ("bird-dog", "limb_too_high", leg_slope, 25),
    ("bird-dog", "shallow", leg_slope, -25),
    ("bird-dog", "leg_stays", leg_slope, -40),
    ("bird-dog", "arm_low", lambda s: arm_slope(s, "left"), -32),
    ("bird-dog", "arm_stays", lambda s: arm_slope(s, "left"), -88),
    ("bird-dog", "same_side", lambda s: arm_slope(s, "right"), -8),
    ("bird-dog", "knee_bent", knee, 130),
    ("bird-dog", "elbow_bent", lambda s: elbow(s, "left"), 130),
    ("bird-dog", "torso_tilt", trunk_slope, 23),
    ("bird-dog", "torso_drop", trunk_slope, -9),
    ("bird-dog", "hips_drift", lambda s: ahead(s, "left_knee", "left_hip"), -0.35),
    ("bird-dog", "hips_ahead", lambda s: ahead(s, "left_knee", "left_hip"), 0.28),
    ("cat-cow", "elbow_bent", lambda s: elbow(s, "right"), 115),
    ("cat-cow", "hips_drift", lambda s: ahead(s, "right_knee", "right_hip"), -0.52),
    ("cat-cow", "hips_ahead", lambda s: ahead(s, "right_knee", "right_hip"), 0.46),
    ("cat-cow", "shoulders_ahead", lambda s: ahead(s, "right_wrist", "right_shoulder"), 0.53),
    ("cat-cow", "shoulders_behind", lambda s: ahead(s, "right_wrist", "right_shoulder"), -0.6),
    ("deadlift", "shallow", trunk_slope, 48),
    ("deadlift", "not_upright", trunk_slope, 69.5),
]

BOWED = [
    ("plank", "rounded", 0.11),
    ("plank", "arched", -0.235),
    ("forearm-plank", "rounded", 0.11),
    ("forearm-plank", "arched", -0.245),
    ("hip-hinge", "rounded", 0.115),
    ("romanian-deadlift", "rounded", 0.115),
    ("deadlift", "rounded", 0.115),
    ("bird-dog", "rounded", 0.13),
    ("bird-dog", "arched", -0.195),
    ("cat-cow", "not_arched", 0.0),
    ("cat-cow", "shallow", 0.02),
]
"""The bow of the outline during a fault of the back, trunk lengths."""


@pytest.mark.parametrize(("exercise", "fault", "measure", "value"), WRONG, ids=lambda x: str(x)[:18])
def test_a_fault_is_as_strong_as_stated(exercise: str, fault: str, measure: object, value: float) -> None:
    got = measure(work(exercise, fault=fault))  # type: ignore[operator]
    assert got == pytest.approx(value, abs=0.04 if abs(value) < 1 else 2.0)


@pytest.mark.parametrize(("exercise", "fault", "value"), BOWED)
def test_a_fault_of_the_back_is_as_strong_as_stated(exercise: str, fault: str, value: float) -> None:
    performance = perform(exercise, **{**SHORT[exercise], "fault": fault} | _two_reps(exercise))
    for wrong in performance.truth.faults:
        assert bow(performance, (wrong.start + wrong.end) / 2) == pytest.approx(value, abs=0.015)


def test_every_fault_can_be_performed() -> None:
    for name, exercise in EXERCISES.items():
        for fault in exercise.faults:
            truth = perform(name, **{**SHORT[name], "fault": fault} | _two_reps(name), fps=5).truth
            assert {wrong.kind for wrong in truth.faults} == {fault}
            assert all(wrong.start < wrong.end for wrong in truth.faults)


def _two_reps(exercise: str) -> dict[str, object]:
    return {} if EXERCISES[exercise].write.__name__.endswith("plank") else {"reps": 2}


def test_standing_up_only_half_way_between_repetitions() -> None:
    performance = perform("hip-hinge", reps=3, fault="not_upright")
    for fault in performance.truth.faults:
        assert trunk_slope(at(performance, fault.start)) == pytest.approx(70, abs=1)
    assert len(performance.truth.faults) == 2
    assert trunk_slope(performance.samples[-1]) == pytest.approx(88, abs=1)


def test_faults_of_a_while() -> None:
    truth = perform("plank", hold_s=20, fault=("sag", 8.0, 12.0)).truth
    first, second = truth.holds
    assert first.end - first.start == pytest.approx(8.0)
    assert second.end - first.start == pytest.approx(20.0)
    assert first.end < truth.faults[0].start < truth.faults[0].end == pytest.approx(first.start + 12.0)
    reps = perform("hip-hinge", reps=4, fault=[("shallow", 2, 3)]).truth
    assert [rep.performed for rep in reps.reps] == [True, False, False, True]
    assert reps.count() == 2


def test_sides_in_the_order_asked_for() -> None:
    truth = perform("bird-dog", reps=[("left", 1), ("right", 2)], hold_s=8).truth
    assert [rep.side for rep in truth.reps] == ["left", "right", "right"]
    assert truth.count("right") == 2
    for rep in truth.reps:
        assert rep.start < rep.held[0] < rep.turn < rep.held[1] < rep.end
        assert rep.held[1] - rep.held[0] == pytest.approx(8.0)


def test_the_movement_does_not_depend_on_the_frame_rate() -> None:
    slow, fast = (perform("bird-dog", reps=1, walk_in=True, fps=fps) for fps in (10, 50))
    assert slow.truth == fast.truth
    for sample in slow.samples:
        same = at(fast, sample.t)
        assert same.t == pytest.approx(sample.t)
        np.testing.assert_allclose(same.xy, sample.xy, atol=1e-5)


def test_the_standing_knee_and_the_feet_stay_where_they_are() -> None:
    performance = perform("bird-dog", reps=1, side="right")
    knees = np.array([sample.xy[INDEX["left_knee"]] for sample in performance.samples])
    assert np.ptp(knees[:, 0]) < 1e-4
    assert np.ptp(knees[:, 1]) < 2e-3
    hinge = perform("hip-hinge", reps=2, fault="shins_forward")
    heels = np.array([sample.xy[INDEX["left_heel"]] for sample in hinge.samples])
    assert np.ptp(heels, axis=0).max() < 1e-4


def test_nothing_sinks_into_the_floor_and_hands_stay_down() -> None:
    performance = perform("plank", hold_s=3, walk_in=True, leave=True)
    heights = -performance.actors[0].points[..., 1]
    assert heights.min() > 0.0
    start, end = (round(t * performance.fps) for t in performance.truth.holds[0])
    hands = heights[start:end, [INDEX["left_index"], INDEX["right_index"]]]
    assert hands.max() < 0.06


def test_another_body_keeps_the_angles_and_the_floor() -> None:
    tall = Figure(trunk=0.58, thigh=0.47, shank=0.45, upper_arm=0.31, forearm=0.28)
    performance = perform("plank", hold_s=3, figure=tall)
    sample = at(performance, performance.truth.holds[0].start + 1)
    assert hip_line(sample) == pytest.approx(5, abs=1.5)
    heights = -performance.actors[0].points[:, :, 1]
    assert heights[round(performance.truth.holds[0].start * 30), INDEX["left_foot_index"]] < 0.03


def test_two_bones_meet_the_end() -> None:
    for bend in (-1, 1):
        first, second = (math.radians(d) for d in two_bones(0.3, -0.4, 0.35, 0.3, bend))
        assert 0.35 * math.cos(first) + 0.3 * math.cos(second) == pytest.approx(0.3)
        assert 0.35 * math.sin(first) + 0.3 * math.sin(second) == pytest.approx(-0.4)


def test_mistakes_are_told() -> None:
    with pytest.raises(ValueError, match="no exercise is called yoga"):
        perform("yoga")
    with pytest.raises(ValueError, match="plank has no fault arm_low; it has arched, head_dropped"):
        perform("plank", fault="arm_low")
    with pytest.raises(ValueError, match="no option is called speed"):
        perform("plank", speed=2)
    with pytest.raises(ValueError, match="facing is left or right"):
        Camera(facing="up")


def test_a_skeleton_has_every_landmark() -> None:
    from puppet.figure import SEGMENTS

    points = skeleton(Figure(), np.zeros((1, len(SEGMENTS))))[0]
    assert np.isfinite(points).all()
    assert len({tuple(point) for point in points.round(6).tolist()}) == len(INDEX)


def turned_whole(**turns: float) -> np.ndarray:
    """Somebody standing upright, turned."""
    from puppet.figure import SEGMENTS
    from puppet.ways import STANDING

    posed = posture(STANDING, trunk=90, **turns)
    return skeleton(Figure(), np.array([[posed[name] for name in SEGMENTS]]))[0]


def test_the_shoulders_turn_against_the_hips_and_take_arms_and_head_along() -> None:
    still, turned = turned_whole(), turned_whole(twist=30)
    half = Figure().shoulders
    left = turned[INDEX["left_shoulder"]]
    assert left == pytest.approx(
        [-half * math.sin(math.radians(30)), 0.5, -half * math.cos(math.radians(30))], abs=1e-6
    )
    assert turned[INDEX["nose"], 2] < -0.05  # to their left
    for name in ("left_hip", "right_knee"):
        assert turned[INDEX[name]] == pytest.approx(still[INDEX[name]])
    whole = turned_whole(hip_turn=30)
    assert whole[INDEX["left_shoulder"]] == pytest.approx(left, abs=1e-6)
    assert whole[INDEX["left_hip"], 0] == pytest.approx(-Figure().hips / 2)


def test_leaning_and_rolling_are_to_the_right() -> None:
    leaning, lying = turned_whole(lean=30), turned_whole(roll=90)
    shoulders = (INDEX["left_shoulder"], INDEX["right_shoulder"])
    assert leaning[[*shoulders]].mean(axis=0) == pytest.approx([0, 0.433, 0.25], abs=1e-3)
    assert leaning[INDEX["left_ankle"]] == pytest.approx(turned_whole()[INDEX["left_ankle"]])
    assert lying[INDEX["right_shoulder"]] == pytest.approx([0, -Figure().shoulders, 0.5], abs=1e-6)
    assert lying[INDEX["left_ankle"], 2] < -0.7


def turn(sample: PoseSample) -> float:
    """Degrees that the shoulders are turned against the hips, + = to the person's left."""
    ways = []
    for part in ("shoulder", "hip"):
        dx, _, dz = (sample.world[INDEX[f"left_{part}"]] - sample.world[INDEX[f"right_{part}"]]).tolist()
        ways.append(math.degrees(math.atan2(dz, dx)))
    return ways[0] - ways[1]


@pytest.mark.parametrize("exercise", ["seated-spinal-twist", "band-rotation"])
def test_a_clean_twist_turns_the_shoulders_and_not_the_hips(exercise: str) -> None:
    performance = perform(exercise, reps=[("left", 1), ("right", 1)])
    for rep, way in zip(performance.truth.reps, (1, -1), strict=True):
        assert turn(at(performance, rep.start)) == pytest.approx(0, abs=1)
        assert turn(at(performance, rep.turn)) == pytest.approx(45 * way, abs=1.5)
        assert trunk_slope(at(performance, rep.turn)) > 88


@pytest.mark.parametrize("side", ["left", "right"])
def test_clean_side_plank_rests_on_one_elbow_and_foot(side: str) -> None:
    performance = perform("side-plank", side=side, hold_s=3)
    moment = round((performance.truth.holds[0].start + 1) * performance.fps)
    heights = -performance.actors[0].points[moment, :, 1]
    assert heights[INDEX[f"{side}_elbow"]] == pytest.approx(0.04, abs=0.005)
    assert heights.min() == pytest.approx(0.02, abs=0.01)
    sample = performance.samples[moment]
    assert read(sample, line, "mid.shoulder", "mid.hip", "mid.knee") == pytest.approx(-2, abs=1)
    across = place(sample, f"{side}_elbow")[0] - place(sample, f"{side}_shoulder")[0]
    assert across == pytest.approx(0, abs=0.01)
