"""The measured angles worth drawing now, as geometry on the screen.

Directions are degrees clockwise on the screen from the right. A mirrored screen needs nothing of its
own here: interior angles, slopes either way and bends upwards are the same in a mirror.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from formcoach import geometry
from formcoach.events import Coaching
from formcoach.overlay.drawing import Dot
from formcoach.readers import landmarks_of
from formcoach.spec import Check, Measure, Range, Severity, Spec

Dots = Sequence[Dot | None]
"""Where each landmark is on the screen, pixels; None where it is not seen."""

MOST = 2
"""So many angles at once, and one more where all of them are faulty."""


@dataclass(frozen=True, slots=True)
class Angle:
    """One measured angle to draw.

    Attributes:
        name: of what is aimed for (`Aim`).
        value: the number to show, degrees.
        at: the joint.
        start, end: the band to aim for, clockwise.
        needle: where the limb points now.
        reach: the shorter of the limbs that make the angle, pixels.
        rank: 0, or how many angles are drawn at the same joint already.
        reached: whether it lies in the band.
        severity: of the fault, or None where it is none.
    """

    name: str
    value: float
    at: Dot
    start: float
    end: float
    needle: float
    reach: float
    rank: int
    reached: bool
    severity: Severity | None

    def radius(self, unit: float) -> float:
        """Of the arc, pixels, where a pixel of the design takes `unit` of them."""
        return min(max(0.5 * self.reach, 46 * unit), 104 * unit) + 26 * unit * self.rank


class Aim(NamedTuple):
    """Where a measure should be.

    Attributes:
        name: a check's, or the measure's own where a pose is what to aim for.
        measure: the name of the measure.
        good: where it should be.
        severity: of the fault, or None where it is none.
    """

    name: str
    measure: str
    good: Range
    severity: Severity | None = None


def aim_of(check: Check, severity: Severity | None) -> Aim:
    """What a check asks for."""
    return Aim(check.name, check.measure, check.good, severity)


def find_angles(spec: Spec, dots: Dots, coaching: Coaching, lean: float = 0.0) -> list[Angle]:
    """The faulty ones first, then those of the spec's first checks that are judged now.

    Args:
        spec: the exercise.
        dots: the person on the screen.
        coaching: the coach's answer.
        lean: degrees that the floor leans clockwise on the screen.
    """
    found: list[Angle] = []
    taken: set[str] = set()
    for check, severity in _checks_now(spec, coaching):
        if len(found) >= (MOST if severity is None else MOST + 1):
            break
        if check.measure in taken:
            continue
        angle = angle_of(spec, dots, coaching, aim_of(check, severity), lean, found)
        if angle is not None:
            taken.add(check.measure)
            found.append(angle)
    return found


def resolve(spec: Spec, name: str, values: Mapping[str, float]) -> Measure:
    """The measure itself, or the one that is the largest or smallest of several now."""
    measure = spec.measures[name]
    while not measure.points and measure.of:
        seen = {part: value for part in measure.of if (value := values.get(part, math.nan)) == value}
        pick = max if measure.kind == "largest" else min
        measure = spec.measures[pick(seen, key=seen.__getitem__) if seen else measure.of[0]]
    return measure


def reads_back(measure: Measure) -> bool:
    """Whether a measure is read from the outline of the back, which is not where its points are."""
    return measure.kind.startswith("bow")


def dot_of(dots: Dots, point: int | tuple[int, int]) -> Dot | None:
    """A point of a measure: of a pair the middle, or the one that is seen."""
    if isinstance(point, int):
        return dots[point]
    a, b = dots[point[0]], dots[point[1]]
    if a is None or b is None:
        return a or b
    return geometry.middle(a, b)


def _checks_now(spec: Spec, coaching: Coaching) -> Iterator[tuple[Check, Severity | None]]:
    faulty = [fault.check for fault in coaching.faults if fault.check in spec.checks]
    for name in faulty:
        yield spec.checks[name], spec.checks[name].severity
    for name, check in spec.checks.items():
        due = coaching.phase in check.during or coaching.station in check.during
        if due and name not in coaching.unseen and name not in faulty:
            yield check, None


def is_drawn(measure: Measure) -> bool:
    """Whether an angle can be drawn of a measure."""
    return measure.kind in _SCREEN


def angle_of(
    spec: Spec, dots: Dots, coaching: Coaching, aim: Aim, lean: float = 0.0, others: Sequence[Angle] = ()
) -> Angle | None:
    """What to aim for as an angle; None where its measure is not seen or none can be drawn of it.

    Args:
        spec: the exercise.
        dots: where the landmarks are on the screen.
        coaching: the coach's answer.
        aim: what to aim for.
        lean: degrees that the floor leans clockwise on the screen.
        others: the angles drawn already.
    """
    if spec.measures[aim.measure].kind == "speed":  # degrees a second point nowhere
        return None
    measure = resolve(spec, aim.measure, coaching.values)
    value = coaching.values.get(aim.measure, math.nan)
    points: list[Dot] = []
    for point in landmarks_of(measure, coaching.side, coaching.near):
        dot = dot_of(dots, point)
        if dot is None:
            return None
        points.append(dot)
    if value != value or not is_drawn(measure):
        return None
    good, reached = aim.good, aim.good.holds(value)
    if measure.from_start:
        # The band goes with the person's own start, which is what the value leaves out.
        start = _GEOMETRY[measure.kind](*points) - value
        good = Range(good.low + start, good.high + start)
    at, band_start, band_end, needle, reach = _SCREEN[measure.kind](points, good)
    if measure.kind == "slope" and not measure.from_start:  # the band stands on the floor
        band_start, band_end = band_start + lean, band_end + lean
    rank = sum(math.dist(at, other.at) < 0.2 * reach for other in others)
    return Angle(aim.name, value, at, band_start, band_end, needle, reach, rank, reached, aim.severity)


OnScreen = tuple[Dot, float, float, float, float]
"""The joint, the band from and to, the needle, and the reach."""


def _slope(points: list[Dot], good: Range) -> OnScreen:
    start, end = points
    low, high = max(-90.0, good.low), min(90.0, good.high)
    band = (-high, -low) if end[0] >= start[0] else (180 + low, 180 + high)
    return start, *band, _direction(start, end), math.dist(start, end)


def _interior(points: list[Dot], good: Range) -> OnScreen:
    a, b, c = points
    first, needle = _direction(b, a), _direction(b, c)
    low, high = max(0.0, good.low), min(180.0, good.high)
    clockwise = (needle - first) % 360 < 180
    band = (first + low, first + high) if clockwise else (first - high, first - low)
    return b, *band, needle, min(math.dist(a, b), math.dist(b, c))


def _bend(points: list[Dot], good: Range) -> OnScreen:
    """The third point's directions at which the middle point is bent by no more than is good."""
    a, b, c = points
    straight = _direction(a, b)
    low, high = max(-180.0, good.low), min(180.0, good.high)
    band = (straight + low, straight + high) if c[0] > a[0] else (straight - high, straight - low)
    return b, *band, _direction(b, c), min(math.dist(a, b), math.dist(b, c))


_SCREEN = {"slope": _slope, "angle": _interior, "line": _bend}
_GEOMETRY: Mapping[str, Callable[..., float]] = {
    "slope": geometry.slope,
    "angle": geometry.angle,
    "line": geometry.line,
}


def _direction(start: Dot, end: Dot) -> float:
    return math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
