"""Exercises that turn, or that are seen from the front."""

from __future__ import annotations

FAULTS = {
    "side-plank": {
        ("hips_line", "low"): "sag",
        ("hips_line", "high"): "pike",
        ("elbow_under_shoulder", "low"): "shoulders_behind",
        ("elbow_under_shoulder", "high"): "shoulders_ahead",
        ("shoulders_stacked", "low"): "rolled_forward",
        ("legs_long", "low"): "knee_bent",
    },
    "seated-spinal-twist": {
        ("sit_tall", "low"): "leaning",
        ("hips_down", "low"): "hip_lifted",
        ("hips_down", "high"): "other_hip_lifted",
    },
    "band-rotation": {
        ("stand_tall", "low"): "leaning",
        ("arms_straight", "low"): "arms_bent",
    },
    "thoracic-twist": {
        ("elbow_open", "low"): "not_opened",
        ("arm_straight", "low"): "elbow_bent",
        ("hips_over_knees", "low"): "hips_drift",
        ("hips_over_knees", "high"): "hips_ahead",
    },
}

LONG_ENOUGH = {
    "thoracic-twist": {"reps": [("left", 2), ("right", 1)]},
    "seated-spinal-twist": {"reps": 2, "hold_s": 3},
    "band-rotation": {"reps": [("left", 2), ("right", 1)], "hold_s": 1.2},
}

ON_FILM = {
    "band-rotation": (
        "Of the drawn figure, which has no depth, the model tells a turn of 45 degrees to the one side "
        "as 19, to the other as 33; 21 are counted."
    ),
}
