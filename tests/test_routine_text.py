"""Routines in words."""

from __future__ import annotations

import pytest

from formcoach.routine import plan
from formcoach.routine_file import list_routines, parse_routine, read_routine, specs_of
from formcoach.routine_text import describe_routine, duration, routine_table
from test_routine_file import ROUTINE

PLANS = [plan(routine, specs_of(routine)) for routine in map(read_routine, list_routines())]


@pytest.mark.parametrize("one", PLANS, ids=lambda one: one.routine.id)
def test_each_is_described_within_a_terminal(one) -> None:
    text = describe_routine(one)
    assert max(map(len, text.splitlines())) <= 80
    assert all(step.name in text for step in one.steps)
    assert f"Takes: about {duration(one.total_s)}." in text
    assert text.count("not watched yet") == sum(step.waiting for step in one.steps)


def test_what_one_reads_of_a_routine() -> None:
    routine = parse_routine(ROUTINE, "two-things.toml")
    text = describe_routine(plan(routine, specs_of(routine)))
    assert "Please mind\n  - Slowly." in text
    assert " 1. Plank (plank): 2 sets: hold for 20 seconds. Rest for 15 seconds after each" in text
    assert "Grows from 20 to 40 seconds, by 2 after 3 good days without pain." in text
    assert " 2. Walking: 60 seconds by the clock.\n    Walk about." in text


def test_what_is_for_later_is_told_and_not_numbered() -> None:
    (one,) = (one for one in PLANS if one.routine.id == "lower-back-strength")
    text = describe_routine(one)
    assert text.index("Later, and not part of it yet") < text.index("With weights only once")
    assert ". Deadlift" not in text


def test_the_table_has_a_line_for_each() -> None:
    lines = routine_table(PLANS).splitlines()
    assert len(lines) == len(PLANS) + 1
    assert lines[0].split() == ["ID", "NAME", "TAKES", "STEPS"]
    assert lines[1].split() == ["daily-15", "Fifteen", "minutes", "a", "day", "15", "minutes", "7"]


@pytest.mark.parametrize(
    ("seconds", "said"), [(1, "1 second"), (40.2, "40 seconds"), (89, "89 seconds"), (600, "10 minutes")]
)
def test_a_length_of_time_as_one_says_it(seconds: float, said: str) -> None:
    assert duration(seconds) == said
