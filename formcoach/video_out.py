"""A video out: H.264 in MP4 that browsers and phones play, each picture at its exact time."""

from __future__ import annotations

import queue
import threading
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import cv2
import numpy as np

from formcoach.errors import FormcoachError
from formcoach.frame import Image
from formcoach.libav import av
from formcoach.video_sound import Sound

_TICKS = 90_000  # a second; every usual rate falls on a whole tick or misses it by 6 µs at most
_AHEAD = 8  # pictures that may wait for the encoder
_FORMATS = {".mp4": "mp4", ".m4v": "mp4", ".mov": "mov", ".mkv": "matroska"}

# On 720p with two cores, a picture takes 3.5 ms of CPU with `ultrafast`, 5 with `superfast` and 8.5
# with `veryfast`; the pose takes more than 11. `superfast` makes files of half to a third of the first
# one's size at the same quality. Without B-frames a file's stated length is right at any frame rate.
_ENCODERS: dict[str, dict[str, str]] = {
    "libx264": {"preset": "superfast", "bf": "0"},
    "h264_videotoolbox": {},
    "h264_mf": {},
    "libopenh264": {},
}
_BITS_PER_PIXEL = 0.08  # for the encoders that know no constant quality


class VideoWriter:
    """Writes a video in a thread of its own; use it in a `with` block.

    The video appears under its name only when it is whole: until then, and after a crash, there is
    at most a `.part` file beside it. After an error in the `with` block there is neither.

    Args:
        path: `.mp4` (or `.m4v`, `.mov`, `.mkv`); a video already there is replaced at the end.
        width, height: of the pictures; odd sizes are padded to even ones.
        rate: usual pictures per second, a help for the encoder; the times of `write` decide.
        crf: quality, from 0 (perfect, huge) to 51.
        sound: goes with the pictures, and ends with the last of them.

    Raises:
        FormcoachError: it cannot be written there, or this machine cannot make H.264 video; and
            later, from any method, the disk is full or the encoder failed.
    """

    def __init__(
        self,
        path: Path,
        width: int,
        height: int,
        *,
        rate: float | None,
        crf: int = 23,
        sound: Sound | None = None,
    ) -> None:
        self.path = path
        self._size = (width, height)
        self._sound = sound
        self._step_s = 1 / (rate or 30.0)
        self._part = path.with_name(f"{path.name}.part")
        encoder = _encoder(width + width % 2, height + height % 2)
        self._container = _create(path, self._part)
        self._stream = _stream(self._container, encoder, width, height, rate or 30.0, crf)
        if sound is not None:
            sound.join(self._container)
        self._start: float | None = None
        self._last = -1
        self._waiting: queue.Queue[tuple[Image, int] | None] = queue.Queue(_AHEAD)
        self._failure: Exception | None = None
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="video out", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._drop()

    def write(self, image: Image, t: float) -> None:
        """Add a picture; it may be changed afterwards.

        Args:
            image: `(height, width, 3)` uint8 blue-green-red. One of another size is fitted in.
            t: seconds; the first picture's time is the video's start. A picture that is not later
                than the one before is moved by the shortest possible time.
        """
        if self._closed:
            raise ValueError("the video is closed")
        if self._failure:
            self._drop()
            raise self._broken() from self._failure
        if self._start is None:
            self._start = t
        self._last = max(self._last + 1, round((t - self._start) * _TICKS))
        self._waiting.put((cv2.cvtColor(_fit(image, self._size), cv2.COLOR_BGR2YUV_I420), self._last))

    def close(self) -> None:
        """Finish the video and give it its name; without a single picture there is no video."""
        if self._closed:
            return
        self._finish()
        if self._failure:
            self._part.unlink(missing_ok=True)
            raise self._broken() from self._failure
        if self._last < 0:
            self._part.unlink(missing_ok=True)
            return
        try:
            self._part.replace(self.path)
        except OSError as error:
            raise FormcoachError(
                f"The video could not be named {self.path} ({_reason(error)}); it is kept as {self._part}."
            ) from error

    def _finish(self) -> None:
        self._closed = True
        self._waiting.put(None)
        self._thread.join()
        try:
            self._container.close()
        except (av.FFmpegError, OSError) as error:
            self._failure = self._failure or error

    def _drop(self) -> None:
        if not self._closed:
            self._finish()
            self._part.unlink(missing_ok=True)

    def _broken(self) -> FormcoachError:
        return FormcoachError(f"The video {self.path} could not be written ({_reason(self._failure)}).")

    def _run(self) -> None:
        """The thread. After a failure it goes on emptying the queue, so that nobody waits for ever."""
        while True:
            item = self._waiting.get()
            try:
                if self._failure is None:
                    self._encode(item)
            except Exception as error:  # noqa: BLE001 - the next call from outside raises it
                self._failure = error
            if item is None:
                return

    def _encode(self, item: tuple[Image, int] | None) -> None:
        frame = None
        if item is not None:
            frame = av.VideoFrame.from_ndarray(item[0], format="yuv420p")
            frame.pts, frame.time_base = item[1], Fraction(1, _TICKS)
        elif self._last < 0:
            return
        self._container.mux(self._stream.encode(frame))
        if self._sound is not None:
            t = item[1] / _TICKS if item is not None else self._last / _TICKS + self._step_s
            for packet in self._sound.until(t):
                self._container.mux(packet)


