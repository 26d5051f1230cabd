"""From samples to a body: what counts as seen, which side is near, which way it faces, whose it is."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from formcoach.body import FASTEST, OUTSIDE, SEEN_FROM, SEEN_UNTIL, Body, Tracker
from formcoach.follower import Follower
from formcoach.landmarks import INDEX, LANDMARK_COUNT, LANDMARKS, PoseSample, nobody
from formcoach.orientation import BACK_SQUARE_TO, FRONT_UNTIL, SIDE_FROM, VIEW_HYSTERESIS
from formcoach.spec import TURNED

ALL = frozenset(range(LANDMARK_COUNT))
TRUNK = 0.3

PLACES: dict[str, tuple[float, float]] = {
    "nose": (0.45, 0.42),
    "ear": (0.5, 0.4),
    "shoulder": (0.6, 0.45),
    "elbow": (0.6, 0.6),
    "wrist": (0.6, 0.74),
    "index": (0.56, 0.75),
    "pinky": (0.56, 0.75),
    "thumb": (0.57, 0.75),
    "hip": (0.9, 0.45),
    "knee": (0.92, 0.75),
    "ankle": (1.16, 0.75),
    "heel": (1.2, 0.74),
    "foot_index": (1.22, 0.75),
}
"""On all fours, the head to the left, the left side nearer to the camera."""


def person(
    t: float = 0.0,
    *,
    yaw: float = 90.0,
    near: str = "left",
    shift: tuple[float, float] = (0.0, 0.0),
    size: float = 1.0,
    mirrored: bool = False,
    aspect: float = 16 / 9,
    world: bool = True,
    moved: dict[str, tuple[float, float]] | None = None,
    visible: dict[str, float] | None = None,
) -> PoseSample:
    """One sample; `moved` places landmarks elsewhere, `visible` hides them."""
    xy = np.zeros((LANDMARK_COUNT, 2), np.float32)
    depth = np.zeros((LANDMARK_COUNT, 3), np.float32)
    across = math.cos(math.radians(yaw)) * 0.18, math.sin(math.radians(yaw)) * 0.18
    for i, name in enumerate(LANDMARKS):
        part = next((part for part in PLACES if name.endswith(part)), "nose")
        x, y = PLACES[part]
        xy[i] = (1.8 - x if mirrored else x), y
        side = 0.0 if "_" not in name else -1.0 if near in name else 1.0
        depth[i] = (x - 0.9) * 1.6 + side * across[0], (y - 0.45) * 1.6, side * across[1]
    xy = ((xy - [0.9, 0.45]) * size + [0.9, 0.45] + shift).astype(np.float32)
    for name, place in (moved or {}).items():
        xy[INDEX[name]] = place
    visibility = np.full(LANDMARK_COUNT, 0.9, np.float32)
    for name, value in (visible or {}).items():
        visibility[INDEX[name]] = value
    return PoseSample(t, xy, visibility, depth if world else None, None, aspect)


def follow(*samples: PoseSample, tracker: Tracker | None = None, position="quadruped") -> list[Body]:
    tracker = tracker or Tracker(position, ALL)
    return [tracker.step(sample) for sample in samples]


def still(start: float, end: float, fps: float = 10, **how) -> list[PoseSample]:
    return [person(start + i / fps, **how) for i in range(round((end - start) * fps))]


def sees(body: Body, name: str) -> bool:
    return body.seen[INDEX[name]]


# ---- what counts as seen -----------------------------------------------------------------------


def test_somebody_in_plain_view_is_seen_whole():
    (body,) = follow(person())
    assert body.someone
    assert body.why == ""
    assert all(body.seen)
    assert body.trunk == approx(TRUNK)
    assert body.span == approx(TRUNK)
    assert not body.new


def test_visibility_has_hysteresis():
    def seen(*values: float) -> list[bool]:
        # Not side-on, so that no limb is taken to be behind another.
        samples = [person(i / 10, yaw=20, visible={"left_wrist": value}) for i, value in enumerate(values)]
        return [sees(body, "left_wrist") for body in follow(*samples)]

    middle = (SEEN_FROM + SEEN_UNTIL) / 2
    assert seen(middle, middle) == [False, False]
    assert seen(0.6, middle, middle, 0.3, middle) == [True, True, True, False, False]
    assert seen(0.3, 0.6) == [False, True]


def test_a_visibility_that_is_no_number_is_not_seen():
    (body,) = follow(person(yaw=20, visible={"left_wrist": math.nan}))
    assert not sees(body, "left_wrist")


@pytest.mark.parametrize(
    ("place", "seen"),
    [
        ((-OUTSIDE - 0.01, 0.7), False),
        ((-OUTSIDE + 0.01, 0.7), True),
        ((0.5, 1 + OUTSIDE + 0.01), False),
        ((0.5, -OUTSIDE - 0.01), False),
        ((0.8 + OUTSIDE + 0.01, 0.5), False),
        ((0.8 + OUTSIDE - 0.01, 0.5), True),
    ],
)
def test_a_landmark_outside_of_the_picture_is_a_guess(place, seen):
    (body,) = follow(person(shift=(-0.5, 0), yaw=20, aspect=0.8, moved={"nose": place}))
    assert sees(body, "nose") is seen


def test_a_limb_longer_than_anybodys_is_a_slip():
    long = {"left_ankle": (0.3, 0.1)}
    (body,) = follow(person(moved=long))
    assert not sees(body, "left_ankle")
    assert sees(body, "left_knee")
    assert sees(body, "left_hip")


def test_a_limb_seems_short_when_it_points_at_the_camera():
    (body,) = follow(person(moved={"left_ankle": (0.93, 0.76)}))
    assert sees(body, "left_ankle")


def test_a_limb_is_no_slip_because_the_trunk_points_at_the_camera():
    lean = {f"{side}_shoulder": (0.72, 0.45) for side in ("left", "right")}
    # The thighs are 0.4 long: 2.2 of this trunk, 1.5 of the real one.
    lean |= {f"{side}_knee": (0.93, 0.85) for side in ("left", "right")}
    *_, body = follow(*still(0, 1), *still(1, 2, moved=lean))
    assert sees(body, "left_knee")


def test_a_landmark_that_jumps_is_a_slip_for_a_moment():
    jump = {"left_index": (0.3, 0.2)}
    samples = [person(0.0), person(0.04), person(0.08, moved=jump), person(0.12, moved=jump)]
    assert [sees(body, "left_index") for body in follow(*samples)] == [True, True, False, True]


def test_a_fast_hand_is_no_slip():
    step = FASTEST * TRUNK / 25 * 0.8
    samples = [person(i / 25, moved={"left_index": (0.56 - i * step, 0.7)}) for i in range(4)]
    assert all(sees(body, "left_index") for body in follow(*samples))


def test_after_a_gap_a_landmark_may_be_elsewhere():
    samples = [person(0.0), person(0.5, moved={"left_index": (0.3, 0.2)})]
    assert sees(follow(*samples)[1], "left_index")


def test_side_on_a_far_limb_right_behind_the_near_one_is_where_that_is():
    hidden = {"right_knee": 0.1, "right_wrist": 0.1}
    *_, body = follow(*still(0, 1, visible=hidden))
    assert body.view == "side"
    assert sees(body, "right_knee")
    apart = {"right_wrist": (0.35, 0.45)}
    *_, body = follow(*still(0, 1, visible=hidden, moved=apart))
    assert not sees(body, "right_wrist")
    assert sees(body, "right_knee")


def test_the_near_limb_is_never_seen_through_the_far_one():
    *_, body = follow(*still(0, 1, visible={"left_knee": 0.1}))
    assert body.near == "left"
    assert not sees(body, "left_knee")


def test_from_the_front_nothing_is_taken_to_be_behind():
    *_, body = follow(*still(0, 1, yaw=10, visible={"right_knee": 0.1}))
    assert not sees(body, "right_knee")


def test_only_what_is_asked_for_is_looked_at():
    tracker = Tracker("quadruped", frozenset({INDEX["nose"]}))
    (body,) = follow(person(), tracker=tracker)
    seen = {LANDMARKS[i] for i in range(LANDMARK_COUNT) if body.seen[i]}
    assert seen == {"nose", "left_shoulder", "right_shoulder", "left_hip", "right_hip"}


# ---- how they stand to the camera --------------------------------------------------------------


@pytest.mark.parametrize("near", ["left", "right"])
def test_the_near_side_is_the_one_with_less_depth(near):
    *_, body = follow(*still(0, 2, near=near))
    assert body.near == near


def test_without_depth_nothing_is_said_of_sides_and_views():
    *_, body = follow(*still(0, 2, world=False))
    assert (body.near, body.view) == ("", "")
    assert body.someone


def test_depth_that_is_no_number_says_nothing_of_sides():
    blind = [replace(one, world=np.full((LANDMARK_COUNT, 3), np.nan, np.float32)) for one in still(0, 2)]
    *_, body = follow(*blind)
    assert (body.near, body.view) == ("", "")


@pytest.mark.parametrize("position", ["quadruped", "prone"])
@pytest.mark.parametrize(("mirrored", "facing"), [(False, -1), (True, 1)])
def test_lying_and_on_all_fours_the_head_leads(position, mirrored, facing):
    *_, body = follow(*still(0, 2, mirrored=mirrored), position=position)
    assert body.facing == facing


@pytest.mark.parametrize(("mirrored", "facing"), [(False, -1), (True, 1)])
def test_upright_nose_and_toes_lead(mirrored, facing):
    toes = {f"{side}_foot_index": (1.12, 0.75) for side in ("left", "right")}
    moved = {name: (1.8 - x, y) if mirrored else (x, y) for name, (x, y) in toes.items()}
    *_, body = follow(*still(0, 2, mirrored=mirrored, moved=moved), position="standing")
    assert body.facing == facing


@pytest.mark.parametrize(
    ("yaw", "view"),
    [
        (90, "side"),
        (SIDE_FROM + 1, "side"),
        (SIDE_FROM - 1, "oblique"),
        (FRONT_UNTIL + 1, "oblique"),
        (5, "front"),
    ],
)
def test_the_view_has_a_name(yaw, view):
    *_, body = follow(*still(0, 3, yaw=yaw))
    assert body.view == view
    assert body.yaw == approx(yaw, abs=0.5)


def test_a_view_once_named_is_kept_a_little_longer():
    samples = [*still(0, 3, yaw=60), *still(3, 8, yaw=SIDE_FROM - 3)]
    assert follow(*samples)[-1].view == "side"
    samples = [*still(0, 3, yaw=20), *still(3, 8, yaw=FRONT_UNTIL + 3)]
    assert follow(*samples)[-1].view == "front"


def test_a_moment_turned_does_not_change_the_view():
    samples = [*still(0, 3), *still(3, 3.2, yaw=20), *still(3.2, 4)]
    assert {body.view for body in follow(*samples)} == {"side"}


@pytest.mark.parametrize(
    ("turned", "judged_from"),
    [
        (0, "side"),
        (TURNED - 1, "side"),
        (TURNED + 1, "oblique"),
        (90 - SIDE_FROM - 1, "oblique"),
        (85, "front"),
    ],
)
def test_from_the_side_only_who_is_nearly_side_on_is_judged(turned, judged_from):
    *_, body = follow(*still(0, 3, yaw=90 - turned))
    assert body.turned == approx(turned, abs=0.1)
    assert body.judged_from == judged_from
    assert body.view == ("front" if judged_from == "front" else "side")


def test_an_exercise_that_is_filmed_a_little_aside_may_be_judged_from_there():
    tracker = Tracker("supine", ALL, square_to=40.0)
    assert follow(*still(0, 3, yaw=90 - 38), tracker=tracker)[-1].judged_from == "side"


def test_who_was_side_on_may_turn_a_little_further():
    kept = TURNED + VIEW_HYSTERESIS
    for turned, judged_from in ((kept - 1, "side"), (kept + 1, "oblique")):
        *_, body = follow(*still(0, 3), *still(3, 8, yaw=90 - turned))
        assert body.judged_from == judged_from


def test_a_camera_that_looks_down_on_somebody_does_not_turn_them():
    """The line through shoulders that lie on the floor then points up in the picture."""
    samples = still(0, 3)
    for sample in samples:
        across = sample.world[:, 2].copy()
        sample.world[:, 1] -= across * math.sin(math.radians(25))
        sample.world[:, 2] = across * math.cos(math.radians(25))
    *_, body = follow(*samples)
    assert body.yaw == approx(65, abs=1)
    assert body.turned == approx(0, abs=0.1)


@pytest.mark.parametrize("turned", [0, BACK_SQUARE_TO - 1, BACK_SQUARE_TO + 1, TURNED - 1])
def test_the_outline_is_that_of_the_back_only_close_to_side_on(turned):
    outline = np.zeros(25, np.float32)
    *_, body = follow(*(replace(one, back=outline) for one in still(0, 3, yaw=90 - turned)))
    assert body.back.why == ("" if turned <= BACK_SQUARE_TO else "turn side-on")


@pytest.mark.parametrize(
    ("turned", "judged_from"), [(0, "front"), (25, "front"), (35, "oblique"), (60, "oblique")]
)
def test_on_ones_side_it_is_the_trunk_that_lies_across_the_picture(turned, judged_from):
    """One shoulder above the other, whose line stands upright from wherever it is seen."""
    samples = still(0, 3)
    for sample in samples:
        along = sample.world[:, 0].copy()
        lower = np.array(["right" in name for name in LANDMARKS])
        sample.world[:, 0] = along * math.cos(math.radians(turned))
        sample.world[:, 1] = np.where(lower, 0.2, -0.2)
        sample.world[:, 2] = along * math.sin(math.radians(turned))
    *_, body = follow(*samples, position="side-lying")
    assert body.view == "front"
    assert body.judged_from == judged_from


def test_the_span_does_not_shrink_when_the_trunk_points_at_the_camera():
    lean = {f"{side}_shoulder": (0.72, 0.45) for side in ("left", "right")}
    *_, body = follow(*still(0, 1), *still(1, 3, moved=lean))
    assert body.trunk < 0.2
    assert body.span > 0.26


# ---- whose body it is --------------------------------------------------------------------------


def test_nobody_is_nobody():
    (body,) = follow(nobody(0.0))
    assert not body.someone
    assert body.why == "nobody in the picture"
    assert not any(body.seen)


def test_a_stranger_is_not_the_person():
    bodies = follow(*still(0, 2), *still(2, 2.5, shift=(0.5, 0.1)), *still(2.5, 3))
    assert [body.why for body in bodies[20:25]] == ["somebody else in the picture"] * 5
    assert not any(body.someone for body in bodies[20:25])
    assert all(body.someone and not body.new for body in bodies[25:])


def test_a_jump_cut_is_accepted_once_it_has_stayed():
    bodies = follow(*still(0, 2), *still(2, 5, shift=(0.4, 0.1)))
    new = [body.t for body in bodies if body.new]
    assert new == approx([3.0], abs=0.11)
    assert bodies[-1].someone


def test_of_somebody_new_nothing_is_known_yet():
    bodies = follow(*still(0, 2), *still(2, 4, shift=(0.1, -0.2), size=0.5, near="right", yaw=20))
    new = next(body for body in bodies if body.new)
    assert new.trunk == approx(TRUNK / 2)
    assert new.span == approx(TRUNK / 2)
    assert new.view == "front"
    assert new.near == "right"


@pytest.mark.parametrize("broken", [math.nan, math.inf])
@pytest.mark.parametrize("name", ["left_shoulder", "right_hip"])
def test_half_a_body_is_nobody(name, broken):
    half = person(0.1, moved={name: (broken, broken)})
    before, at, after = follow(person(0.0), half, person(0.2))
    assert (at.someone, at.why) == (False, "nobody in the picture")
    assert before.someone
    assert after.someone
    assert not after.new


def test_a_body_without_any_size_is_nobody():
    point = person(0.0)
    point.xy[:] = 0.5
    for body in follow(point, replace(point, t=0.1), replace(point, t=0.2), person(0.3), person(0.4)):
        assert body.someone is (body.t > 0.25)


def test_equal_times_change_nothing():
    first, second = follow(person(1.0), person(1.0))
    assert second.someone
    assert second.trunk == first.trunk


# ---- a number that follows ---------------------------------------------------------------------


def test_a_follower_starts_where_it_is_told():
    assert Follower(1.0).step(5.0, 7.0) == 7.0


def test_a_follower_is_two_thirds_there_after_its_time():
    follower = Follower(2.0)
    follower.step(0.0, 0.0)
    assert follower.step(2.0, 1.0) == approx(1 - math.exp(-1))


@given(st.lists(st.floats(0.001, 1), min_size=1, max_size=20))
def test_a_follower_does_not_care_for_the_frame_rate(steps):
    whole, parted = Follower(0.5), Follower(0.5)
    whole.step(0.0, 0.0)
    parted.step(0.0, 0.0)
    t = 0.0
    for passed in steps:
        t += passed
        parted.step(t, 1.0)
    assert whole.step(t, 1.0) == approx(parted.value)


def test_a_follower_waits_where_it_is_while_nothing_is_seen():
    follower = Follower(1.0)
    assert math.isnan(follower.step(0.0, math.nan))
    follower.step(1.0, 3.0)
    assert follower.step(2.0, math.nan) == 3.0
    follower.forget()
    assert follower.step(3.0, 9.0) == 9.0


# ---- what always holds -------------------------------------------------------------------------

number = st.one_of(st.floats(-1, 3, width=32), st.sampled_from([math.nan, math.inf, -math.inf, 0.0]))
odd_points = st.lists(
    st.tuples(st.integers(0, LANDMARK_COUNT - 1), number, number, number, number), max_size=6
)
odd = st.tuples(
    st.sampled_from([0.0, 0.03, 0.1, 1.2, 5.0]),
    st.floats(0, 90),
    st.sampled_from([1.0, 0.0, 0.3, 3.0]),
    odd_points,
)


def odd_sample(t: float, yaw: float, size: float, points) -> PoseSample:
    sample = person(t, yaw=yaw, size=size)
    for i, x, y, visible, depth in points:
        sample.xy[i], sample.visibility[i], sample.world[i] = (x, y), visible, depth
    return sample


@given(st.lists(st.one_of(odd, odd, st.none()), max_size=12))
def test_what_is_seen_is_a_number_in_the_picture(recipes):
    tracker, t = Tracker("quadruped", ALL), 0.0
    for recipe in recipes:
        t += recipe[0] if recipe else 0.1
        sample = odd_sample(t, *recipe[1:]) if recipe else nobody(t)
        body = tracker.step(sample)
        assert body.t == sample.t
        assert body.someone == (body.why == "")
        assert body.view in ("", "side", "oblique", "front")
        assert body.near in ("", "left", "right")
        if not body.someone:
            assert not any(body.seen)
            continue
        assert math.isfinite(body.trunk)
        assert math.isfinite(body.span)
        for (x, y), seen in zip(body.points, body.seen, strict=True):
            assert not seen or (math.isfinite(x) and math.isfinite(y))
