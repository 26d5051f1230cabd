"""A camera that leans before a plain wall: what stands, and what bears on the floor, tells it."""

from __future__ import annotations

import math
from dataclasses import replace
from statistics import median

import numpy as np
import pytest
from pytest import approx

from coached import coached, stock
from formcoach.body import Body, Tracker
from formcoach.guide import LEVEL
from formcoach.landmarks import INDEX, LANDMARK_COUNT, PoseSample
from formcoach.leaning import (
    EVERY_S,
    FEWEST,
    LONG,
    SLOPING,
    SQUARE,
    TILTED,
    Leaning,
    floor_slope,
    upright_lean,
)
from formcoach.measures import landmarks_used
from puppet import perform

FLOOR = (
    "plank",
    "forearm-plank",
    "push-up",
    "bird-dog",
    "cat-cow",
    "bridge",
    "sit-up",
    "superman",
    "ankle-pump",
)
"""Exercises that begin with the body on the floor, from its one end to the other."""


def bodies(exercise: str, seconds: float = 2.5, **how: object) -> list[tuple[PoseSample, Body]]:
    """The beginning of a performance before a plain wall, and what is made of it."""
    spec = stock(exercise)
    samples = perform(exercise, fps=10, plain_wall=True, zoom=0.8, back=False, **how).samples
    tracker = Tracker(spec.position, landmarks_used(spec))
    return [(one, tracker.step(one)) for one in samples if one.t <= seconds]


def followed(leaning: Leaning, pairs: list[tuple[PoseSample, Body]], start: float = 0.0) -> bool:
    for sample, body in pairs:
        leaning.step(sample, body._replace(t=body.t + start))
    return leaning.leans


def slopes(exercise: str, **how: object) -> list[float]:
    """What each picture of the beginning tells of the floor, where one does."""
    found = [
        floor_slope(body.points, [value > 0.5 for value in sample.visibility], body.near, body.span)
        for sample, body in bodies(exercise, 4.0, **how)
    ]
    return [one for one in found if not math.isnan(one)]


@pytest.mark.parametrize("facing", ["left", "right"])
@pytest.mark.parametrize("roll", [-20, 0, 20])
@pytest.mark.parametrize("exercise", FLOOR)
def test_what_bears_on_the_floor_tells_the_lean(exercise: str, roll: float, facing: str) -> None:
    assert median(slopes(exercise, roll=roll, facing=facing)) == approx(roll, abs=4)


def test_somebody_who_stands_straight_tells_the_lean() -> None:
    for roll in (-12, 0, 12):
        sample, body = bodies("hip-hinge", 0.5, roll=roll)[-1]
        assert upright_lean(body, sample.aspect) == approx(roll, abs=3)


def test_feet_that_are_out_of_the_picture_tell_nothing() -> None:
    sample, body = bodies("hip-hinge", 0.5, roll=12, shift=(0.0, 0.3))[-1]
    assert math.isnan(upright_lean(body, sample.aspect))


@pytest.mark.parametrize("exercise", ["bent-over-row", "bridge", "plank"])
def test_nobody_stands_who_bends_or_lies(exercise: str) -> None:
    sample, body = bodies(exercise)[-1]
    assert math.isnan(upright_lean(body, sample.aspect))


def on_the_floor(**moved: tuple[float, float]) -> list[tuple[float, float]]:
    """Somebody who lies on their back, head to the left, the left side nearer."""
    along = {"shoulder": 0.5, "elbow": 0.6, "wrist": 0.75, "hip": 0.8}
    along |= {"knee": 1.1, "ankle": 1.35, "heel": 1.38, "foot_index": 1.38}
    points = [(0.45, 0.7)] * LANDMARK_COUNT
    for part, x in along.items():
        for side, y in (("left", 0.75), ("right", 0.73)):
            points[INDEX[f"{side}_{part}"]] = moved.get(f"{side}_{part}", (x, y))
    return points


EVERYTHING = [True] * LANDMARK_COUNT


def test_a_limb_that_is_lifted_is_no_floor() -> None:
    assert floor_slope(on_the_floor(), EVERYTHING, "left", 0.3) == approx(0, abs=5)
    knees = {f"{side}_knee": (1.05, 0.62) for side in ("left", "right")}
    feet = {f"{s}_{part}": (1.3, 0.5) for s in ("left", "right") for part in ("ankle", "heel", "foot_index")}
    assert math.isnan(floor_slope(on_the_floor(**knees, **feet), EVERYTHING, "left", 0.3))


