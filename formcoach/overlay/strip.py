"""The strip below a recording that is played back: where one is, what lies where, and the keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from formcoach.frame import Image
from formcoach.overlay.design import Design, write
from formcoach.overlay.drawing import CAP, Sheet, fill, letters, paste, text_width
from formcoach.overlay.palette import BACKDROP, FAR, GOOD, INK, LOOKS, MUTED, PLATE, SHADOW, Colour
from formcoach.overlay.typesetting import Fitted
from formcoach.player import Mark, MarkKind, Player

COLOURS: Mapping[MarkKind, Colour] = {
    "counted": GOOD,
    "not counted": FAR,
    "polish": LOOKS["polish"].colour,
    "fix": LOOKS["fix"].colour,
    "stop": LOOKS["stop"].colour,
}

SPACE = "Space"
"""The one key whose name is a word."""

HELP = (
    (SPACE, "stop and go"),
    ("← →", "5 seconds"),
    (", .", "one picture"),
    ("− +", "speed"),
    ("B N", "repetition"),
    ("X C", "fault"),
    ("R", "to the start"),
    ("F", "whole screen"),
    ("Q", "end"),
)
"""Keys and what they do; of two keys the first goes back."""

SMALLEST = 13
"""Pixels of the letters: smaller ones nobody reads."""

Item = tuple[str, str]

_KEY, _WORD = 700, 400  # weights


class Strip:
    """Draws the strip for one recording and one size of screen.

    Args:
        design: the screen's measures.
        player: where one is.
        attempts: repetitions and holds, the upper lane.
        faults: the lower one.

    Attributes:
        height: pixels.
    """

    def __init__(
        self, design: Design, player: Player, attempts: Sequence[Mark], faults: Sequence[Mark]
    ) -> None:
        self._design, self._player = design, player
        say = design.say
        self._size = max(SMALLEST, design.size(18))
        self._gap = 1.1 * self._size
        self._margin = design.margin
        self._inner = design.width - 2 * self._margin
        lines = self._help_lines([(say(keys) if keys == SPACE else keys, say(words)) for keys, words in HELP])
        lane, row = round(0.9 * self._size), round(1.55 * self._size)
        self._time_at = self._margin // 2 + round(CAP * self._size / 2) + 2
        self._lanes_at = self._time_at + row // 2 + 2
        self._lanes_end = self._lanes_at + 2 * lane + 3
        self.height = self._lanes_end + len(lines) * row + self._margin // 2
        sheet = Sheet(design.width, self.height)
        sheet.lay(np.full((self.height, design.width), 255, np.uint8), PLATE)
        for number, line in enumerate(lines):
            self._write_help(sheet, line, self._lanes_end + (number + 1) * row - 2)
        self._empty: Image = np.zeros((self.height, design.width, 3), np.uint8)
        paste(self._empty, sheet.sprite(), 0, 0)
        self._draw_lane(attempts, self._lanes_at, lane)
        self._draw_lane(faults, self._lanes_at + lane + 3, lane)

    def draw(self, onto: Image) -> None:
        """Draw it over the lowest rows of a screen."""
        strip = onto[-self.height :]
        np.copyto(strip, self._empty)
        self._write_time(strip)
        x = self._x(self._player.t)
        top, bottom = self._lanes_at - 4.0, self._lanes_end + 2.0
        for half, colour in ((3.0, SHADOW), (1.5, INK)):
            fill(strip, [[(x - half, top), (x + half, top), (x + half, bottom), (x - half, bottom)]], colour)

    def _write_time(self, strip: Image) -> None:
        player, say = self._player, self._design.say
        mask, base = letters(f"{_clock(player.t)} / {_clock(player.last)}", self._size, 600)
        sheet = Sheet(self._design.width, 2 * self._time_at)
        sheet.lay(mask, INK, self._margin, self._time_at + CAP * self._size / 2 - base)
        state = f"{player.speed:g} ×" if player.playing else say("Paused") + f" · {player.speed:g} ×"
        mask, base = letters(state, self._size, 600)
        left = self._design.width - self._margin - mask.shape[1]
        sheet.lay(mask, INK, left, self._time_at + CAP * self._size / 2 - base)
        paste(strip, sheet.sprite(), 0, 0)

    def _help_lines(self, items: Sequence[Item]) -> list[list[Item]]:
        """What keys do, in as few lines as hold it."""
        lines: list[list[Item]] = [[]]
        for item in items:
            if lines[-1] and sum(map(self._width, [*lines[-1], item])) - self._gap > self._inner:
                lines.append([])
            lines[-1].append(item)
        return lines

    def _write_help(self, sheet: Sheet, items: Sequence[Item], baseline: float) -> None:
        x = float(self._margin)
        for keys, words in items:
            write(sheet, Fitted((keys,), self._size, _KEY), INK, x, baseline)
            after = x + text_width(keys, self._size, _KEY) + self._gap / 2
            write(sheet, Fitted((words,), self._size, _WORD), MUTED, after, baseline)
            x += self._width((keys, words))

    def _width(self, item: Item) -> float:
        """Of a key and what it does, with the gap after it, pixels."""
        keys, words = item
        wide = text_width(keys, self._size, _KEY) + text_width(words, self._size, _WORD)
        return wide + 1.6 * self._gap

    def _draw_lane(self, marks: Sequence[Mark], top: int, height: int) -> None:
        """A lane of bars, hollow for what did not count: colour alone tells nothing."""
        self._bar(self._player.first, self._player.last, top, height, BACKDROP)
        for mark in marks:
            self._bar(mark.start, mark.end, top, height, COLOURS[mark.kind])
            if mark.kind == "not counted":
                self._bar(mark.start, mark.end, top, height, BACKDROP, inset=2)

    def _bar(self, start: float, end: float, top: int, height: int, colour: Colour, inset: int = 0) -> None:
        left = round(self._x(start))
        right = max(round(self._x(end)) - 1, left + 3)
        self._empty[top + inset : top + height - inset, left + inset : right - inset] = colour

    def _x(self, t: float) -> float:
        player = self._player
        length = player.last - player.first
        return self._margin + self._inner * ((t - player.first) / length if length > 0 else 1.0)


def _clock(t: float) -> str:
    """Minutes, seconds and tenths: `1:05.3`."""
    tenths = max(0, int(t * 10 + 1e-6))
    return f"{tenths // 600}:{tenths // 10 % 60:02d}.{tenths % 10}"
