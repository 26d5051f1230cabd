"""Thoracic twists: on hands and knees, one hand behind the head, the chest opens to that side."""

from __future__ import annotations

import math

import numpy as np

from formcoach.landmarks import INDEX, OTHER_SIDE
from puppet.figure import CLEARANCE, SEGMENTS, Figure, Posture, posture, skeleton, third_side
from puppet.reaching import arm_towards
from puppet.script import Programme, Script, TrueFault, TrueRep
from puppet.ways import all_fours, one_side

CLEAN = {"down": 12.0, "up": 55.0, "out": 62.0, "elbow": 172.0, "hips": 0.0}
"""Degrees that the chest is turned, towards the floor and towards the ceiling; that the elbow
points away from the face; of the standing arm's elbow; metres of the hips ahead of where they belong."""

_WRONG: dict[str, dict[str, float]] = {
    "shallow": {"up": 9.0},
    "not_opened": {"up": 27.0, "out": 5.0},
    "elbow_bent": {"elbow": 118.0},
    "hips_drift": {"hips": -0.2},
    "hips_ahead": {"hips": 0.2},
}
THORACIC_TWIST_FAULTS = frozenset(_WRONG)


def perform_thoracic_twist(script: Script, programme: Programme) -> None:
    """The elbow goes from the floor to the ceiling and back; on another side the hands change."""
    move = programme.move_s or 1.4
    rest = 1.2 if programme.rest_s is None else programme.rest_s
    hold = 0.5 if programme.hold_s is None else programme.hold_s
    kneeling = all_fours(script.figure)
    if not script.keyframes:
        script.begin(kneeling)
    script.stay(rest)
    last = ""
    for number, side in enumerate(programme.sides(usual=3), 1):
        faults = programme.faults_of(number)
        start = thoracic_twist(script.figure, side, (), opened=False)
        anchor = f"{OTHER_SIDE[side]}_knee"
        if side != last:
            if last:
                script.to(kneeling, 1.0, anchor)
            script.to(start, 1.0, anchor)
            script.stay(rest)
        last = side
        began = script.now
        script.to(thoracic_twist(script.figure, side, faults, opened=True), move, anchor)
        arrived = script.now
        script.stay(max(hold, 1.2) if faults else hold)
        left = script.now
        script.to(start, move, anchor)
        script.reps.append(TrueRep(side, began, (arrived + left) / 2, script.now, (arrived, left), faults))
        script.faults.extend(TrueFault(fault, arrived, left) for fault in faults)
        script.stay(rest)
    script.to(kneeling, 1.0, "left_knee")
    script.stay(rest)


def thoracic_twist(figure: Figure, side: str, faults: tuple[str, ...], opened: bool) -> Posture:
    """The elbow of `side` towards the floor, or towards the ceiling."""
    way = dict(CLEAN)
    for fault in faults:
        way |= _WRONG[fault]
    left = 1.0 if side == "left" else -1.0
    twist = left * (way["up"] if opened else -way["down"])
    low, high = -20.0, 40.0
    for _ in range(16):  # until the hand is on the floor together with the knees
        trunk = (low + high) / 2
        body = _turned(figure, side, trunk, twist, way)
        if _hand_is_lower(figure, body, OTHER_SIDE[side]):
            low = trunk
        else:
            high = trunk
    return body


def _hand_is_lower(figure: Figure, body: Posture, side: str) -> bool:
    up = skeleton(figure, np.array([[body[name] for name in SEGMENTS]]))[0, :, 1]
    hand = up[INDEX[f"{side}_wrist"]] - CLEARANCE["wrist"]
    return bool(hand < up[INDEX[f"{side}_knee"]] - CLEARANCE["knee"])


def _turned(figure: Figure, side: str, trunk: float, twist: float, way: dict[str, float]) -> Posture:
    kneeling = all_fours(figure, hips=way["hips"])
    body = posture(kneeling, trunk=trunk, head=trunk - 5, twist=twist)
    standing = OTHER_SIDE[side]
    bend = _bend(figure, way["elbow"])
    arm = arm_towards(
        body, standing, (-math.sin(bend), -math.cos(bend), 0.0), (math.sin(bend), -math.cos(bend), 0.0)
    )
    body = one_side(body, standing, {**arm, "hand": arm["forearm"]})
    # Behind the head: the upper arm out to the side and a little forward, the forearm back to the ear.
    to_ear = trunk + 60
    behind_head = {"upper_arm": trunk - 20, "arm_out": way["out"], "forearm": to_ear}
    behind_head["forearm_out"] = -40 - way["out"]
    return one_side(body, side, {**behind_head, "hand": to_ear})


def _bend(figure: Figure, elbow: float) -> float:
    """Half of what a standing arm is bent at the elbow, radians; its hand stays below the shoulder."""
    whole = third_side(figure.upper_arm, figure.forearm, elbow)
    return math.acos(min(1.0, whole / (figure.upper_arm + figure.forearm)))
