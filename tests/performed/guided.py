"""Guided holds."""

from __future__ import annotations

FAULTS = {
    "abdominal-draw-in": {
        ("back_long", "low"): "arched",
        ("back_long", "high"): "rounded",
        ("hips_over_knees", "low"): "hips_drift",
        ("hips_over_knees", "high"): "hips_ahead",
        ("still", "high"): "rocking",
    },
    "abdominal-contraction": {
        ("back_rests", "low"): "hips_lifted",
        ("back_rests", "high"): "shoulders_lifted",
        ("trunk_still", "high"): "rocking",
        ("legs_still", "high"): "fidgeting",
    },
}

RELATED = {
    **{("abdominal-draw-in", fault): {"still"} for fault in ("hips_drift", "hips_ahead")},
    **{
        ("abdominal-contraction", fault): {"trunk_still", "legs_still"}
        for fault in ("hips_lifted", "shoulders_lifted", "rocking")
    },
}
"""Getting to where one should not be is a movement; and with feet flat, the thighs go with the hips."""
