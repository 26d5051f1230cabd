"""Turning the chest: the seated spinal twist, and standing with a band. Filmed from the front."""

from __future__ import annotations

from collections.abc import Callable

from puppet.figure import Posture, posture
from puppet.script import Programme, Script, TrueFault, TrueRep
from puppet.ways import STANDING

CLEAN_TURN = 45.0
"""Degrees of the shoulders against the hips; healthy people reach 35 to 50."""

_SEATED = posture(
    trunk=88,
    head=76,
    thigh=-3,
    shank=-78,
    foot=5,
    upper_arm=-55,
    forearm=10,
    hand=10,
    arm_out=-12,
    leg_out=4,
)
_WITH_BAND = posture(STANDING, upper_arm=-6, forearm=-2, hand=0, palm=90, arm_out=-15)

Turned = Callable[[Posture, float], Posture]

_SEATED_WRONG: dict[str, Turned] = {
    "shallow": lambda body, right: posture(body, twist=-right * 10),
    "leaning": lambda body, right: posture(body, lean=right * 22),
    "other_hip_lifted": lambda body, right: posture(body, roll=right * 17, lean=-right * 17),
    "hip_lifted": lambda body, right: posture(body, roll=-right * 17, lean=right * 17),
}
_BAND_WRONG: dict[str, Turned] = {
    "shallow": _SEATED_WRONG["shallow"],
    "hips_turn_too": lambda body, right: posture(body, twist=-right * 8, hip_turn=-right * 37),
    "leaning": _SEATED_WRONG["leaning"],
    "arms_bent": lambda body, right: posture(body, upper_arm=-55, forearm=25, hand=25),
}
SEATED_TWIST_FAULTS = frozenset(_SEATED_WRONG)
BAND_ROTATION_FAULTS = frozenset(_BAND_WRONG)


def perform_seated_twist(script: Script, programme: Programme) -> None:
    """Sits on a stool, the hands in front of the chest, turns, stays, and comes back."""
    _perform(script, programme, _SEATED, _SEATED_WRONG, hold=3.0, anchor="left_hip")


def perform_band_rotation(script: Script, programme: Programme) -> None:
    """Stands with the arms stretched out in front, turns and comes back."""
    _perform(script, programme, _WITH_BAND, _BAND_WRONG, hold=0.6, anchor="left_heel")


def _perform(
    script: Script, programme: Programme, start: Posture, wrong: dict[str, Turned], hold: float, anchor: str
) -> None:
    move = programme.move_s or 1.3
    rest = 1.2 if programme.rest_s is None else programme.rest_s
    hold = hold if programme.hold_s is None else programme.hold_s
    if script.keyframes:
        script.to(start, 1.5, anchor)
    else:
        script.begin(start)
    script.stay(rest)
    for number, side in enumerate(programme.sides(usual=3), 1):
        faults = programme.faults_of(number)
        right = 1.0 if side == "right" else -1.0
        turned = posture(start, twist=-right * CLEAN_TURN)
        for fault in faults:
            turned = wrong[fault](turned, right)
        began = script.now
        script.to(turned, move, anchor)
        arrived = script.now
        script.stay(hold)
        left = script.now
        script.to(start, move, anchor)
        script.reps.append(TrueRep(side, began, (arrived + left) / 2, script.now, (arrived, left), faults))
        script.faults.extend(TrueFault(fault, arrived, left) for fault in faults)
        script.stay(rest)
