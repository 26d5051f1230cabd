"""Piriformis stretches, on the back: an ankle over the other knee, that thigh drawn in by the hands."""

from __future__ import annotations

import numpy as np

from formcoach.landmarks import OTHER_SIDE
from puppet.figure import Array, Figure, Posture, unit_ray
from puppet.reaching import arm_to, landmark, leg_to
from puppet.repeating import changed
from puppet.script import Hold, Programme, Script, TrueFault
from puppet.supine import NECK, leg_drawn_in, on_the_back
from puppet.ways import one_side

CLEAN = {"thigh": 116.0, "knee": 82.0, "lift": 0.0, "neck": NECK}
"""The drawn-in thigh's direction, 90 = straight up, and its knee; degrees that the trunk is raised, and the
neck's direction against it."""

_WRONG: dict[str, dict[str, float]] = {
    "thigh_far": {"thigh": 84.0},
    "head_lifted": {"neck": -62.0},
    "shoulders_lifted": {"lift": 22.0},
}
PIRIFORMIS_FAULTS = frozenset((*_WRONG, "not_crossed"))

_ANKLE, _HANDS = (0.88, 0.10), (0.55, -0.09)
"""Where the ankle lies on the other thigh, and where the hands hold it: of its length, and metres above its
middle."""
_CHANGE_S = 0.9
_CROSS_S, _DRAW_IN_S = 1.2, 0.8


def perform_piriformis_stretch(script: Script, programme: Programme) -> None:
    """Each side in its turn: the ankle goes over the other knee, the thigh is drawn in, kept, and let go."""
    figure = script.figure
    lying = on_the_back(figure)
    hold = 20.0 if programme.hold_s is None else programme.hold_s
    rest = 1.0 if programme.rest_s is None else programme.rest_s
    draw_in = programme.move_s or _DRAW_IN_S
    if script.keyframes:
        script.to(lying, 1.6, "left_hip")
    else:
        script.begin(lying)
    script.stay(rest)
    for side in programme.sides(usual=1):
        crossed = one_side(lying, side, _cross(figure, lying, side))
        script.to(crossed, _CROSS_S, "left_hip")
        script.to(_stretched(figure, side), draw_in, "left_hip")
        began = script.now
        for name, first, last in sorted(programme.faults, key=lambda fault: fault[1]):
            _be_wrong(script, side, name, began + max(first, 2.0), began + min(last, hold - _CHANGE_S))
        script.stay(began + hold - script.now)
        script.holds.append(Hold(began, script.now))
        script.to(crossed, draw_in, "left_hip")
        script.to(lying, _CROSS_S, "left_hip")
        script.stay(rest)


def _be_wrong(script: Script, side: str, name: str, start: float, end: float) -> None:
    script.stay(start - script.now)
    script.to(_stretched(script.figure, side, name), _CHANGE_S, "left_hip")
    start = script.now
    script.stay(end - start)
    script.faults.append(TrueFault(name, start, script.now))
    script.to(_stretched(script.figure, side), _CHANGE_S, "left_hip")


def _stretched(figure: Figure, side: str, fault: str = "") -> Posture:
    way = changed(CLEAN, _WRONG, (fault,))
    body = on_the_back(figure, lift=way["lift"], neck=way["neck"])
    drawn_in = leg_drawn_in(way["thigh"], way["knee"])
    body = one_side(body, OTHER_SIDE[side], drawn_in)
    body = one_side(body, side, drawn_in if fault == "not_crossed" else _cross(figure, body, side))
    for hand, right in (("left", -1.0), ("right", 1.0)):
        place = _on_thigh(figure, body, OTHER_SIDE[side], _HANDS) + np.array([0.0, 0.0, 0.06 * right])
        body = one_side(body, hand, arm_to(figure, body, hand, place, (0.0, 0.0, right)))
    return body


def _cross(figure: Figure, body: Posture, side: str) -> dict[str, float]:
    """A leg with its ankle on the other thigh, just before the knee."""
    right = 1.0 if side == "right" else -1.0
    ankle = _on_thigh(figure, body, OTHER_SIDE[side], _ANKLE)
    return leg_to(figure, body, side, ankle, (0.0, 0.25, right))


def _on_thigh(figure: Figure, body: Posture, side: str, where: tuple[float, float]) -> Array:
    """A place so far along a thigh, and so many metres off its middle, + = where it faces the chest."""
    hip, knee = (landmark(figure, body, f"{side}_{part}") for part in ("hip", "knee"))
    share, above = where
    return hip + share * (knee - hip) + above * unit_ray(np.array([body[f"{side}_thigh"] + 90.0]))[0]
