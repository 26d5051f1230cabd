"""Replay: a video file or a recorded session through the coach, with whatever outputs are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from formcoach import kept_readings
from formcoach.actions import Action
from formcoach.ahead import Ahead
from formcoach.events import Coaching
from formcoach.frame import Frame, Image
from formcoach.landmarks import PoseSample
from formcoach.overlay import Overlay
from formcoach.pose import PoseReader
from formcoach.recorded import session_of, stream_for
from formcoach.recording import Recording, read_header, read_recording
from formcoach.report import SessionReport
from formcoach.routine_report import RoutineReport
from formcoach.session import Session, feed
from formcoach.showing import Coached, Listener, Reported, Scene, Showing, take
from formcoach.spec import Spec
from formcoach.tracing import Trace, Tracer
from formcoach.video_file import VideoFile
from formcoach.video_out import VideoWriter
from formcoach.video_sound import Sound
from formcoach.whatif import judge

CANVAS_HEIGHT = 720
"""Height of the picture on which a recording without one is drawn."""

CANVAS = (38, 34, 30)
"""Its colour, blue-green-red."""

Progress = Callable[[float], None]
"""Is told the seconds replayed so far."""

Watch = Callable[[Frame, PoseSample, Coaching], bool]
"""Is shown every frame; says whether to go on."""


CLIP_SIDE = 960
"""The longer side of the annotated video in a page, pixels at most."""

CLIP_CRF = 27
"""Its quality, as in `VideoWriter`: about a megabit a second."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a replay makes beside the report.

    Attributes:
        video: write the annotated video, or the moving figure, to this file.
        clip: write a small annotated video for a page to this file; of a video file only.
        trace: collect what a page shows.
        all_angles: draw every angle that is judged, not only the one that matters.
    """

    video: Path | None = None
    clip: Path | None = None
    trace: bool = False
    all_angles: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to make."""
        return self.video is None and self.clip is None and not self.trace


NOTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay gives.

    Attributes:
        report: what happened.
        damaged: a sentence about damage to the file, or empty.
        trace: where it was wanted.
        created: when it was recorded, as the recording says; or empty.
    """

    report: SessionReport | RoutineReport
    damaged: str
    trace: Trace | None = None
    created: str = ""


def replay_recording(
    path: Path,
    spec: Spec | None,
    wanted: Wanted = NOTHING,
    *,
    progress: Progress | None = None,
    listener: Listener | None = None,
) -> Replayed:
    """Replay a recorded session or routine: its own samples and actions, to its own events.

    Args:
        path: the recording.
        spec: coach it with this one, of a routine the sets of this exercise; None = what is kept in the
            recording: its spec, or its whole routine with exercises and doses.
        wanted: what to make beside the report.
        progress: is told how far it is.
        listener: hears it go on, as it would have live.
    """
    header = read_header(path)
    session = session_of(header, path, spec)
    if wanted.is_nothing and listener is None and isinstance(session, Session):
        read = kept_readings.read(path, session.spec)
        return Replayed(judge(read.readings, session.spec), read.damaged)
    recording = read_recording(path)
    stream = recording.stream() if spec is None else stream_for(recording, path, spec)
    return _replay(recording, stream, session, wanted, progress, listener)


def _replay(
    recording: Recording,
    stream: Iterable[PoseSample | Action],
    session: Reported[SessionReport] | Reported[RoutineReport],
    wanted: Wanted,
    progress: Progress | None,
    listener: Listener | None,
) -> Replayed:
    if wanted.is_nothing and listener is None:
        feed(session, stream)
        return Replayed(session.finish(), recording.damaged)
    tracer = Tracer() if wanted.trace else None
    with ExitStack() as stack:
        show = _figure_on(stack, recording, wanted)
        for item in stream:
            if isinstance(item, Action):
                session.act(item)
                if listener is not None:
                    listener.act(item)
                continue
            scene = take(session, item)
            if listener is not None:
                listener.hear(scene)
            if tracer is not None:
                tracer.take(item, scene.spec, scene.now, scene.coaching)
            show(session, scene)
            if progress is not None:
                progress(item.t)
    created = str(recording.header.get("created", ""))
    return Replayed(
        session.finish(), recording.damaged, tracer.trace() if tracer is not None else None, created
    )


def empty_canvas(recording: Recording) -> Image:
    """What stands in for the picture that a recording has not, in the shape of the camera's."""
    aspect = float(recording.aspect[0]) if len(recording.aspect) else 16 / 9
    return np.full((CANVAS_HEIGHT, 2 * round(CANVAS_HEIGHT * aspect / 2), 3), CANVAS, np.uint8)


