"""How long a report page takes: an hour of recorded samples, and what it adds to a bare replay.

    python benchmarks/report.py

The samples are those of `samples.py`. Bare replay and replay with page run in turns; one thread does it all,
so the seconds of the processor are what counts, and those on the clock are beside them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import Result, cache_of_its_own, median, parser, run
from samples import record, samples_of, time_of

from formcoach.replaying import replay_recording
from formcoach.reporting import page_maker
from formcoach.spec_file import find_spec

TARGET_S = 20.0
"""For an hour of samples."""


def write_report(recording: Path, page_path: Path) -> None:
    """What `formcoach replay FILE --report PAGE` does."""
    with page_maker(page_path, "inside") as page:
        wanted = page.wanted(is_video=False)
        page.add(recording, replay_recording(recording, None, wanted), wanted)
        page.write()


def measure(options: argparse.Namespace) -> Result:
    seconds = options.samples / 30
    rows = [[f"{seconds / 60:.0f} min of", "bare replay", "with page", "on the clock", "the page"]]
    figures: dict[str, float] = {}
    slowest = 0.0
    with TemporaryDirectory() as folder:
        for exercise in options.exercises:
            samples = samples_of(exercise, options.samples)
            kept, page = record(find_spec(exercise), samples, Path(folder)), Path(folder, "page.html")
            bare, whole = [], []
            for _ in range(options.rounds):
                with cache_of_its_own():
                    bare.append(time_of(lambda kept=kept: replay_recording(kept, None))[0])
                whole.append(time_of(lambda kept=kept, page=page: write_report(kept, page)))
            cpu, clock = (median([took[which] for took in whole]) for which in (0, 1))
            slowest = max(slowest, cpu)
            size = page.stat().st_size / 1e6
            rows.append(
                [exercise, f"{median(bare):.1f} s", f"{cpu:.1f} s", f"{clock:.1f} s", f"{size:.1f} MB"]
            )
            figures |= {f"{exercise}_bare_s": median(bare), f"{exercise}_report_s": cpu}
    allowed = TARGET_S * seconds / 3600
    return Result(
        "report",
        f"an hour of samples is replayed to its report page in {TARGET_S:.0f} s or less",
        slowest <= allowed,
        rows,
        figures,
        f"{options.samples:,} samples each, {options.rounds} rounds in turns; the longest took "
        f"{slowest:.1f} s of the {allowed:.1f} s allowed.",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    made = parser("Time the report page of a long recording.", video=False)
    made.add_argument("--samples", type=int, default=108_000, help="default: an hour at 30 a second")
    made.add_argument("--rounds", type=int, default=3, help="default: 3")
    made.add_argument("--exercises", nargs="+", default=["bird-dog", "plank"], metavar="ID")
    return run(made, measure, arguments)


if __name__ == "__main__":
    sys.exit(main())
