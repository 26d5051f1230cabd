"""A session played back: each of its moments as it was, by keys, on a screen of any size."""

from __future__ import annotations

import os
import subprocess
import sys

import cv2
import numpy as np
import pytest
from pytest import approx

from coached import coach, stock
from formcoach.actions import Action
from formcoach.cli import main
from formcoach.overlay.design import Design
from formcoach.overlay.strip import COLOURS, HELP, Strip
from formcoach.playback import KEYS, Playback
from formcoach.played import Played, play_through
from formcoach.player import Mark, Player
from formcoach.recording import RecordingWriter
from formcoach.reel import LONGEST, Reel
from formcoach.routine_session import RoutineSession
from formcoach.session import Session
from formcoach.showing import Showing
from formcoach.spec_file import find_spec
from formcoach.window import CLOSED
from little_videos import colours, quarters
from pages import ROOT
from puppet import perform
from test_routine_session import SAMPLES as ROUTINE
from test_routine_session import TWO

DEMO = ROOT / "recordings" / "demo-bird-dog.fcr"
EMPTY = np.zeros((360, 640, 3), np.uint8)


@pytest.fixture(scope="module")
def performance():
    return perform("bird-dog", reps=2, fault="knee_bent", hold_s=2, fps=12, back=True)


@pytest.fixture(scope="module")
def played(performance) -> Played:
    return play_through(Session(stock("bird-dog")), performance.samples)


class Desk:
    """A screen that keeps what it is shown, gets a key every so many pictures, and is left at the end."""

    def __init__(self, keys: list[str], size: tuple[int, int] | None = (640, 480)) -> None:
        self.pictures: list[np.ndarray] = []
        self._keys, self._size = list(keys), size

    def show(self, image) -> None:
        self.pictures.append(image.copy())

    def key(self) -> str:
        return self._keys.pop(0) if self._keys else "end"

    def size(self):
        return self._size


def playback(played: Played, keys: list[str], size=(640, 480)) -> tuple[Playback, Desk]:
    desk = Desk(keys, size)
    showing = Showing(mirror=False, began=played.times[0])
    return Playback(played, lambda _number: EMPTY, desk, showing), desk


def run(played: Played, keys: list[str], step_s: float = 0.1, size=(640, 480)) -> tuple[Playback, Desk]:
    """Press keys, one each `step_s`."""
    one, desk = playback(played, keys, size)
    ticks = iter(np.arange(0, 10_000) * step_s)
    one.run(lambda: float(next(ticks)), lambda _seconds: None)
    return one, desk


def test_what_is_marked_is_what_the_report_tells(played, performance):
    report = coach("bird-dog", performance.samples).report
    assert [mark.start for mark in played.attempts] == [rep.start for rep in report.repetitions]
    assert {mark.kind for mark in played.attempts} == {"counted"}
    assert sorted(mark.start for mark in played.faults) == sorted(fault.start for fault in report.faults)
    severities = {stock("bird-dog").checks[fault.check].severity for fault in report.faults}
    assert {mark.kind for mark in played.faults} == severities


def test_each_moment_is_the_answer_that_was_given_then(played, performance):
    steps = coach("bird-dog", performance.samples).steps
    assert [moment.scene.coaching.t for moment in played.moments] == [step.t for step in steps]
    assert [moment.scene.coaching.phase for moment in played.moments] == [step.phase for step in steps]


def test_a_jump_to_a_fault_shows_it(played):
    one, _ = run(played, ["toggle", "fault on"])
    coaching = played.moments[one.player.sample].scene.coaching
    assert [fault.check for fault in coaching.faults]


