"""Text that shows what it is, whoever wrote it.

Names come from files, cameras and other people. Control characters in them would garble or steer a terminal,
and characters of direction turn what is read around.
"""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_JOINERS = "\u200c\u200d"
_LAYOUT = "\n\r\t"


def is_unseen(char: str) -> bool:
    """Whether nobody sees a character, but sees or hears what it does.

    The two joiners are none: Persian and Hindi are not written without them.
    """
    return unicodedata.category(char) in _UNSEEN and char not in _JOINERS


def printable(text: str) -> str:
    """One line, with everything that a terminal would not show as itself written as an escape."""
    return text if text.isprintable() else "".join(_escaped(char) for char in text)


def legible(text: str) -> str:
    """Text of several lines, with everything unseen in it written as an escape."""
    if text.isprintable():
        return text
    return "".join(_escaped(char) if is_unseen(char) and char not in _LAYOUT else char for char in text)


def _escaped(char: str) -> str:
    return char if char.isprintable() else repr(char)[1:-1]
