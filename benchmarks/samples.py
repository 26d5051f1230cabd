"""How fast recorded sessions are replayed, for each exercise that formcoach brings.

    python benchmarks/samples.py

The samples are performed by the tests' puppet and repeated, shifted in time, up to the length asked for, then
kept in a recording. What `formcoach replay` does with it is timed: read the file, coach, report. One thread
does it all, so the seconds of the processor are what counts; those on the clock are beside them.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import Result, cache_of_its_own, median, parser, run

from formcoach.landmarks import PoseSample
from formcoach.recording import RecordingWriter, read_recording
from formcoach.replaying import replay_recording
from formcoach.session import coach_through
from formcoach.spec_file import list_specs, read_spec

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))
from puppet import perform

LEAST = 10_000


def samples_of(exercise: str, count: int) -> list[PoseSample]:
    """Samples of somebody who performs the exercise over and over."""
    once = perform(exercise, fps=30.0).samples
    length = once[-1].t + 1 / 30
    return [
        replace(once[i % len(once)], t=once[i % len(once)].t + i // len(once) * length) for i in range(count)
    ]


def record(spec_file: Path, samples: Iterable[PoseSample], folder: Path) -> Path:
    """A recording of samples of the exercise of this spec."""
    path = folder / f"{spec_file.stem}.fcr"
    header = {"exercise": spec_file.stem, "spec_toml": spec_file.read_text("utf-8")}
    with RecordingWriter(path, header) as writer:
        for sample in samples:
            writer.add(sample)
    return path


def time_of(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the processor and on the clock."""
    began, before = time.perf_counter(), time.thread_time()
    work()
    return time.thread_time() - before, time.perf_counter() - began


def measure(options: argparse.Namespace) -> Result:
    spec_files = list_specs()
    rows = [["exercise", "replayed, samples/s", "slowest round", "on the clock", "coach and report alone"]]
    figures: dict[str, float] = {}
    with TemporaryDirectory() as folder:
        files = {
            file: record(file, samples_of(file.stem, options.samples), Path(folder)) for file in spec_files
        }
        streams = {file: list(read_recording(files[file]).stream()) for file in spec_files}
        whole: dict[Path, list[tuple[float, float]]] = {file: [] for file in spec_files}
        alone: dict[Path, list[tuple[float, float]]] = {file: [] for file in spec_files}
        for _ in range(options.rounds):
            for file in spec_files:
                spec = read_spec(file)
                with cache_of_its_own():
                    whole[file].append(time_of(partial(replay_recording, files[file], spec)))
                alone[file].append(time_of(partial(coach_through, spec, streams[file])))
    for file in spec_files:
        cpu, clock = ([took[which] for took in whole[file]] for which in (0, 1))
        rates = [
            options.samples / seconds
            for seconds in (median(cpu), max(cpu), median(clock), median([took for took, _ in alone[file]]))
        ]
        rows.append([file.stem, *(f"{rate:,.0f}" for rate in rates)])
        figures |= {f"{file.stem}_per_s": rates[0], f"{file.stem}_coach_per_s": rates[3]}
    return Result(
        "samples",
        f"recordings of each exercise are replayed at {LEAST:,} samples a second or more",
        all(rate >= LEAST for rate in figures.values()),
        rows,
        figures,
        f"{options.samples:,} samples of each exercise, {options.rounds} rounds in turns.",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    made = parser("Time coach and report on recorded samples.", video=False)
    made.add_argument("--samples", type=int, default=3000, help="of each exercise (default: 3000)")
    made.add_argument("--rounds", type=int, default=7, help="default: 7")
    return run(made, measure, arguments)


if __name__ == "__main__":
    sys.exit(main())
