"""Killed at any moment, formcoach leaves files that open, and no half of one under its name."""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import ModuleType

import pytest

from coached import stock
from formcoach.history import History
from formcoach.history_log import SessionLog
from formcoach.recording import RecordingWriter, read_recording
from formcoach.session import Session
from formcoach.showing import take
from formcoach.spec_file import find_spec
from pages import ROOT
from puppet import perform

HEADER = {"exercise": "hip-hinge", "spec_toml": find_spec("hip-hinge").read_text("utf-8")}

OWN = ("kills", "kills_jobs", "kills_left", "measuring")


@pytest.fixture
def kills(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    yield importlib.import_module("kills")
    for name in OWN:
        sys.modules.pop(name, None)


@pytest.fixture
def left_by(kills: ModuleType) -> ModuleType:
    return sys.modules["kills_left"]


def jobs(kills: ModuleType, *names: str) -> list:
    return [job for job in kills.JOBS if job.name in names]


@pytest.mark.display
@pytest.mark.model
def test_killed_while_it_coaches_and_replays_it_leaves_nothing_broken(kills, model_path, tmp_path):
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        pytest.skip("there is no display; run under Xvfb to have one")
    named = jobs(kills, "live --record", "replay of a video", "replay of a recording")
    left = list(kills.kills(named, tmp_path, 2, 3, ("--model", str(model_path))))
    assert [problem for each in left for problem in each.problems] == []
    assert any(each.killed for each in left)


def test_killed_while_it_writes_it_leaves_the_old_or_the_new(kills, tmp_path):
    named = jobs(
        kills,
        "tune --write",
        "tune --undo",
        "a session into the history",
        "history --forget",
        "the studio's save",
    )
    left = list(kills.kills(named, tmp_path, 4, 1))
    assert [problem for each in left for problem in each.problems] == []
    assert sum(each.killed for each in left) >= 2


# ---- what the check would find -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("out.json", json.dumps({"a": 1})[:-1]),
        ("out.html", "<html><body>"),
        ("out.mp4", (ROOT / "recordings" / "demo-plank.mp4").read_bytes()[:200_000]),
        ("out.html.out.mp4", ""),
        ("stray", "what is this?"),
    ],
)
def test_half_a_file_under_a_final_name_is_found(left_by, tmp_path, name, content):
    content = content if isinstance(content, bytes) else content.encode()
    (tmp_path / name).write_bytes(content)
    assert [sentence.split()[0] for sentence in left_by.broken_file(tmp_path / name)] == [name]


def test_whole_files_are_no_problem(left_by, tmp_path):
    (tmp_path / "out.json").write_text("[1]", "utf-8")
    (tmp_path / "out.html").write_text("<html></html>\n", "utf-8")
    (tmp_path / "out.mp4").write_bytes((ROOT / "recordings" / "demo-plank.mp4").read_bytes())
    assert [sentence for path in tmp_path.iterdir() for sentence in left_by.broken_file(path)] == []


@pytest.fixture
def tuned(kills: ModuleType, tmp_path: Path):
    """A tune that was gone through, as if it had changed one file from `old` to `new`, and a history."""
    (job,) = jobs(kills, "tune --write")
    for when, text in (("before", "old"), ("after", "new"), ("now", "old")):
        (tmp_path / when).mkdir()
        (tmp_path / when / "a.csv").write_text(text, "utf-8")
        with History(tmp_path / when / "history.sqlite") as history:
            history.write_note(datetime(2026, 3, 10).date())
    return kills.Ready(job, tmp_path / "before", tmp_path / "after", 1, 1, 1.0)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda now: None, []),
        (lambda now: (now / "a.csv").write_text("new"), []),
        (lambda now: (now / "a.csv.17.part").write_text("ne"), []),
        (lambda now: (now / "a.csv").write_text("ne"), ["a.csv is neither as it was nor as it should be"]),
        (lambda now: (now / "a.csv").unlink(), ["a.csv is gone"]),
        (lambda now: (now / "b.csv").touch(), ["b.csv is neither as it was nor as it should be"]),
        (
            lambda now: (now / "history.sqlite").unlink(),
            ["history.sqlite is gone", "the history is neither as it was nor as it should be"],
        ),
        (lambda now: (now / "history.sqlite").write_bytes(b"SQLite format 3\0" + bytes(99)), [None]),
    ],
)
def test_what_is_neither_old_nor_new_is_found(kills, left_by, tuned, tmp_path, spoil, told):
    spoil(tmp_path / "now")
    left = left_by.Left(tuned.job, "change", True)
    left_by.look(tuned, tmp_path / "now", [], left)
    assert len(left.problems) == len(told)
    assert all(want in (None, found) for want, found in zip(told, left.problems, strict=True))


@pytest.mark.parametrize("heard", [True, False])
def test_repetitions_that_are_recorded_and_not_in_the_history_are_found(left_by, tmp_path, heard):
    path = tmp_path / "a.fcr"
    session = Session(stock("hip-hinge"))
    with History(tmp_path / "history.sqlite") as history, RecordingWriter(path, HEADER) as recorder:
        log = SessionLog(history, datetime(2026, 3, 10).astimezone(), recording=str(path))
        for sample in perform("hip-hinge", reps=2).samples:
            recorder.add(sample)
            if heard:
                log.hear(take(session, sample))
        recorder.close({})
        found = list(left_by.missing_in(history, path, read_recording(path)))
    assert found == ([] if heard else ["the history has 0 of 2 repetitions"])
