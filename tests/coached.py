"""The test language: perform something, coach it, and read off what the coach made of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from formcoach.actions import Action
from formcoach.events import Coaching
from formcoach.landmarks import PoseSample
from formcoach.report import SessionReport
from formcoach.session import Session
from formcoach.spec import Spec
from formcoach.spec_file import find_spec, read_spec
from puppet import Performance, perform


@dataclass(frozen=True)
class Outcome:
    """What the coach made of a performance."""

    report: SessionReport
    steps: list[Coaching]
    performance: Performance | None = None

    @property
    def counts(self) -> dict[str, int]:
        return {side: self.report.performed(side) for side in self.report.sides}

    @property
    def count(self) -> int:
        return sum(self.counts.values())

    @property
    def held(self) -> float:
        return self.report.hold_s

    @property
    def fault_kinds(self) -> set[str]:
        return {fault.kind for fault in self.report.faults}

    @property
    def why_not(self) -> list[str]:
        return [rep.why_not for rep in self.report.repetitions if not rep.performed]

    @property
    def kinds(self) -> set[str]:
        return {rep.kind for rep in self.report.repetitions if rep.kind}

    @property
    def said(self) -> list[str]:
        return [cue.text for cue in self.report.cues]

    @property
    def corrections(self) -> list[str]:
        return [cue.text for cue in self.report.cues if cue.severity in ("polish", "fix", "stop")]

    @property
    def phases(self) -> list[str]:
        """The phases in order, each once as it begins."""
        return [
            b.phase
            for a, b in zip([None, *self.steps], self.steps, strict=False)
            if not a or a.phase != b.phase
        ]


@cache
def stock(exercise: str) -> Spec:
    """A stock spec."""
    return read_spec(find_spec(exercise))


def coach(spec: Spec | str, stream: Iterable[PoseSample | Action]) -> Outcome:
    """Coach a stream by a spec or the id of a stock one."""
    session = Session(stock(spec) if isinstance(spec, str) else spec)
    steps: list[Coaching] = []
    for item in stream:
        if isinstance(item, PoseSample):
            steps.append(session.take(item))
        else:
            session.act(item)
    return Outcome(session.finish(), steps)


def coached(exercise: str, *, by: Spec | str = "", **how: object) -> Outcome:
    """Perform an exercise (see `puppet.perform`) and coach it, as itself or `by` another spec."""
    spec = by if isinstance(by, Spec) else stock(by or exercise)
    performance = perform(exercise, back=spec.wants_back, **how)
    outcome = coach(spec, performance.samples)
    return Outcome(outcome.report, outcome.steps, performance)
