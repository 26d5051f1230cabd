"""A session in the history: as it goes on, and as its report has it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from coached import stock
from formcoach.actions import Action
from formcoach.errors import FormcoachError
from formcoach.history import History
from formcoach.history_log import SessionLog
from formcoach.history_read import pain_days, sets_done
from formcoach.session import Session
from formcoach.showing import take
from puppet import perform

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.fixture
def kept() -> Iterator[History]:
    with History() as history:
        yield history


def go_through(log: SessionLog, session: Session, exercise: str, **how: object) -> None:
    for sample in perform(exercise, **how).samples:  # type: ignore[arg-type]
        log.hear(take(session, sample))


def test_a_session_that_is_cut_off_has_all_until_then(kept: History) -> None:
    session = Session(stock("hip-hinge"))
    go_through(SessionLog(kept, NOON), session, "hip-hinge", reps=3, fault="knee_bent")
    (done,) = sets_done(kept)
    assert (done.exercise, done.repetitions, done.good) == ("hip-hinge", 3, None)
    assert done.cues
    assert kept.rows("SELECT state FROM sessions") == [("running",)]


def test_a_session_that_ends_is_kept_as_its_report_has_it(kept: History) -> None:
    session = Session(stock("plank"))
    log = SessionLog(kept, NOON, recording="plank.fcr")
    go_through(log, session, "plank")
    assert [one.good for one in sets_done(kept)] == [None]  # nobody knows before the end
    report = session.finish()
    log.finish(report)
    (done,) = sets_done(kept)
    assert done.held_s == pytest.approx(report.hold_s)
    assert done.duration_s == pytest.approx(report.duration_s)
    assert done.good is True
    assert kept.rows("SELECT state, recording, day FROM sessions") == [("ended", "plank.fcr", "2026-03-10")]


def test_what_was_counted_before_a_restart_is_gone_in_the_end(kept: History) -> None:
    session = Session(stock("hip-hinge"))
    log = SessionLog(kept, NOON)
    go_through(log, session, "hip-hinge", reps=2)
    session.act(Action(100.0, "restart"))
    log.finish(session.finish())
    (done,) = sets_done(kept)
    assert done.repetitions == 0
    assert not done.counts


def test_where_it_hurt_is_kept(kept: History) -> None:
    session = Session(stock("plank"))
    log = SessionLog(kept, NOON)
    session.act(Action(1.0, "hurts"))
    log.finish(session.finish())
    assert kept.rows("SELECT state FROM sessions") == [("hurt",)]
    assert pain_days(kept) == [(date(2026, 3, 10), "plank")]


def test_a_history_that_can_no_longer_be_written_does_not_end_the_session(
    kept: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    log = SessionLog(kept, NOON, complain=said.append)

    def full(*_: object) -> int:
        raise FormcoachError("The disk is full.")

    monkeypatch.setattr(kept, "write", full)
    session = Session(stock("hip-hinge"))
    go_through(log, session, "hip-hinge", reps=2)
    assert said == ["The disk is full."]
    log.finish(session.finish())
    assert said == ["The disk is full."] * 2
