"""Painting a person from shaded capsules: skin, shirt, trousers, hair and shoes, far limbs first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from formcoach.landmarks import INDEX, SIDES
from puppet.camera import Camera
from puppet.figure import Array
from puppet.head import SKIN, paint_head
from puppet.trunk import SEAT, SHIRT, Trunk

Colour = tuple[float, float, float]
Ball = tuple[Array, float]
"""A centre in metres in the picture's axes, and a radius in metres."""

SHOE: Colour = (225, 222, 218)
IRON: Colour = (62, 58, 56)
_APART = 0.12
"""Metres of depth between thigh and shank from which they are painted each in its turn."""
_LAYERS = 5
_LIGHT = np.array([-0.30, -0.55])
_CIRCLE = np.stack([f(np.linspace(0, 2 * np.pi, 20, endpoint=False)) for f in (np.cos, np.sin)], axis=1)
_SHIFT = 4


@dataclass(frozen=True, slots=True)
class Outfit:
    """Colours, blue-green-red."""

    shirt: Colour = (150, 122, 38)
    trousers: Colour = (84, 62, 52)
    hair: Colour = (38, 48, 66)


@dataclass(slots=True)
class Canvas:
    """A picture that is painted in metres."""

    image: np.ndarray
    camera: Camera
    width: float

    def pixels(self, points: Array) -> Array:
        """Where points in the picture's axes appear, in pixels."""
        return self.camera.look(np.asarray(points), self.width) * self.image.shape[0]

    def size(self, metres: float, depth: float) -> float:
        """A length at a depth, in pixels."""
        camera = self.camera
        near = camera.distance / (camera.distance + depth)
        return metres * camera.scale(self.width) * near * self.image.shape[0]

    def solid(self, parts: Sequence[Sequence[Ball]], colour: Colour, shade: float = 1.0) -> None:
        """One body of several parts, each the hull of its balls, lit from above."""
        placed = [
            [(self.pixels(centre), self.size(radius, centre[2])) for centre, radius in part] for part in parts
        ]
        for layer in range(_LAYERS):
            depth = layer / (_LAYERS - 1)
            tone = shade * (0.66 + 0.40 * depth)
            paint = tuple(min(255.0, channel * tone) for channel in colour)
            for part in placed:
                rims = [at + r * (0.42 * depth * _LIGHT + (1 - 0.52 * depth) * _CIRCLE) for at, r in part]
                self.fill(cv2.convexHull(np.concatenate(rims).astype(np.float32))[:, 0], paint)

    def fill(self, outline: Array, colour: Sequence[float]) -> None:
        """A polygon, its outline in pixels."""
        corners = np.round(outline * (1 << _SHIFT)).astype(np.int32)
        cv2.fillPoly(self.image, [corners], colour, cv2.LINE_AA, _SHIFT)


def paint_person(
    canvas: Canvas, points: Array, bow: float, outfit: Outfit, dumbbells: bool = False, build: float = 1.0
) -> None:
    """Paints one person.

    Args:
        canvas: the picture.
        points: `(33, 3)` metres in the picture's axes.
        bow: of the spine, trunk lengths.
        outfit: colours.
        dumbbells: whether the hands hold them.
        build: how thick the trunk is, 1 = as usual.
    """
    trunk = Trunk.of(points, bow, build)
    ears = (points[INDEX["left_ear"]] + points[INDEX["right_ear"]]) / 2
    collar = trunk.top + 0.4 * (ears - trunk.top)
    layers = [(trunk.hips[2], lambda: _paint_trunk(canvas, trunk, collar, outfit))]
    # The head belongs in front of the chest and behind the near arm when seen from the side.
    layers.append(
        (min(ears[2], trunk.hips[2]) - 0.01, lambda: paint_head(canvas, points, collar, outfit.hair))
    )
    for side in SIDES:
        at = {name.removeprefix(f"{side}_"): points[INDEX[name]] for name in INDEX if name.startswith(side)}
        far = float(np.clip((at["hip"][2] - trunk.hips[2]) / 0.1, 0.0, 1.0))
        shade = 1.0 - 0.22 * far
        arm = (at["shoulder"][2] + at["elbow"][2] + at["wrist"][2]) / 3
        layers += _leg_layers(canvas, at, outfit, shade)
        layers.append((arm, lambda at=at, shade=shade: _paint_arm(canvas, at, outfit, shade, dumbbells)))
    for _, paint in sorted(layers, key=lambda layer: -layer[0]):
        paint()


def _paint_trunk(canvas: Canvas, trunk: Trunk, collar: Array, outfit: Outfit) -> None:
    canvas.solid(_hulls(trunk, SEAT), outfit.trousers)
    canvas.solid([[(trunk.top, 0.058), (collar, 0.054)]], SKIN, 0.9)
    canvas.solid(_hulls(trunk, SHIRT), outfit.shirt)


