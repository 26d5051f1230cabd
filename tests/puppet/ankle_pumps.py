"""Ankle pumps, lying on the back with long legs."""

from __future__ import annotations

from puppet.figure import Figure, Posture, posture
from puppet.script import Programme, Script
from puppet.supine import FLAT, Movement, leg_flat, leg_up, on_the_back, repeat

ANKLE_PUMP_FAULTS = frozenset(("shallow", "not_pointed", "toes_not_up", "leg_lifts", "knee_bends"))

_UP, _POINTED = 104.0, 46.0
"""Directions of the feet: people draw them up by some 15 degrees from standing, and point them by 45."""
_SHORT = {"shallow": 84.0, "not_pointed": 74.0}
_KNEE = 172.0


def perform_ankle_pump(script: Script, programme: Programme) -> None:
    """Toes up, pointed away, and up again."""
    repeat(script, programme, Movement(_drawn_up, _pointed, 0.9, 0.6, 0.4))


def _drawn_up(figure: Figure, _side: str, faults: tuple[str, ...]) -> Posture:
    return _lying(figure, 87.0 if "toes_not_up" in faults else _UP)


def _pointed(figure: Figure, _side: str, faults: tuple[str, ...]) -> Posture:
    foot = next((_SHORT[fault] for fault in faults if fault in _SHORT), _POINTED)
    body = _lying(figure, foot, 140.0 if "knee_bends" in faults else _KNEE)
    return posture(body, **leg_up(figure, 14.0, _KNEE, foot=foot + 14.0)) if "leg_lifts" in faults else body


def _lying(figure: Figure, foot: float, knee: float = _KNEE) -> Posture:
    body = posture(on_the_back(figure), **leg_flat(figure, FLAT, knee))
    return posture(body, foot=foot + body["left_shank"])
