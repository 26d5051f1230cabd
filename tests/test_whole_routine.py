"""Somebody does a whole routine in front of the camera and presses no key: see `stories`.

The pictures are handed over as fast as they are asked for, so nothing hangs on how fast a machine is. In real
time, and longer, it is done by `benchmarks/whole_routine.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from formcoach.frame import Frame
from formcoach.language_file import read_language
from formcoach.live import LiveResult, coach_live
from formcoach.routine import plan
from formcoach.routine_file import read_routine, specs_of
from formcoach.routine_report import RoutineReport
from formcoach.routine_session import RoutineSession
from formcoach.showing import Showing
from formcoach.talker import Talker
from formcoach.transcript import Transcriber
from overhearing import words
from stories import Story, short_story
from test_live import Stage

HEIGHT = 360


class Unhurried:
    """A camera that has the next picture whenever it is asked for one."""

    lost = failure = ""
    dropped = 0

    def __init__(self, frames: Iterator[Frame]) -> None:
        self._frames = frames
        self._next: Frame | None = next(frames)
        self.height, self.width = self._next.image.shape[:2]

    @property
    def ended(self) -> bool:
        return self._next is None

    def latest(self, timeout: float) -> Frame | None:
        frame, self._next = self._next, next(self._frames, None)
        return frame


class Heard(Transcriber):
    """A voice on paper, that is never told of a camera that is gone."""

    def lose_camera(self) -> None:
        raise AssertionError("the camera was there all the time")

    find_camera = lose_camera


@pytest.fixture(scope="module")
def story() -> Story:
    return short_story(facing="left")


@pytest.fixture(scope="module")
def evening(
    story: Story, model_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[LiveResult[RoutineReport], list[str]]:
    """What is reported, and what is said."""
    path = tmp_path_factory.mktemp("routines") / "short.toml"
    path.write_text(story.toml, "utf-8")
    routine = read_routine(path)
    session = RoutineSession(plan(routine, specs_of(routine)))
    voice = Heard(Talker(read_language("en")))
    camera = Unhurried(story.frames(HEIGHT))
    result = coach_live(session, camera, model_path, Stage(), Showing(mirror=True), voice=voice)
    return result, words(voice.lines())


@pytest.mark.model
def test_everything_is_counted_and_held_as_it_was_done(story, evening):
    result, _ = evening
    assert result.failure == ""
    for step, done in zip(result.report.steps, story.done, strict=True):
        assert (step.outcome, step.planned.step.exercise) == ("done", done.exercise)
        (report,) = step.sets
        assert {side: report.performed(side) for side in done.reps} == done.reps
        if done.holds_s:
            assert [hold.in_form_s for hold in report.holds] == pytest.approx(done.holds_s, abs=0.5)


@pytest.mark.model
def test_it_is_said_as_a_coach_would(evening):
    """Nothing twice, nothing late; sides and what comes next by name, and no word on who walked past."""
    _, said = evening
    assert said == [
        *("First: Hip hinge, side to the camera.", "Three."),
        *("Hips back, knees almost straight.", "One.", "Good, that's it."),
        *("Two. Well done. Next: Hip-flexor stretch, side to the camera.", "Get into position."),
        *("Three.", "Two.", "One.", "And release. Now the other side."),
        *("Three.", "Two.", "And release. All done. Well done!"),
    ]
