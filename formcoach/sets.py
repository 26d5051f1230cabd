"""The sets of a single exercise: one ends with leaving the position, the next begins with taking it again.

The coach goes on through all of them, so nothing that was done is lost, wherever the one ends and the next
begins: only the counting on the screen starts at nought again.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from formcoach.dose_watch import DoseWatch
from formcoach.events import Coaching
from formcoach.routine_machine import Now
from formcoach.spec import Spec
from formcoach.stance import Entering, Leaving

GONE_S = 20.0
"""All sets of the dose done and nobody in the picture for so long: the session is over."""

GONE_BETWEEN_S = 180.0
"""The same with sets still to come."""

ENOUGH = "Done. Rest now, or go on"
AGAIN = "Again: get into position"
GO = "Enough: leave the picture"


class Sets:
    """Follows the sets of one session.

    Attributes:
        resting: whether one has ended and the next has not begun.
        over: whether the person has done all and gone.
        spans: from and until when each was, seconds; one that is on is not among them.
    """

    def __init__(self, spec: Spec) -> None:
        self.resting = False
        self.over = False
        self.spans: list[tuple[float, float]] = []
        self._spec = spec
        self._reps: Mapping[str, int] = {}
        self._holds_s: Mapping[str, float] = {}
        self._latest: Coaching | None = None
        self._before: Coaching | None = None
        self._began = self._ended = self._last_t = self._seen_t = math.nan
        self._start_afresh()

    def _start_afresh(self) -> None:
        self._dose = DoseWatch(self._spec)
        self._leaving = Leaving(self._spec)
        self._entering = Entering(self._spec)

    @property
    def now(self) -> Now | None:
        """What to show in a rest; None in a set."""
        if not self.resting:
            return None
        return Now(
            stage="rest",
            step=0,
            set=len(self.spans) + 1,
            sets=max(self._spec.dose.sets, len(self.spans) + 1),
            where=self._spec.name,
            says=AGAIN,
            then="",
            note=GO,
            left_s=self._last_t - self._ended,
            length_s=0.0,
            name=self._spec.name,
            camera=self._spec.camera,
        )

    @property
    def notice(self) -> str:
        """What to know now, where the coach has nothing to say."""
        return ENOUGH if self._dose.done else self._dose.notice

    def take(self, coaching: Coaching) -> Coaching:
        """Take in the coach's answer to the next sample.

        Returns:
            The answer with what was done in this set alone.
        """
        self._latest = coaching
        t = self._last_t = coaching.t
        if coaching.someone or math.isnan(self._seen_t):
            self._seen_t = t
        if self.resting:
            self._rest(coaching)
        elif math.isnan(self._began) and coaching.phase != "setup":
            self._began = t
        own = self._own(coaching)
        if not self.resting:
            self._dose.take(own)
            if self._leaving.step(own, self._dose) or (coaching.away and self._dose.done):
                self._end(coaching)
        return own

    def skip(self) -> None:
        """The person does not want to wait: end the set that is on, or begin the next."""
        if self.resting:
            self._begin(self._last_t)
        elif self._latest is not None and not math.isnan(self._began):
            self._end(self._latest)

    def finish(self) -> tuple[tuple[float, float], ...]:
        """All sets, the one that is on too."""
        on = [] if self.resting or math.isnan(self._began) else [(self._began, self._last_t)]
        return (*self.spans, *on)

    def _rest(self, coaching: Coaching) -> None:
        kept = self._entering.step(coaching)
        if math.isnan(self._entering.since):
            self._before = coaching
        else:
            self._count_from(self._before)
        if kept:
            self._begin(self._entering.since)
        sets = self._spec.dose.sets
        patience = GONE_S if len(self.spans) >= sets else GONE_BETWEEN_S
        self.over = self.resting and coaching.t - self._seen_t >= patience

    def _begin(self, t: float) -> None:
        """A set begins, with what has been done since the position was taken."""
        self.resting, self._began = False, t
        self._count_from(self._before)
        self._start_afresh()

    def _count_from(self, before: Coaching | None) -> None:
        if before is not None:
            self._reps, self._holds_s = before.reps, before.holds_s

    def _end(self, coaching: Coaching) -> None:
        self.spans.append((self._began, coaching.t))
        self.resting, self._ended = True, coaching.t
        self._before = coaching
        self._start_afresh()

    def _own(self, coaching: Coaching) -> Coaching:
        if not self._reps and not self._holds_s:
            return coaching
        reps = {side: count - self._reps.get(side, 0) for side, count in coaching.reps.items()}
        holds_s = {side: s - self._holds_s.get(side, 0.0) for side, s in coaching.holds_s.items()}
        return coaching._replace(reps=reps, holds_s=holds_s)
