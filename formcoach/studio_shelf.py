"""The recordings that a studio may open: those named, and those in the folders named. Nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from formcoach.errors import FormcoachError
from formcoach.label_file import labels_beside
from formcoach.labels import Labels
from formcoach.recorded import exercises_in
from formcoach.recording import SUFFIX, read_header


@dataclass(frozen=True, slots=True)
class Shelved:
    """One recording on the shelf.

    Attributes:
        name: what it is called in the studio, unlike any other.
        path: its file.
        exercises: the ids of what it shows; none where it does not say.
        routine: whether it shows a whole routine.
        created: when it was recorded, as it says itself; or empty.
        fault: why it cannot be opened, in a sentence; or empty.
        size: of the file, bytes.
        named: whether it was named itself, not only its folder.
    """

    name: str
    path: Path
    exercises: tuple[str, ...]
    routine: bool
    created: str
    fault: str
    size: int
    named: bool


class Shelf:
    """Recordings by name; a name that is not on the shelf opens nothing, whatever it looks like."""

    def __init__(self, found: Iterable[Shelved]) -> None:
        self._found = {one.name: one for one in found}

    def __iter__(self) -> Iterator[Shelved]:
        return iter(self._found.values())

    def __getitem__(self, name: str) -> Shelved:
        """One recording.

        Raises:
            FormcoachError: it is none of those named, and in none of the folders named.
        """
        if name not in self._found:
            raise FormcoachError(
                f"{name} is not among the recordings that this studio was opened with; name it or its folder."
            )
        return self._found[name]

    def of(self, exercise: str) -> Shelf:
        """Those of one exercise, and those that were named themselves, whatever they say to show."""
        return Shelf(one for one in self if one.named or exercise in one.exercises)

    @property
    def exercises(self) -> list[str]:
        """The exercises that they show, that of the newest first."""
        newest = sorted(self, key=lambda one: one.created, reverse=True)
        return list(dict.fromkeys(chain.from_iterable(one.exercises for one in newest)))


def stock_shelf(places: Sequence[Path]) -> Shelf:
    """Put on the shelf what files and folders hold, the newest first.

    Args:
        places: recordings, and folders with recordings in them, at any depth.

    Raises:
        FormcoachError: a place is not there, or nothing at all was found.
    """
    found: dict[Path, str] = {}
    named: set[Path] = set()
    for place in places:
        if place.is_dir():
            for path in _within(place):
                found.setdefault(path, _called(path.relative_to(place.resolve()).as_posix(), place, found))
        elif place.is_file():
            found.setdefault(place.resolve(), _called(place.name, place.parent, found))
            named.add(place.resolve())
        else:
            raise FormcoachError(f"There is no recording or folder {place}; check the name.")
    if not found:
        looked = ", ".join(map(str, places))
        raise FormcoachError(f"No recording (.fcr) is in {looked}; make one with 'formcoach live --record'.")
    shelved = [_shelved(path, name, path in named) for path, name in found.items()]
    return Shelf(sorted(shelved, key=lambda one: (one.created, one.name), reverse=True))


def labels_beside_all(shelf: Shelf) -> tuple[dict[str, Labels], dict[str, str]]:
    """The labels that lie beside recordings, by the recording's name; and why some cannot be read."""
    found: dict[str, Labels] = {}
    faults: dict[str, str] = {}
    for one in shelf:
        if one.routine:
            continue
        try:
            beside = labels_beside(one.path)
        except FormcoachError as error:
            faults[one.name] = str(error)
            continue
        labels = None if beside is None else beside.of(one.path)
        if labels is not None:
            found[one.name] = labels
    return found, faults


def _within(folder: Path) -> Iterator[Path]:
    """The recordings in a folder; a link that leads out of it is passed over."""
    inside = folder.resolve()
    for path in sorted(inside.rglob(f"*{SUFFIX}")):
        resolved = path.resolve()
        if resolved.is_relative_to(inside) and resolved.is_file():
            yield resolved


def _called(name: str, folder: Path, taken: dict[Path, str]) -> str:
    """A name that none has yet: with its folder's before it, or a number after it, where it must be."""
    known = set(taken.values())
    longer = f"{folder.resolve().name}/{name}"
    names = [name, longer, *(f"{longer} ({number})" for number in range(2, len(known) + 3))]
    return next(one for one in names if one not in known)


def _shelved(path: Path, name: str, named: bool) -> Shelved:
    size = path.stat().st_size
    try:
        header = read_header(path)
        exercises = exercises_in(header, path)
    except FormcoachError as error:
        return Shelved(name, path, (), False, "", str(error), size, named)
    created = str(header.get("created", ""))
    return Shelved(name, path, exercises, "routine" in header, created, "", size, named)
