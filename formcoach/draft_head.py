"""What every draft has: the head of the file, and what is unsure whatever was shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from formcoach.landmarks import OTHER_SIDE
from formcoach.placing import position_of
from formcoach.spec import Position
from formcoach.survey import Series, Survey

Indices = npt.NDArray[np.int_]


def head(spec_id: str, kind: str, survey: Survey, resting: Indices) -> dict[str, Any]:
    """The head of a spec file; `resting` are the samples that tell in which position somebody is."""
    name = spec_id.replace("-", " ").replace("_", " ")
    return {
        "format": 1,
        "name": name[:1].upper() + name[1:],
        "about": "Drafted from a recording. Say here in a few sentences how it is done.",
        "source": "A recording of our own",
        "kind": kind,
        "camera": survey.view,
        "position": _position(survey, resting),
    }


def _position(survey: Survey, part: Indices) -> Position:
    sides = (survey.near, OTHER_SIDE[survey.near])
    middle = {
        name: (_usual(survey.of(name, sides[0])[part]), _usual(survey.of(name, sides[1])[part]))
        for name in ("trunk", "thigh", "shank", "arm")
    }
    return position_of(middle, _usual(survey.face[part]), survey.view)


def _usual(values: Series) -> float:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if len(known) else np.nan


def doubts_about(surveys: Sequence[Survey]) -> list[str]:
    """What is unsure whatever was shown, a sentence each."""
    doubts = ["All bounds are from what this person did that day; others may need wider ones."]
    if any(one.view == "any" for one in surveys):
        doubts.append(
            "The camera looked from between front and side, where angles look smaller than they are."
        )
    doubts.append("Whether the back is rounded it does not judge: that needs a measure of the kind bow.")
    return doubts
