"""Where in a routine one is: time and "the set is done" in, what is on now out. No key need be pressed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from formcoach.routine import LEAD_S, Plan, PlannedStep, pause_after
from formcoach.spec import View

Stage = Literal["ready", "exercise", "rest", "clock", "ended"]
"""Before a step; an exercise that the coach watches; between two sets; a step by the clock; all done."""

Outcome = Literal["done", "left", "time over", "skipped", "hurt", "broken off", "not begun"]
"""How a step ended. `left`: the person left the position of a set before it was done. `time over`: one of
its sets took too long and was left as it was."""

ENDED_S = 6.0
"""So long the end is shown."""


SEPARATOR = " · "
"""Between which set it is and what comes after."""


@dataclass(frozen=True, slots=True)
class Now:
    """What is on now.

    Attributes:
        stage: which part of the routine.
        step: the step that is on, or comes next, from 0; the number of steps after the last.
        set: which of its sets, from 1.
        sets: how many it has.
        where: the step in words, for a title.
        says: what to do now, in words.
        then: the name of the step after this one; empty for the last.
        note: how to do what the clock alone watches, or what comes after; or empty.
        left_s: seconds to go; of an exercise, until its time is over; of an open rest, seconds so far.
        length_s: how long it takes in all.
        name: what the step is called.
        steps: how many there are.
        camera: the view that its exercise asks for; empty where nothing is watched.
        about: how to do what the clock alone watches; or empty.
        waiting: whether it is an exercise that no spec tells of yet.
        progress: which set it is and what comes after the step, in words; or empty.
    """

    stage: Stage
    step: int
    set: int
    sets: int
    where: str
    says: str
    then: str
    note: str
    left_s: float
    length_s: float
    name: str = ""
    steps: int = 1
    camera: View | Literal[""] = ""
    about: str = ""
    waiting: bool = False
    progress: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is the rest between two sets of a single exercise: as long as one likes."""
        return self.stage == "rest" and self.length_s == 0.0


class RoutineMachine:
    """Goes through a plan, step after step and set after set.

    Attributes:
        stage, step, set: as in `Now`.
        outcomes: of each step, how it ended so far.
        spent_s: of each step, seconds from its beginning to its end.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.stage: Stage = "ready"
        self.step = 0
        self.set = 1
        self.outcomes: list[Outcome] = ["not begun"] * len(plan.steps)
        self.spent_s = [0.0] * len(plan.steps)
        self._length_s = LEAD_S
        self._passed_s = 0.0
        self._last_t = math.nan
        self._short: Outcome | None = None

    @property
    def over(self) -> bool:
        """Whether the end has been shown for long enough."""
        return self.stage == "ended" and self._passed_s >= self._length_s

    @property
    def planned(self) -> PlannedStep:
        """The step that is on, or comes next; the last one at the end."""
        return self.plan.steps[min(self.step, len(self.plan.steps) - 1)]

    def hold(self) -> None:
        """A pause: the time until the next `advance` does not count."""
        self._last_t = math.nan

    def advance(self, t: float, done: bool, left: bool = False) -> None:
        """Take in the time of the next sample.

        Args:
            t: seconds.
            done: whether the set that is on is done.
            left: whether its position was left for good.
        """
        passed = t - self._last_t
        self._last_t = t
        if passed > 0:
            self._passed_s += passed
            if self.stage in ("exercise", "rest", "clock"):
                self.spent_s[self.step] += passed
        time_is_up = self._passed_s >= self._length_s
        if self.stage == "exercise" and (done or left or time_is_up):
            if not done:
                self._short = self._short or ("left" if left else "time over")
            self._end_set()
        elif self.stage == "clock" and time_is_up:
            self._end_set()
        elif self.stage in ("ready", "rest") and time_is_up:
            self._begin_set()

    def begin(self) -> None:
        """Leave out a wait."""
        if self.stage in ("ready", "rest"):
            self._begin_set()

    def skip(self) -> None:
        """Leave out a wait, or what is left of the step that is on."""
        if self.stage in ("ready", "rest"):
            self.begin()
        elif self.stage != "ended":
            self._end_step("skipped")

    def stop(self, outcome: Outcome) -> None:
        """The end, before the end: because it hurts, or because the person leaves."""
        if self.stage in ("exercise", "rest", "clock"):
            self.outcomes[self.step] = outcome
        if self.stage != "ended":
            self._enter("ended", ENDED_S)

    def now(self) -> Now:
        """What is on now."""
        planned, count = self.planned, len(self.plan.steps)
        return Now(
            self.stage,
            self.step,
            self.set,
            planned.sets,
            f"{min(self.step + 1, count)} of {count}: {planned.name}",
            self._says(),
            self._then,
            self._note(),
            max(0.0, self._length_s - self._passed_s),
            self._length_s,
            planned.name,
            count,
            "" if planned.spec is None else planned.spec.camera,
            "" if planned.watched else planned.step.about,
            planned.waiting,
            self._progress(),
        )

    @property
    def _then(self) -> str:
        after = self.step + 1
        return self.plan.steps[after].name if after < len(self.plan.steps) else ""

    def _says(self) -> str:
        planned = self.planned
        if self.stage == "ended":
            return "All done. Well done!" if "done" in self.outcomes else "That is the end"
        if self.stage == "rest":
            return f"Rest, then set {self.set} of {planned.name}"
        if self.stage == "clock":
            return f"{planned.name} (not watched yet)" if planned.waiting else planned.name
        if planned.spec is None:
            return planned.name
        view = {"side": ", side to the camera", "front": ", facing the camera", "any": ""}
        return f"{planned.name}{view[planned.spec.camera]}"

    def _note(self) -> str:
        if self.stage == "ended":
            return ""
        if not self.planned.watched and self.planned.step.about:
            return self.planned.step.about
        return f"Then: {self._then}" if self._then else ""

    def _progress(self) -> str:
        parts = [f"Set {self.set} of {self.planned.sets}"] if self.planned.sets > 1 else []
        parts += [f"Then: {self._then}"] if self._then else []
        return SEPARATOR.join(parts)

    def _begin_set(self) -> None:
        planned = self.planned
        if planned.watched:
            self._enter("exercise", planned.limit_s)
        else:
            self._enter("clock", planned.set_s)
        self.outcomes[self.step] = "broken off"  # until it has come to its end

    def _end_set(self) -> None:
        if self.set < self.planned.sets:
            self.set += 1
            self._enter("rest", self.planned.step.rest_s)
        else:
            self._end_step(self._short or "done")

    def _end_step(self, outcome: Outcome) -> None:
        self.outcomes[self.step] = outcome
        wait_s = pause_after(self.planned)
        self.step += 1
        self.set, self._short = 1, None
        if self.step == len(self.plan.steps):
            self._enter("ended", ENDED_S)
        else:
            self._enter("ready", wait_s)

    def _enter(self, stage: Stage, length_s: float) -> None:
        self.stage, self._length_s, self._passed_s = stage, length_s, 0.0
