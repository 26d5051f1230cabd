"""Still the same person: somebody passing does not take over, another shot does."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from formcoach.identity import FORGET_S, STAY_S, STRANGER_S, Identity, body_size

SIZE = 0.3
ROUNDING_S = 1e-6  # of times that are added up

Where = tuple[float, float]
"""How far right and down of where the person is at first, trunk lengths."""


class Seen:
    """An identity that is shown bodies; `said` is what it said of each."""

    def __init__(self) -> None:
        self.identity = Identity()
        self.t = 0.0
        self.said: list[str] = []

    def at(
        self, where: Where, seconds: float, *, size: float = 1.0, lean: float = 0.0, to: Where | None = None
    ):
        """A body there for a while, or on its way somewhere; `lean` moves only the shoulders."""
        frames = round(seconds * 10)
        for i in range(frames):
            x, y = where
            if to is not None:
                x, y = x + (to[0] - x) * i / frames, y + (to[1] - y) * i / frames
            hips = 1.0 + x * SIZE, 0.5 + y * SIZE
            shoulders = hips[0] + lean * SIZE, hips[1] - SIZE * size
            self.said.append(self.identity.check(self.t, hips, shoulders, SIZE * size))
            self.t += 0.1
        return self

    def nobody(self, seconds: float):
        self.t += seconds
        return self

    @property
    def words(self) -> list[str]:
        """What was said, each word once as it begins."""
        return [word for word, _ in itertools.groupby(self.said)]


HERE, THERE = (0.0, 0.0), (2.0, 0.2)


def test_the_first_one_is_the_person():
    assert Seen().at(HERE, 1).words == ["same"]


def test_moving_about_is_the_same_person():
    assert Seen().at(HERE, 2, to=(3.0, 0.5)).words == ["same"]


def test_bending_over_quickly_is_the_same_person():
    assert Seen().at(HERE, 1).at(HERE, 1, lean=0.5).words == ["same"]


def test_hips_in_place_but_shoulders_elsewhere_is_somebody_else():
    assert Seen().at(HERE, 1).at(HERE, 0.5, lean=1.0).words == ["same", "stranger"]


def test_somebody_suddenly_elsewhere_is_a_stranger_at_first():
    assert Seen().at(HERE, 1).at(THERE, 0.5).words == ["same", "stranger"]


def test_somebody_much_bigger_is_a_stranger():
    assert Seen().at(HERE, 1).at(HERE, 0.5, size=2.0).words == ["same", "stranger"]
    assert Seen().at(HERE, 1).at(HERE, 0.5, size=0.5).words == ["same", "stranger"]


def test_whoever_stays_elsewhere_is_another_shot():
    seen = Seen().at(HERE, 1).at(THERE, 3)
    assert seen.words == ["same", "stranger", "new", "same"]
    assert seen.said.index("new") / 10 == approx(1 + STAY_S, abs=0.11)
    assert seen.said.count("new") == 1


def test_whoever_moves_about_on_one_spot_takes_longer_to_be_the_person():
    seen = Seen().at(HERE, 1)
    for _ in range(5):
        seen.at(THERE, 0.5, to=(2.9, 0.2)).at((2.9, 0.2), 0.5, to=THERE)
    assert seen.said.index("new") / 10 == approx(1 + STRANGER_S, abs=0.11)


@pytest.mark.parametrize("speed", [0.6, 1.0, 3.0])
def test_whoever_walks_is_never_the_person_however_long_it_takes(speed):
    seconds = 12 / speed
    passing = Seen().at(HERE, 1).at(THERE, seconds, to=(14.0, 0.2)).at(HERE, 2)
    assert passing.words == ["same", "stranger", "same"]


def test_whoever_is_hidden_for_two_seconds_is_the_same_person():
    assert Seen().at(HERE, 1).nobody(2.0).at((0.5, 0.3), 1).words == ["same"]


@pytest.mark.parametrize("seconds", [0.3, 0.9, 2.5])
def test_somebody_walking_past_does_not_take_over(seconds):
    passing = Seen().at(HERE, 1).at(THERE, seconds, to=(2.0 + seconds, 0.2)).at(HERE, 2)
    assert passing.words == ["same", "stranger", "same"]


def test_the_person_goes_on_exercising_behind_somebody_who_passes():
    """Meanwhile the shoulders have gone elsewhere: the hips are enough."""
    assert Seen().at(HERE, 1).at(THERE, 0.5).at((0.2, 0.0), 1, lean=1.0).words == ["same", "stranger", "same"]


def test_flickering_between_two_stays_with_the_person():
    seen = Seen()
    for _ in range(30):
        seen.at(HERE, 0.1).at(THERE, 0.1)
    assert set(seen.said) == {"same", "stranger"}
    assert seen.said[::2] == ["same"] * 30


def test_after_a_gap_the_person_may_be_a_little_elsewhere():
    assert Seen().at(HERE, 1).nobody(1.0).at((1.4, 0), 1).words == ["same"]
    assert Seen().at(HERE, 1).nobody(1.0).at((2.0, 0), 0.5).words == ["same", "stranger"]


def test_after_a_long_gap_whoever_comes_is_the_person():
    assert Seen().at(HERE, 1).nobody(FORGET_S + 0.2).at((6, 0), 1).words == ["same", "new", "same"]
    assert Seen().at(HERE, 1).nobody(60).at(HERE, 1, size=3.0).words == ["same", "new", "same"]


def test_a_stranger_seen_before_the_gap_does_not_keep_the_next_one_waiting():
    seen = Seen().at(HERE, 1).at(THERE, 0.5).nobody(10).at((0.0, 0.5), 1, size=3.0)
    assert seen.words == ["same", "stranger", "new", "same"]


def test_a_short_gap_is_no_new_person_for_a_stranger():
    seen = Seen().at(HERE, 1).at(THERE, 0.5).nobody(1.0).at(THERE, 0.2)
    assert "new" in seen.said  # there since before the gap: stayed long enough
    moved = Seen().at(HERE, 1).at(THERE, 0.5).nobody(1.0).at((-3, 0.2), 0.5)
    assert moved.words == ["same", "stranger"]


def test_size_survives_a_trunk_pointing_at_the_camera():
    assert body_size(0.3, 0.0) == approx(0.3)
    assert body_size(0.05, 0.3) == approx(0.3, abs=0.01)


place = st.tuples(st.floats(-5, 5), st.floats(-1, 1))


@given(st.lists(st.tuples(place, st.floats(0.1, 3), st.floats(0.3, 3), st.floats(0, 4)), max_size=10))
def test_only_who_was_a_stranger_or_away_can_be_new(visits):
    seen = Seen()
    times = []
    for where, seconds, size, gap in visits:
        before = len(seen.said)
        seen.nobody(gap).at(where, seconds, size=size)
        times += [gap + 0.1 if i == before else 0.1 for i in range(before, len(seen.said))]
    for i, word in enumerate(seen.said):
        assert word in ("same", "new", "stranger")
        if word == "new":
            assert i > 0
            assert seen.said[i - 1] == "stranger" or times[i] > FORGET_S - ROUNDING_S
    assert not seen.said or seen.said[0] == "same"


@given(st.floats(0.5, 2), st.floats(0, 100))
def test_nobody_is_lost_who_keeps_still(scale, gap):
    assert Seen().at(HERE, 1).nobody(gap).at(HERE, 1, size=1 + (scale - 1) * 0.5).words == ["same"]


def test_what_is_no_number_is_nobody_known():
    identity = Identity()
    identity.check(0.0, (0.5, 0.5), (0.5, 0.2), SIZE)
    assert identity.check(0.1, (math.nan, 0.5), (0.5, 0.2), SIZE) == "stranger"
