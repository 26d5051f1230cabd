"""Side planks: lying on one side, up on the elbow. Filmed from the front."""

from __future__ import annotations

import numpy as np

from formcoach.landmarks import INDEX, OTHER_SIDE
from puppet.figure import CLEARANCE, SEGMENTS, Figure, Posture, posture, skeleton
from puppet.reaching import arm_towards
from puppet.script import Hold, Programme, Script, TrueFault
from puppet.ways import one_side

CLEAN = {"line": -2.0, "elbow": 0.0, "rolled": 0.0}
"""`line`: degrees of the hips above the line from shoulders to knees; `elbow`: how far ahead of the elbow
the shoulder is, towards the head, as a share of how high it is above it; `rolled`: degrees that the
shoulders are turned forwards."""
ON_THE_HIP = -26.0
"""`line` of somebody who is propped up on the elbow with the hips on the mat."""

_WRONG: dict[str, dict[str, float]] = {
    "sag": {"line": -16.0},
    "pike": {"line": 32.0},
    "shoulders_ahead": {"elbow": 1.2},
    "shoulders_behind": {"elbow": -1.2},
    "rolled_forward": {"rolled": 57.0},
}
SIDE_PLANK_FAULTS = frozenset((*_WRONG, "knee_bent"))
ON_KNEES_FAULTS = frozenset((*_WRONG, "legs_straight"))
_ON_KNEES = "on_knees"
"""No fault, but a way to do it."""
_KNEES_BENT = {"shank": -172.0, "foot": -150.0}
_KNEES_HALF_BENT = {"shank": -146.0, "foot": -80.0}
"""Directions of lower legs that point back, and so away from the camera."""

_CHANGE_S = 0.7
_TURN_OVER_S = 3.0


def perform_side_plank(script: Script, programme: Programme) -> None:
    """From lying on the side up into the plank, and down again; on each side asked for in turn."""
    _perform(script, programme, ())


def perform_side_plank_on_knees(script: Script, programme: Programme) -> None:
    """The same on bent knees."""
    _perform(script, programme, (_ON_KNEES,))


def _perform(script: Script, programme: Programme, usual: tuple[str, ...]) -> None:
    hold = 20.0 if programme.hold_s is None else programme.hold_s
    move = programme.move_s or 0.8
    rest = 1.0 if programme.rest_s is None else programme.rest_s
    for number, side in enumerate(programme.sides(usual=1)):
        lying = _lying(side)
        if not script.keyframes:
            script.begin(lying)
        elif number or script.now:
            script.to(lying, _TURN_OVER_S, "left_hip")
        script.stay(rest)
        propped = _on_the_hip(script.figure, side, usual)
        script.to(propped, 0.9, "left_hip")
        script.to(side_plank(script.figure, side, usual), move, "left_hip")
        _hold(script, side, hold, programme.faults, usual)
        script.to(propped, move, "left_hip")
        script.to(lying, 0.9, "left_hip")
        script.stay(rest)


def _hold(
    script: Script,
    side: str,
    hold: float,
    faults: list[tuple[str, float, float]],
    usual: tuple[str, ...],
) -> None:
    """In form, but from first to last second of each fault."""
    clean, began = script.keyframes[-1].posture, script.now
    for name, first, last in sorted(faults, key=lambda fault: fault[1]):
        _keep(script, began + first)
        script.to(side_plank(script.figure, side, (*usual, name)), _CHANGE_S, "left_hip")
        start = script.now
        script.stay(began + min(last, hold) - start)
        script.faults.append(TrueFault(name, start, script.now))
        if last < hold:
            script.to(clean, _CHANGE_S, "left_hip")
    _keep(script, began + hold)


def _keep(script: Script, until: float) -> None:
    if until > script.now:
        script.holds.append(Hold(script.now, until))
        script.stay(until - script.now)


def side_plank(figure: Figure, side: str, faults: tuple[str, ...]) -> Posture:
    """Elbow and foot, or bent knee, of `side` on the floor."""
    way = dict(CLEAN)
    for fault in faults:
        way |= _WRONG.get(fault, {})
    return _on_the_elbow(figure, side, way, _knees(faults))


def _knees(faults: tuple[str, ...]) -> dict[str, float]:
    if "legs_straight" in faults:
        return {}
    return _KNEES_BENT if _ON_KNEES in faults else _KNEES_HALF_BENT if "knee_bent" in faults else {}


def _on_the_hip(figure: Figure, side: str, faults: tuple[str, ...]) -> Posture:
    """Propped up on the elbow, the hips still on the mat."""
    return _on_the_elbow(figure, side, {**CLEAN, "line": ON_THE_HIP}, _knees(faults))


def _on_the_elbow(figure: Figure, side: str, way: dict[str, float], knees: dict[str, float]) -> Posture:
    """The slope of the trunk follows from where elbow and foot, or knee, are."""
    low, high = 0.0, 70.0
    for _ in range(20):
        slope = (low + high) / 2
        low, high = (
            (slope, high)
            if _elbow_is_lower(figure, posture(_sloping(side, slope, way), **knees), side)
            else (low, slope)
        )
    return posture(_sloping(side, slope, way), **knees)


def _elbow_is_lower(figure: Figure, body: Posture, side: str) -> bool:
    up = skeleton(figure, np.array([[body[name] for name in SEGMENTS]]))[0, :, 1]
    elbow = up[INDEX[f"{side}_elbow"]] - CLEARANCE["elbow"]
    carrying = ("heel", "foot_index", "knee")
    return bool(elbow < min(up[INDEX[f"{side}_{name}"]] - CLEARANCE[name] for name in carrying))


def _sloping(side: str, slope: float, way: dict[str, float]) -> Posture:
    """The trunk sloping up to the shoulders; the legs as much less as the hips sag."""
    right = 1.0 if side == "right" else -1.0
    up = OTHER_SIDE[side]
    body = posture(
        trunk=90,
        head=84,
        thigh=-90,
        shank=-91,
        foot=0,
        upper_arm=-96,
        forearm=-80,
        hand=-80,
        palm=90,
        roll=right * (90 - slope),
        twist=-right * way["rolled"],
    )
    body = one_side(one_side(body, side, {"leg_out": way["line"]}), up, {"leg_out": -way["line"]})
    ahead = way["elbow"]
    arm = arm_towards(body, side, (0.0, -1.0, -right * ahead), (1.0, 0.0, 0.0))
    return one_side(body, side, {**arm, "palm": 0.0})


def _lying(side: str) -> Posture:
    """On the side, the lower arm stretched out under the head."""
    right = 1.0 if side == "right" else -1.0
    body = posture(_sloping(side, 0.0, CLEAN), leg_out=0)
    return one_side(body, side, arm_towards(body, side, (0.3, 0.0, right), (0.3, 0.0, right)))
