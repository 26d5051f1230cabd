"""What goes wrong between a person and a pose model: jitter, gaps, hidden limbs, somebody else."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from formcoach.landmarks import INDEX, LANDMARK_COUNT
from puppet.figure import Array

CORRELATION_S = 0.2
"""Time constant of the jitter. Of people keeping still, 25 frames a second, the model's landmarks
have autocorrelations of 0.8, 0.6 and 0.3 at one, two and four frames (five clips, medians)."""

JITTER: dict[str, float] = {
    "shoulder": 0.003,
    "hip": 0.003,
    "elbow": 0.004,
    "wrist": 0.004,
    "index": 0.005,
    "pinky": 0.005,
    "thumb": 0.005,
    "knee": 0.006,
    "ankle": 0.006,
    "heel": 0.010,
    "foot_index": 0.010,
}
"""Standard deviations in trunk lengths, measured likewise; of the head 0.002."""
HEAD_JITTER = 0.002
HARDER_TO_SEE = 1.5
"""The factor for points seen badly."""
DEPTH = 3.0
"""The factor for depth."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """All that may go wrong.

    Attributes:
        noise: 1 = jitter as the real model's, 0 = none.
        bias: by landmark the `(right, down)` error in trunk lengths that it always has.
        seed: another one, other noise.
        dropouts: `(start, end)` seconds in which nobody is found.
        hidden: landmarks that are out of sight, such as `("left_ankle",)`.
        passer_by: `(start, end)` seconds in which the model looks at somebody who walks past instead.
    """

    noise: float = 0.0
    bias: dict[str, tuple[float, float]] = field(default_factory=dict)
    seed: int = 0
    dropouts: tuple[tuple[float, float], ...] | list[tuple[float, float]] = ()
    hidden: tuple[str, ...] = ()
    passer_by: tuple[float, float] | None = None

    def missing(self, times: Array) -> np.ndarray:
        """Where a dropout is."""
        gone = np.zeros(len(times), bool)
        for start, end in self.dropouts:
            gone |= (times >= start) & (times < end)
        return gone

    def shake(self, times: Array, visible: Array) -> Array:
        """Jitter and bias, `(n, 33, 3)`, in trunk lengths; its statistics do not depend on the frame rate."""
        rng = np.random.default_rng(self.seed)
        step = np.diff(times, prepend=times[0] - 1.0)
        kept = np.exp(-step / CORRELATION_S)[:, None, None]
        fresh = rng.standard_normal((len(times), LANDMARK_COUNT, 3)) * np.sqrt(1.0 - kept**2)
        fresh[0] /= np.sqrt(1.0 - kept[0] ** 2)
        jitter = np.empty_like(fresh)
        state = np.zeros((LANDMARK_COUNT, 3))
        for i, (keep, new) in enumerate(zip(kept, fresh, strict=True)):
            state = keep * state + new
            jitter[i] = state
        jitter *= self.noise * _SIZES[:, None] * np.array([1.0, 1.0, DEPTH])
        jitter *= np.where(visible < 0.7, HARDER_TO_SEE, 1.0)[..., None]
        for name, (right, down) in self.bias.items():
            jitter[:, INDEX[name], :2] += (right, down)
        return jitter


_SIZES = np.array([JITTER.get(name.partition("_")[2], HEAD_JITTER) for name in INDEX])
