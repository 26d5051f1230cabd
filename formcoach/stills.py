"""Single pictures out of a video that formcoach wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import cv2

from formcoach.libav import av

QUALITY = 82
"""Of the JPEG pictures, from 0 to 100."""

_EARLY_S = 0.001  # a picture is meant where its time differs by no more


def stills(video: Path, moments: Iterable[float]) -> dict[float, bytes]:
    """The picture that is shown at each moment, as JPEG.

    Args:
        video: with a place to jump to every few seconds, starting at 0.
        moments: seconds; after the end it is the last picture.
    """
    found = {}
    with av.open(f"file:{video}") as container:
        for t in moments:
            frame = _last_until(_decoded_from(container, t), t)
            if frame is not None:
                image = frame.to_ndarray(format="bgr24")
                _, packed = cv2.imencode(".jpg", image, (cv2.IMWRITE_JPEG_QUALITY, QUALITY))
                found[t] = packed.tobytes()
    return found


def _decoded_from(container: Any, t: float) -> Iterator[Any]:
    container.seek(max(0, int(t * av.time_base)), backward=True)
    return iter(container.decode(container.streams.video[0]))


def _last_until(frames: Iterator[Any], t: float) -> Any:
    last = None
    for frame in frames:
        if frame.time > t + _EARLY_S:
            return last or frame
        last = frame
    return last