def _hulls(trunk: Trunk, part: tuple[tuple[float, float, float, float], ...]) -> list[list[Ball]]:
    """The solids between neighbouring cross-sections."""
    stations = [
        [(trunk.place(share, ahead, aside), deep) for aside in (-(wide - deep), wide - deep)]
        for share, deep, wide, ahead in (
            (s, trunk.build * deep, wide, ahead) for s, deep, wide, ahead in part
        )
    ]
    return [a + b for a, b in pairwise(stations)]


def _between(a: Array, b: Array, share: float) -> Array:
    return a + (b - a) * share


def _leg_layers(
    canvas: Canvas, at: dict[str, Array], outfit: Outfit, shade: float
) -> list[tuple[float, Callable[[], None]]]:
    """A leg, in two where its thigh and its shank lie at different depths: either may cross the other leg."""
    calf = _between(at["knee"], at["ankle"], 0.33) - 0.012 * _along_foot(at)
    thigh: list[Sequence[Ball]] = [
        [(at["hip"], 0.092), (_between(at["hip"], at["knee"], 0.4), 0.084), (at["knee"], 0.06)]
    ]
    shank: list[Sequence[Ball]] = [
        [(at["knee"], 0.06), (calf, 0.06)],
        [(calf, 0.06), (_between(at["knee"], at["ankle"], 0.9), 0.044)],
    ]
    upper, lower = (at["hip"][2] + at["knee"][2]) / 2, (at["knee"][2] + at["ankle"][2]) / 2

    def paint(trousers: list[Sequence[Ball]], with_foot: bool = True) -> None:
        if with_foot:
            _paint_foot(canvas, at, shade)
        canvas.solid(trousers, outfit.trousers, shade)

    if abs(upper - lower) < _APART:
        return [((at["hip"][2] + at["knee"][2] + at["ankle"][2]) / 3, lambda: paint(thigh + shank))]
    return [(upper, lambda: paint(thigh, with_foot=False)), (lower, lambda: paint(shank))]


def _along_foot(at: dict[str, Array]) -> Array:
    along = at["foot_index"] - at["heel"]
    return along / np.linalg.norm(along)


def _paint_foot(canvas: Canvas, at: dict[str, Array], shade: float) -> None:
    along = _along_foot(at)
    rise = at["ankle"] - (at["heel"] + 0.045 * along)
    rise = rise / np.linalg.norm(rise)
    sole = at["ankle"] - 0.08 * rise

    def ball(ahead: float, radius: float) -> Ball:
        return sole + along * ahead + rise * radius, radius

    canvas.solid([[(_between(at["knee"], at["ankle"], 0.8), 0.036), (at["ankle"], 0.034)]], SKIN, shade)
    shoe = [
        [ball(-0.035, 0.036), ball(0.09, 0.034), (at["ankle"] - 0.012 * rise, 0.038)],
        [ball(0.08, 0.036), ball(0.155, 0.025)],
    ]
    canvas.solid(shoe, SHOE, shade)


def _paint_arm(canvas: Canvas, at: dict[str, Array], outfit: Outfit, shade: float, dumbbells: bool) -> None:
    arm = [
        [(at["shoulder"], 0.05), (at["elbow"], 0.039)],
        [(at["elbow"], 0.039), (_between(at["elbow"], at["wrist"], 0.25), 0.041), (at["wrist"], 0.027)],
    ]
    knuckles = (at["index"] + at["pinky"]) / 2
    along = knuckles - at["wrist"]
    across = (at["index"] - at["pinky"]) * 0.55
    if dumbbells:
        canvas.solid([*arm, [(at["wrist"], 0.027), (knuckles, 0.034)]], SKIN, shade)
        _paint_dumbbell(canvas, knuckles, at["foot_index"] - at["heel"])
    else:
        tip = at["wrist"] + 1.85 * along
        hand = [
            [(at["wrist"], 0.026), (knuckles + across, 0.02), (knuckles - across, 0.02)],
            [
                (knuckles + across, 0.019),
                (knuckles - across, 0.019),
                (tip + 0.6 * across, 0.013),
                (tip - 0.6 * across, 0.013),
            ],
            [(at["wrist"] + 0.2 * along, 0.016), (at["thumb"], 0.012), (at["thumb"] + 0.3 * along, 0.01)],
        ]
        canvas.solid([*arm, *hand], SKIN, shade)
    sleeve = [[(at["shoulder"], 0.066), (_between(at["shoulder"], at["elbow"], 0.5), 0.053)]]
    canvas.solid(sleeve, outfit.shirt, shade * 0.94)


def _paint_dumbbell(canvas: Canvas, grip: Array, forwards: Array) -> None:
    level = np.array([forwards[0], 0.0, forwards[2]])
    level = level / (np.linalg.norm(level) or 1.0)
    canvas.solid([[(grip - 0.08 * level, 0.014), (grip + 0.08 * level, 0.014)]], IRON)
    for end in (-1.0, 1.0):
        canvas.solid([[(grip + end * 0.065 * level, 0.042), (grip + end * 0.095 * level, 0.042)]], IRON)
