"""How the coach does as the picture gets worse, and whether it says "not seen" before it is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache, lru_cache
from typing import Any

import degrading
from catalogue import HOLD_SLACK_S, amount, first_fault, kept_s, miscounted, said
from coached import Outcome, coach, stock
from formcoach.guide import ABOUT_PICTURE
from formcoach.landmarks import PoseSample
from formcoach.praise import after_set
from formcoach.report import SessionReport
from performed import RELATED
from puppet import Performance, perform
from puppet.exercises import EXERCISES

FPS = 15.0
"""Pictures a second, where nothing else is said."""
TOLD_S = 0.5
"""What was not judged for so many seconds is told in the report."""
ROOM_TO_TURN = 0.8
"""The zoom at which feet near the edge of the picture are not turned out of it."""
SHARP = 0.1
"""A trunk of so many picture heights is as sharp to the model as it needs: all of somebody who stands then is
as high as the square of 256 pixels that it looks at, in a picture of 720. Smaller, the points tremble in
pixels, and so the more in trunk lengths."""
TRUNK = 0.25
"""Picture heights of the trunk of somebody who stands in the middle of the picture as it is framed."""


class Verdict(IntEnum):
    """How it went, from the best to the worst.

    EXACT: as in a good picture.
    TOLD: something was missed, and the coach says that it does not see.
    MISSED: something was missed, and nothing said.
    WARNED: something was said or counted that is not so, beside saying that it does not see.
    WRONG: something was said or counted that is not so, and nothing of not seeing.
    """

    EXACT = 0
    TOLD = 1
    MISSED = 2
    WARNED = 3
    WRONG = 4


@dataclass(frozen=True, slots=True)
class Disturbance:
    """One way in which a picture can be bad.

    Attributes:
        title: for people.
        unit: of its levels.
        levels: from hardly there to hopeless.
        take: an exercise performed at a level: the level, the exercise, and the options of `puppet.perform`.
    """

    title: str
    unit: str
    levels: tuple[float, ...]
    take: Callable[[float, str, Mapping[str, Any]], Performance]


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one performance.

    Attributes:
        verdict: in a word.
        why: what was missed or wrong, a few words each.
        told: what the coach says of not seeing, a sentence each.
    """

    verdict: Verdict
    why: tuple[str, ...]
    told: tuple[str, ...]


def _performed(exercise: str, how: Mapping[str, Any]) -> Performance:
    return _once(exercise, tuple(how.items()))


@lru_cache(maxsize=16)  # many disturbances begin with the same good picture
def _once(exercise: str, how: tuple[tuple[str, Any], ...]) -> Performance:
    return perform(exercise, back=stock(exercise).wants_back, **amount(exercise), **dict(how))


def _degraded(
    degrade: Callable[[degrading.Samples, float, int], list[PoseSample]],
) -> Callable[[float, str, Mapping[str, Any]], Performance]:
    def take(level: float, exercise: str, how: Mapping[str, Any]) -> Performance:
        performance = _performed(exercise, how)
        return replace(performance, samples=degrade(performance.samples, level, how["seed"]))

    return take


def _slower(level: float, exercise: str, how: Mapping[str, Any]) -> Performance:
    return _performed(exercise, {**how, "fps": level})


def _leaning(level: float, exercise: str, how: Mapping[str, Any]) -> Performance:
    return _performed(exercise, {**how, "roll": level, "plain_wall": True, "zoom": ROOM_TO_TURN})


def _askew(level: float, exercise: str, how: Mapping[str, Any]) -> Performance:
    way = -1.0 if how["seed"] % 2 else 1.0
    return _performed(exercise, {**how, "yaw": EXERCISES[exercise].yaw + way * level})


def _zoomed(level: float, exercise: str, how: Mapping[str, Any]) -> Performance:
    noise = how["noise"] * max(1.0, SHARP / (TRUNK * level))
    return _performed(exercise, {**how, "zoom": level, "noise": noise})


SHARES = (2.0, 5.0, 10.0, 20.0, 35.0, 50.0)
SECONDS = (0.25, 0.5, 1.0, 2.0, 3.0, 4.0)

DISTURBANCES: dict[str, Disturbance] = {
    "shake": Disturbance(
        "points tremble",
        "% of the trunk",
        (1.0, 2.0, 4.0, 6.0, 9.0, 14.0),
        _degraded(degrading.degrade_shake),
    ),
    "wander": Disturbance(
        "points wander",
        "% of the trunk",
        (1.0, 2.0, 4.0, 6.0, 9.0, 14.0),
        _degraded(degrading.degrade_wander),
    ),
    "lose": Disturbance(
        "points get lost",
        "% of the points",
        (5.0, 10.0, 20.0, 40.0, 60.0, 90.0),
        _degraded(degrading.degrade_lose),
    ),
    "hide": Disturbance("a limb is hidden", "s of every 4", SECONDS, _degraded(degrading.degrade_hide)),
    "blind": Disturbance("nobody is found", "s of every 4", SECONDS, _degraded(degrading.degrade_blind)),
    "stall": Disturbance("no picture comes", "s of every 4", SECONDS, _degraded(degrading.degrade_stall)),
    "drop": Disturbance(
        "pictures get lost",
        "% of 15 a second",
        (10.0, 25.0, 50.0, 70.0, 85.0, 95.0),
        _degraded(degrading.degrade_drop),
    ),
    "rate": Disturbance(
        "few pictures", "a second", (60.0, 30.0, 15.0, 10.0, 7.0, 5.0, 3.0, 2.0, 1.0), _slower
    ),
    "swap": Disturbance("left taken for right", "% of the time", SHARES, _degraded(degrading.degrade_swap)),
    "cross": Disturbance(
        "one leg taken for the other", "% of the time", SHARES, _degraded(degrading.degrade_cross)
    ),
    "roll": Disturbance("the camera leans", "degrees", (5.0, 10.0, 15.0, 20.0, 30.0, 45.0), _leaning),
    "view": Disturbance("seen from aside", "degrees", (10.0, 20.0, 30.0, 45.0, 60.0, 90.0), _askew),
    "far": Disturbance("far away", "of the size", (0.7, 0.5, 0.35, 0.25, 0.18, 0.1), _zoomed),
    "near": Disturbance("too near", "times the size", (1.2, 1.4, 1.7, 2.0, 2.5, 3.5), _zoomed),
}

