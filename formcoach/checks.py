"""Faults over time: a check that is off becomes a fault only once it has lasted."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from formcoach.events import Fault, FaultEvent
from formcoach.follower import Follower
from formcoach.pace import GAP_S
from formcoach.spec import SEVERITIES, Check, Direction, Spec
from formcoach.stillness import SETTLING, SETTLING_S, unit_of

MENDED_S = 0.3
"""A fault is over once the measure has been right for this long."""

UNSEEN_S = 1.0
"""Not seen or not judged for this long, a fault is over too: nobody knows any more."""

LEAVING_S = 0.3
"""Before a phase is over, limbs are on their way out of it: that is not how bad a fault was in it."""

NOTED_S = 2.0
"""What was found at the turn of a repetition can be said and shown for this long."""

KEPT = frozenset(("start", "hold"))
"""Phases in which a position is kept."""

HIDDEN = "hidden or out of the picture"
FEW_PICTURES = "too few pictures"
LEANS = "set the camera level"

TURN: Mapping[str, str] = {"side": "turn side-on", "front": "turn to face the camera"}
"""What to do when a check needs another view."""

AGAINST_FLOOR = frozenset(("slope", "tilt", "ahead", "above"))
"""Kinds of measures that a camera that leans changes; not what has changed in them since the start."""


@dataclass(slots=True, eq=False)
class _Watch:
    """One check of one side: what it has been doing.

    Attributes:
        number: its place among the checks of the exercise.
        reach: how far the measure may be, in a position that is kept, from where it was a moment ago, and not
            be on its way; infinite where that is never asked.
        off: below and above which it is off; infinite where that is no fault.
        unmended: the same of a fault that lasts, which ends a little inside the bound where it began.
        is_against_floor: whether a camera that leans changes it.
    """

    check: Check
    number: int
    reach: float
    off: tuple[float, float]
    unmended: tuple[float, float]
    is_speed: bool
    is_against_floor: bool
    direction: Direction | None = None
    since: float = math.nan
    lasted: float = 0.0
    last_off: float = math.nan
    last_judged: float = math.nan
    worst: float = math.nan
    latest: deque[tuple[float, float]] = field(default_factory=deque)
    active: bool = False
    noted: Fault | None = None
    slow: Follower = field(default_factory=lambda: Follower(SETTLING_S))


class CheckWatcher:
    """Watches all checks of one side.

    Attributes:
        unseen: the checks that could not be judged at the last sample although it was their time,
            with the reason.
        unseen_moments: those whose one moment it was, likewise.
        right: the checks that were judged at the last sample and found right.
    """

    def __init__(self, spec: Spec, side: str) -> None:
        self.side = side
        self.unseen: dict[str, str] = {}
        self.unseen_moments: dict[str, str] = {}
        self.right: set[str] = set()
        self._watches = [_watch(spec, number, check) for number, check in enumerate(spec.checks.values())]
        self._of_back = {
            name for name, check in spec.checks.items() if spec.measures[check.measure].kind.startswith("bow")
        }
        self._last_t = math.nan
        self._due: dict[tuple[str, str, str, str, bool], dict[_Watch, str]] = {}
        self._open = False

    def step(
        self,
        t: float,
        phase: str,
        values: Mapping[str, float],
        view: str,
        unseen_why: str,
        back_why: str = "",
        station: str = "",
        just_left: str = "",
        leans: bool = False,
    ) -> tuple[tuple[Fault, ...], tuple[FaultEvent, ...]]:
        """Judge one sample.

        Args:
            t: seconds.
            phase: the machine's phase of this side.
            values: this side's measures.
            view: which side of the person the camera sees, as in `Body.view`.
            unseen_why: why nothing can be judged, such as that nobody is seen; or empty.
            back_why: why the shape of the back cannot be read, or empty.
            station: the station of a sequence at which somebody is, or empty.
            just_left: the phase that has just ended, of which a speed still tells; or empty.
            leans: whether the camera leans, and nobody knows how far.

        Returns:
            The faults that last now, the most pressing first; and those that ended.
        """
        self.unseen, self.right = {}, set()
        passed, self._last_t = t - self._last_t, t
        due = self._due_at(phase, station, just_left, view, leans)
        if not due and not self._open:
            return (), ()  # as most of the time
        ended: list[FaultEvent] = []
        active: list[_Pressing] = []
        if not unseen_why and passed > GAP_S:
            unseen_why = FEW_PICTURES
        was_open, self._open = self._open, False
        for watch in self._watches if was_open else due:
            if was_open:
                active += _noted(watch, t)
                ended += self._give_up(watch, t)
            if watch not in due:
                ended += self._break_off(watch, t)
            else:
                check = watch.check
                value = values[check.measure]
                why = unseen_why or due[watch] or (HIDDEN if value != value else "")
                if why:
                    self.unseen[check.name] = self._of_the_back(check, why, back_why)
                else:
                    ended += self._judge(watch, t, passed, phase, value)
                    active += self._lasting(watch, phase, value)
            self._open = self._open or watch.direction is not None or watch.noted is not None
        if not active:
            return (), tuple(ended)
        active.sort(key=lambda entry: entry[:2])
        return tuple(fault for _, _, fault in active), tuple(ended)

    def _lasting(self, watch: _Watch, phase: str, value: float) -> Sequence[_Pressing]:
        """The fault that a check has found, if any, once it has been judged; it may have found it right."""
        if watch.direction is None:
            if not _is_settling(watch, phase, value):
                self.right.add(watch.check.name)
        elif watch.active:
            return (
                _pressing(watch, Fault(watch.check.name, self.side, watch.direction, value, watch.since)),
            )
        return ()

    def _due_at(
        self, phase: str, station: str, just_left: str, view: str, leans: bool
    ) -> Mapping[_Watch, str]:
        """The checks whose time it is, each with why it cannot be judged from here; empty where it can."""
        now = phase, station, just_left, view, leans
        if now not in self._due:
            self._due[now] = {
                one: _why_not_from_here(one, view, leans)
                for one in self._watches
                if phase in (during := one.check.during)
                or station in during
                or (one.is_speed and just_left in during)
            }
        return self._due[now]

    def judge_moment(
        self,
        t: float,
        moment: str,
        values: Mapping[str, float],
        view: str,
        back_why: str = "",
        leans: bool = False,
    ) -> tuple[FaultEvent, ...]:
        """Judge what is judged once a repetition, by the measures at that moment.

        A fault found counts as lasting in `step` for a short while. `moment` is empty where there is none.
        """
        self.unseen_moments = {}
        if not moment:
            return ()
        found: list[FaultEvent] = []
        for watch in self._watches:
            check = watch.check
            if moment not in check.during:
                continue
            watch.noted = None
            value = values[check.measure]
            if why := _why_not_from_here(watch, view, leans) or (HIDDEN if value != value else ""):
                self.unseen_moments[check.name] = self._of_the_back(check, why, back_why)
                continue
            direction = _direction(watch, value)
            if direction is not None:
                watch.noted = Fault(check.name, self.side, direction, value, t)
                self._open = True
                kind = check.fault_kind(direction)
                found.append(FaultEvent(check.name, kind, self.side, direction, t, t, value))
        return tuple(found)

    def miss(self, phase: str, why: str) -> None:
        """Note why what is judged in a phase is not seen: whether that has come, nobody can tell."""
        for watch in self._watches:
            if phase in watch.check.during and watch.last_judged != self._last_t:
                self.unseen.setdefault(watch.check.name, why)

    def finish(self, t: float) -> tuple[FaultEvent, ...]:
        """End of the samples: give the faults that were lasting."""
        return tuple(
            event for watch in self._watches for event in (*self._give_up(watch, t), *self._end(watch, t))
        )

    def _of_the_back(self, check: Check, why: str, back_why: str) -> str:
        """Why a check is not judged: of the back more is known than that it is hidden."""
        return back_why if check.name in self._of_back and why == HIDDEN and back_why else why

    def _give_up(self, watch: _Watch, t: float) -> Sequence[FaultEvent]:
        """A fault that was not judged for too long ended when it was last seen."""
        if watch.direction is None or t - watch.last_judged <= UNSEEN_S:
            return ()
        return self._end(watch, watch.last_off)

    def _break_off(self, watch: _Watch, t: float) -> Sequence[FaultEvent]:
        """A fault whose time is over has ended; it was no worse on the way out."""
        if watch.direction is None:
            return ()
        watch.latest.clear()
        return self._end(watch, t)

    def _judge(
        self, watch: _Watch, t: float, passed: float, phase: str, value: float
    ) -> Sequence[FaultEvent]:
        # Only the time since the last sample is added: what lay before it, hidden, may have been right.
        direction = _direction(watch, value)
        settling = direction is not None and _is_settling(watch, phase, value)
        if watch.reach < math.inf:
            watch.slow.step(t, value)
        watch.last_judged = t
        if direction is watch.direction is None:
            return ()  # as most of the time
        ended: Sequence[FaultEvent] = ()
        if watch.direction is not None and direction not in (None, watch.direction):
            ended = self._end(watch, t)
        if direction is not None:
            if watch.direction is None:
                watch.direction, watch.since, watch.lasted = direction, t, 0.0
            elif not settling:
                watch.lasted += passed
            watch.last_off = t
            if watch.active:
                watch.latest.append((t, value))
                _note_worst(watch, t if watch.is_speed else t - LEAVING_S)
            else:
                watch.worst = value
                watch.active = watch.lasted >= watch.check.after_s
        elif not watch.active or t - watch.last_off >= MENDED_S:
            ended = self._end(watch, watch.last_off)
        return ended

    def _end(self, watch: _Watch, t: float) -> Sequence[FaultEvent]:
        _note_worst(watch, math.inf)
        was_active, direction, since, worst = watch.active, watch.direction, watch.since, watch.worst
        watch.direction, watch.active = None, False
        watch.since = watch.last_off = watch.worst = math.nan
        if not was_active or direction is None:
            return ()
        kind = watch.check.fault_kind(direction)
        return (FaultEvent(watch.check.name, kind, self.side, direction, since, t, worst),)


_Pressing = tuple[int, int, Fault]
"""A fault behind what it is sorted by: how pressing it is, and the number of its check."""


def _pressing(watch: _Watch, fault: Fault) -> _Pressing:
    return -SEVERITIES.index(watch.check.severity), watch.number, fault


def _noted(watch: _Watch, t: float) -> Sequence[_Pressing]:
    """What was found at the turn or top of a repetition, for as long as it can be said and shown."""
    noted = watch.noted
    return () if noted is None or t - noted.since > NOTED_S else (_pressing(watch, noted),)


def _note_worst(watch: _Watch, until: float) -> None:
    """Take what was seen until then into how bad a fault was."""
    while watch.latest and watch.latest[0][0] <= until:
        watch.worst = (min if watch.direction == "low" else max)(watch.worst, watch.latest.popleft()[1])


def _is_settling(watch: _Watch, phase: str, value: float) -> bool:
    """Whether somebody who should be resting in a position is on the way into it, or out of it."""
    return phase in KEPT and abs(value - watch.slow.value) > watch.reach


def _direction(watch: _Watch, value: float) -> Direction | None:
    """Which way it is off."""
    low, high = watch.unmended if watch.active else watch.off
    return "low" if value < low else "high" if value > high else None


def _watch(spec: Spec, number: int, check: Check) -> _Watch:
    is_speed = spec.measures[check.measure].kind == "speed"
    unit = unit_of(spec, check.measure)
    is_kept = spec.kind == "sequence" or not KEPT.isdisjoint(check.during)
    return _Watch(
        check,
        number,
        SETTLING * unit if is_kept and not is_speed else math.inf,  # on the way is what a speed is judged for
        _beyond(check, check.tolerance),
        _beyond(check, check.tolerance - min(2.0 * unit, check.tolerance)),
        is_speed,
        _is_against_floor(spec, check.measure),
    )


def _beyond(check: Check, slack: float) -> tuple[float, float]:
    """Below and above which a measure is off that may be so much beyond what is good."""
    return (
        check.good.low - slack if check.low else -math.inf,
        check.good.high + slack if check.high else math.inf,
    )


def _is_against_floor(spec: Spec, name: str) -> bool:
    measure = spec.measures[name]
    if measure.kind in ("largest", "smallest"):
        return any(_is_against_floor(spec, part) for part in measure.of)
    return measure.kind in AGAINST_FLOOR and not measure.from_start


def _why_not_from_here(watch: _Watch, view: str, leans: bool) -> str:
    wanted = watch.check.view
    if wanted != "any" and view != wanted:
        return TURN[wanted]
    return LEANS if leans and watch.is_against_floor else ""
