"""Poses a stick figure the way a spec asks: into its start and its work position.

Nobody draws the exercises. Of the postures that people rest in (`formcoach.postures`) the nearest is bent
until the spec's own measures, read as the coach reads them, lie well inside the bounds of the pose and of
the checks that are judged there. Joints have limits, what bears stays on the floor, and what the spec
says nothing of stays as people have it. Where that fails, there is no figure: a wrong one is worse.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from formcoach.back import Back
from formcoach.body import Body
from formcoach.geometry import NAN
from formcoach.landmarks import INDEX, LANDMARK_COUNT, OTHER_SIDE
from formcoach.measures import MeasureReader, OwnMeasures
from formcoach.postures import CLEARANCE, COLUMN, COLUMNS, FRONT, SIDE, TRUNK, Array, Posture, limits, place
from formcoach.spec import Check, Pose, Range, Spec
from formcoach.spec_lint.measures import reach, unit_of

PICTURES: Mapping[str, tuple[str, ...]] = {"repetitions": ("start", "work"), "hold": ("work",)}
"""The poses that are worth a picture; of a sequence it is the stations."""

_WHEN = {"start": frozenset(("start", "top")), "work": frozenset(("work", "turn", "hold"))}
_FORCED = 15.0  # squares of what is off, from which a figure is bent out of shape
_REFINED = 6  # of the postures to set out from, the most promising
_STEPS = 40
_UNUSUAL, _LOPSIDED, _DOWN, _OUT_OF_PICTURE = 0.15, 2.5, 0.8, 0.5
"""What speaks against a posture: others are more usual, one leg is ahead where both do the same, something
comes to bear on the floor that did not at the start, it leads out of the picture."""
_LOOSE = np.array([12.0 if name == "neck" else 14.0 if "ankle" in name else 35.0 for name in COLUMNS])
_LOOSE[COLUMN["bow"]] = 6.0  # hundredths of a trunk length
_TWINS = [(COLUMN[name], COLUMN[name.replace("right", "left")]) for name in COLUMNS if "right" in name]
_WEIGHTS = ((0.5, "shoulder", "hip"), (0.1, "ear", "ear"), (0.3, "hip", "ankle"), (0.1, "shoulder", "wrist"))
"""Where the shares of a body's weight lie: halfway between two landmarks each."""
_FLOORED = [(INDEX[f"{side}_{part}"], up) for side in OTHER_SIDE for part, up in CLEARANCE.items()]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a pose.

    Attributes:
        points: `(33, 3)` metres from the middle of the hips: right, up, and towards whoever looks.
        bow: of the back, trunk lengths, + = rounded.
        floor: its height, metres.
        side: whose turn it is, or empty; the near side is the right one.
        values: of the spec's measures.
    """

    points: Array
    bow: float
    floor: float
    side: str
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Aim:
    """A measure and where it should be; how strongly, and what an aim of its unit is counted in."""

    name: str
    bounds: Range
    weight: float
    unit: float

    def off(self, value: float) -> float:
        """How far outside of the bounds, or too near to them."""
        if value != value:
            return 3.0 * self.weight
        low, high = self.bounds
        margin = min(0.8 * self.unit, 0.25 * (high - low))
        outside = max(low + margin - value, value - high + margin, 0.0)
        middle = (value - (low + high) / 2) if high - low < 5 * self.unit else 0.0
        return self.weight * (outside + 0.25 * middle) / self.unit


class _Reader:
    """The spec's measures of a figure, as the coach reads them."""

    def __init__(self, spec: Spec, side: str) -> None:
        self.front = spec.camera == "front"
        self._head_first = spec.position in ("quadruped", "prone", "supine", "side-lying")
        self._reader, self._own = MeasureReader(spec, (side,)), OwnMeasures(spec)
        self.side = side
        self._still = [name for name, measure in spec.measures.items() if measure.kind == "speed"]
        self._t = 0.0

    def read(
        self, points: Array, bow: float, neutral: Mapping[str, float]
    ) -> tuple[dict[str, float], dict[str, float]]:
        """The values, and those before the neutral was taken off."""
        self._t += 1.0  # so long apart that nothing is smoothed
        ahead = points[INDEX["left_shoulder"], 0] + points[INDEX["right_shoulder"], 0]
        body = Body(
            t=self._t,
            someone=True,
            why="",
            points=[(x, -y) for x, y, _ in points.tolist()],
            seen=[True] * LANDMARK_COUNT,
            world=[(x, -y, -z) for x, y, z in points.tolist()],
            trunk=TRUNK,
            span=TRUNK,
            near="right",
            facing=-1 if self._head_first and ahead < 0 else 1,
            view="front" if self.front else "side",
            yaw=0.0 if self.front else 90.0,
            back=Back(NAN, NAN, NAN) if self.front else Back(bow, bow, bow),
            new=False,
        )
        (raw,) = self._reader.raw(body, "right")
        values = self._own.of(self._t, raw, neutral)
        return values | dict.fromkeys(self._still, 0.0), raw


