"""Holds in which nothing is seen to move: the belly drawn in on all fours, or tightened lying on the back."""

from __future__ import annotations

from puppet.figure import Figure, Posture, posture
from puppet.script import Hold, Programme, Script, TrueFault
from puppet.supine import FLAT, foot_flat, on_the_back
from puppet.ways import all_fours

DRAW_IN_FAULTS = frozenset(("arched", "rounded", "hips_drift", "hips_ahead", "rocking"))
CONTRACTION_FAULTS = frozenset(("hips_lifted", "shoulders_lifted", "rocking", "fidgeting"))
_CHANGE_S = 0.8
_SWING_S = 0.5
"""From one end of a movement to and fro to the other, seconds."""


def perform_draw_in(script: Script, programme: Programme) -> None:
    """On all fours, still."""

    def pose(name: str = "") -> Posture:
        bow = {"arched": -0.2, "rounded": 0.22}.get(name, 0.03)
        shift = {"hips_drift": -0.24, "hips_ahead": 0.24}.get(name, 0.0)
        return posture(all_fours(script.figure, hips=shift, hands=0.75 * shift), bow=bow)

    rocked = posture(all_fours(script.figure, hips=0.1), bow=0.03)
    swings = {"rocking": (rocked, posture(all_fours(script.figure, hips=-0.1), bow=0.03))}
    _keep(script, programme, pose(), {name: pose(name) for name in DRAW_IN_FAULTS}, swings, "left_knee")


def perform_contraction(script: Script, programme: Programme) -> None:
    """On the back with bent knees, still."""
    figure = script.figure
    wrong = {
        "hips_lifted": _lying(figure, FLAT + 16.0),
        "shoulders_lifted": _lying(figure, FLAT - 20.0),
    }
    swings = {
        "rocking": (_lying(figure, FLAT - 13.0), _lying(figure, FLAT)),
        "fidgeting": (_lying(figure, FLAT, 98.0), _lying(figure, FLAT, 64.0)),
    }
    _keep(script, programme, _lying(figure, FLAT), wrong, swings, "left_heel")


def _lying(figure: Figure, trunk: float, knee: float = 76.0) -> Posture:
    body = on_the_back(figure, FLAT - trunk, knee=knee)
    return posture(body, **foot_flat(figure, trunk, knee), upper_arm=-25.0, forearm=15.0, hand=15.0)


def _keep(
    script: Script,
    programme: Programme,
    clean: Posture,
    wrong: dict[str, Posture],
    swings: dict[str, tuple[Posture, Posture]],
    anchor: str,
) -> None:
    """Keeps a posture; a fault is another posture, or a movement to and fro."""
    hold = 20.0 if programme.hold_s is None else programme.hold_s
    if script.keyframes:
        script.to(clean, 1.2, anchor)
    else:
        script.begin(clean)
    began = script.now
    for name, first, last in sorted(programme.faults, key=lambda fault: fault[1]):
        script.stay(began + max(first, 1.5) - script.now)
        until = began + min(last, hold)
        if name in swings:
            start = script.now
            while script.now < until:
                for end in swings[name]:
                    script.to(end, _SWING_S, anchor)
        else:
            script.to(wrong[name], _CHANGE_S, anchor)
            start = script.now
            script.stay(until - start)
        script.faults.append(TrueFault(name, start, script.now))
        script.to(clean, _CHANGE_S, anchor)
    script.stay(began + hold - script.now)
    script.holds.append(Hold(began, script.now))
