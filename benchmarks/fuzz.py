"""Feeds every reader of files with inputs that go where the code has not been before.

    python benchmarks/fuzz.py [READER ...] [--runs 100000]

A reader may take an input or refuse it with a sentence (`FormcoachError`). Anything else ends the run and
leaves the input beside the corpus: another exception, ten seconds without an answer, or 200 MB more memory
than before. The inputs are bred from real files by atheris (`pip install atheris`), each reader in a process
of its own.
"""

from __future__ import annotations

import argparse
import importlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SPECS = ROOT / "exercise_specs"

MOST_MB = 200
"""What a single input may take of memory, beyond what the reader itself needs."""

LATEST_S = 10
"""After so long without an answer a reader hangs."""

LONGEST = 16_384
"""Bytes of an input."""

Read = Callable[[Path], object]


@dataclass(frozen=True, slots=True)
class Reader:
    """Something that reads files.

    Attributes:
        name: what it is called on the command line.
        suffix: of the files it reads.
        seeds: real ones to breed from.
        make: gives the function that reads a file; called once, in the process that fuzzes.
    """

    name: str
    suffix: str
    seeds: Callable[[], Sequence[bytes]]
    make: Callable[[], Read]


def _spec() -> Read:
    from formcoach.spec_file import read_spec

    return read_spec


def _routine() -> Read:
    from formcoach.routine_file import read_routine

    return read_routine


def _recording() -> Read:
    from formcoach.recording import read_recording

    return lambda path: list(read_recording(path).stream())


def _truth() -> Read:
    from formcoach.evaluating import read_truth

    return read_truth


def _labels() -> Read:
    from formcoach.label_file import read_labels

    return read_labels


def _table() -> Read:
    from formcoach.landmark_table import read_table

    return lambda path: read_table(path, 16 / 9, {})


def _edit() -> Read:
    from formcoach.errors import SpecError
    from formcoach.spec_edit import edit_text
    from formcoach.spec_file import parse_spec, text_of

    def read(path: Path) -> None:
        text = text_of(path)
        with suppress(SpecError):
            for check in parse_spec(text, "a.toml").checks.values():
                edit_text(text, "a.toml", {f"checks.{check.name}.tolerance": check.tolerance + 0.25})

    return read


def _history() -> Read:
    from formcoach.history import History
    from formcoach.history_read import pain_days, sets_done

    def read(path: Path) -> None:
        with History(path) as kept:
            sets_done(kept)
            pain_days(kept)

    return read


def _diary() -> Read:
    from formcoach.diary import read_diary

    return lambda path: list(read_diary(path))


def _files(folder: Path, pattern: str) -> Callable[[], list[bytes]]:
    return lambda: [path.read_bytes()[:LONGEST] for path in sorted(folder.glob(pattern))]


def _short_recordings() -> list[bytes]:
    from formcoach.landmarks import nobody
    from formcoach.recording import RecordingWriter

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.fcr")
        with RecordingWriter(path, {"exercise": "plank", "spec_toml": "format = 1"}) as writer:
            for number in range(5):
                writer.add(nobody(number / 10))
            writer.close({"dropped_frames": 0})
        return [path.read_bytes()]


def _truths() -> list[bytes]:
    clip = {
        "file": "a.mp4",
        "exercise": "plank",
        "repetitions": [{"start": 1, "end": 2}],
        "holds": [{"start": 0, "end": 9.5}],
        "faults": [{"kind": "sag", "start": 1, "end": 2}],
        "clean": False,
    }
    return [json.dumps({"format": 1, "time_tolerance_s": 0.3, "clips": [clip]}).encode()]


def _tables_of_labels() -> list[bytes]:
    rows = ("start,turn,end,what,kind", "1,2,3,repetition,good", "4,,5,fault,sag", ",,,person,Anna")
    return ["\n".join(rows).encode()]


def _tables_of_landmarks() -> list[bytes]:
    names = [f"{side}_{part}" for side in ("left", "right") for part in ("shoulder", "hip")]
    header = ["part", "label", *(f"{name}_{end}" for name in names for end in "xyzv")]
    row = ["first", "good", *(["0.5", "0.5", "0.1", "1"] * len(names))]
    return ["\n".join((",".join(header), ",".join(row), ",".join(row))).encode()]


