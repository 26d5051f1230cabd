"""The machine fails: one sentence, nothing lost that was kept, and a live session goes on where it can."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import deque
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from coached import stock
from disks import FullDisk, limited, read_only, small_disk
from formcoach import commands, history, live_command, recording_writer, video_out
from formcoach.cli import main
from formcoach.errors import FormcoachError
from formcoach.frame import Frame
from formcoach.history import History
from formcoach.history_log import SessionLog
from formcoach.history_read import sets_done
from formcoach.label_file import label_path, write_labels
from formcoach.landmarks import PoseSample
from formcoach.recording import RecordingWriter, read_recording
from formcoach.session import Session
from formcoach.showing import Scene, take
from formcoach.spec_file import stock_folder
from formcoach.steady_keeping import NO_LONGER, NOTICE_S, SteadyRecorder, Unkept
from labelled import samples_and_labels
from puppet import perform
from test_live import Stage

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a labelled recording, and a hinge of one's own that can be tuned."""
    folder = tmp_path / "here"
    text = (stock_folder() / "hip-hinge.toml").read_text("utf-8")
    (folder / "own").mkdir(parents=True)
    (folder / "own" / "hip-hinge.toml").write_text(text.replace("good = [140, inf] ", "good = [163, inf] "))
    samples, labels = samples_and_labels("hip-hinge", "Anna", reps=2)
    with RecordingWriter(folder / "a.fcr", {"exercise": "hip-hinge", "spec_toml": text}) as writer:
        for sample in samples:
            writer.add(sample)
    write_labels(label_path(folder / "a.fcr"), labels)
    monkeypatch.setenv("FORMCOACH_SPECS", str(folder / "own"))
    monkeypatch.setenv("FORMCOACH_PERSONAL", str(folder / "personal.toml"))
    monkeypatch.setenv("FORMCOACH_RECORDINGS", str(folder / "recordings"))
    monkeypatch.chdir(folder)
    return folder


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def fill(disk: Path) -> None:
    (disk / "all").write_bytes(bytes(shutil.disk_usage(disk).free))


def remember(kept: History, when: datetime, reps: int = 2) -> None:
    session = Session(stock("hip-hinge"))
    log = SessionLog(kept, when)
    for sample in perform("hip-hinge", reps=reps, fps=10).samples:
        log.hear(take(session, sample))
    log.finish(session.finish())


WRITING = [
    "replay a.fcr --json out.json",
    "replay a.fcr --report out.html",
    "replay a.fcr --video out.mp4",
    "export a.fcr --csv out.csv",
    "spec new my-hinge --from a.fcr",
    "specs hip-hinge --picture out.png",
    "tune hip-hinge a.fcr --good --write",
    "tune hip-hinge a.fcr --personal --write",
    "calibrate hip-hinge --from a.fcr",
]
"""What writes a file."""


# ---- no room, a quota, a folder that may not be written to --------------------------------------


@pytest.mark.parametrize("words", WRITING)
def test_a_read_only_folder_is_a_sentence_and_nothing_changes(here: Path, capsys, words: str) -> None:
    before = content(here)
    with read_only(here):
        os.chdir(here)  # and not what it was before
        assert main(words.split()) == 2
    (sentence,) = capsys.readouterr().err.strip().splitlines()[-1:]
    assert sentence.startswith("formcoach: ") and "writ" in sentence
    assert content(here) == before


@pytest.mark.parametrize("words", WRITING)
def test_a_quota_is_a_sentence_and_nothing_half_written_stays(here: Path, words: str) -> None:
    before = content(here)
    done = limited(60, *words.split())
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    (sentence,) = [line for line in done.stderr.splitlines() if line.startswith("formcoach: ")]
    assert "File too large" in sentence or "file too large" in sentence
    assert content(here) == before


def test_a_history_with_a_quota_is_a_sentence_and_keeps_what_it_has(here: Path) -> None:
    with History() as kept:
        kept.write_note(NOON.date())
    done = limited(60, "history", "--forget", "everything", "--yes")
    assert (done.returncode, done.stderr.count("formcoach: The history "), len(done.stderr.splitlines())) == (
        2,
        1,
        1,
    )
    with History() as kept:
        assert kept.note_read


def test_a_full_disk_is_a_sentence_and_keeps_what_was_there(here: Path, tmp_path: Path, capsys) -> None:
    with small_disk(tmp_path / "small", 64 * 1024) as small:
        (small / "out.json").write_text("{}", "utf-8")
        fill(small)
        before = content(small)
        assert main(["replay", "a.fcr", "--json", str(small / "out.json")]) == 2
        assert "(No space left on device); name another file." in capsys.readouterr().err
        assert content(small) == before


