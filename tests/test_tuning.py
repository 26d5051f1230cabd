"""A spec that was spoilt is brought back from labelled recordings, and as good as the stock one on others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import pytest

from coached import stock
from formcoach.evidence import of_checks
from formcoach.labels import Labels, Span, TrueRepetition
from formcoach.pieces import Judged, Take, pieces_of, watch
from formcoach.pose_evidence import of_poses
from formcoach.scoring import Score, score, truth_of
from formcoach.spec import Range, Spec
from formcoach.spec_lint import faults_of
from formcoach.tuning import Tuning, Wish, range_at, tune, with_range
from formcoach.tuning_text import describe
from formcoach.whatif import judge
from labelled import take, takes

INF = math.inf
HINGE = {"reps": 3}
PLANK = {"hold_s": 12}
SAG, PIKE = ("sag", 5.0, 9.0), ("pike", 5.0, 9.0)

SPOILT = {
    "a check too tight": ("hip-hinge", "checks.knees_soft.good", Range(163, INF), ["knee_bent"], HINGE),
    "a check too wide": ("hip-hinge", "checks.back_straight.good", Range(-INF, 0.3), ["rounded"], HINGE),
    "a check shifted": ("plank", "checks.hips_line.good", Range(-20, 5), [SAG, PIKE], PLANK),
    "work too demanding": ("hip-hinge", "poses.work.lean", Range(-60, 2), ["shallow"], HINGE),
    "a position too narrow": ("plank", "poses.position.trunk", Range(20, 50), [SAG, PIKE], PLANK),
}
"""Exercise, address, what was made of it, and the faults that were filmed."""


def scores(spec: Spec, others: Sequence[Take]) -> list[Score]:
    return [score(truth_of(one.labels), [judge(one.readings, spec)], one.tolerance_s, 0.0) for one in others]


def errors(spec: Spec, others: Sequence[Take]) -> int:
    return sum(
        abs(one.repetitions - one.repetitions_true)
        + one.faults_true
        - one.faults_found
        + one.faults_false
        + (abs(one.hold_error_s or 0.0) > 1.0)
        for one in scores(spec, others)
    )


@pytest.mark.parametrize("way", SPOILT)
def test_what_was_spoilt_is_brought_back(way: str) -> None:
    exercise, address, spoilt, faults, how = SPOILT[way]
    whole = stock(exercise)
    broken = with_range(whole, address, spoilt)
    others = takes(whole, exercise, ["Cleo", "Dan"], faults, **how)
    assert errors(broken, others) > errors(whole, others)
    found = tune(broken, takes(whole, exercise, ["Anna", "Ben"], faults, **how))
    assert address in found.changes
    assert faults_of(found.tuned) == []
    assert scores(found.tuned, others) == [
        replace(one, hold_s=pytest.approx(one.hold_s, abs=0.3)) for one in scores(whole, others)
    ]
    assert not found.is_worse


@pytest.mark.parametrize(("exercise", "faults", "how"), [("hip-hinge", ["knee_bent", "rounded"], HINGE)])
def test_what_is_right_stays_right(exercise: str, faults: list[str], how: dict[str, object]) -> None:
    found = tune(stock(exercise), takes(stock(exercise), exercise, ["Anna", "Ben"], faults, **how))
    assert not any(address.startswith("checks") for address in found.changes)
    assert found.errors == (0, 0)


# ---- a hinge, tuned ----------------------------------------------------------------------------

KNEES = "checks.knees_soft.good"


@pytest.fixture(scope="module")
def tight() -> Spec:
    return with_range(stock("hip-hinge"), KNEES, Range(163, INF))


@pytest.fixture(scope="module")
def hinges() -> list[Take]:
    return takes(stock("hip-hinge"), "hip-hinge", ["Anna", "Ben", "Cleo"], ["knee_bent"], **HINGE)


@pytest.fixture(scope="module")
def tuned(tight: Spec, hinges: list[Take]) -> Tuning:
    return tune(tight, hinges, wish=Wish(hold_out=("Cleo",), only=("knees_soft",)))


def test_only_what_was_asked_for_is_tuned(tuned: Tuning) -> None:
    assert [one.evidence.address for one in tuned.proposals] == [KNEES]
    assert tuned.changes.keys() == {KNEES}


def test_who_is_held_out_only_judges(tuned: Tuning) -> None:
    (proposal,) = tuned.proposals
    assert proposal.evidence.groups == ("Anna", "Ben")
    assert proposal.held_out is not None
    assert (proposal.held_out.inside, proposal.held_out.inside_right) == (3, 3)
    assert (proposal.held_out.outside, proposal.held_out.outside_right) == (3, 3)
    assert [one.name for one in tuned.effects if one.held_out] == [
        "hip-hinge-Cleo-good.fcr",
        "hip-hinge-Cleo-knee_bent.fcr",
    ]


def test_the_evidence_is_told(tuned: Tuning) -> None:
    (proposal,) = tuned.proposals
    assert proposal.now.inside_right < proposal.then.inside_right == 6
    assert proposal.crossed is not None
    assert (proposal.crossed.precision, proposal.crossed.recall) == (1.0, 1.0)
    before, after = tuned.errors
    assert before > after == 0


def test_it_is_told_in_words(tuned: Tuning) -> None:
    told = " ".join(describe(tuned).split())
    assert "checks.knees_soft.good low: 163 → " in told
    assert "12 of 12 by bounds fitted to the others alone; 6 of 6 of those held out." in told
    assert "hip-hinge-Cleo-good.fcr (held out): counted 3 (true: 3), faults +0 −3" in told
    assert "in all labelled recordings: " in told


def test_the_effect_is_that_of_a_replay(tuned: Tuning, tight: Spec, hinges: list[Take]) -> None:
    by_name = {one.name: one for one in hinges}
    for effect in tuned.effects:
        readings = by_name[effect.name].readings
        faults = [len(judge(readings, spec).faults) for spec in (tight, tuned.tuned)]
        gone = sum(one.what == "fault" and one.after == "nothing" for one in effect.comparison.changes)
        assert gone == faults[0] - faults[1]


def test_what_the_linter_refuses_is_not_proposed() -> None:
    spec = stock("hip-hinge")
    # Labelled from so late and until so early, the start is so far bent that it would touch the work pose.
    far = with_range(with_range(spec, "poses.start.lean", Range(80, 90)), "poses.work.lean", Range(-60, 2))
    recorded = takes(spec, "hip-hinge", ["Anna", "Ben"], ["not_level"], **HINGE)
    bent = [
        replace(
            one,
            labels=replace(
                one.labels,
                repetitions=tuple(
                    replace(rep, start=rep.start + 1.4, end=rep.end - 1.4)
                    for rep in one.labels.repetitions or ()
                ),
            ),
        )
        for one in recorded
    ]
    found = tune(far, bent)
    assert faults_of(found.tuned) == []
    refused = [one.evidence.address for one in found.proposals if one.fit.why == "the linter refuses it"]
    assert refused == ["poses.work.lean"]


def test_a_range_by_its_address() -> None:
    spec = stock("plank")
    for address in ("checks.hips_line.good", "poses.work.hips"):
        changed = with_range(spec, address, Range(-1, 2))
        assert range_at(changed, address) == Range(-1, 2)
        assert with_range(changed, address, range_at(spec, address)) == spec


# ---- without repetitions or faults labelled ----------------------------------------------------


def test_good_ones_alone_widen_what_finds_fault_with_them(tight: Spec) -> None:
    spec = stock("hip-hinge")
    unlabelled = [
        replace(one, labels=Labels(one.name, clean=True, person=one.labels.person))
        for one in takes(spec, "hip-hinge", ["Anna", "Ben"], [], **HINGE)
    ]
    found = tune(tight, unlabelled, wish=Wish(only=("knees_soft",)))
    assert range_at(found.tuned, KNEES).low < 163
    tightened = tune(spec, unlabelled, wish=Wish(only=("back_straight",), tighten=True))
    assert range_at(tightened.tuned, "checks.back_straight.good").high < 0.06
    counted = tune(spec, takes(spec, "hip-hinge", ["Anna", "Ben"], [], **HINGE), wish=Wish(tighten=True))
    assert counted.tuned.poses == spec.poses


def test_what_is_no_repetition_and_counts_brings_the_work_pose_in() -> None:
    spec = stock("hip-hinge")
    recorded = takes(spec, "hip-hinge", ["Anna", "Ben"], ["not_level"], **HINGE)
    # Whoever labelled these wants the trunk lower: bends to 40 degrees are no repetitions here.
    strict = [
        replace(one, labels=replace(one.labels, repetitions=())) if "not_level" in one.name else one
        for one in recorded
    ]
    found = tune(spec, strict, wish=Wish(only=("work",)))
    assert 17 <= range_at(found.tuned, "poses.work.lean").high <= 35
    assert found.errors == (6, 0)
    (lean,) = [one for one in found.proposals if one.changes]
    assert (len(lean.evidence.inside), len(lean.evidence.outside)) == (6, 6)


@pytest.mark.parametrize(
    ("exercise", "how"),
    [
        ("bird-dog", {"reps": [("left", 1), ("right", 1)], "hold_s": 2}),
        ("knee-rolls", {"reps": 1}),
        ("side-plank", {"hold_s": 6}),
    ],
)
def test_every_kind_of_exercise_has_its_evidence(exercise: str, how: dict[str, object]) -> None:
    spec = stock(exercise)
    found = tune(spec, takes(spec, exercise, ["Anna", "Ben"], [], **how))
    assert any(one.evidence.inside for one in found.proposals)
    assert not found.changes


# ---- pieces ------------------------------------------------------------------------------------


def test_repetitions_and_what_lies_between_them() -> None:
    spec = stock("hip-hinge")
    watched = watch(take(spec, "hip-hinge", "Anna", reps=3), spec)
    pieces = pieces_of(watched)
    assert [piece.between for piece in pieces] == [False] * 3 + [True] * 2
    assert all(piece.good and not piece.faults for piece in pieces)


def test_a_good_span_vouches_for_what_lies_in_it_alone() -> None:
    spec = stock("hip-hinge")
    one = take(spec, "hip-hinge", "Anna", reps=3)
    reps = tuple(TrueRepetition(rep.start, rep.end) for rep in one.labels.repetitions or ())
    labels = replace(one.labels, repetitions=reps, clean=False, good=(Span(0, reps[0].end),))
    pieces = pieces_of(watch(replace(one, labels=labels), spec))
    assert [piece.good for piece in pieces] == [True, False, False, False, False]


def test_what_shows_another_exercise_says_nothing_of_form_but_must_not_count() -> None:
    spec = stock("hip-hinge")
    one = take(spec, "hip-hinge", "Anna", "not_level", reps=3)
    other = replace(one, labels=Labels(one.name, None, (), clean=True))
    assert pieces_of(watch(other, spec)) == []
    work = [way for way in of_poses(spec, [Judged(other, judge(other.readings, spec))]) if way.outside]
    assert [(way.address, way.direction, len(way.outside)) for way in work] == [
        ("poses.work.lean", "high", 3)
    ]


def test_a_hold_said_to_be_good_throughout_is_one_piece() -> None:
    spec = stock("plank")
    one = take(spec, "plank", "Anna", hold_s=5)
    labels = Labels(one.name, clean=True)
    (piece,) = pieces_of(watch(replace(one, labels=labels), spec))
    assert piece.good
    assert piece.end - piece.start > 5


def test_a_fault_with_two_ways_is_left_to_the_one_it_went() -> None:
    spec = stock("bird-dog")
    hips = spec.checks["hips_steady"]
    assert hips.low_is == hips.high_is
    recorded = takes(spec, "bird-dog", ["Anna"], ["hips_drift"], reps=2)
    ways = [one for one in of_checks(spec, recorded) if one.address == "checks.hips_steady.good"]
    assert sorted(len(one.outside) for one in ways) == [0, 2]
