"""The figure: its proportions, its postures as segment directions, and where that puts 33 landmarks.

A posture is a `dict` from a segment's name to its direction in the person's sagittal plane, in degrees:
0 = level, the way the person faces; 90 = up; -90 = down; -180 = level, backwards. Limbs carry on
through -180 (a leg lifted above level behind the body is -190), so that turning a posture into another
one by going straight from number to number takes the way a body would.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from formcoach.landmarks import INDEX, LANDMARK_COUNT, SIDES

Array = npt.NDArray[np.float64]
Posture = dict[str, float]

LIMB_SEGMENTS = (
    "thigh",
    "shank",
    "foot",
    "upper_arm",
    "forearm",
    "hand",
    "palm",
    "leg_out",
    "thigh_out",
    "thigh_turn",
    "arm_out",
    "forearm_out",
)
"""Each exists once a side. `palm` is 0 when it faces the floor, 90 when it faces the body, thumb first;
`leg_out` and `arm_out` are degrees out of the sagittal plane, sideways, of all of a limb but the foot;
`thigh_out` and `thigh_turn` those by which the hip swings the whole leg sideways and turns it outwards about
the thigh; `forearm_out` those that the forearm and the hand have besides the arm's."""

WHOLE_SEGMENTS = ("pelvis", "twist", "lean", "hip_turn", "roll")
"""Turns of more than one segment, degrees, 0 where a posture does not name them, in this order:

- `pelvis`: hips and legs about the trunk, + = towards the person's left.
- `twist`: shoulders, arms and head about the trunk, + = towards the person's left.
- `lean`: trunk, arms and head sideways at the hips, + = to the person's right.
- `hip_turn`: everything about the vertical, the hips and the legs too, + = to the left.
- `roll`: the whole body about the level line that it faces along, + = onto its right side. Standing people
  tip over sideways, lying ones roll over.
"""

SEGMENTS: tuple[str, ...] = (
    "trunk",  # hip to shoulder
    "head",  # shoulder to ear
    "gaze",  # where the face points
    "bow",  # of the spine in trunk lengths, + = rounded outwards; seen only where the figure is drawn
    *WHOLE_SEGMENTS,
    "shrug",  # the shoulders moved towards the ears, metres, as by arms that reach overhead
    *(f"{side}_{segment}" for side, segment in product(SIDES, LIMB_SEGMENTS)),
)
COLUMN = {name: column for column, name in enumerate(SEGMENTS)}
GAZE = -72.0
"""The face's direction from the neck's: standing, with the neck at 75, people look level."""

CLEARANCE = {
    "heel": 0.025,
    "foot_index": 0.02,
    "knee": 0.055,
    "hip": 0.10,
    "shoulder": 0.09,
    "elbow": 0.04,
    "wrist": 0.025,
    "index": 0.01,
}
"""How far above the floor a landmark is that rests on it, metres: flesh, and the soles of shoes."""

_HEAD = {  # forward, up, outwards from the middle between the ears; metres
    "nose": (0.118, -0.035, 0.0),
    "eye_inner": (0.098, 0.008, 0.017),
    "eye": (0.095, 0.010, 0.031),
    "eye_outer": (0.088, 0.008, 0.044),
    "ear": (0.0, 0.0, 0.072),
    "mouth": (0.094, -0.072, 0.024),
}
_HAND = {
    "index": (0.5, 0.022),
    "pinky": (0.47, -0.03),
    "thumb": (0.28, 0.04),
}  # along (of its length), towards the thumb
_FOOT = {"heel": (-0.045, -0.055), "foot_index": (0.15, -0.06)}  # from the ankle, the foot level


@dataclass(frozen=True, slots=True)
class Figure:
    """Lengths of the segments and half widths, metres; the defaults are a person of 1.72 m.

    `build` is how thick the trunk is from belly to back, 1 = as usual.
    """

    trunk: float = 0.50
    neck: float = 0.22
    thigh: float = 0.42
    shank: float = 0.40
    upper_arm: float = 0.27
    forearm: float = 0.245
    hand: float = 0.17
    shoulders: float = 0.17
    hips: float = 0.10
    build: float = 1.0

    @property
    def legs(self) -> float:
        """How long the legs are, 1 = as usual."""
        return (self.thigh + self.shank) / 0.82

    @property
    def arm(self) -> float:
        """Shoulder to wrist of an arm that is straight but not locked, metres."""
        return third_side(self.upper_arm, self.forearm, 172.0)


