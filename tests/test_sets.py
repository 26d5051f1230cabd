"""Sets of a single exercise: ended by leaving the position, begun by taking it again, and nothing lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytest import approx

from coached import stock
from formcoach.actions import Action
from formcoach.guide import AWAY_S, PAUSED
from formcoach.landmarks import PoseSample, nobody
from formcoach.session import Session
from formcoach.sets import AGAIN, ENOUGH, GONE_S
from formcoach.spec import Dose
from formcoach.stance import DONE_S, KEPT_S, OUT_S
from puppet import perform

FPS = 10
PLANK = replace(stock("plank"), dose=Dose((2.0, 3.0)))
BIRD_DOG = replace(stock("bird-dog"), dose=Dose(None, (1, 1)))


def after(stream: list[PoseSample], samples: list[PoseSample]) -> list[PoseSample]:
    start = stream[-1].t + 1 / FPS if stream else 0.0
    return [*stream, *(replace(one, t=round(start + one.t, 6)) for one in samples)]


def planks(*holds: float) -> list[PoseSample]:
    """Holds one after the other, each from standing in the picture to standing there again."""
    stream: list[PoseSample] = []
    for hold_s in holds:
        stream = after(stream, perform("plank", fps=FPS, hold_s=hold_s, walk_in=True, leave=True).samples)
    return stream


def gone(seconds: float) -> list[PoseSample]:
    return [nobody(i / FPS) for i in range(round(seconds * FPS))]


def still(sample: PoseSample, seconds: float) -> list[PoseSample]:
    return [replace(sample, t=i / FPS) for i in range(round(seconds * FPS))]


def through(session: Session, stream: list[PoseSample]) -> list[tuple[float, str, str]]:
    """When the session changed between a set and a rest, and what it showed then."""
    changes: list[tuple[float, str, str]] = []
    for sample in stream:
        session.take(sample)
        stage = "set" if session.now is None else session.now.stage
        if not changes or changes[-1][1] != stage:
            changes.append((sample.t, stage, "" if session.now is None else session.now.says))
    return changes


def test_leaving_with_the_dose_done_is_the_end_of_a_set():
    session = Session(PLANK)
    changes = through(session, planks(5))
    assert [stage for _, stage, _ in changes] == ["set", "rest"]
    assert changes[1][2] == AGAIN
    assert len(session.finish().sets) == 1


def test_getting_into_position_again_is_the_next_set():
    session = Session(PLANK)
    changes = through(session, planks(5, 4))
    assert [stage for _, stage, _ in changes] == ["set", "rest", "set", "rest"]
    report = session.finish()
    assert len(report.sets) == 2
    assert [hold.in_form_s for hold in report.holds] == approx([5, 4], abs=0.8)
    for (start, end), hold in zip(report.sets, report.holds, strict=True):
        assert start <= hold.start + 0.5  # whoever is in form for a moment was so from its beginning
        assert hold.end <= end


def test_the_counting_on_the_screen_begins_again_and_the_report_has_all():
    session = Session(PLANK)
    shown = [session.take(sample).holds_s[""] for sample in planks(6, 4)]
    assert max(shown) == approx(6, abs=0.8)
    assert shown[-1] == approx(4, abs=0.8)
    assert session.finish().hold_s == approx(10, abs=1.6)


def test_going_on_beyond_the_dose_is_no_new_set_and_is_counted():
    session = Session(BIRD_DOG)
    samples = perform("bird-dog", fps=FPS, reps=[("left", 1), ("right", 1), ("left", 1)], hold_s=1).samples
    assert [stage for _, stage, _ in through(session, samples)] == ["set"]
    assert session.notice == ENOUGH
    report = session.finish()
    assert (report.performed("left"), report.performed("right")) == (2, 1)


def test_the_other_side_is_asked_for():
    session = Session(BIRD_DOG)
    through(session, perform("bird-dog", fps=FPS, reps=[("left", 1)], hold_s=1).samples)
    assert session.notice == "Now your right side"


def test_leaving_the_picture_is_a_pause_and_no_end():
    session = Session(replace(PLANK, dose=Dose((20.0, 30.0))))
    held = perform("plank", fps=FPS, hold_s=6).samples
    stream = after(after(held[:60], gone(AWAY_S + 3)), perform("plank", fps=FPS, hold_s=6).samples[20:])
    said: list[str] = []
    away: set[bool] = set()
    for sample in stream:
        coaching = session.take(sample)
        away.add(coaching.away)
        said += [event.text for event in coaching.events if hasattr(event, "text")]
    assert PAUSED in said
    assert away == {True, False}
    assert session.now is None
    assert len(session.finish().sets) == 1


def test_whoever_has_done_all_and_gone_has_finished():
    session = Session(PLANK)
    stream = after(planks(5), gone(GONE_S + 1))
    over = [session.over for sample in stream if session.take(sample)]
    assert over[-1]
    assert not over[-round((GONE_S / 2) * FPS)]


def test_somebody_who_has_sets_to_come_may_stay_away_for_longer():
    session = Session(replace(PLANK, dose=Dose((2.0, 3.0), None, 3)))
    through(session, after(planks(5), gone(GONE_S + 5)))
    assert session.now is not None
    assert not session.over


@pytest.mark.parametrize("name", ["skip", "restart"])
def test_keys_do_the_same(name):
    session = Session(PLANK)
    held = perform("plank", fps=FPS, hold_s=6).samples
    through(session, held[:70])
    session.act(Action(held[69].t, name))
    assert (session.now is None) is (name == "restart")
    if name == "skip":
        session.act(Action(held[69].t, name))
        assert session.now is None


def test_a_session_of_which_nothing_came_has_no_sets():
    session = Session(PLANK)
    through(session, gone(3))
    assert session.finish().sets == ()


def test_what_is_waited_for_is_shorter_than_anybody_notices():
    assert OUT_S <= DONE_S
    assert KEPT_S < 3
