"""A person's own range and neutral from their labelled recordings, as `calibrate` finds them in one set."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from formcoach.calibration import FEWEST, LEAST_S, furthest
from formcoach.personal import Personal
from formcoach.pieces import Judged, Take, pieces_of, watch
from formcoach.pose_evidence import of_poses
from formcoach.spec import Spec
from formcoach.whatif import judge


def personal_of_takes(spec: Spec, takes: Sequence[Take], date: str) -> Personal | None:
    """What recordings of one person tell.

    Args:
        spec: with nothing personal in it.
        takes: the person's; of repetitions those that are labelled count, of holds what is good.
        date: year-month-day.

    Returns:
        As far as the person gets, or of a hold how they hold; None where too little is labelled.
    """
    if spec.kind == "hold":
        neutral = _held(spec, takes)
        return Personal(date, neutral) if neutral else None
    reach = _reached(spec, [Judged(take, judge(take.readings, spec)) for take in takes])
    return Personal(date, reach=reach) if reach else None


def _reached(spec: Spec, judged: Sequence[Judged]) -> dict[str, float]:
    """As far as labelled repetitions went into the work position, by measure."""
    work = spec.poses.get("work", {})
    values = {
        one.measure: [seen.value for seen in one.inside]
        for one in of_poses(spec, judged)
        if one.address == f"poses.work.{one.measure}"
    }
    return {name: furthest(work[name], seen) for name, seen in values.items() if len(seen) >= FEWEST}


def _held(spec: Spec, takes: Sequence[Take]) -> dict[str, float]:
    """The middle of each judged measure in what is good; nothing of less than `LEAST_S`."""
    watched = [watch(take, spec) for take in takes]
    good = [(one, piece) for one in watched for piece in pieces_of(one) if piece.good]
    if sum(piece.end - piece.start for _, piece in good) < LEAST_S:
        return {}
    found: dict[str, float] = {}
    for name in {check.measure for check in spec.checks.values()}:
        values = [at.values[name] for one, piece in good for at in one.during(piece)]
        if seen := [value for value in values if value == value]:
            found[name] = median(seen)
    return found
