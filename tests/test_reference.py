"""The tables of the reference are complete: every field, every sentence, every number is that of the code."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from coached import coach, coached, stock
from formcoach import commands, evaluating, rep_verdict, routine_file, scoring
from formcoach.actions import ACTION_NAMES, Action
from formcoach.landmarks import PAIRED
from formcoach.measures import KINDS
from formcoach.recording_reader import Recording
from formcoach.routine import Growth, Step
from formcoach.routine_report_text import OUTCOMES
from formcoach.spec import MOMENTS, PHASES, SEVERITIES, Check, Position, Spec, Timing, View
from formcoach.spec_file import stock_folder
from formcoach.spec_lint.measures import REFERENCES
from pages import ROOT, fits, is_a, leaves, page
from puppet import perform
from test_routine_session import SAMPLES, TWO, do

shape = importlib.import_module("formcoach.spec_lint.shape")  # the package has a function of that name

PACKAGE = ROOT / "formcoach"
SPECS = page("docs/specs.md")
SENTENCES = page("docs/troubleshooting.md")


def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


# ---- reports, recordings, evaluation -----------------------------------------------------------


def reports() -> Iterator[dict[str, object]]:
    yield coached("bird-dog", reps=2, fault="knee_bent").report.as_dict()
    yield coached("plank", hold_s=5, fault="sag").report.as_dict()
    hidden = ("left_ear", "right_ear", "left_knee", "right_knee")
    yield coached("hip-hinge", reps=2, hidden=hidden).report.as_dict()
    yield coached("hip-hinge", reps=1, yaw=45).report.as_dict()
    yield coached("knee-rolls", reps=2, fault=("held_short", 1, 1), fps=10).report.as_dict()
    samples = perform("hip-hinge", reps=1, dropouts=((0.5, 2.0),)).samples
    yield coach("hip-hinge", [*samples[:30], Action(1.0, "restart"), *samples[30:]]).report.as_dict()


def types_of(name: str, heading: str) -> dict[str, str]:
    return {row[0].strip("`"): row[1] for row in page(name).rows(heading)}


def test_every_field_of_a_report_is_told() -> None:
    types = types_of("docs/report.md", "Fields")
    for heading in ("Repetitions that were not counted", "Rounds that were not counted"):
        for row in page("docs/report.md").rows(heading):
            types.pop(row[0].strip("`"), None)  # some are in both
    found = [leaf for report in reports() for leaf in leaves(report)]
    assert {path for path, _ in found} == types.keys()
    for path, value in found:
        assert is_a(types[path], value), f"{path} is {value!r}, not a {types[path]}"


def test_every_reason_for_not_counting_is_told() -> None:
    tree = syntax(PACKAGE / "rep_verdict.py")
    judge = next(n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == "fall_short")
    pairs = [n.value.elts[1] for n in ast.walk(judge) if isinstance(n, ast.Return)]  # type: ignore[union-attr]
    parts = [part for pair in pairs for part in ast.walk(pair)]
    given = {part.value for part in parts if isinstance(part, ast.Constant) and part.value}
    given |= {
        vars(rep_verdict)[part.id] for part in parts if isinstance(part, ast.Name) and part.id.isupper()
    }
    assert set(page("docs/report.md").names("Repetitions that were not counted")) == given


def test_every_reason_for_not_counting_a_round_is_told() -> None:
    found = {
        node.value
        for node in ast.walk(syntax(PACKAGE / "round_verdict.py"))
        if isinstance(node, ast.Constant)
    }
    given = {value for value in found if isinstance(value, str) and re.fullmatch(r"[a-z]+(_[a-z]+)+", value)}
    given |= {"broken_off", "unseen"}  # named by the machine
    assert set(page("docs/report.md").names("Rounds that were not counted")) == given


def test_every_field_of_a_recording_is_told(tmp_path: Path) -> None:
    told = page("docs/recording.md")
    model = tmp_path / "model.task"
    model.write_bytes(b"")
    header = commands.header(stock("plank"), stock_folder() / "plank.toml", "0", model)
    fields = {field.name for field in dataclasses.fields(Recording)} | {"complete"}
    assert set(told.names("Loading it as arrays")) == fields | header.keys()
    actions = next(row for row in told.rows() if row[0] == "`actions`")
    assert set(re.findall(r"`(\w+)`", actions[2])) == set(ACTION_NAMES)


def test_the_ground_truth_is_readable_and_told(tmp_path: Path) -> None:
    told = page("docs/evaluation.md")
    text, _beside = told.examples("json")
    (tmp_path / "truth.json").write_text(text, "utf-8")
    truths, tolerance = evaluating.read_truth(tmp_path / "truth.json")
    assert [one.exercise for one in truths] == ["plank", "hip-hinge", None]
    assert tolerance == 0.3
    for truth in truths:
        for fault in truth.faults:
            checks = stock(truth.exercise or "").checks.values()
            assert fault.kind in {check.fault_kind(way) for check in checks for way in ("low", "high")}
    data = json.loads(text)
    fields = {*data, *(f"clips[].{name}" for clip in data["clips"] for name in clip)} - {"clips"}
    assert set(told.names("The ground truth")) == fields


def test_the_table_of_evaluate_is_told() -> None:
    told = page("docs/evaluation.md")
    truth = scoring.Truth("a.mp4", "plank", 0, 3.0, (), clean=True)
    one = scoring.score(truth, [coached("plank", hold_s=3).report], 0.3, 30.0)
    _labels, shown = told.examples("text")
    assert tuple(re.split(r"\s{2,}", shown.splitlines()[0])) == evaluating.HEADINGS
    assert evaluating.LEGEND in shown
    types = types_of("docs/evaluation.md", "The table as data")
    found = list(leaves(evaluating.as_dict([one])))
    assert {path for path, _ in found} == types.keys()
    for path, value in found:
        assert is_a(types[path], value), path


def test_every_field_of_the_report_of_a_routine_is_told() -> None:
    types = types_of("docs/report.md", "The report of a routine")
    reports = [do(TWO, SAMPLES).as_dict(), do(TWO, SAMPLES[:400], {12.0: "hurts"}).as_dict()]
    for report in reports:
        steps = [{**step, "sets": []} for step in report["steps"]]  # type: ignore[attr-defined]
        found = list(leaves({**report, "steps": steps}))
        assert {path for path, _ in found} | {"steps[].sets[]"} == types.keys()
        for path, value in found:
            assert is_a(types[path], value), path
    assert all(f"`{outcome}`" in page("docs/report.md").text for outcome in OUTCOMES)


# ---- specs -------------------------------------------------------------------------------------


def test_every_field_of_a_spec_is_told() -> None:
    assert set(SPECS.names("The head")) == set(shape._TOP)
    assert SPECS.names("Dose") == list(shape._DOSE)
    assert SPECS.names("Timing") == list(shape._TIMING)
    assert SPECS.names("Poses") == [*shape.POSES, "missed"]
    assert SPECS.names("Stations")[: len(shape._STATION)] == list(shape._STATION)
    assert SPECS.names("Wrong ways") == list(shape._WRONG)
    checks = [name for name in SPECS.names("Checks") if name not in SPECS.names("When")]
    assert set(checks) == set(shape._CHECK)
    assert '`from = "start"`' in SPECS.section("Kinds")


def test_every_kind_of_measure_is_told() -> None:
    rows = {row[0].strip("`"): row[1:5] for row in SPECS.rows("Kinds")}
    assert rows.keys() == KINDS.keys()
    for name, kind in KINDS.items():
        takes = f"{kind.points} points" if kind.points else "measures"
        assert rows[name] == (takes, kind.unit, f"{kind.low:g}", f"{kind.high:g}")


def test_every_point_is_told() -> None:
    parts = next(line for line in SPECS.section("Points").splitlines() if line.startswith("Parts:"))
    told = set(re.findall(r"`(\w+)`", parts))
    assert told == set(PAIRED)
    assert {"nose", *(f"{w}.{p}" for w in SPECS.names("Points") for p in told)} == set(REFERENCES)


def test_every_word_of_a_spec_is_told() -> None:
    times = {shape.REP_WORD, *(word for kind in PHASES for word in (*PHASES[kind], *MOMENTS[kind]))}
    assert set(SPECS.names("When")) == times
    for word in (*get_args(Position), *get_args(View), *PHASES):
        assert f'`"{word}"`' in SPECS.section("The head")
    for word in SEVERITIES:
        assert f'`"{word}"`' in SPECS.section("Checks")


def test_usual_values_are_those_of_the_code() -> None:
    assert {row[0].strip("`"): float(row[1]) for row in SPECS.rows("Timing")} == dataclasses.asdict(Timing())
    usual = {field.name: field.default for cls in (Spec, Check) for field in dataclasses.fields(cls)}
    for name in ("hysteresis", "turned"):
        assert f"{usual[name]:g} where it is left out" in SPECS.section("The head")
    assert f"{usual['after_s']:g} where it is left out" in SPECS.section("Checks")
    assert f'`"{usual["severity"]}"` where it is left out' in SPECS.section("Checks")


def test_every_field_of_a_routine_is_told() -> None:
    told = page("docs/routines.md")
    parts = told.section("A routine of your own")
    fields = set(told.names("A routine of your own"))
    assert fields == {*routine_file._TOP, *routine_file._STEP, *routine_file._GROW}
    usual = {field.name: field.default for cls in (Growth, Step) for field in dataclasses.fields(cls)}
    for name in ("by", "good_days", "pause_days", "rest_s"):
        row = next(line for line in parts.splitlines() if line.startswith(f"| `{name}`"))
        assert f"{usual[name]:g} where it is left out" in row
    (text,) = told.examples("toml")
    assert routine_file.parse_routine(text, "morning.toml").steps[1].exercise == "plank"


# ---- sentences ---------------------------------------------------------------------------------


def template(node: ast.AST) -> str:
    """The text of an expression, … for what is only known later."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(template(part) for part in node.values)
    return "…"


