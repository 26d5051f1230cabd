"""The one big number, its ring, and the repetitions as dots."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from formcoach.frame import Image
from formcoach.overlay.design import Design, widest, write_beside, write_centred
from formcoach.overlay.drawing import Dot, Mask, Sheet, Sprite, arc, disc, on_circle, stroke
from formcoach.overlay.icons import icon
from formcoach.overlay.palette import AMBER, GOOD, INK, MUTED, PLATE, Colour
from formcoach.overlay.typesetting import fit

MOST_PARTS = 12
"""So many repetitions are told apart in a ring, or as dots in a row; more of them only by number."""

_TRACK = 0.3
_RADIUS, _WIDTH, _LINE = 92, 17, 34
_TOP, _ROW = 20, 34


@dataclass(frozen=True, slots=True)
class Ring:
    """Where a card's ring lies on it, pixels."""

    centre: Dot
    radius: float
    width: float


@dataclass(frozen=True, slots=True)
class Count:
    """What the dial shows.

    Attributes:
        number: the one big number.
        label: of what, below it.
        mark: an icon beside the label, or empty.
        parts: how many repetitions the ring has parts for; 0 = it is a clock's, None = there is no ring.
        done: repetitions done.
        dots: of how many repetitions there is a dot each; 0 = none.
        look: of the number: `good` once all is done, `still` while the clock does not run.
    """

    number: int
    label: str
    mark: str = ""
    parts: int | None = None
    done: int = 0
    dots: int = 0
    look: str = ""


_LOOKS = {"": INK, "good": GOOD, "still": MUTED}


def count_repetitions(done: int, goal: int | None, word: str = "reps") -> Count:
    """A dial of repetitions, or of holds."""
    if goal is None:
        return Count(done, word)
    full = done >= goal
    label = f"of {goal} {word}"
    return Count(done, label, "tick" if full else "", goal, min(done, goal), 0, "good" if full else "")


def count_seconds(
    held_s: float, goal_s: float | None, running: bool, done: int = 0, goal: int | None = None
) -> Count:
    """A dial of the seconds of a hold, with its repetitions as dots."""
    reached = goal_s is not None and held_s >= goal_s
    stopped = not running and held_s > 0 and not reached
    label = "clock stopped" if stopped else "seconds" if goal_s is None else f"of {goal_s:g} seconds"
    return Count(
        int(held_s),
        label,
        "tick" if reached else "pause" if stopped else "",
        None if goal_s is None else 0,
        done,
        goal if goal is not None and 1 < goal <= MOST_PARTS else 0,
        "good" if reached else "" if running else "still",
    )


class Dials:
    """Composes dials for one size of screen."""

    def __init__(self, design: Design) -> None:
        self._design = design

    def card(self, count: Count) -> tuple[Sprite, Ring | None]:
        """The card, and where a clock's ring is to be drawn on it."""
        px = self._design.px
        ringed = count.parts is not None
        width = px(2 * (_RADIUS + _WIDTH / 2) + 2 * _TOP)
        bottom = px(_TOP + 2 * _RADIUS + _WIDTH if ringed else _TOP + 120)
        height = bottom + px(20 + _LINE + (_ROW if count.dots else 0))
        sheet = self._design.plate(width, height)
        x = width / 2
        ring = None
        y = (px(_TOP) + bottom) / 2
        if count.parts is not None:
            ring = Ring((x, y), px(_RADIUS), max(2, px(_WIDTH)))
            self._lay_ring(sheet, ring, count)
        colour = _LOOKS[count.look]
        room = px(2 * _RADIUS - _WIDTH - 26) if ringed else width - px(24)
        fitted = fit(str(count.number), room, self._design.size(132), 700)
        write_centred(sheet, fitted, colour, x, y)
        self._label(sheet, count, x, bottom + px(6 + 0.5 * _LINE))
        if count.dots:
            self._lay_dots(sheet, count, height - px(28))
        return sheet.sprite(), ring if count.parts == 0 else None

    def _lay_ring(self, sheet: Sheet, ring: Ring, count: Count) -> None:
        parts = count.parts or 0
        if not 1 < parts <= MOST_PARTS:
            self._lay_arc(sheet, ring, MUTED, -90, 270, _TRACK)
            if parts and count.done:
                self._lay_arc(sheet, ring, GOOD, -90, -90 + 360 * count.done / parts)
            return
        gap = 200 / parts**0.5 / 9  # degrees
        for part in range(parts):
            start, end = (-90 + 360 * turn / parts for turn in (part, part + 1))
            done = part < count.done
            self._lay_arc(
                sheet, ring, GOOD if done else MUTED, start + gap / 2, end - gap / 2, 1 if done else _TRACK
            )

    @staticmethod
    def _lay_arc(
        sheet: Sheet, ring: Ring, colour: Colour, start: float, end: float, strength: float = 1.0
    ) -> None:
        mask: Mask = np.zeros((sheet.height, sheet.width), np.uint8)
        arc(mask, ring.centre, ring.radius, ring.width, 255, start, end)
        sheet.lay(mask, colour, strength=strength)

    def _label(self, sheet: Sheet, count: Count, x: float, y: float) -> None:
        px = self._design.px
        side, gap = (px(26), px(8)) if count.mark else (0, 0)
        fitted = fit(count.label, sheet.width - 2 * px(14) - side - gap, self._design.size(_LINE), 550)
        wide = widest(fitted)
        x -= (wide + gap + side) / 2
        write_beside(sheet, fitted, INK if count.mark else MUTED, x, y)
        if count.mark:
            colour = GOOD if count.mark == "tick" else AMBER
            sheet.lay(icon(count.mark, side), colour, x + wide + gap, y - side / 2)

    def _lay_dots(self, sheet: Sheet, count: Count, y: float) -> None:
        px = self._design.px
        step = min(px(28), (sheet.width - px(24)) / count.dots)
        for dot in range(count.dots):
            mask: Mask = np.zeros((sheet.height, sheet.width), np.uint8)
            at = (sheet.width / 2 + (dot - (count.dots - 1) / 2) * step, y)
            done = dot < count.done
            disc(mask, at, 0.36 * step if done else 0.26 * step, 255)
            sheet.lay(mask, GOOD if done else MUTED, strength=1.0 if done else 0.5)


def draw_ring(image: Image, ring: Ring, card: tuple[int, int], share: float, colour: Colour) -> None:
    """How much of the time is done, on a card pasted with its upper left corner there."""
    centre = (card[0] + ring.centre[0], card[1] + ring.centre[1])
    if share <= 0:
        return
    arc(image, centre, ring.radius, ring.width, colour, -90, -90 + 360 * share)
    for turn in (-90.0, -90 + 360 * share) if share < 1 else ():
        disc(image, on_circle(centre, ring.radius, turn, turn)[0], ring.width / 2, colour)


def draw_notch(image: Image, ring: Ring, card: tuple[int, int], share: float, width: float) -> None:
    """Where on a ring it is enough."""
    centre = (card[0] + ring.centre[0], card[1] + ring.centre[1])
    turn = -90 + 360 * share
    inner, outer = (on_circle(centre, ring.radius + sign * ring.width / 2, turn, turn)[0] for sign in (-1, 1))
    stroke(image, inner, outer, width, PLATE)
