"""The overlay's cards: text and icons on dark plates, each composed once as a sprite."""

from __future__ import annotations

from formcoach.events import CueSeverity
from formcoach.overlay.design import Design, block, widest, write, write_beside, write_centred
from formcoach.overlay.drawing import CAP, Sheet, Sprite, letters, printable, rounded
from formcoach.overlay.icons import icon
from formcoach.overlay.palette import DARK, GOOD, INK, LOOKS, MUTED, PLATE, Look
from formcoach.overlay.typesetting import fit


class Cards:
    """Composes cards for one size of screen."""

    def __init__(self, design: Design) -> None:
        self._design = design

    def title(self, name: str, phase: str, side: str, after: str, room: int) -> Sprite:
        """The exercise, small; the phase; the side with its letter; and what comes after, small."""
        px, size = self._design.px, self._design.size
        pad, tile = px(20), px(46)
        room = max(1, room - 2 * pad)
        # Each row with its colour, the gap above its capitals, and where it begins.
        rows = [(fit(printable(name), room, size(28), 500), MUTED, px(20), pad)]
        rows.append((fit(phase, room, size(56), 650), INK, px(20), pad))
        if side:
            beside = tile + px(12)
            rows.append((fit(side, max(1, room - beside), size(36), 550), GOOD, px(26), pad + beside))
        if after:
            rows.append((fit(printable(after), room, size(28), 500), MUTED, px(28 if side else 22), pad))
        height = sum(gap + round(CAP * text.size) for text, _, gap, _ in rows)
        wide = max(x + widest(text) for text, _, _, x in rows) + pad
        sheet = self._design.plate(wide, height + px(28 if side and not after else 20))
        y = 0
        for text, colour, gap, x in rows:
            y += gap + round(CAP * text.size)
            write(sheet, text, colour, x, y)
            if x > pad:
                self._letter(sheet, side[0], pad, y - CAP * text.size / 2 - tile / 2, tile)
        return sheet.sprite()

    def _letter(self, sheet: Sheet, letter: str, x: float, y: float, side: int) -> None:
        """A tile with one letter on it."""
        mask, base = letters(letter, self._design.size(34), 700)
        sheet.lay(rounded(side, side, self._design.px(10)), GOOD, x, y)
        cap = CAP * self._design.size(34)
        sheet.lay(mask, DARK, x + (side - mask.shape[1]) / 2, y + (side + cap) / 2 - base)

    def note(self, text: str, room: int, sign: str = "unseen", size: float = 30) -> Sprite:
        """A small word, as on what is not judged, beside its icon; `size` is the design's."""
        px = self._design.px
        pad, mark, gap = px(14), px(32), px(10)
        room = max(1, room - 2 * pad - mark - gap)
        fitted = fit(printable(text), room, self._design.size(size), 500, most=2, least=0.6)
        height = 2 * px(13) + block(fitted)
        sheet = self._design.plate(2 * pad + mark + gap + widest(fitted), height)
        sheet.lay(icon(sign, mark), MUTED, pad, (height - mark) / 2)
        write_beside(sheet, fitted, INK, pad + mark + gap, height / 2)
        return sheet.sprite()

    def time(self, text: str, width: int) -> Sprite:
        """The time since the beginning, to go below the dial."""
        px = self._design.px
        mark, gap, height = px(30), px(10), px(58)
        fitted = fit(text, max(1, width - mark - 3 * gap), self._design.size(34), 550)
        left = (width - mark - gap - widest(fitted)) / 2
        sheet = self._design.plate(width, height)
        sheet.lay(icon("clock", mark), MUTED, left, (height - mark) / 2)
        write_beside(sheet, fitted, INK, left + mark + gap, height / 2)
        return sheet.sprite()

    def cue(self, text: str, severity: CueSeverity, room: int) -> Sprite:
        """The one thing to do: as large as fits in two lines, on a tile with its severity's shape."""
        return self._banner(printable(text), severity, LOOKS[severity], room)

    def message(self, text: str, mark: str) -> Sprite:
        """A word on the state of things, for the middle of the picture."""
        return self._banner(text, mark, Look(MUTED), self._design.width - 2 * self._design.margin)

    def beat(self, word: str) -> Sprite:
        """One word of the count-in, large and round, for the middle of the picture."""
        side, rim = self._design.px(210), self._design.px(12)
        sheet = Sheet(side, side)
        sheet.lay(rounded(side, side, side / 2), GOOD)
        sheet.lay(rounded(side - 2 * rim, side - 2 * rim, side / 2), PLATE, rim, rim)
        fitted = fit(printable(word), side - 6 * rim, self._design.size(140), 700)
        write_centred(sheet, fitted, INK, side / 2, side / 2)
        return sheet.sprite()

    def _banner(self, text: str, mark: str, look: Look, room: int) -> Sprite:
        px = self._design.px
        pad, tile = px(26), px(104)
        fitted = fit(text, max(1, room - tile - 2 * pad), self._design.size(62), 650, most=2)
        height = max(tile, 2 * px(24) + block(fitted))
        width = tile + 2 * pad + widest(fitted)
        shape = rounded(width, height, px(18))
        sheet = Sheet(width, height)
        sheet.lay(shape, look.plate)
        sheet.lay(shape[:, :tile], look.colour)
        side = px(64)
        sheet.lay(icon(mark, side), look.on_tile, (tile - side) / 2, (height - side) / 2)
        write_beside(sheet, fitted, look.text, tile + pad, height / 2)
        return sheet.sprite()

    def label(self, text: str, mark: CueSeverity | None) -> Sprite:
        """A measured number at its joint: on the colour of its severity with that one's shape, or plain."""
        px = self._design.px
        pad, size = px(11), self._design.size(36)
        look = LOOKS[mark] if mark else None
        mask, base = letters(text, size, 650)
        side = px(28) if look else 0
        gap = px(7) if look else 0
        width, height = mask.shape[1] + side + gap + 2 * pad, round(CAP * size) + 2 * px(10)
        sheet = Sheet(width, height)
        colour, ink = (look.colour, look.on_tile) if look else (PLATE, INK)
        if look is not None and mark == "stop":
            colour, ink = look.plate, look.text
        sheet.lay(rounded(width, height, px(10)), colour)
        if mark:
            sheet.lay(icon(mark, side), ink, pad, (height - side) / 2)
        sheet.lay(mask, ink, pad + side + gap, (height + round(CAP * size)) / 2 - base)
        return sheet.sprite()
