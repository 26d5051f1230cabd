"""What goes wrong between a person and a pose model: jitter, gaps, hidden limbs, somebody else."""

from __future__ import annotations

from collections.abc import Sequence
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

BACK_JITTER = (0.004, 0.007, 0.005)
BACK_GRAIN = 0.003
"""Standard deviations of the back's outline in trunk lengths: how far off all of it is, how askew, how
bowed, and each of its points; without memory from one reading to the next. Four people keeping still on
video have 0.002 to 0.005, 0.004 to 0.011, 0.002 to 0.006 and 0.002 to 0.006."""
FLAP = 0.12
"""How far an arm across the back's edge sticks out, trunk lengths."""


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
        back_hidden: `(start, end)` seconds in which something hides the middle of the back.
        flaps: `(start, end)` seconds in which an arm or a piece of cloth lies across the back's edge.
        plain_wall: whether nothing in the room tells how far the camera leans.
        light: how bright the lighter parts of the picture are, 0 to 1.
    """

    noise: float = 0.0
    bias: dict[str, tuple[float, float]] = field(default_factory=dict)
    seed: int = 0
    dropouts: tuple[tuple[float, float], ...] | list[tuple[float, float]] = ()
    hidden: tuple[str, ...] = ()
    passer_by: tuple[float, float] | None = None
    back_hidden: tuple[tuple[float, float], ...] | list[tuple[float, float]] = ()
    flaps: tuple[tuple[float, float], ...] | list[tuple[float, float]] = ()
    plain_wall: bool = False
    light: float = 0.8

    def missing(self, times: Array) -> np.ndarray:
        """Where a dropout is."""
        return _during(times, self.dropouts)

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

    def blur(self, times: Array, outlines: Array) -> Array:
        """Outlines of the back as the model would give them."""
        rng = np.random.default_rng([self.seed, 1])
        along = np.linspace(-0.5, 0.5, outlines.shape[1])
        shapes = np.stack([np.ones_like(along), along, 1.0 - 4.0 * along**2])
        off = rng.standard_normal((len(outlines), len(shapes))) * BACK_JITTER @ shapes
        off += rng.standard_normal(outlines.shape) * BACK_GRAIN
        seen = outlines + self.noise * off
        third = slice(outlines.shape[1] // 3, -(outlines.shape[1] // 3))
        seen[_during(times, self.back_hidden), third] = np.nan
        seen[_during(times, self.flaps), third] += FLAP
        return seen


def _during(times: Array, spans: Sequence[tuple[float, float]]) -> np.ndarray:
    within = np.zeros(len(times), bool)
    for start, end in spans:
        within |= (times >= start) & (times < end)
    return within


_SIZES = np.array([JITTER.get(name.partition("_")[2], HEAD_JITTER) for name in INDEX])
