"""The command line as a person meets it: what it prints, what it says of bad input, its exit codes."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import msgpack
import numpy as np
import pytest

from coached import stock
from formcoach import __version__
from formcoach.cli import main
from formcoach.commands import read_plan
from formcoach.history import History
from formcoach.history_log import SessionLog
from formcoach.recording import RecordingWriter
from formcoach.routine_file import find_routine
from formcoach.routine_report import RoutineReport, StepReport
from formcoach.session import Session
from formcoach.spec_file import find_spec, list_specs
from little_videos import make_video
from puppet import perform

HEAVY = {"cv2", "mediapipe", "av", "numpy", "tqdm", "matplotlib"}


@pytest.fixture
def said(capsys):
    """Run a command; give its exit code, output and errors."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return run


def is_one_sentence(text: str) -> bool:
    return text.count("\n") == 1 and text.startswith("formcoach: ") and "Traceback" not in text


def record(path: Path, exercise: str = "bird-dog", **how: object) -> Path:
    header = {
        "exercise": exercise,
        "spec_toml": find_spec(exercise).read_text("utf-8"),
        "formcoach": __version__,
    }
    with RecordingWriter(path, header) as writer:
        for sample in perform(exercise, **how).samples:
            writer.add(sample)
    return path


def test_no_command_prints_the_help(said):
    code, out, _ = said()
    assert code == 0
    for command in ("live", "replay", "specs", "routine", "evaluate", "demo", "doctor"):
        assert command in out


def test_the_version(said):
    assert said("--version") == (0, f"formcoach {__version__}\n", "")


@pytest.mark.parametrize("command", ["live", "replay", "specs", "routine", "evaluate", "demo", "doctor"])
def test_every_command_shows_a_command_that_runs(said, command):
    code, out, _ = said(command, "--help")
    assert code == 0
    assert "For example: formcoach" in " ".join(out.split())


