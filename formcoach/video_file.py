"""A video file as a stream of upright pictures, each with its exact time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fractions import Fraction
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from formcoach.ahead import Ahead
from formcoach.errors import FormcoachError
from formcoach.frame import Frame
from formcoach.libav import av
from formcoach.video_frame import Clock, View

MOST_PIXELS = 9_500_000
"""Of one picture; 4K has up to 9.4 million. FFmpeg keeps several, and a small file may claim any size: more
is a trap for the memory."""

_ROOM = 200_000_000  # bytes of pictures decoded ahead, at most


class VideoFile:
    """Reads a video once, from its start; use it in a `with` block and iterate over it.

    A thread decodes and converts up to `ahead` pictures beforehand, while the ones before are being
    looked at.

    Args:
        path: any file that FFmpeg reads.
        ahead: how many pictures to have ready; fewer where they are huge. Where a file suddenly goes over to
            pictures that so many of would be too much, these are left out.

    Attributes:
        width, height: of the upright picture with square pixels.
        rate: pictures per second on average, or None where the file does not know.
        duration_s: or None where the file does not know.
        frame_count: an estimate, or None.
        has_audio: whether there is sound.
        start_s: when the first picture comes by the file's own clock, seconds.
        damaged: one sentence about what could not be read, or empty; final after the last picture.

    Raises:
        FormcoachError: there is no video there, or not one picture of it can be read.
    """

    def __init__(self, path: Path, *, ahead: int = 8) -> None:
        self.path = path
        self.damaged = ""
        self._container = _open(path)
        try:
            self._stream = stream = _video_stream(self._container, path)
            # Decoding several frames at once is the faster; many threads only take memory.
            stream.thread_type = "AUTO"
            stream.codec_context.options = {"max_pixels": str(MOST_PIXELS)}
            stream.codec_context.thread_count = min(4, os.cpu_count() or 1)
            self._lost = 0
            frames = self._decode()
            first = next(frames, None)
        except BaseException:
            self._container.close()
            raise
        if first is None:
            self._container.close()
            raise FormcoachError(f"{path} is damaged, or larger than 4K: not one picture of it can be read.")
        self._frames = chain([first], frames)
        self._view = View.of(first, stream.sample_aspect_ratio)
        self.width, self.height = self._view.size(first.width, first.height)
        self.rate = float(stream.average_rate) if stream.average_rate else None
        self.duration_s = _duration(self._container, stream)
        self.frame_count = stream.frames or _product(self.duration_s, self.rate)
        self.has_audio = bool(self._container.streams.audio)
        self.start_s = (first.pts or 0) * stream.time_base
        self._clock = Clock(stream.time_base, 1 / self.rate if self.rate else 0.0)
        room = max(1, min(ahead, _ROOM // (3 * self.width * self.height)))
        self._largest = _ROOM // (3 * room)
        self._pictures = Ahead(self._read(), room, "video")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Frame:
        return next(self._pictures)

    def close(self) -> None:
        """Stop reading; what was decoded ahead is dropped."""
        self._pictures.close()
        self._container.close()

    def _read(self) -> Iterator[Frame]:
        """Every picture; run in the thread."""
        last = 0.0
        try:
            for frame in self._frames:
                last = self._clock.read(frame.pts)
                if (
                    frame.width * frame.height > self._largest
                ):  # it has grown on the way: no room is kept for it
                    self._lost += 1
                else:
                    yield Frame(last, self._view.image(frame))
        except Exception as error:
            raise FormcoachError(
                f"{self.path} cannot be read any further than {last:.1f} s ({error})."
            ) from error
        self.damaged = self._damage(last)

    def _decode(self) -> Iterator[Any]:
        """Every frame that can be decoded."""
        try:
            for packet in self._container.demux(self._stream):
                try:
                    frames = packet.decode()
                except av.FFmpegError:
                    self._lost += 1
                else:
                    yield from frames
        except av.FFmpegError:  # the rest of the file makes no sense
            self._lost += 1
            yield from self._left()

    def _left(self) -> Iterator[Any]:
        """What the decoder has taken in, and not given yet."""
        try:
            yield from self._stream.decode(None)
        except av.FFmpegError:
            self._lost += 1

    def _damage(self, last: float) -> str:
        whole = self.duration_s
        # In some files only the longest stream, which may be the sound, says how long it is.
        sure = self._stream.duration or not self.has_audio
        if whole and sure and last < whole - max(1.0, 0.05 * whole):
            return f"{self.path.name} breaks off: {last:.1f} s of {whole:.1f} s could be read."
        if self._lost:
            return f"{self.path.name} is damaged: {self._lost} of its pictures could not be read."
        return ""


def _open(path: Path) -> Any:
    if path.is_dir():
        raise FormcoachError(f"{path} is a folder; name a video in it.")
    try:
        with path.open("rb") as file:
            if not file.read(1):
                raise FormcoachError(f"{path} is empty; there is no video in it.")
    except FileNotFoundError as error:
        raise FormcoachError(f"There is no video {path}; check the name.") from error
    except OSError as error:
        raise FormcoachError(f"The video {path} cannot be opened ({error.strerror}).") from error
    try:
        # `file:` for names with a colon; the list, so that a playlist cannot fetch from elsewhere.
        # A title need not be UTF-8.
        options = {"protocol_whitelist": "file", "max_pixels": str(MOST_PIXELS)}
        return av.open(f"file:{path}", metadata_errors="replace", options=options)
    except av.FFmpegError as error:
        raise FormcoachError(f"{path} is not a video, or too damaged to be read.") from error


def _video_stream(container: Any, path: Path) -> Any:
    """The first stream of moving pictures; the cover of a song is not one."""
    for stream in container.streams.video:
        if not stream.disposition & av.stream.Disposition.attached_pic:
            if stream.codec_context is None:
                raise FormcoachError(f"{path} is damaged, or of a kind that cannot be decoded here.")
            if stream.width * stream.height > MOST_PIXELS:
                raise FormcoachError(
                    f"{path} has pictures of {stream.width} x {stream.height}; make a copy in 4K or smaller."
                )
            return stream
    raise FormcoachError(f"{path} has no moving picture in it; it seems to be sound only.")


def _duration(container: Any, stream: Any) -> float | None:
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    if not container.duration:
        return None
    # Matroska counts from zero, whenever its first picture comes.
    late = (container.start_time or 0) if "matroska" in container.format.name else 0
    return float(Fraction(container.duration - late, av.time_base))


def _product(duration_s: float | None, rate: float | None) -> int | None:
    return round(duration_s * rate) if duration_s and rate else None