def texts() -> set[str]:
    """Every text in the package that may be a sentence, or a part of one."""
    nodes = (node for path in PACKAGE.rglob("*.py") for node in ast.walk(syntax(path)))
    found = {template(node) for node in nodes if isinstance(node, ast.Constant | ast.JoinedStr)}
    return {text for text in found if " " in text and 6 <= len(text.replace("…", "")) < 250}


def raised() -> set[str]:
    """Every sentence that a person is told."""
    calls = (n for path in PACKAGE.rglob("*.py") for n in ast.walk(syntax(path)) if isinstance(n, ast.Call))
    errors = (n for n in calls if isinstance(n.func, ast.Name) and n.func.id == "FormcoachError")
    return {template(argument) for call in errors for argument in call.args} - {"…"}


def is_there(pattern: str, known: set[str]) -> bool:
    return any(fits(pattern, text) or fits(text, pattern) for text in known)


def test_every_error_is_told() -> None:
    told = [row[0] for row in SENTENCES.rows()]
    untold = {sentence for sentence in raised() if not any(fits(pattern, sentence) for pattern in told)}
    assert not untold


def test_no_error_is_told_that_does_not_exist() -> None:
    known = texts()
    headings = ("The pose model", "Cameras", "Videos", "Recordings")
    rows = [row for heading in headings for row in SENTENCES.rows(heading)]
    assert len(rows) > 40
    assert not [row[0] for row in rows if not is_there(row[0], known)]


