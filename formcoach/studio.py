"""The studio behind its page: recordings lying open, a desk with the exercise, and what its edits do."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from formcoach.bounds import Value
from formcoach.errors import FormcoachError
from formcoach.label_file import label_path, write_labels
from formcoach.labels import Labels, labels_of
from formcoach.legible import printable
from formcoach.outcome import Outcome
from formcoach.recording import SUFFIX
from formcoach.spec import Spec
from formcoach.spec_file import find_spec
from formcoach.studio_bench import Bench
from formcoach.studio_file import open_spec
from formcoach.studio_shelf import Shelf, Shelved, labels_beside_all
from formcoach.studio_view import Json, Looked, outcomes_as_json, value_in_words
from formcoach.tuning_desk import Desk
from formcoach.whatif import reads_alike

OPENED_S = 3600.0
"""So much is opened by itself, the newest first; the rest is opened by hand."""


PATIENCE_S = 0.3
"""So long an answer waits for recordings; those that take longer are told in the next."""


class Studio:
    """One studio.

    Args:
        shelf: the recordings that may be opened.
        spec_path: the file of the exercise.
        bench: where they lie open.
        choices: by id the names of the exercises that may be tuned in place of it.
    """

    def __init__(
        self, shelf: Shelf, spec_path: Path, bench: Bench, choices: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self.everything = shelf
        self.choices = choices
        self.bench = bench
        self._opening = ""
        self._one_by_one = asyncio.Lock()
        self._looked_at = ""
        self._counted: tuple[Spec, Spec] | None = None
        self._faults: dict[str, str] = {}
        self._filling: asyncio.Task[None] | None = None
        self._set_up(spec_path)

    # ---- opening -------------------------------------------------------------------------------

    def _set_up(self, spec_path: Path) -> None:
        self.file = open_spec(spec_path)
        self.shelf = self.everything.of(self.file.id)
        labels, self._label_faults = labels_beside_all(self.shelf)
        self.desk = Desk(self.file.id, *self.file.mappings(), labels)
        self.name = self.desk.judged().spec.name
        self.page = secrets.token_hex(8)

    def begin(self, exercise: str = "") -> None:
        """Begin anew from what is saved, for a page that was opened: what was not saved is gone.

        Args:
            exercise: the id of another one to tune from now on; empty for the same.

        Raises:
            FormcoachError: there is none of this id among the recordings, or its file cannot be opened.
        """
        before = self.desk.saved_spec()
        if exercise in ("", self.file.id):
            self._set_up(self.file.target if self.file.target.exists() else self.file.path)
        elif exercise in self.choices:
            self._set_up(find_spec(exercise))
        else:
            raise FormcoachError(f"No recording here shows {exercise}; start the studio with one that does.")
        if not reads_alike(before, self.desk.saved_spec()):
            self.close()
            self.bench.forget()
            self._looked_at = ""
            self._faults = {}
        if not self.busy:
            self._filling = asyncio.get_running_loop().create_task(self._fill())

    async def _fill(self) -> None:
        """Open recordings, the newest first, until there is enough to judge by."""
        for one in self.shelf:
            if one.fault or one.name in self.bench.opened:
                continue
            if sum(opened.lasted for opened in self.bench.opened.values()) > OPENED_S:
                break
            await self.open(one.name)

    async def open(self, name: str) -> None:
        """Open one recording; why it cannot be opened is told beside it.

        Raises:
            FormcoachError: it is not on the shelf.
        """
        one = self.shelf[name]
        if one.fault:
            return
        async with self._one_by_one:
            self._opening = name
            try:
                await self.bench.open(name, one.path, self.desk.saved_spec())
            except FormcoachError as error:
                self._faults[name] = str(error)
            finally:
                self._opening = ""

    @property
    def busy(self) -> bool:
        """Whether recordings are still being opened."""
        return bool(self._opening) or (self._filling is not None and not self._filling.done())

    def save(self) -> str:
        """Write what is not saved, and say in a sentence what was written where.

        Raises:
            FormcoachError: the exercise has faults, or something cannot be written; what was written
                until then is saved.
        """
        draft = self.desk.draft
        said = []
        if self.desk.edits:
            kept = self.file.save(draft.values)
            self.desk.mark_saved(replace(self.desk.saved, values=draft.values))
            said.append(f"{self.file.target} is saved; what stood there is kept in {kept.name}.")
        for name in self.desk.relabelled:
            recording = self.shelf[name].path
            path = label_path(recording)
            labels = draft.labels.get(name, Labels(recording.name, self.desk.spec_id))
            write_labels(path, labels)
            self.desk.mark_saved(replace(self.desk.saved, labels={**self.desk.saved.labels, name: labels}))
            said.append(f"{path} is saved.")
        return " ".join(said)

    def label(self, name: str, data: object, about: str) -> None:
        """Put labels in place of those that a recording has in the draft.

        Args:
            name: of the recording.
            data: the labels as plain data.
            about: what was done, in words.

        Raises:
            FormcoachError: they have faults, or those beside the recording cannot be read and would be lost.
        """
        one = self.shelf[name]
        if one.routine:
            raise FormcoachError(f"{name} shows a whole routine; label a recording of one exercise.")
        if name in self._label_faults:
            raise FormcoachError(f"{self._label_faults[name]} Mend that file before you label here.")
        faults: list[str] = []
        labels = labels_of(data, "", faults, one.path.name)
        if faults:
            raise FormcoachError(f"These labels cannot be: {faults[0]}; mark them anew.")
        self.desk.label(name, replace(labels, file=one.path.name), about)

    # ---- what the page asks for ----------------------------------------------------------------

    async def attempt(self, values: Mapping[str, Value] | None = None) -> tuple[list[Json], Json | None]:
        """What the draft does to the open recordings, with some values tried on.

        They are only counted at first: who asks again for the same has them judged too.

        Returns:
            The faults of such an exercise; and its outcome, None where it has faults. `waiting` in that says
            for how many recordings it is not known yet: ask again.
        """
        judged = self.desk.judged(values)
        faults: list[Json] = [{"address": address, "words": words} for address, words in judged.faults]
        if faults:
            return faults, None
        names = [one.name for one in self.shelf if one.name in self.bench.opened]
        before, after = self.desk.saved_spec(), judged.spec
        names.sort(key=lambda name: name != self._looked_at)  # what the person sees comes first
        tallies = await self.bench.count(names, before, after, PATIENCE_S)
        outcomes: Mapping[str, Outcome] = {}
        if self._counted != (before, after):
            self.bench.leave_trials()  # of what was tried before
            self._counted = (before, after) if len(tallies) == len(names) else None
        else:
            outcomes = await self.bench.attempt(names, before, after, PATIENCE_S)
        return [], outcomes_as_json([one.name for one in self.shelf if one.name in names], tallies, outcomes)

    async def look(self, name: str) -> Looked:
        """One recording as the draft has it; as what is saved has it where the draft has faults.

        Raises:
            FormcoachError: it is not on the shelf, or cannot be opened.
        """
        one = self.shelf[name]
        if one.name not in self.bench.opened:
            await self.open(name)
        if one.name not in self.bench.opened:
            raise FormcoachError(one.fault or self._faults[name])
        self._looked_at = name
        judged = self.desk.judged()
        sound: Spec = self.desk.saved_spec() if judged.faults else judged.spec
        labels = self.desk.draft.labels.get(name)
        return await self.bench.look(name, one.path.name, sound, judged.spec, labels)

    def facts(self) -> Json:
        """What the page says of its exercise."""
        return {
            "page": self.page,
            "exercise": self.name,
            "id": self.file.id,
            "choices": dict(self.choices) if self.file.id in self.choices else {},
            "file": str(self.file.path),
            "target": str(self.file.target),
            "stock": self.file.is_stock,
        }

    def close(self) -> None:
        """Open no more."""
        if self._filling is not None:
            self._filling.cancel()
            self._filling = None

    async def state(self) -> Json:
        """Everything that the page shows beside the recording that it looks at."""
        busy = self.busy  # before it is asked what is open
        faults, outcome = await self.attempt()
        desk = self.desk
        return {
            "page": self.page,
            "busy": busy,
            "recordings": [self._listed(one) for one in self.shelf],
            "edits": [
                {
                    "address": edit.address,
                    "before": value_in_words(edit.before),
                    "after": value_in_words(edit.after),
                }
                for edit in desk.edits
            ],
            "relabelled": [str(label_path(self.shelf[name].path)) for name in desk.relabelled],
            "unsaved": desk.unsaved,
            "mine": self.file.target.exists(),
            "undoes": desk.undoes,
            "redoes": desk.redoes,
            "faults": faults,
            "outcome": outcome,
        }

    def _listed(self, one: Shelved) -> Json:
        opened = self.bench.opened.get(one.name)
        return {
            "name": one.name,
            "title": printable(one.name.removesuffix(SUFFIX)),
            "created": printable(one.created[:16].replace("T", " ")),
            "fault": one.fault or self._faults.get(one.name, ""),
            "opening": one.name == self._opening,
            "open": opened is not None,
            "lasted": None if opened is None else opened.lasted,
            "damaged": "" if opened is None else opened.damaged,
            "true": self._true(one.name),
            "label_fault": self._label_faults.get(one.name, ""),
        }

    def _true(self, name: str) -> int | None:
        """How many repetitions are labelled in a recording; None where none are."""
        labels = self.desk.draft.labels.get(name)
        return None if labels is None or labels.repetitions is None else len(labels.repetitions)
