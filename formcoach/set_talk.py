"""What is said during one set: ready, counts, holds, the change of side, and the coach's own cues."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from formcoach.dose_watch import DoseWatch
from formcoach.events import Coaching, Cue, HoldEvent, RepEvent
from formcoach.hold_talk import HoldTalk
from formcoach.rep_talk import RepTalk
from formcoach.spec import Spec
from formcoach.talk import Talk, sentence
from formcoach.utterance import Urgency, Utterance

CALLS = 3
"""So often the same is said about the picture; then it is quiet until somebody is ready to begin."""

BACK_S = 0.5
"""Seconds that somebody who was called is seen again, until they are told so."""

POSITION_S = 1.0
"""Seconds without the start position, after which it is asked for."""

TURN_AGAIN_S = 8.0
"""Before the other side is asked for again, whoever asks for it."""

_URGENCY = {
    "stop": Urgency.STOP,
    "setup": Urgency.SETUP,
    "fix": Urgency.CUE,
    "polish": Urgency.CUE,
    "praise": Urgency.PRAISE,
}


class SetTalk:
    """Decides what is said in one set of one exercise.

    Args:
        spec: the exercise.
        corrects: whether corrections and praise are said, beyond those that protect the back.
        alone: whether no routine is on that says what comes after it.
    """

    def __init__(self, spec: Spec, *, corrects: bool, alone: bool) -> None:
        self._name = spec.name
        self._corrects = corrects
        self._alone = alone
        self._holds = HoldTalk(spec)
        self._reps = RepTalk(spec)
        self._dose = DoseWatch(spec)
        self._notice = ""
        self._began_at = math.nan
        self._counted_in = ""
        self._told_done = self._told_position = False
        self._turn_at = -math.inf
        self._calls: Counter[str] = Counter()
        self._missed_somebody = False
        self._back_since = math.nan

    @property
    def done(self) -> bool:
        """Whether the dose of the set is done, on all sides."""
        return self._dose.done

    def hear(self, talk: Talk, coaching: Coaching, notice: str) -> Iterator[Utterance]:
        """What to say of the coach's answer to one sample, and of what there is to know beside it."""
        self._dose.take(coaching)
        yield from self._begin(talk, coaching)
        yield from self._counts(talk, coaching)
        yield from self._next(talk, notice)
        yield from self._cues(talk, coaching)
        yield from self._back(talk, coaching.someone)

    def _begin(self, talk: Talk, coaching: Coaching) -> Iterator[Utterance]:
        """What the set is, and the count-in."""
        if math.isnan(self._began_at):
            self._began_at = talk.t
        waits = coaching.phase == "setup" and talk.t - self._began_at >= POSITION_S
        if waits and not self._told_position:
            position = talk.phrase("position")
            yield talk.flow(
                f"{sentence(talk.language.of(self._name))} {position}" if self._alone else position
            )
        self._told_position |= waits or coaching.phase != "setup"
        before, self._counted_in = self._counted_in, coaching.count_in
        if self._counted_in not in ("", before):
            self._calls.clear()
            self._missed_somebody = False
            yield talk.tick(self._beat(talk))

    def _beat(self, talk: Talk) -> str:
        word = self._counted_in
        return talk.number(int(word)) if word.isdecimal() else talk.phrase("go")

    def _counts(self, talk: Talk, coaching: Coaching) -> Iterator[Utterance]:
        yield from self._holds.hear(talk, coaching)
        for event in coaching.events:
            if isinstance(event, RepEvent):
                yield from self._reps.hear(talk, event, coaching.reps)
            elif isinstance(event, HoldEvent):
                yield from self._holds.end(talk, event)

    def _next(self, talk: Talk, notice: str) -> Iterator[Utterance]:
        """The other side, the end of the set, or whatever else there is to know."""
        turn = self._dose.notice
        before, self._notice = self._notice, notice or turn
        if self._notice and self._notice != before:
            if self._notice == turn:
                yield from self._turn(talk)
            elif not (self.done and self._alone):
                yield talk.flow(talk.language.of(self._notice))
        if self.done and self._alone and not self._told_done:
            self._told_done = True
            yield talk.flow(talk.phrase("set_done"))

    def _turn(self, talk: Talk) -> Iterator[Utterance]:
        if talk.t - self._turn_at >= TURN_AGAIN_S:
            self._turn_at = talk.t
            yield talk.flow(talk.phrase("other_side"))

    def _cues(self, talk: Talk, coaching: Coaching) -> Iterator[Utterance]:
        failed = any(isinstance(event, RepEvent) and not event.performed for event in coaching.events)
        for cue in coaching.events:
            if not isinstance(cue, Cue):
                continue
            urgency = _URGENCY[cue.severity]
            if cue.about == "other_side":
                yield from self._turn(talk)
            elif urgency == Urgency.SETUP:
                self._missed_somebody |= not coaching.someone
                self._calls[cue.about] += 1
                if self._calls[cue.about] <= CALLS:
                    yield talk.cue(cue.text, urgency)
            elif urgency == Urgency.STOP:
                yield talk.cue(cue.text, urgency)
            elif self._corrects and not self._holds.counting_down:
                yield self._correct(talk, cue, urgency, failed)

    def _correct(self, talk: Talk, cue: Cue, urgency: Urgency, failed: bool) -> Utterance:
        said = talk.cue(cue.text, urgency)
        if failed and (cue.about == "missed" or cue.about.startswith("wrong ")):
            return replace(said, text=f"{talk.phrase('not_counted')} {said.text}")
        return said

    def _back(self, talk: Talk, someone: bool) -> Iterator[Utterance]:
        """Somebody who was called is told that they are seen."""
        if not someone or not self._missed_somebody:
            self._back_since = math.nan
            return
        if math.isnan(self._back_since):
            self._back_since = talk.t
        if talk.t - self._back_since >= BACK_S:
            self._missed_somebody = False
            self._calls.clear()
            yield talk.flow(talk.phrase("seen_again"))
