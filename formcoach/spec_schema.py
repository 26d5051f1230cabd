"""The JSON Schema of spec files, by which editors complete and check them while they are written.

It is made from the tables that the reader itself goes by, so it cannot know other fields or words. It tells
what a single field may be; whether the whole makes sense is for `formcoach.spec_lint`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any, get_args

from formcoach.landmarks import SIDES
from formcoach.measures import KINDS
from formcoach.spec import MOMENTS, PHASES, SEVERITIES, Check, Kind, Position, Spec, View
from formcoach.spec_lint.measures import REFERENCES
from formcoach.spec_lint.shape import (
    _CHECK,
    _DOSE,
    _STATION,
    _TIMING,
    _TOP,
    _WRONG,
    FORMAT,
    POSES,
    REP_WORD,
)
from formcoach.spec_lint.table import MOST

Schema = dict[str, Any]

FILE_NAME = "spec.schema.json"
"""What it is called beside the specs."""

_NEEDED = ("format", "name", "about", "source", "kind", "camera", "position", "measures", "poses")
_NEEDED_IN = {"wrong": ("pose", "cue"), "checks": ("measure", "during", "good", "tolerance")}
_NEEDED_POSES = {
    "repetitions": ("start", "work", "missed"),
    "hold": ("position", "work"),
    "sequence": ("position",),
}
_FOREIGN_POSES = {
    "repetitions": ("broken",),
    "hold": ("start", "held", "missed"),
    "sequence": ("start", "work", "held", "broken", "missed"),
}
_POSE_SAYS = {
    "position": "wide bounds: this exercise is being done at all",
    "start": "where a repetition begins and ends",
    "work": "where one must get to; of a hold: in form, so that the clock runs",
    "held": "where the clock of a repetition's hold runs; work where it is left out",
    "broken": "of a hold: what spoils form where it is seen, and is forgiven where it is not",
}
_NAME = "^[A-Za-z0-9_-]+$"


def spec_schema() -> Schema:
    """The schema, as plain data; of draft 7, which editors know."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A formcoach exercise",
        "description": "docs/specs.md is the reference; 'formcoach specs --check FILE' checks the sense too.",
        **_table(_TOP, _head()),
        "allOf": [_complete(), *(_of_kind(kind) for kind in PHASES)],
        "definitions": {
            "landmark": {"enum": list(REFERENCES)},
            "point": _point(),
            "when": {"anyOf": [{"enum": sorted(_all_words())}, _station_name()]},
            "bounds": _bounds(),
            "pose": {"type": "object", "minProperties": 1, "additionalProperties": _ref("bounds")},
            "cue": {"anyOf": [_text(), {"type": "array", "items": _text(), "minItems": 1}]},
            "measure": {"oneOf": [_measure(kind) for kind in KINDS]},
            "station": _table(_STATION, _station(), needed=_STATION),
            "wrong": _table(_WRONG, _wrong()),
            "check": _table(_CHECK, _check()),
        },
    }


def _head() -> Schema:
    usual = {name: _usual(Spec, name) for name in _TOP}
    return usual | {
        "format": {"const": FORMAT},
        "name": _text("what people call it"),
        "about": _text("how to do it, in a few sentences"),
        "source": _text("where it is from: a title, not a link"),
        "kind": _choice(
            get_args(Kind), "repetitions (start, work, start), one position kept, or several in their order"
        ),
        "camera": _choice(get_args(View), "the side from which it is filmed"),
        "position": _choice(get_args(Position), "how one is placed"),
        "sides": {
            "enum": [list(SIDES), list(reversed(SIDES))],
            "description": "where each side has its own repetitions; leave it out where both move together",
        },
        "cautions": _ref("cue", "shown before everything else"),
        "based_on": _text("the id of the exercise of which this is a variant"),
        "without": _ref("cue", "addresses of what the variant does not have, such as checks.head_in_line"),
        "hysteresis": _number("how far outside its bounds a pose is still kept: degrees", above=True),
        "turned": _number("how far from side-on it can be judged: degrees", above=True),
        "anchor": {"allOf": [_ref("landmark")], "description": "the landmark that stays on its spot"},
        "dose": _table(
            _DOSE,
            {
                "hold_s": _enough_and_goal("number", "seconds of one hold: [enough, goal]"),
                "reps": _enough_and_goal("integer", "repetitions or rounds of one set: [enough, goal]"),
                "sets": {"type": "integer", "minimum": 1, "maximum": MOST, "description": "how many sets"},
            },
        ),
        "timing": _table(_TIMING, {name: _number("seconds") for name in _TIMING}),
        "measures": _named("measure", "numbers with names of your own, read anew from every picture"),
        "poses": _table(
            (*POSES, "missed"),
            {
                **{name: _ref("pose", _POSE_SAYS.get(name, "")) for name in POSES},
                "missed": _text("what to say when work was not reached"),
            },
        ),
        "stations": _named("station", "of a sequence: the positions that are held, in their order"),
        "wrong": _named("wrong", "ways of reaching the work position that do not count"),
        "checks": _named("check", "what is judged, the most important first"),
    }


def _station() -> Schema:
    return {
        "pose": _ref("pose", "where somebody is who is there"),
        "hold_s": _number("seconds for which it is held", above=True),
        "say": _text("what to say when it is its turn"),
        "missed": _text("what to say when it was left out"),
    }


def _wrong() -> Schema:
    return {
        "pose": _ref("pose", "where somebody is who does it like this"),
        "cue": _text("what to say then"),
        "is": _fault_name(),
        "after_s": _number("seconds that it must last; less is passing through"),
    }


