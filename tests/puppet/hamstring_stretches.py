"""Hamstring stretches, lying on the back: one leg held up, then the other."""

from __future__ import annotations

from formcoach.landmarks import OTHER_SIDE
from puppet.figure import Figure, Posture
from puppet.script import Hold, Programme, Script, TrueFault
from puppet.supine import FLAT, foot_flat, leg_up, on_the_back
from puppet.ways import one_side

HAMSTRING_FAULTS = frozenset(("knee_bent", "other_lifts", "leg_low"))

_UP, _KNEE = 76.0, 172.0
"""Direction of the whole leg, 90 = straight up: people's own reach from 60 to 90."""
_WRONG: dict[str, dict[str, float]] = {
    "knee_bent": {"knee": 145.0},
    "other_lifts": {"other": 31.0},
    "leg_low": {"leg": 47.0},
}
_CHANGE_S = 0.9
_RAISE_S = 1.0


def perform_hamstring_stretch(script: Script, programme: Programme) -> None:
    """Each side in its turn is lifted, kept up and lowered."""
    figure = script.figure
    hold = 20.0 if programme.hold_s is None else programme.hold_s
    rest = 1.0 if programme.rest_s is None else programme.rest_s
    if script.keyframes:
        script.to(on_the_back(figure), 1.6, "left_hip")
    else:
        script.begin(on_the_back(figure))
    script.stay(rest)
    for side in programme.sides(usual=1):
        script.to(_stretched(figure, side), programme.move_s or _RAISE_S, "left_hip")
        began = script.now
        for name, first, last in sorted(programme.faults, key=lambda fault: fault[1]):
            _be_wrong(script, side, name, began + max(first, 2.0), began + min(last, hold - _CHANGE_S))
        script.stay(began + hold - script.now)
        script.holds.append(Hold(began, script.now))
        script.to(on_the_back(figure), programme.move_s or _RAISE_S, "left_hip")
        script.stay(rest)


def _be_wrong(script: Script, side: str, name: str, start: float, end: float) -> None:
    figure = script.figure
    script.stay(start - script.now)
    script.to(_stretched(figure, side, **_WRONG[name]), _CHANGE_S, "left_hip")
    start = script.now
    script.stay(end - start)
    script.faults.append(TrueFault(name, start, script.now))
    script.to(_stretched(figure, side), _CHANGE_S, "left_hip")


def _stretched(
    figure: Figure, side: str, leg: float = _UP, knee: float = _KNEE, other: float | None = None
) -> Posture:
    body = one_side(on_the_back(figure), side, leg_up(figure, leg, knee))
    resting = foot_flat(figure, FLAT, 76.0) if other is None else leg_up(figure, other, 160.0)
    return one_side(body, OTHER_SIDE[side], resting)
