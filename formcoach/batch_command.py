"""What `formcoach replay FOLDER` does: all videos and recordings in it, into a folder of results."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from pathlib import Path

from tqdm import tqdm

from formcoach import commands
from formcoach.batch import Row, Task, done_before, find_files, replay_all, replay_on_cluster
from formcoach.batch_page import batch_page
from formcoach.errors import FormcoachError
from formcoach.evaluating import read_truth
from formcoach.files import write_bytes, write_text
from formcoach.recording import SUFFIX
from formcoach.spec_file import find_spec, read_spec

RESULTS = "formcoach-results"
"""The folder of the results where none is named, in the folder that is replayed."""

OUTPUTS = ("json", "video", "against")
"""Options of one file that a folder has no use for, but for `video`, which is a switch there."""


def replay_folder(options: argparse.Namespace) -> int:
    """Replay a folder; the exit code is 2 where any file failed."""
    folder = _folder(options)
    out = (options.out or folder / RESULTS).absolute()
    paths = find_files(folder, out)
    if not paths:
        raise FormcoachError(f"There is no video and no recording in {folder}; name another folder.")
    if options.jobs < 1:
        raise FormcoachError(f"--jobs {options.jobs} is no number of workers; 2 is a good one.")
    commands.make_folder(out, "name another one with --out")
    tasks = _tasks(options, folder, paths, out)
    known = {task.path: row for task in tasks if (row := done_before(task)) is not None}
    left = [task for task in tasks if task.path not in known]
    if known:
        print(f"{len(known)} of {len(tasks)} are there already, made the same way.", file=sys.stderr)
    rows = list(known.values())
    try:
        for row in _watched(_replayed(left, options), len(left)):
            rows.append(row)
    except KeyboardInterrupt:
        print(f"Stopped at {len(rows)} of {len(tasks)}; the same command goes on from here.", file=sys.stderr)
    _write_results(sorted(rows, key=lambda row: row.file), out)
    failed = [row for row in rows if row.failed]
    for row in failed:
        print(f"{row.file}: {row.failed}", file=sys.stderr)
    print(f"{len(rows) - len(failed)} of {len(tasks)} replayed: {out / 'index.html'}")
    return commands.FAULTY if failed or len(rows) < len(tasks) else 0


def _folder(options: argparse.Namespace) -> Path:
    if len(options.files) > 1:
        raise FormcoachError("A folder is replayed by itself; name it without other files.")
    if options.report:
        raise FormcoachError("--report is made of files; for a folder, --pages writes a page of each.")
    (folder,) = options.files
    return Path(folder).absolute()


def _replayed(tasks: Sequence[Task], options: argparse.Namespace) -> Iterator[Row]:
    if not tasks:
        return iter(())
    if options.cluster is not None:
        return replay_on_cluster(tasks, options.cluster)
    return replay_all(tasks, options.jobs)


def _watched(rows: Iterator[Row], count: int) -> Iterator[Row]:
    with tqdm(total=count, unit="file", file=sys.stderr, disable=None) as bar:
        for row in rows:
            bar.update()
            bar.set_postfix_str(row.name)
            yield row


def _tasks(options: argparse.Namespace, folder: Path, paths: Sequence[Path], out: Path) -> list[Task]:
    named = None
    if options.exercise or options.spec:
        named = commands.spec_path(options)
    labelled = _labelled(options)
    videos = any(path.suffix.lower() != SUFFIX for path in paths)
    model = commands.find_model(options).absolute() if videos else None
    tasks = []
    for path in paths:
        spec = named or labelled.get(path.name)
        if spec is not None:
            read_spec(spec)  # what is wrong with it is said before the work
        place = path.relative_to(folder)
        tasks.append(
            Task(
                path=path,
                name="--".join((*place.parts[:-1], place.name)),
                out=out,
                spec_id=spec.stem if spec is not None else "",
                spec_text=spec.read_text("utf-8") if spec is not None else "",
                model=model,
                video=options.annotate,
                page=options.pages,
            )
        )
    return tasks


def _labelled(options: argparse.Namespace) -> dict[str, Path]:
    """The exercise of each file that a ground truth names."""
    if options.labels is None:
        return {}
    truths, _ = read_truth(options.labels)
    return {truth.file: find_spec(truth.exercise) for truth in truths if truth.exercise is not None}


def _write_results(rows: Sequence[Row], out: Path) -> None:
    write_text(out / "index.html", batch_page(rows, out))
    write_text(out / "table.csv", _as_csv(rows))
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        return
    sink = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist([asdict(row) for row in rows]), sink)
    write_bytes(out / "table.parquet", sink.getvalue())


def _as_csv(rows: Sequence[Row]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [one.name for one in fields(Row)])
    writer.writeheader()
    writer.writerows(asdict(row) for row in rows)
    return text.getvalue()
