"""Routine files: where they are, and from TOML to a `Routine`.

    >>> routine = read_routine(find_routine("daily-15"))

They lie in a folder `routines` beside the specs, and a person's own come first there, too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from formcoach.errors import FormcoachError, SpecError
from formcoach.legible import is_unseen, printable
from formcoach.routine import Growing, Growth, Routine, Step
from formcoach.spec import Spec
from formcoach.spec_file import list_specs, parse_toml, read_spec, stock_folder, text_of, user_folder
from formcoach.spec_lint.table import Fault, Table, nearest, quoted, short

FORMAT = 1
"""The format that this version reads."""

LONGEST = 86_400
"""Seconds of a step, or whatever is counted in one, at most: those of a day."""

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
_TOP = ("format", "name", "about", "source", "when", "days_a_week", "gentle", "cautions", "steps")
_STEP = (
    *("exercise", "name", "about", "seconds", "hold_s", "reps", "sets"),
    *("rest_s", "grow", "later"),
)
_GROW = ("reps", "hold_s", "by", "good_days", "pause_days")


def read_routine(path: str | Path) -> Routine:
    """Read a routine file.

    Raises:
        SpecError: the file cannot be read or has faults; all of them at once.
    """
    path = Path(path)
    return parse_routine(text_of(path, "routine"), path.name)


def check_routine(path: str | Path) -> list[str]:
    """The faults of a routine file, each a line with its address; none for a sound one."""
    try:
        read_routine(path)
    except SpecError as error:
        return list(error.faults)
    return []


def parse_routine(text: str, filename: str, specs: Mapping[str, Spec] | None = None) -> Routine:
    """Read the text of a routine file.

    Args:
        text: the TOML text.
        filename: the file's name, such as `daily-15.toml`: it gives the routine's id.
        specs: the exercises that are known; None = those that are installed.

    Raises:
        SpecError: all the faults at once, each a line such as
            `daily-15.toml: steps.2.reps: enough 5 is above the goal 4`.
    """
    routine_id = filename.removesuffix(".toml")
    mapping = parse_toml(text, filename)
    faults: list[Fault] = []
    if not _ID.fullmatch(routine_id) or not filename.endswith(".toml"):
        faults.append(
            Fault("name of the file", "is small letters, digits and -, then .toml, such as daily-15.toml")
        )
    routine = _shape(mapping, routine_id, faults)
    known = specs_of(routine) if specs is None else specs
    ids = [path.stem for path in list_specs()] if specs is None else list(specs)
    faults += _senseless(routine, known, ids)
    if faults:
        raise SpecError([f"{printable(filename)}: {fault}" for fault in faults])
    return routine


def specs_of(routine: Routine) -> dict[str, Spec]:
    """The exercises of a routine that there are specs of, by id.

    Raises:
        SpecError: one of them has faults.
    """
    named = {step.exercise for step in routine.steps}
    return {path.stem: read_spec(path) for path in list_specs() if path.stem in named}


def list_routines() -> list[Path]:
    """All routine files by id; of two with one id the person's own."""
    found: dict[str, Path] = {}
    for folder in (stock_folder(), user_folder()):
        for path in (folder / "routines").glob("*.toml"):
            if not path.name.startswith("."):
                found[path.stem] = path
    return [found[routine_id] for routine_id in sorted(found)]


def find_routine(routine_id: str) -> Path:
    """The file of a routine.

    Raises:
        FormcoachError: there is no such routine; names the nearest one, or all.
    """
    known = {path.stem: path for path in list_routines()}
    if routine_id in known:
        return known[routine_id]
    hint = nearest(routine_id, known) or "; none are installed, so install formcoach again"
    stop = "" if hint.endswith("?") else "."
    raise FormcoachError(printable(f"There is no routine called {quoted(routine_id)}{hint}{stop}"))


# ---- the fields --------------------------------------------------------------------------------


