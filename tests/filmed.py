"""Films of the puppet through the real pose model: what a camera would have made of each exercise.

The puppet is drawn to a video file, and the file goes the way of every replayed video. An exercise is filmed
clean, and with the fault that its spec holds to be the most pressing.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from catalogue import FACINGS, amount, first_fault, miscounted, misjudged, said
from coached import Outcome, coach, stock
from formcoach.landmarks import PoseSample
from performed import PERFORMED
from puppet import Performance, perform
from puppet.drawing import draw

FPS = 10.0
"""Frames a second: few, for the time that the model takes."""
HEIGHT = 360
"""Of the pictures: the model looks at 256 pixels across the person anyway."""


@dataclass(frozen=True, slots=True)
class Film:
    """One film to be made. `fault` is the puppet's; empty = clean."""

    exercise: str
    facing: str
    fault: str = ""

    @property
    def name(self) -> str:
        """What tells it from the other film of the exercise."""
        return self.fault or "clean"

    def take(self, model: Path) -> tuple[Performance, list[PoseSample]]:
        """Perform it, draw it, and look at what was drawn with the pose model."""
        from formcoach.replaying import samples_of

        how: dict[str, Any] = {"fault": self.fault} if self.fault else {}
        performance = perform(self.exercise, fps=FPS, facing=self.facing, **how, **amount(self.exercise))
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


def films(exercise: str) -> tuple[Film, Film]:
    """Clean, and with the most pressing fault; which way they face is another for each exercise."""
    facing = FACINGS[crc32(exercise.encode()) % len(FACINGS)]
    return Film(exercise, facing), Film(exercise, facing, first_fault(exercise)[1])
