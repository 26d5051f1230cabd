"""What a worse picture does to samples: pure functions, seeded, each with one strength in a stated unit.

None of them moves a sample in time or changes what is true of the performance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from formcoach.landmarks import INDEX, LANDMARK_COUNT, LANDMARKS, OTHER_SIDE, SIDES, PoseSample, nobody

Samples = Sequence[PoseSample]
Array = npt.NDArray[Any]

WANDER_S = 2.0
"""Time constant with which a model's points wander."""
DEPTH = 3.0
"""The factor for depth: as much worse is the model's."""
EVERY_S = 4.0
"""Once in so many seconds something is out of sight, or no picture comes."""
SWAP_S = 0.3
"""So long the model keeps to the wrong side."""
UNSEEN = 0.05
"""The visibility of what is not seen."""
LIMBS: tuple[tuple[str, ...], ...] = (
    ("elbow", "wrist", "index", "pinky", "thumb"),
    ("knee", "ankle", "heel", "foot_index"),
)
LEG = LIMBS[1]
_SHOULDERS, _HIPS = ([INDEX[f"{side}_{part}"] for side in SIDES] for part in ("shoulder", "hip"))


def degrade_shake(samples: Samples, percent: float, seed: int) -> list[PoseSample]:
    """Every point trembles anew in each picture, by a standard deviation of `percent` of the trunk."""
    rng = np.random.default_rng([seed, 1])
    return _moved(samples, percent, rng.standard_normal((len(samples), LANDMARK_COUNT, 3)))


def degrade_wander(samples: Samples, percent: float, seed: int) -> list[PoseSample]:
    """Every point wanders slowly, by a standard deviation of `percent` of the trunk."""
    rng = np.random.default_rng([seed, 2])
    fresh = rng.standard_normal((len(samples), LANDMARK_COUNT, 3))
    times = np.array([sample.t for sample in samples])
    kept = np.exp(-np.diff(times, prepend=times[:1]) / WANDER_S)
    off = np.empty_like(fresh)
    for i, keep in enumerate(kept):
        off[i] = fresh[i] if i == 0 else keep * off[i - 1] + np.sqrt(1.0 - keep**2) * fresh[i]
    return _moved(samples, percent, off)


def degrade_lose(samples: Samples, percent: float, seed: int) -> list[PoseSample]:
    """Of the points of each picture `percent` are not seen, each time others."""
    rng = np.random.default_rng([seed, 3])
    return [_hidden(sample, rng.random(LANDMARK_COUNT) < percent / 100.0) for sample in samples]


def degrade_hide(samples: Samples, seconds: float, seed: int) -> list[PoseSample]:
    """Once in `EVERY_S` one arm or one leg is out of sight for so long."""
    rng = np.random.default_rng([seed, 4])
    spans = _spans(samples, seconds, rng)
    masks = [_mask(rng.choice(SIDES), LIMBS[rng.integers(len(LIMBS))]) for _ in spans]
    out = []
    for sample in samples:
        during = [mask for mask, span in zip(masks, spans, strict=True) if _within(sample.t, span)]
        out.append(_hidden(sample, np.any(during, axis=0)) if during else sample)
    return out


def degrade_drop(samples: Samples, percent: float, seed: int) -> list[PoseSample]:
    """`percent` of the pictures never come; the first does."""
    rng = np.random.default_rng([seed, 5])
    kept = rng.random(len(samples)) >= percent / 100.0
    return [sample for i, sample in enumerate(samples) if i == 0 or kept[i]]


def degrade_stall(samples: Samples, seconds: float, seed: int) -> list[PoseSample]:
    """Once in `EVERY_S` no picture comes for so long."""
    spans = _spans(samples, seconds, np.random.default_rng([seed, 6]))
    return [sample for sample in samples if not any(_within(sample.t, span) for span in spans)]


