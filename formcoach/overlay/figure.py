"""The person's skeleton, with what is wrong marked, and measured angles with their target bands."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise

import numpy as np

from formcoach.events import Coaching, Fault
from formcoach.frame import Image
from formcoach.landmarks import INDEX, LANDMARKS, SKELETON, PoseSample
from formcoach.overlay.angles import Angle, Dots, dot_of, reads_back, resolve
from formcoach.overlay.drawing import (
    Dot,
    Mask,
    Sheet,
    Sprite,
    arc,
    disc,
    fill,
    octagon,
    sector,
    stroke,
    strokes,
)
from formcoach.overlay.palette import FAR, GOOD, INK, LOOKS, NEAR, SHADOW
from formcoach.overlay.view import View
from formcoach.readers import landmarks_of
from formcoach.spec import Severity, Spec

SHOWN_FROM = 0.3
"""Visibility from which a landmark is drawn: a little less than the coach asks for."""

THICKNESS: Mapping[Severity, float] = {"polish": 9, "fix": 12, "stop": 15}
"""Of a faulty bone, in the overlay's units; a sound one has 7 on the near side, 4 on the far one."""

MARKS: Mapping[Severity, tuple[float, float]] = {"polish": (22, 4), "fix": (27, 7), "stop": (32, 8)}
"""Middle radius and width of the mark on a faulty place, in the overlay's units."""

_FARTHEST = 1e5
"""Pixels: OpenCV's fixed-point coordinates overflow silently, and no landmark is meant out there."""

_BONES = tuple((INDEX[start], INDEX[end]) for start, end in SKELETON)
_SIDE_OF = tuple(name.partition("_")[0] for name in LANDMARKS)


class Figure:
    """Draws one person for one spec.

    Args:
        spec: the exercise.
        view: where the picture is on the screen.
        unit: pixels of the screen per pixel of the design.
    """

    def __init__(self, spec: Spec, view: View, unit: float) -> None:
        self._spec = spec
        self._view = view
        self._unit = unit

    def place(self, sample: PoseSample) -> list[Dot | None]:
        """Where each landmark is on the screen, pixels; None where it is not seen."""
        dots: list[Dot | None] = []
        for (x, y), visibility in zip(sample.xy.tolist(), sample.visibility.tolist(), strict=True):
            dot = self._view.place(x, y)
            # Written so that NaN fails it too.
            there = visibility >= SHOWN_FROM and abs(dot[0]) < _FARTHEST and abs(dot[1]) < _FARTHEST
            dots.append(dot if there else None)
        return dots

    def draw_skeleton(self, image: Image, dots: Dots, coaching: Coaching) -> None:
        """Bones and joints, the far side first and faint, faults last and strong."""
        unit = self._unit
        both = not coaching.near or coaching.view == "front"
        faint: list[tuple[Dot, Dot]] = []
        strong: list[tuple[Dot, Dot]] = []
        for start, end in _BONES:
            a, b = dots[start], dots[end]
            if a is None or b is None:
                continue
            near = both or _SIDE_OF[start] == _SIDE_OF[end] == coaching.near
            (strong if near else faint).append((a, b))
        strokes(image, faint, 4 * unit, FAR)
        strokes(image, strong, 11 * unit, SHADOW, smooth=False)
        strokes(image, strong, 7 * unit, NEAR)
        for joint in {dot for bone in strong for dot in bone}:
            disc(image, joint, 5 * unit, GOOD)
        for fault in reversed(coaching.faults):
            self._draw_fault(image, dots, fault, coaching)

    @staticmethod
    def limbs(dots: Dots) -> list[tuple[Dot, Dot]]:
        """The bones of which both ends are seen."""
        return [
            (a, b) for start, end in _BONES if (a := dots[start]) is not None and (b := dots[end]) is not None
        ]

    def _draw_fault(self, image: Image, dots: Dots, fault: Fault, coaching: Coaching) -> None:
        check = self._spec.checks.get(fault.check)
        if check is None:
            return
        measure = resolve(self._spec, check.measure, coaching.values)
        if reads_back(measure):  # the edge of the back shows it
            return
        points = landmarks_of(measure, fault.side, coaching.near)
        severity = check.severity
        colour, thick = LOOKS[severity].colour, THICKNESS[severity] * self._unit
        bones = [
            (a, b)
            for start, end in _bones_of(points, coaching.near)
            if (a := dots[start]) is not None and (b := dots[end]) is not None
        ]
        strokes(image, bones, thick + 5 * self._unit, SHADOW, smooth=False)
        strokes(image, bones, thick, colour)
        if points:
            joint = dot_of(dots, points[1 if len(points) == 3 else -1])
            if joint is not None:
                draw_mark(image, joint, severity, self._unit)

    def draw_bands(self, image: Image, angles: Iterable[Angle], scale: float = 1.0) -> None:
        """The slices of circles to aim for, larger by `scale`; the skeleton is drawn over them."""
        for angle in angles:
            radius = angle.radius(self._unit * scale)
            sector(image, angle.at, radius, angle.start, angle.end, GOOD, 0.42)

    def draw_arcs(self, image: Image, angles: Iterable[Angle], scale: float = 1.0) -> None:
        """The edges of the bands and where the limbs are now, larger by `scale`, over the skeleton."""
        unit = self._unit
        for angle in angles:
            radius, wide = angle.radius(unit * scale), unit * scale
            arc(image, angle.at, radius, 10 * wide, SHADOW, angle.start, angle.end)
            arc(image, angle.at, radius, 6 * wide, GOOD, angle.start, angle.end)
            turn = math.radians(angle.needle)
            x, y = math.cos(turn), math.sin(turn)
            inner, outer = radius - 11 * wide, radius + 11 * wide
            start = (angle.at[0] + inner * x, angle.at[1] + inner * y)
            end = (angle.at[0] + outer * x, angle.at[1] + outer * y)
            from_joint = (angle.at[0] + 12 * unit * x, angle.at[1] + 12 * unit * y)
            stroke(image, from_joint, start, 3 * unit, INK)
            stroke(image, start, end, 11 * unit, SHADOW)
            stroke(image, start, end, 6 * unit, INK)


