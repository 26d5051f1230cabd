"""A routine from the first sample to its report: a session for each set, one after the other."""

from __future__ import annotations

import math

from formcoach.actions import Action
from formcoach.events import Coaching, HoldEvent
from formcoach.landmarks import PoseSample
from formcoach.report import SessionReport
from formcoach.routine import Plan, holds_in_set
from formcoach.routine_machine import Now, RoutineMachine
from formcoach.routine_report import RoutineReport, StepReport
from formcoach.session import Recorder, Session
from formcoach.spec import Spec


class DoseWatch:
    """Whether the dose of a set is done, from the coach's answers to it.

    Repetitions and rounds count once they are performed, as on the screen. A hold counts once it has lasted
    as long as its goal, while it still goes on, or when it has ended long enough.
    """

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._sides = spec.sides or ("",)
        self._needed = holds_in_set(spec)
        self._ended = dict.fromkeys(self._sides, 0)
        self._side = self._sides[0]
        self._counts = dict(self._ended)

    def take(self, coaching: Coaching) -> None:
        """Take in the coach's answer to the next sample."""
        self._side = coaching.side
        if self._spec.kind != "hold":
            self._counts = {side: coaching.reps.get(side, 0) for side in self._sides}
            return
        for event in coaching.events:
            if isinstance(event, HoldEvent) and event.to_dose:
                self._ended[event.side] += 1
        self._counts = dict(self._ended)
        goal = self._spec.dose.hold_s
        if goal is not None and coaching.held_s >= goal[1]:
            self._counts[coaching.side] += 1

    @property
    def done(self) -> bool:
        """Whether every side has done its part."""
        return all(count >= self._needed for count in self._counts.values())

    @property
    def notice(self) -> str:
        """A word on changing sides, once the side that works has done its part; else empty."""
        left = [side for side in self._sides if self._counts[side] < self._needed]
        if not left or self._side in left:
            return ""
        return f"Now your {left[0]} side"


class RoutineSession:
    """Goes through a plan with the samples of one camera.

    The same samples and actions give the same report, always: time is the samples' own.

    Attributes:
        plan: what is done.
        paused: whether the person has asked for a pause, or said that it hurts.
        hurt: whether they have said that it hurts.
    """

    def __init__(self, plan: Plan, recorder: Recorder | None = None) -> None:
        self.plan = plan
        self.hurt = False
        self._resting = False
        self._recorder = recorder
        self._machine = RoutineMachine(plan)
        self._session: Session | None = None
        self._dose: DoseWatch | None = None
        self._at = 0
        self._sets: list[list[SessionReport]] = [[] for _ in plan.steps]
        self._first_t = self._last_t = math.nan
        self._hurt_at: float | None = None
        self._hurt_step: int | None = None

    @property
    def paused(self) -> bool:
        """Whether nothing goes on now, because the person asked for a pause or it hurts."""
        return self._resting or self.hurt

    @property
    def over(self) -> bool:
        """Whether it has ended by itself."""
        return self._machine.over

    @property
    def spec(self) -> Spec | None:
        """The exercise that is on; None between two."""
        return None if self._session is None else self._session.spec

    @property
    def now(self) -> Now:
        """Where in the routine one is."""
        return self._machine.now()

    @property
    def notice(self) -> str:
        """What to know now, where the coach has nothing to say."""
        return "" if self._dose is None else self._dose.notice

    @property
    def wants_back(self) -> bool:
        """Whether the outline of the back is read."""
        return self.plan.wants_back

    def take(self, sample: PoseSample) -> Coaching | None:
        """Record and coach one sample; None where no exercise is on."""
        if self._recorder is not None:
            self._recorder.add(sample)
        if math.isnan(self._first_t):
            self._first_t = sample.t
        self._last_t = sample.t
        if self.paused:
            return None
        coaching = None
        if self._session is not None and self._dose is not None:
            coaching = self._session.take(sample)
            self._dose.take(coaching)
        self._machine.advance(sample.t, self._dose is not None and self._dose.done)
        self._follow()
        return coaching if self._session is not None else None

    def act(self, action: Action) -> None:
        """Record and do what the person asked for. After it hurt, nothing more can be asked for."""
        if self.hurt:
            return
        if self._recorder is not None:
            self._recorder.act(action)
        if self._session is not None:
            self._session.act(action)
        if action.name in ("pause", "resume"):
            self._resting = action.name == "pause"
            self._machine.hold()
        elif action.name == "restart" and self._session is not None:
            self._dose = DoseWatch(self._session.spec)
        elif action.name == "skip":
            self._machine.skip()
            self._follow()
        elif action.name == "hurts":
            self._stop_hurting(action.t)

    def finish(self) -> RoutineReport:
        """End the routine; what was under way is judged as it is."""
        self._machine.stop("broken off")
        self._follow()
        machine = self._machine
        return RoutineReport(
            self.plan.routine,
            self._last_t - self._first_t if self._last_t == self._last_t else 0.0,
            tuple(
                StepReport(planned, outcome, spent_s, tuple(sets))
                for planned, outcome, spent_s, sets in zip(
                    self.plan.steps, machine.outcomes, machine.spent_s, self._sets, strict=True
                )
            ),
            self._hurt_at,
            self._hurt_step,
        )

    def _stop_hurting(self, t: float) -> None:
        self.hurt = True
        self._hurt_at = t
        self._hurt_step = min(self._machine.step, len(self.plan.steps) - 1)
        self._machine.stop("hurt")
        self._follow()

    def _follow(self) -> None:
        """End the session of a set that is over, and begin the one of a set that has begun."""
        watching = self._machine.stage == "exercise"
        if self._session is not None and not watching:
            self._sets[self._at].append(self._session.finish())
            self._session = self._dose = None
        spec = self._machine.planned.spec
        if self._session is None and watching and spec is not None:
            self._at = self._machine.step
            self._session = Session(spec)
            self._dose = DoseWatch(spec)