def test_a_moment_looks_the_same_however_one_got_there(played):
    at = played.moments[len(played.moments) // 2].scene.t
    _, there = run(played, ["toggle", *["picture on"] * (len(played.moments) // 2), ""])
    one, _ = playback(played, [])
    one.player.toggle()
    one.player.seek(at - one.player.t)
    once = one._draw()
    top = 480 - 120  # above the strip
    different = np.abs(once[:top].astype(int) - there.pictures[-1][:top]).max(axis=2) > 40
    # The edge of the back is eased from reading to reading, and a number's place has a memory of its own.
    assert different.mean() < 0.02


def test_a_routine_is_played_back_with_all_its_sets():
    played = play_through(RoutineSession(TWO), ROUTINE)
    assert {mark.kind for mark in played.attempts} == {"counted"}
    assert len(played.attempts) == 2 + 1  # hinges, and a plank
    one, desk = run(played, ["toggle", "attempt on", "attempt on", "attempt on"])
    assert played.moments[one.player.sample].scene.spec.id == "plank"
    assert len({picture.tobytes() for picture in desk.pictures}) == len(desk.pictures) == 4


def test_what_was_asked_for_in_the_session_is_shown_as_it_was(performance):
    samples = performance.samples
    stream = [*samples[:20], Action(samples[20].t, "pause"), *samples[20:30]]
    played = play_through(Session(stock("bird-dog")), stream)
    assert [moment.paused for moment in played.moments] == [False] * 20 + [True] * 10


def test_keys_do_what_they_say(played):
    assert run(played, ["toggle", "on", "on", "back"])[0].player.t == approx(played.times[0] + 5.1, abs=0.11)
    assert run(played, ["slower", "slower", *[""] * 10])[0].player.t == approx(
        played.times[0] + 12 * 0.1 * 0.25, abs=0.1
    )
    one, _ = run(played, ["toggle", "attempt on", "attempt on"])
    assert one.player.t == played.attempts[1].at
    one, _ = run(played, ["toggle", "attempt on", "attempt on", "attempt back", "other"])
    assert one.player.t == played.attempts[0].at
    assert run(played, ["toggle", "on", "restart"])[0].player.sample == 0


def test_every_key_that_is_told_does_something(played):
    one, _ = playback(played, [])
    assert set(KEYS.values()) - {"end", "whole screen"} == set(one._does)


def test_the_keys_that_are_shown_are_those_that_there_are():
    names = {ord(" "): "Space", ord("-"): "−", ord("="): "+", 27: "Q"}
    arrows = {code: "←" if does == "back" else "→" for code, does in KEYS.items() if does in ("back", "on")}
    there = {names.get(code) or arrows.get(code) or chr(code).upper() for code in KEYS}
    assert {key for keys, _ in HELP for key in keys.split()} == there


def test_nothing_is_drawn_again_while_nothing_changes(played):
    _, desk = run(played, ["toggle", *[""] * 20])
    assert len(desk.pictures) == 1


@pytest.mark.parametrize("size", [(640, 480), (1280, 720), (360, 640), (3840, 2160)])
def test_it_fills_the_screen_and_the_strip_shows_where_one_is(played, size):
    _, desk = run(played, ["toggle", "fault on"], size=size)
    picture = desk.pictures[-1]
    assert picture.shape == (size[1], size[0], 3)
    strip = picture[-size[1] // 3 :]
    for kind in ("counted", played.faults[0].kind):
        assert (strip == COLOURS[kind]).all(axis=2).any()


def test_a_screen_that_changes_its_size_gets_pictures_that_fit(played):
    one, desk = playback(played, [])
    first = one._draw().shape
    desk._size = (800, 600)
    assert (first, one._draw().shape) == ((480, 640, 3), (600, 800, 3))


def test_a_window_whose_size_is_not_known_yet_gets_a_roomy_picture(played):
    _, desk = run(played, [""], size=None)
    assert desk.pictures[0].shape == (720, 1280, 3)


def test_what_did_not_count_is_hollow():
    player = Player([0.0, 10.0])
    marks = [Mark(1, 4, 2, "counted"), Mark(6, 9, 7, "not counted")]
    canvas = np.zeros((480, 640, 3), np.uint8)
    strip = Strip(Design(640, 480), player, marks, [])
    strip.draw(canvas)
    shown = canvas[-strip.height :]
    row = np.flatnonzero((shown == COLOURS["counted"]).all(axis=2).any(axis=1))
    middle = shown[(row[0] + row[-1]) // 2]
    counted, not_counted = (
        (middle == COLOURS[kind]).all(axis=1).sum() for kind in ("counted", "not counted")
    )
    assert counted > 100
    assert 0 < not_counted < 10


def test_the_reel_gives_any_picture_back():
    with Reel() as reel:
        for shade in (0, 100):
            reel.add(quarters(2 * LONGEST, 200, shade))
        assert reel.picture(1).shape == (100, LONGEST, 3)
        assert colours(reel.picture(0)) == colours(quarters(64, 64))
        assert reel.picture(0).mean() > reel.picture(1).mean()


# ---- the command in a real window ----------------------------------------------------------------

PRESSED = """
import sys, cv2, numpy as np
from pathlib import Path
from unittest.mock import patch
from formcoach import window
from formcoach.cli import main

keys = [ord(" "), *map(int, sys.argv[1].split(",")), -1, -1, -1, -1, -1, -1, ord("q")]
shown = []
pump = cv2.waitKeyEx

def press(ms):
    pump(ms)
    return keys.pop(0) if shown else -1

show = cv2.imshow
def keep(title, image):
    shown.append(image.copy())
    show(title, image)

with patch.object(cv2, "waitKeyEx", press), patch.object(cv2, "imshow", keep):
    code = main(["show", *sys.argv[2:]])
print(code, len({image.tobytes() for image in shown}) > 1, shown[-1].shape)
"""


def in_a_window(keys: list[int], *arguments: object) -> str:
    """What comes of `formcoach show` when keys are pressed, in a process and a window of its own."""
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        pytest.skip("there is no display; run under Xvfb to have one")
    command = [sys.executable, "-c", PRESSED, ",".join(map(str, keys)), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.display
def test_a_recording_is_played_back_in_a_window():
    assert in_a_window([ord("c"), 0xFF53, ord(".")], DEMO, "--window").startswith("0 True (720, ")


@pytest.mark.display
def test_a_recording_is_played_back_on_the_whole_screen_in_german():
    assert in_a_window([ord("n"), ord("f")], DEMO, "--language", "de", "--angles").startswith("0 True")


@pytest.mark.display
@pytest.mark.model
def test_a_video_is_looked_at_and_played_back(model_path, tmp_path):
    from puppet.drawing import draw

    clip = tmp_path / "hinge.mp4"
    draw(perform("hip-hinge", reps=1, rest_s=0.5, move_s=0.8, hold_s=0.3, fps=8), clip, height=240)
    shown = in_a_window(
        [ord("n"), ord(",")], clip, "--exercise", "hip-hinge", "--window", "--model", model_path
    )
    assert shown.startswith("0 True")


@pytest.fixture
def nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A window that is closed at once."""

    class Closed:
        def __init__(self, *_: object, **__: object) -> None: ...

        def __enter__(self):
            return self

        def __exit__(self, *_: object) -> None: ...

        def key(self) -> str:
            return CLOSED

    monkeypatch.setattr("formcoach.window.Window", Closed)


def test_a_recording_without_samples_is_told(nobody_looks, tmp_path, capsys):
    path = tmp_path / "empty.fcr"
    header = {"exercise": "plank", "spec_toml": find_spec("plank").read_text("utf-8")}
    with RecordingWriter(path, header) as recorder:
        recorder.close({})
    assert main(["show", str(path)]) == 2
    assert "holds no samples; there is nothing to show" in capsys.readouterr().err


def test_a_video_needs_its_exercise(nobody_looks, tmp_path, capsys):
    cv2.imwrite(str(tmp_path / "a.png"), EMPTY)
    assert main(["show", str(tmp_path / "a.mp4")]) == 2
    assert "Say which exercise" in capsys.readouterr().err


def test_a_window_closed_at_once_is_no_fault(nobody_looks):
    assert main(["show", str(DEMO)]) == 0
