"""Deadlifts from the floor."""

from __future__ import annotations

from puppet.figure import Figure, Posture, posture
from puppet.script import Programme, Script, TrueFault, TrueRep
from puppet.ways import STANDING, bent_limb

DEADLIFT_FAULTS = frozenset(("shallow", "not_upright", "rounded"))

FLOOR = {"trunk": 22.0, "thigh": -22.0, "shank": -103.0, "neck": 6.0, "bow": 0.0}
"""People's own on video: trunk 15 to 40, knees 85 to 120, shins 10 to 25 forward."""
_ROUNDED = 0.2
_TALL = {"trunk": 88.0, "thigh": -88.0, "shank": -92.0}
_STOPS: dict[str, dict[str, float]] = {
    "shallow": {"trunk": 48.0, "thigh": -50.0, "shank": -97.0},
    "not_upright": {"trunk": 69.5, "thigh": -76.0, "shank": -93.0},
}


def perform_deadlift(script: Script, programme: Programme) -> None:
    """Stands up with the weights, and sets them down."""
    move = programme.move_s or 1.6
    rest = 1.0 if programme.rest_s is None else programme.rest_s
    pause = 0.6 if programme.hold_s is None else programme.hold_s
    sides = programme.sides(usual=4)
    first = _on_the_floor(script.figure, programme.faults_of(1))
    if script.keyframes:
        script.to(first, 1.6, "left_heel")
    else:
        script.begin(first)
    on_the_floor = script.now
    script.stay(rest)
    for number in range(1, len(sides) + 1):
        faults = programme.faults_of(number)
        start = script.now
        script.to(_upright(script.figure, faults), move, "left_heel")
        up = script.now
        script.stay(pause)
        down = script.now
        script.faults.extend(
            TrueFault(fault, *((on_the_floor, start) if fault == "rounded" else (up, down)))
            for fault in faults
        )
        script.to(_on_the_floor(script.figure, programme.faults_of(number + 1)), move, "left_heel")
        script.reps.append(TrueRep("", start, (up + down) / 2, script.now, (up, down), faults))
        on_the_floor = script.now
        script.stay(rest)
    if programme.leave:
        script.to(STANDING, move, "left_heel")


def _on_the_floor(figure: Figure, faults: tuple[str, ...]) -> Posture:
    """Holding the weights where they stand."""
    rounded = {"bow": _ROUNDED} if "rounded" in faults else {}
    return _standing_over(figure, {**FLOOR, **rounded}, arm=-93.0)


def _upright(figure: Figure, faults: tuple[str, ...]) -> Posture:
    way = {**FLOOR, **_TALL, "neck": -13.0}
    for fault in faults:
        way |= _STOPS.get(fault, {})
    return _standing_over(figure, way, arm=-86.0)


def _standing_over(figure: Figure, way: dict[str, float], arm: float) -> Posture:
    arms = bent_limb(figure, "arm", arm, 172.0)
    return posture(
        STANDING,
        trunk=way["trunk"],
        head=way["trunk"] + way["neck"],
        thigh=way["thigh"],
        shank=way["shank"],
        bow=way["bow"],
        hand=arms["forearm"],
        arm_out=3,
        **arms,
    )
