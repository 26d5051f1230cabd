"""Named numbers from a body: signs, sides, what stands in for what, and what is not seen."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from formcoach.back import NOT_LOOKED_FOR, Back
from formcoach.body import Body, Tracker
from formcoach.geometry import NAN
from formcoach.landmarks import INDEX, LANDMARK_COUNT, OTHER_SIDE, SIDES
from formcoach.measures import (
    ALIKE,
    BACK_SMOOTHING_S,
    FORGET_S,
    HIDDEN_S,
    JUMP,
    KINDS,
    SMOOTHING_S,
    MeasureReader,
    OwnMeasures,
    landmarks_used,
)
from formcoach.readers import TILT_DEPTH_UNTIL, TILT_FLAT_FROM, TURN_UPRIGHT, landmarks_of
from formcoach.spec import Dose, Measure, Spec
from formcoach.spec_file import list_specs, read_spec
from puppet import perform
from timeline import hold_spec, reps_spec

SHOULDER, HIP, KNEE, ANKLE = (0.4, 0.3), (0.7, 0.3), (0.7, 0.6), (1.0, 0.6)
"""On all fours facing left, y down; the trunk is 0.3 long."""


def body(
    t: float = 0.0,
    *,
    hidden: tuple[str, ...] = (),
    facing: int = -1,
    view: str = "side",
    back: Back = NOT_LOOKED_FOR,
    **places,
) -> Body:
    """A body with these parts on both sides, or a landmark with its full name elsewhere."""
    where = {"shoulder": SHOULDER, "hip": HIP, "knee": KNEE, "ankle": ANKLE, **places}
    points = [(0.5, 0.5)] * LANDMARK_COUNT
    for name, place in where.items():
        for full in [name] if name in INDEX else [f"{side}_{name}" for side in SIDES]:
            points[INDEX[full]] = place
    seen = [True] * LANDMARK_COUNT
    for name in hidden:
        seen[INDEX[name]] = False
    yaw = 90.0 if view == "side" else 10.0
    return Body(t, True, "", points, seen, None, 0.3, 0.3, "left", facing, view, yaw, back, False)


def spec_of(*measures: Measure, sides: tuple[str, ...] = (), anchor: str = "") -> Spec:
    named = {measure.name: measure for measure in measures}
    return Spec(
        "x", "X", "", "", "side", "quadruped", "repetitions", Dose(), named, {}, {}, sides, anchor=anchor
    )


def points(*references: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(reference.split("|")) for reference in references)


class Whole(MeasureReader):
    """Both steps of reading all measures for one side."""

    def __init__(self, spec: Spec, side: str) -> None:
        super().__init__(spec, (side,))
        self.own = OwnMeasures(spec).of

    def read(self, of: Body, near: str, neutral: dict[str, float]) -> dict[str, float]:
        return self.own(of.t, self.raw(of, near)[0], neutral)


def read(kind: str, *references: str, of: Body | None = None, side: str = "", near: str = "left") -> float:
    """One measure, read from one body."""
    measure = Measure("m", kind, points(*references))
    reader = Whole(spec_of(measure, sides=SIDES if side else ()), side)
    return reader.read(of or body(), near, {})["m"]


# ---- the kinds ---------------------------------------------------------------------------------


def test_an_angle():
    assert read("angle", "near.shoulder", "near.hip", "near.knee") == approx(90)
    assert read("angle", "near.shoulder", "near.hip", "near.knee", of=body(knee=(1.0, 0.3))) == approx(180)


def test_a_slope_is_positive_when_the_second_point_is_higher():
    assert read("slope", "near.knee", "near.hip") == approx(90)
    assert read("slope", "near.hip", "near.knee") == approx(-90)
    assert read("slope", "near.hip", "near.shoulder") == approx(0)


def test_a_line_is_positive_when_the_middle_is_above():
    assert read("line", "near.shoulder", "near.hip", "near.knee", of=body(knee=(1.0, 0.3))) == approx(0)
    assert read("line", "near.shoulder", "near.hip", "near.knee", of=body(knee=(1.0, 0.4))) > 5
    assert read("line", "near.shoulder", "near.hip", "near.knee", of=body(knee=(1.0, 0.2))) < -5


@pytest.mark.parametrize(("facing", "ahead"), [(-1, 1.0), (1, -1.0)])
def test_ahead_is_the_way_the_person_faces_in_trunk_lengths(facing, ahead):
    assert read("ahead", "near.hip", "near.shoulder", of=body(facing=facing)) == approx(ahead)


def test_ahead_of_somebody_facing_nowhere_is_not_known():
    assert math.isnan(read("ahead", "near.hip", "near.shoulder", of=body(facing=0)))


def test_above_and_apart_are_in_trunk_lengths():
    assert read("above", "near.knee", "near.hip") == approx(1)
    assert read("above", "near.hip", "near.knee") == approx(-1)
    assert read("apart", "near.shoulder", "near.knee") == approx(math.sqrt(2))


def test_a_bow_is_read_off_the_outline_of_the_back_whole_or_by_halves():
    of = body(back=Back(0.08, 0.11, -0.02))
    kinds = ("bow", "bow_upper", "bow_lower")
    assert [read(kind, "near.hip", "near.shoulder", of=of) for kind in kinds] == [0.08, 0.11, -0.02]


def test_without_an_outline_or_with_a_hip_out_of_sight_there_is_no_bow():
    assert math.isnan(read("bow", "near.hip", "near.shoulder"))
    hidden = body(back=Back(0.08, 0.11, -0.02), hidden=("left_hip",))
    assert math.isnan(read("bow", "near.hip", "near.shoulder", of=hidden))


@pytest.mark.parametrize("kind", ["ahead", "above", "apart"])
def test_without_a_trunk_there_are_no_trunk_lengths(kind):
    assert math.isnan(read(kind, "near.hip", "near.shoulder", of=body()._replace(trunk=0.0)))


def tilted(yaw: float, *, hidden: tuple[str, ...] = ()) -> Body:
    """45 degrees up in space, level in the picture."""
    world = [(0.0, 0.0, 0.0)] * LANDMARK_COUNT
    for side in SIDES:
        world[INDEX[f"{side}_shoulder"]] = (0.0, -0.4, 0.4)
        world[INDEX[f"{side}_ear"]] = (0.0, -0.4, -0.4)
    return body(hidden=hidden)._replace(yaw=yaw, world=world)


@pytest.mark.parametrize(
    ("yaw", "tilt"),
    [
        (0, 45),
        (TILT_DEPTH_UNTIL, 45),
        ((TILT_DEPTH_UNTIL + TILT_FLAT_FROM) / 2, 22.5),
        (TILT_FLAT_FROM, 0),
        (90, 0),
    ],
)
def test_a_tilt_goes_over_from_depth_to_the_picture(yaw, tilt):
    assert read("tilt", "near.hip", "near.shoulder", of=tilted(yaw)) == approx(tilt)
    assert read("tilt", "mid.hip", "mid.shoulder", of=tilted(yaw)) == approx(tilt)


def test_a_tilt_without_depth_is_not_known():
    assert math.isnan(read("tilt", "near.hip", "near.shoulder"))
    assert math.isnan(read("tilt", "near.hip", "near.shoulder", of=tilted(10, hidden=("left_hip",))))


def test_a_tilt_takes_its_second_choice_too():
    of = tilted(10, hidden=("left_shoulder",))
    assert read("tilt", "near.hip", "near.shoulder|near.ear", of=of) == approx(45)
    assert read("tilt", "near.hip|near.knee", "far.shoulder", of=of) == approx(45)


def turned(degrees: float, hips: float = 0.0, facing: float = 0.0, upright: float = 90.0) -> Body:
    """Shoulders and hips turned to the person's left; facing the camera at 0, showing a side at 90."""
    world = [(0.0, 0.0, 0.0)] * LANDMARK_COUNT
    lean = math.radians(upright)
    for part, turn, place in (
        ("shoulder", degrees, (0.0, -0.5 * math.sin(lean), -0.5 * math.cos(lean))),
        ("hip", hips, (0.0, 0.0, 0.0)),
    ):
        way = math.radians(turn - facing)
        for side, half in (("left", 0.15), ("right", -0.15)):
            x, y, z = place
            world[INDEX[f"{side}_{part}"]] = (x + half * math.cos(way), y, z + half * math.sin(way))
    return body()._replace(world=world)


