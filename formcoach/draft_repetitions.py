"""The draft of repetitions: counted by what moves most clearly, and tried on the demonstration itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from formcoach.demonstration import Repetitions, also_moving, repetitions_of
from formcoach.draft_checks import checks_of_repetitions, during_cycles, reach_check
from formcoach.draft_head import Indices, doubts_about, head
from formcoach.draft_measures import Chosen, around, chosen
from formcoach.errors import FormcoachError
from formcoach.landmarks import SIDES, PoseSample
from formcoach.moving import Motion
from formcoach.report import SessionReport
from formcoach.session import coach_through
from formcoach.spec import Spec
from formcoach.spec_lint import examine
from formcoach.survey import Survey

SHARES = ((0.35, 0.65), (0.3, 0.6), (0.4, 0.7), (0.3, 0.7), (0.25, 0.5), (0.45, 0.8), (0.2, 0.8))
"""How much of the way may be left at rest, and must be gone for a repetition: the usual one first, and those
that are tried where it does not count the demonstration. Other bodies and days reach less far."""

AROUND = 25.0
"""Degrees around all that the trunk and, where both legs do the same, the thighs did: within that the
exercise is being done at all."""

HELD_FROM_S = 2.5
"""Kept at the turn for so long, a repetition has a hold."""

STAYS = 0.25
"""Trunk lengths within which the ankles stay while somebody stands on the spot."""

FEW = 3
"""Fewer repetitions than these tell little of how they differ."""

FAULTLESS = (1.0, 0)
"""How well a draft does that counts every recording exactly and finds no fault in any."""

TRUNK, THIGH = chosen("trunk", ""), chosen("thigh", "")


def draft_repetitions(
    demonstrations: Sequence[Sequence[PoseSample]],
    surveys: Sequence[Survey],
    shown: Sequence[Repetitions],
    spec_id: str,
) -> tuple[dict[str, Any], tuple[Repetitions, ...], list[str]]:
    """The draft of repetitions.

    Returns:
        The spec file as a mapping, what it counts in each demonstration, and what is unsure.

    Raises:
        FormcoachError: the demonstrations do not show the same.
    """
    measure = max(shown, key=lambda one: sum(one.counts.values())).measure
    same = [
        one if one.measure == measure else repetitions_of(of, measure)
        for one, of in zip(shown, surveys, strict=True)
    ]
    found = [one for one in same if one is not None]
    ways = {motion.up for one in found for motion in one.motions.values()}
    sided = {bool(side) for one in found for side in one.motions}
    if len(found) < len(surveys) or len(ways) > 1 or len(sided) > 1:
        raise FormcoachError("The recordings do not show the same repetitions; draft them one by one.")
    counted = chosen(measure, "side" if True in sided else "")
    frame = _frame(spec_id, surveys, found, counted)
    best, mark = frame, (-2.0, 0)
    for shares in SHARES:
        one = _with_poses(frame, counted, _pooled(found), shares)
        if (how_well := _how_well(one, spec_id, demonstrations, found)) > mark:
            best, mark = one, how_well
        if mark == FAULTLESS:
            break
    unsure = _doubts_about_repetitions(surveys, found)
    if mark[0] < FAULTLESS[0]:
        unsure.insert(0, "It does not count the recording as it looks: mend start and work before using it.")
    return best, tuple(found), unsure


def _pooled(shown: Sequence[Repetitions]) -> Motion:
    """All cycles of all sides and recordings as one motion, for its rest and its turn."""
    motions = [motion for one in shown for motion in one.motions.values()]
    return replace(motions[0], cycles=tuple(cycle for motion in motions for cycle in motion.cycles))


def _frame(
    spec_id: str, surveys: Sequence[Survey], shown: Sequence[Repetitions], counted: Chosen
) -> dict[str, Any]:
    """All of the file but where a repetition begins and where it must get to."""
    mapping = head(spec_id, "repetitions", surveys[0], _rests(surveys[0], shown[0]))
    if counted.whose:
        mapping["sides"] = list(SIDES)
    if all(one.alternating for one in shown):
        mapping["alternating"] = True
    stays = all(_stays(of, one.span) for of, one in zip(surveys, shown, strict=True))
    if mapping["position"] == "standing" and stays:
        mapping["anchor"] = "mid.ankle"
    mapping["dose"] = _dose(surveys, shown)
    measures, position = {counted.key: counted.entry}, {}
    for one in (TRUNK,) if counted.whose else (TRUNK, THIGH):
        bounds = around(during_cycles(one, surveys, shown), one.limits, AROUND)
        if bounds is not None:
            measures.setdefault(one.key, one.entry)
            position[one.key] = list(bounds)
    checks = checks_of_repetitions(surveys, shown, counted)
    checks += reach_check(also_moving(surveys[0], shown[0]), bool(counted.whose))
    for check in checks:
        measures.setdefault(check.chosen.key, check.chosen.entry)
    mapping |= {"measures": measures, "poses": {"position": position} if position else {}}
    if checks:
        mapping["checks"] = {check.name: check.entry for check in checks}
    return mapping


def _with_poses(
    frame: Mapping[str, Any], counted: Chosen, motion: Motion, shares: tuple[float, float]
) -> dict[str, Any]:
    """The whole file, with so much of the way left at rest, and so much of it to be gone."""
    rest, turn = (round(motion.at(share)) for share in shares)
    limits = counted.limits
    start = [limits.low, rest] if motion.up else [rest, limits.high]
    work = [turn, limits.high] if motion.up else [limits.low, turn]
    poses = {"start": {counted.key: start}, "work": {counted.key: work}, "missed": "Go a little further"}
    hysteresis = max(1.0, min(4.0, abs(turn - rest) // 2.5))
    return {**frame, "hysteresis": hysteresis, "poses": {**frame["poses"], **poses}}


def _dose(surveys: Sequence[Survey], shown: Sequence[Repetitions]) -> dict[str, Any]:
    """As many on a side as were shown, held for as long."""
    dose: dict[str, Any] = {"reps": max(max(one.counts.values()) for one in shown)}
    held_s = _held_s(surveys, shown, _pooled(shown))
    if held_s >= HELD_FROM_S:
        dose["hold_s"] = [max(1, int(0.7 * held_s)), int(held_s)]
    return dose


def _how_well(
    mapping: Mapping[str, Any],
    spec_id: str,
    demonstrations: Sequence[Sequence[PoseSample]],
    shown: Sequence[Repetitions],
) -> tuple[float, int]:
    """The share of the recordings that are counted exactly, and the fewer faults in them the better."""
    spec, faults = examine(mapping, spec_id)
    if faults:
        return -1.0, 0
    reports = [coach_through(spec, samples) for samples in demonstrations]
    right = [
        _counts(spec, report) == _all_sides(spec, one) for report, one in zip(reports, shown, strict=True)
    ]
    return sum(right) / len(right), -sum(len(report.faults) for report in reports)


def _counts(spec: Spec, report: SessionReport) -> dict[str, int]:
    return {side: report.performed(side) for side in spec.sides or ("",)}


def _all_sides(spec: Spec, shown: Repetitions) -> dict[str, int]:
    return {side: shown.counts.get(side, 0) for side in spec.sides or ("",)}


def _stays(of: Survey, span: tuple[float, float]) -> bool:
    places = of.place[of.between(*span)]
    known = places[np.isfinite(places)]
    return len(known) > 0 and float(np.ptp(known)) <= STAYS


def _held_s(surveys: Sequence[Survey], shown: Sequence[Repetitions], motion: Motion) -> float:
    """How long the turn is usually kept, seconds."""
    kept = []
    near_turn = motion.at(0.85)
    for of, one in zip(surveys, shown, strict=True):
        for side, moved in one.motions.items():
            values = of.of(one.measure, side or of.near)
            for cycle in moved.cycles:
                part = of.between(cycle.start, cycle.end)
                there = values[part] >= near_turn if motion.up else values[part] <= near_turn
                steps = np.diff(of.t[part], append=of.t[part][-1])
                kept.append(float(steps[there].sum()))
    return float(np.median(kept))


def _rests(survey: Survey, shown: Repetitions) -> Indices:
    """The samples at which a repetition is about to begin, or has just ended."""
    cycles = [cycle for motion in shown.motions.values() for cycle in motion.cycles]
    times = [t for cycle in cycles for t in (cycle.left, cycle.back)]
    return np.minimum(np.searchsorted(survey.t, times), len(survey.t) - 1)


def _doubts_about_repetitions(surveys: Sequence[Survey], shown: Sequence[Repetitions]) -> list[str]:
    doubts, motion = doubts_about(surveys), _pooled(shown)
    sides = {side for one in shown for side in one.motions if side}
    if len(sides) == 1:
        doubts.append(
            f"Only the {sides.pop()} side was shown; it takes the other one to do the same. Where both sides "
            "always move together, delete sides, and write near for side."
        )
    if min(count for one in shown for count in one.counts.values()) < FEW:
        doubts.append("There are few repetitions to go by; show more of them for better bounds.")
    if motion.amount < 25.0:
        doubts.append(
            f"The movement is small, {motion.amount:.0f} degrees, and a camera is off by 5 to 7: look "
            "whether it counts somebody else as well."
        )
    return doubts
