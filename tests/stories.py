"""Whole routines as somebody does them, each in one film: they walk in, exercise, rest, and walk out again.

Nobody in a film answers a coach. What is done when is written down beforehand, with the pauses of somebody
who listens. The camera also sees a second person who walks past, and for two seconds nothing of the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from formcoach.frame import Frame
from puppet import Performance, perform
from puppet.bird_dogs import perform_bird_dog
from puppet.drawing import frames
from puppet.exercise import Exercise
from puppet.hinges import perform_hinge
from puppet.lunges import perform_hip_flexor_stretch
from puppet.planks import perform_plank
from puppet.script import Programme, Script
from puppet.ways import all_fours, get_up, kneel_down, kneeling

PASSING_S, HIDDEN_S = 3.0, 2.0
"""So long somebody else walks through the picture, and so long something hides the person."""

EMPTY_STEP_S = 0.1

WIDTH = 2.4
"""Metres of floor that the picture is framed for."""


@dataclass(frozen=True, slots=True)
class Done:
    """What is done in one step: repetitions by side, and the holds in form, each in seconds.

    The last hold of an exercise that is held ends with its goal, for then the step is over.
    """

    exercise: str
    reps: Mapping[str, int] = field(default_factory=dict)
    holds_s: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """A routine, and somebody who does it.

    Attributes:
        toml: the routine's file.
        done: what is done of it, step by step.
        performance: as drawn.
    """

    toml: str
    done: tuple[Done, ...]
    performance: Performance

    def frames(self, height: int, empty_s: float = 0.0) -> Iterator[Frame]:
        """Its pictures, after an empty room for some seconds."""
        painted = frames(self.performance, height)
        first = next(painted)  # nobody is in the picture yet
        yield from (replace(first, t=t) for t in np.arange(0.0, empty_s, EMPTY_STEP_S).tolist())
        yield replace(first, t=empty_s)
        yield from (replace(frame, t=empty_s + frame.t) for frame in painted)


def long_story(fps: float = 15.0, **how: object) -> Story:
    """Four exercises, standing, on all fours, on one knee and in a plank; two and a half minutes."""
    done = (
        Done("hip-hinge", {"": 4}),
        Done("bird-dog", {"left": 1, "right": 1}, holds_s=(6.5, 6.5)),
        Done("hip-flexor-stretch", holds_s=(9.0, 7.0)),
        Done("plank", holds_s=(15.0,)),
    )
    return Story(LONG, done, _filmed(_do_four, fps, how))


def short_story(fps: float = 12.0, **how: object) -> Story:
    """Hinges, and a stretch of each side; half a minute."""
    done = (Done("hip-hinge", {"": 2}), Done("hip-flexor-stretch", holds_s=(8.0, 5.0)))
    return Story(SHORT, done, _filmed(_do_two, fps, how))


LONG = """format = 1
name = "Four short ones"
about = "Standing, on all fours, on one knee and in a plank."
source = "A film"
when = "Now."

[[steps]]
exercise = "hip-hinge"
reps = 4
sets = 1
rest_s = 10

[[steps]]
exercise = "bird-dog"
reps = 1
hold_s = 5
sets = 1
rest_s = 10

[[steps]]
exercise = "hip-flexor-stretch"
hold_s = [5, 7]
sets = 1
rest_s = 10

[[steps]]
exercise = "plank"
hold_s = [10, 15]
sets = 1
"""

SHORT = """format = 1
name = "Two short ones"
about = "Standing and on one knee."
source = "A film"
when = "Now."

[[steps]]
exercise = "hip-hinge"
reps = 2
sets = 1
rest_s = 5

[[steps]]
exercise = "hip-flexor-stretch"
hold_s = 5
sets = 1
"""


def _do_four(script: Script, _: Programme) -> None:
    script.stay(7.0)
    perform_hinge(script, Programme(reps=4, fault=("knee_bent", 2, 2)))
    script.stay(4.5)
    kneel_down(script)
    perform_bird_dog(script, Programme(reps=[("left", 1), ("right", 1)], hold_s=6.5, rest_s=3.0))
    _kneel(script)
    script.stay(6.0)
    perform_hip_flexor_stretch(script, Programme(reps=[("left", 1), ("right", 1)], hold_s=9.0))
    script.stay(6.0)
    script.to(all_fours(script.figure), 1.3, "right_knee")
    perform_plank(script, Programme(hold_s=23.0, fault=("sag", 6.0, 9.0), rest_s=3.0))
    get_up(script)
    script.stay(2.0)


def _do_two(script: Script, _: Programme) -> None:
    script.stay(1.0)
    perform_hinge(script, Programme(reps=2, fault=("knee_bent", 1, 1), move_s=1.5))
    script.stay(1.5)
    _kneel(script)
    perform_hip_flexor_stretch(script, Programme(reps=[("left", 1), ("right", 1)], hold_s=8.0))
    script.stay(1.0)


def _kneel(script: Script) -> None:
    """Onto both knees, upright."""
    _, tall = kneeling(script.figure)
    script.to(tall, 1.5, "right_knee")


def _filmed(do: Callable[[Script, Programme], None], fps: float, how: dict[str, object]) -> Performance:
    """One who passes by in the first hold, and something that hides the person in the last."""
    exercise = Exercise(do, frozenset(), low=False, width=WIDTH)
    clean = perform(exercise, fps=fps, walk_in=True, leave=True)
    first, last = clean.truth.holds[0], clean.truth.holds[-1]
    return perform(
        exercise,
        fps=fps,
        walk_in=True,
        leave=True,
        passer_by=(first.start + 3.0, first.start + 3.0 + PASSING_S),
        dropouts=[(last.start + 3.0, last.start + 3.0 + HIDDEN_S)],
        **how,
    )
