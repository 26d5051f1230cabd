"""A whole body drawn on a figure's bones."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from formcoach.frame import Image
from formcoach.landmarks import INDEX, OTHER_SIDE
from formcoach.overlay.drawing import Dot, Mask, disc, fill, stroke
from formcoach.overlay.palette import Colour
from formcoach.postures import TRUNK

THICK = 0.20
"""Trunk lengths from the line between shoulder and hip to the back."""

OUTLINE = np.linspace(0.0, 1.0, 33)
"""From shoulder to hip, where the edge of the back is drawn."""

Bones = tuple[tuple[str, str, float], ...]

_LEG: Bones = (("hip", "knee", 0.135), ("knee", "ankle", 0.10), ("heel", "foot_index", 0.06))
_ARM: Bones = (("shoulder", "elbow", 0.085), ("elbow", "wrist", 0.07), ("wrist", "index", 0.06))
"""The bones of a limb and how thick each is, metres."""

_AHEAD = 0.12
"""Metres towards whoever looks from which a left knee or elbow lies in front of the trunk."""


def draw_body(
    image: Image | Mask,
    dots: Sequence[Dot],
    bow: float,
    scale: float,
    *,
    front: bool,
    near: Colour | int,
    far: Colour | int,
    depth: Sequence[float],
) -> None:
    """Flesh on the bones: the far limbs, trunk and head, the near limbs.

    Args:
        image: drawn on.
        dots: all landmarks of somebody who shows their right side, or their front.
        bow: of the back, trunk lengths, + = rounded.
        scale: pixels a metre.
        front: whether they show their front.
        near, far: colours.
        depth: of each landmark, metres towards whoever looks.
    """

    def at(side: str, part: str) -> Dot:
        return dots[INDEX[f"{side}_{part}"]]

    def limb(side: str, bones: Bones, colour: Colour | int) -> None:
        for start, end, thick in bones:
            stroke(image, at(side, start), at(side, end), thick * scale, colour)

    def bearing(part: str) -> np.ndarray:
        """The nearer one of a pair that lies one behind the other, else its middle."""
        pair = [INDEX[f"{side}_{part}"] for side in ("right", "left")]
        apart = math.dist(*(dots[index] for index in pair)) / scale
        if apart < abs(depth[pair[0]] - depth[pair[1]]) / 2:
            return np.array(dots[pair[0]])
        middle: np.ndarray = np.mean([dots[index] for index in pair], axis=0)
        return middle

    left = near if front else far
    ahead = [bones for bones in (_LEG, _ARM) if depth[INDEX[f"left_{bones[0][1]}"]] > _AHEAD]
    for bones in (_LEG, _ARM):
        if bones not in ahead:
            limb("left", bones, left)
    ears = np.mean([at(side, "ear") for side in OTHER_SIDE], axis=0)
    shoulders = np.mean([at(side, "shoulder") for side in OTHER_SIDE], axis=0)
    nose = np.array(dots[INDEX["nose"]])
    head = ears if front else 0.7 * np.array(at("right", "ear")) + 0.3 * nose
    stroke(image, tuple(shoulders), tuple(ears), 0.10 * scale, near)
    disc(image, tuple(head), 0.105 * scale, near)
    if front:
        disc(image, tuple(nose), 0.018 * scale, far)
        corners = [at("left", "shoulder"), at("right", "shoulder"), at("right", "hip"), at("left", "hip")]
        fill(image, [corners], near)
        for one, other in zip(corners, corners[1:] + corners[:1], strict=True):
            stroke(image, one, other, 0.10 * scale, near)
    else:
        _draw_trunk(image, bearing("shoulder"), bearing("hip"), bow, scale, near)
    for bones in ahead:
        limb("left", bones, left)
    for bones in (_LEG, _ARM):
        limb("right", bones, near)


def _draw_trunk(
    image: Image | Mask, shoulder: np.ndarray, hip: np.ndarray, bow: float, scale: float, colour: Colour | int
) -> None:
    """Between the edge of the back, bowed as it is, and the belly."""
    along = OUTLINE[:, None]
    spine = shoulder + along * (hip - shoulder)
    way = (hip - shoulder) / max(1e-6, float(np.hypot(*(hip - shoulder))))
    behind = np.array([-way[1], way[0]])  # the figure shows its right side
    arch = 4.0 * along * (1.0 - along)
    size = TRUNK * scale
    back = spine + size * (THICK + bow * arch) * behind
    belly = spine + size * (0.7 * bow * arch - 0.17) * behind
    fill(image, [[*map(tuple, back), *map(tuple, belly[::-1])]], colour)
    disc(image, tuple(hip + 0.02 * size * behind), 0.18 * size, colour)
    disc(image, tuple(shoulder + 0.02 * size * behind), 0.18 * size, colour)
