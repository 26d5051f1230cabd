"""Who is in the sample and how they stand to the camera: `Tracker` turns samples into a `Body`.

It follows one person (`formcoach.identity`) and how they stand to the camera (`formcoach.orientation`), and
decides which landmarks count as seen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from formcoach.back import NOT_LOOKED_FOR, NOT_SIDE_ON, Back, read_back
from formcoach.follower import Follower
from formcoach.geometry import NAN, Place, Point, Point3, distance, in_one_number, middle
from formcoach.identity import Identity, body_size
from formcoach.landmarks import INDEX, PAIRED, PoseSample
from formcoach.level import Level, turn_back, turn_back_world
from formcoach.orientation import Orientation
from formcoach.sides import Sides
from formcoach.spec import TURNED, Position
from formcoach.tremble import DepthTremble, Tremble

SEEN_FROM = 0.5
SEEN_UNTIL = 0.35
"""Visibility at which a landmark starts and stops being seen; the gap keeps it from flickering."""

OUTSIDE = 0.02
"""A landmark this far outside the picture, in image heights, is a guess of the model: not seen."""

FASTEST = 12.0
"""Trunk lengths a second: no hand of somebody exercising is faster; a landmark that is, is a slip."""

BEHIND = 0.3
"""Trunk lengths: side-on, a far landmark estimated this close to its near twin is taken to be hidden
right behind it, as the resting leg and arm are on all fours."""

BACK_LASTS_S = 0.3
"""So long an outline of the back stands for the samples after it."""

SHRINK = 0.05
"""The share by which `Body.span` forgets its longest trunk in a second."""

LONGEST = {"thigh": 1.7, "shank": 1.7, "arm": 1.3}
"""Longest credible limb segments in trunk lengths (anthropometry: 0.9, 0.85 and 0.6, and room for
perspective and for a model that puts the hip too low)."""

NOBODY = "nobody in the picture"
STRANGER = "somebody else in the picture"
UNCLEAR = "the picture is too unclear"
"""Why the person is not seen."""

_LIMBS: tuple[tuple[int, int, float], ...] = tuple(
    (INDEX[f"{side}_{upper}"], INDEX[f"{side}_{lower}"], LONGEST[limb])
    for side in ("left", "right")
    for upper, lower, limb in (
        ("hip", "knee", "thigh"),
        ("knee", "ankle", "shank"),
        ("shoulder", "elbow", "arm"),
        ("elbow", "wrist", "arm"),
    )
)

_TWINS = tuple((INDEX[f"left_{part}"], INDEX[f"right_{part}"]) for part in PAIRED)
_TWINS_FROM_RIGHT = tuple((right, left) for left, right in _TWINS)

_LS, _RS, _LH, _RH = (INDEX[name] for name in ("left_shoulder", "right_shoulder", "left_hip", "right_hip"))


class Body(NamedTuple):
    """One sample, understood.

    Attributes:
        t: seconds.
        someone: whether the person is seen; when False the other fields keep their last values.
        why: why the person is not seen, or empty.
        points: 33 `(x, y)`, image heights, y down.
        seen: 33 booleans.
        world: 33 `(x, y, z)` metres, or None.
        trunk: the trunk's length in image heights, slowly following.
        span: the longest the trunk has lately looked, image heights: it does not shrink when the
            person leans towards the camera.
        near: the side nearer to the camera, or empty.
        facing: +1 to the right of the picture, -1 to the left, 0 unknown.
        view: `side`, `front`, `oblique`, or empty while unknown.
        yaw: degrees that the line through the shoulders points away from the picture: 90 = side-on.
        back: the shape of the back, as last read.
        new: whether this is another person or another shot than the sample before.
        roll: degrees that the picture leans clockwise; `points` and `world` are turned back by it.
        knows_level: whether the room has told how far it leans.
        turned: degrees that shoulders and hips are turned from side-on, as seen from above.
        judged_from: as `view`, but `oblique` where they are turned too far to be judged from there.
        pictured: `points` as they are in the picture, not turned back.
        outside: the landmarks, of those that are read, that are outside of the picture.
    """

    t: float
    someone: bool
    why: str
    points: list[Point]
    seen: list[bool]
    world: list[Point3] | None
    trunk: float
    span: float
    near: str
    facing: int
    view: str
    yaw: float
    back: Back
    new: bool
    roll: float = 0.0
    knows_level: bool = False
    turned: float = NAN
    judged_from: str = ""
    pictured: Sequence[Point] = ()
    outside: Sequence[int] = ()


class Tracker:
    """Follows one person through the samples of a session.

    Args:
        position: that of the exercise.
        landmarks: those that are read.
        turns: whether it is asked how shoulders and hips are turned in space.
        square_to: degrees that somebody may be turned from side-on to be judged from the side.
    """

    def __init__(
        self,
        position: Position,
        landmarks: frozenset[int],
        *,
        turns: bool = False,
        square_to: float = TURNED,
    ) -> None:
        self._used = sorted(landmarks | {_LS, _RS, _LH, _RH})
        self._limbs = [limb for limb in _LIMBS if limb[0] in landmarks and limb[1] in landmarks]
        self._seen = [False] * len(INDEX)
        self._upright: list[Point] = [(NAN, NAN)] * len(INDEX)
        self._places: list[Place] = [complex(NAN, NAN)] * len(INDEX)
        self._level = Level()
        self._body_t = -math.inf
        self._identity = Identity()
        self._sides = Sides()
        self._tremble = Tremble()
        self._depth_tremble = DepthTremble() if turns else None
        self._span = 0.0
        self._trunk = Follower(1.0)
        self._stand = Orientation(position, square_to)
        self._back = NOT_LOOKED_FOR
        self._back_t = -math.inf

    def step(self, sample: PoseSample) -> Body:
        """Take in the next sample."""
        roll = self._level.step(sample)
        if not sample.someone:
            return self._nobody(sample.t, NOBODY)
        points: list[Point] = list(zip(*sample.xy.T.tolist(), strict=True))
        hips, shoulders = middle(points[_LH], points[_RH]), middle(points[_LS], points[_RS])
        trunk = distance(hips, shoulders)
        size = body_size(trunk, distance(points[_LS], points[_RS]))
        if not 0.0 < size < math.inf:
            return self._nobody(sample.t, NOBODY)  # half a body, or all of it in one point
        who = self._identity.check(sample.t, hips, shoulders, size)
        if who == "stranger":
            return self._nobody(sample.t, STRANGER)
        if who == "new":
            self._forget()
        places = in_one_number(sample.xy)
        if self._tremble.step(sample.t, places, max(trunk, self._span)):
            return self._nobody(sample.t, UNCLEAR)
        world: list[Point3] | None = None
        if sample.world is not None:
            world = sample.world.tolist()
        if world is not None and self._is_depth_unclear(sample.t, world):
            return self._nobody(sample.t, UNCLEAR)
        visibility: list[float] = sample.visibility.tolist()
        order = self._sides.order(sample.t, places, max(size, self._span))
        if order is not None:
            points, places = [points[i] for i in order], [places[i] for i in order]
            visibility = [visibility[i] for i in order]
            world = None if world is None else [world[i] for i in order]
        self._trunk.step(sample.t, trunk)
        self._span = (
            trunk
            if self._body_t == -math.inf
            else max(trunk, self._span * (1.0 - SHRINK * (sample.t - self._body_t)))
        )
        seen, outside = self._see(sample, points, places, visibility, size)
        upright = turn_back(points, sample.aspect, roll)
        world = None if world is None else turn_back_world(world, roll)
        self._stand.step(sample.t, upright, world, self._trunk.value)
        self._body_t, self._places, self._upright, self._seen = sample.t, places, upright, seen
        return Body(
            sample.t,
            True,
            "",
            upright,
            seen,
            world,
            self._trunk.value,
            self._span,
            self._stand.near,
            self._stand.facing,
            self._stand.view,
            self._stand.yaw,
            self._read_back(sample),
            who == "new",
            roll,
            self._level.known,
            self._stand.turned,
            self._stand.judged_from,
            points,
            outside,
        )

    def _is_depth_unclear(self, t: float, world: list[Point3]) -> bool:
        """Whether it cannot be told how shoulders and hips are turned, where that is asked."""
        if self._depth_tremble is None:
            return False
        left, right = (math.dist(world[shoulder], world[hip]) for shoulder, hip in ((_LS, _LH), (_RS, _RH)))
        return self._depth_tremble.step(t, [z for _, _, z in world], (left + right) / 2)

    def _nobody(self, t: float, why: str) -> Body:
        unseen = [False] * len(INDEX)
        return Body(
            t,
            False,
            why,
            self._upright,
            unseen,
            None,
            self._trunk.value,
            self._span,
            self._stand.near,
            self._stand.facing,
            self._stand.view,
            self._stand.yaw,
            NOT_LOOKED_FOR,
            False,
            self._level.roll,
            self._level.known,
            self._stand.turned,
            self._stand.judged_from,
        )

    def _read_back(self, sample: PoseSample) -> Back:
        """The outline comes with some samples only; in between, the last one stands for a while."""
        if sample.back is not None:
            self._back, self._back_t = read_back(sample.back), sample.t
        elif sample.t - self._back_t > BACK_LASTS_S:
            self._back = NOT_LOOKED_FOR
        # From elsewhere the edge of the trunk is a flank or an arm, whose bow follows every movement.
        return self._back if self._stand.shows_back else NOT_SIDE_ON

    def _forget(self) -> None:
        """Somebody else, or another shot: nothing is known of them yet."""
        self._trunk.forget()
        self._stand.forget()
        self._sides.forget()
        self._tremble.forget()
        if self._depth_tremble is not None:
            self._depth_tremble.forget()
        self._seen = [False] * len(INDEX)
        self._body_t = self._back_t = -math.inf
        self._back = NOT_LOOKED_FOR

    def _see(
        self,
        sample: PoseSample,
        points: list[Point],
        places: list[Place],
        visibility: list[float],
        size: float,
    ) -> tuple[list[bool], list[int]]:
        """Which landmarks count as seen, and which are outside of the picture."""
        seen, was_seen, was_at = [False] * len(INDEX), self._seen, self._places
        outside: list[int] = []
        right, bottom = sample.aspect + OUTSIDE, 1.0 + OUTSIDE
        step = sample.t - self._body_t
        reach = FASTEST * step * self._trunk.value + 0.1 if step < 0.2 else math.inf
        for i in self._used:
            x, y = points[i]
            if not (-OUTSIDE <= x <= right and -OUTSIDE <= y <= bottom):
                outside.append(i)
            elif visibility[i] >= (SEEN_UNTIL if was_seen[i] else SEEN_FROM):  # which NaN is not
                seen[i] = not (was_seen[i] and abs(places[i] - was_at[i]) > reach)
        if self._stand.view == "side":
            self._see_behind(places, seen)
        for i in self._sides.unsure:
            seen[i] = False
        longest = max(size, self._span)
        for upper, lower, share in self._limbs:
            if abs(places[upper] - places[lower]) > share * longest:
                seen[lower] = False
        return seen, outside

    def _see_behind(self, places: list[Place], seen: list[bool]) -> None:
        """A far limb that is hidden because it rests behind the near one is where that one is."""
        twins = _TWINS if self._stand.near == "left" else _TWINS_FROM_RIGHT
        for near, far in twins:
            if seen[near] and not seen[far]:
                seen[far] = abs(places[near] - places[far]) < BEHIND * self._span


def is_outside(place: Point, aspect: float) -> bool:
    """Whether a place is so far outside of the picture that it is a guess of the model."""
    return not (-OUTSIDE <= place[0] <= aspect + OUTSIDE and -OUTSIDE <= place[1] <= 1.0 + OUTSIDE)
