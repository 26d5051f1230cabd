"""On all fours."""

from __future__ import annotations

FAULTS = {
    "bird-dog": {
        ("trunk_level", "low"): "torso_drop",
        ("trunk_level", "high"): "torso_tilt",
        ("leg_level", "low"): "leg_low",
        ("leg_level", "high"): "limb_too_high",
        ("knee_straight", "low"): "knee_bent",
        ("arm_level", "low"): "arm_low",
        ("arm_level", "high"): "arm_high",
        ("arm_straight", "low"): "elbow_bent",
        ("hips_steady", "low"): "hips_drift",
        ("hips_steady", "high"): "hips_ahead",
        ("leg_joins_arm", "high"): "leg_stays",
        ("back_still", "low"): "arched",
        ("back_still", "high"): "rounded",
    },
    "cat-cow": {
        ("belly_sinks", "high"): "not_arched",
        ("arms_straight", "low"): "elbow_bent",
        ("hips_over_knees", "low"): "hips_drift",
        ("hips_over_knees", "high"): "hips_ahead",
        ("shoulders_over_hands", "low"): "shoulders_behind",
        ("shoulders_over_hands", "high"): "shoulders_ahead",
    },
}

LONG_ENOUGH = {
    "bird-dog": {"reps": 2, "hold_s": 3},
    "cat-cow": {"reps": 3},
}

ON_FILM = {
    "bird-dog": (
        "The stretched arm is drawn across the head that the sinking trunk has lowered, and the model "
        "loses it there: it is not known whether the position is held, so nothing is said."
    ),
    "thoracic-twist": (
        "The hand of the far arm is behind the drawn head, where the model sees nothing of it; without "
        "it nobody knows whether the start position is taken. The nearer side is counted."
    ),
}
