"""Knee rolls, lying on the back: both knees to one side, to the chest, to the other side, each held."""

from __future__ import annotations

import math

from formcoach.landmarks import OTHER_SIDE
from puppet.figure import Figure, Posture, posture
from puppet.reaching import arm_towards
from puppet.script import Programme, Script, TrueFault, TrueRep
from puppet.supine import FLAT, get_up, leg_drawn_in, lie_down, on_the_back
from puppet.ways import one_side

KNEE_ROLL_FAULTS = frozenset(("shoulder_lifted", "left_out", "out_of_order", "held_short", "not_far"))

_PELVIS, _CHEST = 74.0, 4.0
"""Degrees that pelvis and chest are turned to the side."""
_WRONG: dict[str, dict[str, float]] = {
    "shoulder_lifted": {"chest": 36.0},
    "not_far": {"pelvis": 34.0},
}
_SHORT = 0.2  # of a hold that is too short
_MIDDLE = "middle"


def perform_knee_rolls(script: Script, programme: Programme) -> None:
    """Rounds that begin on the sides asked for; between two of them the feet are on the floor."""
    figure = script.figure
    move = programme.move_s or 1.5
    rest = 1.5 if programme.rest_s is None else programme.rest_s
    hold = 5.5 if programme.hold_s is None else programme.hold_s
    lying = _arms_beside(on_the_back(figure))
    lie_down(script, lying)
    script.stay(rest)
    for number, side in enumerate(programme.sides(usual=2), 1):
        faults = programme.faults_of(number)
        script.to(_drawn_in(figure, 95.0, 88.0), move, "left_shoulder")
        began = script.now
        for station in _stations(side, faults):
            script.to(_at(figure, station, faults), move, "left_shoulder")
            arrived = script.now
            script.stay(_SHORT * hold if "held_short" in faults and station == _MIDDLE else hold)
            rolled = [fault for fault in faults if fault in _WRONG and station != _MIDDLE]
            script.faults.extend(TrueFault(fault, arrived, script.now) for fault in rolled)
        ended = script.now
        script.faults.extend(TrueFault(fault, began, ended) for fault in faults if fault not in _WRONG)
        script.reps.append(TrueRep("", began, (arrived + ended) / 2, ended, (arrived, ended), faults))
        script.to(lying, move, "left_shoulder")
        script.stay(rest)
    if programme.leave:
        get_up(script, "left_hip")


def _stations(side: str, faults: tuple[str, ...]) -> tuple[str, ...]:
    """Where the knees go in a round that begins on a side."""
    if "left_out" in faults:
        return side, OTHER_SIDE[side]
    if "out_of_order" in faults:
        return side, _MIDDLE, side
    return side, _MIDDLE, OTHER_SIDE[side]


def _at(figure: Figure, station: str, faults: tuple[str, ...]) -> Posture:
    if station == _MIDDLE:
        return _drawn_in(figure, 132.0, 48.0)
    way = {"pelvis": _PELVIS, "chest": _CHEST}
    for fault in faults:
        way |= _WRONG.get(fault, {})
    return _rolled(figure, station, **way)


def _drawn_in(figure: Figure, thigh: float, knee: float) -> Posture:
    """Both legs off the floor, the thighs in a direction (90 = straight up)."""
    return _arms_beside(posture(on_the_back(figure), **leg_drawn_in(thigh, knee)))


def _rolled(figure: Figure, side: str, pelvis: float, chest: float) -> Posture:
    """The whole body rolled to a side, and the chest turned back; one hip above the other lifts both."""
    right = 1.0 if side == "right" else -1.0
    rise = 0.8 * figure.hips * math.sin(math.radians(pelvis))
    trunk = FLAT + math.degrees(math.asin(rise / figure.trunk))
    body = posture(_drawn_in(figure, 95.0, 88.0), trunk=trunk, head=trunk - 22.0)
    return _arms_beside(
        posture(
            body,
            roll=right * pelvis,
            twist=right * (pelvis - min(chest, pelvis)),
            left_leg_out=-right * 6.0,
            right_leg_out=right * 6.0,
        )
    )


def _arms_beside(body: Posture) -> Posture:
    """Both arms on the floor beside the body, however the chest is turned."""
    for side, right in (("left", -1.0), ("right", 1.0)):
        way = (0.97, -0.12, 0.2 * right)
        body = one_side(body, side, arm_towards(body, side, way, way))
    return body
