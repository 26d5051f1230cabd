"""What the talking is made from: the moments it hears of, and how long each kind of word is worth saying."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from formcoach.events import Coaching
from formcoach.language import Language
from formcoach.routine_machine import Now
from formcoach.spec import Spec
from formcoach.utterance import Tone, Urgency, Utterance

COUNT_S = 0.9
PRAISE_S = 1.5
STOP_S = 1.5
CUE_S = 2.0
SETUP_S = 2.5
FLOW_S = 4.0
"""Seconds after its decision in which a thing of each urgency may begin to be said; later it is stale."""

TICK_S = 0.5
"""The same for a second that is counted down: later, the next one is due."""

LASTING_S = 10.0
"""The same for what the person has asked for, such as a pause: that stays true."""

_VALID_S: Mapping[Urgency, float] = {
    Urgency.PRAISE: PRAISE_S,
    Urgency.COUNT: COUNT_S,
    Urgency.FLOW: FLOW_S,
    Urgency.CUE: CUE_S,
    Urgency.SETUP: SETUP_S,
    Urgency.STOP: STOP_S,
}


class Moment(Protocol):
    """What the talking hears of each sample once it is coached: a `formcoach.showing.Scene`, say."""

    @property
    def t(self) -> float:
        """The sample's time, seconds."""

    @property
    def coaching(self) -> Coaching | None:
        """The coach's answer; None where no exercise was on."""

    @property
    def spec(self) -> Spec | None:
        """The exercise that is on now; None between two."""

    @property
    def now(self) -> Now | None:
        """Where in a routine one is; None outside of one."""

    @property
    def notice(self) -> str:
        """What to know now beside the coach's own words."""


@dataclass(frozen=True, slots=True)
class Talk:
    """Makes what is said at one moment, in one language."""

    language: Language
    t: float

    def phrase(self, name: str, /, **gaps: object) -> str:
        """A fixed phrase of the language."""
        return self.language.phrase(name, **gaps)

    def number(self, number: int) -> str:
        """A number by itself."""
        return self.phrase("count", number=self.language.number(number))

    def count(self, text: str, tone: Tone = "count") -> Utterance:
        """A count, which the next one overtakes."""
        return self._at_once(Urgency.COUNT, text, tone, "count")

    def tick(self, text: str, tone: Tone = "") -> Utterance:
        """A word that belongs to this very second."""
        return Utterance(self.t, self.t + TICK_S, text, Urgency.COUNT, tone, "count")

    def flow(self, text: str) -> Utterance:
        """What comes next."""
        return self._at_once(Urgency.FLOW, text, "", "flow")

    def cue(self, text: str, urgency: Urgency) -> Utterance:
        """A correction, praise, or a word on the set-up."""
        return self._at_once(urgency, sentence(self.language.of(text)), "", "cue")

    def lasting(self, text: str) -> Utterance:
        """What the person asked for: all else is dropped."""
        return Utterance(self.t, self.t + LASTING_S, text, Urgency.STOP, clears=True)

    def _at_once(self, urgency: Urgency, text: str, tone: Tone, topic: str) -> Utterance:
        return Utterance(self.t, self.t + _VALID_S[urgency], text, urgency, tone, topic)


def sentence(text: str) -> str:
    """A text with a full stop, at which a voice comes to rest."""
    return text if not text or text[-1] in ".!?" else text + "."