def draw_mark(image: Image, at: Dot, severity: Severity, unit: float) -> None:
    """A mark round a faulty place: a thin ring, a ring, or the outline of a stop sign."""
    colour, (radius, width) = LOOKS[severity].colour, MARKS[severity]
    disc(image, at, 9 * unit, SHADOW)
    disc(image, at, 6 * unit, INK)
    for wide, paint in ((width + 4, SHADOW), (width, colour)):
        if severity == "stop":
            outer, inner = (octagon(at, (radius + sign * wide / 2) * unit) for sign in (1, -1))
            fill(image, (outer, inner), paint)
        else:
            arc(image, at, radius * unit, wide * unit, paint)


@cache
def solid_mark(severity: Severity, unit: float) -> Sprite:
    """The same mark, dark inside, for where what lies under it would blur its shape."""
    radius, width = MARKS[severity]
    outer, inner = radius + width / 2, radius - width / 2
    middle = math.ceil((outer + 3) * unit)
    sheet = Sheet(2 * middle + 1, 2 * middle + 1)
    layers = ((outer + 2, SHADOW), (outer, LOOKS[severity].colour), (inner, SHADOW), (6, INK))
    for reach, colour in layers:
        mask: Mask = np.zeros((sheet.height, sheet.width), np.uint8)
        if severity == "stop" and colour != INK:
            fill(mask, [octagon((middle, middle), reach * unit)], 255)
        else:
            disc(mask, (middle, middle), reach * unit, 255)
        sheet.lay(mask, colour)
    return sheet.sprite()


@cache
def _bones_of(points: tuple[int | tuple[int, int], ...], near: str) -> tuple[tuple[int, int], ...]:
    """The bones that lead from each point of a measure to the next."""
    ends = [point if isinstance(point, int) else point[near == "right"] for point in points]
    bones: list[tuple[int, int]] = []
    for start, end in pairwise(ends):
        bones += _path(start, end)
    return tuple(dict.fromkeys(bones))


def _path(start: int, end: int) -> list[tuple[int, int]]:
    """The shortest way along the skeleton; the straight way where it has none."""
    came_from: dict[int, int] = {start: start}
    edge = [start]
    while edge and end not in came_from:
        following: list[int] = []
        for here in edge:
            for a, b in _BONES:
                if here in (a, b) and (there := b if here == a else a) not in came_from:
                    came_from[there] = here
                    following.append(there)
        edge = following
    if end not in came_from:
        return [(start, end)]
    path: list[tuple[int, int]] = []
    while end != start:
        path.append((came_from[end], end))
        end = came_from[end]
    return path[::-1]
