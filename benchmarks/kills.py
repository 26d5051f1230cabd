"""Kills formcoach at random moments, again and again, and looks what it leaves.

    xvfb-run -a python benchmarks/kills.py --kills 260 --update

What writes is killed, with no time to tidy up (SIGKILL): by the clock, just before it changes a file or its
history, and between two lines of the code that does so. Afterwards history and recording must open and lack
no more than the last second, and whatever has its final name must be as it was before, or as it is when
nobody interferes. Needs a display; Xvfb will do.
"""

from __future__ import annotations

import argparse
import math
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from kills_jobs import HERE, JOBS, Job, Ready, prepare, ready, start
from kills_left import LOSS_S, Left, look
from measuring import Others, Result, keep, machine, quantile, run
from measuring import parser as common_parser

PAGE = HERE.parent / "docs" / "robustness.md"

HOW = ("change", "step", "clock")
"""How a kill is timed, in turns."""


def kill(one: Ready, how: str, chance: random.Random, folder: Path, more: Sequence[str] = ()) -> Left:
    """Start a job in a fresh folder, kill it, and look at what is left.

    Args:
        one: the job.
        how: one of `HOW`.
        chance: says when.
        folder: to be made, and taken away again.
        more: further words for what looks at pictures.
    """
    shutil.copytree(one.before, folder)
    number = {"change": chance.randint(1, one.changes), "step": chance.randint(1, one.steps)}.get(how, 0)
    # By the clock half of the kills fall into the last third, where files get their names.
    low = 0.25 if one.job.is_live or chance.random() < 0.5 else 0.65
    after_s = one.seconds * chance.uniform(low, 1.05) if how == "clock" else None
    with start(one.job.words, folder, how if number else "change", number, more) as process:
        try:
            out, errors = process.communicate(timeout=after_s)
        except subprocess.TimeoutExpired:
            process.kill()
            out, errors = process.communicate()
    left = Left(one.job, how, process.returncode == -signal.SIGKILL)
    if process.returncode not in (0, -signal.SIGKILL):
        left.problems.append(f"it failed by itself: {errors.strip()[-300:]}")
    look(one, folder, out.splitlines(), left)
    shutil.rmtree(folder)
    return left


def kills(
    jobs: Sequence[Job], folder: Path, count: int, seed: int, more: Sequence[str] = ()
) -> Iterator[Left]:
    """Kill jobs in turns, each as often as it has a share.

    Args:
        jobs: which ones.
        folder: for all that is written.
        count: of kills.
        seed: of the moments.
        more: further words for what looks at pictures.
    """
    chance = random.Random(seed)
    prepare(folder / "ground", film=any("hinge.mp4" in job.words for job in jobs))
    made = [ready(job, folder / "ground", more) for job in jobs]
    turns = [one for one in made for _ in range(one.job.share)]
    order: list[Ready] = []
    while len(order) < count:
        order += chance.sample(turns, len(turns))
    times = dict.fromkeys((job.name for job in jobs), 0)
    for one in order[:count]:
        how = HOW[times[one.job.name] % len(HOW)]
        times[one.job.name] += 1
        yield kill(one, how, chance, folder / "now", more)


def measure(options: argparse.Namespace) -> Result:
    others = Others()
    more = () if options.model is None else ("--model", str(options.model.resolve()))
    found: list[Left] = []
    until = time.monotonic() + 60 * options.minutes
    with TemporaryDirectory() as folder:
        for left in kills(JOBS, Path(folder), options.kills, options.seed, more):
            found.append(left)
            said = left.problems or ("well" if left.killed else "over before")
            number = f"{len(found)}/{options.kills}"
            print(f"{number} {left.job.name}, {left.how}: {said}", file=sys.stderr, flush=True)
            if time.monotonic() > until:
                break
    result = _result(found)
    if options.update:
        on = machine()
        measured = f"Measured on {on['date']} with formcoach {on['formcoach']} on {on['cores']} cores"
        busy = f"; other programs kept {others.cores()} of them busy"
        keep(PAGE, "kills", f"{measured}{busy}.\n\n{result.render()}")
    return result


def _result(found: Sequence[Left]) -> Result:
    table = [["killed", "times", "while it ran", "not as it should be", "lost, median", "lost, most"]]
    table += [_row(job, [left for left in found if left.job is job]) for job in JOBS]
    broken = [left for left in found if left.problems]
    ran = [left for left in found if left.killed]
    how = {way: sum(left.how == way for left in ran) for way in HOW}
    note = (
        f"{len(ran)} kills hit a running program: {how['change']} just before it changed a file or the "
        f"history, {how['step']} between two lines of the code that does so, {how['clock']} by the clock. "
        f"{sum(left.parts for left in found)} files were begun and never got their name."
    )
    wrong = "; ".join(f"{left.job.name}: {', '.join(left.problems)}" for left in broken)
    return Result(
        "kills",
        f"a kill costs at most {LOSS_S:.0f} s of a session, and leaves nothing half-written under its name",
        not broken,
        table,
        {"kills": float(len(found)), "ran": float(len(ran)), "broken": float(len(broken))},
        f"{note} {wrong}".strip(),
    )


def _row(job: Job, mine: Sequence[Left]) -> list[str]:
    lost = [left.lost_s for left in mine if left.lost_s == left.lost_s]
    seconds = [f"{quantile(lost, 0.5):.2f} s", f"{max(lost):.2f} s"] if lost else ["–", "–"]
    ran, broken = sum(left.killed for left in mine), sum(bool(left.problems) for left in mine)
    return [job.name, str(len(mine)), str(ran), str(broken), *seconds]


def main(arguments: Sequence[str] | None = None) -> int:
    made = common_parser("Kill formcoach at random moments and look what it leaves.", video=False)
    made.add_argument("--model", type=Path, metavar="FILE", help="the pose model's .task file")
    made.add_argument("--kills", type=int, default=52, help="default: 52")
    made.add_argument("--minutes", type=float, default=math.inf, help="end after so long (default: never)")
    made.add_argument("--seed", type=int, default=1, help="of the moments (default: 1)")
    made.add_argument("--update", action="store_true", help="keep the table in docs/robustness.md")
    return run(made, measure, arguments)


if __name__ == "__main__":
    sys.exit(main())
