"""Face down."""

from __future__ import annotations

FAULTS = {
    "push-up": {
        ("hips_line", "low"): "sag",
        ("hips_line", "high"): "pike",
        ("low_enough", "high"): "not_deep",
        ("all_the_way_up", "low"): "arms_bent",
        ("knees_straight", "low"): "knee_bent",
        ("head_in_line", "low"): "head_up",
        ("head_in_line", "high"): "head_dropped",
    },
    "superman": {
        ("arms_join_legs", "high"): "arms_stay",
        ("chest_low", "high"): "trunk_too_high",
        ("legs_low", "high"): "legs_too_high",
        ("head_in_line", "low"): "head_up",
        ("knees_straight", "low"): "knee_bent",
        ("arms_straight", "low"): "elbow_bent",
        ("calm", "high"): "thrown",
    },
    "alternating-superman": {
        ("leg_joins_arm", "high"): "leg_stays",
        ("hips_down", "high"): "hips_lift",
        ("leg_low", "high"): "limb_too_high",
        ("knee_straight", "low"): "knee_bent",
        ("head_in_line", "low"): "head_up",
    },
    "hyperextension": {
        ("range_capped", "high"): "trunk_too_high",
        ("feet_down", "high"): "legs_lift",
        ("head_in_line", "low"): "head_up",
        ("calm", "high"): "thrown",
    },
    "back-extension-push-up": {
        ("hips_down", "high"): "hips_lift",
        ("elbows_straighten", "low"): "elbow_bent",
        ("shoulders_low", "low"): "shoulders_up",
        ("head_in_line", "low"): "head_up",
    },
}

LONG_ENOUGH = {
    "push-up": {"reps": 3},
    "superman": {"reps": 2},
    "alternating-superman": {"reps": 2},
    "hyperextension": {"reps": 2},
}