def _shape(mapping: Mapping[str, object], routine_id: str, faults: list[Fault]) -> Routine:
    top = Table(dict(mapping), "", faults, _TOP)
    found = top.whole("format", FORMAT)
    if "format" not in top:
        top.note("format", f"missing; write format = {FORMAT}")
    elif found != FORMAT:
        top.note("format", f"{found} is not a format that this formcoach reads; write format = {FORMAT}")
    steps = mapping.get("steps")
    if not isinstance(steps, list) or not steps:
        top.note("steps", "missing; write at least one [[steps]]")
        steps = []
    return Routine(
        id=routine_id,
        name=top.text("name"),
        about=top.text("about"),
        source=top.text("source"),
        when=top.text("when"),
        steps=tuple(_step(value, number, faults) for number, value in enumerate(steps, 1)),
        gentle=_yes(mapping, top, "gentle"),
        cautions=top.texts("cautions"),
        days_a_week=top.enough_and_goal_whole("days_a_week"),
    )


def _step(value: object, number: int, faults: list[Fault]) -> Step:
    table = Table(value, f"steps.{number}", faults, _STEP)
    raw = value if isinstance(value, dict) else {}
    usual = Step()
    return Step(
        name=table.text("name", ""),
        exercise=table.text("exercise", ""),
        about=table.text("about", ""),
        seconds=table.number("seconds", 0.0),
        hold_s=table.enough_and_goal("hold_s"),
        reps=table.enough_and_goal_whole("reps"),
        sets=table.whole("sets", 0),
        rest_s=table.number("rest_s", usual.rest_s),
        growth=_growth(table.table("grow", _GROW)) if "grow" in table else None,
        later=_yes(raw, table, "later"),
    )


def _growth(table: Table) -> Growth | None:
    growing: list[Growing] = [name for name in ("reps", "hold_s") if name in table]
    if len(growing) != 1:
        if table.is_table:
            table.note("", "must say what grows: either reps or hold_s, as [start, ceiling]")
        return None
    of = growing[0]
    pair = table.enough_and_goal_whole(of) if of == "reps" else table.enough_and_goal(of)
    start, ceiling = pair or (math.nan, math.nan)
    usual = Growth(of, start, ceiling)
    return Growth(
        of,
        start,
        ceiling,
        by=float(table.whole("by", 1)) if of == "reps" else table.number("by", usual.by),
        good_days=table.whole("good_days", usual.good_days),
        pause_days=table.whole("pause_days", usual.pause_days),
    )


def _yes(mapping: Mapping[str, object], table: Table, name: str) -> bool:
    value = mapping.get(name, False)
    if not isinstance(value, bool):
        table.note(name, "must be true or false")
    return value is True


# ---- the sense ---------------------------------------------------------------------------------


def _senseless(routine: Routine, specs: Mapping[str, Spec], ids: Iterable[str]) -> Iterator[Fault]:
    """What could be read and makes no sense."""
    texts = {"name": routine.name, "about": routine.about, "when": routine.when, "source": routine.source}
    yield from _text_faults("", texts)
    yield from _text_faults("", {"cautions": "".join(routine.cautions)})
    if routine.steps and all(step.later for step in routine.steps):
        yield Fault("steps", "all are for later; at least one must be for now")
    if routine.days_a_week is not None and not 1 <= min(routine.days_a_week) <= max(routine.days_a_week) <= 7:
        yield Fault("days_a_week", "must be from 1 to 7")
    for number, step in enumerate(routine.steps, 1):
        address = f"steps.{number}"
        yield from _text_faults(f"{address}.", {"name": step.name, "about": step.about})
        if not step.exercise:
            yield from _unwatched_faults(address, step)
        elif step.exercise in specs:
            yield from _dose_missing(address, step, specs[step.exercise])
            yield from _no_hold_of_a_sequence(address, step, specs[step.exercise])
        elif not step.name or step.seconds <= 0:
            yield Fault(
                f"{address}.exercise",
                f"there is no exercise called {quoted(step.exercise)}{nearest(step.exercise, ids)}; "
                "give the step a name and seconds, and the clock watches it",
            )
        yield from _number_faults(address, step)
        if step.growth is not None:
            yield from _growth_faults(f"{address}.grow", step.growth)


