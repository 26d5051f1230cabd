"""The coach's answers to a whole set as arrays, for whoever draws them: a chart of each set.

Only made where somebody asks for it; a report needs none of it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from formcoach.events import Coaching
from formcoach.hold_clock import LONGEST_STEP_S
from formcoach.landmarks import SIDES
from formcoach.routine_machine import Now
from formcoach.spec import PHASES, Spec

SetKey = tuple[int, int]
"""Which step of a routine and which of its sets, both from 0; `(0, 0)` of a single exercise."""

Bools = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.uint8]
Span = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """One set, sample by sample; all arrays are `(N,)`.

    Attributes:
        spec: the exercise as coached.
        t: float64 seconds, never decreasing.
        phase: the number of the phase in `PHASES[spec.kind]`.
        side: the number of the active side in `spec.sides`; 0 where the exercise has none.
        near: the side nearer to the camera as its number in `SIDES`; 2 while it is unknown.
        seen: whether the person was seen.
        in_form: whether the clock of a hold was running.
        values: each measure of the active side, float32, NaN where not seen.
    """

    spec: Spec
    t: npt.NDArray[np.float64]
    phase: Numbers
    side: Numbers
    near: Numbers
    seen: Bools
    in_form: Bools
    values: Mapping[str, npt.NDArray[np.float32]]

    def during(self, *phases: str) -> Bools:
        """Which samples are in one of these phases; a phase that its kind does not have has none."""
        numbers = [number for number, name in enumerate(PHASES[self.spec.kind]) if name in phases]
        return np.isin(self.phase, numbers)

    def of_side(self, side: str) -> Bools:
        """Which samples have this side at work; all of them where the exercise has none."""
        if not self.spec.sides:
            return np.ones(len(self.t), np.bool_)
        mine: Bools = self.side == self.spec.sides.index(side)
        return mine

    def between(self, start: float, end: float) -> Chart:
        """The part from one moment to another, both included; its arrays are views."""
        part = slice(int(np.searchsorted(self.t, start)), int(np.searchsorted(self.t, end, "right")))
        return Chart(
            self.spec,
            self.t[part],
            self.phase[part],
            self.side[part],
            self.near[part],
            self.seen[part],
            self.in_form[part],
            {name: values[part] for name, values in self.values.items()},
        )

    def only(self, side: str) -> Chart:
        """The same with NaN for all measures while another side is at work."""
        mine = self.of_side(side)
        values = {name: np.where(mine, one, np.float32(np.nan)) for name, one in self.values.items()}
        return replace(self, values=values)

    def spans(self, which: Bools) -> Iterator[Span]:
        """From when to when the samples in a mask last: each until the next sample.

        A gap of more than `LONGEST_STEP_S` ends a span at the sample before it.
        """
        if not len(self.t):
            return
        gaps = np.flatnonzero(np.diff(self.t) > LONGEST_STEP_S)
        edges = np.flatnonzero(np.diff(which)) + 1
        starts = np.unique(np.concatenate([[0], edges, gaps + 1]))
        ends = np.append(starts[1:], len(self.t) - 1)
        ends = np.maximum(ends - np.isin(ends - 1, gaps), starts)
        there = which[starts]
        yield from zip(self.t[starts[there]].tolist(), self.t[ends[there]].tolist(), strict=True)


class Charter:
    """Collects the chart of one set as it goes."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._names = tuple(spec.measures)
        self._phases = {name: number for number, name in enumerate(PHASES[spec.kind])}
        self._sides = {name: number for number, name in enumerate(spec.sides or ("",))}
        self._t = array("d")
        self._states = bytearray()
        self._values = array("f")

    def take(self, coaching: Coaching) -> None:
        """Take in the coach's answer to the next sample."""
        self._t.append(coaching.t)
        self._states += bytes(
            (
                self._phases[coaching.phase],
                self._sides[coaching.side],
                _NEAR[coaching.near],
                coaching.someone,
                coaching.in_form,
            )
        )
        self._values.extend(map(coaching.values.__getitem__, self._names))

    def chart(self) -> Chart:
        """The chart so far."""
        states = np.frombuffer(bytes(self._states), np.uint8).reshape(-1, 5).T
        values = np.array(self._values, np.float32).reshape(len(self._t), len(self._names)).T
        return Chart(
            self._spec,
            np.array(self._t, np.float64),
            states[0],
            states[1],
            states[2],
            states[3].astype(np.bool_),
            states[4].astype(np.bool_),
            dict(zip(self._names, values, strict=True)),
        )


_NEAR = {SIDES[0]: 0, SIDES[1]: 1, "": 2}


class Charts:
    """Collects the charts of a session: one, or one for each set of a routine."""

    def __init__(self) -> None:
        self._charters: dict[SetKey, Charter] = {}

    def take(self, spec: Spec | None, now: Now | None, coaching: Coaching | None) -> None:
        """Take in the answer to a sample.

        Args:
            spec: the exercise that is on.
            now: where in a routine that was; None in a single exercise.
            coaching: the answer; None where no exercise is on.
        """
        if spec is None or coaching is None:
            return
        key = (0, 0) if now is None else (now.step, now.set - 1)
        if key not in self._charters:
            self._charters[key] = Charter(spec)
        self._charters[key].take(coaching)

    def charts(self) -> dict[SetKey, Chart]:
        """The charts so far, in the order in which their sets began."""
        return {key: charter.chart() for key, charter in self._charters.items()}
