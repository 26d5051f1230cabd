"""The voice: one thing at a time, interruptible, never stale, and silent where it cannot speak."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from queue import Queue

import pytest

from formcoach import voice as voice_module
from formcoach.actions import Action
from formcoach.landmarks import nobody
from formcoach.showing import Scene
from formcoach.utterance import Urgency, Utterance
from formcoach.voice import FAILURES, Report, Voice
from test_speech_queue import say

PATIENCE_S = 20.0
"""A test that waits for so long has failed."""


class FakeMouth:
    """Says nothing, and keeps what it is told."""

    def __init__(self, mouths: FakeMouths, tell: Callable[[Report], None]) -> None:
        self._mouths = mouths
        self._tell = tell
        self.was_shut = threading.Event()

    def say(self, utterance: Utterance) -> None:
        self._mouths.said.put((utterance.text, self))

    def shut(self) -> None:
        self.was_shut.set()

    def tells(self, news: str, detail: str = "") -> None:
        self._tell(Report(self, news, detail))  # type: ignore[arg-type]


class FakeMouths:
    """Opens mouths that are warm at once, unless they are to be cold."""

    def __init__(self) -> None:
        self.said: Queue[tuple[str, FakeMouth]] = Queue()
        self.opened: Queue[FakeMouth] = Queue()
        self.cold = False

    def __call__(self, tell: Callable[[Report], None]) -> FakeMouth:
        mouth = FakeMouth(self, tell)
        self.opened.put(mouth)
        if not self.cold:
            mouth.tells("ready", "a voice")
        return mouth


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


class Scripted:
    """A talker that says what it is handed."""

    def __init__(self) -> None:
        self.next: tuple[Utterance, ...] = ()

    def hear(self, scene: Scene) -> tuple[Utterance, ...]:
        return self.next

    def act(self, action: Action) -> tuple[Utterance, ...]:
        return (say("Paused.", Urgency.STOP, t=action.t, clears=True, lasts=10.0),)

    def lose_camera(self, t: float) -> tuple[Utterance, ...]:
        return (say("The camera has stopped.", Urgency.STOP, t=t, clears=True, lasts=10.0),)

    def find_camera(self, t: float) -> tuple[Utterance, ...]:
        return (say("The camera is back.", Urgency.STOP, t=t, clears=True, lasts=10.0),)


class Stage:
    """A voice with all that is around it."""

    def __init__(self) -> None:
        self.mouths, self.clock, self.talker = FakeMouths(), Clock(), Scripted()
        self.complaints: Queue[str] = Queue()
        self.voice: Voice | None = None

    def begin(self) -> Voice:
        self.voice = Voice(self.talker, self.mouths, self.complaints.put, self.clock)  # type: ignore[arg-type]
        return self.voice

    def hear(self, *utterances: Utterance) -> None:
        """Have something to say, now at 0 seconds of the samples' clock."""
        assert self.voice is not None
        self.talker.next = utterances
        self.voice.hear(Scene(nobody(self.clock.now - 100.0), None, None, None, ""))

    def heard(self) -> tuple[str, FakeMouth]:
        return self.mouths.said.get(timeout=PATIENCE_S)


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage()
    yield stage
    if stage.voice is not None:
        stage.voice.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "formcoach voice"]


def test_one_thing_is_said_after_the_other_each_by_a_mouth_of_its_own(stage: Stage) -> None:
    stage.begin()
    stage.hear(say("Lift your hips."), say("Rest.", Urgency.FLOW))
    first, mouth = stage.heard()
    assert first == "Lift your hips."
    assert stage.mouths.said.empty()
    mouth.tells("began")
    mouth.tells("ended")
    second, other = stage.heard()
    assert second == "Rest."
    assert other is not mouth
    assert not mouth.was_shut.is_set()


def test_what_is_stale_by_the_time_a_mouth_is_warm_is_not_said(stage: Stage) -> None:
    stage.mouths.cold = True
    stage.begin()
    mouth = stage.mouths.opened.get(timeout=PATIENCE_S)
    stage.hear(say("Three.", Urgency.COUNT, lasts=0.9))
    stage.clock.now += 1.0
    stage.hear(say("Four.", Urgency.COUNT, t=1.0, lasts=0.9))
    mouth.tells("ready")
    assert stage.heard()[0] == "Four."


def test_what_is_stale_by_the_time_the_last_thing_is_said_is_not_said(stage: Stage) -> None:
    stage.begin()
    stage.hear(say("A long one."))
    _, mouth = stage.heard()
    stage.hear(say("Three.", Urgency.COUNT, lasts=0.9))
    stage.clock.now += 5.0
    mouth.tells("ended")
    stage.hear(say("Nine.", Urgency.COUNT, t=5.0, lasts=0.9))
    assert stage.heard()[0] == "Nine."


def test_what_protects_the_back_cuts_off_what_is_being_said(stage: Stage) -> None:
    stage.begin()
    stage.hear(say("Straighten your knees."))
    _, mouth = stage.heard()
    stage.hear(say("Lift your hips.", Urgency.STOP))
    text, other = stage.heard()
    assert text == "Lift your hips."
    assert mouth.was_shut.is_set()
    mouth.tells("ended")  # what a mouth that was shut still tells is nobody's business
    mouth.tells("failed", "killed")
    other.tells("ended")
    stage.hear(say("Good."))
    assert stage.heard()[0] == "Good."
    assert stage.complaints.empty()


