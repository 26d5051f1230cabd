"""The shelf: the recordings that were named, those in the folders named, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from formcoach.errors import FormcoachError
from formcoach.studio_shelf import stock_shelf
from studio_open import record


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    little = {"fps": 5, "hold_s": 1}
    record(tmp_path / "a" / "new.fcr", "plank", "2026-11-20T18:00:00+01:00", **little)
    record(tmp_path / "a" / "deep" / "old.fcr", "plank", "2026-11-01T18:00:00+01:00", **little)
    record(tmp_path / "b" / "new.fcr", "hip-hinge", "2026-11-10T18:00:00+01:00", fps=5, reps=1)
    (tmp_path / "a" / "notes.txt").write_text("nothing")
    (tmp_path / "a" / "torn.fcr").write_bytes(b"nothing of the kind")
    return tmp_path


def test_a_folder_is_searched_and_the_newest_comes_first(folder: Path) -> None:
    shelf = stock_shelf([folder / "a"])
    assert [one.name for one in shelf] == ["new.fcr", "deep/old.fcr", "torn.fcr"]
    assert "is not a recording" in shelf["torn.fcr"].fault
    assert shelf.exercises == ["plank"]


def test_files_of_one_name_are_told_apart(folder: Path) -> None:
    shelf = stock_shelf([folder / "a", folder / "b", folder / "b" / "new.fcr"])
    assert {one.name for one in shelf} == {"new.fcr", "deep/old.fcr", "torn.fcr", "b/new.fcr"}
    assert shelf["b/new.fcr"].path == folder / "b" / "new.fcr"


def test_an_exercise_has_its_own_and_whatever_was_named_itself(folder: Path) -> None:
    assert [one.name for one in stock_shelf([folder / "a", folder / "b"]).of("plank")] == [
        "new.fcr",
        "deep/old.fcr",
    ]
    named = stock_shelf([folder / "a", folder / "b" / "new.fcr"]).of("plank")
    assert [one.name for one in named] == ["new.fcr", "b/new.fcr", "deep/old.fcr"]


@pytest.mark.parametrize("name", ["b/new.fcr", "../b/new.fcr", "/etc/passwd", "", "NEW.FCR", "./new.fcr"])
def test_no_other_name_opens_anything(folder: Path, name: str) -> None:
    with pytest.raises(FormcoachError, match="is not among the recordings"):
        stock_shelf([folder / "a"])[name]


def test_a_link_that_leads_out_is_passed_over(folder: Path) -> None:
    (folder / "a" / "link.fcr").symlink_to(folder / "b" / "new.fcr")
    (folder / "a" / "within.fcr").symlink_to(folder / "a" / "new.fcr")
    assert stock_shelf([folder / "a"]).exercises == ["plank"]


def test_a_place_that_is_not_there_or_empty_is_told(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(FormcoachError, match="There is no recording or folder"):
        stock_shelf([folder / "c"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(FormcoachError, match="No recording"):
        stock_shelf([tmp_path / "empty"])
