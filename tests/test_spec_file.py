"""Spec files: found, read, and refused in sentences."""

from __future__ import annotations

import datetime
import json
import math
import pickle
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formcoach import spec_file, toml_text
from formcoach.errors import FormcoachError, SpecError
from formcoach.spec import Check, Dose, Measure, Range, Timing, Wrong
from formcoach.spec_file import check_spec, find_spec, list_specs, parse_spec, read_spec
from small_specs import HOLD, REPS, changed


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """An empty folder of one's own and one that formcoach brings."""
    own, stock = tmp_path / "own", tmp_path / "stock"
    own.mkdir()
    stock.mkdir()
    monkeypatch.setenv("FORMCOACH_SPECS", str(own))
    monkeypatch.setattr(spec_file, "stock_folder", lambda: stock)
    return own, stock


def faults_of_text(text: str, filename: str = "leg-lift.toml") -> list[str]:
    with pytest.raises(SpecError) as caught:
        parse_spec(text, filename)
    assert str(caught.value) == "\n".join(caught.value.faults)
    return list(caught.value.faults)


def test_a_spec_is_read_as_it_is_written() -> None:
    spec = parse_spec(REPS, "leg-lift.toml")
    assert (spec.id, spec.name, spec.kind, spec.camera) == ("leg-lift", "Leg lift", "repetitions", "side")
    assert (spec.position, spec.sides, spec.source) == ("quadruped", ("left", "right"), "A book")
    assert spec.dose == Dose(hold_s=(8, 10), reps=(5, 5), sets=1)
    assert spec.timing == Timing()
    assert spec.hysteresis == 4
    assert spec.missed == "Lift the leg to hip height"
    assert spec.poses == {
        "position": {"trunk": Range(-35, 40)},
        "start": {"leg": Range(-90, -30)},
        "work": {"leg": Range(-18, 50), "straightest": Range(120, math.inf)},
        "held": {"leg": Range(-15, 50)},
    }
    assert spec.wrong == {"bent": Wrong("bent", {"knee": Range(0, 100)}, "Stretch the leg", "knee_bent")}
    assert spec.measures["leg"] == Measure("leg", "slope", (("side.hip",), ("side.heel", "side.ankle")))
    assert spec.measures["straightest"] == Measure("straightest", "largest", of=("knee", "other_knee"))
    assert spec.measures["lean"].from_start
    assert not spec.measures["leg"].from_start


def test_a_check_is_read_with_its_defaults() -> None:
    checks = parse_spec(REPS, "leg-lift.toml").checks
    assert checks["leg"] == Check(
        name="leg",
        measure="leg",
        during=("work",),
        good=Range(-8, 10),
        tolerance=5,
        after_s=0.7,
        severity="fix",
        low=("Heel up to hip height", "Heel higher"),
        high=("Lower the leg",),
        high_is="leg_high",
        view="side",
    )
    assert checks["lean"].during == ("start", "going", "work", "returning")
    assert checks["lean"].good == Range(-math.inf, 8)
    assert checks["lean"].severity == "stop"
    assert (checks["shift"].view, checks["shift"].after_s, checks["shift"].during) == ("any", 1, ("turn",))


def test_the_rest_of_the_fields_is_read() -> None:
    lines = """
    hysteresis = 5
    turned = 33
    anchor = "other.knee"
    cautions = ["Not after a new operation"]
    timing = { settle_s = 0.5, bridge_s = 1, leave_s = 2, timeout_s = 9 }
    dose.sets = 3
    """
    spec = parse_spec(as_toml(changed(REPS, lines)), "leg-lift.toml")
    assert (spec.hysteresis, spec.turned, spec.anchor) == (5, 33, "other.knee")
    assert spec.cautions == ("Not after a new operation",)
    assert spec.timing == Timing(0.5, 1, 2, 9)
    assert spec.dose.sets == 3


def test_a_hold_is_read() -> None:
    spec = parse_spec(HOLD, "plank.toml")
    assert (spec.kind, spec.sides, spec.missed, spec.dose.hold_s) == ("hold", (), "", (20, 20))
    assert set(spec.poses) == {"position", "work", "broken"}


def test_faults_come_whole_from_another_process() -> None:
    error = SpecError(["plank.toml: name: missing", "plank.toml: id: missing"])
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.faults, str(again)) == (SpecError, error.faults, str(error))


