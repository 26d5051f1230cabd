"""Bird-dogs."""

from __future__ import annotations

from formcoach.landmarks import OTHER_SIDE
from puppet.figure import Figure, Posture, posture
from puppet.script import Programme, Script, TrueFault, TrueRep
from puppet.ways import all_fours, bent_limb, one_side

CLEAN = {"leg": 2.0, "knee": 168.0, "arm": -8.0, "elbow": 172.0}
"""Slopes of the lifted limbs, + = above level. On video people have legs from -1 to +5, knees from 143
to 161 and arms from -23 to -12; straighter ones are taught."""

_WRONG: dict[str, dict[str, float]] = {
    "leg_low": {"leg": -16.0},
    "arm_low": {"arm": -32.0},
    "arm_high": {"arm": 42.0},
    "limb_too_high": {"leg": 25.0, "bow": -0.06},
    "shallow": {"leg": -25.0},
    "knee_bent": {"knee": 130.0},
    "elbow_bent": {"elbow": 130.0},
    "head_up": {"neck": 45.0},
    "head_dropped": {"neck": -50.0},
    "rounded": {"bow": 0.2},
    "arched": {"bow": -0.18},
}
_SUPPORT: dict[str, dict[str, float]] = {
    "torso_tilt": {"fingertips": 0.135},
    "torso_drop": {"elbow": 92.0},
    "hips_drift": {"hips": -0.16},
    "hips_ahead": {"hips": 0.15},
}
BIRD_DOG_FAULTS = frozenset((*_WRONG, *_SUPPORT, "same_side", "arm_stays", "leg_stays", "all_four"))

_PRONE = posture(
    trunk=2, head=6, thigh=-176, shank=-181, foot=-178, upper_arm=-2, forearm=-4, hand=-4, gaze=-60
)
_SUPERMAN = posture(
    _PRONE, trunk=8, head=14, thigh=-189, shank=-191, foot=-190, upper_arm=10, forearm=10, hand=10
)


def perform_bird_dog(script: Script, programme: Programme) -> None:
    """On all fours one arm and the opposite leg reach out, stay, and come back."""
    move = programme.move_s or 1.4
    rest = 1.2 if programme.rest_s is None else programme.rest_s
    hold = 3.0 if programme.hold_s is None else programme.hold_s
    start_posture = all_fours(script.figure)
    if not script.keyframes:
        script.begin(start_posture)
    script.stay(rest)
    for number, side in enumerate(programme.sides(usual=3), 1):
        faults = programme.faults_of(number)
        anchor = f"{OTHER_SIDE[side]}_knee"
        start = script.now
        if "all_four" in faults:
            script.to(_PRONE, move, "left_wrist")
            script.to(_SUPERMAN, move, "left_hip")
        else:
            script.to(reach(script.figure, side, faults), move, anchor)
        arrived = script.now
        script.stay(hold)
        left = script.now
        if "all_four" in faults:
            script.to(_PRONE, move, "left_hip")
        script.to(start_posture, move, "left_wrist" if "all_four" in faults else anchor)
        script.reps.append(TrueRep(side, start, (arrived + left) / 2, script.now, (arrived, left), faults))
        script.faults.extend(TrueFault(fault, arrived, left) for fault in faults)
        script.stay(rest)


def reach(figure: Figure, side: str, faults: tuple[str, ...]) -> Posture:
    """The leg of `side` and the other arm reaching out, standing on the other two."""
    way = {**CLEAN, "bow": 0.0, "neck": -5.0}
    support: dict[str, float] = {}
    for fault in faults:
        way |= _WRONG.get(fault, {})
        support |= _SUPPORT.get(fault, {})
    other = OTHER_SIDE[side]
    arm_side = side if "same_side" in faults else other
    body = all_fours(figure, neck=way["neck"], **support)
    body = posture(body, bow=way["bow"])
    if "leg_stays" not in faults:
        leg = bent_limb(figure, "leg", -180.0 - way["leg"], way["knee"])
        body = one_side(body, side, {**leg, "foot": -105.0})
    if "arm_stays" not in faults:
        arm = bent_limb(figure, "arm", way["arm"], way["elbow"])
        body = one_side(body, arm_side, {**arm, "hand": arm["forearm"], "palm": 70.0})
    return body
