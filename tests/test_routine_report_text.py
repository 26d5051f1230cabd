"""A routine's report in words."""

from __future__ import annotations

from typing import get_args

from formcoach.routine import LEAD_S
from formcoach.routine_machine import Outcome
from formcoach.routine_report_text import OUTCOMES, summarise_routine
from test_routine_session import HINGE, SAMPLES, TWO, WALK, do, empty, planned


def test_every_outcome_has_words() -> None:
    assert OUTCOMES.keys() == set(get_args(Outcome))


def test_each_step_says_how_it_ended_and_what_it_came_to() -> None:
    lines = summarise_routine(do(TWO, SAMPLES)).splitlines()
    assert lines[0].startswith("A routine, ")
    assert lines[1].startswith(" 1. Hip hinge: done, ")
    assert lines[2] == "     2 repetitions."
    assert any(line.startswith(" 2. Plank: done, ") for line in lines)
    assert any("in form" in line for line in lines)


def test_pain_is_said_first() -> None:
    text = summarise_routine(do(TWO, SAMPLES, {LEAD_S + 2: "hurts"}))
    assert text.splitlines()[1].startswith("It hurt at 0:1")
    assert " 1. Hip hinge: ended there, as it hurt" in text
    assert " 2. Plank: not begun." in text


def test_what_only_the_clock_watched_has_no_counts() -> None:
    text = summarise_routine(do(planned(WALK, HINGE), empty(0, 20)))
    assert " 1. Walking: done, 5 seconds.\n 2. Hip hinge: not begun." in text
