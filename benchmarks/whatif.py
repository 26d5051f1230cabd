"""How fast an hour of recordings is judged again, and counted again, when a bound is moved.

    python benchmarks/whatif.py

An hour at 30 samples a second is performed by the tests' puppet, a set of a minute or so after the other,
with walking in and off. It is read once; then it is judged and counted by bounds that have been moved.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from measuring import Result, median, parser, run
from samples import time_of

from formcoach.counting import count
from formcoach.landmarks import PoseSample
from formcoach.spec import Range, Spec
from formcoach.spec_file import find_spec, read_spec
from formcoach.whatif import judge, readings_of

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))
from puppet import perform

HOUR = 108_000
SETS = {
    "hip-hinge": {"reps": 12, "rest_s": 20.0},
    "bird-dog": {"reps": 10, "rest_s": 20.0},
    "superman": {"reps": 8, "rest_s": 20.0},
    "plank": {"hold_s": 45.0, "rest_s": 20.0},
}
"""What is done in a set; the seconds before and after it are spent in the start position."""

JUDGED_S, COUNTED_S = 6.0, 0.6


def performed(exercise: str, samples: int) -> list[PoseSample]:
    """So many samples of sets of an exercise, one after the other."""
    once = perform(exercise, fps=30.0, noise=1.0, walk_in=True, leave=True, **SETS[exercise]).samples
    length = once[-1].t + 1 / 30
    found = (replace(one, t=one.t + number * length) for number in itertools.count() for one in once)
    return list(itertools.islice(found, samples))


def moved(spec: Spec, by: float) -> Spec:
    """The spec with the bounds of its work pose moved inwards by some degrees, or hundredths."""
    work = spec.poses["work"]
    units = {name: 1.0 if bounds.high - bounds.low > 3 else 0.01 for name, bounds in work.items()}
    nearer = {
        name: Range(low + by * units[name], high - by * units[name]) for name, (low, high) in work.items()
    }
    return replace(spec, poses={**spec.poses, "work": nearer})


def measure(options: argparse.Namespace) -> Result:
    rows = [["an hour of", "read once, s", "judged again, s", "counted again, s", "repetitions and holds"]]
    figures: dict[str, float] = {}
    for exercise in SETS:
        spec = read_spec(find_spec(exercise))
        samples = performed(exercise, options.samples)
        readings = readings_of(samples, spec)
        edited = [moved(spec, 0.5 * i) for i in range(options.rounds)]
        share = HOUR / options.samples
        read = time_of(partial(readings_of, samples, spec))[0] * share
        judged = median([time_of(partial(judge, readings, one))[0] for one in edited]) * share
        counted = median([time_of(partial(count, readings, one))[0] for one in edited]) * share
        found = len(count(readings, spec))
        rows.append([exercise, f"{read:.1f}", f"{judged:.2f}", f"{counted:.2f}", str(found)])
        figures |= {f"{exercise}_judged_s": judged, f"{exercise}_counted_s": counted}
    return Result(
        "whatif",
        f"one process judges an hour again within {JUDGED_S:g} s and counts it within {COUNTED_S:g} s, "
        "for two to take half of that",
        all(took <= (JUDGED_S if name.endswith("judged_s") else COUNTED_S) for name, took in figures.items()),
        rows,
        figures,
        f"One process, seconds of the processor; {options.samples:,} samples, {options.rounds} rounds.",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    made = parser("Time judging and counting again what was read once.", video=False)
    made.add_argument("--samples", type=int, default=HOUR, help=f"of each exercise (default: {HOUR})")
    made.add_argument("--rounds", type=int, default=3, help="default: 3")
    return run(made, measure, arguments)


if __name__ == "__main__":
    sys.exit(main())
