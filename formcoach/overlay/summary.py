"""The card after a set: what was good, one thing to work on, and the numbers."""

from __future__ import annotations

from typing import NamedTuple

from formcoach.events import CueSeverity
from formcoach.overlay.design import Design, block, write, write_beside, write_centred
from formcoach.overlay.drawing import CAP, Sheet, Sprite, printable, rounded
from formcoach.overlay.icons import icon
from formcoach.overlay.palette import INK, LOOKS, MUTED
from formcoach.overlay.typesetting import Fitted, fit
from formcoach.praise import Praise

_WIDEST, _PAD, _HEAD = 900, 30, 24  # of the card, round its contents, and below its title
_TILE, _BESIDE, _ROW_GAP, _WORD_GAP = 72, 22, 28, 16  # of a row
_NUMBERS = 140  # the height of the numbers
_COLUMN = 140
"""So wide is the column of each number at least; the last ones are left out where there is no room."""

_LARGE, _SMALL = (50, 2), (42, 1)
"""Letters and lines of what is told: the smaller ones where only so the numbers find room below."""


class _Row(NamedTuple):
    """One thing that is told: an icon's name, the words, a word above them, and how high it is."""

    mark: CueSeverity
    text: Fitted
    word: Fitted | None
    height: int


class Summaries:
    """Composes the card for one size of screen."""

    def __init__(self, design: Design) -> None:
        self._design = design

    def card(self, praise: Praise, head: str, widest: int, highest: int) -> Sprite:
        """The card.

        Args:
            praise: what to tell.
            head: what has ended, small, before the title.
            widest, highest: how large it may be, pixels; the numbers are left out before the words.
        """
        px = self._design.px
        width = min(px(_WIDEST), widest)
        inner = max(1, width - 2 * px(_PAD))
        title = fit(printable(f"{head}: {praise.title}"), inner, self._design.size(34), 550)
        top = px(_PAD) + block(title) + px(_HEAD)
        rows, numbers = self._contents(praise, inner, highest - top - px(_PAD))
        foot = px(_NUMBERS) if numbers else 0
        sheet = self._design.plate(width, top + self._height(rows) + foot + px(_PAD))
        write(sheet, title, MUTED, px(_PAD), px(_PAD) + CAP * title.size)
        y = top
        for row in rows:
            self._lay_row(sheet, row, y)
            y += row.height + px(_ROW_GAP)
        if numbers:
            self._lay_numbers(sheet, numbers, sheet.height - foot)
        return sheet.sprite()

    def _contents(
        self, praise: Praise, inner: int, highest: int
    ) -> tuple[list[_Row], tuple[tuple[str, str], ...]]:
        """The rows and the numbers, as large and as many as there is room for."""
        numbers = praise.numbers[: inner // self._design.px(_COLUMN)]
        for size, most in (_LARGE, _SMALL):
            rows = [self._row(mark, text, word, inner, size, most) for mark, text, word in self._told(praise)]
            if self._height(rows) + self._design.px(_NUMBERS) <= highest:
                return rows, numbers
        return [self._row(mark, text, word, inner, *_LARGE) for mark, text, word in self._told(praise)], ()

    def _told(self, praise: Praise) -> list[tuple[CueSeverity, str, str]]:
        """Icon, words, and a word above them, of each thing to tell."""
        say = self._design.say
        told: list[tuple[CueSeverity, str, str]] = []
        if praise.good:
            told.append(("praise", praise.good, ""))
        if praise.work_on:
            word = say("To work on")
            if praise.times >= 2:
                word = say("To work on, said {times} times").format(times=praise.times)
            told.append((praise.severity, praise.work_on, word))
        elif praise.unseen:
            told.append(("setup", praise.unseen[:1].upper() + praise.unseen[1:], say("Not judged")))
        return told or [("setup", say("Nothing was counted"), "")]

    def _height(self, rows: list[_Row]) -> int:
        return sum(row.height for row in rows) + self._design.px(_ROW_GAP) * (len(rows) - 1)

    def _row(self, mark: CueSeverity, text: str, word: str, inner: int, size: float, most: int) -> _Row:
        px = self._design.px
        room = max(1, inner - px(_TILE) - px(_BESIDE))
        words = fit(printable(text), room, self._design.size(size), 650, most=most)
        above = fit(word, room, self._design.size(28), 500) if word else None
        height = block(words) + (block(above) + px(_WORD_GAP) if above is not None else 0)
        return _Row(mark, words, above, max(px(_TILE), height))

    def _lay_row(self, sheet: Sheet, row: _Row, y: int) -> None:
        px, look = self._design.px, LOOKS[row.mark]
        tile, side, x = px(_TILE), px(46), px(_PAD)
        sheet.lay(rounded(tile, tile, px(14)), look.colour, x, y + (row.height - tile) / 2)
        sheet.lay(icon(row.mark, side), look.on_tile, x + (tile - side) / 2, y + (row.height - side) / 2)
        x += tile + px(_BESIDE)
        if row.word is None:
            write_beside(sheet, row.text, INK, x, y + row.height / 2)
            return
        below = block(row.word) + px(_WORD_GAP)
        top = y + (row.height - below - block(row.text)) / 2
        write(sheet, row.word, MUTED, x, top + CAP * row.word.size)
        write(sheet, row.text, INK, x, top + below + CAP * row.text.size)

    def _lay_numbers(self, sheet: Sheet, numbers: tuple[tuple[str, str], ...], y: int) -> None:
        px, size = self._design.px, self._design.size
        inner = sheet.width - 2 * px(_PAD)
        sheet.lay(rounded(inner, px(2), 0), MUTED, px(_PAD), y, 0.35)
        column = inner / len(numbers)
        room = max(1, round(column) - px(36))
        for place, (number, word) in enumerate(numbers):
            x = px(_PAD) + (place + 0.5) * column
            write_centred(sheet, fit(number, room, size(62), 700, least=0.3), INK, x, y + px(60))
            write_centred(sheet, fit(printable(word), room, size(28), 500), MUTED, x, y + px(111))
