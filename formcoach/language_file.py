"""Language files: one for each language that formcoach speaks, from TOML to a `Language`.

    >>> german = read_language("de")

English is complete; what another file leaves out is said in English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from string import Formatter

from formcoach.errors import FormcoachError, SpecError
from formcoach.language import PHRASES, Language
from formcoach.legible import is_unseen, printable
from formcoach.spec_file import parse_toml, stock_folder, text_of
from formcoach.spec_lint.table import Fault, Table, nearest, quoted

ENGLISH = "en"

FORMAT = 1
"""The format that this version reads."""

_CODE = re.compile(r"[a-z]{2,3}(-[a-z0-9]+)*")
_TOP = ("format", "name", "voices", "numbers", "phrases", "texts")


def languages_folder() -> Path:
    """The language files that formcoach brings: in the package, or beside it in a checkout."""
    return stock_folder().parent / "languages"


def list_languages() -> list[str]:
    """The codes of all languages, English first."""
    codes = (path.stem for path in languages_folder().glob("*.toml") if _CODE.fullmatch(path.stem))
    return sorted(codes, key=lambda code: (code != ENGLISH, code))


def read_language(code: str) -> Language:
    """A language by its code.

    Raises:
        FormcoachError: there is no such language.
        SpecError: its file has faults; all of them at once.
    """
    codes = list_languages()
    if code not in codes:
        hint = nearest(code, codes) or "; none are installed, so install formcoach again"
        raise FormcoachError(
            printable(f"There is no language called {quoted(code)}{hint.removesuffix('?')}.")
        )
    english = None if code == ENGLISH else read_language(ENGLISH)
    path = languages_folder() / f"{code}.toml"
    return parse_language(text_of(path, "language"), path.name, english)


def parse_language(text: str, filename: str, english: Language | None = None) -> Language:
    """Read the text of a language file.

    Args:
        text: the TOML text.
        filename: the file's name, such as `de.toml`: it gives the language's code.
        english: says what the file leaves out; None = it must leave out nothing.

    Raises:
        SpecError: all the faults at once, each a line such as
            `de.toml: phrases.next: the gap {name} is missing`.
    """
    faults: list[Fault] = []
    mapping = parse_toml(text, filename)
    top = Table(mapping, "", faults, _TOP)
    if "format" not in top:
        top.note("format", f"missing; write format = {FORMAT}")
    elif (found := top.whole("format", FORMAT)) != FORMAT:
        top.note("format", f"{found} is no format of languages; write format = {FORMAT}")
    phrases = _phrases(top.table("phrases", PHRASES))
    if english is None:
        for name in PHRASES:
            if name not in phrases:
                top.note("phrases", f"{name} is missing")
    language = Language(
        code=filename.removesuffix(".toml"),
        name=top.text("name"),
        voices=top.texts("voices", needed=True),
        numbers=top.texts("numbers") or (english.numbers if english else ()),
        phrases={**(english.phrases if english else {}), **phrases},
        texts=_texts(mapping.get("texts", {}), top),
    )
    if faults:
        raise SpecError([f"{printable(filename)}: {fault}" for fault in faults])
    return language


def _phrases(table: Table) -> dict[str, str]:
    phrases = {name: table.text(name) for name in PHRASES if name in table}
    for name, phrase in phrases.items():
        for wrong in (*_wrong_gaps(phrase, PHRASES[name]), *_unseen(phrase)):
            table.note(name, wrong)
    return phrases


def _wrong_gaps(phrase: str, gaps: tuple[str, ...]) -> list[str]:
    try:
        parts = [part for part in Formatter().parse(phrase) if part[1] is not None]
    except ValueError:
        return ["a brace stands alone; gaps are written {name}"]
    if any(form or conversion for _, _, form, conversion in parts):
        return ["a gap is a name in braces and nothing else"]
    found = {gap or "" for _, gap, _, _ in parts}
    missing = [f"the gap {{{gap}}} is missing" for gap in gaps if gap not in found]
    return missing + [f"there is no gap {{{gap}}} here" for gap in sorted(found - set(gaps))]


def _unseen(text: str) -> list[str]:
    """What is spoken or drawn is seen in its file."""
    return ["has an invisible character in it; delete it"] if any(map(is_unseen, text)) else []


def _texts(value: object, top: Table) -> Mapping[str, str]:
    """The translations; their names are whole sentences, so they are no fields of a table."""
    if not isinstance(value, dict):
        top.note("texts", "must be a table")
        return {}
    for english, translation in value.items():
        if not isinstance(translation, str) or not translation:
            top.note("texts", f"{quoted(english)} must have a text in quotes")
        elif any(_unseen(translation)):
            top.note("texts", f"{quoted(english)} is translated with an invisible character; delete it")
    return {english: str(translation) for english, translation in value.items()}
