"""The edge of the back: a smooth line along the silhouette's outline that looks as the back is judged."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from formcoach.back import FURTHEST, TRIM, read_back
from formcoach.body import BACK_LASTS_S
from formcoach.events import Coaching
from formcoach.frame import Image
from formcoach.landmarks import INDEX, FloatArray, PoseSample
from formcoach.outline import nearer_side
from formcoach.overlay.angles import Dots, reads_back, resolve
from formcoach.overlay.drawing import Dot, paste, ribbon
from formcoach.overlay.figure import solid_mark
from formcoach.overlay.labels import Box
from formcoach.overlay.palette import FAR, GOOD, LOOKS, NEAR, SHADOW, Colour
from formcoach.spec import Direction, Severity, Spec

Curve = npt.NDArray[np.float64]

THICKNESS: Mapping[Severity, float] = {"polish": 10, "fix": 13, "stop": 16}
"""Of the edge of a faulty back, in the overlay's units; of a sound one 8, of one not judged 4."""

MARK = 0.8
"""Size of the mark on the edge over that of a mark on a joint: it must not hide the bow."""

EASE_S = 0.06
"""Time constant with which the line goes over from one reading to the next."""

SHORTEST = 8.0
"""Pixels between shoulder and hip from which there is a back to draw."""

ROUNDS = 2
"""How often each point of an outline is drawn halfway towards the middle of its neighbours."""

PEAK = 4
"""The mark lies at the middle of the bow, weighted by its height to this power: the single highest point
of a nearly flat back would jump about."""


