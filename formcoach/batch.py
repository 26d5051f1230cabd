"""Many files through the coach: one worker process each, or a cluster's workers, into one folder.

Each file leaves its report, and a row that the table is made of. What is there already and was made the
same way is not made again, so that a run that was stopped goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from formcoach import __version__
from formcoach.errors import FormcoachError
from formcoach.files import write_json
from formcoach.recording import SUFFIX
from formcoach.replaying import Replayed, Wanted, replay_recording, replay_video
from formcoach.report import SessionReport, rounded
from formcoach.reporting import page_maker
from formcoach.spec_file import parse_spec

ROWS = "rows"
"""The folder of the rows, in the folder of the results."""

VIDEOS = frozenset((".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi"))
"""What is taken for a video, by the end of its name."""

_MOST = 1e9  # seconds, or whatever is counted in a file

DIED = "its worker process died"


@dataclass(frozen=True, slots=True)
class Task:
    """One file to replay.

    Attributes:
        path: the video or recording.
        name: what its results are called, without an ending.
        out: the folder of the results.
        spec_id, spec_text: the exercise as a spec file's name and text; empty = as a recording knows.
        model: the pose model's file; None where only recordings are replayed.
        video: whether to write the annotated video.
        page: whether to write the report page.
    """

    path: Path
    name: str
    out: Path
    spec_id: str
    spec_text: str
    model: Path | None
    video: bool
    page: bool = False

    @property
    def key(self) -> str:
        """Changes with whatever would change the result."""
        about = self.path.stat()
        made_of = (
            __version__,
            str(self.path),
            about.st_size,
            about.st_mtime_ns,
            self.spec_text,
            None if self.model is None else self.model.name,
            self.video,
            self.page,
        )
        return hashlib.sha256(repr(made_of).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one file; a line of the table.

    Attributes:
        file: its path as it was found.
        name: what its results are called.
        exercise: the exercise's or routine's id.
        failed: why there is no result, in a sentence; else empty.
        note: what was wrong with the file all the same, or empty.
        duration_s: of what it shows.
        repetitions, to_dose, held_s: performed, good and long enough, and seconds held.
        faults: their common names with how often: `sag 2x, knee_bent 1x`.
        cues: how many corrections were said.
        nobody_s: seconds in which the person was not seen.
        took_s: how long the work took.
    """

    file: str
    name: str
    exercise: str = ""
    failed: str = ""
    note: str = ""
    duration_s: float = 0.0
    repetitions: int = 0
    to_dose: int = 0
    held_s: float = 0.0
    faults: str = ""
    cues: int = 0
    nobody_s: float = 0.0
    took_s: float = 0.0


