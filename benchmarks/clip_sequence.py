"""Labelled clips one after the other as one film, and the routine that they are: for `whole_routine.py`.

The film lives as long as the benchmark; it is never kept with formcoach.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from formcoach.errors import FormcoachError
from formcoach.evaluating import read_truth
from formcoach.frame import Frame
from formcoach.routine import LEAD_S
from formcoach.scoring import Truth
from formcoach.steady_camera import fitted
from formcoach.video_file import VideoFile
from stories import Done

USUAL = ("squat_03", "bridge_01", "plank_01", "situp_01")
"""Standing, on the back, in a plank, and sitting up."""

WIDTH, HEIGHT = 1280, 720
GREY = 170
STEP_S = 0.1
EMPTY_S = LEAD_S
"""An empty room before each clip, for the countdown to its step."""

READY_S = 2.0
"""Its first picture is shown for so long: most clips begin with the first movement."""

HEAD = """format = 1
name = "Clips in sequence"
about = "People exercising, one after the other."
source = "Labelled clips"
when = "Now."
"""


@dataclass(frozen=True, slots=True)
class ClipSequence:
    """Clips in their order.

    Attributes:
        clips: the files.
        toml: the routine whose steps they perform.
        done: what is performed in each.
    """

    clips: tuple[Path, ...]
    toml: str
    done: tuple[Done, ...]

    def frames(self) -> Iterator[Frame]:
        """One after the other, each after an empty room, and one more at the end."""
        start = 0.0
        for clip in (*self.clips, None):
            for frame in _shown(clip):
                last = Frame(start + frame.t, frame.image)
                yield last
            start = last.t + STEP_S


def read_sequence(truth: Path, names: Sequence[str] | None) -> ClipSequence:
    """The labelled clips whose names begin so, in this order; the usual ones where none are named."""
    labelled, _ = read_truth(truth)
    chosen = [_find(labelled, name) for name in names or USUAL]
    return ClipSequence(
        tuple(truth.parent / one.file for one in chosen),
        HEAD + "".join(map(_step, chosen)),
        tuple(map(_done, chosen)),
    )


def _find(labelled: Sequence[Truth], name: str) -> Truth:
    found = next((one for one in labelled if one.file.startswith(name) and one.exercise), None)
    if found is None:
        raise FormcoachError(f"No labelled clip of an exercise has a name that begins with {name}.")
    return found


def _step(clip: Truth) -> str:
    dose = f"reps = {clip.repetitions}" if clip.repetitions else f"hold_s = {_goal_s(clip):g}"
    return f'\n[[steps]]\nexercise = "{clip.exercise}"\n{dose}\nsets = 1\nrest_s = 0\n'


def _done(clip: Truth) -> Done:
    holds_s = () if clip.repetitions else (_goal_s(clip),)
    return Done(clip.exercise or "", {"": clip.repetitions}, holds_s)


def _goal_s(clip: Truth) -> float:
    """Of a hold its whole seconds, at the end of which the set is over."""
    return float(math.floor(clip.hold_s or 0.0))


def _shown(clip: Path | None) -> Iterator[Frame]:
    """An empty room, and then the clip."""
    empty = np.full((HEIGHT, WIDTH, 3), GREY, np.uint8)
    yield from (Frame(t, empty) for t in np.arange(0.0, EMPTY_S, STEP_S).tolist())
    if clip is None:
        return
    with VideoFile(clip) as video:
        for number, frame in enumerate(video):
            image = fitted(frame.image, WIDTH, HEIGHT)
            if not number:
                yield from (Frame(EMPTY_S + t, image) for t in np.arange(0.0, READY_S, STEP_S).tolist())
            yield Frame(EMPTY_S + READY_S + frame.t, image)
