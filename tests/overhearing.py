"""Overhearing a session: what is said in it, and when, line by line as on paper."""

from __future__ import annotations

from collections.abc import Iterable

from coached import stock
from formcoach.actions import Action
from formcoach.landmarks import PoseSample
from formcoach.language_file import read_language
from formcoach.session import Session, feed
from formcoach.showing import Coached, take
from formcoach.spec import Spec
from formcoach.talker import Amount, Talker
from formcoach.transcript import Line, Transcriber, transcript
from puppet import perform


class Overheard:
    """A session whose every scene and action is heard, as in a live session."""

    def __init__(self, session: Coached, listener: Transcriber) -> None:
        self.session = session
        self._listener = listener

    def take(self, sample: PoseSample) -> None:
        self._listener.hear(take(self.session, sample))

    def act(self, action: Action) -> None:
        self.session.act(action)
        self._listener.act(action)


def overhear(
    session: Coached,
    stream: Iterable[PoseSample | Action],
    *,
    language: str = "en",
    amount: Amount = "all",
) -> tuple[Line, ...]:
    """What is said in a session, of one exercise or a routine, that goes through a stream."""
    transcriber = Transcriber(Talker(read_language(language), amount))
    feed(Overheard(session, transcriber), stream)
    return transcriber.lines()


def overheard(
    exercise: str, *, by: Spec | None = None, language: str = "en", amount: Amount = "all", **how: object
) -> tuple[Line, ...]:
    """What is said to somebody who performs an exercise (see `puppet.perform`)."""
    samples = perform(exercise, **{"fps": 15, **how}).samples  # type: ignore[arg-type]
    return overhear(Session(by or stock(exercise)), samples, language=language, amount=amount)


def words(lines: Iterable[Line]) -> list[str]:
    """The words of the lines that have any."""
    return [line.text for line in lines if line.text]


def told(lines: Iterable[Line]) -> str:
    """The transcript, with a line feed at its end as files have it."""
    return transcript(lines) + "\n"
