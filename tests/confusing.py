"""Each exercise coached as every other: what counts although it should not, and why that cannot be mended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from catalogue import NOISE, STOCK, amount
from coached import coach
from formcoach.landmarks import PoseSample
from puppet import perform
from puppet.exercises import EXERCISES

FPS = 10.0
NOTHING_S = 1.0
"""Seconds of a hold up to which it is nothing: somebody passed through."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What somebody who does one thing is credited with by the spec of another.

    Attributes:
        shown: the exercise performed, or the clip.
        by: the spec that it was coached by.
        count: repetitions counted.
        of: repetitions really performed, or 0 where it is a hold.
        held_s: seconds timed.
        of_s: seconds that it all lasts.
    """

    shown: str
    by: str
    count: int
    of: int
    held_s: float
    of_s: float

    @property
    def nothing(self) -> bool:
        return self.count == 0 and self.held_s <= NOTHING_S

    @property
    def share(self) -> float:
        """How much of what was done is credited, from 0 to 1."""
        counted = self.count / max(self.of, self.count, 1)
        return max(counted, self.held_s / max(self.of_s, self.held_s, 1.0))


HINGES = frozenset(("hip-hinge", "hip-hinge-with-table", "romanian-deadlift", "deadlift"))
ROLLS = frozenset(("knee-rolls", "leg-twist"))
ON_ONE_SIDE = frozenset(("side-plank", "side-plank-knees-bent"))
SQUATS = frozenset(("squat", "squat-with-dumbbells"))
ON_A_SEAT = frozenset(("seated-spinal-twist", "swiss-ball-march"))
WHY: tuple[tuple[frozenset[str], frozenset[str], str], ...] = (
    (HINGES, HINGES, "one movement: they differ in what hangs from the hands, which nobody looks at"),
    (ON_A_SEAT, frozenset(("wall-squat",)), "a chair under somebody is not seen: sitting on one looks so"),
    (frozenset(("push-up",)), frozenset(("plank",)), "kept still at the top, a push-up is a plank"),
    (SQUATS, SQUATS, "the one is the other with weights, which nobody looks at"),
    (
        frozenset(("deadlift",)),
        SQUATS,
        "with knees so bent, lifting a weight is a squat with it",
    ),
    (ON_ONE_SIDE, ON_ONE_SIDE, "the one is a variant of the other: they differ in the knees alone"),
    (
        frozenset(("back-extension-on-elbows",)),
        frozenset(("back-extension-push-up",)),
        "the one is a variant of the other, on its way up",
    ),
    (ROLLS, ROLLS, "the knees sink to each side in both"),
    (
        frozenset(("knee-rolls",)),
        frozenset(("knees-to-chest",)),
        "the knees are drawn to the chest in both",
    ),
)
"""What was performed, what it was coached as, and why it counts."""


def why(shown: str, by: str) -> str:
    """The reason for a confusion between two exercises; empty where there is none."""
    return next((reason for these, those, reason in WHY if shown in these and by in those), "")


def coached_as_all(shown: str, samples: Sequence[PoseSample], of: int, specs: Iterable[str]) -> list[Cell]:
    """Samples coached by each of some specs."""
    of_s = samples[-1].t - samples[0].t
    outcomes = ((by, coach(by, samples)) for by in specs)
    return [Cell(shown, by, outcome.count, of, outcome.held, of_s) for by, outcome in outcomes]


def performed(exercise: str) -> list[Cell]:
    """An exercise of the puppet, which walks in and off where the camera allows it, by every spec."""
    walks = EXERCISES[exercise].yaw == 0
    how = {"fps": FPS, "noise": NOISE, "walk_in": walks, "leave": walks, **amount(exercise)}
    performance = perform(exercise, **how)
    return coached_as_all(exercise, performance.samples, len(performance.truth.reps), STOCK)


def confusions(cells: Iterable[Cell], own: str | None) -> list[Cell]:
    """Those cells that count something for another exercise than the one that is shown."""
    return [cell for cell in cells if cell.by != own and not cell.nothing]


def needless(found: Iterable[Cell]) -> list[str]:
    """The reasons that no confusion needs any more."""
    pairs = {(cell.shown, cell.by) for cell in found}
    return [reason for these, those, reason in WHY if pairs.isdisjoint(product(these, those))]
