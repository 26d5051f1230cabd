"""A stick figure that can be posed: its lengths, its joints' limits, and postures that people rest in.

A posture is where each segment points in the plane of the picture, degrees: 0 = level to the right, 90 = up.
From the side the figure faces right, on its front head right and on its back head left, so that it always
shows its right side and every joint bends the same way round. From the front its right is on the left.
What turns or points out of the picture does so by angles of its own, which stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from formcoach.landmarks import INDEX, LANDMARK_COUNT, SIDES
from formcoach.spec import Position

Array = npt.NDArray[np.float64]

TRUNK = 0.50
_NECK, _THIGH, _SHANK, _UPPER_ARM, _FOREARM, _HAND = 0.22, 0.42, 0.40, 0.27, 0.245, 0.085
_HEEL, _TOES = (-0.045, -0.055), (0.15, -0.06)  # from the ankle: along the foot, and square to it
_UPRIGHT = 45.0  # the trunk's direction from which somebody is, degrees
_GAZE = -72.0  # from the neck's direction to the face's
_SHOULDERS, _HIPS = 0.17, 0.10  # half widths
"""Metres of a person of 1.72 m."""

_TOWARDS = np.array([0.0, 0.0, 1.0])
_HEADWARDS = np.array([-1.0, 0.0, 0.0])
"""Towards whoever looks; and to the head of somebody who lies on their back."""

LIMB = ("thigh", "shank", "ankle", "upper_arm", "forearm")
COLUMNS: tuple[str, ...] = (
    *("trunk", "neck", "bow"),
    *(f"{side}_{part}" for side in ("right", "left") for part in LIMB),
)
"""`neck` is the head's direction less the trunk's, `ankle` the foot's less the shank's; `bow` is that of the
back, + = rounded, in hundredths of a trunk length. The others are directions."""
COLUMN = {name: number for number, name in enumerate(COLUMNS)}

CLEARANCE = {
    "heel": 0.025,
    "foot_index": 0.02,
    "knee": 0.055,
    "hip": 0.10,
    "shoulder": 0.09,
    "elbow": 0.04,
    "wrist": 0.025,
    "ankle": 0.05,
    "ear": 0.06,
}
"""Metres above the floor of what rests on it."""


@dataclass(frozen=True, slots=True)
class Posture:
    """A way of resting.

    Attributes:
        angles: `(len(COLUMNS),)`.
        contacts: the landmarks that bear on the floor.
        propped: whether a wall carries some of the weight.
        roll: degrees that pelvis and legs are rolled about the trunk, + = to the right.
        twist: degrees that the shoulders are turned about it, + = to the right.
        reach: whether the arms point ahead of the chest; their angles then tell how far up.
        out: degrees by which the right thigh and shank point to the right, out of the picture.
    """

    angles: Array
    contacts: frozenset[str]
    propped: bool = False
    roll: float = 0.0
    twist: float = 0.0
    reach: bool = False
    out: tuple[float, float] = (0.0, 0.0)

    @property
    def flat(self) -> bool:
        """Whether all of it lies in the plane of the picture."""
        return not (self.roll or self.twist or self.reach or any(self.out))


def limits(front: bool, posture: Posture) -> list[tuple[str, str, float, float]]:
    """Between which bounds one column less another lies in people; an empty name stands for 0.

    Of limbs that are not in the picture's plane nothing is known; they stay about as they are in the posture.
    """
    found = [("neck", "", -60.0, 45.0), ("bow", "", -20.0, 20.0)]
    for side in SIDES:
        if front:
            continue
        found += [
            (f"{side}_thigh", "trunk", -238.0, -38.0),
            (f"{side}_shank", f"{side}_thigh", -150.0, 0.0),
            (f"{side}_ankle", "", -5.0, 118.0),
            (f"{side}_upper_arm", "trunk", -235.0, 5.0),
            (f"{side}_forearm", f"{side}_upper_arm", 0.0, 150.0),
        ]
    free = ("arm",) * bool(posture.twist) + ("right_thigh", "right_shank") * any(posture.out)
    return [one for one in found if not any(part in one[0] for part in free)]


def place(posture: Posture, front: bool, angles: Array | None = None) -> Array:
    """Where 33 landmarks are.

    Args:
        posture: hands that bear lie flat, others go on from the forearm.
        front: seen from the front; else from the side, both sides behind one another.
        angles: `(len(COLUMNS),)` in place of the posture's own.

    Returns:
        `(33, 3)` metres from the middle of the hips: right, up, and towards whoever looks.
    """
    numbers = posture.angles if angles is None else angles
    value = dict(zip(COLUMNS, numbers.tolist(), strict=True))
    points = np.zeros((LANDMARK_COUNT, 3))
    trunk = _ray(value["trunk"])
    chest = TRUNK * trunk
    head = value["trunk"] + value["neck"]
    ahead = _turned_right(_TOWARDS if front else -_square(trunk), trunk, posture.twist)
    _place_head(points, chest + _NECK * _ray(head), head, ahead if front else None)
    for side, out in (("right", 1.0), ("left", -1.0)):
        aside = out * (_square(trunk) if front else _TOWARDS)

        def put(part: str, at: Array, side: str = side) -> Array:
            points[INDEX[f"{side}_{part}"]] = at
            return at

        def leg(part: str, out_of_picture: float, side: str = side) -> Array:
            # Rolled, legs keep in the picture what lies along the floor, and little of their height.
            return _turned_right(
                _leaning_out(_ray(value[f"{side}_{part}"]), out_of_picture), _HEADWARDS, posture.roll
            )

        # Upright the legs carry the hips, lying they go with the trunk.
        level = np.array([-out, 0.0, 0.0]) if front and value["trunk"] > _UPRIGHT else aside
        hip = put("hip", _HIPS * _turned_right(level, _HEADWARDS, posture.roll))
        thigh, shank = posture.out if side == "right" else (0.0, 0.0)
        knee = put("knee", hip + _THIGH * leg("thigh", thigh))
        ankle = put("ankle", knee + _SHANK * leg("shank", shank))
        foot = _ray(value[f"{side}_shank"] + (90.0 if front else value[f"{side}_ankle"]))
        for part, (along, square) in (("heel", _HEEL), ("foot_index", _TOES)):
            # From the front a foot points out of the picture, and a little outwards.
            go = -0.2 * out * max(along, 0.0) if front else along
            put(part, ankle + _turned_right(go * foot + square * _square(foot), _HEADWARDS, posture.roll))
        shoulder = put("shoulder", chest + _SHOULDERS * _turned_right(aside, trunk, posture.twist))

        def arm(part: str, side: str = side) -> Array:
            ray = _ray(value[f"{side}_{part}"])
            return ray[0] * ahead + ray[1] * trunk if posture.reach else ray

        elbow = put("elbow", shoulder + _UPPER_ARM * arm("upper_arm"))
        wrist = put("wrist", elbow + _FOREARM * arm("forearm"))
        bears = f"{side}_wrist" in posture.contacts
        fingers = np.array([1.0, -0.1, 0.0]) if bears else arm("forearm")
        for part in ("index", "pinky", "thumb"):
            put(part, wrist + _HAND * fingers)
    return points


def _place_head(points: Array, ears: Array, neck: float, gaze: Array | None) -> None:
    """Seen from the front it looks where the chest does."""
    front = gaze is not None
    up = _ray(neck) if front else _square(_ray(neck + _GAZE))
    ahead = _ray(neck + _GAZE) if gaze is None else gaze
    for name, (forward, above, outward) in {
        "nose": (0.118, -0.035, 0.0),
        "eye": (0.095, 0.010, 0.031),
        "eye_inner": (0.098, 0.008, 0.017),
        "eye_outer": (0.088, 0.008, 0.044),
        "ear": (0.0, 0.0, 0.072),
        "mouth": (0.094, -0.072, 0.024),
    }.items():
        for side, out in (("right", 1.0), ("left", -1.0)):
            full = name if name == "nose" else f"mouth_{side}" if name == "mouth" else f"{side}_{name}"
            aside = out * outward * _square(up) if front else 0.0
            points[INDEX[full]] = ears + forward * ahead + above * up + aside


def _ray(degrees: float) -> Array:
    angle = np.radians(degrees)
    return np.array([np.cos(angle), np.sin(angle), 0.0])


def _square(ray: Array) -> Array:
    """Square to a ray in the picture, a quarter anticlockwise."""
    return np.array([-ray[1], ray[0], 0.0])


def _leaning_out(ray: Array, degrees: float) -> Array:
    """A ray in the picture, leant out of it towards whoever looks."""
    angle = np.radians(degrees)
    out: Array = np.cos(angle) * ray + np.sin(angle) * _TOWARDS
    return out


def _turned_right(way: Array, axis: Array, degrees: float) -> Array:
    """Turned to the person's right about an axis that points to the head."""
    angle = np.radians(-degrees)
    turned: Array = (
        np.cos(angle) * way
        + np.sin(angle) * np.cross(axis, way)
        + (1.0 - np.cos(angle)) * (axis @ way) * axis
    )
    return turned


