"""A whole body drawn on a figure's bones."""

from __future__ import annotations

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

_LIMBS = (
    ("hip", "knee", 0.135),
    ("knee", "ankle", 0.10),
    ("heel", "foot_index", 0.06),
    ("shoulder", "elbow", 0.085),
    ("elbow", "wrist", 0.07),
    ("wrist", "index", 0.06),
)
"""Limbs and how thick they are, metres."""


def draw_body(
    image: Image | Mask,
    dots: Sequence[Dot],
    bow: float,
    scale: float,
    *,
    front: bool,
    near: Colour | int,
    far: Colour | int,
    roll: float = 0.0,
) -> None:
    """Flesh on the bones: the far limbs, trunk and head, the near limbs.

    Args:
        image: drawn on.
        dots: all landmarks of somebody who shows their right side, or their front.
        bow: of the back, trunk lengths, + = rounded.
        scale: pixels a metre.
        front: whether they show their front.
        near, far: colours.
        roll: degrees that the pelvis is rolled towards the viewer.
    """
    legs, arms = _LIMBS[:3], _LIMBS[3:]

    def at(side: str, part: str) -> Dot:
        return dots[INDEX[f"{side}_{part}"]]

    def limbs(side: str, colour: Colour | int, which: Sequence[tuple[str, str, float]] = _LIMBS) -> None:
        for start, end, thick in which:
            stroke(image, at(side, start), at(side, end), thick * scale, colour)

    # Rolled towards the camera, the far leg lies on the near one and in front of the trunk.
    limbs("left", near if front else far, arms if roll > 0 else _LIMBS)
    ears = np.mean([at(side, "ear") for side in OTHER_SIDE], axis=0)
    shoulders = np.mean([at(side, "shoulder") for side in OTHER_SIDE], axis=0)
    head = ears if front else 0.7 * np.array(at("right", "ear")) + 0.3 * np.array(dots[INDEX["nose"]])
    stroke(image, tuple(shoulders), tuple(ears), 0.10 * scale, near)
    disc(image, tuple(head), 0.105 * scale, near)
    if front:
        corners = [at("left", "shoulder"), at("right", "shoulder"), at("right", "hip"), at("left", "hip")]
        fill(image, [corners], near)
        for one, other in zip(corners, corners[1:] + corners[:1], strict=True):
            stroke(image, one, other, 0.10 * scale, near)
    else:
        hip = np.mean([at(side, "hip") for side in OTHER_SIDE], axis=0) if roll else at("right", "hip")
        _draw_trunk(image, np.array(at("right", "shoulder")), np.array(hip), bow, scale, near)
    if roll > 0:
        limbs("left", far, legs)
    limbs("right", near)


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
