"""Things tried out in a process of their own, with a time limit.

For what could hang or bring the program down: a camera's driver, a window without a display, the pose
model on an unusual processor.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from formcoach.errors import FormcoachError

Said = dict[str, str]

_CAMERAS = 4  # how many numbers are looked at
_PATIENCE_S = 20.0


@dataclass(frozen=True, slots=True)
class Trial:
    """How a trial went.

    Attributes:
        said: what it found, even when it failed later.
        failure: a sentence on why it failed; empty where it did not.
    """

    said: tuple[Said, ...]
    failure: str = ""


def try_out(name: str, model: Path | None = None, patience_s: float = _PATIENCE_S) -> Trial:
    """Run one of `TRIALS`.

    Args:
        name: of the trial.
        model: the pose model's file, for the trial of that.
        patience_s: how long it may take before it is ended.
    """
    code = f"from {__name__} import answer; answer()"
    try:
        done = subprocess.run(
            [sys.executable, "-c", code, name, str(model or "")],
            check=False,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=patience_s,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
    except subprocess.TimeoutExpired as late:
        return Trial(_said(late.stdout), f"It gave no answer for {patience_s:.0f} s.")
    said = _said(done.stdout)
    if done.returncode:
        return Trial(said, _cause(done.stderr.decode(errors="replace"), done.returncode))
    failures = [line["failure"] for line in said if "failure" in line]
    return Trial(tuple(line for line in said if "failure" not in line), "".join(failures))


def answer() -> None:
    """In the trial's own process: run the one named on the command line, and print what it finds."""
    name, model = sys.argv[1:]
    try:
        for said in TRIALS[name](model):
            print(json.dumps(said), flush=True)
    except FormcoachError as problem:
        print(json.dumps({"failure": str(problem)}), flush=True)


def _cause(errors: str, code: int) -> str:
    """What an ended process wrote that says why: Python's last line, another's first."""
    lines = errors.strip().splitlines() or [f"It ended with {code}."]
    return lines[-1] if lines[0].startswith("Traceback") else lines[0]


def _said(output: bytes | None) -> tuple[Said, ...]:
    lines = (output or b"").decode(errors="replace").splitlines()
    return tuple(json.loads(line) for line in lines if line.startswith("{"))  # libraries may print, too


def _mediapipe(_: str) -> Iterator[Said]:
    from formcoach.pose import load_library

    load_library()
    yield from ()


def _pose(model: str) -> Iterator[Said]:
    import numpy as np

    from formcoach.frame import Frame
    from formcoach.pose import PoseReader

    picture = np.full((720, 1280, 3), 127, np.uint8)
    with PoseReader(Path(model)) as reader:
        reader.read(Frame(0.0, picture))
        begun = time.perf_counter()
        for number in range(1, 11):
            reader.read(Frame(number / 30, picture))
        yield {"ms": f"{(time.perf_counter() - begun) * 100:.0f}"}


def _cameras(_: str) -> Iterator[Said]:
    from formcoach.camera import LiveCamera

    numbers = list(range(_CAMERAS))
    if sys.platform == "linux":  # where looking needs no driver
        devices = (file.name.removeprefix("video") for file in Path("/dev").glob("video*"))
        numbers = sorted(int(number) for number in devices if number.isdecimal())[:_CAMERAS] or [0]
    for number in numbers:
        try:
            with LiveCamera(number) as camera:
                yield {"camera": str(number), "size": f"{camera.width}x{camera.height}"}
        except FormcoachError as problem:
            yield {"camera": str(number), "why": str(problem)}


def _window(_: str) -> Iterator[Said]:
    import numpy as np

    from formcoach.window import Window

    with Window("formcoach") as window:
        window.show(np.zeros((90, 160, 3), np.uint8))
        window.key()
    yield from ()


def _video(_: str) -> Iterator[Said]:
    import numpy as np

    from formcoach.video_out import VideoWriter

    with (
        tempfile.TemporaryDirectory() as folder,
        VideoWriter(Path(folder) / "trial.mp4", 160, 90, rate=30.0) as video,
    ):
        for number in range(3):
            video.write(np.zeros((90, 160, 3), np.uint8), number / 30)
    yield from ()


def _voice(_: str) -> Iterator[Said]:
    from formcoach.language_file import list_languages, read_language
    from formcoach.mouth import Mouth, MuteError, Setting

    with tempfile.TemporaryDirectory() as folder:
        for code in list_languages():
            language = read_language(code)
            try:
                mouth = Mouth(Setting(language.voices, 165, folder))
            except MuteError as why:
                yield {"language": language.name, "why": str(why)}
            else:
                yield {"language": language.name, "voice": mouth.voice}
                try:
                    mouth.try_sound()
                except MuteError as why:
                    yield {"sound": str(why)}
                    return


TRIALS: dict[str, Callable[[str], Iterator[Said]]] = {
    "mediapipe": _mediapipe,
    "pose": _pose,
    "cameras": _cameras,
    "window": _window,
    "video": _video,
    "voice": _voice,
}
