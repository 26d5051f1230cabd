"""Three, two, one, go: a courtesy that never makes the counting later."""

from __future__ import annotations

from itertools import groupby

from coached import coached
from formcoach.count_in import AFRESH_S, BEAT_S, WORDS, CountIn
from timeline import moments


def words(ready: list[tuple[float, float]], moving: list[tuple[float, float]], seconds: float) -> list[str]:
    """What is said, each once, of somebody ready, and moving, at these times."""
    count_in = CountIn()

    def during(t: float, spans: list[tuple[float, float]]) -> bool:
        return any(start <= t < end for start, end in spans)

    said = [count_in.step(t, during(t, ready), during(t, moving)) for t in moments(seconds)]
    return [word for word, _ in groupby(said) if word]


def test_who_keeps_the_start_position_is_counted_in_once():
    assert words([(1.0, 30.0)], [], 30.0) == list(WORDS)


def test_who_sets_off_at_once_ends_it():
    assert words([(1.0, 2.5), (4.0, 30.0)], [(2.5, 4.0)], 30.0) == ["3", "2"]


def test_between_repetitions_nobody_is_counted_in():
    ready = [(1.0, 6.0), (8.0, 14.0), (16.0, 30.0)]
    assert words(ready, [(6.0, 8.0), (14.0, 16.0)], 30.0) == list(WORDS)


def test_after_a_while_elsewhere_there_is_another():
    again = 6.0 + AFRESH_S
    assert words([(1.0, 6.0), (again, 30.0)], [], 30.0) == list(WORDS) * 2
    assert words([(1.0, 6.0), (again - 0.5, 30.0)], [], 30.0) == list(WORDS)


def test_every_word_has_its_beat():
    count_in = CountIn()
    said = [count_in.step(t, True, False) for t in moments(len(WORDS) * BEAT_S - 0.05)]
    assert [len(list(beats)) for _, beats in groupby(said)] == [20 * BEAT_S] * len(WORDS)


def counted_in(exercise: str, **how: object) -> tuple[list[str], int]:
    outcome = coached(exercise, **how)
    return [word for word, _ in groupby(step.count_in for step in outcome.steps) if word], outcome.count


def test_an_exercise_that_waits_is_counted_in_and_one_that_does_not_counts_the_same():
    assert counted_in("hip-hinge", reps=3, rest_s=5.0) == (list(WORDS), 3)
    assert counted_in("hip-hinge", reps=3, rest_s=0.5) == (["3", "2"], 3)


def test_both_sides_are_counted_in_together():
    assert counted_in("bird-dog", reps=[("left", 1), ("right", 1)], rest_s=5.0, walk_in=True)[0] == list(
        WORDS
    )


def test_a_hold_has_no_count_in():
    assert counted_in("plank", walk_in=True)[0] == []
