"""A live session from a fed camera: the same loop, the same events as its replay, keys and all."""

from __future__ import annotations

import json
import signal
import threading
from pathlib import Path

import numpy as np
import pytest

from coached import stock
from formcoach import live
from formcoach.camera import LiveCamera
from formcoach.commands import video_keeper
from formcoach.frame import Frame, Image
from formcoach.landmarks import PoseSample, nobody
from formcoach.live import LiveResult, Seen, _Worker, coach_live, run_live
from formcoach.praise import after_set
from formcoach.recording import RecordingWriter, read_recording
from formcoach.replaying import replay_recording
from formcoach.session import Session
from formcoach.showing import Showing
from formcoach.spec_file import find_spec
from formcoach.stage_times import STAGES
from puppet import perform
from puppet.drawing import draw

pytestmark = pytest.mark.model


class Stage:
    """A screen that keeps what it is shown and presses keys at set pictures."""

    def __init__(self, keys: dict[int, str] | None = None) -> None:
        self.pictures = 0
        self.last: Image | None = None
        self.threads: set[str] = set()
        self._keys = dict(keys or {})

    def show(self, image: Image) -> None:
        self.pictures += 1
        self.last = image
        self.threads.add(threading.current_thread().name)

    def size(self) -> None:
        return None

    def key(self) -> str:
        due = [at for at in self._keys if at <= self.pictures]
        return self._keys.pop(due[0]) if due else ""


