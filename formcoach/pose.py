"""MediaPipe's pose landmarker: a `Frame` in, a `PoseSample` out.

Measured with the full model on 1280x720 pictures (medians; inference keeps to one core): colours 0.1 ms,
MediaPipe's copy of the picture 0.2 ms, inference 12 ms, landmarks to arrays 0.1 ms. Inference sees 256x256
pixels cut out around the person, so a larger picture costs only the first two: 0.5 ms more at 1920x1080,
3 ms at 3840x2160. Shrinking it first costs as much as it saves and moves the landmarks by 0.5 % of the
trunk's length, so a picture goes in as it is. It goes in upright, too: of the lying people that an upright
picture misses when their head is hidden, a turned one finds half, but two thirds of those elsewhere than
they are.
"""

from __future__ import annotations

import contextlib
import math
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from formcoach.deferring import deferred
from formcoach.errors import FormcoachError, missing_libraries
from formcoach.frame import Frame
from formcoach.landmarks import FloatArray, PoseSample, nobody
from formcoach.model_trim import without_silhouette
from formcoach.outline import nearer_back
from formcoach.room import RoomReader

try:  # a person without those libraries is told so, in a sentence
    import cv2

    # A helper of MediaPipe's plots with Matplotlib, another records sound: nothing here calls either, and
    # loading them takes longer than loading MediaPipe.
    with deferred("matplotlib", "matplotlib.pyplot", "sounddevice"):
        from mediapipe import Image, ImageFormat
        from mediapipe.tasks.python import BaseOptions, vision
except (ImportError, OSError) as error:
    raise missing_libraries(error) from error


OUTLINE_EVERY_S = 0.095
"""The outline of the back is read about ten times a second: a back moves more slowly than a hand."""


def load_library() -> None:
    """Load MediaPipe's library, which a `PoseReader` does, too; for a look whether it can be.

    Raises:
        FormcoachError: it needs a library that this system does not have.
    """
    try:
        Image(image_format=ImageFormat.SRGB, data=np.zeros((1, 1, 3), np.uint8))
    except OSError as problem:
        raise missing_libraries(problem) from problem


class PoseReader:
    """Finds one person in the pictures of one session and follows them from each to the next.

    To be used with `with`: a landmarker left to the garbage collector can hang the program.
    """

    def __init__(self, model: Path, *, back: bool = False) -> None:
        """Load the model, a bundle file as `model_file.find_model` gives; takes about 0.2 s.

        Args:
            model: the bundle.
            back: also read the outline of the back, some ten times a second.

        Raises:
            FormcoachError: a system library is missing, or MediaPipe cannot use the model.
        """
        load_library()
        self._landmarker: Any = None
        self._outliner: _Outliner | None = None
        self._last_ms = -1
        self._rgb: Any = None
        self._has_found = False
        self._opened = contextlib.ExitStack()
        self._room = RoomReader()
        self._opened.callback(self._room.close)
        _REPORTS.hold()
        self._opened.callback(_REPORTS.let_go)
        try:
            bundle = model.read_bytes()
            with _chatter_held_back():
                self._landmarker = _landmarker(without_silhouette(bundle), silhouette=False)
                self._opened.callback(self._landmarker.close)
                if back:
                    self._outliner = _Outliner(bundle)
                    self._opened.callback(self._outliner.close)
        except (OSError, RuntimeError, ValueError) as problem:
            self.close()
            raise FormcoachError(
                f"MediaPipe cannot use {model} as a pose model ({problem}): leave out --model and "
                "FORMCOACH_MODEL, and formcoach fetches the right one."
            ) from problem

    def read(self, frame: Frame) -> PoseSample:
        """Where the person is in this picture, or `nobody`.

        Frames are to come in the order of their time; a second one within the same millisecond
        counts as one millisecond later.
        """
        if self._landmarker is None:
            raise RuntimeError("this pose reader is closed")
        height, width = frame.image.shape[:2]
        aspect = width / height
        self._last_ms = max(self._last_ms + 1, round(frame.t * 1000))
        # MediaPipe copies the picture, so one buffer serves all. It reads the copy's rows without
        # a gap, and finds nobody in an array that has gaps: what cvtColor returns has none.
        self._rgb = cv2.cvtColor(frame.image, cv2.COLOR_BGR2RGB, dst=self._rgb)
        picture = Image(image_format=ImageFormat.SRGB, data=self._rgb)
        # The first person found makes it warn once more.
        with contextlib.nullcontext() if self._has_found else _chatter_held_back():
            result = self._landmarker.detect_for_video(picture, self._last_ms)
        back = None if self._outliner is None else self._outliner.latest()
        room = self._room.latest()
        if not result.pose_landmarks:
            self._room.look(frame.t, frame.image, None)
            return replace(nobody(frame.t, aspect), room=room)
        self._has_found = True
        points = result.pose_landmarks[0]
        xy = np.array([(p.x * aspect, p.y) for p in points], np.float32)
        self._room.look(frame.t, frame.image, xy)
        world = np.array([(p.x, p.y, p.z) for p in result.pose_world_landmarks[0]], np.float32)
        if self._outliner is not None:
            self._outliner.look(frame.t, picture, self._last_ms, xy, world)
        visibility = np.array([p.visibility for p in points], np.float32)
        return PoseSample(frame.t, xy, visibility, world, back, aspect, room)

    def close(self) -> None:
        """Let go of the model; a second time does nothing."""
        self._landmarker = None
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _Outliner:
    """Reads the outline of the back: a model of its own, in a thread of its own.

    The silhouette costs half of an inference again. So it is looked for ten times a second only, between
    the landmarks of its picture and those of the next, whose sample it comes with: live, nobody waits
    for it, and which sample it comes with does not hang on the machine's speed.
    """

    def __init__(self, bundle: bytes) -> None:
        self._landmarker = _landmarker(bundle, silhouette=True)
        self._thread = ThreadPoolExecutor(1, "formcoach outline")
        self._last_t = -math.inf
        self._reading: Future[FloatArray] | None = None

    def latest(self) -> FloatArray | None:
        """The outline in the picture last looked at; None where that has been given, or was not due."""
        reading, self._reading = self._reading, None
        return None if reading is None else reading.result()

    def look(self, t: float, picture: Any, ms: int, xy: FloatArray, world: FloatArray) -> None:
        """Start on a picture whose landmarks are known, where it is due."""
        if t - self._last_t >= OUTLINE_EVERY_S:
            is_first, self._last_t = self._last_t == -math.inf, t
            self._reading = self._thread.submit(self._read, picture, ms, xy, world)
            if is_first:  # what MediaPipe says of it can only be held back while nobody else goes on
                with _chatter_held_back():
                    wait((self._reading,))

    def _read(self, picture: Any, ms: int, xy: FloatArray, world: FloatArray) -> FloatArray:
        masks = self._landmarker.detect_for_video(picture, ms).segmentation_masks
        return nearer_back(np.squeeze(masks[0].numpy_view()) if masks else None, xy, world)

    def close(self) -> None:
        self._thread.shutdown(wait=True)
        self._landmarker.close()


