"""Decides what is said in a session: from what the coach gives to utterances, without clock or voice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from formcoach.actions import Action, ActionName
from formcoach.language import Language
from formcoach.routine_talk import RoutineTalk
from formcoach.set_talk import SetTalk
from formcoach.spec import Spec
from formcoach.talk import Moment, Talk
from formcoach.utterance import Utterance

Amount = Literal["off", "counts", "all"]
"""How much is said. `counts`: counts, holds, sides, what comes next, and what protects the back or cannot
be seen; `all`: corrections and praise as well."""

_ANSWERS: Mapping[ActionName, str] = {
    "pause": "paused",
    "resume": "resumed",
    "restart": "restarted",
    "hurts": "hurt",
}
"""What is said to a key, by the name of its phrase; to the others nothing, but all else is dropped."""


class Talker:
    """Hears every moment of a session and says what is to be said.

    The same moments and actions give the same utterances, always.
    """

    def __init__(self, language: Language, amount: Amount = "all") -> None:
        self._language = language
        self._amount = amount
        self._routine = RoutineTalk()
        self._spec: Spec | None = None
        self._set: SetTalk | None = None
        self._hurt = False

    def hear(self, moment: Moment) -> tuple[Utterance, ...]:
        """What to say of one moment."""
        if self._amount == "off":
            return ()
        talk = Talk(self._language, moment.t)
        said: list[Utterance] = []
        if moment.spec is not None and moment.spec is not self._spec:
            self._begin_set(moment.spec, alone=moment.now is None)
        if moment.coaching is not None and self._set is not None:
            said += self._set.hear(talk, moment.coaching, moment.notice)
        if moment.now is not None:
            said += self._routine.hear(talk, moment.now, self._set is not None and self._set.done)
        if moment.spec is None:
            self._spec = self._set = None
        return tuple(said)

    def act(self, action: Action) -> tuple[Utterance, ...]:
        """What to say to something that the person asked for. After it hurt, nothing more can be."""
        if self._amount == "off" or self._hurt:
            return ()
        self._hurt = action.name == "hurts"
        if action.name == "restart":
            self._spec = None
        talk = Talk(self._language, action.t)
        answer = _ANSWERS.get(action.name)
        return (talk.lasting(talk.phrase(answer) if answer else ""),)

    def lose_camera(self, t: float) -> tuple[Utterance, ...]:
        """What to say when no more pictures come."""
        return self._of_camera(t, "camera_lost")

    def find_camera(self, t: float) -> tuple[Utterance, ...]:
        """What to say when they come again."""
        return self._of_camera(t, "camera_back")

    def _of_camera(self, t: float, phrase: str) -> tuple[Utterance, ...]:
        if self._amount == "off":
            return ()
        talk = Talk(self._language, t)
        return (talk.lasting(talk.phrase(phrase)),)

    def _begin_set(self, spec: Spec, *, alone: bool) -> None:
        self._spec = spec
        self._set = SetTalk(spec, corrects=self._amount == "all", alone=alone)
