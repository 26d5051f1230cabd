"""A camera that leans where no edge of the room tells it: the person's own body does, if it leans far.

Whoever stands straight is upright. Whoever lies, kneels on all fours or leans on hands and feet bears on a
floor that is level, and seen from the side that floor is the line below them. Neither tells how far the
camera leans: people stand a little askew, and a floor seen from above slopes where they are turned a little.
So nothing is taken out; from some lean on it is only said, and nothing judged that a lean would change.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from formcoach.body import OUTSIDE, SEEN_FROM, Body, is_outside
from formcoach.geometry import NAN, Point, angle, distance, middle
from formcoach.landmarks import INDEX, SIDES, PoseSample
from formcoach.spec import Measure, Spec

TILTED = 8.0
"""Degrees that somebody who stands straight seems to lean, from which the camera must be tilted: people in
twelve clips lean up to 4 degrees."""

SLOPING = 9.0
"""Degrees that the floor below somebody seems to slope, from which the camera must be tilted: in twelve
clips it slopes up to 6.4 degrees, where the camera looks down from close by."""

CALM = 0.8
"""The share of these from which on it stays so."""

LYING = 40.0
"""Degrees from which somebody does not stand."""

STRAIGHT, LEGS, CENTRAL = 165.0, 1.1, 0.3
"""Somebody stands straight whose hips are bent by 15 degrees at most, and whose ankles are this many trunk
lengths below the hips; and in the middle of the picture, who is that many picture heights off it at most: a
camera that looks up or down shows people aside as leaning."""

SQUARE = 15.0
"""Degrees that somebody may be turned from side-on: turned further, a level floor slopes by more than 5
degrees for a camera 1 metre high and 3 metres away."""

LONG = 1.2
"""Trunk lengths of floor that must tell: a foot alone is too short."""

SHORT = 0.6
"""Trunk lengths that may go another way: toes drawn up are no limb that is lifted."""

FLAT, LIFTED = 10.0, 70.0
"""Degrees by which the floor may seem bent, and by which a limb is that is lifted from it; more, and it
stands."""

ALONG = 35.0
"""Degrees from the floor within which the trunk must lie: of whoever sits on a chair the lowest line goes
down from the seat to the feet."""

STEEP = 35.0
"""Degrees from which no floor is so askew: it is the line from raised hands down to the feet."""

EVERY_S = 0.2
"""Seconds between two looks."""

LOOKS = 25
"""The last looks that told something, of which the middle one is believed: no camera moves by itself."""

FEWEST = 3
"""So many must have told something."""

FLESH = {
    "shoulder": 0.17,
    "elbow": 0.07,
    "wrist": 0.06,
    "hip": 0.18,
    "knee": 0.1,
    "ankle": 0.12,
    "heel": 0.04,
    "foot_index": 0.03,
}
"""Trunk lengths, of some 50 cm, between a joint and the floor that it rests on: the flesh in between."""

_LOW = [(INDEX[f"{side}_{part}"], flesh, side) for side in SIDES for part, flesh in FLESH.items()]


class Leaning:
    """Follows whether one session's camera leans, by the person who does one exercise.

    Attributes:
        leans: whether it does, and the room does not tell how far.
    """

    def __init__(self, spec: Spec) -> None:
        self.leans = False
        self._stands_free = not any(map(_is_of_the_whole, spec.measures.values()))
        self._last_t = -math.inf
        self._looks: deque[float] = deque(maxlen=LOOKS)
        self._turned: deque[float] = deque(maxlen=LOOKS)

    def step(self, sample: PoseSample, body: Body) -> bool:
        """Take in the next sample; gives `leans`.

        Args:
            sample: as the model saw it.
            body: what was made of it.
        """
        if body.knows_level or body.new:
            self._looks.clear()
            self._turned.clear()
            self.leans = False
        if not body.knows_level and body.someone and body.t - self._last_t >= EVERY_S:
            self._last_t = body.t
            if not math.isnan(body.turned):
                self._turned.append(body.turned)
            self._look(self._share(sample, body))
        return self.leans

    def _share(self, sample: PoseSample, body: Body) -> float:
        """How far the camera seems to lean clockwise, 1 = so far that it must; NaN where nothing tells."""
        upright = upright_lean(body, sample.aspect) if self._stands_free else NAN
        if upright == upright:
            return upright / TILTED
        if body.view != "side" or not median(self._turned or [NAN]) <= SQUARE:
            return NAN
        return floor_slope(body.points, _in_sight(sample), body.near, body.span) / SLOPING

    def _look(self, share: float) -> None:
        if math.isnan(share):
            return
        self._looks.append(share)
        if len(self._looks) >= FEWEST:
            self.leans = abs(median(self._looks)) >= (CALM if self.leans else 1.0)


def _is_of_the_whole(measure: Measure) -> bool:
    """Whether a measure is how the whole body leans: then it leans on something, as on a wall, and may."""
    parts = {one.partition(".")[2] for point in measure.points for one in point}
    return measure.kind in ("slope", "tilt") and parts == {"ankle", "shoulder"}


def _in_sight(sample: PoseSample) -> list[bool]:
    return [
        seen >= SEEN_FROM and not is_outside((x, y), sample.aspect)
        for seen, (x, y) in zip(sample.visibility.tolist(), sample.xy.tolist(), strict=True)
    ]


def upright_lean(body: Body, aspect: float) -> float:
    """Degrees clockwise that somebody leans who stands straight in the middle of the picture; else NaN."""
    shoulders, hips, ankles = (
        middle(body.points[INDEX[f"left_{part}"]], body.points[INDEX[f"right_{part}"]])
        for part in ("shoulder", "hip", "ankle")
    )
    if ankles[1] > 1.0 + OUTSIDE or abs(hips[0] - aspect / 2) > CENTRAL:
        return NAN
    if distance(ankles, hips) < LEGS * body.trunk:
        return NAN
    if not angle(shoulders, hips, ankles) >= STRAIGHT:
        return NAN
    lean = math.degrees(math.atan2(shoulders[0] - ankles[0], ankles[1] - shoulders[1]))
    return lean if abs(lean) <= LYING else NAN


def floor_slope(points: Sequence[Point], seen: Sequence[bool], near: str, span: float) -> float:
    """Degrees clockwise that the floor slopes below somebody seen from the side; NaN where nothing tells.

    What is lowest bears on it. All of that must be of the near side, for what is further away lies higher in
    the picture; and in one line, for else a limb is lifted. The whole near side must be seen, for else the
    body may bear on a part of it that is not.

    Args:
        points: 33 `(x, y)`, image heights, y down.
        seen: 33 booleans.
        near: the side nearer to the camera.
        span: the trunk's length, image heights.
    """
    if not all(seen[i] for i, _, side in _LOW if side == near):
        return NAN
    low = sorted(
        (points[i][0], points[i][1] + flesh * span, side == near) for i, flesh, side in _LOW if seen[i]
    )
    edges = list(pairwise(_lowest(low)))
    if not edges:
        return NAN
    way = _slope(*max(edges, key=_length))
    floor = [edge for edge in edges if abs(_slope(*edge) - way) <= FLAT]
    lifted = [edge for edge in edges if edge not in floor and abs(_slope(*edge) - way) <= LIFTED]
    first, last = floor[0][0], floor[-1][1]
    if sum(map(_length, lifted)) > SHORT * span:
        return NAN
    if not all(a[2] and b[2] for a, b in floor) or _length((first, last)) < LONG * span:
        return NAN
    found = _slope(first, last)
    return found if abs(found) <= STEEP and abs(_trunk(points) - found) <= ALONG else NAN


_Low = tuple[float, float, bool]
"""Where a body ends below, and whether it is the near side's."""


