"""The voice: says what the talker decides, in a thread of its own, so that nothing waits for it.

One thing at a time; what is stale by the time its turn comes is not said. For every utterance there is a
mouth (`formcoach.mouth`), a process that was warmed up before: to interrupt it is to end it.
"""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Literal, Protocol, Self

from formcoach.actions import Action
from formcoach.speech_queue import SpeechQueue
from formcoach.talk import Moment
from formcoach.talker import Talker
from formcoach.transcript import Line
from formcoach.utterance import Utterance

FAILURES = 3
"""So many failures in a row, and it gives up."""

STUCK_S = 20.0
"""Nothing takes so long to say: what does is ended, and counts as a failure."""

KEPT = 10_000
"""So much of what was said is kept."""

LAST_WORDS_S = 4.0
"""So long it may go on at the end of a session with what must be heard, such as that the camera is gone."""

News = Literal["ready", "began", "failed", "ended"]


@dataclass(frozen=True, slots=True)
class Report:
    """What a mouth tells of itself.

    Attributes:
        mouth: which.
        news: it is warmed up; the sound begins; it cannot; it is over.
        detail: the voice's name, or why it cannot.
    """

    mouth: Mouth
    news: News
    detail: str = ""


class Mouth(Protocol):
    """Says one thing, and reports how that goes."""

    def say(self, utterance: Utterance) -> None:
        """Begin to say it."""

    def shut(self) -> None:
        """Be quiet at once and for good."""


Opener = Callable[[Callable[[Report], None]], Mouth]
"""Opens a mouth that tells the function its reports."""


@dataclass(frozen=True, slots=True)
class _Offer:
    """What to say, and how far the samples' clock is ahead of this machine's."""

    utterances: tuple[Utterance, ...]
    ahead_s: float


class Voice:
    """A listener that speaks; use it in a `with` block.

    Args:
        talker: decides what is said.
        open_mouth: opens mouths.
        complain: is told why it has fallen silent, in a few words.
        clock: seconds, never going back.
    """

    def __init__(
        self,
        talker: Talker,
        open_mouth: Opener,
        complain: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._said: deque[Line] = deque(maxlen=KEPT)
        self._talker = talker
        self._open = open_mouth
        self._complain = complain
        self._clock = clock
        self._inbox: SimpleQueue[_Offer | Report | None] = SimpleQueue()
        self._queue = SpeechQueue()
        self._ahead_s = 0.0
        self._waiting: Mouth | None = None
        self._is_warm = False
        self._speaking: tuple[Mouth, Utterance, float] | None = None
        self._failures = 0
        self._silent = False
        self._closing_at: float | None = None
        self._thread = threading.Thread(target=self._run, name="formcoach voice", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # What the session calls

    def hear(self, moment: Moment) -> None:
        """Hear the next moment of a session; what there is to say is said elsewhere."""
        self._offer(moment.t, self._talker.hear(moment))

    def act(self, action: Action) -> None:
        """Hear what the person asked for."""
        self._offer(action.t, self._talker.act(action))

    def lose_camera(self) -> None:
        """Say that no more pictures come."""
        t = self._t()
        self._offer(t, self._talker.lose_camera(t))

    def find_camera(self) -> None:
        """Say that they come again."""
        t = self._t()
        self._offer(t, self._talker.find_camera(t))

    def lines(self) -> tuple[Line, ...]:
        """What was said so far, each from when it began to sound; to be asked for once it is closed."""
        return tuple(self._said)

    def close(self) -> None:
        """Fall silent, once what must be heard is said."""
        self._inbox.put(None)
        self._thread.join(2 * LAST_WORDS_S)

    def _offer(self, t: float, utterances: tuple[Utterance, ...]) -> None:
        if utterances and not self._silent:
            self._inbox.put(_Offer(utterances, t - self._clock()))

    # The thread

    def _run(self) -> None:
        self._warm_up()
        while not self._silent and (self._closing_at is None or self._has_last_words(self._closing_at)):
            try:
                item = self._inbox.get(timeout=self._patience())
            except Empty:
                self._check_stuck()
            else:
                if item is None:
                    self._closing_at = self._clock()
                elif isinstance(item, _Offer):
                    self._take(item)
                else:
                    self._heed(item)
            self._go_on()
        self._silent = True
        self._shut()

    def _take(self, offer: _Offer) -> None:
        self._ahead_s = offer.ahead_s
        for utterance in offer.utterances:
            being_said = None if self._speaking is None else self._speaking[1]
            if self._queue.offer(utterance, being_said):
                self._cut()

    def _heed(self, report: Report) -> None:
        if report.mouth is self._waiting:
            self._is_warm = report.news == "ready"
            if report.news in ("failed", "ended"):
                self._give_up(report.detail)
        elif self._speaking is not None and report.mouth is self._speaking[0]:
            if report.news == "began":
                self._said.append(Line(self._t(), math.inf, self._speaking[1]))
            elif report.news == "failed":
                self._fail(report.detail)
            elif report.news == "ended":
                self._close_line(cut=False)
                self._speaking, self._failures = None, 0

    def _close_line(self, *, cut: bool) -> None:
        """Take down that what sounds is over, if it ever began."""
        if self._said and math.isinf(self._said[-1].end):
            self._said[-1] = replace(self._said[-1], end=self._t(), cut=cut)

    def _go_on(self) -> None:
        """Say what is next, if the last thing is said and a mouth is warm."""
        if self._silent or self._speaking is not None or self._waiting is None or not self._is_warm:
            return
        utterance = self._queue.take(self._t())
        if utterance is not None:
            mouth = self._waiting
            self._speaking = mouth, utterance, self._clock()
            mouth.say(utterance)
            self._warm_up()

    def _warm_up(self) -> None:
        self._is_warm = False
        try:
            self._waiting = self._open(self._inbox.put)
        except OSError as error:
            self._waiting = None
            self._give_up(f"no process could be started ({error.strerror})")

    def _cut(self) -> None:
        if self._speaking is not None:
            self._speaking[0].shut()
            self._close_line(cut=True)
            self._speaking = None

    def _fail(self, why: str) -> None:
        self._cut()
        self._failures += 1
        if self._failures >= FAILURES:
            self._give_up(why)

    def _give_up(self, why: str) -> None:
        if not self._silent:
            self._silent = True
            self._complain(why or "the speech engine ended")

    def _shut(self) -> None:
        self._cut()
        if self._waiting is not None:
            self._waiting.shut()

    def _t(self) -> float:
        """Now, on the samples' clock."""
        return self._clock() + self._ahead_s

    def _patience(self) -> float | None:
        """How long to wait for news, seconds; None = as long as it takes."""
        if self._closing_at is not None:
            return LAST_WORDS_S / 10
        return None if self._speaking is None else STUCK_S / 10

    def _check_stuck(self) -> None:
        if self._speaking is not None and self._clock() - self._speaking[2] > STUCK_S:
            self._fail("the speech engine hangs")

    def _has_last_words(self, since: float) -> bool:
        must = self._queue.must_be_said or (self._speaking is not None and self._speaking[1].clears)
        return must and self._clock() - since < LAST_WORDS_S
