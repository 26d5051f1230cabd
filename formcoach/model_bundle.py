"""A pose model bundle: an uncompressed zip of two networks that MediaPipe's tasks read.

`pack` makes the *full* model's bundle from the two networks as Google ships them inside a Python
wheel. It adds a description of the landmark network's input, without which MediaPipe refuses it,
and leaves every byte of both networks as it is.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import flatbuffers
from flatbuffers.number_types import Uint32Flags
from flatbuffers.table import Table

_ALIGNMENT = 16  # TensorFlow Lite copies a network that does not lie on a multiple of this, and warns
_FLATBUFFER_ID = slice(4, 8)
# What reading a zip may raise when it is damaged or none at all.
DAMAGED_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    KeyError,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class Network:
    """One network of the full model: its name in a bundle, its size in bytes and its SHA-256."""

    name: str
    size: int
    sha256: str

    def is_whole(self, data: bytes) -> bool:
        """Whether these bytes are the network."""
        return hashlib.sha256(data).hexdigest() == self.sha256


# Taken from the wheel mediapipe 0.10.21, whose own SHA-256 on the index is
# 05dc4a9e593655a79558d05d6227d31018c2537a4bd3362b51e230cf22aecfe3.
DETECTOR = Network(
    "pose_detector.tflite",
    2_959_046,
    "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
)
LANDMARKER = Network(
    "pose_landmarks_detector.tflite",
    6_440_512,
    "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
)


def is_bundle(data: bytes) -> bool:
    """Whether these bytes are a pose model bundle of any size: the right two networks, undamaged."""
    return all(network[_FLATBUFFER_ID] == b"TFL3" for network in _networks(data))


def is_packed(data: bytes) -> bool:
    """Whether these bytes are the bundle as `pack` makes it, to the last one."""
    detector, landmarker = _networks(data)
    detector, landmarker = detector[-DETECTOR.size :], landmarker[-LANDMARKER.size :]
    whole = DETECTOR.is_whole(detector) and LANDMARKER.is_whole(landmarker)
    return whole and pack(detector, landmarker) == data


def _networks(data: bytes) -> tuple[bytes, bytes]:
    """The detector and the landmarker in a bundle; empty where it is damaged or no bundle.

    Nothing in a bundle is compressed, so that none can be larger inside than it is itself.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as bundle:  # reading checks each entry's CRC
            entries = [bundle.getinfo(network.name) for network in (DETECTOR, LANDMARKER)]
            if any(entry.compress_type != zipfile.ZIP_STORED for entry in entries):
                return b"", b""
            return bundle.read(entries[0]), bundle.read(entries[1])
    except DAMAGED_ZIP:
        return b"", b""


def pack(detector: bytes, landmarker: bytes) -> bytes:
    """An uncompressed zip of the two networks, each on a multiple of 16 bytes.

    The detector brings the description of its input along; the landmarker's has to be added:
    colours from 0 to 255 become 0 to 1 (mean 0, deviation 255).
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as bundle:
        for name, data in (
            (DETECTOR.name, detector),
            (LANDMARKER.name, describe_input(landmarker, mean=0.0, deviation=255.0)),
        ):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3  # the same bytes on Windows, too
            entry.external_attr = 0o644 << 16
            header = out.tell() + 30 + len(name) + 6
            padding = -header % _ALIGNMENT
            entry.extra = struct.pack("<HHH", 0xD935, 2 + padding, _ALIGNMENT) + bytes(padding)
            bundle.writestr(entry, data)
    return out.getvalue()


def describe_input(network: bytes, mean: float, deviation: float) -> bytes:
    """A TensorFlow Lite network that says how its picture is to be scaled.

    A FlatBuffer refers forwards only, so a new root, new lists and the description are put in
    front, and every byte of the network stays as it is behind them. Field numbers are those of
    TensorFlow Lite's `schema.fbs` (Model: 0 version, 1 operator codes, 2 subgraphs,
    3 description, 4 buffers, 6 metadata, 7 signatures; Buffer: 0 data; Metadata: 0 name,
    1 buffer).
    """
    tail = network + bytes(-len(network) % _ALIGNMENT)
    old = Table(bytearray(network), int.from_bytes(network[:4], "little"))
    builder = flatbuffers.Builder(len(tail) + 65_536)
    builder.Prep(_ALIGNMENT, len(tail))
    builder.CreateByteVector(tail)  # first in, so its end is the end, from where offsets count

    description = builder.CreateByteVector(_input_metadata(mean, deviation))
    buffer = _table(builder, {0: description})
    buffers = [len(tail) - at for at in _items(old, 4)] + [buffer]
    name = builder.CreateString("TFLITE_METADATA")
    builder.StartObject(2)
    builder.PrependUOffsetTRelativeSlot(0, name, 0)
    builder.PrependUint32Slot(1, len(buffers) - 1, 0)
    notes = [len(tail) - at for at in _items(old, 6)] + [builder.EndObject()]
    fields = {field: len(tail) - at for field in (1, 2, 3, 7) if (at := _target(old, field))}
    fields |= {4: _vector(builder, buffers), 6: _vector(builder, notes)}

    builder.StartObject(8)
    builder.PrependUint32Slot(0, old.Get(Uint32Flags, old.Pos + old.Offset(4)), 0)
    for field, offset in fields.items():
        builder.PrependUOffsetTRelativeSlot(field, offset, 0)
    builder.Finish(builder.EndObject(), b"TFL3")
    return bytes(builder.Output())


def _input_metadata(mean: float, deviation: float) -> bytes:
    """TFLite's `ModelMetadata` with one input and its normalisation (`metadata_schema.fbs`)."""
    builder = flatbuffers.Builder(256)
    numbers = []
    for number in (mean, deviation):
        builder.StartVector(4, 1, 4)
        builder.PrependFloat32(number)
        numbers.append(builder.EndVector())
    options = _table(builder, {0: numbers[0], 1: numbers[1]})
    builder.StartObject(2)
    builder.PrependUint8Slot(0, 1, 0)  # ProcessUnit.options is a NormalizationOptions
    builder.PrependUOffsetTRelativeSlot(1, options, 0)
    unit = builder.EndObject()
    tensor = _table(builder, {4: _vector(builder, [unit])})  # TensorMetadata.process_units
    graph = _table(builder, {2: _vector(builder, [tensor])})  # SubGraphMetadata.input_tensor_metadata
    root = _table(builder, {3: _vector(builder, [graph])})  # ModelMetadata.subgraph_metadata
    builder.Finish(root, b"M001")
    return bytes(builder.Output())


def _table(builder: flatbuffers.Builder, fields: dict[int, int]) -> int:
    builder.StartObject(max(fields) + 1)
    for field, offset in fields.items():
        builder.PrependUOffsetTRelativeSlot(field, offset, 0)
    return int(builder.EndObject())


def _vector(builder: flatbuffers.Builder, offsets: Sequence[int]) -> int:
    builder.StartVector(4, len(offsets), 4)
    for offset in reversed(offsets):
        builder.PrependUOffsetTRelative(offset)
    return int(builder.EndVector())


def _target(table: Table, field: int) -> int:
    """Where the thing a field refers to begins; 0 when the field is not set."""
    offset = table.Offset(4 + 2 * field)
    return int(table.Indirect(table.Pos + offset)) if offset else 0


def _items(table: Table, field: int) -> list[int]:
    """Where the tables in a field's list begin."""
    offset = table.Offset(4 + 2 * field)
    if not offset:
        return []
    start = table.Vector(offset)
    return [int(table.Indirect(start + 4 * number)) for number in range(table.VectorLen(offset))]
