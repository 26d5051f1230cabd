"""What happened in a routine: a section for each step, in it the report of each set."""

from __future__ import annotations

from dataclasses import dataclass

from formcoach.report import FORMAT, Json, SessionReport, rounded
from formcoach.routine import PlannedStep, Routine
from formcoach.routine_machine import Outcome

ROUGH_FAULTS = 1
"""So many faults worth correcting in a set still are good form; not one of them about the back."""


@dataclass(frozen=True, slots=True)
class StepReport:
    """One step of a routine.

    Attributes:
        planned: what was to be done.
        outcome: how it ended.
        spent_s: from its beginning to its end, rests and pauses of the coach included.
        sets: the report of each set that was begun; none where the clock alone watched.
    """

    planned: PlannedStep
    outcome: Outcome
    spent_s: float
    sets: tuple[SessionReport, ...]

    @property
    def good(self) -> bool:
        """Whether the dose was done in good form: what a larger dose needs."""
        return self.outcome == "done" and bool(self.sets) and all(is_good(one) for one in self.sets)


@dataclass(frozen=True, slots=True)
class RoutineReport:
    """One routine, from the first sample to the last.

    Attributes:
        duration_s: from the first sample to the last.
        steps: in their order, also those that were not begun.
        hurt_at: when the person said that it hurts, which ended it; None where nothing hurt.
        hurt_step: the step that was on then, from 0, or that was to come next.
    """

    routine: Routine
    duration_s: float
    steps: tuple[StepReport, ...]
    hurt_at: float | None = None
    hurt_step: int | None = None

    def as_dict(self) -> Json:
        """The report as plain data, ready for JSON."""
        return {
            "format": FORMAT,
            "routine": self.routine.id,
            "name": self.routine.name,
            "duration_s": rounded(self.duration_s),
            "hurt_at": None if self.hurt_at is None else rounded(self.hurt_at),
            "hurt_step": None if self.hurt_step is None else self.hurt_step + 1,
            "steps": [_step(step) for step in self.steps],
        }


def _step(step: StepReport) -> dict[str, object]:
    return {
        "name": step.planned.name,
        "exercise": step.planned.step.exercise,
        "watched": step.planned.watched,
        "outcome": step.outcome,
        "good": step.good,
        "spent_s": rounded(step.spent_s),
        "sets_planned": step.planned.sets,
        "sets": [one.as_dict() for one in step.sets],
    }


def is_good(report: SessionReport) -> bool:
    """Whether a set was done in good form: nothing said about the back, little else, no repetition short."""
    severities = [report.spec.checks[fault.check].severity for fault in report.faults]
    if "stop" in severities or severities.count("fix") > ROUGH_FAULTS:
        return False
    return all(one.to_dose for one in report.attempts if one.performed)
