"""Stretches that are held."""

from __future__ import annotations

FAULTS = {
    "hamstring-stretch": {
        ("knee_straight", "low"): "knee_bent",
        ("other_leg_rests", "high"): "other_lifts",
        ("leg_up", "low"): "leg_low",
    },
    "piriformis-stretch": {
        ("thigh_drawn_in", "high"): "thigh_far",
        ("shoulders_down", "high"): "shoulders_lifted",
        ("head_down", "low"): "head_lifted",
    },
}

ON_FILM = {
    "hip-flexor-stretch": (
        "The model swaps the drawn legs several times a second: they differ in their shade alone."
    ),
}