def _check() -> Schema:
    usual = {name: _usual(Check, name) for name in _CHECK}
    return usual | {
        "measure": _text("the name of a measure"),
        "during": {
            "anyOf": [_ref("when"), {"type": "array", "items": _ref("when"), "minItems": 1}],
            "description": "when it is judged",
        },
        "good": _ref("bounds", "where the measure should be"),
        "tolerance": _number("how far beyond good it stays unmentioned"),
        "after_s": _number("seconds that it must last before it is a fault"),
        "severity": _choice(SEVERITIES, "polish < fix < stop"),
        "low": _ref("cue", "what to say below good; the second wording where the first has not helped"),
        "high": _ref("cue", "what to say above good"),
        "low_is": _fault_name(),
        "high_is": _fault_name(),
        "view": _choice(get_args(View), "the side from which it can be judged; the camera's if left out"),
    }


def _complete() -> Schema:
    """What must be there; of a variant its base has the rest."""
    parts = {
        name: {"additionalProperties": {"required": list(needed)}} for name, needed in _NEEDED_IN.items()
    }
    return {
        "if": {"required": ["based_on"]},
        "then": {"required": ["format", "name"]},
        "else": {"required": list(_NEEDED), "properties": parts},
    }


def _of_kind(kind: Kind) -> Schema:
    """What is so in exercises of one kind only."""
    words: Schema = {"enum": _words_of(kind)}
    if kind == "sequence":
        words = {"anyOf": [words, _station_name()]}
    during = {"anyOf": [words, {"type": "array", "items": words}]}
    poses: Schema = {"required": list(_NEEDED_POSES[kind])}
    poses["properties"] = dict.fromkeys(_FOREIGN_POSES[kind], False)
    own: Schema = {"poses": poses, "checks": {"additionalProperties": {"properties": {"during": during}}}}
    then: Schema = {"properties": own}
    if kind == "sequence":
        own |= {"sides": False, "stations": {"minProperties": 2}}
        then["required"] = ["stations"]
    else:
        own |= {"either_way": {"const": False}, "stations": {"maxProperties": 0}}
    return {"if": {"required": ["kind"], "properties": {"kind": {"const": kind}}}, "then": then}


def _all_words() -> set[str]:
    """Every word of `during` but for the names of stations."""
    return {word for kind in PHASES for word in _words_of(kind)}


def _station_name() -> Schema:
    """The name of a station of the file: any name that is no word of `during`."""
    return {"type": "string", "pattern": _NAME, "not": {"enum": sorted(_all_words())}}


def _words_of(kind: Kind) -> list[str]:
    """When a check can be judged."""
    return [*PHASES[kind], *MOMENTS[kind], *([REP_WORD] if kind == "repetitions" else [])]


def _measure(kind: str) -> Schema:
    needs = KINDS[kind].points
    parts: Schema = {"type": "array", "items": _ref("point") if needs else _text(), "minItems": needs or 1}
    if needs:
        parts["maxItems"] = needs
    parts["description"] = f"{KINDS[kind].unit}: {KINDS[kind].meaning}"
    change = {"const": "start", "description": "the change since the person's own start position"}
    return _table((kind, "from"), {kind: parts, "from": change}, needed=(kind,))


def _point() -> Schema:
    """A landmark, or several with | between them, the best first."""
    one = "|".join(reference.replace(".", r"\.") for reference in REFERENCES)
    several = rf"^\s*({one})\s*(\|\s*({one})\s*)+$"
    return {"anyOf": [_ref("landmark"), {"type": "string", "pattern": several}]}


def _bounds() -> Schema:
    # JSON has no infinity: editors that turn TOML into it hand on null where -inf or inf stands.
    bound = {"type": ["number", "null"]}
    says = "[low, high], both belonging to it; -inf or inf leaves a side open"
    return {"type": "array", "items": bound, "minItems": 2, "maxItems": 2, "description": says}


def _enough_and_goal(kind: str, says: str) -> Schema:
    # 4.0 is a whole number in TOML too; JSON Schema takes it for one.
    one = {"type": kind, "exclusiveMinimum": 0}
    pair = {"type": "array", "items": one, "minItems": 2, "maxItems": 2}
    return {"anyOf": [one, pair], "description": says}


def _table(fields: Iterable[str], known: Schema, needed: Iterable[str] = ()) -> Schema:
    """A table with these fields and no others."""
    found: Schema = {"type": "object", "properties": {name: known[name] for name in fields}}
    found["additionalProperties"] = False
    if needed := list(needed):
        found["required"] = needed
    return found


def _named(definition: str, says: str) -> Schema:
    """A table of tables with names of the writer's own."""
    return {
        "type": "object",
        "propertyNames": {"pattern": _NAME},
        "additionalProperties": _ref(definition),
        "description": says,
    }


def _usual(of: type[Spec] | type[Check], name: str) -> Schema:
    """What a field may be by its default, for those of which nothing more is said here."""
    found = {field.name: field for field in dataclasses.fields(of)}.get(name)
    default = found.default if found is not None else None
    if isinstance(default, bool):
        return {"type": "boolean"}
    if isinstance(default, float):
        return {"type": "number"}
    return {"type": "string"} if isinstance(default, str) else {}


def _ref(definition: str, says: str = "") -> Schema:
    ref = {"$ref": f"#/definitions/{definition}"}
    return {"allOf": [ref], "description": says} if says else ref


def _text(says: str = "") -> Schema:
    text = {"type": "string", "pattern": r"\S"}
    return {**text, "description": says} if says else text


def _choice(words: Iterable[str], says: str) -> Schema:
    return {"enum": list(words), "description": says}


def _number(says: str, *, above: bool = False) -> Schema:
    return {"type": "number", "exclusiveMinimum" if above else "minimum": 0, "description": says}


def _fault_name() -> Schema:
    return {
        "type": "string",
        "pattern": "^[a-z0-9_]*$",
        "description": "the fault's common name, for reports",
    }
