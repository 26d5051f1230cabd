"""What a picture tells of the room: how bright it is, and how far the camera leans to one side.

Rooms are built upright: door frames, furniture and windows have edges that stand and edges that lie. In the
picture of a camera that stands straight the upright ones point at one place straight above or below its
middle, so those in the middle stand upright and the others lean the more, the further aside they are. The
lean of that whole fan is the camera's own. Edges that lie level are parallel to the picture's rows only where
a wall is looked at squarely; that shows in their being parallel at different heights.

People, mats and dumbbells have edges of their own that mean nothing, so many must agree before anything is
said. Measured on real clips: docs/accuracy.md.
"""

from __future__ import annotations

import math
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from formcoach.frame import Image
from formcoach.landmarks import INDEX, SIDES, SKELETON, FloatArray

EVERY_S = 1.0
"""Between two looks."""

HEIGHT = 480
"""Pixels of the picture in which edges are looked for."""

SHORTEST = 0.06
"""Picture heights: shorter edges tell no direction."""

ASIDE = 25.0
"""Degrees that an edge may lean and still be taken for an upright or a level one."""

MOST = 18.0
"""Degrees that the camera may lean and still be understood."""

BLUR = 0.5
"""Degrees by which edges that are parallel in the room differ in the picture."""

STEEPEST_FAN = 16.0
"""Degrees by which uprights may lean more for each picture height further aside: a camera that looks some
20 degrees up or down."""

STEEPEST_TAPER = 6.0
"""The same of level edges for each picture height further up: a wall that is not squarely looked at."""

FEWEST = 5
LENGTH_UPRIGHT, LENGTH_LEVEL = 1.2, 2.0
SHARE_UPRIGHT, SHARE_LEVEL = 0.5, 0.7
"""How many edges must agree, on how many picture heights of them in all, and which share of all such edges
that must be."""

SURE = 0.8
"""Degrees by which the lean may be unsure."""

CRISP = 0.15
"""Degrees by which even straight edges that agree are off."""

HORIZON = 0.2
"""Picture heights by which the horizon may lie off the middle, whence level edges that taper are unsure."""

APART = 3.0
"""Degrees between what uprights and level edges say, from which neither is believed."""

PERSON = 0.35
"""Trunk lengths around the bones within which edges are the person's own."""

LIGHTER = 90
"""The percentile of brightness that is taken for the lighter parts."""

Array = npt.NDArray[np.float64]
Grey = npt.NDArray[np.uint8]

_BONES = np.array([(INDEX[a], INDEX[b]) for a, b in SKELETON])
_SHOULDERS, _HIPS = ([INDEX[f"{side}_{part}"] for side in SIDES] for part in ("shoulder", "hip"))


class RoomReader:
    """Looks at the room now and then, in a thread of its own.

    A look takes as long as finding the person, so live nobody waits for it: what it found comes with the
    sample of the next picture. Which one that is does not hang on the machine's speed.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "formcoach room")
        self._last_t = -math.inf
        self._reading: Future[FloatArray] | None = None

    def latest(self) -> FloatArray | None:
        """What the last look found, as in `PoseSample.room`; None where that was given, or none was due."""
        reading, self._reading = self._reading, None
        return None if reading is None else reading.result()

    def look(self, t: float, image: Image, xy: FloatArray | None) -> None:
        """Start on a picture, where a look is due.

        Args:
            t: its time, seconds.
            image: `(height, width, 3)` uint8, blue-green-red; it may change once this has returned.
            xy: the person's landmarks in it, as in `PoseSample`, or None where nobody was found.
        """
        if t - self._last_t >= EVERY_S:
            self._last_t = t
            self._reading = self._thread.submit(read_room, shrink(image), xy)

    def close(self) -> None:
        """End the thread."""
        self._thread.shutdown(wait=True)


def shrink(image: Image) -> Grey:
    """A grey picture of `HEIGHT` rows."""
    width = max(1, round(HEIGHT * image.shape[1] / image.shape[0]))
    small = cv2.resize(image, (width, HEIGHT), interpolation=cv2.INTER_AREA)
    grey: Grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    return grey


def read_room(grey: Grey, xy: FloatArray | None) -> FloatArray:
    """What a picture, as `shrink` gives it, tells: as in `PoseSample.room`."""
    light = float(np.percentile(grey[::8, ::8], LIGHTER)) / 255.0
    found = cv2.createLineSegmentDetector(cv2.LSD_REFINE_STD).detect(grey)[0]
    edges = np.zeros((0, 4)) if found is None else found.reshape(-1, 4).astype(np.float64) / HEIGHT
    if xy is not None:
        edges = edges[~_is_persons(edges, xy.astype(np.float64))]
    return np.array([light, lean_of(edges, grey.shape[1] / HEIGHT)], np.float32)


def lean_of(edges: Array, aspect: float) -> float:
    """How far the camera's picture leans clockwise, degrees; NaN where too little tells.

    Args:
        edges: `(n, 4)` the ends of each edge, x y x y in picture heights, y down.
        aspect: width of the picture divided by its height.
    """
    along = edges[:, 2:] - edges[:, :2]
    length = np.hypot(along[:, 0], along[:, 1])
    middle = (edges[:, 2:] + edges[:, :2]) / 2 - np.array([aspect / 2, 0.5])
    clear = length > SHORTEST
    along, length, middle = along[clear], length[clear], middle[clear]
    upright = _agreed(np.arctan2(along[:, 0], -along[:, 1]), middle[:, 0], length, _UPRIGHT)
    level = _agreed(np.arctan2(along[:, 1], along[:, 0]), middle[:, 1], length, _LEVEL)
    if math.isnan(upright) or math.isnan(level):
        return level if math.isnan(upright) else upright
    return (upright + level) / 2 if abs(upright - level) < APART else math.nan


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of edges that are to agree."""

    slant: float
    length: float
    share: float
    off_middle: float