LEFT_TURN = ("left.shoulder", "right.shoulder")


@pytest.mark.parametrize("facing", [0, 45, 90, 135, 180, -90])
@pytest.mark.parametrize("degrees", [0, 40, -70])
def test_a_turn_is_that_of_the_shoulders_against_the_hips_from_wherever_it_is_seen(degrees, facing):
    of = turned(degrees + 25, hips=25, facing=facing)
    assert read("turn", *LEFT_TURN, of=of) == approx(degrees, abs=1e-6)


def test_a_turn_is_positive_towards_the_first_point():
    of = turned(30)
    assert read("turn", "right.shoulder", "left.shoulder", of=of) == approx(-30)
    assert read("turn", "side.shoulder", "other.shoulder", of=of, side="left") == approx(30)
    assert read("turn", "side.shoulder", "other.shoulder", of=of, side="right") == approx(-30)


@pytest.mark.parametrize("upright", [TURN_UPRIGHT - 1, TURN_UPRIGHT + 1])
def test_a_trunk_that_leans_has_no_turn(upright):
    assert math.isnan(read("turn", *LEFT_TURN, of=turned(30, upright=upright))) == (upright < TURN_UPRIGHT)


@pytest.mark.parametrize("hidden", ["left_hip", "right_shoulder"])
def test_a_turn_needs_depth_and_both_hips_and_shoulders(hidden):
    assert math.isnan(read("turn", *LEFT_TURN))
    seen = list(body().seen)
    seen[INDEX[hidden]] = False
    assert math.isnan(read("turn", *LEFT_TURN, of=turned(30)._replace(seen=seen)))


