"""What happened in a session: events in, a stable and versioned report out.

`docs/report.md` describes the JSON. Nothing in it depends on when or where it was made, so a session
and its replay report the same bytes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from formcoach.actions import Action
from formcoach.events import Coaching, Cue, Event, FaultEvent, HoldEvent, RepEvent, RoundEvent
from formcoach.spec import Spec

FORMAT = 1
"""Raised whenever a reader of older reports would misread a newer one."""

DIGITS = 3
"""Decimals in the report: milliseconds, thousandths of a degree."""

Json = Mapping[str, object]

LONGEST_STEP_S = 1.0
"""Between two samples further apart than this nobody knows what happened: nothing in it was seen."""

NO_PICTURE = "no picture came"
"""Why it was not."""


@dataclass(frozen=True, slots=True)
class SessionReport:
    """One session, or the part of it since the set was restarted.

    Attributes:
        spec: the exercise as coached.
        duration_s: from the first sample to the last.
        samples: how many there were.
        repetitions, holds, rounds, faults, cues: in the order in which they ended or were said.
        nobody_s: seconds in which the person was not seen, by reason.
        unjudged_s: seconds in which a check was due and could not be judged, by check and reason.
        unjudged_moments: how often the one moment of a check could not be judged, likewise.
        restarts: when the set was restarted.
        hurt_at: when the person said that it hurts, which ended it; None where nothing hurt.
        camera_roll: degrees that the camera's picture leaned clockwise at last, which was taken out.
        sets: from and until when each set was.
    """

    spec: Spec
    duration_s: float
    samples: int
    repetitions: Sequence[RepEvent]
    holds: Sequence[HoldEvent]
    faults: Sequence[FaultEvent]
    cues: Sequence[Cue]
    nobody_s: Mapping[str, float]
    unjudged_s: Mapping[str, Mapping[str, float]]
    restarts: Sequence[float]
    hurt_at: float | None = None
    camera_roll: float = 0.0
    unjudged_moments: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    rounds: Sequence[RoundEvent] = ()
    sets: Sequence[tuple[float, float]] = ()

    @property
    def attempts(self) -> tuple[RepEvent | RoundEvent, ...]:
        """What is counted: repetitions, or the rounds of a sequence; also those that came to nothing."""
        return (*self.repetitions, *self.rounds)

    def between(self, start: float, end: float) -> SessionReport:
        """What ended or was said between two moments, seconds; what was not seen is that of all of it."""
        return replace(
            self,
            duration_s=end - start,
            repetitions=[one for one in self.repetitions if start <= one.end <= end],
            rounds=[one for one in self.rounds if start <= one.end <= end],
            holds=[one for one in self.holds if start <= one.end <= end],
            faults=[one for one in self.faults if start <= one.end <= end],
            cues=[one for one in self.cues if start <= one.t <= end],
            sets=((start, end),),
        )

    def performed(self, side: str) -> int:
        """Repetitions or rounds performed on one side."""
        return sum(one.performed and one.side == side for one in self.attempts)

    def to_dose(self, side: str) -> int:
        """Those of them that were also held as long as the exercise asks, and that no fault spoilt."""
        return sum(one.to_dose and one.side == side for one in self.attempts)

    def best(self, side: str) -> float:
        """How far the furthest good repetition on one side went, as `RepEvent.reach`; NaN without one."""
        bests = (rep.best for rep in self.repetitions if rep.side == side and rep.best > 0)
        return max(bests, default=math.nan)

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides of the exercise; one empty name where it has none."""
        return self.spec.sides or ("",)

    @property
    def hold_s(self) -> float:
        """Seconds held that count: in form in holds, at stations, and in repetitions that ask for it."""
        in_reps = sum(rep.counted_hold_s for rep in self.repetitions) if self.spec.dose.hold_s else 0.0
        return sum(hold.in_form_s for hold in self.holds) + sum(map(_seconds_of, self.rounds)) + in_reps

    def as_dict(self) -> dict[str, object]:
        """The report as plain data, numbers rounded, ready for JSON."""
        return {
            "format": FORMAT,
            "exercise": self.spec.id,
            "name": self.spec.name,
            "kind": self.spec.kind,
            "guided": self.spec.guided,
            "duration_s": rounded(self.duration_s),
            "samples": self.samples,
            "sides": {side or "both": self._side(side) for side in self.sides},
            "faults": [_fault(fault) for fault in self.faults],
            "cues": [
                {"t": rounded(cue.t), "text": cue.text, "severity": cue.severity, "about": cue.about}
                for cue in self.cues
            ],
            "unseen": {
                "nobody_s": rounded(sum(self.nobody_s.values())),
                "reasons": {why: rounded(seconds) for why, seconds in sorted(self.nobody_s.items())},
                "checks": {
                    check: {why: rounded(seconds) for why, seconds in sorted(reasons.items())}
                    for check, reasons in sorted(self.unjudged_s.items())
                },
                "moments": {
                    check: dict(sorted(reasons.items()))
                    for check, reasons in sorted(self.unjudged_moments.items())
                },
            },
            "restarts": [rounded(t) for t in self.restarts],
            "hurt_at": None if self.hurt_at is None else rounded(self.hurt_at),
            "camera_roll": rounded(self.camera_roll),
            "personal": self.spec.personal or None,
            "sets": [{"start": rounded(start), "end": rounded(end)} for start, end in self.sets],
        }

    def _side(self, side: str) -> dict[str, object]:
        reps = [rep for rep in self.repetitions if rep.side == side]
        holds = [hold for hold in self.holds if hold.side == side]
        rounds = [one for one in self.rounds if one.side == side]
        held_s = sum(rep.counted_hold_s for rep in reps) + sum(hold.in_form_s for hold in holds)
        found: dict[str, object] = {
            "performed": self.performed(side),
            "to_dose": self.to_dose(side) + sum(hold.to_dose for hold in holds),
            "held_s": rounded(held_s + sum(map(_seconds_of, rounds))),
            "repetitions": [_repetition(rep, self.best(side)) for rep in reps],
            "holds": [_hold(hold) for hold in holds],
        }
        if self.spec.kind == "sequence":
            found["rounds"] = [_round(one) for one in rounds]
        return found


