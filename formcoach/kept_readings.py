"""Keeps what was read of a recording: to judge it again takes a fraction of the time then.

Readings lie in the cache folder as plain arrays, under a name that is made of the recording, of what the
exercise measures and of the code that reads. What does not fit is read anew and says nothing: a cache may be
deleted, damaged or written by another version at any time.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import struct
import tokenize
import zipfile
import zlib
from collections.abc import Hashable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from formcoach.actions import Action
from formcoach.errors import FormcoachError
from formcoach.files import cache_folder, write_bytes
from formcoach.framing import Framing
from formcoach.recorded import stream_for
from formcoach.recording import Recording, read_recording
from formcoach.spec import Spec
from formcoach.whatif import Readings, Words, read_by, readings_of

LEAST = 3000
"""Samples: a shorter recording is read again as soon as its readings are found."""

MOST_BYTES = 500_000_000
"""So much is kept; what was not used for longest goes first."""

READ_BY = (
    *("actions", "back", "body", "follower", "framing", "geometry", "identity", "kept_readings"),
    *("landmarks", "latest", "leaning", "level", "measures", "orientation", "readers"),
    *("reading", "sides", "spec", "tremble", "whatif"),
)
"""The modules that have a part in reading: where one of them has changed, everything is read anew."""

SUFFIX = ".readings"

# What reading such a file may raise when it is damaged or none at all.
_FAULTS = (
    *(OSError, EOFError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RuntimeError),
    *(SyntaxError, tokenize.TokenError, MemoryError, zipfile.BadZipFile, zlib.error, struct.error),
)
T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Read:
    """A recording, read.

    Attributes:
        readings: what was read, as `formcoach.whatif.readings_of` gives it.
        damaged: one sentence about what could not be read, or empty.
    """

    readings: Readings
    damaged: str


def read(path: Path, spec: Spec) -> Read:
    """Read a recording for an exercise, or find what was read of it before.

    Raises:
        FormcoachError: there is no recording, or nothing of it can be read.
    """
    return _load(_place(path, spec), spec) or of(read_recording(path), path, spec)


def of(recording: Recording, path: Path, spec: Spec) -> Read:
    """The same of a recording that is open already."""
    place = _place(path, spec)
    if (found := _load(place, spec)) is not None:
        return found
    found = Read(readings_of(stream_for(recording, path, spec), spec), recording.damaged)
    if len(found.readings) < LEAST or "routine" in recording.header:
        return found  # where in a routine an exercise is on, the whole coach decides
    _keep(place, path, found)
    return found


def _place(path: Path, spec: Spec) -> Path:
    """Where the readings of a recording are kept; a file that is not there has a place, too."""
    mark = hashlib.blake2b(repr(read_by(spec)).encode(), digest_size=16, key=_code())
    with suppress(OSError), path.open("rb") as file:
        while piece := file.read(1 << 20):
            mark.update(piece)
    return cache_folder() / "readings" / (mark.hexdigest() + SUFFIX)


@cache
def _code() -> bytes:
    """A mark of the code that reads."""
    here = Path(__file__).parent
    return hashlib.blake2b(b"".join((here / f"{name}.py").read_bytes() for name in READ_BY)).digest()


def _load(place: Path, spec: Spec) -> Read | None:
    try:
        with place.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            found = _unpacked(dict(arrays), spec)
        os.utime(place)
    except _FAULTS:
        return None
    return found


def _keep(place: Path, path: Path, read: Read) -> None:
    """Keep what was read, if that can be; and let go of what is too old, or of recordings that are gone."""
    packed = io.BytesIO()
    arrays = {"path": np.array(str(path.resolve())), **_packed(read)}
    np.savez(packed, allow_pickle=False, **arrays)
    with suppress(OSError, FormcoachError):
        place.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(place, packed.getvalue())
        _tidy(place.parent)


def _tidy(folder: Path) -> None:
    left = MOST_BYTES
    for place in sorted(folder.glob(f"*{SUFFIX}"), key=lambda one: one.stat().st_mtime, reverse=True):
        left -= place.stat().st_size
        if left < 0 or not _is_wanted(place):
            place.unlink(missing_ok=True)


def _is_wanted(place: Path) -> bool:
    """Whether the recording is still where it was: who deletes it wants this gone, too."""
    try:
        with place.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return Path(str(arrays["path"])).exists()
    except _FAULTS:
        return False


def _packed(read: Read) -> dict[str, npt.NDArray[Any]]:
    readings = read.readings
    words, words_at = _one_of_each(readings.words)
    framings, framings_at = _one_of_each([_frozen(one) for one in readings.framings])
    said = {
        "damaged": read.damaged,
        "names": readings.names,
        "words": words,
        "framings": framings,
        "actions": [(before, action.t, action.name) for before, action in readings.actions],
    }
    sides = range(len(readings.measures))
    return {
        "numbers": np.stack([readings.t, readings.span, readings.roll, readings.bright]),
        "there": np.stack([readings.someone, readings.new]),
        "words_at": words_at,
        "framings_at": framings_at,
        "said": np.array(json.dumps(said)),
        **{f"measures{side}": readings.measures[side] for side in sides},
        **{f"places{side}": readings.places[side] for side in sides},
    }


def _unpacked(arrays: dict[str, npt.NDArray[Any]], spec: Spec) -> Read:
    said = json.loads(str(arrays["said"]))
    words = [Words(*one) for one in said["words"]]
    framings = [None if one is None else _thawed(one) for one in said["framings"]]
    t, span, roll, bright = arrays["numbers"]
    someone, new = arrays["there"]
    sides = range(len(spec.sides or ("",)))
    readings = Readings(
        spec,
        t,
        span,
        roll,
        bright,
        someone,
        new,
        tuple(said["names"]),
        tuple(arrays[f"measures{side}"] for side in sides),
        tuple(arrays[f"places{side}"] for side in sides),
        [words[at] for at in arrays["words_at"].tolist()],
        [framings[at] for at in arrays["framings_at"].tolist()],
        [(before, Action(at, name)) for before, at, name in said["actions"]],
    )
    return Read(readings, str(said["damaged"]))


def _one_of_each(many: Iterable[T]) -> tuple[list[T], npt.NDArray[np.uint32]]:
    """What there is, and for each of many which of that it is: an hour has only a handful."""
    known: dict[T, int] = {}
    at = np.array([known.setdefault(one, len(known)) for one in many], np.uint32)
    return list(known), at


def _frozen(framing: Framing | None) -> tuple[object, ...] | None:
    return None if framing is None else framing.key


def _thawed(frozen: Sequence[Any]) -> Framing:
    outside, where, hidden, chest = frozen
    return Framing(tuple(outside), where, {name: tuple(landmarks) for name, landmarks in hidden}, chest)
