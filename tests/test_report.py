"""The report: what is in it, that it is stable, and that every number can be written down."""

from __future__ import annotations

import json
import math

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from coached import coached, stock
from formcoach.actions import Action
from formcoach.events import Coaching, Cue, FaultEvent, HoldEvent, Kept, RepEvent, RoundEvent
from formcoach.report import FORMAT, Reporter, SessionReport

BIRD_DOG, PLANK = stock("bird-dog"), stock("plank")


def rep(number: int = 1, side: str = "left", *, to_dose: bool = True, **changes) -> RepEvent:
    values = {
        "side": side,
        "number": number,
        "start": 1.0,
        "turn": 2.0,
        "end": 12.0,
        "performed": number > 0,
        "held_s": 9.0,
        "to_dose": to_dose and number > 0,
        "why_not": "" if to_dose else "held 3 of 8 seconds",
        "kind": "",
        "reached": {"leg": 1.23456},
        "reach": 1.2,
        "best": 1.5,
    }
    return RepEvent(**{**values, **changes})


def hold(number: int = 1, in_form_s: float = 21.0) -> HoldEvent:
    return HoldEvent("", number, 2.0, 30.0, in_form_s, 3.0, 1.0, in_form_s >= 20, "")


FAULT = FaultEvent("knee_straight", "knee_bent", "left", "low", 3.0, 5.55555, 120.98765)
CUE = Cue(4.0, "Stretch the lifted leg long", "fix", "knee_straight:low")


def answer(t: float, *events, someone: bool = True, why: str = "", unseen=None) -> Coaching:
    return Coaching(
        t,
        "start",
        "left",
        "left",
        "side",
        someone,
        why,
        0.0,
        False,
        {},
        {},
        {},
        (),
        unseen or {},
        None,
        events,
    )


def reported(*answers: Coaching | Action, spec=BIRD_DOG) -> SessionReport:
    reporter = Reporter(spec)
    for one in answers:
        if isinstance(one, Action):
            reporter.act(one)
        else:
            reporter.take(one)
    return reporter.report()


SIDE = {"performed", "to_dose", "held_s", "repetitions", "holds"}
REPETITION = {
    "number",
    "start",
    "turn",
    "end",
    "counted",
    "to_dose",
    "held_s",
    "why_not",
    "kind",
    "reached",
    "reach",
    "of_best",
}
HOLD = {"number", "start", "end", "in_form_s", "out_of_form_s", "unseen_s", "to_dose", "why_not"}
FAULT_FIELDS = {"check", "kind", "direction", "side", "start", "end", "worst"}
TOP = {
    "hurt_at",
    "camera_roll",
    "personal",
    "sets",
    "format",
    "exercise",
    "name",
    "kind",
    "guided",
    "duration_s",
    "samples",
    "sides",
    "faults",
    "cues",
    "unseen",
    "restarts",
}


def test_the_fields_are_these_and_no_others():
    report = reported(answer(0.0, rep(), hold(), FAULT, CUE)).as_dict()
    assert report["format"] == FORMAT == 1
    assert set(report) == TOP
    assert set(report["sides"]) == {"left", "right"}
    left = report["sides"]["left"]
    assert set(left) == SIDE
    assert set(left["repetitions"][0]) == REPETITION
    assert set(report["faults"][0]) == FAULT_FIELDS
    assert set(report["cues"][0]) == {"t", "text", "severity", "about"}
    assert set(report["unseen"]) == {"nobody_s", "reasons", "checks", "moments"}
    plank = reported(answer(0.0, hold()), spec=PLANK).as_dict()
    assert set(plank["sides"]) == {"both"}
    assert set(plank["sides"]["both"]["holds"][0]) == HOLD


def test_an_empty_session_has_a_report():
    report = reported()
    assert report.duration_s == 0
    assert report.as_dict()["sides"]["left"] == {
        "performed": 0,
        "to_dose": 0,
        "held_s": 0.0,
        "repetitions": [],
        "holds": [],
    }


