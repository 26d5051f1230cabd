"""How the coach does as the picture gets worse: every exercise at every level of every disturbance.

    python benchmarks/worsening.py --check --jobs 2
    python benchmarks/worsening.py --update --jobs 2
    python benchmarks/worsening.py --check --exercises squat plank --disturbances shake
    python benchmarks/worsening.py --update --disturbances shake

The drawn person performs it, cleanly and with its most pressing fault. `--check` compares with
`docs/worse-pictures.json` and names each exercise that got worse by a level or more, one a line. `--update`
writes that file anew, the picture beside it, and the tables of
`docs/accuracy.md` and `docs/worse-pictures.md`. What is not measured stays as it was.
It takes some ten minutes of one core.
Exit code: 0 = nothing is worse, 1 = something is, 2 = it could not be measured.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "benchmarks")]

from worsening_page import Curve, Curves, details, summary, worse  # noqa: E402

from catalogue import STOCK  # noqa: E402
from formcoach import __version__  # noqa: E402
from formcoach.errors import FormcoachError  # noqa: E402
from worsened import CONDITIONS, DISTURBANCES, Verdict, worst  # noqa: E402

DOCS = ROOT / "docs"
PAGES = {"accuracy.md": summary, "worse-pictures.md": details}
"""What each page shows of the curves."""
BEGIN = "<!-- worse pictures: written by benchmarks/worsening.py -->"
END = "<!-- end of worse pictures -->"


def curves_of(exercise: str, disturbances: Sequence[str]) -> list[Curve]:
    """One exercise, at all levels of some disturbances."""
    return [_curve(exercise, name) for name in disturbances]


def _curve(exercise: str, name: str) -> Curve:
    disturbance = DISTURBANCES[name]
    runs = [worst(exercise, disturbance, level) for level in disturbance.levels]
    failed = next((one for one in runs if one.verdict is not Verdict.EXACT), None)
    return Curve(
        exercise,
        name,
        tuple(int(one.verdict) for one in runs),
        () if failed is None else failed.why,
        () if failed is None else failed.told,
    )


def measure(exercises: Sequence[str], disturbances: Sequence[str], jobs: int) -> Curves:
    """All of them, in `jobs` processes."""
    found: list[Curve] = []
    with ProcessPoolExecutor(jobs) as pool:
        for curves in pool.map(partial(curves_of, disturbances=disturbances), exercises):
            print(curves[0].exercise, file=sys.stderr, flush=True)
            found += curves
    levels = {name: DISTURBANCES[name].levels for name in disturbances}
    return Curves(date.today().isoformat(), __version__, len(CONDITIONS), levels, tuple(found))


def read_curves(docs: Path) -> Curves:
    """The curves as `--update` wrote them."""
    path = docs / "worse-pictures.json"
    try:
        data = json.loads(path.read_text("utf-8"))
        levels = {name: tuple(of) for name, of in data["levels"].items()}
        curves = tuple(
            Curve(**{**one, **{key: tuple(one[key]) for key in ("verdicts", "why", "told")}})
            for one in data["curves"]
        )
        return Curves(**{**data, "levels": levels, "curves": curves})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise FormcoachError(f"{path} cannot be read ({error}); write it anew with --update.") from None


def write_curves(curves: Curves, docs: Path) -> None:
    """Write the curves as data, as a picture, and into the pages between their marks."""
    from worsening_picture import picture

    pages = {docs / name: _with(docs / name, render(curves)) for name, render in PAGES.items()}
    picture(curves, docs / "worse-pictures.png")
    rows = ",\n".join(f"  {json.dumps(asdict(one))}" for one in curves.curves)
    head = json.dumps({**asdict(curves), "curves": []}, indent=1)
    (docs / "worse-pictures.json").write_text(head.replace("[]\n}", f"[\n{rows}\n ]\n}}\n"), "utf-8")
    for path, text in pages.items():
        path.write_text(text, "utf-8")


def _with(path: Path, text: str) -> str:
    """A page with a text between its marks."""
    page = path.read_text("utf-8")
    if page.count(BEGIN) != 1 or page.count(END) != 1:
        raise FormcoachError(f"{path} needs the lines {BEGIN} and {END} once each, for the curves.")
    return f"{page.split(BEGIN)[0]}{BEGIN}\n\n{text}\n\n{END}{page.split(END)[1]}"


def check(before: Curves, now: Curves) -> int:
    """Print what is worse; the exit code."""
    print(summary(now), end="\n\n")
    lines = worse(before, now)
    for line in lines:
        print(f"Worse: {line}")
    print(f"curves worse than in docs/worse-pictures.json: {len(lines)} of {len(now.curves)}")
    return 1 if lines else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Coach every exercise in ever worse pictures.")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--check", action="store_true", help="fail where docs/worse-pictures.json was better")
    what.add_argument("--update", action="store_true", help="write the curves in docs/ anew")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes (default: 1)")
    parser.add_argument("--exercises", nargs="+", choices=STOCK, default=STOCK, metavar="NAME")
    parser.add_argument(
        "--disturbances", nargs="+", choices=list(DISTURBANCES), default=list(DISTURBANCES), metavar="NAME"
    )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    everything = len(options.exercises) == len(STOCK) and len(options.disturbances) == len(DISTURBANCES)
    try:
        before = None if options.update and everything else read_curves(DOCS)
        now = measure(options.exercises, options.disturbances, options.jobs)
        if options.check:
            assert before is not None
            return check(before, now)
        now = now if before is None else before.updated(now)
        write_curves(now, DOCS)
    except FormcoachError as error:
        print(f"worsening: {error}", file=sys.stderr)
        return 2
    print(summary(now))
    return 0


if __name__ == "__main__":
    sys.exit(main())
