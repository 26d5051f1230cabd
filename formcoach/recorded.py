"""What a recording shows: the exercise or routine kept in its header, and where in it an exercise is on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from formcoach.actions import Action
from formcoach.errors import FormcoachError, SpecError
from formcoach.landmarks import PoseSample
from formcoach.personal import Personal, lay_over
from formcoach.personal_file import personal_of
from formcoach.recording import Recording
from formcoach.routine import Plan, plan
from formcoach.routine_file import parse_routine
from formcoach.routine_session import RoutineSession
from formcoach.session import Session
from formcoach.spec import Spec
from formcoach.spec_file import parse_spec


def spec_of(header: Mapping[str, Any], path: Path) -> Spec:
    """The spec that a recording was coached with, as kept in its header.

    Raises:
        FormcoachError: it keeps none, or one that this version does not take.
    """
    text = header.get("spec_toml")
    if not text:
        raise FormcoachError(f"{path} does not say which exercise it shows; name it with --exercise.")
    try:
        name = f"{header.get('exercise', 'recorded')}.toml"
        spec = parse_spec(str(text), name, lambda _: str(header.get("base_toml", "")))
        return lay_over(spec, _personal_in(header, path).get(spec.id))
    except SpecError as error:
        raise FormcoachError(
            f"The exercise kept in {path} has faults ({error.faults[0]}); name another with --exercise."
        ) from None


def _personal_in(header: Mapping[str, Any], path: Path) -> dict[str, Personal]:
    """What was known of the person and laid over the exercises, as kept in a recording's header."""
    try:
        return {str(name): personal_of(one) for name, one in header.get("personal", {}).items()}
    except (AttributeError, KeyError, TypeError, ValueError):
        raise FormcoachError(
            f"What {path} keeps of the person's own neutral has faults; name its exercise with --exercise."
        ) from None


def session_of(header: Mapping[str, Any], path: Path, spec: Spec | None) -> Session | RoutineSession:
    """The session that a recording goes through: by `spec`, or by what is kept in its header."""
    if spec is None and "routine" in header:
        return RoutineSession(plan_of(header, path))
    return Session(spec or spec_of(header, path))


def plan_of(header: Mapping[str, Any], path: Path) -> Plan:
    """The plan that a recorded routine followed, as kept in the recording's header.

    Raises:
        FormcoachError: this version does not take it.
    """
    try:
        kept = dict(header["specs"])
        specs = {
            str(name): parse_spec(str(text), f"{name}.toml", lambda base_id: str(kept[base_id]))
            for name, text in kept.items()
        }
        known = _personal_in(header, path)
        own = {name: lay_over(spec, known.get(name)) for name, spec in specs.items()}
        doses = [None if dose is None else float(dose) for dose in header["doses"]]
        text, name = str(header["routine_toml"]), f"{header['routine']}.toml"
        return plan(parse_routine(text, name, specs), own, doses)
    except (KeyError, TypeError, ValueError, SpecError) as error:
        why = error.faults[0] if isinstance(error, SpecError) else f"{error} is missing or of a wrong kind"
        raise FormcoachError(
            f"The routine kept in {path} has faults ({why}); name one exercise of it with --exercise."
        ) from None


def exercises_in(header: Mapping[str, Any], path: Path) -> tuple[str, ...]:
    """The ids of the exercises that a recording says to show, in their order; none where it does not say.

    Raises:
        FormcoachError: it keeps a routine that this version does not take.
    """
    if "routine" in header:
        steps = plan_of(header, path).steps
        return tuple(dict.fromkeys(step.spec.id for step in steps if step.spec is not None))
    named = str(header.get("exercise", ""))
    return (named,) if named else ()


def stream_for(recording: Recording, path: Path, spec: Spec) -> Iterator[PoseSample | Action]:
    """The samples and actions of a recording that an exercise is coached on: all of them.

    Of a routine that has this exercise it is those of its sets: what is done for the other exercises is no
    attempt at this one.
    """
    if "routine" not in recording.header:
        return recording.stream()
    try:
        chosen = plan_of(recording.header, path)
    except FormcoachError:
        return recording.stream()  # whoever names the exercise may have all of it coached
    if spec.id not in {step.spec.id for step in chosen.steps if step.spec is not None}:
        return recording.stream()
    return _in_sets(recording, chosen, spec.id)


def _in_sets(recording: Recording, chosen: Plan, exercise: str) -> Iterator[PoseSample | Action]:
    """What came in the sets of an exercise, each from where its position was taken."""
    session = RoutineSession(chosen)
    waiting: list[PoseSample] = []
    for item in recording.stream():
        before = session.spec
        session.act(item) if isinstance(item, Action) else session.take(item)
        if before is not None:
            waiting.clear()
            if before.id == exercise:
                yield item
            continue
        if isinstance(item, PoseSample):
            waiting.append(item)
        if session.spec is not None and session.spec.id == exercise:
            yield from (one for one in waiting if one.t >= session.began)