def test_a_key_is_answered_at_once_and_all_that_waited_is_dropped(stage: Stage) -> None:
    voice = stage.begin()
    stage.hear(say("Straighten your knees."), say("Next: Plank.", Urgency.FLOW, lasts=60.0))
    _, mouth = stage.heard()
    voice.act(Action(0.5, "pause"))
    text, other = stage.heard()
    assert text == "Paused."
    assert mouth.was_shut.is_set()
    other.tells("ended")
    stage.hear(say("Three.", Urgency.PRAISE))
    assert stage.heard()[0] == "Three."


def test_what_was_said_is_kept_from_when_it_began_to_sound(stage: Stage) -> None:
    voice = stage.begin()
    stage.hear(say("Three."))
    _, mouth = stage.heard()
    stage.clock.now += 0.25
    mouth.tells("began")
    stage.hear(say("Four.", t=0.25), say("Lift your hips.", Urgency.STOP, t=0.25))
    _, mouth = stage.heard()
    stage.clock.now += 0.5
    mouth.tells("began")
    mouth.tells("ended")
    stage.hear(say("Never began.", t=0.75))
    stage.heard()
    voice.close()
    assert [(line.text, line.t, line.cut) for line in voice.lines()] == [
        ("Three.", pytest.approx(0.25), True),
        ("Lift your hips.", pytest.approx(0.75), False),
    ]


def test_without_a_voice_it_says_so_once_and_is_silent(stage: Stage) -> None:
    stage.mouths.cold = True
    voice = stage.begin()
    mouth = stage.mouths.opened.get(timeout=PATIENCE_S)
    mouth.tells("failed", "there is no speech engine")
    mouth.tells("ended")
    assert stage.complaints.get(timeout=PATIENCE_S) == "there is no speech engine"
    for _ in range(3):
        stage.hear(say("Three."))
    voice.close()
    assert stage.mouths.said.empty()
    assert stage.complaints.empty()


def test_an_engine_that_dies_before_it_speaks_is_told_too(stage: Stage) -> None:
    stage.mouths.cold = True
    stage.begin()
    stage.mouths.opened.get(timeout=PATIENCE_S).tells("ended")
    assert stage.complaints.get(timeout=PATIENCE_S) == "the speech engine ended"


def test_where_no_process_can_be_started_it_is_silent(stage: Stage) -> None:
    def fails(tell: object) -> FakeMouth:
        raise OSError(12, "Cannot allocate memory")

    stage.mouths = fails  # type: ignore[assignment]
    stage.begin()
    assert stage.complaints.get(timeout=PATIENCE_S) == "no process could be started (Cannot allocate memory)"


def test_one_failure_is_forgiven_and_several_in_a_row_are_not(stage: Stage) -> None:
    stage.begin()
    outcomes = ["failed", "ended", *["failed"] * FAILURES]
    for outcome in outcomes:
        stage.hear(say("Three."))
        stage.heard()[1].tells(outcome, "no sound device")
    assert stage.complaints.get(timeout=PATIENCE_S) == "no sound device"
    assert stage.complaints.empty()


def test_an_engine_that_hangs_is_ended(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voice_module, "STUCK_S", 0.1)
    stage.begin()
    stage.hear(say("Three."))
    _, mouth = stage.heard()
    stage.clock.now += 1.0
    assert mouth.was_shut.wait(PATIENCE_S)
    stage.hear(say("Four.", t=1.0))
    assert stage.heard()[0] == "Four."


def test_closing_cuts_off_what_need_not_be_heard(stage: Stage) -> None:
    voice = stage.begin()
    stage.hear(say("Straighten your knees."))
    _, mouth = stage.heard()
    voice.close()
    assert mouth.was_shut.is_set()
    waiting = [stage.mouths.opened.get_nowait() for _ in range(stage.mouths.opened.qsize())]
    assert all(one.was_shut.is_set() for one in waiting)


def test_closing_waits_for_what_must_be_heard(stage: Stage) -> None:
    voice = stage.begin()
    stage.hear(say("Straighten your knees."))
    stage.heard()
    voice.lose_camera()
    closing = threading.Thread(target=voice.close)
    closing.start()
    text, mouth = stage.heard()
    assert text == "The camera has stopped."
    assert not mouth.was_shut.is_set()
    mouth.tells("ended")
    closing.join(PATIENCE_S)
    assert not closing.is_alive()
    assert not mouth.was_shut.is_set()


def test_a_camera_that_is_back_takes_the_place_of_one_that_is_gone(stage: Stage) -> None:
    voice = stage.begin()
    voice.lose_camera()
    _, mouth = stage.heard()
    voice.find_camera()
    text, other = stage.heard()
    assert text == "The camera is back."
    assert mouth.was_shut.is_set()
    other.tells("ended")


def test_hearing_never_waits_for_the_voice(stage: Stage) -> None:
    stage.mouths.cold = True  # nothing is ever ready
    stage.begin()
    for i in range(1000):
        stage.hear(say(str(i), Urgency.COUNT, topic="count"))
    assert stage.mouths.said.empty()


def test_leaving_the_block_closes_it(stage: Stage) -> None:
    with stage.begin():
        stage.hear(say("Three."))
        _, mouth = stage.heard()
    assert mouth.was_shut.is_set()