def test_all_faults_come_with_the_file_and_the_address(tmp_path: Path) -> None:
    path = tmp_path / "leg-lift.toml"
    path.write_text(as_toml(changed(REPS, 'checks.leg.good = [10, -8]\nnam = "x"')), encoding="utf-8")
    expected = [
        "leg-lift.toml: checks.leg.good: low 10 is above high -8",
        "leg-lift.toml: nam: unknown field; did you mean name?",
    ]
    assert check_spec(path) == expected
    with pytest.raises(SpecError) as caught:
        read_spec(path)
    assert list(caught.value.faults) == expected


@pytest.mark.parametrize(
    "name", ["Leg Lift.toml", "leg-lift.txt", "../leg.toml", "-x.toml", ".toml", "\x1b.toml"]
)
def test_the_name_of_the_file_is_a_plain_id(name: str) -> None:
    (fault,) = faults_of_text(REPS, name)
    assert fault.endswith("a file's name is small letters, digits and -, then .toml, such as bird-dog.toml")
    assert fault.isprintable()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("\n\n[checks.leg]\ngood = [1 -2]\n", "line 4: Unclosed array: good = [1 -2]"),
        ("bent = no", "line 1: Invalid value: bent = no"),
        ("a = 1\na = 2\n\n", "line 2: Cannot overwrite a value: a = 2"),
        ("a = [1,\n2,\n", "line 2: Invalid value: 2,"),
        (f"a = 1{'0' * 5000}", "has a number of too many digits"),
        ("a = " + "[" * 5000, "is nested too deeply to be a spec"),
        (".".join(["a"] * 100_000) + " = 1", "is nested too deeply to be a spec"),
    ],
)
def test_what_is_not_toml_is_a_sentence_with_its_line(text: str, fault: str) -> None:
    assert faults_of_text(text) == [f"leg-lift.toml: {fault}"]


def test_what_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    missing, folder, broken, huge = (
        tmp_path / f"{name}.toml" for name in ("gone", "folder", "latin", "huge")
    )
    folder.mkdir()
    broken.write_bytes(b'format = 1\nname = "Br\xfccke"\n')
    huge.write_bytes(b"#" * (toml_text.LARGEST + 1))
    assert check_spec(missing) == [f"{missing}: there is no such file; check the name"]
    assert check_spec(folder) == [f"{folder}: is a folder; name one spec file in it"]
    assert check_spec(broken) == [f"{broken}: line 2 is not UTF-8; save the file as UTF-8 in your editor"]
    assert check_spec(huge) == [f"{huge}: is over 1 MB; a spec file is much smaller, so this is another file"]
    assert check_spec("a\0b.toml")[0].startswith("a\\x00b.toml: ")
    assert check_spec("x" * 5000)[0].startswith("xxx")


