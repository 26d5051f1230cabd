"""The checks of a draft: what kept still while the rest moved, in words that say what to do."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from formcoach.demonstration import Repetitions, Together
from formcoach.draft_measures import NEAR_LIMIT, Chosen, Series, around, chosen, opened
from formcoach.spec import Range
from formcoach.survey import PARTS, Survey

NOISE = 7.0
"""Degrees that an angle from one camera may be off: no bound of a check is tighter."""

TOLERANCE = 5
"""Degrees beyond a bound that go unmentioned."""

KEPT_STILL = 20.0
"""Degrees within which something stayed that was meant to keep still."""

STRAIGHT = 145.0
"""Degrees from which a knee or an elbow counts as straight."""

FLAT, UPRIGHT = 25.0, 65.0
"""Slope of a trunk, degrees, up to which it is level, and from which it is upright."""

MOST, MOST_OF_HOLD = 3, 6
"""Checks of what keeps still, through repetitions and in a hold: more would find fault with habits."""

CUES: Mapping[str, tuple[str, str]] = {
    "trunk": ("Lift your chest a little", "Lower your chest a little"),
    "thigh": ("Lift your knee a little", "Lower your knee a little"),
    "leg": ("Lift your heel a little", "Lower your heel a little"),
    "shank": ("Lift your foot a little", "Lower your foot a little"),
    "hip": ("Open your hips a little more", "Bend more at your hips"),
    "knee": ("Straighten your knee a little", "Bend your knee a little more"),
    "ankle": ("Point your toes a little more", "Pull your toes up a little"),
    "heel": ("Lift your heels a little", "Lower your heels a little"),
    "arm": ("Lift your hand a little", "Lower your hand a little"),
    "shoulder": ("Bring your arm further from your body", "Bring your arm closer to your body"),
    "elbow": ("Straighten your arm a little", "Bend your elbow a little more"),
    "turn": ("Turn your shoulders further left", "Turn your shoulders further right"),
}
"""What to say below and above the bounds of each candidate."""

OTHER_CUES: Mapping[str, tuple[str, str]] = {
    "thigh": ("Lift the other knee a little", "Lower the other knee a little"),
    "knee": ("Straighten the other knee a little", "Bend the other knee a little more"),
    "hip": ("Open the other hip a little more", "Bend more at the other hip"),
    "arm": ("Lift the other hand a little", "Lower the other hand a little"),
    "elbow": ("Straighten the other arm a little", "Bend the other elbow a little more"),
    "shoulder": ("Bring the other arm further out", "Bring the other arm closer in"),
}

STILL = ("trunk", "knee", "elbow", "thigh")
"""What is looked at for keeping still, the most telling first."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check of a draft: its name, its measure, and its table in the file."""

    name: str
    chosen: Chosen
    entry: dict[str, Any]


def checks_of_repetitions(
    surveys: Sequence[Survey], shown: Sequence[Repetitions], counted: Chosen
) -> list[Check]:
    """A check for each thing that kept still through all repetitions."""
    found = []
    for name in STILL:
        one = chosen(name, counted.whose)
        if PARTS[name] == PARTS[counted.name] and name != "knee":
            continue
        values = during_cycles(one, surveys, shown)
        if one != counted and _kept_still(values):
            check = _still_check(one, values, "rep")
            found += [] if check is None else [check]
    return found[:MOST]


def during_cycles(one: Chosen, surveys: Sequence[Survey], shown: Sequence[Repetitions]) -> Series:
    """A measure's values in all repetitions of all demonstrations, one after the other."""
    parts = [
        one.of(survey, side)[survey.between(cycle.left, cycle.back)]
        for survey, repeated in zip(surveys, shown, strict=True)
        for side, motion in repeated.motions.items()
        for cycle in motion.cycles
    ]
    return np.concatenate(parts)


def _kept_still(values: Series) -> bool:
    known = values[np.isfinite(values)]
    return len(known) > 0.7 * len(values) and float(np.ptp(np.percentile(known, (2, 98)))) <= KEPT_STILL


def reach_check(together: Sequence[Together], sided: bool) -> list[Check]:
    """That what moved along with it, in another part of the body, gets half of its way too."""
    for moved in together:
        if moved.whose == "other" and not sided:
            continue
        one = chosen(moved.name, moved.whose if sided else "")
        half = round(moved.motion.at(0.5))
        if one.limits.low + NEAR_LIMIT < half < one.limits.high - NEAR_LIMIT:
            good = Range(half, math.inf) if moved.motion.up else Range(-math.inf, half)
            return [Check(f"{one.key}_too", one, _entry(one, "turn", good))]
    return []


def checks_of_hold(kept: Iterable[tuple[Chosen, Series]]) -> list[Check]:
    """A check for each measure of a position that was kept."""
    found = (_still_check(one, values, "hold") for one, values in kept)
    return [check for check in found if check is not None][:MOST_OF_HOLD]


def _still_check(one: Chosen, values: Series, during: str) -> Check | None:
    bounds = around(values, one.limits, NOISE)
    if bounds is None:
        return None
    good = opened(bounds, one.limits)
    if math.isinf(good.low) and math.isinf(good.high):
        return None
    return Check(_name(one, float(np.nanmedian(values))), one, _entry(one, during, good))


def _entry(one: Chosen, during: str, good: Range) -> dict[str, Any]:
    low, high = (OTHER_CUES if one.whose == "other" else CUES).get(one.name, CUES[one.name])
    entry: dict[str, Any] = {
        "measure": one.key,
        "during": during,
        "good": list(good),
        "tolerance": TOLERANCE,
        "severity": "polish" if PARTS[one.name] == "arm" else "fix",
    }
    if math.isfinite(good.low):
        entry |= {"low": low, "low_is": f"{one.key}_low"}
    if math.isfinite(good.high):
        entry |= {"high": high, "high_is": f"{one.key}_high"}
    return entry


def _name(one: Chosen, usual: float) -> str:
    if one.name in ("knee", "elbow") and usual >= STRAIGHT:
        return f"{one.key}_straight"
    if one.name == "trunk" and abs(usual) <= FLAT:
        return "trunk_level"
    return "trunk_upright" if one.name == "trunk" and usual >= UPRIGHT else f"{one.key}_still"
