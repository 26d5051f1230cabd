"""The coach: one sample in, one answer out. Nothing here knows a camera, a clock or a file."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import median

from formcoach.actions import Action
from formcoach.checks import HIDDEN, CheckWatcher
from formcoach.count_in import CountIn
from formcoach.cues import CueChooser, Situation
from formcoach.events import Coaching, Cue, Event, Fault, RepEvent, RoundEvent
from formcoach.guide import Advice, Guide
from formcoach.landmarks import PoseSample
from formcoach.measures import OwnMeasures
from formcoach.missed import OTHER_SIDE_NOW, what_was_missed
from formcoach.neutral import Neutral
from formcoach.phases import Machine, machine_for
from formcoach.reading import Reading, SampleReader
from formcoach.rep_machine import RepMachine
from formcoach.spec import Spec
from formcoach.turns import Turns


class _Side:
    """Everything that one side of the exercise has of its own."""

    def __init__(self, spec: Spec, side: str) -> None:
        self.side = side
        self.machine: Machine = machine_for(spec, side)
        self.measures = OwnMeasures(spec)
        self.watcher = CheckWatcher(spec, side)
        self.neutral = Neutral(self.measures.from_start, spec.neutral)
        self.values: dict[str, float] = {}
        self.idle = True  # as the machine is

    def forget_neutral(self) -> None:
        """Somebody else: what is known of the start position was another person's."""
        self.neutral = Neutral(self.measures.from_start, {})


