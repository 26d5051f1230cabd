"""What `formcoach replay` and `formcoach demo` do: a file through the coach, shown and told."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from formcoach import commands
from formcoach.errors import FormcoachError
from formcoach.spec import Spec
from formcoach.spec_file import find_spec, read_spec, stock_folder

if TYPE_CHECKING:
    from formcoach.replaying import Replayed, Wanted, Watch
    from formcoach.reporting import PageMaker
    from formcoach.showing import Listener
    from formcoach.transcript import Transcriber

DEMO_PREFIX = "demo-"


def replay(options: argparse.Namespace) -> int:
    """Coach videos and recorded sessions one after the other, or a whole folder of them."""
    if any(path.is_dir() for path in options.files):
        from formcoach.batch_command import replay_folder

        return replay_folder(options)
    _check_outputs(options)
    if options.against:
        from formcoach.rescore_command import rescore

        return rescore(options)
    if options.report is None:
        return _replay_all(options, None)
    from formcoach.reporting import page_maker

    with page_maker(options.report, options.report_video) as page:
        failed = _replay_all(options, page)
        if page.write():
            print(f"Report page: {page.path}")
        for sentence in page.said:
            print(f"Note: {sentence}", file=sys.stderr)
    return failed


def _check_outputs(options: argparse.Namespace) -> None:
    """Find out before the work what could not be written, or would lie on top of what is read."""
    if len(options.files) > 1 and (options.video or options.json):
        raise FormcoachError("--video and --json are made of one file; replay the files one by one.")
    commands.check_writable(options.json)
    commands.check_writable(options.report)
    for made in filter(None, (options.video, options.json, options.report)):
        if made.exists() and any(path.exists() and made.samefile(path) for path in options.files):
            raise FormcoachError(f"{made} is to be replayed and cannot be written over; name another file.")


def _replay_all(options: argparse.Namespace, page: PageMaker | None) -> int:
    failed = [path for path in options.files if not _try_one(options, path, page)]
    return commands.FAULTY if failed else 0


def _try_one(options: argparse.Namespace, path: Path, page: PageMaker | None) -> bool:
    """Replay one of the files. Of several one that fails is told, and the rest go on."""
    if len(options.files) == 1:
        _replay_one(options, path, page)
        return True
    print(f"== {path}", flush=True)
    try:
        _replay_one(options, path, page)
    except FormcoachError as error:
        print(f"formcoach: {error}", file=sys.stderr)
        return False
    finally:
        print()
    return True


def _replay_one(options: argparse.Namespace, path: Path, page: PageMaker | None) -> None:
    from formcoach.recording import SUFFIX
    from formcoach.replaying import Wanted

    is_video = path.suffix != SUFFIX
    wanted = Wanted(options.video)
    if page is not None:
        wanted = page.wanted(is_video=is_video, video=options.video)
    wanted = replace(wanted, all_angles=options.angles)
    transcriber = _transcriber(options.language) if options.transcript else None
    result = (_replay_video if is_video else _replay_recording)(options, path, wanted, transcriber)
    if page is not None:
        page.add(path, result, wanted)
    commands.tell(result.report, options.json)
    if transcriber is not None:
        from formcoach.transcript import transcript

        print(f"\nWhat is said:\n{transcript(transcriber.lines())}")
    if options.video is not None:
        print(f"Annotated video: {options.video}")
    if result.damaged:
        print(f"Note: {result.damaged}", file=sys.stderr)


def _transcriber(language: str) -> Transcriber:
    from formcoach.language_file import read_language
    from formcoach.talker import Talker
    from formcoach.transcript import Transcriber

    return Transcriber(Talker(read_language(language)))


def _replay_recording(
    options: argparse.Namespace, path: Path, wanted: Wanted, listener: Listener | None
) -> Replayed:
    from formcoach.recording import read_recording
    from formcoach.replaying import replay_recording

    named = options.exercise or options.spec
    spec = read_spec(commands.spec_path(options)) if named else None
    if wanted.video is None and wanted.clip is None:
        return replay_recording(path, spec, wanted, listener=listener)
    t = read_recording(path).t
    with commands.progress_bar(path.name, float(t[-1]) if len(t) else None) as progress:
        return replay_recording(path, spec, wanted, progress=progress, listener=listener)


def _replay_video(
    options: argparse.Namespace, path: Path, wanted: Wanted, listener: Listener | None
) -> Replayed:
    commands.require_exercise(options, path)
    spec = read_spec(commands.spec_path(options))
    return _run_video(options, path, spec, wanted, listener=listener)


def _run_video(
    options: argparse.Namespace,
    path: Path,
    spec: Spec,
    wanted: Wanted,
    watch: Watch | None = None,
    listener: Listener | None = None,
) -> Replayed:
    from formcoach.replaying import replay_video
    from formcoach.video_file import VideoFile

    # Whether it is a video at all is known at once; obtaining the model may take a while.
    with VideoFile(path) as source:
        seconds = source.duration_s
    model = commands.find_model(options)
    with commands.progress_bar(path.name, seconds) as progress:
        return replay_video(path, spec, model, wanted, watch=watch, progress=progress, listener=listener)


def demo(options: argparse.Namespace) -> int:
    """Replay a bundled clip through the real model, and show it where there is a display."""
    from formcoach.reporting import page_maker

    clip = _demo_clip(options.exercise)
    spec = read_spec(find_spec(options.exercise))
    commands.make_folder(options.out, "name another one with --out")
    video, report, html = (options.out / f"{spec.id}{suffix}" for suffix in (".mp4", ".json", ".html"))
    with ExitStack() as stack:
        watch = None
        if options.window and _has_display():
            watch = stack.enter_context(_watching(f"formcoach - {spec.name}"))
        page = stack.enter_context(page_maker(html, "inside"))
        wanted = page.wanted(is_video=True, video=video)
        result = _run_video(options, clip, spec, wanted, watch)
        page.add(clip, result, wanted)
        page.write()
    commands.tell(result.report, report)
    print(f"Annotated video: {video}\nReport: {report}\nReport page: {html}")
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
def _watching(title: str) -> Iterator[Watch]:
    from formcoach.window import CLOSED, Window

    with Window(title) as window:

        def watch(frame: object, _sample: object, _coaching: object) -> bool:
            window.show(frame.image)  # type: ignore[attr-defined]
            return window.key() not in ("end", CLOSED)

        yield watch
