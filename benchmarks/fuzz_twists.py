"""What `fuzz.py` changes in inputs beside single bytes: words and lines of a text, values of a structure.

Changed bytes seldom get past the first check of a format. So a text is also read, changed in one place or
several, and written again; and what has sizes and checksums is kept as MessagePack, changed there, and made
into the file that a reader is given: all true, with a value in it that nobody expects.
"""

from __future__ import annotations

import csv
import io
import json
import math
import random
import re
import struct
import tomllib
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

import msgpack

_DEEP: list[Any] = []
for _ in range(60):
    _DEEP = [_DEEP]

NUMBERS = (0, 1, -1, 7, 4097, 2**31, 2**63 - 1, -(2**63), 0.5, 1e9, 1e15, 1e308, -1e308, 5e-324, -0.0)
"""Numbers that a file may hold and nobody means."""

NO_NUMBERS = (math.nan, math.inf, -math.inf)

WORDS = (
    "",
    " ",
    "plank",
    "left",
    "\u202egnihton\u2066",
    "\x1b[2J\x1b]0;x\x07",
    "a\x00b\r\n\tc",
    "</script><script>alert(1)</script>",
    "../../../../tmp/x",
    "/etc/passwd",
    "2026-02-31",
    "9999-12-31",
    "0001-01-01",
    "{0.__class__}{number:>99}",
    "%n%s",
    "9" * 400,
    "x" * 5000,
    "e\u0301" * 300,
)
"""Texts that try to do something to whoever shows, speaks, opens or formats them."""

VALUES = (None, True, False, *NUMBERS, *NO_NUMBERS, *WORDS, b"", b"\xff" * 40, [], {}, [[]], {"a": {}}, _DEEP)

TOKENS = (
    *(
        "nan",
        "inf",
        "-inf",
        "NaN",
        "Infinity",
        "1e308",
        "-1e308",
        "1e-320",
        "-0.0",
        "0",
        "-1",
        "1",
        "2",
        "4097",
    ),
    *("9223372036854775808", "9" * 400, "9" * 5000, "0x7f", "1_0", "1979-05-27T07:32:00Z", "true", "false"),
    *("null", '""', '"left"', '"near.knee"', "[]", "{}", "[[", "]]", "[" * 200, "{" * 200, '{"a":' * 200),
    *(
        "a." * 90,
        "=",
        ",",
        ":",
        '"',
        "'",
        '"""',
        "'''",
        "\\",
        "#",
        "\n",
        "\r",
        ";",
        "\x00",
        "\x1b[2J",
        "\ufeff",
    ),
    *('"\u202egood\u2066"', '"\\u202e"', '"\\ud800"', "</script>", "../../x", "x" * 3000, "good", "fault"),
    *("{number}", "{number:>99999999}", "{number!r}", "{0}", "start", "turn", "end", "clean", "low", "high"),
)
"""Words of TOML, JSON and CSV, and such as these stumble over."""

Twist = Callable[[bytes, int, random.Random], bytes]
"""Gives another input of so many bytes at most."""

_WORD = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|[\w.+-]+|\s+|.")
_SINGLES = (0.0, 1.0, -1.0, 1e-45, 3e38, -3e38, 1e9, 0.5, math.nan, math.inf, -math.inf)


def twist_text(data: bytes, most: int, rng: random.Random) -> bytes:
    """A text with some words or lines of it put in place of others."""
    text = data.decode("utf-8", "surrogateescape")
    for _ in range(rng.choice((1, 1, 2, 3, 6))):
        text = _other_words(text, rng) if rng.random() < 0.75 else _other_lines(text, rng)
    return text.encode("utf-8", "surrogateescape")[:most]


def _other_words(text: str, rng: random.Random) -> str:
    here = _WORD.search(text, rng.randrange(len(text) + 1))
    if here is None:
        return text + rng.choice(TOKENS)
    word = rng.choice(TOKENS)
    if rng.random() < 0.3 and (other := _WORD.search(text, rng.randrange(len(text)))):
        word = other[0]
    behind = here.start() if rng.random() < 0.2 else here.end()
    return text[: here.start()] + word + text[behind:]