# ---- which landmark ----------------------------------------------------------------------------


def sunk(left: float, yaw: float = 0.0, roll: float = 0.0) -> Body:
    """On the back, the knees `left` trunk lengths to the left of the hips; the camera anywhere."""
    world = [(0.0, 0.0, 0.0)] * LANDMARK_COUNT
    cos, sin, tilt, lean = (f(math.radians(d)) for d in (yaw, roll) for f in (math.cos, math.sin))
    # How far ahead of the hips, how high and how far to the left; and how wide.
    places = {
        "shoulder": (-0.5, 0.0, 0.0, 0.34),
        "hip": (0.0, 0.0, 0.0, 0.2),
        "knee": (0.1, 0.2, left / 2, 0.1),
    }
    for part, (x, up, aside, wide) in places.items():
        for side, half in (("left", 0.5), ("right", -0.5)):
            z = aside + half * wide
            y, z = lean * z - tilt * up, tilt * z + lean * up
            world[INDEX[f"{side}_{part}"]] = (cos * x - sin * z, y, sin * x + cos * z)
    return body()._replace(world=world)


@given(st.floats(-1.5, 1.5), st.floats(-180, 180), st.floats(-90, 90))
def test_across_is_along_the_line_through_the_shoulders_from_wherever_it_is_seen(left, yaw, roll):
    of = sunk(left, yaw, roll)
    assert read("across", "mid.hip", "mid.knee", of=of) == approx(left, abs=1e-6)
    assert read("across", "mid.hip", "mid.knee", of=of, near="right") == approx(left, abs=1e-6)


@pytest.mark.parametrize(("side", "across"), [("left", 0.6), ("right", -0.6)])
def test_across_is_positive_towards_the_side_whose_turn_it_is(side, across):
    assert read("across", "mid.hip", "mid.knee", of=sunk(0.6), side=side) == approx(across)


@pytest.mark.parametrize("hidden", ["left_shoulder", "right_hip", "left_knee"])
def test_across_needs_depth_the_trunk_and_both_points(hidden):
    assert math.isnan(read("across", "left.hip", "left.knee"))
    seen = [True] * LANDMARK_COUNT
    seen[INDEX[hidden]] = False
    assert math.isnan(read("across", "left.hip", "left.knee", of=sunk(0.6)._replace(seen=seen)))
    flat = sunk(0.6)._replace(world=[(0.0, 0.0, 0.0)] * LANDMARK_COUNT)
    assert math.isnan(read("across", "left.hip", "left.knee", of=flat))


