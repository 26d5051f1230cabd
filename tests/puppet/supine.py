"""Lying on the back: postures that exercises share, their repetitions, and getting down and up.

The person faces their own feet, so a trunk on its back has the direction 180, and legs stretched out 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from puppet.figure import CLEARANCE, Figure, Posture, posture, third_side, two_bones
from puppet.script import Programme, Script, TrueFault, TrueRep
from puppet.ways import STANDING, bent_limb

FLAT = 182.0
"""Direction of a trunk on its back: people's shoulders are seen 2 to 5 degrees lower than their hips."""
NECK = -22.0
"""The neck's direction against the trunk's while the head rests on the floor."""
ANKLE = 0.08
"""Height of an ankle whose foot is flat on the floor, or rests on its heel; metres."""
KNEE = 70.0
"""The knees of people lying with their feet flat: 57 to 72 on video, 95 to 105 in a sit-up."""

ARMS_DOWN = {"upper_arm": -11.0, "forearm": -3.0, "hand": -3.0}
_SQUATTING = posture(STANDING, trunk=52, head=45, thigh=8, shank=-118, foot=-8, upper_arm=-60, forearm=-40)
_SITTING = posture(
    trunk=104, head=92, thigh=46, shank=-54, foot=0, upper_arm=-115, forearm=-95, hand=-60, palm=90
)


def on_the_back(figure: Figure, lift: float = 0.0, neck: float = NECK, knee: float = KNEE) -> Posture:
    """Lying with the arms beside the body and both feet flat.

    Args:
        figure: the person.
        lift: degrees that the trunk is raised, the hips staying down.
        neck: the neck's direction against the trunk's.
        knee: of both legs, degrees.
    """
    trunk = FLAT - lift
    body = posture(trunk=trunk, head=trunk + neck, **ARMS_DOWN)
    return posture(body, **foot_flat(figure, trunk, knee))


def arms_crossed(body: Posture) -> Posture:
    """The same with the arms crossed over the chest."""
    trunk = body["trunk"]
    return posture(body, upper_arm=trunk - 160, forearm=trunk - 35, hand=trunk - 35)


def foot_flat(figure: Figure, trunk: float, knee: float) -> dict[str, float]:
    """A leg with its foot flat on the floor, the trunk in direction `trunk`."""
    across, down = foot_from_hip(figure, trunk, knee)
    thigh, shank = two_bones(across, down, figure.thigh, figure.shank, bend=1)
    return {"thigh": thigh, "shank": shank, "foot": 0.0}


def foot_from_hip(figure: Figure, trunk: float, knee: float) -> tuple[float, float]:
    """How far the ankle of a foot on the floor is from the hip, metres forward and up."""
    down = ANKLE - _hip_height(figure, trunk)
    leg = third_side(figure.thigh, figure.shank, knee)
    return math.sqrt(leg**2 - down**2), down


def leg_flat(figure: Figure, trunk: float, knee: float = 174.0) -> dict[str, float]:
    """A leg stretched out on the floor, its toes up."""
    across, down = foot_from_hip(figure, trunk, knee)
    return leg_up(figure, math.degrees(math.atan2(down, across)), knee, foot=78.0)


def leg_up(figure: Figure, direction: float, knee: float = 174.0, foot: float = 0.0) -> dict[str, float]:
    """A leg in the air; `foot` is the foot's direction, 80 degrees from the shank's where it is 0."""
    leg = bent_limb(figure, "leg", direction, knee)
    return {**leg, "foot": foot or leg["shank"] + 80.0}


def leg_drawn_in(thigh: float, knee: float) -> dict[str, float]:
    """A leg in the air, the thigh in a direction of its own (90 = straight up), the knee bent."""
    shank = thigh - 180.0 + knee
    return {"thigh": thigh, "shank": shank, "foot": shank + 80.0}


def _hip_height(figure: Figure, trunk: float) -> float:
    """Above the floor; hips or shoulders rest on it."""
    return max(CLEARANCE["hip"], CLEARANCE["shoulder"] - figure.trunk * math.sin(math.radians(trunk)))


@dataclass(frozen=True, slots=True)
class Movement:
    """What is repeated: two postures, each of a figure, a side and the faults; and the usual seconds.

    Attributes:
        rest, work: where a repetition begins and ends, and its furthest position.
        move_s, rest_s, hold_s: of a movement one way, between two repetitions, in the work position.
        sided: whether each side has repetitions of its own.
        alternating: whether the sides take turns.
        at_rest: the faults that show in the rest after a repetition.
        anchor: the landmark that stays where it is.
    """

    rest: Callable[[Figure, str, tuple[str, ...]], Posture]
    work: Callable[[Figure, str, tuple[str, ...]], Posture]
    move_s: float
    rest_s: float
    hold_s: float
    sided: bool = False
    alternating: bool = False
    at_rest: frozenset[str] = frozenset()
    anchor: str = "left_hip"


def repeat(script: Script, programme: Programme, movement: Movement) -> None:
    """Gets down where need be, goes from rest to work and back again, and gets up to leave."""
    figure = script.figure
    move = programme.move_s or movement.move_s
    rest = movement.rest_s if programme.rest_s is None else programme.rest_s
    hold = movement.hold_s if programme.hold_s is None else programme.hold_s
    sides = (programme.turns if movement.alternating else programme.sides)(usual=4)
    last = sides[0]
    lie_down(script, movement.rest(figure, last, ()))
    script.stay(rest)
    for number, side in enumerate(sides, 1):
        faults = programme.faults_of(number)
        before = movement.rest(figure, side, ())
        if side != last and before != script.keyframes[-1].posture:
            script.to(before, move, movement.anchor)
            script.stay(rest)
        last = side
        start = script.now
        up_s, down_s = programme.seconds(number, movement.move_s)
        script.to(movement.work(figure, side, faults), up_s, movement.anchor)
        up = script.now
        script.stay(hold)
        down = script.now
        script.to(movement.rest(figure, side, faults), down_s, movement.anchor)
        ended = script.now
        own = side if movement.sided else ""
        script.reps.append(TrueRep(own, start, (up + down) / 2, ended, (up, down), faults))
        script.stay(rest)
        for fault in faults:
            when = (ended, script.now) if fault in movement.at_rest else (up, down)
            script.faults.append(TrueFault(fault, *when))
    if programme.leave:
        get_up(script, movement.anchor)


def get_up(script: Script, anchor: str) -> None:
    """From lying to standing."""
    script.to(_SITTING, 1.6, anchor)
    script.to(_SQUATTING, 1.2, "left_heel")
    script.to(STANDING, 1.2, "left_heel")


def lie_down(script: Script, first: Posture) -> None:
    """In the first position at once, or getting down to it from standing."""
    if not script.keyframes:
        script.begin(first)
        return
    script.to(_SQUATTING, 1.2, "left_heel")
    script.to(_SITTING, 1.2, "left_heel")
    script.to(first, 1.6, "left_hip")
