"""The puppet's trunk: its cross-sections, and the outline of its back as the camera sees it.

Painting and truth are made of the same balls: what `outline` gives is the edge of what is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from formcoach.landmarks import INDEX
from formcoach.outline import HOLLOW, POINTS, REACH
from puppet.camera import Camera
from puppet.figure import Array

SHIRT = (
    (0.12, 0.1, 0.155, -0.01),
    (0.25, 0.101, 0.15, 0.006),
    (0.4, 0.103, 0.15, 0.008),
    (0.58, 0.111, 0.16, 0.008),
    (0.75, 0.115, 0.165, 0.002),
    (0.9, 0.1, 0.185, -0.008),
    (1.0, 0.072, 0.195, -0.012),
    (1.08, 0.05, 0.08, -0.008),
)
"""Cross-sections from hips (0) to shoulders (1): half depth, half width and how far ahead, metres."""
SEAT = ((-0.10, 0.085, 0.15, -0.03), (0.04, 0.105, 0.165, -0.02), (0.2, 0.095, 0.15, 0.0))

_BETWEEN = np.linspace(0.0, 1.0, 5)
_ACROSS = np.array([-1.0, 0.0, 1.0])
_AT_ONCE = 32
"""Moments whose outlines are worked out together: few enough for the cache of a processor."""


@dataclass(frozen=True, slots=True)
class Trunk:
    """A trunk at one moment or at several: every place is `(…, 3)` metres in the picture's axes.

    Attributes:
        hips, top: the middles of hips and shoulders.
        up: from hips to shoulders.
        chest: the way the chest faces.
        right: to the person's right, at the shoulders.
        turned: `(…,)` radians that the shoulders are turned about `up` against the hips.
        length: `(…,)` metres.
        bow: `(…,)` of the spine, trunk lengths, + = rounded.
        build: how thick the body is, 1 = as usual.
    """

    hips: Array
    top: Array
    up: Array
    chest: Array
    right: Array
    turned: Array
    length: Array
    bow: Array
    build: float = 1.0

    @classmethod
    def of(cls, points: Array, bow: Array | float, build: float = 1.0) -> Trunk:
        """The trunk between landmarks `(…, 33, 3)`."""
        hips = (points[..., INDEX["left_hip"], :] + points[..., INDEX["right_hip"], :]) / 2
        top = (points[..., INDEX["left_shoulder"], :] + points[..., INDEX["right_shoulder"], :]) / 2
        length = np.linalg.norm(top - hips, axis=-1)
        right, below = (
            points[..., INDEX[f"right_{part}"], :] - points[..., INDEX[f"left_{part}"], :]
            for part in ("shoulder", "hip")
        )
        right = right / np.linalg.norm(right, axis=-1, keepdims=True)
        up = (top - hips) / length[..., None]
        chest = np.cross(up, right)
        turned = np.arctan2(-(below * chest).sum(-1), (below * right).sum(-1))
        return cls(hips, top, up, chest, right, turned, length, np.asarray(bow), build)

    def place(self, share: float, ahead: float, aside: float = 0.0) -> Array:
        """A point `share` of the way up, so many metres ahead of the spine's middle and to the right."""
        bowed = self.bow * self.length * (4.0 * share * (1.0 - share) if 0.0 < share < 1.0 else 0.0)
        along = (self.length * share)[..., None] * self.up
        right, chest = self.facing(share)
        return self.hips + along + (ahead - bowed)[..., None] * chest + aside * right

    def facing(self, share: float) -> tuple[Array, Array]:
        """To the right and the way the front faces, `share` of the way up: the spine turns evenly."""
        back = ((1.0 - min(max(share, 0.0), 1.0)) * self.turned)[..., None]
        cos, sin = np.cos(back), np.sin(back)
        return cos * self.right - sin * self.chest, cos * self.chest + sin * self.right


