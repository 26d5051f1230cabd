"""The moving figure as a page takes it: packed numbers for its player, and single moments as lines."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from formcoach.charting import Chart
from formcoach.events import FaultEvent
from formcoach.figure_track import BONES, GRID, POINTS, UNSEEN, FigureTrack, Places
from formcoach.landmarks import LANDMARKS, SIDES
from formcoach.readers import landmarks_of
from formcoach.spec import Spec

Point = tuple[float, float]
Box = tuple[int, int, int, int]

_MARGIN = 70  # of a box, in the track's own units
_HEAD = 0.2  # trunk lengths: the radius of the head
_NOSE = POINTS.index("nose")
_SHOULDERS, _HIPS, _EARS = (
    tuple(POINTS.index(f"{side}_{part}") for side in SIDES) for part in ("shoulder", "hip", "ear")
)


@dataclass(frozen=True, slots=True)
class Bone:
    """One line of a drawn figure."""

    start: Point
    end: Point
    near: bool


@dataclass(frozen=True, slots=True)
class Sketch:
    """The figure at one moment.

    Attributes:
        box: left, top, width and height of what is shown.
        bones: the far ones first.
        head: its middle, or None where it is not seen.
        radius: of the head.
        marks: the faulty places.
        severity: of the fault; empty without one.
    """

    box: Box
    bones: tuple[Bone, ...]
    head: Point | None
    radius: float
    marks: tuple[Point, ...]
    severity: str


def stage(track: FigureTrack, chart: Chart) -> Box:
    """What the figure moves in while it exercises; in all of the picture where it does not."""
    rows = np.searchsorted(chart.t, track.t, "right") - 1
    busy = ~chart.during("setup")[rows] if len(chart.t) else np.zeros(len(track.t), np.bool_)
    seen = track.places[busy & (rows >= 0)].reshape(-1, 2)
    return _around(seen[seen[:, 0] != UNSEEN]) or (0, 0, round(GRID * track.aspect), GRID)


def _around(places: Places) -> Box | None:
    """What nearly all of some places lie in, with a margin; None where there are none."""
    if not len(places):
        return None
    low, high = np.quantile(places, (0.002, 0.998), axis=0)
    (left, top), (width, height) = low - _MARGIN, high - low + 2 * _MARGIN
    return round(left), round(top), round(width), round(height)


def sketch(
    track: FigureTrack, chart: Chart, t: float, fault: FaultEvent | None = None, box: Box | None = None
) -> Sketch:
    """The figure at a moment, with the place of a fault.

    Args:
        track: of the session.
        chart: its chart.
        t: seconds.
        fault: what is marked, or None.
        box: what is shown; None for what the figure fills.
    """
    places = track.at(t)
    near = _near(chart, t)
    bones = [
        Bone(_point(places, a), _point(places, b), _is_near(a, b, near))
        for a, b in BONES
        if _seen(places, a, b)
    ]
    ears = [_point(places, ear) for ear in (*_EARS, _NOSE) if _seen(places, ear)]
    faulty = () if fault is None else _faulty(chart.spec, fault, near)
    return Sketch(
        box or _around(places[places[:, 0] != UNSEEN]) or stage(track, chart),
        tuple(sorted(bones, key=lambda bone: bone.near)),
        tuple(np.mean(ears, axis=0).tolist()) if ears else None,
        _HEAD * _trunk(places),
        tuple(_point(places, point) for point in faulty if _seen(places, point)),
        "" if fault is None else chart.spec.checks[fault.check].severity,
    )


def packed(track: FigureTrack, chart: Chart, faults: Sequence[FaultEvent]) -> dict[str, object]:
    """The whole track for the page's player, ready for JSON.

    Returns:
        `t` and `xy`: base64 of little-endian int32 milliseconds and int16 places; `unseen`: what stands for
        a point that is not seen; `bones`: pairs of points with whether each belongs to the left (0), the
        right (1) or neither (2) side; `near`: from when on which side is nearer; `faults`: from when to when
        which points are off, and how badly; `head`: the points in whose middle it is, its radius as a share
        of the trunk, and the trunk's ends; times are those of the session.
    """
    spec = chart.spec
    return {
        "t": _base64(np.rint(track.t * 1000).astype("<i4")),
        "xy": _base64(track.places.astype("<i2")),
        "points": len(POINTS),
        "unseen": UNSEEN,
        "bones": [[a, b, _side(a, b)] for a, b in BONES],
        "head": {"of": [*_EARS, _NOSE], "radius": _HEAD, "trunk": [_SHOULDERS, _HIPS]},
        "near": _nearness(chart),
        "faults": [
            [
                fault.start,
                max(fault.end, fault.start + 0.5),
                _faulty(spec, fault, _near(chart, fault.start)),
                spec.checks[fault.check].severity,
            ]
            for fault in faults
        ],
    }


def _base64(numbers: np.ndarray) -> str:
    return base64.b64encode(numbers.tobytes()).decode("ascii")


def _nearness(chart: Chart) -> list[list[float]]:
    if not len(chart.t):
        return []
    changes = np.concatenate([[0], np.flatnonzero(np.diff(chart.near)) + 1])
    return [[float(chart.t[row]), int(chart.near[row])] for row in changes]


def _near(chart: Chart, t: float) -> int:
    """The number of the nearer side at a moment; 2 while it is unknown."""
    row = int(np.searchsorted(chart.t, t, "right")) - 1
    return int(chart.near[row]) if row >= 0 else 2


def _side(a: int, b: int) -> int:
    sides = {POINTS[point].partition("_")[0] for point in (a, b)}
    return SIDES.index(sides.pop()) if len(sides) == 1 else 2


def _is_near(a: int, b: int, near: int) -> bool:
    return near == 2 or _side(a, b) in (near, 2)


def _faulty(spec: Spec, fault: FaultEvent, near: int) -> list[int]:
    """Where a fault shows: at the joint in the middle, the end that is off, or both ends of the back."""
    measure = spec.measures[spec.checks[fault.check].measure]
    while not measure.points and measure.of:
        measure = spec.measures[measure.of[0]]
    if not measure.points:
        return []
    marks = landmarks_of(measure, fault.side, SIDES[near] if near < 2 else "")
    if not measure.kind.startswith("bow"):  # the back is all of the line between its two points
        marks = (marks[1 if len(marks) == 3 else -1],)
    single = [one for mark in marks for one in ((mark,) if isinstance(mark, int) else mark)]
    return [POINTS.index(LANDMARKS[one]) for one in single if LANDMARKS[one] in POINTS]


def _seen(places: Places, *points: int) -> bool:
    return all(places[point, 0] != UNSEEN for point in points)


def _point(places: Places, point: int) -> Point:
    return float(places[point, 0]), float(places[point, 1])


def _trunk(places: Places) -> float:
    """The longer of the lines from shoulder to hip, of those that are seen."""
    lines = [
        float(np.hypot(*(places[a].astype(float) - places[b])))
        for a, b in zip(_SHOULDERS, _HIPS, strict=True)
        if _seen(places, a, b)
    ]
    return max(lines, default=0.0)
