"""What the figure does, written down move by move, together with what is true about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from formcoach.landmarks import OTHER_SIDE
from puppet.figure import Figure, Posture
from puppet.motion import Keyframe

SAME_SIDE_TWICE = "same_side_twice"
"""The fault of a repetition on the side of the one before, where the sides take turns."""

NO_REPETITION = frozenset(
    (
        *("shallow", "arm_stays", "leg_stays", "same_side", "all_four", "hips_turn_too"),
        *("left_out", "out_of_order", "held_short", "not_far"),
    )
)
"""Faults that leave the work position unreached, or a round without one of its stations."""

THROWN, DROPPED = "thrown", "dropped"
"""Faults of a movement into the work position, and of one back, that is over in no time."""
THROWN_S = 0.3


class TrueRep(NamedTuple):
    """A try at a repetition; `held` is when its furthest position was kept still."""

    side: str
    start: float
    turn: float
    end: float
    held: tuple[float, float]
    faults: tuple[str, ...] = ()

    @property
    def performed(self) -> bool:
        """Whether the work position was reached."""
        return NO_REPETITION.isdisjoint(self.faults)


class TrueFault(NamedTuple):
    """A fault at its full strength, from and until seconds."""

    kind: str
    start: float
    end: float


class Hold(NamedTuple):
    """A hold in form, seconds."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Truth:
    """What really happened.

    Attributes:
        reps: repetitions in order, the tries that came to nothing too.
        holds: when a position was held in form (planks).
        faults: when something was wrong, at full strength.
        set: from being ready in the start position to leaving it.
        nobody: when nobody is in the picture to be found.
    """

    reps: tuple[TrueRep, ...] = ()
    holds: tuple[Hold, ...] = ()
    faults: tuple[TrueFault, ...] = ()
    set: tuple[float, float] = (0.0, 0.0)
    nobody: tuple[tuple[float, float], ...] = ()

    def count(self, side: str = "") -> int:
        """Performed repetitions of one side."""
        return sum(rep.side == side and rep.performed for rep in self.reps)


@dataclass(slots=True)
class Script:
    """Keyframes in the making: `now` moves on with every move."""

    figure: Figure
    keyframes: list[Keyframe] = field(default_factory=list)
    reps: list[TrueRep] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    faults: list[TrueFault] = field(default_factory=list)
    now: float = 0.0

    def begin(self, posture: Posture) -> None:
        """The very first posture."""
        self.keyframes.append(Keyframe(0.0, posture, "left_foot_index"))

    def to(self, posture: Posture, seconds: float, anchor: str) -> None:
        """Moves into a posture while `anchor` stays where it is."""
        self.now = round(self.now + seconds, 6)
        self.keyframes.append(Keyframe(self.now, posture, anchor))

    def stay(self, seconds: float) -> None:
        """Keeps still."""
        if seconds > 0.0:
            last = self.keyframes[-1]
            self.to(last.posture, seconds, last.anchor)


@dataclass(frozen=True, slots=True)
class Programme:
    """How an exercise is performed. None = as usual for the exercise.

    Attributes:
        reps: how many, or `[("left", 2), ("right", 1)]` in this order.
        side: of the repetitions when `reps` is a number, of the first one where the sides take turns; for
            bird-dogs the lifting leg's.
        hold_s: a plank's length, or how long each work position is kept.
        move_s: seconds of a movement one way.
        rest_s: seconds in the start position between repetitions, and before the first.
        fault: a name; or `(name, first, last)`: repetitions first to last, or for a hold from first
            to last second of it; or a list of these. `()` = none.
        walk_in: comes into the picture and gets into position first.
        leave: gets up and walks off at the end.
    """

    reps: int | list[tuple[str, int]] | None = None
    side: str = "left"
    hold_s: float | None = None
    move_s: float | None = None
    rest_s: float | None = None
    fault: str | tuple[str, float, float] | list[str | tuple[str, float, float]] | tuple[()] = ()
    walk_in: bool = False
    leave: bool = False

    @property
    def faults(self) -> list[tuple[str, float, float]]:
        """All faults as `(name, first, last)`."""
        given = self.fault if isinstance(self.fault, list) else [self.fault] if self.fault else []
        return [(fault, 0.0, float("inf")) if isinstance(fault, str) else fault for fault in given]

    def sides(self, usual: int) -> list[str]:
        """The side of each repetition in turn."""
        reps = usual if self.reps is None else self.reps
        return [
            side for side, n in ([(self.side, reps)] if isinstance(reps, int) else reps) for _ in range(n)
        ]

    def turns(self, usual: int) -> list[str]:
        """The side of each repetition where the sides take turns, one each."""
        if isinstance(self.reps, list):
            return self.sides(usual)
        side, turns = self.side, []
        for number in range(1, (usual if self.reps is None else self.reps) + 1):
            again = not turns or SAME_SIDE_TWICE in self.faults_of(number)
            side = side if again else OTHER_SIDE[side]
            turns.append(side)
        return turns

    def seconds(self, number: int, usual_s: float) -> tuple[float, float]:
        """How long one repetition's movements take: into the work position, and back."""
        faults, move_s = self.faults_of(number), self.move_s or usual_s
        return THROWN_S if THROWN in faults else move_s, THROWN_S if DROPPED in faults else move_s

    def faults_of(self, number: int) -> tuple[str, ...]:
        """The faults of one repetition, counted from 1 over both sides."""
        return tuple(name for name, first, last in self.faults if first <= number <= last)
