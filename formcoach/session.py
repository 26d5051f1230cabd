"""The one loop of a session, live and replayed alike: coach, report and recording in step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from formcoach.actions import Action
from formcoach.coach import Coach
from formcoach.events import Coaching
from formcoach.landmarks import PoseSample
from formcoach.reading import Reading
from formcoach.report import Reporter, SessionReport
from formcoach.routine_machine import Now
from formcoach.sets import Sets
from formcoach.spec import Spec


class Recorder(Protocol):
    """Whatever keeps the samples and actions of a session."""

    def add(self, sample: PoseSample) -> None:
        """Keep one sample."""

    def act(self, action: Action) -> None:
        """Keep one action, in its place among the samples."""


class Kept:
    """A recorder that keeps a session in memory.

    Attributes:
        stream: its samples and actions, in their order.
    """

    def __init__(self) -> None:
        self.stream: list[PoseSample | Action] = []

    def add(self, sample: PoseSample) -> None:
        """Keep one sample."""
        self.stream.append(sample)

    def act(self, action: Action) -> None:
        """Keep one action."""
        self.stream.append(action)


class Session:
    """One exercise from the first sample to the report."""

    def __init__(self, spec: Spec, recorder: Recorder | None = None) -> None:
        self.spec = spec
        self._coach = Coach(spec)
        self._reporter = Reporter(spec)
        self._recorder = recorder
        self._sets = Sets(spec)
        self._last_set: tuple[int, SessionReport] | None = None
        self._finished = False
        self.hurt = False

    @property
    def paused(self) -> bool:
        """Whether the person has asked for a pause, or said that it hurts: nothing is coached now."""
        return self._coach.paused or self.hurt

    @property
    def over(self) -> bool:
        """Whether it has ended by itself: all sets are done, and the person has gone."""
        return self._sets.over

    @property
    def now(self) -> Now | None:
        """The rest between two sets; None in a set."""
        return self._sets.now

    @property
    def notice(self) -> str:
        """What to know now beside the coach's own words: the set is done, or it is the other side's turn."""
        return self._sets.notice

    @property
    def last_set(self) -> SessionReport | None:
        """The set that has ended, in the rest after it."""
        if not self._sets.resting:
            return None
        number = len(self._sets.spans)
        if self._last_set is None or self._last_set[0] != number:
            self._last_set = number, self._reporter.report().between(*self._sets.spans[-1])
        return self._last_set[1]

    @property
    def wants_back(self) -> bool:
        """Whether the outline of the back is read."""
        return self.spec.wants_back

    def take(self, sample: PoseSample) -> Coaching:
        """Record, coach and report one sample; recording first, so that nothing said is ever lost.

        Returns:
            The coach's answer, with what was done in the set that is on.
        """
        if self._recorder is not None:
            self._recorder.add(sample)
        return self._conclude(self._coach.step(sample))

    def judge(self, reading: Reading) -> Coaching:
        """The same of a sample that has been read already; nothing is recorded."""
        return self._conclude(self._coach.judge(reading))

    def _conclude(self, coaching: Coaching) -> Coaching:
        self._reporter.take(coaching)
        return coaching if self.paused else self._sets.take(coaching)

    def count_in_anew(self) -> None:
        """Begin the count-in with the next sample: nobody has heard what was counted until now."""
        self._coach.count_in_anew()

    def act(self, action: Action) -> None:
        """Record and do what the person asked for. After it hurt, nothing more can be asked for."""
        if self.hurt:
            return
        if self._recorder is not None:
            self._recorder.act(action)
        if action.name == "hurts":
            self.hurt = True
            self.finish()
        elif action.name == "skip":
            self._sets.skip()
        elif action.name == "restart":
            self._sets = Sets(self.spec)
        self._coach.act(action)
        self._reporter.act(action)

    def finish(self) -> SessionReport:
        """End the session; what was under way is judged as it is."""
        if not self._finished:
            self._finished = True
            self._reporter.take_events(self._coach.finish())
        return replace(self._reporter.report(), sets=self._sets.finish())


class Fed(Protocol):
    """Whatever goes through samples and actions: a session, or a routine of several."""

    def take(self, sample: PoseSample) -> object:
        """Coach one sample."""

    def act(self, action: Action) -> None:
        """Do what the person asked for."""


def feed(session: Fed, stream: Iterable[PoseSample | Action]) -> None:
    """Give a session a whole stream of samples and actions, each in its place."""
    for item in stream:
        if isinstance(item, PoseSample):
            session.take(item)
        else:
            session.act(item)


def coach_through(spec: Spec, stream: Iterable[PoseSample | Action]) -> SessionReport:
    """Coach a whole stream of samples and actions at once."""
    session = Session(spec)
    feed(session, stream)
    return session.finish()
