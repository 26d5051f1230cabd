"""Finding a position that was kept in a demonstration."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from formcoach.survey import Survey

Mask = npt.NDArray[np.bool_]

MAIN = ("trunk", "thigh", "shank", "hip", "knee", "arm", "elbow")
"""The measures that a posture is told by."""

STILL = 12.0
"""Degrees within which all that is seen must stay for a second to be keeping still."""

STILL_FOR_S = 3.0
"""A position that is kept for so long is a hold."""

_WINDOW_S = 1.0
_BLINK_S = 0.5


@dataclass(frozen=True, slots=True)
class Kept:
    """A position that was kept: from when to when, seconds."""

    start: float
    end: float

    @property
    def length_s(self) -> float:
        """Seconds."""
        return self.end - self.start


def longest_run(mask: Mask) -> tuple[int, int]:
    """Where the longest run of true entries begins, and where it ends."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(int))).reshape(-1, 2)
    if not len(edges):
        return 0, 0
    start, end = max(edges.tolist(), key=lambda run: run[1] - run[0])
    return start, end


def hold_in(survey: Survey) -> Kept | None:
    """The position that was kept for longest, or None where none was kept for long enough."""
    t = survey.t
    if len(t) < 3:
        return None
    reach = max(1, round(_WINDOW_S / 2 / max(float(np.median(np.diff(t))), 1e-3)))
    still = survey.seen.copy()
    for name in MAIN:
        values = survey.of(name, survey.near)
        padded = np.pad(values, reach, mode="edge")
        windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)
        known = np.isfinite(windows)
        low = np.where(known, windows, np.inf).min(axis=1)
        high = np.where(known, windows, -np.inf).max(axis=1)
        still &= ~(high - low > STILL)
    start, end = longest_run(_bridged(still, reach))
    if end <= start or t[end - 1] - t[start] < STILL_FOR_S:
        return None
    return Kept(float(t[start]), float(t[end - 1]))


def _bridged(mask: Mask, reach: int) -> Mask:
    """With short gaps closed."""
    closed = mask.copy()
    edges = np.flatnonzero(np.diff(np.concatenate([[True], mask, [True]]).astype(int))).reshape(-1, 2)
    for start, end in edges:
        if start > 0 and end < len(mask) and end - start <= 2 * reach * _BLINK_S:
            closed[start:end] = True
    return closed
