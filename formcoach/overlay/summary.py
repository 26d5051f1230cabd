"""The card after a set: what was good, one thing to work on, and the numbers."""

from __future__ import annotations

from formcoach.events import CueSeverity
from formcoach.overlay.design import Design, block, write, write_beside, write_centred
from formcoach.overlay.drawing import CAP, Sheet, Sprite, printable, rounded
from formcoach.overlay.icons import icon
from formcoach.overlay.palette import INK, LOOKS, MUTED, Look
from formcoach.overlay.typesetting import Fitted, fit
from formcoach.praise import Praise

_WIDEST = 900
_PAD, _TILE, _ROW_GAP = 30, 72, 28
_MOST_NUMBERS = 5

Row = tuple[str, Look, Fitted, Fitted | None]
"""An icon's name, how its tile looks, the words, and a word on them."""


class Summaries:
    """Composes the card for one size of screen."""

    def __init__(self, design: Design) -> None:
        self._design = design

    def card(self, praise: Praise, head: str, widest: int, highest: int) -> Sprite:
        """The card.

        Args:
            praise: what to tell.
            head: what has ended, small, before the title.
            widest, highest: how large it may be, pixels; without room for them the numbers are left out.
        """
        px, size = self._design.px, self._design.size
        width = min(px(_WIDEST), widest)
        inner = max(1, width - 2 * px(_PAD))
        title = fit(printable(f"{head}: {praise.title}" if head else praise.title), inner, size(34), 550)
        rows = [self._row(*row, inner) for row in _rows(praise)]
        tall = [max(px(_TILE), block(row[2]) + (px(44) if row[3] else 0)) for row in rows]
        top = px(_PAD) + block(title) + px(24)
        height = top + sum(tall) + px(_ROW_GAP) * max(0, len(rows) - 1) + px(_PAD)
        numbers = praise.numbers[:_MOST_NUMBERS] if height + px(140) <= highest else ()
        sheet = self._design.plate(width, height + (px(140) if numbers else 0))
        write(sheet, title, MUTED, px(_PAD), px(_PAD) + CAP * title.size)
        y = float(top)
        for row, high in zip(rows, tall, strict=True):
            self._lay_row(sheet, row, y, high)
            y += high + px(_ROW_GAP)
        if numbers:
            self._lay_numbers(sheet, numbers, y + px(14))
        return sheet.sprite()

    def _row(self, mark: CueSeverity, text: str, word: str, inner: int) -> Row:
        px, size = self._design.px, self._design.size
        room = max(1, inner - px(_TILE) - px(22))
        words = fit(printable(text), room, size(50), 650, most=2)
        return mark, LOOKS[mark], words, fit(word, room, size(28), 500) if word else None

    def _lay_row(self, sheet: Sheet, row: Row, y: float, high: int) -> None:
        px = self._design.px
        mark, look, text, word = row
        tile, side, x = px(_TILE), px(46), px(_PAD)
        sheet.lay(rounded(tile, tile, px(14)), look.colour, x, y + (high - tile) / 2)
        sheet.lay(icon(mark, side), look.on_tile, x + (tile - side) / 2, y + (high - side) / 2)
        x += tile + px(22)
        if word is None:
            write_beside(sheet, text, INK, x, y + high / 2)
            return
        whole = block(word) + px(16) + block(text)
        above = y + (high - whole) / 2
        write(sheet, word, MUTED, x, above + CAP * word.size)
        write(sheet, text, INK, x, above + block(word) + px(16) + CAP * text.size)

    def _lay_numbers(self, sheet: Sheet, numbers: tuple[tuple[str, str], ...], y: float) -> None:
        px, size = self._design.px, self._design.size
        sheet.lay(rounded(sheet.width - 2 * px(_PAD), max(1, px(2)), 0), MUTED, px(_PAD), y, 0.35)
        column = (sheet.width - 2 * px(_PAD)) / len(numbers)
        room = max(1, round(column) - px(36))
        figures = [fit(number, room, size(62), 700, least=0.3) for number, _ in numbers]
        words = [fit(printable(word), room, size(28), 500, least=0.5) for _, word in numbers]
        for place, (figure, word) in enumerate(zip(figures, words, strict=True)):
            x = px(_PAD) + (place + 0.5) * column
            write_centred(sheet, figure, INK, x, y + px(54))
            write_centred(sheet, word, MUTED, x, y + px(104))


def _rows(praise: Praise) -> list[tuple[CueSeverity, str, str]]:
    """Icon, words, and a word above them, of each line."""
    rows: list[tuple[CueSeverity, str, str]] = []
    if praise.good:
        rows.append(("praise", praise.good, ""))
    if praise.work_on:
        often = "" if praise.times < 2 else f", said {praise.times} times"
        rows.append((praise.severity, praise.work_on, f"To work on{often}"))
    elif praise.unseen:
        rows.append(("setup", praise.unseen[:1].upper() + praise.unseen[1:], "Not judged"))
    return rows or [("setup", "Nothing was counted", "")]
