"""The desk at which an exercise is tuned by hand: what was changed, what of it is saved, and the way back.

A desk is no screen and no file. It takes the exercise's file as `tomllib` gives it, and holds drafts: each an
exercise with some bounds moved, and the labels of some recordings. Every edit adds a draft, undo and redo go
between them, and saving marks one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from formcoach.bounds import Bound, Value, bounds_of, value_at, with_values
from formcoach.errors import FormcoachError
from formcoach.labels import Labels
from formcoach.spec import Range, Spec
from formcoach.spec_lint import examine
from formcoach.spec_lint.variant import lay_over

DIGITS = 4
"""Decimals of a bound; more are the noise of halves and tenths."""

MOST_DRAFTS = 500
"""So many steps back are kept; older ones are forgotten."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One state of the work.

    Attributes:
        values: by address in the file, the values that differ from it.
        labels: by recording, those that were made or changed here.
        about: what the edit that led here was, in words.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    labels: Mapping[str, Labels] = field(default_factory=dict)
    about: str = ""

    def same_as(self, other: Draft) -> bool:
        """Whether both would save the same."""
        return self.values == other.values and self.labels == other.labels


@dataclass(frozen=True, slots=True)
class Edit:
    """One value that differs from what is saved: where, of what, and both values."""

    address: str
    before: Value | None
    after: Value | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A draft's exercise, and what is wrong with it.

    Attributes:
        spec: sound only if there are no faults.
        faults: by address, in sentences.
    """

    spec: Spec
    faults: tuple[tuple[str, str], ...]


class Desk:
    """The work on one exercise since it was opened.

    Args:
        spec_id: the exercise's id.
        own: its file, as `tomllib` gives it.
        base: the file of the exercise that it is based on, where it is a variant.
        labels: of the recordings, as they are saved.
    """

    def __init__(
        self,
        spec_id: str,
        own: Mapping[str, object],
        base: Mapping[str, object] | None = None,
        labels: Mapping[str, Labels] | None = None,
    ) -> None:
        self.spec_id = spec_id
        self._file = own if base is None else lay_over(base, own)[0]
        self._drafts = [Draft(labels=dict(labels or {}))]
        self._at = 0
        self._saved = self._drafts[0]

    # ---- what there is -------------------------------------------------------------------------

    @property
    def draft(self) -> Draft:
        """The draft that is on."""
        return self._drafts[self._at]

    @property
    def saved(self) -> Draft:
        """What is saved."""
        return self._saved

    @property
    def unsaved(self) -> bool:
        """Whether closing now would lose anything."""
        return not self.draft.same_as(self._saved)

    @property
    def undoes(self) -> str:
        """What undo would take back, in words; empty where there is nothing."""
        return self.draft.about if self._at else ""

    @property
    def redoes(self) -> str:
        """What redo would do again, in words; empty where there is nothing."""
        return self._drafts[self._at + 1].about if self._at + 1 < len(self._drafts) else ""

    @property
    def edits(self) -> list[Edit]:
        """Each value that differs from what is saved, in the order of the file."""
        places = dict.fromkeys((*self._saved.values, *self.draft.values))
        found = (Edit(at, self._value(self._saved, at), self._value(self.draft, at)) for at in places)
        return [edit for edit in found if edit.before != edit.after]

    @property
    def relabelled(self) -> list[str]:
        """The recordings whose labels differ from what is saved."""
        names = dict.fromkeys((*self._saved.labels, *self.draft.labels))
        return [name for name in names if self._saved.labels.get(name) != self.draft.labels.get(name)]

    def judged(self, values: Mapping[str, Value] | None = None) -> Judged:
        """The exercise of the draft with some values tried on, and its faults."""
        return self._judge({**self.draft.values, **(values or {})})

    def saved_spec(self) -> Spec:
        """The exercise as it is saved."""
        return self._judge(self._saved.values).spec

    def bounds(self) -> list[Bound]:
        """All its bounds as they are now."""
        return bounds_of(self.judged().spec)

    def bound(self, address: str) -> Bound:
        """One bound.

        Raises:
            FormcoachError: there is none at this address.
        """
        for one in self.bounds():
            if one.address == address:
                return one
        raise FormcoachError(f"There is no bound {address} in {self.spec_id}; open the page again.")

    # ---- what is done --------------------------------------------------------------------------

    def values_for(
        self, address: str, low: float | None, high: float | None, tolerance: float | None = None
    ) -> dict[str, Value]:
        """What moving a bound writes, by address.

        Args:
            address: of the bound.
            low, high: its new ends; None for an end that is open.
            tolerance: its new tolerance; None leaves it.

        Raises:
            FormcoachError: there is no such bound, or it has no tolerance.
        """
        one = self.bound(address)
        there = Range(-math.inf if low is None else low, math.inf if high is None else high)
        values: dict[str, Value] = {address: _tidy(there)}
        if tolerance is not None:
            if one.tolerance is None:
                raise FormcoachError(f"{address} has no tolerance; move its bounds instead.")
            values[one.tolerance_address] = round(tolerance, DIGITS)
        return values

    def move(self, values: Mapping[str, Value], about: str) -> None:
        """Change some values; a step that undo takes back. What is as in the file already changes nothing."""
        merged = {**self.draft.values, **values}
        kept = {at: value for at, value in merged.items() if value != value_at(self._file, at)}
        self._push(replace(self.draft, values=kept, about=about))

    def label(self, recording: str, labels: Labels, about: str) -> None:
        """Put the labels of a recording in place of what there was; a step that undo takes back."""
        self._push(replace(self.draft, labels={**self.draft.labels, recording: labels}, about=about))

    def back_to_saved(self) -> None:
        """Take back everything that is not saved, in one step that undo takes back."""
        self._push(replace(self._saved, about="Everything back as it was saved"))

    def undo(self) -> None:
        """Go one step back, if there is one."""
        self._at = max(0, self._at - 1)

    def redo(self) -> None:
        """Go one step on again, if there is one."""
        self._at = min(len(self._drafts) - 1, self._at + 1)

    def mark_saved(self, draft: Draft) -> None:
        """Take a draft for what is saved now."""
        self._saved = draft

    # ---- within --------------------------------------------------------------------------------

    def _push(self, draft: Draft) -> None:
        if draft.same_as(self.draft):
            return
        self._drafts = [*self._drafts[: self._at + 1], draft][-MOST_DRAFTS:]
        self._at = len(self._drafts) - 1

    def _judge(self, values: Mapping[str, Value]) -> Judged:
        spec, faults = examine(with_values(self._file, values), self.spec_id)
        split = (fault.partition(": ") for fault in faults)
        return Judged(spec, tuple((address, sentence) for address, _, sentence in split))

    def _value(self, draft: Draft, address: str) -> Value | None:
        return draft.values.get(address, value_at(self._file, address))


def _tidy(bounds: Range) -> Range:
    return Range(round(bounds.low, DIGITS), round(bounds.high, DIGITS))