def _posture(
    bears: str, trunk: float, neck: float, leg: str, arm: str, other_leg: str = "", other_arm: str = ""
) -> Posture:
    """A posture from `thigh shank foot` and `upper_arm forearm` of the right and, where other, the left side.

    `bears` names landmarks: `wrist` both, `right_heel` one.
    """
    angles = [trunk, neck, 0.0]
    for legs, arms in ((leg, arm), (other_leg or leg, other_arm or arm)):
        thigh, shank, foot = map(float, legs.split())
        angles += [thigh, shank, foot - shank, *map(float, arms.split())]
    contacts = {
        full
        for name in bears.split()
        for full in ([name] if "right_" in name or "left_" in name else [f"right_{name}", f"left_{name}"])
    }
    return Posture(np.array(angles), frozenset(contacts))


_FEET, _FRONT_FOOT = "heel foot_index", "right_heel right_foot_index"
_STAND, _HANG = "-88 -92 0", "-93 -84"
_FLAT, _HOOK = "-2 -3 80", "48 -62 0"
_KNEELING = "-90 -195 -100"
_BACK_LEG = "-165 -167 -66"
_LIES, _PRONE_LEG = "hip knee ankle", "-174 -179 -172"

SIDE: Mapping[Position, tuple[Posture, ...]] = {
    "standing": (
        _posture(_FEET, 88, -13, _STAND, _HANG),
        _posture(_FEET, 12, -4, "-66 -92 0", "-90 -86"),  # hinged at the hips
        _posture(_FEET, 20, -10, "-66 -92 0", "-150 -70"),  # the same, rowing
        _posture(_FEET, 55, -15, "-12 -112 0", "0 4"),  # squatting
        _posture(_FEET, 32, -10, "-35 -108 0", "-90 -86"),  # down to a weight
        replace(_posture(_FEET, 90, -13, "-3 -92 0", "-85 -60"), propped=True),  # sitting against a wall
        replace(_posture(_FEET, 89, -13, "-66 -72 0", "-91 -84"), propped=True),  # standing against it
        _posture("foot_index", 88, -13, "-89 -91 -38", _HANG),  # on the toes
        _posture(f"{_FRONT_FOOT} left_foot_index", 88, -13, "-12 -94 0", _HANG, "-100 -155 -62"),  # a lunge
        _posture(f"{_FRONT_FOOT} left_foot_index", 88, -13, "-62 -98 0", _HANG, "-112 -118 -40"),  # a step
        _posture("left_heel left_foot_index", 88, -13, "-5 -88 5", _HANG, _STAND),  # a knee up
    ),
    "quadruped": (
        _posture("knee foot_index wrist", 5, -8, _KNEELING, "-91 -86"),
        _posture("left_knee left_foot_index wrist", 4, -6, "-178 -262 -170", "-91 -86", _KNEELING, "-91 -86"),
        _posture(
            "left_knee left_foot_index right_wrist", 4, -6, "-178 -182 -100", "-91 -86", _KNEELING, "-6 0"
        ),
        _posture(
            "knee foot_index left_wrist", 5, -8, _KNEELING, "-62 75", _KNEELING, "-91 -86"
        ),  # hand at the head
        replace(  # and the elbow up
            _posture("knee foot_index left_wrist", 10, -8, _KNEELING, "80 -35", _KNEELING, "-91 -86"),
            twist=45.0,
        ),
    ),
    "prone": (
        _posture(_LIES, 2, 0, _PRONE_LEG, "-14 -5"),  # flat, arms ahead
        _posture(_LIES, 2, 0, _PRONE_LEG, "-177 -172"),  # flat, arms alongside
        _posture(f"{_LIES} wrist", 2, 0, _PRONE_LEG, "-165 -18"),  # flat, hands by the chest
        _posture(f"{_LIES} wrist", 58, -5, _PRONE_LEG, "-97 -88"),  # up on the hands
        _posture(f"{_LIES} elbow wrist", 25, 0, _PRONE_LEG, "-92 0"),  # up on the forearms
        _posture("foot_index wrist", 21, -10, _BACK_LEG, "-92 -86"),  # a plank
        _posture("foot_index elbow wrist", 8, -6, "-171 -172 -68", "-90 2"),  # on the forearms
        _posture("foot_index wrist", 6, -6, "-172 -172 -66", "-160 -80"),  # low between the hands
        _posture("hip", 10, 2, "-188 -190 -186", "8 11"),  # arms and legs up
        _posture(
            "hip left_knee left_ankle", 4, 2, "-188 -190 -186", "-14 -5", _PRONE_LEG, "9 12"
        ),  # an arm and the other leg up
        _posture(_LIES, 18, 0, _PRONE_LEG, "-174 -168"),  # chest up
    ),
    "supine": (
        _posture("hip shoulder heel foot_index", 180, -3, _HOOK, "0 3"),
        _posture("hip shoulder heel", 180, -3, _FLAT, "0 3"),
        _posture("hip shoulder", 180, -3, "128 5 60", "60 90"),  # knees to the chest
        _posture("hip shoulder", 180, -3, "92 0 70", "0 3"),  # thighs upright
        _posture("hip shoulder left_heel", 180, -3, "70 67 140", "0 3", _FLAT),  # one leg up
        _posture("hip shoulder left_heel left_foot_index", 180, -3, "70 67 140", "0 3", _HOOK),
        _posture("hip shoulder left_heel", 180, -3, "128 5 60", "60 90", _FLAT),  # one knee to the chest
        _posture("hip heel foot_index", 158, -10, _HOOK, "-15 70"),  # shoulders up
        _posture("hip heel foot_index", 105, -12, "48 -62 0", "-20 -5"),  # sat up
        _posture("hip heel", 92, -12, _FLAT, "-40 -25"),  # sat up on long legs
        _posture("shoulder heel foot_index", 204, -22, "23 -90 0", "2 3"),  # a bridge
        replace(_posture("right_hip shoulder", 190, -13, "95 3 83", "0 3"), roll=74.0),  # knees to a side
        replace(_posture("left_hip shoulder", 190, -13, "95 3 83", "0 3"), roll=-74.0),  # and to the other
        replace(_posture("hip shoulder", 180, -3, "100 150 160", "15 35", "115 -5 60"), out=(30.0, -64.0)),
    ),
    "kneeling": (
        _posture("knee foot_index", 88, -13, "-91 -195 -100", _HANG),
        _posture(f"{_FRONT_FOOT} left_knee left_foot_index", 88, -13, "-2 -92 0", "-80 -35", "-94 -194 -100"),
        _posture(
            f"{_FRONT_FOOT} left_knee left_foot_index", 88, -13, "-12 -108 0", "-80 -35", "-112 -177 -172"
        ),
    ),
    "sitting": (
        _posture(_FEET, 88, -13, "-2 -92 0", "-75 -20"),
        _posture("hip heel", 86, -12, _FLAT, "-70 -40"),
        _posture("left_heel left_foot_index", 88, -13, "15 -80 5", "-75 -20", "-2 -92 0"),
    ),
}
"""By position, what people do there, the usual first; seen from the side."""

