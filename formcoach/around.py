"""A session around another one: the same in everything that is not changed in it."""

from __future__ import annotations

from typing import Generic, TypeVar

from formcoach.actions import Action
from formcoach.events import Coaching
from formcoach.landmarks import PoseSample
from formcoach.routine_machine import Now
from formcoach.showing import Reported
from formcoach.spec import Spec

R = TypeVar("R")


class Around(Generic[R]):
    """Hands everything on to the session within."""

    def __init__(self, session: Reported[R]) -> None:
        self.within = session

    @property
    def paused(self) -> bool:
        """Whether nothing is coached now, because the person asked for a pause or said that it hurts."""
        return self.within.paused

    @property
    def hurt(self) -> bool:
        """Whether the person has said that it hurts."""
        return self.within.hurt

    @property
    def over(self) -> bool:
        """Whether it has ended by itself."""
        return self.within.over

    @property
    def spec(self) -> Spec | None:
        """The exercise that is on; None between two."""
        return self.within.spec

    @property
    def now(self) -> Now | None:
        """Where in a routine one is; None outside of one."""
        return self.within.now

    @property
    def notice(self) -> str:
        """What to know now, where the coach has nothing to say."""
        return self.within.notice

    @property
    def wants_back(self) -> bool:
        """Whether the outline of the back is read."""
        return self.within.wants_back

    def take(self, sample: PoseSample) -> Coaching | None:
        """Coach one sample; None where no exercise was on."""
        return self.within.take(sample)

    def act(self, action: Action) -> None:
        """Do what the person asked for."""
        self.within.act(action)

    def finish(self) -> R:
        """End it and give the report."""
        return self.within.finish()
