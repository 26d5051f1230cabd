"""What to do about the picture so that an exercise can be coached: the one thing that matters most now.

It looks at what the coach cannot do without: light, somebody, the right somebody, all the points that the
spec reads, and the view. Framing is nobody's business while a repetition or hold is under way, so it is
looked at in set-up only. A camera that leans or is too far away lets little be judged, so it is told all
through a set; in a hold only before and after it, as nobody in a plank can see to it. Advice that lasts is
given, and stays until it has been followed for a moment, so it does not flicker.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from formcoach.body import STRANGER, UNCLEAR
from formcoach.framing import Framing
from formcoach.landmarks import LANDMARKS, OTHER_SIDE
from formcoach.pace import Pace
from formcoach.reading import Reading
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
"""Trunk lengths in image heights: further away, the points tremble too much. It is the longest that the trunk
has lately looked; on all fours and seen end-on it looks short anyway, so turning comes first."""

MORE_LIGHT = "Turn on more light"
CLEARER = "More light, or come closer"
ABSENT = "Step into the picture"
PAUSED = "Paused until you are back"
FASTER = "Too few pictures, close other programs"
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

_MOVE = {"aside": SIDEWAYS, "above": CAMERA_UP, "below": CAMERA_DOWN}
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
        self._may_interrupt = spec.kind != "hold"
        self._upright = spec.position in _UPRIGHT
        self._bright = math.nan
        self._seen_t = math.nan
        self._pace = Pace()
        self._since: dict[Advice, float] = {}
        self._last: dict[Advice, float] = {}

    def step(
        self, reading: Reading, values: Mapping[str, float], *, resting: bool, setting_up: bool
    ) -> Advice | None:
        """Take in the next sample.

        Args:
            reading: what was read from it.
            values: the measures of the side that is expected to work.
            resting: whether no repetition or hold is under way.
            setting_up: whether the start position has not been taken.

        Returns:
            What to do now, or None where nothing is in the way.
        """
        t = reading.t
        if reading.bright is not None:
            self._bright = reading.bright
        self._seen_t = t if reading.someone or reading.why == UNCLEAR else self._seen_t
        self._pace.step(t)
        self.away = t - self._seen_t >= AWAY_S
        for advice in self._in_the_way(reading, values, resting, setting_up):
            self._since.setdefault(advice, t)
            self._last[advice] = t
        if not self._last:
            return None
        for advice in [one for one, last in self._last.items() if t - last > _patience(one)]:
            del self._last[advice], self._since[advice]
        lasting = [one for one, since in self._since.items() if t - since >= _lasts_s(one)]
        return min(lasting, key=lambda advice: ABOUT_PICTURE.index(advice.about), default=None)

    def _in_the_way(
        self, reading: Reading, values: Mapping[str, float], resting: bool, setting_up: bool
    ) -> Iterator[Advice]:
        if self._pace.slow:
            yield Advice("slow", (FASTER,))
        if not reading.someone:
            yield self._nobody(reading)
            return
        turned = self._camera != "any" and reading.view not in ("", self._camera)
        if resting or self._may_interrupt:
            if reading.leans:
                yield Advice("tilted", (LEVEL,))
            if reading.span < SMALLEST and not turned:
                yield Advice("far", (CLOSER,))
        if not setting_up and not (resting and turned):
            return
        framing = reading.framing()
        if setting_up:
            yield from _in_frame(framing, values)
        if resting and turned:
            yield Advice("view", (TURN[self._camera], self._way_to_turn(reading, framing.chest)))

    def _nobody(self, reading: Reading) -> Advice:
        if self._bright < DARK:
            return Advice("dark", (MORE_LIGHT,))
        if reading.why == UNCLEAR:
            return Advice("unclear", (CLEARER,))
        if self.away:
            return Advice("away", (PAUSED,))
        return Advice("stranger", (ALONE,)) if reading.why == STRANGER else Advice("absent", (ABSENT,))

    def _way_to_turn(self, reading: Reading, chest: bool) -> str:
        """Which way is the shorter, for somebody upright who is half turned already."""
        near = reading.body_near
        if not (self._upright and near) or (self._camera == "side" and reading.view != "oblique"):
            return TURN[self._camera]
        if self._camera == "front":
            return f"Turn {near} to face the camera"
        return f"Turn further to your {OTHER_SIDE[near] if chest else near}"


ABOUT_PICTURE = (
    "dark",
    "unclear",
    "away",
    "stranger",
    "absent",
    "slow",
    "tilted",
    "far",
    "out",
    "view",
    "hidden",
)
"""What advice can be about, the most important first: whoever cannot be seen need not turn."""

_OF_ABSENCE = frozenset(("dark", "unclear", "away", "stranger", "absent"))


def _lasts_s(advice: Advice) -> float:
    return {"hidden": HIDDEN_LASTS_S, "away": 0.0}.get(advice.about, LASTS_S)


def _patience(advice: Advice) -> float:
    """So long it stays after it was last in the way; who is there is there at once."""
    return 0.0 if advice.about in _OF_ABSENCE else MENDED_S


def _in_frame(framing: Framing, values: Mapping[str, float]) -> Iterator[Advice]:
    """What is outside of the picture, else what is hidden in it and needed to begin."""
    if framing.outside:
        words = BACK_UNTIL[_group(framing.outside)] if framing.where == "all round" else _MOVE[framing.where]
        yield Advice("out", (words,))
        return
    unknown = (hidden for name, hidden in framing.hidden.items() if math.isnan(values[name]))
    if hidden := tuple(chain.from_iterable(unknown)):
        yield Advice("hidden", (SHOW[_group(hidden)],))


def _group(landmarks: Sequence[int]) -> str:
    """Feet, head or hands, where it is only these; else empty."""
    groups = {_GROUP_OF[i] for i in landmarks}
    return groups.pop() if len(groups) == 1 else ""