_ARMS_AHEAD = replace(_posture(_FEET, 90, 0, "-92 -90 -90", "-28 -24", "-88 -90 -90", "-28 -24"), reach=True)
_CROSS_LEGGED = _posture("hip ankle", 90, 0, "-175 -5 85", "-105 30", "-5 -175 -95", "-75 150")
_HANDS_AHEAD = _posture("hip ankle", 90, 0, "-175 -5 85", "-55 20", "-5 -175 -95", "-55 20")

FRONT: Mapping[Position, tuple[Posture, ...]] = {
    "standing": (
        _posture(_FEET, 90, 0, "-92 -90 -90", "-99 -95", "-88 -90 -90", "-81 -85"),
        _posture(_FEET, 90, 0, "-100 -100 -90", "180 180", "-80 -80 -90", "0 0"),
        _ARMS_AHEAD,
        replace(_ARMS_AHEAD, twist=45.0),
        _posture(_FEET, 90, 0, "-92 -90 -90", "-110 -20", "-88 -90 -90", "-70 -160"),
    ),
    "sitting": (_CROSS_LEGGED, replace(_HANDS_AHEAD, twist=45.0, reach=True)),
    "side-lying": (
        _posture("left_elbow left_knee", 24, 0, "-163 -172 -160", "-165 -170", "-163 -172 -160", "-90 -10"),
    ),
}
"""The same seen from the front."""
