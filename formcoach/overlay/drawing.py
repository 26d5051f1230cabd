"""Drawing primitives on OpenCV: sprites that are pasted, letters, strokes, rings and sectors.

Positions are pixels, x to the right and y down, as floats; angles are degrees clockwise on the screen
from the direction to the right. Everything is clipped at the picture's edges.

Two ways of drawing, for speed. What seldom changes (text on plates) is composed once on a `Sheet`,
kept as a `Sprite` and pasted: copied where it hides the picture, else a multiplication and an addition
of its region. What moves with the person is drawn directly, arcs as polygons: OpenCV fills an anti-aliased
polygon some five times faster than it strokes a thick arc.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from formcoach.frame import Image
from formcoach.overlay.palette import Colour

Mask = npt.NDArray[np.uint8]
"""`(height, width)`, 0 outside to 255 inside."""

Dot = tuple[float, float]

CAP = 0.75
"""Height of a capital letter of the built-in font over the nominal size, as OpenCV 5.0 draws it."""

_SHIFT = 4
_FINE = 1 << _SHIFT


@dataclass(frozen=True, slots=True, eq=False)
class Sprite:
    """A picture with soft edges, ready to be pasted.

    Attributes:
        light: `(height, width, 3)` uint8, what it adds to the picture.
        keep: `(height, width, 3)` uint8, what it leaves of the picture, 255 = all.
        solid: the first row, and the one after the last, of those that leave nothing of the picture.
    """

    light: Image
    keep: Image
    solid: tuple[int, int]

    @property
    def width(self) -> int:
        """Pixels."""
        return int(self.light.shape[1])

    @property
    def height(self) -> int:
        """Pixels."""
        return int(self.light.shape[0])


class Sheet:
    """A transparent sheet on which masks are laid in colours, the last on top."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._light: Image = np.zeros((height, width, 3), np.uint8)
        self._keep: Image = np.full((height, width, 3), 255, np.uint8)

    def lay(self, mask: Mask, colour: Colour, x: float = 0, y: float = 0, strength: float = 1.0) -> None:
        """Lay a mask with its upper left corner at `(x, y)`; what hangs over the edges is lost."""
        left, top = round(x), round(y)
        region = _overlap(self.width, self.height, mask.shape[1], mask.shape[0], left, top)
        if region is None:
            return
        here, there = region
        cover = cv2.convertScaleAbs(mask[there], alpha=strength)
        light = cv2.merge([cv2.convertScaleAbs(cover, alpha=channel / 255) for channel in colour])
        keep = cv2.cvtColor(cv2.bitwise_not(cover), cv2.COLOR_GRAY2BGR)
        below = self._light[here]
        cv2.add(cv2.multiply(below, keep, scale=1 / 255), light, dst=below)
        cv2.multiply(self._keep[here], keep, dst=self._keep[here], scale=1 / 255)

    def sprite(self) -> Sprite:
        """What has been laid so far."""
        return Sprite(self._light, self._keep, _longest_run(self._keep.max(axis=(1, 2)) == 0))


def paste(image: Image, sprite: Sprite, x: int, y: int) -> None:
    """Paste a sprite with its upper left corner at `(x, y)`; only its region is touched."""
    region = _overlap(image.shape[1], image.shape[0], sprite.width, sprite.height, x, y)
    if region is None:
        return
    here, there = region
    rows = there[0]
    below, light, keep = image[here], sprite.light[there], sprite.keep[there]
    first, last = (min(max(row, rows.start), rows.stop) - rows.start for row in sprite.solid)
    for soft in (slice(0, first), slice(last, len(below))):
        if soft.start < soft.stop:
            cv2.multiply(below[soft], keep[soft], dst=below[soft], scale=1 / 255)
            cv2.add(below[soft], light[soft], dst=below[soft])
    below[first:last] = light[first:last]


def _longest_run(rows: npt.NDArray[np.bool_]) -> tuple[int, int]:
    """Where the longest run of true entries begins, and where the entry after it is; 0, 0 for none."""
    edges = np.flatnonzero(np.diff(rows, prepend=False, append=False)).reshape(-1, 2)
    if not len(edges):
        return 0, 0
    first, last = edges[np.argmax(edges[:, 1] - edges[:, 0])]
    return int(first), int(last)


