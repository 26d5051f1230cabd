"""The history in words and as a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from formcoach.history_page import history_page
from formcoach.history_text import Days, describe_history
from formcoach.routine import Routine
from history_made import DAY, TODAY, done, weeks

DAILY = Routine("daily-15", "Fifteen minutes a day", "", "", "", (), days_a_week=(7, 7))
STRENGTH = Routine("strength", "Strength", "", "", "", (), days_a_week=(2, 7))
ROUTINES = {"daily-15": DAILY, "strength": STRENGTH}


def said(sets, pains=()):
    days = {one.day for one in sets} | {day for day, _ in pains}
    names = {day: f"{date.fromordinal(day):%d %b}" for day in days}
    return describe_history(sets, pains, ROUTINES, Days(DAY, names))


def test_nothing_done_yet_says_how_to_begin():
    assert "formcoach live bird-dog" in said([])
    assert "formcoach live bird-dog" in said([done(0, repetitions=0)])


@pytest.mark.parametrize(
    ("seconds", "told"), [(20.0, "less than a minute"), (29.0, "less than a minute"), (31.0, "1 minute")]
)
def test_a_first_short_session_is_not_told_as_nothing(seconds, told):
    one = replace(done(0, repetitions=2), duration_s=seconds)
    assert said([one]).splitlines()[0].endswith(f"1 session, {told} of exercise.")


def test_a_history_in_words():
    lines = said(
        [
            done(2, "plank", held_s=20.0, said="Lift your hips", routine="daily-15"),
            done(1, "plank", held_s=31.0, said="Lift your hips", times=3, routine="daily-15"),
            done(0, "hip-hinge", repetitions=8, routine="strength"),
        ],
        [(DAY - 3, "plank"), (DAY - 60, "")],
    ).splitlines()
    assert lines[0] == "3 days in a row. Last seven days: 3 days, 3 sessions, 3 minutes of exercise."
    assert lines[1] == "Fifteen minutes a day: 2 days of the last seven; advised: every day."
    assert lines[2] == "Strength: 1 day of the last seven; advised: 2 to 7 days a week."
    assert lines[4].split() == ["exercise", "days", "last", "first", "best", "now", "said", "most"]
    assert lines[5].split() == ["Hip", "hinge", "1", "today", "8", "8", "8", "█"]
    assert lines[6].split()[:9] == ["Plank", "2", "yesterday", "20", "s", "31", "s", "31", "s"]
    assert lines[6].endswith("▆█  Lift your hips (3x)")
    assert lines[8] == "Pain: 07 Mar (plank)."


def test_a_routine_not_done_for_weeks_is_not_held_against_anybody():
    assert "Strength" not in said([done(0, held_s=5.0), done(40, repetitions=5, routine="strength")])


def test_the_page_shows_every_exercise_and_needs_nothing_from_elsewhere():
    page = history_page(weeks(), [(DAY - 9, "plank")], ROUTINES, TODAY)
    assert page.count("<polyline") == 3
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    assert "<script" not in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "src=" not in page.replace("default-src", "")
    assert "It hurt" in page or "it hurt" in page
    assert "1 Mar 2026: plank" in page


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&amp;'"])
def test_no_name_becomes_part_of_the_page(name):
    page = history_page([replace(done(0, held_s=9.0, said=name), name=name)], [(DAY, name)], {}, TODAY)
    assert name not in page
    assert "<script" not in page
    assert "<img" not in page


def test_one_day_alone_and_none_at_all_make_a_page():
    assert "<circle" in history_page([done(0, held_s=9.0)], [], {}, TODAY)
    assert "Nothing done yet." in history_page([], [], {}, TODAY)