def test_sides_are_counted_apart():
    report = reported(answer(0.0, rep(), rep(2, to_dose=False), rep(0), rep(1, "right")))
    assert (report.performed("left"), report.performed("right")) == (2, 1)
    assert (report.to_dose("left"), report.to_dose("right")) == (1, 1)
    left = report.as_dict()["sides"]["left"]
    assert (left["performed"], left["to_dose"], left["held_s"]) == (2, 1, 18.0)
    assert [one["counted"] for one in left["repetitions"]] == [True, True, False]


def test_each_repetition_is_set_beside_the_furthest_good_one_of_its_side():
    reps = [
        rep(1, reach=1.2, best=1.2),
        rep(2, reach=2.0, best=1.2, kind="too_fast"),
        rep(3, reach=1.6, best=1.6),
        rep(0, reach=0.4, best=1.6),
        rep(1, "right", reach=1.0, best=1.0),
    ]
    report = reported(answer(0.0, *reps))
    told = [one["of_best"] for one in report.as_dict()["sides"]["left"]["repetitions"]]
    assert told == [0.75, 1.25, 1.0, None]
    assert (report.best("left"), report.best("right")) == (1.6, 1.0)


def test_seconds_held_are_those_in_form_and_those_of_repetitions_with_a_hold():
    assert reported(answer(0.0, hold(), hold(2, 4.5)), spec=PLANK).hold_s == 25.5
    assert reported(answer(0.0, rep(), rep(2))).hold_s == 18.0
    assert reported(answer(0.0, rep(), rep(0))).hold_s == 9.0
    assert reported(answer(0.0, rep(), rep(2)), spec=stock("hip-hinge")).hold_s == 0


def test_numbers_are_rounded_and_never_minus_nothing():
    report = reported(answer(0.0, rep(held_s=-0.0), FAULT)).as_dict()
    assert report["faults"][0]["end"] == 5.556
    assert report["faults"][0]["worst"] == 120.988
    repetition = report["sides"]["left"]["repetitions"][0]
    assert repetition["reached"] == {"leg": 1.235}
    assert math.copysign(1, repetition["held_s"]) == 1


def test_a_number_that_is_not_known_is_null():
    for unknown in (math.nan, math.inf, -math.inf):
        report = reported(answer(0.0, rep(turn=unknown))).as_dict()
        assert report["sides"]["left"]["repetitions"][0]["turn"] is None
        assert '"turn": null' in json.dumps(report, allow_nan=False)


def test_it_lasts_from_the_first_sample_to_the_last():
    report = reported(answer(3.0), answer(3.5), answer(4.25))
    assert (report.duration_s, report.samples) == (1.25, 3)


def test_time_not_seen_is_kept_by_reason():
    gone = {"someone": False, "why": "nobody in the picture"}
    report = reported(
        answer(0.0),
        answer(0.5, **gone),
        answer(1.0, **gone),
        answer(1.25, someone=False, why="somebody else in the picture"),
        answer(1.5),
    )
    assert report.as_dict()["unseen"]["reasons"] == {
        "nobody in the picture": 1.0,
        "somebody else in the picture": 0.25,
    }
    assert report.as_dict()["unseen"]["nobody_s"] == 1.25


def test_checks_that_could_not_be_judged_are_kept_by_check_and_reason():
    turned, hidden = {"leg_level": "turn side-on"}, {"leg_level": "hidden", "arm_level": "hidden"}
    report = reported(answer(0.0), answer(0.5, unseen=turned), answer(1.5, unseen=hidden)).as_dict()
    assert report["unseen"]["checks"] == {
        "arm_level": {"hidden": 1.0},
        "leg_level": {"hidden": 1.0, "turn side-on": 0.5},
    }
    assert list(report["unseen"]["checks"]) == ["arm_level", "leg_level"]


def test_what_happened_between_samples_far_apart_nobody_knows():
    report = reported(answer(0.0), answer(5.0, someone=False, why="nobody in the picture"))
    assert report.as_dict()["unseen"]["reasons"] == {"no picture came": 5.0}


