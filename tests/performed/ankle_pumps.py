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
