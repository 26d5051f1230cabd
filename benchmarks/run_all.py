"""Runs every speed benchmark and writes the figures into `docs/performance.md`.

    python benchmarks/run_all.py [VIDEO ...]

Without videos, the bundled clip is measured. Takes some minutes.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from measuring import DEMO, Result

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "performance.md"
BEGIN = "<!-- figures: written by benchmarks/run_all.py -->"
END = "<!-- end of figures -->"

HEADINGS = {
    "replay": "Replay against the plain loop",
    "coaching": "Coaching and drawing",
    "samples": "Recorded samples",
    "whatif": "Moving a bound",
    "report": "The report page",
    "startup": "Starting",
    "live": "Live",
}
"""Each benchmark, and its heading on the page."""


@dataclass(frozen=True, slots=True)
class Run:
    """A benchmark with its arguments."""

    name: str
    arguments: tuple[str, ...]

    def measure(self) -> Result | None:
        """In a process of its own; None where nothing could be measured, which it has told."""
        with tempfile.TemporaryDirectory() as folder:
            kept = Path(folder, "result.json")
            command = [sys.executable, str(HERE / f"{self.name}.py"), *self.arguments, "--json", str(kept)]
            if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:
                return None
            return Result(**json.loads(kept.read_text("utf-8")))


def runs(videos: Sequence[Path], rounds: int | None, samples: int | None, model: Path | None) -> list[Run]:
    """All there is to run: the live session on the first video, the other two on each."""
    often = () if rounds is None else ("--rounds", str(rounds))
    many = () if samples is None else ("--samples", str(samples))
    by = () if model is None else ("--model", str(model))
    return [
        *(Run(name, (str(video), *often, *by)) for name in ("replay", "coaching") for video in videos),
        Run("samples", (*many, *often)),
        Run("whatif", (*many, *often)),
        Run("report", (*many, *often)),
        Run("startup", often),
        Run("live", (str(videos[0]), *often, *by)),
    ]


def render(results: Iterable[Result]) -> str:
    """The part of the page that has figures."""
    lines: list[str] = []
    heading = ""
    for result in results:
        on = result.measured_on
        if not lines:
            lines.append(
                f"Measured on {on['date']} with formcoach {on['formcoach']}, MediaPipe {on['mediapipe']} and "
                f"Python {on['python']}, on {on['cores']} cores."
            )
        if heading != HEADINGS[result.name]:
            heading = HEADINGS[result.name]
            lines.append(f"### {heading}")
        lines.append(result.render())
        if on["others"] is not None:
            lines.append(f"Meanwhile other programs kept {on['others']:.1f} of the {on['cores']} cores busy.")
    return "\n\n".join(lines)


def write(page: Path, figures: str) -> None:
    """Put the figures between their marks."""
    text = page.read_text("utf-8")
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise SystemExit(f"run_all: {page} needs the lines {BEGIN} and {END} once each, for the figures.")
    head, tail = text.split(BEGIN)[0], text.split(END)[1]
    page.write_text(f"{head}{BEGIN}\n\n{figures}\n\n{END}{tail}", "utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    made = argparse.ArgumentParser(description="Run every speed benchmark and keep the figures.")
    made.add_argument("videos", type=Path, nargs="*", metavar="VIDEO", help="default: the bundled bird-dog")
    made.add_argument("--rounds", type=int, help="of each benchmark (default: as each has it)")
    made.add_argument("--samples", type=int, help="of each exercise (default: as the benchmark has it)")
    made.add_argument("--model", type=Path, metavar="FILE", help="the pose model's .task file")
    made.add_argument("--page", type=Path, default=PAGE, help="default: docs/performance.md")
    options = made.parse_args(arguments)
    results: list[Result] = []
    for one in runs(options.videos or [DEMO], options.rounds, options.samples, options.model):
        print(f"{HEADINGS[one.name]} ...", file=sys.stderr, flush=True)
        result = one.measure()
        if result is None:
            return 2
        print(f"{result.render()}\n", flush=True)
        results.append(result)
    write(options.page, render(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
