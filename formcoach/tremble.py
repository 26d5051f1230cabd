"""How much the model's points tremble: of a dark, blurred or distant picture it makes what it can.

A body moves smoothly. Over four pictures evenly spaced, the part of a way that is not smooth is the points'
own. Fast movements have such a part as well, but none lasts: the middle of a second and a half is taken.
"""

from __future__ import annotations

from collections import deque
from itertools import pairwise
from statistics import median

import numpy as np
import numpy.typing as npt

from formcoach.landmarks import INDEX, SIDES, FloatArray

UNCLEAR_FROM = 0.03
UNCLEAR_UNTIL = 0.024
"""Standard deviations in trunk lengths from which on nothing is believed, and until which it stays so. People
in 32 clips tremble by up to 0.014."""

WINDOW_S = 1.5
"""So many seconds are looked at."""

LONGEST_STEP_S = 0.12
EVEN = 1.4
"""Pictures further apart than this, or some so much further than others, tell nothing of trembling."""

FEWEST = 10
"""So many pictures must tell something."""

_POINTS = [
    INDEX[f"{side}_{part}"]
    for side in SIDES
    for part in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
]
_PER_STANDARD_DEVIATION = 1.18 * 20**0.5
"""The usual length of a third difference of points that are only noise: 20 is the sum of the squares of
1, 3, 3 and 1, and 1.18 the median of a Rayleigh distribution."""


class Tremble:
    """Follows how much the points of one person tremble.

    Attributes:
        unclear: whether it is too much to believe any of them.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Somebody else, or another shot."""
        self.unclear = False
        self._last: deque[tuple[float, npt.NDArray[np.float64]]] = deque(maxlen=4)
        self._found: deque[tuple[float, float]] = deque()

    def step(self, t: float, xy: FloatArray, trunk: float) -> bool:
        """Take in the next sample; gives `unclear`.

        Args:
            t: seconds.
            xy: `(33, 2)`, image heights.
            trunk: its length, image heights.
        """
        points = xy[_POINTS].astype(np.float64)
        if np.isfinite(points).all():
            self._last.append((t, points))
        else:
            self._last.clear()
        if self._is_even() and trunk > 0.0:
            a, b, c, d = (points for _, points in self._last)
            rough = np.linalg.norm(d - a - 3 * (c - b), axis=1)
            self._found.append((t, float(np.median(rough)) / _PER_STANDARD_DEVIATION / trunk))
        while self._found and t - self._found[0][0] > WINDOW_S:
            self._found.popleft()
        if len(self._found) < FEWEST:
            self.unclear = False
        else:
            bound = UNCLEAR_UNTIL if self.unclear else UNCLEAR_FROM
            self.unclear = median(by for _, by in self._found) > bound
        return self.unclear

    def _is_even(self) -> bool:
        if len(self._last) < 4:
            return False
        times = [t for t, _ in self._last]
        steps = [after - before for before, after in pairwise(times)]
        return 0.0 < max(steps) <= LONGEST_STEP_S and max(steps) <= EVEN * min(steps)
