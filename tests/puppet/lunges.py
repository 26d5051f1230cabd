"""Lunges, and the stretch of the hip on one knee."""

from __future__ import annotations

import math

from formcoach.landmarks import OTHER_SIDE
from puppet.figure import CLEARANCE, Figure, Posture, ankle_above_toes, posture, two_bones
from puppet.repeating import Repeating, changed, repeat
from puppet.script import Hold, Programme, Script, TrueFault
from puppet.ways import STANDING, kneeling, one_side

FRONT = {"thigh": -6.0, "shank": -98.0, "foot": 0.0}
BACK = {"thigh": -91.0, "shank": -189.0, "foot": -75.0}
"""People's own on video: front thigh 6 below to 3 above level, back knee 63 to 85, trunk 84 to 90."""

_STEPPED = ({"thigh": -60.0, "shank": -76.0, "foot": 10.0}, {"thigh": -106.0, "shank": -122.0, "foot": -42.0})
_WRONG_FRONT: dict[str, dict[str, float]] = {
    "shallow": {"thigh": -47.0, "shank": -86.0},
    "not_low": {"thigh": -33.0, "shank": -93.0},
    "knee_forward": {"thigh": -18.0, "shank": -137.0},
    "heels_lift": {"foot": -30.0},
    "back_knee_straight": {"thigh": -15.0},
}
_WRONG_BACK: dict[str, dict[str, float]] = {
    "shallow": {"thigh": -102.0, "shank": -150.0},
    "not_low": {"thigh": -98.0, "shank": -166.0},
    "back_knee_straight": {"thigh": -124.0, "shank": -159.0},
}
_LEANING = 55.0
LUNGE_FAULTS = frozenset((*_WRONG_FRONT, "leaning"))


def _stand(_figure: Figure, _side: str, _faults: tuple[str, ...]) -> Posture:
    return STANDING


def _step(_figure: Figure, side: str, _faults: tuple[str, ...]) -> Posture:
    front, back = _STEPPED
    return one_side(one_side(STANDING, side, front), OTHER_SIDE[side], back)


def _sink(_figure: Figure, side: str, faults: tuple[str, ...]) -> Posture:
    trunk = _LEANING if "leaning" in faults else 86.0
    low = one_side(
        posture(STANDING, trunk=trunk, head=trunk - 12), side, changed(FRONT, _WRONG_FRONT, faults)
    )
    return one_side(low, OTHER_SIDE[side], changed(BACK, _WRONG_BACK, faults))


_LUNGE = Repeating(_stand, _sink, move_s=1.6, anchor="OTHER_foot_index", between=_step, sided=True)


def perform_lunge(script: Script, programme: Programme) -> None:
    """Steps forward, sinks down and pushes back up."""
    repeat(_LUNGE, script, programme)


STRETCH = {"hips": 0.13, "trunk": 86.0, "foot": 0.38, "bow": 0.0}
"""Metres, at the usual length of leg, of the hips ahead of the kneeling knee, and of the front foot ahead of
the hips."""
_WRONG_STRETCH: dict[str, dict[str, float]] = {
    "leaning": {"trunk": 65.0},
    "arched": {"bow": -0.18},
    "hip_closed": {"hips": 0.033},
    "knee_forward": {"foot": 0.16},
    "knee_behind": {"foot": 0.66},
}
STRETCH_FAULTS = frozenset(_WRONG_STRETCH)
_CHANGE_S = 0.7


def perform_hip_flexor_stretch(script: Script, programme: Programme) -> None:
    """From both knees onto one, hips forward, and back onto both."""
    _, tall = kneeling(script.figure)
    if script.keyframes:
        script.to(tall, 1.5, "right_foot_index")
    else:
        script.begin(tall)
    script.stay(1.0 if programme.rest_s is None else programme.rest_s)
    hold = 12.0 if programme.hold_s is None else programme.hold_s
    for number, side in enumerate(programme.sides(usual=1), 1):
        anchor = f"{side}_knee"
        script.to(_on_one_knee(script.figure, side, ()), 0.9, anchor)
        faults = programme.faults_of(number)
        start = script.now
        if faults:
            script.stay(1.0)
            script.holds.append(Hold(start, script.now))
            script.to(_on_one_knee(script.figure, side, faults), _CHANGE_S, anchor)
            start = script.now
        script.stay(hold)
        script.faults.extend(TrueFault(fault, start, script.now) for fault in faults)
        if not faults:
            script.holds.append(Hold(start, script.now))
        script.to(tall, 0.9, anchor)
        script.stay(1.0)


def _on_one_knee(figure: Figure, side: str, faults: tuple[str, ...]) -> Posture:
    """The knee of `side` on the floor, the other foot in front."""
    way = changed(STRETCH, _WRONG_STRETCH, faults)
    _, tall = kneeling(figure)
    hips, foot = way["hips"] * figure.legs, way["foot"] * figure.legs
    height = CLEARANCE["knee"] + math.sqrt(figure.thigh**2 - hips**2)
    back = math.degrees(math.atan2(CLEARANCE["knee"] - height, -hips))
    front = two_bones(
        foot, ankle_above_toes(0.0) + CLEARANCE["foot_index"] - height, figure.thigh, figure.shank, 1
    )
    base = posture(
        tall, trunk=way["trunk"], head=way["trunk"] - 12, bow=way["bow"], upper_arm=-88, forearm=-75
    )
    kneeled = one_side(base, side, {"thigh": back})
    return one_side(kneeled, OTHER_SIDE[side], {"thigh": front[0], "shank": front[1], "foot": 0.0})
