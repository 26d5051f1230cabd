"""Many files at once: one table from however many workers, and no file takes another one with it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from dying import die_of_the_bad_one, die_once
from formcoach.batch import Row, Task, done_before, find_files, replay_all, replay_on_cluster
from formcoach.batch_page import batch_page
from formcoach.cli import main
from formcoach.recording import RecordingWriter
from formcoach.spec_file import find_spec
from puppet import perform


def record(path: Path, exercise: str, **how: object) -> None:
    header = {"exercise": exercise, "spec_toml": find_spec(exercise).read_text("utf-8")}
    with RecordingWriter(path, header) as writer:
        for sample in perform(exercise, **how).samples:  # type: ignore[arg-type]
            writer.add(sample)
        writer.close({})


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three recordings, one of them in a folder of its own."""
    folder = tmp_path_factory.mktemp("kept")
    (folder / "more").mkdir()
    record(folder / "bad hinge.fcr", "hip-hinge", reps=2, fault="knee_bent")
    record(folder / "good.fcr", "hip-hinge", reps=3)
    record(folder / "more" / "plank.fcr", "plank")
    return folder


def tasks(folder: Path, out: Path) -> list[Task]:
    return [Task(path, path.stem, out, "", "", None, False) for path in find_files(folder, out)]


def told(rows):
    """Rows without how long they took, by name."""
    found = {
        row.name: (row.exercise, row.repetitions, round(row.held_s, 1), row.faults, row.failed)
        for row in rows
    }
    return dict(sorted(found.items()))


ROWS = {
    "bad hinge": ("hip-hinge", 2, 0.0, "knee_bent 2x", ""),
    "good": ("hip-hinge", 3, 0.0, "", ""),
    "plank": ("plank", 0, 20.7, "", ""),
}


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_same_table_from_one_worker_and_from_two(kept, tmp_path, jobs):
    assert told(replay_all(tasks(kept, tmp_path), jobs)) == ROWS
    report = json.loads((tmp_path / "good.json").read_text("utf-8"))
    assert report["sides"]["both"]["performed"] == 3


def test_a_worker_that_dies_takes_no_other_file_with_it(kept, tmp_path):
    rows = told(replay_all(tasks(kept, tmp_path), 2, die_of_the_bad_one))
    assert rows["bad hinge"][-1].startswith("its worker process died")
    assert {name: rows[name] for name in ("good", "plank")} == {
        name: ROWS[name] for name in ("good", "plank")
    }


def test_what_is_done_is_not_done_again_unless_something_has_changed(kept, tmp_path):
    (first, *_) = tasks(kept, tmp_path)
    assert done_before(first) is None
    (row,) = replay_all([first], 1)
    assert done_before(first) == row
    other = Task(
        first.path, first.name, first.out, "plank", find_spec("plank").read_text("utf-8"), None, False
    )
    assert done_before(other) is None
    (tmp_path / "rows" / f"{first.name}.json").write_text("{", "utf-8")
    assert done_before(first) is None


def test_a_dask_cluster_gives_the_same_and_gets_over_a_lost_worker(kept, tmp_path):
    distributed = pytest.importorskip("distributed", reason="Dask is not installed")
    with distributed.LocalCluster(
        n_workers=4, threads_per_worker=1, dashboard_address=None, host="127.0.0.1", scheduler_port=0
    ) as cluster:
        address = cluster.scheduler_address
        assert told(replay_on_cluster(tasks(kept, tmp_path / "a"), address)) == ROWS
        assert told(replay_on_cluster(tasks(kept, tmp_path / "b"), address, die_once)) == ROWS
        assert (tmp_path / "b" / "died").exists()


# ---- as a person types it ----------------------------------------------------------------------


def run(folder: Path, out: Path, *more: str) -> int:
    return main(["replay", str(folder), "--out", str(out), *more])


def test_a_folder_leaves_a_table_and_a_page(kept, tmp_path, capsys):
    assert run(kept, tmp_path / "out", "--jobs", "2") == 0
    assert "3 of 3 replayed" in capsys.readouterr().out
    with (tmp_path / "out" / "table.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["name"] for row in rows] == ["bad hinge.fcr", "good.fcr", "more--plank.fcr"]
    assert [row["repetitions"] for row in rows] == ["2", "3", "0"]
    parquet = pytest.importorskip("pyarrow.parquet")
    assert parquet.read_table(tmp_path / "out" / "table.parquet").column("repetitions").to_pylist() == [
        2,
        3,
        0,
    ]
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert 'href="bad%20hinge.fcr.json"' in page
    assert "knee_bent 2x" in page


def test_a_second_run_goes_on_from_the_first(kept, tmp_path, capsys):
    run(kept, tmp_path)
    (tmp_path / "rows" / "good.fcr.json").unlink()
    good, bad = tmp_path / "good.fcr.json", tmp_path / "bad hinge.fcr.json"
    written = good.stat().st_mtime_ns, bad.stat().st_mtime_ns
    capsys.readouterr()
    assert run(kept, tmp_path) == 0
    assert "2 of 3 are there already" in capsys.readouterr().err
    assert good.stat().st_mtime_ns > written[0]
    assert bad.stat().st_mtime_ns == written[1]


def test_a_file_that_fails_is_told_and_the_rest_go_on(kept, tmp_path, capsys):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "torn.fcr").write_bytes(b"nothing of the kind")
    (folder / "good.fcr").write_bytes((kept / "good.fcr").read_bytes())
    assert run(folder, tmp_path / "out") == 2
    out, err = capsys.readouterr()
    assert "torn.fcr is not a recording made by formcoach" in err
    assert "1 of 2 replayed" in out
    assert "Failed: " in (tmp_path / "out" / "index.html").read_text("utf-8")


def test_the_folder_of_results_is_not_replayed_itself(kept, tmp_path):
    out = kept / "out"
    (out / "rows").mkdir(parents=True)
    (out / "old.fcr").write_bytes(b"")
    assert [path.name for path in find_files(kept, out)] == ["bad hinge.fcr", "good.fcr", "plank.fcr"]
    (out / "old.fcr").unlink()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--jobs", "0"], "--jobs 0 is no number of workers"),
        (["--cluster", "tcp://127.0.0.1:9"], "No Dask cluster answers at tcp://127.0.0.1:9"),
        (["--exercise", "dancing"], "dancing"),
    ],
)
def test_what_cannot_be_done_is_said(kept, tmp_path, capsys, arguments, said):
    if "--cluster" in arguments:
        pytest.importorskip("distributed", reason="Dask is not installed")
    assert run(kept, tmp_path, *arguments) == 2
    assert said in capsys.readouterr().err


def test_an_empty_folder_is_said(tmp_path, capsys):
    assert run(tmp_path, tmp_path / "out") == 2
    assert "There is no video and no recording in" in capsys.readouterr().err


def test_no_name_becomes_part_of_the_page(tmp_path):
    page = batch_page([Row("<b>.fcr", "<script>", failed="<img src=x>")], tmp_path)
    assert "<script>" not in page
    assert "<img" not in page