def test_sides_are_those_of_the_exercise_and_of_the_camera():
    lifted = body(right_ankle=(1.0, 0.3))
    assert read("slope", "side.hip", "side.ankle", of=lifted, side="right") == approx(0)
    assert read("slope", "other.hip", "other.ankle", of=lifted, side="left") == approx(0)
    assert read("slope", "side.hip", "side.ankle", of=lifted, side="left") == approx(-45)
    assert read("slope", "near.hip", "near.ankle", of=lifted, near="right") == approx(0)
    assert read("slope", "far.hip", "far.ankle", of=lifted, near="left") == approx(0)
    assert read("slope", "right.hip", "right.ankle", of=lifted) == approx(0)


def test_while_the_near_side_is_not_known_the_left_one_is_taken():
    lifted = body(left_ankle=(1.0, 0.3))
    assert read("slope", "near.hip", "near.ankle", of=lifted, near="") == approx(0)


def test_the_middle_of_both():
    assert read("slope", "mid.knee", "mid.hip", of=body(left_hip=(0.4, 0.3), right_hip=(1.0, 0.3))) == approx(
        90
    )


def test_side_on_one_of_both_stands_for_the_middle_from_the_front_it_does_not():
    half = ("right_hip",)
    assert read("slope", "mid.knee", "mid.hip", of=body(hidden=half)) == approx(90)
    assert math.isnan(read("slope", "mid.knee", "mid.hip", of=body(hidden=half, view="front")))
    assert math.isnan(read("slope", "mid.knee", "mid.hip", of=body(hidden=("right_hip", "left_hip"))))


def test_the_second_choice_stands_in_for_a_hidden_first_one():
    assert read("slope", "near.hip", "near.ankle|near.knee") == approx(-45)
    assert read("slope", "near.hip", "near.ankle|near.knee", of=body(hidden=("left_ankle",))) == approx(-90)


@pytest.mark.parametrize("hidden", ["left_shoulder", "left_hip", "left_knee"])
def test_a_measure_with_a_hidden_point_is_not_seen(hidden):
    assert math.isnan(read("angle", "near.shoulder", "near.hip", "near.knee", of=body(hidden=(hidden,))))


def test_two_points_in_one_place_have_no_slope():
    assert math.isnan(read("slope", "near.hip", "near.knee", of=body(knee=HIP)))
    assert math.isnan(read("angle", "near.hip", "near.knee", "near.ankle", of=body(knee=HIP)))


# ---- combinations, the start, smoothing --------------------------------------------------------

KNEES = (
    Measure("best", "largest", of=("worst", "left")),
    Measure("worst", "smallest", of=("left", "right")),
    Measure("left", "angle", points("left.hip", "left.knee", "left.ankle")),
    Measure("right", "angle", points("right.hip", "right.knee", "right.ankle")),
)


def test_combinations_may_stand_in_any_order_and_in_one_another():
    bent = body(left_ankle=(1.0, 0.9))
    values = Whole(spec_of(*KNEES), "").read(bent, "left", {})
    assert values["left"] == approx(135)
    assert values["right"] == approx(90)
    assert values["worst"] == approx(90)
    assert values["best"] == approx(135)
    assert set(values) == {"best", "worst", "left", "right"}


def test_a_combination_takes_what_is_seen():
    values = Whole(spec_of(*KNEES), "").read(body(hidden=("right_knee",)), "left", {})
    assert values["worst"] == values["left"] == approx(90)
    values = Whole(spec_of(*KNEES), "").read(body(hidden=("right_knee", "left_knee")), "left", {})
    assert math.isnan(values["worst"])
    assert math.isnan(values["best"])


def test_a_limb_that_has_just_been_hidden_is_not_another_limb():
    reader = Whole(spec_of(*KNEES), "")
    bent = {"left_ankle": (1.0, 0.9)}  # the left knee at 135, the right one at 90
    assert reader.read(body(**bent), "left", {})["best"] == approx(135)
    hidden = reader.read(body(1.0, hidden=("left_knee",), **bent), "left", {})
    assert math.isnan(hidden["best"])
    assert hidden["worst"] == approx(90)
    assert reader.read(body(2.0, **bent), "left", {})["best"] == approx(135)


