"""Replay: a video file or a recorded session through the coach, with whatever outputs are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from formcoach.actions import Action
from formcoach.ahead import Ahead
from formcoach.errors import FormcoachError, SpecError
from formcoach.events import Coaching
from formcoach.frame import Frame
from formcoach.landmarks import PoseSample
from formcoach.overlay import Overlay
from formcoach.pose import PoseReader
from formcoach.recording import Recording, read_recording
from formcoach.report import SessionReport
from formcoach.routine import Plan, plan
from formcoach.routine_file import parse_routine
from formcoach.routine_report import RoutineReport
from formcoach.routine_session import RoutineSession
from formcoach.session import Session
from formcoach.showing import Coached, Showing, take
from formcoach.spec import Spec
from formcoach.spec_file import parse_spec
from formcoach.video_file import VideoFile
from formcoach.video_out import VideoWriter

CANVAS_HEIGHT = 720
"""Height of the picture on which a recording without one is drawn."""

CANVAS = (38, 34, 30)
"""Its colour, blue-green-red."""

Progress = Callable[[float], None]
"""Is told the seconds replayed so far."""

Watch = Callable[[Frame, PoseSample, Coaching], bool]
"""Is shown every frame; says whether to go on."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay gives: the report, and a sentence about damage to the file, or empty."""

    report: SessionReport
    damaged: str


@dataclass(frozen=True, slots=True)
class RoutineReplayed:
    """What a replay of a recorded routine gives, likewise."""

    report: RoutineReport
    damaged: str


def spec_of(recording: Recording, path: Path) -> Spec:
    """The spec that a recording was coached with, as kept in it.

    Raises:
        FormcoachError: it keeps none, or one that this version does not take.
    """
    text = recording.header.get("spec_toml")
    if not text:
        raise FormcoachError(f"{path} does not say which exercise it shows; name it with --exercise.")
    try:
        name = f"{recording.header.get('exercise', 'recorded')}.toml"
        return parse_spec(str(text), name, lambda _: str(recording.header.get("base_toml", "")))
    except SpecError as error:
        raise FormcoachError(
            f"The exercise kept in {path} has faults ({error.faults[0]}); name another with --exercise."
        ) from None


def replay_recording(
    path: Path, spec: Spec | None, *, video: Path | None = None, progress: Progress | None = None
) -> Replayed:
    """Replay a recorded session: its own samples and actions, to its own events.

    Args:
        path: the recording.
        spec: coach it with this one; None = the spec kept in the recording.
        video: write the moving figure to this file.
        progress: is told how far it is.
    """
    recording = read_recording(path)
    session = Session(spec or spec_of(recording, path))
    _coach_recording(recording, session, video, progress)
    return Replayed(session.finish(), recording.damaged)


def is_routine(path: Path) -> bool:
    """Whether a recording is one of a whole routine."""
    return "routine" in read_recording(path).header


def replay_routine(
    path: Path, *, video: Path | None = None, progress: Progress | None = None
) -> RoutineReplayed:
    """Replay a recorded routine, with the exercises and doses kept in it."""
    recording = read_recording(path)
    session = RoutineSession(plan_of(recording, path))
    _coach_recording(recording, session, video, progress)
    return RoutineReplayed(session.finish(), recording.damaged)


def plan_of(recording: Recording, path: Path) -> Plan:
    """The plan that a recorded routine followed, as kept in the recording.

    Raises:
        FormcoachError: this version does not take it.
    """
    header = recording.header
    try:
        kept = dict(header["specs"])
        specs = {
            str(name): parse_spec(str(text), f"{name}.toml", lambda base_id: str(kept[base_id]))
            for name, text in kept.items()
        }
        doses = [None if dose is None else float(dose) for dose in header["doses"]]
        text, name = str(header["routine_toml"]), f"{header['routine']}.toml"
        return plan(parse_routine(text, name, specs), specs, doses)
    except (KeyError, TypeError, ValueError, SpecError) as error:
        why = error.faults[0] if isinstance(error, SpecError) else f"{error} is missing or of a wrong kind"
        raise FormcoachError(
            f"The routine kept in {path} has faults ({why}); name one exercise of it with --exercise."
        ) from None


def _coach_recording(
    recording: Recording, session: Coached, video: Path | None, progress: Progress | None
) -> None:
    if video is not None:
        _draw_recording(recording, session, video, progress)
        return
    for item in recording.stream():
        if isinstance(item, Action):
            session.act(item)
        else:
            session.take(item)


def _draw_recording(recording: Recording, session: Coached, video: Path, progress: Progress | None) -> None:
    aspect = float(recording.aspect[0]) if len(recording.aspect) else 16 / 9
    width = 2 * round(CANVAS_HEIGHT * aspect / 2)
    empty = np.full((CANVAS_HEIGHT, width, 3), CANVAS, np.uint8)
    showing = Showing(mirror=False)
    with VideoWriter(video, width, CANVAS_HEIGHT, rate=None) as writer:
        for item in recording.stream():
            if isinstance(item, Action):
                session.act(item)
                continue
            scene = take(session, item)
            writer.write(showing.draw(empty, scene, paused=session.paused, hurt=session.hurt), item.t)
            if progress is not None:
                progress(item.t)


def replay_video(
    path: Path,
    spec: Spec,
    model: Path,
    *,
    video: Path | None = None,
    watch: Watch | None = None,
    progress: Progress | None = None,
) -> Replayed:
    """Replay a video file through the pose model and the coach.

    Decoding, the model and encoding each have a thread of their own: while one picture is coached and
    drawn, the model already looks at the next.

    Args:
        path: the video.
        spec: the exercise.
        model: the pose model's file.
        video: write the annotated video to this file.
        watch: is shown every annotated frame.
        progress: is told how far it is.
    """
    session = Session(spec)
    with ExitStack() as stack:
        source = stack.enter_context(VideoFile(path))
        writer = None
        if video is not None:
            writer = stack.enter_context(VideoWriter(video, source.width, source.height, rate=source.rate))
        overlay = None
        if writer is not None or watch is not None:
            overlay = Overlay(spec, source.width, source.height)
        pose = stack.enter_context(PoseReader(model, back=spec.wants_back))
        seen = ((frame, pose.read(frame)) for frame in source)
        for frame, sample in stack.enter_context(Ahead(seen, 1, "pose")):
            coaching = session.take(sample)
            if overlay is not None:
                frame = Frame(frame.t, overlay.draw(frame.image, sample, coaching))
            if writer is not None:
                writer.write(frame.image, frame.t)
            if progress is not None:
                progress(frame.t)
            if watch is not None and not watch(frame, sample, coaching):
                break
        damaged = source.damaged
    return Replayed(session.finish(), damaged)


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