def _landmarker(bundle: bytes, *, silhouette: bool) -> Any:
    return vision.PoseLandmarker.create_from_options(
        vision.PoseLandmarkerOptions(
            base_options=BaseOptions(model_asset_buffer=bundle),
            running_mode=vision.RunningMode.VIDEO,
            num_poses=1,
            output_segmentation_masks=silhouette,
        )
    )


class _Reports:
    """Keeps MediaPipe's reports of its own use on this machine while a reader is open.

    A minute into a session and at its end, MediaPipe sends its maker its version, the task and
    timings (never pictures), and has no setting against it. It asks the environment for a proxy:
    one of no known kind ends the attempt before anything leaves, even a look-up of the address.
    Seen with MediaPipe 1.2.2 by watching its system calls, with and without this.
    """

    def __init__(self) -> None:
        self._readers = 0
        self._before: dict[str, str | None] = {}

    def hold(self) -> None:
        if self._readers == 0:
            names = ("https_proxy", "no_proxy", "NO_PROXY")
            self._before = {name: os.environ.get(name) for name in names}
            open_to_all = {name: None for name, value in self._before.items() if value == "*"}
            self._apply({"https_proxy": "nowhere://", **open_to_all})
        self._readers += 1

    def let_go(self) -> None:
        self._readers -= 1
        if self._readers == 0:
            self._apply(self._before)

    @staticmethod
    def _apply(settings: dict[str, str | None]) -> None:
        for name, value in settings.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


_REPORTS = _Reports()
# The second kind may come behind a progress bar, which has no line of its own.
_CHATTER = re.compile(rb"^(?:INFO|WARNING): .*\n?|[IW]0000 \d\d:\d\d.*\n?", re.MULTILINE)


@contextlib.contextmanager
def _chatter_held_back() -> Iterator[None]:
    """Keep the information and warnings of MediaPipe's C++ off stderr; let everything else through.

    No setting silences them: they come before its logging is set up.
    """
    try:
        kept = os.dup(2)
    except OSError:  # a program without a console
        yield
        return
    if sys.stderr is not None:
        sys.stderr.flush()
    with tempfile.TemporaryFile() as held:
        os.dup2(held.fileno(), 2)
        try:
            yield
        finally:
            if sys.stderr is not None:
                sys.stderr.flush()
            os.dup2(kept, 2)
            os.close(kept)
            held.seek(0)
            os.write(2, _CHATTER.sub(b"", held.read()))
