"""What a session would have said, and when: the talking on paper, without a voice."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from formcoach.actions import Action
from formcoach.report_text import clock
from formcoach.speech_queue import SpeechQueue
from formcoach.talk import Moment
from formcoach.talker import Talker
from formcoach.utterance import Tone, Utterance

TONE_S = 0.15
"""A tone takes about so long,"""

BREATH_S = 0.3
SIGN_S = 0.06
STOP_S = 0.35
"""an utterance so long, and for each of its characters so long, and for each full stop within so long."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was said.

    Attributes:
        t, end: from when to when, seconds on the samples' clock.
        utterance: what it was.
        cut: whether something else interrupted it.
    """

    t: float
    end: float
    utterance: Utterance
    cut: bool = False

    @property
    def text(self) -> str:
        """The words."""
        return self.utterance.text

    @property
    def tone(self) -> Tone:
        """The tone before them."""
        return self.utterance.tone


class Transcriber:
    """A listener that takes down what is said, with a guess at how long saying it takes."""

    def __init__(self, talker: Talker) -> None:
        self._talker = talker
        self._queue = SpeechQueue()
        self._said: list[Line] = []

    def hear(self, moment: Moment) -> None:
        """Hear the next moment of a session."""
        self._go_on(moment.t)
        self._offer(moment.t, self._talker.hear(moment))

    def act(self, action: Action) -> None:
        """Hear what the person asked for."""
        self._go_on(action.t)
        self._offer(action.t, self._talker.act(action))

    def lines(self) -> tuple[Line, ...]:
        """What was said so far, and what still would be."""
        self._go_on(math.inf)
        return tuple(self._said)

    def _offer(self, t: float, offers: Iterable[Utterance]) -> None:
        for new in offers:
            last = self._said[-1] if self._said and self._said[-1].end > t else None
            if self._queue.offer(new, None if last is None else last.utterance) and last is not None:
                self._said[-1] = replace(last, end=t, cut=True)
        self._begin(t)

    def _go_on(self, until: float) -> None:
        """Begin what was to begin before a moment, each as soon as the one before has ended."""
        while self._said and self._said[-1].end < until and self._begin(self._said[-1].end):
            pass

    def _begin(self, t: float) -> bool:
        if self._said and self._said[-1].end > t:
            return False
        new = self._queue.take(t)
        if new is not None:
            self._said.append(Line(t, t + length_of(new), new))
        return new is not None


def length_of(utterance: Utterance) -> float:
    """About how long it takes to say something at the usual rate, seconds."""
    tone_s = TONE_S if utterance.tone else 0.0
    text = utterance.text
    if not text:
        return tone_s
    return tone_s + BREATH_S + SIGN_S * len(text) + STOP_S * text.rstrip(".").count(". ")


def transcript(lines: Iterable[Line]) -> str:
    """What was said as lines to read: minutes and seconds, `(tone)` where one sounds, and the words."""
    return "\n".join(f"{clock(line.t):>6}  {_in_words(line)}" for line in lines)


def _in_words(line: Line) -> str:
    words = f"({line.tone})" if line.tone else ""
    words = f"{words} {line.text}".strip()
    return f"{words} [cut short]" if line.cut else words