def degrade_blind(samples: Samples, seconds: float, seed: int) -> list[PoseSample]:
    """Once in `EVERY_S` the model finds nobody for so long."""
    spans = _spans(samples, seconds, np.random.default_rng([seed, 6]))
    return [
        replace(nobody(sample.t, sample.aspect), room=sample.room)
        if any(_within(sample.t, span) for span in spans)
        else sample
        for sample in samples
    ]


def degrade_swap(samples: Samples, percent: float, seed: int) -> list[PoseSample]:
    """For `percent` of the time the model takes left for right, all over the body."""
    rng = np.random.default_rng([seed, 7])
    return _swapped(samples, percent, rng, _twins(LANDMARKS))


def degrade_cross(samples: Samples, percent: float, seed: int) -> list[PoseSample]:
    """For `percent` of the time the model takes one leg for the other."""
    rng = np.random.default_rng([seed, 8])
    return _swapped(samples, percent, rng, _twins([f"{side}_{part}" for side in SIDES for part in LEG]))


def _moved(samples: Samples, percent: float, off: Array) -> list[PoseSample]:
    """Points moved by shares of the trunk, `(n, 33, 3)`: its usual length, for at times it looks short."""
    xy, world = _trunk(samples, "xy"), _trunk(samples, "world")
    off = off * percent / 100.0
    moved = []
    for sample, by in zip(samples, off, strict=True):
        away = by * [1.0, 1.0, DEPTH] * world
        moved.append(
            replace(
                sample,
                xy=(sample.xy + by[:, :2] * xy).astype(np.float32),
                world=None if sample.world is None else (sample.world + away).astype(np.float32),
            )
        )
    return moved


def _trunk(samples: Samples, points: str) -> float:
    """The usual length of the trunk, in the unit of these points; 0 where nobody is ever seen."""
    found = [getattr(sample, points) for sample in samples if sample.someone]
    lengths = [
        np.linalg.norm(of[_SHOULDERS].mean(axis=0) - of[_HIPS].mean(axis=0)) for of in found if of is not None
    ]
    return float(np.median(lengths)) if lengths else 0.0


def _hidden(sample: PoseSample, mask: Array) -> PoseSample:
    return replace(sample, visibility=np.where(mask, UNSEEN, sample.visibility).astype(np.float32))


def _mask(side: str, parts: Sequence[str]) -> Array:
    mask = np.zeros(LANDMARK_COUNT, bool)
    mask[[INDEX[f"{side}_{part}"] for part in parts]] = True
    return mask


def _twins(names: Sequence[str]) -> Array:
    """The order of the landmarks with those of these names exchanged for those of the other side."""
    order = np.arange(LANDMARK_COUNT)
    for name in names:
        twin = "_".join(OTHER_SIDE.get(word, word) for word in name.split("_"))
        order[INDEX[name]] = INDEX[twin]
    return order


def _swapped(samples: Samples, percent: float, rng: np.random.Generator, order: Array) -> list[PoseSample]:
    """In spells of `SWAP_S`, as many of them as make up the share."""
    count = int(samples[-1].t // SWAP_S) + 1 if samples else 0
    wrong = rng.permutation(count) < round(count * percent / 100.0)
    return [
        replace(
            sample,
            xy=sample.xy[order],
            visibility=sample.visibility[order],
            world=None if sample.world is None else sample.world[order],
        )
        if wrong[int(sample.t // SWAP_S)]
        else sample
        for sample in samples
    ]


def _spans(samples: Samples, seconds: float, rng: np.random.Generator) -> list[tuple[float, float]]:
    """One in each `EVERY_S`, somewhere within it, all of it where it is as long."""
    ends = np.arange(0.0, samples[-1].t if samples else 0.0, EVERY_S)
    starts = ends + rng.random(len(ends)) * max(0.0, EVERY_S - seconds)
    return [(start, start + seconds) for start in starts.tolist()]


def _within(t: float, span: tuple[float, float]) -> bool:
    return span[0] <= t < span[1]
