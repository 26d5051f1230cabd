"""Runs formcoach until a moment that was named, and dies there, with no time to tidy up (SIGKILL).

    python benchmarks/kills_moment.py change 17 tune hip-hinge anna.fcr --write

The moments are those at which something can be left half-done. A `change` is just before a file below the
working directory is opened for writing, renamed or deleted, and before each statement to the history. A
`step` is between two lines of the code that writes, and between two instructions of SQLite, from the first
change on. The 0th moment never comes: all is gone through, and the last line tells how many there were of
either kind.

What is on its way to the disk is told while it goes: `sample`, with its time, once a recording has got it,
and `counted`, with their number, once the history has got repetitions.
"""

from __future__ import annotations

import json
import math
import os
import signal
import sqlite3
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Any

CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.truncate", "os.link", "os.symlink"}

WRITES = (
    "files",
    "history",
    "history_log",
    "history_read",
    "personal_file",
    "recording_writer",
    "reporting",
    "spec_edit",
    "studio_file",
    "video_out",
)
"""The modules of formcoach whose lines are steps."""


class Moments:
    """Counts the moments of this process, and ends it at one of them.

    Args:
        kind: `change` or `step`.
        number: of the moment, from 1; 0 for none.
    """

    def __init__(self, kind: str, number: int) -> None:
        import formcoach

        folder = Path(formcoach.__file__).parent
        self.counts = {"change": 0, "step": 0}
        self._kind, self._number = kind, number
        self._here = Path.cwd()
        self._files = {str(folder / f"{name}.py") for name in WRITES}

    def watch(self) -> None:
        """Begin, in this thread and those that come."""
        connect = sqlite3.connect

        def listened_to(*how: Any, **more: Any) -> sqlite3.Connection:
            connection = connect(*how, **more)
            connection.set_trace_callback(lambda _: self._reach("change"))
            connection.set_progress_handler(lambda: self._reach("step"), 1)
            return connection

        sqlite3.connect = listened_to  # type: ignore[assignment]
        sys.addaudithook(self._hear)
        threading.settrace(self._enter)
        sys.settrace(self._enter)

    def _reach(self, kind: str) -> None:
        self.counts[kind] += 1
        if kind == self._kind and self.counts[kind] == self._number:
            os.kill(os.getpid(), signal.SIGKILL)

    def _hear(self, event: str, values: tuple[Any, ...]) -> None:
        changes = event in CHANGES or (event == "open" and values[2] & (os.O_WRONLY | os.O_RDWR))
        if changes and not isinstance(values[0], int) and self._is_here(os.fsdecode(values[0])):
            self._reach("change")

    def _is_here(self, path: str) -> bool:
        return Path(path).absolute().is_relative_to(self._here)

    def _enter(self, frame: FrameType, _event: str, _value: object) -> Any:
        return self._step if frame.f_code.co_filename in self._files else None

    def _step(self, _frame: FrameType, event: str, _value: object) -> Any:
        if event == "line" and self.counts["change"]:
            self._reach("step")
        return self._step


# ---- what is run beside the commands -----------------------------------------------------------


def log(path: str) -> None:
    """Write a recorded session into the history as a live one is, and tell what it has got."""
    from datetime import datetime

    from formcoach.events import RepEvent
    from formcoach.history import History
    from formcoach.history_log import SessionLog
    from formcoach.landmarks import PoseSample
    from formcoach.recording import read_recording
    from formcoach.session import Session
    from formcoach.showing import take
    from formcoach.spec_file import find_spec, read_spec

    session = Session(read_spec(find_spec("hip-hinge")))
    counted = 0
    with History() as history:
        kept = SessionLog(history, datetime.now().astimezone(), recording=path)
        for sample in read_recording(Path(path)).stream():
            assert isinstance(sample, PoseSample)
            scene = take(session, sample)
            kept.hear(scene)
            assert scene.coaching is not None
            if found := sum(isinstance(event, RepEvent) for event in scene.coaching.events):
                counted += found
                print("counted", counted, flush=True)
        kept.finish(session.finish())


def save(path: str) -> None:
    """Save a bound and labels as the studio does when its button is pressed."""
    from formcoach.spec import Range
    from formcoach.spec_file import find_spec
    from formcoach.studio import Studio
    from formcoach.studio_bench import Bench
    from formcoach.studio_shelf import stock_shelf

    studio = Studio(stock_shelf([Path(path)]), find_spec("hip-hinge"), Bench(1))
    studio.desk.move({"checks.knees_soft.good": Range(141, math.inf)}, "A bound")
    labels = {"repetitions": [{"start": 1.0, "turn": 2.0, "end": 3.0, "good": True}]}
    studio.label(Path(path).name, labels, "Labels")
    studio.save()


def _tell_samples() -> None:
    from formcoach import recording

    add = recording.RecordingWriter.add

    def tell(self: Any, sample: Any) -> None:
        add(self, sample)
        print("sample", sample.t, flush=True)

    recording.RecordingWriter.add = tell  # type: ignore[method-assign]


def main(arguments: Sequence[str]) -> int:
    kind, number, *words = arguments
    moments = Moments(kind, int(number))
    moments.watch()
    code = 0
    if words[0] in ("log", "save"):
        {"log": log, "save": save}[words[0]](words[1])
    else:
        from formcoach.cli import main as run

        if words[0] == "live":
            _tell_samples()
        code = run(words)
    sys.settrace(None)
    print(json.dumps(moments.counts))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
