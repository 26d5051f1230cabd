"""Photographs the screen of a session: seven moments, each on three sizes of screen.

    python benchmarks/screens.py [FOLDER]

A drawn person goes through a routine. Each moment is shown in formcoach's own window on an Xvfb display of
that size, and what the display shows is kept. Without a folder, those that the documents show are made
anew in `docs/screens`. Needs Xvfb, so Linux.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import cv2  # noqa: E402
import numpy as np  # noqa: E402

from formcoach.frame import Image  # noqa: E402
from formcoach.praise import Praise, after_routine  # noqa: E402
from formcoach.routine import Plan, Routine, Step, plan  # noqa: E402
from formcoach.routine_session import RoutineSession  # noqa: E402
from formcoach.showing import Scene, Showing, take  # noqa: E402
from formcoach.spec_file import find_spec, read_spec  # noqa: E402
from formcoach.window import Window  # noqa: E402
from puppet import Performance, perform  # noqa: E402
from puppet.drawing import frame  # noqa: E402

FPS = 10.0
SIZES = {"640x480": 480, "1280x720": 720, "3840x2160": 720}
"""Each size of screen, and the height of the camera's picture on it."""

IN_DOCS = {
    "1280x720": ("set-up", "ready", "fault", "hold", "rest", "end", "lost"),
    "640x480": ("fault", "rest"),
    "3840x2160": ("hold",),
}
"""Those that the documents keep."""

QUALITY = {"640x480": 82, "1280x720": 80, "3840x2160": 60}
FRAMES = 12
"""So often each is shown before it is photographed: a window takes some time to be there."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One picture of the camera with what is to be shown of it."""

    image: Image
    scene: Scene
    camera_lost: bool = False


Drawn = tuple[Performance, int]
"""A performance, and which of its moments."""


@dataclass(frozen=True, slots=True)
class Story:
    """A routine as the drawn person did it: its scenes, what the camera saw in each, and the last card."""

    scenes: list[Scene]
    drawn: list[Drawn]
    praise: Praise

    def moment(self, fits: Callable[[Scene], bool], later_s: float = 0.0, height: int = 720) -> Moment:
        """The first scene that fits, or one some time later."""
        at = next(i for i, scene in enumerate(self.scenes) if fits(scene)) + round(later_s * FPS)
        return Moment(frame(*self.drawn[at], height).image, self.scenes[at])


def routine() -> Plan:
    """Bird-dog in two sets, then two more exercises."""
    steps = (
        Step(exercise="bird-dog", reps=(3, 3), sets=2, rest_s=20),
        Step(exercise="plank", hold_s=(20, 20), sets=1),
        Step(exercise="hip-hinge", reps=(5, 5), sets=1),
    )
    specs = {step.exercise: read_spec(find_spec(step.exercise)) for step in steps}
    return plan(Routine("morning", "Morning", "A short one.", "A benchmark", "Daily", steps), specs)


def story(aspect: float) -> Story:
    """The drawn person goes through the routine, with a fault in its first set."""
    how = {"fps": FPS, "facing": "left", "aspect": aspect}
    bird_dog = {"reps": [("left", 3), ("right", 3)], "hold_s": 10.4, **how}
    sets = {
        ("bird-dog", 1): perform("bird-dog", fault=("knee_bent", 2, 2), walk_in=True, **bird_dog),
        ("bird-dog", 2): perform("bird-dog", **bird_dog),
        ("plank", 1): perform("plank", hold_s=22, **how),
        ("hip-hinge", 1): perform("hip-hinge", reps=5, **how),
    }
    session = RoutineSession(routine())
    scenes: list[Scene] = []
    drawn: list[Drawn] = []
    here, at = sets["bird-dog", 1], 0
    while not session.over:
        if session.spec is not None:
            wanted = sets[session.spec.id, session.now.set]
            here, at = wanted, min(at + 1, len(wanted.samples) - 1) if wanted is here else 0
        drawn.append((here, at))
        scenes.append(take(session, replace(here.samples[at], t=len(scenes) / FPS)))
    return Story(scenes, drawn, after_routine(session.finish()))


