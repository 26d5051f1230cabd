"""Repetitions that go from one posture to another and back, with or without a way in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from puppet.figure import Figure, Posture
from puppet.script import Programme, Script, TrueFault, TrueRep
from puppet.ways import STANDING

Make = Callable[[Figure, str, tuple[str, ...]], Posture]
"""A posture of a figure, of the side whose turn it is, with these faults."""


@dataclass(frozen=True, slots=True)
class Repeating:
    """What is repeated.

    Attributes:
        rest, work: the start and the work position.
        move_s, rest_s, pause_s: seconds of a movement, of the rest between and of the pause at work.
        anchor: the landmark that stays; `OTHER` in it stands for the side whose turn it is not.
        between: a posture on the way there and back.
        resting: faults seen in the start position before a repetition and through it.
        after: faults seen in the start position after a repetition.
        sided: whether each side has repetitions of its own.
        alternating: whether the sides take turns.
    """

    rest: Make
    work: Make
    move_s: float = 1.2
    rest_s: float = 0.8
    pause_s: float = 0.6
    anchor: str = "left_foot_index"
    between: Make | None = None
    resting: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    sided: bool = False
    alternating: bool = False


def changed(
    clean: dict[str, float], wrong: dict[str, dict[str, float]], faults: tuple[str, ...]
) -> dict[str, float]:
    """The numbers of a posture with what these faults change in it."""
    way = dict(clean)
    for fault in faults:
        way |= wrong.get(fault, {})
    return way


def repeat(what: Repeating, script: Script, programme: Programme) -> None:
    """Performs it."""
    rest = what.rest_s if programme.rest_s is None else programme.rest_s
    pause = what.pause_s if programme.hold_s is None else programme.hold_s
    sides = (programme.turns if what.alternating else programme.sides)(usual=4)
    ready = _rest(what, script, programme, sides, 0)
    if script.keyframes:
        script.to(ready, 1.2, "left_foot_index")
    else:
        script.begin(ready)
    since = script.now
    script.stay(max(rest, 0.8))
    for number, side in enumerate(sides, 1):
        faults = programme.faults_of(number)
        start = script.now
        there_s, back_s = programme.seconds(number, what.move_s)
        _go(what, script, side, faults, what.work(script.figure, side, faults), there_s)
        there = script.now
        script.stay(pause)
        back = script.now
        _go(what, script, side, faults, _rest(what, script, programme, sides, number), back_s)
        script.reps.append(
            TrueRep(side if what.sided else "", start, (there + back) / 2, script.now, (there, back), faults)
        )
        ended = script.now
        script.stay(rest)
        for fault in faults:
            if fault in what.resting:
                script.faults.append(TrueFault(fault, since, start))
            elif fault not in what.after:
                script.faults.append(TrueFault(fault, there, back))
            elif number < len(sides):
                script.faults.append(TrueFault(fault, ended, script.now))
        since = ended
    if programme.leave:
        script.to(STANDING, 1.2, "left_foot_index")


def _rest(what: Repeating, script: Script, programme: Programme, sides: list[str], done: int) -> Posture:
    """The start position after so many repetitions; after the last one nothing is wrong with it."""
    last = done == len(sides)
    before = set() if last else what.resting.intersection(programme.faults_of(done + 1))
    after = set() if last or not done else what.after.intersection(programme.faults_of(done))
    side = sides[min(done, len(sides) - 1)]
    return what.rest(script.figure, side, tuple(sorted(before | after)))


def _go(
    what: Repeating, script: Script, side: str, faults: tuple[str, ...], to: Posture, move: float
) -> None:
    anchor = what.anchor.replace("OTHER", "right" if side == "left" else "left")
    if what.between is not None:
        script.to(what.between(script.figure, side, faults), move / 2, anchor)
        move /= 2
    script.to(to, move, anchor)
