"""Files made to do harm: bombs, numbers that nobody means, names that steer, run, or lead out of a folder.

`benchmarks/fuzz.py` looks for what nobody thought of; here is what somebody thought of.
"""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

import msgpack
import numpy as np
import pytest

from formcoach.batch import Row, Task, done_before
from formcoach.batch_page import batch_page
from formcoach.cli import main
from formcoach.diary import read_diary
from formcoach.errors import FormcoachError, SpecError
from formcoach.evaluating import NEEDED, read_truth
from formcoach.files import write_json
from formcoach.history import History
from formcoach.history_read import pain_days, sets_done
from formcoach.label_file import LARGEST, read_labels
from formcoach.landmark_table import NEEDED as POINTS
from formcoach.landmark_table import read_table
from formcoach.landmarks import PoseSample, nobody
from formcoach.language_file import parse_language
from formcoach.legible import is_unseen, legible, printable
from formcoach.model_bundle import DETECTOR, LANDMARKER, is_bundle
from formcoach.model_file import find_model
from formcoach.model_trim import without_silhouette
from formcoach.motion_files import trc
from formcoach.page_template import environment
from formcoach.personal_file import read_personal
from formcoach.recording import RecordingWriter, read_recording
from formcoach.recording_format import pack_item, pack_start, read_objects, squeeze
from formcoach.routine_file import find_routine, parse_routine
from formcoach.spec_edit import edit_text
from formcoach.spec_file import find_spec, parse_spec, read_spec, stock_spec
from formcoach.toml_text import TooDeepError, parse

MOST_MB = 200

STEERING = {
    "turns what follows": "abc\u202etxt.exe",
    "isolates": "\u2066abc\u2069",
    "erases the screen": "\x1b[2J\x1b[1;1Habc",
    "names the window": "\x1b]0;owned\x07",
    "eight bits": "\x9b2Jabc",
    "goes back in the line": "abc\rxyz",
    "nothing": "a\u200bbc",
    "not UTF-8": "abc\udcff",
}
steering = pytest.mark.parametrize("text", STEERING.values(), ids=STEERING)

LEADING_OUT = ("../plank", "..", "/etc/passwd", "a/b", "a\\b", "plank\0", "~", "", "x" * 5000)
leading_out = pytest.mark.parametrize("name", LEADING_OUT, ids=lambda name: repr(name)[:12])


@contextmanager
def little_memory(most_mb: float = MOST_MB) -> Iterator[None]:
    """Fails if more than so much is taken at any moment."""
    tracemalloc.start()
    try:
        yield
        taken = tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()
    assert taken < most_mb, f"{taken:.0f} MB"


def refused(read: Callable[[], object]) -> str:
    """The sentence in which something is refused, with nothing unseen in it."""
    with pytest.raises(FormcoachError) as caught:
        read()
    sentence = str(caught.value)
    assert not any(char != "\n" and is_unseen(char) for char in sentence)
    assert len(sentence) < 2000
    return sentence


# ---- bombs -------------------------------------------------------------------------------------


