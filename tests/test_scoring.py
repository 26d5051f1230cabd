"""Scores: repetitions, holds and faults of a report against what somebody saw with their own eyes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from coached import stock
from formcoach.events import FaultEvent, HoldEvent, RepEvent
from formcoach.report import SessionReport
from formcoach.scoring import Score, TrueFault, Truth, add_up, score

TOLERANCE_S = 0.3


def report(exercise: str = "bird-dog", *events, unseen_s: float = 0.0) -> SessionReport:
    kinds = [[one for one in events if isinstance(one, kind)] for kind in (RepEvent, HoldEvent, FaultEvent)]
    nobody = {"nobody in the picture": unseen_s} if unseen_s else {}
    return SessionReport(stock(exercise), 60.0, 100, *kinds, (), nobody, {}, ())


def rep(
    performed: bool = True, kind: str = "", start: float = 1.0, end: float = 3.0, held_s: float = 0.0
) -> RepEvent:
    return RepEvent("left", int(performed), start, 2.0, end, performed, held_s, performed, "", kind, {})


def fault(kind: str, start: float, end: float) -> FaultEvent:
    return FaultEvent("knee_straight", kind, "left", "low", start, end, 1.0)


def truth(
    *faults: TrueFault, reps: int = 0, hold_s: float | None = None, clean: bool = False, exercise="bird-dog"
):
    return Truth("clip.mp4", exercise, reps, hold_s, faults, clean)


def scored(what: Truth, *reports: SessionReport) -> Score:
    return score(what, reports, TOLERANCE_S, 30.0)


def test_repetitions_are_those_performed():
    one = scored(truth(reps=3), report("bird-dog", rep(), rep(), rep(False, "shallow")))
    assert (one.repetitions_true, one.repetitions) == (3, 2)
    assert (one.file, one.exercise, one.fps) == ("clip.mp4", "bird-dog", 30.0)


def test_seconds_held_beside_those_labelled():
    held = report("plank", HoldEvent("", 1, 1.0, 12.0, 10.5, 0.0, 0.0, False, ""))
    assert scored(truth(hold_s=10.0), held).hold_error_s == approx(0.5)
    assert scored(truth(hold_s=None), held).hold_error_s is None
    assert scored(truth(hold_s=None), held).hold_s == 10.5


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [(4, 6, 1), (1, 2.9, 1), (1, 2.6, 0), (7.1, 9, 1), (7.4, 9, 0), (0, 60, 1), (7.3, 7.3, 1)],
)
def test_a_fault_is_found_where_it_overlaps_its_label(start, end, found):
    one = scored(truth(TrueFault("knee_bent", 3.0, 7.0)), report("bird-dog", fault("knee_bent", start, end)))
    assert (one.faults_true, one.faults_found, one.faults_false) == (1, found, 1 - found)


def test_a_fault_of_another_name_is_not_the_one():
    one = scored(truth(TrueFault("knee_bent", 3.0, 7.0)), report("bird-dog", fault("elbow_bent", 4, 6)))
    assert (one.faults_found, one.faults_false) == (0, 1)


def test_any_fault_at_the_time_answers_a_label_without_a_name():
    one = scored(truth(TrueFault("other", 3.0, 7.0)), report("bird-dog", fault("elbow_bent", 4, 6)))
    assert (one.faults_found, one.faults_false) == (1, 0)


def test_one_lasting_fault_may_answer_several_labels_and_several_one():
    labels = TrueFault("knee_bent", 3, 4), TrueFault("knee_bent", 6, 7)
    assert scored(truth(*labels), report("bird-dog", fault("knee_bent", 2, 9))).faults_found == 2
    flicker = report("bird-dog", fault("knee_bent", 3, 4), fault("knee_bent", 5, 6))
    one = scored(truth(TrueFault("knee_bent", 3, 6)), flicker)
    assert (one.faults_found, one.faults_false) == (1, 0)


def test_a_wrong_way_of_a_repetition_is_a_fault_too():
    wrong = report("bird-dog", rep(False, "same_side", 4, 6))
    one = scored(truth(TrueFault("same_side", 3, 7)), wrong)
    assert (one.faults_found, one.faults_false) == (1, 0)
    assert scored(truth(), wrong).faults_false == 1


@pytest.mark.parametrize("kind", ["shallow", "no_start", "broken_off", "unseen"])
def test_an_attempt_that_was_not_counted_is_no_fault_of_form(kind):
    assert scored(truth(clean=True), report("bird-dog", rep(False, kind))).faults_false == 0


def test_a_clip_of_no_exercise_is_all_its_disguises_together():
    one = scored(
        truth(exercise=None, clean=True),
        report("bird-dog", rep(), unseen_s=2.0),
        report("hip-hinge", rep(), rep(), fault("knee_bent", 1, 2), unseen_s=2.0),
        report("plank", HoldEvent("", 1, 1.0, 3.0, 1.5, 0.0, 0.0, False, "")),
    )
    assert (one.repetitions_true, one.repetitions, one.faults_false) == (0, 3, 1)
    assert one.hold_s == 1.5
    assert one.unseen_s == 2.0  # one clip, however often it was coached


def test_nothing_coached_is_nothing_found():
    one = scored(truth(TrueFault("knee_bent", 1, 2), reps=2))
    assert (one.repetitions, one.faults_found, one.faults_false, one.unseen_s) == (0, 0, 0, 0)


def row(
    *, reps: int = 0, true: int = 0, held: float | None = None, faults=(0, 0, 0), clean: bool = False
) -> Score:
    return Score("c", "plank", clean, true, reps, held, 10.0, *faults, 0.0, 30.0)


def test_the_sums():
    summary = add_up(
        [
            row(reps=5, true=5, held=9.0, faults=(2, 1, 1)),
            row(reps=4, true=5, held=12.5, clean=True, faults=(0, 0, 2)),
            row(reps=9, true=5, faults=(1, 1, 4)),
        ]
    )
    assert summary.clips == 3
    assert summary.counted_exactly == 1
    assert summary.within_one == 2
    assert summary.count_mae == approx(5 / 3)
    assert summary.hold_error_max_s == approx(2.5)
    assert summary.faults_missed == 1
    assert summary.faults_false_on_clean == 2


def test_the_sums_of_nothing():
    assert add_up([]) == add_up(())
    assert add_up([]).count_mae == 0
    assert add_up([]).hold_error_max_s == 0


moment = st.floats(0, 20)
found = st.builds(fault, st.sampled_from(["knee_bent", "elbow_bent"]), moment, moment)
label = st.builds(TrueFault, st.sampled_from(["knee_bent", "other"]), moment, moment)


@given(st.lists(found, max_size=6), st.lists(label, max_size=6))
def test_what_is_found_is_never_more_than_there_is(faults, labels):
    one = scored(truth(*labels), report("bird-dog", *faults))
    assert 0 <= one.faults_found <= one.faults_true == len(labels)
    assert 0 <= one.faults_false <= len(faults)
    if not labels:
        assert one.faults_false == len(faults)
    blind = scored(truth(*labels), report("bird-dog"))
    assert (blind.faults_found, blind.faults_false) == (0, 0)
