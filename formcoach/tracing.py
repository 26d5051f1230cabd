"""The trace of a session: what a page shows of it beside its report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from formcoach.charting import Chart, Charts, SetKey
from formcoach.events import Coaching
from formcoach.figure_track import FigureTrack, FigureTracker
from formcoach.landmarks import PoseSample
from formcoach.routine_machine import Now
from formcoach.spec import Spec


@dataclass(frozen=True, slots=True)
class Trace:
    """The charts of a session, one for each set, and its moving figure."""

    charts: Mapping[SetKey, Chart]
    track: FigureTrack


class Tracer:
    """Collects a trace as a session goes."""

    def __init__(self) -> None:
        self._charts = Charts()
        self._figure = FigureTracker()

    def take(self, sample: PoseSample, spec: Spec | None, now: Now | None, coaching: Coaching | None) -> None:
        """Take in the next sample and the coach's answer to it, as `Charts.take` does."""
        self._figure.take(sample)
        self._charts.take(spec, now, coaching)

    def trace(self) -> Trace:
        """The trace so far."""
        return Trace(self._charts.charts(), self._figure.track())
