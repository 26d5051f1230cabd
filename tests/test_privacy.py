"""Nothing leaves the machine: no command opens a connection, nor does any process that it starts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from formcoach.recording import RecordingWriter
from formcoach.spec_file import find_spec
from pages import ROOT
from puppet import perform
from puppet.drawing import draw

WATCH = """
import os, socket, sys

CALLS = {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
         "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request"}

def watch(event, given):
    if event in CALLS and getattr(given[0], "family", None) != socket.AF_UNIX:
        with open(os.environ["CALLS_SEEN"], "a") as file:
            file.write(f"{event} {given[1:]!r}\\n")

sys.addaudithook(watch)
"""


@pytest.fixture
def run(tmp_path: Path):
    """Runs a command as a person would, and gives the connections that it or its children tried."""
    (tmp_path / "watching").mkdir()
    (tmp_path / "watching" / "sitecustomize.py").write_text(WATCH)
    seen = tmp_path / "calls"
    paths = os.pathsep.join([str(tmp_path / "watching"), str(ROOT)])

    def of(*command: object) -> str:
        done = subprocess.run(
            [sys.executable, *map(str, command)],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": paths, "CALLS_SEEN": str(seen)},
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        return seen.read_text() if seen.exists() else ""

    return of


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    header = {"exercise": "squat", "spec_toml": find_spec("squat").read_text("utf-8")}
    with RecordingWriter(tmp_path / "squat.fcr", header) as writer:
        for sample in perform("squat", reps=2, fps=15).samples:
            writer.add(sample)
        writer.close({})
    return tmp_path / "squat.fcr"


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return draw(perform("squat", reps=1, fps=8), tmp_path / "squat.mp4", height=240)


def test_a_connection_would_be_noticed(run):
    code = "import socket; s = socket.socket(); s.settimeout(1); s.connect_ex(('127.0.0.1', 9))"
    assert "socket.connect" in run("-c", code)
    child = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])"
    assert run("-c", child, code).count("socket.connect") == 2


@pytest.mark.parametrize(
    "command",
    [
        ("replay", "squat.fcr", "--report", "squat.html", "--json", "squat.json", "--transcript"),
        ("replay", "squat.fcr", "--against", "stock"),
        ("replay", ".", "--jobs", "2"),
        ("export", "squat.fcr", "--trc", "squat.trc", "--csv", "squat.csv"),
        ("history", "--page", "history.html", "--csv", "history.csv"),
        ("specs",),
        ("routine", "daily-15"),
    ],
    ids=" ".join,
)
def test_what_looks_back_asks_the_network_for_nothing(run, recording, command):
    assert run("-m", "formcoach", *command) == ""


@pytest.mark.model
def test_a_video_is_replayed_without_the_network(run, film, model_path):
    how = ("--exercise", "squat", "--report", "a.html", "--video", "a.mp4", "--model", model_path)
    assert run("-m", "formcoach", "replay", film, *how) == ""


@pytest.mark.model
@pytest.mark.display
def test_a_session_is_coached_and_spoken_without_the_network(run, film, model_path):
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        pytest.skip("there is no display; run under Xvfb to have one")
    how = ("--camera", film, "--record", "--model", model_path, "--window")
    assert run("-m", "formcoach", "live", "squat", *how) == ""
