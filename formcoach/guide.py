"""What to do about the picture before an exercise can be coached: the one thing that matters most now.

It looks at what the coach cannot do without: light, somebody, the right somebody, all the points that the
spec reads, and the view. Framing is nobody's business while a repetition or hold is under way, so it is
looked at in set-up only. Advice that lasts is given, and stays until it has been followed for a moment, so
it does not flicker.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from formcoach.body import OUTSIDE, STRANGER, Body
from formcoach.geometry import Point, angle, distance, middle
from formcoach.landmarks import INDEX, LANDMARKS, OTHER_SIDE, SIDES, PoseSample
from formcoach.measures import landmarks_used
from formcoach.readers import landmarks_of
from formcoach.spec import Position, Spec

LASTS_S = 2.0
"""Something in the way for this long is worth a word."""

HIDDEN_LASTS_S = 5.0
"""Something hidden within the picture may come into sight by itself while somebody gets into position."""

AWAY_S = 5.0
"""Somebody who was there and is not seen for this long has left: that is a pause."""

MENDED_S = 0.5
"""What was advised counts as done once it has been right for this long."""

DARK = 0.15
"""Brightness of the lighter parts of a picture, 0 to 1, below which it may be too dark to find anybody. Of
five clips darkened step by step, people were lost from 0.13, 0.11, 0.06, 0.06 and 0.05 down."""

SMALLEST = 0.07
"""Trunk lengths in image heights: further away, the points tremble too much."""

TILTED = 8.0
"""Degrees that somebody who stands straight seems to lean, from which the camera must be tilted: people in
twelve clips lean up to 4 degrees."""

LYING = 30.0
"""Degrees from which somebody does not stand."""

STRAIGHT, LEGS, CENTRAL = 165.0, 1.1, 0.3
"""Somebody stands straight whose hips are bent by 15 degrees at most, and whose ankles are this many trunk
lengths below the hips; and in the middle of the picture, who is that many picture heights off it at most."""

FILLS = 0.92
"""The share of the picture that somebody may fill and still be moved into it whole."""

MORE_LIGHT = "Turn on more light"
ABSENT = "Step into the picture"
PAUSED = "Paused until you are back"
LEVEL = "Set the camera level, it is tilted"
ALONE = "One person in the picture, please"
CLOSER = "Come closer to the camera"
BACK = "Step back from the camera"
SIDEWAYS = "Move to the middle of the picture"
CAMERA_DOWN = "Tilt the camera down a little"
CAMERA_UP = "Tilt the camera up a little"
TURN = {"side": "Turn your side to the camera", "front": "Turn to face the camera"}

BACK_UNTIL: Mapping[str, str] = {
    "feet": "Step back until your feet show",
    "head": "Step back until your head shows",
    "hands": "Step back until your hands show",
    "": BACK,
}
SHOW: Mapping[str, str] = {
    "feet": "Let the camera see your feet",
    "head": "Let the camera see your head",
    "hands": "Let the camera see your hands",
    "": "Let the camera see all of you",
}

_UPRIGHT: frozenset[Position] = frozenset(("standing", "kneeling", "sitting"))
_GROUPS = {
    "feet": ("knee", "ankle", "heel", "foot_index"),
    "head": ("ear", "eye", "nose"),
    "hands": ("elbow", "wrist", "index"),
}
_GROUP_OF = [
    next((group for group, parts in _GROUPS.items() if name.split("_", 1)[-1] in parts), "")
    for name in LANDMARKS
]
_LEFT_SHOULDER, _RIGHT_SHOULDER = INDEX["left_shoulder"], INDEX["right_shoulder"]


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to do.

    Attributes:
        about: what it is about; the same for as long as the same is in the way.
        words: in words, and in other words when those have not helped.
    """

    about: str
    words: tuple[str, ...]


