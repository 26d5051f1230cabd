"""The linter: each rule finds its fault and nothing else, in the words that a person reads."""

from __future__ import annotations

import dataclasses
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcoach.measures import KINDS, landmarks_used
from formcoach.spec import Check, Range, Spec
from formcoach.spec_lint import RULES, RULES_OF_THE_WHOLE, examine, faults_of
from formcoach.spec_lint.measures import REFERENCES, reach
from formcoach.spec_lint.shape import shape
from small_specs import HOLD, REPS, SEQUENCE, changed


def faults(lines: str = "", *, without: str = "", of: str = REPS) -> list[str]:
    """The faults of a small sound spec after a change."""
    return examine(changed(of, lines, without), "leg-lift")[1]


def sound(text: str) -> Spec:
    spec, found = examine(tomllib.loads(text), "leg-lift")
    assert found == []
    return spec


@pytest.mark.parametrize("text", [REPS, HOLD, SEQUENCE])
def test_a_sound_spec_has_no_faults(text: str) -> None:
    assert faults(of=text) == []
    assert faults_of(sound(text)) == []


class Case(NamedTuple):
    """A change to a small sound spec, and what the linter must say."""

    rule: str
    change: str
    of: str
    without: str
    fault: str


OTHERS = {"hold": HOLD, "sequence": SEQUENCE}


def read_cases() -> list[Case]:
    """The cases of the text file beside this one; the file's head tells how they are written."""
    text = (Path(__file__).parent / "spec_lint_cases.txt").read_text(encoding="utf-8")
    cases = []
    for section in text.split("\n## ")[1:]:
        rule, _, body = section.partition("\n")
        change, of, without = [], REPS, []
        for line in body.splitlines():
            if line.startswith("=> "):
                cases.append(Case(rule, "\n".join(change), of, " ".join(without), line[3:]))
                change, of, without = [], REPS, []
            elif line in OTHERS:
                of = OTHERS[line]
            elif line.startswith("without "):
                without.append(line.removeprefix("without "))
            elif line:
                change.append(line)
    return cases


CASES = read_cases()
ALL_RULES = (*RULES, *RULES_OF_THE_WHOLE)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.fault[:60]}")
def test_a_rule_finds_its_fault_and_nothing_else_is_found(case: Case) -> None:
    assert faults(case.change, without=case.without, of=case.of) == [case.fault]
    spec, unshapely = shape(changed(case.of, case.change, case.without), "leg-lift")
    if case.rule == "shape":
        assert unshapely or case.fault.startswith("format: ")
    else:
        assert unshapely == []
        assert {rule.__name__ for rule in ALL_RULES if list(rule(spec))} == {case.rule}


def test_every_rule_has_a_case() -> None:
    assert {rule.__name__ for rule in ALL_RULES} | {"shape"} == {case.rule for case in CASES}


def test_all_faults_come_at_once_in_the_order_of_the_file() -> None:
    assert faults(
        """
        camera = "above"
        measures.knee.angle = ["side.hip", "side.kne", "side.ankle"]
        poses.start.leg = [-30, -90]
        checks.leg.good = [10, -8]
        checks.leg.tolerance = "5"
        checks.shift.severity = "worst"
        """
    ) == [
        'camera: "above" is not one of side, front, any',
        'measures.knee.angle: "side.kne" is no landmark; did you mean knee?',
        "poses.start.leg: low -30 is above high -90",
        "checks.leg.good: low 10 is above high -8",
        'checks.leg.tolerance: must be a number, not "5"',
        'checks.shift.severity: "worst" is not one of polish, fix, stop',
    ]


def test_a_measure_that_cannot_be_read_is_not_also_unknown_or_unused() -> None:
    assert faults('measures.leg = { slop = ["nose", "mid.hip"] }', without="measures.leg") == [
        "measures.leg.slop: unknown kind of measure; did you mean slope?"
    ]
    assert faults("checks.leg.measure = 5\nchecks.leg.good = 5") == [
        "checks.leg.measure: must be a text in quotes, not a number",
        "checks.leg.good: must be [low, high], two numbers",
    ]


def test_a_name_with_invisible_characters_is_shown_escaped() -> None:
    mapping = changed(REPS)
    mapping["measures"]["\x1b[2J"] = mapping["measures"].pop("trunk")
    mapping["poses"]["position"] = {"\x1b[2J": [-35, 40]}
    assert examine(mapping, "leg-lift")[1] == [
        "measures.\\x1b[2J: a name has only letters a to z, digits, _ and -",
        "poses.position.\\x1b[2J: a name has only letters a to z, digits, _ and -",
    ]


