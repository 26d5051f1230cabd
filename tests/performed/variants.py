"""Variants: what their bases show, less what they are without, and what is their own."""

from __future__ import annotations

from performed import face_down, hinges, standing, turning

_ON_KNEES = {key: fault for key, fault in turning.FAULTS["side-plank"].items() if key[0] != "legs_long"}
_ON_ELBOWS = {
    key: fault
    for key, fault in face_down.FAULTS["back-extension-push-up"].items()
    if key[0] != "elbows_straighten"
}

FAULTS = {
    "side-plank-knees-bent": {**_ON_KNEES, ("knees_bent", "high"): "legs_straight"},
    "back-extension-on-elbows": {
        **_ON_ELBOWS,
        ("elbows_under_shoulders", "low"): "shoulders_behind",
        ("elbows_under_shoulders", "high"): "shoulders_ahead",
    },
    "hip-hinge-with-table": {**hinges.FAULTS["hip-hinge"], ("hand_on", "low"): "no_hand"},
    "squat-with-dumbbells": {**standing.FAULTS["squat"], ("arms_long", "low"): "arms_bent"},
}

LONG_ENOUGH = {
    "hip-hinge-with-table": {"reps": 2},
    "squat-with-dumbbells": {"reps": 3},
}

ON_FILM = {
    "side-plank-knees-bent": (
        "The model puts the drawn knees, which hide the shanks behind them, half as far from the line "
        "as they are: hips that sag by 16 degrees sag by 7, and the way into the position looks like "
        "the position."
    ),
}
