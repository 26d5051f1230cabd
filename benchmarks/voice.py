"""How long after its decision a word begins to sound in a live session, and what speaking costs the pictures.

    python benchmarks/voice.py VIDEO

The video stands for the camera and is shown at its own pace, without a voice and with one, in turns. On Linux
a script that lasts as long as the sound stands for what plays it, so no sound device is needed; a real one
adds the time in which the sound system opens its device.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from live import OffScreen
from measuring import Result, median, model_path, ms, parser, quantile, run, spec_path

from formcoach.camera import LiveCamera
from formcoach.errors import FormcoachError
from formcoach.language_file import read_language
from formcoach.live import coach_live
from formcoach.mouth_process import Mouths
from formcoach.session import Session
from formcoach.showing import Showing
from formcoach.spec_file import read_spec
from formcoach.talker import Talker
from formcoach.voice import Voice

MOST_S = 0.5

PLAYER = """#!/bin/sh
for file; do :; done
bytes=$(wc -c < "$file")
exec sleep $((bytes / 44100)).$(printf %02d $((bytes % 44100 / 441)))
"""


@contextmanager
def a_player() -> Iterator[None]:
    """Something that plays sound, in front of whatever is there."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("pw-play", "paplay", "aplay"):
            Path(folder, name).write_text(PLAYER)
            Path(folder, name).chmod(0o755)
        before = os.environ["PATH"]
        os.environ["PATH"] = os.pathsep.join((folder, before))
        try:
            yield
        finally:
            os.environ["PATH"] = before


def session(options: argparse.Namespace, speaks: bool) -> tuple[list[float], list[float]]:
    """One session, in seconds: from pictures handed over till drawn, and from decisions till their sound."""
    problems: list[str] = []
    english = read_language("en")
    with ExitStack() as stack:
        coached = Session(read_spec(spec_path(options)))
        camera = stack.enter_context(LiveCamera(options.video))
        voice = None
        if speaks:
            mouths = stack.enter_context(Mouths(english.voices, 165))
            voice = stack.enter_context(Voice(Talker(english), mouths, problems.append))
        model, screen = model_path(options), OffScreen(options.seconds)
        result = coach_live(coached, camera, model, screen, Showing(mirror=True), voice=voice)
    if problems:
        raise FormcoachError(f"There is no voice to be timed ({problems[0]}); 'formcoach doctor' says more.")
    lines = () if voice is None else voice.lines()
    return list(result.latencies_s[1:]), [line.t - line.utterance.t for line in lines]


def measure(options: argparse.Namespace) -> Result:
    silent: list[float] = []
    speaking: list[float] = []
    delays: list[float] = []
    with a_player():
        for number in range(2 * options.rounds):
            speaks = number % 4 in (1, 2)
            latencies, delayed = session(options, speaks)
            (speaking if speaks else silent).extend(latencies)
            delays += delayed
    if not delays:
        raise FormcoachError("Nothing was said in the video; take one in which something is counted.")
    rows = [["", "median", "p95", "longest"]]
    for name, of in (
        ("decided till it sounds", delays),
        ("handed over till drawn, speaking", speaking),
        ("handed over till drawn, silent", silent),
    ):
        rows.append([name, ms(median(of)), ms(quantile(of, 0.95)), ms(max(of))])
    return Result(
        "voice",
        f"95 of 100 words begin to sound within {MOST_S:g} s of their decision",
        quantile(delays, 0.95) <= MOST_S,
        rows,
        {
            "delay_s": median(delays),
            "delay_p95_s": quantile(delays, 0.95),
            "delay_longest_s": max(delays),
            "speaking_p95_s": quantile(speaking, 0.95),
            "silent_p95_s": quantile(silent, 0.95),
        },
        f"{options.video.stem}, {2 * options.rounds} sessions, {len(delays)} utterances; where one waits for "
        "the end of another, that is counted.",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    made = parser("Time the voice in a live session.", video=True)
    made.add_argument("--seconds", type=float, default=60.0, help="end a session after (default: 60)")
    made.add_argument("--rounds", type=int, default=2, help="sessions of each kind (default: 2)")
    return run(made, measure, arguments)


if __name__ == "__main__":
    sys.exit(main())
