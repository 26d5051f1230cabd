"""What is said of holds: the clock begins, half-way, three, two, one, down, and how long it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from formcoach.events import Coaching, HoldEvent
from formcoach.spec import Position, Spec
from formcoach.talk import Talk
from formcoach.utterance import Tone, Utterance

HALFWAY_FROM_S = 16.0
"""Holds of so many seconds and more have a half-way."""

SECONDS_LEFT_S = 10.0
SECONDS_LEFT_FROM_S = 30.0
"""So many seconds before the end of holds of so many and more it is said that they are left."""

COUNT_DOWN = 3
COUNT_DOWN_FROM_S = 5.0
"""The last seconds are counted down, in holds of so many seconds and more."""

QUIET_S = 4.0
"""So long before the end of a hold nothing comes between the seconds that are counted down."""

WORTH_S = 3.0
"""A hold that was shorter than this is not spoken of."""

UPRIGHT: frozenset[Position] = frozenset(("standing", "sitting", "kneeling"))
"""Where one does not come down after a hold, one lets go."""


class HoldTalk:
    """Decides what is said of the holds of one set, of their own or within repetitions."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._goal = 0.0 if spec.dose.hold_s is None else spec.dose.hold_s[1]
        self._marks = tuple(_marks(spec))
        self._side = ""
        self._most = 0.0
        self._begun = self._ends_told = False
        self._counts = dict.fromkeys(spec.sides or ("",), 0)

    @property
    def counting_down(self) -> bool:
        """Whether a hold is so near its end that nothing should come between."""
        counted = self._goal >= COUNT_DOWN_FROM_S
        return counted and 0 < self._goal - self._most <= QUIET_S and self._most > 0

    def hear(self, talk: Talk, coaching: Coaching) -> Iterator[Utterance]:
        """What to say of the hold that goes on at this moment."""
        if coaching.phase in ("setup", "start") or coaching.side != self._side:
            self._side, self._most = coaching.side, 0.0
        held_s, before = coaching.held_s, self._most
        if held_s <= before or not self._goal:
            return
        self._most = held_s
        if before == 0.0:
            yield talk.count("" if self._begun else talk.phrase("hold"), "hold")
            self._begun = True
        for mark in self._marks:
            if before < mark.held_s <= held_s:
                yield self._tell(talk, mark)

    def end(self, talk: Talk, hold: HoldEvent) -> Iterator[Utterance]:
        """What to say of a hold that ended."""
        dose = self._spec.dose
        if hold.to_dose:
            self._counts[hold.side] += 1
        if hold.to_dose and dose.reps is not None and dose.reps[1] > 1:
            number = talk.language.number(self._counts[hold.side])
            yield talk.count(talk.phrase("count_held", number=number))
        elif WORTH_S <= hold.in_form_s < self._goal:
            yield talk.count(self._length(talk, hold), "")

    def _length(self, talk: Talk, hold: HoldEvent) -> str:
        """How long it was, and where that was not enough how long it is to be."""
        told = talk.phrase("seconds_held", seconds=talk.language.number(round(hold.in_form_s)))
        enough = 0.0 if self._spec.dose.hold_s is None else self._spec.dose.hold_s[0]
        if hold.to_dose:
            return told
        return f"{told} {talk.phrase('hold_for', seconds=talk.language.number(round(enough)))}"

    def _tell(self, talk: Talk, mark: _Mark) -> Utterance:
        number = talk.language.number(mark.number)
        text = talk.phrase(mark.phrase, number=number, seconds=number)
        if mark.tone and self._goal < COUNT_DOWN_FROM_S:  # of many short ones a tone will do
            text, self._ends_told = ("" if self._ends_told else text), True
        return talk.tick(text, mark.tone)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A second of a hold at which something is said."""

    held_s: float
    phrase: str
    number: int = 0
    tone: Tone = ""


def _marks(spec: Spec) -> Iterator[_Mark]:
    if spec.dose.hold_s is None:
        return
    goal = spec.dose.hold_s[1]
    if goal >= HALFWAY_FROM_S:
        yield _Mark(goal / 2, "halfway")
    if goal >= SECONDS_LEFT_FROM_S:
        yield _Mark(goal - SECONDS_LEFT_S, "seconds_left", round(SECONDS_LEFT_S))
    if goal >= COUNT_DOWN_FROM_S:
        for left in range(COUNT_DOWN, 0, -1):
            yield _Mark(goal - left, "count", left)
    lets_go = spec.position in UPRIGHT or bool(spec.guided)
    yield _Mark(goal, "release" if lets_go else "down", tone="done")