def outlines(points: Array, bow: Array, build: float, camera: Camera, width: float) -> Array:
    """The edge of the drawn back along the line between the near side's shoulder and hip.

    Args:
        points: `(n, 33, 3)` metres in the picture's axes.
        bow: `(n,)` trunk lengths.
        build: how thick the body is, 1 = as usual.
        camera: as filmed.
        width: metres that the picture is framed for.

    Returns:
        `(n, POINTS)` as in `PoseSample.back`: NaN where the edge lies out of the picture.
    """
    parts = [
        _edges(Trunk.of(points[some], bow[some], build), points[some], camera, width)
        for some in (slice(start, start + _AT_ONCE) for start in range(0, len(points), _AT_ONCE))
    ]
    return np.concatenate(parts) if parts else np.empty((0, POINTS))


def _edges(trunk: Trunk, points: Array, camera: Camera, width: float) -> Array:
    shoulder, hip = (_near(points, part, camera, width) for part in ("shoulder", "hip"))
    line = shoulder - hip
    length = np.linalg.norm(line, axis=-1)
    up = line / length[:, None]
    # Of both directions across the line, the back's is the one the chest does not face.
    back = np.stack([-up[:, 1], up[:, 0]], axis=-1)
    back *= -np.sign((back * trunk.chest[:, :2]).sum(-1, keepdims=True))
    starts = shoulder[:, None] - np.linspace(0.0, 1.0, POINTS)[:, None] * line[:, None]
    centres, radii = _balls(trunk, camera, width)
    reach = _leave(starts, back, centres, radii, HOLLOW * length)
    edge = starts + reach[..., None] * back[:, None]
    inside = ((edge >= 0.0) & (edge <= [camera.aspect, 1.0])).all(-1)
    offsets = reach / length[:, None]
    return np.where(inside & (offsets <= REACH), offsets, np.nan)


def _near(points: Array, part: str, camera: Camera, width: float) -> Array:
    """Where the part of the side nearer to the camera appears, image heights."""
    sides = [INDEX[f"{side}_{name}"] for side in ("left", "right") for name in ("shoulder", "hip")]
    left = points[:, sides[:2], 2].sum(-1) < points[:, sides[2:], 2].sum(-1)
    pair = points[:, INDEX[f"left_{part}"]], points[:, INDEX[f"right_{part}"]]
    return camera.look(np.where(left[:, None], *pair), width)


def _balls(trunk: Trunk, camera: Camera, width: float) -> tuple[Array, Array]:
    """What the trunk is made of in the picture: centres `(n, k, 2)` and radii `(n, k)`, image heights.

    The hull of two balls is all the balls in between.
    """
    ends = [
        [_station(trunk, *station) for station in pair] for part in (SEAT, SHIRT) for pair in pairwise(part)
    ]
    first, second = (np.stack([pair[i] for pair in ends], axis=1) for i in (0, 1))
    share = _BETWEEN[:, None, None]
    balls = first[:, :, None] * (1 - share) + second[:, :, None] * share
    balls = balls.reshape(len(balls), -1, 4)
    near = camera.distance / (camera.distance + balls[..., 2])
    return camera.look(balls[..., :3], width), balls[..., 3] * near * camera.scale(width)


def _station(trunk: Trunk, share: float, deep: float, wide: float, ahead: float) -> Array:
    """A cross-section: balls `(n, 3, 4)` from side to side, each a place and a radius, metres."""
    middle = trunk.place(share, ahead)[:, None]
    deep *= trunk.build
    places = middle + ((wide - deep) * _ACROSS)[:, None] * trunk.facing(share)[0][:, None]
    return np.concatenate([places, np.full((*places.shape[:2], 1), deep)], axis=-1)


def _leave(starts: Array, direction: Array, centres: Array, radii: Array, hollow: Array) -> Array:
    """How far it is from `starts` `(n, m, 2)` to the last edge of the balls; NaN where none is near."""
    x, y = (centres[:, None, :, i] - starts[:, :, None, i] for i in (0, 1))
    dx, dy = direction[:, 0, None, None], direction[:, 1, None, None]
    along = x * dx + y * dy
    aside = x * dy - y * dx
    square = radii[:, None] ** 2 - aside * aside
    half = np.sqrt(np.maximum(square, 0.0))
    met = (square >= 0.0) & (along + half >= 0.0)
    near = (met & (along - half <= hollow[:, None, None])).any(-1)
    return np.where(near, np.where(met, along + half, -np.inf).max(-1), np.nan)
