"""A camera that a session can rely on: where its pictures stop, it is opened again until they come back."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import cv2
import numpy as np

from formcoach.camera import LiveCamera
from formcoach.errors import FormcoachError
from formcoach.frame import Frame, Image

RETRY_S = 1.0
"""A camera that is gone is looked for this often."""

STILL_S = 1.0
"""The same picture for so long is no picture: the noise of any sensor makes each one differ."""

REOPEN_STILL_S = 5.0
"""After so long it is opened anew."""

_COARSE = 16  # every so many pixels are compared, either way


class SteadyCamera:
    """A `LiveCamera` that comes back; use it in a `with` block.

    Times go on through a gap, and every picture has the size of the first one: one of another size is
    fitted into it, with black bars where it has another shape.

    Args:
        source: as `LiveCamera` takes it. A video file ends when it ends.
        open_camera: opens a source.

    Attributes:
        name, is_file, width, height: as those of the first camera.
        lost: why no pictures come now, in a sentence; empty while they do.
        gaps: from when to when none came, seconds.

    Raises:
        FormcoachError: no picture comes from it at first.
    """

    def __init__(
        self, source: int | str | Path, open_camera: Callable[[int | str | Path], LiveCamera] = LiveCamera
    ) -> None:
        self._source = source
        self._open_camera = open_camera
        self._began = time.monotonic()
        self._camera = open_camera(source)
        self._offset = 0.0
        self._dropped = 0
        self._last_t = 0.0
        self._still_since = 0.0
        self._coarse: Image = np.empty((0, 0, 3), np.uint8)
        self._stop = threading.Event()
        self._found: LiveCamera | None = None
        self._search: threading.Thread | None = None
        self.name, self.is_file = self._camera.name, self._camera.is_file
        self.width, self.height = self._camera.width, self._camera.height
        self.lost = ""
        self.gaps: list[tuple[float, float]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def dropped(self) -> int:
        """Pictures that came and went without being looked at."""
        return self._dropped + self._camera.dropped

    @property
    def ended(self) -> bool:
        """Whether no further picture will come: only a video file ends."""
        return self.is_file and self._camera.ended

    @property
    def failure(self) -> str:
        """Why a file ended before its end, or why no pictures come now; or empty."""
        return self._camera.failure if self.is_file else self.lost

    def latest(self, timeout: float) -> Frame | None:
        """The newest picture that was not given before; None where none came in time."""
        if self._search is not None:
            self._stop.wait(timeout)
            self._take_over()
            return None
        frame = self._camera.latest(timeout)
        if self.is_file:
            return frame
        if frame is not None:
            return self._checked(Frame(frame.t + self._offset, frame.image))
        if self._camera.ended:
            self._lose(self._camera.failure)
            self._look_for_it()
        return None

    def close(self) -> None:
        """Let go of the camera, and look for it no longer."""
        self._stop.set()
        if self._search is not None:
            self._search.join()
            self._take_over()
        self._camera.close()

    def _checked(self, frame: Frame) -> Frame | None:
        """The picture, where it is one: a camera that hangs may repeat the last one for ever."""
        coarse = frame.image[::_COARSE, ::_COARSE]
        if not np.array_equal(coarse, self._coarse):
            self._coarse, self._still_since = coarse.copy(), frame.t
        if frame.t - self._still_since >= STILL_S:
            self._lose(f"The picture of {self.name} stands still; it is being opened again.")
            if frame.t - self._still_since >= REOPEN_STILL_S:
                self._look_for_it()
            return None
        if self.lost:
            self.gaps.append((self._last_t, frame.t))
            self.lost = ""
        self._last_t = frame.t
        return Frame(frame.t, fitted(frame.image, self.width, self.height))

    def _lose(self, why: str) -> None:
        self.lost = self.lost or why

    def _look_for_it(self) -> None:
        self._camera.close()
        self._search = threading.Thread(target=self._search_it, name="camera search", daemon=True)
        self._search.start()

    def _search_it(self) -> None:
        """The thread: open it again and again, until it opens."""
        while not self._stop.wait(RETRY_S):
            try:
                self._found = self._open_camera(self._source)
            except FormcoachError:
                continue
            return

    def _take_over(self) -> None:
        """Go on with the camera that was found, if it was."""
        if self._found is None or self._search is None:
            return
        self._search.join()
        self._dropped += self._camera.dropped
        self._camera, self._found, self._search = self._found, None, None
        self._offset = self._camera.opened_at - self._began
        self._coarse, self._still_since = np.empty((0, 0, 3), np.uint8), self._offset


def fitted(image: Image, width: int, height: int) -> Image:
    """A picture of another size, as large as fits into this one."""
    if image.shape[:2] == (height, width):
        return image
    scale = min(width / image.shape[1], height / image.shape[0])
    size = max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale))
    smaller = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    fitted = np.zeros((height, width, 3), np.uint8)
    top, left = (height - size[1]) // 2, (width - size[0]) // 2
    fitted[top : top + size[1], left : left + size[0]] = smaller
    return fitted
