"""Heel raises and marching, standing and sitting on a ball."""

from __future__ import annotations

from puppet.figure import Figure, Posture, posture
from puppet.repeating import Repeating, changed, repeat
from puppet.script import SAME_SIDE_TWICE, Programme, Script
from puppet.ways import STANDING, one_side

RAISED = {"trunk": 88.0, "thigh": -89.0, "shank": -91.0, "foot": -48.0}
_WRONG_RAISE: dict[str, dict[str, float]] = {
    "shallow": {"foot": -20.0},
    "not_high": {"foot": -28.0},
    "knee_bent": {"thigh": -70.0, "shank": -106.0},
    "leaning": {"trunk": 66.0},
    "rocking_forward": {"thigh": -100.0, "shank": -111.0},
    "rocking_back": {"thigh": -72.0, "shank": -72.0},
}
HEEL_RAISE_FAULTS = frozenset(_WRONG_RAISE)

KNEE_UP = {"thigh": -6.0, "shank": -94.0, "foot": -20.0}
_WRONG_MARCH: dict[str, dict[str, float]] = {
    "shallow": {"thigh": -55.0, "shank": -115.0},
    "not_high": {"thigh": -40.0, "shank": -105.0},
}
MARCH_FAULTS = frozenset((*_WRONG_MARCH, "leaning", SAME_SIDE_TWICE))

SITTING = posture(
    STANDING, trunk=87, head=75, thigh=-3, shank=-90, upper_arm=-80, forearm=-20, hand=-10, leg_out=8
)
FOOT_UP = {"thigh": 18.0, "shank": -84.0, "foot": 0.0}
_TRUNK = {"slumped": 64.0, "trunk_moves": 70.0}
_NOT_LIFTED = {"shallow": {"thigh": 3.5, "shank": -90.0}}
BALL_FAULTS = frozenset((*_TRUNK, *_NOT_LIFTED, SAME_SIDE_TWICE))


def _stand(_figure: Figure, _side: str, faults: tuple[str, ...]) -> Posture:
    return posture(STANDING, trunk=65, head=55) if "leaning" in faults else STANDING


def _rise(_figure: Figure, _side: str, faults: tuple[str, ...]) -> Posture:
    way = changed(RAISED, _WRONG_RAISE, faults)
    return posture(STANDING, head=way["trunk"] - 13, **way)


def _knee_up(figure: Figure, side: str, faults: tuple[str, ...]) -> Posture:
    return one_side(_stand(figure, side, faults), side, changed(KNEE_UP, _WRONG_MARCH, faults))


def _sit(_figure: Figure, _side: str, faults: tuple[str, ...]) -> Posture:
    trunk = next((_TRUNK[fault] for fault in faults if fault in _TRUNK), 87.0)
    return posture(SITTING, trunk=trunk, head=trunk - 12)


def _foot_up(figure: Figure, side: str, faults: tuple[str, ...]) -> Posture:
    return one_side(_sit(figure, side, faults), side, changed(FOOT_UP, _NOT_LIFTED, faults))


_HEEL_RAISE = Repeating(lambda *_: STANDING, _rise, move_s=0.9)
_MARCH = Repeating(
    _stand,
    _knee_up,
    move_s=0.5,
    rest_s=0.3,
    pause_s=0.1,
    anchor="OTHER_foot_index",
    resting=frozenset(("leaning",)),
    sided=True,
    alternating=True,
)
_BALL = Repeating(
    _sit,
    _foot_up,
    move_s=0.9,
    anchor="OTHER_foot_index",
    resting=frozenset(("slumped",)),
    sided=True,
    alternating=True,
    rest_s=1.4,
)


def perform_heel_raise(script: Script, programme: Programme) -> None:
    """Rises onto the balls of both feet and comes down."""
    repeat(_HEEL_RAISE, script, programme)


def perform_march(script: Script, programme: Programme) -> None:
    """Lifts one knee after the other, standing."""
    repeat(_MARCH, script, programme)


def perform_ball_march(script: Script, programme: Programme) -> None:
    """Lifts one foot after the other, sitting."""
    repeat(_BALL, script, programme)
