"""A routine from a fed camera: two exercises one after the other, in a window, without a key pressed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coached import stock
from formcoach import commands, live, live_command, routine, routine_machine
from formcoach.camera import LiveCamera
from formcoach.cli import main
from formcoach.history import History
from formcoach.history_read import sets_done
from formcoach.language_file import read_language
from formcoach.live import LiveResult, coach_live, run_live
from formcoach.recording import RecordingWriter, read_recording
from formcoach.replaying import Wanted, replay_recording
from formcoach.report import SessionReport
from formcoach.routine import plan
from formcoach.routine_file import read_routine, specs_of
from formcoach.routine_session import RoutineSession
from formcoach.showing import Showing
from formcoach.talker import Talker
from formcoach.transcript import Transcriber, transcript
from formcoach.video_out import VideoWriter
from overhearing import words
from puppet import perform
from puppet.drawing import draw, frames
from test_live import Stage

TWO = """
format = 1
name = "Two short ones"
about = "A hinge and a plank."
source = "A test"
when = "Now."

[[steps]]
exercise = "hip-hinge"
reps = 1
sets = 1
rest_s = 1

[[steps]]
exercise = "plank"
hold_s = 2
sets = 1
"""

WAIT_S = 2.0


@pytest.fixture
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routine, "LEAD_S", WAIT_S)
    monkeypatch.setattr(routine_machine, "LEAD_S", WAIT_S)
    monkeypatch.setattr(routine_machine, "ENDED_S", 1.0)
    monkeypatch.setattr(live, "END_CARD_S", 0.0)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A person who hinges twice and then planks, as drawn by the puppet."""
    path = tmp_path_factory.mktemp("clip") / "two.mp4"
    hinge = perform("hip-hinge", reps=2, rest_s=2.0, move_s=1.0, hold_s=0.3, fps=12)
    plank = perform("plank", hold_s=7, fps=12)
    writer, start = None, 0.0
    for performance in (hinge, plank):
        for frame in frames(performance, 360):
            if writer is None:
                writer = VideoWriter(path, frame.image.shape[1], frame.image.shape[0], rate=None)
            writer.write(frame.image, start + frame.t)
        start += frame.t + 0.1
    assert writer is not None
    writer.close()
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's own specs, with the routine `two` among them."""
    (tmp_path / "own" / "routines").mkdir(parents=True)
    (tmp_path / "own" / "routines" / "two.toml").write_text(TWO)
    monkeypatch.setenv("FORMCOACH_SPECS", str(tmp_path / "own"))
    monkeypatch.setenv("FORMCOACH_RECORDINGS", str(tmp_path / "recordings"))
    return tmp_path


def planned(folder: Path) -> routine.Plan:
    found = read_routine(folder / "own" / "routines" / "two.toml")
    return plan(found, specs_of(found))


@pytest.mark.model
def test_two_exercises_from_a_camera_without_a_key(clip, model_path, folder, short_waits):
    two = planned(folder)
    header = commands.routine_header(two, [None, None], "a clip", model_path)
    stage = Stage()
    with LiveCamera(clip) as camera, RecordingWriter(folder / "a.fcr", header) as recorder:
        result = coach_live(RoutineSession(two, recorder), camera, model_path, stage, Showing(mirror=True))
    hinge, plank = result.report.steps
    assert (hinge.outcome, plank.outcome) == ("done", "done")
    assert hinge.sets[0].performed("") == 1
    assert plank.sets[0].hold_s >= 2
    assert stage.pictures > 20
    assert "routine" in read_recording(folder / "a.fcr").header
    again = replay_recording(folder / "a.fcr", None, Wanted(video=folder / "a.mp4")).report
    assert json.dumps(again.as_dict()) == json.dumps(result.report.as_dict())
    assert (folder / "a.mp4").stat().st_size > 10_000


ROLLS = """
format = 1
name = "A sequence and a rest"
about = "Knee rolls, then nothing."
source = "A test"
when = "Now."

[[steps]]
exercise = "knee-rolls"
reps = 1
rest_s = 1

[[steps]]
name = "Rest"
seconds = 1
"""