def test_a_full_disk_leaves_the_history_as_it_was_and_it_goes_on_when_there_is_room(tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", 256 * 1024) as small:
        path = small / "history.sqlite"
        with History(path) as kept:
            remember(kept, NOON)
        fill(small)
        with pytest.raises(FormcoachError, match="cannot be used"), History(path) as kept:
            SessionLog(kept, NOON + timedelta(1))
        (small / "all").unlink()
        said: list[str] = []
        with History(path) as kept:
            session = Session(stock("hip-hinge"))
            log = SessionLog(kept, NOON + timedelta(1), complain=said.append)
            fill(small)
            for sample in perform("hip-hinge", reps=3, fps=10).samples:
                log.hear(take(session, sample))
            assert len(said) == 1 and "cannot be used" in said[0]
            (small / "all").unlink()
            log.finish(session.finish())
        with History(path) as kept:
            assert [one.repetitions for one in sets_done(kept)] == [2, 3]
            assert kept.rows("PRAGMA integrity_check") == [("ok",)]


# ---- in the middle of a session ------------------------------------------------------------------


def scenes(recorder: SteadyRecorder | None, unkept: Unkept) -> list[Scene]:
    session = Session(stock("hip-hinge"), recorder)
    samples = perform("hip-hinge", reps=5, fps=10).samples
    return [unkept.shown(take(session, sample)) for sample in samples]


def test_a_recording_that_fails_is_told_once_and_the_coach_goes_on(tmp_path: Path, monkeypatch) -> None:
    said: list[str] = []
    unkept = Unkept(said.append)
    writer = RecordingWriter(tmp_path / "a.fcr", {})
    monkeypatch.setattr(writer, "_file", FullDisk(writer._file, 20_000))
    recorder = SteadyRecorder(writer, unkept)
    found = scenes(recorder, unkept)
    recorder.close({})
    (sentence,) = said
    assert sentence.endswith("(no space left on device); what came before is kept.")
    assert found[-1].coaching is not None and found[-1].coaching.reps[""] == 5
    kept = read_recording(tmp_path / "a.fcr")
    assert len(kept.t) > 0 and not kept.damaged
    told = [scene.t for scene in found if scene.notice == NO_LONGER]
    assert kept.t[-1] < told[0] < kept.t[-1] + 1.5
    assert told[-1] - told[0] < NOTICE_S
    assert found[-1].notice != NO_LONGER


def test_where_all_is_kept_nothing_is_told() -> None:
    unkept = Unkept(pytest.fail)
    assert all(scene.notice != NO_LONGER for scene in scenes(None, unkept))


class Camera:
    """Gives a picture for each sample of a performance, and none before the last one was taken."""

    name, width, height, dropped, failure, lost, gaps = "a camera", 160, 120, 0, "", "", ()

    def __init__(self, samples: Sequence[PoseSample]) -> None:
        self._left = deque(samples)

    def __enter__(self) -> Camera:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    @property
    def ended(self) -> bool:
        return not self._left

    def latest(self, _timeout: float) -> Frame | None:
        if not self._left:
            return None
        return Frame(self._left.popleft().t, np.zeros((self.height, self.width, 3), np.uint8))


class Reader:
    """Finds in each picture the sample that it stands for."""

    def __init__(self, samples: Sequence[PoseSample]) -> None:
        self._samples = {sample.t: sample for sample in samples}

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def read(self, frame: Frame) -> PoseSample:
        return self._samples[frame.t]


class Window(Stage):
    """A window that nobody sees."""

    def __enter__(self) -> Window:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def live(monkeypatch: pytest.MonkeyPatch, *more: str) -> int:
    """Run a live session of a person who hinges twice."""
    samples = perform("hip-hinge", reps=2, fps=10).samples
    loop = pytest.importorskip("formcoach.live")
    monkeypatch.setattr(pytest.importorskip("formcoach.window"), "Window", lambda *_, **__: Window())
    monkeypatch.setattr(live_command, "pose_ahead", lambda *_, **__: nullcontext(lambda: Reader(samples)))
    monkeypatch.setattr(loop, "END_CARD_S", 0.0)
    monkeypatch.setattr(live_command, "open_camera", lambda _: Camera(samples))
    monkeypatch.setattr(commands, "find_model", lambda _: Path("a.fcr"))
    return main(["live", "hip-hinge", "--voice", "off", *more])


def test_a_live_session_outlives_its_recording_its_film_and_its_history(
    here: Path, capsys, monkeypatch
) -> None:
    create, write = recording_writer._create, History.write
    monkeypatch.setattr(recording_writer, "_create", lambda *what: FullDisk(create(*what), 14_000))

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(video_out.VideoWriter, "_encode", broken)

    def full(self: History, query: str, *values: object) -> int:
        if query.startswith("INSERT INTO repetitions"):
            raise FormcoachError("The history cannot be used (the disk is full).")
        return write(self, query, *values)

    monkeypatch.setattr(History, "write", full)
    assert live(monkeypatch, "--record", "--record-video", "--json", "out.json") == 0
    out, errors = capsys.readouterr()
    said = sorted(line for line in errors.splitlines() if line.startswith("formcoach: "))
    assert [line.split()[2] for line in said] == ["history", "recording", "video"]
    assert json.loads((here / "out.json").read_text("utf-8"))["sides"]["both"]["performed"] == 2
    assert "Recorded: " in out
    (kept,) = (here / "recordings").glob("*.fcr")
    assert not read_recording(kept).complete
    assert list((here / "recordings").glob("*.mp4*")) == []


def test_a_report_that_cannot_be_written_is_still_told(here: Path, capsys, monkeypatch) -> None:
    (here / "out.json").mkdir()
    assert live(monkeypatch, "--record", "--json", "out.json") == 2
    out, errors = capsys.readouterr()
    assert "Hip hinge, " in out and "Recorded: " in out
    assert "formcoach: out.json cannot be written" in errors


def test_a_folder_of_recordings_that_vanishes_in_the_middle_is_made_again(here: Path, monkeypatch) -> None:
    if os.name == "nt":
        pytest.skip("an open file cannot be deleted there")
    seen = 0
    hear = SessionLog.hear

    def vanish(self: SessionLog, scene: Scene) -> None:
        nonlocal seen
        seen += 1
        if seen == 40:
            shutil.rmtree(here / "recordings")
        hear(self, scene)

    monkeypatch.setattr(SessionLog, "hear", vanish)
    assert live(monkeypatch, "--record") == 0
    (kept,) = (here / "recordings").glob("*.fcr")
    recording = read_recording(kept)
    assert len(recording.t) == seen > 40
    assert recording.complete


# ---- the clock is set back ------------------------------------------------------------------------


def test_a_clock_that_is_set_back_between_sessions_loses_no_day(capsys) -> None:
    today = date.today()
    noon = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    with History() as kept:
        for ago, reps in ((0, 2), (-400, 1), (1, 4)):  # the clock was more than a year ahead for a while
            remember(kept, noon - timedelta(ago), reps)
        assert [one.repetitions for one in sets_done(kept)] == [2, 1, 4], "in the order in which it was done"
    assert main(["history"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("2 days in a row. Last seven days: 2 days, 2 sessions")
    (row,) = (line for line in told.splitlines() if line.startswith("Hip hinge"))
    assert row.split()[2:7] == ["2", "today", "4", "4", "2"]
    assert main(["history", "--forget", (today + timedelta(400)).isoformat(), "--yes"]) == 0


# ---- two at once --------------------------------------------------------------------------------

WRITER = """
import sys
from datetime import datetime, UTC
from formcoach.history import History
from formcoach.history_log import SessionLog
from formcoach.session import Session
from formcoach.showing import take
from formcoach.spec_file import find_spec, read_spec
from puppet import perform
samples = perform("hip-hinge", reps=3, fps=10).samples
print("ready", flush=True)
sys.stdin.readline()
with History() as kept:
    for _ in range(4):
        session = Session(read_spec(find_spec("hip-hinge")))
        log = SessionLog(kept, datetime(2026, 3, 10, tzinfo=UTC), complain=sys.exit)
        for sample in samples:
            log.hear(take(session, sample))
        log.finish(session.finish())
"""


def test_sessions_that_make_and_write_one_history_at_once_lose_nothing() -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)},
        )
        for _ in range(3)
    ]
    for one in writers:
        assert one.stdout is not None and one.stdout.readline() == "ready\n"
    for one in writers:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    assert [one.communicate()[1] for one in writers] == [""] * len(writers)
    with History() as kept:
        assert [one.repetitions for one in sets_done(kept)] == [3] * 12
        assert kept.rows("SELECT count(*) FROM sessions WHERE state = 'ended'") == [(12,)]
        assert kept.rows("PRAGMA integrity_check") == [("ok",)]


