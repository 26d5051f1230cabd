"""Standing, on one knee and sitting upright."""

from __future__ import annotations

FAULTS = {
    "squat": {
        ("back_straight", "high"): "rounded",
        ("heels_down", "high"): "heels_lift",
        ("chest_up", "low"): "leaning",
        ("low_enough", "high"): "not_low",
        ("stand_tall", "low"): "not_upright",
    },
    "wall-squat": {
        ("trunk_upright", "low"): "leaning",
        ("knees_over_ankles", "low"): "knees_behind",
        ("knees_over_ankles", "high"): "knees_forward",
        ("knees_square", "low"): "too_deep",
        ("knees_square", "high"): "not_low",
    },
    "bent-over-row": {
        ("back_straight", "high"): "rounded",
        ("torso_still", "low"): "torso_drops",
        ("torso_still", "high"): "torso_rises",
        ("torso_hinged", "low"): "too_deep",
        ("torso_hinged", "high"): "too_upright",
        ("elbows_past_trunk", "low"): "not_pulled",
        ("knees_soft", "low"): "knee_bent",
        ("neck_long", "low"): "head_up",
        ("neck_long", "high"): "head_dropped",
        ("lowers_slowly", "high"): "dropped",
    },
    "lunge": {
        ("torso_tall", "low"): "leaning",
        ("knee_over_foot", "high"): "knee_forward",
        ("heel_down", "high"): "heels_lift",
        ("back_knee_bends", "high"): "back_knee_straight",
        ("low_enough", "low"): "not_low",
    },
    "heel-raise": {
        ("knees_straight", "low"): "knee_bent",
        ("no_rocking", "low"): "rocking_back",
        ("no_rocking", "high"): "rocking_forward",
        ("stand_tall", "low"): "leaning",
        ("high_enough", "low"): "not_high",
    },
    "hip-flexor-stretch": {
        ("torso_upright", "low"): "leaning",
        ("no_arching", "low"): "arched",
        ("hip_opens", "low"): "hip_closed",
        ("knee_over_ankle", "low"): "knee_behind",
        ("knee_over_ankle", "high"): "knee_forward",
    },
    "warm-up-march": {
        ("torso_tall", "low"): "leaning",
        ("knee_high", "low"): "not_high",
    },
    "swiss-ball-march": {
        ("trunk_still", "low"): "trunk_moves",
        ("sit_tall", "low"): "slumped",
    },
}

_STEPS = [("left", 2), ("right", 2)]
LONG_ENOUGH = {
    "squat": {"reps": 3},
    "wall-squat": {"reps": 2, "hold_s": 3},
    "bent-over-row": {"reps": 2},
    "lunge": {"reps": _STEPS},
    "heel-raise": {"reps": 3},
    "hip-flexor-stretch": {"reps": 1, "hold_s": 8},
    "warm-up-march": {"reps": [("left", 1), ("right", 1), ("left", 1), ("right", 1)]},
    "swiss-ball-march": {"reps": [("left", 1), ("right", 1), ("left", 1)]},
}

ON_FILM = {
    "lunge": (
        "The model takes the drawn left leg for the right one as they pass each other, for they differ "
        "in their shade alone: both sides are credited."
    ),
    "warm-up-march": (
        "The model takes the drawn left knee for the right one as it comes up: they differ in their "
        "shade alone."
    ),
    "swiss-ball-march": (
        "The model lets the other drawn thigh rise along with the one that is lifted, for they differ in "
        "their shade alone: it takes the foot to be less high than it is."
    ),
}
