"""What the coach says happened: the types that flow out of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple

from formcoach.spec import Direction

NO_START = "no_start"
"""The kind of a repetition that was under way when it was first seen."""

CueSeverity = Literal["setup", "praise", "polish", "fix", "stop"]


@dataclass(frozen=True, slots=True)
class RepEvent:
    """A repetition that ended, performed or not.

    Attributes:
        side: `left`, `right`, or empty for exercises without sides.
        number: 1, 2, … among the performed ones of that side; 0 where it was not performed.
        start, turn, end: seconds; `turn` is the moment furthest into the work position.
        performed: the work position was reached and left, however short its hold.
        held_s: seconds in the held position.
        to_dose: performed and held as long as the exercise asks.
        why_not: one sentence, where it was not performed or not to dose; else empty.
        kind: the common name of what was wrong (`arm_not_lifted`, `shallow`, …), or empty.
        reached: the value of each measure of the work pose at its best.
        reach: how far it went: 0 = no further than the start position, 1 = just into the work position.
        best: the furthest of the person's own good repetitions so far on its side, this one too; NaN
            while there is none.
    """

    side: str
    number: int
    start: float
    turn: float
    end: float
    performed: bool
    held_s: float
    to_dose: bool
    why_not: str
    kind: str
    reached: Mapping[str, float]
    reach: float = math.nan
    best: float = math.nan

    @property
    def counted_hold_s(self) -> float:
        """Seconds held that count: of a repetition performed, or of a hold that was on when first seen.

        What was held in an attempt that was broken off or done wrong is in `held_s` alone.
        """
        return self.held_s if self.performed or self.kind == NO_START else 0.0


@dataclass(frozen=True, slots=True)
class HoldEvent:
    """A hold that ended: from getting into the position to leaving it, seconds.

    `in_form_s + out_of_form_s + unseen_s` is at most `end - start`.
    """

    side: str
    number: int
    start: float
    end: float
    in_form_s: float
    out_of_form_s: float
    unseen_s: float
    to_dose: bool
    why_not: str


class Kept(NamedTuple):
    """A station of a sequence, and how many seconds it was kept."""

    station: str
    held_s: float


@dataclass(frozen=True, slots=True)
class RoundEvent:
    """A round of a sequence that ended: all stations held in their order, or broken off on the way.

    Attributes:
        number: 1, 2, … among the performed ones; 0 where it was not performed.
        start, end: seconds, from taking the first station to having held the last one.
        performed: each station was held for its time, in the order.
        to_dose: performed, and no fault spoilt it.
        stations: those that were taken, in the order of the round; the last one up to the end of the round.
        why_not: one sentence, where it was not performed or not to dose; else empty.
        kind: the common name of what was wrong (`left_out`, `held_short`, …), or empty.
        station: the station whose turn it was when it broke off; empty where it was performed.
    """

    side: str
    number: int
    start: float
    end: float
    performed: bool
    to_dose: bool
    stations: tuple[Kept, ...]
    why_not: str
    kind: str
    station: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A check that has been off for long enough to matter, now.

    Attributes:
        value: the measure now.
        since: when it went off, seconds.
    """

    check: str
    side: str
    direction: Direction
    value: float
    since: float


@dataclass(frozen=True, slots=True)
class FaultEvent:
    """A fault that ended, with its worst value."""

    check: str
    kind: str
    side: str
    direction: Direction
    start: float
    end: float
    worst: float


@dataclass(frozen=True, slots=True)
class Cue:
    """One thing to tell the person; an event at the moment it is chosen."""

    t: float
    text: str
    severity: CueSeverity
    about: str = ""


Event = RepEvent | HoldEvent | RoundEvent | FaultEvent | Cue


class Coaching(NamedTuple):
    """The coach's answer to one sample.

    Attributes:
        t: the sample's time.
        phase: the active side's phase, one of `formcoach.spec.PHASES`.
        station: the station of a sequence that is kept now, or empty.
        next: the station whose turn it is, as long as it is not kept; or empty.
        side: the active side, or empty for exercises without sides.
        near: the side of the body nearer to the camera, or empty while unknown.
        view: `side`, `front`, `oblique`, or empty while unknown.
        someone: whether the person is seen at all.
        why: why the person is not seen, or empty.
        held_s: seconds of the current hold so far; 0.0 outside of one.
        in_form: whether the clock of a hold is running.
        reps: performed repetitions or rounds so far, by side (`""` for exercises without sides).
        holds_s: seconds in form so far of finished and running holds, by side.
        values: the active side's measures by name, NaN where not seen.
        faults: lasting faults, the most pressing first.
        unseen: the checks not judged now, with the reason.
        cue: what to show now, or None.
        events: what ended or was said at this very sample.
        roll: degrees that the picture leans clockwise, which the values do not.
        count_in: the word of the count-in, 3, 2, 1 and Go, or empty.
        of_best: how far the last repetition of the active side went, as a share of the furthest good one
            so far; NaN until there are two to compare.
        unseen_moments: the checks whose one moment this was, and that could not be judged, with the reason.
        away: whether the person has left the picture, which is a pause.
    """

    t: float
    phase: str
    side: str
    near: str
    view: str
    someone: bool
    why: str
    held_s: float
    in_form: bool
    reps: Mapping[str, int]
    holds_s: Mapping[str, float]
    values: Mapping[str, float]
    faults: tuple[Fault, ...]
    unseen: Mapping[str, str]
    cue: Cue | None
    events: tuple[Event, ...]
    roll: float = 0.0
    count_in: str = ""
    of_best: float = math.nan
    unseen_moments: Mapping[str, str] = MappingProxyType({})
    station: str = ""
    next: str = ""
    away: bool = False