def test_a_longer_text_is_cut_in_a_message() -> None:
    (fault,) = faults(f'checks.leg.severity = "{"x" * 500}"')
    assert len(fault) < 120


def test_more_measures_than_an_exercise_needs_are_not_looked_through() -> None:
    lines = [f'measures.m{number} = {{ largest = ["m{number + 1}", "leg"] }}' for number in range(5000)]
    assert faults("\n".join(lines)) == ["measures: 5007 are more than an exercise needs; 200 is the most"]


def test_the_reach_of_a_measure() -> None:
    spec = sound(REPS)
    assert reach(spec, "leg") == Range(-90, 90)
    assert reach(spec, "knee") == Range(0, 180)
    assert reach(spec, "straightest") == Range(0, 180)
    assert reach(spec, "lean") == Range(-180, 180)
    assert reach(spec, "shift") == Range(-3, 3)
    assert reach(spec, "nothing") is None


def test_a_spec_made_in_code_is_judged_too() -> None:
    spec = sound(REPS)
    leg = dataclasses.replace(spec.checks["leg"], good=Range(10, -8))
    assert faults_of(dataclasses.replace(spec, checks={**spec.checks, "leg": leg})) == [
        "checks.leg.good: low 10 is above high -8"
    ]


def test_the_defaults_are_those_of_the_types() -> None:
    spec = sound(REPS)
    defaults = {field.name: field.default for kind in (Spec, Check) for field in dataclasses.fields(kind)}
    assert spec.hysteresis == defaults["hysteresis"]
    assert spec.checks["leg"].after_s == defaults["after_s"]
    assert spec.checks["leg"].severity == defaults["severity"]


def test_every_landmark_that_can_be_named_can_be_read() -> None:
    for reference in REFERENCES:
        sides = 'sides = ["left", "right"]\n' if reference.startswith(("side.", "other.")) else ""
        other = "nose" if reference != "nose" else "mid.hip"
        spec, found = examine(
            changed(HOLD, f'{sides}measures.trunk.slope = ["{reference}", "{other}"]'), "plank"
        )
        assert found == []
        assert landmarks_used(spec)


def test_every_kind_can_be_written_with_its_number_of_points() -> None:
    points = ["near.hip", "near.shoulder", "nose"]
    for name, kind in KINDS.items():
        parts = points[: kind.points] or (["knee"] if name == "speed" else ["hips", "knee"])
        if name == "turn":
            parts = ["left.shoulder", "right.shoulder"]
        mapping = changed(HOLD, f"measures.trunk = {{ {name} = {parts} }}", without="measures.trunk")
        mapping["poses"]["position"] = {"trunk": [0.5, 0.9]}
        spec, found = examine(mapping, "plank")
        assert found == []
        assert spec.measures["trunk"].kind == name


nodes = st.recursive(
    st.one_of(
        st.text(max_size=8),
        st.integers(),
        st.floats(),
        st.booleans(),
        st.dates(),
        st.sampled_from(["leg", "side.hip", "work", "rep", "start", "straightest", 10**400, -(10**400)]),
    ),
    lambda children: st.one_of(
        st.lists(children, max_size=3), st.dictionaries(st.text(max_size=5), children, max_size=3)
    ),
    max_leaves=5,
)


@given(st.data(), st.sampled_from([REPS, HOLD, SEQUENCE]))
def test_whatever_stands_in_a_file_is_a_fault_or_makes_a_sound_spec(data: st.DataObject, text: str) -> None:
    mapping = tomllib.loads(text)
    for _ in range(data.draw(st.integers(1, 4))):
        spoil(data, mapping)
    spec, found = examine(mapping, "leg-lift")
    assert all(line.isprintable() and ": " in line for line in found)
    assert len(found) == len(set(found))
    if not found:
        assert faults_of(spec) == []
        poses = [*spec.poses.values(), *(station.pose for station in spec.stations.values())]
        assert all(low <= high for pose in poses for low, high in pose.values())
        assert {check.measure for check in spec.checks.values()} <= spec.measures.keys()


def spoil(data: st.DataObject, mapping: dict[str, Any]) -> None:
    """Replace, delete or rename something, at any depth."""
    table: Any = mapping
    while True:
        keys = list(table) if isinstance(table, dict) else list(range(len(table)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        if not isinstance(table[key], dict | list) or data.draw(st.booleans()):
            break
        table = table[key]
    deed = data.draw(st.sampled_from(["replace", "delete", "rename"]))
    if deed == "replace":
        table[key] = data.draw(nodes)
    elif deed == "delete":
        del table[key]
    elif isinstance(table, dict):
        table[data.draw(st.sampled_from(["leg", "start", "work", "zzz", "\x1b", "a.b"]))] = table.pop(key)
