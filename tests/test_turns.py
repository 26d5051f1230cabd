"""Where the sides take turns: each has its own count, and the same side twice is told."""

from __future__ import annotations

import pytest

from coached import Outcome, coached, stock
from formcoach.coach import OTHER_SIDE_NOW
from formcoach.events import RepEvent
from formcoach.rep_verdict import UNSEEN_ON_THE_WAY_S
from formcoach.spec_file import stock_folder
from formcoach.turns import SAME_SIDE, Turns

ALTERNATING = ("alternating-superman", "knee-to-chest-kicks", "swiss-ball-march", "warm-up-march")


def again(outcome: Outcome) -> list[bool]:
    return [rep.kind == SAME_SIDE for rep in outcome.report.repetitions]


def test_these_are_the_exercises_whose_sides_take_turns():
    assert {path.stem for path in stock_folder().glob("*.toml") if stock(path.stem).alternating} == {
        *ALTERNATING
    }


@pytest.mark.parametrize("facing", ["left", "right"])
@pytest.mark.parametrize("exercise", ALTERNATING)
def test_taking_turns_is_counted_to_each_side_in_silence(exercise, facing):
    outcome = coached(exercise, reps=6, noise=1.0, facing=facing)
    assert outcome.counts == {"left": 3, "right": 3}
    assert not any(again(outcome))
    assert outcome.said == []


@pytest.mark.parametrize("facing", ["left", "right"])
@pytest.mark.parametrize("exercise", ALTERNATING)
def test_the_same_side_twice_is_told_and_is_counted_to_that_side(exercise, facing):
    outcome = coached(exercise, reps=4, noise=1.0, facing=facing, fault=("same_side_twice", 3, 3))
    assert [rep.side for rep in outcome.report.repetitions] == ["left", "right", "right", "left"]
    assert again(outcome) == [False, False, True, False]
    assert outcome.counts == {"left": 2, "right": 2}
    assert outcome.said == [OTHER_SIDE_NOW]
    assert outcome.fault_kinds == set()


def test_always_the_same_side_does_nothing_for_the_other():
    outcome = coached("warm-up-march", reps=5, fault="same_side_twice")
    assert outcome.counts == {"left": 5, "right": 0}
    assert again(outcome) == [False, True, True, True, True]


def test_a_side_that_is_not_seen_is_not_told_to_take_its_turn():
    """Whether the far leg, which is hidden all along, is lifted in between, nobody knows."""
    outcome = coached("alternating-superman", reps=6, side="right", facing="right", hidden=("left_ankle",))
    assert outcome.counts == {"left": 0, "right": 3}
    assert not any(again(outcome))
    assert OTHER_SIDE_NOW not in outcome.said


# ---- by themselves -----------------------------------------------------------------------------

SEEN = {"left": 0.0, "right": 0.0}


def rep(side: str, performed: bool = True, kind: str = "") -> RepEvent:
    return RepEvent(side, int(performed), 0.0, 1.0, 2.0, performed, 0.0, performed, kind, kind, {})


def kinds(*reps: RepEvent) -> list[str]:
    turns = Turns()
    return [turns.take(one, SEEN).kind for one in reps]


def test_a_try_of_the_other_side_that_came_to_nothing_passes_the_turn():
    assert kinds(rep("left"), rep("right", False, "shallow"), rep("left")) == ["", "shallow", ""]


def test_trying_the_same_side_once_more_is_its_turn_until_it_is_done():
    tries = [rep("left", False, "shallow"), rep("left"), rep("left", False, "shallow"), rep("left")]
    assert kinds(*tries) == ["shallow", "", "shallow", SAME_SIDE]


def test_what_was_wrong_with_a_repetition_stays_what_is_told_of_it():
    assert kinds(rep("left"), rep("left", kind="too_fast")) == ["", "too_fast"]


@pytest.mark.parametrize(
    ("unseen_s", "told"), [(UNSEEN_ON_THE_WAY_S, SAME_SIDE), (UNSEEN_ON_THE_WAY_S + 0.1, "")]
)
def test_a_side_that_was_not_seen_may_have_had_its_turn(unseen_s, told):
    turns = Turns()
    turns.take(rep("left"), {"left": 0.0, "right": 5.0})
    assert turns.take(rep("left"), {"left": 9.0, "right": 5.0 + unseen_s}).kind == told
