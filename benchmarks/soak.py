"""A long live session with everything on: how late pictures, corrections and words are, and what grows.

    xvfb-run -a python benchmarks/soak.py [VIDEO] --minutes 30 --update

The video stands for the camera: it is shown at its own pace, again and again, in a real window, with the
voice, the recording and the outline of the back. Every few seconds it is looked at what the session takes of
the machine. On Linux a script stands for what plays the sound.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import sys
import tempfile
import threading
import time
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import cv2
from measuring import (
    Others,
    Result,
    keep,
    machine,
    median,
    model_path,
    ms,
    parser,
    quantile,
    run,
    spec_path,
)
from voice import a_player

from formcoach import commands
from formcoach.camera import LiveCamera
from formcoach.camera_source import Frames
from formcoach.errors import FormcoachError
from formcoach.frame import Frame, Image
from formcoach.language_file import read_language
from formcoach.live import LiveResult, coach_live
from formcoach.mouth_process import Mouths
from formcoach.recording import RecordingWriter
from formcoach.report import SessionReport
from formcoach.session import Session
from formcoach.showing import Scene, Showing
from formcoach.spec import Dose, Spec
from formcoach.spec_file import read_spec
from formcoach.talker import Talker
from formcoach.transcript import Line
from formcoach.video_file import VideoFile
from formcoach.voice import Voice
from formcoach.window import Window

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
STEP_S = 0.04
"""From the last picture of the video to its first."""

LOOK_S = 5.0
"""From one look at the machine to the next."""

WORD_S = 0.5
TOO_SHORT = "That was too short to tell how late things are and what grows; give it more --minutes."
CLOSE_S = 10.0
"""In which camera, model, recording and voice are closed; the voice ends its sentence first."""

GROWTH = 0.03
"""The share by which memory may grow from the second third of the session to the last."""

LAG_S, DRIFT_S = 0.02, 0.05
"""How much later pictures may be in the last third than in the first, and how far apart clocks may go."""


class Moments:
    """When something was done with each picture, in 16 bytes: it is the session's memory that is measured."""

    def __init__(self, known: Iterable[tuple[float, float]] = ()) -> None:
        self._pictures, self._moments = array("d"), array("d")
        for t, moment in known:
            self._pictures.append(t)
            self._moments.append(moment)

    def __len__(self) -> int:
        return len(self._moments)

    def __iter__(self) -> Iterator[tuple[float, float]]:
        return zip(self._pictures, self._moments, strict=True)

    def note(self, t: float) -> None:
        """The picture of this time, now."""
        self._pictures.append(t)
        self._moments.append(time.monotonic())


class Looped(LiveCamera):
    """A video as a camera of JPEG pictures, as webcams give them, from its beginning again when it ends.

    Attributes:
        handed: of each picture its time, and when it was handed over.
    """

    def __init__(self, path: Path) -> None:
        self.handed = Moments()
        super().__init__(path)

    def latest(self, timeout: float) -> Frame | None:
        frame = super().latest(timeout)
        if frame is not None:
            self.handed.note(frame.t)
        return frame

    def _source(self, source: int | str | Path, *_: object) -> tuple[str, bool, Frames]:
        path = Path(source)
        return path.name, True, self._again_and_again(path)

    def _again_and_again(self, path: Path) -> Frames:
        with VideoFile(path) as video:
            shots = [(frame.t, cv2.imencode(".jpg", frame.image)[1]) for frame in video]
        began, start = time.monotonic(), 0.0
        while True:
            for t, jpeg in shots:
                if self._stop.wait(max(0.0, began + start + t - time.monotonic())):
                    return
                yield Frame(start + t, cv2.imdecode(jpeg, cv2.IMREAD_COLOR))
            start += shots[-1][0] + STEP_S


@dataclass(slots=True)
class Watch:
    """What is noted as a session goes on; times are the monotonic clock's.

    Attributes:
        decided: of each sample its time, and when it was coached.
        due: of each sample the correction that is due.
        shown: of each picture shown its sample's time, and when it was on the screen.
    """

    decided: Moments = field(default_factory=Moments)
    due: list[str] = field(default_factory=list)
    shown: Moments = field(default_factory=Moments)
    drawn: float = 0.0

    def listen(self, scene: Scene) -> None:
        cue = scene.coaching.cue if scene.coaching is not None else None
        self.decided.note(scene.t)
        self.due.append("" if cue is None else cue.text)


