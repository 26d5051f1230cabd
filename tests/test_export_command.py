"""`formcoach export` as a person types it."""

from __future__ import annotations

import csv

import pytest

from coached import stock
from formcoach.cli import main
from formcoach.recording import RecordingWriter, read_recording
from formcoach.session import coach_through
from formcoach.spec_file import find_spec
from puppet import perform


@pytest.fixture
def session(tmp_path):
    """Two bird-dogs, recorded."""
    header = {"exercise": "bird-dog", "spec_toml": find_spec("bird-dog").read_text("utf-8")}
    with RecordingWriter(tmp_path / "a.fcr", header) as writer:
        for sample in perform("bird-dog", reps=1).samples:
            writer.add(sample)
        writer.close({})
    return tmp_path / "a.fcr"


def test_all_three_files(session, capsys):
    trc, mot, table = (session.with_suffix(suffix) for suffix in (".trc", ".mot", ".csv"))
    assert main(["export", str(session), "--trc", str(trc), "--mot", str(mot), "--csv", str(table)]) == 0
    recording = read_recording(session)
    assert f"nRows={len(mot.read_text('utf-8').splitlines()) - 7}" in mot.read_text("utf-8")
    assert trc.read_text("utf-8").startswith("PathFileType\t4\t(X/Y/Z)\ta.trc\n")
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(recording.t)
    report = coach_through(stock("bird-dog"), recording.stream())
    turn = min(rows, key=lambda row: abs(float(row["t"]) - report.repetitions[0].turn))
    assert turn["phase"] == "work"
    assert turn["side"] == report.repetitions[0].side
    assert float(turn["measure_knee"]) == pytest.approx(180, abs=15)
    assert float(turn[f"knee_{turn['side']}"]) == pytest.approx(float(turn["measure_knee"]), abs=6)
    assert not list(session.parent.glob("*.part"))


def test_the_measures_of_another_exercise(session):
    table = session.with_suffix(".csv")
    assert main(["export", str(session), "--exercise", "plank", "--csv", str(table)]) == 0
    with table.open(encoding="utf-8", newline="") as file:
        names = next(csv.reader(file))
    assert {f"measure_{name}" for name in stock("plank").measures} <= set(names)


def test_what_cannot_be_exported_is_said(session, tmp_path, capsys):
    assert main(["export", str(session)]) == 2
    assert "Say what to write: --trc" in capsys.readouterr().err
    with RecordingWriter(tmp_path / "empty.fcr", {"exercise": "plank"}) as writer:
        writer.close({})
    assert main(["export", str(tmp_path / "empty.fcr"), "--csv", str(tmp_path / "b.csv")]) == 2
    assert "holds no samples; there is nothing to export" in capsys.readouterr().err
