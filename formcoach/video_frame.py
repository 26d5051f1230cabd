"""From what a video stream holds to pictures that stand upright, at seconds that never go back."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any, Self

import cv2
import numpy as np

from formcoach.frame import Image
from formcoach.libav import av

_JUMP_S = 1.0  # a clock that goes back further than this was started anew


class Clock:
    """Turns a stream's timestamps into seconds since the first that never decrease.

    Args:
        unit: seconds of one tick.
        step: seconds to assume to the next picture where the file says nothing sensible.
    """

    def __init__(self, unit: Fraction, step: float) -> None:
        self._unit = unit
        self._step = step
        self._origin: int | None = None
        self._last: float | None = None

    def read(self, ticks: int | None) -> float:
        """The time of the next picture."""
        expected = 0.0 if self._last is None else self._last + self._step
        if ticks is None:
            self._last = expected
            return expected
        if self._origin is None:
            self._origin = ticks - round(expected / self._unit)
        # Both integers are multiplied first, so that the one division is rounded only once.
        t = (ticks - self._origin) * self._unit.numerator / self._unit.denominator
        if self._last is not None and t < self._last:
            if t < self._last - _JUMP_S:
                self._origin = ticks - round(expected / self._unit)
                t = expected
            else:
                t = self._last
        self._last = t
        return t


class View:
    """How the stored picture must be stretched and turned to stand upright.

    Args:
        stretch: width of a pixel over its height.
        matrix: the first two columns of the file's display matrix, `(a, b, c, d)`: a stored point
            `(x, y)` is shown at `(ax + cy, bx + dy)`.
    """

    def __init__(self, stretch: float, matrix: tuple[int, int, int, int]) -> None:
        a, b, c, d = matrix
        self._stretch = stretch
        self._swap = abs(b) + abs(c) > abs(a) + abs(d)
        across, down = (c, b) if self._swap else (a, d)
        self._flip = {(True, True): -1, (True, False): 1, (False, True): 0}.get((across < 0, down < 0))

    @classmethod
    def of(cls, frame: Any, pixel: Fraction | None) -> Self:
        """The view of the stream that `frame` is the first of."""
        # Encoders round the pixel's shape when the width is odd: 405/406 is a square.
        stretch = float(pixel) if pixel and abs(math.log(pixel)) > 0.01 else 1.0
        told = frame.side_data.get(av.sidedata.sidedata.Type.DISPLAYMATRIX)
        if told is None:
            return cls(stretch, (1, 0, 0, 1))
        a, b, _, c, d = np.frombuffer(told, np.int32)[:5].tolist()
        return cls(stretch, (a, b, c, d))

    def size(self, width: int, height: int) -> tuple[int, int]:
        """Width and height as shown."""
        width = max(1, round(width * self._stretch))
        return (height, width) if self._swap else (width, height)

    def image(self, frame: Any) -> Image:
        """The upright picture. One thread converts faster than several: there are others to keep busy."""
        image = np.ascontiguousarray(frame.to_ndarray(format="bgr24", threads=1))
        if self._stretch != 1.0:
            width = max(1, round(frame.width * self._stretch))
            image = cv2.resize(image, (width, frame.height), interpolation=cv2.INTER_AREA)
        if self._swap:
            image = cv2.transpose(image)
        if self._flip is not None:
            image = cv2.flip(image, self._flip)
        return image
