"""What `kills.py` kills: commands, and the folder that each of them begins in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copytree

from formcoach.errors import FormcoachError
from formcoach.history import History
from formcoach.history_log import SessionLog
from formcoach.label_file import label_path, write_labels
from formcoach.personal import Personal
from formcoach.personal_file import render
from formcoach.recording import RecordingWriter
from formcoach.session import Session
from formcoach.showing import take
from formcoach.spec_file import find_spec, read_spec, stock_folder

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))

from labelled import samples_and_labels  # noqa: E402
from puppet import perform  # noqa: E402
from puppet.drawing import draw  # noqa: E402

EXERCISE = "hip-hinge"
GOOD, BENT = f"{EXERCISE}-Anna-good.fcr", f"{EXERCISE}-Anna-knee_bent.fcr"
TUNE = f"tune {EXERCISE} {GOOD} {BENT} --write"
OUTPUTS = "--json out.json --report out.html --video out.mp4 --report-video beside"


@dataclass(frozen=True, slots=True)
class Job:
    """Something to kill.

    Attributes:
        name: what it is called in the table.
        words: what is typed, in a folder made by `prepare`.
        first: what is typed before, and not killed.
        share: how often it is killed, of all.
        exact: whether it writes the same bytes each time, so that files are either old or new to the byte.
    """

    name: str
    words: str
    first: str = ""
    share: int = 1
    exact: bool = True

    @property
    def is_live(self) -> bool:
        """Whether it takes the time that the pictures take."""
        return self.words.startswith("live")


JOBS = (
    Job(
        "live --record",
        f"live {EXERCISE} --camera hinge.mp4 --record --window --voice off",
        share=5,
        exact=False,
    ),
    Job("replay of a video", f"replay hinge.mp4 --exercise {EXERCISE} {OUTPUTS}", share=2, exact=False),
    Job("replay of a recording", f"replay {GOOD} {OUTPUTS}", share=3, exact=False),
    Job("tune --write", TUNE, share=4),
    Job("tune --undo", f"tune {EXERCISE} --undo", TUNE, share=2),
    Job("tune --personal --write", f"tune {EXERCISE} {GOOD} --personal --write", share=2),
    Job("a session into the history", f"log {GOOD}", share=3, exact=False),
    Job("history, as page and tables", "history --page h.html --csv h.csv --json h.json"),
    Job("history --forget", "history --forget everything --yes", share=2),
    Job("spec new", f"spec new my-hinge --from {GOOD}"),
    Job("the studio's save", f"save {BENT}", share=2),
)


@dataclass(frozen=True, slots=True)
class Ready:
    """A job that has been gone through once undisturbed.

    Attributes:
        job: which one.
        before, after: folders as they were before it, and after it.
        changes, steps: how many moments of either kind there were.
        seconds: how long it took.
    """

    job: Job
    before: Path
    after: Path
    changes: int
    steps: int
    seconds: float


def prepare(folder: Path, *, film: bool) -> None:
    """Make what everything begins with: recordings with labels, exercises, neutral and days of one's own.

    Args:
        folder: to be made.
        film: whether a video is drawn as well, which takes the place of a camera.
    """
    text = (stock_folder() / f"{EXERCISE}.toml").read_text("utf-8")
    (folder / "own").mkdir(parents=True)
    # Knees that nobody keeps so straight: there is something to tune.
    tight = text.replace("good = [140, inf] ", "good = [163, inf] ")
    (folder / "own" / f"{EXERCISE}.toml").write_text(tight, "utf-8")
    (folder / "personal.toml").write_text(render({"plank": Personal("2026-03-01", {"hips": 171.0}, {})}))
    for fault in ("", "knee_bent"):
        samples, labels = samples_and_labels(EXERCISE, "Anna", fault, reps=2)
        header = {"exercise": EXERCISE, "spec_toml": text, "created": "2026-03-01T12:00:00+01:00"}
        with RecordingWriter(folder / labels.file, header) as writer:
            for sample in samples:
                writer.add(sample)
        write_labels(label_path(folder / labels.file), labels)
    with History(folder / "history.sqlite") as history:
        for ago in (3, 2, 1):
            _remember(history, datetime.now().astimezone() - timedelta(ago))
    if film:
        shown = perform(EXERCISE, reps=2, rest_s=0.5, move_s=0.8, hold_s=0.3, fps=10)
        draw(shown, folder / "hinge.mp4", height=240)


def _remember(history: History, when: datetime) -> None:
    session = Session(read_spec(find_spec(EXERCISE)))
    kept = SessionLog(history, when)
    for sample in perform(EXERCISE, reps=2, fps=10).samples:
        kept.hear(take(session, sample))
    kept.finish(session.finish())


def start(words: str, folder: Path, kind: str, number: int, more: Sequence[str]) -> subprocess.Popen[str]:
    """Start a command in a folder, to die at a moment of its own (see `kills_moment.py`).

    Args:
        words: what is typed.
        folder: for everything that formcoach keeps.
        kind, number: of the moment.
        more: further words for what looks at pictures.
    """
    own = {
        "FORMCOACH_HISTORY": "history.sqlite",
        "FORMCOACH_RECORDINGS": "recordings",
        "FORMCOACH_CAMERA_FILE": "camera",
        "FORMCOACH_PERSONAL": "personal.toml",
        "FORMCOACH_SPECS": "own",
    }
    sees = words.startswith(("live", "replay hinge"))
    return subprocess.Popen(
        [
            *(sys.executable, str(HERE / "kills_moment.py"), kind, str(number)),
            *words.split(),
            *(more if sees else ()),
        ],
        cwd=folder,
        env={**os.environ, **{name: str(folder / kept) for name, kept in own.items()}},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ready(job: Job, ground: Path, more: Sequence[str]) -> Ready:
    """Go through a job undisturbed, beside the folder that `prepare` made.

    Raises:
        FormcoachError: it fails by itself.
    """
    before, after = (ground.with_name(f"{job.name} {when}") for when in ("before", "after"))
    copytree(ground, before)
    if job.first:
        _undisturbed(job.first, before, more)
    copytree(before, after)
    began = time.perf_counter()
    told = _undisturbed(job.words, after, more)
    seconds = time.perf_counter() - began
    counts = json.loads(told.splitlines()[-1])
    return Ready(job, before, after, counts["change"], counts["step"], seconds)


def _undisturbed(words: str, folder: Path, more: Sequence[str]) -> str:
    with start(words, folder, "change", 0, more) as one:
        told, errors = one.communicate()
    if one.returncode:
        raise FormcoachError(f"'formcoach {words}' failed, and nothing has been killed yet: {errors}")
    return told
