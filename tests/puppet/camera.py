"""The camera: where the figure appears in the picture, and which of its points can be seen."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from formcoach.landmarks import INDEX, SIDES
from puppet.figure import Array


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera on a stand.

    Attributes:
        facing: which way the person faces in the picture, `left` or `right`. Facing left they show
            their left side.
        yaw: degrees from exactly side-on towards the front: 0 = side, 90 = front, negative = behind.
        roll: degrees that the picture is turned, + = clockwise.
        pitch: degrees that the camera looks down.
        distance: metres from the person.
        height: metres above the floor.
        aspect: picture width divided by height.
        zoom: 1 = the exercise just fits comfortably.
        shift: where the person is put off the middle, image heights to the right and down.
    """

    facing: str = "right"
    yaw: float = 0.0
    roll: float = 0.0
    pitch: float = 0.0
    distance: float = 4.0
    height: float = 0.9
    aspect: float = 16 / 9
    zoom: float = 1.0
    shift: tuple[float, float] = (0.0, 0.0)

    def __post_init__(self) -> None:
        if self.facing not in SIDES:
            raise ValueError(f"facing is left or right, not {self.facing}")

    def scale(self, width: float) -> float:
        """Image heights per metre at the person, so that `width` metres and a person standing fit."""
        return self.zoom * min(0.5, 0.94 * self.aspect / width)

    def turn(self, points: Array) -> Array:
        """From the person's axes (forward, up, right) to the picture's (right, down, away), metres."""
        way = -1.0 if self.facing == "left" else 1.0
        cos, sin = math.cos(math.radians(self.yaw)), math.sin(math.radians(self.yaw))
        forward, up, right = points[..., 0], points[..., 1], points[..., 2]
        across, away = way * cos * forward - sin * right, -sin * forward - way * cos * right
        return self.tilt(np.stack([across, -up, away], axis=-1))

    def tilt(self, room: Array) -> Array:
        """From the room's axes (right, down, away) to the picture's, which pitch and roll have turned."""
        tilt, lean = math.radians(self.pitch), math.radians(self.roll)
        x, y, z = np.moveaxis(room, -1, 0)
        y, z = y * math.cos(tilt) + z * math.sin(tilt), z * math.cos(tilt) - y * math.sin(tilt)
        x, y = x * math.cos(lean) - y * math.sin(lean), x * math.sin(lean) + y * math.cos(lean)
        return np.stack([x, y, z], axis=-1)

    def look(self, turned: Array, width: float) -> Array:
        """Where turned points appear.

        Args:
            turned: `(…, 3)` metres, 0 on the floor under the person.
            width: metres that the picture is framed for.

        Returns:
            `(…, 2)` image heights.
        """
        scale = self.scale(width)
        floor = min(0.93, 0.55 + 0.85 * scale)  # where the person stands in the picture
        lean = math.radians(self.roll)
        eye = self.height * np.array([math.sin(lean), -math.cos(lean)])
        centre = np.array([self.aspect / 2 + self.shift[0], 0.5 + self.shift[1]])
        # The floor below the person is put at its place before the picture is turned about its middle.
        offset = (floor - 0.5) * np.array([-math.sin(lean), math.cos(lean)])
        near = (self.distance / (self.distance + turned[..., 2]))[..., None]
        return centre + offset + scale * (eye + near * (turned[..., :2] - eye))


_THICK = {
    ("shoulder", "elbow"): 0.055,
    ("elbow", "wrist"): 0.05,
    ("hip", "knee"): 0.085,
    ("knee", "ankle"): 0.06,
    ("ankle", "foot_index"): 0.05,
    ("shoulder", "hip"): 0.12,
}
"""Radii of what can hide a point, metres."""
_BONES = [(INDEX[f"{side}_{a}"], INDEX[f"{side}_{b}"], r) for side in SIDES for (a, b), r in _THICK.items()]
_ALWAYS = [INDEX[f"{side}_{part}"] for side in SIDES for part in ("shoulder", "hip", "eye", "ear")]
_LEGS = [(INDEX[f"{side}_knee"], INDEX[f"{side}_ankle"]) for side in SIDES]
CROSSED = 0.65
"""How well the model sees a hidden knee whose ankle is in sight: 0.62 to 0.72 of drawn people, where it is
0.2 to 0.5 with the ankle hidden as well."""
BEHIND = 0.05
"""Metres that something must lie nearer to the camera to hide a point."""


def visibility(turned: Array, xy: Array, aspect: float, scale: float) -> Array:
    """What a pose model says of how well it sees the points.

    People's own: 0.99 near, 0.3 or less behind the body, 0.8 on the far side with nothing in front;
    shoulders, hips and the head about 1 on both sides; next to nothing outside the picture.

    Args:
        turned: `(n, 33, 3)` metres in the picture's axes.
        xy: `(n, 33, 2)` image heights.
        aspect: the picture's width divided by its height.
        scale: image heights per metre.

    Returns:
        `(n, 33)`, 0 to 1.
    """
    starts, ends, thick = (np.array(column) for column in zip(*_BONES, strict=True))
    a, b = xy[:, None, starts], xy[:, None, ends]
    along_x, along_y = np.moveaxis(b - a, -1, 0)
    to_x, to_y = np.moveaxis(xy[:, :, None] - a, -1, 0)
    length2 = np.maximum(along_x**2 + along_y**2, 1e-9)
    share = np.clip((to_x * along_x + to_y * along_y) / length2, 0.0, 1.0)
    gap = np.hypot(to_x - share * along_x, to_y - share * along_y) / (scale * thick)
    depth = turned[:, None, starts, 2] * (1 - share) + turned[:, None, ends, 2] * share
    behind = turned[:, :, None, 2] - depth > BEHIND
    hidden = np.clip(1.6 - gap, 0.0, 1.0) * behind
    far = np.clip((turned[..., 2] - turned[..., 2].mean(axis=1)[:, None]) / 0.1, 0.0, 1.0)
    seen = 0.99 - 0.12 * far - 0.6 * hidden.max(axis=-1)
    seen[:, _ALWAYS] = 0.99
    for knee, ankle in _LEGS:
        seen[:, knee] = np.maximum(seen[:, knee], np.minimum(CROSSED, seen[:, ankle]))
    outside = (xy < 0.0).any(-1) | (xy[..., 0] > aspect) | (xy[..., 1] > 1.0)
    return np.where(outside, 0.05, seen)
