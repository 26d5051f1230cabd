"""The table of docs/catalogue.md; run as a script it puts every exercise through everything and writes it.

    python tests/catalogue_table.py [EXERCISE ...]

With exercises named, only their rows are written anew; the others stay.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

from catalogue import CONDITIONS, STOCK, Row, prove
from filmed import Filmed, film
from pages import page
from performed import UNFILMED

PAGE = page("docs/catalogue.md")
BLOCK = re.compile(r"(<!-- table: .*? -->\n).*?(\n<!-- end of table -->)", re.DOTALL)
HEAD = (
    "exercise",
    "performed",
    "counted or timed exactly",
    "silent when clean",
    "faults",
    "each found alone",
    "on film",
    "its first fault on film",
)


def drawn(row: Row) -> tuple[str, ...]:
    """The cells of an exercise that come from samples."""
    off = f", at most {row.off_s:.1f} s over" if row.off_s else ""
    return (
        row.exercise,
        row.amount,
        f"{row.exact} of {len(CONDITIONS)}{off}",
        f"{row.silent} of {len(CONDITIONS)}",
        str(row.faults),
        f"{row.alone} of {row.faults * len(CONDITIONS)}",
    )


def on_film(filmed: Filmed) -> tuple[str, ...]:
    """The cells that come from films."""
    told = UNFILMED.get(filmed.exercise, {})
    clean = f"no: {told['clean']}" if filmed.clean else "exact and silent"
    fault = f"`{filmed.kind}`: no: {told['fault']}" if filmed.fault else f"`{filmed.kind}`"
    return clean, fault


def rows() -> dict[str, tuple[str, ...]]:
    """The table as it stands on the page, by exercise."""
    table = BLOCK.search(PAGE.text)
    assert table is not None
    lines = [line for line in table[0].splitlines() if line.startswith("| ")][2:]
    found = [tuple(cell.strip() for cell in line[1:-1].split("|")) for line in lines]
    return {row[0]: row for row in found}


def render(table: dict[str, tuple[str, ...]]) -> str:
    """The table in Markdown."""
    cells = [HEAD, ("---",) * len(HEAD), *(table[exercise] for exercise in sorted(table))]
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)


def write(table: dict[str, tuple[str, ...]]) -> None:
    """Put the table onto the page, between its marks."""
    text = BLOCK.sub(lambda found: f"{found[1]}\n{render(table)}\n{found[2]}", PAGE.text)
    PAGE.path.write_text(text, "utf-8", newline="\n")


def _film(exercise: str) -> Filmed:
    from formcoach.model_file import find_model

    return film(exercise, find_model())


def main(exercises: Sequence[str]) -> int:
    wanted = list(exercises) or STOCK
    table = {name: row for name, row in rows().items() if name in STOCK}
    problems: list[str] = []
    with ProcessPoolExecutor() as pool:
        films = pool.map(_film, wanted)
        for row, filmed in zip(pool.map(prove, wanted), films, strict=True):
            print(row.exercise, file=sys.stderr, flush=True)
            problems += row.problems
            table[row.exercise] = (*drawn(row), *on_film(filmed))
    for problem in problems:
        print(problem)
    if not problems:
        write(table)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
