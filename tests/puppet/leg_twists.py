"""Leg twists: on the back, both bent knees sink to one side."""

from __future__ import annotations

from puppet.figure import Posture, posture
from puppet.script import Programme, Script, TrueFault, TrueRep
from puppet.ways import one_side

CLEAN = {"pelvis": 68.0, "chest": 4.0, "spread": 0.0}
"""Degrees that pelvis and chest are turned to the side; that the upper knee is lifted off the lower one."""

_WRONG: dict[str, dict[str, float]] = {
    "shallow": {"pelvis": 14.0, "chest": 0.0},
    "shoulder_lifted": {"chest": 32.0},
    "knees_apart": {"spread": 34.0},
}
LEG_TWIST_FAULTS = frozenset(_WRONG)

_ON_THE_BACK = posture(
    trunk=-180,
    head=-178,
    gaze=95,
    thigh=56,
    shank=-58,
    foot=-2,
    upper_arm=-180,
    forearm=-180,
    hand=-180,
    arm_out=80,
    leg_out=-6,
)


def perform_leg_twist(script: Script, programme: Programme) -> None:
    """The knees sink to a side, stay there, and come back."""
    move = programme.move_s or 1.5
    rest = 1.2 if programme.rest_s is None else programme.rest_s
    hold = 3.0 if programme.hold_s is None else programme.hold_s
    if script.keyframes:
        script.to(_ON_THE_BACK, 2.0, "left_hip")
    else:
        script.begin(_ON_THE_BACK)
    script.stay(rest)
    for number, side in enumerate(programme.sides(usual=3), 1):
        faults = programme.faults_of(number)
        began = script.now
        script.to(leg_twist(side, faults), move, "left_shoulder")
        arrived = script.now
        script.stay(hold)
        left = script.now
        script.to(_ON_THE_BACK, move, "left_shoulder")
        script.reps.append(TrueRep(side, began, (arrived + left) / 2, script.now, (arrived, left), faults))
        script.faults.extend(TrueFault(fault, arrived, left) for fault in faults)
        script.stay(rest)


def leg_twist(side: str, faults: tuple[str, ...]) -> Posture:
    """The knees sunk to a side. The whole body rolls there, and the chest turns back."""
    way = dict(CLEAN)
    for fault in faults:
        way |= _WRONG[fault]
    right = 1.0 if side == "right" else -1.0
    body = posture(_ON_THE_BACK, roll=right * way["pelvis"], twist=right * (way["pelvis"] - way["chest"]))
    upper = "left" if side == "right" else "right"
    return one_side(body, upper, {"leg_out": _ON_THE_BACK["left_leg_out"] + way["spread"]})
