"""The report in words: plain sentences, each number once, nothing that did not happen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coached import coached, stock
from formcoach.actions import Action
from formcoach.events import FaultEvent, HoldEvent, Kept, RepEvent, RoundEvent
from formcoach.report import SessionReport
from formcoach.report_text import LINES, summarise
from formcoach.session import Session
from formcoach.spec import Spec


def session(exercise: str | Spec, *events, duration_s: float = 60.0, nobody=None, unjudged=None) -> str:
    """The words for a session with these events."""
    kinds = [[one for one in events if isinstance(one, kind)] for kind in (RepEvent, HoldEvent, FaultEvent)]
    rounds = [one for one in events if isinstance(one, RoundEvent)]
    spec = stock(exercise) if isinstance(exercise, str) else exercise
    return summarise(
        SessionReport(spec, duration_s, 100, *kinds, (), nobody or {}, unjudged or {}, (), rounds=rounds)
    )


def rep(
    number: int, side: str = "", start: float = 5.0, *, held_s: float = 9.0, why_not: str = "", kind: str = ""
):
    return RepEvent(
        side,
        number,
        start,
        start + 1,
        start + 2,
        number > 0,
        held_s,
        number > 0 and not why_not,
        why_not,
        kind,
        {},
    )


def hold(
    number: int,
    in_s: float,
    out_s: float = 0.0,
    unseen_s: float = 0.0,
    start: float = 3.0,
    side: str = "",
) -> HoldEvent:
    return HoldEvent(
        side, number, start, start + in_s + out_s + unseen_s, in_s, out_s, unseen_s, in_s >= 20, ""
    )


STATIONS = ("knees_away", "knees_to_chest", "knees_to_camera")


def sequence_round(number: int, *held_s: float, start: float = 3.0, why_not: str = "") -> RoundEvent:
    kept = tuple(map(Kept, STATIONS, held_s))
    done = number > 0
    return RoundEvent("", number, start, start + 20, done, done and not why_not, kept, why_not, "", "")


def fault(check: str, start: float, direction: str = "low") -> FaultEvent:
    return FaultEvent(check, "x", "", direction, start, start + 1, 1.0)  # type: ignore[arg-type]


def test_pain_is_said_before_anything_else():
    session = Session(stock("plank"))
    session.act(Action(12.34, "hurts"))
    assert summarise(session.finish()).splitlines()[1] == "It hurt at 0:12.3, and ended there."


def test_the_first_line_is_the_exercise_and_how_long_it_took():
    assert session("plank", hold(1, 21.0)).splitlines()[0] == "Plank, 1 min 0 s"
    assert session("plank", hold(1, 21.0), duration_s=34.56).splitlines()[0] == "Plank, 34.6 s"


def test_what_was_only_guided_is_told():
    assert "Guided: Tightening is up to you" in session("abdominal-contraction", hold(1, 60.0))
    assert "Guided" not in session("plank", hold(1, 60.0))


def test_repetitions_of_each_side_and_those_held_long_enough():
    text = session("bird-dog", rep(1, "left"), rep(2, "left", why_not="held 3 of 8 seconds"), rep(1, "right"))
    assert "left: 2 repetitions, 1 of them held for 8 seconds." in text
    assert "right: 1 repetition, 1 of them held for 8 seconds." in text
    assert "  0:05.0 left: repetition 2: held 3 of 8 seconds" in text


def test_an_exercise_without_sides_and_holds_names_neither():
    text = session("hip-hinge", rep(1), rep(2, start=65.0), rep(0, start=70, why_not="Go lower, please"))
    assert text.splitlines()[1:] == [
        "2 repetitions.",
        "  0:05.0 repetition 1",
        "  1:05.0 repetition 2",
        "  1:10.0 not counted: go lower, please",
    ]


def test_a_repetition_much_shorter_than_ones_furthest_says_so():
    far, near = replace(rep(1), reach=2.0, best=2.0), replace(rep(2, start=20), reach=1.5, best=2.0)
    nearly = replace(rep(3, start=30), reach=1.9, best=2.0)
    assert session("hip-hinge", far, near, nearly).splitlines()[2:] == [
        "  0:05.0 repetition 1",
        "  0:20.0 repetition 2 (75% of your furthest)",
        "  0:30.0 repetition 3",
    ]


def test_a_hold_that_does_not_count_is_shown_as_such():
    cut_off = rep(0, "left", held_s=3.14, why_not="The start was not reached", kind="broken_off")
    joined = rep(0, "left", 20, held_s=6.0, why_not="the start was not seen", kind="no_start")
    passed = rep(0, "left", 30, held_s=0.2, why_not="Lift your arm", kind="arm_not_lifted")
    lines = session("bird-dog", cut_off, joined, passed).splitlines()[3:]
    assert lines == [
        "  0:05.0 left: not counted: the start was not reached (held for 3.1 s)",
        "  0:20.0 left: not counted: the start was not seen (held for 6.0 s, which counts)",
        "  0:30.0 left: not counted: lift your arm",
    ]
    assert "held for" not in session("hip-hinge", rep(0, held_s=3.0, why_not="Go lower"))


def test_a_hold_is_seconds_in_form_beside_what_is_enough():
    text = session("plank", hold(1, 12.0, 3.0, 2.0), hold(2, 9.04, 0.2, start=50))
    assert text.splitlines()[1:] == [
        "In form for 21.0 s (enough: 20 s, goal: 30 s).",
        "  0:03.0 hold 1: 12.0 s in form, 3.0 s out of form, 2.0 s not seen",
        "  0:50.0 hold 2: 9.0 s in form",
    ]


def test_holds_of_each_side_are_told_apart():
    text = session("side-plank", hold(1, 12.0, side="left"), hold(2, 4.0, start=30, side="left"))
    assert text.splitlines()[1:] == [
        "left: in form for 16.0 s (enough: 10 s, goal: 30 s).",
        "right: in form for 0.0 s (enough: 10 s, goal: 30 s).",
        "  0:03.0 left: hold 1: 12.0 s in form",
        "  0:30.0 left: hold 2: 4.0 s in form",
    ]


def test_a_round_is_its_stations_and_their_seconds():
    spoiling = {name: replace(one, spoils=True) for name, one in stock("knee-rolls").checks.items()}
    text = session(
        replace(stock("knee-rolls"), checks=spoiling),
        sequence_round(1, 5.6, 5.2, 4.9),
        sequence_round(0, 5.2, 2.1, start=30.0, why_not="knees to chest held 2 of 5 seconds"),
        sequence_round(2, 5.0, 5.0, 5.0, start=65.0, why_not="shoulder lifted"),
    )
    assert text.splitlines()[1:] == [
        "2 rounds, 1 of them good.",
        "  0:03.0 round 1: knees away 5.6 s, knees to chest 5.2 s, knees to camera 4.9 s",
        "  0:30.0 not counted: knees to chest held 2 of 5 seconds",
        "  1:05.0 round 2: knees away 5.0 s, knees to chest 5.0 s, knees to camera 5.0 s (shoulder lifted)",
    ]
    assert "1 round." in session("knee-rolls", sequence_round(1, 5.0, 5.0, 5.0))
    assert "0 rounds." in session("knee-rolls", sequence_round(0, 5.0, why_not="knees to chest left out"))


@pytest.mark.parametrize(
    ("exercise", "thing"), [("plank", "hold"), ("hip-hinge", "repetition"), ("knee-rolls", "round")]
)
def test_nothing_counted_says_why(exercise, thing):
    assert f"Nothing counted: no {thing} was seen." in session(exercise)
    assert "Nothing counted: nobody was seen." in session(exercise, nobody={"nobody in the picture": 58.0})
    assert "Nothing counted: nobody was seen." in session(exercise, duration_s=0)


def test_long_lists_are_cut():
    text = session("hip-hinge", *(rep(i + 1, start=5.0 * i) for i in range(30)))
    assert text.count("repetition ") == LINES
    assert f"… and {30 - LINES} more" in text
    assert "more" not in session("hip-hinge", *(rep(i + 1) for i in range(LINES)))


def test_what_to_work_on_is_the_cue_how_often_and_when():
    text = session(
        "hip-hinge",
        rep(1),
        *(fault("knees_soft", t) for t in (5, 15, 65, 75)),
        fault("torso_level", 8.0, "high"),
        fault("torso_level", 9.0, "low"),
    )
    assert text.splitlines()[-4:] == [
        "To work on:",
        "  Hips back, knees almost straight (4 times: 0:05.0, 0:15.0, 1:05.0, …)",
        "  A little lower, back level (once: 0:08.0)",
        "  Stop when your back is level (once: 0:09.0)",
    ]


def test_what_was_not_seen_is_said_by_reason_and_once():
    text = session(
        "hip-hinge",
        rep(1),
        nobody={"nobody in the picture": 7.0, "somebody else in the picture": 0.2},
        unjudged={
            "knees_soft": {"turn side-on": 3.0, "nobody in the picture": 7.0},
            "neck_long": {"turn side-on": 2.0, "hidden or out of the picture": 0.3},
        },
    )
    assert text.splitlines()[-3:] == [
        "Not seen, so not judged:",
        "  7.0 s: nobody in the picture",
        "  knees soft 3.0 s, neck long 2.0 s: turn side-on",
    ]


def test_what_was_seen_is_not_mentioned():
    text = session("hip-hinge", rep(1), nobody={"nobody in the picture": 0.3})
    assert "Not seen" not in text
    assert "To work on" not in text


@pytest.mark.parametrize(
    ("t", "clock"),
    [(0.0, "0:00.0"), (59.94, "0:59.9"), (59.97, "1:00.0"), (119.96, "2:00.0"), (3600.0, "60:00.0")],
)
def test_a_clock_never_shows_sixty_seconds(t, clock):
    assert f"  {clock} repetition 1" in session("hip-hinge", rep(1, start=t))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(59.94, "59.9 s"), (59.96, "1 min 0 s"), (119.4, "1 min 59 s"), (119.6, "2 min 0 s")],
)
def test_a_length_never_shows_sixty_seconds(seconds, words):
    assert session("hip-hinge", duration_s=seconds).splitlines()[0] == f"Hip hinge, {words}"


@pytest.mark.parametrize("exercise", ["plank", "hip-hinge", "bird-dog"])
def test_a_whole_session_reads_well(exercise):
    fault = "sag" if exercise == "plank" else "knee_bent"
    text = summarise(coached(exercise, fps=15, fault=fault, hold_s=9).report)
    assert "To work on:" in text
    assert "nan" not in text
    assert "None" not in text
    assert all(line == line.rstrip() and line for line in text.splitlines())
