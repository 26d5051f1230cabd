"""Fetching the wheel with real pip and uv, from a folder that stands in for a package index."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import zipfile

import pytest

from formcoach import model_wheel
from formcoach.model_bundle import pack
from formcoach.model_wheel import NoWheelError, fetch_bundle, tools_at_hand
from small_models import SMALL_DETECTOR, SMALL_LANDMARKER, make_wheel, network, use_small_networks


@pytest.fixture
def index(tmp_path, monkeypatch):
    """An index with nothing else in it, for pip and uv alike."""
    use_small_networks(monkeypatch)
    folder = tmp_path / "index"
    folder.mkdir()
    for tool in ("PIP", "UV"):
        monkeypatch.setenv(f"{tool}_NO_INDEX", "1")
        monkeypatch.setenv(f"{tool}_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("UV_NO_CONFIG", "1")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "uv"))
    return folder


def only(monkeypatch, name, command):
    monkeypatch.setattr(model_wheel, "_tools", lambda: iter([(name, command)]))


def pip(folder):
    model_wheel._pip([sys.executable, "-m", "pip"], folder)


@pytest.mark.skipif(not importlib.util.find_spec("pip"), reason="this environment has no pip")
def test_pip_fetches_the_wheel_for_another_machine(index, monkeypatch):
    make_wheel(index)
    only(monkeypatch, "pip", pip)
    said = []
    assert fetch_bundle(said.append) == pack(SMALL_DETECTOR, SMALL_LANDMARKER)
    assert said == ["Fetching mediapipe==0.10.21 (36 MB) from your Python package index with pip …"]


@pytest.mark.skipif(not shutil.which("uv"), reason="uv is not installed")
def test_uv_fetches_the_wheel_for_another_machine(index, monkeypatch):
    make_wheel(index)
    only(monkeypatch, "uv", lambda folder: model_wheel._uv("uv", folder))
    assert fetch_bundle(lambda line: None) == pack(SMALL_DETECTOR, SMALL_LANDMARKER)


@pytest.mark.skipif(not importlib.util.find_spec("pip"), reason="this environment has no pip")
def test_an_index_without_the_wheel_says_so(index, monkeypatch):
    only(monkeypatch, "pip", pip)
    said = []
    with pytest.raises(NoWheelError):
        fetch_bundle(said.append)
    assert "No matching distribution found for mediapipe==0.10.21" in said[-1]
    assert said[-1].startswith("pip could not fetch it: ")


def leave(wheel):
    """A tool that puts this wheel there."""
    return lambda folder: shutil.copy(wheel, folder)


def test_another_file_under_the_name_is_refused(index, monkeypatch):
    wheel = make_wheel(index, landmarker=network("somebody else's"))
    only(monkeypatch, "a tool", leave(wheel))
    said = []
    with pytest.raises(NoWheelError):
        fetch_bundle(said.append)
    assert said[-1].endswith("pose_landmark_full.tflite is not the file that Google published")


@pytest.mark.parametrize("contents", [b"no wheel at all", b""])
def test_a_broken_wheel_is_refused(index, monkeypatch, contents):
    wheel = index / "mediapipe-0.10.21-any.whl"
    wheel.write_bytes(contents)
    only(monkeypatch, "a tool", leave(wheel))
    said = []
    with pytest.raises(NoWheelError):
        fetch_bundle(said.append)
    assert "holds no mediapipe/modules/pose_detection/pose_detection.tflite" in said[-1]


def test_what_one_tool_cannot_another_may(index, monkeypatch):
    wheel = make_wheel(index)

    def unpack(folder):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)

    tools = [
        ("first", lambda folder: model_wheel._run(sys.executable, "-c", "import sys; sys.exit('no luck')")),
        ("second", lambda folder: model_wheel._run("no-such-program")),
        ("third", unpack),
    ]
    monkeypatch.setattr(model_wheel, "_tools", lambda: iter(tools))
    said = []
    assert fetch_bundle(said.append) == pack(SMALL_DETECTOR, SMALL_LANDMARKER)
    assert said[1] == "first could not fetch it: no luck"
    assert said[3].startswith("second could not fetch it: ")
    assert len(said) == 5


@pytest.mark.parametrize(
    ("modules", "programs", "tools"),
    [
        ({"pip", "ensurepip"}, {"uv", "pip"}, ("pip", "uv")),
        ({"pip"}, set(), ("pip",)),
        ({"ensurepip"}, {"uv", "pip3", "pip"}, ("uv", "/bin/pip3", "a pip of its own")),
        ({"ensurepip"}, set(), ("a pip of its own",)),
        (set(), {"pip"}, ("/bin/pip",)),
        (set(), set(), ()),
    ],
)
def test_the_tools_and_their_order(monkeypatch, modules, programs, tools):
    monkeypatch.delenv("UV", raising=False)
    monkeypatch.setattr(model_wheel.importlib.util, "find_spec", lambda name: name in modules or None)
    monkeypatch.setattr(
        model_wheel.shutil, "which", lambda name: f"/bin/{name}" if name in programs else None
    )
    assert tools_at_hand() == tools


def test_a_uv_that_started_us_is_used(monkeypatch):
    monkeypatch.setenv("UV", "/somewhere/uv")
    monkeypatch.setattr(model_wheel.shutil, "which", lambda name: None)
    assert "uv" in tools_at_hand()