def _histories() -> list[bytes]:
    from datetime import date

    from formcoach.history import History

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "history.sqlite")
        with History(path) as kept:
            kept.write_note(date(2026, 3, 10))
            kept.write_step(date(2026, 3, 10), "daily-15", "plank", good=True)
            kept.write("VACUUM")
        return [path.read_bytes()]


def _diaries() -> list[bytes]:
    lines = ['{"formcoach diary": 1}', '{"what": "pain", "day": "2026-03-10", "pain": true}']
    return ["\n".join(lines).encode()]


READERS = {
    reader.name: reader
    for reader in (
        Reader("spec", ".toml", _files(SPECS, "*.toml"), _spec),
        Reader("routine", ".toml", _files(SPECS / "routines", "*.toml"), _routine),
        Reader("recording", ".fcr", _short_recordings, _recording),
        Reader("truth", ".json", _truths, _truth),
        Reader("labels", ".labels.csv", _tables_of_labels, _labels),
        Reader("table", ".csv", _tables_of_landmarks, _table),
        Reader("edit", ".toml", _files(SPECS, "p*.toml"), _edit),
        Reader("history", ".sqlite", _histories, _history),
        Reader("diary", ".jsonl", _diaries, _diary),
    )
}


def breed(reader: Reader, runs: int, corpus: Path) -> None:
    """Fuzz in this process, which ends with it."""
    atheris = importlib.import_module("atheris")  # only who fuzzes needs it
    with atheris.instrument_imports(include=["formcoach"]):
        from formcoach.errors import FormcoachError

        read = reader.make()
    place = corpus / f"input{reader.suffix}"

    def once(data: bytes) -> None:
        place.write_bytes(data)
        for beside in corpus.glob(f"{place.name}-*"):
            beside.unlink()
        with suppress(FormcoachError):
            read(place)

    here = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    seeds = corpus / "seeds"
    atheris.Setup(
        [
            sys.argv[0],
            f"-runs={runs}",
            f"-timeout={LATEST_S}",
            f"-rss_limit_mb={here + MOST_MB}",
            f"-max_len={LONGEST}",
            f"-artifact_prefix={corpus}/",
            "-close_fd_mask=3",
            str(seeds),
        ],
        once,
    )
    atheris.Fuzz()


def run(reader: Reader, runs: int) -> bool:
    """Fuzz in a process of its own; whether nothing was found."""
    corpus = Path(tempfile.mkdtemp(prefix=f"fuzz-{reader.name}-", dir=_quick_folder()))
    (corpus / "seeds").mkdir()
    for number, seed in enumerate(reader.seeds()):
        (corpus / "seeds" / str(number)).write_bytes(seed)
    began = time.perf_counter()
    command = [sys.executable, sys.argv[0], reader.name, "--runs", str(runs), "--corpus", str(corpus)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = [path for path in corpus.iterdir() if path.name.startswith(("crash-", "timeout-", "oom-"))]
    seconds = time.perf_counter() - began
    if done.returncode == 0 and not found:
        print(f"{reader.name}: {runs:,} inputs in {seconds:.0f} s, nothing but sentences")
        return True
    print(f"{reader.name}: FAILED; the input is in {corpus}\n{(done.stdout + done.stderr)[-3000:]}")
    return False


def _quick_folder() -> str | None:
    """A folder in memory where there is one: a disk would be the slowest part."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def main(arguments: Sequence[str] | None = None) -> int:
    made = argparse.ArgumentParser(description="Feed every reader with inputs bred from real files.")
    made.add_argument("readers", nargs="*", metavar="READER", help=f"default: all of {', '.join(READERS)}")
    made.add_argument("--runs", type=int, default=100_000, help="inputs a reader (default: 100000)")
    made.add_argument("--corpus", type=Path, help=argparse.SUPPRESS)
    options = made.parse_args(arguments)
    chosen = [READERS[name] for name in options.readers or READERS]
    if options.corpus is not None:
        breed(chosen[0], options.runs, options.corpus)
    sound = [run(reader, options.runs) for reader in chosen]
    return 0 if all(sound) else 1


if __name__ == "__main__":
    sys.exit(main())
