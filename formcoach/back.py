"""The back from its outline: how far it bows out or in between hip and shoulder.

The bow is measured from the outline's own chord, so that neither the thickness of the trunk nor the
model's idea of where hip and shoulder are comes into it: + = bowed out (rounded), - = in (arched), in
trunk lengths.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from formcoach.landmarks import FloatArray

Curve = npt.NDArray[np.float64]

TRIM = 0.04
"""The share of the outline left off at the shoulder, where it falls off to the arm. At the hip nothing is:
the buttock holds the chord's other end, and without it a hip that the model puts higher moves the bow."""

STEP = 0.065
"""Trunk lengths between neighbouring points of the outline from which it is no back: an arm or a flap
lies across it. People's backs have 0.02 to 0.045, at most 0.061; arms across them 0.08 to 0.38."""

LEAST_SEEN = 0.75
"""The share of the outline that must be readable."""

FEWEST = 6
"""Readable points below which an outline has no shape."""

FURTHEST = 2.0
"""Trunk lengths: nothing further from the line between shoulder and hip is a back."""


@dataclass(frozen=True, slots=True)
class Back:
    """The shape of the back at one moment, trunk lengths; NaN where it cannot be read.

    Attributes:
        bow: of the whole back, at its middle.
        upper, lower: how far the half nearer to the shoulder, and to the hip, bows from the chord.
        why: why it cannot be read, or empty.
    """

    bow: float
    upper: float
    lower: float
    why: str = ""


NOT_LOOKED_FOR = Back(math.nan, math.nan, math.nan, "the outline of the back was not looked for")
NOT_SIDE_ON = Back(math.nan, math.nan, math.nan, "turn side-on")


def read_back(outline: FloatArray) -> Back:
    """The shape of the back from its outline.

    Args:
        outline: `(n,)` offsets from the shoulder-hip line in trunk lengths, shoulder first, + towards
            the back, NaN where unreadable; as in `PoseSample.back`.
    """
    seen = np.abs(outline) <= FURTHEST  # NaN is not
    reading = _reading(seen.tobytes())
    if reading is None:
        return _unreadable("the outline of the back is hidden or out of the picture")
    y = outline[reading.points].astype(np.float64)
    if np.count_nonzero(np.abs(y[1:] - y[:-1]) > reading.room):
        return _unreadable("something lies across the outline of the back")
    return Back(*(reading.weights @ y).tolist())


@dataclass(frozen=True, slots=True, eq=False)
class _Reading:
    """How an outline of which certain points are seen is read: the same way each time.

    Attributes:
        points: `(m,)` numbers of the points that count.
        room: `(m - 1,)` how far the back may rise or fall from each of them to the next.
        weights: `(3, m)` of those points in the bow of the whole, the upper and the lower half.
    """

    points: npt.NDArray[np.intp]
    room: Curve
    weights: Curve


@lru_cache(maxsize=256)
def _reading(seen: bytes) -> _Reading | None:
    """The way to read it, from one byte a point that says whether it is seen; None = too little is.

    Parabola, chord and halves are least squares, so each bow is a weighted sum of the offsets. To solve
    for the weights at every outline would take longer than all other measures together.
    """
    along = np.linspace(0.0, 1.0, len(seen))
    use = along >= TRIM
    points = np.flatnonzero(np.frombuffer(seen, np.bool_) & use)
    if len(points) < max(FEWEST, LEAST_SEEN * use.sum()):
        return None
    x = along[points]
    arch = 4.0 * x * (1.0 - x)
    fit = np.linalg.pinv(np.stack([np.ones_like(x), x, arch], axis=1))
    from_chord = np.eye(len(x)) - fit[0] - x[:, None] * fit[1]
    halves = [np.where(half, arch, 0.0) for half in (x < 0.5, x >= 0.5)]
    weights = [fit[2], *(half @ from_chord / (half @ half) for half in halves)]
    # Where points are missing in between, the back has had more room to rise or fall.
    return _Reading(points, STEP * np.diff(x) / along[1], np.stack(weights))


def _unreadable(why: str) -> Back:
    return Back(math.nan, math.nan, math.nan, why)
