"""Scores the coach on labelled clips of real people, and keeps it from getting worse unnoticed.

    python benchmarks/accuracy.py --check ../shared/clips/ground_truth.json
    python benchmarks/accuracy.py --update ../shared/clips/ground_truth.json

`--check` compares with `docs/accuracy.json` and names each figure that fell behind, one a line.
`--update` writes that file anew, and the figures in `docs/accuracy.md`.
Exit code: 0 = nothing fell behind, 1 = something did, 2 = it could not be measured.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path

from figures import Figures, Measured, fell_behind, render

from formcoach import __version__
from formcoach.errors import FormcoachError
from formcoach.evaluating import evaluate, read_truth
from formcoach.model_file import find_model
from formcoach.scoring import Score, Truth
from formcoach.spec_file import read_spec, stock_folder

DOCS = Path(__file__).resolve().parent.parent / "docs"
BEGIN = "<!-- figures: written by benchmarks/accuracy.py --update -->"
END = "<!-- end of figures -->"


def measure(truth_file: Path, jobs: int) -> Measured:
    """Coach every clip for whose exercise there is a spec, by the specs that formcoach brings."""
    truths, tolerance_s = read_truth(truth_file)
    known = {path.stem for path in stock_folder().glob("*.toml")}
    chosen = [one for one in truths if one.exercise is None or one.exercise in known]
    raw = json.loads(truth_file.read_text("utf-8"))["clips"]
    looped = {clip["file"]: int(clip.get("looped", 1)) for clip in raw}
    model = find_model(progress=lambda text: print(text, file=sys.stderr))
    work = partial(_score, folder=truth_file.parent, model=model, tolerance_s=tolerance_s)
    # A process that is forked while the pose model's threads run can hang: each starts afresh.
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        scores = list(pool.map(work, chosen))
    clips = tuple(_figures(score, looped[score.file]) for score in scores)
    return Measured(date.today().isoformat(), __version__, len(truths), clips)


def _score(truth: Truth, folder: Path, model: Path, tolerance_s: float) -> Score:
    """Coach one clip, in a process of its own."""
    print(f"{truth.file} ({truth.exercise or 'no exercise'})", file=sys.stderr, flush=True)
    specs = {path.stem: read_spec(path) for path in stock_folder().glob("*.toml")}
    return evaluate([truth], folder, model, specs, tolerance_s=tolerance_s)[0]


def _figures(score: Score, looped: int) -> Figures:
    return Figures(
        file=score.file,
        exercise=score.exercise,
        looped=looped,
        clean=score.clean,
        repetitions_true=score.repetitions_true,
        repetitions=score.repetitions,
        hold_s_true=None if score.hold_s_true is None else round(score.hold_s_true, 2),
        hold_s=round(score.hold_s, 2),
        faults_true=score.faults_true,
        faults_found=score.faults_found,
        faults_else=score.faults_false,
        unseen_s=round(score.unseen_s, 2),
    )


def read_figures(docs: Path) -> Measured:
    """The figures as `--update` wrote them."""
    path = docs / "accuracy.json"
    try:
        data = json.loads(path.read_text("utf-8"))
        return Measured(**{**data, "clips": tuple(Figures(**clip) for clip in data["clips"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise FormcoachError(f"{path} cannot be read ({error}); write it anew with --update.") from None


def write_figures(measured: Measured, docs: Path) -> None:
    """Write the figures as data, and into the page between its marks."""
    path = docs / "accuracy.md"
    page = path.read_text("utf-8")
    if page.count(BEGIN) != 1 or page.count(END) != 1:
        raise FormcoachError(f"{path} needs the lines {BEGIN} and {END} once each, for the figures.")
    head, tail = page.split(BEGIN)[0], page.split(END)[1]
    (docs / "accuracy.json").write_text(json.dumps(asdict(measured), indent=1) + "\n", "utf-8")
    path.write_text(f"{head}{BEGIN}\n\n{render(measured)}\n\n{END}{tail}", "utf-8")


def check(measured: Measured, before: Measured) -> int:
    """Print the figures and what fell behind; the exit code."""
    known = {one.file for one in before.clips}
    lines = fell_behind(before.clips, measured.clips)
    print(render(measured), end="\n\n")
    for one in measured.clips:
        if one.file not in known:
            print(f"New, not yet in docs/accuracy.json: {one.file}")
    for line in lines:
        print(f"Fell behind: {line}")
    print(f"{len(measured.clips)} clips scored; figures behind docs/accuracy.json: {len(lines)}")
    return 1 if lines else 0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Score the coach on labelled clips.")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--check", action="store_true", help="fail where docs/accuracy.json was better")
    what.add_argument("--update", action="store_true", help="write the figures in docs/ anew")
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, help="clips at once (default: %(default)s)"
    )
    parser.add_argument("truth", type=Path, metavar="TRUTH.json", help="the clips lie beside it")
    options = parser.parse_args(arguments)
    try:
        if options.check:
            before = read_figures(DOCS)
            return check(measure(options.truth, options.jobs), before)
        measured = measure(options.truth, options.jobs)
        write_figures(measured, DOCS)
    except FormcoachError as error:
        print(f"accuracy: {error}", file=sys.stderr)
        return 2
    print(render(measured))
    return 0


if __name__ == "__main__":
    sys.exit(main())
