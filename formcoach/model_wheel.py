"""The full pose model's networks, out of Google's own mediapipe wheel.

Since version 0.10.30 no mediapipe wheel holds a pose model; 0.10.21 (Apache-2.0) holds the two
networks of the *full* one. Many machines reach a Python package index and nothing else, so the
wheel is fetched with whatever tool is at hand (pip, uv) and its networks are checked.

One wheel serves every machine: the platform asked for is fixed, because only its data is used.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from formcoach.model_bundle import DAMAGED_ZIP, DETECTOR, LANDMARKER, Network, pack

WHEEL = "mediapipe==0.10.21"
WHEEL_MB = 36
_PLACES = {
    DETECTOR: "mediapipe/modules/pose_detection/pose_detection.tflite",
    LANDMARKER: "mediapipe/modules/pose_landmark/pose_landmark_full.tflite",
}
_PATIENCE_S = 900.0


class NoWheelError(Exception):
    """The wheel could not be had; each failed attempt was told through `say`."""


def fetch_bundle(say: Callable[[str], None]) -> bytes:
    """The bundle of the full model; the same bytes every time.

    Raises:
        NoWheelError: no tool could fetch the wheel, or what came is not that wheel.
    """
    for tool, fetch in _tools():
        say(f"Fetching {WHEEL} ({WHEEL_MB} MB) from your Python package index with {tool} …")
        with tempfile.TemporaryDirectory(prefix="formcoach-") as scratch:
            folder = Path(scratch)
            try:
                fetch(folder)
                return pack(_read(folder, DETECTOR), _read(folder, LANDMARKER))
            except NoWheelError as problem:
                say(f"{tool} could not fetch it: {problem}")
    raise NoWheelError


def _read(folder: Path, network: Network) -> bytes:
    """A network from the wheel in `folder`, or from the wheel unpacked there, if it is that one."""
    place = _PLACES[network]
    try:
        if wheel := next(folder.glob("*.whl"), None):
            with zipfile.ZipFile(wheel) as archive, archive.open(place) as file:
                data = file.read(network.size)  # no more is unpacked
        else:
            data = (folder / place).read_bytes()
    except DAMAGED_ZIP as problem:
        raise NoWheelError(f"what came holds no {place}") from problem
    if not network.is_whole(data):
        raise NoWheelError(f"{place} is not the file that Google published")
    return data


def tools_at_hand() -> tuple[str, ...]:
    """Names of what could fetch the wheel here."""
    return tuple(tool for tool, _ in _tools())


def _tools() -> Iterator[tuple[str, Callable[[Path], None]]]:
    """What can fetch a wheel, best first: this environment's pip, uv, another pip, a new pip."""
    own_pip = importlib.util.find_spec("pip") is not None
    if own_pip:
        yield "pip", lambda folder: _pip([sys.executable, "-m", "pip"], folder)
    if uv := os.environ.get("UV") or shutil.which("uv"):
        yield "uv", lambda folder: _uv(uv, folder)
    if own_pip:
        return  # any other pip reads the same settings and would meet the same index
    if pip := shutil.which("pip3") or shutil.which("pip"):
        yield pip, lambda folder: _pip([pip], folder)
    if importlib.util.find_spec("ensurepip"):
        yield "a pip of its own", _new_pip


def _pip(pip: Sequence[str], folder: Path) -> None:
    _run(
        *pip,
        "download",
        WHEEL,
        "--no-deps",
        "--only-binary=:all:",
        "--platform=manylinux_2_28_x86_64",
        "--python-version=3.11",
        "--implementation=cp",
        "--abi=cp311",
        "--no-input",
        "--quiet",
        "--retries=1",
        f"--dest={folder}",
    )


def _uv(uv: str, folder: Path) -> None:
    # uv has no download; installing into a folder for another platform unpacks the same wheel.
    _run(
        uv,
        "pip",
        "install",
        WHEEL,
        "--no-deps",
        "--only-binary=:all:",
        "--python-platform=x86_64-manylinux_2_28",
        "--python-version=3.11",
        f"--python={sys.executable}",
        "--quiet",
        f"--target={folder}",
    )


def _new_pip(folder: Path) -> None:
    home = folder / "environment"
    _run(sys.executable, "-m", "venv", str(home))
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    _pip([str(python), "-m", "pip"], folder)


def _run(*command: str) -> None:
    settings = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_REQUIRE_VIRTUALENV": "0"}
    try:
        done = subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            errors="replace",
            stdin=subprocess.DEVNULL,
            timeout=_PATIENCE_S,
            env=os.environ | settings,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise NoWheelError(str(problem)) from problem
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or f"it ended with {done.returncode}").splitlines()
        raise NoWheelError(said[-1].strip())
