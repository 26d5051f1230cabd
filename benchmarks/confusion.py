"""Who is taken for whom: each exercise, and each clip of real people, coached as every other exercise.

    python benchmarks/confusion.py --check ../shared/clips/ground_truth.json
    python benchmarks/confusion.py --update ../shared/clips/ground_truth.json

`--check` compares with `docs/confusion.json` and names each confusion that is new or worse, one a line.
`--update` writes that file anew, and the tables and pictures of `docs/confusion.md`. Without a ground truth
both are about the drawn person only, and the figures of the clips stay as they are.
Exit code: 0 = nothing is worse, 1 = something is, 2 = it could not be measured.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "benchmarks")]

from catalogue import STOCK  # noqa: E402
from confusing import Cell, coached_as_all, confusions, performed, why  # noqa: E402
from formcoach.errors import FormcoachError  # noqa: E402
from formcoach.evaluating import read_truth  # noqa: E402
from formcoach.model_file import find_model  # noqa: E402
from formcoach.replaying import samples_of  # noqa: E402

DOCS = ROOT / "docs"
PARTS = ("puppet", "clips")
WORSE_S = 0.5
"""Seconds more that a confusion may be timed for."""


@dataclass(frozen=True, slots=True)
class Table:
    """Everything coached as everything.

    Attributes:
        shown: what was performed, or the clips, with the exercise each really is; "" = none of them.
        by: the specs.
        cells: those that count something; the others are nothing.
    """

    shown: dict[str, str]
    by: tuple[str, ...]
    cells: tuple[Cell, ...]

    @property
    def confused(self) -> list[Cell]:
        """The cells that should be nothing, the worst first."""
        found = [one for cell in self.cells for one in confusions([cell], self.shown[cell.shown])]
        return sorted(found, key=lambda cell: (-cell.share, cell.shown, cell.by))


def of_puppet() -> Table:
    cells = [cell for exercise in STOCK for cell in _told(exercise, performed(exercise))]
    return _table({exercise: exercise for exercise in STOCK}, cells)


def of_clips(truth_file: Path) -> Table:
    truths, _ = read_truth(truth_file)
    model = find_model(progress=lambda text: print(text, file=sys.stderr))
    cells: list[Cell] = []
    for truth in truths:
        name = Path(truth.file).stem
        samples = list(samples_of(truth_file.parent / truth.file, model, back=True))
        cells += _told(name, coached_as_all(name, samples, truth.repetitions, STOCK))
    return _table({Path(truth.file).stem: truth.exercise or "" for truth in truths}, cells)


def _told(name: str, cells: list[Cell]) -> list[Cell]:
    print(name, file=sys.stderr, flush=True)
    return cells


def _table(shown: dict[str, str], cells: Iterable[Cell]) -> Table:
    rounded = (
        Cell(cell.shown, cell.by, cell.count, cell.of, round(cell.held_s, 1), round(cell.of_s, 1))
        for cell in cells
        if not cell.nothing
    )
    return Table(shown, tuple(STOCK), tuple(rounded))


def render(table: Table) -> str:
    """The confusions as Markdown, the worst first."""
    pairs = len(table.shown) * len(table.by) - sum(own in table.by for own in table.shown.values())
    lines = [
        f"{len(table.shown)} × {len(table.by)}: of {pairs} pairs of different exercises "
        f"{pairs - len(table.confused)} count nothing, {len(table.confused)} something.",
        "",
        "| performed | coached as | counted | because |",
        "| --- | --- | --- | --- |",
    ]
    for cell in table.confused:
        reason = why(table.shown[cell.shown] or cell.shown, cell.by)
        lines.append(f"| {cell.shown} | {cell.by} | {_counted(cell)} | {reason or '**not explained**'} |")
    return "\n".join(lines)


def _counted(cell: Cell) -> str:
    held = f"{cell.held_s:.1f} s of {cell.of_s:.1f} s" if cell.held_s else ""
    count = f"{cell.count}, {cell.of} performed" if cell.count else ""
    return ", ".join(filter(None, (count, held)))


def worse(before: Table, now: Table) -> list[str]:
    """Each confusion that is new, or counts more than it did, a line each."""
    known = {(cell.shown, cell.by): cell for cell in before.confused}
    lines = []
    for cell in now.confused:
        was = known.get((cell.shown, cell.by))
        if was is None:
            lines.append(f"{cell.shown} as {cell.by}: {_counted(cell)}, was nothing")
        elif cell.count > was.count or cell.held_s > was.held_s + WORSE_S:
            lines.append(f"{cell.shown} as {cell.by}: {_counted(cell)}, was {_counted(was)}")
    return lines


def read_tables(docs: Path) -> dict[str, Table]:
    """The tables as `--update` wrote them."""
    path = docs / "confusion.json"
    try:
        data = json.loads(path.read_text("utf-8"))
        return {part: _from_data(data[part]) for part in PARTS}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise FormcoachError(f"{path} cannot be read ({error}); write it anew with --update.") from None


def _from_data(data: dict) -> Table:
    return Table(data["shown"], tuple(data["by"]), tuple(Cell(**cell) for cell in data["cells"]))


def write_tables(tables: dict[str, Table], docs: Path) -> None:
    """Write the tables as data, as pictures, and into the page between its marks."""
    from confusion_picture import picture

    path = docs / "confusion.md"
    page = path.read_text("utf-8")
    for part, table in tables.items():
        page = _with(page, part, render(table), path)
    for part, table in tables.items():
        picture(table.shown, table.by, table.cells, docs / f"confusion-{part}.png")
    data = {part: asdict(table) for part, table in tables.items()}
    (docs / "confusion.json").write_text(json.dumps(data, indent=1) + "\n", "utf-8")
    path.write_text(page, "utf-8")


def _with(page: str, part: str, table: str, path: Path) -> str:
    """The page with a table between its marks."""
    begin, end = f"<!-- {part}: written by benchmarks/confusion.py -->", f"<!-- end of {part} -->"
    if page.count(begin) != 1 or page.count(end) != 1:
        raise FormcoachError(f"{path} needs the lines {begin} and {end} once each, for the table.")
    return f"{page.split(begin)[0]}{begin}\n\n{table}\n\n{end}{page.split(end)[1]}"


def measure(truth_file: Path | None) -> dict[str, Table]:
    tables = {"puppet": of_puppet()}
    return tables if truth_file is None else {**tables, "clips": of_clips(truth_file)}


def check(before: dict[str, Table], now: dict[str, Table]) -> int:
    """Print the tables and what is worse; the exit code."""
    lines = [line for part, table in now.items() for line in worse(before[part], table)]
    for table in now.values():
        print(render(table), end="\n\n")
    for line in lines:
        print(f"Worse: {line}")
    print(f"confusions worse than in docs/confusion.json: {len(lines)}")
    return 1 if lines else 0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Coach everything as everything else.")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--check", action="store_true", help="fail where docs/confusion.json was better")
    what.add_argument("--update", action="store_true", help="write the tables in docs/ anew")
    parser.add_argument("truth", type=Path, nargs="?", metavar="TRUTH.json", help="the clips lie beside it")
    options = parser.parse_args(arguments)
    try:
        if options.check:
            return check(read_tables(DOCS), measure(options.truth))
        tables = measure(options.truth)
        if options.truth is None:
            tables["clips"] = read_tables(DOCS)["clips"]
        write_tables(tables, DOCS)
    except FormcoachError as error:
        print(f"confusion: {error}", file=sys.stderr)
        return 2
    for table in tables.values():
        print(render(table), end="\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
