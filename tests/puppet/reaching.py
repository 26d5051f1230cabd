"""Reaching: what arms and legs must do so that they point somewhere, or that their ends get there."""

from __future__ import annotations

import math

import numpy as np

from formcoach.landmarks import INDEX
from puppet.figure import (
    SEGMENTS,
    TURNED,
    Array,
    Figure,
    Posture,
    skeleton,
    spin,
    unit_ray,
    whole_axes,
    wrap,
)

Way = tuple[float, float, float]
"""Forward, up, to the person's right."""


def landmark(figure: Figure, body: Posture, name: str) -> Array:
    """Where a landmark of a posture is, metres from the middle of the hips."""
    return skeleton(figure, np.array([[body[segment] for segment in SEGMENTS]]))[0, INDEX[name]]


def arm_towards(body: Posture, side: str, upper: Way, lower: Way) -> dict[str, float]:
    """Segments of an arm that points in given ways in the room, however the body is turned.

    Args:
        body: the posture that the arm is to be part of.
        side: of the arm.
        upper, lower: where upper arm and forearm point.
    """
    (first, first_out), (second, second_out) = (
        _directions(way, side) for way in _unturned(body, np.array([upper, lower]), "left_shoulder")
    )
    return {
        "upper_arm": first,
        "arm_out": first_out,
        "forearm": second,
        "hand": second,
        "forearm_out": second_out - first_out,
    }


def arm_to(figure: Figure, body: Posture, side: str, wrist: Array, elbow: Way) -> dict[str, float]:
    """Segments of an arm whose wrist is at a place, or as near to it as can be.

    Args:
        figure, body, side: the person, the posture that the arm is to be part of, and its side.
        wrist: the place, metres from the middle of the hips.
        elbow: the way to which the elbow points off the straight line.
    """
    start = landmark(figure, body, f"{side}_shoulder")
    upper, lower = _two_bones(wrist - start, figure.upper_arm, figure.forearm, np.array(elbow))
    return arm_towards(body, side, tuple(upper), tuple(lower))


def leg_towards(body: Posture, side: str, upper: Way, lower: Way) -> dict[str, float]:
    """Segments of a leg that points in given ways in the room, however the body is turned.

    Args:
        body: the posture that the leg is to be part of; the thigh gets there the shorter way round.
        side: of the leg.
        upper, lower: where thigh and shank point.
    """
    first, second = _unturned(body, np.array([upper, lower]), "left_hip")
    right = 1.0 if side == "right" else -1.0
    thigh, out = _directions(first, side)
    thigh = wrap(thigh, body[f"{side}_thigh"])
    bent = math.degrees(math.acos(max(-1.0, min(1.0, float(first @ second)))))
    in_front = unit_ray(np.array([thigh + 90.0]))[0]  # knees bend away from it
    turn = math.degrees(math.atan2(-second @ np.cross(first, in_front), -second @ in_front))
    shank = thigh - bent
    return {
        "thigh": thigh,
        "leg_out": 0.0,
        "thigh_out": out,
        "thigh_turn": right * turn,
        "shank": shank,
        "foot": shank + 80.0,
    }


def leg_to(figure: Figure, body: Posture, side: str, ankle: Array, knee: Way) -> dict[str, float]:
    """Segments of a leg whose ankle is at a place, or as near to it as can be.

    Args:
        figure, body, side: the person, the posture that the leg is to be part of, and its side.
        ankle: the place, metres from the middle of the hips.
        knee: the way to which the knee points off the straight line.
    """
    start = landmark(figure, body, f"{side}_hip")
    upper, lower = _two_bones(ankle - start, figure.thigh, figure.shank, np.array(knee))
    return leg_towards(body, side, tuple(upper), tuple(lower))


def _two_bones(way: Array, first: float, second: float, bend: Array) -> tuple[Array, Array]:
    """Unit vectors of two segments that lead `way`, metres, the joint between them pointing to `bend`."""
    far = min(float(np.linalg.norm(way)), 0.999 * (first + second))
    along = way / np.linalg.norm(way)
    aside = bend - (bend @ along) * along
    aside = aside / np.linalg.norm(aside)
    at = (first**2 + far**2 - second**2) / (2 * far)
    off = math.sqrt(max(0.0, first**2 - at**2))
    return (at * along + off * aside) / first, ((far - at) * along - off * aside) / second


def _unturned(body: Posture, ways: Array, root: str) -> Array:
    """Ways in the room as unit vectors, as they are before the turns of the body that take `root` along."""
    ways = ways[None] / np.linalg.norm(ways, axis=-1)[None, :, None]
    for segment, axis in reversed(whole_axes(unit_ray(np.array([body["trunk"]]))).items()):
        if INDEX[root] in TURNED[segment]:
            ways = spin(ways, axis, np.array([-body[segment]]))
    return ways[0]


def _directions(way: Array, side: str) -> tuple[float, float]:
    """In the sagittal plane and out of it, degrees."""
    x, y, z = way.tolist()
    right = 1.0 if side == "right" else -1.0
    return wrap(math.degrees(math.atan2(y, x))), right * math.degrees(math.asin(max(-1.0, min(1.0, z))))
