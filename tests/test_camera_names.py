"""Cameras by name: found, told apart, and remembered."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from formcoach import camera_names
from formcoach.camera_names import Known, list_cameras, name_of, remember, remembered, source_of
from formcoach.cli import main
from formcoach.errors import FormcoachError

TWO = [Known(0, "Integrated Webcam"), Known(2, "Logitech StreamCam")]
TWINS = [Known(0, "USB Camera"), Known(1, "USB Camera")]


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(camera_names.FILE_VARIABLE, str(tmp_path / "deep" / "camera"))
    return tmp_path / "deep" / "camera"


@pytest.mark.parametrize(
    ("named", "source"),
    [
        ("logitech", "2"),
        ("Integrated", "0"),
        ("1", "1"),
        ("http://192.168.1.5:8080/video", "http://192.168.1.5:8080/video"),
        ("/dev/video7", "/dev/video7"),
        ("nothing.mp4", "nothing.mp4"),
    ],
)
def test_what_a_person_names_is_found(named: str, source: str) -> None:
    assert source_of(named, TWO) == source


def test_a_name_that_several_have_is_refused() -> None:
    with pytest.raises(FormcoachError, match=r"Several cameras are called 'usb': 0 \(USB Camera\), 1"):
        source_of("usb", TWINS)


def test_a_file_goes_before_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "logitech").touch()
    assert source_of("logitech", TWO) == "logitech"


def test_the_choice_is_kept_by_name_for_numbers_change() -> None:
    assert name_of("2", TWO) == "Logitech StreamCam"
    assert name_of("1", TWINS) == "1"  # its name would not tell it from the other
    assert name_of("5", TWO) == "5"
    assert remembered() == "0"
    remember(name_of("2", TWO))
    assert source_of(remembered(), [Known(4, "Logitech StreamCam")]) == "4"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"a\x1b[31m\n"])
def test_a_choice_that_makes_no_sense_is_none(kept: Path, content: bytes) -> None:
    kept.parent.mkdir()
    kept.write_bytes(content)
    assert remembered() == "0"


def test_a_choice_that_cannot_be_kept_is_not(kept: Path) -> None:
    kept.parent.write_text("in the way")
    remember("2")
    assert remembered() == "0"


def test_the_systems_cameras_are_listed(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    library = pytest.importorskip("cv2_enumerate_cameras")
    found = [SimpleNamespace(index=2, name="Logitech StreamCam"), SimpleNamespace(index=0, name="Integrated")]
    monkeypatch.setattr(library, "enumerate_cameras", lambda _system: found)
    assert [one.number for one in list_cameras()] == [0, 2]
    remember("Logitech StreamCam")
    assert main(["cameras"]) == 0
    assert capsys.readouterr().out == "0  Integrated\n2  Logitech StreamCam  (used last)\n"


def test_no_camera_that_the_system_tells_of(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    library = pytest.importorskip("cv2_enumerate_cameras")

    def refuse(_system: int) -> None:
        raise NotImplementedError

    monkeypatch.setattr(library, "enumerate_cameras", refuse)
    assert main(["cameras"]) == 0
    assert "tells of no camera" in capsys.readouterr().out