def _text_faults(above: str, texts: Mapping[str, str]) -> Iterator[Fault]:
    for name, text in texts.items():
        if text and not text.strip():
            yield Fault(f"{above}{name}", "is empty; write something or delete it")
        if any(map(is_unseen, text)):
            yield Fault(f"{above}{name}", "has an invisible character in it; delete it")


def _unwatched_faults(address: str, step: Step) -> Iterator[Fault]:
    if not step.name:
        yield Fault(address, "needs an exercise, or a name and seconds for what only the clock watches")
    elif step.seconds == 0:
        yield Fault(f"{address}.seconds", "missing; write how long it lasts")
    for name in ("hold_s", "reps", "growth"):
        if getattr(step, name) is not None:
            field = "grow" if name == "growth" else name
            yield Fault(f"{address}.{field}", "is for exercises; the clock watches only seconds")


def _dose_missing(address: str, step: Step, spec: Spec) -> Iterator[Fault]:
    """A set must have an end: so many repetitions, or so many seconds held."""
    needed: Growing = "hold_s" if spec.kind == "hold" else "reps"
    grows = step.growth is not None and step.growth.of == needed
    if not grows and getattr(step, needed) is None and getattr(spec.dose, needed) is None:
        yield Fault(f"{address}.{needed}", f"missing; {spec.id} has no dose of its own")


def _no_hold_of_a_sequence(address: str, step: Step, spec: Spec) -> Iterator[Fault]:
    """Each station is held for its own time."""
    if spec.kind != "sequence":
        return
    why = f"the stations of {spec.id} have holds of their own; give reps, which are its rounds"
    if step.hold_s is not None:
        yield Fault(f"{address}.hold_s", why)
    if step.growth is not None and step.growth.of == "hold_s":
        yield Fault(f"{address}.grow.hold_s", why)


def _number_faults(address: str, step: Step) -> Iterator[Fault]:
    for name, pair in (("hold_s", step.hold_s), ("reps", step.reps)):
        if pair is None:
            continue
        if min(pair) <= 0:
            yield Fault(f"{address}.{name}", f"{short(min(pair))} must be above 0")
        elif max(pair) > LONGEST:
            yield Fault(f"{address}.{name}", f"{short(max(pair))} is more than anybody does in a day")
        elif pair[0] > pair[1]:
            yield Fault(f"{address}.{name}", f"enough {short(pair[0])} is above the goal {short(pair[1])}")
    for name, value in (("seconds", step.seconds), ("sets", step.sets), ("rest_s", step.rest_s)):
        if value < 0:
            yield Fault(f"{address}.{name}", f"{short(value)} must not be below 0")
        elif value > LONGEST:
            yield Fault(f"{address}.{name}", f"{short(value)} is more than anybody does in a day")


def _growth_faults(address: str, growth: Growth) -> Iterator[Fault]:
    if growth.start <= 0:
        yield Fault(f"{address}.{growth.of}", f"{short(growth.start)} must be above 0")
    if growth.ceiling > LONGEST:
        yield Fault(f"{address}.{growth.of}", f"{short(growth.ceiling)} is more than anybody does in a day")
    if growth.start >= growth.ceiling:
        ceiling = short(growth.ceiling)
        yield Fault(f"{address}.{growth.of}", f"the start {short(growth.start)} is not below {ceiling}")
    for name in ("by", "good_days", "pause_days"):
        value: float = getattr(growth, name)
        if value <= 0:
            yield Fault(f"{address}.{name}", f"{short(value)} must be above 0")
