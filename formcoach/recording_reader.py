"""Reading a recorded session back."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from formcoach.actions import ACTION_NAMES, Action
from formcoach.errors import FormcoachError
from formcoach.landmarks import LANDMARK_COUNT, FloatArray, PoseSample
from formcoach.recording_format import (
    NAME,
    VERSION,
    Array,
    Chunk,
    read_chunk,
    read_item,
    read_objects,
    unsqueeze,
)

_FIXED: dict[str, tuple[int, ...]] = {
    "t": (),
    "aspect": (),
    "xy": (LANDMARK_COUNT, 2),
    "visibility": (LANDMARK_COUNT,),
    "world": (LANDMARK_COUNT, 3),
    "room": (2,),
}
_NEEDED = ("t", "aspect", "xy", "visibility")
_OPTIONAL = ("world", "back", "room")
_DOUBLES = ("t", "aspect")

# An empty room at 60 pictures a second is squeezed to a hundredth. A small file that claims more than
# this is a trap for the memory, not a recording.
_ALLOWANCE = 48_000_000
_DENSEST = 128

_LATEST_S = 1e7  # a third of a year
_NARROWEST, _WIDEST = 0.02, 50.0  # pictures, by their width divided by their height


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """A session as it was recorded; its arrays cannot be changed.

    Attributes:
        header: what the writer was told about the session.
        footer: what it was told at the end, or None where the end is missing.
        damaged: one sentence about what could not be read, or empty.
        t: `(N,)` float64 seconds.
        xy, visibility: `(N, 33, 2)` and `(N, 33)` float32, as in `PoseSample`.
        world: `(N, 33, 3)` float32, NaN where a sample had none; None where no sample had any.
        back: `(N, n)` float32, likewise.
        aspect: `(N,)` float64.
        room: `(N, 2)` float32, likewise.
        has_world, has_back, has_room: `(N,)` bool, which samples had one.
        actions: what the person did, in order.
        action_rows: for each action, how many samples came before it.
    """

    header: Mapping[str, Any]
    footer: Mapping[str, Any] | None
    damaged: str
    t: npt.NDArray[np.float64]
    xy: FloatArray
    visibility: FloatArray
    world: FloatArray | None
    back: FloatArray | None
    aspect: npt.NDArray[np.float64]
    room: FloatArray | None
    has_world: npt.NDArray[np.bool_]
    has_back: npt.NDArray[np.bool_]
    has_room: npt.NDArray[np.bool_]
    actions: tuple[Action, ...]
    action_rows: tuple[int, ...]

    @property
    def complete(self) -> bool:
        """Whether the session was ended properly."""
        return self.footer is not None

    def stream(self) -> Iterator[PoseSample | Action]:
        """The samples and the actions in the order in which they came."""
        start = 0
        for action, row in zip(self.actions, self.action_rows, strict=True):
            yield from self._samples(start, row)
            yield action
            start = row
        yield from self._samples(start, len(self.t))

    def _samples(self, start: int, stop: int) -> Iterator[PoseSample]:
        here = slice(start, stop)
        yield from map(
            PoseSample,
            self.t[here].tolist(),
            self.xy[here],
            self.visibility[here],
            _rows(self.world, self.has_world, here),
            _rows(self.back, self.has_back, here),
            self.aspect[here].tolist(),
            _rows(self.room, self.has_room, here),
        )


def read_recording(path: Path) -> Recording:
    """Open a recording. One that was cut off or damaged gives all that is whole in it.

    Raises:
        FormcoachError: there is no recording, or nothing of it can be read.
    """
    found = _Found(path)
    try:
        if path.is_dir():
            raise FormcoachError(f"{path} is a folder; name one of the recordings in it.")
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if not size:
                raise FormcoachError(f"{path} is empty: nothing was recorded in it.")
            found.allowed = _ALLOWANCE + _DENSEST * size
            things = read_objects(file)
            start, end = next(things, (None, 0))
            _check_start(path, start)
            for thing, end in things:  # noqa: B007 - where the last whole one ends
                found.take(thing)
            found.torn = end < size
    except FileNotFoundError as error:
        raise FormcoachError(f"There is no recording {path}; check the name.") from error
    except OSError as error:
        raise FormcoachError(f"The recording {path} cannot be opened ({error.strerror}).") from error
    return found.recording()


def read_header(path: Path) -> Mapping[str, Any]:
    """What a recording says of itself, without reading what is in it.

    Raises:
        FormcoachError: there is no recording, or its header cannot be read.
    """
    try:
        with path.open("rb") as file:
            things = (thing for thing, _ in read_objects(file))
            _check_start(path, next(things, None))
            match read_item(next(things, None)):
                case ("header", body):
                    return body
    except OSError as error:
        raise FormcoachError(f"The recording {path} cannot be opened ({error.strerror}).") from error
    raise FormcoachError(f"{path} breaks off before its first sample; there is nothing to replay.")


def _check_start(path: Path, start: Any) -> None:
    match start:
        case [str(name), int(version), *_] if name == NAME and version >= 1:
            if version > VERSION:
                raise FormcoachError(
                    f"{path} was made by a newer formcoach (format {version}); update formcoach to open it."
                )
        case _:
            raise FormcoachError(f"{path} is not a recording made by formcoach.")


@dataclass(slots=True)
class _Found:
    """What has been read so far."""

    path: Path
    allowed: int = 0
    header: dict[str, Any] | None = None
    footer: dict[str, Any] | None = None
    chunks: list[Chunk] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    action_rows: list[int] = field(default_factory=list)
    count: int = 0
    back: tuple[int, ...] = ()
    lost: int = 0
    torn: bool = False

    def take(self, thing: Any) -> None:
        """Keep one object of the file; count it as lost where it is damaged."""
        match read_item(thing):
            case ("header", body) if self.header is None:
                self.header = body
            case ("samples", body) if (chunk := read_chunk(body)) and self._fits(chunk):
                self.chunks.append(chunk)
                self.count += chunk.count
            case ("action", {"t": float(t), "name": str(name)}) if name in ACTION_NAMES and math.isfinite(t):
                self.actions.append(Action(t, name))
                self.action_rows.append(self.count)
            case ("footer", body):
                self.footer = body
            case None | ("header" | "samples" | "action", _):
                self.lost += 1

    def _fits(self, chunk: Chunk) -> bool:
        """Whether the columns are those of samples; the size of the whole is checked on the way."""
        shapes = dict(chunk.wide) | dict(chunk.narrow)
        back = shapes.get("back", self.back)
        if (
            {name for name, _ in chunk.wide} != set(_DOUBLES)
            or any(name not in shapes for name in _NEEDED)
            or any(shapes.get(name, shape) != shape for name, shape in _FIXED.items())
            or ("back" in shapes and len(back) != 1)
            or (self.back and back != self.back)
        ):
            return False
        self.back = back
        self.allowed -= chunk.size
        if self.allowed < 0:
            raise FormcoachError(
                f"{self.path} claims to hold more than a recording of its size can; it was not opened."
            )
        return True

    def recording(self) -> Recording:
        """Everything as arrays."""
        if self.header is None:
            raise FormcoachError(
                f"{self.path} breaks off before its first sample; there is nothing to replay."
            )
        arrays = self._room()
        has = {name: np.zeros(self.count, np.bool_) for name in _OPTIONAL}
        start = 0
        for chunk in self.chunks:
            stop = start + chunk.count
            columns = unsqueeze(chunk)
            if columns is None:
                raise self._not_ours()
            for name in arrays.keys() & columns.keys():
                arrays[name][start:stop] = columns[name]
            for name in has.keys() & columns.keys():
                has[name][start:stop] = True
                for row in chunk.absent.get(name, ()):
                    has[name][start + row] = False
            start = stop
        if not _can_be(arrays["t"], arrays["aspect"]):
            raise self._not_ours()
        for array in (*arrays.values(), *has.values()):
            array.flags.writeable = False
        return Recording(
            header=self.header,
            footer=self.footer,
            damaged=self._damage(arrays["t"]),
            t=arrays["t"],
            xy=arrays["xy"],
            visibility=arrays["visibility"],
            world=arrays.get("world"),
            back=arrays.get("back"),
            aspect=arrays["aspect"],
            room=arrays.get("room"),
            has_world=has["world"],
            has_back=has["back"],
            has_room=has["room"],
            actions=tuple(self.actions),
            action_rows=tuple(self.action_rows),
        )

    def _not_ours(self) -> FormcoachError:
        return FormcoachError(f"{self.path} holds something that formcoach did not write; it was not opened.")

    def _room(self) -> dict[str, Array]:
        """An array for every column that some sample has."""
        there = {name for chunk in self.chunks for name, _ in chunk.narrow} | set(_NEEDED)
        shapes = _FIXED | {"back": self.back}
        return {
            name: np.full((self.count, *shape), np.nan, np.float64 if name in _DOUBLES else np.float32)
            for name, shape in shapes.items()
            if name in there
        }

    def _damage(self, t: npt.NDArray[np.float64]) -> str:
        faults = []
        if self.torn:
            faults.append(
                f"breaks off after {t[-1]:.1f} s" if self.count else "breaks off before its first sample"
            )
        if self.lost:
            faults.append(f"has {self.lost} damaged part{'s' * (self.lost > 1)}, left out here")
        return f"{self.path.name} {' and '.join(faults)}." if faults else ""


def _can_be(t: npt.NDArray[np.float64], aspect: npt.NDArray[np.float64]) -> bool:
    """Whether time goes on, and pictures have a shape; NaN is neither."""
    return bool(
        (np.abs(t) <= _LATEST_S).all()
        and (np.diff(t) >= 0).all()
        and ((aspect >= _NARROWEST) & (aspect <= _WIDEST)).all()
    )


def _rows(array: FloatArray | None, has: npt.NDArray[np.bool_], here: slice) -> Iterable[FloatArray | None]:
    """The rows of an optional column, None for the samples without one."""
    if array is None:
        return repeat(None, here.stop - here.start)
    if has[here].all():
        return array[here]
    return (row if there else None for row, there in zip(array[here], has[here].tolist(), strict=True))
