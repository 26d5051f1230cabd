"""The outline of the back: from a silhouette to offsets along the trunk.

The pose model has no landmark on the spine. Seen from the side, though, the edge of the person's
silhouette between shoulder and hip is the back itself. Which edge is dorsal comes from the body: going
up the trunk from hip to shoulder, somebody who shows their left side has their back on the right hand.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from formcoach.landmarks import INDEX, SIDES, FloatArray

POINTS = 25
"""Offsets along the trunk, from shoulder (0) to hip (1)."""

REACH = 0.7
"""Trunk lengths from the shoulder-hip line within which the back is looked for."""

HOLLOW = 0.25
"""Trunk lengths from that line within which the body must begin: in front of a well rounded back the line
runs outside of the body, and a weight may be left out of the silhouette."""

STEPS = 140
"""Places on each ray at which the silhouette is looked up: closer than its own pixels."""

EDGE = 0.5
"""The silhouette's value at the edge of a body."""

Array = npt.NDArray[np.floating]


def nearer_side(world: FloatArray) -> str:
    """The side of the trunk that is nearer to the camera, from landmarks as in `PoseSample.world`."""
    depth = {side: world[[INDEX[f"{side}_shoulder"], INDEX[f"{side}_hip"]], 2].sum() for side in SIDES}
    return min(SIDES, key=lambda side: float(depth[side]))


def nearer_back(silhouette: FloatArray | None, xy: FloatArray, world: FloatArray) -> FloatArray:
    """The outline of the back, read on the side of the person that is nearer to the camera.

    Args:
        silhouette: `(height, width)`, 0 outside of the person to 1 inside; None where none was found.
        xy, world: the landmarks, as in `PoseSample`.

    Returns:
        As `outline_of_back`; all NaN without a silhouette.
    """
    if silhouette is None:
        return np.full(POINTS, np.nan, np.float32)
    near = nearer_side(world)
    pixels = xy.astype(np.float64) * silhouette.shape[0] - 0.5
    return outline_of_back(silhouette, pixels[INDEX[f"{near}_shoulder"]], pixels[INDEX[f"{near}_hip"]], near)


def outline_of_back(silhouette: Array, shoulder: Array, hip: Array, near: str) -> FloatArray:
    """Where the silhouette's dorsal edge lies along the trunk.

    Args:
        silhouette: `(height, width)`, 0 outside of the person to 1 inside.
        shoulder, hip: `(x, y)` of the near side in the silhouette's pixels, y down.
        near: the side that the person shows, `left` or `right`.

    Returns:
        `(POINTS,)` float32 distances of the edge from the shoulder-hip line in trunk lengths, shoulder
        first, + towards the back. NaN where there is no edge to be found: the silhouette lies
        elsewhere, or goes on to the picture's border or beyond reach.
    """
    trunk = float(np.hypot(*(shoulder - hip)))
    if not trunk >= 8.0:
        return np.full(POINTS, np.nan, np.float32)
    up = (shoulder - hip) / trunk
    back = np.array([-up[1], up[0]]) if near == "left" else np.array([up[1], -up[0]])
    along = np.linspace(0.0, 1.0, POINTS)[:, None]
    reach = np.linspace(0.0, REACH, STEPS)
    rays = (shoulder + (hip - shoulder) * along)[:, None, :] + back * (reach * trunk)[:, None]
    inside = _look_up(silhouette, rays[..., 0], rays[..., 1])
    return _first_crossing(inside, reach).astype(np.float32)


def _look_up(silhouette: Array, x: Array, y: Array) -> Array:
    """The silhouette between its pixels, linearly; NaN outside of it."""
    height, width = silhouette.shape
    column, row = np.floor(x).astype(int), np.floor(y).astype(int)
    within = (column >= 0) & (row >= 0) & (column < width - 1) & (row < height - 1)
    column, row = np.clip(column, 0, width - 2), np.clip(row, 0, height - 2)
    across, down = x - column, y - row
    upper = silhouette[row, column] * (1 - across) + silhouette[row, column + 1] * across
    lower = silhouette[row + 1, column] * (1 - across) + silhouette[row + 1, column + 1] * across
    return np.where(within, upper * (1 - down) + lower * down, np.nan)


def _first_crossing(inside: Array, reach: Array) -> Array:
    """Along each ray, where the body that begins nearby first ends; NaN where it does not."""
    rows = np.arange(len(inside))
    body = inside >= EDGE
    begin = body.argmax(axis=1)
    ended = ~body & (np.arange(len(reach)) > begin[:, None])
    first = ended.argmax(axis=1)
    found = body[rows, begin] & (reach[begin] <= HOLLOW) & ended[rows, first] & ~np.isnan(inside[rows, first])
    before = np.maximum(first - 1, 0)
    high, low = inside[rows, before], inside[rows, first]
    with np.errstate(invalid="ignore", divide="ignore"):
        share = (high - EDGE) / (high - low)
        place = reach[before] + share * (reach[first] - reach[before])
    return np.where(found, place, np.nan)
