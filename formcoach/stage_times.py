"""How long each stage of a live session takes, on a picture's way from the camera to the screen."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import quantiles

STAGES = ("pose", "coach", "draw", "show")
"""In their order: the pose model; coach and recording; drawing; the window. The camera is read meanwhile."""

KEPT = 3000
"""The latest times of a stage that are kept; some minutes."""

RECENT = 90
"""So many of them are told while it goes on."""


class StageTimes:
    """The times of one session. Each stage is timed by one thread."""

    def __init__(self) -> None:
        self._times: dict[str, deque[float]] = {stage: deque(maxlen=KEPT) for stage in STAGES}

    @contextmanager
    def of(self, stage: str) -> Iterator[None]:
        """Time what is done."""
        began = time.perf_counter()
        yield
        self.add(stage, time.perf_counter() - began)

    def add(self, stage: str, seconds: float) -> None:
        """Take in how long a stage took."""
        self._times[stage].append(seconds)

    def line(self) -> str:
        """Of late, for a person who looks into it: each stage's median and 95th percentile, ms."""
        parts = []
        for stage, times in self._times.items():
            middle, slow = _middle_and_slow(list(times)[-RECENT:])
            parts.append(f"{stage} {1000 * middle:.0f}/{1000 * slow:.0f}")
        return "  ".join(parts) + " ms"

    def as_dict(self) -> dict[str, list[float]]:
        """Of the whole session: each stage's median and 95th percentile, ms."""
        pairs = {stage: _middle_and_slow(list(times)) for stage, times in self._times.items()}
        return {stage: [round(1000 * seconds, 1) for seconds in pair] for stage, pair in pairs.items()}


def _middle_and_slow(times: list[float]) -> tuple[float, float]:
    if len(times) < 2:
        return (times[0], times[0]) if times else (0.0, 0.0)
    cuts = quantiles(times, n=20, method="inclusive")
    return cuts[9], cuts[18]
