"""The puppet's limbs get to where they are sent, whatever has turned, and stay as long as they are."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcoach.landmarks import OTHER_SIDE
from puppet.figure import Figure, Posture, posture
from puppet.reaching import arm_to, landmark, leg_to
from puppet.supine import on_the_back
from puppet.ways import one_side

FIGURE = Figure()
SIDES = st.sampled_from(("left", "right"))
TURNED = st.fixed_dictionaries(
    {name: st.floats(-80, 80) for name in ("pelvis", "twist", "lean", "hip_turn", "roll")}
)
WAYS = st.tuples(*[st.floats(-1, 1)] * 3).filter(lambda way: np.linalg.norm(way) > 0.1)


def unit(way: tuple[float, float, float]) -> np.ndarray:
    return np.array(way) / np.linalg.norm(way)


def lengths(body: Posture, *names: str) -> list[float]:
    places = [landmark(FIGURE, body, name) for name in names]
    return [float(np.linalg.norm(b - a)) for a, b in pairwise(places)]


@given(SIDES, TURNED, WAYS, WAYS, st.floats(0.1, 0.8))
def test_an_ankle_gets_to_its_place(side, turned, way, knee, far) -> None:
    body = posture(on_the_back(FIGURE), **turned)
    place = landmark(FIGURE, body, f"{side}_hip") + far * unit(way)
    body = one_side(body, side, leg_to(FIGURE, body, side, place, _off(knee, way)))
    assert landmark(FIGURE, body, f"{side}_ankle") == pytest.approx(place, abs=1e-3)
    assert lengths(body, f"{side}_hip", f"{side}_knee", f"{side}_ankle") == pytest.approx([0.42, 0.40])


@given(SIDES, TURNED, WAYS, WAYS, st.floats(0.05, 0.5))
def test_a_wrist_gets_to_its_place(side, turned, way, elbow, far) -> None:
    body = posture(on_the_back(FIGURE), **turned)
    place = landmark(FIGURE, body, f"{side}_shoulder") + far * unit(way)
    body = one_side(body, side, arm_to(FIGURE, body, side, place, _off(elbow, way)))
    assert landmark(FIGURE, body, f"{side}_wrist") == pytest.approx(place, abs=1e-3)


def _off(bend: tuple[float, float, float], way: tuple[float, float, float]) -> tuple[float, float, float]:
    """A way to bend to that is not the way to go."""
    across = np.cross(unit(way), unit(bend))
    return bend if np.linalg.norm(across) > 0.1 else (bend[1], bend[2] + 1.0, -bend[0])


def test_what_is_out_of_reach_is_reached_for() -> None:
    body = on_the_back(FIGURE)
    hip = landmark(FIGURE, body, "left_hip")
    far_above = hip + np.array([0.0, 5.0, 0.0])
    body = one_side(body, "left", leg_to(FIGURE, body, "left", far_above, (1.0, 0.0, 0.0)))
    assert landmark(FIGURE, body, "left_ankle")[1] - hip[1] == pytest.approx(0.82, abs=0.005)


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_thigh_that_turns_outwards_lays_the_shank_across_the_other_one(side: str) -> None:
    sitting = {"thigh": 0.0, "shank": -90.0, "foot": 0.0}
    body = one_side(posture(trunk=90), side, {**sitting, "thigh_turn": 90.0})
    knee, ankle = (landmark(FIGURE, body, f"{side}_{part}") for part in ("knee", "ankle"))
    towards_other = np.sign(landmark(FIGURE, body, f"{OTHER_SIDE[side]}_hip")[2])
    assert ankle - knee == pytest.approx([0.0, 0.0, 0.40 * towards_other], abs=1e-9)
    still = one_side(posture(trunk=90), side, sitting)
    assert lengths(body, *(f"{side}_{part}" for part in ("knee", "ankle", "heel", "foot_index"))) == (
        pytest.approx(lengths(still, *(f"{side}_{part}" for part in ("knee", "ankle", "heel", "foot_index"))))
    )


def test_a_pelvis_turns_the_legs_and_nothing_above() -> None:
    still, turned = (posture(trunk=180, thigh=90, pelvis=pelvis) for pelvis in (0.0, 90.0))
    for name in ("left_shoulder", "right_wrist", "nose"):
        assert landmark(FIGURE, turned, name) == pytest.approx(landmark(FIGURE, still, name))
    assert landmark(FIGURE, turned, "left_hip") == pytest.approx([0.0, -FIGURE.hips, 0.0], abs=1e-9)
    assert landmark(FIGURE, turned, "right_knee") == pytest.approx([0.0, FIGURE.hips, -0.42], abs=1e-9)
