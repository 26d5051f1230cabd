"""How somebody lies in the picture: what is outside of it, or hidden in it.

Only what is so at one moment. How long it must last to be worth a word, and which word, is the guide's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from formcoach.body import OUTSIDE, Body
from formcoach.geometry import Point
from formcoach.landmarks import INDEX, LANDMARKS, OTHER_SIDE, SIDES
from formcoach.measures import landmarks_used
from formcoach.readers import landmarks_of
from formcoach.spec import Spec

FILLS = 0.92
"""The share of the picture that somebody may fill and still be moved into it whole."""

_LEFT_SHOULDER, _RIGHT_SHOULDER = INDEX["left_shoulder"], INDEX["right_shoulder"]


class Framing(NamedTuple):
    """How somebody lies in one picture.

    Attributes:
        outside: the landmarks that are needed and outside of the picture.
        where: for these, where they are: `all round` of a picture too small for the person, `aside`,
            `above` or `below`; else empty.
        hidden: of each measure that the start is known by, the landmarks in the picture that are not seen.
        chest: whether the left shoulder is further right in the picture than the right one.
    """

    outside: tuple[int, ...]
    where: str
    hidden: Mapping[str, tuple[int, ...]]
    chest: bool

    @property
    def key(self) -> tuple[object, ...]:
        """The same for those who lie alike."""
        return (*self[:2], tuple(self.hidden.items()), self.chest)


class Framer:
    """Looks at how people lie in the picture, for one exercise; each picture for itself."""

    def __init__(self, spec: Spec) -> None:
        used, needed = sorted(landmarks_used(spec)), _needed(spec)
        self._used = {near: [i for i in used if _matters(i, near, spec.camera)] for near in ("", *SIDES)}
        self._needed = {
            near: [(name, tuple(i for i in of if i in used)) for name, of in needed.items()]
            for near, used in self._used.items()
        }

    def look(self, body: Body, aspect: float) -> Framing:
        """How somebody who is there lies in the picture.

        Args:
            body: the person.
            aspect: the picture's width divided by its height.
        """
        seen, near = body.seen, body.near
        hidden = {name: them for name, of in self._needed[near] if (them := _hidden(of, seen))}
        chest = body.points[_LEFT_SHOULDER][0] > body.points[_RIGHT_SHOULDER][0]
        if not body.outside and not hidden:
            return _WHOLE[chest]  # as most of the time
        used = self._used[near]
        outside = tuple(i for i in used if i in body.outside)
        where = _where([body.pictured[i] for i in used], aspect) if outside else ""
        return Framing(outside, where, hidden, chest)


_WHOLE = {chest: Framing((), "", {}, chest) for chest in (False, True)}


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


def _matters(landmark: int, near: str, camera: str) -> bool:
    """From the side the far limbs are hidden, and that is as it should be."""
    return camera != "side" or not near or not LANDMARKS[landmark].startswith(OTHER_SIDE[near])


def _hidden(landmarks: Sequence[int], seen: Sequence[bool]) -> tuple[int, ...]:
    return tuple([i for i in landmarks if not seen[i]])


def _where(places: Sequence[Point], aspect: float) -> str:
    """Where somebody goes beyond the picture, as `Framing.where`."""
    left, right = min(x for x, _ in places), max(x for x, _ in places)
    top, bottom = min(y for _, y in places), max(y for _, y in places)
    if right - left > FILLS * aspect or bottom - top > FILLS:
        return "all round"
    if left < -OUTSIDE or right > aspect + OUTSIDE:
        return "aside"
    return "above" if top < -OUTSIDE else "below"
