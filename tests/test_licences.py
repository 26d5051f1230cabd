"""docs/licences.md names all that formcoach asks for, each with a licence."""

from __future__ import annotations

from email.message import Message

import pytest

from licence_page import BLOCK, EXTRAS, NOT_HERE, WITH_ALL_BEHIND, asked, licence, rows, with_tables
from pages import page

PAGE = page("docs/licences.md")
GROUPS = ("always", *EXTRAS)
AFRESH = "write the tables anew with: python tests/licence_page.py"


def on_the_page(group: str) -> list[tuple[str, ...]]:
    """The rows of a group's table."""
    (found,) = (found for found in BLOCK.finditer(PAGE.text) if found[2] == group)
    lines = [line for line in found[0].splitlines() if line.startswith("|")]
    return [tuple(cell.strip() for cell in line[1:-1].split("|")) for line in lines[2:]]


@pytest.mark.parametrize("group", GROUPS)
def test_all_that_is_asked_for_is_named_with_its_bound_and_its_licence(group):
    direct = [row for row in on_the_page(group) if row[1] == "formcoach"]
    assert {(name, bound) for name, _, bound, _, _ in direct} == {
        (one.name, str(one.specifier)) for one in asked(group)
    }, AFRESH
    assert NOT_HERE not in {cell for row in direct for cell in row}, AFRESH


@pytest.mark.parametrize("group", WITH_ALL_BEHIND)
def test_what_those_bring_has_a_licence_where_it_was_installed(group):
    for name, asked_by, condition, version, stated in on_the_page(group):
        assert "not stated" not in stated, name
        assert asked_by == "formcoach" or asked_by in {row[0] for row in on_the_page(group)}
        assert (version == NOT_HERE) == (stated == NOT_HERE)
        assert version != NOT_HERE or "platform" in condition, f"{name}: {AFRESH}"


def test_the_page_is_written_by_its_script():
    """Not compared word by word: another day brings other versions."""
    text = with_tables(PAGE.text)
    assert with_tables(text) == text
    assert BLOCK.sub("", text) == BLOCK.sub("", PAGE.text)
    assert {row.name for row in rows("always")} >= {"mediapipe", "opencv-contrib-python"}


@pytest.mark.parametrize(
    ("stated", "read"),
    [
        ({"License-Expression": "MIT", "License": "a long text"}, "MIT"),
        ({"Classifier": "License :: OSI Approved :: BSD License", "License": "see LICENSE"}, "BSD License"),
        ({"License": "Apache-2.0\nwith all its text"}, "Apache-2.0"),
        ({}, "not stated"),
    ],
)
def test_a_licence_is_read_as_exactly_as_it_is_stated(stated, read):
    package = Message()
    for name, value in stated.items():
        package[name] = value
    assert licence(package) == read
