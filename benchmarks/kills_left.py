"""What a kill has left in a folder, and whether it is as it should be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kills_jobs import Job, Ready

from formcoach.errors import FormcoachError
from formcoach.history import History, Row
from formcoach.history_read import sets_done
from formcoach.label_file import read_labels
from formcoach.recording import Recording, read_recording
from formcoach.replaying import replay_recording
from formcoach.spec_file import parse_spec
from formcoach.video_file import VideoFile

LOSS_S = 1.0
"""Seconds of a session that a kill may cost."""

TABLES = ("sessions", "sets", "repetitions", "holds", "faults", "cues", "steps", "facts")


@dataclass(slots=True)
class Left:
    """What a kill left.

    Attributes:
        job: what was killed.
        how: at a `change`, at a `step`, or by the `clock`.
        killed: whether it was still running.
        lost_s: seconds of the session that are not in the recording; NaN where nothing is recorded.
        parts: files that were begun and never got their name.
        problems: sentences about what is not as it should be.
    """

    job: Job
    how: str
    killed: bool
    lost_s: float = float("nan")
    parts: int = 0
    problems: list[str] = field(default_factory=list)


def look(ready: Ready, folder: Path, told: Sequence[str], left: Left) -> None:
    """Look at everything in a folder, and write down what is wrong.

    Args:
        ready: the job that was killed.
        folder: where it was killed; what is opened there is mended, as it would be the next time.
        told: the lines that it had printed.
        left: takes what is found.
    """
    there = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    left.parts = sum(path.suffix == ".part" for path in there)
    left.problems += _broken(ready, folder, there)
    left.problems += _gone(ready, there)
    left.problems += _history_faults(ready, folder, told)
    if ready.job.is_live:
        times = [float(line.split()[1]) for line in told if line.startswith("sample ")]
        _look_at_recording(folder, times, left)


# ---- files -------------------------------------------------------------------------------------


def _broken(ready: Ready, folder: Path, there: set[Path]) -> Iterator[str]:
    """A sentence for each file under a final name that is neither as it was, nor as it should be."""
    for path in sorted(there):
        if path.suffix == ".part" or path.name.startswith("history.sqlite"):
            continue
        now = (folder / path).read_bytes()
        if now in [
            known.read_bytes() for at in (ready.before, ready.after) if (known := at / path).is_file()
        ]:
            continue
        if ready.job.exact:
            yield f"{path} is neither as it was nor as it should be"
        else:
            yield from broken_file(folder / path)
    for path in sorted(there):
        yield from _does_not_open(folder / path)


def broken_file(path: Path) -> Iterator[str]:
    """A sentence where a file is not whole."""
    try:
        whole = _is_whole(path)
    except (FormcoachError, ValueError) as error:
        yield f"{path.name} is not whole: {error}"
    else:
        if not whole:
            yield f"{path.name} is not whole"


def _is_whole(path: Path) -> bool:
    if path.suffix == ".json":
        return bool(json.loads(path.read_text("utf-8")))
    if path.suffix == ".html":
        return path.read_text("utf-8").rstrip().endswith("</html>")
    if path.suffix == ".fcr":
        return True  # it may break off, and is opened by itself
    if path.suffix != ".mp4":
        return False  # nothing else is written
    with VideoFile(path) as video:
        pictures = sum(1 for _ in video)
        return pictures > 0 and not video.damaged


def _does_not_open(path: Path) -> Iterator[str]:
    """A sentence where a file of an exercise or of labels cannot be read; old ones count as well."""
    try:
        if path.name.endswith(".labels.json"):
            read_labels(path)
        elif re.search(r"\.toml(\.bak\d*)?$", path.name) and path.name != "personal.toml":
            parse_spec(path.read_text("utf-8"), path.name.partition(".bak")[0])
    except FormcoachError as error:
        yield f"{path.name} does not open: {error}"


def _gone(ready: Ready, there: set[Path]) -> Iterator[str]:
    """A sentence for each file that was there, should be there still, and is not."""
    for known in ready.before.rglob("*"):
        path = known.relative_to(ready.before)
        if known.is_file() and (ready.after / path).is_file() and path not in there:
            yield f"{path} is gone"


# ---- the history -------------------------------------------------------------------------------


def rows(path: Path) -> dict[str, set[Row]]:
    """All that a history holds, by table.

    Raises:
        FormcoachError: it does not open, or is damaged.
    """
    with History(path) as history:
        if history.rows("PRAGMA integrity_check") != [("ok",)] or history.rows("PRAGMA foreign_key_check"):
            raise FormcoachError("the history is damaged")
        sets_done(history)
        return {table: set(history.rows(f"SELECT * FROM {table}")) for table in TABLES}


def _history_faults(ready: Ready, folder: Path, told: Sequence[str]) -> Iterator[str]:
    try:
        now = rows(folder / "history.sqlite")
    except FormcoachError as error:
        yield str(error)
        return
    before, after = rows(ready.before / "history.sqlite"), rows(ready.after / "history.sqlite")
    if ready.job.exact:
        if now not in (before, after):
            yield "the history is neither as it was nor as it should be"
        return
    if any(before[table] - now[table] for table in TABLES):
        yield "the history has lost earlier sessions"
    due = max((int(line.split()[1]) for line in told if line.startswith("counted ")), default=0)
    found = len(now["repetitions"] - before["repetitions"])
    if found < due:
        yield f"the history has {found} of {due} repetitions"


# ---- a session ---------------------------------------------------------------------------------


def _look_at_recording(folder: Path, times: Sequence[float], left: Left) -> None:
    made = sorted((folder / "recordings").glob("*.fcr"))
    if not made:
        if times:
            left.problems.append("there is no recording")
        return
    try:
        kept = read_recording(made[0])
    except FormcoachError as error:
        left.problems.append(str(error))
        return
    left.lost_s = max(0.0, times[-1] - kept.t[-1]) if len(kept.t) and times else _length(times)
    if not left.lost_s <= LOSS_S:
        left.problems.append(f"{left.lost_s:.2f} s are missing from the recording")
    with History(folder / "history.sqlite") as history:
        left.problems += missing_in(history, made[0], kept)


def _length(times: Sequence[float]) -> float:
    return times[-1] - times[0] if times else 0.0


def missing_in(history: History, path: Path, kept: Recording) -> Iterator[str]:
    """Repetitions that the recording shows, a second or more before its end, and the history does not."""
    if not len(kept.t):
        return
    report = replay_recording(path, None).report
    due = sum(rep.end <= kept.t[-1] - LOSS_S for rep in report.repetitions)
    query = (
        'SELECT count(*) FROM repetitions JOIN sets ON sets.id = "set" '
        "JOIN sessions ON sessions.id = sets.session WHERE recording = ?"
    )
    ((there,),) = history.rows(query, str(path))
    if there < due:
        yield f"the history has {there} of {due} repetitions"
