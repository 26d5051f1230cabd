"""Films of the puppet through the real pose model: what a camera would have made of each exercise.

The puppet is drawn to a video file, and the file goes the way of every replayed video. An exercise is filmed
clean in every build, at every frame rate and facing both ways, and once with the fault of every check.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np

from catalogue import BODIES, FACINGS, FPS, amount, miscounted, misjudged, said
from coached import Outcome, coach, stock
from formcoach.geometry import distance
from formcoach.landmarks import INDEX, PoseSample
from performed import PERFORMED
from puppet import Performance, perform
from puppet.drawing import draw
from puppet.reading import place

HEIGHT = 360
"""Of the pictures: the model looks at 256 pixels across the person anyway."""
NEAR = ("shoulder", "hip", "knee", "ankle", "wrist")
"""The landmarks of the nearer side that are compared with where they were drawn."""


@dataclass(frozen=True, slots=True)
class Film:
    """One film to be made. `fault` is the puppet's; empty = clean."""

    exercise: str
    facing: str
    body: str
    fps: float
    fault: str = ""

    @property
    def name(self) -> str:
        """What tells it from the other films of the exercise."""
        return self.fault or f"{self.body}, facing {self.facing}, {self.fps:g} frames/s"

    def take(self, model: Path) -> tuple[Performance, list[PoseSample]]:
        """Perform it, draw it, and look at what was drawn with the pose model."""
        from formcoach.replaying import samples_of

        how: dict[str, Any] = {"fault": self.fault} if self.fault else {}
        figure = BODIES[self.body]
        performance = perform(
            self.exercise, fps=self.fps, facing=self.facing, figure=figure, **how, **amount(self.exercise)
        )
        with tempfile.TemporaryDirectory() as folder:
            path = draw(performance, Path(folder, "film.mp4"), HEIGHT, preset="veryfast")
            return performance, list(samples_of(path, model, back=stock(self.exercise).wants_back))

    def judge(self, performance: Performance, samples: list[PoseSample]) -> list[str]:
        """What the coach got wrong."""
        coaching = coach(self.exercise, samples)
        outcome = Outcome(coaching.report, coaching.steps, performance)
        if not self.fault:
            return [*miscounted(self.exercise, outcome), *said(outcome)]
        own = next(check for check, fault in PERFORMED[self.exercise].items() if fault == self.fault)
        return misjudged(self.exercise, own, self.fault, outcome)


def clean_films(exercise: str) -> list[Film]:
    """In every build, at every frame rate, facing both ways."""
    ways = zip(BODIES, FPS, cycle(reversed(FACINGS)), strict=False)
    return [Film(exercise, facing, body, fps) for body, fps, facing in ways]


def faulty_films(exercise: str) -> Iterator[Film]:
    """One with each fault, by turns facing either way."""
    for i, fault in enumerate(dict.fromkeys(PERFORMED[exercise].values())):
        yield Film(exercise, FACINGS[i % len(FACINGS)], next(iter(BODIES)), FPS[0], fault)


def far_off(performance: Performance, samples: list[PoseSample]) -> dict[str, float]:
    """How far the landmarks of the nearer side are from where they were drawn, trunk lengths; medians."""
    near = performance.camera.facing
    pairs = [(a, b) for a, b in zip(performance.samples, samples, strict=True) if b.someone]
    trunks = np.array([distance(place(a, "mid.hip"), place(a, "mid.shoulder")) for a, _ in pairs])
    off = np.array([np.linalg.norm(b.xy - a.xy, axis=1) for a, b in pairs]) / trunks[:, None]
    return {part: float(np.median(off[:, INDEX[f"{near}_{part}"]])) for part in NEAR}
