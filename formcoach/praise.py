"""What to tell somebody after a set: what was good, one thing to work on, and the numbers.

Only what was seen is called good: what could not be judged is neither praised nor held against anybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from formcoach.events import CueSeverity
from formcoach.measures import KINDS
from formcoach.poses import primary
from formcoach.quantities import number, plain
from formcoach.report import SessionReport
from formcoach.routine_report import RoutineReport
from formcoach.spec import SEVERITIES

MOSTLY = 0.5
"""The share of the attempts from which it is said how many were good."""

UNSEEN_S = 1.0
"""A check that could not be judged for so many seconds is told: nobody knows whether all was right."""

SLACK_S = 0.1
"""A hold that falls short of its goal by no more has reached it."""

_NOTHING: tuple[str, CueSeverity, int] = ("", "fix", 0)
_WEIGHT: Mapping[CueSeverity, int] = {severity: weight for weight, severity in enumerate(SEVERITIES)}
_NO_ATTEMPT = frozenset(("no_start", "broken_off", "unseen"))
"""Kinds of repetitions that nobody can blame, or praise, anybody for."""


@dataclass(frozen=True, slots=True)
class Praise:
    """What to tell after a set or a routine.

    Attributes:
        title: of what.
        good: what was good, a short sentence; empty where nothing can be vouched for.
        work_on: the one thing to do better, in the coach's words; empty where there is none.
        severity: how much that matters.
        times: how often it was said.
        unseen: why not all was judged, where there is nothing to work on; or empty.
        numbers: each with a word on what it counts.
    """

    title: str
    good: str
    work_on: str
    severity: CueSeverity
    times: int
    unseen: str
    numbers: tuple[tuple[str, str], ...]


def after_set(report: SessionReport) -> Praise:
    """What to tell after one set of an exercise."""
    work_on, severity, times = _most_often(report)
    good = _holds(report) if report.spec.kind == "hold" else _repetitions(report)
    if good and not work_on and _all_judged(report):
        good += ", no corrections"
    return Praise(report.spec.name, good, work_on, severity, times, _unseen(report), _numbers(report))


def after_routine(report: RoutineReport) -> Praise:
    """What to tell after a whole routine."""
    sets = [one for step in report.steps for one in step.sets]
    done = sum(step.outcome == "done" for step in report.steps)
    good = [step.planned.name for step in report.steps if step.good]
    most = max(((one, _most_often(one)) for one in sets), key=lambda of: of[1][2], default=None)
    work_on, severity, times = most[1] if most else _NOTHING
    if most and work_on:
        work_on = f"{most[0].spec.name}: {work_on[:1].lower()}{work_on[1:]}"
    performed = sum(one.performed(side) for one in sets for side in one.sides)
    held_s = sum(one.hold_s for one in sets)
    numbers = [
        (f"{done} of {len(report.steps)}", "exercises"),
        *([(str(performed), _plural(performed, "repetition"))] if performed else []),
        *([(_clock(held_s), "held")] if held_s >= 1 else []),
        (_clock(report.duration_s), "in all"),
    ]
    return Praise(report.routine.name, _good_steps(good), work_on, severity, times, "", tuple(numbers))


def _good_steps(names: Sequence[str]) -> str:
    if len(names) > 2:
        return f"{len(names)} exercises in good form"
    return f"{' and '.join(names)} in good form" if names else ""


def _repetitions(report: SessionReport) -> str:
    """How many of the attempts were as they should be."""
    attempts = [rep for rep in report.repetitions if rep.performed or rep.kind not in _NO_ATTEMPT]
    performed = [rep for rep in attempts if rep.performed]
    if not performed:
        return ""
    hold, what, good = report.spec.dose.hold_s, "all the way", performed
    if hold is not None:
        what, good = f"held for {hold[0]:g} seconds", [rep for rep in performed if rep.to_dose]
    elif any(check.spoils for check in report.spec.checks.values()):
        what, good = "were good", [rep for rep in performed if rep.to_dose]
    if len(good) >= MOSTLY * len(attempts):
        return f"{len(good)} of {len(attempts)} {what}"
    return f"{len(performed)} {_plural(len(performed), 'repetition')} done"


def _holds(report: SessionReport) -> str:
    goal = report.spec.dose.hold_s
    longest = [
        max((h.in_form_s for h in report.holds if h.side == side), default=0.0) for side in report.sides
    ]
    if goal is not None and min(longest) >= goal[1] - SLACK_S:
        return f"Held for {goal[1]:g} seconds, your goal"
    in_s = sum(hold.in_form_s for hold in report.holds)
    out_s = sum(hold.out_of_form_s for hold in report.holds)
    if in_s < MOSTLY * (in_s + out_s) or not report.holds:
        return ""
    return f"{int(in_s)} of {int(in_s + out_s)} seconds in form"


def _most_often(report: SessionReport) -> tuple[str, CueSeverity, int]:
    """The correction said most often, in its first words, and how often; of several the most pressing.

    Where none was said, the fault found most often speaks for itself.
    """
    said: dict[str, list[tuple[str, CueSeverity]]] = {}
    for cue in report.cues:
        if cue.severity in SEVERITIES:
            said.setdefault(cue.about or cue.text, []).append((cue.text, cue.severity))
    for fault in report.faults if not said else ():
        check = report.spec.checks[fault.check]
        words = check.cue(fault.direction)[0]
        said.setdefault(words, []).append((words, check.severity))
    if not said:
        return _NOTHING
    most = max(said.values(), key=lambda one: (len(one), _WEIGHT[one[0][1]]))
    return *most[0], len(most)


def _all_judged(report: SessionReport) -> bool:
    """Whether there was something to judge, and nothing was left unjudged for long."""
    unjudged = (sum(reasons.values()) for reasons in report.unjudged_s.values())
    return bool(report.spec.checks) and max(unjudged, default=0.0) < UNSEEN_S


def _unseen(report: SessionReport) -> str:
    """Why something could not be judged, where that lasted; if nothing was counted, why nobody was seen."""
    reasons: dict[str, float] = {}
    for parts in report.unjudged_s.values():
        for why, seconds in parts.items():
            if why not in report.nobody_s:
                reasons[why] = max(seconds, reasons.get(why, 0.0))
    if not report.repetitions and not report.holds:
        reasons = reasons or dict(report.nobody_s)
    worst = max(reasons, key=reasons.__getitem__, default="")
    return worst if worst and reasons[worst] >= UNSEEN_S else ""


def _numbers(report: SessionReport) -> tuple[tuple[str, str], ...]:
    numbers = [_of_side(report, side) for side in report.sides]
    if report.spec.kind == "repetitions" and report.spec.dose.hold_s:
        numbers.append((_clock(report.hold_s), "held"))
    numbers.append((_clock(report.duration_s), "in all"))
    return (*numbers, *_range(report))


def _of_side(report: SessionReport, side: str) -> tuple[str, str]:
    if report.spec.kind == "hold":
        in_s = sum(hold.in_form_s for hold in report.holds if hold.side == side)
        return _clock(in_s), f"held {side}".rstrip()
    performed = report.performed(side)
    return str(performed), side or _plural(performed, "repetition")


def _range(report: SessionReport) -> list[tuple[str, str]]:
    """From where to where the measure that moves most came at its furthest; only of angles."""
    if report.spec.kind == "hold":
        return []
    name, *_ = primary(report.spec)
    reached = [rep.reached[name] for rep in report.repetitions if rep.performed and name in rep.reached]
    if not reached or KINDS[report.spec.measures[name].kind].unit != "degrees":
        return []
    low, high = (number(furthest, "degrees") for furthest in (min(reached), max(reached)))
    return [(f"{low}°" if low == high else f"{low} to {high}°", f"{plain(name)} angle")]


def _plural(count: int, word: str) -> str:
    return word if count == 1 else word + "s"


def _clock(seconds: float) -> str:
    """Whole seconds, from a minute on as minutes and seconds."""
    whole = int(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60}:{whole % 60:02d}"
