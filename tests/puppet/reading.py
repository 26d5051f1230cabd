"""Reading samples of a performance: angles and places, by the core's own geometry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from formcoach.back import read_back
from formcoach.geometry import angle, distance, line, middle, slope
from formcoach.landmarks import INDEX, OTHER_SIDE, PoseSample
from puppet.performance import Performance, perform

SHORT: dict[str, dict[str, Any]] = {
    "plank": {"hold_s": 3.0},
    "forearm-plank": {"hold_s": 3.0},
    "side-plank": {"hold_s": 3.0},
    "side-plank-knees-bent": {"hold_s": 3.0},
    "hip-hinge-with-table": {"reps": 1},
    "back-extension-on-elbows": {"hold_s": 3.0},
    "squat-with-dumbbells": {"reps": 1},
    "seated-spinal-twist": {"reps": [("right", 1)]},
    "band-rotation": {"reps": [("right", 1)]},
    "thoracic-twist": {"reps": [("left", 1)]},
    "hip-hinge": {"reps": 1},
    "romanian-deadlift": {"reps": 1},
    "deadlift": {"reps": 1},
    "bird-dog": {"reps": [("right", 1)]},
    "cat-cow": {"reps": 1},
    "push-up": {"reps": 1},
    "superman": {"reps": 1},
    "alternating-superman": {"reps": [("right", 1)]},
    "hyperextension": {"reps": 1},
    "back-extension-push-up": {"hold_s": 3.0},
    "abdominal-draw-in": {"hold_s": 3.0},
    "abdominal-contraction": {"hold_s": 3.0},
    "ankle-pump": {"reps": 1},
    "hamstring-stretch": {"reps": [("right", 1)]},
    "bridge": {"reps": 1},
    "partial-crunch": {"reps": 1},
    "sit-up": {"reps": 1},
    "roll-up": {"reps": 1},
    "knees-to-chest": {"reps": 1},
    "straight-leg-raise": {"reps": [("right", 1)]},
    "knee-to-chest-kicks": {"reps": [("right", 1)]},
    "leg-twist": {"reps": [("right", 1)]},
    "piriformis-stretch": {"reps": [("right", 1)], "hold_s": 4.0},
    "knee-rolls": {"reps": 1},
    "squat": {"reps": 1},
    "wall-squat": {"reps": 1},
    "bent-over-row": {"reps": 1},
    "lunge": {"reps": 1},
    "heel-raise": {"reps": 1},
    "hip-flexor-stretch": {"hold_s": 3.0},
    "warm-up-march": {"reps": 1},
    "swiss-ball-march": {"reps": 1},
}


def at(performance: Performance, t: float) -> PoseSample:
    return performance.samples[round(t * performance.fps)]


def work(exercise: str, **options: Any) -> PoseSample:
    """The work position, or the faulty one."""
    performance = perform(exercise, **{**SHORT[exercise], **options})
    truth = performance.truth
    if truth.faults:
        return at(performance, (truth.faults[0].start + truth.faults[0].end) / 2)
    return at(performance, truth.reps[0].turn if truth.reps else truth.holds[0].end - 1.0)


def place(sample: PoseSample, name: str) -> tuple[float, float]:
    if name.startswith("mid."):
        return middle(*(place(sample, f"{side}_{name[4:]}") for side in OTHER_SIDE))
    x, y = sample.xy[INDEX[name]]
    return float(x), float(y)


def read(sample: PoseSample, kind: Callable[..., float], *names: str) -> float:
    return kind(*(place(sample, name) for name in names))


def trunk_slope(sample: PoseSample) -> float:
    return read(sample, slope, "mid.hip", "mid.shoulder")


def hip_line(sample: PoseSample) -> float:
    return read(sample, line, "right_shoulder", "right_hip", "right_ankle")


def knee(sample: PoseSample) -> float:
    return read(sample, angle, "right_hip", "right_knee", "right_ankle")


def leg_slope(sample: PoseSample) -> float:
    return read(sample, slope, "right_hip", "right_ankle")


def arm_slope(sample: PoseSample, side: str) -> float:
    return read(sample, slope, f"{side}_shoulder", f"{side}_wrist")


def elbow(sample: PoseSample, side: str) -> float:
    return read(sample, angle, f"{side}_shoulder", f"{side}_elbow", f"{side}_wrist")


def neck_bend(sample: PoseSample) -> float:
    return read(sample, slope, "mid.shoulder", "mid.ear") - trunk_slope(sample)


def bow(performance: Performance, t: float) -> float:
    """Of the outline of the back, trunk lengths, at the last reading before `t`."""
    outlines = [sample.back for sample in performance.samples if sample.t <= t and sample.back is not None]
    return read_back(outlines[-1]).bow


def ahead(sample: PoseSample, first: str, second: str) -> float:
    """In trunk lengths, facing right."""
    trunk = distance(place(sample, "mid.hip"), place(sample, "mid.shoulder"))
    return (place(sample, second)[0] - place(sample, first)[0]) / trunk
