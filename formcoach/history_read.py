"""Reads the history back: the sets that were done, and the days with pain; and forgets for good."""

from __future__ import annotations

from collections import Counter
from datetime import date

from formcoach.history import History, Row
from formcoach.legible import printable
from formcoach.progress import SetDone

LONGEST_S = 1e6
"""Seconds that a set or a hold may have lasted; more were not written here."""

LONGEST = 200
"""Characters of a name or a cue."""

_SETS = """
SELECT sets.id, sessions.day, sessions.id, sessions.routine, sets.exercise, sets.name, sets.duration_s,
    sets.good,
    (SELECT count(*) FROM repetitions WHERE "set" = sets.id AND performed),
    (SELECT count(*) FROM repetitions WHERE "set" = sets.id AND to_dose)
        + (SELECT count(*) FROM holds WHERE "set" = sets.id AND to_dose),
    sets.timed * max((SELECT coalesce(max(held_s), 0) FROM repetitions WHERE "set" = sets.id AND performed),
        (SELECT coalesce(max(in_form_s), 0) FROM holds WHERE "set" = sets.id))
FROM sets JOIN sessions ON sessions.id = sets.session ORDER BY sets.id
"""


def sets_done(history: History) -> list[SetDone]:
    """All sets, in the order in which they were done."""
    faults = _counted(history, 'SELECT "set", kind, count(*) FROM faults GROUP BY "set", kind')
    cues = _counted(
        history,
        "SELECT \"set\", text, count(*) FROM cues WHERE severity IN ('polish', 'fix', 'stop') "
        'GROUP BY "set", text',
    )
    return [one for row in history.rows(_SETS) if (one := _set_done(row, faults, cues)) is not None]


def pain_days(history: History) -> list[tuple[date, str]]:
    """The days with pain, in order; with each the exercise in which it hurt, or empty."""
    query = (
        "SELECT day, exercise FROM facts WHERE what = 'hurt' OR (what = 'pain' AND pain = 1) ORDER BY day, id"
    )
    found = ((_date(day), _text(exercise)) for day, exercise in history.rows(query))
    return [(day, exercise) for day, exercise in found if day is not None]


def forget_all(history: History) -> int:
    """Forget every session, and all that was asked and answered but that the medical note was read.

    Returns:
        How many sessions there were.
    """
    with history.together():
        count = _count(history, "SELECT count(*) FROM sessions")
        history.write("DELETE FROM sessions")
        history.write("DELETE FROM steps")
        history.write("DELETE FROM facts WHERE what <> 'note'")
    _wipe(history)
    return count


def forget_day(history: History, day: date) -> int:
    """Forget one day: its sessions, its doses and its pain. Returns how many sessions there were."""
    with history.together():
        count = _count(history, "SELECT count(*) FROM sessions WHERE day = ?", day.isoformat())
        for table in ("sessions", "steps", "facts"):
            history.write(f"DELETE FROM {table} WHERE day = ?", day.isoformat())
    _wipe(history)
    return count


def forget_exercise(history: History, exercise: str) -> int:
    """Forget one exercise on every day. Returns in how many sessions it was done."""
    with history.together():
        count = _count(history, "SELECT count(DISTINCT session) FROM sets WHERE exercise = ?", exercise)
        for table in ("sets", "steps", "facts"):
            history.write(f"DELETE FROM {table} WHERE exercise = ?", exercise)
        history.write("DELETE FROM sessions WHERE id NOT IN (SELECT session FROM sets)")
    _wipe(history)
    return count


def _wipe(history: History) -> None:
    """Leave no trace of what was deleted in the file or beside it."""
    history.write("VACUUM")
    history.rows("PRAGMA wal_checkpoint(TRUNCATE)")


def _count(history: History, query: str, *values: object) -> int:
    found = history.rows(query, *values)[0][0]
    assert isinstance(found, int)
    return found


def _counted(history: History, query: str) -> dict[object, Counter[str]]:
    found: dict[object, Counter[str]] = {}
    for row, name, times in history.rows(query):
        assert isinstance(times, int)
        found.setdefault(row, Counter())[_text(name)] = times
    return found


def _set_done(
    row: Row, faults: dict[object, Counter[str]], cues: dict[object, Counter[str]]
) -> SetDone | None:
    number, day, session, routine, exercise, name, duration_s, good, repetitions, to_dose, held_s = row
    when, held, lasted = _date(day), _seconds(held_s), _seconds(duration_s)
    if when is None or held is None or lasted is None:
        return None
    return SetDone(
        when.toordinal(),
        _whole(session),
        _text(routine),
        _text(exercise),
        _text(name),
        _whole(repetitions),
        _whole(to_dose),
        held,
        lasted,
        None if good is None else bool(good),
        faults.get(number, Counter()),
        cues.get(number, Counter()),
    )


def _whole(count: object) -> int:
    assert isinstance(count, int)  # SQLite has counted it, or it is a key
    return count


def _seconds(value: object) -> float | None:
    """A time as it may be; whoever else writes into the file may write anything."""
    return float(value) if isinstance(value, int | float) and 0 <= value <= LONGEST_S else None


def _text(value: object) -> str:
    return printable(str(value))[:LONGEST]


def _date(day: object) -> date | None:
    try:
        return date.fromisoformat(str(day))
    except ValueError:
        return None
