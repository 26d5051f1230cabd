"""Networks of a few hundred bytes in TensorFlow Lite's format, and a wheel that holds them."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import flatbuffers

from formcoach import model_bundle, model_wheel
from formcoach.model_bundle import Network


def network(text: str) -> bytes:
    """A model with a description, a graph's name, two buffers and one note."""
    builder = flatbuffers.Builder(256)
    name = builder.CreateString(f"graph of {text}")
    builder.StartObject(5)
    builder.PrependUOffsetTRelativeSlot(4, name, 0)
    graphs = _list(builder, builder.EndObject())
    data = builder.CreateByteVector(text.encode() * 7)
    builder.StartObject(1)
    empty = builder.EndObject()
    builder.StartObject(1)
    builder.PrependUOffsetTRelativeSlot(0, data, 0)
    buffers = _list(builder, empty, builder.EndObject())
    note_name = builder.CreateString("min_runtime_version")
    builder.StartObject(2)
    builder.PrependUOffsetTRelativeSlot(0, note_name, 0)
    builder.PrependUint32Slot(1, 1, 0)
    notes = _list(builder, builder.EndObject())
    description = builder.CreateString(text)
    builder.StartObject(8)
    builder.PrependUint32Slot(0, 3, 0)
    builder.PrependUOffsetTRelativeSlot(2, graphs, 0)
    builder.PrependUOffsetTRelativeSlot(3, description, 0)
    builder.PrependUOffsetTRelativeSlot(4, buffers, 0)
    builder.PrependUOffsetTRelativeSlot(6, notes, 0)
    builder.Finish(builder.EndObject(), b"TFL3")
    return bytes(builder.Output())


def _list(builder, *offsets):
    builder.StartVector(4, len(offsets), 4)
    for offset in reversed(offsets):
        builder.PrependUOffsetTRelative(offset)
    return builder.EndVector()


SMALL_DETECTOR = network("the detector")
# Padded as the real one is, whose length is a multiple of 16.
SMALL_LANDMARKER = network("the landmarker") + bytes(-len(network("the landmarker")) % 16)


def use_small_networks(monkeypatch) -> None:
    """Let the small networks count as the ones that Google published."""
    for constant, data in (("DETECTOR", SMALL_DETECTOR), ("LANDMARKER", SMALL_LANDMARKER)):
        real = getattr(model_bundle, constant)
        small = Network(real.name, len(data), hashlib.sha256(data).hexdigest())
        monkeypatch.setitem(model_wheel._PLACES, small, model_wheel._PLACES[real])
        monkeypatch.setattr(model_bundle, constant, small)
        monkeypatch.setattr(model_wheel, constant, small)


def make_wheel(folder: Path, detector: bytes = SMALL_DETECTOR, landmarker: bytes = SMALL_LANDMARKER) -> Path:
    """A wheel like mediapipe 0.10.21's, with these networks."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "mediapipe-0.10.21-cp311-cp311-manylinux_2_28_x86_64.whl"
    info = "mediapipe-0.10.21.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("mediapipe/modules/pose_detection/pose_detection.tflite", detector)
        wheel.writestr("mediapipe/modules/pose_landmark/pose_landmark_full.tflite", landmarker)
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: mediapipe\nVersion: 0.10.21\n")
        wheel.writestr(
            f"{info}/WHEEL",
            "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp311-cp311-manylinux_2_28_x86_64\n",
        )
        wheel.writestr(f"{info}/RECORD", "")
    return path
