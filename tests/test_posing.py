"""The posed figure is in the pose: by the spec's own measures, on the floor, with joints that people have."""

from __future__ import annotations

import numpy as np
import pytest
from pytest import approx

from coached import stock
from formcoach.landmarks import INDEX, SIDES
from formcoach.posing import Figure, is_judged, pose_figures, poses_drawn
from formcoach.postures import CLEARANCE, COLUMNS, FRONT, SIDE, limits, place
from formcoach.spec import Position, Spec
from formcoach.spec_file import list_specs, parse_spec
from small_specs import HOLD

IDS = [path.stem for path in list_specs()]
_POSED: dict[str, dict[str, Figure] | None] = {}


def posed(spec_id: str) -> tuple[Spec, dict[str, Figure]]:
    spec = stock(spec_id)
    if spec_id not in _POSED:
        _POSED[spec_id] = pose_figures(spec)
    figures = _POSED[spec_id]
    assert figures is not None, f"no figure can be brought into the poses of {spec_id}"
    return spec, figures


@pytest.mark.parametrize("spec_id", IDS)
def test_every_stock_exercise_has_a_figure_in_each_pose(spec_id: str) -> None:
    spec, figures = posed(spec_id)
    assert tuple(figures) == tuple(poses_drawn(spec))
    for pose, figure in figures.items():
        bounds = spec.poses.get("position", {}) | poses_drawn(spec)[pose]
        assert {
            name: figure.values[name]
            for name, box in bounds.items()
            if not box.holds(figure.values[name], 0.01)
        } == {}


@pytest.mark.parametrize("spec_id", IDS)
def test_no_figure_shows_a_fault(spec_id: str) -> None:
    spec, figures = posed(spec_id)
    for check in spec.checks.values():
        for pose, figure in figures.items():
            if pose != "start" and is_judged(spec, check, pose):
                assert check.good.holds(figure.values[check.measure], check.tolerance), check.name


@pytest.mark.parametrize("spec_id", IDS)
def test_every_figure_rests_on_the_floor_and_not_in_it(spec_id: str) -> None:
    _, figures = posed(spec_id)
    for figure in figures.values():
        above = {
            f"{side}_{part}": figure.points[INDEX[f"{side}_{part}"], 1] - figure.floor - clearance
            for side in SIDES
            for part, clearance in CLEARANCE.items()
        }
        assert min(above.values()) == pytest.approx(0.0, abs=0.05), min(above, key=above.__getitem__)


@pytest.mark.parametrize("spec_id", IDS)
def test_figures_do_the_same_again(spec_id: str) -> None:
    spec, figures = posed(spec_id)
    again = pose_figures(spec)
    assert again is not None
    assert all((again[pose].points == figure.points).all() for pose, figure in figures.items())


KICKBACK = """
format = 1
name = "Kickback"
about = "On all fours, push one heel up."
source = "General exercise"
kind = "repetitions"
camera = "side"
position = "quadruped"
sides = ["left", "right"]

[measures]
thigh = { slope = ["side.hip", "side.knee"] }
knee = { angle = ["side.hip", "side.knee", "side.ankle"] }

[poses]
start = { thigh = [-90, -60] }
work = { thigh = [-25, 15], knee = [60, 120] }
missed = "Lift your knee to hip height"
"""


def test_the_sides_differ_where_a_side_has_its_turn() -> None:
    points = posed("bird-dog")[1]["work"].points
    lifted, resting = points[INDEX["right_ankle"]], points[INDEX["left_ankle"]]
    assert lifted[1] > resting[1] + 0.2
    assert points[INDEX["left_wrist"], 1] > points[INDEX["right_wrist"], 1] + 0.2


def test_what_bears_stays_on_its_spot() -> None:
    figures = posed("bird-dog")[1]
    spots = [f.points[INDEX["right_wrist"]] - f.points[INDEX["left_knee"]] for f in figures.values()]
    assert spots[0] == pytest.approx(spots[1], abs=0.05)