CONDITIONS: tuple[Mapping[str, Any], ...] = tuple(
    {"fps": FPS, "facing": facing, "noise": 1.0, "seed": seed}
    for seed, facing in enumerate(("right", "left"))
)
"""Facing both ways; the seed decides, too, whether from further in front or from further behind."""


def run(exercise: str, disturbance: Disturbance, level: float, fault: str, condition: int) -> Run:
    """Perform an exercise at a level of a disturbance, cleanly or with its most pressing fault.

    Args:
        exercise: its id.
        disturbance: see `DISTURBANCES`.
        level: one of its levels, or any between.
        fault: the puppet's name of the most pressing fault; empty = clean.
        condition: the number of one of `CONDITIONS`.
    """
    how = {**CONDITIONS[condition], "fault": fault or ()}
    performance = disturbance.take(level, exercise, how)
    outcome = replace(coach(exercise, performance.samples), performance=performance)
    clear = _clear(exercise, fault, condition)
    wrong = _wrong(exercise, outcome, fault)
    missing = _missing(exercise, outcome, fault)
    told = not_seen(outcome.report, clear.report)
    return Run(_verdict(wrong, missing, told), tuple(dict.fromkeys((*wrong, *missing))), told)


def worst(exercise: str, disturbance: Disturbance, level: float) -> Run:
    """The worst of the clean performances and those with the most pressing fault."""
    runs = [
        run(exercise, disturbance, level, fault, condition)
        for condition in range(len(CONDITIONS))
        for fault in ("", first_fault(exercise)[1])
    ]
    return max(runs, key=lambda one: one.verdict)


def _verdict(wrong: Iterable[str], missing: Iterable[str], told: Iterable[str]) -> Verdict:
    if any(wrong):
        return Verdict.WARNED if any(told) else Verdict.WRONG
    if any(missing):
        return Verdict.TOLD if any(told) else Verdict.MISSED
    return Verdict.EXACT


@cache
def _clear(exercise: str, fault: str, condition: int) -> Outcome:
    """The same in a good picture."""
    performance = _performed(exercise, {**CONDITIONS[condition], "fault": fault or ()})
    return replace(coach(exercise, performance.samples), performance=performance)


def _wrong(exercise: str, outcome: Outcome, fault: str) -> list[str]:
    """What was said or counted that is not so."""
    assert outcome.performance is not None
    truth = outcome.performance.truth
    wrong = [
        f"counted {counted} of {truth.count(side)} {side}".strip()
        for side, counted in outcome.counts.items()
        if counted > truth.count(side)
    ]
    over = outcome.held - kept_s(outcome)
    if not fault:
        if stock(exercise).kind == "hold" and over > HOLD_SLACK_S:
            wrong.append(f"held {outcome.held:.1f} s of {kept_s(outcome):.1f} s")
        return wrong + said(outcome)
    own = first_fault(exercise)[0]
    found = {(one.check, one.direction) for one in outcome.report.faults}
    others = {check for check, _ in found} - {own[0]} - RELATED.get((exercise, fault), set())
    wrong += [f"{fault} taken for {other}" for other in sorted(others)]
    if own not in found:
        good = after_set(outcome.report).good
        spoils = stock(exercise).checks[own[0]].spoils
        if "no corrections" in good or (spoils and any(rep.to_dose for rep in outcome.report.attempts)):
            wrong.append(f"{fault} called good")
    return wrong


def _missing(exercise: str, outcome: Outcome, fault: str) -> list[str]:
    """What was done and not counted, or wrong and not found."""
    if fault:
        own = first_fault(exercise)[0]
        found = {(one.check, one.direction) for one in outcome.report.faults}
        return [] if own in found else [f"{fault} not found"]
    return miscounted(exercise, outcome)


def not_seen(report: SessionReport, clear: SessionReport) -> tuple[str, ...]:
    """What the coach says of not seeing, beyond what it says in a good picture; cues first."""
    cues = [cue.text for cue in report.cues if cue.severity == "setup" and cue.about in ABOUT_PICTURE]
    reps = [one.why_not for one in report.attempts if one.kind == "unseen"]
    nobody = [why for why, seconds in report.nobody_s.items() if seconds >= TOLD_S]
    before = {(check, why): s for check, reasons in clear.unjudged_s.items() for why, s in reasons.items()}
    checks = [
        f"{check.replace('_', ' ')}: {why}"
        for check, reasons in report.unjudged_s.items()
        for why, seconds in reasons.items()
        if seconds >= TOLD_S + before.get((check, why), 0.0)
    ]
    moments = [
        f"{check.replace('_', ' ')}: {why}"
        for check, reasons in report.unjudged_moments.items()
        for why, times in reasons.items()
        if times > clear.unjudged_moments.get(check, {}).get(why, 0)
    ]
    holds = ["not seen" for one in report.holds if one.unseen_s >= TOLD_S]
    return tuple(dict.fromkeys((*cues, *reps, *nobody, *checks, *moments, *holds)))
