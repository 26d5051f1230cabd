"""Writes every figure of `docs/accuracy.md` and `docs/performance.md` anew, and of the pages beside them.

    python benchmarks/pages.py [TRUTH.json] [--only NAME ...]
    python benchmarks/pages.py --list
    python benchmarks/pages.py --quick

What clips show is measured where a ground truth is given, with its clips beside it; all else without. It
takes hours: `--list` tells how long each part. `--quick` tries the parts that can be done in little, in a
copy of the checkout: nothing here is changed by it. What fails is told, and the rest goes on.
Exit code: 0 = all was written, 1 = some was not.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from measuring import align

ROOT = Path(__file__).resolve().parent.parent
DEMOS = ("bird-dog", "plank", "hip-hinge")
COPIED = ("benchmarks", "docs", "exercise_specs", "formcoach", "languages", "recordings", "tests")

TRUTH, CLIPS = "{truth}", "{clips}"
"""Where the ground truth and the folder of its clips are put into a command."""


@dataclass(frozen=True, slots=True)
class Job:
    """One script that writes figures.

    Attributes:
        name: for `--only`.
        page: where they go.
        places: names of the marks there, between which the script writes.
        command: the script and its arguments.
        minutes: about how long it takes on two cores.
        quick: the arguments to try it with; None where it cannot be done in little.
        window: it needs a display; Xvfb will do.
    """

    name: str
    page: str
    places: tuple[str, ...]
    command: tuple[str, ...]
    minutes: float
    quick: tuple[str, ...] | None = None
    window: bool = False

    @property
    def wants_clips(self) -> bool:
        return any(TRUTH in part or CLIPS in part for part in self.command)


def _speed(name: str, minutes: float, *, window: bool = False) -> Job:
    """A benchmark that `run_all.py` puts onto the page."""
    videos = ("recordings/demo-bird-dog.mp4", f"{CLIPS}/plank_01_wahoo_side.mp4")
    chosen = videos if name in ("replay", "coaching") else videos[:1]
    command = ("run_all.py", *chosen, "--only", name)
    little = ("recordings/demo-plank.mp4", "--only", name, "--rounds", "1", "--samples", "40")
    return Job(name, "performance.md", (name,), command, minutes, little, window)


_DEMO_VIDEOS = tuple(f"recordings/demo-{name}.mp4" for name in DEMOS)

JOBS = (
    Job("accuracy", "accuracy.md", ("figures",), ("accuracy.py", "--update", TRUTH), 8),
    Job("turned", "accuracy.md", ("turned",), ("roll.py", TRUTH, "--update"), 15),
    Job("lean", "accuracy.md", ("lean",), ("roll.py", "--update"), 3),
    Job(
        "worse-pictures",
        "accuracy.md",
        ("worse pictures",),
        ("worsening.py", "--update", "--jobs", "2"),
        20,
        ("--check", "--exercises", "plank", "--disturbances", "shake"),
    ),
    _speed("replay", 4),
    _speed("coaching", 4),
    _speed("samples", 3),
    _speed("whatif", 2),
    _speed("report", 4),
    _speed("startup", 1),
    _speed("cold_start", 1, window=True),
    _speed("live", 2),
    _speed("studio", 3),
    _speed("voice", 3),
    Job(
        "folder",
        "performance.md",
        ("many clips",),
        ("folder.py", *_DEMO_VIDEOS, "--update"),
        15,
        ("recordings/demo-plank.mp4", "--count", "1", "--jobs", "1", "--rounds", "1", "--update"),
    ),
    Job(
        "soak",
        "performance.md",
        ("soak",),
        ("soak.py", "--minutes", "120", "--update"),
        125,
        ("--minutes", "0.5", "--update"),
        window=True,
    ),
    Job("confusion", "confusion.md", ("puppet", "clips"), ("confusion.py", "--update", TRUTH), 40),
    Job("back-truth", "back.md", ("truth",), ("back.py", "truth", "--update"), 15),
    Job("back-people", "back.md", ("people",), ("back.py", "people", CLIPS, "--update"), 5),
    Job(
        "back-cost",
        "back.md",
        ("cost",),
        ("back.py", "cost", *_DEMO_VIDEOS[:1], f"{CLIPS}/plank_01_wahoo_side.mp4", "--update"),
        5,
    ),
    Job("transcript", "voice.md", ("transcript",), ("whole_routine.py", "--update"), 4),
    Job(
        "kills",
        "robustness.md",
        ("kills",),
        ("kills.py", "--kills", "260", "--update"),
        45,
        ("--kills", "4", "--update"),
        window=True,
    ),
    Job("fuzz", "robustness.md", ("fuzz",), ("fuzz.py", "--update"), 40, ("--runs", "50", "--update")),
)


def line(job: Job, root: Path, truth: Path | None, *, quick: bool) -> list[str]:
    """The command as it is run in a checkout."""
    script, *arguments = job.command
    if quick:
        arguments = list(job.quick or ())
    put = {TRUTH: str(truth or TRUTH), CLIPS: str(truth.parent if truth else CLIPS)}
    given = [part.replace(TRUTH, put[TRUTH]).replace(CLIPS, put[CLIPS]) for part in arguments]
    shown = ["xvfb-run", "-a"] if job.window and not os.environ.get("DISPLAY") else []
    return [*shown, sys.executable, str(root / "benchmarks" / script), *given]


def chosen(options: argparse.Namespace) -> list[Job]:
    """What can be run of what was asked for; the rest is told."""
    jobs = [job for job in JOBS if not options.only or job.name in options.only]
    able = [
        job for job in jobs if (job.quick is not None if options.quick else _has_clips(job, options.truth))
    ]
    for job in jobs:
        if job not in able:
            why = "cannot be done in little" if options.quick else "needs a ground truth and its clips"
            print(f"Left out: {job.name} {why}.", file=sys.stderr)
    return able


def _has_clips(job: Job, truth: Path | None) -> bool:
    return truth is not None or not job.wants_clips


def listed(jobs: Sequence[Job], truth: Path | None) -> str:
    """What would be run, for how long, and where it goes."""
    rows = [["part", "minutes", "page", "command"]]
    for job in jobs:
        words = [
            f"benchmarks/{job.command[0]}",
            *line(job, ROOT, truth, quick=False)[-len(job.command) + 1 :],
        ]
        rows.append([job.name, f"{job.minutes:g}", f"docs/{job.page}", " ".join(words)])
    return f"{align(rows)}\n\n{sum(job.minutes for job in jobs):g} minutes in all, on two cores."


def run(jobs: Sequence[Job], root: Path, truth: Path | None, *, quick: bool) -> list[str]:
    """Run one after the other; the names of those that failed."""
    failed = []
    paths = [str(root), str(root / "tests"), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    for number, job in enumerate(jobs, 1):
        left = sum(one.minutes for one in jobs[number - 1 :])
        ends = (
            ""
            if quick
            else f", {job.minutes:g} min; all done at {datetime.now() + timedelta(minutes=left):%H:%M}"
        )
        print(f"{number} of {len(jobs)}: {job.name}{ends}", file=sys.stderr, flush=True)
        command = line(job, root, truth, quick=quick)
        if subprocess.run(command, cwd=root, env=environment, check=False).returncode:
            failed.append(job.name)
    return failed


def copy_of_the_checkout(folder: Path) -> Path:
    """All that the scripts read and write, to be tried on."""
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def main(arguments: Sequence[str] | None = None) -> int:
    made = argparse.ArgumentParser(description="Write every figure of the pages anew.")
    made.add_argument("truth", type=Path, nargs="?", metavar="TRUTH.json", help="its clips lie beside it")
    made.add_argument("--list", action="store_true", help="tell what would be run, and how long it takes")
    made.add_argument("--quick", action="store_true", help="try it in little, on a copy; changes nothing")
    made.add_argument(
        "--only", nargs="+", choices=[job.name for job in JOBS], metavar="NAME", help="these alone"
    )
    options = made.parse_args(arguments)
    if options.truth is not None and not options.truth.is_file():
        made.error(f"there is no ground truth {options.truth}; check the name")
    truth = None if options.truth is None else options.truth.resolve()
    if options.list:
        print(listed([job for job in JOBS if not options.only or job.name in options.only], truth))
        return 0
    jobs = chosen(options)
    if options.quick:
        with tempfile.TemporaryDirectory() as folder:
            failed = run(jobs, copy_of_the_checkout(Path(folder)), None, quick=True)
    else:
        failed = run(jobs, ROOT, truth, quick=False)
    print(
        f"{len(jobs) - len(failed)} of {len(jobs)} parts written"
        + (": not " if failed else "")
        + ", ".join(failed)
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
