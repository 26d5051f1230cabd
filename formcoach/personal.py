"""A person's own neutral and range, laid over a spec: what to compare with, and how far is far enough.

Only what is safe is laid over. A range is eased where somebody does not get as far as the spec asks, never
beyond `LEAST_WAY` of the way, and only for what counts as a repetition. A hold's bounds follow the person's
own good position by `MOST` at the most, and never where a fault is a matter of safety (`stop`). Nothing is
ever laid over that makes a spec ask for more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from formcoach.measures import KINDS
from formcoach.poses import margin_of
from formcoach.spec import Check, Pose, Range, Spec

MOST = 8.0
"""Degrees, or hundredths of a trunk length, by which a bound gives way at the most."""

LEAST_WAY = 0.5
"""The share of the way from the start to the work position that a repetition must go all the same."""


@dataclass(frozen=True, slots=True)
class Personal:
    """What is known of one person in one exercise.

    Attributes:
        date: when it was found out, year-month-day.
        neutral: by measure, its value in the person's own start position, before it is compared with
            anything; in a hold, in their own good position.
        reach: by measure of the work position, as far as the person gets.
    """

    date: str
    neutral: Mapping[str, float] = field(default_factory=dict)
    reach: Mapping[str, float] = field(default_factory=dict)


def lay_over(spec: Spec, personal: Personal | None) -> Spec:
    """The spec for this person; the same spec where nothing is known of them."""
    if personal is None:
        return spec
    neutral = {
        name: value
        for name, value in personal.neutral.items()
        if name in spec.measures and spec.measures[name].from_start
    }
    poses = {name: _eased(spec, pose, personal) for name, pose in spec.poses.items()}
    checks = {name: _followed(spec, check, personal) for name, check in spec.checks.items()}
    return replace(spec, poses=poses, checks=checks, neutral=neutral, personal=personal.date)


def _eased(spec: Spec, pose: Pose, personal: Personal) -> Pose:
    """A work pose that the person reaches; any other as it is."""
    work = spec.poses.get("work")
    if spec.kind != "repetitions" or (pose is not work and pose is not spec.poses.get("held")):
        return pose
    return {
        name: _reached(spec, name, bounds, personal.reach[name]) if name in personal.reach else bounds
        for name, bounds in pose.items()
    }


def _reached(spec: Spec, name: str, bounds: Range, reach: float) -> Range:
    """The bounds, opened towards the start as far as somebody needs who gets to `reach`."""
    start = spec.poses["start"].get(name)
    if start is None:
        return bounds
    room = margin_of(spec, name)
    if start.high < bounds.low:
        least = start.high + LEAST_WAY * (bounds.low - start.high)
        return Range(min(bounds.low, max(least, reach - room)), bounds.high)
    if start.low > bounds.high:
        most = start.low - LEAST_WAY * (start.low - bounds.high)
        return Range(bounds.low, max(bounds.high, min(most, reach + room)))
    return bounds


def _followed(spec: Spec, check: Check, personal: Personal) -> Check:
    """A check of a hold whose bounds hold the person's own good position; of safety, as it is."""
    value = personal.neutral.get(check.measure)
    measure = spec.measures[check.measure]
    if value is None or measure.from_start or spec.kind != "hold" or check.severity == "stop":
        return check
    if any(one.severity == "stop" and one.measure == check.measure for one in spec.checks.values()):
        return check
    most = MOST if KINDS[measure.kind].unit == "degrees" else MOST / 100
    low, high = check.good
    low = min(low, max(value, low - most))
    high = max(high, min(value, high + most))
    return replace(check, good=Range(low, high))