def test_a_packed_table_that_unpacks_without_end(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    columns = ("label", *(f"{name}_{axis}" for name in POINTS for axis in "xy"))
    for rows in (b"," * 10_000_000, b"g" + b",0" * 8 + b"\n", b"\n"):
        many = rows * max(1, 10_000_000 // len(rows))
        path.write_bytes(gzip.compress(",".join(columns).encode() + b"\n" + many, 9))
        with little_memory(100):
            refused(lambda: read_table(path, 16 / 9, {}))


def archive(*entries: tuple[str, bytes], compressed: bool = True) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED) as into:
        for name, data in entries:
            into.writestr(name, data)
    return made.getvalue()


def test_a_model_that_is_larger_inside_than_it_is(tmp_path: Path) -> None:
    network = bytes(4) + b"TFL3" + bytes(60_000_000)
    bundle = archive((DETECTOR.name, network), (LANDMARKER.name, network))
    del network
    path = tmp_path / "a.task"
    path.write_bytes(bundle)
    with little_memory(20):
        assert not is_bundle(bundle)
        assert without_silhouette(bundle) == bundle
        refused(lambda: find_model(given=path))


def test_a_model_of_many_entries_is_left_as_it_is() -> None:
    bundle = archive(*((f"{number}", b"x") for number in range(50)), compressed=False)
    assert without_silhouette(bundle) is bundle


def test_something_endless_is_no_model() -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("there is no /dev/zero here")
    with little_memory():
        refused(lambda: find_model(given=Path("/dev/zero")))


def test_labels_of_the_size_of_a_film(tmp_path: Path) -> None:
    path = tmp_path / "a.labels.json"
    with path.open("wb") as file:
        file.truncate(20 * LARGEST)
    with little_memory(3 * LARGEST / 1e6):
        assert "over 10 MB" in refused(lambda: read_labels(path))


def bomb(tmp_path: Path, **columns: object) -> Path:
    """A recording whose only part claims one row of samples, with some columns others."""
    plain = nobody(0.0)
    body = squeeze(
        {"t": np.zeros(1), "aspect": np.ones(1)},
        {"xy": plain.xy[None], "visibility": plain.visibility[None]},
        {},
    )
    path = tmp_path / "bomb.fcr"
    item = pack_item("samples", {**body, **columns})
    path.write_bytes(pack_start() + pack_item("header", {}) + item)
    return path


def test_a_recording_that_unpacks_without_end(tmp_path: Path) -> None:
    import zlib

    path = bomb(tmp_path, data=zlib.compress(bytes(60_000_000), 9))
    with little_memory(20):
        refused(lambda: read_recording(path))


def test_a_recording_may_claim_no_more_than_it_could_hold(tmp_path: Path) -> None:
    import zlib

    count = 4000
    cells = 33 * 3 + 2000
    raw = bytes(count * (16 + 4 * cells))
    narrow = [["xy", [33, 2]], ["visibility", [33]], ["more", [2000]]]
    path = bomb(tmp_path, count=count, narrow=narrow, data=zlib.compress(raw, 9))
    del raw
    with little_memory(), suppress(FormcoachError):
        read_recording(path)


# ---- depth -------------------------------------------------------------------------------------

DEEP_TOML = ("a = " + "[" * 20_000, "a = " + "{b=" * 20_000, "a." * 5000 + "a = 1", "[" + "a." * 5000 + "a]")
DEEP_JSON = ("[" * 100_000, '{"format": 1, "clips": ' + "[" * 50_000 + "]" * 50_000 + "}", '{"a":' * 50_000)


@pytest.mark.parametrize("text", DEEP_TOML)
def test_deep_toml_is_refused(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TooDeepError):
        parse(text)
    for read in (parse_spec, parse_routine, parse_language):
        assert "nested too deeply" in refused(lambda read=read: read(text, "plank.toml"))
    monkeypatch.setenv("FORMCOACH_PERSONAL", str(tmp_path / "own.toml"))
    (tmp_path / "own.toml").write_text(text, "utf-8")
    assert "nested too deeply" in refused(read_personal)


@pytest.mark.parametrize("text", DEEP_JSON)
def test_deep_json_is_refused_or_passed_over(text: str, tmp_path: Path) -> None:
    for name in ("truth.json", "a.labels.json"):
        (tmp_path / name).write_text(text, "utf-8")
        refused(lambda name=name: read_labels(tmp_path / name))
    (tmp_path / "diary.jsonl").write_text(text, "utf-8")
    assert list(read_diary(tmp_path / "diary.jsonl")) == []
    (tmp_path / "rows").mkdir()
    (tmp_path / "rows" / "a.json").write_text(text, "utf-8")
    (tmp_path / "a.fcr").touch()
    assert done_before(Task(tmp_path / "a.fcr", "a", tmp_path, "", "", None, video=False)) is None


# ---- numbers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["nan", "inf", "1e308", "-1e308", "9" * 400, "9" * 5000, "[1]", '"1"'])
def test_ones_own_range_is_made_of_numbers(
    number: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORMCOACH_PERSONAL", str(tmp_path / "own.toml"))
    text = f'format = 1\n[plank]\ndate = "2026-03-10"\nneutral = {{ hips = {number} }}\n'
    (tmp_path / "own.toml").write_text(text, "utf-8")
    refused(read_personal)


@pytest.mark.parametrize(
    "line", ["seconds = 1e308", "rest_s = 1e308", "hold_s = 1e308", "hold_s = [1, 1e308]"]
)
def test_a_step_of_a_routine_ends_within_a_day(line: str) -> None:
    head = 'format = 1\nname = "A"\nabout = "B."\nsource = "C"\nwhen = "now"\n[[steps]]\n'
    text = f'{head}exercise = "plank"\n{line}\n'
    assert "in a day" in refused(lambda: parse_routine(text, "mine.toml"))


def recorded(path: Path, times: list[float], aspect: float = 1.5) -> Path:
    with RecordingWriter(path, {"exercise": "plank"}) as writer:
        for t in times:
            writer.add(nobody(t, aspect))
    return path


@pytest.mark.parametrize("times", [[0, np.nan, 2], [0, np.inf], [2.0, 1.0], [0, 1e300], [-1e300, 0]])
def test_time_that_does_not_go_on_is_no_recording(times: list[float], tmp_path: Path) -> None:
    path = recorded(tmp_path / "a.fcr", times)
    assert "did not write" in refused(lambda: read_recording(path))


@pytest.mark.parametrize("aspect", [np.nan, np.inf, 0.0, -1.5, 1e9, 1e-9])
def test_pictures_without_a_shape_are_no_recording(aspect: float, tmp_path: Path) -> None:
    path = recorded(tmp_path / "a.fcr", [0.0, 0.1], aspect)
    assert "did not write" in refused(lambda: read_recording(path))


def test_a_moment_of_an_action_is_a_number(tmp_path: Path) -> None:
    path = recorded(tmp_path / "a.fcr", [0.0])
    with path.open("ab") as file:
        file.write(pack_item("action", {"t": float("nan"), "name": "pause"}))
    assert read_recording(path).actions == ()


def test_a_pause_of_weeks_is_no_file_of_one_rate() -> None:
    t = np.array([0.0, 0.001, 0.002, 5e6])
    with little_memory(20):
        refused(lambda: trc("a", t, np.zeros((4, 33, 3))))


def test_samples_of_one_moment_are_exported() -> None:
    assert trc("a", np.zeros(3), np.zeros((3, 33, 3))).count("\n") == 7


# ---- names that steer --------------------------------------------------------------------------


@steering
def test_nothing_unseen_is_left_in_what_is_shown(text: str) -> None:
    for shown in (printable(text), str(FormcoachError(text)), str(SpecError([text]))):
        assert shown.isprintable()
    assert not any(map(is_unseen, legible(text).replace("\r", "")))


def test_what_people_write_is_left_alone() -> None:
    for text in ("Grüße, Ålesund – 5\u00a0°", "می\u200cخواهم", "日本語", "👍", "line\nline\ttab"):
        assert legible(text) == text


@steering
def test_an_error_is_printed_as_it_is_spelt(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["specs", text]) == 2
    said = capsys.readouterr().err
    assert said.rstrip("\n").isprintable()


@steering
def test_a_file_is_called_what_it_is_spelt(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"{text}.fcr"
    recorded(path, [0.0, 0.1])
    page = tmp_path / "page.html"
    assert main(["replay", str(path), str(path), "--exercise", "plank", "--report", str(page)]) == 0
    shown = capsys.readouterr()
    for words in (shown.out, shown.err, page.read_text("utf-8")):
        assert not any(is_unseen(char) for char in words.replace("\n", "").replace("\r", ""))


@steering
@pytest.mark.parametrize("field", ["name", "about", "source"])
def test_an_exercise_has_nothing_unseen_in_its_texts(text: str, field: str) -> None:
    plank = find_spec("plank").read_text("utf-8")
    line = next(line for line in plank.splitlines() if line.startswith(f"{field} ="))
    if text.isascii() or "\udcff" not in text:
        escaped = "".join(f"\\u{ord(char):04x}" if is_unseen(char) else char for char in text)
        refused(lambda: parse_spec(plank.replace(line, f'{field} = "{escaped}"'), "plank.toml"))


@steering
def test_labels_have_nothing_unseen_in_them(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.labels.json"
    fault = {"kind": text, "start": 0, "end": 1}
    for labels in ({"person": text, "clean": True}, {"faults": [fault]}, {"file": text, "clean": True}):
        path.write_text(json.dumps({"format": 1, **labels}), "utf-8")
        assert "invisible" in refused(lambda: read_labels(path))


@steering
def test_a_language_says_nothing_unseen(text: str) -> None:
    escaped = json.dumps(text)
    for words in (f"[phrases]\ngo = {escaped}", f'[texts]\n"Go" = {escaped}'):
        refused(
            lambda words=words: parse_language(f'format = 1\nname = "X"\nvoices = "en"\n{words}', "x.toml")
        )


def test_a_gap_of_a_phrase_cannot_be_made_a_mile_wide() -> None:
    for gap in ("{number:>99999999}", "{number!r}", "{number.__class__}", "{0}", "{}"):
        text = f'format = 1\nname = "X"\nvoices = "en"\n[phrases]\ncount = "{gap}"'
        refused(lambda text=text: parse_language(text, "x.toml"))


def written_by_others(path: Path, text: object) -> None:
    """A history with a value in each column of each table that formcoach would not write there."""
    with History(path) as kept:
        tables = [str(row[0]) for row in kept.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    connection = sqlite3.connect(path)
    for table in tables:
        columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
        given = {"day": "2026-03-10", "session": 1, "set": 1, "number": 1, "id": 1}
        values = [given.get(column, text) for column in columns]
        connection.execute(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(values))})', values)
    connection.commit()
    connection.close()


VALUES = ["abc", "\x1b[2J\u202e", b"\xff", 1e308, float("inf"), -5, 2**62, "<script>", "../../x"]


@pytest.mark.parametrize("value", VALUES)
def test_a_history_may_hold_anything(
    value: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "history.sqlite"
    written_by_others(path, value)
    with History(path) as kept:
        names = [name for one in sets_done(kept) for name in (one.name, one.exercise, one.routine)]
        assert all(name.isprintable() for name in [*names, *(name for _, name in pain_days(kept))])
        kept.days("x", "y")
        kept.pain_on(date(2026, 3, 10))
    monkeypatch.setenv("FORMCOACH_HISTORY", str(path))
    outputs = [str(tmp_path / name) for name in ("a.html", "a.csv", "a.json")]
    assert main(["history", "--page", outputs[0], "--csv", outputs[1], "--json", outputs[2]]) == 0
    shown = "".join(capsys.readouterr()) + Path(outputs[0]).read_text("utf-8")
    assert not any(is_unseen(char) for char in shown.replace("\n", ""))
    assert (
        "<script>" not in shown.replace("<script>'", "") or value != "<script>" or "&lt;script&gt;" in shown
    )
    assert main(["history", "--forget", "everything", "--yes"]) == 0


def test_pages_show_what_is_spelt_and_run_nothing(tmp_path: Path) -> None:
    evil = '</script><script>alert(1)</script>\u202e\x1b"'
    said = batch_page([Row(evil, evil, failed=evil)], tmp_path)
    said += environment().from_string("{{ a }}<p title='{{ a }}'>{{ a | tojson }}").render(a=evil)
    assert "<script" not in said and "</script" not in said
    assert not any(is_unseen(char) for char in said.replace("\n", ""))


# ---- names that lead out -----------------------------------------------------------------------


@leading_out
def test_an_exercise_is_no_path(name: str) -> None:
    for find in (find_spec, stock_spec, find_routine):
        refused(lambda find=find: find(name))
    refused(lambda: parse_spec(f"based_on = {json.dumps(name)}", "mine.toml"))


@leading_out
def test_the_exercise_of_a_recording_is_no_path(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = find_spec("plank").read_text("utf-8")
    (tmp_path / "plank.toml").write_text(spec, "utf-8")
    path = tmp_path / "in" / "a.fcr"
    with RecordingWriter(path, {"exercise": name, "spec_toml": spec}) as writer:
        writer.add(nobody(0.0))
    own = ["--spec", str(tmp_path / "plank.toml")]
    assert main(["replay", str(path), *own, "--against", "stock"]) == 2
    assert main(["replay", str(path)]) == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("file", ["../a.mp4", "/etc/passwd", "a/../../b.mp4"])
def test_ground_truth_opens_its_own_folder_only(file: str, tmp_path: Path) -> None:
    clip = {"file": file, **{name: [] for name in NEEDED}, "exercise": "plank", "clean": True}
    write_json(tmp_path / "truth.json", {"format": 1, "clips": [clip]})
    assert "its folder" in refused(lambda: read_truth(tmp_path / "truth.json"))


def test_what_a_folder_was_replayed_to_is_of_that_folder(tmp_path: Path) -> None:
    (tmp_path / "rows").mkdir()
    (tmp_path / "a.fcr").touch()
    task = Task(tmp_path / "a.fcr", "a", tmp_path, "", "", None, video=False)
    sound = {"file": str(task.path), "name": "a", "duration_s": 2}
    for change in (
        {},
        {"name": "../../a"},
        {"file": "b.fcr"},
        {"duration_s": "2"},
        {"cues": 1e300},
        {"cues": True},
    ):
        write_json(tmp_path / "rows" / "a.json", {"key": task.key, "row": {**sound, **change}})
        assert (done_before(task) is None) == bool(change), change


# ---- texts that are edited ---------------------------------------------------------------------


def test_a_bound_that_stands_in_line_is_moved_in_line() -> None:
    own = 'format = 1\nname = "Mine"\nbased_on = "plank"\nchecks = { knees_straight = { tolerance = 6 } }\n'
    moved = edit_text(own, "mine.toml", {"checks.hips_line.tolerance": 4.5})
    assert parse_spec(moved, "mine.toml").checks["hips_line"].tolerance == 4.5
    assert read_spec(find_spec("plank")).checks["hips_line"].tolerance != 4.5


def test_the_parts_of_a_recording_are_those_that_were_written(tmp_path: Path) -> None:
    """The bombs above are refused for what is in them, not for how they are put together."""
    path = bomb(tmp_path)
    kinds = [thing[0] for thing, _ in read_objects(io.BytesIO(path.read_bytes()))]
    assert kinds == ["formcoach recording", "header", "samples"]
    found = read_recording(path)
    assert [type(item) for item in found.stream()] == [PoseSample]
    assert msgpack.unpackb(path.read_bytes()[: len(pack_start())]) == ["formcoach recording", 1]
