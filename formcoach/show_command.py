"""What `formcoach show` does: a recording, or a video, played back in the window with everything drawn in."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from formcoach import commands
from formcoach.errors import FormcoachError
from formcoach.language_file import read_language
from formcoach.spec_file import read_spec

if TYPE_CHECKING:
    from formcoach.frame import Image
    from formcoach.landmarks import PoseSample
    from formcoach.played import Played
    from formcoach.reel import Reel

    Shown = tuple[Played, Callable[[int], Image]]


def show(options: argparse.Namespace) -> int:
    """Play one file back until the person ends it."""
    from formcoach.playback import KEYS, Playback
    from formcoach.recording import SUFFIX
    from formcoach.showing import Showing
    from formcoach.translated import Translator
    from formcoach.window import Window

    language = read_language(options.language)
    path: Path = options.file
    with ExitStack() as stack:
        # Whether there is a window at all is known at once; looking at a video may take a while.
        window = stack.enter_context(
            Window(f"formcoach - {path.name}", full_screen=not options.window, keys=KEYS)
        )
        prepare = _recording if path.suffix == SUFFIX else _video
        played, picture = prepare(options, path, stack)
        if not played.moments:
            raise FormcoachError(f"{path} holds no samples; there is nothing to show.")
        showing = Showing(mirror=False, all_angles=options.angles, began=played.times[0], say=language.of)
        playback = Playback(played, picture, window, showing, shown_as=Translator(language), say=language.of)
        playback.run()
    return 0


def _recording(options: argparse.Namespace, path: Path, _stack: ExitStack) -> Shown:
    """A recording on an empty canvas; it has no picture."""
    from formcoach.played import play_through
    from formcoach.recorded import session_of
    from formcoach.recording import read_recording
    from formcoach.replaying import empty_canvas

    recording = read_recording(path)
    spec = read_spec(commands.spec_path(options)) if options.exercise or options.spec else None
    seconds = float(recording.t[-1]) if len(recording.t) else None
    with commands.progress_bar(path.name, seconds) as progress:
        played = play_through(session_of(recording.header, path, spec), recording.stream(), progress)
    canvas = empty_canvas(recording)
    return played, lambda _number: canvas


def _video(options: argparse.Namespace, path: Path, stack: ExitStack) -> Shown:
    """A video, looked at once by the pose model; its pictures are kept, to be shown in any order."""
    from formcoach.played import play_through
    from formcoach.reel import Reel
    from formcoach.session import Session

    commands.require_exercise(options, path)
    spec = read_spec(commands.spec_path(options))
    reel = stack.enter_context(Reel())
    with _samples(options, path, reel, back=spec.wants_back) as samples:
        return play_through(Session(spec), samples), reel.picture


@contextmanager
def _samples(
    options: argparse.Namespace, path: Path, reel: Reel, *, back: bool
) -> Iterator[Iterator[PoseSample]]:
    """The samples of a video, which puts its pictures on the reel as they come."""
    from formcoach.pose import PoseReader
    from formcoach.video_file import VideoFile

    with VideoFile(path) as source, PoseReader(commands.find_model(options), back=back) as pose:

        def read() -> Iterator[PoseSample]:
            with commands.progress_bar(path.name, source.duration_s) as progress:
                for frame in source:
                    reel.add(frame.image)
                    yield pose.read(frame)
                    progress(frame.t)

        yield read()
