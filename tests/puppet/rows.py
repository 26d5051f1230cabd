"""Bent-over rows."""

from __future__ import annotations

from puppet.figure import Figure, Posture, posture
from puppet.repeating import Repeating, changed, repeat
from puppet.script import DROPPED, Programme, Script
from puppet.ways import STANDING

BENT = {"trunk": 25.0, "thigh": -62.0, "shank": -95.0, "neck": 0.0, "bow": 0.0}
"""People's own on video: trunk 33 to 43, knees 140 to 150."""
_PULLED = -184.0
"""The upper arm's direction: people's own -163 to -185."""

_WRONG: dict[str, dict[str, float]] = {
    "rounded": {"bow": 0.2},
    "too_upright": {"trunk": 54.5},
    "too_deep": {"trunk": -26.0},
    "knee_bent": {"thigh": -40.0, "shank": -110.0},
    "head_up": {"neck": 60.0},
    "head_dropped": {"neck": -60.0},
}
_WRONG_PULLED: dict[str, dict[str, float]] = {
    "torso_rises": {"trunk": 42.0},
    "torso_drops": {"trunk": 8.0},
}
_ARMS = {"shallow": -134.0, "not_pulled": -150.0}
ROW_FAULTS = frozenset((*_WRONG, *_WRONG_PULLED, *_ARMS, DROPPED))


def _bent(faults: tuple[str, ...], **arms: float) -> Posture:
    way = changed(BENT, {**_WRONG, **_WRONG_PULLED}, faults)
    neck = way.pop("neck")
    return posture(STANDING, head=way["trunk"] + neck, arm_out=4, **arms, **way)


def _hang(_figure: Figure, _side: str, faults: tuple[str, ...]) -> Posture:
    return _bent(faults, upper_arm=-92, forearm=-86, hand=-86)


def _pull(_figure: Figure, _side: str, faults: tuple[str, ...]) -> Posture:
    upper_arm = next((_ARMS[fault] for fault in faults if fault in _ARMS), _PULLED)
    return _bent(faults, upper_arm=upper_arm, forearm=-88, hand=-88)


_ROW = Repeating(_hang, _pull, rest_s=1.4, pause_s=0.8, resting=frozenset(_WRONG))


def perform_row(script: Script, programme: Programme) -> None:
    """Pulls the weights to the ribs, bent over, and lets them down."""
    repeat(_ROW, script, programme)
