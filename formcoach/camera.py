"""A live camera: always the newest picture, never a queue of old ones."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from formcoach.camera_source import Frames, film, public, stream, webcam
from formcoach.errors import FormcoachError
from formcoach.frame import Frame

_OPEN_S = 30.0  # some webcams take twenty seconds to give their first picture
_SILENCE_S = 6.0
_CLOSE_S = 8.0

# macOS asks the person for leave to use the camera only from the main thread.
_OPEN_HERE = sys.platform == "darwin"


class LiveCamera:
    """A camera that a thread of its own reads; use it in a `with` block.

    Of the pictures that come while one is being looked at, only the newest is kept.

    Args:
        source: the number of a webcam (also as text), a device such as `/dev/video0`, the address of
            a camera on the network (`http://…`, `rtsp://…`), or a video file, which is shown once at
            its own pace.
        width, height, rate: what to ask a webcam for; it gives what it can.

    Attributes:
        name: what to call it in a sentence.
        width, height: of its first picture.
        is_file: whether it is a video file.
        dropped: pictures that came and went without being looked at.
        opened_at: when its time began, on the monotonic clock.

    Raises:
        FormcoachError: no picture comes from it.
    """

    def __init__(
        self, source: int | str | Path, *, width: int = 1280, height: int = 720, rate: float = 30.0
    ) -> None:
        self.dropped = 0
        self._failure = ""
        self._ended = False
        self._stop = threading.Event()
        self._changed = threading.Condition()
        self._newest: Frame | None = None
        self.opened_at = self._heard = time.monotonic()
        self.name, self.is_file, frames = self._source(source, width, height, rate)
        if _OPEN_HERE and not self.is_file:
            self._newest = next(frames)
        self._thread = threading.Thread(target=self._run, args=(frames,), name="camera", daemon=True)
        self._thread.start()
        with self._changed:
            self._changed.wait_for(lambda: self._newest or self._ended, _OPEN_S)
            first = self._newest
        if first is None:
            self.close()
            raise FormcoachError(self._failure or f"No picture came from {self.name} in {_OPEN_S:.0f} s.")
        self.height, self.width = first.image.shape[:2]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def ended(self) -> bool:
        """Whether no further picture will come; one that came before may still wait."""
        return self._ended

    @property
    def lost(self) -> str:
        """Empty: one that stops has ended, and does not come back (`formcoach.steady_camera` does)."""
        return ""

    @property
    def failure(self) -> str:
        """One sentence on why the camera stopped, or empty."""
        return self._failure

    def latest(self, timeout: float) -> Frame | None:
        """The newest picture that was not given before.

        Args:
            timeout: seconds to wait for one at most.

        Returns:
            The picture, its `t` in seconds since the camera was opened (for a file, since its
            first picture); or None where none came in time.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._newest or self._ended, timeout)
            frame, self._newest = self._newest, None
            silent = not self.is_file and time.monotonic() - self._heard > _SILENCE_S
            if frame is None and silent and not self._ended:
                self._failure = f"The pictures of {self.name} stopped coming; check its cable or the network."
                self._ended = True
                self._stop.set()
        return frame

    def close(self) -> None:
        """Let go of the camera. One that hangs is left to itself after a few seconds."""
        self._stop.set()
        self._thread.join(_CLOSE_S)

    def _source(
        self, source: int | str | Path, width: int, height: int, rate: float
    ) -> tuple[str, bool, Frames]:
        """Its name, whether it is a file, and its pictures."""
        text = str(source)
        if text.isdecimal():
            return f"camera {text}", False, webcam(int(text), width, height, rate, self._heard)
        if "://" in text:
            return public(text), False, stream(text, self._heard)
        if text.startswith("/dev/"):
            return text, False, webcam(text, width, height, rate, self._heard)
        path = Path(text)
        if not path.exists():
            raise FormcoachError(
                f"There is no camera or video {text}; give a camera's number (the first is 0), "
                "an address or a file."
            )
        return path.name, True, film(path, self._stop)

    def _run(self, frames: Frames) -> None:
        """The thread."""
        try:
            for frame in frames:
                if self._stop.is_set():
                    break
                with self._changed:
                    self.dropped += self._newest is not None
                    self._newest = frame
                    self._heard = time.monotonic()
                    self._changed.notify_all()
        except FormcoachError as error:
            self._failure = self._failure or str(error)
        except Exception as error:  # noqa: BLE001 - a thread has nobody else to tell
            self._failure = f"Reading from {self.name} failed ({error})."
        finally:
            frames.close()
            with self._changed:
                self._ended = True
                self._changed.notify_all()
