"""Hinges."""

from __future__ import annotations

_EITHER = {
    ("knees_soft", "low"): "knee_bent",
    ("torso_level", "low"): "too_deep",
    ("torso_level", "high"): "not_level",
    ("stand_tall", "low"): "not_upright",
    ("shins_upright", "high"): "shins_forward",
    ("neck_long", "low"): "head_up",
    ("neck_long", "high"): "head_dropped",
    ("back_straight", "high"): "rounded",
    ("calm", "high"): "thrown",
}

FAULTS = {
    "hip-hinge": {
        **_EITHER,
    },
    "romanian-deadlift": {
        **_EITHER,
        ("arms_straight", "low"): "arms_bent",
        ("weights_close", "high"): "arms_away",
    },
    "deadlift": {
        ("back_straight", "high"): "rounded",
        ("tall_not_leaning", "low"): "not_upright",
    },
}

LONG_ENOUGH = {
    "hip-hinge": {"reps": 2},
    "romanian-deadlift": {"reps": 2},
    "deadlift": {"reps": 2},
}
