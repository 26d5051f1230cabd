"""From lying towards sitting: partial crunches, sit-ups and roll-ups."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from puppet.figure import Figure, Posture, posture
from puppet.script import THROWN, Programme, Script
from puppet.supine import (
    FLAT,
    KNEE,
    NECK,
    Movement,
    arms_crossed,
    leg_drawn_in,
    leg_flat,
    leg_up,
    on_the_back,
    repeat,
)

Ways = Mapping[str, Mapping[str, float]]

CRUNCH = {"lift": 8.0, "neck": -48.0, "down": 0.0, "knee": KNEE, "feet": 0.0}
"""`lift`: degrees that the trunk rises (4 on video); `neck`: against the trunk; `down`: degrees that the
trunk stays up between two repetitions; `feet`: how far the thighs are drawn in, the feet in the air."""
SIT_UP = {"lift": 82.0, "neck": -20.0, "down": 0.0, "knee": 96.0, "feet": 0.0}
ROLL_UP = {"lift": 95.0, "neck": -30.0, "down": 0.0, "knee": 172.0, "legs": 0.0}
"""`legs`: degrees that the legs are lifted off the floor."""

_CRUNCH_WRONG: Ways = {
    "shallow": {"lift": 0.3, "neck": -44.0},
    "too_high": {"lift": 35.5},
    "neck_pulled": {"neck": -108.0},
    "feet_close": {"knee": 38.0},
    "feet_far": {"knee": 128.0},
    "feet_lift": {"feet": 65.0},
}
_SIT_UP_WRONG: Ways = {
    "shallow": {"lift": 42.0},
    "not_upright": {"lift": 57.0},
    "not_down": {"down": 17.5},
    "neck_pulled": {"neck": -105.0},
    "feet_lift": {"feet": 58.0},
}
_ROLL_UP_WRONG: Ways = {
    "shallow": {"lift": 50.0},
    "not_upright": {"lift": 69.0},
    "not_down": {"down": 18.0},
    "knee_bent": {"knee": 134.0},
    "legs_lift": {"legs": 24.0},
}
PARTIAL_CRUNCH_FAULTS = frozenset(_CRUNCH_WRONG)
SIT_UP_FAULTS = frozenset(_SIT_UP_WRONG)
ROLL_UP_FAULTS = frozenset((*_ROLL_UP_WRONG, THROWN))
_AT_REST = frozenset(("not_down",))


def perform_partial_crunch(script: Script, programme: Programme) -> None:
    """Head and shoulder blades rise from the floor, and sink again."""
    _perform(script, programme, CRUNCH, _CRUNCH_WRONG, move_s=1.2, hold_s=0.8)


def perform_sit_up(script: Script, programme: Programme) -> None:
    """From lying with bent knees to sitting, and back."""
    _perform(script, programme, SIT_UP, _SIT_UP_WRONG, move_s=1.5, hold_s=0.6)


def perform_roll_up(script: Script, programme: Programme) -> None:
    """From lying with straight legs to sitting, the arms reaching ahead, and back."""
    way = partial(_way, ROLL_UP, _ROLL_UP_WRONG)
    movement = Movement(
        lambda figure, _side, faults: _long(figure, way(faults), way(faults)["down"]),
        lambda figure, _side, faults: _long(figure, way(faults), way(faults)["lift"]),
        2.4,
        1.2,
        0.8,
        at_rest=_AT_REST,
    )
    repeat(script, programme, movement)


def _perform(
    script: Script,
    programme: Programme,
    clean: Mapping[str, float],
    wrong: Ways,
    *,
    move_s: float,
    hold_s: float,
) -> None:
    """With bent knees and the arms crossed over the chest."""
    way = partial(_way, clean, wrong)

    def lying(figure: Figure, _side: str, faults: tuple[str, ...]) -> Posture:
        here = way(faults)
        return arms_crossed(on_the_back(figure, here["down"], NECK, here["knee"]))

    def up(figure: Figure, _side: str, faults: tuple[str, ...]) -> Posture:
        here = way(faults)
        body = arms_crossed(on_the_back(figure, here["lift"], here["neck"], here["knee"]))
        return posture(body, **leg_drawn_in(here["feet"], here["knee"])) if here["feet"] else body

    repeat(script, programme, Movement(lying, up, move_s, 1.2, hold_s, at_rest=_AT_REST))


def _way(clean: Mapping[str, float], wrong: Ways, faults: tuple[str, ...]) -> dict[str, float]:
    way = dict(clean)
    for fault in faults:
        way |= wrong.get(fault, {})
    return way


def _long(figure: Figure, way: dict[str, float], lift: float) -> Posture:
    """Legs straight, the arms up while lying and ahead while sitting."""
    up = lift / ROLL_UP["lift"]
    body = on_the_back(figure, lift, NECK + (way["neck"] - NECK) * up)
    high = lift > way["down"]
    knee = way["knee"] if high else ROLL_UP["knee"]
    lifted = high and way["legs"] > 0.0
    legs = leg_up(figure, way["legs"], knee) if lifted else leg_flat(figure, FLAT - lift, knee)
    arm = 88.0 - 84.0 * up
    return posture(body, **legs, upper_arm=arm, forearm=arm, hand=arm)