def test_a_limb_that_is_further_out_than_the_hidden_one_was_is_the_furthest():
    reader = Whole(spec_of(Measure("best", "largest", of=("left", "right")), *KNEES[2:]), "")
    reader.read(body(left_ankle=(1.0, 0.9)), "left", {})
    straight = body(1.0, hidden=("left_knee",), right_ankle=(0.7, 0.9))
    assert reader.read(straight, "left", {})["best"] == approx(180)


@pytest.mark.parametrize(("off", "best"), [(ALIKE - 0.5, 90), (ALIKE + 0.5, NAN)])
def test_a_limb_that_is_nearly_as_far_out_may_stand_in_for_the_hidden_one(off, best):
    reader = Whole(spec_of(*KNEES), "")
    bent = (0.7 + 0.3 * math.cos(math.radians(off)), 0.6 + 0.3 * math.sin(math.radians(off)))
    assert reader.read(body(left_ankle=bent), "left", {})["best"] == approx(90 + off)
    hidden = reader.read(body(1.0, hidden=("left_knee",)), "left", {})
    assert hidden["best"] == approx(best, nan_ok=True)


@pytest.mark.parametrize("hidden", [(), ("left_knee",)])
def test_another_limb_that_comes_out_of_hiding_is_no_movement(hidden):
    """The left knee straightens by 45 degrees, all at once; or has done so while it was hidden."""
    best = Measure("best", "largest", of=("left", "right"))
    reader = Whole(spec_of(best, Measure("fast", "speed", of=("best",)), *KNEES[2:]), "")
    for i in range(5):
        reader.read(body(i * 0.05, hidden=hidden), "left", {})
    values = reader.read(body(0.25, left_ankle=(1.0, 0.9)), "left", {})
    assert values["best"] > 90 + JUMP
    assert math.isnan(values["fast"]) == bool(hidden)


@pytest.mark.parametrize(("seconds", "best"), [(HIDDEN_S, NAN), (HIDDEN_S + 0.1, 90)])
def test_a_limb_that_is_hidden_for_long_is_left_out(seconds, best):
    reader = Whole(spec_of(*KNEES), "")
    reader.read(body(left_ankle=(1.0, 0.9)), "left", {})
    assert reader.read(body(seconds, hidden=("left_knee",)), "left", {})["best"] == approx(best, nan_ok=True)


FROM_START = Measure("lean", "slope", points("near.hip", "near.shoulder"), from_start=True)


def test_from_the_start_is_the_change_since_the_persons_own_start():
    reader = Whole(spec_of(FROM_START), "")
    leaning = body(shoulder=(0.4, 0.2))
    (raw,) = reader.raw(leaning, "left")
    values = reader.own(leaning.t, raw, {"lean": 10.0})
    assert raw["lean"] == approx(math.degrees(math.atan2(0.1, 0.3)))
    assert values["lean"] == approx(raw["lean"] - 10)


def test_before_the_start_is_known_there_is_no_change_since():
    reader = Whole(spec_of(FROM_START), "")
    (raw,) = reader.raw(body(), "left")
    assert raw["lean"] == approx(0)
    assert math.isnan(reader.own(0.0, raw, {})["lean"])


def test_what_is_made_of_a_change_since_the_start_is_made_after_the_start_was_taken_off():
    lowest = Measure("lowest", "smallest", of=("lean", "left"))
    reader = Whole(spec_of(FROM_START, lowest, *KNEES), "")
    assert reader.read(body(), "left", {"lean": 30.0})["lowest"] == approx(-30)


KNEE_ANGLE = spec_of(Measure("m", "angle", points("near.hip", "near.knee", "near.ankle")))


def test_a_number_is_smoothed_lightly():
    reader = Whole(KNEE_ANGLE, "")
    assert reader.read(body(), "left", {})["m"] == approx(90)
    straight = body(SMOOTHING_S, ankle=(0.7, 0.9))
    assert reader.read(straight, "left", {})["m"] == approx(180 - 90 * math.exp(-1))
    assert reader.read(straight._replace(t=1.0), "left", {})["m"] == approx(180)


def test_a_bow_is_smoothed_more_as_it_is_read_less_often():
    reader = Whole(spec_of(Measure("m", "bow", points("near.hip", "near.shoulder"))), "")
    assert reader.read(body(back=Back(0.0, 0.0, 0.0)), "left", {})["m"] == 0.0
    rounded = body(BACK_SMOOTHING_S, back=Back(0.1, 0.1, 0.1))
    assert reader.read(rounded, "left", {})["m"] == approx(0.1 - 0.1 * math.exp(-1))


