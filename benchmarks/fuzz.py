"""Feeds every reader of files, and the studio, with inputs that go where the code has not been before.

    python benchmarks/fuzz.py [READER ...] [--runs 100000] [--jobs 1] [--update]
    python benchmarks/fuzz.py READER --again INPUT

A reader may take an input or refuse it with a sentence (`FormcoachError`). Anything else ends the run and
leaves the input beside the corpus: another exception, ten seconds without an answer, 200 MB more memory than
before, or words for people with signs in them that nobody sees and a terminal obeys. The inputs are bred from
real files by atheris (`pip install atheris`), each reader in a process of its own. `--update` keeps the table
and its figures in docs/robustness.md and docs/fuzz.json.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path

import fuzz_files
import fuzz_inside
import fuzz_studio
from fuzz_files import Reader, Take
from measuring import align, keep, machine

PAGE = Path(__file__).resolve().parent.parent / "docs" / "robustness.md"
FIGURES = PAGE.with_name("fuzz.json")

MOST_MB = 200
"""What a single input may take of memory, beyond what the reader itself needs."""

LATEST_S = 10
"""After so long without an answer a reader hangs."""

BYTES_ONLY = 0.25
"""So many of the inputs are changed byte by byte, where a reader has another way as well."""

SEED = 8

PART = 25_000
"""So many inputs go to one process: atheris itself keeps a few kilobytes of each, where much is looked at."""

GIVEN_BACK = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "1000000",
    "MALLOC_TRIM_THRESHOLD_": "1000000",
}
"""For glibc: what is let go of is given back at once, so the process is as large as what is held."""

KEPT, BROKEN = "told.json", "broken.txt"
"""Where the process that fuzzes leaves what it has to tell, and the traceback of what must not be."""

READERS = {reader.name: reader for reader in (*fuzz_files.READERS, *fuzz_inside.READERS, fuzz_studio.READER)}


@dataclass(slots=True)
class Told:
    """What was found out of one reader.

    Attributes:
        inputs: that it was fed with.
        seconds: of a processor that it took for all of them.
        more_mb: memory at the most, beyond that of the reader before its first input.
        slowest_s: of a processor, that one input took.
        sentences: how many of the inputs were refused.
    """

    inputs: int = 0
    seconds: float = 0.0
    more_mb: int = 0
    slowest_s: float = 0.0
    sentences: int = 0

    def __add__(self, other: Told) -> Told:
        return Told(
            self.inputs + other.inputs,
            self.seconds + other.seconds,
            max(self.more_mb, other.more_mb),
            max(self.slowest_s, other.slowest_s),
            self.sentences + other.sentences,
        )


class Feeder:
    """Feeds a reader and keeps count; in the process that fuzzes."""

    def __init__(self, take: Take, runs: int, folder: Path) -> None:
        from formcoach.errors import FormcoachError

        self._take, self._runs, self._folder = take, runs, folder
        self._refusal = FormcoachError
        self._before_mb = _most_mb()
        self._told = Told()

    def feed(self, data: bytes) -> None:
        """Give the reader one input."""
        began = time.process_time()
        try:
            self._give(data)
        except BaseException:
            # Whoever runs this closes the process's own output, for readers print, too.
            (self._folder / BROKEN).write_text(traceback.format_exc(), "utf-8", "replace")
            raise
        self._keep(time.process_time() - began)

    def _give(self, data: bytes) -> None:
        try:
            words = self._take(data)
        except self._refusal as error:
            words = str(error)
            self._told.sentences += 1
        assert not isinstance(words, str) or _is_plain(words), f"to be shown raw: {words!r}"

    def _keep(self, took: float) -> None:
        told = self._told
        told.inputs += 1
        told.seconds += took
        told.slowest_s = max(told.slowest_s, took)
        if told.inputs % 500 == 0 or told.inputs >= self._runs:
            told.more_mb = _most_mb() - self._before_mb
            (self._folder / KEPT).write_text(json.dumps(asdict(told)), "utf-8")


def _most_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _is_plain(words: str) -> bool:
    from formcoach.legible import is_unseen

    return not any(char != "\n" and is_unseen(char) for char in words)


def breed(reader: Reader, runs: int, seed: int, corpus: Path) -> None:
    """Fuzz in this process, which ends with it."""
    atheris = importlib.import_module("atheris")  # only who fuzzes needs it
    (corpus / "files").mkdir()
    with atheris.instrument_imports(include=["formcoach"]):
        take = reader.make(corpus / "files")
    feeder = Feeder(take, runs, corpus)
    twist, seeds = reader.twist, reader.seeds()

    def change(data: bytes, most: int, seed: int) -> bytes:
        dice = random.Random(seed)
        if twist is not None and dice.random() >= BYTES_ONLY:
            begin = dice.choice(seeds) if dice.random() < reader.fresh else data
            try:
                return twist(begin, most, dice)
            except ValueError:  # bytes of a structure were changed until it was none
                pass
        changed: bytes = atheris.Mutate(data, most)
        return changed

    atheris.Setup(
        [
            sys.argv[0],
            f"-runs={runs}",
            f"-seed={seed}",
            f"-timeout={LATEST_S}",
            f"-rss_limit_mb={_most_mb() + MOST_MB}",
            f"-max_len={reader.longest}",
            "-len_control=0",
            f"-artifact_prefix={corpus}/",
            "-close_fd_mask=3",
            str(corpus / "seeds"),
        ],
        feeder.feed,
        custom_mutator=change,
    )
    atheris.Fuzz()


def once(reader: Reader, path: Path) -> None:
    """Give a reader one input again, without atheris: for a debugger."""
    with tempfile.TemporaryDirectory() as folder:
        words = reader.make(Path(folder))(path.read_bytes())
    print(f"Taken: {words!r}"[:2000])


def run(reader: Reader, runs: int) -> Told | None:
    """Fuzz in processes of its own, one after the other; None where something was found."""
    corpus = Path(tempfile.mkdtemp(prefix=f"fuzz-{reader.name}-", dir=_quick_folder()))
    (corpus / "seeds").mkdir()
    for number, data in enumerate(reader.seeds()):
        (corpus / "seeds" / str(number)).write_bytes(data)
    told = Told()
    while told.inputs < runs:
        part = _part(reader, min(PART, runs - told.inputs), SEED + told.inputs, corpus)
        if part is None:
            return None
        told = told + part
    shutil.rmtree(corpus)
    print(f"{reader.name}: {told.inputs:,} inputs in {told.seconds:.0f} s, nothing but sentences", flush=True)
    return told


def _part(reader: Reader, runs: int, seed: int, corpus: Path) -> Told | None:
    """Fuzz in one process, which goes on breeding from what the one before it has found."""
    command = [sys.executable, sys.argv[0], reader.name, "--runs", str(runs), "--seed", str(seed)]
    command += ["--corpus", str(corpus)]
    (corpus / KEPT).unlink(missing_ok=True)
    shutil.rmtree(corpus / "files", ignore_errors=True)
    done = subprocess.run(
        command, capture_output=True, text=True, errors="replace", check=False, env=os.environ | GIVEN_BACK
    )
    found = [path for path in corpus.iterdir() if path.name.startswith(("crash-", "timeout-", "oom-"))]
    if done.returncode or found or not (corpus / KEPT).exists():
        broken = corpus / BROKEN
        why = broken.read_text("utf-8") if broken.exists() else done.stdout + done.stderr
        print(f"{reader.name}: FAILED on {found or corpus}\n{why[-3000:]}", flush=True)
        return None
    return Told(**json.loads((corpus / KEPT).read_text("utf-8")))


def _quick_folder() -> str | None:
    """A folder in memory where there is one: a disk would be the slowest part."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def render(told: dict[str, Told]) -> str:
    """What was found out, as a table for the page."""
    rows = [("reader", "inputs", "refused", "seconds", "memory, MB", "slowest, ms")]
    rows += [
        (
            f"{name}: {READERS[name].what}",
            f"{one.inputs:,}",
            f"{one.sentences / max(1, one.inputs):.0%}",
            f"{one.seconds:.0f}",
            f"+{one.more_mb}",
            f"{1000 * one.slowest_s:.0f}",
        )
        for name, one in told.items()
    ]
    of = machine()
    inputs, seconds = (sum(getattr(one, name) for one in told.values()) for name in ("inputs", "seconds"))
    whole = f"{inputs:,} inputs in {seconds / 60:.0f} minutes of one core"
    return f"{whole} ({of['date']}, Python {of['python']}).\n\n{align(rows)}"