def find_files(folder: Path, out: Path) -> list[Path]:
    """The videos and recordings in a folder and below it, by name, but for what lies in `out`."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in VIDEOS | {SUFFIX})
    return sorted(path for path in found if path.is_file() and out not in path.parents)


def replay_one(task: Task) -> Row:
    """Replay one file, and leave its results; what is wrong with it becomes part of the row."""
    began = time.perf_counter()
    try:
        row = _row(task, _replay(task))
    except FormcoachError as error:
        row = Row(str(task.path), task.name, task.spec_id, failed=str(error))
    row = replace(row, took_s=round(time.perf_counter() - began, 3))
    folder = task.out / ROWS
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / f"{task.name}.json", {"key": task.key, "row": asdict(row)})
    return row


def done_before(task: Task) -> Row | None:
    """The row of an earlier run, where it was made the same way and did not fail."""
    try:
        kept = json.loads((task.out / ROWS / f"{task.name}.json").read_text("utf-8"))
        row = Row(**kept["row"])
        return row if kept["key"] == task.key and not row.failed and _is_of(row, task) else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _is_of(row: Row, task: Task) -> bool:
    """Whether a row is of this file, and all of it of its kind."""
    usual = asdict(Row("", "", ""))
    alike = all(_is_like(getattr(row, name), value) for name, value in usual.items())
    return alike and row.file == str(task.path) and row.name == task.name


def _is_like(value: object, usual: object) -> bool:
    if isinstance(usual, float):
        return isinstance(value, int | float) and abs(value) < _MOST
    return type(value) is type(usual) and (not isinstance(value, int) or abs(value) < _MOST)


Work = Callable[[Task], Row]


def replay_all(tasks: Sequence[Task], jobs: int, work: Work = replay_one) -> Iterator[Row]:
    """Replay files in so many worker processes; rows come as they are ready.

    A file whose worker dies takes no other with it: whatever was under way then is tried once more, each
    in a process of its own.

    Args:
        tasks: the files.
        jobs: how many processes; 1 = this one.
        work: what is done with each; a function that another process can import.
    """
    if jobs == 1:
        yield from map(work, tasks)
        return
    left = list(tasks)
    with _pool(min(jobs, len(tasks))) as pool:
        futures = {pool.submit(work, task): task for task in tasks}
        for future in as_completed(futures):
            if not isinstance(future.exception(), BrokenProcessPool):
                left.remove(futures[future])
                yield future.result()
    for task in left:
        with _pool(1) as pool:
            yield _result(pool.submit(work, task), task)


def replay_on_cluster(tasks: Sequence[Task], address: str, work: Work = replay_one) -> Iterator[Row]:
    """Replay files on the workers of a Dask cluster, which see the same folders.

    A worker that is lost in the middle leaves its file to another one.

    Raises:
        FormcoachError: Dask is not installed, or no cluster answers.
    """
    try:
        from distributed import Client
        from distributed import as_completed as completed
    except ImportError:
        raise FormcoachError(
            "--cluster needs Dask, which is not installed; pip install 'formcoach[cluster]'."
        ) from None
    try:
        client = Client(address, timeout=10)
    except (OSError, ValueError) as error:
        raise FormcoachError(f"No Dask cluster answers at {address} ({error}); start one first.") from None
    with client:
        futures = {client.submit(work, task, pure=False, retries=2): task for task in tasks}
        for future in completed(futures):
            yield _result(future, futures[future])


def _pool(jobs: int) -> ProcessPoolExecutor:
    # A process that is forked while the pose model's threads run can hang: each starts afresh.
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))


def _result(future: Future[Row], task: Task) -> Row:
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, FormcoachError):
        raise error
    return Row(str(task.path), task.name, task.spec_id, failed=f"{DIED} ({type(error).__name__})")


def _replay(task: Task) -> Replayed:
    task.out.mkdir(parents=True, exist_ok=True)
    if not task.page:
        found = _coached(task, Wanted(_video(task)))
    else:
        with page_maker(task.out / f"{task.name}.html", "inside") as page:
            wanted = page.wanted(is_video=task.path.suffix.lower() != SUFFIX, video=_video(task))
            found = _coached(task, wanted)
            page.add(task.path, found, wanted)
            page.write()
    write_json(task.out / f"{task.name}.json", found.report.as_dict())
    return found


def _video(task: Task) -> Path | None:
    return task.out / f"{task.name}.mp4" if task.video else None


def _coached(task: Task, wanted: Wanted) -> Replayed:
    spec = parse_spec(task.spec_text, f"{task.spec_id}.toml") if task.spec_text else None
    if task.path.suffix.lower() == SUFFIX:
        return replay_recording(task.path, spec, wanted)
    if spec is None:
        raise FormcoachError(f"Say which exercise {task.path} shows, with --exercise or --labels.")
    assert task.model is not None
    return replay_video(task.path, spec, task.model, wanted)


def _row(task: Task, found: Replayed) -> Row:
    report = found.report
    if isinstance(report, SessionReport):
        name, sets = report.spec.id, [report]
    else:
        name, sets = report.routine.id, [one for step in report.steps for one in step.sets]
    kinds = [fault.kind for one in sets for fault in one.faults]
    times = {kind: kinds.count(kind) for kind in kinds}
    return Row(
        file=str(task.path),
        name=task.name,
        exercise=name,
        note=found.damaged,
        duration_s=rounded(report.duration_s) or 0.0,
        repetitions=sum(one.performed(side) for one in sets for side in one.sides),
        to_dose=sum(one.to_dose(side) for one in sets for side in one.sides),
        held_s=rounded(sum(one.hold_s for one in sets)) or 0.0,
        faults=", ".join(f"{kind} {count}x" for kind, count in times.items()),
        cues=sum(cue.severity in ("polish", "fix", "stop") for one in sets for cue in one.cues),
        nobody_s=rounded(sum(sum(one.nobody_s.values()) for one in sets)) or 0.0,
    )
