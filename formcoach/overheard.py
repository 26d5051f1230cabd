"""Listeners: told of every moment of a session as it is decided, live and replayed alike."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar

from formcoach.actions import Action
from formcoach.events import Coaching
from formcoach.landmarks import PoseSample
from formcoach.routine_machine import Now
from formcoach.showing import Reported
from formcoach.spec import Spec
from formcoach.talk import Moment


class Listener(Protocol):
    """Whatever hears a session go on. It decides nothing, and must not keep the session waiting."""

    def hear(self, moment: Moment) -> None:
        """Hear what became of the next sample."""

    def act(self, action: Action) -> None:
        """Hear what the person asked for."""


R = TypeVar("R")


class Overheard(Generic[R]):
    """A session that a listener hears; otherwise it is the session itself."""

    def __init__(self, session: Reported[R], listener: Listener) -> None:
        self._session = session
        self._listener = listener

    @property
    def paused(self) -> bool:
        """Whether nothing is coached now."""
        return self._session.paused

    @property
    def hurt(self) -> bool:
        """Whether the person has said that it hurts."""
        return self._session.hurt

    @property
    def over(self) -> bool:
        """Whether it has ended by itself."""
        return self._session.over

    @property
    def spec(self) -> Spec | None:
        """The exercise that is on; None between two."""
        return self._session.spec

    @property
    def now(self) -> Now | None:
        """Where in a routine one is; None outside of one."""
        return self._session.now

    @property
    def notice(self) -> str:
        """What to know now, where the coach has nothing to say."""
        return self._session.notice

    @property
    def wants_back(self) -> bool:
        """Whether the outline of the back is read."""
        return self._session.wants_back

    def take(self, sample: PoseSample) -> Coaching | None:
        """Coach one sample, and let it be heard."""
        session = self._session
        coaching = session.take(sample)
        self._listener.hear(Moment(sample.t, coaching, session.spec, session.now, session.notice))
        return coaching

    def act(self, action: Action) -> None:
        """Do what the person asked for, and let it be heard."""
        self._session.act(action)
        self._listener.act(action)

    def finish(self) -> R:
        """End it and give the report."""
        return self._session.finish()
