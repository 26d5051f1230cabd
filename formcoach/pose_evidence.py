"""What recordings say about each bound of the poses that count: what true repetitions and holds reached."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from formcoach.evidence import DIRECTIONS, end_of
from formcoach.fitting import Evidence, Seen, noise_of, step_of
from formcoach.measures import KINDS
from formcoach.pieces import TRIM_S, Judged, Take, kept_beyond, overlaps
from formcoach.poses import margin_of, primary
from formcoach.spec import Direction, Pose, Spec

POSITION_S = 0.3
"""So long a position must be left to be taken for left."""

AROUND_S = 0.5
"""Seconds before and after a repetition in which its start position is looked for."""


def of_poses(spec: Spec, judged: Sequence[Judged]) -> list[Evidence]:
    """What there is for each bound of the poses that count: what true repetitions and holds reached."""
    if spec.kind == "repetitions":
        return [
            *_of_pose(spec, "position", _positions(judged), []),
            *_of_pose(spec, "start", _starts(spec, judged), []),
            *_of_pose(spec, "work", _turns(spec, judged), _mistaken(spec, judged)),
        ]
    if spec.kind == "hold":
        return [
            *_of_pose(spec, "position", _positions(judged), []),
            *_of_pose(spec, "work", _holds(judged), []),
        ]
    return []


Reached = tuple[str, dict[str, tuple[float, float]]]
"""Whose it is, and of each measure the least and the greatest value that must lie inside."""

Mistaken = Sequence[tuple[str, Direction, Seen]]
"""What reached into a bound of a measure and should not have."""


def _of_pose(spec: Spec, name: str, reached: Iterable[Reached], mistaken: Mistaken) -> Iterator[Evidence]:
    known = list(reached)
    for measure, bounds in spec.poses.get(name, {}).items():
        for at, direction in enumerate(DIRECTIONS):
            if not _decides(spec, measure, bounds[at], direction):
                continue
            values = [(group, ends[measure][at]) for group, ends in known if measure in ends]
            yield Evidence(
                f"poses.{name}.{measure}",
                measure,
                direction,
                bounds[at],
                0.0,
                noise_of(spec, measure),
                step_of(spec, measure),
                tuple(Seen(value, group) for group, value in values if value == value),
                tuple(seen for of, way, seen in mistaken if (of, way) == (measure, direction)),
                furthest=_furthest(spec, name, measure, direction),
                unseen=sum(value != value for _, value in values),
            )


def _decides(spec: Spec, measure: str, bound: float, direction: Direction) -> bool:
    """Whether a measure can be beyond a bound at all."""
    kind = KINDS[spec.measures[measure].kind]
    return bound > kind.low if direction == "low" else bound < kind.high


def _furthest(spec: Spec, pose: str, measure: str, direction: Direction) -> float:
    """How far a bound may go out: start and work stay apart, and no measure goes beyond its end."""
    end = end_of(spec, measure, direction)
    other = spec.poses.get({"start": "work", "work": "start"}.get(pose, ""), {}).get(measure)
    bounds = spec.poses[pose][measure]
    if other is None:
        return end
    apart = 2 * margin_of(spec, measure)
    if direction == "low" and other.high < bounds.low:
        return max(end, other.high + apart)
    if direction == "high" and other.low > bounds.high:
        return min(end, other.low - apart)
    return end


def _positions(judged: Iterable[Judged]) -> Iterator[Reached]:
    """Of each repetition, hold or fault the furthest values in which it stayed for a moment."""
    for one in judged:
        faults = one.take.labels.faults if one.report.spec.kind == "hold" else ()
        for start, end in [*_labelled(one.take), *((fault.start, fault.end) for fault in faults)]:
            side = _side(one, start, end)
            yield one.take.group, _extremes(one.take, side, start, end)


def _holds(judged: Iterable[Judged]) -> Iterator[Reached]:
    """Of each hold in form the furthest values in which it stayed for a moment."""
    for one in judged:
        for start, end in _labelled(one.take):
            yield one.take.group, _extremes(one.take, _side(one, start, end), start, end)


def _labelled(take: Take) -> list[tuple[float, float]]:
    """From when to when the exercise is certainly being done."""
    reps = [(rep.start, rep.end) for rep in take.labels.repetitions or ()]
    return reps or [(span.start + TRIM_S, span.end - TRIM_S) for span in take.labels.holds or ()]


def _extremes(take: Take, side: int, start: float, end: float) -> dict[str, tuple[float, float]]:
    t = take.readings.t
    rows = slice(*np.searchsorted(t, (start, end)))
    found = {}
    for at, name in enumerate(take.readings.names):
        values = take.readings.measures[side][rows, at]
        seen = values == values
        pairs = list(zip(t[rows][seen].tolist(), values[seen].tolist(), strict=True))
        turned = [(moment, -value) for moment, value in pairs]
        found[name] = kept_beyond([pairs], POSITION_S), -kept_beyond([turned], POSITION_S)
    return found


def _starts(spec: Spec, judged: Iterable[Judged]) -> Iterator[Reached]:
    """Of each labelled repetition the moments nearest to the start position, before it and after it."""
    pose = spec.poses["start"]
    for one in judged:
        for rep in one.take.labels.repetitions or ():
            side = _side(one, rep.start, rep.end)
            for start, end in ((rep.start - AROUND_S, rep.start), (rep.end, rep.end + AROUND_S)):
                if ends := _nearest(spec, one.take, side, pose, start, end):
                    yield one.take.group, ends


def _turns(spec: Spec, judged: Iterable[Judged]) -> Iterator[Reached]:
    """Of each labelled repetition the moment nearest to the work position."""
    for one in judged:
        for rep in one.take.labels.repetitions or ():
            side = _side(one, rep.start, rep.end)
            if ends := _nearest(spec, one.take, side, spec.poses["work"], rep.start, rep.end):
                yield one.take.group, ends


def _side(judged: Judged, start: float, end: float) -> int:
    """The side that gets nearest to the work position between two moments; the only one of a hold."""
    spec, take = judged.report.spec, judged.take
    if len(take.readings.measures) < 2 or "work" not in spec.poses:
        return 0
    away = [_distances(spec, take, side, spec.poses["work"], start, end)[1] for side in (0, 1)]
    least = [float(np.nanmin(one)) if np.isfinite(one).any() else math.inf for one in away]
    return int(np.argmin(least))


def _nearest(
    spec: Spec, take: Take, side: int, pose: Pose, start: float, end: float
) -> dict[str, tuple[float, float]]:
    """The values at the moment nearest to a pose; nothing where it was not seen.

    Among moments in the pose it is the one furthest in, so that all its bounds are told.
    """
    rows, away = _distances(spec, take, side, pose, start, end)
    if not np.isfinite(away).any():
        return {}
    at = rows[int(np.nanargmin(away))]
    values = zip(take.readings.names, take.readings.measures[side][at].tolist(), strict=True)
    return {name: (value, value) for name, value in values if name in pose}


def _distances(
    spec: Spec, take: Take, side: int, pose: Pose, start: float, end: float
) -> tuple[list[int], npt.NDArray[np.float64]]:
    """Between two moments, how far each sample is outside of a pose, in units of noise; below 0 inside."""
    first, last = np.searchsorted(take.readings.t, (start, end))
    rows = list(range(int(first), int(last)))
    names = take.readings.names
    away = np.full(len(rows), -math.inf)
    for name, bounds in pose.items():
        if name not in names:
            continue
        values = take.readings.measures[side][first:last, names.index(name)]
        out = np.maximum(bounds.low - values, values - bounds.high) / noise_of(spec, name)
        away = np.maximum(away, out)
    return rows, away


def _mistaken(spec: Spec, judged: Iterable[Judged]) -> Mistaken:
    """What was no repetition and yet reached, or tried to reach, the work position."""
    found: list[tuple[str, Direction, Seen]] = []
    name, facing, work = primary(spec)
    direction: Direction = "low" if work > facing else "high"
    for one in judged:
        labelled = one.take.labels.repetitions
        if labelled is None:
            continue
        for rep in one.report.repetitions:
            tried = rep.performed or rep.kind == "shallow"
            if tried and name in rep.reached and not overlaps(rep, labelled):
                found.append((name, direction, Seen(rep.reached[name], one.take.group)))
    return found
