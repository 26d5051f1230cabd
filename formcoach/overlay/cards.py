"""The overlay's cards: text, icons and numbers on dark plates, each composed once as a sprite."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from formcoach.events import CueSeverity
from formcoach.overlay.drawing import (
    CAP,
    Dot,
    Mask,
    Sheet,
    Sprite,
    arc,
    letters,
    printable,
    rounded,
    text_width,
)
from formcoach.overlay.icons import icon
from formcoach.overlay.palette import GOOD, INK, LOOKS, MUTED, PLATE, Colour, Look
from formcoach.overlay.typesetting import Fitted, fit

LINE = 1.22
"""From one baseline to the next, over the size."""


@dataclass(frozen=True, slots=True)
class Dial:
    """Where a counter card's ring lies on it, pixels."""

    centre: Dot
    radius: float
    width: float


@dataclass(frozen=True, slots=True)
class Count:
    """What a counter card shows.

    Attributes:
        number, goal: repetitions or holds; `number` None shows none.
        seconds, goal_s: of the hold; `seconds` None shows no ring.
        running: whether the hold's clock runs.
        reached: whether the hold has reached its goal.
        what: what `number` counts, in a short word.
    """

    number: int | None
    goal: int | None
    seconds: int | None
    goal_s: float | None
    running: bool
    reached: bool
    what: str = "reps"


