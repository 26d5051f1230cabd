"""Postures face down: lying, supermen with both sides or one, chest lifts and press-ups."""

from __future__ import annotations

import math

from formcoach.landmarks import OTHER_SIDE
from puppet.figure import CLEARANCE, Figure, Posture, ankle_above_toes, posture, third_side, two_bones
from puppet.script import SAME_SIDE_TWICE, THROWN
from puppet.ways import bent_limb, one_side

_FOOT = -140.0
"""Direction of a foot that lies on its toes, half pointed."""
_OVERHEAD = 0.08
"""Metres by which arms ahead take the shoulders along: people's are 0.24 trunk lengths from the ears."""

SUPERMAN = {"trunk": 13.0, "neck": 16.0, "arm": 13.0, "elbow": 172.0, "leg": 17.0, "knee": 170.0, "bow": 0.0}
"""Lifted, + = above level: a woman on video has trunk 12 to 17, arms 8 to 20 and legs 14 to 21."""
ALTERNATING = SUPERMAN | {"trunk": 4.0, "hips": 0.0}
"""`hips`: degrees by which the resting thigh slopes down from hips that have left the floor."""
CHEST_LIFT = {"trunk": 20.0, "neck": 10.0, "leg": -3.0, "knee": 176.0}
PRESS_UP = {"hips": 6.0, "elbow": 170.0, "chest": 0.857, "neck": 8.0, "bow": 0.0, "shrug": 0.0}
"""`hips`: degrees that the thighs slope down from them, 6 = lying; `chest`: arm lengths above the floor."""

_SUPERMAN: dict[str, dict[str, float]] = {
    "shallow": {"trunk": 3.0, "arm": -1.0, "leg": 5.0},
    "knee_bent": {"leg": 24.0, "knee": 118.0},
    "elbow_bent": {"elbow": 115.0},
    "head_up": {"neck": 65.0},
    "trunk_too_high": {"trunk": 46.0, "arm": 40.0},
    "legs_too_high": {"leg": 46.0},
    "legs_stay": {"leg": -3.0, "knee": 176.0},
    "arms_stay": {"trunk": 1.0, "arm": -9.0},
}
_ALTERNATING: dict[str, dict[str, float]] = {
    "shallow": {"trunk": 1.0, "arm": 4.0, "leg": 6.3},
    "knee_bent": {"leg": 24.0, "knee": 118.0},
    "hips_lift": {"hips": 20.0, "leg": 17.0, "trunk": -2.0},
    "limb_too_high": {"leg": 46.0},
    "head_up": {"neck": 65.0},
}
_CHEST_LIFT: dict[str, dict[str, float]] = {
    "shallow": {"trunk": 12.2},
    "trunk_too_high": {"trunk": 50.0},
    "legs_lift": {"leg": 17.0, "knee": 170.0},
    "head_up": {"neck": 65.0},
    "hands_push": {"trunk": 24.0},
}
_PRESS_UP: dict[str, dict[str, float]] = {
    "hips_lift": {"hips": 21.0, "chest": 0.974},
    "elbow_bent": {"elbow": 112.0, "chest": 0.779},
    "head_up": {"neck": 75.0},
    "shoulders_up": {"shrug": 0.12},
}
ON_ELBOWS = {"hips": 6.0, "upper_arm": -90.0, "forearm": 0.0, "neck": 8.0, "bow": 0.0, "shrug": 0.0}
_ON_ELBOWS: dict[str, dict[str, float]] = {
    "hips_lift": {"hips": 20.0},
    "head_up": {"neck": 75.0},
    "shoulders_up": {"shrug": 0.13},
    "shoulders_ahead": {"upper_arm": -123.0},
    "shoulders_behind": {"upper_arm": -57.0},
}

SUPERMAN_FAULTS = frozenset((*_SUPERMAN, THROWN))
ALTERNATING_FAULTS = frozenset(
    (*_ALTERNATING, "same_side", "arm_stays", "leg_stays", "all_four", SAME_SIDE_TWICE)
)
CHEST_LIFT_FAULTS = frozenset((*_CHEST_LIFT, THROWN))
ON_ELBOWS_FAULTS = frozenset(_ON_ELBOWS)
PRESS_UP_FAULTS = frozenset(_PRESS_UP)


def prone(figure: Figure, arms: str = "ahead") -> Posture:
    """Flat on the floor, face down; arms `ahead`, along the `sides`, or hands `below` the shoulders."""
    trunk = math.degrees(math.asin((CLEARANCE["shoulder"] - CLEARANCE["hip"]) / figure.trunk))
    body = posture(trunk=trunk, head=trunk + 11.0, gaze=-66.0, foot=_FOOT, **_lying_leg(figure, 0.0))
    if arms == "sides":
        return posture(body, **_arms_along(figure, trunk))
    if arms == "below":
        return posture(body, **_hands_below(figure, trunk))
    down = math.degrees(math.asin((CLEARANCE["wrist"] - CLEARANCE["shoulder"]) / figure.arm))
    return posture(body, shrug=_OVERHEAD, **bent_limb(figure, "arm", down, 172.0), hand=0.0)


def _lying_leg(figure: Figure, hips: float) -> dict[str, float]:
    """A leg that lies on the floor from the knee on, the hips `hips` metres off it."""
    thigh = math.degrees(math.asin((CLEARANCE["hip"] + hips - CLEARANCE["knee"]) / figure.thigh))
    ankle = CLEARANCE["foot_index"] + ankle_above_toes(_FOOT)
    shank = math.degrees(math.asin((CLEARANCE["knee"] - ankle) / figure.shank))
    return {"thigh": -180.0 + thigh, "shank": -180.0 + shank}