@pytest.mark.parametrize(("gap", "value"), [(FORGET_S - 0.05, 178.6), (FORGET_S + 0.05, 180.0)])
def test_after_a_gap_a_number_starts_afresh(gap, value):
    reader = Whole(KNEE_ANGLE, "")
    reader.read(body(), "left", {})
    assert math.isnan(reader.read(body(0.1, hidden=("left_knee",)), "left", {})["m"])
    assert reader.read(body(gap, ankle=(0.7, 0.9)), "left", {})["m"] == approx(value, abs=0.1)


def test_of_nobody_nothing_is_read():
    reader = Whole(spec_of(*KNEES, FROM_START), "")
    gone = body()._replace(someone=False)
    assert reader.raw(gone, "left") == ({},)
    values = reader.read(gone, "left", {"lean": 3.0})
    assert set(values) == {"best", "worst", "left", "right", "lean"}
    assert all(math.isnan(value) for value in values.values())


def speeds(angles: list[float], fps: float = 20.0) -> list[float]:
    """The speed of an angle at the elbow of a leg bent to these angles, one a frame."""
    spec = spec_of(
        Measure("knee", "angle", (("near.hip",), ("near.knee",), ("near.ankle",))),
        Measure("tempo", "speed", of=("knee",)),
    )
    reader, found = Whole(spec, ""), []
    for frame, angle in enumerate(angles):
        turned = math.radians(90.0 - angle)
        ankle = (KNEE[0] + 0.3 * math.cos(turned), KNEE[1] - 0.3 * math.sin(turned))
        hidden = () if angle == angle else ("left_knee",)
        of = body(frame / fps, hidden=hidden, **({"ankle": ankle} if angle == angle else {}))
        found.append(reader.read(of, "left", {})["tempo"])
    return found


@pytest.mark.parametrize("fps", [10, 20, 30])
@pytest.mark.parametrize("way", [1, -1])
def test_a_speed_is_degrees_a_second_whichever_way_and_at_any_frame_rate(fps, way):
    assert speeds([90 + way * 40 * i / fps for i in range(2 * fps)], fps)[-1] == approx(40, abs=0.5)
    assert speeds([90] * fps, fps)[-1] == 0.0


def test_a_speed_is_not_known_before_a_quarter_of_a_second_has_been_seen():
    steady = [100.0 + 2 * i for i in range(20)]
    assert [value == value for value in speeds(steady)[:8]] == [False] * 5 + [True] * 3
    long = [*steady[:10], *[math.nan] * 16, *steady[10:]]
    assert [value == value for value in speeds(long)] == [i in range(5, 10) or i >= 31 for i in range(36)]


def test_after_a_blink_a_speed_is_that_over_it():
    steady = [100.0 + 2 * i for i in range(20)]
    blink = [*steady[:10], *[math.nan] * 10, *steady[10:]]
    assert [value == value for value in speeds(blink)] == [i in range(5, 10) or i >= 20 for i in range(30)]


@pytest.mark.parametrize("exercise", list_specs(), ids=lambda file: file.stem)
def test_what_sides_have_in_common_is_read_once_and_as_of_each_alone(exercise):
    spec, tracked = read_spec(exercise), []
    tracker = Tracker(spec.position, landmarks_used(spec))
    for sample in perform(exercise.stem, reps=1, hold_s=1.0, noise=2.0).samples[::3]:
        tracked.append(tracker.step(sample))
    sides = spec.sides or ("",)
    together, alone = MeasureReader(spec, sides), [MeasureReader(spec, (side,)) for side in sides]
    for i, of in enumerate(tracked):
        near = "right" if i > len(tracked) // 2 else of.near
        each = tuple(reader.raw(of, near)[0] for reader in alone)
        assert repr(together.raw(of, near)) == repr(each)  # NaN, too
        assert repr(together.places(of, near)) == repr(tuple(reader.places(of, near)[0] for reader in alone))


# ---- the anchor, and what is looked at ---------------------------------------------------------


