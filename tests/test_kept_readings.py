"""What was read of a recording is found again, or read anew: the report is always that of a replay."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import grimp
import numpy as np
import pytest

from catalogue import amount, stock
from formcoach import kept_readings
from formcoach.actions import Action
from formcoach.recording import RecordingWriter, read_recording
from formcoach.replaying import replay_recording
from formcoach.session import coach_through
from formcoach.spec import Range, Spec
from formcoach.spec_file import find_spec
from puppet import perform


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own, that also keeps what is short."""
    monkeypatch.setenv("FORMCOACH_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(kept_readings, "LEAST", 1)
    return tmp_path / "cache" / "readings"


def recorded(path: Path, exercise: str = "hip-hinge", actions: Sequence[str] = ()) -> Path:
    header = {"exercise": exercise, "spec_toml": find_spec(exercise).read_text("utf-8")}
    samples = perform(exercise, fps=10.0, walk_in=exercise == "hip-hinge", **amount(exercise)).samples
    with RecordingWriter(path, header) as writer:
        for number, sample in enumerate(samples):
            writer.add(sample)
            if number == len(samples) // 2:
                for name in actions:
                    writer.act(Action(sample.t, name))
        writer.close({})
    return path


def told(path: Path, spec: Spec | None = None) -> object:
    return replay_recording(path, spec).report.as_dict()


@pytest.fixture
def only_kept(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """No recording can be read but what is kept of it; undone by `undo`."""

    def refuse(path: Path) -> None:
        raise AssertionError(f"{path} is read anew")

    monkeypatch.setattr(kept_readings, "read_recording", refuse)
    return monkeypatch


@pytest.mark.parametrize(
    ("exercise", "actions"),
    [("hip-hinge", ["swap"]), ("bird-dog", ["pause", "resume"]), ("plank", []), ("knee-rolls", ["restart"])],
)
def test_what_is_kept_is_judged_as_it_was_read(
    exercise: str, actions: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = recorded(tmp_path / "a.fcr", exercise, actions)
    spec = stock(exercise)
    wanted = coach_through(spec, read_recording(path).stream()).as_dict()
    assert told(path, spec) == wanted
    monkeypatch.setattr(kept_readings, "readings_of", None)
    assert told(path, spec) == wanted


def test_moved_bounds_need_no_reading(tmp_path: Path, only_kept: pytest.MonkeyPatch) -> None:
    path, spec = tmp_path / "a.fcr", stock("hip-hinge")
    with only_kept.context() as allowed:
        allowed.setattr(kept_readings, "read_recording", read_recording)
        told(recorded(path), spec)
    deeper = {name: Range(low, high - 60) for name, (low, high) in spec.poses["work"].items()}
    moved = replace(spec, poses={**spec.poses, "work": deeper})
    report = replay_recording(path, moved).report
    assert report.as_dict() == coach_through(moved, read_recording(path).stream()).as_dict()
    assert report.as_dict() != told(path, spec)


def test_another_exercise_is_read_anew(tmp_path: Path, folder: Path) -> None:
    path = recorded(tmp_path / "a.fcr")
    told(path, stock("hip-hinge"))
    told(path, stock("squat"))
    assert len(list(folder.iterdir())) == 2


def test_another_recording_of_the_same_name_is_read_anew(tmp_path: Path) -> None:
    path = recorded(tmp_path / "a.fcr", "squat")
    before = told(path)
    path.unlink()
    recorded(path, "hip-hinge")
    assert told(path) == coach_through(stock("hip-hinge"), read_recording(path).stream()).as_dict() != before


def test_damage_is_told_each_time(tmp_path: Path, only_kept: pytest.MonkeyPatch) -> None:
    path = recorded(tmp_path / "a.fcr")
    path.write_bytes(path.read_bytes()[:-40])
    with only_kept.context() as allowed:
        allowed.setattr(kept_readings, "read_recording", read_recording)
        first = replay_recording(path, None).damaged
    assert "breaks off" in first
    assert replay_recording(path, None).damaged == first


def spoil(place: Path, how: str) -> None:
    if how == "cut":
        place.write_bytes(place.read_bytes()[:-200])
    elif how == "rubbish":
        place.write_bytes(b"\0" * 64)
    elif how == "empty":
        place.write_bytes(b"")
    elif how == "objects":
        with place.open("wb") as file:
            np.savez(file, said=np.array([{"a": 1}], dtype=object))
    elif how == "heads":
        with zipfile.ZipFile(place, "w") as packed:  # NumPy takes the head of an array for Python
            packed.writestr("said.npy", b"\x93NUMPY\x01\x00\x01\x00(")
    else:
        with np.load(place) as arrays:
            kept = {name: arrays[name] for name in arrays if not name.startswith(how)}
        with place.open("wb") as file:
            np.savez(file, **kept)


@pytest.mark.parametrize(
    "how", ["cut", "rubbish", "empty", "objects", "heads", "said", "numbers", "measures", "words"]
)
def test_what_was_spoilt_is_read_anew(how: str, tmp_path: Path, folder: Path) -> None:
    path = recorded(tmp_path / "a.fcr")
    wanted = told(path)
    spoil(next(folder.iterdir()), how)
    assert told(path) == wanted
    assert told(path) == wanted


def test_what_is_kept_goes_with_its_recording(tmp_path: Path, folder: Path) -> None:
    told(recorded(tmp_path / "a.fcr"))
    first = next(folder.iterdir())
    (tmp_path / "a.fcr").unlink()
    told(recorded(tmp_path / "b.fcr", "squat"))
    assert not first.exists()
    assert len(list(folder.iterdir())) == 1


def test_what_was_not_used_for_longest_makes_room(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(recorded(tmp_path / "a.fcr"))
    oldest = next(folder.iterdir())
    os.utime(oldest, (0, 0))
    monkeypatch.setattr(kept_readings, "MOST_BYTES", oldest.stat().st_size * 3 // 2)
    told(recorded(tmp_path / "b.fcr", "squat"))
    assert not oldest.exists()
    assert len(list(folder.iterdir())) == 1


def test_a_short_recording_is_not_kept(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_readings, "LEAST", 100_000)
    told(recorded(tmp_path / "a.fcr"))
    assert not folder.exists()


def test_without_a_cache_folder_all_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("FORMCOACH_CACHE", str(tmp_path / "file"))
    path = recorded(tmp_path / "a.fcr")
    assert told(path) == told(path)


def test_every_module_that_reads_is_in_the_mark() -> None:
    """Else what an older version has read would be taken for what this one reads."""
    graph = grimp.build_graph("formcoach")
    readers = graph.find_upstream_modules("formcoach.reading")
    others = {"formcoach.reading", "formcoach.whatif", "formcoach.kept_readings", "formcoach.actions"}
    assert {f"formcoach.{name}" for name in kept_readings.READ_BY} == readers | others


def test_another_process_finds_what_was_kept(tmp_path: Path, folder: Path) -> None:
    path = recorded(tmp_path / "a.fcr")
    told(path)
    place = next(folder.iterdir())
    script = (
        "import sys; from pathlib import Path; from formcoach import kept_readings;"
        "from formcoach.spec_file import find_spec, read_spec;"
        "print(kept_readings._place(Path(sys.argv[1]), read_spec(find_spec('hip-hinge'))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        env={**os.environ, "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(done.stdout.strip()) == place