def _repetition(rep: RepEvent, best: float) -> dict[str, object]:
    return {
        "number": rep.number,
        "start": rounded(rep.start),
        "turn": rounded(rep.turn),
        "end": rounded(rep.end),
        "counted": rep.performed,
        "to_dose": rep.to_dose,
        "held_s": rounded(rep.held_s),
        "why_not": rep.why_not,
        "kind": rep.kind,
        "reached": {name: rounded(value) for name, value in rep.reached.items()},
        "reach": rounded(rep.reach),
        "of_best": rounded(rep.reach / best) if rep.performed else None,
    }


def _hold(hold: HoldEvent) -> dict[str, object]:
    return {
        "number": hold.number,
        "start": rounded(hold.start),
        "end": rounded(hold.end),
        "in_form_s": rounded(hold.in_form_s),
        "out_of_form_s": rounded(hold.out_of_form_s),
        "unseen_s": rounded(hold.unseen_s),
        "to_dose": hold.to_dose,
        "why_not": hold.why_not,
    }


def _round(one: RoundEvent) -> dict[str, object]:
    return {
        "number": one.number,
        "start": rounded(one.start),
        "end": rounded(one.end),
        "counted": one.performed,
        "to_dose": one.to_dose,
        "stations": [{"station": kept.station, "held_s": rounded(kept.held_s)} for kept in one.stations],
        "why_not": one.why_not,
        "kind": one.kind,
    }


def _seconds_of(one: RoundEvent) -> float:
    return sum(kept.held_s for kept in one.stations)


