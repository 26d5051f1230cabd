"""What the speed benchmarks share: clips, figures, tables, and the way each of them is run.

Other programs run on the same machine, so every figure is a median, quoted beside its 95th percentile, and
what is compared is measured in turns: A B A B. Processor time leaves out what other programs took.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from formcoach import __version__
from formcoach.errors import FormcoachError
from formcoach.files import CACHE_VARIABLE
from formcoach.spec_file import find_spec, list_specs, stock_folder

DEMO = stock_folder().parent / "recordings" / "demo-bird-dog.mp4"


@dataclass(frozen=True, slots=True)
class Result:
    """What one benchmark found.

    Attributes:
        name: the script's.
        target: what is wished for, a sentence.
        passed: whether it is so.
        table: rows of cells, the headings first.
        figures: the same as numbers, by name; seconds and shares.
        note: a sentence on what else was seen, or empty.
        measured_on: when, where and how busy the machine was otherwise; `run` adds it.
    """

    name: str
    target: str
    passed: bool
    table: Sequence[Sequence[str]]
    figures: dict[str, float]
    note: str = ""
    measured_on: dict[str, str | float | None] = field(default_factory=dict)

    @property
    def verdict(self) -> str:
        """PASS or BEHIND, and of what."""
        return f"{'PASS' if self.passed else 'BEHIND'}: {self.target}"

    def render(self) -> str:
        """Verdict, table and note, as Markdown that also reads well on a terminal."""
        return "\n\n".join(part for part in (self.verdict, align(self.table), self.note) if part)


def machine() -> dict[str, str | float | None]:
    """When and where, as far as it is anybody's business."""
    return {
        "date": date.today().isoformat(),
        "formcoach": __version__,
        "python": platform.python_version(),
        "mediapipe": version("mediapipe"),
        "cores": os.cpu_count() or 1,
    }


class Others:
    """How many cores other programs keep busy meanwhile; known on Linux only."""

    def __init__(self) -> None:
        self._began = self._look()

    def cores(self) -> float | None:
        """On average since this was made."""
        began, now = self._began, self._look()
        if began is None or now is None:
            return None
        (t0, all0, own0), (t1, all1, own1) = began, now
        return round(max(0.0, (all1 - all0 - own1 + own0) / max(t1 - t0, 0.01)), 1)

    @staticmethod
    def _look() -> tuple[float, float, float] | None:
        """Seconds: on the clock, of all processors while busy, and of these by this program."""
        stat = Path("/proc/stat")
        if not stat.exists():
            return None
        user, nice, system, _idle, _wait, *more = map(int, stat.read_text().split("\n", 1)[0].split()[1:9])
        ticks = user + nice + system + sum(more)
        return time.monotonic(), ticks / os.sysconf("SC_CLK_TCK"), sum(os.times()[:4])


def align(table: Sequence[Sequence[str]]) -> str:
    """A Markdown table with straight columns: the first to the left, the others to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(*table, strict=True)]
    head, *rows = (
        [f"{cell:{'>' if at else '<'}{widths[at]}}" for at, cell in enumerate(row)] for row in table
    )
    rule = ["-" * (width - bool(at)) + ":" * bool(at) for at, width in enumerate(widths)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


def keep(page: Path, name: str, text: str) -> None:
    """Put a text into its place on a page, between the marks of that name."""
    whole = page.read_text("utf-8")
    place = re.compile(rf"(<!-- {name}: .*?-->\n).*?(<!-- end of {name} -->)", re.DOTALL)
    if not place.search(whole):
        raise FormcoachError(f"{page} has no place for the figures of {name}.")
    page.write_text(place.sub(lambda found: f"{found[1]}\n{text}\n\n{found[2]}", whole), "utf-8")


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return quantile(values, 0.5)


def quantile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values does not exceed, between two where it falls between."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    return ordered[low] + (place - low) * (ordered[min(low + 1, len(ordered) - 1)] - ordered[low])


def ms(seconds: float) -> str:
    """Milliseconds with three digits that count."""
    thousand = 1000 * seconds
    return f"{thousand:.{0 if thousand >= 100 else 1 if thousand >= 10 else 2}f} ms"


def percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def parser(about: str, *, video: bool) -> argparse.ArgumentParser:
    """The arguments that the scripts have in common."""
    made = argparse.ArgumentParser(description=about)
    made.add_argument("--json", type=Path, metavar="FILE", help="write the figures to this file")
    if video:
        made.add_argument("video", type=Path, nargs="?", default=DEMO, help="default: the bundled bird-dog")
        made.add_argument("--exercise", metavar="ID", help="default: the one in the video's name")
        made.add_argument("--model", type=Path, metavar="FILE", help="the pose model's .task file")
    return made


def exercise_in(video: Path) -> str:
    """The exercise that a video's name speaks of."""
    letters = {path.stem: path.stem.replace("-", "") for path in list_specs()}
    name = video.stem.replace("-", "").replace("_", "")
    found = [exercise for exercise, plain in letters.items() if plain in name]
    if not found:
        raise FormcoachError(f"Say with --exercise what {video} shows; its name does not.")
    return max(found, key=len)


def spec_path(options: argparse.Namespace) -> Path:
    """The spec to coach the video by."""
    return find_spec(options.exercise or exercise_in(options.video))


def model_path(options: argparse.Namespace) -> Path:
    """The model asked for, else the full one from where formcoach keeps it."""
    from formcoach.model_file import find_model

    return find_model("full", options.model)


def run(
    made: argparse.ArgumentParser,
    measure: Callable[[argparse.Namespace], Result],
    arguments: Sequence[str] | None,
) -> int:
    """Measure, print and keep; the exit code: 0 also when behind, 2 when nothing could be measured."""
    options = made.parse_args(arguments)
    others = Others()
    try:
        result = measure(options)
    except FormcoachError as error:
        print(f"{made.prog}: {error}", file=sys.stderr)
        return 2
    result = replace(result, measured_on={**machine(), "others": others.cores()})
    print(result.render())
    if options.json is not None:
        options.json.write_text(json.dumps(asdict(result), indent=1) + "\n", "utf-8")
    return 0


@contextmanager
def cache_of_its_own() -> Iterator[None]:
    """Nothing that was kept of recordings before is found, for a while."""
    with TemporaryDirectory() as folder, patch.dict(os.environ, {CACHE_VARIABLE: folder}):
        yield