class Coach:
    """Coaches one exercise over the samples of one session.

    The same samples and actions give the same answers, always.
    """

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.paused = False
        self._reader = SampleReader(spec)
        self._unseen = dict.fromkeys(spec.measures, math.nan)
        self._has_neutral = any(measure.from_start for measure in spec.measures.values())
        self._start_set()

    def _start_set(self) -> None:
        self._sides = [_Side(self.spec, side) for side in self.spec.sides or ("",)]
        self._active = self._sides[0]
        self._busy: list[_Side] = []
        self._tallied: tuple[dict[str, int], dict[str, float]] | None = None
        self._declined: _Side | None = None
        self._cues = CueChooser(self.spec)
        self._guide = Guide(self.spec)
        self._count_in = CountIn()
        self._counting_in = ""
        self._turns = Turns()
        self._ended = 0
        self._last_t = 0.0

    @property
    def neutral(self) -> dict[str, float]:
        """The person's own start: of each `from = "start"` measure the value there, where it is known."""
        found: dict[str, list[float]] = {}
        for side in self._sides:
            for name, value in side.neutral.values.items():
                found.setdefault(name, []).append(value)
        return {name: median(values) for name, values in found.items()}

    def count_in_anew(self) -> None:
        """Begin the count-in with the next sample, whatever was counted before."""
        self._count_in, self._counting_in = CountIn(), ""

    def act(self, action: Action) -> None:
        """Do what the person asked for between two samples."""
        if action.name in ("pause", "hurts"):
            self.paused = True
        elif action.name == "resume":
            self.paused = False
        elif action.name == "restart":
            self._reader.restart()
            self._start_set()
        elif action.name == "swap":
            self._swap()

    def _swap(self) -> None:
        """Take the other side: of the exercise where it has sides, else of the body."""
        if len(self._sides) > 1:
            self._declined, self._active = self._active, self._other_side()
        else:
            self._reader.swap()

    def step(self, sample: PoseSample) -> Coaching:
        """Take in the next sample and say what the coach makes of it."""
        return self.judge(self._reader.read(sample))

    def judge(self, reading: Reading) -> Coaching:
        """The same of a sample that has been read already, by a spec that measures the same."""
        t = self._last_t = reading.t
        events = self.advance(reading)
        if self.paused:
            return self._answer(reading, (), (), None)
        self._choose_active()
        faults = self._check(reading, events)
        if events:
            self._ended += sum(isinstance(event, RepEvent | RoundEvent) for event in events)
        moving = not self._active.idle
        phases = {side.machine.phase for side in self._sides}
        setting_up = phases == {"setup"}
        advice = self._guide.step(reading, self._active.values, resting=not moving, setting_up=setting_up)
        ready = reading.someone and phases == {"start"}
        self._counting_in = self._count_in.step(t, ready, moving)
        shown, said = self._cues.step(self._situation(reading, faults, events, advice))
        if said is not None:
            events.append(said)
        return self._answer(reading, faults, tuple(events), shown)

    def advance(self, reading: Reading) -> list[Event]:
        """Only count and time: what has ended with this sample. No check is judged, nothing is said."""
        t, new, going = reading.t, reading.new, not self.paused
        events: list[Event] = []
        askew = is_askew(self.spec, reading.view)
        for side, raw, place in zip(self._sides, reading.raw, reading.places, strict=True):
            if new:
                side.forget_neutral()
            side.values = side.measures.of(t, raw, side.neutral.values)
            if going:
                events += self._move(side, reading, self._unseen if askew else side.values, place)
        if not going:
            return events
        self._busy = [side for side in self._sides if not side.idle]
        if self._has_neutral:
            self._learn_neutral(reading)
        return events

    def _move(
        self, side: _Side, reading: Reading, values: Mapping[str, float], place: float
    ) -> Sequence[Event]:
        """Take a side's machine to the next sample; give what ended with it."""
        machine = side.machine
        events: list[Event] = []
        if reading.new:
            events += map(self._in_turn, machine.interrupt(reading.t))
        if ended := machine.step(reading.t, values, place, reading.span):
            events += map(self._in_turn, ended)
        side.idle = machine.idle
        return events

    def finish(self) -> tuple[Event, ...]:
        """The samples have ended: give what was under way."""
        events: list[Event] = []
        for side in self._sides:
            events += map(self._in_turn, side.machine.finish())
            events += side.watcher.finish(self._last_t)
        return tuple(events)

    def _in_turn(self, event: Event) -> Event:
        """A repetition as it is, or marked where the other side's turn it was."""
        if not self.spec.alternating or not isinstance(event, RepEvent):
            return event
        return self._turns.take(event, {side.side: side.machine.unseen_s for side in self._sides})

    def _learn_neutral(self, reading: Reading) -> None:
        """The start is a side's own: the other one need not be in it too, only doing nothing."""
        for side, raw in zip(self._sides, reading.raw, strict=True):
            side.neutral.step(reading.t, raw, not self._busy and side.machine.judged_phase == "start")

    def _choose_active(self) -> None:
        """The side that is doing something; else the one that did last, or that was asked for.

        A side that was swapped away from is passed over for as long as what it was doing goes on.
        """
        busy = self._busy
        if self._declined not in busy:
            self._declined = None
        elif self._declined is not None:
            busy = [side for side in busy if side is not self._declined]
        if busy and self._active not in busy:
            self._active = busy[0]
        elif len(busy) > 1:
            self._active = max(busy, key=_progress)

    def _check(self, reading: Reading, events: list[Event]) -> tuple[Fault, ...]:
        lasting: list[Fault] = []
        for side in self._sides:
            machine, watcher = side.machine, side.watcher
            # While one side is at work, how the other one rests is part of that.
            phase = machine.judged_phase if not self._busy or not side.idle else ""
            events += watcher.judge_moment(
                reading.t, machine.moment, machine.at_moment, reading.view, reading.back_why, reading.leans
            )
            faults, ended = watcher.step(
                reading.t,
                phase,
                side.values,
                reading.view,
                # What looks wrong at the start may be a movement of what is hidden.
                reading.why or (HIDDEN if phase == "start" and machine.hidden else ""),
                reading.back_why,
                machine.station if phase else "",
                machine.just_left,
                reading.leans,
            )
            events += ended
            if machine.unsure:
                watcher.miss("work", reading.why or HIDDEN)
            if not faults:
                continue
            for fault in faults:
                check = self.spec.checks[fault.check]
                if check.spoils:
                    machine.spoil(check.fault_kind(fault.direction))
            lasting[:0] = faults if side is self._active else ()
            lasting += faults if side is not self._active else ()
        return tuple(lasting)

    def _situation(
        self, reading: Reading, faults: tuple[Fault, ...], events: list[Event], advice: Advice | None
    ) -> Situation:
        """All that the next cue is chosen from."""
        machine = self._active.machine
        missed, about = what_was_missed(self.spec, machine, events)
        if not missed and self._is_other_sides_turn():
            missed, about = OTHER_SIDE_NOW, "other_side"
        return Situation(
            reading.t,
            reading.someone,
            not self._active.idle,
            self._ended,
            faults,
            self._active.watcher.right,
            missed,
            about,
            advice,
            "" if machine.due is None else machine.due.say,
            machine.turn,
        )

    def _is_other_sides_turn(self) -> bool:
        """Whether one side has been held for the goal, and the other one is behind by half of it or more."""
        if self.spec.kind != "hold" or len(self._sides) < 2:
            return False
        goal, held_s = self.spec.dose.hold_s, self._active.machine.held_s
        if goal is None or held_s < goal[1]:
            return False
        other = self._other_side()
        return self._active.machine.holds_s + held_s - other.machine.holds_s >= goal[1] / 2

    def _tallies(self, events: tuple[Event, ...]) -> tuple[dict[str, int], dict[str, float]]:
        """Repetitions and seconds held so far, of each side; neither grows while nobody is doing anything."""
        if self._tallied is not None and not events and not self._busy:
            return self._tallied
        machines = {side.side: side.machine for side in self._sides}
        found = (
            {side: machine.performed for side, machine in machines.items()},
            {side: machine.holds_s + machine.held_s for side, machine in machines.items()},
        )
        self._tallied = None if events or self._busy else found
        return found

    def _unseen_moments(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for side in self._sides:
            found |= side.watcher.unseen_moments
        return found

    def _other_side(self) -> _Side:
        return next(side for side in self._sides if side is not self._active)

    def _answer(
        self,
        reading: Reading,
        faults: tuple[Fault, ...],
        events: tuple[Event, ...],
        shown: Cue | None,
    ) -> Coaching:
        active, going = self._active, not self.paused
        machine = active.machine
        reps, holds_s = self._tallies(events)
        return Coaching(  # by place: naming them takes three times as long
            reading.t,
            machine.phase,
            active.side,
            reading.near,
            reading.view,
            reading.someone,
            reading.why,
            machine.held_s,
            machine.in_form,
            reps,
            holds_s,
            active.values,
            faults,
            active.watcher.unseen if going else {},
            shown,
            events,
            reading.roll,
            self._counting_in if going else "",
            machine.of_best,
            self._unseen_moments() if going else {},
            machine.station,
            "" if machine.due is None else machine.due.name,
            self._guide.away,
        )


def is_askew(spec: Spec, view: str) -> bool:
    """Whether a hold is seen along the wrong axis, where another position looks the same."""
    wanted = spec.camera
    return spec.kind == "hold" and wanted != "any" and view in ("side", "front") and view != wanted


def _progress(side: _Side) -> float:
    if not isinstance(side.machine, RepMachine):
        return side.machine.held_s
    progress = side.machine.progress(side.values)
    return progress if progress == progress else -math.inf
