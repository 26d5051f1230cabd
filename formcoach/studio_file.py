"""The file of the exercise that a studio tunes: what was read, where it is saved, and saving it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from formcoach.bounds import Value
from formcoach.errors import FormcoachError, SpecError
from formcoach.spec_edit import edit_text, own_path, write_spec
from formcoach.spec_file import find_spec, parse_spec, parse_toml, stock_folder, text_of


@dataclass(slots=True)
class SpecFile:
    """A file of an exercise.

    Attributes:
        path: what was read.
        target: what is written: itself, or one's own file where formcoach brings the exercise.
        text: as it was read, which edits are made to.
        standing: as it stands in `target` now, as far as is known here.
    """

    path: Path
    target: Path
    text: str
    standing: str

    @property
    def id(self) -> str:
        """The exercise's."""
        return self.path.stem

    @property
    def is_stock(self) -> bool:
        """Whether formcoach brings it, so that saving makes a file of one's own."""
        return self.path != self.target

    def mappings(self) -> tuple[dict[str, object], dict[str, object] | None]:
        """The file as `tomllib` gives it, and that of the exercise that it is based on, if it is."""
        own = parse_toml(self.text, self.path.name)
        base_id = own.get("based_on")
        return own, parse_toml(text_of(find_spec(base_id)), base_id) if isinstance(base_id, str) else None

    def save(self, values: Mapping[str, Value]) -> Path:
        """Write it with other values, whole or not at all.

        Args:
            values: by address, all that differ from what was read.

        Returns:
            The file in which the old text is kept.

        Raises:
            SpecError: it would have faults.
            FormcoachError: somebody else has changed it meanwhile, or it cannot be written.
        """
        edited = edit_text(self.text, self.path.name, values)
        if self._stands() != self.standing:
            raise FormcoachError(
                f"{self.target} was changed by another program meanwhile, so it was not saved; reload the "
                "page to begin from what is there now."
            )
        kept = write_spec(self.target, edited, self.standing)
        self.standing = edited
        return kept

    def _stands(self) -> str:
        if self.target == self.path or self.target.exists():
            return text_of(self.target)
        return self.text


def open_spec(path: Path) -> SpecFile:
    """Open the file of an exercise.

    Raises:
        FormcoachError: it cannot be read, has faults, or is one that formcoach brings and there is one of
            one's own already.
    """
    text = text_of(path)
    try:
        parse_spec(text, path.name)
    except SpecError as error:
        raise FormcoachError(
            f"{error.faults[0]}. The studio opens files without faults only; "
            f"'formcoach specs --check {path}' names them all."
        ) from None
    if not path.resolve().is_relative_to(stock_folder().resolve()):
        return SpecFile(path, path, text, text)
    target = own_path(path.stem)
    if target.exists():
        raise FormcoachError(
            f"You have a file of your own for {path.stem}, {target}; open it with --exercise {path.stem}."
        )
    return SpecFile(path, target, text, text)
