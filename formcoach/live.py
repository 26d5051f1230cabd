"""A live session: camera, worker and window, each at its own pace, never one waiting for another.

The camera's reader keeps only its latest frame; one worker takes it through the model and the coach;
the window shows the latest answer and listens to the keys. A slow machine drops frames, it never lags.
"""

from __future__ import annotations

import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from formcoach.actions import Action, ActionName
from formcoach.frame import Frame, Image
from formcoach.landmarks import PoseSample
from formcoach.overlay.footnote import footnote
from formcoach.pose import PoseReader
from formcoach.praise import Praise
from formcoach.recording import RecordingWriter
from formcoach.report import SessionReport
from formcoach.session import Session
from formcoach.showing import Coached, Listener, Reported, Scene, Showing, take
from formcoach.spec import Spec
from formcoach.stage_times import StageTimes
from formcoach.window import CLOSED

WAIT_S = 0.1
"""How long the worker waits for a frame before it looks whether it is to stop."""

END_CARD_S = 20.0
"""So long the last card is left on the screen, where nobody presses a key."""


class Camera(Protocol):
    """Where pictures come from: `formcoach.camera.LiveCamera`, or what stands in for one."""

    width: int
    height: int

    @property
    def dropped(self) -> int:
        """Pictures that came and went without being looked at."""

    @property
    def ended(self) -> bool:
        """Whether no further picture will come."""

    @property
    def failure(self) -> str:
        """Why it stopped, or empty."""

    @property
    def lost(self) -> str:
        """Why no pictures come now, though they may come back; or empty."""

    def latest(self, timeout: float) -> Frame | None:
        """The newest picture that was not given before; None where none came in time."""


class Speaker(Listener, Protocol):
    """A listener that speaks."""

    def lose_camera(self) -> None:
        """Say that no more pictures come."""

    def find_camera(self) -> None:
        """Say that they come again."""


class Film(Protocol):
    """Keeps the camera's pictures."""

    def write(self, image: Image, t: float) -> None:
        """Add a picture with its time, seconds; the picture may be changed afterwards."""


MakeFilm = Callable[[int, int], AbstractContextManager[Film]]
"""Makes the file that keeps the camera's pictures, from their width and height."""


class Screen(Protocol):
    """Where a session is shown and its keys are pressed."""

    def show(self, image: Image) -> None:
        """Show a picture."""

    def key(self) -> str:
        """What was asked for since the last call, as `formcoach.window.Window.key` gives it."""

    def size(self) -> tuple[int, int] | None:
        """Width and height to fill, pixels; None where those of the camera's picture will do."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One frame with what to show on it, and when it was handed to the worker."""

    frame: Frame
    scene: Scene
    handed_at: float

    @property
    def sample(self) -> PoseSample:
        """Where the person is in it."""
        return self.scene.sample


def _with_back_of(unshown: Seen | None, sample: PoseSample) -> PoseSample:
    """The sample for the screen, with the outline of one that never came to be shown.

    Only some samples have an outline of the back. Where the screen is slower than the model, those
    could all be among the ones left out, and the drawn edge of the back would come and go.
    """
    if unshown is None or unshown.sample.back is None or sample.back is not None or not sample.someone:
        return sample
    return replace(sample, back=unshown.sample.back)


Listen = Callable[[Scene], None]
"""Is told what was decided."""

ShownAs = Callable[[Scene], Scene]
"""Makes the scene that is shown of the one that was decided, as in another language."""

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class LiveResult(Generic[R]):
    """What a live session leaves.

    Attributes:
        report: as a replay of its recording gives it.
        dropped: camera frames that came while the worker was busy.
        latencies_s: from a frame handed to the worker to its picture drawn, seconds.
        inferences_s: the share of the pose model in each, seconds.
        failure: why the camera stopped, or empty.
        wants_gentle: it hurt, and the person asked for the gentle exercises.
        closed: the window was closed, or Ctrl-C pressed: nothing more is to be shown.
        stages_ms: of each of `formcoach.stage_times.STAGES` median and 95th percentile, milliseconds.
    """

    report: R
    dropped: int
    latencies_s: tuple[float, ...]
    inferences_s: tuple[float, ...]
    failure: str
    wants_gentle: bool = False
    closed: bool = False
    stages_ms: Mapping[str, Sequence[float]] = field(default_factory=dict)


