"""Exercises that turn, or that are seen from the front."""

from __future__ import annotations

FAULTS = {
    "side-plank": {
        ("hips_line", "low"): "sag",
        ("hips_line", "high"): "pike",
        ("elbow_under_shoulder", "low"): "shoulders_behind",
        ("elbow_under_shoulder", "high"): "shoulders_ahead",
        ("shoulders_stacked", "low"): "rolled_forward",
    },
}
