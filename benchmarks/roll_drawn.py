"""Drawn people before a camera that leans: `roll.py` without any clip.

The person's points are the puppet's own, with noise as the pose model's; the lean is read off the drawn room.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from measuring import align

from formcoach.room import read_room, shrink
from formcoach.session import Session
from formcoach.spec_file import find_spec, read_spec
from puppet import perform
from puppet.drawing import frame

EXERCISES = (
    *("hip-hinge", "squat", "lunge", "bird-dog", "cat-cow", "plank", "push-up"),
    *("side-plank", "bridge", "sit-up", "superman", "hip-flexor-stretch"),
)
"""Of each position, and both views."""

WITHIN = 2.0
"""Degrees to which the lean is to be found."""

HELD_WITHIN_S = 0.5
ZOOM = 0.8
"""Feet that lie near the edge of the picture are not to be turned out of it."""

HEIGHT, FPS = 540, 10.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What a camera that leans has seen of an exercise.

    Attributes:
        roll: the lean that was taken out, degrees clockwise; NaN where the room told nothing.
        counted, performed: repetitions.
        hold_s: held in form, seconds.
        faults: kinds of what was found wrong.
    """

    roll: float
    counted: int
    performed: int
    hold_s: float
    faults: frozenset[str]

    def is_as(self, level: Seen) -> bool:
        """Whether it counted right, and the same as from a level camera."""
        same = (self.counted, self.faults) == (self.performed, level.faults)
        return same and abs(self.hold_s - level.hold_s) <= HELD_WITHIN_S

    def __str__(self) -> str:
        counted = f", {self.counted} of {self.performed}" if self.performed else ""
        told = "nothing told" if math.isnan(self.roll) else f"{self.roll:.1f}"
        return f"{told}{counted}" + (f", {self.hold_s:.1f} s" if self.hold_s else "")


def look(exercise: str, degrees: float) -> Seen:
    """Coach somebody who comes in and performs an exercise before a camera that leans clockwise."""
    performance = perform(exercise, fps=FPS, noise=1.0, roll=degrees, zoom=ZOOM, walk_in=True)
    session = Session(read_spec(find_spec(exercise)))
    for number, sample in enumerate(performance.samples):
        room = None
        if sample.room is not None:
            image = frame(performance, number, HEIGHT).image
            room = read_room(shrink(image), sample.xy if sample.someone else None)
        session.take(replace(sample, room=room))
    report = session.finish()
    return Seen(
        report.camera_roll if report.camera_roll or not degrees else math.nan,
        sum(report.performed(side) for side in report.sides),
        sum(rep.performed for rep in performance.truth.reps),
        report.hold_s,
        frozenset(fault.kind for fault in report.faults),
    )


def measure(turns: Sequence[int]) -> str:
    """A verdict and a table; the first of the turns is 0."""
    rows = [["exercise", "level", *(f"{degrees:+d}°" for degrees in turns[1:])]]
    off, same = 0.0, True
    for exercise in EXERCISES:
        seen = [look(exercise, degrees) for degrees in turns]
        told = [abs(one.roll - degrees) for one, degrees in zip(seen, turns, strict=True)]
        off = max(off, *(one for one in told if not math.isnan(one)), 0.0)
        same &= all(one.is_as(seen[0]) for one in seen)
        rows.append([exercise, *map(str, seen)])
    counts = "No count and no fault changed" if same else "Something changed"
    verdict = "PASS" if same and off <= WITHIN else "BEHIND"
    return f"{verdict}: {counts}; the lean is off by {off:.1f} degrees at most.\n\n{align(rows)}"