def test_nothing_is_missed_in_a_pause():
    gone = {"someone": False, "why": "nobody in the picture", "unseen": {"leg_level": "hidden"}}
    report = reported(
        answer(0.0),
        Action(0.0, "pause"),
        answer(0.5, **gone),
        Action(0.5, "resume"),
        answer(0.75, **gone),
    )
    assert report.nobody_s == {"nobody in the picture": 0.25}
    assert report.unjudged_s == {"leg_level": {"hidden": 0.25}}
    assert report.samples == 3


def test_a_restart_forgets_the_set_but_not_the_session():
    report = reported(answer(0.0, rep(), FAULT, CUE), Action(0.5, "restart"), answer(1.0, rep(1, "right")))
    assert [one.side for one in report.repetitions] == ["right"]
    assert (report.faults, report.cues) == ((), ())
    assert report.restarts == (0.5,)
    assert (report.duration_s, report.samples) == (1.0, 2)


def test_other_actions_forget_nothing():
    report = reported(answer(0.0, rep()), Action(0.1, "pause"), Action(0.2, "resume"), Action(0.3, "swap"))
    assert len(report.repetitions) == 1
    assert report.restarts == ()


def test_a_report_does_not_change_afterwards():
    reporter = Reporter(BIRD_DOG)
    reporter.take(answer(0.0, rep()))
    report = reporter.report()
    before = json.dumps(report.as_dict())
    reporter.take(
        answer(0.5, rep(2), someone=False, why="nobody in the picture", unseen={"leg_level": "hidden"})
    )
    assert json.dumps(report.as_dict()) == before


def test_a_whole_session_is_written_and_read_again():
    for exercise, fault in (("bird-dog", "knee_bent"), ("plank", "sag")):
        report = coached(exercise, fps=15, fault=fault, dropouts=[(5, 6)]).report
        assert json.loads(json.dumps(report.as_dict(), allow_nan=False)) == report.as_dict()
        assert report.as_dict()["duration_s"] == approx(report.duration_s, abs=1e-3)


number = st.floats() | st.sampled_from([0.0, -0.0, 1e-9, 1e300])


@given(st.lists(st.tuples(number, number, number), max_size=5))
def test_whatever_the_numbers_they_can_be_written_down(numbers):
    events = [rep(start=a, turn=b, held_s=c, reached={"leg": a}) for a, b, c in numbers]
    events += [FaultEvent("leg_level", "x", "", "low", a, b, c) for a, b, c in numbers]
    text = json.dumps(reported(answer(0.0, *events)).as_dict(), allow_nan=False)
    assert json.loads(text)["samples"] == 1


def sequence_round(number: int, *, to_dose: bool = True, kind: str = "") -> RoundEvent:
    kept = (Kept("knees_away", 5.25), Kept("knees_to_chest", 2.0))
    why = "left out" if not number else kind
    return RoundEvent("", number, 1.0, 9.0, number > 0, to_dose and number > 0, kept, why, kind)


def test_the_rounds_of_a_sequence_are_counted_and_listed():
    rounds = [sequence_round(1), sequence_round(0, kind="left_out"), sequence_round(2, to_dose=False)]
    report = reported(*(answer(t, one) for t, one in enumerate(rounds)), spec=stock("knee-rolls"))
    assert (report.performed(""), report.to_dose(""), report.hold_s) == (2, 1, approx(3 * 7.25))
    side = report.as_dict()["sides"]["both"]  # type: ignore[index]
    assert (side["performed"], side["to_dose"], side["held_s"]) == (2, 1, approx(3 * 7.25))
    assert side["rounds"][1] == {
        "number": 0,
        "start": 1.0,
        "end": 9.0,
        "counted": False,
        "to_dose": False,
        "stations": [
            {"station": "knees_away", "held_s": 5.25},
            {"station": "knees_to_chest", "held_s": 2.0},
        ],
        "why_not": "left out",
        "kind": "left_out",
    }


def test_a_restart_drops_rounds_too():
    done = answer(1.0, sequence_round(1))
    report = reported(done, Action(2.0, "restart"), answer(3.0), spec=stock("knee-rolls"))
    assert report.rounds == ()


def test_other_kinds_have_no_rounds():
    assert "rounds" not in reported(answer(1.0, rep())).as_dict()["sides"]["left"]  # type: ignore[index]
