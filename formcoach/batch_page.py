"""What came of many files, as one page that links to the results beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from formcoach.batch import Row
from formcoach.legible import legible

KINDS = ((".html", "page"), (".mp4", "video"), (".json", "data"))
"""The results that a file may have, by the end of their name, and what they are called."""


def batch_page(rows: Sequence[Row], out: Path) -> str:
    """The page, as HTML.

    Args:
        rows: in the order in which they are to stand.
        out: the folder of the results, in which the page will lie.
    """
    environment = Environment(
        loader=PackageLoader("formcoach"),
        autoescape=True,
        finalize=lambda value: legible(value) if type(value) is str else value,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    return environment.get_template("batch.html").render(
        rows=[(row, _links(row, out)) for row in rows],
        failed=sum(bool(row.failed) for row in rows),
        minutes=sum(row.duration_s for row in rows) / 60,
    )


def _links(row: Row, out: Path) -> list[tuple[str, str]]:
    names = ((f"{row.name}{suffix}", kind) for suffix, kind in KINDS)
    return [(quote(name), kind) for name, kind in names if (out / name).exists()]
