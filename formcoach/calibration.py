"""Finds out a person's own neutral and range from one set, done with care."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from statistics import median

from formcoach.actions import Action
from formcoach.coach import Coach
from formcoach.events import Coaching, RepEvent
from formcoach.landmarks import PoseSample
from formcoach.personal import Personal
from formcoach.spec import Range, Spec

FEWEST = 2
"""Repetitions that tell how far somebody gets."""

LEAST_S = 2.0
"""Seconds of a hold in form that tell how somebody holds."""

_TELLING = frozenset(("", "shallow", "broken_off"))
"""Kinds of repetitions that went the right way, however far."""


class Calibration:
    """Learns from the samples of one set.

    Args:
        spec: as shipped: nothing personal may be in it yet.
    """

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._coach = Coach(spec)
        self._held: dict[str, list[float]] = defaultdict(list)
        self._held_s = 0.0
        self._last_t: float | None = None
        self._reaches: dict[str, list[float]] = defaultdict(list)

    def take(self, sample: PoseSample) -> None:
        """Take in the next sample."""
        coaching = self._coach.step(sample)
        if self._spec.kind == "hold":
            self._hold(coaching)
        for event in coaching.events:
            if isinstance(event, RepEvent) and (event.performed or event.kind in _TELLING):
                for name, value in event.reached.items():
                    self._reaches[name].append(value)

    def act(self, action: Action) -> None:
        """Do what the person asked for."""
        self._coach.act(action)

    def result(self, date: str) -> Personal | None:
        """What was found out, or None where too little was seen."""
        reach = {
            name: furthest(self._spec.poses["work"][name], values)
            for name, values in self._reaches.items()
            if len(values) >= FEWEST
        }
        neutral = {name: median(values) for name, values in self._held.items()}
        if self._spec.kind == "hold":
            return Personal(date, neutral) if neutral and self._held_s >= LEAST_S else None
        return Personal(date, self._coach.neutral, reach) if reach else None

    def _hold(self, coaching: Coaching) -> None:
        passed = 0.0 if self._last_t is None else coaching.t - self._last_t
        self._last_t = coaching.t
        if not (coaching.in_form and not coaching.faults):
            return
        self._held_s += passed
        for name in {check.measure for check in self._spec.checks.values()}:
            value = coaching.values[name]
            if value == value:
                self._held[name].append(value)


def calibrate(spec: Spec, stream: Iterable[PoseSample | Action], date: str) -> Personal | None:
    """What a whole stream of samples and actions tells, or None where it is too little."""
    calibration = Calibration(spec)
    for item in stream:
        if isinstance(item, PoseSample):
            calibration.take(item)
        else:
            calibration.act(item)
    return calibration.result(date)


def furthest(bounds: Range, values: list[float]) -> float:
    """How far somebody gets: the middle one of the three furthest into the bounds, one may be a slip."""
    best = sorted(values, key=lambda value: min(value - bounds.low, bounds.high - value), reverse=True)[:3]
    return median(best)