def poses_drawn(spec: Spec) -> Mapping[str, Pose]:
    """The poses of an exercise that are worth a picture, by name."""
    if spec.kind == "sequence":
        return {station.name: station.pose for station in spec.stations.values()}
    return {name: spec.poses[name] for name in PICTURES[spec.kind]}


def is_judged(spec: Spec, check: Check, pose: str) -> bool:
    """Whether a check is judged in one of the poses that are drawn."""
    when = frozenset(("hold", pose)) if spec.kind == "sequence" else _WHEN[pose]
    return not when.isdisjoint(check.during)


def pose_figures(spec: Spec) -> dict[str, Figure] | None:
    """The figure in each of `poses_drawn`, or None where it cannot be brought there.

    Args:
        spec: a sound one.
    """
    if spec.position not in (FRONT if spec.camera == "front" else SIDE):
        return None
    for side in spec.sides and ("right", "left"):
        if (found := _pose_side(spec, side)) is not None:
            return found
    return None if spec.sides else _pose_side(spec, "")


def _pose_side(spec: Spec, side: str) -> dict[str, Figure] | None:
    reader = _Reader(spec, side)
    figures: dict[str, Figure] = {}
    neutral: dict[str, float] = {}
    start: Posture | None = None
    for pose in poses_drawn(spec):
        solver = _Solver(spec, reader, _aims(spec, pose), neutral, start)
        for posture in solver.solve():
            points, bow, floor = solver.placed(posture.angles, posture)
            values, raw = reader.read(points, bow, neutral)
            if pose == "start":
                values, _ = reader.read(points, bow, raw)
            if _is_in(spec, pose, values):
                break
        else:
            return None
        if pose == "start":
            neutral, start = raw, posture
        figures[pose] = Figure(points, bow, floor, side, values)
    return figures


def _aims(spec: Spec, pose: str) -> list[_Aim]:
    """What is asked of the figure in a pose; of each measure the tightest bounds."""
    bounds: dict[str, tuple[Range, float]] = {}
    boxes = [spec.poses.get("position", {}), poses_drawn(spec)[pose]]
    boxes += [spec.poses.get("held", {})] if pose == "work" else []
    asked = chain(
        ((name, box, 3.0) for one in boxes for name, box in one.items()),
        ((check.measure, check.good, 2.0) for check in _judged(spec, pose)),
    )
    for name, box, weight in asked:
        was, strength = bounds.get(name, (Range(-np.inf, np.inf), 0.0))
        both = Range(max(was.low, box.low), min(was.high, box.high))
        # Where a check asks for other than the pose, as after a turn, the pose has the say.
        bounds[name] = (both if both.low <= both.high else was, max(strength, weight))
    return [
        _Aim(name, _opened(spec, name, box), weight, 10.0 if unit_of(spec, name) == "degrees" else 0.08)
        for name, (box, weight) in bounds.items()
    ]


