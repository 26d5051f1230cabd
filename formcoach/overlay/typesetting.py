"""Making a text fit: its size, its lines, and where it must be cut."""

from __future__ import annotations

from dataclasses import dataclass

from formcoach.overlay.drawing import text_width

ELLIPSIS = "…"

ONE_LINE_FROM = 0.84
"""One line at this share of the wished-for size is better than two lines at the full one."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text broken into lines that fit at one size, pixels."""

    lines: tuple[str, ...]
    size: int
    weight: int


def fit(text: str, width: int, size: int, weight: int, *, most: int = 1, least: float = 0.45) -> Fitted:
    """Set a text as large as it goes.

    Args:
        text: as `formcoach.overlay.drawing.printable` gives it.
        width: the room for each line, pixels.
        size: the size wished for, pixels.
        weight: 300 (light) to 900 (black).
        most: how many lines there may be.
        least: down to this share of `size` it is made smaller; then it is cut with an ellipsis.
    """
    smallest = min(size, max(6, round(least * size)))
    best = Fitted((text,), _shrink((text,), width, size, weight), weight)
    words = text.split(" ")
    for count in range(2, min(most, len(words)) + 1):
        if best.size >= ONE_LINE_FROM * size:
            break
        lines, _ = _balance(words, count, size, weight)
        broken = Fitted(lines, _shrink(lines, width, size, weight), weight)
        best = max(best, broken, key=lambda fitted: fitted.size)
    if best.size >= smallest:
        return best
    return Fitted(_cut(text, width, smallest, weight, most), smallest, weight)


def _shrink(lines: tuple[str, ...], width: int, size: int, weight: int) -> int:
    """The size at which all lines fit, about the largest such; 0 where there is none."""
    while size > 0 and (widest := max(text_width(line, size, weight) for line in lines)) > width:
        size = min(size - 1, size * width // widest)
    return size


def _balance(words: list[str], count: int, size: int, weight: int) -> tuple[tuple[str, ...], int]:
    """The split of words into lines whose longest is the shortest."""
    if count == 1:
        line = " ".join(words)
        return (line,), text_width(line, size, weight)
    best: tuple[tuple[str, ...], int] = ((), 1 << 30)
    for split in range(1, len(words) - count + 2):
        first = " ".join(words[:split])
        rest, widest = _balance(words[split:], count - 1, size, weight)
        widest = max(widest, text_width(first, size, weight))
        if widest < best[1]:
            best = (first, *rest), widest
    return best


def _cut(text: str, width: int, size: int, weight: int, most: int) -> tuple[str, ...]:
    """As many signs as go into the lines, the last one ending in an ellipsis."""
    lines: list[str] = []
    left = text
    for number in range(most):
        if text_width(left, size, weight) <= width:
            return (*lines, left)
        end = ELLIPSIS if number == most - 1 else ""
        there = len(left)
        while there and text_width(left[:there].rstrip() + end, size, weight) > width:
            there -= 1
        space = left.rfind(" ", 1, there + 1)
        there = space if space > there // 2 else there
        lines.append(left[:there].rstrip() + end)
        left = left[there:].lstrip()
    return tuple(line for line in lines if line)
