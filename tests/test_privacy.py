"""Nothing leaves the machine: no command opens a connection, nor does any process that it starts."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from formcoach.label_file import label_path, write_labels
from formcoach.recording import RecordingWriter
from formcoach.spec_file import find_spec
from labelled import samples_and_labels
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


SHOW = """
import cv2, sys
from formcoach.cli import main

keys = iter([*map(ord, "  "), *[-1] * 5, ord("q")])
pump, show = cv2.waitKeyEx, cv2.imshow
shown = []
cv2.imshow = lambda *what: (shown.append(1), show(*what))
cv2.waitKeyEx = lambda ms: (pump(ms), next(keys) if shown else -1)[1]
sys.exit(main(["show", *sys.argv[1:]]))
"""
"""Plays a file back, and presses keys as a person would."""


@pytest.fixture
def seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where every Python started from here on writes the connections that it tries."""
    (tmp_path / "watching").mkdir()
    (tmp_path / "watching" / "sitecustomize.py").write_text(WATCH)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "watching"), str(ROOT)]))
    monkeypatch.setenv("CALLS_SEEN", str(tmp_path / "calls"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "calls"


@pytest.fixture
def run(seen: Path):
    """Runs a command as a person would, and gives the connections that it or its children tried."""

    def of(*command: object, by: tuple[object, ...] = ()) -> str:
        done = subprocess.run(
            [*map(str, by), sys.executable, *map(str, command)], capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, done.stderr
        return seen.read_text() if seen.exists() else ""

    return of


@pytest.fixture
def traced(run, tmp_path: Path):
    """Runs a command, and gives the connections that the system was asked for, by whatever library."""
    if not shutil.which("strace"):
        pytest.skip("strace is not installed: what C++ libraries ask for cannot be seen")

    def of(*command: object) -> list[str]:
        kept = tmp_path / "trace"
        what = ("-e", "trace=connect,bind,sendto,sendmsg,sendmmsg", "-e", "signal=none")
        assert run(*command, by=("strace", "-f", "-qq", "--seccomp-bpf", *what, "-o", kept)) == ""
        return [line for line in kept.read_text(errors="replace").splitlines() if "AF_INET" in line]

    return of


@pytest.fixture
def a_display() -> None:
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        pytest.skip("there is no display; run under Xvfb to have one")


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


@pytest.fixture
def labelled(tmp_path: Path) -> None:
    """Two labelled recordings of the hip hinge: anna.fcr and ben.fcr."""
    for person in ("Anna", "Ben"):
        samples, labels = samples_and_labels("hip-hinge", person, reps=2)
        path = tmp_path / f"{person.lower()}.fcr"
        with RecordingWriter(path, {}) as writer:
            for sample in samples:
                writer.add(sample)
        write_labels(label_path(path), labels)


CONNECT = "import socket; s = socket.socket(); s.settimeout(1); s.connect_ex(('127.0.0.1', 9))"


def test_a_connection_would_be_noticed(run):
    code = CONNECT
    assert "socket.connect" in run("-c", code)
    child = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])"
    assert run("-c", child, code).count("socket.connect") == 2


@pytest.mark.parametrize(
    "command",
    [
        ("replay", "squat.fcr", "--report", "squat.html", "--json", "squat.json", "--transcript"),
        ("replay", "squat.fcr", "--against", "stock"),
        ("replay", ".", "--jobs", "2"),
        ("spec", "new", "my-squat", "--from", "squat.fcr"),
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


def test_bounds_are_tuned_without_the_network(run, labelled):
    assert run("-m", "formcoach", "tune", "hip-hinge", "anna.fcr", "ben.fcr", "--json", "tuned.json") == ""


@pytest.mark.display
@pytest.mark.usefixtures("a_display")
def test_a_session_is_played_back_without_the_network(run, recording):
    assert run("-c", SHOW, recording, "--window") == ""


@pytest.mark.model
@pytest.mark.display
@pytest.mark.usefixtures("a_display")
def test_a_session_is_coached_and_spoken_without_the_network(run, film, model_path):
    how = ("--camera", film, "--record", "--model", model_path, "--window")
    assert run("-m", "formcoach", "live", "squat", *how) == ""


# ---- what the system is asked for --------------------------------------------------------------


def test_a_connection_that_no_python_makes_would_be_noticed(traced):
    assert len(traced("-S", "-c", CONNECT)) == 1  # -S: without the look-out of this file's own


@pytest.mark.model
def test_mediapipe_asks_the_network_for_nothing_in_a_replay(traced, film, model_path):
    how = ("--exercise", "squat", "--report", "a.html", "--model", model_path)
    assert traced("-m", "formcoach", "replay", film, *how) == []


@pytest.mark.model
@pytest.mark.display
@pytest.mark.usefixtures("a_display")
def test_no_library_asks_the_network_for_anything_live(traced, film, model_path):
    how = ("--camera", film, "--record", "--model", model_path, "--window")
    assert traced("-m", "formcoach", "live", "squat", *how) == []


# ---- the studio: this machine alone ------------------------------------------------------------


def test_the_studio_is_heard_on_this_machine_alone(seen, recording):
    """It binds its port there and connects to nowhere; a page is fetched, as a browser does."""
    command = [sys.executable, "-m", "formcoach", "studio", recording, "--exercise", "squat", "--no-browser"]
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as studio:
        try:
            assert studio.stdout is not None
            address = re.search(r"http://\S+", studio.stdout.readline())
            assert address
            with browser.open(address[0], timeout=60) as page:
                assert b"<html" in page.read()
            studio.send_signal(signal.SIGINT)
            studio.communicate(timeout=60)
        finally:
            studio.kill()
    calls = seen.read_text().splitlines()
    assert calls and all(re.fullmatch(r"socket\.bind \(\('127\.0\.0\.1', \d+\),\)", one) for one in calls)
