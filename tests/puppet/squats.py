"""Squats, free and against a wall."""

from __future__ import annotations

from puppet.figure import Figure, Posture, posture
from puppet.repeating import Repeating, changed, repeat
from puppet.script import Programme, Script
from puppet.ways import STANDING, bent_limb

LOW = {"trunk": 57.0, "thigh": -8.0, "shank": -116.0, "foot": 0.0, "neck": 12.0, "bow": 0.0}
"""People's own on video: trunk 50 to 65, thigh 35 below to 5 above level, shins 58 to 72 steep."""

_WRONG: dict[str, dict[str, float]] = {
    "shallow": {"trunk": 70.0, "thigh": -55.0, "shank": -106.0},
    "not_low": {"thigh": -37.0, "shank": -108.0},
    "leaning": {"trunk": 41.0},
    "heels_lift": {"foot": -29.0, "shank": -122.0},
    "rounded": {"bow": 0.2},
}
SQUAT_FAULTS = frozenset((*_WRONG, "not_upright"))
WITH_DUMBBELLS_FAULTS = SQUAT_FAULTS | {"arms_bent"}

ON_THE_WALL = {"trunk": 87.0, "thigh": -8.0, "shank": -97.0}
"""Likewise: trunk 77 to 90, thighs within 15 of level, shins within 15 of upright."""

_WRONG_ON_THE_WALL: dict[str, dict[str, float]] = {
    "shallow": {"thigh": -46.0},
    "leaning": {"trunk": 72.0},
    "knees_forward": {"thigh": -14.0, "shank": -115.0},
    "knees_behind": {"thigh": 18.0, "shank": -63.0},
    "too_deep": {"thigh": 27.0, "shank": -95.0},
    "not_low": {"thigh": -33.0, "shank": -93.0},
}
WALL_SQUAT_FAULTS = frozenset(_WRONG_ON_THE_WALL)


def _stand(_figure: Figure, _side: str, faults: tuple[str, ...]) -> Posture:
    if "not_upright" in faults:
        return posture(STANDING, trunk=80, head=68, thigh=-70, shank=-109)
    return STANDING


def _squat(_figure: Figure, _side: str, faults: tuple[str, ...]) -> Posture:
    way = changed(LOW, _WRONG, faults)
    neck = way.pop("neck")
    return posture(
        STANDING, head=way["trunk"] + neck, upper_arm=-8, forearm=2, hand=0, gaze=way["trunk"] - 60, **way
    )


def _squat_with_dumbbells(figure: Figure, side: str, faults: tuple[str, ...]) -> Posture:
    arms = bent_limb(figure, "arm", -88.0, 115.0 if "arms_bent" in faults else 172.0)
    return posture(_squat(figure, side, faults), **arms, hand=-86.0)


def _stand_at_the_wall(_figure: Figure, _side: str, _faults: tuple[str, ...]) -> Posture:
    return posture(STANDING, trunk=86, head=75, thigh=-59, shank=-75)


def _sit_at_the_wall(_figure: Figure, _side: str, faults: tuple[str, ...]) -> Posture:
    way = changed(ON_THE_WALL, _WRONG_ON_THE_WALL, faults)
    return posture(STANDING, head=way["trunk"] - 12, **way)


_SQUAT = Repeating(_stand, _squat, after=frozenset(("not_upright",)))
_WITH_DUMBBELLS = Repeating(_stand, _squat_with_dumbbells, after=frozenset(("not_upright",)))
_WALL_SQUAT = Repeating(_stand_at_the_wall, _sit_at_the_wall, move_s=1.8, pause_s=3.0)


def perform_squat(script: Script, programme: Programme) -> None:
    """Sits down between the feet, arms forward, and stands up."""
    repeat(_SQUAT, script, programme)


def perform_squat_with_dumbbells(script: Script, programme: Programme) -> None:
    """The same with a weight hanging from each hand."""
    repeat(_WITH_DUMBBELLS, script, programme)


def perform_wall_squat(script: Script, programme: Programme) -> None:
    """Slides down a wall, stays there, and slides up."""
    repeat(_WALL_SQUAT, script, programme)
