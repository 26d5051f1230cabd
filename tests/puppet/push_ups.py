"""Push-ups."""

from __future__ import annotations

from puppet.figure import Figure, Posture
from puppet.planks import plank
from puppet.script import Programme, Script, TrueFault, TrueRep
from puppet.ways import all_fours

TOP = {"elbow": 170.0, "lean": 0.0}
BOTTOM = {"elbow": 78.0, "lean": 0.35, "line": 3.0, "neck": -6.0}
"""A man on video: elbows from 172 to 72, the shoulders ahead of the hands at the bottom."""

_AT_TOP: dict[str, dict[str, float]] = {"arms_bent": {"elbow": 143.0}}
_AT_BOTTOM: dict[str, dict[str, float]] = {
    "shallow": {"elbow": 132.0, "lean": 0.1},
    "not_deep": {"elbow": 112.0, "lean": 0.2},
}
_THROUGHOUT: dict[str, dict[str, float]] = {
    "sag": {"line": -20.0, "bow": -0.06},
    "pike": {"line": 45.0},
    "knee_bent": {"knee": 138.0},
    "head_up": {"neck": 58.0},
    "head_dropped": {"neck": -62.0},
}
PUSH_UP_FAULTS = frozenset((*_AT_TOP, *_AT_BOTTOM, *_THROUGHOUT))


def perform_push_up(script: Script, programme: Programme) -> None:
    """From straight arms the chest goes down to the floor, and up again."""
    move = programme.move_s or 0.9
    rest = 0.5 if programme.rest_s is None else programme.rest_s
    pause = 0.2 if programme.hold_s is None else programme.hold_s
    kneeling = bool(script.keyframes)
    count = len(programme.sides(usual=4))
    up = _push_up(script.figure, programme.faults_of(1), low=False)
    if kneeling:
        script.to(up, 1.8, "left_wrist")
    else:
        script.begin(up)
    script.stay(max(rest, 0.5))
    for number in range(1, count + 1):
        faults = programme.faults_of(number)
        start = script.now
        script.to(_push_up(script.figure, faults, low=True), move, "left_foot_index")
        down = script.now
        script.stay(pause)
        left = script.now
        script.to(_push_up(script.figure, faults, low=False), move, "left_foot_index")
        ended = script.now
        script.stay(rest)
        script.reps.append(TrueRep("", start, (down + left) / 2, ended, (down, left), faults))
        for fault in faults:
            span = (ended, script.now) if fault in _AT_TOP else (down, left)
            script.faults.append(TrueFault(fault, *(span if fault not in _THROUGHOUT else (start, ended))))
    if kneeling:
        script.to(all_fours(script.figure), 1.8, "left_wrist")


def _push_up(figure: Figure, faults: tuple[str, ...], low: bool) -> Posture:
    """With straight arms, or at the bottom."""
    way = dict(BOTTOM if low else TOP)
    for fault in faults:
        way |= _THROUGHOUT.get(fault, {}) | (_AT_BOTTOM if low else _AT_TOP).get(fault, {})
    return plank(figure, False, way)
