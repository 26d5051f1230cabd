"""A session in another language: what it shows is translated, what it counts, keeps and reports is not."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from formcoach.around import Around
from formcoach.events import Coaching, Cue
from formcoach.landmarks import PoseSample
from formcoach.language import Language
from formcoach.routine_machine import Now
from formcoach.showing import Reported
from formcoach.spec import Spec

R = TypeVar("R")


class Translated(Around[R]):
    """A session that shows itself in a language."""

    def __init__(self, session: Reported[R], language: Language) -> None:
        super().__init__(session)
        self._language = language
        self._specs: tuple[Spec, Spec] | None = None

    @property
    def spec(self) -> Spec | None:
        """The exercise that is on, its name and what is guided of it translated."""
        spec = self.within.spec
        if spec is None:
            return None
        if self._specs is None or self._specs[0] is not spec:
            say = self._language.of
            self._specs = spec, replace(spec, name=say(spec.name), guided=say(spec.guided))
        return self._specs[1]

    @property
    def now(self) -> Now | None:
        """Where in a routine one is, in the language's words."""
        now = self.within.now
        return None if now is None else now_in(self._language, now)

    @property
    def notice(self) -> str:
        """What to know now, in the language's words."""
        return self._language.of(self.within.notice)

    def take(self, sample: PoseSample) -> Coaching | None:
        """Coach one sample, and translate the answer."""
        coaching = self.within.take(sample)
        return None if coaching is None else self._translate(coaching)

    def _translate(self, coaching: Coaching) -> Coaching:
        say = self._language.of
        return replace(
            coaching,
            why=say(coaching.why),
            unseen={check: say(why) for check, why in coaching.unseen.items()},
            cue=None if coaching.cue is None else self._cue(coaching.cue),
            events=tuple(self._cue(one) if isinstance(one, Cue) else one for one in coaching.events),
        )

    def _cue(self, cue: Cue) -> Cue:
        return replace(cue, text=self._language.of(cue.text))


def now_in(language: Language, now: Now) -> Now:
    """Where in a routine one is, in the words of a language; in English it is as it was."""
    name = language.of(now.name)
    where = language.phrase("step_of", step=min(now.step + 1, now.steps), steps=now.steps, name=name)
    if now.sets > 1:
        where += language.phrase("set_of", set=now.set, sets=now.sets)
    return replace(now, name=name, where=where, says=_says(language, now, name), note=_note(language, now))


def _says(language: Language, now: Now, name: str) -> str:
    if now.stage == "ended":
        return language.of(now.says)
    if now.stage == "rest":
        return language.phrase("rest_then", set=now.set, name=name)
    if now.stage == "clock":
        return language.phrase("not_watched", name=name) if now.waiting else name
    if now.camera in ("side", "front"):
        return f"{name}, {language.phrases[f'view_{now.camera}']}"
    return name


def _note(language: Language, now: Now) -> str:
    if now.stage == "ended":
        return ""
    if now.about:
        return language.of(now.about)
    return language.phrase("then", name=language.of(now.then)) if now.then else ""
