"""The bytes of a recording: items that check themselves, and tables of numbers squeezed small.

A recording is a row of MessagePack objects. It only ever grows at its end, and any MessagePack
library can read it:

1. `["formcoach recording", 1]`: what it is, and the version of this layout;
2. `["header", crc, bytes]`: how and when it was made;
3. any number of `["samples", crc, bytes]` and `["action", crc, bytes]`, in the order of events;
4. `["footer", crc, bytes]`, once it was finished properly.

`bytes` is MessagePack of a mapping, and `crc` the CRC-32 (that of zlib and PNG) of the kind followed
by `bytes`: an item that was torn or has rotted is noticed and left out, and the ones around it stay
readable. Items of a kind that is not known are passed over.

The mapping of a `samples` item holds `count` rows of several columns, zlib-compressed in `data`:

- `wide`: `[[name, shape], …]` of the float64 columns. Their values, column after column, with
  first all the lowest bytes, then all the second-lowest, … of each of the eight.
- `narrow`: likewise the float32 columns, laid side by side into one table with a line for each
  row. Each line but the first is kept as its difference to the line before, both read as
  little-endian unsigned integers; the difference, read as signed, becomes `2d` or `-2d - 1`, so
  that small steps have zeros in their high bytes. Then by byte, by place in the line, by line.
- `absent`: for a column that some rows do not have, the numbers of those rows.

Nothing is rounded: every bit comes back. On real sessions the two low bytes of a difference are
pure noise, so a sample of 808 bytes needs about 520; no general compressor gets far below that.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import msgpack
import numpy as np
import numpy.typing as npt

NAME = "formcoach recording"
VERSION = 1

MAX_ROWS = 4096
"""Rows of one `samples` item; the writer makes far fewer."""
_MAX_ITEM = 8_000_000  # bytes of one item; a header holds a spec of a few thousand
_MAX_CELLS = 4096  # numbers in one row
_LIMITS = {
    "max_bin_len": _MAX_ITEM,
    "max_str_len": _MAX_ITEM,
    "max_ext_len": 64,
    "max_array_len": 10_000,
    "max_map_len": 10_000,
}

Array = npt.NDArray[Any]
Columns = Mapping[str, Array]
Layout = tuple[tuple[str, tuple[int, ...]], ...]
"""The name of each column and the shape of one row in it."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A `samples` item, checked but still squeezed.

    Attributes:
        count: how many rows.
        wide, narrow: the float64 and the float32 columns.
        absent: for some columns the numbers of the rows without a value.
        data: the numbers, compressed.
    """

    count: int
    wide: Layout
    narrow: Layout
    absent: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    data: bytes = b""

    @property
    def size(self) -> int:
        """Bytes of its numbers when unsqueezed."""
        return self.count * (8 * _cells(self.wide) + 4 * _cells(self.narrow))


def pack_item(kind: str, body: Mapping[str, Any]) -> bytes:
    """One item of a recording.

    Raises:
        ValueError: `body` holds something other than mappings with text keys, sequences, text,
            bytes, numbers, booleans and None, or is far too big.
    """
    try:
        packed: bytes = msgpack.packb(body)
        msgpack.unpackb(packed, **_LIMITS)  # what could not be read again is refused now
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"a recording cannot hold this {kind}: {error}") from error
    item: bytes = msgpack.packb([kind, _checksum(kind, packed), packed])
    if len(item) > _MAX_ITEM:
        raise ValueError(f"a recording cannot hold a {kind} of {len(item)} bytes")
    return item


def pack_start() -> bytes:
    """The first object of a recording: what it is and in which version."""
    start: bytes = msgpack.packb([NAME, VERSION])
    return start


def read_objects(file: BinaryIO) -> Iterator[tuple[Any, int]]:
    """The MessagePack objects of a file, each with the place where it ends.

    It stops before the first that is cut short or makes no sense.
    """
    unpacker = msgpack.Unpacker(file, read_size=1 << 18, max_buffer_size=_MAX_ITEM, **_LIMITS)
    try:
        for thing in unpacker:
            yield thing, unpacker.tell()
    except (ValueError, msgpack.UnpackException):
        return


def read_item(thing: Any) -> tuple[str, dict[str, Any]] | None:
    """The kind and the mapping of one object of a recording, or None where it is damaged."""
    match thing:
        case [str(kind), int(crc), bytes(packed)] if _checksum(kind, packed) == crc:
            try:
                body = msgpack.unpackb(packed, **_LIMITS)
            except ValueError:
                return None
            return (kind, body) if isinstance(body, dict) else None
    return None


def squeeze(wide: Columns, narrow: Columns, absent: Mapping[str, Sequence[int]]) -> dict[str, Any]:
    """The mapping of a `samples` item.

    Args:
        wide: float64 columns; in each, a row for every sample.
        narrow: float32 columns, likewise; at least one.
        absent: for some of the columns the rows that have no value.
    """
    count = len(next(iter(narrow.values())))
    doubles = np.concatenate([column.ravel() for column in wide.values()]).astype("<f8", copy=False)
    table = np.concatenate([column.reshape(count, -1) for column in narrow.values()], axis=1)
    bits = table.astype("<f4", copy=False).view("<u4")
    steps = bits.copy()
    steps[1:] -= bits[:-1]
    signed = steps.view("<i4")
    folded = (signed << 1) ^ (signed >> 31)
    raw = (
        doubles.view(np.uint8).reshape(-1, 8).T.tobytes()
        + folded.view(np.uint8).reshape(count, -1, 4).transpose(2, 1, 0).tobytes()
    )
    return {
        "count": count,
        "wide": [[name, column.shape[1:]] for name, column in wide.items()],
        "narrow": [[name, column.shape[1:]] for name, column in narrow.items()],
        "absent": {name: list(rows) for name, rows in absent.items()},
        "data": zlib.compress(raw, 6),
    }


def read_chunk(body: Mapping[str, Any]) -> Chunk | None:
    """The checked description of a `samples` item, or None where it cannot be true."""
    match body:
        case {
            "count": int(count),
            "wide": list(wide),
            "narrow": list(narrow),
            "absent": dict(absent),
            "data": bytes(data),
        } if 1 <= count <= MAX_ROWS:
            try:
                missing = {str(name): tuple(map(int, rows)) for name, rows in absent.items()}
                chunk = Chunk(count, _layout(wide), _layout(narrow), missing, data)
            except (TypeError, ValueError):
                return None
            rows = [row for numbers in missing.values() for row in numbers]
            sound = all(0 <= row < count for row in rows) and len(rows) <= count * len(missing)
            return chunk if sound else None
    return None


def unsqueeze(chunk: Chunk) -> dict[str, Array] | None:
    """The columns of a chunk, each with a row for every sample, or None where they are damaged."""
    count = chunk.count
    opened = zlib.decompressobj()
    try:
        # One byte more than expected is enough to notice a bomb, and is all that it gets.
        raw = opened.decompress(chunk.data, chunk.size + 1)
    except zlib.error:
        return None
    if len(raw) != chunk.size or not opened.eof:
        return None
    split = 8 * count * _cells(chunk.wide)
    doubles = np.ascontiguousarray(np.frombuffer(raw, np.uint8, split).reshape(8, -1).T).view("<f8")
    planes = np.frombuffer(raw, np.uint8, offset=split).reshape(4, -1, count)
    folded = np.ascontiguousarray(planes.transpose(2, 1, 0)).view("<u4")[..., 0]
    steps = (folded >> 1) ^ (-(folded & 1).view("<i4")).view("<u4")
    table = np.add.accumulate(steps, axis=0, dtype=np.uint32).astype("<u4", copy=False).view("<f4")
    columns: dict[str, Array] = {}
    at = 0
    for name, shape in chunk.wide:
        cells = count * math.prod(shape)
        columns[name] = doubles.ravel()[at : at + cells].reshape(count, *shape)
        at += cells
    at = 0
    for name, shape in chunk.narrow:
        cells = math.prod(shape)
        columns[name] = table[:, at : at + cells].reshape(count, *shape)
        at += cells
    return columns


def _checksum(kind: str, packed: bytes) -> int:
    return zlib.crc32(packed, zlib.crc32(kind.encode()))


def _layout(described: list[Any]) -> Layout:
    """The columns as an item describes them; ValueError or TypeError where that is nonsense."""
    layout = tuple((str(name), tuple(int(side) for side in shape)) for name, shape in described)
    if any(side < 1 for _, shape in layout for side in shape) or _cells(layout) > _MAX_CELLS:
        raise ValueError("a column of an impossible shape")
    return layout


def _cells(layout: Layout) -> int:
    return sum(math.prod(shape) for _, shape in layout)
