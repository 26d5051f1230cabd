"""What is said between the exercises of a routine: rest, what comes next, and the last seconds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from formcoach.routine_machine import Now
from formcoach.talk import Talk, sentence
from formcoach.utterance import Utterance

COUNT_DOWN = 3
COUNT_DOWN_FROM_S = 5.0
"""The last seconds are counted down, in waits of so many seconds and more."""

SECONDS_LEFT = 10
SECONDS_LEFT_FROM_S = 30.0
"""So many seconds before the end of a wait of so many and more it is said that they are left."""

HALFWAY_FROM_S = 40.0
"""Steps by the clock of so many seconds and more have a half-way."""

REST_FROM_S = 10.0
"""A wait of so many seconds and more is a rest."""

OVER_S = 3.0
"""So long before the end of a wait nothing is begun that belongs to its beginning."""


class RoutineTalk:
    """Decides what is said of a routine as it goes on."""

    def __init__(self) -> None:
        self._at: tuple[str, int, int] | None = None
        self._left_s = 0.0

    def hear(self, talk: Talk, now: Now, done: bool) -> Iterator[Utterance]:
        """What to say of where in the routine one is.

        Args:
            talk: makes what is said.
            now: where one is.
            done: whether the dose of the set that was on until now is done.
        """
        at = (now.stage, now.step, now.set)
        if at != self._at:
            text = self._enter(talk, now, first=self._at is None)
            self._at, self._left_s = at, now.left_s
            if done and now.stage in ("ready", "rest"):
                text = f"{talk.phrase('well_done')} {text}"
            if text:
                yield _while_it_lasts(talk.flow(text), now)
            return
        before, self._left_s = self._left_s, now.left_s
        if now.stage not in ("exercise", "ended"):
            yield from self._seconds(talk, now, before)

    def _enter(self, talk: Talk, now: Now, *, first: bool) -> str:
        seconds = round(now.length_s)
        if now.stage == "ready":
            opening = "first" if first else "rest_next" if seconds >= REST_FROM_S else "next"
            return talk.phrase(opening, name=self._called(talk, now))
        if now.is_open:
            return sentence(talk.language.of(now.says))
        if now.stage == "rest":
            rest = "rest_set" if seconds >= REST_FROM_S else "next_set"
            return talk.phrase(rest, seconds=seconds, set=now.set, sets=now.sets)
        if now.stage == "clock":
            about = talk.language.of(now.about)
            return f"{sentence(talk.language.of(now.name))} {about}".strip()
        return sentence(talk.language.of(now.says)) if now.stage == "ended" else ""

    def _called(self, talk: Talk, now: Now) -> str:
        name = talk.language.of(now.name)
        if now.camera in ("side", "front"):
            return f"{name}, {talk.language.phrases[f'view_{now.camera}']}"
        return name

    def _seconds(self, talk: Talk, now: Now, before: float) -> Iterator[Utterance]:
        def passes(left: float) -> bool:
            return before > left >= now.left_s

        if now.stage == "clock" and now.length_s >= HALFWAY_FROM_S and passes(now.length_s / 2):
            yield talk.tick(talk.phrase("halfway"))
        if now.length_s >= SECONDS_LEFT_FROM_S and passes(SECONDS_LEFT):
            yield talk.tick(talk.phrase("seconds_left", seconds=talk.language.number(SECONDS_LEFT)))
        if now.length_s >= COUNT_DOWN_FROM_S and not now.camera:  # what is watched has a count-in of its own
            for left in range(COUNT_DOWN, 0, -1):
                if passes(left):
                    yield talk.tick(talk.number(left))


def _while_it_lasts(said: Utterance, now: Now) -> Utterance:
    """What comes next is worth saying for as long as it is waited for: a voice may need seconds to begin."""
    return replace(said, until=max(said.until, said.t + now.length_s - OVER_S))
