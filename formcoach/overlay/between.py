"""What is drawn between the exercises of a routine: what comes next, a countdown, and how the set was."""

from __future__ import annotations

import math
from collections.abc import Mapping

from formcoach.frame import Image
from formcoach.language import Say
from formcoach.overlay.cards import Cards
from formcoach.overlay.design import Design
from formcoach.overlay.dial import Count, Dials, draw_ring
from formcoach.overlay.drawing import paste
from formcoach.overlay.kept import Kept
from formcoach.overlay.labels import Box
from formcoach.overlay.layout import State, clock, place_in_middle
from formcoach.overlay.palette import GOOD
from formcoach.overlay.summary import Summaries
from formcoach.overlay.view import Backdrop, View
from formcoach.praise import Praise
from formcoach.routine_machine import SEPARATOR, Now, Stage

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

GET_READY_S = 5.0
"""So long before it goes on, what was is cleared away for what comes."""

END_HINT = "Any key closes this"


class Between:
    """Draws a routine's rests and its steps by the clock over the pictures.

    Args:
        width, height: of the canvas, pixels.
        mirror: show the picture as a mirror would.
        picture: width and height of the camera's picture, where that is not the canvas's.
        say: gives a text in the language of the screen.
    """

    def __init__(
        self,
        width: int,
        height: int,
        *,
        mirror: bool = False,
        picture: tuple[int, int] | None = None,
        say: Say = str,
    ) -> None:
        self._width, self._height = width, height
        self._design = design = Design(width, height, say)
        self._margin = design.margin
        self._cards, self._dials, self._summaries = Cards(design), Dials(design), Summaries(design)
        self._kept = Kept(design.unit)
        self._backdrop = Backdrop(View.fit((width, height), picture or (width, height), mirror))

    def draw(
        self,
        image: Image,
        now: Now,
        message: State | None,
        onto: Image,
        *,
        praise: Praise | None = None,
        elapsed_s: float | None = None,
        stale: bool = False,
    ) -> Image:
        """Draw over one picture.

        Args:
            image: `(height, width, 3)` uint8, blue-green-red; it stays as it is.
            now: where in the routine one is.
            message: what stands in the middle in place of what to do, and its icon; or None.
            onto: a canvas, which takes the drawing.
            praise: what to tell of the set that has ended, until it is time to get ready.
            elapsed_s: for how long the session has been on; None = that is not shown.
            stale: the picture is not the present.
        """
        self._backdrop.lay(image, onto, stale=stale)
        corner = self._draw_dial(onto, now, elapsed_s)
        room = corner[0] - 2 * self._margin
        word = self._design.say(WORDS[now.stage])
        key = ("title", now.where, word)
        title = self._kept.get(key, lambda: self._cards.title(now.where, word, "", "", room))
        paste(onto, title, self._margin, self._margin)
        if message is not None:
            self._draw_middle(onto, message, corner)
        elif praise is not None and _is_told(now):
            bottom = self._draw_foot(onto, self._next_steps(now))
            beside = (0, self._margin + title.height, corner[0], bottom)
            below = (0, corner[3], self._width, bottom)
            self._draw_praise(onto, praise, self._design.say("Set done"), max(beside, below, key=_area))
        else:
            self._draw_middle(onto, (now.says, "setup"), corner)
            if now.note:
                self._draw_foot(onto, now.note)
        return onto

    def _next_steps(self, now: Now) -> str:
        """What to do after a rest; of an open one also how to end it."""
        parts = (now.says, now.note) if now.is_open else (now.says,)
        return SEPARATOR.join(self._design.say(part) for part in parts)

    def draw_end(self, image: Image, praise: Praise, onto: Image) -> Image:
        """Draw the last card of all over the last picture."""
        self._backdrop.lay(image, onto, stale=True)
        bottom = self._draw_foot(onto, self._design.say(END_HINT))
        self._draw_praise(onto, praise, self._design.say("Done"), (0, 0, self._width, bottom))
        return onto

    def _draw_praise(self, onto: Image, praise: Praise, head: str, box: Box) -> None:
        """The card of the set that has ended, in the middle of a box."""
        left, top, right, bottom = box
        room = right - left - 2 * self._margin, bottom - top - 2 * self._margin
        card = self._kept.get(("praise", praise, room), lambda: self._summaries.card(praise, head, *room))
        y = top + max(self._margin, (bottom - top - card.height) // 2)
        paste(onto, card, left + (right - left - card.width) // 2, y)

    def _draw_middle(self, onto: Image, message: State, corner: Box) -> None:
        text, mark = self._design.say(message[0]), message[1]
        card = self._kept.get(("message", text, mark), lambda: self._cards.message(text, mark))
        _, (left, top, _, _) = place_in_middle(card, self._design, [corner])
        paste(onto, card, left, top)

    def _draw_foot(self, onto: Image, text: str) -> int:
        """A small word at the bottom; the row where it begins."""
        wide = self._width - 2 * self._margin
        note = self._kept.get(("note", text), lambda: self._cards.note(text, wide, "setup", 42))
        top = self._height - self._margin - note.height
        paste(onto, note, (self._width - note.width) // 2, top)
        return top

    def _draw_dial(self, onto: Image, now: Now, elapsed_s: float | None) -> Box:
        """The countdown, and below it the time; where they lie."""
        left_s = min(math.ceil(now.left_s), LONG_S)
        label = self._design.say("seconds") if now.is_open else self._design.say("seconds to go")
        count = Count(left_s, label, parts=0 if now.length_s > 0 else None)
        dial, ring = self._kept.get(("dial", count), lambda: self._dials.card(count))
        edge, margin = self._width - self._margin - dial.width, self._margin
        paste(onto, dial, edge, margin)
        if ring is not None:
            draw_ring(onto, ring, (edge, margin), min(1.0, max(0.0, now.left_s / now.length_s)), GOOD)
        bottom = margin + dial.height
        if elapsed_s is not None:
            time = clock(elapsed_s)
            chip = self._kept.get(("time", time), lambda: self._cards.time(time, dial.width))
            paste(onto, chip, edge, bottom + margin // 2)
            bottom += margin // 2 + chip.height
        return edge, margin, edge + dial.width, bottom


def _area(box: Box) -> int:
    return (box[2] - box[0]) * max(0, box[3] - box[1])


def _is_told(now: Now) -> bool:
    """Whether there is time to tell of the set that has ended."""
    return now.is_open or (now.stage in ("ready", "rest") and now.left_s > GET_READY_S)
