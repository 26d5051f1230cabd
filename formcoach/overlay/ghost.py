"""The position to get into, translucent, where the person is and at their size.

The posture is solved from the spec (`formcoach.posing`), which takes up to some seconds: a thread does it
once, and until then there is no ghost. It shows the side that the person shows, its hips are where theirs
are, and it stands or lies on the floor that bears them.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence

import cv2
import numpy as np

from formcoach.follower import Follower
from formcoach.frame import Image
from formcoach.landmarks import INDEX, SIDES
from formcoach.overlay.angles import Dots
from formcoach.overlay.drawing import Dot, Mask, Sheet, Sprite, paste
from formcoach.overlay.flesh import draw_body
from formcoach.overlay.kept import Kept
from formcoach.overlay.palette import GOOD
from formcoach.posing import Figure, pose_figures
from formcoach.postures import TRUNK
from formcoach.spec import Spec

FOLLOW_S = 0.8
"""Time constant with which it follows the person, seconds: a ghost that trembles is no place to step into."""

SHRINK = 0.05
"""The share by which the longest trunk seen is forgotten in a second: whoever bends is no smaller for it."""

STRENGTH, EDGE_STRENGTH = 0.30, 0.85
_FAR, _NEAR = 150, 255
_STEP = 0.03  # sizes closer than this are the same, as logarithms
_MARGIN = 0.25  # metres around the joints
_FILLS, _FLOOR = 0.75, 0.93  # of the picture, while nobody is there


class Ghost:
    """The ghost of the position in which an exercise begins."""

    def __init__(self, spec: Spec) -> None:
        self._front = spec.camera == "front"
        self._figure: Figure | None = None
        self._kept = Kept(1.0)
        self._shape: tuple[int, ...] = ()
        self._forget_place()
        self.solver = threading.Thread(target=self._pose, args=(spec,), name="formcoach ghost", daemon=True)
        self.solver.start()

    def _forget_place(self) -> None:
        """Nobody has been seen yet."""
        self._x, self._floor = Follower(FOLLOW_S), Follower(FOLLOW_S)
        self._trunk = 0.0
        self._last_t = math.nan

    def _pose(self, spec: Spec) -> None:
        figures = pose_figures(spec)
        self._figure = next(iter(figures.values()), None) if figures else None

    def draw(self, image: Image, t: float, dots: Dots, near: str, lean: float, *, mirror: bool) -> None:
        """Draw it over a picture.

        Args:
            image: the canvas.
            t: seconds.
            dots: the person on it; empty while nobody is there.
            near: the side that they show, or empty.
            lean: degrees that the floor leans clockwise on the canvas.
            mirror: whether left and right are swapped on it.
        """
        figure = self._figure
        if figure is None:
            return
        if image.shape != self._shape:  # on a canvas of another size everything is elsewhere
            self._shape = image.shape
            self._forget_place()
        self._follow(t, dots)
        height, width = image.shape[:2]
        scale = self._trunk / TRUNK or _fitting(figure, width, height)
        step = round(math.log(scale) / _STEP)
        flip = not self._front and (near == "left") != mirror
        key = (step, flip, round(lean))
        sprite, hips = self._kept.get(key, lambda: self._compose(figure, math.exp(_STEP * step), flip, lean))
        there = self._x.value == self._x.value
        x = self._x.value if there else width / 2
        y = (self._floor.value if there else _FLOOR * height) + scale * figure.floor
        paste(image, sprite, round(x - hips[0]), round(y - hips[1]))

    def _follow(self, t: float, dots: Dots) -> None:
        passed = t - self._last_t
        self._last_t = t
        if passed > 0:
            self._trunk *= max(0.0, 1.0 - SHRINK * passed)
        hips, shoulders = _middle(dots, "hip"), _middle(dots, "shoulder")
        if hips is None or shoulders is None:
            return
        self._trunk = max(self._trunk, math.dist(hips, shoulders))
        self._x.step(t, hips[0])
        self._floor.step(t, max(dot[1] for dot in dots if dot is not None))

    def _compose(self, figure: Figure, scale: float, flip: bool, lean: float) -> tuple[Sprite, Dot]:
        """The sprite, and where on it the middle of the hips is."""
        turn = math.radians(-lean if flip else lean)
        cos, sin = math.cos(turn), math.sin(turn)
        x, y = scale * figure.points[:, 0], -scale * figure.points[:, 1]
        x, y = x * cos - y * sin, x * sin + y * cos
        left, top = float(x.min()) - _MARGIN * scale, float(y.min()) - _MARGIN * scale
        width = math.ceil(float(x.max()) - left + _MARGIN * scale)
        height = math.ceil(float(y.max()) - top + _MARGIN * scale)
        mask: Mask = np.zeros((height, width), np.uint8)
        dots = list(zip((x - left).tolist(), (y - top).tolist(), strict=True))
        draw_body(
            mask,
            dots,
            figure.bow,
            scale,
            front=self._front,
            near=_NEAR,
            far=_FAR,
            depth=figure.points[:, 2].tolist(),
        )
        if flip:
            mask = cv2.flip(mask, 1)
        sheet = Sheet(width, height)
        sheet.lay(mask, GOOD, strength=STRENGTH)
        sheet.lay(_edge(mask, scale), GOOD, strength=EDGE_STRENGTH)
        return sheet.sprite(), (width - 1 + left if flip else -left, -top)


def _edge(mask: Mask, scale: float) -> Mask:
    """The outline of a mask: the part of it that is at most a centimetre inside."""
    size = 2 * max(1, round(0.008 * scale)) + 1
    inner = cv2.erode(mask, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    edge: Mask = cv2.subtract(mask, inner)
    return edge


def _fitting(figure: Figure, width: int, height: int) -> float:
    """Pixels a metre at which it fills the picture well."""
    wide, high = np.ptp(figure.points[:, 0]), float(figure.points[:, 1].max()) - figure.floor
    return _FILLS * min(width / (wide + 2 * _MARGIN), height / (high + _MARGIN))


def _middle(dots: Sequence[Dot | None], part: str) -> Dot | None:
    seen = [dot for side in SIDES if dots and (dot := dots[INDEX[f"{side}_{part}"]]) is not None]
    if not seen:
        return None
    return sum(x for x, _ in seen) / len(seen), sum(y for _, y in seen) / len(seen)