class _Worker:
    """Takes frames through model, recording and coach in a thread of its own."""

    def __init__(
        self,
        camera: Camera,
        pose: PoseReader,
        session: Coached,
        keep: Film | None,
        listen: Listen | None = None,
        voice: Speaker | None = None,
        shown_as: ShownAs = lambda scene: scene,
        times: StageTimes | None = None,
    ) -> None:
        self.error: BaseException | None = None
        self.inferences_s: deque[float] = deque(maxlen=100_000)
        self._camera = camera
        self._pose = pose
        self._session = session
        self._keep = keep
        self._listen = listen
        self._voice = voice
        self._shown_as = shown_as
        self._times = times or StageTimes()
        self._told_lost = False
        self._wishes: deque[ActionName] = deque()
        self._stop = threading.Event()
        self._ready = threading.Condition()
        self._seen: Seen | None = None
        self._last_t = 0.0
        self._thread = threading.Thread(target=self._run, name="formcoach worker", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    @property
    def lost(self) -> bool:
        """Whether the camera is gone, and looked for."""
        return bool(self._camera.lost)

    def wish(self, name: ActionName) -> None:
        """Ask for something; it takes its place between two samples."""
        self._wishes.append(name)

    def latest(self, timeout: float) -> Seen | None:
        """The newest answer that was not given out yet; None when none comes in time."""
        with self._ready:
            if self._seen is None:
                self._ready.wait(timeout)
            seen, self._seen = self._seen, None
            return seen

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            while not self._stop.is_set() and not self._session.over:
                self._do_wishes()
                frame = self._camera.latest(WAIT_S)
                self._tell_lost()
                if frame is not None and not self._session.paused:
                    self._take(frame)
                elif frame is None and self._camera.ended:
                    break
        except BaseException as error:  # noqa: BLE001  handed to the main thread, which raises it
            self.error = error

    def _tell_lost(self) -> None:
        """Say once that the camera is gone, and once that it is back."""
        lost, before = bool(self._camera.lost), self._told_lost
        self._told_lost = lost
        if lost == before or self._voice is None:
            return
        if lost:
            self._voice.lose_camera()
        else:
            self._voice.find_camera()

    def _do_wishes(self) -> None:
        while self._wishes:
            action = Action(self._last_t, self._wishes.popleft())
            self._session.act(action)
            if self._voice is not None:
                self._voice.act(action)

    def _take(self, frame: Frame) -> None:
        handed_at = time.perf_counter()
        sample = self._pose.read(frame)
        read_at = time.perf_counter()
        self.inferences_s.append(read_at - handed_at)
        self._times.add("pose", read_at - handed_at)
        scene = take(self._session, sample)
        self._times.add("coach", time.perf_counter() - read_at)
        self._last_t = frame.t
        if self._voice is not None:
            self._voice.hear(scene)
        if self._listen is not None:
            self._listen(scene)
        if self._keep is not None:
            self._keep.write(frame.image, frame.t)
        with self._ready:
            shown = replace(self._shown_as(scene), sample=_with_back_of(self._seen, sample))
            self._seen = Seen(frame, shown, handed_at)
            self._ready.notify()


def run_live(
    spec: Spec,
    camera: Camera,
    model: Path,
    screen: Screen,
    *,
    mirror: bool = True,
    recorder: RecordingWriter | None = None,
    keep_video: MakeFilm | None = None,
) -> LiveResult[SessionReport]:
    """Coach a live session until the person ends it or the camera does.

    Args:
        spec: the exercise.
        camera: already open.
        model: the pose model's file.
        screen: where to show it.
        mirror: show the picture as a mirror does.
        recorder: keeps the samples; closed by the caller.
        keep_video: makes the file that keeps the camera's pictures, from their width and height.
    """
    session = Session(spec, recorder)
    return coach_live(session, camera, model, screen, Showing(mirror=mirror), keep_video=keep_video)


def coach_live(
    session: Reported[R],
    camera: Camera,
    model: Path,
    screen: Screen,
    showing: Showing,
    *,
    keep_video: MakeFilm | None = None,
    listen: Listen | None = None,
    voice: Speaker | None = None,
    shown_as: ShownAs = lambda scene: scene,
    stats: bool = False,
    opened: Callable[[], PoseReader] | None = None,
) -> LiveResult[R]:
    """Coach a session, of one exercise or of a routine, as `run_live` does.

    Args:
        listen: is told every scene as soon as it is decided, in the worker's thread.
        voice: hears the same, and what the person asks for.
        shown_as: makes the scene that is shown.
        stats: show how long each stage takes, in a line at the bottom.
        opened: gives the model's reader where one is being opened already; it is closed here.
    """
    latencies: deque[float] = deque(maxlen=100_000)
    ended = CLOSED
    with ExitStack() as stack:
        pose = stack.enter_context(PoseReader(model, back=session.wants_back) if opened is None else opened())
        keep = None
        if keep_video is not None:
            keep = stack.enter_context(keep_video(camera.width, camera.height))
        times = StageTimes()
        worker = _Worker(camera, pose, session, keep, listen, voice, shown_as, times)
        stack.callback(worker.stop)
        with suppress(KeyboardInterrupt), _interrupted_by_sigterm():  # both end it as a closed window does
            ended = _show(worker, screen, session, latencies, showing, times, stats=stats)
    if worker.error is not None:
        raise worker.error
    return LiveResult(
        session.finish(),
        camera.dropped,
        tuple(latencies),
        tuple(worker.inferences_s),
        camera.failure,
        wants_gentle=ended == "gentle",
        closed=ended == CLOSED,
        stages_ms=times.as_dict(),
    )


def show_end(screen: Screen, showing: Showing, praise: Praise) -> None:
    """Show the last card of a session, until a key is pressed or it has been there for long enough."""
    until = time.monotonic() + END_CARD_S
    with suppress(KeyboardInterrupt):
        while time.monotonic() < until and not screen.key():
            screen.show(showing.draw_end(praise, screen.size()))
            time.sleep(WAIT_S)


@contextmanager
def _interrupted_by_sigterm() -> Iterator[None]:
    """Being told to terminate, as when the machine shuts down, is like Ctrl-C: every file is finished."""
    if threading.current_thread() is not threading.main_thread():  # no other may say what a signal does
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _show(
    worker: _Worker,
    screen: Screen,
    session: Coached,
    latencies: deque[float],
    showing: Showing,
    times: StageTimes,
    *,
    stats: bool,
) -> str:
    """Show what the worker gives until the end; the key that ended it, or empty where it ended by itself."""
    last: Seen | None = None
    while worker.running or last is None:
        seen = worker.latest(WAIT_S)
        if seen is None and not worker.running:
            break
        lost = worker.lost
        shown = seen or (last if session.paused or lost else None)
        if shown is not None:
            with times.of("draw"):
                # A paused picture is drawn again and again, so it must stay as it came.
                canvas = showing.draw(
                    shown.frame.image,
                    shown.scene,
                    paused=session.paused,
                    hurt=session.hurt,
                    camera_lost=lost and not (session.paused or session.hurt),
                    size=screen.size(),
                )
                if stats:
                    footnote(canvas, times.line())
            if seen is not None:
                latencies.append(time.perf_counter() - seen.handed_at)
            with times.of("show"):
                screen.show(canvas)
            last = shown
        key = screen.key()
        if key in ("end", CLOSED) or (key == "gentle" and session.hurt):
            return key
        _heed(key, worker, session)
    return ""


def _heed(key: str, worker: _Worker, session: Coached) -> None:
    """Ask the worker for what a key means."""
    if key == "pause":
        worker.wish("resume" if session.paused else "pause")
    elif key == "next":
        worker.wish("skip")
    elif key == "restart":
        worker.wish("restart")
    elif key == "swap":
        worker.wish("swap")
    elif key == "hurts":
        worker.wish("hurts")
