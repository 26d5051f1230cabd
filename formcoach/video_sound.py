"""The sound of a video file, handed on to the video that is made of it, in step with the pictures."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from formcoach.libav import av

_COPIED = ("aac", "mp3")  # what every player of MP4 knows; anything else becomes AAC


class Sound:
    """The first sound of a video file; use it in a `with` block.

    What browsers play is passed on as it is, packet by packet; anything else is encoded anew. A sound
    that cannot be read ends there, and the pictures go on.

    Args:
        path: the video file.
        start_s: the moment of the file's own clock that is 0 in what is made, seconds.

    Attributes:
        damaged: one sentence about what could not be read, or empty; final at the end of the sound.
    """

    def __init__(self, path: Path, start_s: Fraction) -> None:
        self.damaged = ""
        self._name = path.name
        # The marks of a file, such as its title, need not be UTF-8.
        self._container = av.open(
            f"file:{path}", metadata_errors="replace", options={"protocol_whitelist": "file"}
        )
        streams = self._container.streams.audio
        self._source = streams[0] if streams and streams[0].codec_context is not None else None
        self._start_s = start_s
        self._packets: Iterator[Any] = iter(())
        self._waiting: Any = None
        self._until_s = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._container.close()

    def join(self, container: Any) -> None:
        """Add a stream for the sound to what is being made; before its first packet is written."""
        if self._source is None:
            return
        copied = self._source.codec_context.name in _COPIED
        self._packets = self._copied(container) if copied else self._encoded(container)

    def until(self, t: float) -> Iterator[Any]:
        """The packets of the new stream that begin before `t` seconds and have not been given yet."""
        while True:
            if self._waiting is None:
                self._waiting = self._next()
            if self._waiting is None or self._waiting.pts * self._waiting.time_base >= t:
                return
            packet, self._waiting = self._waiting, None
            self._until_s = float(packet.pts * packet.time_base)
            yield packet

    def _next(self) -> Any:
        try:
            return next(self._packets, None)
        except av.FFmpegError:
            self.damaged = f"The sound of {self._name} cannot be read any further than {self._until_s:.1f} s."
            self._packets = iter(())
            return None

    def _copied(self, container: Any) -> Iterator[Any]:
        stream = container.add_stream_from_template(self._source)
        return self._as_they_are(stream)

    def _as_they_are(self, stream: Any) -> Iterator[Any]:
        start: int | None = None
        for packet in self._container.demux(self._source):
            if packet.pts is None:  # the end
                continue
            start = round(self._start_s / packet.time_base) if start is None else start
            packet.pts -= start
            packet.dts = packet.pts
            if packet.pts >= 0:
                packet.stream = stream
                yield packet

    def _encoded(self, container: Any) -> Iterator[Any]:
        assert self._source is not None
        rate = self._source.codec_context.sample_rate
        stream = container.add_stream("aac", rate=rate, layout="stereo")
        return self._anew(stream, rate)

    def _anew(self, stream: Any, rate: int) -> Iterator[Any]:
        assert self._source is not None
        resampler = av.AudioResampler(format="fltp", layout="stereo", rate=rate, frame_size=1024)
        start = round(self._start_s * rate)
        for frame in self._container.decode(self._source):
            yield from self._pack(stream, resampler.resample(frame), start)
        yield from self._pack(stream, resampler.resample(None), start)
        yield from stream.encode(None)

    @staticmethod
    def _pack(stream: Any, frames: list[Any], start: int) -> Iterator[Any]:
        for frame in frames:
            if frame.pts is None or frame.pts < start:
                continue
            frame.pts -= start
            yield from stream.encode(frame)
