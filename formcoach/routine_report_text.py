"""A routine's report in words, for a person at a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from formcoach.report_text import clock, summarise
from formcoach.routine_machine import Outcome
from formcoach.routine_report import RoutineReport, StepReport
from formcoach.routine_text import NOT_YET, duration

OUTCOMES: Mapping[Outcome, str] = {
    "done": "done",
    "left": "left before all of it was done",
    "time over": "not all of it in its time",
    "skipped": "left out from there on",
    "hurt": "ended there, as it hurt",
    "broken off": "broken off",
    "not begun": "not begun",
}


def summarise_routine(report: RoutineReport) -> str:
    """The routine in words: how each step ended, and below it what its sets came to."""
    lines = [f"{report.routine.name}, {duration(report.duration_s)}"]
    if report.hurt_at is not None:
        lines.append(f"It hurt at {clock(report.hurt_at)}, and ended there.")
    for number, step in enumerate(report.steps, 1):
        lines.append(_head(number, step))
        for part, one in enumerate(step.sets, 1):
            if step.planned.sets > 1:
                lines.append(f"   Set {part} of {step.planned.sets}")
            lines.append(textwrap.indent(_without_head(summarise(one)), "     "))
    return "\n".join(lines)


def _head(number: int, step: StepReport) -> str:
    line = f"{number:>2}. {step.planned.name}: {OUTCOMES[step.outcome]}"
    if step.outcome != "not begun":
        line += f", {duration(step.spent_s)}"
    if step.planned.waiting:
        line += f", {NOT_YET}"
    return line + "."


def _without_head(summary: str) -> str:
    """A set's summary without its first line, which names the exercise again."""
    return summary.partition("\n")[2]
