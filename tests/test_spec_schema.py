"""The schema that editors go by knows what the reader knows: it takes sound specs and refuses broken ones."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from formcoach.browsing import schema_text
from formcoach.measures import KINDS
from formcoach.spec_file import stock_folder
from formcoach.spec_lint import examine
from formcoach.spec_schema import FILE_NAME, spec_schema
from pages import page
from small_specs import HOLD, REPS, SEQUENCE

jsonschema = pytest.importorskip("jsonschema", reason="pip install -e '.[dev]' brings it")

STOCK = sorted(stock_folder().glob("*.toml"))
EXAMPLES = [text for text in page("docs/specs.md").examples("toml") if text.startswith("format")]


def faults(mapping: object) -> list[str]:
    checker = jsonschema.Draft7Validator(spec_schema())
    return [error.message for error in checker.iter_errors(mapping)]


def test_it_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(spec_schema())


def test_the_file_beside_the_specs_is_current() -> None:
    kept = (stock_folder() / FILE_NAME).read_text("utf-8")
    assert kept == schema_text(), "write it anew: formcoach specs --schema > exercise_specs/spec.schema.json"
    assert json.loads(kept) == spec_schema()


@pytest.mark.parametrize("path", STOCK, ids=lambda path: path.stem)
def test_every_stock_spec_fits(path: Path) -> None:
    assert faults(tomllib.loads(path.read_text("utf-8"))) == []


def test_every_stock_spec_tells_editors_of_it() -> None:
    first = f"#:schema ./{FILE_NAME}\n"
    assert [path.name for path in STOCK if not path.read_text("utf-8").startswith(first)] == []


@pytest.mark.parametrize("text", [REPS, HOLD, SEQUENCE, *EXAMPLES])
def test_other_sound_specs_fit(text: str) -> None:
    assert faults(tomllib.loads(text)) == []


def test_an_open_bound_fits_as_editors_hand_it_on() -> None:
    mapping = tomllib.loads(REPS)
    assert (
        faults(json.loads(json.dumps(mapping).replace("-Infinity", "null").replace("Infinity", "null"))) == []
    )


def test_a_variant_needs_only_what_is_different() -> None:
    variant = {
        "format": 1,
        "name": "Low plank",
        "based_on": "plank",
        "checks": {"hips_line": {"good": [0, 9]}},
    }
    assert faults(variant) == []
    assert faults({**variant, "without": ["checks.back_flat"], "poses": {"work": {"hips": [0, 9]}}}) == []
    assert faults({**variant, "based_on": 3})
    assert faults({**variant, "checks": {"hips_line": {"god": [0, 9]}}})
    assert faults({name: value for name, value in variant.items() if name != "name"})


def set_at(address: str, value: object) -> Callable[[dict[str, Any]], None]:
    *above, last = address.split("/")

    def change(mapping: dict[str, Any]) -> None:
        for name in above:
            mapping = mapping[name]
        mapping[last] = value

    return change


def drop(address: str) -> Callable[[dict[str, Any]], None]:
    *above, last = address.split("/")

    def change(mapping: dict[str, Any]) -> None:
        for name in above:
            mapping = mapping[name]
        del mapping[last]

    return change


BROKEN = {
    "no name": drop("name"),
    "an unknown field": set_at("cammera", "side"),
    "a format to come": set_at("format", 2),
    "a misspelt kind": set_at("kind", "reps"),
    "a misspelt camera": set_at("camera", "left"),
    "an unknown position": set_at("position", "lying"),
    "one side": set_at("sides", ["left"]),
    "a text for a dose": set_at("dose/reps", "ten"),
    "half a repetition": set_at("dose/reps", 4.5),
    "no repetition": set_at("dose/reps", 0),
    "half bounds": set_at("poses/start/leg", [10]),
    "a text for bounds": set_at("poses/start/leg", "level"),
    "an empty pose": set_at("poses/start", {}),
    "an unknown pose": set_at("poses/finish", {"leg": [0, 1]}),
    "a pose of holds": set_at("poses/broken", {"leg": [0, 1]}),
    "no words for what was missed": drop("poses/missed"),
    "an unknown kind of measure": set_at("measures/leg", {"angel": ["near.hip", "near.knee", "near.ankle"]}),
    "a measure of two kinds": set_at("measures/leg/angle", ["near.hip", "near.knee", "near.ankle"]),
    "an angle at two points": set_at("measures/leg", {"angle": ["near.hip", "near.knee"]}),
    "an unknown landmark": set_at("measures/leg", {"slope": ["near.hip", "near.ancle"]}),
    "an unknown alternative": set_at("measures/leg", {"slope": ["near.hip", "near.ankle|near.nee"]}),
    "a measure from elsewhere": set_at("measures/leg/from", "end"),
    "an unknown severity": set_at("checks/leg/severity", "urgent"),
    "a phase of holds": set_at("checks/leg/during", "hold"),
    "a check without bounds": drop("checks/leg/good"),
    "a negative tolerance": set_at("checks/leg/tolerance", -1),
    "an empty cue": set_at("checks/leg/low", " "),
    "no cue in a list": set_at("checks/leg/low", []),
    "two words for a fault": set_at("checks/leg/low_is", "knee bent"),
    "stations in repetitions": set_at("stations", tomllib.loads(SEQUENCE)["stations"]),
    "either way in repetitions": set_at("either_way", True),
}

BROKEN_SEQUENCES = {
    "no stations": drop("stations"),
    "one station": set_at(
        "stations", {"middle": {"pose": {"roll": [0, 9]}, "hold_s": 3, "say": "Go", "missed": "Go"}}
    ),
    "a station without a pose": drop("stations/middle/pose"),
    "a station without a hold": drop("stations/middle/hold_s"),
    "a station without words": drop("stations/middle/say"),
    "a station that is not held": set_at("stations/middle/hold_s", 0),
    "an unknown field of a station": set_at("stations/middle/holds", 5),
    "a work position": set_at("poses/work", {"trunk": [0, 10]}),
    "words for a missed repetition": set_at("poses/missed", "Go on"),
    "sides": set_at("sides", ["left", "right"]),
    "a phase of repetitions": set_at("checks/flat/during", "returning"),
    "a text for either way": set_at("either_way", "yes"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_the_linter_refuses_in_a_field_is_refused(what: str) -> None:
    mapping = tomllib.loads(REPS)
    BROKEN[what](mapping)
    assert examine(mapping, "leg-lift")[1], "not broken at all"
    assert faults(mapping)


@pytest.mark.parametrize("what", BROKEN_SEQUENCES)
def test_what_the_linter_refuses_in_a_sequence_is_refused(what: str) -> None:
    mapping = tomllib.loads(SEQUENCE)
    BROKEN_SEQUENCES[what](mapping)
    assert examine(mapping, "rolls")[1], "not broken at all"
    assert faults(mapping)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_measure_is_known(kind: str) -> None:
    mapping = tomllib.loads(REPS)
    parts = ["near.hip", "near.knee", "near.ankle"][: KINDS[kind].points] or ["leg", "knee"]
    mapping["measures"]["mine"] = {kind: parts}
    assert faults(mapping) == []
    mapping["measures"]["mine"] = {kind: [*parts, 3]}
    assert faults(mapping)
