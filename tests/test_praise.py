"""What is told after a set: nothing is called good that was not seen, and one thing to work on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coached import coach, coached, stock
from formcoach.checks import HIDDEN
from formcoach.events import Cue, CueSeverity, FaultEvent, HoldEvent, RepEvent
from formcoach.praise import Praise, after_routine, after_set
from formcoach.report import SessionReport
from puppet import perform
from test_report_text import fault, hold, rep
from test_routine_session import HINGE, PLANK, SAMPLES, TWO, do, planned

Event = RepEvent | HoldEvent | FaultEvent | Cue


def praise(exercise: str, *events: Event, **how) -> Praise:
    return after_set(report_of(exercise, *events, **how))


def report_of(
    exercise: str, *events: Event, unjudged=None, nobody=None, duration_s: float = 61.0
) -> SessionReport:
    kinds = (RepEvent, HoldEvent, FaultEvent, Cue)
    found = [tuple(event for event in events if isinstance(event, kind)) for kind in kinds]
    return SessionReport(stock(exercise), duration_s, 100, *found, nobody or {}, unjudged or {}, restarts=())


def cue(text: str, severity: CueSeverity = "fix", about: str = "") -> Cue:
    return Cue(1.0, text, severity, about or text)


def missed(kind: str = "shallow") -> RepEvent:
    return rep(0, why_not="leg reached -30, needs at least -18", kind=kind)


# ---- what was good -----------------------------------------------------------------------------


def test_repetitions_are_told_of_the_attempts() -> None:
    assert praise("squat", rep(1), rep(2)).good == "2 of 2 all the way, no corrections"
    assert praise("squat", rep(1), rep(2), missed(), cue("Hips back")).good == "2 of 3 all the way"


def test_those_that_were_broken_off_or_not_seen_are_no_attempts() -> None:
    gone = [missed(kind) for kind in ("broken_off", "unseen", "no_start")]
    assert praise("hip-hinge", rep(1), *gone).good.startswith("1 of 1 ")


def test_somebody_too_near_whose_hand_is_out_of_the_picture_is_not_praised_for_what_was_not_seen() -> None:
    near = {"reps": 2, "hold_s": 4, "facing": "right", "fps": 15.0}
    told = after_set(coached("bird-dog", zoom=2.0, **near).report)
    assert told.good == "2 repetitions done"
    assert told.unseen == HIDDEN
    assert after_set(coached("bird-dog", **near).report).unseen == ""


def test_held_repetitions_are_good_when_they_were_held() -> None:
    short = rep(2, "left", why_not="held 3 of 8 seconds")
    assert praise("bird-dog", rep(1, "left"), short, cue("Hold")).good == "1 of 2 held for 8 seconds"


def test_where_most_were_not_good_only_their_number_is_told() -> None:
    assert praise("hip-hinge", rep(1), missed(), missed(), cue("Hips back")).good == "1 repetition done"


def test_a_fault_that_spoils_a_repetition_makes_it_no_good_one() -> None:
    of = stock("romanian-deadlift")
    assert any(check.spoils for check in of.checks.values())
    spoilt = rep(2, why_not="too fast", kind="too_fast")
    assert praise("romanian-deadlift", rep(1), spoilt, cue("Slower")).good == "1 of 2 were good"


def test_a_hold_is_told_by_its_goal_or_by_its_form() -> None:
    assert praise("plank", hold(1, 30.2)).good == "Held for 30 seconds, your goal, no corrections"
    assert praise("plank", hold(1, 18, 4), cue("Lift your hips")).good == "18 of 22 seconds in form"
    assert praise("plank", hold(1, 4, 18), cue("Lift your hips")).good == ""
    assert praise("plank", hold(1, 0.9)).good == ""
    one_side = hold(1, 30, side="left")
    assert "goal" not in praise("side-plank", one_side).good


@pytest.mark.parametrize("reason", ["turn side-on", "nobody in the picture"])
def test_what_was_not_judged_is_not_praised(reason: str) -> None:
    unjudged = {next(iter(stock("squat").checks)): {reason: 2.0}}
    told = praise("squat", rep(1), unjudged=unjudged, nobody={"nobody in the picture": 2.0})
    assert told.good == "1 of 1 all the way"
    assert told.unseen == ("turn side-on" if reason == "turn side-on" else "")


def test_what_was_not_judged_at_its_one_moment_is_not_praised() -> None:
    report = replace(report_of("squat", rep(1), rep(2)), unjudged_moments={"low_enough": {"hidden": 1}})
    assert after_set(report).good == "2 of 2 all the way"


def test_after_nothing_it_is_told_why() -> None:
    told = praise("hip-hinge", nobody={"nobody in the picture": 50.0})
    assert (told.good, told.work_on, told.unseen) == ("", "", "nobody in the picture")


# ---- one thing to work on ----------------------------------------------------------------------


def test_the_correction_said_most_often_is_the_one_to_work_on() -> None:
    told = praise(
        "hip-hinge",
        rep(1),
        cue("Back long", "stop"),
        cue("Hips back", about="a:low"),
        cue("Hips further back", about="a:low"),
        cue("Better!", "praise"),
        cue("Turn your side to the camera", "setup"),
    )
    assert (told.work_on, told.severity, told.times) == ("Hips back", "fix", 2)


def test_of_equals_the_more_pressing_one_is() -> None:
    told = praise("hip-hinge", rep(1), cue("Slower", "polish"), cue("Back long", "stop"), cue("Hips back"))
    assert (told.work_on, told.severity, told.times) == ("Back long", "stop", 1)


def test_a_fault_that_was_never_said_speaks_for_itself() -> None:
    told = praise("hip-hinge", rep(1), fault("knees_soft", 1.0), fault("knees_soft", 5.0))
    assert told.work_on == stock("hip-hinge").checks["knees_soft"].low[0]
    assert told.times == 2


def test_a_clean_set_has_nothing_to_work_on() -> None:
    told = after_set(coached("bird-dog", reps=[("left", 1), ("right", 1)], hold_s=8.5).report)
    assert told.good == "2 of 2 held for 8 seconds, no corrections"
    assert (told.work_on, told.times) == ("", 0)


def test_a_set_with_a_fault_names_it() -> None:
    told = after_set(coached("bird-dog", reps=1, hold_s=8.5, fault="knee_bent").report)
    assert told.work_on == "Stretch the lifted leg long"
    assert "no corrections" not in told.good


def test_seen_from_the_front_nothing_is_praised_for_its_form() -> None:
    told = after_set(coach("plank", perform("plank", hold_s=6, yaw=90).samples).report)
    assert "no corrections" not in told.good


# ---- the numbers -------------------------------------------------------------------------------


def numbers(told: Praise) -> dict[str, str]:
    return {word: number for number, word in told.numbers}


def test_the_numbers_of_repetitions_on_two_sides() -> None:
    told = praise("bird-dog", rep(1, "left"), rep(2, "left"), rep(1, "right"))
    assert numbers(told) == {"left": "2", "right": "1", "held": "27 s", "in all": "1:01"}


def test_the_numbers_of_a_hold() -> None:
    assert numbers(praise("plank", hold(1, 18.9), hold(2, 50))) == {"held": "1:08", "in all": "1:01"}
    sides = praise("side-plank", hold(1, 12, side="left"), hold(1, 9, side="right"))
    assert numbers(sides) == {"held left": "12 s", "held right": "9 s", "in all": "1:01"}


def test_the_range_is_how_far_the_measure_that_moves_most_came() -> None:
    one, other = (replace(rep(n), reached={"lean": lean}) for n, lean in ((1, 11.4), (2, -8.6)))
    assert numbers(praise("hip-hinge", one))["lean angle"] == "11°"
    assert numbers(praise("hip-hinge", one, other))["lean angle"] == "−9 to 11°"
    short = replace(missed(), reached={"lean": 40.0})
    assert numbers(praise("hip-hinge", one, short))["lean angle"] == "11°"


def test_a_length_is_no_range() -> None:
    told = after_set(coached("superman", reps=1).report)
    assert not any(word.endswith("angle") for word in numbers(told))


# ---- a routine ---------------------------------------------------------------------------------


def test_a_routine_is_told_by_its_exercises() -> None:
    told = after_routine(do(TWO, SAMPLES))
    assert told.good == "Hip hinge and Plank in good form"
    assert (told.work_on, told.unseen) == ("", "")
    figures = numbers(told)
    assert figures["exercises"] == "2 of 2"
    assert figures["repetitions"] == "2"
    assert figures["held"] in ("4 s", "5 s")


def test_many_exercises_are_only_counted() -> None:
    report = do(TWO, SAMPLES)
    many = replace(report, steps=(*report.steps, *report.steps))
    assert after_routine(many).good == "4 exercises in good form"


def test_the_thing_to_work_on_is_told_with_its_exercise() -> None:
    report = do(TWO, SAMPLES)
    hinge, plank = report.steps
    said = replace(hinge.sets[0], cues=(cue("Hips back"),))
    told = after_routine(replace(report, steps=(replace(hinge, sets=(said,)), plank)))
    assert told.work_on == "Hip hinge: Hips back"


def test_a_routine_left_at_once_claims_nothing() -> None:
    told = after_routine(do(planned(HINGE, PLANK), []))
    assert (told.good, told.work_on) == ("", "")
    assert numbers(told) == {"exercises": "0 of 2", "in all": "0 s"}