@pytest.mark.model
def test_a_sequence_from_a_camera_without_a_key(tmp_path, model_path, folder, short_waits):
    (folder / "own" / "routines" / "two.toml").write_text(ROLLS)
    rolls = draw(perform("knee-rolls", reps=1, rest_s=3.0, fps=8), tmp_path / "rolls.mp4", height=360)
    two = planned(folder)
    header = commands.routine_header(two, [None, None], "a clip", model_path)
    with LiveCamera(rolls) as camera, RecordingWriter(folder / "a.fcr", header) as recorder:
        showing = Showing(mirror=True)
        report = coach_live(RoutineSession(two, recorder), camera, model_path, Stage(), showing).report
    found, rest = report.steps
    assert (found.outcome, rest.outcome) == ("done", "done")
    assert found.good
    assert [one.performed for one in found.sets[0].rounds] == [True]
    again = replay_recording(folder / "a.fcr", None).report
    assert json.dumps(again.as_dict()) == json.dumps(report.as_dict())


@pytest.mark.model
def test_it_hurts_ends_an_exercise_at_once_and_offers_the_gentle_ones(clip, model_path, tmp_path):
    stage = Stage({8: "hurts", 12: "restart", 14: "gentle"})
    header = {"exercise": "plank", "spec_toml": (routine_folder() / "plank.toml").read_text("utf-8")}
    with LiveCamera(clip) as camera, RecordingWriter(tmp_path / "a.fcr", header) as recorder:
        result = run_live(stock("plank"), camera, model_path, stage, recorder=recorder)
    assert result.wants_gentle
    assert result.report.hurt_at is not None
    assert result.report.samples < 40
    assert [action.name for action in read_recording(tmp_path / "a.fcr").actions] == ["hurts"]
    again = replay_recording(tmp_path / "a.fcr", None).report
    assert json.dumps(again.as_dict()) == json.dumps(result.report.as_dict())


def routine_folder() -> Path:
    from formcoach.spec_file import stock_folder

    return stock_folder()


@pytest.mark.model
def test_without_pain_the_gentle_key_does_nothing(clip, model_path):
    stage = Stage({3: "gentle", 8: "end"})
    with LiveCamera(clip) as camera:
        result = run_live(stock("plank"), camera, model_path, stage)
    assert not result.wants_gentle
    assert stage.pictures >= 8


class Heard(Transcriber):
    """In place of a voice: takes down what is said, and speaks aloud on nobody's machine."""

    def __init__(self, talker: Talker) -> None:
        super().__init__(talker)
        self.lost = False

    def lose_camera(self) -> None:
        self.lost = True

    def find_camera(self) -> None:
        self.lost = False


@pytest.fixture
def voices(monkeypatch: pytest.MonkeyPatch) -> list[Heard]:
    """The voices that live sessions open, one after the other."""
    opened: list[Heard] = []

    @contextmanager
    def voice_of(options: argparse.Namespace) -> Iterator[Heard | None]:
        if options.voice == "off":
            yield None
            return
        opened.append(Heard(Talker(read_language(options.language), options.voice)))
        yield opened[-1]

    monkeypatch.setattr(live_command, "voice_of", voice_of)
    return opened


@pytest.mark.model
@pytest.mark.display
def test_the_command_runs_a_routine_in_a_window_and_remembers_it(
    clip, model_path, folder, short_waits, capsys, voices
):
    pytest.importorskip("formcoach.window")
    import os

    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        pytest.skip("there is no display; run under Xvfb to have one")
    command = ["live", "--routine", "two", "--camera", str(clip), "--model", str(model_path), "--record"]
    assert main([*command, "--json", str(folder / "a.json"), "--transcript"]) == 0
    out = capsys.readouterr().out
    assert "no substitute\nfor medical advice" in out
    assert " 1. Hip hinge: done" in out
    assert " 2. Plank: done" in out
    report = json.loads((folder / "a.json").read_text("utf-8"))
    assert [step["outcome"] for step in report["steps"]] == ["done", "done"]
    (recording,) = (folder / "recordings").glob("two-*.fcr")
    assert main(["replay", str(recording), "--json", str(folder / "b.json"), "--transcript"]) == 0
    (voice,) = voices
    said = transcript(voice.lines())
    assert f"What was said:\n{said}\n" in out
    assert capsys.readouterr().out.endswith(f"What is said:\n{said}\n")
    assert "Well done. Next: Plank, side to the camera." in said
    assert (folder / "b.json").read_bytes() == (folder / "a.json").read_bytes()
    with History() as kept:
        assert kept.note_read
        assert len(kept.days("two", "plank")) == 1
        assert [one.exercise for one in sets_done(kept) if one.counts] == ["hip-hinge", "plank"]