def moments(told: Story, height: int) -> dict[str, Moment]:
    """The moments that are photographed, by name; `end` is the last of them, with the card over it."""

    def phase(name: str) -> Callable[[Scene], bool]:
        return lambda scene: scene.coaching is not None and scene.coaching.phase == name

    def corrected(scene: Scene) -> bool:
        return scene.coaching is not None and scene.coaching.cue is not None and bool(scene.coaching.faults)

    def held(scene: Scene) -> bool:
        return scene.coaching is not None and scene.coaching.held_s >= 6 and not scene.coaching.faults

    def rests(scene: Scene) -> bool:
        return scene.now is not None and scene.now.stage == "rest"

    hold = told.moment(held, 0.0, height)
    return {
        "set-up": told.moment(phase("setup"), 1.5, height),
        "ready": told.moment(phase("start"), 0.5, height),
        "fault": told.moment(corrected, 0.5, height),
        "hold": hold,
        "rest": told.moment(rests, 3.0, height),
        "lost": replace(hold, camera_lost=True),
        "end": told.moment(lambda scene: scene.now is not None and scene.now.stage == "ended", 0.0, height),
    }


def shoot(size: str, folder: Path) -> None:
    """Show every moment in a window that fills this process's display, and keep what the display shows."""
    width, height = map(int, size.split("x"))
    rows = SIZES[size]
    told = story(4 / 3 if size == "640x480" else 16 / 9)
    showing = Showing(mirror=True, ghosts=True)
    blank = np.zeros((rows, rows, 3), np.uint8)
    for scene in (told.scenes[0], next(scene for scene in told.scenes if scene.coaching is not None)):
        showing.draw(blank, scene)  # the session has begun, and the ghost is being worked out
    for thread in threading.enumerate():
        if thread.name == "formcoach ghost":
            thread.join()
    with Window("formcoach") as window:
        for name, moment in moments(told, rows).items():
            for _ in range(FRAMES):
                canvas = showing.draw(
                    moment.image, moment.scene, camera_lost=moment.camera_lost, size=window.size()
                )
                window.show(showing.draw_end(told.praise, window.size()) if name == "end" else canvas)
                if window.size() != (width, height):  # without a window manager nobody else does it
                    cv2.resizeWindow("formcoach", width, height)
                    cv2.moveWindow("formcoach", 0, 0)
                window.key()
            assert window.size() == (width, height)
            photograph = _photograph(Path(os.environ["SCREENS_DISPLAY"]))
            cv2.imwrite(
                str(folder / f"{name}-{size}.jpg"), photograph, [cv2.IMWRITE_JPEG_QUALITY, QUALITY[size]]
            )


def _photograph(file: Path) -> Image:
    """What an Xvfb display shows: its frame buffer lies in a file, in the format of `xwd`."""
    data = file.read_bytes()
    head = np.frombuffer(data, ">u4", 25)
    start, width, height, stride, colours = (int(head[at]) for at in (0, 4, 5, 12, 19))
    rows = np.frombuffer(data, np.uint8, stride * height, start + 12 * colours).reshape(height, stride)
    return np.ascontiguousarray(rows[:, : 4 * width].reshape(height, width, 4)[:, :, :3])


@contextmanager
def _display(size: str) -> Iterator[dict[str, str]]:
    """An Xvfb display of a size; what a process needs to know to show something on it."""
    with tempfile.TemporaryDirectory() as folder:
        read, write = os.pipe()
        command = [
            "Xvfb",
            "-displayfd",
            str(write),
            "-screen",
            "0",
            f"{size}x24",
            "-fbdir",
            folder,
            "-nocursor",
        ]
        server = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
        os.close(write)
        try:
            number = os.read(read, 16).decode().strip()
            yield {"DISPLAY": f":{number}", "SCREENS_DISPLAY": str(Path(folder, "Xvfb_screen0"))}
        finally:
            os.close(read)
            server.terminate()
            server.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", help="keep all of them here")
    parser.add_argument("--on", choices=SIZES, help=argparse.SUPPRESS)  # on the display that is there
    options = parser.parse_args()
    if options.on:
        shoot(options.on, options.folder)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for size in SIZES:
            with _display(size) as display:
                again = [sys.executable, __file__, str(folder), "--on", size]
                subprocess.run(again, env={**os.environ, **display}, check=True)
        if options.folder is None:
            _keep_in_docs(folder)


def _keep_in_docs(folder: Path) -> None:
    kept = ROOT / "docs" / "screens"
    kept.mkdir(exist_ok=True)
    for size, names in IN_DOCS.items():
        for name in names:
            path = kept / f"{name}-{size}.jpg"
            path.write_bytes((folder / path.name).read_bytes())
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
