"""The bundle: what MediaPipe's own readers of the formats find in it."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile

import pytest

from formcoach.model_bundle import DETECTOR, LANDMARKER, describe_input, is_bundle, is_packed, pack
from small_models import SMALL_DETECTOR, SMALL_LANDMARKER, network, use_small_networks


@pytest.fixture
def bundle(monkeypatch):
    use_small_networks(monkeypatch)
    return pack(SMALL_DETECTOR, SMALL_LANDMARKER)


def opened(data):
    """A network as the classes see it that TensorFlow's schema generates."""
    schema = pytest.importorskip("mediapipe.tasks.metadata.schema_py_generated")
    assert data[4:8] == b"TFL3"
    return schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(data, 0))


def test_a_network_says_how_its_input_is_scaled():
    meanings = pytest.importorskip("mediapipe.tasks.metadata.metadata_schema_py_generated")
    model = opened(describe_input(network("a net"), mean=2.5, deviation=255.0))
    note = model.metadata[-1]
    assert note.name == b"TFLITE_METADATA"
    data = bytes(model.buffers[note.buffer].data)
    assert data[4:8] == b"M001"
    meaning = meanings.ModelMetadataT.InitFromObj(meanings.ModelMetadata.GetRootAsModelMetadata(data, 0))
    (tensor,) = meaning.subgraphMetadata[0].inputTensorMetadata
    (unit,) = tensor.processUnits
    assert unit.optionsType == meanings.ProcessUnitOptions.NormalizationOptions
    assert (list(unit.options.mean), list(unit.options.std)) == ([2.5], [255.0])


@pytest.mark.parametrize("text", ["a net", "another network", "x" * 100])
def test_everything_else_in_the_network_stays(text):
    before, after = opened(network(text)), opened(describe_input(network(text), mean=0.0, deviation=255.0))
    assert (after.version, after.description) == (before.version, before.description) == (3, text.encode())
    assert [graph.name for graph in after.subgraphs] == [graph.name for graph in before.subgraphs]
    assert [note.name for note in after.metadata[:-1]] == [note.name for note in before.metadata]
    assert after.metadata[0].buffer == 1
    assert bytes(after.buffers[1].data) == text.encode() * 7
    assert len(after.buffers) == len(before.buffers) + 1


@pytest.mark.parametrize("length", range(16))
def test_the_network_is_left_as_it_is_at_a_multiple_of_16_bytes(length):
    data = network("n" * length)
    described = describe_input(data, mean=0.0, deviation=255.0)
    place = described.index(data)
    assert place % 16 == 0
    assert described[place + len(data) :] == bytes(-len(data) % 16)


def test_a_bundle_is_an_uncompressed_zip_with_aligned_networks(bundle):
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        assert archive.namelist() == [DETECTOR.name, LANDMARKER.name]
        assert archive.read(DETECTOR.name) == SMALL_DETECTOR
        for entry in archive.infolist():
            assert entry.compress_type == zipfile.ZIP_STORED
            name, extra = struct.unpack_from("<HH", bundle, entry.header_offset + 26)
            assert (entry.header_offset + 30 + name + extra) % 16 == 0


def test_the_same_networks_give_the_same_bytes(bundle):
    assert pack(SMALL_DETECTOR, SMALL_LANDMARKER) == bundle


def test_a_bundle_is_known_again(bundle):
    assert is_bundle(bundle)
    assert is_packed(bundle)


def test_every_damaged_byte_is_noticed(bundle):
    for place in range(len(bundle)):
        damaged = bytearray(bundle)
        damaged[place] ^= 1 << place % 8
        assert not is_packed(bytes(damaged)), place
        is_bundle(bytes(damaged))


@pytest.mark.parametrize("length", [0, 3, 30, 200, 400, -1])
def test_a_part_of_a_bundle_is_none(bundle, length):
    assert not is_bundle(bundle[:length])
    assert not is_packed(bundle[:length])


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04 and no more"])
def test_other_bytes_are_no_bundle(data):
    assert not is_bundle(data)
    assert not is_packed(data)


def test_other_networks_make_a_bundle_but_not_the_packed_one(bundle):
    other = pack(network("another"), network("other"))
    assert is_bundle(other)
    assert not is_packed(other)


def test_a_zip_of_something_else_is_no_bundle():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(DETECTOR.name, b"not a network at all")
        archive.writestr(LANDMARKER.name, b"nor is this")
    assert not is_bundle(out.getvalue())


@pytest.mark.model
def test_the_real_networks_give_the_same_bundle_everywhere(model_path):
    data = model_path.read_bytes()
    if not is_packed(data):
        pytest.skip("the model at hand came from Google, ready packed")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        networks = [archive.read(network.name)[-network.size :] for network in (DETECTOR, LANDMARKER)]
    again = pack(*networks)
    assert again == data
    assert hashlib.sha256(again).hexdigest() == (
        "60aa836b9a178cdf7b6894abfefab63671ff39a5074b36c5b36a1d549cfe3059"
    )