class Watched(Showing):
    """Notes which sample is drawn."""

    def __init__(self, watch: Watch) -> None:
        super().__init__(mirror=True, ghosts=True)
        self._watch = watch

    def draw(self, image: Image, scene: Scene, **how: object) -> Image:
        self._watch.drawn = scene.t
        return super().draw(image, scene, **how)  # type: ignore[arg-type]


class Timed:
    """A window that notes when a picture was shown, and ends when the time is up."""

    def __init__(self, window: Window, watch: Watch, seconds: float) -> None:
        self._window, self._watch = window, watch
        self._until = time.monotonic() + seconds
        self.ended: float | None = None
        self.size = window.size

    def show(self, image: Image) -> None:
        self._window.show(image)
        self._watch.shown.note(self._watch.drawn)

    def key(self) -> str:
        if time.monotonic() <= self._until:
            return self._window.key()
        self.ended = self.ended or time.monotonic()
        faulthandler.dump_traceback_later(CLOSE_S, exit=True)  # who hangs tells where
        return "end"


@dataclass(frozen=True, slots=True)
class Look:
    """What the session takes of the machine at one moment."""

    memory_mb: float
    threads: int
    handles: int


class Looker:
    """Looks at this process now and then, in a thread of its own, while in a `with` block. Linux only."""

    def __init__(self) -> None:
        self.looks: list[Look] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="looker", daemon=True)

    def __enter__(self) -> Looker:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(LOOK_S):
            pages = int(Path("/proc/self/statm").read_text().split()[1])
            self.looks.append(
                Look(
                    pages * os.sysconf("SC_PAGE_SIZE") / 1e6,
                    len(list(Path("/proc/self/task").iterdir())),
                    len(list(Path("/proc/self/fd").iterdir())),
                )
            )


