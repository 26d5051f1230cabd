"""Planks."""

from __future__ import annotations

_EITHER = {
    ("hips_line", "low"): "sag",
    ("hips_line", "high"): "pike",
    ("knees_straight", "low"): "knee_bent",
    ("head_in_line", "low"): "head_up",
    ("head_in_line", "high"): "head_dropped",
    ("back_flat", "low"): "arched",
    ("back_flat", "high"): "rounded",
}

FAULTS = {
    "plank": {
        **_EITHER,
        ("shoulders_over_hands", "low"): "shoulders_behind",
        ("shoulders_over_hands", "high"): "shoulders_ahead",
    },
    "forearm-plank": {
        **_EITHER,
        ("shoulders_over_elbows", "low"): "shoulders_behind",
        ("shoulders_over_elbows", "high"): "shoulders_ahead",
        ("elbow_right_angle", "low"): "elbow_closed",
        ("elbow_right_angle", "high"): "elbow_open",
    },
}

RELATED = {
    ("forearm-plank", "shoulders_ahead"): {"elbow_right_angle"},
    ("forearm-plank", "shoulders_behind"): {"elbow_right_angle"},
}
"""The elbow angle follows the shoulders."""
