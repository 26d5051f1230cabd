"""Legs lifted while lying on the back: both knees to the chest, a straight leg up, kicks."""

from __future__ import annotations

from puppet.figure import Figure, Posture, posture
from puppet.script import DROPPED, SAME_SIDE_TWICE, THROWN, Programme, Script
from puppet.supine import (
    FLAT,
    KNEE,
    NECK,
    Movement,
    foot_flat,
    leg_drawn_in,
    leg_flat,
    leg_up,
    on_the_back,
    repeat,
)
from puppet.ways import OTHER_SIDE, one_side

_DRAWN_IN = {"thigh": 122.0, "knee": 62.0}
"""The thigh's direction, 90 = straight up: hips bent to 60."""
_TO_CHEST = {**_DRAWN_IN, "neck": NECK}
_TO_CHEST_WRONG: dict[str, dict[str, float]] = {
    "shallow": {"thigh": 78.0, "knee": 72.0},
    "not_close": {"thigh": 91.0, "knee": 80.0},
    "head_lifted": {"neck": -62.0},
}
_RAISE = {"leg": 24.0, "knee": 173.0, "other": KNEE, "other_thigh": 0.0}
"""Directions of the whole leg, its knee, the other one's knee, and the other thigh's direction where its
foot is in the air."""
_RAISE_WRONG: dict[str, dict[str, float]] = {
    "shallow": {"leg": 10.5},
    "knee_bent": {"leg": 34.0, "knee": 136.0},
    "other_lifts": {"other_thigh": 65.0},
}
_KICK = {"leg": 32.0, "knee": 168.0, "other": _DRAWN_IN["thigh"], "trunk": FLAT}
_KICK_WRONG: dict[str, dict[str, float]] = {
    "shallow": {"leg": 62.0, "knee": 95.0},
    "other_moves": {"other": 82.0},
    "hips_lift": {"trunk": FLAT + 18.0},
}
KNEES_TO_CHEST_FAULTS = frozenset((*_TO_CHEST_WRONG, THROWN))
STRAIGHT_LEG_RAISE_FAULTS = frozenset((*_RAISE_WRONG, DROPPED))
KICK_FAULTS = frozenset((*_KICK_WRONG, SAME_SIDE_TWICE, THROWN))


def perform_knees_to_chest(script: Script, programme: Programme) -> None:
    """Both knees come up to the chest and the feet back to the floor."""
    repeat(script, programme, Movement(_feet_flat, _knees_at_chest, 1.6, 1.0, 0.8))


def perform_straight_leg_raise(script: Script, programme: Programme) -> None:
    """One straight leg rises, the other one's foot is on the floor."""
    repeat(script, programme, Movement(_leg_down, _leg_raised, 1.6, 1.0, 0.6))


def perform_kicks(script: Script, programme: Programme) -> None:
    """From both knees at the chest one leg stretches out and comes back."""
    repeat(script, programme, Movement(_drawn_in, _kicked, 1.3, 0.8, 0.5, sided=True, alternating=True))


def _feet_flat(figure: Figure, _side: str, _faults: tuple[str, ...]) -> Posture:
    return on_the_back(figure)


def _knees_at_chest(figure: Figure, _side: str, faults: tuple[str, ...]) -> Posture:
    way = _way(_TO_CHEST, _TO_CHEST_WRONG, faults)
    body = on_the_back(figure, neck=way["neck"])
    return posture(body, **leg_drawn_in(way["thigh"], way["knee"]))


def _leg_down(figure: Figure, side: str, _faults: tuple[str, ...]) -> Posture:
    return one_side(on_the_back(figure), side, leg_flat(figure, FLAT))


def _leg_raised(figure: Figure, side: str, faults: tuple[str, ...]) -> Posture:
    way = _way(_RAISE, _RAISE_WRONG, faults)
    if way["other_thigh"]:
        other = leg_drawn_in(way["other_thigh"], way["other"])
    else:
        other = foot_flat(figure, FLAT, way["other"])
    body = one_side(on_the_back(figure), OTHER_SIDE[side], other)
    return one_side(body, side, leg_up(figure, way["leg"], way["knee"]))


def _drawn_in(figure: Figure, _side: str, _faults: tuple[str, ...]) -> Posture:
    return posture(on_the_back(figure), **leg_drawn_in(**_DRAWN_IN))


def _kicked(figure: Figure, side: str, faults: tuple[str, ...]) -> Posture:
    way = _way(_KICK, _KICK_WRONG, faults)
    body = posture(on_the_back(figure), trunk=way["trunk"])
    body = posture(body, **leg_drawn_in(way["other"], _DRAWN_IN["knee"]))
    return one_side(body, side, leg_up(figure, way["leg"], way["knee"]))


def _way(
    clean: dict[str, float], wrong: dict[str, dict[str, float]], faults: tuple[str, ...]
) -> dict[str, float]:
    way = dict(clean)
    for fault in faults:
        way |= wrong.get(fault, {})
    return way
