"""A routine from the first sample to its report: a session for each set, one after the other."""

from __future__ import annotations

import math
from collections import deque

from formcoach.actions import Action
from formcoach.dose_watch import DoseWatch
from formcoach.events import Coaching
from formcoach.landmarks import PoseSample
from formcoach.report import SessionReport
from formcoach.routine import Plan
from formcoach.routine_machine import Now, RoutineMachine
from formcoach.routine_report import RoutineReport, StepReport
from formcoach.session import Recorder, Session
from formcoach.spec import Spec
from formcoach.stance import Entering, Leaving

BEFORE_S = 1.0
"""Seconds before somebody got into position that belong to the set that begins with it."""


class _Lobby:
    """Watches, while a set is waited for, whether somebody gets into its position already.

    What it sees is no part of any set, until it is: then the set has all of it from there on.
    """

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self._watch = Session(spec)
        self._entering = Entering(spec)
        self._samples: deque[PoseSample] = deque()

    def take(self, sample: PoseSample) -> bool:
        """Take in a sample; true once the position was taken and kept."""
        entered = self._entering.step(self._watch.take(sample))
        self._samples.append(sample)
        began = sample.t if math.isnan(self._entering.since) else self._entering.since
        while self._samples[0].t < began - BEFORE_S:
            self._samples.popleft()
        return entered

    @property
    def kept(self) -> tuple[PoseSample, ...]:
        """The samples since somebody got into position; none where nobody has."""
        return () if math.isnan(self._entering.since) else tuple(self._samples)


class RoutineSession:
    """Goes through a plan with the samples of one camera.

    The same samples and actions give the same report, always: time is the samples' own.

    Attributes:
        plan: what is done.
        paused: whether the person has asked for a pause, or said that it hurts.
        hurt: whether they have said that it hurts.
        began: when the set that is on began, with the taking of its position; seconds.
    """

    def __init__(self, plan: Plan, recorder: Recorder | None = None) -> None:
        self.plan = plan
        self.hurt = False
        self.began = math.inf
        self._resting = False
        self._recorder = recorder
        self._machine = RoutineMachine(plan)
        self._session: Session | None = None
        self._dose: DoseWatch | None = None
        self._leaving: Leaving | None = None
        self._lobby: _Lobby | None = None
        self._at = 0
        self._last_set: SessionReport | None = None
        self._sets: list[list[SessionReport]] = [[] for _ in plan.steps]
        self._first_t = self._last_t = math.nan
        self._hurt_at: float | None = None
        self._hurt_step: int | None = None
        self._follow()

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
    def last_set(self) -> SessionReport | None:
        """The set that has ended, until the next step or set begins."""
        return self._last_set

    @property
    def wants_back(self) -> bool:
        """Whether the outline of the back is read."""
        return self.plan.wants_back

    def take(self, sample: PoseSample) -> Coaching | None:
        """Record and coach one sample; None where no exercise was on.

        With the sample that ends a set the answer still is of that set: its last repetition is in it.
        """
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
        entered = self._lobby is not None and self._lobby.take(sample)
        if coaching is not None and coaching.away:
            self._machine.hold()
        else:
            self._machine.advance(sample.t, self._is_done, self._has_left(coaching))
        if entered:
            self._machine.begin()
        self._follow()
        return coaching

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
            self._dose, self._leaving = DoseWatch(self._session.spec), Leaving(self._session.spec)
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

    @property
    def _is_done(self) -> bool:
        return self._dose is not None and self._dose.done

    def _has_left(self, coaching: Coaching | None) -> bool:
        if coaching is None or self._dose is None or self._leaving is None:
            return False
        return self._leaving.step(coaching, self._dose)

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
            self._last_set = self._session.finish()
            self._sets[self._at].append(self._last_set)
            self._session = self._dose = self._leaving = None
        if self._machine.stage in ("exercise", "clock"):
            self._last_set = None
        spec = self._machine.planned.spec
        if self._session is None and watching and spec is not None:
            self._begin_set(spec)
        if self._machine.stage not in ("ready", "rest") or spec is None:
            self._lobby = None
        elif self._lobby is None or self._lobby.spec is not spec:
            self._lobby = _Lobby(spec)

    def _begin_set(self, spec: Spec) -> None:
        """Begin a set, with what was done since its position was taken."""
        self._at = self._machine.step
        self._session, self._dose, self._leaving = Session(spec), DoseWatch(spec), Leaving(spec)
        kept = self._lobby.kept if self._lobby is not None else ()
        self.began = kept[0].t if kept else math.inf
        for sample in kept:
            self._dose.take(self._session.take(sample))
        self._session.count_in_anew()
