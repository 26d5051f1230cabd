"""One picture and when it was taken."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A picture from a camera or a video.

    Attributes:
        t: seconds since the start, from a monotonic clock or the video's own timestamps.
        image: `(height, width, 3)` uint8, blue-green-red, upright, contiguous.
    """

    t: float
    image: Image
