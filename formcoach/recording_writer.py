"""Writing a session as it happens.

The file only ever grows at its end, and every half second is handed to the operating system: a
session that dies at any moment keeps all but its last second. Where somebody deletes it meanwhile, or its
folder, it is put there again.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from formcoach.actions import Action
from formcoach.errors import FormcoachError
from formcoach.landmarks import LANDMARK_COUNT, PoseSample
from formcoach.recording_format import Array, pack_item, pack_start, squeeze

FLUSH_S = 0.5
"""After this long, of the session's time or of the clock's, samples are handed over."""
_ROWS = 128  # samples held back at most, however fast they come

_OPTIONAL = ("world", "back", "room")
_SHAPES: dict[str, tuple[int, ...]] = {
    "xy": (LANDMARK_COUNT, 2),
    "visibility": (LANDMARK_COUNT,),
    "world": (LANDMARK_COUNT, 3),
    "room": (2,),
}


class RecordingWriter:
    """Writes a session to a new file as it happens; use it in a `with` block.

    It may be used from one thread at a time; a thread of its own hands over what has waited long enough.

    Args:
        path: where to; the folder is made where it is missing, a recording is never overwritten.
        header: what a reader should know: plain text, numbers, lists and mappings with text keys.

    Raises:
        FormcoachError: the file cannot be made; and later, from any method, it cannot be written.
        ValueError: the header holds something that is not plain.
    """

    def __init__(self, path: Path, header: Mapping[str, Any]) -> None:
        start = pack_start() + pack_item("header", header)
        self.path = path
        self._file = _create(path, start)
        self._size = self._empty = len(start)  # bytes known to be whole, and of a recording without samples
        self._rows: dict[str, Array] = {}
        self._absent: dict[str, list[int]] = {name: [] for name in _OPTIONAL}
        self._count = 0
        self._due = 0.0
        self._problem: FormcoachError | None = None
        self._closed = False
        self._changed = threading.Condition()
        self._watch = threading.Thread(target=self._hand_over_in_time, name="recording", daemon=True)
        self._watch.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
            return
        # The error under way matters more than one from here; without a footer the file says
        # itself that the session did not end as it should.
        with contextlib.suppress(FormcoachError):
            self._end(None)
        if self._size == self._empty:
            with contextlib.suppress(OSError):
                self.path.unlink()  # nothing was recorded

    def add(self, sample: PoseSample) -> None:
        """Append one sample.

        Raises:
            ValueError: an array is not float32 or of another shape than `PoseSample` says, or
                `back` changed its length.
        """
        given: dict[str, Array | None] = {
            "xy": sample.xy,
            "visibility": sample.visibility,
            "world": sample.world,
            "back": sample.back,
            "room": sample.room,
        }
        with self._changed:
            self._ready()
            self._check(given)
            row = self._count
            for name, number in (("t", sample.t), ("aspect", sample.aspect)):
                self._room(name, (), np.float64)[row] = number
            for name, values in given.items():
                if values is not None:
                    self._room(name, values.shape, np.float32)[row] = values
                elif name in _OPTIONAL:
                    self._absent[name].append(row)
            self._count += 1
            if row == 0:
                self._due = time.monotonic() + FLUSH_S
                self._changed.notify()
            if self._count == _ROWS or not sample.t - self._rows["t"][0] < FLUSH_S:
                self._flush()

    def act(self, action: Action) -> None:
        """Append something the person did; it is on its way to the disk when this returns."""
        with self._changed:
            self._ready()
            self._flush()
            self._write(pack_item("action", {"t": action.t, "name": action.name}))

    def close(self, footer: Mapping[str, Any] | None = None) -> None:
        """Write what is left and the footer, which marks the recording as complete.

        Closing it again does nothing.
        """
        self._end(pack_item("footer", footer or {}))

    def _end(self, last: bytes | None) -> None:
        with self._changed:
            if self._closed:
                return
            self._closed = True
            self._changed.notify()
        self._watch.join()
        try:
            if self._problem:
                raise self._problem
            self._flush()
            self._stay()
            if last is not None:
                self._write(last)
            os.fsync(self._file.fileno())
        except OSError as error:
            raise self._lost(error) from error
        finally:
            self._file.close()

    def _ready(self) -> None:
        if self._problem:
            raise self._problem
        if self._closed:
            raise ValueError("the recording is closed")

    def _check(self, given: Mapping[str, Array | None]) -> None:
        for name, values in given.items():
            if values is None and name in _OPTIONAL:
                continue
            if not isinstance(values, np.ndarray) or values.dtype != np.float32:
                raise ValueError(f"{name} must be an array of float32, not {values!r}")
            known = self._rows.get(name)
            shape = _SHAPES.get(name) or (values.size,)
            if values.shape != shape or (known is not None and known.shape[1:] != shape) or not values.size:
                raise ValueError(f"{name} of shape {values.shape} does not fit")

    def _room(self, name: str, shape: tuple[int, ...], dtype: type[np.floating[Any]]) -> Array:
        if name not in self._rows:
            self._rows[name] = np.full((_ROWS, *shape), np.nan, dtype)
        return self._rows[name]

    def _hand_over_in_time(self) -> None:
        """The thread: samples that came slowly, or stopped coming, must not wait for the next one."""
        with self._changed:
            while not self._closed:
                left = self._due - time.monotonic() if self._count else None
                if left is not None and left <= 0:
                    # What goes wrong here is kept, and raised by the next call from outside.
                    with contextlib.suppress(FormcoachError):
                        self._flush()
                else:
                    self._changed.wait(left)

    def _flush(self) -> None:
        count = self._count
        if not count:
            return
        here = {name: rows[:count] for name, rows in self._rows.items()}
        for name in _OPTIONAL:
            if len(self._absent[name]) == count:
                here.pop(name, None)
        wide = {name: here.pop(name) for name in ("t", "aspect")}
        absent = {name: rows for name, rows in self._absent.items() if name in here and rows}
        body = squeeze(wide, here, absent)
        for name in _OPTIONAL:
            self._absent[name] = []
            if name in self._rows:
                self._rows[name][:] = np.nan
        self._count = 0
        self._stay()
        self._write(pack_item("samples", body))

    def _stay(self) -> None:
        """Put the recording where it belongs if it was deleted: it is open still, with all that it holds."""
        if os.fstat(self._file.fileno()).st_nlink or self.path.exists():
            return
        with self._file as deleted:
            deleted.seek(0)
            data = deleted.readall()
            try:
                self._file = _create(self.path, data)
            except FormcoachError as error:
                self._problem = error
                raise
        self._size = len(data)

    def _write(self, data: bytes) -> None:
        try:
            _write_all(self._file, data)
        except OSError as error:
            with contextlib.suppress(OSError):
                self._file.truncate(self._size)
            self._problem = self._lost(error)
            raise self._problem from error
        self._size += len(data)

    def _lost(self, error: OSError) -> FormcoachError:
        return FormcoachError(
            f"The recording {self.path} could not be written any further ({_reason(error)}); "
            "what came before is kept."
        )


def _create(path: Path, start: bytes) -> Any:
    """A new file that begins with `start`, open to be gone on with."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _linked(path, start)
        except FileExistsError:
            raise
        except OSError:
            return _begun(path, start)  # as on a stick, or on Windows, which gives open files no other name
    except FileExistsError as error:
        if path.exists():
            raise FormcoachError(f"{path} exists already; give the new recording another name.") from error
        raise FormcoachError(f"{path.parent} is not a folder, so no recording can be kept in it.") from error
    except OSError as error:
        raise FormcoachError(
            f"The recording {path} cannot be written ({_reason(error)}); choose another folder."
        ) from error


def _linked(path: Path, start: bytes) -> Any:
    """The file has its beginning when it gets its name: so a kill leaves no recording without one."""
    part = path.with_name(f"{path.name}.{os.getpid()}{threading.get_ident()}.part")
    part.unlink(missing_ok=True)
    file = _begun(part, start)
    with _gone_if_it_fails(file, part):
        os.link(part, path)  # which never takes another's place
        part.unlink()
    return file


def _begun(path: Path, start: bytes) -> Any:
    file = path.open("x+b", buffering=0)
    with _gone_if_it_fails(file, path):
        _write_all(file, start)
    return file


@contextlib.contextmanager
def _gone_if_it_fails(file: Any, path: Path) -> Iterator[None]:
    """Leave no file behind that could not be begun."""
    try:
        yield
    except OSError:
        file.close()
        path.unlink(missing_ok=True)
        raise


def _write_all(file: Any, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
