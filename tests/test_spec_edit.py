"""Single bounds change; comments, layout and everything else stay, and nothing faulty is written."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcoach.comparing import spec_changes
from formcoach.errors import FormcoachError, SpecError
from formcoach.spec import Range
from formcoach.spec_edit import edit_text, own_path, undo, write_spec
from formcoach.spec_file import list_specs, parse_spec, stock_folder
from pages import ROOT

INF = float("inf")


def text_of(spec_id: str) -> str:
    return (stock_folder() / f"{spec_id}.toml").read_text("utf-8")


def differing(before: str, after: str) -> list[tuple[str, str]]:
    old, new = before.split("\n"), after.split("\n")
    assert len(old) == len(new)
    return [(a, b) for a, b in zip(old, new, strict=True) if a != b]


# ---- texts -------------------------------------------------------------------------------------


def test_a_bound_changes_and_the_comment_beside_it_stays() -> None:
    before = text_of("hip-hinge")
    after = edit_text(before, "hip-hinge.toml", {"checks.back_straight.good": Range(-INF, 0.08)})
    ((was, now),) = differing(before, after)
    assert was.startswith("good = [-inf, 0.06]")
    assert now == was.replace("0.06]", "0.08]")


@pytest.mark.parametrize(
    ("spec_id", "address", "value", "line"),
    [
        ("hip-hinge", "poses.work.lean", Range(-60, 47.5), "work = { lean = [-60, 47.5] }"),
        ("hip-hinge", "checks.calm.tolerance", 25.0, "tolerance = 25"),
        ("hip-hinge", "checks.back_straight.after_s", 0.6, "after_s = 0.6"),
        ("bird-dog", "wrong.both_legs.pose.leg", Range(-20, 60), "pose = { leg = [-20, 60], other_leg"),
    ],
)
def test_one_line_changes(spec_id: str, address: str, value: Range | float, line: str) -> None:
    before = text_of(spec_id)
    ((_, now),) = differing(before, edit_text(before, f"{spec_id}.toml", {address: value}))
    assert now.startswith(line)


def test_a_station_of_a_sequence() -> None:
    before = text_of("knee-rolls")
    spec = parse_spec(before, "knee-rolls.toml")
    station = next(iter(spec.stations.values()))
    measure, bounds = next(iter(station.pose.items()))
    wider = Range(bounds.low - 1, bounds.high)
    after = edit_text(before, "knee-rolls.toml", {f"stations.{station.name}.pose.{measure}": wider})
    assert parse_spec(after, "knee-rolls.toml").stations[station.name].pose[measure] == wider


@settings(max_examples=20)
@given(st.sampled_from(list_specs()), st.data())
def test_only_the_one_bound_differs(path: Path, data: st.DataObject) -> None:
    text = path.read_text("utf-8")
    spec = parse_spec(text, path.name)
    check = data.draw(st.sampled_from(list(spec.checks.values())))
    tolerance = check.tolerance + data.draw(st.sampled_from([0.01, 0.0125]))
    address = f"checks.{check.name}.tolerance"
    edited = edit_text(text, path.name, {address: tolerance})
    changes = list(spec_changes(spec, parse_spec(edited, path.name)))
    assert [one[0] for one in changes] == [address]
    assert [line for line in text.split("\n") if line.startswith("#")] == [
        line for line in edited.split("\n") if line.startswith("#")
    ]


# ---- variants ----------------------------------------------------------------------------------

VARIANT = """# mine
format = 1
based_on = "plank"
name = "Plank, mine"   # a remark
"""


def test_a_variant_gets_a_check_of_its_own_with_only_what_changed() -> None:
    after = edit_text(VARIANT, "plank-mine.toml", {"checks.hips_line.good": Range(-5, 24)})
    assert after.startswith(VARIANT)
    assert tomllib.loads(after)["checks"] == {"hips_line": {"good": [-5, 24]}}


def test_a_variant_gets_a_whole_pose() -> None:
    base = parse_spec(text_of("plank"), "plank.toml")
    after = edit_text(VARIANT, "plank-mine.toml", {"poses.work.hips": Range(-10, 26)})
    spec = parse_spec(after, "plank-mine.toml")
    assert spec.poses["work"] == {**base.poses["work"], "hips": Range(-10, 26)}
    assert tomllib.loads(after)["poses"].keys() == {"work"}


# ---- refused -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    ["checks.none.good", "checks.hips_line.low", "poses.work.none", "poses.none.hips", "name", "checks", ""],
)
def test_an_address_that_is_no_bound(address: str) -> None:
    with pytest.raises(FormcoachError, match="plank has no bound"):
        edit_text(text_of("plank"), "plank.toml", {address: Range(0, 1)})


def test_what_the_linter_refuses_is_not_made() -> None:
    with pytest.raises(SpecError, match=r"checks.hips_line.good: low 30 is above high 20"):
        edit_text(text_of("plank"), "plank.toml", {"checks.hips_line.good": Range(30, 20)})


# ---- files -------------------------------------------------------------------------------------


def test_the_old_text_is_kept_and_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "own" / "plank.toml"
    assert write_spec(path, "second", "first").name == "plank.toml.bak"
    assert write_spec(path, "third", "second").name == "plank.toml.bak2"
    assert path.read_text("utf-8") == "third"
    assert undo(path)
    assert path.read_text("utf-8") == "second"
    assert undo(path)
    assert path.read_text("utf-8") == "first"
    assert not undo(path)
    assert [one.name for one in path.parent.iterdir()] == ["plank.toml"]


def test_what_a_kill_left_between_the_two_files_of_a_change_is_no_change(tmp_path: Path) -> None:
    path = tmp_path / "plank.toml"
    write_spec(path, "second", "first")
    path.with_name("plank.toml.bak2").write_text("second", "utf-8")  # of a third that was never written
    assert undo(path)
    assert path.read_text("utf-8") == "first"
    assert [one.name for one in tmp_path.iterdir()] == ["plank.toml"]


def test_where_a_change_cannot_be_written_there_is_nothing_to_take_back(tmp_path: Path) -> None:
    path = tmp_path / "plank.toml"
    path.mkdir()
    with pytest.raises(FormcoachError, match="cannot be written"):
        write_spec(path, "second", "first")
    assert [one.name for one in tmp_path.iterdir()] == ["plank.toml"]


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(FormcoachError, match="say where with FORMCOACH_SPECS"):
        write_spec(tmp_path / "file" / "plank.toml", "", "")


def test_ones_own_file_lies_in_ones_own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FORMCOACH_SPECS", str(tmp_path))
    assert own_path("plank") == tmp_path / "plank.toml"
    assert not (ROOT / "exercise_specs" / "plank.toml.bak").exists()
