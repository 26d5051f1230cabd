"""A session that somebody listens to: the voice, or whoever takes down what it would say."""

from __future__ import annotations

from typing import Protocol, TypeVar

from formcoach.actions import Action
from formcoach.around import Around
from formcoach.events import Coaching
from formcoach.landmarks import PoseSample
from formcoach.showing import Reported
from formcoach.talk import Moment

R = TypeVar("R")


class Listener(Protocol):
    """Whoever hears a session go on. A listener decides nothing, and must not keep it waiting."""

    def hear(self, moment: Moment) -> None:
        """Hear what became of the next sample."""

    def act(self, action: Action) -> None:
        """Hear what the person asked for."""


class Overheard(Around[R]):
    """A session that a listener hears, live and replayed alike: of every sample as it is decided."""

    def __init__(self, session: Reported[R], listener: Listener) -> None:
        super().__init__(session)
        self._listener = listener

    def take(self, sample: PoseSample) -> Coaching | None:
        """Coach one sample, and let it be heard."""
        coaching = self.within.take(sample)
        self._listener.hear(Moment(sample.t, coaching, self.spec, self.now, self.notice))
        return coaching

    def act(self, action: Action) -> None:
        """Do what the person asked for, and let it be heard."""
        self.within.act(action)
        self._listener.act(action)
