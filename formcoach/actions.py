"""What the person did during a session with a key: a part of the story that a replay must repeat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

ActionName = Literal["pause", "resume", "restart", "swap", "hurts", "skip"]
"""Stop coaching, go on, begin again from nothing, take the other side, end it because it hurts, or leave
out the rest of a step of a routine."""

ACTION_NAMES: tuple[ActionName, ...] = get_args(ActionName)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the person asked for, between two samples.

    Attributes:
        t: seconds on the samples' clock.
        name: what was asked for.
    """

    t: float
    name: ActionName
