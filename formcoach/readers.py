"""Reading one measure from a body: where its points are, and the number between them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from operator import itemgetter

from formcoach.body import Body
from formcoach.geometry import (
    NAN,
    Point,
    Point3,
    along3,
    angle,
    distance,
    heading,
    line,
    middle,
    slope,
    slope3,
)
from formcoach.landmarks import INDEX, OTHER_SIDE
from formcoach.spec import Measure

TILT_DEPTH_UNTIL = 40.0
TILT_FLAT_FROM = 60.0
"""Yaw, degrees: `tilt` goes over from the model's depth to the picture in between. Depth leans a
person standing side-on some 15 degrees; the picture foreshortens one standing at 45."""

TURN_UPRIGHT = 50.0
"""Slope of the trunk in space, degrees, from which `turn` is read: a trunk that leans has no turn about
the vertical. The model's depth is good to about 11 degrees there: people who face ahead measure -14 to
+14 side-on and about 3 from the front, always to the same side."""

Reader = Callable[[Body], float]
Finder = Callable[[Body], Point | None]
Spot = int | tuple[int, int]
"""A landmark, or the two that a `mid.` point lies between."""

_SHOULDERS, _HIPS = ((INDEX[f"left_{part}"], INDEX[f"right_{part}"]) for part in ("shoulder", "hip"))
_TRUNK = itemgetter(*_SHOULDERS, *_HIPS)


def landmarks_of(measure: Measure, side: str, near: str) -> tuple[Spot, ...]:
    """The landmarks a measure is read from, for drawing: of each point its first choice.

    Args:
        measure: of a kind with points.
        side: the side meant by `side.`; its opposite is `other.`.
        near: the side meant by `near.`; its opposite is `far.`.

    Returns:
        For each point a landmark's index, or a pair of them for `mid.` points.
    """
    return tuple(landmark(choices[0], side or "left", near or "left") for choices in measure.points)


def landmark(reference: str, side: str, near: str) -> Spot:
    """Where a point of a spec is, such as `side.knee`; `side` and `near` as in `landmarks_of`."""
    where, _, part = reference.partition(".")
    if not part:
        return INDEX[reference]
    if where == "mid":
        return INDEX[f"left_{part}"], INDEX[f"right_{part}"]
    names = {"side": side, "other": OTHER_SIDE[side], "near": near, "far": OTHER_SIDE[near]}
    return INDEX[f"{names.get(where, where)}_{part}"]


def reader_of(measure: Measure, whose: str, near: str) -> Reader:
    """What reads a measure, of a kind with points, from a body; NaN where it cannot be read.

    Args:
        measure: what to read.
        whose: the side whose turn it is; empty where the exercise has no sides.
        near: the side to take as the near one.
    """
    side = whose or near
    if measure.kind == "tilt":
        return _tilt_reader(measure, side, near)
    if measure.kind == "across":
        return _across_reader(measure, whose or "left", near)
    if measure.kind == "turn":
        return _turn_reader(measure, side, near)
    points = [point_of(choices, side, near) for choices in measure.points]
    if len(points) == 3:
        of_three = {"angle": angle, "line": line}[measure.kind]
        first, second, third = points

        def read_three(body: Body) -> float:
            a, b, c = first(body), second(body), third(body)
            return NAN if a is None or b is None or c is None else of_three(a, b, c)

        return read_three
    if measure.kind == "slope":
        return _slope_reader(*points)
    of_two = _OF_TWO[measure.kind]
    start, end = points

    def read_two(body: Body) -> float:
        a, b = start(body), end(body)
        return NAN if a is None or b is None else of_two(a, b, body)

    return read_two


def _slope_reader(start: Finder, end: Finder) -> Reader:
    def read(body: Body) -> float:
        a, b = start(body), end(body)
        return NAN if a is None or b is None else slope(a, b)

    return read


def read_alike(measure: Measure, whose: str, near: str) -> object:
    """What is equal for two measures of which `reader_of` reads the same; the arguments are as there."""
    side = (whose or "left") if measure.kind == "across" else whose or near
    points = tuple(tuple(landmark(one, side, near) for one in choices) for choices in measure.points)
    return measure.kind, points, side if measure.kind == "across" else ""


def _ahead(a: Point, b: Point, body: Body) -> float:
    return (b[0] - a[0]) * body.facing / body.trunk if body.facing and body.trunk else NAN


_OF_TWO: dict[str, Callable[[Point, Point, Body], float]] = {
    "ahead": _ahead,
    "above": lambda a, b, body: (a[1] - b[1]) / body.trunk if body.trunk else NAN,
    "apart": lambda a, b, body: distance(a, b) / body.trunk if body.trunk else NAN,
    "bow": lambda _a, _b, body: body.back.bow,
    "bow_upper": lambda _a, _b, body: body.back.upper,
    "bow_lower": lambda _a, _b, body: body.back.lower,
}


def point_of(choices: tuple[str, ...], side: str, near: str) -> Finder:
    """What finds a point in the picture: the first of several choices that is seen, or None."""
    return _first_of([_finder(landmark(reference, side, near)) for reference in choices])


def _first_of(finders: Sequence[Finder]) -> Finder:
    if len(finders) == 1:
        return finders[0]

    def find(body: Body) -> Point | None:
        for finder in finders:
            if (point := finder(body)) is not None:
                return point
        return None

    return find


def _finder(spot: Spot) -> Finder:
    """What finds a landmark, or the middle of two; None where it is not seen."""
    if isinstance(spot, int):
        return lambda body: body.points[spot] if body.seen[spot] else None
    a, b = spot

    def find(body: Body) -> Point | None:
        seen, points = body.seen, body.points
        if seen[a] and seen[b]:
            return middle(points[a], points[b])
        if body.view != "side":
            return None
        # Side-on both lie behind one another: the visible one stands for the pair.
        return points[a] if seen[a] else points[b] if seen[b] else None

    return find


def _tilt_reader(measure: Measure, side: str, near: str) -> Reader:
    find = _ends_of(measure, side, near)

    def read(body: Body) -> float:
        ends, world = find(body), body.world
        if ends is None or world is None:
            return NAN
        (start, p), (end, q) = ends
        flat = min(max((body.yaw - TILT_DEPTH_UNTIL) / (TILT_FLAT_FROM - TILT_DEPTH_UNTIL), 0.0), 1.0)
        in_space = slope3(_world_place(world, start), _world_place(world, end))
        return flat * slope(p, q) + (1.0 - flat) * in_space

    return read


def _across_reader(measure: Measure, side: str, near: str) -> Reader:
    find = _ends_of(measure, side, near)
    other, shoulder = INDEX[f"{OTHER_SIDE[side]}_shoulder"], INDEX[f"{side}_shoulder"]

    def read(body: Body) -> float:
        ends, world = find(body), body.world
        if world is None or ends is None or not _trunk_is_seen(body):
            return NAN
        (start, _), (end, _) = ends
        trunk = math.dist(_world_place(world, _HIPS), _world_place(world, _SHOULDERS))
        gone = along3(_world_place(world, start), _world_place(world, end), world[other], world[shoulder])
        found = gone / trunk if trunk else NAN
        return found if math.isfinite(found) else NAN  # as where the model gives no sensible depth

    return read


_End = tuple[Spot, Point]
"""One of the two points of a measure: the landmarks that it is, and where."""


def _ends_of(measure: Measure, side: str, near: str) -> Callable[[Body], tuple[_End, _End] | None]:
    """What finds both points: of each the first choice that is seen; None where one has none."""
    spots = [[landmark(reference, side, near) for reference in choices] for choices in measure.points]
    first, second = ([(spot, _finder(spot)) for spot in choices] for choices in spots)

    def one_of(choices: Sequence[tuple[Spot, Finder]], body: Body) -> _End | None:
        for spot, find in choices:
            if (point := find(body)) is not None:
                return spot, point
        return None

    def find(body: Body) -> tuple[_End, _End] | None:
        start, end = one_of(first, body), one_of(second, body)
        return None if start is None or end is None else (start, end)

    return find


def _turn_reader(measure: Measure, side: str, near: str) -> Reader:
    (left_shoulder, right_shoulder), (left_hip, right_hip) = _SHOULDERS, _HIPS
    way = 1.0 if landmark(measure.points[0][0], side, near) == left_shoulder else -1.0

    def read(body: Body) -> float:
        world = body.world
        if world is None or not _trunk_is_seen(body):
            return NAN
        if not slope3(_world_place(world, _HIPS), _world_place(world, _SHOULDERS)) >= TURN_UPRIGHT:
            return NAN
        turned = heading(world[right_shoulder], world[left_shoulder])
        turned -= heading(world[right_hip], world[left_hip])
        return way * ((turned + 180.0) % 360.0 - 180.0)

    return read


def _trunk_is_seen(body: Body) -> bool:
    return False not in _TRUNK(body.seen)


def _world_place(world: list[Point3], spot: Spot) -> Point3:
    if isinstance(spot, int):
        return world[spot]
    a, b = spot
    (ax, ay, az), (bx, by, bz) = world[a], world[b]
    return (ax + bx) / 2, (ay + by) / 2, (az + bz) / 2
