"""Which one thing to say now: priority, patience and wording.

The rules are from research into motor learning: one cue at a time, what to do instead of what is
wrong, only what has lasted, never again and again, other words after three tries, a word when it is
mended, dense at first and fewer later. Cues about safety never fade.
"""

from __future__ import annotations

import math
from collections.abc import Set
from dataclasses import dataclass
from typing import NamedTuple

from formcoach.events import Cue, CueSeverity, Fault
from formcoach.guide import ABOUT_PICTURE, Advice
from formcoach.spec import Direction, Spec

GAP_S = 4.0
"""Between two spoken cues."""

STOP_GAP_S = 2.0
"""Before a cue that cannot wait: a `stop`, and what is to be done at the stations of a sequence."""

REPEAT_S = 8.0
LATER_REPEAT_S = 16.0
"""Before the same cue again: at first, and once somebody has found their way in."""

FOUND_IN_REPS = 3
FOUND_IN_S = 45.0
"""Repetitions, or seconds of the set, after which cues become fewer."""

REPEAT_REPS = 2
"""Repetitions before the same cue again; in holds and sequences the time alone decides."""

TRIES = 3
"""So often in the same words."""

PRAISE_AFTER_S = 0.8
"""Something mended is confirmed once it has stayed right for this long."""

SHOWN_S = 4.0
"""So long a cue stays on the screen at least."""

SETUP_REPEAT_S = 12.0
"""Before the same about the picture again."""

PRAISE = ("Good, that's it", "Yes, keep that", "Well corrected")


class Situation(NamedTuple):
    """All that a choice is made from.

    Attributes:
        t: seconds.
        someone: whether the person is seen.
        moving: whether a repetition or hold is under way.
        reps: repetitions ended so far, performed or not, on all sides.
        faults: lasting faults, the most pressing first.
        right: the checks that were judged just now and found right.
        missed: what to say of an attempt that just failed or does not get there; or empty.
        missed_about: what `missed` is about.
        advice: what to do about the picture, as long as that is in the way; or None.
        next: what to say of the station whose turn has come, until somebody goes there; or empty.
        turn: changes whenever it is another station's turn.
    """

    t: float
    someone: bool
    moving: bool
    reps: int
    faults: tuple[Fault, ...]
    right: Set[str]
    missed: str
    missed_about: str
    advice: Advice | None = None
    next: str = ""
    turn: int = 0


@dataclass(slots=True)
class _Said:
    """What has been said of one thing so far."""

    times: int = 0
    t: float = -math.inf
    reps: int = -REPEAT_REPS
    confirmed: bool = True