@pytest.mark.model
def test_after_pain_the_gentle_routine_begins_and_the_day_is_kept(
    clip, model_path, folder, short_waits, capsys, monkeypatch, voices
):
    window = pytest.importorskip("formcoach.window")

    class Pressed(Stage):
        def __init__(self, _title: str, *, full_screen: bool) -> None:
            assert full_screen
            super().__init__({6: "hurts", 9: "gentle", 14: "next", 20: "end"})

        def __enter__(self):
            return self

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(window, "Window", Pressed)
    command = ["live", "hip-hinge", "--camera", str(clip), "--model", str(model_path), "--language", "de"]
    assert main([*command, "--json", str(folder / "a.json")]) == 0
    hinge, flare_up = (words(voice.lines()) for voice in voices)
    assert hinge[-1] == "Schluss. Ruh dich aus. Wenn es bleibt, geh zum Arzt."
    assert flare_up[0].startswith("Zuerst: ")
    out = capsys.readouterr().out
    assert "It hurt at" in out
    assert "formcoach live --routine flare-up" in out
    assert "When it flares up" in out
    assert json.loads((folder / "a.json").read_text("utf-8"))["hurt_at"] > 0
    gentle = json.loads((folder / "a-gentle.json").read_text("utf-8"))
    assert gentle["routine"] == "flare-up"
    assert gentle["steps"][0]["outcome"] == "broken off"
    with History() as kept:
        assert [day.pain for day in kept.days("daily-15", "bridge")] == [True]


@pytest.mark.parametrize("failure", ["", "The camera stopped giving pictures."])
def test_the_voice_says_that_the_camera_is_gone(clip, folder, capsys, monkeypatch, voices, failure):
    live, window = pytest.importorskip("formcoach.live"), pytest.importorskip("formcoach.window")

    def coach_live(session: Any, *_: object, **__: object) -> LiveResult[SessionReport]:
        return LiveResult(session.finish(), 0, (), (), failure, closed=True)

    monkeypatch.setattr(live, "coach_live", coach_live)
    monkeypatch.setattr(window, "Window", lambda _title, **_: nullcontext())
    monkeypatch.setattr(commands, "find_model", lambda _options: clip)
    assert main(["live", "plank", "--camera", str(clip)]) == (2 if failure else 0)
    assert [voice.lost for voice in voices] == [bool(failure)]
    assert main(["live", "plank", "--camera", str(clip), "--voice", "off"]) == (2 if failure else 0)
    assert len(voices) == 1


# ---- what is asked before ----------------------------------------------------------------------


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """What will be answered at the terminal, in order."""
    given: list[str | None] = []
    monkeypatch.setattr(live_command, "_ask", lambda question: given.pop(0) if given else None)
    return given


TODAY = date(2026, 3, 10)


@pytest.fixture
def kept() -> Iterator[History]:
    with History() as history:
        yield history


def test_the_medical_note_is_shown_once(capsys, answers, kept):
    live_command._show_note(kept, TODAY)
    assert live_command.NOTE in capsys.readouterr().out
    live_command._show_note(kept, TODAY)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("said", "done", "remembered"),
    [
        (["y", ""], "flare-up", True),
        (["y", "n"], "two", True),
        (["n"], "two", False),
        ([""], "two", None),
        ([None], "two", None),
    ],
)
def test_pain_is_asked_for_and_the_gentle_ones_are_offered(
    folder, answers, capsys, kept, said, done, remembered
):
    answers += said
    assert live_command._without_pain(planned(folder), kept, TODAY) == done
    assert kept.pain_on(TODAY) is remembered


def test_an_answer_is_good_for_the_day(folder, answers, capsys, kept):
    kept.write_pain(TODAY, False)
    answers += ["y"]
    assert live_command._without_pain(planned(folder), kept, TODAY) == "two"
    assert answers == ["y"]


def test_the_gentle_routine_is_done_with_pain_without_another_question(folder, answers, capsys, kept):
    kept.write_pain(TODAY, True)
    found = read_routine(routine_folder() / "routines" / "flare-up.toml")
    gentle = plan(found, specs_of(found))
    assert live_command._without_pain(gentle, kept, TODAY) == "flare-up"
    assert capsys.readouterr().out == ""


def test_an_exercise_and_a_routine_at_once_are_refused(capsys):
    assert main(["live", "plank", "--routine", "daily-15"]) == 2
    assert "not both" in capsys.readouterr().err
    assert main(["live", "--routine", "daily-16"]) == 2
    assert "did you mean daily-15" in capsys.readouterr().err
