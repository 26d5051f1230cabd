"""Which one cue now: one at a time, never again and again, never stale, and a word when it is mended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from formcoach.cues import (
    GAP_S,
    PRAISE,
    PRAISE_AFTER_S,
    REPEAT_S,
    SETUP_REPEAT_S,
    SHOWN_S,
    STOP_GAP_S,
    CueChooser,
    Situation,
)
from formcoach.events import Cue, Fault
from formcoach.guide import ABSENT, TURN, Advice
from formcoach.spec import Spec
from timeline import hold_spec, moments, reps_spec, sequence_spec

REPS = reps_spec()
"""Checks: `leg` (fix, two wordings for low), `lean` (stop), `shift` (polish)."""
HOLD = hold_spec()
"""One check: `hips` (stop)."""
SOFT_HOLD = hold_spec(
    'checks.hips.severity = "fix"\nchecks.knee = { measure = "knee", during = "hold", good = [155, inf], '
    'tolerance = 5, severity = "polish", low = "Straighten your knees" }'
)

LEG, LEAN, SHIFT, HIPS, KNEE = "leg", "lean", "shift", "hips", "knee"

NOBODY = Advice("absent", (ABSENT,))
SIDEWAYS = Advice("view", (TURN["side"], "Turn further to your left"))


def fault(check: str, direction: str = "", since: float = 0.0) -> Fault:
    """One that lasts; too low where the check has a word for that."""
    direction = direction or ("high" if check == LEAN else "low")
    return Fault(check, "", direction, 0.0, since)  # type: ignore[arg-type]


def now(
    t: float,
    *faults: str,
    someone: bool = True,
    advice: Advice | None = None,
    moving: bool = True,
    reps: int = 0,
    right: Sequence[str] = (),
    missed: str = "",
) -> Situation:
    about = "missed" if missed else ""
    advice = advice if someone else NOBODY
    return Situation(
        t, someone, moving, reps, tuple(map(fault, faults)), frozenset(right), missed, about, advice
    )


def say(spec: Spec, situation: Callable[[float], Situation], seconds: float, fps: float = 10) -> list[Cue]:
    """All that is said over some seconds."""
    chooser = CueChooser(spec)
    said = [chooser.step(situation(t))[1] for t in moments(seconds, fps)]
    return [cue for cue in said if cue is not None]


def texts(cues: Sequence[Cue]) -> list[str]:
    return [cue.text for cue in cues]


def test_nothing_to_say():
    assert say(REPS, now, 60) == []


def test_a_fault_is_said_at_once():
    chooser = CueChooser(REPS)
    assert chooser.step(now(0.0)) == (None, None)
    shown, said = chooser.step(now(0.1, LEG))
    assert said == Cue(0.1, "Heel up to hip height", "fix", "leg:low")
    assert shown is said


def test_one_cue_at_a_time_the_most_pressing_first():
    cues = say(REPS, lambda t: now(t, LEAN, LEG), 3)
    assert texts(cues) == ["Keep your chest level"]


def test_the_next_fault_is_said_after_the_gap():
    cues = say(REPS, lambda t: now(t, LEAN, LEG), 5)
    assert texts(cues) == ["Keep your chest level", "Heel up to hip height"]
    assert cues[1].t - cues[0].t == approx(GAP_S, abs=0.11)


def test_safety_waits_less():
    cues = say(REPS, lambda t: now(t, LEG) if t < 0.5 else now(t, LEAN, LEG), 4)
    assert texts(cues) == ["Heel up to hip height", "Keep your chest level"]
    assert cues[1].t == approx(STOP_GAP_S, abs=0.11)


def test_safety_comes_before_range():
    cues = say(REPS, lambda t: now(t, LEAN, missed="Lift higher") if t > 1 else now(t), 3)
    assert texts(cues) == ["Keep your chest level"]


def test_range_comes_before_the_rest():
    cues = say(REPS, lambda t: now(t, LEG, missed="Lift higher"), 3)
    assert texts(cues) == ["Lift higher"]
    assert cues[0].severity == "fix"


# ---- not again and again -----------------------------------------------------------------------


def test_in_a_hold_the_same_cue_comes_back_after_a_while():
    cues = say(SOFT_HOLD, lambda t: now(t, HIPS), 40)
    assert [cue.t for cue in cues] == approx([0, 8, 16, 24, 32, 40], abs=0.61)


def test_in_repetitions_the_same_cue_waits_for_two_of_them():
    cues = say(REPS, lambda t: now(t, LEG, reps=int(t // 15)), 44)
    assert [cue.t for cue in cues] == approx([0, 30], abs=0.11)
    quick = say(REPS, lambda t: now(t, LEG, reps=int(t // 2)), 20)
    assert [cue.t for cue in quick] == approx([0, 16], abs=0.11)  # three done: found their way in


def test_eight_seconds_count_where_repetitions_are_quick():
    cues = say(REPS, lambda t: now(t, LEG, reps=min(int(t // 2), 2)), 12)
    assert [cue.t for cue in cues] == approx([0, REPEAT_S], abs=0.11)


def test_another_cue_need_not_wait_for_repetitions():
    cues = say(REPS, lambda t: now(t, LEG) if t < 4 else now(t, LEG, missed="Lift higher"), 6)
    assert texts(cues) == ["Heel up to hip height", "Lift higher"]


def test_after_three_tries_other_words():
    cues = say(SOFT_HOLD, lambda t: now(t, KNEE, HIPS), 44)
    of_hips = [cue.text for cue in cues if cue.about == "hips:low"]
    assert set(of_hips) == {"Lift your hips a little"}  # there are no other words for it
    legs = say(REPS, lambda t: now(t, LEG, reps=int(t // 10)), 150)
    assert texts(legs)[:5] == ["Heel up to hip height"] * 3 + ["Heel higher"] * 2


@pytest.mark.parametrize(
    ("spec", "check", "a_rep_takes", "gaps"),
    [(REPS, LEG, 4, [8, 16, 16, 16, 16]), (SOFT_HOLD, HIPS, 1000, [8, 8, 8, 8, 8, 16, 16, 16])],
)
def test_cues_become_fewer_after_three_repetitions_or_45_seconds(spec, check, a_rep_takes, gaps):
    cues = [cue.t for cue in say(spec, lambda t: now(t, check, reps=int(t // a_rep_takes)), 100)]
    waits = [b - a for a, b in pairwise(cues)]
    assert waits[: len(gaps)] == approx(gaps, abs=0.11)


def test_safety_never_fades():
    for spec, check in ((REPS, LEAN), (HOLD, HIPS)):
        cues = [cue.t for cue in say(spec, lambda t, check=check: now(t, check, reps=int(t)), 120)]
        gaps = [b - a for a, b in pairwise(cues)]
        assert gaps == approx([REPEAT_S] * 15, abs=0.11)


# ---- never stale -------------------------------------------------------------------------------


def test_a_fault_that_is_over_before_its_turn_is_not_said():
    cues = say(REPS, lambda t: now(t, LEAN, LEG) if t < 3 else now(t), 20)
    assert texts(cues) == ["Keep your chest level"]


def test_what_was_missed_is_said_then_or_never():
    cues = say(REPS, lambda t: now(t, *[LEG] * (t == 0), missed="Lift higher" if t == 2 else ""), 20)
    assert texts(cues) == ["Heel up to hip height"]


def test_a_cue_is_shown_while_its_fault_lasts_and_a_little_longer():
    chooser = CueChooser(SOFT_HOLD)
    shown = {t: chooser.step(now(t, *[HIPS] * (1 <= t < 7)))[0] for t in moments(14, 10)}
    assert [t for t, cue in shown.items() if cue] == approx(list(moments(6.9, 10, start=1)))
    chooser = CueChooser(SOFT_HOLD)
    brief = {t: chooser.step(now(t, *[HIPS] * (1 <= t < 2)))[0] for t in moments(14, 10)}
    assert max(t for t, cue in brief.items() if cue) == approx(1 + SHOWN_S, abs=0.11)


# ---- polish waits for the turn -----------------------------------------------------------------


def test_polish_waits_for_the_end_of_the_repetition():
    cues = say(REPS, lambda t: now(t, *[SHIFT] * (1 < t < 3), moving=t < 5), 8)
    assert texts(cues) == ["Forward a little"]
    assert cues[0].t == approx(5)


def test_polish_that_finds_no_room_at_the_end_of_the_repetition_is_dropped():
    """Said later, it would be about a repetition that is long over."""
    cues = say(REPS, lambda t: now(t, *[SHIFT] * (1 < t < 3), *[LEG] * (t == 4), moving=t < 5), 20)
    assert texts(cues) == ["Heel up to hip height"]


def test_polish_between_repetitions_is_said_at_once():
    cues = say(REPS, lambda t: now(t, *[SHIFT] * (1 < t < 3), moving=False), 8)
    assert [cue.t for cue in cues] == approx([1.1])


def test_in_a_hold_there_is_no_turn_to_wait_for():
    cues = say(SOFT_HOLD, lambda t: now(t, *[KNEE] * (1 < t < 3)), 8)
    assert [(cue.t, cue.severity) for cue in cues] == [(approx(1.1), "polish")]


# ---- mended ------------------------------------------------------------------------------------


def mended(t: float, *, of: str = HIPS, at: float = 2.0) -> Situation:
    return now(t, of) if t < at else now(t, right=[of])


def test_a_mended_fault_is_praised_once():
    cues = say(SOFT_HOLD, mended, 30)
    assert [(cue.text, cue.severity) for cue in cues] == [
        ("Lift your hips a little", "fix"),
        (PRAISE[0], "praise"),
    ]
    assert cues[1].t == approx(GAP_S, abs=0.11)
    assert cues[1].about == "hips:low"


def test_praise_waits_until_it_stays_right():
    cues = say(SOFT_HOLD, lambda t: mended(t, at=9), 30)
    assert cues[-1].severity == "praise"
    assert cues[-1].t == approx(12, abs=0.2)  # 8 said again, 9 mended, 12 there is room
    long_ago = say(SOFT_HOLD, lambda t: mended(t, at=7.9), 30)
    assert long_ago[-1].t == approx(7.9 + PRAISE_AFTER_S, abs=0.2)


def test_flickering_is_not_mended():
    cues = say(SOFT_HOLD, lambda t: now(t, HIPS) if int(t * 2) % 2 else now(t, right=[HIPS]), 7)
    assert [cue.severity for cue in cues] == ["fix"]


def test_what_is_no_longer_judged_is_not_mended():
    cues = say(SOFT_HOLD, lambda t: now(t, HIPS) if t < 2 else now(t), 30)
    assert [cue.severity for cue in cues] == ["fix"]


def test_what_was_never_said_is_not_praised():
    assert say(SOFT_HOLD, lambda t: now(t, right=[HIPS, KNEE]), 30) == []


def test_no_praise_while_something_else_is_wrong():
    cues = say(SOFT_HOLD, lambda t: now(t, HIPS) if t < 2 else now(t, KNEE, right=[HIPS]), 30)
    assert all(cue.severity != "praise" for cue in cues)


def test_the_words_of_praise_take_turns():
    cues = say(SOFT_HOLD, lambda t: now(t, HIPS) if t % 20 < 2 else now(t, right=[HIPS]), 79)
    assert [cue.text for cue in cues if cue.severity == "praise"] == [*PRAISE, PRAISE[0]]


def test_a_fault_that_comes_back_is_praised_again_only_after_it_was_said_again():
    cues = say(SOFT_HOLD, lambda t: now(t, *[HIPS] * (t % 6 < 1), right=[HIPS] * (t % 6 >= 1)), 7.9)
    assert [cue.severity for cue in cues] == ["fix", "praise"]


# ---- the picture: `formcoach.guide` advises, the chooser says it -------------------------------


def test_advice_is_said_at_once_and_again_after_a_while():
    cues = say(REPS, lambda t: now(t, someone=t < 1), 30)
    assert texts(cues) == [ABSENT] * 3
    assert [cue.t for cue in cues] == approx([1, 13, 25], abs=0.11)
    assert {cue.severity for cue in cues} == {"setup"}
    assert cues[1].t - cues[0].t == approx(SETUP_REPEAT_S, abs=0.11)


def test_advice_that_did_not_help_is_given_in_other_words():
    cues = say(REPS, lambda t: now(t, advice=SIDEWAYS), 30)
    assert texts(cues) == [SIDEWAYS.words[0], SIDEWAYS.words[1], SIDEWAYS.words[1]]


def test_advice_is_shown_for_as_long_as_it_is_given():
    chooser = CueChooser(REPS)
    shown = {t: chooser.step(now(t, someone=not 2 <= t < 25))[0] for t in moments(30, 10)}
    assert [t for t, cue in shown.items() if cue] == approx(list(moments(24.9, 10, start=2)))


def test_other_advice_is_shown_at_once_and_said_after_the_gap():
    chooser = CueChooser(REPS)
    answers = [chooser.step(now(t, someone=t >= 1, advice=SIDEWAYS)) for t in moments(5, 10)]
    assert [shown.text for shown, _ in answers if shown] == [ABSENT] * 10 + [SIDEWAYS.words[0]] * 41
    assert [said.t for _, said in answers if said] == approx([0, GAP_S], abs=0.11)


def test_nothing_about_the_picture_is_shown_in_the_place_of_a_cue_about_form():
    chooser = CueChooser(REPS)
    chooser.step(now(0.0, LEG))
    shown, said = chooser.step(now(0.5, LEG, advice=SIDEWAYS))
    assert said is None
    assert shown is not None and shown.about == "leg:low"


def test_getting_into_the_picture_comes_before_form():
    cues = say(REPS, lambda t: now(t, LEAN, LEG, someone=t < 0.1, missed="Lift higher"), 30)
    assert set(texts(cues)[1:]) == {ABSENT}


@pytest.mark.parametrize("late", ["fault", "missed", "polish"])
def test_nothing_about_form_is_said_to_an_empty_room(late):
    def situation(t: float) -> Situation:
        if t < 3 or 4 < t < 10:
            return now(t, *[SHIFT] * (t > 9 and late == "polish"), someone=t > 4)
        missed = "Lift higher" if late == "missed" else ""
        return now(t, *[LEG] * (late == "fault"), someone=False, moving=False, missed=missed)

    assert set(texts(say(REPS, situation, 14.5))) == {ABSENT}


def test_being_away_mends_nothing():
    """Right before leaving and right on coming back, but for less than it takes to be sure."""

    def situation(t: float) -> Situation:
        if t < 2:
            return now(t, HIPS)
        return now(t, someone=False) if 2.5 < t < 9 else now(t, right=[HIPS])

    praise = [cue.t for cue in say(SOFT_HOLD, situation, 12) if cue.severity == "praise"]
    assert praise == approx([9 + PRAISE_AFTER_S], abs=0.15)


# ---- what always holds -------------------------------------------------------------------------


@st.composite
def situations(draw):
    """A set of some minutes in pieces, in each of which all stays as it is."""
    spec, checks = draw(
        st.sampled_from([(REPS, (LEAN, LEG, SHIFT)), (SOFT_HOLD, (HIPS, KNEE)), (HOLD, (HIPS,))])
    )
    pieces = draw(
        st.lists(
            st.tuples(
                st.floats(0.05, 15),
                st.lists(st.sampled_from(checks), unique=True),
                st.booleans(),
                st.sampled_from([True, True, True, False]),
                st.sampled_from([None, None, SIDEWAYS]),
                st.sampled_from(["", "", "Lift higher"]),
                st.integers(0, 2),
            ),
            max_size=15,
        )
    )
    stream, t, reps = [], 0.0, 0
    for seconds, off, moving, someone, advice, missed, more in pieces:
        end = t + seconds
        reps += more
        off = [check for check in checks if check in off]
        right = [check for check in checks if check not in off and someone]
        while t < end:
            there = off if someone else []
            stream.append(
                now(
                    t,
                    *there,
                    someone=someone,
                    advice=advice,
                    moving=moving,
                    reps=reps,
                    right=right,
                    missed=missed,
                )
            )
            t += 0.25
    return spec, stream


@given(situations())
@settings(max_examples=60)
def test_the_rules_hold_whatever_happens(drawn):
    spec, stream = drawn
    chooser = CueChooser(spec)
    last: Cue | None = None
    about: dict[str, tuple[float, int]] = {}
    for situation in stream:
        shown, said = chooser.step(situation)
        if said is None:
            continue
        assert said.t == situation.t
        assert shown is said
        assert len(said.text.split()) <= 8
        if last is not None:
            assert said.t - last.t >= (STOP_GAP_S if said.severity == "stop" else GAP_S)
        if not situation.someone:
            assert said.text == ABSENT
        if said.severity in ("polish", "fix", "stop"):
            t, reps = about.get(said.about, (-100.0, -100))
            assert said.t - t >= REPEAT_S
            if spec.kind == "repetitions" and said.severity != "stop":
                assert situation.reps - reps >= 2
            about[said.about] = said.t, situation.reps
        if said.severity == "praise":
            assert said.about in about
            assert not situation.faults
        last = said


@given(situations())
@settings(max_examples=30)
def test_the_same_situations_give_the_same_cues(drawn):
    spec, stream = drawn
    first, second = CueChooser(spec), CueChooser(spec)
    assert [first.step(one) for one in stream] == [second.step(one) for one in stream]


SEQUENCE = sequence_spec()


def station(t: float, say: str, turn: int, *faults: str, missed: str = "", about: str = "") -> Situation:
    lasting = tuple(fault(name, "high") for name in faults)
    return Situation(t, True, True, 0, lasting, frozenset(), missed, about, None, say, turn)


def said_at(*situations: Situation) -> list[tuple[float, str]]:
    chooser = CueChooser(SEQUENCE)
    told = [chooser.step(one)[1] for one in situations]
    return [(cue.t, cue.text) for cue in told if cue is not None]


def test_each_station_is_announced_once_each_time_it_is_its_turn() -> None:
    turns = [station(t / 10, f"To station {t // 60}", 1 + t // 60) for t in range(240)]
    assert [text for _, text in said_at(*turns)] == [f"To station {i}" for i in range(4)]
    again = [station(t / 10, "To the middle", 1 + t // 60) for t in range(240)]
    assert [t for t, _ in said_at(*again)] == approx([0.0, 6.0, 12.0, 18.0])


def test_the_next_station_need_not_wait_long_but_waits_for_what_is_being_read() -> None:
    told = said_at(
        station(0.0, "", 1, "head"),
        station(1.0, "To the middle", 2),
        station(1.9, "To the middle", 2),
        station(2.0, "To the middle", 2),
    )
    assert told == [(0.0, "Rest your head"), (2.0, "To the middle")]


def test_a_station_that_somebody_has_gone_to_is_not_announced_any_more() -> None:
    told = said_at(station(0.0, "", 1, "head"), station(1.0, "To the middle", 2), station(5.0, "", 2))
    assert told == [(0.0, "Rest your head")]


def test_what_was_missed_at_a_station_comes_soon_after_the_next_one_was_announced() -> None:
    told = said_at(
        station(0.0, "To the middle", 1),
        station(2.5, "", 1, missed="In between to the middle", about="left_out"),
    )
    assert [t for t, _ in told] == [0.0, 2.5]
    assert said_at(station(0.0, "To the middle", 1), station(2.5, "", 1, missed="On", about="missed")) == [
        (0.0, "To the middle")
    ]


def test_in_a_sequence_a_cue_comes_again_by_time_alone() -> None:
    chooser = CueChooser(SEQUENCE)
    told = [chooser.step(station(t / 10, "", 0, "head"))[1] for t in range(200)]
    assert [cue.t for cue in told if cue is not None] == approx([0.0, REPEAT_S, 2 * REPEAT_S], abs=0.11)