class CueChooser:
    """Chooses the cue of each moment of one session."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._said: dict[str, _Said] = {}
        self._last_t = -math.inf
        self._showing: Cue | None = None
        self._praises = 0
        self._right_since: dict[str, float] = {}
        self._began = math.nan
        self._polish: Fault | None = None
        self._announced = 0

    def step(self, now: Situation) -> tuple[Cue | None, Cue | None]:
        """Choose.

        Returns:
            What to show now (it stays for a while), and the cue said at this very moment, if any.
        """
        if self._began != self._began:
            self._began = now.t
        self._note_mended(now)
        said = self._setup(now) or self._form(now)
        if said is not None:
            self._last_t = now.t
            self._showing = said
        return self._shown(now), said

    def _shown(self, now: Situation) -> Cue | None:
        cue = self._showing
        if cue is not None and self._is_over(now, cue):
            cue = None
        if cue is None and now.advice is not None:  # shown for as long as it is in the way, said now and then
            text = self._words(now.advice, self._said[now.advice.about].times - 1)
            cue = Cue(now.t, text, "setup", now.advice.about)
        self._showing = cue
        return cue

    def _is_over(self, now: Situation, cue: Cue) -> bool:
        if now.advice is not None and cue.about == now.advice.about:
            return cue.text not in now.advice.words
        if cue.about in ABOUT_PICTURE:
            return True
        lasting = any(_key(fault.check, fault.direction) == cue.about for fault in now.faults)
        return not lasting and now.t - cue.t > SHOWN_S

    def _setup(self, now: Situation) -> Cue | None:
        advice = now.advice
        if advice is None:
            return None
        said = self._said.setdefault(advice.about, _Said())
        if now.t - said.t < SETUP_REPEAT_S or now.t - self._last_t < GAP_S:
            return None
        text = self._words(advice, said.times)
        said.times += 1
        said.t = now.t
        return Cue(now.t, text, "setup", advice.about)

    @staticmethod
    def _words(advice: Advice, times: int) -> str:
        """In other words from the second time on, where there are others."""
        return advice.words[max(0, min(times, len(advice.words) - 1))]

    def _form(self, now: Situation) -> Cue | None:
        """Safety, range, the rest, and a word for what is mended; nothing to an empty room."""
        if not now.someone:
            self._polish = None
            return None
        if not (now.faults or now.missed or now.next or self._polish or self._right_since):
            return None  # as most of the time
        return (
            self._safety(now)
            or self._missed(now)
            or self._announce(now)
            or self._fault(now)
            or self._praise(now)
        )

    def _safety(self, now: Situation) -> Cue | None:
        for fault in now.faults:
            if self._spec.checks[fault.check].severity == "stop" and (cue := self._say_fault(now, fault)):
                return cue
        return None

    def _missed(self, now: Situation) -> Cue | None:
        if not now.missed:
            return None
        severity: CueSeverity = "setup" if now.missed_about in _WHERE_TO else "fix"
        gap_s = STOP_GAP_S if now.missed_about in _AT_A_STATION else GAP_S
        return self._say(now, severity, now.missed_about, (now.missed,), gap_s)

    def _announce(self, now: Situation) -> Cue | None:
        """Once for each station whose turn has come: it cannot wait, and every round needs it again."""
        if not now.next or now.turn == self._announced or now.t - self._last_t < STOP_GAP_S:
            return None
        self._announced = now.turn
        return Cue(now.t, now.next, "setup", "next")

    def _fault(self, now: Situation) -> Cue | None:
        for fault in now.faults:
            check = self._spec.checks[fault.check]
            if check.severity == "polish" and self._spec.kind == "repetitions":
                # It can wait for the turn of the repetition, when there is time to listen.
                self._polish = fault
                continue
            cue = self._say_fault(now, fault)
            if cue is not None:
                return cue
        waiting, self._polish = self._polish, self._polish if now.moving else None
        if waiting is not None and not now.moving:
            return self._say_fault(now, waiting)
        return None

    def _say_fault(self, now: Situation, fault: Fault) -> Cue | None:
        check = self._spec.checks[fault.check]
        key = _key(fault.check, fault.direction)
        gap_s = STOP_GAP_S if check.severity == "stop" else GAP_S
        return self._say(now, check.severity, key, check.cue(fault.direction), gap_s)

    def _say(
        self, now: Situation, severity: CueSeverity, about: str, words: tuple[str, ...], gap_s: float
    ) -> Cue | None:
        said = self._said.setdefault(about, _Said())
        if now.t - self._last_t < gap_s:
            return None
        if said.times and not self._is_due(now, severity, said):
            return None
        text = words[min(said.times // TRIES, len(words) - 1)]
        said.times += 1
        said.t, said.reps, said.confirmed = now.t, now.reps, False
        return Cue(now.t, text, severity, about)

    def _is_due(self, now: Situation, severity: CueSeverity, said: _Said) -> bool:
        found_in = now.reps >= FOUND_IN_REPS or now.t - self._began >= FOUND_IN_S
        wait = LATER_REPEAT_S if found_in and severity != "stop" else REPEAT_S
        if now.t - said.t < wait:
            return False
        counted = self._spec.kind == "repetitions"
        return not counted or severity == "stop" or now.reps - said.reps >= REPEAT_REPS

    def _note_mended(self, now: Situation) -> None:
        """Keep since when each check that was spoken of has been judged right."""
        for about, said in self._said.items():
            if said.confirmed or about.partition(":")[0] not in now.right:
                self._right_since.pop(about, None)
            else:
                self._right_since.setdefault(about, now.t)

    def _praise(self, now: Situation) -> Cue | None:
        if now.faults or now.t - self._last_t < GAP_S:
            return None
        for about, since in self._right_since.items():
            if now.t - since >= PRAISE_AFTER_S:
                self._said[about].confirmed = True
                text = PRAISE[self._praises % len(PRAISE)]
                self._praises += 1
                return Cue(now.t, text, "praise", about)
        return None


_WHERE_TO = frozenset(("other_side", "next"))
"""What is no correction but says how it goes on."""

_AT_A_STATION = frozenset(("left_out", "out_of_order", "held_short"))
"""What was missed between two stations, the later of which has just been announced."""


def _key(check: str, direction: Direction) -> str:
    return f"{check}:{direction}"