class Cards:
    """Composes cards for one size of picture.

    Attributes:
        unit: pixels of the picture per pixel of a design 720 pixels wide or high.
        margin: between a card and the picture's edge, pixels.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.unit = min(width, height) / 720
        self.margin = self._px(18)

    def warm_up(self) -> None:
        """Have the font unpacked now, which takes some 20 ms, and not in the first picture."""
        letters("0", self._size(62), 650)

    def _px(self, design: float) -> int:
        return max(1, round(design * self.unit))

    def _size(self, design: float) -> int:
        return max(6, self._px(design))

    def title(self, name: str, phase: str, side: str, room: int) -> Sprite:
        """The exercise, small; the phase; and the side, where it has sides."""
        pad = self._px(20)
        room = max(1, room - 2 * pad)
        # Each row with its colour and the gap above its capitals.
        rows = [(fit(printable(name), room, self._size(28), 500), MUTED, self._px(18))]
        rows.append((fit(phase, room, self._size(48), 650), INK, self._px(18)))
        if side:
            rows.append((fit(side, room, self._size(34), 550), GOOD, self._px(17)))
        height = sum(gap + round(CAP * text.size) for text, _, gap in rows) + self._px(20)
        sheet = self._plate(max(_widest(text) for text, _, _ in rows) + 2 * pad, height)
        y = 0
        for text, colour, gap in rows:
            y += gap + round(CAP * text.size)
            _write(sheet, text.lines[0], text, colour, pad, y)
        return sheet.sprite()

    def note(self, text: str, room: int, sign: str = "unseen") -> Sprite:
        """A small word, as on what is not judged, beside its icon."""
        pad, mark, gap = self._px(14), self._px(32), self._px(10)
        room = max(1, room - 2 * pad - mark - gap)
        fitted = fit(printable(text), room, self._size(30), 500, most=2, least=0.6)
        height = 2 * self._px(13) + _block(fitted)
        sheet = self._plate(2 * pad + mark + gap + _widest(fitted), height)
        sheet.lay(icon(sign, mark), MUTED, pad, (height - mark) / 2)
        self._paragraph(sheet, fitted, INK, pad + mark + gap)
        return sheet.sprite()

    def cue(self, text: str, severity: CueSeverity) -> Sprite:
        """The one thing to do: as large as fits in two lines, on a tile with its severity's shape."""
        look = LOOKS[severity]
        return self._banner(printable(text), severity, look, self.width - 2 * self.margin)

    def message(self, text: str, mark: str) -> Sprite:
        """A word on the state of things, for the middle of the picture."""
        return self._banner(text, mark, Look(MUTED), self.width - 2 * self.margin)

    def _banner(self, text: str, mark: str, look: Look, room: int) -> Sprite:
        pad, tile = self._px(26), self._px(104)
        fitted = fit(text, max(1, room - tile - 2 * pad), self._size(62), 650, most=2)
        height = max(tile, 2 * self._px(24) + _block(fitted))
        width = tile + 2 * pad + _widest(fitted)
        shape = rounded(width, height, self._px(18))
        sheet = Sheet(width, height)
        sheet.lay(shape, look.plate)
        sheet.lay(shape[:, :tile], look.colour)
        side = self._px(64)
        sheet.lay(icon(mark, side), look.on_tile, (tile - side) / 2, (height - side) / 2)
        self._paragraph(sheet, fitted, look.text, tile + pad)
        return sheet.sprite()

    def counter(self, count: Count) -> tuple[Sprite, Dial | None]:
        """Repetitions and the hold's clock, with the track of its ring."""
        column, height = self._px(150), self._px(190)
        columns = (count.seconds is not None) + (count.number is not None)
        width = columns * column + self._px(20)
        sheet = self._plate(width, height)
        middle = width / 2 if columns == 1 else self._px(10) + column / 2
        dial = None
        if count.seconds is not None:
            dial = self._clock(sheet, count, middle)
            middle = width - self._px(10) - column / 2
        if count.number is not None:
            self._tally(sheet, count, middle, column)
        return sheet.sprite(), dial

    def _clock(self, sheet: Sheet, count: Count, x: float) -> Dial | None:
        room, y = self._px(80), self._px(76)
        dial = Dial((x, y), self._px(58), max(2, self._px(11))) if count.goal_s else None
        if dial is not None:
            track: Mask = np.zeros((sheet.height, sheet.width), np.uint8)
            arc(track, dial.centre, dial.radius, dial.width, 255)
            sheet.lay(track, MUTED, strength=0.3)
        colour = GOOD if count.reached else INK if count.running else MUTED
        fitted = fit(str(count.seconds), room, self._size(60), 700)
        _write_centred(sheet, fitted, colour, x, y + CAP * fitted.size / 2)
        label = f"of {count.goal_s:g} s" if count.goal_s else "seconds"
        self._label(sheet, label, "tick" if count.reached else "", x)
        return dial

    def _tally(self, sheet: Sheet, count: Count, x: float, room: int) -> None:
        done = count.goal is not None and (count.number or 0) >= count.goal
        fitted = fit(str(count.number), room - self._px(12), self._size(124), 750)
        y = self._px(76) + CAP * fitted.size / 2
        _write_centred(sheet, fitted, GOOD if done else INK, x, y)
        self._label(sheet, f"of {count.goal}" if count.goal else count.what, "tick" if done else "", x)

    def _label(self, sheet: Sheet, text: str, mark: str, x: float) -> None:
        fitted = fit(text, self._px(130 if not mark else 100), self._size(29), 550)
        y = sheet.height - self._px(19)
        if mark:
            side = self._px(24)
            x -= (side + self._px(6)) / 2
            sheet.lay(icon(mark, side), GOOD, x + _widest(fitted) / 2 + self._px(6), y - side)
        _write_centred(sheet, fitted, MUTED, x, y)

    def label(self, text: str, severity: CueSeverity | None) -> Sprite:
        """A measured number at its joint; faulty ones on their severity's colour with its shape."""
        pad, size = self._px(11), self._size(36)
        look = LOOKS[severity] if severity else None
        mask, base = letters(text, size, 650)
        mark = self._px(28) if look else 0
        gap = self._px(7) if look else 0
        width, height = mask.shape[1] + mark + gap + 2 * pad, round(CAP * size) + 2 * self._px(10)
        sheet = Sheet(width, height)
        colour, ink = (look.colour, look.on_tile) if look else (PLATE, INK)
        if look is not None and severity == "stop":
            colour, ink = look.plate, look.text
        sheet.lay(rounded(width, height, self._px(10)), colour)
        if severity:
            sheet.lay(icon(severity, mark), ink, pad, (height - mark) / 2)
        sheet.lay(mask, ink, pad + mark + gap, (height + round(CAP * size)) / 2 - base)
        return sheet.sprite()

    def _plate(self, width: int, height: int) -> Sheet:
        sheet = Sheet(width, height)
        sheet.lay(rounded(width, height, self._px(16)), PLATE)
        return sheet

    def _paragraph(self, sheet: Sheet, text: Fitted, colour: Colour, x: float) -> None:
        y = (sheet.height - _block(text)) / 2 + CAP * text.size
        for line in text.lines:
            _write(sheet, line, text, colour, x, y)
            y += _lead(text.size)


def _lead(size: int) -> int:
    return math.ceil(LINE * size)


def _block(text: Fitted) -> int:
    """The height of lines from the first capital's top to the last baseline."""
    return round(CAP * text.size) + (len(text.lines) - 1) * _lead(text.size)


def _widest(text: Fitted) -> int:
    return max(text_width(line, text.size, text.weight) for line in text.lines)


def _write(sheet: Sheet, line: str, text: Fitted, colour: Colour, x: float, baseline: float) -> None:
    mask, base = letters(line, text.size, text.weight)
    sheet.lay(mask, colour, x, baseline - base)


def _write_centred(sheet: Sheet, text: Fitted, colour: Colour, x: float, baseline: float) -> None:
    mask, base = letters(text.lines[0], text.size, text.weight)
    sheet.lay(mask, colour, x - mask.shape[1] / 2, baseline - base)
