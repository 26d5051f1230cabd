"""What the days add up to: how often, how much, and how it changes. Days are numbers; no clock is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WEEK = 7
"""Days; a week is the last seven, today with them."""


@dataclass(frozen=True, slots=True)
class SetDone:
    """One set that was done.

    Attributes:
        day: the number of the day, one higher than that of the day before.
        session: the number of its session.
        routine: the id of the routine it belonged to, or empty.
        exercise, name: the id of its spec, and what that is called.
        repetitions, to_dose: performed, and those of them that were as long and as good as they should be;
            holds count as well.
        held_s: the longest time held at once, seconds; 0 where the dose asks for no hold.
        duration_s: how long the set took.
        good: in good form; None where the session was cut off.
        faults: the common names of what was wrong, with how often.
        cues: what was said to correct it, with how often.
    """

    day: int
    session: int
    routine: str
    exercise: str
    name: str
    repetitions: int
    to_dose: int
    held_s: float
    duration_s: float
    good: bool | None
    faults: Counter[str]
    cues: Counter[str]

    @property
    def counts(self) -> bool:
        """Whether anything was done at all; opening the camera alone is no exercise."""
        return self.repetitions > 0 or self.held_s >= 1.0


@dataclass(frozen=True, slots=True)
class DayDone:
    """What one exercise came to on one day: the most repetitions in a set, and the longest hold."""

    day: int
    repetitions: int
    held_s: float
    good: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """One exercise over the days.

    Attributes:
        days: those on which it was done, in order; at least one.
        timed: whether its dose is seconds held; else it is repetitions.
        cue: what was said most often the last time, or empty; and how often.
    """

    exercise: str
    name: str
    days: tuple[DayDone, ...]
    timed: bool
    cue: str
    cue_times: int

    def amount(self, day: DayDone) -> float:
        """What is compared from day to day: seconds held, or repetitions."""
        return day.held_s if self.timed else day.repetitions

    @property
    def best(self) -> float:
        """The most on any day."""
        return max(map(self.amount, self.days))


def days_done(sets: Iterable[SetDone], today: int) -> list[int]:
    """The days on which anything was done, in order; what is dated after today counts nothing."""
    return sorted({one.day for one in sets if one.counts and one.day <= today})


def streak(days: Sequence[int], today: int) -> int:
    """Days in a row up to today; up to yesterday while today's are still to come."""
    done = set(days)
    last = today if today in done else today - 1
    count = 0
    while last - count in done:
        count += 1
    return count


def in_week(days: Iterable[int], today: int) -> int:
    """On how many of the last seven days."""
    return sum(today - WEEK < day <= today for day in set(days))


def progress_of(sets: Iterable[SetDone], today: int) -> list[Progress]:
    """Each exercise that was done, the one done last first."""
    by_exercise: dict[str, list[SetDone]] = {}
    for one in sets:
        if one.counts and one.day <= today:
            by_exercise.setdefault(one.exercise, []).append(one)
    found = [_progress(done) for done in by_exercise.values()]
    return sorted(found, key=lambda one: (-one.days[-1].day, one.name))


def _progress(done: Sequence[SetDone]) -> Progress:
    by_day: dict[int, list[SetDone]] = {}
    for one in done:
        by_day.setdefault(one.day, []).append(one)
    days = tuple(_day(day, by_day[day]) for day in sorted(by_day))
    cues: Counter[str] = Counter()
    for one in by_day[days[-1].day]:
        cues += one.cues
    cue, times = cues.most_common(1)[0] if cues else ("", 0)
    timed = any(one.held_s >= 1.0 for one in done)
    return Progress(done[-1].exercise, done[-1].name, days, timed, cue, times)


def _day(day: int, done: Sequence[SetDone]) -> DayDone:
    return DayDone(
        day,
        max(one.repetitions for one in done),
        max(one.held_s for one in done),
        all(one.good for one in done),
    )
