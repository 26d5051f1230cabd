"""What `formcoach history` does: tell what was done, as words, a page or data, and forget it."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Sequence
from datetime import date, timedelta

from formcoach import commands
from formcoach.errors import FormcoachError, SpecError
from formcoach.files import write_json, write_text
from formcoach.history import History, history_file
from formcoach.history_read import forget_all, forget_day, forget_exercise, pain_days, sets_done
from formcoach.history_text import Days, describe_history
from formcoach.progress import SetDone
from formcoach.routine import Routine
from formcoach.routine_file import list_routines, read_routine

EVERYTHING = "everything"
"""What to name to forget all of it."""

COLUMNS = (
    "day",
    "session",
    "routine",
    "exercise",
    "name",
    "repetitions",
    "to_dose",
    "held_s",
    "duration_s",
    "good",
    "faults",
    "cues",
)
"""The columns of an export, a row a set."""


def history(options: argparse.Namespace) -> int:
    """Tell, export or forget what was done."""
    for file in (options.page, options.csv, options.json):
        commands.check_writable(file)
    if options.forget is None and not history_file().exists():
        print("Nothing done yet. A session in front of the camera is kept here: formcoach live bird-dog")
        return 0
    with History() as kept:
        if options.forget is not None:
            return _forget(kept, options.forget, sure=options.yes)
        _tell(kept, options)
    return 0


def _tell(kept: History, options: argparse.Namespace) -> None:
    today = date.today()
    sets = [one for one in sets_done(kept) if options.exercise in (None, one.exercise)]
    if options.exercise and not sets:
        raise FormcoachError(
            f"The history knows no '{options.exercise}'; 'formcoach history' lists what was done."
        )
    pains = [(day.toordinal(), exercise) for day, exercise in pain_days(kept)]
    routines = _routines()
    print(describe_history(sets, pains, routines, _days(sets, pains, today)))
    if options.page is not None:
        from formcoach.history_page import history_page

        write_text(options.page, history_page(sets, pains, routines, today))
        print(f"Page: {options.page}")
    if options.csv is not None:
        write_text(options.csv, _as_csv(sets))
        print(f"Table: {options.csv}")
    if options.json is not None:
        write_json(options.json, {"format": 1, "sets": [_as_data(one) for one in sets]})
        print(f"Data: {options.json}")


def _forget(kept: History, what: str, *, sure: bool) -> int:
    days = {day.isoformat(): day for one in sets_done(kept) if (day := date.fromordinal(one.day))}
    days |= {day.isoformat(): day for day, _ in pain_days(kept)}
    exercises = {one.exercise for one in sets_done(kept)}
    if what != EVERYTHING and what not in days and what not in exercises:
        raise FormcoachError(
            f"The history knows no day and no exercise '{what}'; "
            f"name one of those, as 2026-03-10 or bird-dog, or '{EVERYTHING}'."
        )
    if not sure and not _is_sure(what):
        print("Nothing was forgotten.")
        return 0
    if what == EVERYTHING:
        count = forget_all(kept)
    elif what in days:
        count = forget_day(kept, days[what])
    else:
        count = forget_exercise(kept, what)
    print(f"Forgotten for good: {what}, {count} session{'' if count == 1 else 's'}.")
    print("Recordings are files of their own, and stay until you delete them.")
    return 0


def _is_sure(what: str) -> bool:
    if not sys.stdin or not sys.stdin.isatty():
        raise FormcoachError("To forget without being asked, add --yes.")
    try:
        return input(f"Forget {what} for good? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


def _routines() -> dict[str, Routine]:
    """Those that can be read; a faulty file does not hide the history."""
    found: dict[str, Routine] = {}
    for path in list_routines():
        try:
            found[path.stem] = read_routine(path)
        except SpecError:
            continue
    return found


def _days(sets: Sequence[SetDone], pains: Sequence[tuple[int, str]], today: date) -> Days:
    numbers = {one.day for one in sets} | {day for day, _ in pains}
    return Days(today.toordinal(), {day: name_of(date.fromordinal(day), today) for day in numbers})


def name_of(day: date, today: date) -> str:
    """A day as people write it, with its year where that is another one or long ago."""
    year = f" {day.year}" if day.year != today.year and today - day > timedelta(180) else ""
    return f"{day.day} {day:%b}{year}"


def _as_data(one: SetDone) -> dict[str, object]:
    return {
        "day": date.fromordinal(one.day).isoformat(),
        "session": one.session,
        "routine": one.routine,
        "exercise": one.exercise,
        "name": one.name,
        "repetitions": one.repetitions,
        "to_dose": one.to_dose,
        "held_s": round(one.held_s, 3),
        "duration_s": round(one.duration_s, 3),
        "good": one.good,
        "faults": dict(one.faults),
        "cues": dict(one.cues),
    }


def _as_csv(sets: Sequence[SetDone]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    for one in sets:
        row = _as_data(one)
        row["faults"] = "; ".join(f"{name} {times}x" for name, times in one.faults.items())
        row["cues"] = "; ".join(f"{name} {times}x" for name, times in one.cues.items())
        writer.writerow(row)
    return text.getvalue()