def _fit(image: Image, size: tuple[int, int]) -> Image:
    """The picture on a canvas of `size` made even; a picture of another size keeps its shape."""
    width, height = size
    if image.shape[:2] != (height, width):
        scale = min(width / image.shape[1], height / image.shape[0])
        inside = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
        canvas = np.zeros((height, width, 3), np.uint8)
        left, top = (width - inside[0]) // 2, (height - inside[1]) // 2
        canvas[top : top + inside[1], left : left + inside[0]] = cv2.resize(image, inside)
        image = canvas
    if width % 2 or height % 2:
        image = cv2.copyMakeBorder(image, 0, height % 2, 0, width % 2, cv2.BORDER_REPLICATE)
    return image


def _encoder(width: int, height: int) -> str:
    """The best H.264 encoder that works here for pictures of this size."""
    for name in _ENCODERS:
        try:
            trial = av.CodecContext.create(name, "w")
            trial.width, trial.height, trial.pix_fmt = width, height, _pixels(name)
            trial.time_base = Fraction(1, _TICKS)
            trial.open()
        except (av.FFmpegError, ValueError):
            continue
        return name
    raise FormcoachError("No H.264 encoder works here, so no video can be written; reinstall PyAV (`av`).")


def _pixels(encoder: str) -> str:
    """How the encoder wants its pixels: by planes where it can."""
    formats = [form.name for form in av.Codec(encoder, "w").video_formats or ()]
    return "yuv420p" if not formats or "yuv420p" in formats else "nv12"


def _create(path: Path, part: Path) -> Any:
    form = _FORMATS.get(path.suffix.lower())
    if form is None:
        raise FormcoachError(f"A video cannot be written to {path}; give it a name that ends in .mp4.")
    if path.is_dir():
        raise FormcoachError(f"{path} is a folder; add the name of the video to write.")
    if not path.parent.is_dir():
        raise FormcoachError(f"There is no folder {path.parent} to write the video to; make it first.")
    try:
        part.open("wb").close()
    except OSError as error:
        raise FormcoachError(
            f"The video {path} cannot be written ({_reason(error)}); choose another folder."
        ) from error
    options = {} if form == "matroska" else {"movflags": "faststart"}
    return av.open(f"file:{part}", "w", format=form, options=options)


def _stream(container: Any, encoder: str, width: int, height: int, rate: float, crf: int) -> Any:
    rate = min(max(rate, 1.0), 1000.0)
    options = dict(_ENCODERS[encoder])
    if encoder == "libx264":
        options["crf"] = str(crf)
    options["g"] = str(round(4 * rate))  # a place to jump to at least every four seconds
    stream = container.add_stream(encoder, rate=Fraction(rate).limit_denominator(1001), options=options)
    stream.width, stream.height = width + width % 2, height + height % 2
    stream.pix_fmt = _pixels(encoder)
    context = stream.codec_context
    context.time_base = Fraction(1, _TICKS)
    # What OpenCV's conversion makes: else a player would guess another from the size.
    context.color_range, context.colorspace = 1, 6
    context.color_primaries, context.color_trc = 6, 6
    if encoder != "libx264":
        context.bit_rate = round(_BITS_PER_PIXEL * width * height * rate)
    return stream


def _reason(error: Exception | None) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