@dataclass(frozen=True, slots=True)
class EdgeState:
    """What is said of the back now, and so how its edge looks.

    Attributes:
        colour: of the line.
        thickness: of the line, in the overlay's units.
        severity: of the fault, or None where there is none.
        direction: of that fault.
        kind: of the measure at fault: `bow`, `bow_upper` or `bow_lower`.
    """

    colour: Colour
    thickness: float
    severity: Severity | None = None
    direction: Direction = "high"
    kind: str = "bow"


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """Where the edge of the back is on the screen.

    Attributes:
        line: `(n, 2)` pixels, from the shoulder to the hip.
        along: `(n,)` how far along the trunk, 0 = shoulder, 1 = hip.
        off: `(n,)` trunk lengths from the line's own chord, + = bowed out.
    """

    line: Curve
    along: Curve
    off: Curve

    def pieces(self) -> list[tuple[Dot, Dot]]:
        """The line as three or four straight pieces, for what is to keep clear of it."""
        dots: list[Dot] = [(x, y) for x, y in self.line[:: max(1, (len(self.line) - 1) // 3)].tolist()]
        return list(pairwise(dots))


class BackEdge:
    """Follows the outlines of one session; they come with some samples only.

    Args:
        spec: the exercise.
        mirror: whether left and right are swapped on the screen.
    """

    def __init__(self, spec: Spec, mirror: bool) -> None:
        self._mirror = mirror
        self._measures = [name for name, measure in spec.measures.items() if reads_back(measure)]
        self._near = ""
        self._read_at = self._shown_at = -math.inf
        self._read: Curve | None = None
        self._shown: Curve | None = None
        self._seen = slice(0)
        self._along: Curve = np.zeros(0)

    def step(self, sample: PoseSample, dots: Dots, coaching: Coaching) -> Edge | None:
        """Where the edge is now, or None where it cannot be read.

        A reading stands for the samples up to `BACK_LASTS_S` after it, and moves with shoulder and hip.

        Args:
            sample: the person; its outline, if it has one, is that of the near side.
            dots: where the landmarks are on the screen.
            coaching: the coach's answer to that sample.
        """
        if sample.back is not None:
            self._take(sample, sample.back, coaching)
        elif not 0 <= sample.t - self._read_at <= BACK_LASTS_S:
            self._read = None
        self._shown = self._eased(sample.t)
        if self._shown is None:
            return None
        shoulder, hip = (dots[INDEX[f"{self._near}_{part}"]] for part in ("shoulder", "hip"))
        if shoulder is None or hip is None or math.dist(shoulder, hip) < SHORTEST:
            return None
        return self._on_screen(self._shown, shoulder, hip)

    def _take(self, sample: PoseSample, outline: FloatArray, coaching: Coaching) -> None:
        # The outline is that of the side that the model puts nearer, also when the person swapped sides.
        near = nearer_side(sample.world) if sample.world is not None else coaching.near
        off = np.where(np.abs(outline) <= FURTHEST, outline, np.float32(np.nan))
        along = np.linspace(0.0, 1.0, len(off))
        known = np.flatnonzero(~np.isnan(off) & (along >= TRIM))
        if not coaching.near or len(known) < 2 or not self._is_readable(off, coaching):
            self._read = None
            return
        if near != self._near or (self._shown is not None and len(self._shown) != len(off)):
            self._shown = None
        self._read = np.interp(along, along[known], off[known])
        self._seen = slice(int(known[0]), int(known[-1]) + 1)
        self._along = along[self._seen]
        _smooth(self._read[self._seen])
        self._read_at, self._near = sample.t, near

    def _is_readable(self, off: FloatArray, coaching: Coaching) -> bool:
        """Whether the coach reads it. Where no value says so, its own start may just not be known yet."""
        values = (coaching.values.get(name, math.nan) for name in self._measures)
        return any(value == value for value in values) or not read_back(off).why

    def _eased(self, t: float) -> Curve | None:
        """The outline shown before, on its way to the one last read."""
        step, self._shown_at = t - self._shown_at, t
        if self._read is None or self._shown is None or not 0 <= step <= BACK_LASTS_S:
            return self._read
        return self._shown + (self._read - self._shown) * (1.0 - math.exp(-step / EASE_S))

    def _on_screen(self, shown: Curve, shoulder: Dot, hip: Dot) -> Edge:
        across, down = hip[0] - shoulder[0], hip[1] - shoulder[1]
        # Going up the trunk, whoever shows the left side has the back on the right hand.
        hand = 1.0 if (self._near == "left") != self._mirror else -1.0
        along, out = self._along, shown[self._seen]
        line = np.empty((len(out), 2))
        line[:, 0] = shoulder[0] + along * across + out * (hand * down)
        line[:, 1] = shoulder[1] + along * down - out * (hand * across)
        slope = (out[-1] - out[0]) / (along[-1] - along[0])
        return Edge(line, along, out - out[0] - slope * (along - along[0]))


def state_of_back(spec: Spec, coaching: Coaching) -> EdgeState | None:
    """What is said of the back now, or None where nothing is and the camera looks at it from elsewhere.

    Its most pressing fault comes first. A back that is judged and right looks as a band to aim for, one
    that makes the repetitions as a bone of the near side, any other as one of the far side.
    """

    def is_back(measure: str) -> bool:
        return reads_back(resolve(spec, measure, coaching.values))

    for fault in coaching.faults:
        check = spec.checks.get(fault.check)
        if check is not None and is_back(check.measure):
            look, kind = LOOKS[check.severity], resolve(spec, check.measure, coaching.values).kind
            return EdgeState(look.colour, THICKNESS[check.severity], check.severity, fault.direction, kind)
    checks = [(name, check) for name, check in spec.checks.items() if is_back(check.measure)]
    if any(coaching.phase in check.during and name not in coaching.unseen for name, check in checks):
        return EdgeState(GOOD, 8)
    if coaching.phase != "setup" and any(is_back(name) for pose in spec.poses.values() for name in pose):
        return EdgeState(NEAR, 8)
    return EdgeState(FAR, 4) if coaching.view != "front" else None


def place_of_mark(edge: Edge, state: EdgeState) -> Dot:
    """Where the edge bows most in the direction of the fault, in the half that is at fault."""
    off = edge.off if state.direction == "high" else -edge.off
    weight = (off - off.min() + 1e-6) ** PEAK
    if state.kind == "bow_upper":
        weight *= edge.along <= 0.5
    elif state.kind == "bow_lower":
        weight *= edge.along >= 0.5
    middle = float(weight @ np.arange(len(weight)) / weight.sum())
    first = min(int(middle), len(weight) - 2)
    x, y = edge.line[first] + (middle - first) * (edge.line[first + 1] - edge.line[first])
    return float(x), float(y)


def draw_edge(image: Image, edge: Edge, state: EdgeState, unit: float) -> Box | None:
    """Draw the edge as it looks now.

    Returns:
        Where the mark lies that a faulty back has, pixels; None where there is none.
    """
    line = (state.thickness * unit, state.colour)
    if state.colour == FAR:
        ribbon(image, edge.line, line)
        return None
    ribbon(image, edge.line, ((state.thickness + 5) * unit, SHADOW), line)
    if state.severity is None:
        return None
    mark = solid_mark(state.severity, MARK * unit)
    x, y = place_of_mark(edge, state)
    left, top = round(x) - mark.width // 2, round(y) - mark.height // 2
    paste(image, mark, left, top)
    return left, top, left + mark.width, top + mark.height


def _smooth(curve: Curve) -> None:
    """Take a silhouette's steps out of a curve, in place; its ends stay."""
    for _ in range(ROUNDS):
        curve[1:-1] += (curve[:-2] - 2.0 * curve[1:-1] + curve[2:]) / 4.0