def test_every_refusal_of_the_linter_is_told() -> None:
    told = [row[0] for row in SPECS.rows("What the linter refuses")]
    cases = (ROOT / "tests" / "spec_lint_cases.txt").read_text("utf-8")
    refusals = re.findall(r"^=> [\w.-]+: (.*)$", cases, re.MULTILINE)
    assert len(refusals) > 80
    assert not [refusal for refusal in refusals if not any(fits(pattern, refusal) for pattern in told)]


def test_no_refusal_is_told_that_does_not_exist() -> None:
    known = texts()
    assert not [row[0] for row in SPECS.rows("What the linter refuses") if not is_there(row[0], known)]


# ---- numbers -----------------------------------------------------------------------------------

NUMBERS = [row for row in page("docs/how-it-works.md").rows() if row[0].startswith("`formcoach.")]


def number(name: str) -> float:
    """A constant, or the usual value of a dataclass's field, by its dotted name."""
    above, _, last = name.rpartition(".")
    module, _, cls = above.rpartition(".")
    if cls[0].islower():
        return float(getattr(importlib.import_module(above), last))
    fields = dataclasses.fields(getattr(importlib.import_module(module), cls))
    return float(next(field.default for field in fields if field.name == last))


@pytest.mark.parametrize("row", [row for row in NUMBERS if row[1][0].isdigit()], ids=lambda row: row[0])
def test_numbers_are_those_of_the_code(row: tuple[str, ...]) -> None:
    assert number(row[0].strip("`")) == float(row[1])


OF_THE_COACH = (
    *("cues", "checks", "identity", "hold_machine", "rep_machine", "rep_verdict", "outline", "back"),
    *("stay", "round_verdict"),
    *("talk", "rep_talk", "hold_talk", "set_talk", "routine_talk", "voice"),
)


@pytest.mark.parametrize("module", OF_THE_COACH)
def test_every_number_of_these_is_told(module: str) -> None:
    assigned = [node for node in syntax(PACKAGE / f"{module}.py").body if isinstance(node, ast.Assign)]
    names = [name.id for node in assigned for name in node.targets if isinstance(name, ast.Name)]
    values = vars(importlib.import_module(f"formcoach.{module}"))
    public = {n for n in names if n.isupper() and n[0] != "_" and isinstance(values[n], int | float)}
    assert public
    assert {f"`formcoach.{module}.{name}`" for name in public} <= {row[0] for row in NUMBERS}
