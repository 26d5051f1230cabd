"""How much the model's points tremble: of a dark, blurred or distant picture it makes what it can.

A body moves smoothly. Over four pictures evenly spaced, the part of a way that is not smooth is the points'
own. Fast movements have such a part as well, but none lasts: the middle of a second and a half is taken.
"""

from __future__ import annotations

import cmath
from collections import deque
from collections.abc import Sequence
from operator import itemgetter
from statistics import median

from formcoach.geometry import NAN, Place
from formcoach.landmarks import INDEX, SIDES
from formcoach.latest import Latest

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

DEPTH_FROM = 0.055
DEPTH_UNTIL = 0.045
"""The same of the depth of shoulders and hips, where that tells how they are turned. People in 33 clips have
up to 0.026."""

_POINTS = [
    INDEX[f"{side}_{part}"]
    for side in SIDES
    for part in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
]
_TRUNK = [INDEX[f"{side}_{part}"] for side in SIDES for part in ("shoulder", "hip")]
_PER_STANDARD_DEVIATION = 1.18 * 20**0.5
"""The usual length of a third difference of points that are only noise: 20 is the sum of the squares of
1, 3, 3 and 1, and 1.18 the median of a Rayleigh distribution."""
_DEPTH_PER_STANDARD_DEVIATION = 0.674 * 20**0.5
"""The same along one axis."""


class Tremble:
    """Follows how much the points of one person tremble.

    Attributes:
        unclear: whether it is too much to believe any of them.
    """

    _followed = itemgetter(*_POINTS)
    _bounds = UNCLEAR_FROM, UNCLEAR_UNTIL
    _per_standard_deviation = _PER_STANDARD_DEVIATION

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Somebody else, or another shot."""
        self.unclear = False
        self._last_t = NAN
        self._steps: deque[float] = deque(maxlen=3)
        self._last: deque[tuple[Place, ...]] = deque(maxlen=4)
        self._found = Latest(WINDOW_S)

    def step(self, t: float, places: Sequence[Place], trunk: float) -> bool:
        """Take in the next sample; gives `unclear`.

        Args:
            t: seconds.
            places: 33 of them, image heights.
            trunk: its length, image heights.
        """
        here = self._followed(places)
        if not cmath.isfinite(sum(here)):
            self._last.clear()
            self._steps.clear()
        else:
            if self._last:
                self._steps.append(t - self._last_t)
            self._last.append(here)
            self._last_t = t
        tells = trunk > 0.0 and self._is_even()
        rough = self._roughness() / self._per_standard_deviation / trunk if tells else NAN
        usual, (begins, ends) = self._found.add(t, rough), self._bounds
        self.unclear = len(self._found) >= FEWEST and usual > (ends if self.unclear else begins)
        return self.unclear

    def _roughness(self) -> float:
        """The usual length of the third difference of the last four places of a point."""
        usual: float = median([abs(d - a - 3 * (c - b)) for a, b, c, d in zip(*self._last, strict=True)])
        return usual

    def _is_even(self) -> bool:
        if len(self._steps) < 3:
            return False
        longest = max(self._steps)
        return 0.0 < longest <= LONGEST_STEP_S and longest <= EVEN * min(self._steps)


class DepthTremble(Tremble):
    """The same of the depth of shoulders and hips: `places` are depths and the trunk a length in metres."""

    _followed = itemgetter(*_TRUNK)
    _bounds = DEPTH_FROM, DEPTH_UNTIL
    _per_standard_deviation = _DEPTH_PER_STANDARD_DEVIATION
