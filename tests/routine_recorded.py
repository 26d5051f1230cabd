"""A recorded routine: two exercises in three steps, as the puppet performs them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from formcoach.landmarks import PoseSample, nobody
from formcoach.recording import RecordingWriter
from formcoach.routine import LEAD_S
from formcoach.spec_file import find_spec
from puppet import perform

ROUTINE = """
format = 1
name = "Three"
about = "Two exercises in three steps."
source = "A test"
when = "Now."

[[steps]]
exercise = "hip-hinge"
reps = 2
sets = 1
rest_s = 5

[[steps]]
exercise = "plank"
hold_s = [3, 4]
sets = 1
rest_s = 5

[[steps]]
exercise = "hip-hinge"
reps = 3
sets = 1
rest_s = 5
"""
FPS = 12


def _performed() -> Iterator[PoseSample]:
    """Hinges, a plank and hinges, each after its countdown."""
    t = 0.0
    plank = perform("plank", fps=FPS, hold_s=6)
    for what in (perform("hip-hinge", fps=FPS, reps=2), plank, perform("hip-hinge", fps=FPS, reps=3)):
        until = t + LEAD_S + 2
        while t < until:
            yield nobody(t)
            t += 1 / FPS
        start = t
        for sample in what.samples:
            t = start + sample.t
            yield replace(sample, t=t)
        t += 1 / FPS


def record_routine(path: Path) -> Path:
    """Write the recording of a routine: two hinges, a plank, three hinges."""
    header = {
        "routine": "three",
        "routine_toml": ROUTINE,
        "specs": {name: find_spec(name).read_text("utf-8") for name in ("hip-hinge", "plank")},
        "doses": [None, None, None],
        "created": "2026-11-20T18:00:00+01:00",
    }
    with RecordingWriter(path, header) as writer:
        for sample in _performed():
            writer.add(sample)
        writer.close({})
    return path
