"""What is said of repetitions: the number, one more, and a word where one did not count."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from formcoach.events import RepEvent
from formcoach.spec import Spec
from formcoach.talk import Talk
from formcoach.utterance import Utterance

EACH_UNTIL = 30
"""Up to so many repetitions each is counted; in a longer set every `EACH_OF`-th."""

EACH_OF = 10

QUICK_S = 4.0
"""Sides that take turns faster than this are counted in pairs."""

ONE_MORE_FROM = 4
"""In sets of so many and more, the last one is announced."""

ADVICE_S = 20.0
"""Before the same word on what did not count, or was not held for long enough, is said again."""

NEARLY = 0.7
"""From this share of a hold on it takes only a little more."""

UNTOLD = frozenset(("no_start", "broken_off"))
"""What did not count without anybody having tried."""


class RepTalk:
    """Decides what is said of the repetitions of one set."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._goal = spec.dose.reps[1] if spec.dose.reps else None
        self._side = ""
        self._ended = -math.inf
        self._told = 0
        self._advised: dict[str, float] = {}

    def hear(self, talk: Talk, rep: RepEvent, reps: Mapping[str, int]) -> Iterator[Utterance]:
        """What to say of a repetition that ended, with the numbers performed so far by side."""
        if not rep.performed:
            yield from self._not_counted(talk, rep)
            return
        turned = self._side not in ("", rep.side)
        quick = rep.end - self._ended < QUICK_S
        self._side, self._ended = rep.side, rep.end
        long = self._goal is not None and self._goal > EACH_UNTIL
        if long and rep.number % EACH_OF:
            return
        if turned and quick and (min(reps.values()) < rep.number or rep.number == self._told):
            if not long:
                yield talk.count("")  # the other one of the pair has the number
            return
        self._told = rep.number
        yield talk.count(self._number(talk, rep, turned, quick))

    def _number(self, talk: Talk, rep: RepEvent, turned: bool, quick: bool) -> str:
        number = talk.language.number(rep.number)
        if turned and not quick:
            text = talk.phrase("count_side", side=talk.phrase(rep.side), number=number)
        elif self._spec.dose.hold_s is not None:
            text = talk.phrase("count_held", number=number)
        else:
            text = talk.phrase("count", number=number)
        if advice := self._hold_longer(talk, rep):
            return f"{text} {advice}"
        is_last_but_one = self._goal is not None and rep.number == self._goal - 1 >= ONE_MORE_FROM - 1
        return f"{text} {talk.phrase('one_more')}" if is_last_but_one and not turned else text

    def _hold_longer(self, talk: Talk, rep: RepEvent) -> str:
        dose = self._spec.dose.hold_s
        if dose is None or rep.to_dose or rep.kind or not self._may_advise(talk.t, "hold"):
            return ""
        if rep.held_s >= NEARLY * dose[0]:
            return talk.phrase("a_little_longer")
        return talk.phrase("hold_for", seconds=talk.language.number(round(dose[0])))

    def _not_counted(self, talk: Talk, rep: RepEvent) -> Iterator[Utterance]:
        if rep.kind in UNTOLD:
            return
        if rep.kind != "unseen":
            yield talk.tick("", "again")  # the coach's own cue says why
        elif self._may_advise(talk.t, "unseen"):
            yield talk.flow(talk.phrase("not_seen"))

    def _may_advise(self, t: float, about: str) -> bool:
        if t - self._advised.get(about, -math.inf) < ADVICE_S:
            return False
        self._advised[about] = t
        return True
