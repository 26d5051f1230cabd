"""What can be said: a sentence or a tone, how much it matters, and until when it is worth saying."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

Tone = Literal["", "count", "hold", "done", "again"]
"""A short sound: a repetition counted; a hold's clock begins; its goal is reached; not counted."""


class Urgency(IntEnum):
    """How much it matters; of several things to say, the most urgent is said first."""

    PRAISE = 0
    COUNT = 1
    FLOW = 2  # change of side, rest, what comes next
    CUE = 3
    SETUP = 4  # nobody there, or the wrong view
    STOP = 5  # the back first, pain, a pause: it interrupts whatever is being said


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing to say.

    Attributes:
        t: when it was decided, seconds on the samples' clock.
        until: after this moment it is not begun any more.
        text: the words; may be empty where there is a tone.
        tone: what sounds before the words.
        topic: a newer one on the same topic takes its place; empty = stands alone.
        clears: whether all that waits or is being said is dropped for it.
    """

    t: float
    until: float
    text: str
    urgency: Urgency
    tone: Tone = ""
    topic: str = ""
    clears: bool = False
