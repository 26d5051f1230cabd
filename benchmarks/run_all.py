"""Runs the speed benchmarks and writes the figures of each into its place in `docs/performance.md`.

    python benchmarks/run_all.py [VIDEO ...] [--only NAME ...]

Without videos, the bundled clip is measured. Takes some minutes.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from measuring import DEMO, Result, keep

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "performance.md"

NAMES = (
    *("replay", "coaching", "samples", "whatif", "report", "startup", "cold_start", "live"),
    *("studio", "voice"),
)
"""Each benchmark, which is also the name of its place on the page."""


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
    """All there is to run: live sessions on the first video, two others on each."""
    often = () if rounds is None else ("--rounds", str(rounds))
    many = () if samples is None else ("--samples", str(samples))
    by = () if model is None else ("--model", str(model))
    return [
        *(Run(name, (str(video), *often, *by)) for name in ("replay", "coaching") for video in videos),
        Run("samples", (*many, *often)),
        Run("whatif", (*many, *often)),
        Run("report", (*many, *often)),
        Run("startup", often),
        Run("cold_start", (str(videos[0]), *often, *by)),
        Run("live", (str(videos[0]), *often, *by)),
        Run("studio", () if rounds is None else ("--minutes", "5", "--steps", str(rounds))),
        Run("voice", (str(videos[0]), *often, *by)),
    ]


def render(results: Sequence[Result]) -> str:
    """What the page says of one benchmark: its figures on each video, and what they were measured on."""
    on = results[0].measured_on
    busy = [one.measured_on["others"] for one in results if one.measured_on["others"] is not None]
    meanwhile = f"; other programs kept {max(busy):.1f} of them busy" if busy else ""
    measured = (
        f"Measured on {on['date']} with formcoach {on['formcoach']}, MediaPipe {on['mediapipe']} and "
        f"Python {on['python']}, on {on['cores']} cores{meanwhile}."
    )
    return "\n\n".join([*(one.render() for one in results), measured])


def main(arguments: Sequence[str] | None = None) -> int:
    made = argparse.ArgumentParser(description="Run every speed benchmark and keep the figures.")
    made.add_argument("videos", type=Path, nargs="*", metavar="VIDEO", help="default: the bundled bird-dog")
    made.add_argument("--rounds", type=int, help="of each benchmark (default: as each has it)")
    made.add_argument("--samples", type=int, help="of each exercise (default: as the benchmark has it)")
    made.add_argument("--model", type=Path, metavar="FILE", help="the pose model's .task file")
    made.add_argument("--page", type=Path, default=PAGE, help="default: docs/performance.md")
    made.add_argument("--only", choices=NAMES, nargs="+", help="of these alone (default: all)")
    options = made.parse_args(arguments)
    chosen = options.only or NAMES
    wanted = [
        one
        for one in runs(options.videos or [DEMO], options.rounds, options.samples, options.model)
        if one.name in chosen
    ]
    found: dict[str, list[Result]] = {}
    missing = 0
    for number, one in enumerate(wanted, 1):
        print(f"{number} of {len(wanted)}: {one.name} ...", file=sys.stderr, flush=True)
        result = one.measure()
        if result is None:  # it has told why; the others are measured all the same
            missing = 2
            continue
        print(f"{result.render()}\n", flush=True)
        found.setdefault(one.name, []).append(result)
        keep(options.page, one.name, render(found[one.name]))
    return missing


if __name__ == "__main__":
    sys.exit(main())