def _other_lines(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    match rng.randrange(3):
        case 0:
            del lines[at]
        case 1:
            lines.insert(rng.randrange(len(lines)), lines[at])
        case _:
            lines.insert(rng.randrange(len(lines)), lines.pop(at))
    return "\n".join(lines)


def twists_in(load: Callable[[bytes], Any], dump: Callable[[Any], bytes], *, text: bool = True) -> Twist:
    """What puts some values of a structure in place of others; of a text also words and lines.

    Args:
        load: gives the structure; a ValueError where there is none.
        dump: makes a structure into a file again.
        text: whether it is a text.
    """

    known = lru_cache(maxsize=200)(load)  # what is changed is a copy

    def twist(data: bytes, most: int, rng: random.Random) -> bytes:
        if text and rng.random() < 0.3:
            return twist_text(data, most, rng)
        try:
            thing = known(data)
        except (ValueError, RecursionError):
            if not text:
                raise
            return twist_text(data, most, rng)
        for _ in range(rng.choice((1, 1, 2, 3, 6))):
            thing = _twisted(thing, rng)
        made = dump(thing)
        return made if len(made) <= most else data

    return twist


def _as_toml(thing: Any) -> bytes:
    """Each field a line, with what lies in it in line."""
    return "\n".join(_toml_fields(thing if isinstance(thing, dict) else {"format": thing})).encode()


def _toml_fields(table: dict[Any, Any]) -> list[str]:
    return [f"{json.dumps(str(name))} = {_toml_value(value)}" for name, value in table.items()]


def _toml_value(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(_toml_fields(value))}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml_value, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float) else json.dumps(value, default=str)


def _as_rows(thing: Any) -> bytes:
    made = io.StringIO(newline="")
    rows = thing if isinstance(thing, list) else [[thing]]
    csv.writer(made, escapechar="\\").writerows(row if isinstance(row, list) else [row] for row in rows)
    return made.getvalue().encode("utf-8", "surrogateescape")


def _rows(data: bytes) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
    except csv.Error as error:
        raise ValueError from error


twist_packed = twists_in(msgpack.unpackb, partial(msgpack.packb, unicode_errors="replace"), text=False)
"""Of structures as MessagePack, which `fuzz_recipes` makes into files."""

twist_json = twists_in(json.loads, lambda thing: json.dumps(thing, default=str).encode())
twist_toml = twists_in(lambda data: tomllib.loads(data.decode("utf-8")), _as_toml)
twist_table = twists_in(_rows, _as_rows)


def _twisted(thing: Any, rng: random.Random) -> Any:
    if rng.random() < 0.03:
        return rng.choice(VALUES)
    if isinstance(thing, dict) and thing:
        return _twisted_table(thing, rng)
    if isinstance(thing, list) and thing:
        return _twisted_list(thing, rng)
    if isinstance(thing, bytes) and len(thing) >= 4 and rng.random() < 0.9:
        return _twisted_numbers(thing, rng)
    if isinstance(thing, str) and "\n" in thing:
        return twist_text(thing.encode(), 100_000, rng).decode("utf-8", "replace")
    if isinstance(thing, float) and rng.random() < 0.5:
        return thing * rng.choice((-1.0, 0.0, 0.1, 1.5, 1e6)) + rng.choice((0.0, 0.1, -3.0))
    return rng.choice(VALUES)


def _twisted_table(table: dict[Any, Any], rng: random.Random) -> dict[Any, Any]:
    name = rng.choice(list(table))
    if rng.random() < 0.1:
        return {key: value for key, value in table.items() if key != name}
    if rng.random() < 0.05:
        return {**table, rng.choice(WORDS): table[name]}
    return {**table, name: _twisted(table[name], rng)}


def _twisted_list(values: list[Any], rng: random.Random) -> list[Any]:
    at = rng.randrange(len(values))
    match rng.randrange(12):
        case 0:
            return [*values[:at], *values[at + 1 :]]
        case 1:
            return [*values[:at], values[at], *values[at:]]
        case 2:
            return [*values[at:], *values[:at]]
    return [*values[:at], _twisted(values[at], rng), *values[at + 1 :]]


def _twisted_numbers(packed: bytes, rng: random.Random) -> bytes:
    """Some of a row of float32 others; where it is something else, any bytes do."""
    at = 4 * rng.randrange(len(packed) // 4)
    count = min(rng.choice((1, 2, 2, 66)), (len(packed) - at) // 4)
    return packed[:at] + struct.pack("<f", rng.choice(_SINGLES)) * count + packed[at + 4 * count :]
