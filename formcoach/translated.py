"""What is shown, in another language; what is counted, kept and reported stays as it is."""

from __future__ import annotations

from dataclasses import replace

from formcoach.events import Coaching, Cue
from formcoach.language import Language
from formcoach.routine_machine import SEPARATOR, Now
from formcoach.showing import Scene
from formcoach.spec import Spec


class Translator:
    """Translates scene after scene for the screen."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._specs: tuple[Spec, Spec] | None = None

    def __call__(self, scene: Scene) -> Scene:
        """The scene in the language; the scene itself where there is nothing to translate."""
        language = self._language
        if not language.texts:
            return scene
        return replace(
            scene,
            coaching=None if scene.coaching is None else self._coaching(scene.coaching),
            spec=None if scene.spec is None else self._spec(scene.spec),
            now=None if scene.now is None else now_in(language, scene.now),
            notice=language.of(scene.notice),
        )

    def _spec(self, spec: Spec) -> Spec:
        """With its name and what is guided of it translated; the same one for the same one."""
        if self._specs is None or self._specs[0] is not spec:
            say = self._language.of
            self._specs = spec, replace(spec, name=say(spec.name), guided=say(spec.guided))
        return self._specs[1]

    def _coaching(self, coaching: Coaching) -> Coaching:
        say = self._language.of
        return coaching._replace(
            why=say(coaching.why),
            unseen={check: say(why) for check, why in coaching.unseen.items()},
            cue=None if coaching.cue is None else self._cue(coaching.cue),
            events=tuple(self._cue(one) if isinstance(one, Cue) else one for one in coaching.events),
            count_in=say(coaching.count_in),
        )

    def _cue(self, cue: Cue) -> Cue:
        return replace(cue, text=self._language.of(cue.text))


def now_in(language: Language, now: Now) -> Now:
    """Where in a routine one is, in the words of a language; in English it is as it was."""
    name = language.of(now.name)
    return replace(
        now,
        name=name,
        where=name if now.is_open else _where(language, now, name),
        says=_says(language, now, name),
        then=language.of(now.then),
        note=_note(language, now),
        progress=_progress(language, now),
    )


def _where(language: Language, now: Now, name: str) -> str:
    return language.phrase("step_of", step=min(now.step + 1, now.steps), steps=now.steps, name=name)


def _says(language: Language, now: Now, name: str) -> str:
    if now.stage == "ended" or now.is_open:
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
    if now.is_open:
        return language.of(now.note)
    if now.about:
        return language.of(now.about)
    return _then(language, now)


def _progress(language: Language, now: Now) -> str:
    set_now = language.phrase("set_of", set=now.set, sets=now.sets) if now.sets > 1 else ""
    return SEPARATOR.join(filter(None, (set_now, _then(language, now))))


def _then(language: Language, now: Now) -> str:
    return language.phrase("then", name=language.of(now.then)) if now.then else ""