def _arms_along(figure: Figure, trunk: float) -> dict[str, float]:
    """Arms along the sides, the hands just off the floor beside the hips."""
    rise = CLEARANCE["hip"] + figure.trunk * math.sin(math.radians(trunk)) - CLEARANCE["wrist"] - 0.02
    arm = -180.0 + math.degrees(math.asin(rise / figure.arm))
    return {"upper_arm": arm, "forearm": arm, "hand": -180.0, "arm_out": 8.0}


def _hands_below(figure: Figure, trunk: float) -> dict[str, float]:
    """Palms on the floor beside the chest, elbows pointing back."""
    down = CLEARANCE["wrist"] - CLEARANCE["hip"] - figure.trunk * math.sin(math.radians(trunk))
    upper, fore = two_bones(-0.1, down, figure.upper_arm, figure.forearm, bend=-1)
    return {"upper_arm": upper, "forearm": fore, "hand": 0.0}


def superman(figure: Figure, faults: tuple[str, ...]) -> Posture:
    """Both arms and both legs off the floor."""
    way = _way(SUPERMAN, _SUPERMAN, faults)
    body = posture(prone(figure), trunk=way["trunk"], head=way["trunk"] + way["neck"], bow=way["bow"])
    arms = bent_limb(figure, "arm", way["arm"], way["elbow"])
    body = posture(body, **arms, hand=arms["forearm"])
    if "legs_stay" in faults:
        return body
    return posture(body, **_lifted_leg(figure, way))


def alternating_superman(figure: Figure, side: str, faults: tuple[str, ...]) -> Posture:
    """The leg of `side` and the other arm off the floor."""
    way = _way(ALTERNATING, _ALTERNATING, faults)
    hips = figure.thigh * math.sin(math.radians(way["hips"]))
    body = posture(prone(figure), trunk=way["trunk"], head=way["trunk"] + way["neck"])
    body = posture(body, **_lying_leg(figure, hips))
    rise = figure.trunk * math.sin(math.radians(way["trunk"])) + hips + CLEARANCE["hip"]
    down = math.degrees(math.asin((CLEARANCE["wrist"] - rise) / figure.arm))
    body = posture(body, **bent_limb(figure, "arm", down, 172.0))
    arm = bent_limb(figure, "arm", way["arm"] + 8.0, way["elbow"])
    lifted = {OTHER_SIDE[side]} if "same_side" not in faults else {side}
    lifted = set() if "arm_stays" in faults else {"left", "right"} if "all_four" in faults else lifted
    for arm_side in lifted:
        body = one_side(body, arm_side, {**arm, "hand": arm["forearm"]})
    legs = () if "leg_stays" in faults else ("left", "right") if "all_four" in faults else (side,)
    for leg_side in legs:
        body = one_side(body, leg_side, _lifted_leg(figure, way))
    return body


def chest_lift(figure: Figure, faults: tuple[str, ...]) -> Posture:
    """The chest off the floor, the arms along the sides."""
    way = _way(CHEST_LIFT, _CHEST_LIFT, faults)
    body = posture(prone(figure, "sides"), trunk=way["trunk"], head=way["trunk"] + way["neck"])
    arms = _hands_below if "hands_push" in faults else _arms_along
    body = posture(body, **arms(figure, way["trunk"]))
    return posture(body, **_lifted_leg(figure, way)) if "legs_lift" in faults else body


def press_up(figure: Figure, faults: tuple[str, ...]) -> Posture:
    """Propped up on the hands, the hips on the floor."""
    way = _way(PRESS_UP, _PRESS_UP, faults)
    hips = figure.thigh * math.sin(math.radians(way["hips"])) + CLEARANCE["knee"]
    chest = way["chest"] * figure.arm
    trunk = math.degrees(math.asin((chest - hips) / figure.trunk))
    reach = third_side(figure.upper_arm, figure.forearm, way["elbow"])
    down = CLEARANCE["wrist"] - chest
    arm = math.degrees(math.atan2(down, math.sqrt(max(0.0, reach**2 - down**2))))
    body = posture(prone(figure), trunk=trunk, head=trunk + way["neck"], bow=way["bow"])
    body = posture(body, **_lying_leg(figure, hips - CLEARANCE["hip"]))
    arms = bent_limb(figure, "arm", arm, way["elbow"])
    return posture(body, **arms, hand=0.0, shrug=way["shrug"])


def on_elbows(figure: Figure, faults: tuple[str, ...]) -> Posture:
    """Propped up on the forearms, the hips on the floor."""
    way = _way(ON_ELBOWS, _ON_ELBOWS, faults)
    hips = figure.thigh * math.sin(math.radians(way["hips"])) + CLEARANCE["knee"]
    chest = CLEARANCE["elbow"] - figure.upper_arm * math.sin(math.radians(way["upper_arm"]))
    trunk = math.degrees(math.asin((chest - hips) / figure.trunk))
    body = posture(prone(figure), trunk=trunk, head=trunk + way["neck"], bow=way["bow"], shrug=way["shrug"])
    body = posture(body, **_lying_leg(figure, hips - CLEARANCE["hip"]))
    return posture(body, upper_arm=way["upper_arm"], forearm=way["forearm"], hand=0.0)


def _way(
    clean: dict[str, float], wrong: dict[str, dict[str, float]], faults: tuple[str, ...]
) -> dict[str, float]:
    way = dict(clean)
    for fault in faults:
        way |= wrong.get(fault, {})
    return way


def _lifted_leg(figure: Figure, way: dict[str, float]) -> dict[str, float]:
    leg = bent_limb(figure, "leg", -180.0 - way["leg"], way["knee"])
    return {**leg, "foot": leg["shank"] + 40.0}
