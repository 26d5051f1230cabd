"""The pictures of a video, small and in a temporary file, so that any of them can be shown at once."""

from __future__ import annotations

from tempfile import TemporaryFile
from types import TracebackType
from typing import Self

import cv2
import numpy as np

from formcoach.frame import Image

LONGEST = 960
"""The longer side of a kept picture, pixels at most."""

QUALITY = 85
"""Of a kept picture, as JPEG has it."""


class Reel:
    """Keeps pictures in the order in which they come; a context manager."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115  closed by __exit__
        self._ends = [0]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, image: Image) -> None:
        """Keep the next picture."""
        scale = LONGEST / max(image.shape[:2])
        if scale < 1:
            image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        _, data = cv2.imencode(".jpg", image, (cv2.IMWRITE_JPEG_QUALITY, QUALITY))
        self._file.seek(self._ends[-1])
        self._ends.append(self._ends[-1] + self._file.write(data.tobytes()))

    def picture(self, number: int) -> Image:
        """A kept picture by its number, from 0."""
        start, end = self._ends[number : number + 2]
        self._file.seek(start)
        data = np.frombuffer(self._file.read(end - start), np.uint8)
        return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
