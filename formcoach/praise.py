"""What to tell somebody after a set: what was good, one thing to work on, and the numbers.

Only what was seen is called good: what could not be judged is neither praised nor held against anybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from formcoach.events import CueSeverity
from formcoach.language import Say
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

LEAST_S = 1.0
"""Seconds held from which there is anything to tell: less is passing through."""

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


def after_set(report: SessionReport, say: Say = str) -> Praise:
    """What to tell after one set of an exercise; `say` gives it in another language."""
    work_on, severity, times = _most_often(report)
    good = _holds(report, say) if report.spec.kind == "hold" else _repetitions(report, say)
    if good and not work_on and _all_judged(report):
        good += say(", no corrections")
    name, unseen = say(report.spec.name), say(_unseen(report))
    return Praise(name, good, say(work_on), severity, times, unseen, _numbers(report, say))


def after_routine(report: RoutineReport, say: Say = str) -> Praise:
    """What to tell after a whole routine; `say` gives it in another language."""
    sets = [one for step in report.steps for one in step.sets]
    done = sum(step.outcome == "done" for step in report.steps)
    good = [say(step.planned.name) for step in report.steps if step.good]
    most = max(((one, _most_often(one)) for one in sets), key=lambda of: of[1][2], default=None)
    work_on, severity, times = most[1] if most else _NOTHING
    if most and work_on:
        work_on = f"{say(most[0].spec.name)}: {say(work_on)}"
    performed = sum(one.performed(side) for one in sets for side in one.sides)
    held_s = sum(one.hold_s for one in sets)
    numbers = [
        (say("{done} of {all}").format(done=done, all=len(report.steps)), say("exercises")),
        *([(str(performed), _word(performed, say))] if performed else []),
        *([(_clock(held_s), say("held"))] if held_s >= 1 else []),
        (_clock(report.duration_s), say("in all")),
    ]
    title, told = say(report.routine.name), _good_steps(good, say)
    return Praise(title, told, work_on, severity, times, "", tuple(numbers))


def _good_steps(names: Sequence[str], say: Say) -> str:
    if len(names) > 2:
        return say("{count} exercises in good form").format(count=len(names))
    return say("{names} in good form").format(names=say(" and ").join(names)) if names else ""


def _repetitions(report: SessionReport, say: Say) -> str:
    """How many of the attempts were as they should be."""
    attempts = [rep for rep in report.repetitions if rep.performed or rep.kind not in _NO_ATTEMPT]
    performed = [rep for rep in attempts if rep.performed]
    if not performed:
        return ""
    hold, to_dose = report.spec.dose.hold_s, [rep for rep in performed if rep.to_dose]
    what, good = say("{good} of {all} all the way"), performed
    if hold is not None:
        what, good = say("{good} of {all} held for {seconds} seconds"), to_dose
    elif any(check.spoils for check in report.spec.checks.values()):
        what, good = say("{good} of {all} were good"), to_dose
    if len(good) >= MOSTLY * len(attempts):
        return what.format(good=len(good), all=len(attempts), seconds=f"{hold[0]:g}" if hold else "")
    return say("{count} {repetitions} done").format(
        count=len(performed), repetitions=_word(len(performed), say)
    )


def _holds(report: SessionReport, say: Say) -> str:
    goal = report.spec.dose.hold_s
    longest = [
        max((h.in_form_s for h in report.holds if h.side == side), default=0.0) for side in report.sides
    ]
    if goal is not None and min(longest) >= goal[1] - SLACK_S:
        return say("Held for {goal} seconds, your goal").format(goal=f"{goal[1]:g}")
    in_s = sum(hold.in_form_s for hold in report.holds)
    out_s = sum(hold.out_of_form_s for hold in report.holds)
    if in_s < max(LEAST_S, MOSTLY * (in_s + out_s)):
        return ""
    return say("{good} of {all} seconds in form").format(good=int(in_s), all=int(in_s + out_s))


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
    """Whether there was something to judge, and nothing was left unjudged for long, or at its one moment."""
    unjudged = (sum(reasons.values()) for reasons in report.unjudged_s.values())
    judged = max(unjudged, default=0.0) < UNSEEN_S and not any(report.unjudged_moments.values())
    return bool(report.spec.checks) and judged


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


def _numbers(report: SessionReport, say: Say) -> tuple[tuple[str, str], ...]:
    numbers = [_of_side(report, side, say) for side in report.sides]
    if report.spec.kind == "repetitions" and report.spec.dose.hold_s:
        numbers.append((_clock(report.hold_s), say("held")))
    numbers.append((_clock(report.duration_s), say("in all")))
    return (*numbers, *_range(report, say))


def _of_side(report: SessionReport, side: str, say: Say) -> tuple[str, str]:
    if report.spec.kind == "hold":
        in_s = sum(hold.in_form_s for hold in report.holds if hold.side == side)
        return _clock(in_s), say(f"held {side}".rstrip())
    performed = report.performed(side)
    return str(performed), say(side) or _word(performed, say)


def _range(report: SessionReport, say: Say) -> list[tuple[str, str]]:
    """From where to where the measure that moves most came at its furthest; only of angles."""
    if report.spec.kind == "hold":
        return []
    name, *_ = primary(report.spec)
    reached = [rep.reached[name] for rep in report.repetitions if rep.performed and name in rep.reached]
    if not reached or KINDS[report.spec.measures[name].kind].unit != "degrees":
        return []
    low, high = (number(furthest, "degrees") for furthest in (min(reached), max(reached)))
    words = f"{low}°" if low == high else say("{low} to {high}°").format(low=low, high=high)
    return [(words, say("{measure} angle").format(measure=plain(name)))]


def _word(count: int, say: Say) -> str:
    return say("repetition") if count == 1 else say("repetitions")


def _clock(seconds: float) -> str:
    """Whole seconds, from a minute on as minutes and seconds."""
    whole = int(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60}:{whole % 60:02d}"
