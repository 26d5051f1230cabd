"""What a repetition was worth: performed or not, to dose or not, and why not in one sentence."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from formcoach.events import NO_START
from formcoach.measures import KINDS
from formcoach.poses import Values
from formcoach.spec import Spec

MEANT = 0.25
"""The share of the way to the work position from which a movement is taken for an attempt."""

UNSEEN_ON_THE_WAY_S = 0.75
"""Not seen for longer than this in all, nobody knows whether the work position was reached."""


@dataclass(slots=True)
class Attempt:
    """A repetition under way.

    Attributes:
        start: when it set off, seconds.
        begun: whether the start position was seen before it.
        best: the share of the way to the work position at its furthest.
        turn, depth: when it was furthest into the work position, and how far.
        worked: whether the work position was reached.
        back: the share of the way at its least, coming back.
        turned: whether the turn is past.
        turn_seen: whether the moments about the turn were seen; else it may have gone further.
        turn_told: whether it could be told there if the work position was reached.
        unseen_s: seconds not seen.
        wrong: the wrong way in which it is being done, or empty.
        doubt, doubt_since: the wrong way that it looks like, and since when.
        watched_t: when that was last looked at.
        asked: whether the person has been told what is missing.
        held_s: seconds held, once it has ended.
        spoilt: the kind of the first fault that spoils it, or empty.
        reached: the value of each measure of the work pose at its best.
        inside: how far that is inside the pose, negative outside; the nearer bound decides.
    """

    start: float
    begun: bool = True
    best: float = 0.0
    turn: float = math.nan
    depth: float = -math.inf
    worked: bool = False
    back: float = math.inf
    turned: bool = False
    turn_seen: bool = True
    turn_told: bool = True
    unseen_s: float = 0.0
    wrong: str = ""
    doubt: str = ""
    doubt_since: float = math.nan
    watched_t: float = math.nan
    asked: bool = False
    spoilt: str = ""
    held_s: float = 0.0
    reached: dict[str, float] = field(default_factory=dict)
    inside: dict[str, float] = field(default_factory=dict)


def remember(spec: Spec, attempt: Attempt, values: Values) -> None:
    """Keep the best value of each measure of the work pose: the one that lies furthest in."""
    best = attempt.inside
    for name, (low, high) in spec.poses["work"].items():
        value = values[name]
        inside = min(value - low, high - value)
        if inside > best.get(name, -math.inf):  # which NaN is not
            best[name] = inside
            attempt.reached[name] = value


def fall_short(spec: Spec, attempt: Attempt, broken_off: str) -> tuple[str, str]:
    """Why this is no repetition, and the fault's common name; empty where it is one.

    Args:
        spec: the exercise.
        attempt: what ended.
        broken_off: why it ended elsewhere than at the start position, or empty.
    """
    if attempt.wrong:
        wrong = spec.wrong[attempt.wrong]
        return wrong.cue, wrong.kind or wrong.name
    if not attempt.begun:
        return "the start position was not seen before it", NO_START
    if not attempt.worked:
        if attempt.unseen_s > UNSEEN_ON_THE_WAY_S:
            return f"not seen for {attempt.unseen_s:.1f} s on the way", "unseen"
        if not (attempt.turn_seen and attempt.turn_told):
            return "not seen where it went furthest", "unseen"
        if broken_off:
            return broken_off, "broken_off"  # who knows how far it would have gone
        return _short_of(spec, attempt), "shallow"
    return broken_off, "broken_off" if broken_off else ""


def under_dose(spec: Spec, attempt: Attempt) -> tuple[str, str]:
    """Why a repetition that was performed is not to dose, and the fault's common name; empty where it is."""
    if attempt.spoilt:
        return attempt.spoilt.replace("_", " "), attempt.spoilt
    if spec.dose.hold_s is None or attempt.held_s >= spec.dose.hold_s[0] - 0.1:
        return "", ""
    held = f"held {int(attempt.held_s)} of {spec.dose.hold_s[0]:g} seconds"
    unseen = f", not seen for {attempt.unseen_s:.1f}" if attempt.unseen_s > UNSEEN_ON_THE_WAY_S else ""
    return held + unseen, ""


def _short_of(spec: Spec, attempt: Attempt) -> str:
    for name, bounds in spec.poses["work"].items():
        value = attempt.reached.get(name, math.nan)
        if not bounds.holds(value):
            if value != value:
                return f"{name.replace('_', ' ')} was not seen"
            edge, word = (bounds.low, "at least") if value < bounds.low else (bounds.high, "at most")
            digits = 2 if KINDS[spec.measures[name].kind].unit == "trunk lengths" else 0
            while f"{value:.{digits}f}" == f"{edge:.{digits}f}":
                digits += 1  # just short of it must not look like it
            return f"{name.replace('_', ' ')} reached {value:.{digits}f}, needs {word} {edge:.{digits}f}"
    return "the work position was not reached by all at once"
