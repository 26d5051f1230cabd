"""The design's measures in pixels of the screen, and writing on sheets: what all cards share."""

from __future__ import annotations

import math

from formcoach.language import Say
from formcoach.overlay.drawing import CAP, Sheet, letters, rounded, text_width
from formcoach.overlay.palette import PLATE, Colour
from formcoach.overlay.typesetting import Fitted

LINE = 1.22
"""From one baseline to the next, over the size."""


class Design:
    """Lengths for one size of screen. Those of the design are for one 720 pixels wide or high.

    Attributes:
        width, height: of the screen, pixels.
        unit: pixels of the screen per pixel of the design.
        margin: between a card and the screen's edge, pixels.
        say: gives a text in the language of the screen.
    """

    def __init__(self, width: int, height: int, say: Say = str) -> None:
        self.width, self.height = width, height
        self.unit = min(width, height) / 720
        self.margin = self.px(18)
        self.say = say

    def px(self, length: float) -> int:
        """A length of the design in pixels, at least one."""
        return max(1, round(length * self.unit))

    def size(self, length: float) -> int:
        """A size of letters of the design in pixels."""
        return max(6, self.px(length))

    def warm_up(self) -> None:
        """Have the font unpacked now, which takes some 20 ms, and not in the first picture."""
        letters("0", self.size(62), 650)

    def plate(self, width: int, height: int) -> Sheet:
        """An empty card, pixels."""
        sheet = Sheet(width, height)
        sheet.lay(rounded(width, height, self.px(16)), PLATE)
        return sheet


def block(text: Fitted) -> int:
    """The height of lines from the first capital's top to the last baseline."""
    return round(CAP * text.size) + (len(text.lines) - 1) * _lead(text.size)


def widest(text: Fitted) -> int:
    """The width of the longest line."""
    return max(text_width(line, text.size, text.weight) for line in text.lines)


def write(sheet: Sheet, text: Fitted, colour: Colour, x: float, baseline: float) -> None:
    """Write lines from `x` on, the first on a baseline."""
    for line in text.lines:
        mask, base = letters(line, text.size, text.weight)
        sheet.lay(mask, colour, x, baseline - base)
        baseline += _lead(text.size)


def write_beside(sheet: Sheet, text: Fitted, colour: Colour, x: float, middle: float) -> None:
    """Write lines from `x` on, as high above a row as below it."""
    write(sheet, text, colour, x, middle - block(text) / 2 + CAP * text.size)


def write_centred(sheet: Sheet, text: Fitted, colour: Colour, x: float, middle: float) -> None:
    """Write one line round a point."""
    mask, base = letters(text.lines[0], text.size, text.weight)
    sheet.lay(mask, colour, x - mask.shape[1] / 2, middle + CAP * text.size / 2 - base)


def _lead(size: int) -> int:
    return math.ceil(LINE * size)
