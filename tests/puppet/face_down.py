"""What is performed face down: supermen with both sides or one, chest lifts and press-ups."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from puppet.figure import Figure, Posture
from puppet.prone import alternating_superman, chest_lift, on_elbows, press_up, prone, superman
from puppet.script import Hold, Programme, Script, TrueFault, TrueRep
from puppet.ways import all_fours


def perform_superman(script: Script, programme: Programme) -> None:
    """Arms and legs leave the floor, stay a moment, and come down."""
    sides = [""] * len(programme.sides(usual=3))
    _repeat(script, programme, sides, "ahead", lambda _, faults: superman(script.figure, faults), 2.5)


def perform_alternating_superman(script: Script, programme: Programme) -> None:
    """One arm and the opposite leg leave the floor, and come down."""

    def lift(side: str, faults: tuple[str, ...]) -> Posture:
        return alternating_superman(script.figure, side, faults)

    _repeat(script, programme, programme.turns(usual=3), "ahead", lift, 1.2)


def perform_hyperextension(script: Script, programme: Programme) -> None:
    """Arms along the sides; the chest leaves the floor, and comes down."""
    sides = [""] * len(programme.sides(usual=3))
    _repeat(script, programme, sides, "sides", lambda _, faults: chest_lift(script.figure, faults), 1.0)


def _repeat(
    script: Script,
    programme: Programme,
    sides: Sequence[str],
    arms: str,
    lift: Callable[[str, tuple[str, ...]], Posture],
    usual_hold_s: float,
) -> None:
    rest = 1.2 if programme.rest_s is None else programme.rest_s
    hold = usual_hold_s if programme.hold_s is None else programme.hold_s
    kneeling = bool(script.keyframes)
    lying = prone(script.figure, arms)
    _lie_down(script, lying)
    script.stay(rest)
    for number, side in enumerate(sides, 1):
        faults = programme.faults_of(number)
        start = script.now
        up_s, down_s = programme.seconds(number, 2.2 if "trunk_too_high" in faults else 1.1)
        script.to(lift(side, faults), up_s, "left_hip")
        arrived = script.now
        script.stay(hold)
        left = script.now
        script.to(lying, down_s, "left_hip")
        script.reps.append(TrueRep(side, start, (arrived + left) / 2, script.now, (arrived, left), faults))
        script.faults.extend(TrueFault(fault, arrived, left) for fault in faults)
        script.stay(rest)
    if kneeling:
        _kneel(script)


def perform_press_up(script: Script, programme: Programme) -> None:
    """Hands below the shoulders, the chest is pressed up and stays there, the hips on the floor."""
    _prop_up(script, programme, press_up)


def perform_on_elbows(script: Script, programme: Programme) -> None:
    """Propped up on the forearms and staying there, the hips on the floor."""
    _prop_up(script, programme, on_elbows)


def _prop_up(
    script: Script, programme: Programme, make: Callable[[Figure, tuple[str, ...]], Posture]
) -> None:
    move = programme.move_s or 0.9
    rest = 1.0 if programme.rest_s is None else programme.rest_s
    hold = 8.0 if programme.hold_s is None else programme.hold_s
    kneeling = bool(script.keyframes)
    lying = prone(script.figure, "below")
    _lie_down(script, lying)
    script.stay(rest)
    up = make(script.figure, ())
    script.to(up, move, "left_hip")
    began = script.now
    for name, first, last in sorted(programme.faults, key=lambda fault: fault[1]):
        _hold(script, began + first)
        script.to(make(script.figure, (name,)), 0.7, "left_hip")
        start = script.now
        script.stay(began + min(last, hold) - start)
        script.faults.append(TrueFault(name, start, script.now))
        script.to(up, 0.7, "left_hip")
    _hold(script, began + hold)
    script.to(lying, move, "left_hip")
    script.stay(rest)
    if kneeling:
        _kneel(script)


def _hold(script: Script, until: float) -> None:
    if until > script.now:
        script.holds.append(Hold(script.now, until))
        script.stay(until - script.now)


def _lie_down(script: Script, lying: Posture) -> None:
    """From all fours down onto the floor, unless it begins there."""
    if script.keyframes:
        script.to(lying, 2.0, "left_knee")
    else:
        script.begin(lying)


def _kneel(script: Script) -> None:
    script.to(all_fours(script.figure), 2.0, "left_knee")