def _figure_on(stack: ExitStack, recording: Recording, wanted: Wanted) -> Callable[[Coached, Scene], None]:
    """What draws each scene onto an empty canvas and writes it to a video; nothing without one."""
    if wanted.video is None:
        return lambda _session, _scene: None
    empty = empty_canvas(recording)
    showing = Showing(mirror=False, all_angles=wanted.all_angles)
    writer = stack.enter_context(VideoWriter(wanted.video, empty.shape[1], CANVAS_HEIGHT, rate=None))

    def show(session: Coached, scene: Scene) -> None:
        image = showing.draw(empty, scene, paused=session.paused, hurt=session.hurt)
        writer.write(image, scene.sample.t)

    return show


def replay_video(
    path: Path,
    spec: Spec,
    model: Path,
    wanted: Wanted = NOTHING,
    *,
    watch: Watch | None = None,
    progress: Progress | None = None,
    listener: Listener | None = None,
) -> Replayed:
    """Replay a video file through the pose model and the coach.

    Decoding, the model and encoding each have a thread of their own: while one picture is coached and
    drawn, the model already looks at the next.

    Args:
        path: the video.
        spec: the exercise.
        model: the pose model's file.
        wanted: what to make beside the report.
        watch: is shown every annotated frame.
        progress: is told how far it is.
        listener: hears it go on, as it would have live.
    """
    session, tracer = Session(spec), Tracer() if wanted.trace else None
    with ExitStack() as stack:
        source = stack.enter_context(VideoFile(path))
        sounds: list[Sound] = []
        writers = [
            _writer(stack, source, sounds, made, **how)
            for made, how in ((wanted.video, {}), (wanted.clip, {"side": CLIP_SIDE, "crf": CLIP_CRF}))
            if made is not None
        ]
        overlay = None
        if writers or watch is not None:
            overlay = Overlay(spec, source.width, source.height, all_angles=wanted.all_angles)
        pose = stack.enter_context(PoseReader(model, back=spec.wants_back))
        seen = ((frame, pose.read(frame)) for frame in source)
        for frame, sample in stack.enter_context(Ahead(seen, 1, "pose")):
            coaching = session.take(sample)
            if listener is not None:
                listener.hear(Scene(sample, coaching, spec, None, ""))
            if tracer is not None:
                tracer.take(sample, spec, None, coaching)
            if overlay is not None:
                frame = Frame(frame.t, overlay.draw(frame.image, sample, coaching))
            for writer in writers:
                writer.write(frame.image, frame.t)
            if progress is not None:
                progress(frame.t)
            if watch is not None and not watch(frame, sample, coaching):
                break
        damaged = source.damaged
    damaged = damaged or next((sound.damaged for sound in sounds if sound.damaged), "")
    return Replayed(session.finish(), damaged, tracer.trace() if tracer is not None else None)


def _writer(
    stack: ExitStack, source: VideoFile, sounds: list[Sound], path: Path, *, side: int = 0, crf: int = 23
) -> VideoWriter:
    """A writer for the annotated pictures of a video and its sound, with sides of at most `side` pixels."""
    longer = max(source.width, source.height)
    scale = min(1.0, side / longer) if side else 1.0
    width, height = round(source.width * scale), round(source.height * scale)
    sounds.append(stack.enter_context(Sound(source.path, source.start_s)))
    return stack.enter_context(
        VideoWriter(path, max(1, width), max(1, height), rate=source.rate, crf=crf, sound=sounds[-1])
    )


def samples_of(path: Path, model: Path, *, back: bool) -> Iterator[PoseSample]:
    """The samples of a video file, for coaching them more than once.

    Args:
        path: the video.
        model: the pose model's file.
        back: with the outline of the back, as a spec asks for it (`Spec.wants_back`).
    """
    with VideoFile(path) as source, PoseReader(model, back=back) as pose:
        for frame in source:
            yield pose.read(frame)
