"""What `formcoach replay` and `formcoach demo` do: a file through the coach, shown and told."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from formcoach import commands
from formcoach.errors import FormcoachError
from formcoach.spec import Spec
from formcoach.spec_file import find_spec, read_spec, stock_folder

if TYPE_CHECKING:
    from formcoach.replaying import Progress, Replayed, Watch

DEMO_PREFIX = "demo-"

_BAR = "{desc} {percentage:3.0f}% |{bar}| {n:.0f}/{total:.0f} s, {remaining} left"


def replay(options: argparse.Namespace) -> int:
    """Coach a video or a recorded session."""
    from formcoach.recording import SUFFIX

    commands.check_writable(options.json)
    kind = _replay_recording if options.file.suffix == SUFFIX else _replay_video
    result = kind(options)
    commands.tell(result.report, options.json)
    if options.video is not None:
        print(f"Annotated video: {options.video}")
    if result.damaged:
        print(f"Note: {result.damaged}", file=sys.stderr)
    return 0


def _replay_recording(options: argparse.Namespace) -> Replayed:
    from formcoach.replaying import replay_recording

    named = options.exercise or options.spec
    spec = read_spec(commands.spec_path(options)) if named else None
    return replay_recording(options.file, spec, video=options.video, all_angles=options.angles)


def _replay_video(options: argparse.Namespace) -> Replayed:
    if not options.exercise and not options.spec:
        raise FormcoachError(
            f"Say which exercise {options.file} shows, for example --exercise plank; "
            "'formcoach specs' lists them."
        )
    spec = read_spec(commands.spec_path(options))
    return _run_video(options, options.file, spec, video=options.video, all_angles=options.angles)


def _run_video(
    options: argparse.Namespace,
    path: Path,
    spec: Spec,
    *,
    video: Path | None,
    watch: Watch | None = None,
    all_angles: bool = False,
) -> Replayed:
    from formcoach.replaying import replay_video
    from formcoach.video_file import VideoFile

    # Whether it is a video at all is known at once; obtaining the model may take a while.
    with VideoFile(path) as source:
        seconds = source.duration_s
    model = commands.find_model(options)
    with _progress(path.name, seconds) as progress:
        return replay_video(
            path, spec, model, video=video, watch=watch, progress=progress, all_angles=all_angles
        )


def demo(options: argparse.Namespace) -> int:
    """Replay a bundled clip through the real model, and show it where there is a display."""
    clip = _demo_clip(options.exercise)
    spec = read_spec(find_spec(options.exercise))
    commands.make_folder(options.out, "name another one with --out")
    video, report = options.out / f"{spec.id}.mp4", options.out / f"{spec.id}.json"
    with ExitStack() as stack:
        watch = None
        if options.window and _has_display():
            watch = stack.enter_context(_watching(f"formcoach - {spec.name}"))
        result = _run_video(options, clip, spec, video=video, watch=watch)
    commands.tell(result.report, report)
    print(f"Annotated video: {video}\nReport: {report}")
    return 0


def _demo_clip(exercise: str) -> Path:
    folder = stock_folder().parent / "recordings"
    clip = folder / f"{DEMO_PREFIX}{exercise}.mp4"
    if not clip.exists():
        there = sorted(path.stem.removeprefix(DEMO_PREFIX) for path in folder.glob(f"{DEMO_PREFIX}*.mp4"))
        raise FormcoachError(f"There is no demo of '{exercise}'; there are: {', '.join(there)}.")
    return clip


def _has_display() -> bool:
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextmanager
def _progress(name: str, seconds: float | None) -> Iterator[Progress]:
    """A bar of video seconds on a terminal; nothing where nobody watches."""
    from tqdm import tqdm

    total = round(seconds, 1) if seconds else None
    with tqdm(total=total, desc=name, unit="s", file=sys.stderr, disable=None, bar_format=_BAR) as bar:

        def at(t: float) -> None:
            bar.update(max(0.0, min(t, total or t) - bar.n))

        yield at


@contextmanager
def _watching(title: str) -> Iterator[Watch]:
    from formcoach.window import CLOSED, Window

    with Window(title) as window:

        def watch(frame: object, _sample: object, _coaching: object) -> bool:
            window.show(frame.image)  # type: ignore[attr-defined]
            return window.key() not in ("end", CLOSED)

        yield watch
