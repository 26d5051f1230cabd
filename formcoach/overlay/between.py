"""What is drawn between the exercises of a routine: what comes next, and a countdown."""

from __future__ import annotations

import math
from collections.abc import Mapping

from formcoach.frame import Image
from formcoach.overlay.cards import Cards, Count
from formcoach.overlay.drawing import arc, ground, paste
from formcoach.overlay.kept import Kept
from formcoach.overlay.palette import GOOD
from formcoach.routine_machine import Now, Stage

WORDS: Mapping[Stage, str] = {
    "ready": "Next",
    "rest": "Rest",
    "clock": "By the clock",
    "exercise": "Go",
    "ended": "Done",
}
"""What each stage is called on the screen."""

LONG_S = 6000
"""A countdown stays within its ring up to so many seconds."""


class Between:
    """Draws a routine's rests and its steps by the clock over the pictures.

    Args:
        width, height: of the pictures, pixels.
        mirror: show the picture as a mirror would.
    """

    def __init__(self, width: int, height: int, *, mirror: bool = False) -> None:
        self._width, self._height = width, height
        self._mirror = mirror
        self._cards = Cards(width, height)
        self._kept = Kept(self._cards.unit)

    def draw(self, image: Image, now: Now, message: tuple[str, str] | None, onto: Image) -> Image:
        """Draw over one picture.

        Args:
            image: `(height, width, 3)` uint8, blue-green-red; it stays as it is.
            now: where in the routine one is.
            message: what stands in the middle in place of what to do, and its icon; or None.
            onto: a canvas of the same size, which takes the drawing.
        """
        ground(image, onto, self._mirror)
        cards = self._cards
        margin = cards.margin
        left_s = math.ceil(now.left_s)
        count = Count(None, None, min(left_s, LONG_S), now.length_s or None, running=True, reached=False)
        counter, dial = self._kept.get(("counter", count), lambda: cards.counter(count))
        corner = (self._width - margin - counter.width, margin)
        paste(onto, counter, *corner)
        if dial is not None and now.length_s > 0:
            centre = (corner[0] + dial.centre[0], corner[1] + dial.centre[1])
            share = min(1.0, max(0.0, now.left_s / now.length_s))
            arc(onto, centre, dial.radius, dial.width, GOOD, -90, -90 + 360 * share)
        room = self._width - counter.width - 3 * margin
        word = WORDS[now.stage]
        title = self._kept.get(("title", now.where, word), lambda: cards.title(now.where, word, "", room))
        paste(onto, title, margin, margin)
        text, mark = message or (now.says, "setup")
        card = self._kept.get(("message", text, mark), lambda: cards.message(text, mark))
        paste(onto, card, (self._width - card.width) // 2, round(0.46 * self._height - card.height / 2))
        if message is None and now.note:
            wide = self._width - 2 * margin
            note = self._kept.get(("note", now.note), lambda: cards.note(now.note, wide, "setup"))
            paste(onto, note, (self._width - note.width) // 2, self._height - margin - note.height)
        return onto
