"""What `formcoach tune` makes of labelled pictures of planks: the table of `docs/tuning.md`.

    python benchmarks/tuning.py ../shared/plank_landmarks/plank_landmarks.csv.gz --update

The pictures are single ones, labelled C, H and L; those of one part are frames of one film. What is held out
is always whole parts. High hips are in one part only: it is cut in the middle where some must be left to
learn from, and held out whole in the last row.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import gzip
import io
import json
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from formcoach.cli import main as formcoach  # noqa: E402
from formcoach.spec_file import stock_folder  # noqa: E402

PAGE = ROOT / "docs" / "tuning.md"
HIGH = "bad_data_high_hip"
FIRST, SECOND = f"{HIGH} 1", f"{HIGH} 2"

SPLITS = (
    ("dataset2", "dataset3", SECOND),
    ("dataset", FIRST),
    ("bad_data", FIRST),
    (FIRST, SECOND),
)
"""Parts that are held out."""

STARTS = {"−15 to 15": "[-15, 15]", "the stock ones": "[-3, 22]"}
"""Bounds to begin with: as one guesses them, and as they are shipped; with a tolerance of 4."""


def in_halves(table: Path, folder: Path) -> Path:
    """The table with the part of high hips cut in the middle."""
    with gzip.open(table, "rt", newline="") as file:
        header, *rows = csv.reader(file)
    high = [row for row in rows if row[0] == HIGH]
    for number, row in enumerate(high):
        row[0] = FIRST if number < len(high) / 2 else SECOND
    path = folder / "planks.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def tuned(table: Path, bounds: str, held_out: Sequence[str], folder: Path) -> dict[str, Any]:
    """What the command says, as data."""
    text = (stock_folder() / "plank.toml").read_text("utf-8")
    spec, out = folder / "my-plank.toml", folder / "out.json"
    spec.write_text(re.sub(r"(?m)^good = \[-3, 22\]", f"good = {bounds}", text), "utf-8")
    words = ["tune", str(spec), str(table), "--aspect", "16:9", "--only", "hips_line", "--json", str(out)]
    for meaning in ("C=good", "H=pike", "L=sag"):
        words += ["--label", meaning]
    for part in held_out:
        words += ["--hold-out", part]
    with contextlib.redirect_stdout(io.StringIO()):
        code = formcoach(words)
    if code:
        sys.exit(code)
    return dict(json.loads(out.read_text("utf-8")))


def measure(table: Path) -> str:
    """The table, a row for each beginning and each split."""
    rows = [
        "| Held out | Begun with | Tuned to | Pictures tuned by | Right | Pictures held out | Right |",
        "| --- | --- | --- | ---: | ---: | ---: | ---: |",
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cut = in_halves(table, folder)
        for held_out in SPLITS:
            for start, bounds in STARTS.items():
                rows.append(_row(held_out, start, tuned(cut, bounds, held_out, folder)))
    return "\n".join(rows)


def _row(held_out: Sequence[str], start: str, found: dict[str, Any]) -> str:
    low, high = (f"{one['proposed']:g}".replace("-", "−") for one in found["bounds"])
    by = {one["part"]: one for one in found["pictures"]}
    figures = [f"{by[part]['judged']} | {by[part]['right']:.4f}" for part in ("tuned by", "held out")]
    parts = f"all of {HIGH}" if held_out == (FIRST, SECOND) else ", ".join(held_out)
    return f"| {parts} | {start} | {low} to {high} | {' | '.join(figures)} |"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("table", type=Path, help="the labelled pictures, as .csv.gz")
    parser.add_argument("--update", action="store_true", help="write the table into the page")
    options = parser.parse_args(arguments)
    found = measure(options.table)
    print(found)
    if options.update:
        page = PAGE.read_text("utf-8")
        place = re.compile(r"(<!-- planks: .*?-->\n).*?(<!-- end of planks -->)", re.DOTALL)
        PAGE.write_text(place.sub(lambda at: f"{at[1]}\n{found}\n\n{at[2]}", page), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
