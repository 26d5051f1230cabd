"""The one big number, its ring, and the repetitions as dots."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from formcoach.frame import Image
from formcoach.language import Say
from formcoach.overlay.design import Design, widest, write_beside, write_centred
from formcoach.overlay.drawing import Dot, Mask, Sheet, Sprite, arc, disc, on_circle, stroke
from formcoach.overlay.icons import icon
from formcoach.overlay.palette import AMBER, GOOD, INK, MUTED, PLATE, Colour
from formcoach.overlay.typesetting import fit

MOST_PARTS = 12
"""So many repetitions are told apart in a ring, or as dots in a row; more of them only by number."""

_TRACK = 0.3  # how strong the ring is where nothing is done yet
_GAP = 7.0  # degrees between two parts of it
_RADIUS, _WIDTH, _TOP = 92, 17, 20  # of the ring, and above it
_LINE, _ROW = 34, 34  # the label's letters, and the room for the dots


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


def count_repetitions(done: int, goal: int | None, say: Say = str) -> Count:
    """A dial of repetitions."""
    if goal is None:
        return Count(done, say("reps"))
    full = done >= goal
    label = say("of {goal} reps").format(goal=goal)
    return Count(done, label, "tick" if full else "", goal, min(done, goal), 0, "good" if full else "")


def count_seconds(
    held_s: float,
    goal_s: float | None,
    running: bool,
    done: int = 0,
    goal: int | None = None,
    say: Say = str,
) -> Count:
    """A dial of the seconds of a hold, with its repetitions as dots."""
    reached = goal_s is not None and held_s >= goal_s
    stopped = not running and held_s > 0 and not reached
    if stopped:
        label = say("clock stopped")
    else:
        label = say("seconds") if goal_s is None else say("of {goal} seconds").format(goal=f"{goal_s:g}")
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
        width = px(2 * _RADIUS + _WIDTH + 2 * _TOP)
        bottom = px(_TOP + (120 if count.parts is None else 2 * _RADIUS + _WIDTH))
        sheet = self._design.plate(width, bottom + px(20 + _LINE + (_ROW if count.dots else 0)))
        ring = Ring((width / 2, (px(_TOP) + bottom) / 2), px(_RADIUS), max(2, px(_WIDTH)))
        room = width - px(24)
        if count.parts is not None:
            _lay_ring(sheet, ring, count.parts, count.done)
            room = px(2 * _RADIUS - _WIDTH - 26)
        fitted = fit(str(count.number), room, self._design.size(132), 700)
        write_centred(sheet, fitted, _LOOKS[count.look], *ring.centre)
        self._label(sheet, count, width / 2, bottom + px(6 + 0.5 * _LINE))
        if count.dots:
            self._lay_dots(sheet, count, sheet.height - px(28))
        return sheet.sprite(), ring if count.parts == 0 else None

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
        left = sheet.width / 2 - (count.dots - 1) / 2 * step
        for which, share, colour, strength in (
            (range(min(count.done, count.dots)), 0.36, GOOD, 1.0),
            (range(count.done, count.dots), 0.26, MUTED, 0.5),
        ):
            mask = _blank(sheet)
            for dot in which:
                disc(mask, (left + dot * step, y), share * step, 255)
            sheet.lay(mask, colour, strength=strength)


def _lay_ring(sheet: Sheet, ring: Ring, parts: int, done: int) -> None:
    """The ring's track with what is done of it: told apart part by part, or as a share of the whole."""
    track, full = _blank(sheet), _blank(sheet)
    if 1 < parts <= MOST_PARTS:
        for part in range(parts):
            start = -90 + 360 * part / parts + _GAP / 2
            mask = full if part < done else track
            arc(mask, ring.centre, ring.radius, ring.width, 255, start, start + 360 / parts - _GAP)
    else:
        arc(track, ring.centre, ring.radius, ring.width, 255)
        if parts and done:
            arc(full, ring.centre, ring.radius, ring.width, 255, -90, -90 + 360 * done / parts)
    sheet.lay(track, MUTED, strength=_TRACK)
    sheet.lay(full, GOOD)


def _blank(sheet: Sheet) -> Mask:
    return np.zeros((sheet.height, sheet.width), np.uint8)


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