def _fault(fault: FaultEvent) -> dict[str, object]:
    return {
        "check": fault.check,
        "kind": fault.kind,
        "direction": fault.direction,
        "side": fault.side,
        "start": rounded(fault.start),
        "end": rounded(fault.end),
        "worst": rounded(fault.worst),
    }


def rounded(value: float) -> float | None:
    """Rounded to `DIGITS`, and None for NaN and infinity, which JSON does not know."""
    return round(value, DIGITS) + 0.0 if math.isfinite(value) else None


@dataclass(slots=True)
class Reporter:
    """Collects a session's report as it goes."""

    spec: Spec
    repetitions: list[RepEvent] = field(default_factory=list)
    holds: list[HoldEvent] = field(default_factory=list)
    rounds: list[RoundEvent] = field(default_factory=list)
    faults: list[FaultEvent] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    _samples: int = 0
    _first_t: float = math.nan
    _last_t: float = math.nan
    _nobody_s: dict[str, float] = field(default_factory=dict)
    _unjudged_s: dict[str, dict[str, float]] = field(default_factory=dict)
    _unjudged_moments: dict[str, dict[str, int]] = field(default_factory=dict)
    _restarts: list[float] = field(default_factory=list)
    _paused: bool = False
    _hurt_at: float | None = None
    _camera_roll: float = 0.0

    def take(self, coaching: Coaching) -> None:
        """Take in the coach's answer to one sample."""
        passed = coaching.t - self._last_t if self._samples else 0.0
        if self._samples == 0:
            self._first_t = coaching.t
        self._samples += 1
        self._last_t = coaching.t
        self._camera_roll = coaching.roll
        if coaching.events:
            self.take_events(coaching.events)
        for check, why in coaching.unseen_moments.items():
            times = self._unjudged_moments.setdefault(check, {})
            times[why] = times.get(why, 0) + 1
        if self._paused:
            return
        if passed > LONGEST_STEP_S:
            _add(self._nobody_s, NO_PICTURE, passed)
            return
        if not coaching.someone:
            _add(self._nobody_s, coaching.why, passed)
        for check, why in coaching.unseen.items():
            _add(self._unjudged_s.setdefault(check, {}), why, passed)

    def take_events(self, events: Sequence[Event]) -> None:
        """Take in events alone, as those that the end of a session brings."""
        for event in events:
            if isinstance(event, RepEvent):
                self.repetitions.append(event)
            elif isinstance(event, HoldEvent):
                self.holds.append(event)
            elif isinstance(event, RoundEvent):
                self.rounds.append(event)
            elif isinstance(event, FaultEvent):
                self.faults.append(event)
            else:
                self.cues.append(event)

    def act(self, action: Action) -> None:
        """Take in what the person asked for: a restart begins the set anew, nothing is missed in a pause."""
        if action.name in ("pause", "resume"):
            self._paused = action.name == "pause"
        if action.name == "restart":
            for kept in (self.repetitions, self.holds, self.rounds, self.faults, self.cues):
                kept.clear()
            self._restarts.append(action.t)
        if action.name == "hurts":
            self._hurt_at = action.t

    def report(self) -> SessionReport:
        """The report so far."""
        return SessionReport(
            self.spec,
            self._last_t - self._first_t if self._samples else 0.0,
            self._samples,
            tuple(self.repetitions),
            tuple(self.holds),
            tuple(self.faults),
            tuple(self.cues),
            dict(self._nobody_s),
            {check: dict(reasons) for check, reasons in self._unjudged_s.items()},
            tuple(self._restarts),
            self._hurt_at,
            self._camera_roll,
            {check: dict(reasons) for check, reasons in self._unjudged_moments.items()},
            tuple(self.rounds),
        )


def _add(totals: dict[str, float], why: str, seconds: float) -> None:
    totals[why] = totals.get(why, 0.0) + seconds
