"""Killed at any moment, formcoach leaves a history and recordings that open, and no half of a file."""

from __future__ import annotations

import importlib
import json
import os
import sys
from datetime import datetime
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


@pytest.fixture
def kills(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    yield importlib.import_module("kills")
    for name in ("kills", "measuring"):
        sys.modules.pop(name, None)


@pytest.mark.display
@pytest.mark.model
def test_killed_at_random_moments_it_leaves_nothing_broken(kills, model_path, tmp_path):
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        pytest.skip("there is no display; run under Xvfb to have one")
    from puppet.drawing import draw

    clip, recording = tmp_path / "hinge.mp4", tmp_path / "hinge.fcr"
    one = perform("hip-hinge", reps=2, rest_s=0.5, move_s=0.8, hold_s=0.3, fps=10)
    draw(one, clip, height=240)
    with RecordingWriter(recording, HEADER) as recorder:
        for sample in one.samples:
            recorder.add(sample)
    site = kills.site_for(tmp_path, clip, "hip-hinge", recording, model_path, live_s=6.0)
    left = list(kills.kills(site, 6, seed=3))
    assert [problem for each in left for problem in each.problems] == []
    assert any(each.killed for each in left)
    with History(tmp_path / "history.sqlite") as history:
        assert history.rows("PRAGMA integrity_check") == [("ok",)]


# ---- what the check would find -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("out-1.json", json.dumps({"a": 1})[:-1]),
        ("out-1.html", "<html><body>"),
        ("out-1.mp4", (ROOT / "recordings" / "demo-plank.mp4").read_bytes()[:200_000]),
        ("out-1.html.1.mp4", ""),
    ],
)
def test_half_a_file_under_a_final_name_is_found(kills, tmp_path, name, content):
    content = content if isinstance(content, bytes) else content.encode()
    (tmp_path / name).write_bytes(content)
    (tmp_path / f"{name}.4711.part").write_bytes(content)
    assert [sentence.split()[0] for sentence in kills.broken_files(tmp_path, "out-1")] == [name]


def test_whole_files_are_no_problem(kills, tmp_path):
    (tmp_path / "out-1.json").write_text("[1]", "utf-8")
    (tmp_path / "out-1.html").write_text("<html></html>\n", "utf-8")
    (tmp_path / "out-1.mp4").write_bytes((ROOT / "recordings" / "demo-plank.mp4").read_bytes())
    assert list(kills.broken_files(tmp_path, "out-1")) == []


@pytest.mark.parametrize("heard", [True, False])
def test_repetitions_that_are_recorded_and_not_in_the_history_are_found(kills, tmp_path, heard):
    path = tmp_path / "a.fcr"
    session = Session(stock("hip-hinge"))
    with History(tmp_path / "history.sqlite") as history, RecordingWriter(path, HEADER) as recorder:
        log = SessionLog(history, datetime(2026, 3, 10).astimezone(), recording=str(path))
        for sample in perform("hip-hinge", reps=2).samples:
            recorder.add(sample)
            if heard:
                log.hear(take(session, sample))
        recorder.close({})
        found = list(kills._missing_in(history, path, read_recording(path)))
    assert found == ([] if heard else ["the history has 0 of 2 repetitions"])
