"""Leg twists: on the back with the arms out, both bent knees sink to one side and stay there."""

from __future__ import annotations

import math

from formcoach.landmarks import OTHER_SIDE
from puppet.figure import CLEARANCE, Figure, Posture, posture
from puppet.reaching import arm_towards, leg_towards
from puppet.repeating import changed
from puppet.script import Programme, Script
from puppet.supine import FLAT, NECK, Movement, on_the_back, repeat
from puppet.ways import one_side

CLEAN = {"pelvis": 82.0, "chest": 3.0, "lower": 96.0, "upper": 107.0}
"""Degrees to the side: of pelvis and chest, turned; of the lower and the upper leg, fallen from upright."""

_WRONG: dict[str, dict[str, float]] = {
    "shallow": {"pelvis": 30.0, "chest": 0.0, "lower": 34.0, "upper": 36.0},
    "shoulder_lifted": {"chest": 34.0},
    "knees_apart": {"upper": 55.0},
}
LEG_TWIST_FAULTS = frozenset(_WRONG)

_THIGH = 75.0
"""Between thigh and the line to the feet, degrees."""


def perform_leg_twist(script: Script, programme: Programme) -> None:
    """The knees sink to a side, stay there, and come back."""
    movement = Movement(_arms_out, leg_twist, 1.5, 1.2, 3.0, sided=True, anchor="left_shoulder")
    repeat(script, programme, movement)


def _arms_out(figure: Figure, _side: str, _faults: tuple[str, ...]) -> Posture:
    return _spread_arms(on_the_back(figure))


def leg_twist(figure: Figure, side: str, faults: tuple[str, ...]) -> Posture:
    """The knees sunk to a side, one on the other."""
    way = changed(CLEAN, _WRONG, faults)
    left = 1.0 if side == "left" else -1.0
    hips = CLEARANCE["hip"] + figure.hips * math.sin(math.radians(way["pelvis"]))
    shoulders = CLEARANCE["shoulder"] + figure.shoulders * math.sin(math.radians(way["chest"]))
    body = posture(
        on_the_back(figure),
        trunk=180.0 + math.degrees(math.asin((hips - shoulders) / figure.trunk)),
        head=FLAT + NECK,
        pelvis=left * way["pelvis"],
        twist=left * way["chest"],
    )
    for leg, fallen in ((side, way["lower"]), (OTHER_SIDE[side], way["upper"])):
        body = one_side(body, leg, _bent_leg(body, leg, -left * fallen))
    return _spread_arms(body)


def _bent_leg(body: Posture, side: str, fallen: float) -> dict[str, float]:
    """A leg with a right angle at the knee, fallen from upright to the right by so many degrees."""
    along, up = math.cos(math.radians(_THIGH)), math.sin(math.radians(_THIGH))
    high, right = math.cos(math.radians(fallen)), math.sin(math.radians(fallen))
    return leg_towards(body, side, (along, up * high, up * right), (up, -along * high, -along * right))


def _spread_arms(body: Posture) -> Posture:
    for side, right in (("left", -1.0), ("right", 1.0)):
        upper, lower = (-0.1, -0.15, right), (-0.1, -0.05, right)
        body = one_side(body, side, arm_towards(body, side, upper, lower))
    return body