class Guide:
    """Advises on the picture, sample after sample of one session.

    Attributes:
        away: whether the person has left the picture, which is a pause.
    """

    def __init__(self, spec: Spec) -> None:
        self.away = False
        self._camera = spec.camera
        self._upright = spec.position in _UPRIGHT
        used = sorted(landmarks_used(spec))
        self._used = {near: [i for i in used if _matters(i, near, spec.camera)] for near in ("", *SIDES)}
        self._needed = _needed(spec)
        self._bright = math.nan
        self._seen_t = math.nan
        self._since: dict[Advice, float] = {}
        self._last: dict[Advice, float] = {}

    def step(
        self, sample: PoseSample, body: Body, values: Mapping[str, float], *, resting: bool, setting_up: bool
    ) -> Advice | None:
        """Take in the next sample.

        Args:
            sample: as the model saw it.
            body: what was made of it.
            values: the measures of the side that is expected to work.
            resting: whether no repetition or hold is under way.
            setting_up: whether the start position has not been taken.

        Returns:
            What to do now, or None where nothing is in the way.
        """
        if sample.room is not None:
            self._bright = float(sample.room[0])
        self._seen_t = sample.t if body.someone else self._seen_t
        self.away = sample.t - self._seen_t >= AWAY_S
        for advice in self._in_the_way(sample, body, values, resting, setting_up):
            self._since.setdefault(advice, sample.t)
            self._last[advice] = sample.t
        for advice in [one for one, last in self._last.items() if sample.t - last > _patience(one)]:
            del self._last[advice], self._since[advice]
        lasting = [one for one, since in self._since.items() if sample.t - since >= _lasts_s(one)]
        return min(lasting, key=lambda advice: ABOUT_PICTURE.index(advice.about), default=None)

    def _in_the_way(
        self, sample: PoseSample, body: Body, values: Mapping[str, float], resting: bool, setting_up: bool
    ) -> Iterator[Advice]:
        if not body.someone:
            yield self._nobody(body)
            return
        turned = self._camera != "any" and body.view not in ("", self._camera)
        if setting_up:
            if _is_tilted(body, sample.aspect):
                yield Advice("tilted", (LEVEL,))
            if body.trunk < SMALLEST and not turned:  # seen end-on, a trunk on all fours looks short anyway
                yield Advice("far", (CLOSER,))
            yield from self._framing(sample, body, values)
        if resting and turned:
            yield Advice("view", (TURN[self._camera], self._way_to_turn(body)))

    def _nobody(self, body: Body) -> Advice:
        if self._bright < DARK:
            return Advice("dark", (MORE_LIGHT,))
        if self.away:
            return Advice("away", (PAUSED,))
        return Advice("stranger", (ALONE,)) if body.why == STRANGER else Advice("absent", (ABSENT,))

    def _framing(self, sample: PoseSample, body: Body, values: Mapping[str, float]) -> Iterator[Advice]:
        """What is outside of the picture, else what is hidden in it and needed to begin."""
        xy = sample.xy.tolist()
        places: dict[int, Point] = {i: (xy[i][0], xy[i][1]) for i in self._used[body.near]}
        if outside := [i for i, place in places.items() if _is_outside(place, sample.aspect)]:
            yield Advice("out", (_frame(places, outside, sample.aspect),))
            return
        unknown = chain.from_iterable(of for name, of in self._needed.items() if math.isnan(values[name]))
        if hidden := [i for i in unknown if i in places and not body.seen[i]]:
            yield Advice("hidden", (SHOW[_group(hidden)],))

    def _way_to_turn(self, body: Body) -> str:
        """Which way is the shorter, for somebody upright who is half turned already."""
        if not (self._upright and body.near) or (self._camera == "side" and body.view != "oblique"):
            return TURN[self._camera]
        chest = body.points[_LEFT_SHOULDER][0] > body.points[_RIGHT_SHOULDER][0]
        if self._camera == "front":
            return f"Turn {body.near} to face the camera"
        return f"Turn further to your {OTHER_SIDE[body.near] if chest else body.near}"


ABOUT_PICTURE = ("dark", "away", "stranger", "absent", "tilted", "far", "out", "view", "hidden")
"""What advice can be about, the most important first: whoever cannot be seen need not turn."""

_OF_ABSENCE = frozenset(("dark", "away", "stranger", "absent"))


def _lasts_s(advice: Advice) -> float:
    return {"hidden": HIDDEN_LASTS_S, "away": 0.0}.get(advice.about, LASTS_S)


def _patience(advice: Advice) -> float:
    """So long it stays after it was last in the way; who is there is there at once."""
    return 0.0 if advice.about in _OF_ABSENCE else MENDED_S


def _needed(spec: Spec) -> dict[str, list[int]]:
    """The measures that the start position is known by, and the landmarks that each is read from."""
    poses = ("position", "start" if spec.kind == "repetitions" else "work")
    names = {name for pose in poses for name in spec.poses.get(pose, {})}
    found: dict[str, list[int]] = {}
    for name in sorted(names):
        measure = spec.measures[name]
        if measure.points and not measure.from_start:
            sided = (landmarks_of(measure, side, side) for side in SIDES)
            points = chain.from_iterable(sided)
            found[name] = [i for one in points for i in (one if isinstance(one, tuple) else (one,))]
    return found


def _is_tilted(body: Body, aspect: float) -> bool:
    """Whether the camera seems to lean, and the room does not tell how far, so nobody can take it out.

    Somebody who stands straight is upright: in the middle of the picture, for a camera that looks up or
    down shows people aside as leaning.
    """
    shoulders, hips, ankles = (
        middle(body.points[INDEX[f"left_{part}"]], body.points[INDEX[f"right_{part}"]])
        for part in ("shoulder", "hip", "ankle")
    )
    if body.knows_level or abs(hips[0] - aspect / 2) > CENTRAL or distance(ankles, hips) < LEGS * body.trunk:
        return False
    if not angle(shoulders, hips, ankles) >= STRAIGHT:
        return False
    return (
        TILTED <= abs(math.degrees(math.atan2(shoulders[0] - ankles[0], ankles[1] - shoulders[1]))) <= LYING
    )


def _matters(landmark: int, near: str, camera: str) -> bool:
    """From the side the far limbs are hidden, and that is as it should be."""
    return camera != "side" or not near or not LANDMARKS[landmark].startswith(OTHER_SIDE[near])


def _is_outside(place: Point, aspect: float) -> bool:
    return not (-OUTSIDE <= place[0] <= aspect + OUTSIDE and -OUTSIDE <= place[1] <= 1.0 + OUTSIDE)


def _frame(places: Mapping[int, Point], outside: list[int], aspect: float) -> str:
    """How to get what is outside into the picture."""
    left, right = min(x for x, _ in places.values()), max(x for x, _ in places.values())
    top, bottom = min(y for _, y in places.values()), max(y for _, y in places.values())
    if right - left > FILLS * aspect or bottom - top > FILLS:
        return BACK_UNTIL[_group(outside)]
    if left < -OUTSIDE or right > aspect + OUTSIDE:
        return SIDEWAYS
    return CAMERA_UP if top < -OUTSIDE else CAMERA_DOWN


def _group(landmarks: list[int]) -> str:
    """Feet, head or hands, where it is only these; else empty."""
    groups = {_GROUP_OF[i] for i in landmarks}
    return groups.pop() if len(groups) == 1 else ""
