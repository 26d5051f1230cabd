"""How much to do today: a dose grows slowly on good days, and steps back after pain or a pause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from formcoach.routine import Growth


@dataclass(frozen=True, slots=True)
class Day:
    """One day on which an exercise was done, or on which something hurt.

    Attributes:
        day: the number of the day, one higher than that of the day before.
        good: the dose was done, in good form.
        pain: something hurt, before or while.
    """

    day: int
    good: bool
    pain: bool


def next_dose(rule: Growth, history: Iterable[Day], today: int) -> float:
    """The dose for today: between the rule's start and its ceiling, always.

    It grows by one step only after `good_days` good days without pain since it last changed. A day with
    pain takes a step back at once, today as well; each whole pause (`pause_days` without it) takes one more.
    A day that was neither good nor painful begins the count of good days anew. What is dated after
    today counts nothing.
    """
    dose, good, last = rule.start, 0, None
    for day in _merged(history):
        if day.day > today:
            break
        if last is not None and (pauses := _pauses(rule, last, day.day)):
            dose, good = _back(rule, dose, pauses), 0
        last = day.day
        if day.pain:
            dose, good = _back(rule, dose, 1), 0
        elif day.day == today:
            break  # today's form counts from tomorrow on
        elif not day.good:
            good = 0
        else:
            good += 1
            if good >= rule.good_days:
                dose, good = min(rule.ceiling, dose + rule.by), 0
    if last is not None:
        dose = _back(rule, dose, _pauses(rule, last, today))
    return dose


def _back(rule: Growth, dose: float, steps: int) -> float:
    return max(rule.start, dose - steps * rule.by)


def _pauses(rule: Growth, last: int, day: int) -> int:
    """Whole pauses between two days; none where it is done at least as often as the rule expects."""
    return max(0, day - last - 1) // rule.pause_days


def _merged(history: Iterable[Day]) -> list[Day]:
    """One entry a day, in order: good only where all of it was, painful where any of it was."""
    days: dict[int, Day] = {}
    for one in history:
        known = days.get(one.day, one)
        days[one.day] = Day(one.day, known.good and one.good, known.pain or one.pain)
    return [days[day] for day in sorted(days)]