def _overlap(
    width: int, height: int, own_width: int, own_height: int, x: int, y: int
) -> tuple[tuple[slice, slice], tuple[slice, slice]] | None:
    left, right = max(0, x), min(width, x + own_width)
    top, bottom = max(0, y), min(height, y + own_height)
    if left >= right or top >= bottom:
        return None
    return (slice(top, bottom), slice(left, right)), (slice(top - y, bottom - y), slice(left - x, right - x))


# Letters


@cache
def _font() -> cv2.FontFace:
    """OpenCV's built-in Rubik; signs that it lacks come from its built-in WenQuanYi Micro Hei."""
    return cv2.FontFace("sans")


def printable(text: str) -> str:
    """One line of signs that can be drawn: half a surrogate pair would crash OpenCV 5.0."""
    there = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(there.split())


def _legible(text: str) -> str:
    """The text with O for zero: the font's own is slashed, and from afar looks like an 8, or like "none"."""
    return text.replace("0", "O")


@lru_cache(maxsize=1000)
def text_width(text: str, size: int, weight: int) -> int:
    """How far a line of text runs, pixels; its ink is within that."""
    return int(cv2.getTextSize((0, 0), _legible(text), (0, 0), _font(), size, weight)[2]) if text else 0


def letters(text: str, size: int, weight: int) -> tuple[Mask, int]:
    """A line of text, cropped to its ink in width.

    Args:
        text: as `printable` gives it.
        size: nominal, pixels; capitals are `CAP` times as high.
        weight: 300 (light) to 900 (black).

    Returns:
        The mask, and the row of its baseline. It is at least as high as a capital above the
        baseline, and higher or lower where accents and descenders need it.
    """
    base, cap = round(1.6 * size), round(CAP * size)
    mask: Mask = np.zeros((round(2.4 * size) + 2, text_width(text, size, weight) + 2 * size), np.uint8)
    cv2.putText(mask, _legible(text), (size, base), 255, _font(), size, weight)
    x, y, width, height = cv2.boundingRect(mask)
    top, bottom = min(y, base - cap) if height else base - cap, max(y + height, base)
    return mask[top:bottom, x : x + max(width, 1)], base - top


# Shapes on masks and pictures


def fill(image: Image | Mask, outlines: Sequence[Sequence[Dot]], colour: Colour | int) -> None:
    """Fill the area between closed outlines, smoothly; a second outline inside the first is a hole."""
    fixed = [(np.array(outline) * _FINE).astype(np.int32) for outline in outlines]
    cv2.fillPoly(image, fixed, colour, cv2.LINE_AA, _SHIFT)


def disc(image: Image | Mask, centre: Dot, radius: float, colour: Colour | int) -> None:
    """Fill a circle."""
    at = (int(centre[0] * _FINE), int(centre[1] * _FINE))
    cv2.circle(image, at, max(1, round(radius * _FINE)), colour, -1, cv2.LINE_AA, _SHIFT)


def stroke(image: Image | Mask, start: Dot, end: Dot, width: float, colour: Colour | int) -> None:
    """A straight line with round ends."""
    a, b = (int(start[0] * _FINE), int(start[1] * _FINE)), (int(end[0] * _FINE), int(end[1] * _FINE))
    cv2.line(image, a, b, colour, max(1, round(width)), cv2.LINE_AA, _SHIFT)


def strokes(
    image: Image | Mask,
    lines: Sequence[tuple[Dot, Dot]],
    width: float,
    colour: Colour | int,
    *,
    smooth: bool = True,
) -> None:
    """Straight lines with round ends, all alike: one call where `stroke` needs one for each.

    Rough edges cost less than half of smooth ones; on a dark rim nobody sees them.
    """
    if lines:
        fixed = (np.array(lines) * _FINE).astype(np.int32)
        edge = cv2.LINE_AA if smooth else cv2.LINE_8
        cv2.polylines(image, list(fixed), False, colour, max(1, round(width)), edge, _SHIFT)


