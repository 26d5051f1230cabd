"""A demonstration becomes a draft of a spec: what moves, from where to where, and what keeps still.

The draft is a spec file as a mapping, so the linter reads it as it reads any other; and it is tried on the
demonstration before it is given out. `formcoach.draft_text` writes it as a person would.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from formcoach.demonstration import Repetitions, what_was_shown
from formcoach.draft_hold import draft_hold
from formcoach.draft_repetitions import draft_repetitions
from formcoach.errors import FormcoachError
from formcoach.keeping import Kept
from formcoach.landmarks import PoseSample
from formcoach.survey import take_survey


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft, and how it came about.

    Attributes:
        mapping: the spec file, as `tomllib` would give it.
        shown: what was made out in each demonstration.
        unsure: what to look at, a sentence each.
    """

    mapping: Mapping[str, Any]
    shown: tuple[Repetitions | Kept, ...]
    unsure: tuple[str, ...]


def draft(demonstrations: Sequence[Sequence[PoseSample]], spec_id: str) -> Draft:
    """Make a draft of what one or several recordings show.

    Args:
        demonstrations: the samples of each.
        spec_id: the name of the file to be, without `.toml`.

    Raises:
        FormcoachError: nothing can be made out in one of them, or they show different things.
    """
    surveys = [take_survey(samples) for samples in demonstrations]
    repeated: list[Repetitions] = []
    kept: list[Kept] = []
    for number, survey in enumerate(surveys, 1):
        one = what_was_shown(survey)
        if one is None:
            raise FormcoachError(
                f"In recording {number} nothing comes twice, and no position is kept for 3 seconds; show two "
                "repetitions or more, or hold the position for longer."
            )
        if isinstance(one, Kept):
            kept.append(one)
        else:
            repeated.append(one)
    if repeated and kept:
        raise FormcoachError("One recording shows repetitions and another one a hold; draft them one by one.")
    if kept:
        mapping, unsure = draft_hold(demonstrations, surveys, kept, spec_id)
        return Draft(mapping, tuple(kept), tuple(unsure))
    mapping, shown, unsure = draft_repetitions(demonstrations, surveys, repeated, spec_id)
    return Draft(mapping, shown, tuple(unsure))
