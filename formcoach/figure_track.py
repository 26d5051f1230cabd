"""The moving figure of a session, thinned out for a page: where the ends of its bones were."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from formcoach.landmarks import INDEX, SKELETON, FloatArray, PoseSample

RATE = 15.0
"""Moments a second at most; in between a page draws the figure on its way."""

MOMENTS = 18_000
"""So many at most: of a session longer than 20 minutes fewer a second."""

SHOWN_FROM = 0.3
"""Visibility from which a point is drawn."""

GRID = 1000
"""Places are whole numbers: so many to the height of the picture."""

UNSEEN = -32768
"""What stands for a point that is not seen."""

POINTS: tuple[str, ...] = ("nose", *dict.fromkeys(point for bone in SKELETON for point in bone))
"""The landmarks that are kept, in this order."""

BONES: tuple[tuple[int, int], ...] = tuple((POINTS.index(a), POINTS.index(b)) for a, b in SKELETON)
"""The bones as pairs of numbers in `POINTS`."""

_ROWS = [INDEX[name] for name in POINTS]
_FARTHEST = 30.0  # picture heights: no landmark is meant out there

Places = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True, eq=False)
class FigureTrack:
    """Where the figure was.

    Attributes:
        t: `(N,)` float64 seconds.
        places: `(N, len(POINTS), 2)` int16, x to the right and y down, `GRID` to a picture height;
            `UNSEEN` where a point is not seen.
        aspect: of the picture, its width divided by its height.
    """

    t: npt.NDArray[np.float64]
    places: Places
    aspect: float

    def between(self, start: float, end: float) -> FigureTrack:
        """The part from one moment to another."""
        part = (self.t >= start) & (self.t <= end)
        return FigureTrack(self.t[part], self.places[part], self.aspect)

    def at(self, t: float) -> Places:
        """The figure at the moment next to `t`: `(len(POINTS), 2)`; all unseen where there is none."""
        if not len(self.t):
            return np.full((len(POINTS), 2), UNSEEN, np.int16)
        nearest: Places = self.places[int(np.abs(self.t - t).argmin())]
        return nearest


@dataclass(slots=True)
class FigureTracker:
    """Collects the track of a session as it goes."""

    _t: list[float] = field(default_factory=list)
    _xy: list[FloatArray] = field(default_factory=list)
    _visibility: list[FloatArray] = field(default_factory=list)
    _aspect: float = 16 / 9
    _next: float = -np.inf

    def take(self, sample: PoseSample) -> None:
        """Take in the next sample, where it is time for one."""
        if sample.t < self._next:
            return
        self._next = max(self._next + 1 / RATE, sample.t + 0.5 / RATE)
        self._t.append(sample.t)
        self._xy.append(sample.xy)
        self._visibility.append(sample.visibility)
        self._aspect = sample.aspect

    def track(self) -> FigureTrack:
        """The track so far."""
        step = max(1, -(-len(self._t) // MOMENTS))
        t = np.array(self._t[::step], np.float64)
        xy = np.array(self._xy[::step], np.float32).reshape(-1, len(INDEX), 2)[:, _ROWS]
        visibility = np.array(self._visibility[::step], np.float32).reshape(-1, len(INDEX))[:, _ROWS]
        seen = (visibility >= SHOWN_FROM) & (np.abs(xy).max(axis=2, initial=0.0) < _FARTHEST)
        places = np.full(xy.shape, UNSEEN, np.int16)
        places[seen] = np.rint(xy[seen] * GRID)
        return FigureTrack(t, places, self._aspect)
