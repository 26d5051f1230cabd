"""What many clips take with two workers against one by one, and what page and video add to a bare replay.

    python benchmarks/folder.py VIDEO ... --update

The videos are copied until there are as many as asked for; each is named by its exercise. Every replay is a
command of its own, as somebody would type it, so its start is part of it.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import DEMO, Others, align, exercise_in, keep, machine, median

from formcoach.errors import FormcoachError
from formcoach.files import write_json

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"

OUTPUTS: Mapping[str, tuple[str, ...]] = {
    "the report in words alone": (),
    "with its page, the figure in it": ("--report", "page.html", "--report-video", "none"),
    "with its page, the video in it": ("--report", "page.html"),
    "with the annotated video": ("--video", "video.mp4"),
    "with page and annotated video": ("--report", "page.html", "--video", "video.mp4"),
}
"""What a replay is asked for, and how."""


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds on the clock, and of the processors."""

    clock_s: float
    cpu_s: float


def replay(folder: Path, *arguments: str | Path) -> Took:
    """One command, in this folder."""
    command = [sys.executable, "-m", "formcoach", "replay", *map(str, arguments)]
    began, before = time.perf_counter(), _children_s()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    took = Took(time.perf_counter() - began, _children_s() - before)
    if done.returncode:
        raise FormcoachError(f"A replay failed: {done.stderr.strip()[-300:]}")
    return took


def _children_s() -> float:
    """Of the processors, for all that was started from here and has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def many(videos: Sequence[Path], count: int, jobs: int, by: Sequence[str]) -> list[list[str]]:
    """The table of many clips: one by one, and as a folder."""
    with TemporaryDirectory() as temporary:
        folder = Path(temporary, "clips")
        folder.mkdir()
        clips = []
        for number, video in enumerate(islice(cycle(videos), count), 1):
            clips.append({"file": f"{number:02d}-{video.name}", "exercise": exercise_in(video)})
            shutil.copyfile(video, folder / clips[-1]["file"])
        labels = Path(temporary, "labels.json")
        nothing = {"repetitions": [], "holds": [], "faults": [], "clean": False}
        write_json(labels, {"format": 1, "clips": [{**clip, **nothing} for clip in clips]})
        one_by_one = [
            replay(folder, clip["file"], "--exercise", clip["exercise"], "--json", f"{number}.json", *by)
            for number, clip in enumerate(clips)
        ]
        ways = {"one by one": Took(sum(t.clock_s for t in one_by_one), sum(t.cpu_s for t in one_by_one))}
        for workers in dict.fromkeys((1, jobs)):
            out = Path(temporary, f"out-{workers}")
            name = f"the folder, {workers} worker{'s' if workers > 1 else ''}"
            asked = ("--labels", labels, "--out", out, "--jobs", str(workers), *by)
            ways[name] = replay(Path(temporary), folder, *asked)
    first = ways["one by one"]
    rows = [[f"{count} clips", "on the clock", "faster by", "processors"]]
    for name, took in ways.items():
        faster = first.clock_s / took.clock_s
        rows.append([name, f"{took.clock_s:.1f} s", f"{faster:.2f} ×", f"{took.cpu_s:.1f} s"])
    return rows


def outputs(video: Path, rounds: int, by: Sequence[str]) -> list[list[str]]:
    """The table of one clip with more and more outputs, in turns."""
    took: dict[str, list[Took]] = {name: [] for name in OUTPUTS}
    with TemporaryDirectory() as folder:
        for _ in range(rounds):
            for name, asked in OUTPUTS.items():
                took[name].append(replay(Path(folder), video, "--exercise", exercise_in(video), *asked, *by))
    clocks = {name: median([one.clock_s for one in times]) for name, times in took.items()}
    cpus = {name: median([one.cpu_s for one in times]) for name, times in took.items()}
    bare, bare_cpu = (next(iter(times.values())) for times in (clocks, cpus))
    rows = [[video.stem, "on the clock", "slower by", "processors", "more by"]]
    for name in OUTPUTS:
        slower, more = clocks[name] / bare, cpus[name] / bare_cpu
        rows.append(
            [name, f"{clocks[name]:.1f} s", f"{slower:.2f} ×", f"{cpus[name]:.1f} s", f"{more:.2f} ×"]
        )
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    made = argparse.ArgumentParser(description="Time many clips, and what page and video add.")
    made.add_argument("videos", type=Path, nargs="*", metavar="VIDEO", help="default: the bundled bird-dog")
    made.add_argument("--count", type=int, default=20, help="clips in all (default: 20)")
    made.add_argument("--jobs", type=int, default=2, help="workers (default: 2)")
    made.add_argument("--rounds", type=int, default=3, help="of the outputs of one clip (default: 3)")
    made.add_argument("--model", type=Path, metavar="FILE", help="the pose model's .task file")
    made.add_argument("--update", action="store_true", help="write it into docs/performance.md")
    options = made.parse_args(arguments)
    videos = [video.resolve() for video in options.videos or [DEMO]]
    by = () if options.model is None else ("--model", str(options.model))
    others = Others()
    try:
        tables = [many(videos, options.count, options.jobs, by), outputs(videos[0], options.rounds, by)]
        on, busy = machine(), others.cores()
        text = "\n\n".join(
            [
                f"Measured on {on['date']} with formcoach {on['formcoach']} on {os.cpu_count()} cores"
                + (f"; other programs kept {busy:.1f} of them busy." if busy is not None else "."),
                *map(align, tables),
            ]
        )
        print(text)
        if options.update:
            keep(PAGE, "many clips", text)
    except FormcoachError as error:
        print(f"folder: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
