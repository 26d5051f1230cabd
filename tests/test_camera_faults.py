"""What goes wrong with a camera in the middle of a set: each is said, on the screen too, and nothing is lost.

Everything is real from the camera that comes back to what is heard, but for two ends: scripts stand for the
cameras, and a picture says which of the puppet's samples the pose model would find in it.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from coached import stock
from formcoach import commands, live, steady_camera
from formcoach.cli import main
from formcoach.frame import Frame, Image
from formcoach.landmarks import PoseSample, nobody
from formcoach.language_file import read_language
from formcoach.live import coach_live
from formcoach.report import SessionReport
from formcoach.session import Session
from formcoach.showing import Scene, Showing
from formcoach.steady_camera import SteadyCamera
from formcoach.talker import Talker
from formcoach.transcript import Transcriber
from overhearing import words
from puppet import perform
from test_live import Stage

FPS = 10.0
HINGES = perform("hip-hinge", fps=FPS, reps=3, rest_s=1.5)
LENGTH = len(HINGES.samples)
MIDDLE = next(i for i, sample in enumerate(HINGES.samples) if sample.t > HINGES.truth.reps[0].end + 0.7)
"""Between the first and the second repetition."""

GONE = "No more pictures come from camera 0; check its cable."
PATIENCE_S = 20.0

Shot = tuple[float, Image]


def picture(number: int, width: int = 64, height: int = 48) -> Image:
    """A picture of one of the hinges' samples; beyond the last, of nobody."""
    return np.full((height, width, 3), (number % 256, number // 256, 90), np.uint8)


def shots(numbers: Iterable[int], start: float = 0.0, every: float = 1 / FPS, **size: int) -> list[Shot]:
    return [(start + i * every, picture(number, **size)) for i, number in enumerate(numbers)]


class Script:
    """Stands for a `LiveCamera`: gives its pictures, and then is gone, or stays without giving more."""

    is_file = False
    name = "camera 0"
    dropped = 0

    def __init__(self, script: Sequence[Shot], opened_at: float, *, stays: bool) -> None:
        self.left = list(script)
        self.opened_at = opened_at
        self.height, self.width = script[0][1].shape[:2]
        self._stays = stays

    @property
    def ended(self) -> bool:
        return not (self.left or self._stays)

    @property
    def failure(self) -> str:
        return GONE if self.ended else ""

    def latest(self, _timeout: float) -> Frame | None:
        return Frame(*self.left.pop(0)) if self.left else None

    def close(self) -> None:
        pass


class Reader:
    """Stands for the pose model."""

    def __init__(self, _model: Path, *, back: bool) -> None:
        pass

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def read(self, frame: Frame) -> PoseSample:
        height, width = frame.image.shape[:2]
        low, high, _ = frame.image[height // 2, width // 2].tolist()
        number = low + 256 * high
        if number < LENGTH:
            return replace(HINGES.samples[number], t=frame.t)
        return replace(nobody(frame.t), room=np.array([0.02, np.nan], np.float32))  # as dark as it looks


class OnPaper(Transcriber):
    """A voice that says nothing aloud."""

    def __init__(self) -> None:
        self.talker = Talker(read_language("en"))
        self._t = 0.0
        super().__init__(self.talker)

    def hear(self, scene: Scene) -> None:
        self._t = scene.t
        super().hear(scene)

    def lose_camera(self) -> None:
        self._offer(self._t, self.talker.lose_camera(self._t))

    def find_camera(self) -> None:
        self._offer(self._t, self.talker.find_camera(self._t))


@dataclass
class Evening:
    """A set before a camera, and what came of it."""

    saw_lost: threading.Event = field(default_factory=threading.Event)
    said: list[str] = field(default_factory=list)
    lost: str = ""
    gaps: list[tuple[float, float]] = field(default_factory=list)

    def of(self, *cameras: tuple[float, Sequence[Shot]]) -> SessionReport:
        """Coach what the cameras give, one after the other, each opened so many seconds after the first.

        A lost camera comes back once the screen has said that it is gone. With the last picture of the last
        one the person ends.
        """
        opened: list[Script] = []

        def open_camera(_source: object) -> Script:
            if opened and not self.saw_lost.wait(PATIENCE_S):
                raise AssertionError("it was never shown that the camera is gone")
            after_s, script = cameras[len(opened)]
            began = opened[0].opened_at if opened else time.monotonic()
            opened.append(Script(script, began + after_s, stays=len(opened) == len(cameras) - 1))
            return opened[-1]

        class Ending(Stage):
            def key(self) -> str:
                return "" if len(opened) < len(cameras) or opened[-1].left else "end"

        voice = OnPaper()
        with SteadyCamera(0, open_camera) as camera:  # type: ignore[arg-type]
            showing = Watching(self, camera)
            result = coach_live(Session(stock("hip-hinge")), camera, Path(), Ending(), showing, voice=voice)
            self.gaps = camera.gaps
        self.said = words(voice.lines())
        return result.report


class Watching(Showing):
    """Notices when it is shown that the camera is gone, and why it is."""

    def __init__(self, evening: Evening, camera: SteadyCamera) -> None:
        super().__init__(mirror=True)
        self._evening, self._camera = evening, camera

    def draw(self, *args: object, camera_lost: bool = False, **how: object) -> Image:
        if camera_lost:
            self._evening.lost = self._evening.lost or self._camera.lost
            self._evening.saw_lost.set()
        return super().draw(*args, camera_lost=camera_lost, **how)  # type: ignore[arg-type]


@pytest.fixture
def evening(monkeypatch: pytest.MonkeyPatch) -> Evening:
    monkeypatch.setattr(live, "PoseReader", Reader)
    monkeypatch.setattr(steady_camera, "RETRY_S", 0.01)
    return Evening()


STOPPED, BACK = "The camera has stopped.", "The camera is back."
COUNTED = ["One.", "Two.", "Three."]


def counted(evening: Evening) -> list[str]:
    """The counts that were said, without the count-in."""
    return [text for text in evening.said if text in COUNTED][3:]


@pytest.mark.skipif(sys.platform != "linux", reason="knows the cameras of Linux")
@pytest.mark.parametrize(
    ("camera", "says"),
    [
        ("93", "There is no camera 93: "),
        ("/dev/null", "Cannot open /dev/null; check that it is connected, that no other program is using it"),
    ],
)
def test_absent_or_busy_at_the_beginning_it_is_one_sentence(camera, says, monkeypatch, capsys):
    window = pytest.importorskip("formcoach.window")
    monkeypatch.setattr(window, "Window", lambda _title, **_: nullcontext())
    monkeypatch.setattr(commands, "find_model", lambda _options: Path())
    assert main(["live", "plank", "--camera", camera, "--voice", "off"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"formcoach: {says}")


def test_a_camera_that_is_well_is_not_spoken_of(evening):
    assert evening.of((0.0, shots(range(LENGTH)))).performed("") == 3
    assert counted(evening) == COUNTED
    assert not {STOPPED, BACK} & {*evening.said}
    assert not evening.saw_lost.is_set()


def test_unplugged_between_two_repetitions_it_comes_back_and_the_count_goes_on(evening):
    first, rest = shots(range(MIDDLE)), shots(range(MIDDLE, LENGTH))
    report = evening.of((0.0, first), (first[-1][0] + 8.0, rest))
    assert report.performed("") == 3
    assert evening.lost == GONE
    assert [text for text in evening.said if text in (STOPPED, BACK)] == [STOPPED, BACK]
    assert counted(evening)[-2:] == COUNTED[1:]
    ((gone, back),) = evening.gaps
    assert back - gone == pytest.approx(8.0, abs=0.2)


def test_frozen_it_counts_for_nothing_and_is_opened_anew(evening):
    """In the lowest position of the second hinge: who knows whether anybody stayed down for so long."""
    low = round(HINGES.truth.reps[1].turn * FPS)
    frozen = [*shots(range(low)), *shots([low] * 70, start=low / FPS)]
    report = evening.of((0.0, frozen), (frozen[-1][0] + 2.0, shots(range(low + 1, LENGTH))))
    assert "stands still" in evening.lost
    assert [text for text in evening.said if text in (STOPPED, BACK)] == [STOPPED, BACK]
    assert report.performed("") == 3
    assert not report.cues
    assert not report.faults


def test_black_it_asks_for_light_and_goes_on_counting_afterwards(evening):
    """A sensor that sees nothing gives noise, so its pictures differ."""
    dark = [LENGTH + i % 2 for i in range(70)]
    report = evening.of((0.0, shots([*range(MIDDLE), *dark, *range(MIDDLE, LENGTH)])))
    assert report.performed("") == 3
    assert "Turn on more light." in evening.said
    assert counted(evening)[-2:] == COUNTED[1:]


@pytest.mark.parametrize("size", [(128, 96), (48, 64)])
def test_another_size_changes_nothing(evening, size):
    width, height = size
    other = shots(range(MIDDLE, LENGTH), start=MIDDLE / FPS, width=width, height=height)
    assert evening.of((0.0, [*shots(range(MIDDLE)), *other])).performed("") == 3
    assert counted(evening) == COUNTED


def test_five_pictures_a_second_are_enough(evening):
    assert evening.of((0.0, shots(range(0, LENGTH, 2), every=2 / FPS))).performed("") == 3
    assert counted(evening) == COUNTED


def test_times_that_jump_ahead_between_two_repetitions_lose_none(evening):
    later = shots(range(MIDDLE, LENGTH), start=MIDDLE / FPS + 20.0)
    assert evening.of((0.0, [*shots(range(MIDDLE)), *later])).performed("") == 3
