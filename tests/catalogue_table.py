"""The table of docs/catalogue.md, and the figures in docs/catalogue.json that it is made of.

    python tests/catalogue_table.py [EXERCISE ...]
    python tests/catalogue_table.py --films [EXERCISE ...]

The first puts the exercises, or all of them, through everything with samples: minutes. With `--films` they
are drawn to video instead and looked at with the real pose model.
Exit code: 0 = written, 1 = with samples something is not as it should be.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from typing import Any

from catalogue import CONDITIONS, FAULT_CONDITIONS, STOCK, Row, prove
from filmed import Film, films
from pages import ROOT, page
from performed import ON_FILM

PAGE = page("docs/catalogue.md")
DATA = ROOT / "docs" / "catalogue.json"
BLOCK = re.compile(r"(<!-- table: .*? -->\n).*?(<!-- end of table -->)", re.DOTALL)
HEAD = (
    "exercise",
    "performed",
    "counted, or timed",
    "silent when clean",
    "faults found alone",
    "on film",
    "its first fault on film",
)

Figures = dict[str, Any]
"""Of one exercise: the fields of its `Row`, and under `films` what went wrong on each film, by its name."""


def read() -> dict[str, Figures]:
    """The figures by exercise."""
    return json.loads(DATA.read_text("utf-8")) if DATA.exists() else {}


def write(figures: dict[str, Figures]) -> None:
    """Keep the figures, and put the table onto the page."""
    DATA.write_text(json.dumps(dict(sorted(figures.items())), indent=1) + "\n", "utf-8", newline="\n")
    text = BLOCK.sub(lambda found: f"{found[1]}\n{render(figures)}\n\n{found[2]}", PAGE.text)
    PAGE.path.write_text(text, "utf-8", newline="\n")


def figures_of(row: Row) -> Figures:
    """What is kept of a row."""
    kept = {name: value for name, value in asdict(row).items() if name not in ("exercise", "problems")}
    return kept | {"off_s": round(row.off_s, 1), "beside": list(row.beside)}


def render(figures: dict[str, Figures]) -> str:
    """The table in Markdown, and below it what it cannot hold."""
    named = sorted(figures.items())
    rows = [HEAD, ("---",) * len(HEAD), *(_cells(name, one) for name, one in named)]
    beside = [f"- {name}: {note}" for name, one in named for note in one["beside"]]
    missed = [line for name, one in named for line in _missed(name, one["films"])]
    return "\n".join(
        [
            *(f"| {' | '.join(row)} |" for row in rows),
            *("", "### Found beside their own", "", "Some faults cannot but show another one as well:", ""),
            *beside,
            *("", "### Not as it should be on film", "", *missed),
        ]
    )


def _cells(exercise: str, figures: Figures) -> tuple[str, ...]:
    many = len(CONDITIONS)
    over = f", up to {figures['off_s']:.1f} s over" if figures["off_s"] else ""
    return (
        exercise,
        figures["amount"],
        f"{figures['exact']} of {many}{over}",
        f"{figures['silent']} of {many}",
        f"{figures['alone']} of {figures['faults'] * len(FAULT_CONDITIONS)}",
        *_on_film(figures["films"]),
    )


def _on_film(filmed: dict[str, list[str]]) -> tuple[str, str]:
    """What the clean film shows, and the one with a fault."""
    if not filmed:
        return "not yet", "not yet"
    (_, clean), (fault, wrong) = filmed.items()
    return ("**no**" if clean else "exact, silent"), (f"`{fault}`: **no**" if wrong else f"`{fault}`")


def _missed(exercise: str, filmed: dict[str, list[str]]) -> list[str]:
    wrong = [f"{name}: {', '.join(problems)}" for name, problems in filmed.items() if problems]
    return (
        [f"- {exercise}: {'; '.join(wrong)}. {ON_FILM.get(exercise, '**Not explained.**')}"] if wrong else []
    )


def judged(film: Film) -> list[str]:
    """What went wrong on a film."""
    from formcoach.model_file import find_model

    return film.judge(*film.take(find_model()))


def with_samples(exercises: Sequence[str], figures: dict[str, Figures]) -> list[str]:
    """Put the exercises through everything; what is not as it should be."""
    problems = []
    for row in _all(prove, exercises):
        filmed = figures.get(row.exercise, {}).get("films", {})
        figures[row.exercise] = figures_of(row) | {"films": filmed}
        problems += [f"{row.exercise}: {problem}" for problem in row.problems]
    return problems


def on_film(exercises: Sequence[str], figures: dict[str, Figures]) -> None:
    """Make all films of the exercises, and keep what was seen after each exercise: it takes long."""
    seen = iter(_all(judged, [film for name in exercises for film in films(name)]))
    for name in exercises:
        figures[name]["films"] = {film.name: next(seen) for film in films(name)}
        write(figures)


def _all(do: Callable[[Any], Any], what: Sequence[Any]) -> Iterable[Any]:
    """Do something to each, on all processors, and tell how far it is."""
    with ProcessPoolExecutor() as pool:
        for one, done in zip(what, pool.map(do, what), strict=True):
            print(one, file=sys.stderr, flush=True)
            yield done


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Put exercises through everything.")
    parser.add_argument("exercises", nargs="*", metavar="EXERCISE", help="default: all of them")
    parser.add_argument("--films", action="store_true", help="on film, by the real pose model")
    options = parser.parse_args(arguments)
    exercises = options.exercises or STOCK
    figures = {name: one for name, one in read().items() if name in STOCK}
    if options.films:
        on_film(exercises, figures)
        return 0
    if problems := with_samples(exercises, figures):
        print("\n".join(problems))
        return 1
    write(figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
