"""TOML from whoever wrote it: what would cost the parser its stack or all memory is refused beforehand."""

from __future__ import annotations

import tomllib

LARGEST = 1_000_000
"""Characters; a spec, the largest of such files, has some thousand."""

_DOTS = 100  # in one line; the parser's memory grows with the square of the parts of a dotted key


class TooDeepError(ValueError):
    """Tables or lists lie in one another, deeper than anybody means."""


def parse(text: str) -> dict[str, object]:
    """What TOML makes of a text.

    Raises:
        TooDeepError: it is nested too deeply.
        ValueError: it is no TOML.
    """
    if len(text) > LARGEST:
        raise ValueError("it is over 1 MB")
    if any(line.count(".") > _DOTS for line in text.split("\n")):
        raise TooDeepError("it is nested too deeply")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise TooDeepError("it is nested too deeply") from None
