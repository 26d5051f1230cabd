"""The file of an exercise in the studio: what is written where, and what is never written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from formcoach.errors import FormcoachError, SpecError
from formcoach.spec import Range
from formcoach.spec_file import find_spec, read_spec, stock_folder
from formcoach.studio_file import open_spec

LEVEL = "checks.leg_level.good"


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FORMCOACH_SPECS", str(tmp_path / "own"))
    return tmp_path / "own"


def test_a_stock_exercise_is_saved_as_ones_own(own: Path) -> None:
    file = open_spec(find_spec("bird-dog"))
    stock = file.path.read_bytes()
    assert file.is_stock and file.target == own / "bird-dog.toml"
    kept = file.save({LEVEL: Range(-12, 10)})
    assert read_spec(file.target).checks["leg_level"].good == Range(-12, 10)
    assert kept.read_bytes() == stock == (stock_folder() / "bird-dog.toml").read_bytes()
    file.save({LEVEL: Range(-14, 10)})
    assert read_spec(find_spec("bird-dog")).checks["leg_level"].good == Range(-14, 10)
    file.save({})
    assert file.target.read_bytes() == stock, "all taken back is saved as it was"


def test_a_file_of_ones_own_is_saved_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "my-bird-dog.toml"
    path.write_text(find_spec("bird-dog").read_text("utf-8"), "utf-8")
    file = open_spec(path)
    assert not file.is_stock
    file.save({LEVEL: Range(-12, 10)})
    assert read_spec(path).checks["leg_level"].good == Range(-12, 10)


def test_what_somebody_else_changed_meanwhile_is_not_written_over(own: Path, tmp_path: Path) -> None:
    path = tmp_path / "my-bird-dog.toml"
    text = find_spec("bird-dog").read_text("utf-8")
    path.write_text(text, "utf-8")
    file, stock = open_spec(path), open_spec(find_spec("bird-dog"))
    path.write_text(text + "\n# mine\n", "utf-8")
    own.mkdir()
    (own / "bird-dog.toml").write_text(text + "\n# mine\n", "utf-8")
    for one in (file, stock):
        with pytest.raises(FormcoachError, match="changed by another program"):
            one.save({LEVEL: Range(-12, 10)})
        assert one.target.read_text("utf-8").endswith("# mine\n")


def test_the_stock_file_is_not_opened_over_ones_own(own: Path) -> None:
    own.mkdir()
    (own / "bird-dog.toml").write_text(find_spec("bird-dog").read_text("utf-8"), "utf-8")
    with pytest.raises(FormcoachError, match="You have a file of your own for bird-dog"):
        open_spec(stock_folder() / "bird-dog.toml")
    assert not open_spec(find_spec("bird-dog")).is_stock


def test_nothing_faulty_is_opened_or_saved(tmp_path: Path, own: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text("format = 1\n", "utf-8")
    with pytest.raises(FormcoachError, match="opens files without faults only"):
        open_spec(path)
    file = open_spec(find_spec("bird-dog"))
    with pytest.raises(SpecError, match="low 20 is above high 10"):
        file.save({LEVEL: Range(20, 10)})
    assert not own.exists()
