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
}

LONG_ENOUGH = {
    "push-up": {"reps": 3},
}
