"""Postures that exercises share, and the ways between them: walking, kneeling down, getting up."""

from __future__ import annotations

import math
from collections.abc import Mapping

from formcoach.landmarks import OTHER_SIDE
from puppet.figure import (
    CLEARANCE,
    Figure,
    Posture,
    ankle_above_toes,
    posture,
    third_side,
    two_bones,
    wrap,
)
from puppet.script import Script

STEP_S = 0.55
STEP_M = 0.55
"""A step's time and length, about."""

TUCKED = -100.0
"""Direction of a foot whose toes are tucked under while the knee is on the floor."""

STANDING = posture(
    trunk=88,
    head=75,
    thigh=-88,
    shank=-92,
    foot=0,
    upper_arm=-93,
    forearm=-84,
    hand=-82,
    palm=90,
    leg_out=2,
    arm_out=6,
)
_STRIDE = posture(STANDING, trunk=86, hand=-75)
_FRONT = {"thigh": -67, "shank": -80, "foot": 12, "upper_arm": -112, "forearm": -96}
_BACK = {"thigh": -104, "shank": -122, "foot": -42, "upper_arm": -74, "forearm": -52}
_SWING = {"thigh": -72, "shank": -138, "foot": -48}
_STANCE = {"thigh": -89, "shank": -93, "foot": 0}


def one_side(base: Posture, side: str, segments: Mapping[str, float]) -> Posture:
    """Changes the limbs of one side."""
    return posture(base, **{f"{side}_{name}": value for name, value in segments.items()})


def bent_limb(figure: Figure, limb: str, direction: float, joint: float) -> dict[str, float]:
    """A whole leg or arm in `direction`, its knee or elbow bent to `joint` degrees (180 = straight)."""
    names = ("thigh", "shank") if limb == "leg" else ("upper_arm", "forearm")
    first, second = getattr(figure, names[0]), getattr(figure, names[1])
    reach = third_side(first, second, joint)
    angle = math.radians(direction)
    # Knees bend forwards of the leg, elbows backwards of the arm.
    bend = 1 if limb == "leg" else -1
    upper, lower = two_bones(reach * math.cos(angle), reach * math.sin(angle), first, second, bend)
    return {names[0]: upper, names[1]: lower}


def all_fours(
    figure: Figure,
    hips: float = 0.0,
    fingertips: float = 0.0,
    elbow: float = 172.0,
    neck: float = -5.0,
    hands: float = 0.0,
) -> Posture:
    """Hands and knees, toes tucked under.

    Args:
        figure: the person.
        hips: metres, at the usual length of leg, that the hips have moved ahead of where they belong; hands
            and knees stay.
        fingertips: metres that the wrists have risen, the fingertips staying down.
        elbow: of both arms; 172 = straight.
        neck: the neck's direction against the trunk's.
        hands: metres that the hands are put ahead of where they belong.
    """
    behind = figure.thigh * math.cos(math.radians(88.0))
    height = _hip_height(figure, behind)
    chest = figure.arm + CLEARANCE["wrist"]
    wrist = math.sqrt(figure.trunk**2 - (chest - height) ** 2) - behind + 0.02 + hands  # ahead of the knees
    behind -= hips * figure.legs
    height = _hip_height(figure, behind)
    arm = third_side(figure.upper_arm, figure.forearm, elbow)
    up = CLEARANCE["wrist"] + fingertips - height
    trunk, whole_arm = two_bones(wrist + behind, up, figure.trunk, arm, bend=1)
    return posture(
        trunk=trunk,
        head=trunk + neck,
        thigh=wrap(math.degrees(math.atan2(CLEARANCE["knee"] - height, behind))),
        shank=_kneeling_shank(figure),
        foot=TUCKED,
        hand=-70.0 if fingertips else 0.0,
        **bent_limb(figure, "arm", whole_arm, elbow),
    )


def leg_back(figure: Figure, hips: float, knee: float = 174.0, foot: float = -65.0) -> dict[str, float]:
    """A leg stretched out behind, its toes on the floor, under hips of a height in metres."""
    reach = third_side(figure.thigh, figure.shank, knee)
    down = (hips - CLEARANCE["foot_index"] - ankle_above_toes(foot)) / reach
    direction = -180.0 + math.degrees(math.asin(min(1.0, down)))
    return {**bent_limb(figure, "leg", direction, knee), "foot": foot}


def _hip_height(figure: Figure, behind: float) -> float:
    """Above the floor, kneeling with the hips `behind` the knees, metres."""
    return CLEARANCE["knee"] + math.sqrt(figure.thigh**2 - behind**2)


def _kneeling_shank(figure: Figure) -> float:
    rise = CLEARANCE["foot_index"] + ankle_above_toes(TUCKED) - CLEARANCE["knee"]
    return -180.0 - math.degrees(math.asin(rise / figure.shank))


def walk(script: Script, metres: float, arrive: bool) -> None:
    """Walks: in from a stride to standing, or from standing on and on."""
    steps = max(2, round(metres / STEP_M))
    front = "left"
    if arrive:
        script.begin(_contact(front))
    else:
        script.to(_contact(front), STEP_S, f"{OTHER_SIDE[front]}_foot_index")
    for step in range(steps):
        stance, front = front, OTHER_SIDE[front]
        passing = one_side(one_side(_STRIDE, stance, _STANCE), front, _SWING)
        script.to(passing, STEP_S / 2, f"{stance}_foot_index")
        last = arrive and step == steps - 1
        script.to(STANDING if last else _contact(front), STEP_S / 2, f"{stance}_foot_index")


def _contact(front: str) -> Posture:
    return one_side(one_side(_STRIDE, front, _FRONT), OTHER_SIDE[front], _BACK)


def kneel_down(script: Script) -> None:
    """From standing through one knee and both knees onto all fours."""
    half, tall = kneeling(script.figure)
    script.to(half, 1.2, "left_foot_index")
    script.to(tall, 0.8, "right_knee")
    script.to(all_fours(script.figure), 1.3, "right_knee")


def get_up(script: Script) -> None:
    """From all fours through both knees and one knee up to standing."""
    half, tall = kneeling(script.figure)
    script.to(tall, 1.2, "right_knee")
    script.to(half, 0.8, "right_knee")
    script.to(STANDING, 1.2, "left_foot_index")


def kneeling(figure: Figure) -> tuple[Posture, Posture]:
    """On one knee, the left foot in front, and on both knees, upright."""
    tall = posture(
        STANDING, trunk=85, thigh=-91, shank=_kneeling_shank(figure), foot=TUCKED, upper_arm=-80, forearm=-60
    )
    half = one_side(posture(tall, trunk=75, head=62), "left", {"thigh": 0, "shank": -92, "foot": 0})
    return half, tall


def come_in(script: Script, metres: float, onto_all_fours: bool) -> None:
    """Walks into the picture and, where wanted, gets down on hands and knees."""
    walk(script, metres, arrive=True)
    script.stay(0.5)
    if onto_all_fours:
        kneel_down(script)


def go_away(script: Script, metres: float, from_all_fours: bool) -> None:
    """Gets up, where needed, and walks on out of the picture."""
    if from_all_fours:
        get_up(script)
    script.stay(0.3)
    walk(script, metres, arrive=False)