def test_what_may_not_be_read_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "leg-lift.toml"
    path.write_text(REPS, encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (fault,) = check_spec(path)
    assert fault == f"{path}: cannot be read (Permission denied); check the file and its permissions"


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "leg-lift.toml"
    path.write_bytes(b"\xef\xbb\xbf" + REPS.replace("\n", "\r\n").encode())
    assert read_spec(path) == parse_spec(REPS, "leg-lift.toml")


def test_ones_own_spec_comes_before_the_stock_one(folders: tuple[Path, Path]) -> None:
    own, stock = folders
    for path in (stock / "plank.toml", stock / "bridge.toml", own / "plank.toml", own / ".hidden.toml"):
        path.write_text(HOLD, encoding="utf-8")
    (own / "notes.txt").write_text("no spec", encoding="utf-8")
    assert find_spec("plank") == own / "plank.toml"
    assert find_spec("bridge") == stock / "bridge.toml"
    assert list_specs() == [stock / "bridge.toml", own / "plank.toml"]


def test_an_unknown_exercise_is_met_with_the_nearest(folders: tuple[Path, Path]) -> None:
    for name in ("bird-dog", "plank", "side-plank"):
        (folders[1] / f"{name}.toml").write_text(HOLD, encoding="utf-8")
    for asked, answer in {
        "bird-dgo": "did you mean bird-dog?",
        "Plank": "did you mean plank or side-plank?",
        "zzz": "there are bird-dog, plank, side-plank.",
        "../plank": "did you mean plank?",
        "": "there are bird-dog, plank, side-plank.",
    }.items():
        with pytest.raises(FormcoachError) as caught:
            find_spec(asked)
        assert str(caught.value) == f'There is no exercise called "{asked}": {answer}'


def test_of_many_exercises_one_is_told_where_they_are_listed() -> None:
    with pytest.raises(FormcoachError, match=r"""called "zzz": 'formcoach specs' lists them\.$"""):
        find_spec("zzz")


def test_a_path_is_no_exercise(folders: tuple[Path, Path]) -> None:
    (folders[1] / "plank.toml").write_text(HOLD, encoding="utf-8")
    for trick in ("../stock/plank", str(folders[1] / "plank"), "plank.toml", "plank\n", "plank\0"):
        with pytest.raises(FormcoachError, match="There is no exercise called"):
            find_spec(trick)


def test_a_folder_that_is_not_there_is_said_where_something_is_missed(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORMCOACH_SPECS", "/not/there")
    (folders[1] / "plank.toml").write_text(HOLD, encoding="utf-8")
    assert find_spec("plank") == folders[1] / "plank.toml"
    with pytest.raises(FormcoachError, match=r"\(FORMCOACH_SPECS names .*, which is not a folder\.\)$"):
        find_spec("mine")


def test_no_specs_at_all_is_said(folders: tuple[Path, Path]) -> None:
    assert list_specs() == []
    with pytest.raises(FormcoachError, match="install formcoach again"):
        find_spec("plank")


def test_the_usual_folder_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORMCOACH_SPECS", raising=False)
    assert spec_file.user_folder().parts[-2:] == ("formcoach", "exercise_specs")


def test_the_stock_folder_is_the_packages_where_it_was_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert spec_file.stock_folder() == Path(spec_file.__file__).parent.parent / "exercise_specs"
    monkeypatch.setattr(spec_file, "__file__", str(tmp_path / "formcoach" / "spec_file.py"))
    installed = tmp_path.resolve() / "formcoach" / "_data" / "exercise_specs"
    installed.mkdir(parents=True)
    assert spec_file.stock_folder() == installed


def test_every_stock_spec_is_sound() -> None:
    paths = sorted(spec_file.stock_folder().glob("*.toml"))
    assert paths
    assert [fault for path in paths for fault in check_spec(path)] == []


def as_toml(table: dict[str, Any]) -> str:
    """A mapping as TOML text, tables as inline ones."""
    return "\n".join(f"{_key(name)} = {_value(value)}" for name, value in table.items())


def _key(name: str) -> str:
    return json.dumps(name)


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(name)} = {_value(part)}" for name, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_value(part) for part in value) + "]"
    if isinstance(value, str | bool):
        return json.dumps(value)
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def test_the_writer_of_this_test_writes_toml() -> None:
    assert tomllib.loads(as_toml(tomllib.loads(REPS))) == tomllib.loads(REPS)


plain_text = st.text(st.characters(min_codepoint=1, max_codepoint=0x2FFF), max_size=6)
values = st.recursive(
    st.one_of(plain_text, st.integers(-(10**30), 10**30), st.floats(), st.booleans(), st.dates()),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(plain_text, children, max_size=3),
    max_leaves=4,
)


@given(st.data())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_spoilt_file_is_refused_with_sentences_or_read(data: st.DataObject) -> None:
    mapping = tomllib.loads(data.draw(st.sampled_from([REPS, HOLD])))
    table, name = mapping, data.draw(st.sampled_from(list(mapping)))
    while isinstance(table[name], dict) and table[name] and data.draw(st.booleans()):
        table = table[name]
        name = data.draw(st.sampled_from(list(table)))
    if data.draw(st.booleans()):
        table[name] = data.draw(values)
    else:
        del table[name]
    faults: tuple[str, ...] = ("leg-lift.toml: none",)
    try:
        parse_spec(as_toml(mapping), "leg-lift.toml")
    except SpecError as error:
        faults = error.faults
    assert faults
    assert all(fault.startswith("leg-lift.toml: ") and fault.isprintable() for fault in faults)


@given(st.text(max_size=80), st.text(max_size=12))
def test_any_text_at_all_is_refused_with_sentences(text: str, filename: str) -> None:
    with pytest.raises(SpecError) as caught:
        parse_spec(text, filename)
    assert all(fault.isprintable() for fault in caught.value.faults)
