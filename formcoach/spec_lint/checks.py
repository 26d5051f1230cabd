"""Rules about checks: when they are judged, and whether each side that can be wrong has words."""

from __future__ import annotations

import math
from collections.abc import Iterator

from formcoach.spec import MOMENTS, PHASES, Check, Range, Spec
from formcoach.spec_lint.measures import reach
from formcoach.spec_lint.shape import REP_PHASES, REP_WORD
from formcoach.spec_lint.table import Fault, nearest, quoted, short


def measure_of_check(spec: Spec) -> Iterator[Fault]:
    """A check judges a measure of this file."""
    for check in spec.checks.values():
        if spec.measures and check.measure not in spec.measures:
            sentence = f"{quoted(check.measure)} is no measure here{nearest(check.measure, spec.measures)}"
            yield Fault(f"checks.{check.name}.measure", sentence)


def phase_that_happens(spec: Spec) -> Iterator[Fault]:
    """A check in a phase or at a moment that this kind of exercise never has would never be judged."""
    if spec.kind not in PHASES:
        return
    phases = (*PHASES[spec.kind], *MOMENTS[spec.kind], *spec.stations)
    words = (*phases, REP_WORD) if spec.kind == "repetitions" else phases
    exercise = "repetitions" if spec.kind == "repetitions" else f"a {spec.kind}"
    for check in spec.checks.values():
        for phase in check.during:
            if phase not in phases:
                yield Fault(
                    f"checks.{check.name}.during",
                    f"{quoted(phase)} never happens in {exercise}; there are {', '.join(words)}",
                )


def not_negative(spec: Spec) -> Iterator[Fault]:
    """Tolerance widens and patience takes time."""
    for check in spec.checks.values():
        for name, value in (("tolerance", check.tolerance), ("after_s", check.after_s)):
            if value < 0:
                yield Fault(f"checks.{check.name}.{name}", f"{short(value)} must not be below 0")
    for wrong in spec.wrong.values():
        if wrong.after_s < 0:
            yield Fault(f"wrong.{wrong.name}.after_s", f"{short(wrong.after_s)} must not be below 0")


def spoils_on_the_way(spec: Spec) -> Iterator[Fault]:
    """Only while a repetition or round is under way can it be spoilt."""
    known = ("going", "hold", *spec.stations) if spec.kind == "sequence" else (*REP_PHASES, REP_WORD)
    for check in spec.checks.values():
        if check.spoils and not set(check.during) <= set(known):
            words = f"needs during = {', '.join(known[:-1])} or {known[-1]}"
            yield Fault(f"checks.{check.name}.spoils", words)


def some_cue(spec: Spec) -> Iterator[Fault]:
    """A check without words finds fault in silence."""
    for check in spec.checks.values():
        if not check.low and not check.high:
            yield Fault(f"checks.{check.name}", 'has no cue; write low = "...", high = "..." or both')


def cue_never_said(spec: Spec) -> Iterator[Fault]:
    """Words for a side on which the measure cannot be wrong."""
    for check, limits in _judged(spec):
        name, slack = check.measure, max(check.tolerance, 0.0)
        if check.low and not _can_be_low(check, limits):
            why = _why_never("lower", check.good.low, slack, f"{name} is never below {short(limits.low)}")
            yield Fault(f"checks.{check.name}.low", why)
        if check.high and not _can_be_high(check, limits):
            why = _why_never("upper", check.good.high, slack, f"{name} is never above {short(limits.high)}")
            yield Fault(f"checks.{check.name}.high", why)


def _why_never(which: str, bound: float, slack: float, reason: str) -> str:
    if math.isinf(bound):
        return f"is never said, as good has no {which} bound"
    tolerance = f" and tolerance {short(slack)}" if slack else ""
    return f"is never said with the {which} bound {short(bound)}{tolerance}, as {reason}"


def side_without_cue(spec: Spec) -> Iterator[Fault]:
    """A bound that can be crossed without a word being said."""
    for check, limits in _judged(spec):
        if not check.low and not check.high:
            continue
        good, address = check.good, f"checks.{check.name}"
        if not check.low and _can_be_low(check, limits):
            cure = 'write low = "...", or open the bound with -inf'
            yield Fault(f"{address}.low", f"no cue for below {short(good.low)}: {cure}")
        if not check.high and _can_be_high(check, limits):
            cure = 'write high = "...", or open the bound with inf'
            yield Fault(f"{address}.high", f"no cue for above {short(good.high)}: {cure}")


def _judged(spec: Spec) -> Iterator[tuple[Check, Range]]:
    """The checks whose bounds make sense, so that it can be said which side can be wrong."""
    for check in spec.checks.values():
        limits = reach(spec, check.measure)
        low, high = check.good
        if limits is None or math.isnan(low + check.tolerance) or not low <= high:
            continue
        if (low < limits.low and low != -math.inf) or (high > limits.high and high != math.inf):
            continue
        if low > limits.high or high < limits.low:
            continue
        if _can_be_low(check, limits) or _can_be_high(check, limits):
            yield check, limits


def _can_be_low(check: Check, limits: Range) -> bool:
    return check.good.low - max(check.tolerance, 0.0) > limits.low


def _can_be_high(check: Check, limits: Range) -> bool:
    return check.good.high + max(check.tolerance, 0.0) < limits.high


def same_words_twice(spec: Spec) -> Iterator[Fault]:
    """The second wording is for when the first has not helped; the other side needs other words."""
    for check in spec.checks.values():
        told: set[str] = set()
        for name, cues in (("low", check.low), ("high", check.high)):
            for cue in cues:
                words = " ".join(cue.split()).casefold()
                if words in told:
                    yield Fault(f"checks.{check.name}.{name}", f"{quoted(cue)} is there twice")
                told.add(words)


RULES = (
    measure_of_check,
    phase_that_happens,
    not_negative,
    spoils_on_the_way,
    some_cue,
    cue_never_said,
    side_without_cue,
    same_words_twice,
)
