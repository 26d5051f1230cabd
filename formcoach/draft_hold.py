"""The draft of a hold: a box around the position that was kept, a wide one and a narrow one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from formcoach.draft_checks import STRAIGHT, checks_of_hold
from formcoach.draft_head import doubts_about, head
from formcoach.draft_measures import Chosen, Series, around, chosen
from formcoach.keeping import Kept
from formcoach.landmarks import SIDES, PoseSample
from formcoach.session import coach_through
from formcoach.spec_lint import examine
from formcoach.survey import CENTRAL, Survey

IN_FORM, AT_ALL = 12.0, 35.0
"""Degrees around a position that was kept, in which a hold's clock runs, and in which it is being done at
all: other bodies are that much different in it."""

OF_A_HOLD = ("trunk", "hip", "knee", "arm", "elbow")
"""What tells one kept position from another."""

SEEN = 0.7
"""The share of the time for which a measure must be seen to be used."""

APART = 30.0
"""Degrees by which left and right differ in a position that each side has of its own."""

MOST_OF_IT = 0.9
"""The share of the time of a hold that must be timed by its own draft."""

KNEE = chosen("knee", "")


def draft_hold(
    demonstrations: Sequence[Sequence[PoseSample]],
    surveys: Sequence[Survey],
    kept: Sequence[Kept],
    spec_id: str,
) -> tuple[dict[str, Any], list[str]]:
    """The draft of a hold: the spec file as a mapping, and what is unsure."""
    spans = [(one.start, one.end) for one in kept]
    told, leading = _apart(surveys[0], spans[0])
    posture = _posture(surveys, spans, leading)
    mapping = head(spec_id, "hold", surveys[0], np.arange(len(surveys[0].t))[surveys[0].between(*spans[0])])
    if leading:
        mapping["sides"] = list(SIDES)
    longest = max(one.length_s for one in kept)
    mapping["dose"] = {"hold_s": [max(1, int(0.7 * longest)), max(1, int(longest))]}
    mapping["measures"] = {one.key: one.entry for one, _ in posture}
    mapping["poses"] = {
        pose: {
            one.key: list(bounds)
            for one, values in posture
            if (bounds := around(values, one.limits, by)) is not None
        }
        for pose, by in (("position", AT_ALL), ("work", IN_FORM))
    }
    if not leading:
        _watch_both_knees(mapping, {one.key: values for one, values in posture})
    mapping["checks"] = {check.name: check.entry for check in checks_of_hold(posture)}
    doubts = doubts_about(surveys)
    if leading:
        doubts.append(
            f"It takes the position for one of each side, as left and right differ in the {told}. Where the "
            "position is always this one, delete sides, and write left and right for side and other."
        )
    if not _times_it(mapping, spec_id, demonstrations, kept):
        doubts.insert(
            0, "It does not time the recording as it looks: mend position and work before using it."
        )
    return mapping, doubts


def _times_it(
    mapping: Mapping[str, Any],
    spec_id: str,
    demonstrations: Sequence[Sequence[PoseSample]],
    kept: Sequence[Kept],
) -> bool:
    """Whether it is in form for as long as the position was kept, or longer."""
    spec, faults = examine(mapping, spec_id)
    if faults:
        return False
    held = [coach_through(spec, samples).hold_s for samples in demonstrations]
    return all(held_s >= MOST_OF_IT * one.length_s for held_s, one in zip(held, kept, strict=True))


def _watch_both_knees(mapping: dict[str, Any], posture: Mapping[str, Series]) -> None:
    """Where the legs are long, a bent knee on either side spoils the hold: it is no longer or not yet on."""
    if "knee" not in posture or np.nanmedian(posture["knee"]) < STRAIGHT:
        return
    far = {kind: [point.replace("near.", "far.") for point in points] for kind, points in KNEE.entry.items()}
    mapping["measures"] |= {"far_knee": far, "knees": {"smallest": ["knee", "far_knee"]}}
    mapping["poses"]["broken"] = {"knees": [0.0, mapping["poses"]["work"]["knee"][0]]}


def _apart(survey: Survey, span: tuple[float, float]) -> tuple[str, str]:
    """The measure in which the sides differ most, and the side with more of it; empty where they do not."""
    off: dict[str, float] = {}
    for name in OF_A_HOLD:
        if name in CENTRAL:
            continue
        left, right = (survey.of(name, side)[survey.between(*span)] for side in SIDES)
        if min(np.isfinite(left).mean(), np.isfinite(right).mean()) >= SEEN:
            off[name] = float(np.nanmedian(left) - np.nanmedian(right))
    name = max(off, key=lambda one: abs(off[one]), default="")
    if not name or abs(off[name]) < APART:
        return "", ""
    return name, SIDES[0] if off[name] > 0 else SIDES[1]


def _posture(
    surveys: Sequence[Survey], spans: Sequence[tuple[float, float]], leading: str
) -> list[tuple[Chosen, Series]]:
    """The measures of a position that was kept, with all their values; of both sides where these differ."""
    found = []
    for name in OF_A_HOLD:
        for whose in ("side", "other") if leading and name not in CENTRAL else ("",):
            one = chosen(name, whose)
            parts = []
            for survey, span in zip(surveys, spans, strict=True):
                side = _apart(survey, span)[1] if leading else ""
                parts.append(one.of(survey, side)[survey.between(*span)])
            values = np.concatenate(parts)
            if np.isfinite(values).mean() >= SEEN:
                found.append((one, values))
    return found
