"""What the days add up to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from formcoach.progress import days_done, in_week, progress_of, streak
from history_made import DAY, done


def test_a_streak_goes_on_while_todays_exercise_is_still_to_come():
    assert streak([DAY - 2, DAY - 1], DAY) == 2
    assert streak([DAY - 2, DAY - 1, DAY], DAY) == 3
    assert streak([DAY - 3, DAY - 2], DAY) == 0
    assert streak([], DAY) == 0


def test_only_what_was_done_counts_and_nothing_of_tomorrow():
    sets = [done(3, repetitions=0), done(2, repetitions=4), done(1, held_s=0.5), done(-1, held_s=9.0)]
    assert days_done(sets, DAY) == [DAY - 2]


@given(st.sets(st.integers(DAY - 30, DAY + 5)))
def test_a_streak_is_as_long_as_the_days_behind_it(days):
    count = streak(sorted(days), DAY)
    last = DAY if DAY in days else DAY - 1
    assert all(last - back in days for back in range(count))
    assert last - count not in days
    assert 0 <= in_week(days, DAY) <= 7


def test_progress_takes_the_best_of_each_day():
    sets = [done(2, repetitions=4), done(2, repetitions=6, good=False), done(0, repetitions=5, said="Slower")]
    (found,) = progress_of(sets, DAY)
    assert [(day.day, day.repetitions, day.good) for day in found.days] == [
        (DAY - 2, 6, False),
        (DAY, 5, True),
    ]
    assert (found.best, found.cue, found.cue_times, found.timed) == (6, "Slower", 1, False)


def test_an_exercise_that_is_held_is_compared_in_seconds():
    (found,) = progress_of([done(1, repetitions=3, held_s=8.0), done(0, repetitions=2, held_s=9.5)], DAY)
    assert found.timed
    assert [found.amount(day) for day in found.days] == [8.0, 9.5]


def test_the_exercise_done_last_comes_first():
    sets = [done(3, "plank", held_s=9.0), done(1, "bird-dog", held_s=9.0), done(2, "squat", repetitions=1)]
    assert [one.exercise for one in progress_of(sets, DAY)] == ["bird-dog", "squat", "plank"]
