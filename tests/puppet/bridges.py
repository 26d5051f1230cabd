"""Bridges."""

from __future__ import annotations

import math

from puppet.figure import CLEARANCE, Figure, Posture, ankle_above_toes, posture, third_side, two_bones
from puppet.script import Programme, Script
from puppet.supine import ANKLE, FLAT, KNEE, Movement, foot_from_hip, on_the_back, repeat

CLEAN = {"line": 4.0, "knee": KNEE, "foot": 0.0}
"""`line`: degrees of the hips above the line from shoulder to knee (people's own on video: 4 to 8);
`knee`: while lying, which is where the feet are; `foot`: its direction, its toes staying down."""

_WRONG: dict[str, dict[str, float]] = {
    "shallow": {"line": -31.0},
    "sag": {"line": -25.0},
    "arched": {"line": 28.0},
    "feet_close": {"knee": 40.0},
    "feet_far": {"knee": 108.0},
    "heels_lift": {"foot": -32.0},
}
BRIDGE_FAULTS = frozenset(_WRONG)


def perform_bridge(script: Script, programme: Programme) -> None:
    """The hips rise from the floor, stay up, and come down."""
    repeat(script, programme, Movement(_lying, _lifted, 1.4, 1.2, 3.0, anchor="left_foot_index"))


def _way(faults: tuple[str, ...]) -> dict[str, float]:
    way = dict(CLEAN)
    for fault in faults:
        way |= _WRONG[fault]
    return way


def _lying(figure: Figure, _side: str, faults: tuple[str, ...]) -> Posture:
    return on_the_back(figure, knee=_way(faults)["knee"])


def _lifted(figure: Figure, _side: str, faults: tuple[str, ...]) -> Posture:
    """On shoulders and feet, which are where they were."""
    way = _way(faults)
    across, _ = foot_from_hip(figure, FLAT, way["knee"])
    across -= figure.trunk * math.cos(math.radians(FLAT))
    ankle = CLEARANCE["foot_index"] + ankle_above_toes(way["foot"]) if way["foot"] else ANKLE
    to_knee = third_side(figure.trunk, figure.thigh, 180.0 - abs(way["line"]))
    up, shank = two_bones(across, ankle - CLEARANCE["shoulder"], to_knee, figure.shank, bend=1)
    x, y = to_knee * math.cos(math.radians(up)), to_knee * math.sin(math.radians(up))
    bend = 1 if way["line"] > 0 else -1
    to_hip, thigh = two_bones(x, y, figure.trunk, figure.thigh, bend)
    body = on_the_back(figure)  # head and arms stay on the floor
    return posture(body, trunk=to_hip + 180.0, thigh=thigh, shank=shank, foot=way["foot"])
