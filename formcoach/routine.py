"""The types of a routine: exercises in their order, with sets, rests and steps that only the clock watches.

A `Routine` is data. `formcoach.routine_file` reads one from TOML. A `Plan` is a routine as it will be
done: with the specs of its exercises and the doses of the day. Times are seconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from formcoach.spec import Dose, Spec

Growing = Literal["reps", "hold_s"]
"""What of a dose can grow from day to day."""

MOVE_S = 4.0
"""About so long takes the way there and back of one repetition, or getting into a hold or station."""

SET_UP_S = 10.0
"""And so long it takes to get into position for a set."""

PATIENCE = 3.0
"""A set that takes so many times as long as it should is over, done or not: nobody is left waiting."""

LEAD_S = 8.0
"""Before the first step: time to put the keyboard away. Between steps at least as long."""


@dataclass(frozen=True, slots=True)
class Growth:
    """How a dose grows from a start to a ceiling, and never beyond.

    Attributes:
        of: what grows.
        start, ceiling: repetitions or seconds.
        by: how much it grows at once, and shrinks after pain or a pause.
        good_days: so many good, painless days at one dose before it grows.
        pause_days: so many days without it are a pause.
    """

    of: Growing
    start: float
    ceiling: float
    by: float = 1
    good_days: int = 2
    pause_days: int = 7


@dataclass(frozen=True, slots=True)
class Step:
    """One exercise of a routine, or something that the camera does not watch.

    Attributes:
        name: what it is called where no spec says it.
        exercise: the id of its spec; empty for what is not watched.
        about: what to do, in words; for what no spec tells.
        seconds: how long it lasts by the clock, where it is not watched.
        hold_s, reps: `(enough, goal)` in place of the spec's; None = as in the spec.
        sets: how many; 0 = as in the spec.
        rest_s: the pause after each set.
        growth: how the dose grows, or None.
        later: not yet part of it: told, and not done.
    """

    name: str = ""
    exercise: str = ""
    about: str = ""
    seconds: float = 0.0
    hold_s: tuple[float, float] | None = None
    reps: tuple[int, int] | None = None
    sets: int = 0
    rest_s: float = 20.0
    growth: Growth | None = None
    later: bool = False


@dataclass(frozen=True, slots=True)
class Routine:
    """Several steps one after the other.

    Attributes:
        id: the file's name without `.toml`, such as `daily-15`.
        about: what it is for.
        source: where it comes from.
        when: how often, and when.
        days_a_week: on how many days a week it is advised, from and to; None where nothing is.
        gentle: whether it is for days with pain: it is what is offered then.
        cautions: what to know before.
    """

    id: str
    name: str
    about: str
    source: str
    when: str
    steps: tuple[Step, ...]
    gentle: bool = False
    cautions: tuple[str, ...] = ()
    days_a_week: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step as it will be done.

    Attributes:
        spec: the exercise with the dose of the day; None where the clock alone watches.
        set_s: how long one set should take.
        limit_s: after which a set is over all the same.
    """

    step: Step
    spec: Spec | None
    name: str
    sets: int
    set_s: float
    limit_s: float

    @property
    def watched(self) -> bool:
        """Whether the coach watches it."""
        return self.spec is not None

    @property
    def waiting(self) -> bool:
        """Whether it is an exercise that no spec tells of yet."""
        return self.spec is None and bool(self.step.exercise)

    @property
    def total_s(self) -> float:
        """How long it should take, rests between its sets and getting ready included."""
        ready_s = SET_UP_S * self.sets if self.watched else 0.0
        return self.sets * self.set_s + (self.sets - 1) * self.step.rest_s + ready_s


@dataclass(frozen=True, slots=True)
class Plan:
    """A routine as it will be done."""

    routine: Routine
    steps: tuple[PlannedStep, ...]

    @property
    def total_s(self) -> float:
        """How long all of it should take."""
        return sum(step.total_s for step in self.steps) + sum(pause_after(step) for step in self.steps[:-1])

    @property
    def wants_back(self) -> bool:
        """Whether any of its exercises reads the outline of the back."""
        return any(step.spec is not None and step.spec.wants_back for step in self.steps)


def plan(routine: Routine, specs: Mapping[str, Spec], doses: Sequence[float | None] = ()) -> Plan:
    """How a routine will be done.

    Args:
        routine: of which the steps for later are left out.
        specs: the exercises that are known, by id; a step without one is done by the clock.
        doses: for each of the routine's steps, what its growth has come to; None = its start.
    """
    grown = [*doses, *(None for _ in routine.steps[len(doses) :])]
    return Plan(
        routine,
        tuple(
            _planned(step, specs.get(step.exercise), dose)
            for step, dose in zip(routine.steps, grown, strict=True)
            if not step.later
        ),
    )


def pause_after(step: PlannedStep) -> float:
    """The pause between a step and the next one."""
    return max(LEAD_S, step.step.rest_s)


def holds_in_set(spec: Spec) -> int:
    """So many repetitions, holds or rounds make a set, on each side: the goal of the dose, or one."""
    return spec.dose.reps[1] if spec.dose.reps else 1


def _planned(step: Step, spec: Spec | None, grown: float | None) -> PlannedStep:
    if spec is None:
        return PlannedStep(step, None, step.name, 1, step.seconds, step.seconds)
    hold_s, reps = step.hold_s or spec.dose.hold_s, step.reps or spec.dose.reps
    if step.growth is not None:
        now = step.growth.start if grown is None else grown
        if step.growth.of == "reps":
            reps = (round(now), round(now))
        else:
            hold_s = (now, now)
    sets = step.sets or spec.dose.sets
    spec = replace(spec, dose=Dose(hold_s, reps, sets))
    set_s = _set_s(spec)
    return PlannedStep(step, spec, spec.name, sets, set_s, PATIENCE * set_s + 2 * SET_UP_S)


def _set_s(spec: Spec) -> float:
    held = [station.hold_s for station in spec.stations.values()]
    if spec.kind != "sequence":
        held = [spec.dose.hold_s[1] if spec.dose.hold_s else 0.0] * max(1, len(spec.sides))
    return holds_in_set(spec) * sum(seconds + MOVE_S for seconds in held)
