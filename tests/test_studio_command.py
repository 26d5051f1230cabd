"""`formcoach studio` from the command line: which exercise, which recordings, and what is told instead."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from formcoach.cli import main
from formcoach.studio import Studio
from formcoach.studio_server import Served
from studio_open import record


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    record(tmp_path / "kept" / "new.fcr", "plank", "2026-11-20T18:00:00+01:00", fps=5, hold_s=1)
    record(tmp_path / "kept" / "old.fcr", "hip-hinge", "2026-11-01T18:00:00+01:00", fps=5, reps=1)
    return tmp_path / "kept"


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Studio, bool]]:
    """The studios that would have been served, and whether in a browser."""
    studios: list[Studio] = []
    found: list[tuple[Studio, bool]] = []
    init = Served.__init__

    def remember(self: Served, studio: Studio, port: int) -> None:
        studios.append(studio)
        init(self, studio, port)

    def run(self: Served, browser: bool) -> None:
        found.append((studios.pop(), browser))
        self._socket.close()

    monkeypatch.setattr(Served, "__init__", remember)
    monkeypatch.setattr(Served, "run", run)
    return found


def test_it_takes_the_exercise_of_the_newest(folder: Path, begun, capsys) -> None:
    assert main(["studio", str(folder)]) == 0
    ((studio, browser),) = begun
    assert studio.file.id == "plank" and browser
    assert [one.name for one in studio.shelf] == ["new.fcr"]
    assert studio.facts()["choices"] == {"hip-hinge": "Hip hinge", "plank": "Plank"}
    assert "http://127.0.0.1:" in capsys.readouterr().out


def test_another_is_named(folder: Path, begun) -> None:
    assert main(["studio", str(folder), "--exercise", "hip-hinge", "--no-browser"]) == 0
    ((studio, browser),) = begun
    assert studio.file.id == "hip-hinge" and not browser


def test_without_places_it_looks_where_recordings_are_kept(folder: Path, begun, monkeypatch) -> None:
    monkeypatch.setenv("FORMCOACH_RECORDINGS", str(folder))
    assert main(["studio"]) == 0
    assert begun[0][0].file.id == "plank"


def test_a_file_still_being_written_is_tuned_on_any_recording_named(
    folder: Path, begun, tmp_path: Path
) -> None:
    text = (Path(__file__).parent.parent / "exercise_specs" / "plank.toml").read_text("utf-8")
    (tmp_path / "mine.toml").write_text(text, "utf-8")
    assert main(["studio", str(folder / "new.fcr"), "--spec", str(tmp_path / "mine.toml")]) == 0
    studio = begun[0][0]
    assert [one.name for one in studio.shelf] == ["new.fcr"]
    assert studio.file.target == tmp_path / "mine.toml" and studio.facts()["choices"] == {}


def test_a_port_that_is_taken_is_told(folder: Path, capsys) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["studio", str(folder), "--port", str(port)]) == 2
    assert f"cannot use port {port}" in capsys.readouterr().err


def test_what_it_lacks_is_told(folder: Path, capsys, monkeypatch, tmp_path: Path) -> None:
    assert main(["studio", str(tmp_path / "nothing")]) == 2
    assert "There is no recording or folder" in capsys.readouterr().err
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    monkeypatch.delitem(sys.modules, "formcoach.studio_server")
    assert main(["studio", str(folder)]) == 2
    assert "pip install 'formcoach[studio]'" in capsys.readouterr().err
