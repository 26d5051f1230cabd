"""Small videos, made on the spot, whose every picture is known."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt

from formcoach.libav import av

RED, GREEN, BLUE, WHITE = (0, 0, 255), (0, 255, 0), (255, 0, 0), (255, 255, 255)


def quarters(width: int, height: int, shade: int = 0) -> npt.NDArray[np.uint8]:
    """Red, green / blue, white; every value lowered by `shade`."""
    image = np.zeros((height, width, 3), np.int16)
    image[: height // 2, : width // 2] = RED
    image[: height // 2, width // 2 :] = GREEN
    image[height // 2 :, : width // 2] = BLUE
    image[height // 2 :, width // 2 :] = WHITE
    return np.clip(image - shade, 0, 255).astype(np.uint8)


def colours(image: npt.NDArray[np.uint8]) -> list[tuple[int, ...]]:
    """The colour in the middle of each quarter, row by row, rounded to black or full."""
    height, width = image.shape[:2]
    places = [(y, x) for y in (height // 4, 3 * height // 4) for x in (width // 4, 3 * width // 4)]
    return [tuple(255 * (value > 127) for value in image[place].tolist()) for place in places]


def make_video(
    path: Path,
    times_ms: Sequence[int] = tuple(range(0, 1000, 40)),
    *,
    size: tuple[int, int] = (64, 48),
    codec: str = "libx264",
    pixels: str = "yuv420p",
    turn: tuple[int, bool, bool] | None = None,
    pixel_shape: Fraction | None = None,
    sound: bool | str = False,
    sound_s: float = 1.0,
    early_index: bool = False,
) -> Path:
    """A video of `quarters`, each picture one shade darker than the one before.

    Args:
        path: its suffix says the container.
        times_ms: when each picture is shown.
        size: width and height as stored.
        codec, pixels: as FFmpeg names them.
        turn: degrees counter-clockwise, mirrored across, mirrored down; told to the player.
        pixel_shape: width of a pixel over its height, told to the player.
        sound: with a rising tone; of this codec, where one is named.
        sound_s: about how long it lasts, seconds.
        early_index: with the index before the pictures, so that a cut file can still be read.
    """
    options = {"movflags": "faststart"} if early_index else {}
    with av.open(str(path), "w", options=options) as container:
        if pixels:
            stream = container.add_stream(codec, rate=25)
            stream.width, stream.height = size
            stream.pix_fmt = pixels
            stream.codec_context.time_base = Fraction(1, 1000)
            if pixel_shape:
                stream.codec_context.sample_aspect_ratio = pixel_shape
            if turn:
                stream.set_display_rotation(turn[0], turn[1], turn[2])
        if sound:
            speaker = container.add_stream("aac" if sound is True else sound, rate=8000, layout="mono")
        for number, time in enumerate(times_ms if pixels else ()):
            frame = av.VideoFrame.from_ndarray(quarters(*size, number % 60), format="bgr24")
            frame.pts, frame.time_base = time, Fraction(1, 1000)
            container.mux(stream.encode(frame))
        if pixels:
            container.mux(stream.encode(None))
        if sound:
            for number in range(round(sound_s * 8000 / 1024)):
                container.mux(speaker.encode(_tone(speaker.format.name, number)))
            container.mux(speaker.encode(None))
    return path


def _tone(samples: str, number: int) -> av.AudioFrame:
    """The next eighth of a second of a tone that rises, so that no two moments sound alike."""
    t = (np.arange(1024) + 1024 * number) / 8000
    wave = 0.3 * np.sin(2 * np.pi * (300 + 50 * t) * t)
    values = wave.astype(np.float32) if samples.startswith("flt") else (32767 * wave).astype(np.int16)
    frame = av.AudioFrame.from_ndarray(values[None], samples, "mono")
    frame.sample_rate, frame.pts, frame.time_base = 8000, 1024 * number, Fraction(1, 8000)
    return frame
