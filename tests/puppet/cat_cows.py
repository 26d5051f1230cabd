"""Cat-cows."""

from __future__ import annotations

from functools import cache

import numpy as np

from formcoach.back import read_back
from puppet.camera import Camera
from puppet.figure import SEGMENTS, Figure, Posture, posture, skeleton
from puppet.script import Programme, Script, TrueFault, TrueRep
from puppet.trunk import outlines
from puppet.ways import all_fours

CAT_COW_FAULTS = frozenset(
    ("shallow", "not_arched", "elbow_bent", "hips_drift", "hips_ahead", "shoulders_ahead", "shoulders_behind")
)

ARCHED, ROUNDED = -0.07, 0.13
"""The outline's bow at both ends, trunk lengths, and the neck against the trunk: a man on video has
-0.06 and 0.14."""
_WRONG_ENDS = {"not_arched": (0.004, ROUNDED), "shallow": (ARCHED, 0.02)}
_WRONG_SUPPORT: dict[str, dict[str, float]] = {
    "elbow_bent": {"elbow": 115.0},
    # The hands go along, or the shoulders would be off as well.
    "hips_drift": {"hips": -0.24, "hands": -0.18},
    "hips_ahead": {"hips": 0.24, "hands": 0.18},
    "shoulders_ahead": {"hands": -0.27},
    "shoulders_behind": {"hands": 0.27},
}
_NECK_UP, _NECK_DOWN = 25.0, -45.0


def perform_cat_cow(script: Script, programme: Programme) -> None:
    """On all fours the back sinks, rounds, and sinks again."""
    move = programme.move_s or 2.2
    rest = 0.6 if programme.rest_s is None else programme.rest_s
    hold = 0.6 if programme.hold_s is None else programme.hold_s
    if not script.keyframes:
        script.begin(_on_hands_and_knees(script, (), top=False))
        script.stay(rest)
    sides = programme.sides(usual=4)
    for number in range(1, len(sides) + 1):
        faults = programme.faults_of(number)
        arched = _on_hands_and_knees(script, faults, top=False)
        if arched != script.keyframes[-1].posture:
            script.to(arched, 0.8, "left_knee")
            script.stay(rest)
        start = script.now
        script.to(_on_hands_and_knees(script, faults, top=True), move, "left_knee")
        up = script.now
        script.stay(hold)
        down = script.now
        script.to(arched, move, "left_knee")
        script.reps.append(TrueRep("", start, (up + down) / 2, script.now, (up, down), faults))
        ended = script.now
        script.stay(rest)
        for fault in faults:
            span = {"not_arched": (ended, script.now), "shallow": (up, down)}.get(fault, (start, ended))
            script.faults.append(TrueFault(fault, *span))


def _on_hands_and_knees(script: Script, faults: tuple[str, ...], top: bool) -> Posture:
    """Arched, or rounded at the top of the movement."""
    low, high = ARCHED, ROUNDED
    support: dict[str, float] = {}
    for fault in faults:
        low, high = _WRONG_ENDS.get(fault, (low, high))
        support |= _WRONG_SUPPORT.get(fault, {})
    body = all_fours(script.figure, neck=_NECK_DOWN if top else _NECK_UP, **support)
    level, shown = _outline(script.figure)
    return posture(body, bow=((high if top else low) - level) / shown)


@cache
def _outline(figure: Figure) -> tuple[float, float]:
    """The bow of the outline above a straight spine, which buttocks and shoulder blades make hollow, and
    how much more of it there is for each trunk length of the spine's own bow."""
    bows = np.array([0.0, 0.1])
    body = np.array([[all_fours(figure)[name] for name in SEGMENTS]] * 2)
    camera = Camera()
    edges = outlines(camera.turn(skeleton(figure, body)), bows, figure.build, camera, width=2.0)
    straight, bowed = (read_back(edge.astype(np.float32)).bow for edge in edges)
    return straight, (bowed - straight) / 0.1
