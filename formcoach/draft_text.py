"""A draft written as a person would write a spec file: in the usual order, and with a word on most lines."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from formcoach.demonstration import Repetitions
from formcoach.drafting import Draft
from formcoach.keeping import Kept
from formcoach.quantities import number, plain

_COLUMN, _WIDE_COLUMN = 45, 70
_INLINE = 3  # measures of a pose on one line
_WIDTH = 100

NOTES: Mapping[str, str] = {
    "hysteresis": "how far outside its bounds a pose is still kept",
    "sides": "`side` is the one at work, `other` the other one",
    "alternating": "one repetition each, in turns",
    "anchor": "stays on its spot: walking counts nothing",
    "dose.reps": "as many as were shown; write [enough, goal]",
    "dose.hold_s": "enough, goal",
    "poses.position": "wide: the exercise is being done at all",
    "poses.start": "where a repetition begins and ends",
    "poses.work": "where one must get to",
}
"""What a line is about, for whoever edits it."""

HOLD_NOTES: Mapping[str, str] = {
    "poses.position": "wide: somebody is about it",
    "poses.work": "in form: the clock runs",
    "poses.broken": "spoils it where it can be seen",
}
"""The same for the poses of a hold."""

MEANINGS: Mapping[str, str] = {
    "slope": "0 = level, + = the second point is higher",
    "angle": "180 = straight",
    "turn": "+ = shoulders to the left",
    "smallest": "of those that are seen",
}
"""What the numbers of a kind of measure mean, in short."""


def draft_text(draft: Draft, sources: Sequence[str]) -> str:
    """The file.

    Args:
        draft: what it says.
        sources: the names of the recordings that it was made from.
    """
    mapping = draft.mapping
    return "\n".join(
        [
            "#:schema ./spec.schema.json",
            *_remarks(draft, sources),
            *_head(mapping),
            *_dose(mapping["dose"]),
            *_measures(mapping["measures"]),
            *_poses(mapping["poses"], HOLD_NOTES if mapping["kind"] == "hold" else NOTES),
            *(line for name, check in mapping.get("checks", {}).items() for line in _check(name, check)),
            "",
        ]
    )


def in_words(shown: Repetitions | Kept) -> str:
    """What was made out in a recording, as a sentence."""
    if isinstance(shown, Kept):
        return f"A position kept for {shown.length_s:.1f} s, from {shown.start:.1f} s on."
    counts = [f"{count}{' ' + side if side else ''}" for side, count in shown.counts.items()]
    motion = next(iter(shown.motions.values()))
    turns = ", taking turns" if shown.alternating else ""
    return (
        f"{' and '.join(counts)} repetitions{turns}: the {plain(shown.measure)} goes from about "
        f"{number(motion.rest, 'degrees')} to {number(motion.turn, 'degrees')} degrees."
    )


def _remarks(draft: Draft, sources: Sequence[str]) -> Iterator[str]:
    yield from _wrapped(f"{draft.mapping['name']}. Drafted from {', '.join(sources)}. Degrees, seconds.")
    for source, shown in zip(sources, draft.shown, strict=True):
        yield from _wrapped(f"{source}: {in_words(shown)}")
    yield "# Look at:"
    for sentence in draft.unsure:
        yield from _wrapped(sentence, "- ")


def _wrapped(text: str, mark: str = "") -> Iterator[str]:
    yield from textwrap.wrap(
        text, _WIDTH, initial_indent=f"# {mark}", subsequent_indent=f"# {' ' * len(mark)}"
    )


def _head(mapping: Mapping[str, Any]) -> Iterator[str]:
    for key, value in mapping.items():
        if not isinstance(value, dict):
            yield _line(key, value, NOTES.get(key, ""))


def _dose(dose: Mapping[str, Any]) -> Iterator[str]:
    yield from ("", "[dose]")
    for key, value in dose.items():
        yield _line(key, value, NOTES[f"dose.{key}"])


def _poses(poses: Mapping[str, Any], notes: Mapping[str, str]) -> Iterator[str]:
    """Those of a few measures a line each, and after them those of more a line for each measure."""
    short = {key: value for key, value in poses.items() if isinstance(value, str) or len(value) <= _INLINE}
    if short:
        yield from ("", "[poses]")
    for key, value in short.items():
        yield _line(key, value, notes.get(f"poses.{key}", ""))
    for key, value in poses.items():
        if key not in short:
            yield from ("", _noted(f"[poses.{key}]", notes.get(f"poses.{key}", ""), _COLUMN))
            for name, bounds in value.items():
                yield _line(name, bounds, "")


def _measures(measures: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield from ("", "[measures]")
    for name, entry in measures.items():
        yield _line(name, entry, MEANINGS.get(next(iter(entry)), ""), _WIDE_COLUMN)


def _check(name: str, check: Mapping[str, Any]) -> Iterator[str]:
    yield from ("", f"[checks.{name}]")
    for key, value in check.items():
        yield _line(key, value, "beyond good, still unmentioned" if key == "tolerance" else "")


def _line(key: str, value: Any, note: str, column: int = _COLUMN) -> str:
    return _noted(f"{key} = {toml_value(value)}", note, column)


def _noted(line: str, note: str, column: int) -> str:
    return f"{line:<{column - 1}} # {note}" if note else line


def toml_value(value: Any) -> str:
    """A text, number, truth value, list or mapping as TOML has it, on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {toml_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(toml_value, value)) + "]"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return str(int(value)) if float(value).is_integer() else str(value)