def test_help_loads_nothing_heavy():
    code = (
        "import sys\n"
        "from formcoach.cli import main\n"
        "try: main(['--help'])\n"
        "finally: print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    assert "formcoach" in loaded
    assert loaded & HEAVY == set()


def test_the_list_of_exercises_names_each(said):
    code, out, _ = said("specs")
    assert code == 0
    listed = [line.split()[0] for line in out.splitlines() if line.startswith("  ")]
    assert sorted(listed[1:]) == [path.stem for path in list_specs()]


def test_one_exercise_in_words_and_as_a_picture(said, monkeypatch, tmp_path):
    monkeypatch.setenv("FORMCOACH_CACHE", str(tmp_path))
    code, out, err = said("specs", "bird-dog")
    assert (code, err) == (0, "")
    assert stock("bird-dog").missed in out
    picture = Path(out.splitlines()[-1].removeprefix("Picture: "))
    assert picture.parent == tmp_path / "pictures"
    drawn = picture.read_bytes()
    assert drawn.startswith(b"\x89PNG")
    picture.write_bytes(b"kept")
    assert said("specs", "bird-dog") == (0, out, "")
    assert picture.read_bytes() == b"kept"
    assert said("specs", "bird-dog", "--picture", tmp_path / "mine.png")[0] == 0
    assert (tmp_path / "mine.png").read_bytes() == drawn


def test_an_exercise_of_ones_own_is_shown_before_it_is_put_anywhere(said, monkeypatch, tmp_path):
    monkeypatch.setenv("FORMCOACH_CACHE", str(tmp_path))
    own = tmp_path / "my-plank.toml"
    own.write_text(find_spec("plank").read_text("utf-8").replace('"Plank"', '"My plank"'))
    code, out, _ = said("specs", own)
    assert code == 0
    assert out.startswith("My plank\n")
    assert "Picture: " in out


def test_where_no_figure_can_be_posed_words_do(said, monkeypatch, tmp_path):
    monkeypatch.setenv("FORMCOACH_CACHE", str(tmp_path))
    own = tmp_path / "knot.toml"
    plank = find_spec("plank").read_text("utf-8")
    own.write_text(re.sub(r"arms = \[1\d\d, 180\]", "arms = [0, 20]", plank), "utf-8")
    code, out, _ = said("specs", own)
    assert code == 0
    assert out.endswith("Picture: none; no figure could be drawn in its poses.\n")
    code, _, err = said("specs", own, "--picture", tmp_path / "a.png")
    assert code == 2
    assert is_one_sentence(err)
    assert not (tmp_path / "a.png").exists()


def test_a_cache_that_cannot_be_written_costs_the_picture_only(said, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("FORMCOACH_CACHE", str(tmp_path / "file"))
    code, out, err = said("specs", "plank")
    assert code == 0
    assert out.startswith("Plank\n")
    assert "Picture: none (" in err


@pytest.mark.parametrize(
    ("name", "told"), [("mine.txt", "a name that ends in .png"), ("nowhere/mine.png", "cannot be written")]
)
def test_a_picture_that_cannot_be_written_is_told_before_anything_else(said, tmp_path, name, told):
    code, out, err = said("specs", "bird-dog", "--picture", tmp_path / name)
    assert (code, out) == (2, "")
    assert told in err
    assert not list(tmp_path.iterdir())


def test_a_picture_is_of_an_exercise(said, tmp_path):
    code, out, err = said("specs", "--picture", tmp_path / "a.png")
    assert (code, out) == (2, "")
    assert is_one_sentence(err)


def test_the_schema_for_editors_is_json(said):
    code, out, _ = said("specs", "--schema")
    assert code == 0
    assert json.loads(out)["properties"].keys() >= {"name", "measures", "poses", "checks"}


def test_all_stock_specs_pass_the_check(said):
    code, out, _ = said("specs", "--check")
    assert code == 0
    assert "no faults" in out


def write_good_day(day: date) -> None:
    """A day on which all of the routine `strength` was done in good form, in the history."""
    chosen = read_plan(find_routine("strength"))
    good = StepReport(chosen.steps[3], "done", 60.0, (Session(stock("plank")).finish(),))
    began = datetime.combine(day, time(12), UTC)
    with History() as kept:
        SessionLog(kept, began, routine="strength").finish(RoutineReport(chosen.routine, 60.0, (good,)))


def test_routines_are_listed_shown_and_checked(said, tmp_path):
    code, out, _ = said("routine")
    assert code == 0
    assert {"daily-15", "flare-up", "strength"} <= {line.split()[0] for line in out.splitlines()[1:]}
    code, out, _ = said("routine", "daily-15")
    assert code == 0
    assert "Takes: about 15 minutes." in out
    for day in range(1, 4):
        write_good_day(date.today() - timedelta(day))
    assert "Grows from 20 to 45 seconds" in said("routine", "strength")[1]
    assert "3 sets: hold for 22 seconds" in said("routine", "strength")[1]
    assert said("routine", "--check") == (0, "7 routines checked, no faults.\n", "")
    (tmp_path / "mine.toml").write_text("format = 1")
    code, out, err = said("routine", "--check", tmp_path / "mine.toml")
    assert (code, out) == (2, "")
    assert "mine.toml: name: missing" in err
    code, _, err = said("routine", "daily-16")
    assert code == 2
    assert is_one_sentence(err)
    assert "daily-15" in err


def test_a_broken_spec_says_all_its_faults_by_address(said, tmp_path):
    text = find_spec("bird-dog").read_text("utf-8")
    broken = tmp_path / "bird-dog.toml"
    broken.write_text(
        text.replace("good = [-10, 10]", "good = [10, -10]").replace(
            '"side.hip", "side.ankle"', '"side.hip", "side.ancle"'
        )
    )
    code, out, err = said("specs", "--check", broken)
    assert (code, out) == (2, "")
    assert "bird-dog.toml: checks.leg_level.good: low 10 is above high -10" in err
    assert "side.ancle" in err
    code, _, err = said("replay", record(tmp_path / "a.fcr", reps=1), "--spec", broken)
    assert code == 2
    assert "checks.leg_level.good" in err
    assert "Traceback" not in err


def test_a_faulty_spec_of_ones_own_does_not_hide_the_rest(said, monkeypatch, tmp_path):
    (tmp_path / "mine.toml").write_text("format = 1")
    monkeypatch.setenv("FORMCOACH_SPECS", str(tmp_path))
    code, out, err = said("specs")
    assert code == 2
    assert "bird-dog" in out
    assert "mine.toml: name" in err


def test_an_unknown_exercise_offers_the_nearest(said):
    for command in (
        ("specs", "bird-dug"),
        ("live", "bird-dug"),
        ("replay", "x.mp4", "--exercise", "bird-dug"),
    ):
        code, _, err = said(*command)
        assert code == 2
        assert is_one_sentence(err)
        assert "bird-dog" in err


def test_a_video_must_be_told_its_exercise(said, tmp_path):
    code, _, err = said("replay", make_video(tmp_path / "a.mp4"))
    assert code == 2
    assert is_one_sentence(err)
    assert "--exercise" in err


@pytest.mark.parametrize(
    "name", ["missing.mp4", "empty.mp4", "text.mp4", "folder", "missing.fcr", "empty.fcr", "text.fcr"]
)
def test_a_file_that_cannot_be_replayed(said, tmp_path, name):
    path = tmp_path / name
    if name.startswith("empty"):
        path.touch()
    elif name.startswith("text"):
        path.write_text("not what it says\n" * 50)
    elif name == "folder":
        path.mkdir()
    code, out, err = said("replay", path, "--exercise", "plank", "--model", tmp_path / "no-model-is-needed")
    assert (code, out) == (2, "")
    assert is_one_sentence(err)
    assert name in err


def test_a_recording_replays_to_a_summary_and_a_report(said, tmp_path):
    path = record(tmp_path / "a.fcr", reps=2, hold_s=9, fault=("knee_bent", 2, 2))
    code, out, err = said("replay", path, "--json", tmp_path / "a.json")
    assert (code, err) == (0, "")
    assert "left: 2 repetitions, 2 of them held for 8 seconds." in out
    assert "Stretch the lifted leg long" in out
    report = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert [rep["counted"] for rep in report["sides"]["left"]["repetitions"]] == [True, True]
    assert {fault["kind"] for fault in report["faults"]} == {"knee_bent"}


def test_a_truncated_recording_is_replayed_as_far_as_it_goes(said, tmp_path):
    whole = record(tmp_path / "whole.fcr", reps=2, hold_s=4).read_bytes()
    cut = tmp_path / "cut.fcr"
    cut.write_bytes(whole[: len(whole) * 2 // 3])
    code, out, err = said("replay", cut)
    assert code == 0
    assert "left: 1 repetition" in out
    assert err.startswith("Note: ")
    assert cut.read_bytes() == whole[: len(whole) * 2 // 3]


def test_a_recording_from_a_newer_version(said, tmp_path):
    path = record(tmp_path / "a.fcr", reps=1)
    start, rest = _first_object(path.read_bytes())
    newer = (
        {key: value + 1 if value == 1 else value for key, value in start.items()}
        if isinstance(start, dict)
        else [v + 1 if v == 1 else v for v in start]
    )
    path.write_bytes(msgpack.packb(newer) + rest)
    code, _, err = said("replay", path)
    assert code == 2
    assert is_one_sentence(err)
    assert "newer" in err


def _first_object(data: bytes) -> tuple[object, bytes]:
    unpacker = msgpack.Unpacker(strict_map_key=False)
    unpacker.feed(data)
    first = unpacker.unpack()
    return first, data[unpacker.tell() :]


def test_a_report_that_cannot_be_written_is_said_before_the_work(said, tmp_path):
    path = record(tmp_path / "a.fcr", reps=1)
    code, out, err = said("replay", path, "--json", tmp_path / "nowhere" / "a.json")
    assert (code, out) == (2, "")
    assert is_one_sentence(err)


def test_a_video_that_cannot_be_written(said, tmp_path):
    path = record(tmp_path / "a.fcr", reps=1)
    code, out, err = said("replay", path, "--video", tmp_path / "nowhere" / "a.mp4")
    assert (code, out) == (2, "")
    assert is_one_sentence(err)


def test_a_recording_is_drawn_as_a_moving_figure(said, tmp_path):
    path = record(tmp_path / "a.fcr", reps=1, hold_s=1)
    code, _, err = said("replay", path, "--video", tmp_path / "a.mp4")
    assert (code, err) == (0, "")
    from formcoach.video_file import VideoFile

    with VideoFile(tmp_path / "a.mp4") as video:
        frames = list(video)
    samples = perform("bird-dog", reps=1, hold_s=1).samples
    assert len(frames) == len(samples)
    assert np.ptp(frames[len(frames) // 2].image) > 150


def test_live_without_a_display_or_a_camera(said, monkeypatch, tmp_path):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    if sys.platform != "linux":
        pytest.skip("only Linux has no display to have")
    code, _, err = said("live", "plank", "--camera", tmp_path / "none.mp4")
    assert code == 2
    assert is_one_sentence(err)
    assert "display" in err


def test_a_folder_that_cannot_be_made(said, tmp_path):
    (tmp_path / "file").touch()
    code, _, err = said("demo", "--no-window", "--out", tmp_path / "file" / "out")
    assert code == 2
    assert is_one_sentence(err)
    assert "--out" in err


def test_a_missing_system_library_is_said_in_a_sentence(said, monkeypatch):
    def broken(_options: object) -> int:
        raise ImportError("libGL.so.1: cannot open shared object file: No such file or directory")

    monkeypatch.setattr("formcoach.replay_command.demo", broken)
    code, _, err = said("demo")
    assert code == 2
    assert is_one_sentence(err)
    assert "libGL.so.1" in err
    assert "libgl1" in err


def test_live_needs_an_exercise(said):
    code, _, err = said("live")
    assert code == 2
    assert is_one_sentence(err)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"format": 9, "clips": []}'])
def test_ground_truth_that_is_none(said, tmp_path, content):
    path = tmp_path / "truth.json"
    path.write_text(content)
    code, _, err = said("evaluate", path)
    assert code == 2
    assert is_one_sentence(err)
    assert "truth.json" in err


def test_ground_truth_with_faults_tells_all_of_them(said, tmp_path):
    path = tmp_path / "truth.json"
    path.write_text(
        '{"format": 1, "clips": [{"exercise": null, "repetitions": 3, "holds": [], "faults": []}]}'
    )
    code, _, err = said("evaluate", path)
    assert code == 2
    assert err.removeprefix("formcoach: ").splitlines() == [
        f"{path}: clips[0].clean: missing",
        f"{path}: clips[0].repetitions: must be a list, not 3",
        f"{path}: clips[0].file: missing",
    ]


def test_a_corrupt_model_file(said, tmp_path):
    (tmp_path / "bad.task").write_bytes(b"x" * 1000)
    video = make_video(tmp_path / "a.mp4")
    code, _, err = said("replay", video, "--exercise", "plank", "--model", tmp_path / "bad.task")
    assert code == 2
    assert is_one_sentence(err)
    assert "bad.task" in err


@pytest.mark.model
def test_a_video_without_a_person_is_a_report_that_says_so(said, tmp_path, model_path):
    video = make_video(tmp_path / "a.mp4", range(0, 3000, 100), size=(320, 240))
    code, out, _ = said("replay", video, "--exercise", "plank", "--model", model_path)
    assert code == 0
    assert "Nothing counted: nobody was seen." in out


@pytest.mark.model
def test_the_demo_writes_a_video_and_a_report(said, tmp_path, model_path):
    code, out, _ = said("demo", "hip-hinge", "--out", tmp_path / "out", "--no-window", "--model", model_path)
    assert code == 0
    assert (tmp_path / "out" / "hip-hinge.mp4").stat().st_size > 100_000
    report = json.loads((tmp_path / "out" / "hip-hinge.json").read_text("utf-8"))
    assert report["sides"]["both"]["performed"] > 0
    assert "repetitions" in out


def test_output_into_a_closed_pipe_ends_quietly(tmp_path):
    if os.name == "nt" or not shutil.which("head"):
        pytest.skip("needs a shell with head")
    done = subprocess.run(
        f"{sys.executable} -m formcoach specs bird-dog | head -n 1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "Bird-dog\n"
    assert done.stderr == ""


def test_recordings_are_named_by_exercise_and_time(monkeypatch, tmp_path):
    from formcoach.recording import new_recording_path

    monkeypatch.setenv("FORMCOACH_RECORDINGS", str(tmp_path))
    assert new_recording_path("plank", datetime(2026, 1, 2, 3, 4, 5)).name == "plank-2026-01-02-030405.fcr"


# ---- several files, and the page ---------------------------------------------------------------


def test_several_files_are_told_under_their_names_and_become_one_page(said, tmp_path):
    one = record(tmp_path / "one.fcr", "plank", hold_s=3)
    two = record(tmp_path / "two.fcr", "hip-hinge", reps=1)
    page = tmp_path / "page.html"
    code, out, err = said("replay", one, two, "--report", page)
    assert (code, err) == (0, "")
    assert out.index(f"== {one}") < out.index("Plank, ") < out.index(f"== {two}") < out.index("Hip hinge, ")
    assert out.endswith(f"Report page: {page}\n")
    text = page.read_text("utf-8")
    assert "<h1>2 sessions</h1>" in text
    assert 'href="#file-2"' in text


def test_one_of_several_that_fails_is_told_and_the_rest_go_on(said, tmp_path):
    bad, good = tmp_path / "bad.fcr", record(tmp_path / "good.fcr", "plank", hold_s=3)
    bad.write_text("no recording")
    code, out, err = said("replay", bad, good, "--report", tmp_path / "page.html")
    assert code == 2
    assert err == f"formcoach: {bad} is not a recording made by formcoach.\n"
    assert "Plank, " in out
    assert "<h1>Plank</h1>" in (tmp_path / "page.html").read_text("utf-8")


def test_where_all_fail_there_is_no_page(said, tmp_path):
    (tmp_path / "bad.fcr").write_text("no recording")
    code, out, _ = said(
        "replay", tmp_path / "bad.fcr", tmp_path / "none.fcr", "--report", tmp_path / "a.html"
    )
    assert code == 2
    assert "Report page" not in out
    assert not (tmp_path / "a.html").exists()


@pytest.mark.parametrize("option", ["--report", "--video", "--json"])
def test_what_is_read_is_not_written_over(said, tmp_path, option):
    path = record(tmp_path / "a.fcr", "plank", hold_s=2)
    before = path.read_bytes()
    code, out, err = said("replay", path, option, path)
    assert (code, out) == (2, "")
    assert is_one_sentence(err)
    assert path.read_bytes() == before


def test_options_that_do_not_go_together_are_refused_in_a_sentence(said, tmp_path):
    one, two = (record(tmp_path / f"{name}.fcr", "plank", hold_s=2) for name in "ab")
    for arguments in (
        (one, two, "--json", tmp_path / "a.json"),
        (one, two, "--video", tmp_path / "a.mp4"),
        (one, two, "--against", "stock"),
        (one, "--against", "stock", "--report", tmp_path / "a.html"),
        (one, tmp_path),
        (tmp_path, "--report", tmp_path / "a.html"),
        (one, "--report", tmp_path / "a.pdf"),
        (one, "--report", tmp_path / "no" / "a.html"),
    ):
        code, out, err = said("replay", *arguments)
        assert (code, out) == (2, ""), arguments
        assert is_one_sentence(err), arguments


def test_a_routine_becomes_a_page_with_a_part_for_each_set(said, tmp_path):
    from test_routine_session import SAMPLES

    text = (
        'format = 1\nname = "Two"\nabout = "A."\nsource = "B."\nwhen = "Now."\n'
        '[[steps]]\nexercise = "hip-hinge"\nreps = 2\nsets = 1\nrest_s = 5\n'
        '[[steps]]\nexercise = "plank"\nhold_s = [3, 4]\nsets = 1\n'
    )
    specs = {name: find_spec(name).read_text("utf-8") for name in ("hip-hinge", "plank")}
    header = {"routine": "two", "routine_toml": text, "specs": specs, "doses": [None, None]}
    with RecordingWriter(tmp_path / "a.fcr", header) as writer:
        for sample in SAMPLES:
            writer.add(sample)
    code, out, _ = said("replay", tmp_path / "a.fcr", "--report", tmp_path / "a.html")
    assert code == 0
    assert "Hip hinge: done" in out
    page = (tmp_path / "a.html").read_text("utf-8")
    assert "<h1>Two</h1>" in page
    assert page.count('<section class="session"') == 2
    assert "Step 2 of 2" in page


def test_a_folder_has_a_page_of_each_file(said, tmp_path):
    record(tmp_path / "a.fcr", "plank", hold_s=2)
    code, _, _ = said("replay", tmp_path, "--pages", "--out", tmp_path / "out")
    assert code == 0
    assert "<h1>Plank</h1>" in (tmp_path / "out" / "a.fcr.html").read_text("utf-8")
    assert 'href="a.fcr.html"' in (tmp_path / "out" / "index.html").read_text("utf-8")
