"""The readers of files that `fuzz.py` feeds byte by byte or word by word, and real files to breed from."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import fuzz_seeds as seeds
from fuzz_twists import Twist, twist_json, twist_table, twist_toml

LONGEST = 16_384
"""Bytes of an input."""

Take = Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class Reader:
    """Something that reads what others wrote.

    Attributes:
        name: what it is called on the command line.
        what: it reads, in words.
        seeds: real inputs to breed from.
        make: gives the function that takes an input, and may leave files beside the path; called once, in
            the process that fuzzes. What it returns as text is shown to people.
        twist: changes an input where single bytes would not get far; None = only bytes are changed.
        longest: bytes of an input.
        fresh: so many of the twisted ones begin from a real input again, and so are nearly sound.
    """

    name: str
    what: str
    seeds: Callable[[], Sequence[bytes]]
    make: Callable[[Path], Take]
    twist: Twist | None = None
    longest: int = LONGEST
    fresh: float = 0.5


def from_file(place: Path, read: Callable[[Path], object]) -> Take:
    """Takes an input by way of a file."""

    def take(data: bytes) -> object:
        place.write_bytes(data)
        return read(place)

    return take


def _spec(folder: Path) -> Take:
    from formcoach.spec_file import read_spec
    from formcoach.spec_text import describe

    return from_file(folder / "input.toml", lambda path: describe(read_spec(path)))


def _edit(folder: Path) -> Take:
    from formcoach.errors import SpecError
    from formcoach.spec_edit import edit_text
    from formcoach.spec_file import parse_spec, text_of

    def read(path: Path) -> None:
        text = text_of(path)
        with suppress(SpecError):
            checks = parse_spec(text, "a.toml").checks.values()
            edit_text(
                text, "a.toml", {f"checks.{one.name}.tolerance": one.tolerance + 0.25 for one in checks}
            )

    return from_file(folder / "input.toml", read)


def _routine(folder: Path) -> Take:
    from formcoach.routine import plan
    from formcoach.routine_file import parse_routine
    from formcoach.routine_text import describe_routine
    from formcoach.spec_file import list_specs, read_spec, text_of

    specs = {path.stem: read_spec(path) for path in list_specs()}

    def read(path: Path) -> str:
        routine = parse_routine(text_of(path, "routine"), path.name, specs)
        starts = [None if step.growth is None else step.growth.start for step in routine.steps]
        return describe_routine(plan(routine, specs, starts))

    return from_file(folder / "input.toml", read)


def _language(folder: Path) -> Take:
    from formcoach.language import PHRASES
    from formcoach.language_file import parse_language, read_language
    from formcoach.spec_file import text_of

    english = read_language("en")

    def read(path: Path) -> str:
        found = parse_language(text_of(path, "language"), path.name, english)
        return " ".join(found.phrase(name, **dict.fromkeys(gaps, "3")) for name, gaps in PHRASES.items())

    return from_file(folder / "input.toml", read)


def _personal(folder: Path) -> Take:
    from formcoach.personal import lay_over
    from formcoach.personal_file import personal_file, read_personal, render
    from formcoach.spec_file import find_spec, read_spec

    specs = [read_spec(find_spec(name)) for name in ("bird-dog", "plank")]
    os.environ["FORMCOACH_PERSONAL"] = str(folder / "personal.toml")

    def read(_: Path) -> str:
        known = read_personal()
        for spec in specs:
            lay_over(spec, known.get(spec.id))
        return render(known)

    return from_file(personal_file(), read)


def _truth(folder: Path) -> Take:
    from formcoach.evaluating import read_truth

    return from_file(folder / "truth.json", read_truth)


def _labels(folder: Path) -> Take:
    from formcoach.label_file import labels_beside, write_labels

    def take(data: bytes) -> None:
        beside = folder / ("a.labels.json" if data[:1] == b"{" else "a.labels.csv")
        beside.write_bytes(data)
        try:
            found = labels_beside(folder / "a.fcr")
            assert found is not None
            for labels in found.labels:
                write_labels(folder / "written.json", labels)
        finally:
            beside.unlink()

    return take


def _table(folder: Path) -> Take:
    from formcoach.landmark_table import read_table
    from formcoach.single import read_single
    from formcoach.spec_file import find_spec, read_spec

    spec = read_spec(find_spec("plank"))

    def take(data: bytes) -> None:
        path = folder / ("input.csv.gz" if data[:2] == b"\x1f\x8b" else "input.csv")
        path.write_bytes(data)
        for row in read_table(path, 16 / 9, {})[:20]:
            read_single(spec, row.sample, row.label, row.group)

    return take


def _diary(folder: Path) -> Take:
    from formcoach.diary import read_diary

    return from_file(folder / "diary.jsonl", lambda path: list(read_diary(path)))


def _row(folder: Path) -> Take:
    from formcoach.batch import Task, done_before
    from formcoach.batch_page import batch_page

    source = folder / "a.fcr"
    source.write_bytes(b"x")
    task = Task(source, "a", folder, "", "", None, video=False)
    (folder / "rows").mkdir()

    def take(data: bytes) -> None:
        (folder / "rows" / "a.json").write_bytes(data.replace(b"THE KEY", task.key.encode()))
        row = done_before(task)
        if row is not None:
            batch_page([row], folder)

    return take


def _camera(folder: Path) -> Take:
    from formcoach.camera_names import FILE_VARIABLE, remembered

    os.environ[FILE_VARIABLE] = str(folder / "camera")
    return from_file(folder / "camera", lambda _: remembered())


def _recording(folder: Path) -> Take:
    from formcoach.recording import read_header, read_recording

    def read(path: Path) -> None:
        read_header(path)
        list(read_recording(path).stream())

    return from_file(folder / "input.fcr", read)


def _readings(folder: Path) -> Take:
    from formcoach import kept_readings
    from formcoach.spec_file import find_spec, read_spec
    from formcoach.whatif import judge

    os.environ["FORMCOACH_CACHE"] = str(folder / "cache")
    spec, path = read_spec(find_spec("plank")), folder / "a.fcr"
    path.write_bytes(seeds.recordings()[0])
    place = kept_readings._place(path, spec)
    place.parent.mkdir(parents=True)
    return from_file(place, lambda _: judge(kept_readings.read(path, spec).readings, spec))


_LARGE = 1_000_000  # bytes of a picture


def _video(folder: Path) -> Take:
    from formcoach.video_file import VideoFile

    def read(path: Path) -> None:
        with VideoFile(path, ahead=1) as source:
            sizes = [frame.image.size for frame in source]
        if max(sizes, default=0) > _LARGE:
            gc.collect()  # PyAV's frames hold on to their side data, and these to the frames

    take = from_file(folder / "input.video", read)
    for data in seeds.large_videos():
        take(data)
    return take


READERS = (
    Reader("spec", "an exercise", seeds.texts(seeds.SPECS, "*.toml"), _spec, twist_toml),
    Reader("edit", "an exercise that is edited", seeds.texts(seeds.SPECS, "*.toml", 2), _edit, twist_toml),
    Reader("routine", "a routine", seeds.texts(seeds.SPECS / "routines", "*.toml"), _routine, twist_toml),
    Reader("language", "a language", seeds.languages, _language, twist_toml),
    Reader("personal", "one's own range", seeds.personals, _personal, twist_toml),
    Reader("truth", "ground truth", seeds.truths, _truth, twist_json),
    Reader("labels", "labels beside a recording", seeds.labels_of_one, _labels, twist_json),
    Reader("table", "a table of landmarks", seeds.tables, _table, twist_table),
    Reader("diary", "the diary of earlier versions", seeds.diaries, _diary, twist_json),
    Reader("row", "what a folder's replay left", seeds.rows, _row, twist_json),
    Reader("camera", "the camera used last", lambda: [b"Webcam 5\n"], _camera),
    Reader("recording", "a recording, byte by byte", seeds.recordings, _recording),
    Reader("readings", "what was kept of a recording", seeds.readings, _readings),
    Reader("video", "a video, byte by byte", seeds.videos, _video),
)
