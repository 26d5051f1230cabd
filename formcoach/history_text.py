"""The history in words, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from formcoach.progress import (
    WEEK,
    DayDone,
    Progress,
    SetDone,
    days_done,
    in_week,
    progress_of,
    streak,
)
from formcoach.routine import Routine

BARS = "▁▂▃▄▅▆▇█"
"""A day's share of the best day, from little to all of it."""

DAYS_SHOWN = 12
"""So many days are drawn in a row."""

RECENT = 28
"""Days; a routine that was not done for so long is not compared with its advice."""


@dataclass(frozen=True, slots=True)
class Days:
    """How days are called: their names come from outside, for nothing here knows a calendar.

    Attributes:
        today: the number of today.
        names: of each day that may be named, as `12 Mar`.
    """

    today: int
    names: Mapping[int, str]

    def name(self, day: int) -> str:
        """Today, yesterday, or the day's date."""
        near = {self.today: "today", self.today - 1: "yesterday"}
        return near.get(day) or self.names.get(day, "")


def describe_history(
    sets: Sequence[SetDone],
    pains: Sequence[tuple[int, str]],
    routines: Mapping[str, Routine],
    days: Days,
) -> str:
    """How often, how much, and what changes.

    Args:
        sets: all that was done.
        pains: days with pain, with the exercise in which it hurt, or empty.
        routines: those that are known, by id.
        days: the names of days.
    """
    done = days_done(sets, days.today)
    if not done:
        return "Nothing done yet. A session in front of the camera is kept here: formcoach live bird-dog"
    lines = [overview(sets, days.today), *advice(sets, routines, days.today), ""]
    lines += _table(progress_of(sets, days.today), days)
    recent = [(day, exercise) for day, exercise in pains if days.today - RECENT < day <= days.today]
    if recent:
        lines += ["", "Pain: " + ", ".join(_pain(day, exercise, days) for day, exercise in recent) + "."]
    return "\n".join(lines)


def overview(sets: Sequence[SetDone], today: int) -> str:
    """How many days in a row, and what the last seven days came to."""
    done = days_done(sets, today)
    week = [one for one in sets if today - WEEK < one.day <= today and one.counts]
    minutes = round(sum(one.duration_s for one in week) / 60)
    time = _plural(minutes, "minute") if minutes or not week else "less than a minute"
    sessions = len({one.session for one in week})
    row = streak(done, today)
    row_text = f"{_plural(row, 'day')} in a row. " if row else ""
    return (
        f"{row_text}Last seven days: {_plural(in_week(done, today), 'day')}, "
        f"{_plural(sessions, 'session')}, {time} of exercise."
    )


def advice(sets: Sequence[SetDone], routines: Mapping[str, Routine], today: int) -> list[str]:
    """Each routine done of late, against how often its article advises it."""
    lines = []
    for name in sorted({one.routine for one in sets if one.routine and one.day > today - RECENT}):
        routine = routines.get(name)
        if routine is None or routine.days_a_week is None:
            continue
        days = in_week((one.day for one in sets if one.routine == name and one.counts), today)
        low, high = routine.days_a_week
        asked = "every day" if low == WEEK else f"{low}" if low == high else f"{low} to {high}"
        unit = "" if low == WEEK else " days a week"
        lines.append(f"{routine.name}: {_plural(days, 'day')} of the last seven; advised: {asked}{unit}.")
    return lines


def amount(progress: Progress, day: DayDone) -> str:
    """What was done on a day, with its unit."""
    value = progress.amount(day)
    return f"{value:.0f} s" if progress.timed else f"{value:.0f}"


def _table(found: Sequence[Progress], days: Days) -> list[str]:
    rows = [("exercise", "days", "last", "first", "best", "now", "", "said most")]
    for one in found:
        best = max(one.days, key=one.amount)
        said = f"{one.cue} ({one.cue_times}x)" if one.cue else ""
        rows.append(
            (
                one.name,
                str(len(one.days)),
                days.name(one.days[-1].day),
                amount(one, one.days[0]),
                amount(one, best),
                amount(one, one.days[-1]),
                _bars(one),
                said,
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


def _bars(progress: Progress) -> str:
    best = progress.best or 1.0
    shown = progress.days[-DAYS_SHOWN:]
    return "".join(BARS[round((len(BARS) - 1) * progress.amount(day) / best)] for day in shown)


def _pain(day: int, exercise: str, days: Days) -> str:
    return days.name(day) + (f" ({exercise})" if exercise else "")


def _plural(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"