@dataclass(frozen=True, slots=True)
class Soaked:
    """One long session. Seconds."""

    result: LiveResult[SessionReport]
    watch: Watch
    handed: Moments
    lines: tuple[Line, ...]
    looks: list[Look]
    closing_s: float

    @property
    def latencies(self) -> list[float]:
        """From a picture handed over till it is on the screen; without the first, for which all is loaded."""
        handed = dict(self.handed)
        return [at - handed[t] for t, at in self.watch.shown][1:]

    @property
    def lags(self) -> list[float]:
        """From the moment of a picture till it is on the screen, but for what is the same in all."""
        late = [at - t for t, at in self.watch.shown][1:]
        least = min(late)
        return [one - least for one in late]

    @property
    def drift(self) -> float:
        """How much later the most punctual pictures of the last third are than those of the first."""
        lags = self.lags
        third = max(1, len(lags) // 3)
        return min(lags[-third:]) - min(lags[:third])

    def corrections(self) -> Iterator[tuple[int, float]]:
        """Of each: how many pictures after that of its decision it was shown, and how many seconds."""
        times, decided = zip(*self.watch.decided, strict=True)
        shown = list(self.watch.shown)
        drawn = [t for t, _ in shown]
        for number, (before, text) in enumerate(pairwise(self.watch.due), 1):
            place = bisect_left(drawn, times[number])
            if text in ("", before) or place == len(shown):
                continue
            t, at = shown[place]
            yield bisect_left(times, t) - number, at - decided[number]

    def words(self) -> list[float]:
        """From decision to sound, where nothing else was being said."""
        ends = [0.0, *(line.end for line in self.lines)]
        return [
            line.t - line.utterance.t
            for line, before in zip(self.lines, ends, strict=False)
            if before <= line.utterance.t
        ]


def endless(spec: Spec) -> Spec:
    """The exercise without an end."""
    return replace(spec, dose=Dose(spec.dose.hold_s, (9999, 9999), 1))


def soak(options: argparse.Namespace) -> Soaked:
    path, model, english = spec_path(options), model_path(options), read_language("en")
    spec, watch, problems = endless(read_spec(path)), Watch(), []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stack.enter_context(a_player())
        window = stack.enter_context(Window("formcoach"))
        camera = stack.enter_context(Looped(options.video))
        header = commands.header(read_spec(path), path, camera.name, model)
        recorder = stack.enter_context(RecordingWriter(folder / "soak.fcr", header))
        mouths = stack.enter_context(Mouths(english.voices, 165))
        voice = stack.enter_context(Voice(Talker(english), mouths, problems.append))
        looker = stack.enter_context(Looker())
        screen = Timed(window, watch, 60 * options.minutes)
        result = coach_live(
            *(Session(spec, recorder), camera, model, screen, Watched(watch)),
            listen=watch.listen,
            voice=voice,
        )
        voice.close()
        lines = voice.lines()
    faulthandler.cancel_dump_traceback_later()
    closing_s = 0.0 if screen.ended is None else time.monotonic() - screen.ended
    if problems:
        raise FormcoachError(f"The voice fell silent ({problems[0]}); 'formcoach doctor' says more.")
    return Soaked(result, watch, camera.handed, lines, looker.looks, closing_s)


def thirds(values: Sequence[float]) -> tuple[float, float, float]:
    """The median of each third."""
    if len(values) < 3:
        raise FormcoachError(TOO_SHORT)
    third = len(values) // 3
    return median(values[:third]), median(values[third:-third]), median(values[-third:])


def measure(options: argparse.Namespace) -> Result:
    one = soak(options)
    corrections, words = list(one.corrections()), one.words()
    if not corrections or not words:
        raise FormcoachError(TOO_SHORT)
    pictures, seconds = zip(*corrections, strict=True)
    rows = [["", "median", "p95", "longest"]]
    for name, of in (
        ("handed over till on the screen", one.latencies),
        ("a correction decided till on the screen", seconds),
        ("a word decided till it sounds", words),
    ):
        rows.append([name, ms(median(of)), ms(quantile(of, 0.95)), ms(max(of))])
    memory = thirds([look.memory_mb for look in one.looks])
    threads, handles = (thirds([getattr(look, of) for look in one.looks]) for of in ("threads", "handles"))
    lags = thirds(one.lags)
    rows.append(["of each third of the session", "first", "second", "last"])
    rows.append(["memory", *(f"{value:.0f} MB" for value in memory)])
    rows.append(["threads", *(f"{value:.0f}" for value in threads)])
    rows.append(["open files", *(f"{value:.0f}" for value in handles)])
    rows.append(["lag behind the camera", *map(ms, lags)])
    steady = (
        memory[2] <= memory[1] * (1 + GROWTH)
        and threads[2] <= threads[1]
        and handles[2] <= handles[1]
        and lags[2] - lags[0] <= LAG_S
        and abs(one.drift) <= DRIFT_S
    )
    return Result(
        "soak",
        f"a correction is shown with the next picture at the latest, a word sounds within {WORD_S:g} s, "
        f"and nothing grows in {options.minutes:g} minutes",
        steady and max(pictures) <= 1 and quantile(words, 0.95) <= WORD_S,
        rows,
        {
            "latency_s": median(one.latencies),
            "latency_p95_s": quantile(one.latencies, 0.95),
            "correction_pictures": float(max(pictures)),
            "correction_p95_s": quantile(seconds, 0.95),
            "word_p95_s": quantile(words, 0.95),
            "memory_growth": memory[2] / memory[1] - 1,
            "lag_growth_s": lags[2] - lags[0],
            "drift_s": one.drift,
        },
        f"{options.video.stem}: {len(one.watch.shown)} pictures shown, {one.result.dropped} dropped; "
        f"{len(pictures)} corrections, shown {max(pictures)} pictures after their own at most; "
        f"{len(words)} words that had not to wait for another. The samples' clock and "
        f"the machine's went {ms(abs(one.drift))} apart. All was closed {one.closing_s:.1f} s "
        "after the end.",
    )


def measure_and_keep(options: argparse.Namespace) -> Result:
    others = Others()
    result = measure(options)
    if options.update:
        on = machine()
        busy = f"Meanwhile other programs kept {others.cores()} of the {on['cores']} cores busy."
        measured = f"Measured on {on['date']} with formcoach {on['formcoach']}."
        keep(PAGE, "soak", f"{measured}\n\n{result.render()}\n\n{busy}")
    return result


def main(arguments: Sequence[str] | None = None) -> int:
    made = parser("A long live session with everything on.", video=True)
    made.add_argument("--minutes", type=float, default=30.0, help="how long (default: 30)")
    made.add_argument("--update", action="store_true", help="keep the figures in docs/performance.md")
    return run(made, measure_and_keep, arguments)


if __name__ == "__main__":
    sys.exit(main())
