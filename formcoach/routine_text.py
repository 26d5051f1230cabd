"""Routines in plain words for a terminal: `describe_routine` one, or list many in a `routine_table`."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from formcoach.dose_text import dose_in_words
from formcoach.routine import Growth, Plan, PlannedStep, Step
from formcoach.spec_lint.table import short
from formcoach.spec_text import WIDTH

NOT_YET = "not watched yet"
"""Said of an exercise that no spec tells of: the clock alone goes with it."""


def routine_table(plans: Iterable[Plan]) -> str:
    """One line for each routine, under a line of headings: id, name, how long, how many steps."""
    rows = [("ID", "NAME", "TAKES", "STEPS")]
    rows += [(one.routine.id, one.routine.name, duration(one.total_s), str(len(one.steps))) for one in plans]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]])
        for row in rows
    )


def describe_routine(plan: Plan) -> str:
    """A routine in words: what it is for, what to mind, what comes after what, and how long it takes."""
    routine = plan.routine
    blocks = [
        [routine.name, "=" * len(routine.name)],
        _wrap(routine.about),
        _cautions(routine.cautions),
        [*_wrap(f"When:  {routine.when}", then="       "), f"Takes: about {duration(plan.total_s)}."],
        [line for number, step in enumerate(plan.steps, 1) for line in _step(number, step)],
        _later([step for step in routine.steps if step.later]),
        _wrap(f"From: {routine.source}"),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def duration(seconds: float) -> str:
    """A length of time as one says it: `40 seconds`, `15 minutes`."""
    if round(seconds) < 90:
        return f"{round(seconds)} second{'' if round(seconds) == 1 else 's'}"
    minutes = round(seconds / 60)
    return f"{minutes} minutes"


def growth_in_words(growth: Growth) -> str:
    """How a dose grows, in one sentence."""
    unit = "seconds" if growth.of == "hold_s" else "repetitions"
    return (
        f"Grows from {short(growth.start)} to {short(growth.ceiling)} {unit}, by {short(growth.by)} after "
        f"{growth.good_days} good day{'' if growth.good_days == 1 else 's'} without pain."
    )


def _step(number: int, planned: PlannedStep) -> Iterator[str]:
    step = planned.step
    head = f"{number:>2}. {planned.name}"
    if planned.spec is None:
        note = f", {NOT_YET}" if planned.waiting else ""
        yield from _wrap(f"{head}: {duration(step.seconds)} by the clock{note}.", then="    ")
        yield from _wrap(step.about, "    ", "    ")
        return
    rest = f" Rest for {duration(step.rest_s)} after each set." if planned.sets > 1 else ""
    yield from _wrap(f"{head} ({step.exercise}): {dose_in_words(planned.spec)}{rest}", then="    ")
    if step.growth is not None:
        yield from _wrap(growth_in_words(step.growth), "    ", "    ")


def _later(steps: list[Step]) -> list[str]:
    lines = ["Later, and not part of it yet"] if steps else []
    for step in steps:
        lines += _wrap(f"{step.name or step.exercise}: {step.about}", "  - ", "    ")
    return lines


def _cautions(cautions: Iterable[str]) -> list[str]:
    lines = [line for caution in cautions for line in _wrap(caution, "  - ", "    ")]
    return ["Please mind", *lines] if lines else []


def _wrap(text: str, first: str = "", then: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=then, break_on_hyphens=False)
