"""Ankle pumps."""

from __future__ import annotations

FAULTS = {
    "ankle-pump": {
        ("points_far", "low"): "not_pointed",
        ("draws_up", "high"): "toes_not_up",
        ("leg_rests", "high"): "leg_lifts",
        ("knee_rests", "low"): "knee_bends",
    },
}

LONG_ENOUGH = {"ankle-pump": {"reps": 3}}

ON_FILM = {
    "ankle-pump": (
        "The model takes the drawn foot to point 4 degrees less far than it does, so it is a try that "
        "falls short: it is told with the same words, and not counted."
    ),
}