_UPRIGHT = _Asked(STEEPEST_FAN, LENGTH_UPRIGHT, SHARE_UPRIGHT, 0.0)
_LEVEL = _Asked(STEEPEST_TAPER, LENGTH_LEVEL, SHARE_LEVEL, HORIZON)


def _agreed(turn: Array, place: Array, length: Array, asked: _Asked) -> float:
    """The lean, degrees, that most edges have in the middle of the picture; NaN where too few agree.

    Args:
        turn: how far each edge is turned clockwise, radians.
        place: how far it lies from the middle, picture heights.
        length: picture heights.
        asked: what they must come to.
    """
    lean = (np.degrees(turn) + 90.0) % 180.0 - 90.0
    near = abs(lean) < ASIDE
    lean, place, length = lean[near], place[near], length[near]
    agree = abs(_off_the_fan(lean, place, length, asked.slant)) < 2.4 * BLUR
    if agree.sum() < FEWEST or length[agree].sum() < max(asked.length, asked.share * length.sum()):
        return math.nan
    lean, place, weight = lean[agree], place[agree], length[agree] / length[agree].sum()
    # The line through what agrees, and how sure it is of its height in the middle of the picture.
    centre, level = float(weight @ place), float(weight @ lean)
    spread = max(float(weight @ (place - centre) ** 2), 1e-6)
    slant = float(weight @ ((place - centre) * (lean - level))) / spread
    scatter = max(math.sqrt(weight @ (lean - level - slant * (place - centre)) ** 2), CRISP)
    unsure = scatter * math.sqrt((1.0 + centre**2 / spread) * float(weight @ weight))
    if unsure + abs(slant) * asked.off_middle > SURE:
        return math.nan
    return level - slant * centre


def _off_the_fan(lean: Array, place: Array, length: Array, steepest: float) -> Array:
    """How far each edge is, degrees, from the fan of edges on which most picture heights agree."""
    leans = np.arange(-MOST, MOST + 0.01, BLUR / 2)
    best, off = 0.0, np.full(len(lean), np.inf)
    for slant in np.arange(-steepest, steepest + 0.01, 2.0):
        straight = lean - slant * place
        support = np.exp(-0.5 * ((straight - leans[:, None]) / BLUR) ** 2) @ length
        found = float(support.max(initial=0.0)) * (1.0 - 0.006 * abs(slant))  # of equals the least slanting
        if found > best:
            best, off = found, straight - leans[support.argmax()]
    return off


def _is_persons(edges: Array, xy: Array) -> npt.NDArray[np.bool_]:
    """Which edges lie along the person."""
    trunk = np.hypot(*(xy[_SHOULDERS].mean(axis=0) - xy[_HIPS].mean(axis=0)))
    middles = (edges[:, None, :2] + edges[:, None, 2:]) / 2
    a, b = xy[_BONES[:, 0]][None], xy[_BONES[:, 1]][None]
    bone = b - a
    share = np.clip(((middles - a) * bone).sum(-1) / np.maximum((bone * bone).sum(-1), 1e-9), 0.0, 1.0)
    apart = np.linalg.norm(middles - a - share[..., None] * bone, axis=-1)
    near: npt.NDArray[np.bool_] = (apart < PERSON * trunk).any(axis=1)
    return near