def update(told: dict[str, Told]) -> None:
    """Keep what was found out now, beside what is known of the other readers."""
    known = json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}
    known |= {name: asdict(one) for name, one in told.items()}
    known = {name: known[name] for name in READERS if name in known}
    FIGURES.write_text(json.dumps(known, indent=1) + "\n", "utf-8")
    keep(PAGE, "fuzz", render({name: Told(**one) for name, one in known.items()}))


def main(arguments: Sequence[str] | None = None) -> int:
    made = argparse.ArgumentParser(description="Feed every reader with inputs bred from real files.")
    made.add_argument("readers", nargs="*", metavar="READER", help=f"default: all of {', '.join(READERS)}")
    made.add_argument("--runs", type=int, default=100_000, help="inputs a reader (default: 100000)")
    made.add_argument("--jobs", type=int, default=1, help="readers at the same time (default: 1)")
    made.add_argument("--update", action="store_true", help="keep the table in docs/robustness.md")
    made.add_argument("--again", type=Path, metavar="INPUT", help="only this input")
    made.add_argument("--corpus", type=Path, help=argparse.SUPPRESS)
    made.add_argument("--seed", type=int, default=SEED, help=argparse.SUPPRESS)
    options = made.parse_args(arguments)
    chosen = [READERS[name] for name in options.readers or READERS]
    if options.corpus is not None:
        breed(chosen[0], options.runs, options.seed, options.corpus)
    if options.again is not None:
        once(chosen[0], options.again)
        return 0
    told: dict[str, Told] = {}
    with ThreadPoolExecutor(options.jobs) as pool:
        begun = {pool.submit(run, reader, options.runs): reader.name for reader in chosen}
        for done in as_completed(begun):
            one = done.result()
            if one is not None:
                told[begun[done]] = one
                if options.update:
                    update(told)
    if told:
        print(f"\n{render(told)}")
    return 0 if len(told) == len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
