"""How somebody stands to the camera: which side is nearer, which way they face, from where they are seen."""

from __future__ import annotations

import math

from formcoach.follower import Follower
from formcoach.geometry import NAN, Point, Point3, middle
from formcoach.landmarks import INDEX
from formcoach.spec import Position

SIDE_FROM = 50.0
FRONT_UNTIL = 30.0
VIEW_HYSTERESIS = 4.0
"""Degrees that the line through both shoulders (and hips) points away from the picture plane: 90 is
side-on. The model's depth is good to about 11 degrees, so side-on begins well short of 90; people
filmed at 45 degrees measure 25 to 45."""

BACK_SQUARE_TO = 15.0
"""Degrees that somebody may be turned from side-on, as seen from above, for the outline to be that of the
back. It is kept for `VIEW_HYSTERESIS` beyond, as is the bound for what else is judged from the side."""

_LS, _RS, _LH, _RH = (INDEX[name] for name in ("left_shoulder", "right_shoulder", "left_hip", "right_hip"))
_HEAD_FIRST: frozenset[Position] = frozenset(("quadruped", "prone", "supine", "side-lying"))


class Orientation:
    """Follows how one person stands to the camera.

    Args:
        position: that of the exercise.
        square_to: degrees that somebody may be turned from side-on to be judged from the side.

    Attributes:
        near, facing, view, turned: as in `formcoach.body.Body`.
    """

    def __init__(self, position: Position, square_to: float) -> None:
        self.near = ""
        self.facing = 0
        self.view = ""
        self.turned = NAN
        self._position = position
        self._square_to = square_to
        self._square = self._back_square = False
        self._is_across = True
        self._yaw = Follower(0.5)
        self._depth = Follower(0.5)
        self._across = Follower(0.5)
        self._axis = Follower(0.5)
        self._heading = Follower(0.5)

    @property
    def yaw(self) -> float:
        """As in `formcoach.body.Body`."""
        return self._yaw.value

    @property
    def judged_from(self) -> str:
        """As in `formcoach.body.Body`."""
        judged = self._is_across if self.view == "front" else self._square
        return "oblique" if self.view in ("side", "front") and not judged else self.view

    @property
    def shows_back(self) -> bool:
        """Whether the edge of the trunk is that of the back."""
        return self.view == "side" and self._back_square

    def forget(self) -> None:
        """Somebody else, or another shot."""
        for follower in (self._yaw, self._depth, self._across, self._axis, self._heading):
            follower.forget()

    def step(self, t: float, points: list[Point], world: list[Point3] | None, trunk: float) -> None:
        """Take in the next sample.

        Args:
            t: seconds.
            points: 33 `(x, y)`, image heights, y down.
            world: 33 `(x, y, z)` metres, or None.
            trunk: its length, image heights.
        """
        heading = self._heading.step(t, self._lead(points, trunk or NAN))
        if abs(heading) > 0.1:
            self.facing = 1 if heading > 0 else -1
        if world is None:
            return
        depth = self._depth.step(t, world[_LS][2] + world[_LH][2] - world[_RS][2] - world[_RH][2])
        if abs(depth) > 0.05 or (not self.near and depth == depth):
            self.near = "left" if depth < 0 else "right"
        yaw = self._yaw.step(t, (_out_of_plane(world, _LS, _RS) + _out_of_plane(world, _LH, _RH)) / 2)
        self.view = _name_view(yaw, self.view)
        across = self._across.step(t, world[_LS][0] + world[_LH][0] - world[_RS][0] - world[_RH][0])
        self.turned = math.degrees(math.atan2(abs(across), abs(depth)))
        self._square = _is_within(self.turned, self._square_to, self._square)
        self._back_square = _is_within(self.turned, BACK_SQUARE_TO, self._back_square)
        if self._position == "side-lying":  # one shoulder above the other, from wherever they are seen
            axis = self._axis.step(t, _trunk_out_of_plane(world))
            self._is_across = _is_within(axis, FRONT_UNTIL, self._is_across)

    def _lead(self, points: list[Point], trunk: float) -> float:
        """How far the head (lying, on all fours) or toes and nose (upright) lead, in trunk lengths."""
        if self._position in _HEAD_FIRST:
            return (middle(points[_LS], points[_RS])[0] - middle(points[_LH], points[_RH])[0]) / trunk
        ears = middle(points[INDEX["left_ear"]], points[INDEX["right_ear"]])
        lead = points[INDEX["nose"]][0] - ears[0]
        if self._position == "standing":
            for side in ("left", "right"):
                lead += points[INDEX[f"{side}_foot_index"]][0] - points[INDEX[f"{side}_heel"]][0]
        return lead / trunk


def _out_of_plane(world: list[Point3], left: int, right: int) -> float:
    (ax, ay, az), (bx, by, bz) = world[left], world[right]
    return math.degrees(math.atan2(abs(az - bz), math.hypot(ax - bx, ay - by)))


def _trunk_out_of_plane(world: list[Point3]) -> float:
    dx, dy, dz = (a + b - c - d for a, b, c, d in zip(*(world[i] for i in (_LS, _RS, _LH, _RH)), strict=True))
    return math.degrees(math.atan2(abs(dz), math.hypot(dx, dy)))


def _is_within(turned: float, bound: float, was: bool) -> bool:
    return turned <= bound + (VIEW_HYSTERESIS if was else 0.0)


def _name_view(yaw: float, was: str) -> str:
    if yaw != yaw:
        return was
    if yaw >= SIDE_FROM - (VIEW_HYSTERESIS if was == "side" else 0.0):
        return "side"
    if yaw <= FRONT_UNTIL + (VIEW_HYSTERESIS if was == "front" else 0.0):
        return "front"
    return "oblique"