def test_a_session_that_holds_the_history_for_too_long_costs_the_other_nothing(monkeypatch) -> None:
    monkeypatch.setattr(history, "BUSY_S", 0.01)
    said: list[str] = []
    session = Session(stock("hip-hinge"))
    with History() as mine, History() as other:
        log = SessionLog(mine, NOON, complain=said.append)
        with other.together():
            for sample in perform("hip-hinge", reps=2, fps=10).samples:
                log.hear(take(session, sample))
        log.finish(session.finish())
        assert [one.repetitions for one in sets_done(mine)] == [2]
    assert len(said) == 1 and "(database is locked)" in said[0]


# ---- where the output goes ----------------------------------------------------------------------


def run_into(stdout: int, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "formcoach", *words]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False)


PRINTING = ["history", "specs", "specs hip-hinge", "replay a.fcr", "tune hip-hinge a.fcr --good"]


@pytest.mark.parametrize("words", ["--help", *PRINTING])
def test_a_pipe_that_nobody_reads_is_no_fault(here: Path, words: str) -> None:
    with History() as kept:
        remember(kept, NOON)
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = run_into(writing, *words.split())
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize("words", PRINTING)
def test_output_for_which_there_is_no_room_is_a_sentence(here: Path, words: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = run_into(full.fileno(), *words.split())
    told = "formcoach: What was to be told cannot be written (No space left on device).\n"
    assert (done.returncode, done.stderr) == (2, told)
