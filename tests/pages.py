"""Reading the pages for people: their tables, examples, commands and links."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^(#+) +(.+)$", re.MULTILINE)
_RULE = re.compile(r"[|:\- ]+")


@dataclass(frozen=True)
class Page:
    """One page, and what is on it."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    @property
    def prose(self) -> str:
        """The text without its code blocks."""
        return _FENCE.sub("", self.text)

    def examples(self, language: str) -> list[str]:
        """The code blocks of one language."""
        return [body for named, body in _FENCE.findall(self.text) if named == language]

    @property
    def commands(self) -> list[list[str]]:
        """Every `formcoach …` on the page, in a code block or in a line, without its first word."""
        lines = [line for _, body in _FENCE.findall(self.text) for line in body.splitlines()]
        parts = [part.strip() for line in [*lines, *_CODE.findall(self.prose)] for part in line.split("&&")]
        return [
            shlex.split(part.partition(" > ")[0])[1:] for part in parts if re.match(r"formcoach( |$)", part)
        ]

    @property
    def links(self) -> list[tuple[bool, str]]:
        """Whether it is a picture, and where it leads."""
        return [(bool(mark), target) for mark, target in _LINK.findall(self.prose)]

    @property
    def anchors(self) -> set[str]:
        """The headings as addresses, as GitHub makes them."""
        titles = (title for _, title in _HEADING.findall(self.prose))
        return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}

    def section(self, heading: str) -> str:
        """The text from one heading to the next of its level or above."""
        found = [(len(m[1]), m[2], m.start(), m.end()) for m in _HEADING.finditer(self.prose)]
        level, _, _, start = next(one for one in found if one[1] == heading)
        ends = [begin for depth, _, begin, _ in found if begin > start and depth <= level]
        return self.prose[start : ends[0] if ends else None]

    def rows(self, heading: str = "") -> list[tuple[str, ...]]:
        """The rows of all tables of a section, or of the page, without their heads."""
        lines = [*(self.section(heading) if heading else self.prose).splitlines(), ""]
        return [
            tuple(cell.strip() for cell in line[1:-1].split("|"))
            for line, after in pairwise(lines)
            if line.startswith("|") and not _RULE.fullmatch(line) and not _RULE.fullmatch(after)
        ]

    def names(self, heading: str = "") -> list[str]:
        """What stands in backticks in the first column of the tables."""
        return [name for row in self.rows(heading) for name in _CODE.findall(row[0])]


def page(name: str) -> Page:
    return Page(ROOT / name)


def all_pages() -> list[Page]:
    """Every page for people."""
    paths = (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "recordings" / "README.md")
    return [Page(path) for path in sorted(paths)]


def fits(pattern: str, sentence: str) -> bool:
    """Whether a sentence is one of a family; … in the pattern stands for anything."""
    return _shape(pattern).fullmatch(sentence.strip()) is not None


@cache
def _shape(pattern: str) -> re.Pattern[str]:
    parts = (re.escape(part.strip()) for part in pattern.split("…"))
    return re.compile(r"\s*.*\s*".join(parts), re.DOTALL)


_OWN_NAMES = {
    "sides": "<side>",
    "reached": "<measure>",
    "reasons": "<why>",
    "checks": "<check>",
    "moments": "<check>",
    "<check>": "<why>",
}


def leaves(value: object, path: str = "", above: str = "") -> Iterator[tuple[str, object]]:
    """Every value in plain data with its address; names that are the data's own become `<side>` and so on."""
    if isinstance(value, dict):
        for name, below in value.items():
            shown = _OWN_NAMES.get(above, name)
            yield from leaves(below, f"{path}.{shown}".lstrip("."), shown)
    elif isinstance(value, list):
        for below in value:
            yield from leaves(below, f"{path}[]")
    else:
        yield path, value


_TYPES = {
    "text": str,
    "whole number": int,
    "number": (int, float),
    "true or false": bool,
    "null": type(None),
}


def is_a(word: str, value: object) -> bool:
    """Whether a value is what a table says, such as `whole number` or `number or null`."""
    wanted = [word] if word in _TYPES else word.split(" or ")
    if isinstance(value, bool):
        return wanted == ["true or false"]
    return any(isinstance(value, _TYPES[one]) for one in wanted)