def posture(base: Posture | None = None, /, **segments: float) -> Posture:
    """A posture, or one like `base` with some segments changed.

    A limb's name without a side (`thigh=-88`) sets both sides. A head that moves takes the gaze along.
    """
    changed = dict(base) if base else dict.fromkeys(SEGMENTS, 0.0)
    for name, value in segments.items():
        for full in (f"left_{name}", f"right_{name}") if name in LIMB_SEGMENTS else (name,):
            if full not in COLUMN:
                raise ValueError(f"no segment is called {full}")
            changed[full] = value
    if "head" in segments and "gaze" not in segments:
        changed["gaze"] = segments["head"] + GAZE
    return changed


def third_side(a: float, b: float, angle: float) -> float:
    """The side of a triangle across from `angle`, degrees, between sides `a` and `b`."""
    return math.sqrt(a * a + b * b - 2 * a * b * math.cos(math.radians(angle)))


def two_bones(dx: float, dy: float, first: float, second: float, bend: int) -> tuple[float, float]:
    """Directions of two segments that lead from one point to another, as a thigh and a shank do.

    Args:
        dx, dy: from the start to the end, metres forward and up.
        first, second: lengths, metres; stretched out where they are too short.
        bend: +1 = the joint lies to the left of the way from start to end, -1 = to its right.

    Returns:
        Both directions, degrees, from -270 to 90.
    """
    far = min(math.hypot(dx, dy), first + second)
    way = math.atan2(dy, dx)
    at_start = _corner(first, far, second)
    at_end = _corner(second, far, first)
    return wrap(math.degrees(way + bend * at_start)), wrap(math.degrees(way - bend * at_end))


def _corner(a: float, b: float, across: float) -> float:
    return math.acos(max(-1.0, min(1.0, (a * a + b * b - across * across) / (2 * a * b))))


def wrap(degrees: float, centre: float = -90.0) -> float:
    """The same direction within half a turn of `centre`."""
    return centre + (degrees - centre + 180.0) % 360.0 - 180.0


def ankle_above_toes(foot: float) -> float:
    """Height of the ankle above the toes of a foot in direction `foot`, metres."""
    (x, y), angle = _FOOT["foot_index"], math.radians(foot)
    return -(x * math.sin(angle) + y * math.cos(angle))


def skeleton(figure: Figure, postures: Array) -> Array:
    """The landmarks of postures.

    Args:
        figure: the person.
        postures: `(n, len(SEGMENTS))`.

    Returns:
        `(n, 33, 3)` metres from the middle of the hips: forward, up, to the person's right.
    """
    points = np.zeros((len(postures), LANDMARK_COUNT, 3))
    chest = figure.trunk * unit_ray(postures[:, COLUMN["trunk"]])
    _place_head(points, figure, postures, chest)
    chest = chest * (1.0 + postures[:, COLUMN["shrug"], None] / figure.trunk)
    for side, right in (("left", -1.0), ("right", 1.0)):

        def ray(segment: str, *out: str, side: str = side, right: float = right) -> Array:
            aside = right * sum(postures[:, COLUMN[f"{side}_{name}"]] for name in out) if out else None
            return unit_ray(postures[:, COLUMN[f"{side}_{segment}"]], aside)

        def put(name: str, place: Array, side: str = side) -> Array:
            points[:, INDEX[f"{side}_{name}"]] = place
            return place

        across = np.array([0.0, 0.0, right])
        _place_leg(points, figure, postures, side, right)
        shoulder = put("shoulder", chest + figure.shoulders * across)
        elbow = put("elbow", shoulder + figure.upper_arm * ray("upper_arm", "arm_out"))
        wrist = put("wrist", elbow + figure.forearm * ray("forearm", "arm_out", "forearm_out"))
        fingers = ray("hand", "arm_out", "forearm_out")
        palm = np.radians(postures[:, COLUMN[f"{side}_palm"], None])
        spread = np.sin(palm) * _turned(fingers) - np.cos(palm) * across
        for name, (ahead, thumbwards) in _HAND.items():
            put(name, wrist + ahead * figure.hand * fingers + thumbwards * spread)
    _turn_whole(points, postures)
    return points


