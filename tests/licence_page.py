"""The tables of docs/licences.md, from what pyproject.toml asks for and what is installed.

    python tests/licence_page.py

Run where everything is installed, `pip install -e ".[dev]"`, it writes them anew.
"""

from __future__ import annotations

import importlib.metadata as installed
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pages import ROOT, page

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
BLOCK = re.compile(r"(<!-- (\w+): .*? -->\n).*?(<!-- end of \2 -->)", re.DOTALL)
EXTRAS = tuple(PROJECT["optional-dependencies"])
WITH_ALL_BEHIND = ("always", *(name for name in EXTRAS if name != "dev"))
"""What somebody who uses formcoach may install: what each package brings in its turn is listed, too."""

SYSTEMS = [
    {"platform_system": system, "sys_platform": short, "python_version": version}
    for system, short in (("Linux", "linux"), ("Darwin", "darwin"), ("Windows", "win32"))
    for version in ("3.11", "3.12", "3.13", "3.14")
]
"""Where formcoach is to run."""

APPROVED = "License :: OSI Approved :: "
NOT_HERE = "–"


@dataclass(frozen=True, slots=True)
class Row:
    """One package: who asks for it and under which condition, and what it says of itself."""

    name: str
    asked_by: str
    asked: str
    version: str
    licence: str

    @property
    def cells(self) -> tuple[str, ...]:
        return self.name, self.asked_by, self.asked, self.version, self.licence


def asked(group: str) -> list[Requirement]:
    """What pyproject.toml asks for: always, or for an extra."""
    lines = PROJECT["dependencies"] if group == "always" else PROJECT["optional-dependencies"][group]
    return [Requirement(line) for line in lines]


def licence(package: installed.PackageMetadata) -> str:
    """As the package itself states it, in the most exact of the three ways there are."""
    if stated := package.get("License-Expression"):
        return stated
    named = [one for one in package.get_all("Classifier") or () if one.startswith(APPROVED)]
    if named:
        return ", ".join(one.removeprefix(APPROVED) for one in named)
    return (package.get("License") or "not stated").strip().splitlines()[0]


def _row(wanted: Requirement, asked_by: str) -> Row:
    name = canonicalize_name(wanted.name)
    condition = "; ".join(str(one) for one in (wanted.specifier, wanted.marker) if one)
    try:
        package = installed.metadata(name)
    except installed.PackageNotFoundError:
        return Row(name, asked_by, condition, NOT_HERE, NOT_HERE)
    return Row(name, asked_by, condition, package["Version"], licence(package))


def _brought_by(wanted: Requirement) -> list[Requirement]:
    """What a package asks for in its turn, on some system or other."""
    try:
        lines = installed.requires(wanted.name) or []
    except installed.PackageNotFoundError:
        return []
    return [one for one in map(Requirement, lines) if _is_wanted(one, wanted.extras)]


def _is_wanted(one: Requirement, extras: Iterable[str]) -> bool:
    places = ({**system, "extra": extra} for system in SYSTEMS for extra in (*extras, ""))
    return one.marker is None or any(one.marker.evaluate(place) for place in places)


def rows(group: str) -> list[Row]:
    """What a group asks for and, in rings around that, what those bring; each package once."""
    ring = [(one, "formcoach") for one in asked(group)]
    met: set[str] = set()
    found: list[Row] = []
    while ring:
        new = {canonicalize_name(one.name): (one, by) for one, by in reversed(ring)}
        ring = [new[name] for name in sorted(new.keys() - met)]
        met |= new.keys()
        found += [_row(one, by) for one, by in ring]
        ring = [(each, canonicalize_name(one.name)) for one, _ in ring for each in _brought_by(one)]
        if group not in WITH_ALL_BEHIND:
            break
    return found


def table(group: str) -> str:
    """The rows as Markdown."""
    head = ("package", "asked for by", "condition", "looked at", "licence")
    lines = [head, ("---",) * len(head), *(row.cells for row in rows(group))]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def with_tables(text: str) -> str:
    """The page with every table written anew."""
    return BLOCK.sub(lambda found: f"{found[1]}\n{table(found[2])}\n\n{found[3]}", text)


if __name__ == "__main__":
    licences = page("docs/licences.md")
    licences.path.write_text(with_tables(licences.text), "utf-8", newline="\n")
