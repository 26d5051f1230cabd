"""The repetition machine: start, on the way, at work, returning, and start again is one."""

from __future__ import annotations

import math
from collections.abc import Sequence

from formcoach.events import RepEvent
from formcoach.measures import SPEED_S
from formcoach.pace import GAP_S
from formcoach.poses import PoseTest, Values, primary, way_left
from formcoach.rep_hold import RepHold
from formcoach.rep_tally import Tally
from formcoach.rep_verdict import MEANT, UNSEEN_ON_THE_WAY_S, Attempt, remember
from formcoach.spec import Spec
from formcoach.spot import Spot
from formcoach.wrong_ways import WrongWays

RESTING = frozenset(("setup", "start"))
"""Phases in which no repetition is under way."""

LOST_S = 3.0
"""Not seen for this long, a repetition under way is given up."""

HALF_BACK = 0.5
"""From this share of the way on, on the way back, the turn is past: until then it may go on deeper."""

OPENING_S = 0.5
"""In the first moments of a session the start position need not be kept: a clip may begin in it."""


class RepMachine:
    """Counts the repetitions of one side: start -> work -> start.

    Attributes:
        phase: one of `formcoach.spec.PHASES["repetitions"]`.
        moment: `turn` or `top` at the sample at which it is known to have been, else empty.
        at_moment: the measures at that moment.
        hidden: whether it cannot be seen at this sample how far along it is.
        unseen_s: seconds so far in which it was not.
        missing: true at the sample at which a person on the way should be told what is missing.
        unsure: whether somebody on the way may be at work for all that is known: it has not been seen for too
            long.
    """

    station, due, short, turn = "", None, None, 0  # of sequences

    def __init__(self, spec: Spec, side: str) -> None:
        self.side = side
        self.phase = "setup"
        self.moment = ""
        self.at_moment: Values = {}
        self.missing = False
        self.unsure = False
        self.wrong_now = ""
        self.hidden = False
        self.unseen_s = 0.0
        self._spec = spec
        self._start, self._work = (PoseTest(spec.poses[name], spec) for name in ("start", "work"))
        self._position = PoseTest(spec.poses["position"], spec) if "position" in spec.poses else None
        self._wrong = WrongWays(spec)
        self._measure, self._from, self._to = primary(spec)
        self._hold = RepHold(spec)
        self._attempt: Attempt | None = None
        self._spot = Spot()
        self._at_turn: Values = {}
        self._at_top: Values = {}
        self._top_progress = math.nan
        self._tally = Tally(spec, side)
        self._may_be_spoilt = any(check.spoils for check in spec.checks.values())
        self._arrived: tuple[float, Attempt] | None = None
        self._first_t = math.nan
        self._last_t = math.nan
        self._start_since = math.nan
        self._away_since = math.nan
        self._unseen_since = math.nan
        self._seen_t = math.nan
        self._missed_top_s = 0.0

    @property
    def idle(self) -> bool:
        """Whether no repetition is under way."""
        return self.phase in RESTING

    @property
    def judged_phase(self) -> str:
        """The phase whose checks are due; none while the start position is being left for something else."""
        return "" if self.phase == "start" and self._away_since == self._away_since else self.phase

    @property
    def just_left(self) -> str:
        """The way back, while a speed still tells of it: a speed is that of the last moment."""
        return "" if self._arrived is None else "returning"

    @property
    def held_s(self) -> float:
        """Seconds of the hold under way."""
        return self._hold.seconds if self.phase == "work" else 0.0

    @property
    def in_form(self) -> bool:
        """Whether the hold's clock is running."""
        return self.phase == "work" and self._hold.running

    @property
    def performed(self) -> int:
        """Repetitions performed so far."""
        return self._tally.performed

    @property
    def holds_s(self) -> float:
        """Seconds held so far in repetitions, and that count."""
        return self._tally.holds_s

    @property
    def of_best(self) -> float:
        """How far the last one went, as a share of the furthest good one; NaN before the second."""
        return self._tally.of_best

    def progress(self, values: Values) -> float:
        """How far along from start (0) to work (1); NaN where not seen."""
        return (values[self._measure] - self._from) / (self._to - self._from)

    def step(
        self, t: float, values: Values, place: float = math.nan, span: float = math.nan
    ) -> tuple[RepEvent, ...]:
        """Take in the next sample; give what ended with it.

        Args:
            t: seconds.
            values: this side's measures.
            place: where the anchor is across the picture, image heights; NaN where there is none.
            span: the trunk's length, image heights.
        """
        if self._first_t != self._first_t:
            self._first_t = t
        passed = t - self._last_t if self._last_t == self._last_t else 0.0
        self._last_t = t
        progress = self.progress(values)
        self.hidden = progress != progress
        if self.hidden:
            self.unseen_s += passed
        self.missing = self.unsure = False
        self.moment = self.wrong_now = ""
        events = self._go_along(t, passed, values, progress, place, span)
        if not self.hidden:
            self._seen_t = t
        return events if self._arrived is None else (*self._close(t), *events)

    def pass_over(
        self, t: Sequence[float], places: Sequence[float], spans: Sequence[float], top: Values | None
    ) -> int:
        """Take in samples in which somebody stays out of the position, or rests in the start position.

        The same as `step` for each of them, but for `unseen_s`; for whoever knows beforehand that nothing
        else happens in them.

        Args:
            t: seconds of each, after one sample of the same kind that was stepped through, when no
                repetition waits to be judged.
            places, spans: of each, as for `step`.
            top: the measures where they are furthest back; None where that is not seen.

        Returns:
            How many were taken in: all, or up to the one in which the anchor has walked.
        """
        self._last_t, self.moment = t[-1], ""
        if self.phase == "setup":
            return len(t)
        self._seen_t = t[-1]
        anchored = zip(t, places, spans, strict=True) if self._spec.anchor else ()
        for i, (at, place, span) in enumerate(anchored):
            if self._spot.is_left(at, place, span, resting=True):
                self._last_t = at
                self._leave(at)
                return i + 1
        if self._at_top and top is not None and self.progress(top) < self._top_progress:
            self._at_top, self._top_progress = top, self.progress(top)
        return len(t)

    def spoil(self, kind: str) -> None:
        """A fault was found that the repetition under way is not good with, such as `too_fast`."""
        attempt = self._attempt if self._arrived is None else self._arrived[1]
        if attempt is not None:
            attempt.spoilt = attempt.spoilt or kind

    def interrupt(self, t: float) -> tuple[RepEvent, ...]:
        """Another shot or another person: what was under way does not go on."""
        events = self._leave(t, "the picture changed")
        return (*self._close(t), *events)

    def finish(self) -> tuple[RepEvent, ...]:
        """End of the samples: give what was under way."""
        if self._last_t != self._last_t:
            return ()
        events = self._leave(self._last_t)
        return (*self._close(self._last_t), *events)

    def _go_along(
        self, t: float, passed: float, values: Values, progress: float, place: float, span: float
    ) -> tuple[RepEvent, ...]:
        if self._is_away(t, values):
            return self._leave(t)
        started = self._start.holds(values, self.phase == "start")
        working = self._work.holds(values, self.phase == "work")
        if passed > GAP_S or working is None or self.hidden:
            self._miss(passed)
        if started is None and working is None:
            if self._is_lost(t, passed):
                return self._leave(t)
        else:
            self._unseen_since = math.nan
        if self._spot.is_left(t, place, span, resting=self.idle):
            return self._leave(t, "the feet moved from the spot")
        if self.phase == "setup":
            self._settle(t, started, working)
        elif self.phase == "start":
            self._rest(t, values, progress, started)
        if self._attempt is not None:
            return self._go_on(t, values, progress, started, working)
        return ()

    def _is_away(self, t: float, values: Values) -> bool:
        """Whether the position of this exercise has been left for good."""
        test = self._position
        if test is None or test.holds(values, self.phase != "setup") is not False:
            self._away_since = math.nan
            return False
        if self._away_since != self._away_since:
            self._away_since = t
        if self.phase == "setup":
            self._start_since = math.nan
            return True
        return t - self._away_since >= self._spec.timing.leave_s

    def _miss(self, passed: float) -> None:
        """Keep for how long it was not seen how far it went: hidden, or between two pictures."""
        if self._attempt is not None:
            self._attempt.unseen_s += passed
        else:
            self._missed_top_s += passed

    def _is_lost(self, t: float, passed: float) -> bool:
        """Whether it has not been seen for too long where somebody is."""
        if self._unseen_since != self._unseen_since:
            self._unseen_since = t - passed
        return t - self._unseen_since > LOST_S

    def _settle(self, t: float, started: bool | None, working: bool | None) -> None:
        """From set-up into the start position, once it is kept; or straight into the middle of a hold."""
        if working:
            if self._spec.dose.hold_s is not None and self._attempt is None:
                self._set_off(t)
                self._attempt = Attempt(t, begun=False)
            self._start_since = math.nan
        elif started:
            if self._start_since != self._start_since:
                self._start_since = t
            opening = self._start_since - self._first_t <= OPENING_S
            if opening or t - self._start_since >= self._spec.timing.settle_s:
                self.phase = "start"
        elif started is False:
            self._start_since = math.nan

    def _rest(self, t: float, values: Values, progress: float, started: bool | None) -> None:
        """Between two repetitions: keep the moment furthest back, until setting off again."""
        if started is False:
            if self._at_top:
                self._look_back("top", self._at_top, self._missed_top_s <= UNSEEN_ON_THE_WAY_S)
            self._set_off(t)
        elif self._at_top and progress < self._top_progress:
            self._at_top, self._top_progress = values, progress

    def _look_back(self, moment: str, values: Values, known: bool) -> None:
        """It is past; where too much was not seen, nobody knows whether that was the furthest."""
        self.moment = moment
        self.at_moment = values if known else dict.fromkeys(values, math.nan)

    def _set_off(self, t: float) -> None:
        self.phase = "going"
        self._attempt = Attempt(t)
        self._hold.reset()

    def _go_on(
        self, t: float, values: Values, progress: float, started: bool | None, working: bool | None
    ) -> tuple[RepEvent, ...]:
        attempt = self._attempt
        assert attempt is not None
        if progress == progress:
            attempt.best = max(attempt.best, progress)
            remember(self._spec, attempt, values)
            self._follow_turn(t, attempt, progress, values, working)
        if self.phase != "returning":  # coming back in any order is fine
            self.wrong_now = self._wrong.watch(t, attempt, values)
        if working:
            if not attempt.worked:
                # The limbs may have come one after the other: what was wrong on the way is mended.
                attempt.worked, attempt.wrong = True, ""
            attempt.back = math.inf
            self.phase = "work"
        elif working is False and self.phase == "work":
            self.phase = "returning"
        if attempt.worked:
            self._hold.step(t, values, working)
        if self.phase == "returning" and progress == progress:
            attempt.back = min(attempt.back, max(progress, way_left(self._spec, self._at_turn, values)))
        if attempt.worked and not attempt.turned and (started or attempt.back <= HALF_BACK):
            attempt.turned = True
            known = attempt.turn_seen and attempt.unseen_s <= UNSEEN_ON_THE_WAY_S
            self._look_back("turn", self._at_turn, known)
        if started:
            return self._arrive(t, attempt, values)
        if self.phase == "going":
            self.unsure = working is None and attempt.unseen_s > UNSEEN_ON_THE_WAY_S
            self._ask(t, attempt)
        return ()

    def _follow_turn(
        self, t: float, attempt: Attempt, progress: float, values: Values, working: bool | None
    ) -> None:
        """Keep where it went furthest; in a gap just before or after that, it may have gone further."""
        gap = t - self._seen_t > GAP_S
        if progress > attempt.depth:
            attempt.depth, attempt.turn, self._at_turn = progress, t, values
            attempt.turn_seen, attempt.turn_told = not gap, working is not None
        elif gap and attempt.turn == self._seen_t:
            attempt.turn_seen = False

    def _ask(self, t: float, attempt: Attempt) -> None:
        late = t - attempt.start >= self._spec.timing.timeout_s
        unseen = attempt.unseen_s > UNSEEN_ON_THE_WAY_S
        if late and not attempt.asked and not unseen and attempt.best >= MEANT:
            attempt.asked = self.missing = True

    def _arrive(self, t: float, attempt: Attempt, values: Values) -> tuple[RepEvent, ...]:
        self.phase = "start"
        self._missed_top_s = 0.0
        self._at_top = values if attempt.worked else {}
        self._top_progress = self.progress(values)
        self._start_since = t
        if attempt.worked and self._may_be_spoilt:
            self._end(attempt)
            self._arrived = t, attempt
            return ()
        return self._judge(t, attempt)

    def _close(self, t: float) -> tuple[RepEvent, ...]:
        """Judge a repetition that has arrived, once its speed is known to the end."""
        if self._arrived is None or (self.phase == "start" and t - self._arrived[0] < SPEED_S):
            return ()
        (end, attempt), self._arrived = self._arrived, None
        return self._tally.judge(attempt, end)

    def _leave(self, t: float, why: str = "") -> tuple[RepEvent, ...]:
        """Away, lost or over: judge what was under way, then wait for the position again."""
        attempt, self.phase = self._attempt, "setup"
        self._at_top = {}
        self._start_since = math.nan
        if attempt is None:
            return ()
        if not why and not (attempt.worked and attempt.back <= HALF_BACK):
            why = "the start position was not reached again"
        return self._judge(t, attempt, why)

    def _judge(self, t: float, attempt: Attempt, broken_off: str = "") -> tuple[RepEvent, ...]:
        self._end(attempt)
        return self._tally.judge(attempt, t, broken_off)

    def _end(self, attempt: Attempt) -> None:
        self._attempt = None
        attempt.held_s = self._hold.seconds if attempt.worked else 0.0
        self._hold.reset()