def ribbon(image: Image | Mask, line: npt.NDArray[np.float64], *layers: tuple[float, Colour]) -> None:
    """A curved line with round ends, drawn once for each layer, the first at the bottom.

    Args:
        line: `(n, 2)` pixels, at least two points.
        layers: widths, pixels, and colours.
    """
    ahead = np.empty_like(line)
    ahead[1:-1] = line[2:] - line[:-2]
    ahead[0], ahead[-1] = line[1] - line[0], line[-1] - line[-2]
    length = np.maximum(np.hypot(ahead[:, 0], ahead[:, 1]), 1e-9)
    side = np.stack((-ahead[:, 1] / length, ahead[:, 0] / length), axis=1)
    for width, colour in layers:
        half = side * (width / 2)
        outline = np.concatenate((line + half, (line - half)[::-1]))
        cv2.fillPoly(image, [(outline * _FINE).astype(np.int32)], colour, cv2.LINE_AA, _SHIFT)
        for end in (line[0], line[-1]):
            disc(image, (end[0], end[1]), width / 2, colour)


def arc(
    image: Image | Mask,
    centre: Dot,
    radius: float,
    width: float,
    colour: Colour | int,
    start: float = 0.0,
    end: float = 360.0,
) -> None:
    """A band of a circle of this middle radius, clockwise from `start` to `end`."""
    if end <= start:
        return
    outer = on_circle(centre, radius + width / 2, start, end)
    inner = on_circle(centre, max(0.0, radius - width / 2), start, end)
    fill(image, (outer, inner) if end - start >= 360 else (outer + inner[::-1],), colour)


def sector(
    image: Image, centre: Dot, radius: float, start: float, end: float, colour: Colour, strength: float
) -> None:
    """A translucent slice of a circle, clockwise from `start` to `end`."""
    if end <= start:
        return
    outline = [centre, *on_circle(centre, radius, start, end)]
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    left, top = math.floor(min(xs)) - 1, math.floor(min(ys)) - 1
    width, height = math.ceil(max(xs)) + 2 - left, math.ceil(max(ys)) + 2 - top
    region = _overlap(image.shape[1], image.shape[0], width, height, left, top)
    if region is None:
        return
    below = image[region[0]]
    painted = below.copy()
    left, top = max(left, 0), max(top, 0)
    fill(painted, [[(x - left, y - top) for x, y in outline]], colour)
    cv2.addWeighted(painted, strength, below, 1.0 - strength, 0.0, dst=below)


def on_circle(centre: Dot, radius: float, start: float, end: float) -> list[Dot]:
    """Points of an arc, close enough together to look round."""
    x, y = centre
    # A chord of `step` radians strays from its arc by radius * step² / 8: here, a quarter of a pixel, and
    # less on large circles, on which corners of more than three degrees are seen.
    step = 0.05 if radius > 80 else math.sqrt(2.0 / max(radius, 1.0))
    first, sweep = math.radians(start), math.radians(end - start)
    count = max(1, math.ceil(sweep / step))
    turns = [first + sweep * i / count for i in range(count + 1)]
    return [(x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns]


def octagon(centre: Dot, radius: float) -> list[Dot]:
    """The outline of a stop sign of this outer radius."""
    turns = (math.radians(22.5 + 45 * corner) for corner in range(8))
    return [(centre[0] + radius * math.cos(t), centre[1] + radius * math.sin(t)) for t in turns]


def rounded(width: int, height: int, radius: float) -> Mask:
    """A rectangle with round corners that fills a mask of its size."""
    mask: Mask = np.zeros((height, width), np.uint8)
    r = min(radius, width / 2, height / 2)
    right, bottom = width - 1.0, height - 1.0
    corners = ((right - r, bottom - r, 0), (r, bottom - r, 90), (r, r, 180), (right - r, r, 270))
    outline = [dot for x, y, turn in corners for dot in on_circle((x, y), r, turn, turn + 90)]
    fill(mask, [outline], 255)
    return mask