def test_a_leg_lifted_on_all_fours_leaves_both_hands_on_the_floor() -> None:
    figures = pose_figures(parse_spec(KICKBACK, "kickback.toml"))
    assert figures is not None
    wrists = figures["work"].points[[INDEX["left_wrist"], INDEX["right_wrist"]], 1]
    assert wrists - CLEARANCE["wrist"] == approx(figures["work"].floor, abs=0.03)


def test_a_cat_is_rounded_and_a_cow_is_not() -> None:
    figures = posed("cat-cow")[1]
    assert figures["start"].bow < -0.01
    assert figures["work"].bow > 0.045


def test_knees_roll_away_and_towards_whoever_looks() -> None:
    away, chest, camera = posed("knee-rolls")[1].values()
    near, far, hip = (INDEX[name] for name in ("right_knee", "left_knee", "right_hip"))
    assert away.points[near, 1] > away.points[far, 1] + 0.15
    assert camera.points[far, 1] > camera.points[near, 1] + 0.15
    assert chest.points[near, 1] == pytest.approx(chest.points[far, 1], abs=0.01)
    long, short = (np.linalg.norm((one.points[near] - one.points[hip])[:2]) for one in (chest, away))
    assert short < 0.5 * long


def test_a_chest_turns_towards_whoever_looks_and_the_hips_do_not() -> None:
    start, work = posed("thoracic-twist")[1].values()
    shoulder, other, hip, elbow = (
        INDEX[name] for name in ("right_shoulder", "left_shoulder", "right_hip", "right_elbow")
    )
    assert start.points[shoulder] - start.points[other] == approx(np.array([0, 0, 0.34]), abs=0.01)
    assert work.points[shoulder, 1] > work.points[other, 1] + 0.2
    assert work.points[elbow, 1] > work.points[shoulder, 1] + 0.2
    assert work.points[hip] == approx(start.points[hip], abs=0.01)


def test_hands_go_where_the_chest_turns() -> None:
    start, work = posed("band-rotation")[1].values()
    hands = [INDEX["right_wrist"], INDEX["left_wrist"]]
    assert start.points[hands, 0].mean() == approx(0.0, abs=0.02)
    assert start.points[hands, 2].min() > 0.3
    assert work.points[hands, 0].mean() < -0.2  # its right is on the left


def test_an_ankle_crosses_the_other_knee() -> None:
    (held,) = posed("piriformis-stretch")[1].values()
    ankle, knee, other = (held.points[INDEX[name]] for name in ("right_ankle", "right_knee", "left_knee"))
    assert np.linalg.norm(ankle - other) < 0.2
    assert np.linalg.norm(ankle - knee) == approx(0.40)
    assert knee[2] > ankle[2] + 0.3


def test_a_small_spec_can_be_posed_too() -> None:
    assert pose_figures(parse_spec(HOLD, "plank.toml")) is not None


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("work = { hips = [-8, 26]", "work = { hips = [-120, -100]"),  # folded over backwards
        ('"prone"', '"side-lying"'),  # from its side: one leg hides the other
    ],
)
def test_what_no_body_can_do_is_not_drawn(was: str, now: str) -> None:
    assert was in HOLD
    assert pose_figures(parse_spec(HOLD.replace(was, now), "plank.toml")) is None


def all_postures() -> list[tuple[Position, bool, int]]:
    return [
        (position, front, number)
        for front, table in ((False, SIDE), (True, FRONT))
        for position, postures in table.items()
        for number in range(len(postures))
    ]


@pytest.mark.parametrize(("position", "front", "number"), all_postures())
def test_every_posture_to_set_out_from_is_one_that_people_can_be_in(
    position: Position, front: bool, number: int
) -> None:
    rest = (FRONT if front else SIDE)[position][number]
    angle = dict(zip(COLUMNS, rest.angles.tolist(), strict=True))
    for one, other, low, high in limits(front, rest):
        assert low <= angle[one] - angle.get(other, 0.0) <= high, one
    points = place(rest, front)
    assert np.isfinite(points).all()
    heights = [points[INDEX[name], 1] - CLEARANCE[name.partition("_")[2]] for name in rest.contacts]
    assert np.ptp(heights) < 0.2  # the solver brings them onto one floor
