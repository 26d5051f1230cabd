from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import msgpack
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disks import FullDisk
from formcoach.actions import ACTION_NAMES, Action
from formcoach.errors import FormcoachError
from formcoach.landmarks import LANDMARK_COUNT, PoseSample, nobody
from formcoach.recording import (
    RecordingWriter,
    begin_recording,
    new_recording_path,
    read_header,
    read_recording,
    recordings_folder,
)
from formcoach.recording_format import pack_item, pack_start, read_objects

HEADER = {"exercise": "bird-dog", "made": "2026-11-21T09:15:02", "has_world": True, "size": [1280, 720]}


def noise(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Any bits at all: numbers, infinities and every kind of NaN."""
    return rng.integers(0, 2**32, shape, np.uint32).view(np.float32)


def sample(rng: np.random.Generator, t: float, world: bool = True, back: int = 0) -> PoseSample:
    return PoseSample(
        t,
        noise(rng, LANDMARK_COUNT, 2),
        noise(rng, LANDMARK_COUNT),
        noise(rng, LANDMARK_COUNT, 3) if world else None,
        noise(rng, back) if back else None,
        float(rng.uniform(0.5, 2)),
    )


def walk(count: int, rate: float = 30.0, begin: float = 0.0) -> Iterator[PoseSample]:
    """Somebody who sways a little, as noisy as a real model's landmarks."""
    rng = np.random.default_rng(7)
    place = rng.uniform(0, 1, (LANDMARK_COUNT, 6))
    for number in range(count):
        place = place + rng.normal(0, 0.003, place.shape)
        row = place.astype(np.float32)
        yield PoseSample(begin + number / rate, row[:, :2].copy(), row[:, 2].copy(), row[:, 3:].copy())


def bits(array: np.ndarray | None) -> bytes | None:
    return None if array is None else np.ascontiguousarray(array).tobytes()


def assert_same(got: Sequence[PoseSample | Action], wanted: Sequence[PoseSample | Action]) -> None:
    assert len(got) == len(wanted)
    for one, other in zip(got, wanted, strict=True):
        if isinstance(other, Action):
            assert one == other
            continue
        assert isinstance(one, PoseSample)
        assert (one.t, one.aspect) == (other.t, other.aspect)
        for name in ("xy", "visibility", "world", "back", "room"):
            assert bits(getattr(one, name)) == bits(getattr(other, name)), name


def write(path: Path, things: Sequence[PoseSample | Action]) -> None:
    with RecordingWriter(path, HEADER) as writer:
        for thing in things:
            writer.act(thing) if isinstance(thing, Action) else writer.add(thing)
        writer.close({"reps": 3})


things = st.lists(
    st.one_of(
        st.tuples(st.floats(0, 0.7), st.booleans(), st.booleans()),
        st.sampled_from(ACTION_NAMES),
    ),
    max_size=60,
)


@settings(deadline=None, max_examples=60)
@given(things, st.integers(1, 20), st.integers(0, 2**32 - 1))
def test_every_bit_comes_back_in_order(
    tmp_path_factory: pytest.TempPathFactory, plan: list, back: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    t, session = 0.0, []
    for step in plan:
        if isinstance(step, str):
            session.append(Action(t, step))
        else:
            t += step[0]
            session.append(sample(rng, t, step[1], back * step[2]))
    path = tmp_path_factory.mktemp("recordings") / "session.fcr"
    write(path, session)
    recording = read_recording(path)
    assert_same(list(recording.stream()), session)
    assert (recording.header, recording.footer) == (HEADER, {"reps": 3})
    assert recording.complete and not recording.damaged
    samples = [one for one in session if isinstance(one, PoseSample)]
    assert recording.t.tolist() == [one.t for one in samples]
    assert recording.xy.shape == (len(samples), 33, 2)
    assert (recording.world is None) == all(one.world is None for one in samples)
    assert (recording.back is None) == all(one.back is None for one in samples)
    assert list(recording.actions) == [one for one in session if isinstance(one, Action)]


def test_arrays_are_views_that_cannot_be_changed(tmp_path: Path) -> None:
    write(tmp_path / "a.fcr", list(walk(40)))
    recording = read_recording(tmp_path / "a.fcr")
    first = next(recording.stream())
    assert isinstance(first, PoseSample)
    assert np.shares_memory(first.xy, recording.xy)
    with pytest.raises(ValueError, match="read-only"):
        first.xy[0, 0] = 1


def test_nobody_comes_back_as_nobody(tmp_path: Path) -> None:
    write(tmp_path / "a.fcr", [nobody(0.0), *walk(3), nobody(0.2, 0.5)])
    back = list(read_recording(tmp_path / "a.fcr").stream())
    assert [one.someone for one in back if isinstance(one, PoseSample)] == [False, True, True, True, False]


def test_it_is_small(tmp_path: Path) -> None:
    write(tmp_path / "a.fcr", list(walk(300)))
    raw = 300 * 4 * 6 * LANDMARK_COUNT
    assert (tmp_path / "a.fcr").stat().st_size < 0.75 * raw
    write(tmp_path / "empty.fcr", [nobody(number / 30) for number in range(300)])
    assert (tmp_path / "empty.fcr").stat().st_size < 0.03 * raw


def test_any_reader_of_messagepack_can_open_it(tmp_path: Path) -> None:
    write(tmp_path / "a.fcr", [*walk(20), Action(1.0, "swap")])
    with (tmp_path / "a.fcr").open("rb") as file:
        start, *items = msgpack.Unpacker(file)
    assert start == ["formcoach recording", 1]
    assert [kind for kind, _, _ in items] == ["header", "samples", "samples", "action", "footer"]
    assert all(zlib.crc32(kind.encode() + packed) == crc for kind, crc, packed in items)
    assert msgpack.unpackb(items[1][2])["narrow"] == [
        ["xy", [33, 2]],
        ["visibility", [33]],
        ["world", [33, 3]],
    ]


def test_cut_at_every_byte_it_opens_with_all_that_is_whole(tmp_path: Path) -> None:
    session = [*walk(4, 3), Action(1.0, "pause"), *walk(3, 1, begin=1.0)]
    write(tmp_path / "whole.fcr", session)
    whole = (tmp_path / "whole.fcr").read_bytes()
    ends, samples, seen = [], 0, []
    for thing, end in read_objects(io.BytesIO(whole)):
        if thing[0] == "samples":
            samples += msgpack.unpackb(thing[2])["count"]
        ends.append(end)
        seen.append(samples)
    cut = tmp_path / "cut.fcr"
    cut.write_bytes(whole)
    for size in reversed(range(len(whole))):
        os.truncate(cut, size)
        if size < ends[1]:
            with pytest.raises(FormcoachError):
                read_recording(cut)
            continue
        recording = read_recording(cut)
        last = max(number for number, end in enumerate(ends) if end <= size)
        assert len(recording.t) == seen[last]
        assert not recording.complete
        assert bool(recording.damaged) == (size not in ends)
        got = list(recording.stream())
        assert_same(got, session[: len(got)])


def test_a_changed_byte_costs_no_more_than_the_rest_of_its_part(tmp_path: Path) -> None:
    session = list(walk(60))
    write(tmp_path / "whole.fcr", session)
    whole = (tmp_path / "whole.fcr").read_bytes()
    bad = tmp_path / "bad.fcr"
    rng = np.random.default_rng(1)
    for place in [*range(200), *rng.integers(200, len(whole), 200).tolist()]:
        changed = bytearray(whole)
        changed[place] ^= int(rng.integers(1, 256))
        bad.write_bytes(changed)
        try:
            recording = read_recording(bad)
        except FormcoachError:
            assert place < 200
            continue
        times = {one.t: one for one in session}
        kept = [one for one in recording.stream() if isinstance(one, PoseSample)]
        assert_same(kept, [times[one.t] for one in kept])
        assert recording.damaged


def test_a_rotten_part_in_the_middle_is_left_out(tmp_path: Path) -> None:
    write(tmp_path / "a.fcr", list(walk(90)))
    data = bytearray((tmp_path / "a.fcr").read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "a.fcr").write_bytes(data)
    recording = read_recording(tmp_path / "a.fcr")
    assert recording.damaged == "a.fcr has 1 damaged part, left out here."
    assert recording.complete
    assert len(recording.t) == 90 - 16


WRITER = """
import sys, time
from pathlib import Path
import numpy as np
from formcoach.landmarks import nobody
from formcoach.recording import RecordingWriter
writer = RecordingWriter(Path(sys.argv[1]), {"exercise": "x"})
for number in range(int(sys.argv[2])):
    writer.add(nobody(number / 30))
print("written", flush=True)
time.sleep(600)
"""


def killed(path: Path, count: int, wait_for: int) -> int:
    """Samples in the file after its writer was killed, once it holds `wait_for`."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(count)], stdout=subprocess.PIPE, text=True
    ) as writer:
        try:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "written\n"
            deadline = time.monotonic() + 60
            while len(read_recording(path).t) < wait_for and time.monotonic() < deadline:
                time.sleep(0.02)
        finally:
            writer.kill()
    if sys.platform != "win32":
        assert writer.returncode == -signal.SIGKILL
    recording = read_recording(path)
    assert not recording.complete and not recording.damaged
    return len(recording.t)


def test_a_killed_session_keeps_all_but_the_last_half_second(tmp_path: Path) -> None:
    assert killed(tmp_path / "a.fcr", count=300, wait_for=0) >= 300 - 16


def test_a_lone_sample_does_not_wait_for_the_next(tmp_path: Path) -> None:
    assert killed(tmp_path / "a.fcr", count=1, wait_for=1) == 1


def test_an_error_in_the_session_leaves_a_readable_file_without_a_footer(tmp_path: Path) -> None:
    path = tmp_path / "a.fcr"
    with pytest.raises(ZeroDivisionError), RecordingWriter(path, {}) as writer:
        add_all(writer, (nobody(1 / left) for left in (1, 0)))
    recording = read_recording(path)
    assert len(recording.t) == 1 and not recording.complete and not recording.damaged


def test_an_error_before_the_first_sample_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), RecordingWriter(tmp_path / "a.fcr", {"exercise": "plank"}):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


no_deleting = pytest.mark.skipif(os.name == "nt", reason="an open file cannot be deleted there")


@no_deleting
def test_a_folder_that_vanishes_meanwhile_is_there_again_with_all_of_it(tmp_path: Path) -> None:
    path = tmp_path / "recordings" / "a.fcr"
    with RecordingWriter(path, {"exercise": "plank"}) as writer:
        add_all(writer, walk(200))
        shutil.rmtree(path.parent)
        add_all(writer, (replace(one, t=one.t + 100) for one in walk(200)))
    recording = read_recording(path)
    assert (len(recording.t), recording.complete, recording.damaged) == (400, True, "")
    assert recording.header["exercise"] == "plank"


@no_deleting
def test_a_recording_that_is_deleted_at_the_very_end_is_there_again(tmp_path: Path) -> None:
    with RecordingWriter(tmp_path / "a.fcr", {}) as writer:
        add_all(writer, walk(20))
        writer.act(Action(3.0, "pause"))
        (tmp_path / "a.fcr").unlink()
    assert len(read_recording(tmp_path / "a.fcr").t) == 20


@no_deleting
def test_where_it_cannot_be_put_again_is_said(tmp_path: Path) -> None:
    path = tmp_path / "recordings" / "a.fcr"
    writer = RecordingWriter(path, {})
    add_all(writer, walk(20))
    shutil.rmtree(path.parent)
    path.parent.touch()
    with pytest.raises(FormcoachError, match="is not a folder, so no recording can be kept in it"):
        writer.close()


def test_closing_ends_the_thread_and_can_be_repeated(tmp_path: Path) -> None:
    before = threading.active_count()
    writer = RecordingWriter(tmp_path / "a.fcr", {})
    writer.close()
    writer.close({"late": True})
    assert threading.active_count() == before
    assert read_recording(tmp_path / "a.fcr").footer == {}
    with pytest.raises(ValueError, match="closed"):
        writer.add(nobody(0.0))


def test_never_overwrites(tmp_path: Path) -> None:
    write(tmp_path / "a.fcr", [])
    before = (tmp_path / "a.fcr").read_bytes()
    with pytest.raises(FormcoachError, match=r"exists already; give the new recording another name\.$"):
        RecordingWriter(tmp_path / "a.fcr", {})
    assert (tmp_path / "a.fcr").read_bytes() == before


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(FormcoachError, match="is not a folder"):
        RecordingWriter(tmp_path / "file" / "a.fcr", {})


def add_all(writer: RecordingWriter, samples: Iterable[PoseSample]) -> None:
    for one in samples:
        writer.add(one)


def test_a_full_disk_keeps_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "a.fcr"
    writer = RecordingWriter(path, {})
    writer._file = FullDisk(writer._file, 40_000)
    with pytest.raises(FormcoachError, match=r"\(no space left on device\); what came before is kept\.$"):
        add_all(writer, walk(1000))
    with pytest.raises(FormcoachError, match="what came before is kept"):
        writer.act(Action(1.0, "pause"))
    with pytest.raises(FormcoachError, match="what came before is kept"):
        writer.close()
    recording = read_recording(path)
    assert len(recording.t) >= 48 and not recording.damaged and not recording.complete


@pytest.mark.parametrize(
    "wrong",
    [
        {"xy": np.zeros((33, 2))},
        {"xy": np.zeros((32, 2), np.float32)},
        {"xy": None},
        {"world": np.zeros((33, 2), np.float32)},
        {"back": np.zeros((4, 4), np.float32)},
        {"back": np.zeros(9, np.float32)},
        {"back": np.zeros(0, np.float32)},
    ],
)
def test_samples_of_another_kind_are_refused(tmp_path: Path, wrong: dict) -> None:
    good = {"xy": noise(np.random.default_rng(0), 33, 2), "visibility": np.zeros(33, np.float32)}
    with RecordingWriter(tmp_path / "a.fcr", {}) as writer:
        writer.add(PoseSample(0.0, **good, back=np.zeros(8, np.float32)))
        with pytest.raises(ValueError, match=next(iter(wrong))):
            writer.add(PoseSample(0.1, **(good | wrong)))
    assert len(read_recording(tmp_path / "a.fcr").t) == 1


@pytest.mark.parametrize(
    "value", [datetime(2026, 11, 21), {1: "one"}, 2**70, list(range(20_000)), "x" * 9_000_000]
)
def test_a_header_that_could_not_be_read_again_makes_no_file(tmp_path: Path, value: object) -> None:
    with pytest.raises(ValueError, match="a recording cannot hold"):
        RecordingWriter(tmp_path / "a.fcr", {"value": value})
    assert list(tmp_path.iterdir()) == []


def refused(path: Path) -> str:
    with pytest.raises(FormcoachError) as caught:
        read_recording(path)
    return str(caught.value)


def test_what_is_no_recording_is_said_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.fcr"
    assert refused(path) == f"There is no recording {path}; check the name."
    assert refused(tmp_path) == f"{tmp_path} is a folder; name one of the recordings in it."
    path.write_bytes(b"")
    assert refused(path) == f"{path} is empty: nothing was recorded in it."
    for other in (b"hello", b"\x00" * 100, b"\xff" * 100, b"\x91" * 5000, msgpack.packb(["other", 1])):
        path.write_bytes(other)
        assert refused(path) == f"{path} is not a recording made by formcoach."
    path.write_bytes(msgpack.packb(["formcoach recording", 2, "more"]))
    assert refused(path) == f"{path} was made by a newer formcoach (format 2); update formcoach to open it."
    path.write_bytes(pack_start())
    assert refused(path) == f"{path} breaks off before its first sample; there is nothing to replay."


def test_kinds_of_a_later_day_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.fcr"
    path.write_bytes(pack_start() + pack_item("header", {}) + pack_item("heartbeat", {"bpm": 90}))
    recording = read_recording(path)
    assert not recording.damaged and list(recording.stream()) == []


def chunk(count: int, data: bytes, narrow: list) -> bytes:
    wide = [["t", []], ["aspect", []]]
    return pack_item("samples", {"count": count, "wide": wide, "narrow": narrow, "absent": {}, "data": data})


NARROW = [["xy", [33, 2]], ["visibility", [33]], ["world", [33, 3]]]


def test_lists_in_lists_that_claim_to_be_long_are_no_recording(tmp_path: Path) -> None:
    path = tmp_path / "a.fcr"
    path.write_bytes(b"\xdd\x00\x7f\xff\xff" * 1000)
    assert refused(path) == f"{path} is not a recording made by formcoach."
    path.write_bytes(pack_start() + pack_item("header", {}) + b"\xdc\x27\x00" * 500 + bytes(10_000))
    assert read_recording(path).damaged == "a.fcr breaks off before its first sample."


def test_a_small_file_cannot_claim_much_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.fcr"
    bomb = zlib.compress(bytes(4096 * (16 + 4 * 198)), 9)
    path.write_bytes(pack_start() + pack_item("header", {}) + 200 * chunk(4096, bomb, NARROW))
    assert refused(path) == f"{path} claims to hold more than a recording of its size can; it was not opened."


@pytest.mark.parametrize("size", [10, 20_000_000])
def test_a_part_that_unpacks_to_another_size_is_refused(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.fcr"
    path.write_bytes(pack_start() + pack_item("header", {}) + chunk(3, zlib.compress(bytes(size)), NARROW))
    assert refused(path) == f"{path} holds something that formcoach did not write; it was not opened."


@pytest.mark.parametrize(
    ("count", "narrow"),
    [
        (0, NARROW),
        (10**9, NARROW),
        (3, [["xy", [33, 2]]]),
        (3, [["xy", [33, 2]], ["visibility", [99999999]]]),
        (3, [["xy", [33, 2]], ["visibility", [-33]]]),
        (3, [["xy", [33, 2]], ["visibility", "x"]]),
        (3, [["xy", [33, 3]], ["visibility", [33]]]),
        (3, [*NARROW, ["back", [2, 2]]]),
        (3, [7]),
    ],
)
def test_parts_that_describe_nonsense_are_left_out(tmp_path: Path, count: int, narrow: list) -> None:
    path = tmp_path / "a.fcr"
    path.write_bytes(pack_start() + pack_item("header", {}) + chunk(count, b"", narrow))
    recording = read_recording(path)
    assert recording.damaged == "a.fcr has 1 damaged part, left out here."
    assert len(recording.t) == 0


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_are_more_than_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes, started: bool
) -> None:
    path = tmp_path_factory.mktemp("junk") / "a.fcr"
    path.write_bytes((pack_start() + pack_item("header", {}) if started else b"") + junk)
    try:
        recording = read_recording(path)
    except FormcoachError:
        assert not started
    else:
        assert bool(recording.damaged) == bool(junk)


def test_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORMCOACH_RECORDINGS", raising=False)
    own = recordings_folder()
    assert own.name == "recordings" and "formcoach" in own.parts
    (tmp_path / "recordings").mkdir()
    assert recordings_folder() == Path("recordings")
    monkeypatch.setenv("FORMCOACH_RECORDINGS", str(tmp_path / "mine"))
    assert recordings_folder() == tmp_path / "mine"


def test_names_are_new_and_plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORMCOACH_RECORDINGS", str(tmp_path / "mine"))
    when = datetime(2026, 11, 21, 9, 15, 2)
    first = new_recording_path("bird-dog", when)
    assert first.name == "bird-dog-2026-11-21-091502.fcr"
    write(first, [])
    assert new_recording_path("bird-dog", when).name == "bird-dog-2026-11-21-091502-2.fcr"
    assert new_recording_path("../my dog", when).name == "-my-dog-2026-11-21-091502.fcr"


def test_sessions_that_begin_in_the_same_second_have_a_recording_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORMCOACH_RECORDINGS", str(tmp_path))
    together = threading.Barrier(6)

    def begin() -> None:
        together.wait()
        begin_recording("plank", datetime(2026, 11, 21, 9, 15, 2), {}).close()

    sessions = [threading.Thread(target=begin) for _ in range(6)]
    for one in sessions:
        one.start()
    for one in sessions:
        one.join()
    assert len(list(tmp_path.glob("plank-2026-11-21-091502*.fcr"))) == 6


def test_a_recording_never_takes_the_name_of_an_older_video(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORMCOACH_RECORDINGS", str(tmp_path))
    (tmp_path / "plank-2026-11-21-091502.mp4").touch()
    when = datetime(2026, 11, 21, 9, 15, 2)  # the clock was set back, and the recording deleted
    assert new_recording_path("plank", when).name == "plank-2026-11-21-091502-2.fcr"


def test_a_recording_has_its_beginning_when_it_has_its_name(tmp_path, monkeypatch):
    """Else a kill between the two would leave a recording that cannot be opened."""
    link = os.link
    seen: list[object] = []

    def look(source, target):
        seen.append(Path(target).exists())
        link(source, target)
        seen.append(read_header(target)["exercise"])

    monkeypatch.setattr(os, "link", look)
    with RecordingWriter(tmp_path / "a.fcr", {"exercise": "plank"}) as writer:
        writer.add(nobody(0.0))
    assert seen == [False, "plank"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.fcr"]


def test_where_there_are_no_links_it_is_recorded_all_the_same(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    with RecordingWriter(tmp_path / "a.fcr", {"exercise": "plank"}) as writer:
        writer.add(nobody(0.0))
        writer.close({})
    assert read_recording(tmp_path / "a.fcr").complete
    assert [path.name for path in tmp_path.iterdir()] == ["a.fcr"]
    with pytest.raises(FormcoachError, match="exists already"):
        RecordingWriter(tmp_path / "a.fcr", {"exercise": "plank"})
