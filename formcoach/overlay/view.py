"""Where the camera's picture lies on the canvas: as large as it goes, in the middle, what is left over dark.

The canvas has the size of the screen, so text and lines are drawn as sharp as the screen can show them,
however small the camera's picture is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from formcoach.frame import Image
from formcoach.overlay.drawing import Dot
from formcoach.overlay.palette import BACKDROP

_STALE = 0.35
"""How bright a picture is drawn that is no longer the present."""


@dataclass(frozen=True, slots=True)
class View:
    """A picture on a canvas, pixels.

    Attributes:
        width, height: of the canvas.
        left, top, wide, high: of the picture on it.
        mirror: whether it is shown as a mirror would.
    """

    width: int
    height: int
    left: int
    top: int
    wide: int
    high: int
    mirror: bool = False

    @classmethod
    def fit(cls, size: tuple[int, int], picture: tuple[int, int], mirror: bool = False) -> View:
        """A picture on a canvas, both given as width and height; neither cut off nor out of shape."""
        scale = min(size[0] / picture[0], size[1] / picture[1])
        wide, high = (max(1, min(room, round(scale * own))) for room, own in zip(size, picture, strict=True))
        return cls(*size, (size[0] - wide) // 2, (size[1] - high) // 2, wide, high, mirror)

    @classmethod
    def whole(cls, width: int, height: int, mirror: bool = False) -> View:
        """A picture that is the canvas."""
        return cls(width, height, 0, 0, width, height, mirror)

    @property
    def is_whole(self) -> bool:
        """Whether the picture leaves nothing of the canvas over."""
        return (self.wide, self.high) == (self.width, self.height)

    def place(self, x: float, y: float) -> Dot:
        """Where a point of the unmirrored picture, in picture heights, is on the canvas."""
        right = x * self.high
        return self.left + (self.wide - 1 - right if self.mirror else right), self.top + y * self.high

    def part_of(self, canvas: Image) -> Image:
        """Where the picture lies on a canvas, to be drawn on."""
        return canvas[self.top : self.top + self.high, self.left : self.left + self.wide]

    def inside(self, dots: Sequence[Dot | None]) -> list[Dot | None]:
        """The same places on the canvas, counted from the picture's upper left corner."""
        return [None if dot is None else (dot[0] - self.left, dot[1] - self.top) for dot in dots]


class Backdrop:
    """Lays pictures of one size on a canvas."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._turned: Image = np.empty((0, 0, 3), np.uint8)

    def lay(self, image: Image, onto: Image, *, stale: bool = False) -> Image:
        """Lay a picture on the canvas.

        Args:
            image: `(height, width, 3)` uint8, blue-green-red.
            onto: of the canvas's size; may be the picture itself where that fills it.
            stale: it is not the present that it shows: drawn dark and without colour.
        """
        view = self._view
        here = view.part_of(onto)
        if image.shape != here.shape:
            source = self._turn(image) if view.mirror else image
            cv2.resize(source, (view.wide, view.high), here, interpolation=cv2.INTER_LINEAR)
        elif view.mirror:
            cv2.flip(image, 1, here)
        elif onto is not image:
            np.copyto(here, image)
        if not view.is_whole:
            self._darken_rest(onto)
        if stale:
            grey = cv2.convertScaleAbs(cv2.cvtColor(here, cv2.COLOR_BGR2GRAY), alpha=_STALE)
            cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR, here)
        return onto

    def _turn(self, image: Image) -> Image:
        if self._turned.shape != image.shape:
            self._turned = np.empty_like(image, order="C")
        cv2.flip(image, 1, self._turned)
        return self._turned

    def _darken_rest(self, onto: Image) -> None:
        view = self._view
        right, bottom = view.left + view.wide, view.top + view.high
        for left, top, end, foot in (
            (0, 0, view.width, view.top),
            (0, bottom, view.width, view.height),
            (0, view.top, view.left, bottom),
            (right, view.top, view.width, bottom),
        ):
            if left < end and top < foot:  # some five times as fast as numpy fills it
                cv2.rectangle(onto, (left, top), (end - 1, foot - 1), BACKDROP, -1)