def _opened(spec: Spec, name: str, bounds: Range) -> Range:
    """A bound at the end of what a measure can be, such as 180 of a knee, is none to keep away from."""
    can = reach(spec, name) or Range(-np.inf, np.inf)
    return Range(
        bounds.low if bounds.low > can.low else -np.inf, bounds.high if bounds.high < can.high else np.inf
    )


def _judged(spec: Spec, pose: str) -> list[Check]:
    return [check for check in spec.checks.values() if is_judged(spec, check, pose)]


def _is_in(spec: Spec, pose: str, values: Mapping[str, float]) -> bool:
    """Whether the coach would count the figure as being there, and find no fault with it."""
    boxes = [spec.poses.get("position", {}), poses_drawn(spec)[pose]]
    for name, bounds in chain.from_iterable(box.items() for box in boxes):
        if not bounds.holds(values[name], 0.01):
            return False
    if pose == "work" and any(
        all(bounds.holds(values[name]) for name, bounds in wrong.pose.items())
        for wrong in spec.wrong.values()
        if not wrong.is_a_stay
    ):
        return False
    return all(check.good.holds(values[check.measure], check.tolerance) for check in _judged(spec, pose))


class _Solver:
    """Brings a figure into one pose."""

    def __init__(
        self,
        spec: Spec,
        reader: _Reader,
        aims: list[_Aim],
        neutral: Mapping[str, float],
        start: Posture | None,
    ) -> None:
        self._reader, self._aims, self._neutral, self._start = reader, aims, neutral, start
        self._front = reader.front
        self._side = reader.side
        self._alike = not spec.sides
        self._even = self._alike or (spec.kind == "repetitions" and start is None)
        self._standing = spec.position == "standing"
        rests = (FRONT if self._front else SIDE)[spec.position]
        # Both sides at once do nothing that leads out of the picture.
        self._rests = [rest for rest in rests if rest.flat or spec.sides or spec.kind == "sequence"]

    def solve(self) -> list[Posture]:
        """The postures that come near enough, the best first."""
        tried: list[tuple[float, float, Posture]] = []
        for number, rest in enumerate(self._ways_to_begin()):
            off = self._off(rest.angles, rest)
            odd = _UNUSUAL * number if rest.flat else _OUT_OF_PICTURE
            odd += _LOPSIDED if self._even and _is_lopsided(rest) else 0.0
            if self._start is not None:
                odd += _DOWN * len(rest.contacts - self._start.contacts)
            tried.append((float(off @ off) + odd, odd, rest))
        tried.sort(key=lambda one: one[0])
        bent = [(odd, *self._bend(rest)) for _, odd, rest in tried[:_REFINED]]
        bent.sort(key=lambda one: one[0] + one[1])
        return [posture for _, cost, posture in bent if cost < _FORCED]

    def placed(self, angles: Array, rest: Posture) -> tuple[Array, float, float]:
        """The landmarks, the back's bow in trunk lengths, and the height of the floor."""
        points = place(rest, self._front, angles)
        heights = [points[INDEX[name], 1] - CLEARANCE[name.partition("_")[2]] for name in rest.contacts]
        return points, float(angles[COLUMN["bow"]]) / 100.0, float(np.mean(heights)) if heights else -1.0

    def _ways_to_begin(self) -> list[Posture]:
        """Every rest of the position, either way round, and the start position with this and that lifted."""
        ways = [] if self._start is None else [self._start]
        ways += [
            *self._rests,
            *(_swapped(rest) for rest in self._rests if _is_lopsided(rest) and not any(rest.out)),
        ]
        if self._start is not None:
            for lifted in ("right_", "left_", "wrist", "elbow", "heel"):
                bears = frozenset(name for name in self._start.contacts if lifted not in name)
                if bears and bears != self._start.contacts:
                    ways.append(replace(self._start, contacts=bears))
        return ways

    def _bend(self, rest: Posture) -> tuple[float, Posture]:
        """Least squares by Levenberg and Marquardt, the slopes by small steps."""
        angles, damping = rest.angles.copy(), 0.1
        off = self._off(angles, rest)
        cost = float(off @ off)
        for _ in range(_STEPS):
            slopes = np.stack(
                [(self._off(angles + step, rest) - off) / 0.5 for step in 0.5 * np.eye(len(angles))], axis=1
            )
            square, down = slopes.T @ slopes, slopes.T @ off
            better = False
            while not better and damping < 1e6:
                change = np.linalg.solve(square + damping * np.diag(1e-4 + square.diagonal()), -down)
                tried = self._off(angles + np.clip(change, -25.0, 25.0), rest)
                better = float(tried @ tried) < cost
                damping = damping / 4 if better else damping * 4
            if not better:
                break
            gain = cost - float(tried @ tried)
            angles, off, cost = angles + np.clip(change, -25.0, 25.0), tried, float(tried @ tried)
            if gain < 1e-4 * cost:
                break
        return cost, replace(rest, angles=angles)

    def _off(self, angles: Array, rest: Posture) -> Array:
        """Everything that is not as it should be, in comparable numbers."""
        points, bow, floor = self.placed(angles, rest)
        values, _ = self._reader.read(points, bow, self._neutral)
        away = angles - rest.angles
        off = [*(aim.off(values[aim.name]) for aim in self._aims), *(away / _LOOSE)]
        if self._alike:
            off += [(away[one] - away[other]) / 8.0 for one, other in _TWINS]
        for one, other, low, high in limits(self._front, rest):
            between = angles[COLUMN[one]] - (angles[COLUMN[other]] if other else 0.0)
            off.append(max(low - between, between - high, 0.0) / 3.0)
        for name in sorted(rest.contacts):
            height = points[INDEX[name], 1] - CLEARANCE[name.partition("_")[2]]
            off.append((height - floor) / 0.015)
        off += [min(points[index, 1] - 0.9 * up - floor, 0.0) / 0.015 for index, up in _FLOORED]
        off += self._sliding(points, rest)
        off.append(self._toppling(points, rest) / 0.03)
        return np.array(off)

    def _sliding(self, points: Array, rest: Posture) -> list[float]:
        """What bears on the floor at the start and still does has stayed on its spot, unless it may step."""
        if self._start is None:
            return []
        before, _, _ = self.placed(self._start.angles, self._start)
        stay = sorted(rest.contacts & self._start.contacts)
        if self._standing and self._side:
            stay = [name for name in stay if not name.startswith(self._side)]
        moved = [float(points[INDEX[name], 0] - before[INDEX[name], 0]) for name in stay]
        kept = [(one - sum(moved) / len(moved)) / 0.03 for one in moved]
        return kept + [0.0] * (len(rest.contacts) - len(kept))

    def _toppling(self, points: Array, rest: Posture) -> float:
        """How far somebody standing has their weight off their feet, metres."""
        if not self._standing or self._front or rest.propped:
            return 0.0
        across = {name: float(points[number, 0]) for name, number in INDEX.items()}
        middle = sum(
            share * (across[f"{side}_{one}"] + across[f"{side}_{other}"]) / 4
            for share, one, other in _WEIGHTS
            for side in OTHER_SIDE
        )
        sides = {name.partition("_")[0] for name in rest.contacts}
        feet = [across[f"{side}_{part}"] for side in sides for part in ("heel", "foot_index")]
        return float(max(min(feet) + 0.04 - middle, middle - max(feet) + 0.02, 0.0))


def _swapped(posture: Posture) -> Posture:
    """The same with left and right exchanged."""
    angles = posture.angles.copy()
    for one, other in _TWINS:
        angles[one], angles[other] = posture.angles[other], posture.angles[one]
    names = (name.partition("_") for name in posture.contacts)
    return replace(
        posture,
        angles=angles,
        contacts=frozenset(f"{OTHER_SIDE[side]}_{part}" for side, _, part in names),
        roll=-posture.roll,
        twist=-posture.twist,
    )


def _is_lopsided(posture: Posture) -> bool:
    return any(posture.angles[one] != posture.angles[other] for one, other in _TWINS)