def test_what_is_lowest_must_be_of_the_near_side() -> None:
    far_foot_lower = on_the_floor(right_heel=(1.38, 0.85))
    assert math.isnan(floor_slope(far_foot_lower, EVERYTHING, "left", 0.3))
    hidden = [i != INDEX["right_heel"] for i in range(LANDMARK_COUNT)]
    assert floor_slope(far_foot_lower, hidden, "left", 0.3) == approx(0, abs=5)


def test_a_foot_alone_is_too_short_to_tell() -> None:
    assert slopes("squat", roll=20) == []
    assert math.isnan(floor_slope(on_the_floor(), EVERYTHING, "left", 0.9 / LONG))
    assert math.isnan(floor_slope(on_the_floor(), [False] * LANDMARK_COUNT, "left", 0.3))


def test_one_moment_is_not_believed() -> None:
    leaning, pairs = Leaning(stock("cat-cow")), bodies("cat-cow", 3.0, roll=20)
    told = [leaning.step(sample, body) for sample, body in pairs]
    assert sum(told[: round(10 * EVERY_S * (FEWEST - 1))]) == 0
    assert all(told[round(10 * EVERY_S * FEWEST) + 1 :])


@pytest.mark.parametrize(("exercise", "bound"), [("plank", SLOPING), ("hip-hinge", TILTED)])
def test_only_a_lean_beyond_what_people_show_by_themselves(exercise: str, bound: float) -> None:
    for roll in (-1, 1):
        assert not followed(Leaning(stock(exercise)), bodies(exercise, 3.0, roll=roll * (bound - 4)))
        assert followed(Leaning(stock(exercise)), bodies(exercise, 3.0, roll=roll * (bound + 4)))


def test_who_leans_on_a_wall_is_not_upright() -> None:
    pairs = bodies("hip-hinge", 2.0, roll=12)
    assert followed(Leaning(stock("hip-hinge")), pairs)
    assert not followed(Leaning(stock("wall-squat")), pairs)


def test_a_camera_that_is_set_level_leans_no_longer() -> None:
    leaning = Leaning(stock("plank"))
    assert followed(leaning, bodies("plank", 3.0, roll=20))
    assert not followed(leaning, bodies("plank", 6.0, hold_s=6), start=10.0)


def test_who_is_turned_does_not_tell() -> None:
    assert not followed(Leaning(stock("plank")), bodies("plank", 3.0, roll=20, yaw=SQUARE + 5))


def test_where_the_room_tells_the_person_need_not() -> None:
    leaning, pairs = Leaning(stock("plank")), bodies("plank", 3.0, roll=20)
    assert followed(leaning, pairs)
    assert not followed(leaning, [(sample, body._replace(knows_level=True)) for sample, body in pairs], 10.0)


def test_somebody_else_begins_anew() -> None:
    leaning, pairs = Leaning(stock("plank")), bodies("plank", 3.0, roll=20)
    assert followed(leaning, pairs)
    sample, body = pairs[-1]
    assert not leaning.step(sample, body._replace(t=20.0, new=True))


def test_a_picture_without_any_depth_tells_nothing() -> None:
    samples = [replace(sample, world=None) for sample, _ in bodies("plank", 3.0, roll=20)]
    tracker = Tracker("prone", frozenset(range(LANDMARK_COUNT)))
    assert not followed(Leaning(stock("plank")), [(one, tracker.step(one)) for one in samples])


@pytest.mark.parametrize("exercise", ["plank", "superman", "lunge"])
def test_what_hangs_on_the_floor_is_not_judged_by_a_camera_that_leans(exercise: str) -> None:
    leaning = coached(exercise, roll=18, plain_wall=True, zoom=0.8)
    level = coached(exercise, plain_wall=True, zoom=0.8)
    assert LEVEL not in level.said
    assert "set the camera level" not in str(level.report.unjudged_s)
    assert "set the camera level" in str(leaning.report.as_dict()["unseen"])


def test_it_is_said_between_two_repetitions_too() -> None:
    """Whoever stands ready when the session begins is never in set-up."""
    outcome = coached("hip-hinge", reps=2, roll=12, plain_wall=True, rest_s=3)
    assert LEVEL in outcome.said
    assert outcome.counts == {"": 2}


def test_nothing_is_asked_of_points_that_are_nowhere() -> None:
    sample, body = bodies("plank")[-1]
    nowhere = replace(sample, xy=np.full_like(sample.xy, np.nan))
    points = [(math.nan, math.nan)] * LANDMARK_COUNT
    assert not followed(
        Leaning(stock("plank")), [(nowhere, body._replace(points=points, t=i / 5)) for i in range(9)]
    )
