"""The trimmed model on the real one: less work, the same bits."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest

from formcoach import pose
from formcoach.model_trim import without_silhouette
from formcoach.pose import PoseReader
from puppet import perform
from puppet.drawing import frames

NETWORK = "pose_landmarks_detector.tflite"


def bundle(network, *, detector=b"the other one"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("pose_detector.tflite", detector)
        file.writestr(NETWORK, network)
    return out.getvalue()


def network_in(data):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        return file.read(NETWORK)


@pytest.mark.model
def test_the_silhouette_is_named_the_presence_and_nothing_else_changes(model_path):
    whole = model_path.read_bytes()
    trimmed = without_silhouette(whole)
    assert len(trimmed) == len(whole)
    before, after = (np.frombuffer(network_in(data), np.uint8) for data in (whole, trimmed))
    changed = np.flatnonzero(before != after)
    assert 1 <= len(changed) <= 4
    assert changed[-1] - changed[0] < 4  # the bytes of one number
    assert without_silhouette(trimmed) == trimmed


@pytest.mark.model
def test_samples_stay_bit_for_bit(model_path, monkeypatch):
    pictures = list(frames(perform("hip-hinge", reps=1, facing="right", fps=10), 360))[:20]
    with PoseReader(model_path) as trimmed, monkeypatch.context() as patch:
        patch.setattr(pose, "without_silhouette", lambda bundle: bundle)
        with PoseReader(model_path) as whole:
            for frame in pictures:
                a, b = whole.read(frame), trimmed.read(frame)
                assert a.someone
                for part in ("xy", "visibility", "world"):
                    assert getattr(a, part).tobytes() == getattr(b, part).tobytes()


@pytest.mark.parametrize("data", [b"", b"no zip", bytes(1000), b"PK\x05\x06" + bytes(18)])
def test_what_is_no_bundle_comes_back_as_it_is(data):
    assert without_silhouette(data) == data


@pytest.mark.parametrize(
    "network", [b"", b"short", bytes(100), b"\xff" * 100, bytes(range(256)) * 4, b"\x10\0\0\0TFL3" * 30]
)
def test_a_network_of_another_kind_stays_as_it_is(network):
    assert network_in(without_silhouette(bundle(network))) == network


@pytest.mark.model
def test_a_damaged_network_is_left_to_mediapipe(model_path):
    network = network_in(model_path.read_bytes())
    for end in (8, 100, 3000, len(network) // 2):
        data = bundle(network[:end])
        assert network_in(without_silhouette(data)) == network[:end]
