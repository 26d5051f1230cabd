"""A dose grows slowly on good days, never beyond its ceiling, and steps back after pain or a pause."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from formcoach.progression import Day, next_dose
from formcoach.routine import Growth

DAILY = Growth("reps", 5, 30, by=1, good_days=2, pause_days=7)


def good(*days: int) -> list[Day]:
    return [Day(day, good=True, pain=False) for day in days]


def painful(day: int) -> Day:
    return Day(day, good=False, pain=True)


def test_it_begins_at_the_start() -> None:
    assert next_dose(DAILY, [], 10) == 5


def test_it_grows_by_one_after_two_good_days() -> None:
    assert [next_dose(DAILY, good(*range(1, n + 1)), n + 1) for n in range(6)] == [5, 5, 6, 6, 7, 7]


def test_five_a_day_becomes_thirty_and_no_more() -> None:
    assert next_dose(DAILY, good(*range(1, 51)), 51) == 30
    assert next_dose(DAILY, good(*range(1, 200)), 200) == 30


def test_todays_form_counts_from_tomorrow_on() -> None:
    assert next_dose(DAILY, good(1, 2), 2) == 5
    assert next_dose(DAILY, good(1, 2), 3) == 6


def test_pain_takes_a_step_back_at_once() -> None:
    history = good(1, 2, 3, 4)
    assert next_dose(DAILY, history, 5) == 7
    assert next_dose(DAILY, [*history, painful(5)], 5) == 6
    assert next_dose(DAILY, [*history, painful(5), *good(6)], 7) == 6


def test_a_pause_takes_a_step_back_and_a_long_one_more() -> None:
    history = good(*range(1, 21))  # 15 by now
    assert next_dose(DAILY, history, 21) == 15
    assert next_dose(DAILY, history, 27) == 15
    assert next_dose(DAILY, history, 28) == 14
    assert next_dose(DAILY, history, 35) == 13
    assert next_dose(DAILY, history, 400) == 5


def test_a_day_that_was_not_good_begins_the_count_anew() -> None:
    middling = Day(2, good=False, pain=False)
    assert next_dose(DAILY, [*good(1), middling, *good(3)], 4) == 5
    assert next_dose(DAILY, [*good(1), middling, *good(3, 4)], 5) == 6


def test_twice_a_day_is_one_day_and_only_good_where_all_of_it_was() -> None:
    assert next_dose(DAILY, good(1, 1, 1, 1), 2) == 5
    assert next_dose(DAILY, [*good(1, 2), Day(2, good=False, pain=False)], 3) == 5


rules = st.builds(
    Growth,
    of=st.just("hold_s"),
    start=st.floats(1, 20),
    ceiling=st.floats(21, 60),
    by=st.floats(0.5, 8),
    good_days=st.integers(1, 4),
    pause_days=st.integers(1, 10),
)
days = st.builds(Day, day=st.integers(0, 60), good=st.booleans(), pain=st.booleans())
histories = st.lists(days, max_size=40)


@given(rules, histories, st.integers(0, 80))
def test_it_never_leaves_its_bounds(rule: Growth, history: list[Day], today: int) -> None:
    assert rule.start <= next_dose(rule, history, today) <= rule.ceiling


@given(rules, histories, st.integers(0, 80))
def test_it_never_grows_by_more_than_one_step_a_day(rule: Growth, history: list[Day], today: int) -> None:
    assert next_dose(rule, history, today + 1) <= next_dose(rule, history, today) + rule.by + 1e-9


@given(rules, histories, st.integers(0, 80))
def test_it_never_grows_on_pain(rule: Growth, history: list[Day], today: int) -> None:
    before = next_dose(rule, history, today)
    hurt = [*history, painful(today)]
    assert next_dose(rule, hurt, today) <= before
    assert next_dose(rule, hurt, today + 1) <= before
    if before > rule.start and not any(day.pain for day in history if day.day == today):
        assert next_dose(rule, hurt, today) < before


@given(rules, histories, st.integers(0, 80))
def test_pain_more_is_never_a_larger_dose(rule: Growth, history: list[Day], today: int) -> None:
    known = {day.day for day in history}
    for day in known:
        worse = [*history, painful(day)]
        assert next_dose(rule, worse, today) <= next_dose(rule, history, today)


@given(rules, histories, st.integers(0, 80), st.integers(0, 60))
def test_the_longer_the_pause_the_smaller_the_dose(
    rule: Growth, history: list[Day], today: int, more: int
) -> None:
    assume(all(day.day < today for day in history))
    assert next_dose(rule, history, today + more) <= next_dose(rule, history, today)
    assert next_dose(rule, history, today + 1000) == rule.start


@given(rules, histories, st.integers(0, 80), st.randoms(use_true_random=False))
def test_the_order_of_the_entries_and_the_future_make_no_difference(
    rule: Growth, history: list[Day], today: int, random
) -> None:
    shuffled = [day for day in history if day.day <= today]
    random.shuffle(shuffled)
    assert next_dose(rule, shuffled, today) == next_dose(rule, history, today)


@given(rules, st.lists(st.integers(0, 60), max_size=30), st.integers(0, 80))
def test_without_good_days_it_never_grows(rule: Growth, when: list[int], today: int) -> None:
    history = [Day(day, good=False, pain=False) for day in when]
    assert next_dose(rule, history, today) == rule.start
