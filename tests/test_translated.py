"""The screen in another language, and a session overheard: what is counted and kept stays the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from coached import stock
from formcoach.actions import Action
from formcoach.cli import main
from formcoach.landmarks import PoseSample
from formcoach.language import Language
from formcoach.language_file import read_language
from formcoach.praise import after_routine, after_set
from formcoach.recording import RecordingWriter
from formcoach.replaying import replay_recording
from formcoach.routine import Routine, Step, plan
from formcoach.routine_report import RoutineReport
from formcoach.routine_session import RoutineSession
from formcoach.session import Session
from formcoach.showing import Coached, Scene, Showing, take
from formcoach.spec_file import find_spec
from formcoach.talker import Talker
from formcoach.transcript import Line, Transcriber
from formcoach.translated import Translator, now_in
from overhearing import Overheard, told
from pages import ROOT
from puppet import perform
from test_routine_session import BIRD_DOG, HINGE, SAMPLES, WALK, planned

GERMAN = read_language("de")
STEPS = (HINGE, WALK, BIRD_DOG, Step(exercise="side-plank", sets=2, rest_s=5))
LEG_TWIST = Step("Leg twist", "leg-twist", seconds=9)
ALL = plan(
    Routine("a", "A routine", "About", "A book", "Daily", (*STEPS, LEG_TWIST)),
    {step.exercise: stock(step.exercise) for step in STEPS if step.exercise},
)
"""With an exercise that no spec tells of yet."""


def shown(session: Coached, samples: list[PoseSample], language: Language = GERMAN) -> list[Scene]:
    translate = Translator(language)
    return [translate(take(session, sample)) for sample in samples]


def test_in_english_a_routine_is_as_it_was() -> None:
    english = read_language("en")
    session = RoutineSession(ALL)
    for sample in SAMPLES:
        scene = take(session, sample)
        assert Translator(english)(scene) is scene
        assert now_in(english, session.now) == session.now
    while session.now.stage != "ended":  # through all the steps that are left
        session.act(Action(SAMPLES[-1].t, "skip"))
        assert now_in(english, session.now) == session.now


def test_in_german_names_steps_and_notes_are() -> None:
    session = RoutineSession(ALL)
    seen = []
    for _ in range(12):
        now = now_in(GERMAN, session.now)
        seen.append((now.where, now.says, now.progress))
        session.act(Action(0.0, "skip"))
    assert seen[0] == ("1 von 5: Hüftbeuge", "Hüftbeuge, seitlich zur Kamera", "Danach: Gehen")
    assert (
        "4 von 5: Seitstütz",
        "Seitstütz, mit dem Gesicht zur Kamera",
        "Satz 1 von 2 · Danach: Beine zur Seite",
    ) in seen
    assert ("5 von 5: Beine zur Seite", "Beine zur Seite (noch nicht beobachtet)", "") in seen
    assert seen[-1][1:] == ("Das war das Ende", "")


def test_in_german_cues_and_reasons_are_and_the_report_is_not() -> None:
    samples = perform("bird-dog", fps=15, reps=2, fault="knee_bent", hidden=("left_ear",)).samples
    session = Session(stock("bird-dog"))
    scenes = shown(session, samples)
    cues = {scene.coaching.cue.text for scene in scenes if scene.coaching and scene.coaching.cue}
    assert "Streck das gehobene Bein lang" in cues
    assert not cues & set(GERMAN.texts)
    assert {id(scene.spec) for scene in scenes} == {id(scenes[0].spec)}
    assert scenes[0].spec is not None
    assert scenes[0].spec.name == "Vierfüßler-Strecker"
    assert {cue.text for cue in session.finish().cues} <= GERMAN.texts.keys()


def test_in_german_the_change_of_side_is() -> None:
    samples = perform("bird-dog", fps=15, reps=[("left", 1), ("right", 1)], hold_s=2).samples
    session = RoutineSession(planned(BIRD_DOG))
    session.act(Action(0.0, "skip"))
    assert "Jetzt deine rechte Seite" in {scene.notice for scene in shown(session, samples)}


def test_all_that_is_written_on_the_screen_is_there_in_german() -> None:
    """Names of measures, which anybody may give, stay as they are."""
    asked: set[str] = set()

    def say(text: str) -> str:
        asked.add(text)
        return GERMAN.of(text)

    showing, translate = Showing(mirror=False, say=say), Translator(GERMAN)
    picture = np.zeros((90, 160, 3), np.uint8)
    bird_dogs = perform(
        "bird-dog", fps=5, reps=[("left", 1), ("right", 1)], hold_s=2, fault="knee_bent"
    ).samples
    for session, samples in (
        (Session(stock("bird-dog")), bird_dogs),
        (Session(stock("plank")), perform("plank", fps=5, hold_s=4).samples),
        (RoutineSession(ALL), SAMPLES[::5]),
    ):
        for sample in samples:
            showing.draw(picture, translate(take(session, sample)))
        for state in ({"paused": True}, {"hurt": True}, {"camera_lost": True}):
            showing.draw(picture, translate(take(session, sample)), **state)
        report = session.finish()
        praise = after_routine(report, say) if isinstance(report, RoutineReport) else after_set(report, say)
        showing.draw_end(praise)
    assert {"Hold", "Left side", "of {goal} seconds", "Paused", "To work on", "Done"} <= asked
    composed = {text for text in asked if text.endswith("zur Kamera")} | {"", "Niemand im Bild"}
    assert asked - GERMAN.texts.keys() - set(GERMAN.texts.values()) - composed == {"A routine"}


# ---- overheard ---------------------------------------------------------------------------------


def record(path: Path) -> tuple[Line, ...]:
    """Somebody does bird-dogs, pauses and goes on; what is said, live."""
    header = {"exercise": "bird-dog", "spec_toml": find_spec("bird-dog").read_text("utf-8")}
    live = Transcriber(Talker(read_language("en")))
    with RecordingWriter(path, header) as recorder:
        session = Overheard(Session(stock("bird-dog"), recorder), live)
        for number, sample in enumerate(perform("bird-dog", fps=15, reps=2, fault="shallow").samples):
            if number in (100, 130):
                session.act(Action(sample.t, "pause" if number == 100 else "resume"))
            session.take(sample)
    return live.lines()


def test_a_replay_says_what_was_said_live(tmp_path: Path) -> None:
    live = record(tmp_path / "a.fcr")
    again = Transcriber(Talker(read_language("en")))
    replay_recording(tmp_path / "a.fcr", None, listener=again)
    assert told(again.lines()) == told(live)
    assert {"Paused.", "Go on."} <= {line.text for line in live}


def test_the_command_prints_it_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    demo = str(ROOT / "recordings" / "demo-bird-dog.fcr")
    assert main(["replay", demo]) == 0
    report = capsys.readouterr().out
    assert main(["replay", demo, "--transcript", "--language", "de"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(report + "\nWhat is said:\n0:01.0  Vierfüßler-Strecker. Geh in Position.\n")
    assert "  (hold) Halten.\n" in out
    assert main(["replay", demo, "--transcript", "--language", "xx"]) == 2
    assert 'There is no language called "xx"; known here: en, de.' in capsys.readouterr().err
