"""A made-up history of some weeks, for tests and for looking at its page."""

from __future__ import annotations

from collections import Counter
from datetime import date

from formcoach.progress import SetDone

TODAY = date(2026, 3, 10)
DAY = TODAY.toordinal()


def done(
    days_ago: int,
    exercise: str = "bird-dog",
    *,
    repetitions: int = 0,
    held_s: float = 0.0,
    good: bool | None = True,
    routine: str = "",
    said: str = "",
    times: int = 1,
) -> SetDone:
    """A set of so many days ago, a minute long."""
    return SetDone(
        DAY - days_ago,
        1000 - days_ago,
        routine,
        exercise,
        exercise.replace("-", " ").capitalize(),
        repetitions,
        repetitions,
        held_s,
        60.0,
        good,
        Counter(),
        Counter({said: times} if said else {}),
    )


def weeks() -> list[SetDone]:
    """Seven weeks of three exercises, with better and worse days."""
    sets = []
    for days_ago in range(49, -1, -1):
        if days_ago % 7 in (3, 6):
            continue
        grown = (49 - days_ago) // 7
        long = "Stretch the lifted leg long"
        sets.append(done(days_ago, held_s=5.0 + grown, good=days_ago % 4 != 1, routine="daily-15", said=long))
        if days_ago % 2:
            sets.append(done(days_ago, "hip-hinge", repetitions=5 + grown, routine="daily-15"))
        if days_ago % 5 == 0:
            sets.append(done(days_ago, "plank", held_s=20.0 + 3 * grown, said="Lift your hips", times=2))
    return sets
