"""Writes a live session into the history while it goes on, and as its report has it when it has ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from formcoach.errors import FormcoachError
from formcoach.events import Cue, Event, FaultEvent, HoldEvent, RepEvent
from formcoach.history import History
from formcoach.report import SessionReport
from formcoach.routine_report import RoutineReport, is_good
from formcoach.showing import Scene
from formcoach.spec import Spec


class SessionLog:
    """One session in the history.

    A history that can no longer be written, as on a full disk, does not end the session.
    """

    def __init__(
        self,
        history: History,
        now: datetime,
        *,
        routine: str = "",
        recording: str = "",
        complain: Callable[[str], None] = print,
    ) -> None:
        """Begin.

        Args:
            history: open, and used by nobody else at the same time.
            now: the local time with its zone.
            routine: its id, or empty for a single exercise.
            recording: the file that keeps the samples, or empty.
            complain: is told why it is not written any more, in a sentence.
        """
        self._complain = complain
        self._given_up = False
        self._history = history
        self._day = now.date()
        self._routine = routine
        self._set = 0
        self._sets = 0
        self._doing: object = None
        self._session = history.write(
            "INSERT INTO sessions (day, began, routine, state, recording) VALUES (?, ?, ?, 'running', ?)",
            self._day.isoformat(),
            now.isoformat(timespec="seconds"),
            routine,
            recording,
        )

    def hear(self, scene: Scene) -> None:
        """Write what happened at one sample."""
        doing = None if scene.coaching is None else "" if scene.now is None else scene.now.where
        if doing != self._doing:
            self._doing, self._set = doing, 0
        if self._given_up or scene.coaching is None or scene.spec is None or not scene.coaching.events:
            return
        try:
            with self._history.together():
                if not self._set:
                    self._set = self._begin_set(scene.spec)
                self._write_events(self._set, scene.coaching.events)
        except FormcoachError as error:
            self._given_up = True  # nobody waits for a disk again and again
            self._complain(str(error))

    def finish(self, report: SessionReport | RoutineReport) -> None:
        """Write the session as its report has it, in place of what was written on the way."""
        try:
            with self._history.together():
                self._history.write("DELETE FROM sets WHERE session = ?", self._session)
                self._sets = 0
                self._write_report(report)
                state = "ended" if report.hurt_at is None else "hurt"
                self._history.write("UPDATE sessions SET state = ? WHERE id = ?", state, self._session)
        except FormcoachError as error:
            self._complain(str(error))

    def _write_report(self, report: SessionReport | RoutineReport) -> None:
        hurt_in = ""
        if isinstance(report, SessionReport):
            self._write_set(report)
            hurt_in = report.spec.id
        else:
            for step in report.steps:
                for one in step.sets:
                    self._write_set(one)
                if step.sets:
                    exercise = step.planned.step.exercise
                    self._history.write_step(self._day, self._routine, exercise, step.good)
            if report.hurt_step is not None:
                hurt_in = report.steps[report.hurt_step].planned.step.exercise
        if report.hurt_at is not None:
            self._history.write_hurt(self._day, hurt_in)

    def _write_set(self, report: SessionReport) -> None:
        row = self._begin_set(report.spec)
        self._history.write(
            "UPDATE sets SET duration_s = ?, good = ? WHERE id = ?", report.duration_s, is_good(report), row
        )
        self._write_events(row, (*report.repetitions, *report.holds, *report.faults, *report.cues))

    def _begin_set(self, spec: Spec) -> int:
        self._sets += 1
        return self._history.write(
            "INSERT INTO sets (session, number, exercise, name, timed) VALUES (?, ?, ?, ?, ?)",
            self._session,
            self._sets,
            spec.id,
            spec.name,
            spec.dose.hold_s is not None,
        )

    def _write_events(self, row: int, events: tuple[Event, ...]) -> None:
        for event in events:
            table, values = _as_row(event)
            columns = ", ".join(values)
            marks = ", ".join("?" * (len(values) + 1))
            self._history.write(
                f'INSERT INTO {table} ("set", {columns}) VALUES ({marks})', row, *values.values()
            )


def _as_row(event: Event) -> tuple[str, dict[str, object]]:
    """The table of an event and its values by column; SQLite keeps NaN as NULL."""
    if isinstance(event, RepEvent):
        return "repetitions", {
            "side": event.side,
            "start_s": event.start,
            "turn_s": event.turn,
            "end_s": event.end,
            "performed": event.performed,
            "to_dose": event.to_dose,
            "held_s": event.held_s,
            "kind": event.kind,
            "why_not": event.why_not,
        }
    if isinstance(event, HoldEvent):
        return "holds", {
            "side": event.side,
            "start_s": event.start,
            "end_s": event.end,
            "in_form_s": event.in_form_s,
            "to_dose": event.to_dose,
            "why_not": event.why_not,
        }
    if isinstance(event, FaultEvent):
        return "faults", {
            "kind": event.kind,
            "side": event.side,
            "start_s": event.start,
            "end_s": event.end,
            "worst": event.worst,
        }
    assert isinstance(event, Cue)
    return "cues", {"t_s": event.t, "severity": event.severity, "text": event.text}