def _lowest(places: Sequence[_Low]) -> list[_Low]:
    """The lower side of the hull of places that are sorted from left to right."""
    hull: list[_Low] = []
    for place in places:
        while len(hull) > 1 and not _is_below(hull[-1], hull[-2], place):
            hull.pop()
        hull.append(place)
    return hull


def _is_below(place: _Low, left: _Low, right: _Low) -> bool:
    """Whether a place lies below the line between two others; y grows downwards."""
    return (place[0] - left[0]) * (right[1] - left[1]) < (place[1] - left[1]) * (right[0] - left[0])


def _trunk(points: Sequence[Point]) -> float:
    """Degrees clockwise that the trunk slopes, whichever way its head lies."""
    shoulders, hips = (
        middle(points[INDEX[f"left_{part}"]], points[INDEX[f"right_{part}"]]) for part in ("shoulder", "hip")
    )
    slope = math.degrees(math.atan2(shoulders[1] - hips[1], shoulders[0] - hips[0]))
    return (slope + 90.0) % 180.0 - 90.0


def _length(edge: tuple[_Low, _Low]) -> float:
    return math.dist(edge[0][:2], edge[1][:2])


def _slope(a: _Low, b: _Low) -> float:
    return math.degrees(math.atan2(b[1] - a[1], b[0] - a[0]))
