"""Films of the puppet through the real pose model: what a camera would have made of each exercise.

Each exercise is drawn twice, to a video file: once clean, and once with the fault that its spec holds to be
the most pressing. Which way the puppet faces and how it is built is another for each exercise.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from catalogue import BODIES, FACINGS, amount, first_fault, miscounted, misjudged, said
from coached import Outcome, coach, stock
from formcoach.geometry import distance
from formcoach.landmarks import INDEX, OTHER_SIDE, PoseSample
from puppet import Performance, perform
from puppet.drawing import draw
from puppet.reading import place

FPS = 10.0
"""Frames a second of the films: few, for the time that the model takes."""
HEIGHT = 360
NEAR = ("shoulder", "hip", "knee", "ankle", "wrist")
"""The landmarks of the nearer side that must be found where they were drawn."""


@dataclass(frozen=True, slots=True)
class Filmed:
    """What became of an exercise on film.

    Attributes:
        clean: what was wrong with the count of the clean performance, or said in it.
        kind: the name of the most pressing fault.
        fault: what was wrong with its judgement.
        off: how far from where they were drawn the nearer landmarks are, trunk lengths, by name; medians.
    """

    exercise: str
    clean: tuple[str, ...]
    kind: str
    fault: tuple[str, ...]
    off: dict[str, float]


def film(exercise: str, model: Path) -> Filmed:
    """Draw an exercise and look at it with the pose model."""
    performance, samples = take(exercise, model)
    clean = outcome_of(exercise, performance, samples)
    check, fault = first_fault(exercise)
    faulty = outcome_of(exercise, *take(exercise, model, fault))
    return Filmed(
        exercise,
        (*miscounted(exercise, clean), *said(clean)),
        stock(exercise).checks[check[0]].fault_kind(check[1]),
        tuple(misjudged(exercise, check, fault, faulty)),
        far_off(performance, samples),
    )


def take(exercise: str, model: Path, fault: str | tuple[()] = ()) -> tuple[Performance, list[PoseSample]]:
    """A performance on film, and what the pose model makes of the film."""
    from formcoach.replaying import samples_of

    which = crc32(exercise.encode())
    figure = list(BODIES.values())[which % len(BODIES)]
    facing = FACINGS[which // len(BODIES) % len(FACINGS)]
    performance = perform(exercise, fps=FPS, facing=facing, figure=figure, fault=fault, **amount(exercise))
    with tempfile.TemporaryDirectory() as folder:
        path = draw(performance, Path(folder, "film.mp4"), HEIGHT)
        return performance, list(samples_of(path, model, back=stock(exercise).wants_back))


def outcome_of(exercise: str, performance: Performance, samples: list[PoseSample]) -> Outcome:
    """What the coach makes of a film."""
    outcome = coach(exercise, samples)
    return Outcome(outcome.report, outcome.steps, performance)


def far_off(performance: Performance, samples: list[PoseSample]) -> dict[str, float]:
    """How far the landmarks of the nearer side are from where they were drawn, trunk lengths; medians."""
    near = performance.camera.facing
    assert near in OTHER_SIDE
    pairs = [(a, b) for a, b in zip(performance.samples, samples, strict=True) if b.someone]
    trunks = np.array([distance(place(a, "mid.hip"), place(a, "mid.shoulder")) for a, _ in pairs])
    off = np.array([np.linalg.norm(b.xy - a.xy, axis=1) for a, b in pairs]) / trunks[:, None]
    return {part: float(np.median(off[:, INDEX[f"{near}_{part}"]])) for part in NEAR}
