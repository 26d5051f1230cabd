"""The 33 body landmarks, and one moment of one person: `PoseSample`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

LANDMARKS: tuple[str, ...] = (
    "nose",
    "left_eye_inner",
    "left_eye",
    "left_eye_outer",
    "right_eye_inner",
    "right_eye",
    "right_eye_outer",
    "left_ear",
    "right_ear",
    "mouth_left",
    "mouth_right",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
    "left_pinky",
    "right_pinky",
    "left_index",
    "right_index",
    "left_thumb",
    "right_thumb",
    "left_hip",
    "right_hip",
    "left_knee",
    "right_knee",
    "left_ankle",
    "right_ankle",
    "left_heel",
    "right_heel",
    "left_foot_index",
    "right_foot_index",
)
"""MediaPipe Pose's landmark names, in its order."""

INDEX: dict[str, int] = {name: number for number, name in enumerate(LANDMARKS)}
LANDMARK_COUNT = len(LANDMARKS)

SIDES: tuple[str, str] = ("left", "right")
OTHER_SIDE: dict[str, str] = {"left": "right", "right": "left"}

PAIRED: tuple[str, ...] = (
    "ear",
    "eye",
    "shoulder",
    "elbow",
    "wrist",
    "index",
    "hip",
    "knee",
    "ankle",
    "heel",
    "foot_index",
)
"""Landmarks that exist once on each side; a spec writes `near.hip` or `side.hip`."""

SKELETON: tuple[tuple[str, str], ...] = (
    ("left_shoulder", "right_shoulder"),
    ("left_hip", "right_hip"),
    ("left_ear", "left_shoulder"),
    ("right_ear", "right_shoulder"),
    ("left_shoulder", "left_elbow"),
    ("left_elbow", "left_wrist"),
    ("right_shoulder", "right_elbow"),
    ("right_elbow", "right_wrist"),
    ("left_shoulder", "left_hip"),
    ("right_shoulder", "right_hip"),
    ("left_hip", "left_knee"),
    ("left_knee", "left_ankle"),
    ("right_hip", "right_knee"),
    ("right_knee", "right_ankle"),
    ("left_ankle", "left_heel"),
    ("left_heel", "left_foot_index"),
    ("right_ankle", "right_heel"),
    ("right_heel", "right_foot_index"),
)
"""The bones worth drawing."""

_LEFT_HIP = INDEX["left_hip"]

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class PoseSample:
    """One person at one moment, as the pose model saw them.

    Attributes:
        t: seconds since the start of the session or video; never decreases.
        xy: `(33, 2)` float32, x to the right and y **down**, both in image heights, so that an
            angle is the same in every aspect ratio. NaN where nobody was found.
        visibility: `(33,)` float32, 0 to 1, the model's own word on whether it sees the point.
        world: `(33, 3)` float32 metres from the middle of the hips, y down, z away from the
            camera; or None where the source has no depth.
        back: `(n,)` float32 outline of the back: offsets from the shoulder-hip line in trunk
            lengths, shoulder first, + towards the back, read from the picture before; or None
            where none was.
        aspect: picture width divided by picture height, to know what lies outside of it.
        room: `(2,)` float32, what was read of the picture before apart from the person: how bright its
            lighter parts are, 0 to 1, and how many degrees the picture leans clockwise, NaN where too
            little in it tells; or None where it was not looked at.
    """

    t: float
    xy: FloatArray
    visibility: FloatArray
    world: FloatArray | None = None
    back: FloatArray | None = None
    aspect: float = 16 / 9
    room: FloatArray | None = None

    @property
    def someone(self) -> bool:
        """Whether anybody was found."""
        x = self.xy.item(_LEFT_HIP, 0)
        return bool(x == x)


def nobody(t: float, aspect: float = 16 / 9) -> PoseSample:
    """The sample of a picture in which nobody was found."""
    return PoseSample(
        t,
        np.full((LANDMARK_COUNT, 2), np.nan, np.float32),
        np.zeros(LANDMARK_COUNT, np.float32),
        np.full((LANDMARK_COUNT, 3), np.nan, np.float32),
        None,
        aspect,
    )