def test_the_anchor_is_where_it_is_across_the_picture():
    reader = Whole(spec_of(anchor="mid.ankle"), "")
    assert reader.places(body(left_ankle=(1.0, 0.6), right_ankle=(1.2, 0.6)), "left") == approx((1.1,))
    assert reader.places(body(hidden=("left_ankle", "right_ankle")), "left") == approx((NAN,), nan_ok=True)
    assert reader.places(body()._replace(someone=False), "left") == approx((NAN,), nan_ok=True)
    assert Whole(spec_of(), "").places(body(), "left") == approx((NAN,), nan_ok=True)


def test_the_landmarks_of_a_measure_for_drawing():
    measure = Measure("m", "slope", points("side.hip|nose", "mid.knee"))
    assert landmarks_of(measure, "right", "left") == (
        INDEX["right_hip"],
        (INDEX["left_knee"], INDEX["right_knee"]),
    )
    assert landmarks_of(Measure("m", "slope", points("far.hip", "other.knee")), "", "") == (
        INDEX["right_hip"],
        INDEX["right_knee"],
    )


def test_all_the_landmarks_that_a_spec_may_look_at():
    measure = Measure("m", "slope", points("side.hip|nose", "left.knee"))
    used = landmarks_used(spec_of(measure, anchor="mid.ankle"))
    names = {"left_hip", "right_hip", "nose", "left_knee", "left_ankle", "right_ankle"}
    assert used == {INDEX[name] for name in names}


# ---- what always holds -------------------------------------------------------------------------

coordinate = st.integers(-64, 128).map(lambda value: value / 64)  # so that a mirror image is exact
place = st.tuples(coordinate, coordinate)
PARTS = ("shoulder", "hip", "knee", "ankle", "ear", "elbow", "wrist", "heel", "foot_index")
bodies = st.builds(
    lambda places, hidden, facing, view, yaw, trunk, world: body(
        hidden=tuple(hidden), facing=facing, view=view, **places
    )._replace(yaw=yaw, trunk=trunk, world=world),
    st.dictionaries(
        st.sampled_from([f"{side}_{part}" for side in SIDES for part in PARTS]), place, max_size=18
    ),
    st.lists(st.sampled_from([f"{side}_{part}" for side in SIDES for part in PARTS]), max_size=4),
    st.sampled_from([-1, 0, 1]),
    st.sampled_from(["side", "front", ""]),
    st.floats(0, 90) | st.just(math.nan),
    st.floats(0.01, 1) | st.sampled_from([0.0, math.nan]),
    st.none() | st.lists(st.tuples(coordinate, coordinate, coordinate), min_size=33, max_size=33),
)


@pytest.mark.parametrize("spec", [reps_spec(), hold_spec()], ids=["repetitions", "hold"])
@given(of=bodies, near=st.sampled_from(["", *SIDES]))
def test_angles_stay_in_their_range_and_nothing_is_infinite(spec, of, near):
    for side in spec.sides or ("",):
        values = Whole(spec, side).read(of, near, dict.fromkeys(spec.measures, 0.0))
        assert set(values) == set(spec.measures)
        for name, value in values.items():
            kind = KINDS[spec.measures[name].kind]
            assert not math.isinf(value)
            if kind.unit == "degrees":
                assert math.isnan(value) or kind.low <= value <= kind.high


@given(of=bodies)
def test_the_left_side_of_somebody_is_the_right_side_of_their_mirror_image(of):
    twins = [INDEX["nose"]] * LANDMARK_COUNT
    for name, i in INDEX.items():
        start, _, end = name.partition("_")
        twin = f"{OTHER_SIDE[start]}_{end}" if start in SIDES else name
        twin = {"mouth_left": "mouth_right", "mouth_right": "mouth_left"}.get(name, twin)
        twins[i] = INDEX[twin]
    mirror = of._replace(
        points=[(1.0 - of.points[twin][0], of.points[twin][1]) for twin in twins],
        seen=[of.seen[twin] for twin in twins],
        world=None,
        facing=-of.facing,
    )
    spec = reps_spec()
    left = Whole(spec, "left").read(of._replace(world=None), "left", {"lean": 0.0, "shift": 0.0})
    right = Whole(spec, "right").read(mirror, "right", {"lean": 0.0, "shift": 0.0})
    assert left == approx(right, nan_ok=True, abs=1e-3)