def _place_leg(points: Array, figure: Figure, postures: Array, side: str, right: float) -> None:
    """Bends a leg, then turns it about the thigh, then swings it sideways."""

    def put(name: str, place: Array) -> Array:
        points[:, INDEX[f"{side}_{name}"]] = place
        return place

    def degrees(segment: str) -> Array:
        return postures[:, COLUMN[f"{side}_{segment}"]]

    out = right * degrees("leg_out")
    thigh, foot = unit_ray(degrees("thigh"), out), unit_ray(degrees("foot"))
    hip = put("hip", np.zeros_like(thigh) + right * figure.hips * np.eye(3)[2])
    knee = put("knee", hip + figure.thigh * thigh)
    ankle = put("ankle", knee + figure.shank * unit_ray(degrees("shank"), out))
    for name, (ahead, up) in _FOOT.items():
        put(name, ankle + ahead * foot + up * _turned(foot))
    sideways = -unit_ray(degrees("thigh") + 90.0)
    for segment, axis, joint, parts in (
        ("thigh_turn", thigh, knee, ("ankle", *_FOOT)),
        ("thigh_out", sideways, hip, ("knee", "ankle", *_FOOT)),
    ):
        if (turn := right * degrees(segment)).any():
            turned = [INDEX[f"{side}_{name}"] for name in parts]
            points[:, turned] = joint[:, None] + spin(points[:, turned] - joint[:, None], axis, turn)


_LOWER = [
    index for name, index in INDEX.items() if name.endswith(("hip", "knee", "ankle", "heel", "foot_index"))
]
_UPPER = [index for index in INDEX.values() if index not in _LOWER]
TURNED = {
    "pelvis": _LOWER,
    "twist": _UPPER,
    "lean": _UPPER,
    "hip_turn": _LOWER + _UPPER,
    "roll": _LOWER + _UPPER,
}
"""The landmarks that each of `WHOLE_SEGMENTS` takes along."""


def _turn_whole(points: Array, postures: Array) -> None:
    for segment, axis in whole_axes(unit_ray(postures[:, COLUMN["trunk"]])).items():
        degrees = postures[:, COLUMN[segment]]
        if degrees.any():
            points[:, TURNED[segment]] = spin(points[:, TURNED[segment]], axis, degrees)


def whole_axes(trunk: Array) -> dict[str, Array]:
    """What `WHOLE_SEGMENTS` turn about, through the middle of the hips, for trunks `(n, 3)`."""
    level, upright, _ = np.repeat(np.eye(3)[:, None], len(trunk), axis=1)
    return {"pelvis": trunk, "twist": trunk, "lean": -_turned(trunk), "hip_turn": upright, "roll": level}


def spin(points: Array, axis: Array, degrees: Array) -> Array:
    """Points `(n, k, 3)` turned about axes `(n, 3)` through the origin, degrees `(n,)`, right-handed."""
    angle = np.radians(degrees)[:, None, None]
    axis = axis[:, None]
    along = axis * (points * axis).sum(axis=-1, keepdims=True)
    across = points - along
    return along + np.cos(angle) * across + np.sin(angle) * np.cross(axis, across)


def _place_head(points: Array, figure: Figure, postures: Array, chest: Array) -> None:
    ears = chest + figure.neck * unit_ray(postures[:, COLUMN["head"]])
    ahead = unit_ray(postures[:, COLUMN["gaze"]])
    up = _turned(ahead)
    for name, index in INDEX.items():
        right = -1.0 if "left" in name else 1.0
        part = name.removeprefix("left_").removeprefix("right_").removesuffix("_left").removesuffix("_right")
        if part in _HEAD:
            forward, upward, outward = _HEAD[part]
            points[:, index] = ears + forward * ahead + upward * up + [0.0, 0.0, outward * right]


def unit_ray(degrees: Array, aside: Array | None = None) -> Array:
    """Unit vectors in the sagittal plane, or leaning to the right out of it by `aside` degrees."""
    angle = np.radians(degrees)
    lean = np.zeros_like(angle) if aside is None else np.radians(aside)
    return np.stack([np.cos(angle) * np.cos(lean), np.sin(angle) * np.cos(lean), np.sin(lean)], axis=1)


def _turned(rays: Array) -> Array:
    """A quarter turn from forwards to upwards."""
    return np.stack([-rays[:, 1], rays[:, 0], rays[:, 2]], axis=1)