@pytest.fixture(scope="module")
def clip(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("clip") / "hinge.mp4"
    draw(perform("hip-hinge", reps=2, rest_s=0.6, move_s=1.0, hold_s=0.3, fps=15), path, height=360)
    return path


def run(clip: Path, model: Path, stage: Stage, record: Path) -> LiveResult:
    spec = stock("hip-hinge")
    header = {"exercise": spec.id, "spec_toml": find_spec(spec.id).read_text("utf-8")}
    with LiveCamera(clip) as camera, RecordingWriter(record, header) as recorder:
        return run_live(spec, camera, model, stage, recorder=recorder)


def test_a_replay_of_what_was_recorded_gives_the_same_report_byte_for_byte(clip, model_path, tmp_path):
    stage = Stage()
    result = run(clip, model_path, stage, tmp_path / "a.fcr")
    live = json.dumps(result.report.as_dict())
    again = json.dumps(replay_recording(tmp_path / "a.fcr", None).report.as_dict())
    assert again == live
    assert result.report.performed("") == 2
    assert stage.pictures > 20
    assert stage.threads == {"MainThread"}
    assert len(result.latencies_s) == stage.pictures


def test_keys_pause_restart_and_swap_are_replayed_in_their_place(clip, model_path, tmp_path):
    stage = Stage({10: "pause", 14: "pause", 20: "swap", 25: "restart"})
    result = run(clip, model_path, stage, tmp_path / "a.fcr")
    recording = read_recording(tmp_path / "a.fcr")
    assert [action.name for action in recording.actions] == ["pause", "resume", "swap", "restart"]
    assert recording.complete
    again = replay_recording(tmp_path / "a.fcr", None).report
    assert json.dumps(again.as_dict()) == json.dumps(result.report.as_dict())
    assert len(result.report.restarts) == 1


class Gappy:
    """The clip's camera, unplugged for a while between two pictures."""

    def __init__(self, camera: LiveCamera, after: int) -> None:
        self.width, self.height = camera.width, camera.height
        self._camera, self._left, self.asked_while_lost = camera, after, 0

    @property
    def lost(self) -> str:
        return "It is unplugged." if self._left == 0 and self.asked_while_lost < 6 else ""

    def latest(self, timeout: float) -> Frame | None:
        if self.lost:
            self.asked_while_lost += 1
            threading.Event().wait(timeout)  # as a camera waits for a picture that does not come
            return None
        frame = self._camera.latest(timeout)
        self._left -= frame is not None and self._left > 0
        return frame

    def __getattr__(self, name: str):
        return getattr(self._camera, name)


class Mute:
    """A voice that keeps what it is to do."""

    lost = found = 0

    def hear(self, scene) -> None:
        pass

    def act(self, action) -> None:
        pass

    def lose_camera(self) -> None:
        self.lost += 1

    def find_camera(self) -> None:
        self.found += 1


def test_a_camera_that_is_gone_for_a_while_is_shown_and_said_and_the_session_goes_on(clip, model_path):
    class Watching(Showing):
        lost = 0

        def draw(self, *args, camera_lost=False, **how):
            self.lost += camera_lost
            return super().draw(*args, camera_lost=camera_lost, **how)

    voice, showing = Mute(), Watching(mirror=True)
    with LiveCamera(clip) as camera:
        gappy = Gappy(camera, after=10)
        session = Session(stock("hip-hinge"))
        result = coach_live(session, gappy, model_path, Stage(), showing, voice=voice, stats=True)
    assert gappy.asked_while_lost == 6
    assert showing.lost > 0
    assert (voice.lost, voice.found) == (1, 1)
    assert result.report.samples > 10  # those from before it was gone, and more
    assert result.failure == ""
    assert set(result.stages_ms) == set(STAGES)
    assert 0 < result.stages_ms["pose"][0] <= result.stages_ms["pose"][1]


def test_the_end_key_ends_with_the_report_so_far(clip, model_path, tmp_path):
    stage = Stage({8: "end"})
    result = run(clip, model_path, stage, tmp_path / "a.fcr")
    assert stage.pictures < 20
    assert 0 < result.report.samples < 40
    assert not [thread for thread in threading.enumerate() if thread.name == "formcoach worker"]


def test_being_told_to_terminate_ends_like_the_end_key(clip, model_path, tmp_path):
    class Stopped(Stage):
        def key(self) -> str:
            if self.pictures == 5:
                signal.raise_signal(signal.SIGTERM)
            return ""

    before = signal.getsignal(signal.SIGTERM)
    picture = tmp_path / "a.mp4"
    with LiveCamera(clip) as camera:
        result = run_live(stock("hip-hinge"), camera, model_path, Stopped(), keep_video=video_keeper(picture))
    assert 0 < result.report.samples < 40
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"]
    assert signal.getsignal(signal.SIGTERM) is before


def test_an_interrupt_ends_like_the_end_key(clip, model_path, tmp_path):
    class Impatient(Stage):
        def key(self) -> str:
            if self.pictures >= 5:
                raise KeyboardInterrupt
            return ""

    result = run(clip, model_path, Impatient(), tmp_path / "a.fcr")
    assert result.report.samples >= 5
    assert result.closed
    assert read_recording(tmp_path / "a.fcr").complete


@pytest.mark.parametrize(("key", "closed"), [("end", False), ("closed", True)])
def test_a_closed_window_is_told_from_the_end_key(clip, model_path, tmp_path, key, closed):
    result = run(clip, model_path, Stage({5: key}), tmp_path / "a.fcr")
    assert result.closed == closed


class Wide(Stage):
    """A screen larger than the camera's picture."""

    def size(self) -> tuple[int, int]:
        return 800, 600


def test_the_picture_fills_the_screen(clip, model_path, tmp_path):
    stage = Wide({5: "end"})
    result = run(clip, model_path, stage, tmp_path / "a.fcr")
    assert stage.last is not None and stage.last.shape == (600, 800, 3)
    assert not result.closed


def test_the_last_card_stays_until_a_key_is_pressed(monkeypatch):
    monkeypatch.setattr(live, "WAIT_S", 0.0)
    stage, showing = Stage({3: "other"}), Showing(mirror=True)
    live.show_end(stage, showing, after_set(Session(stock("plank")).finish()))
    assert stage.pictures == 3


def test_the_last_card_goes_by_itself(monkeypatch):
    monkeypatch.setattr(live, "END_CARD_S", 0.0)
    stage = Stage()
    live.show_end(stage, Showing(mirror=True), after_set(Session(stock("plank")).finish()))
    assert stage.pictures == 0


def test_the_picture_shown_is_mirrored_and_the_model_sees_it_as_it_is(model_path, tmp_path):
    # On all fours and in the plank the head is to the right all the time, whichever frames are shown.
    draw(perform("plank", hold_s=2, fps=10), tmp_path / "plank.mp4", height=240)
    pictures = {}
    for mirror in (False, True):
        stage = Stage({6: "end"})
        with LiveCamera(tmp_path / "plank.mp4") as camera:
            result = run_live(stock("plank"), camera, model_path, stage, mirror=mirror)
        assert result.report.nobody_s.get("nobody in the picture", 0.0) < 0.5
        assert stage.last is not None
        pictures[mirror] = stage.last[130:200].astype(int)  # below the cards
    as_it_is = abs(pictures[False] - pictures[True]).mean()
    as_in_a_mirror = abs(pictures[False] - pictures[True][:, ::-1]).mean()
    assert as_in_a_mirror < as_it_is


# ---- a screen slower than the model ------------------------------------------------------------


class Reel:
    """A camera whose pictures are all there at once, and a pose reader that knows who is in them."""

    lost = ""

    def __init__(self, samples: list[PoseSample]) -> None:
        self._samples = {sample.t: sample for sample in samples}
        self._left = list(self._samples)

    @property
    def ended(self) -> bool:
        return not self._left

    def latest(self, _timeout: float) -> Frame | None:
        return Frame(self._left.pop(0), np.zeros((2, 2, 3), np.uint8)) if self._left else None

    def read(self, frame: Frame) -> PoseSample:
        return self._samples[frame.t]


def last_shown(samples: list[PoseSample]) -> tuple[Seen, list[PoseSample]]:
    """What a screen is given that looks only once all is over, and the samples that were coached."""
    reel, session = Reel(samples), Session(stock("plank"))
    coached: list[PoseSample] = []
    take = session.take
    session.take = lambda sample: coached.append(sample) or take(sample)  # type: ignore[method-assign]
    worker = _Worker(reel, reel, session, None)  # type: ignore[arg-type]
    worker._thread.join()
    assert worker.error is None
    seen = worker.latest(0.0)
    assert seen is not None
    return seen, coached


def planks() -> list[PoseSample]:
    """Samples of which the first and the fourth have an outline of the back."""
    samples = perform("plank", hold_s=3).samples[:6]
    assert [sample.back is not None for sample in samples] == [True, False, False, True, False, False]
    return samples


def test_the_screen_gets_the_outline_of_a_sample_that_it_never_showed():
    samples = planks()
    seen, coached = last_shown(samples)
    assert seen.sample.back is samples[3].back
    assert (seen.sample.t, seen.sample.xy is samples[5].xy) == (samples[5].t, True)
    assert all(a is b for a, b in zip(coached, samples, strict=True))


def test_the_outline_of_somebody_is_not_handed_on_once_nobody_is_there():
    samples = planks()
    samples[4] = nobody(samples[4].t)
    assert last_shown(samples[:5])[0].sample.back is None
    assert last_shown(samples)[0].sample.back is None
    assert last_shown(samples[:3])[0].sample.back is samples[0].back
