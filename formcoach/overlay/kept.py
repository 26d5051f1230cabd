"""Sprites that are kept ready from picture to picture, for to compose one takes longer than to paste it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

MOST_KEPT = 200
"""Sprites kept ready at the design's size: the numbers at the joints alone can be some hundred. Larger
pictures keep fewer, for their sprites are larger."""

T = TypeVar("T")


class Kept:
    """What was last asked for, by key.

    Args:
        unit: pixels of the picture per pixel of the design.
    """

    def __init__(self, unit: float) -> None:
        self._kept: dict[Hashable, Any] = {}
        self._most = max(32, round(MOST_KEPT / max(1.0, unit**2)))

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What was made for this key, made now where it was not."""
        kept: T | None = self._kept.pop(key, None)
        if kept is None:
            kept = make()
            if len(self._kept) >= self._most:
                del self._kept[next(iter(self._kept))]
        self._kept[key] = kept  # last again: the first is the one not used for longest
        return kept
