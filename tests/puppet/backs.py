"""Backs that bow step by step while the rest of the body keeps still, and how a model reads them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from formcoach.back import read_back
from formcoach.landmarks import FloatArray, PoseSample
from puppet.drawing import frames
from puppet.exercise import Exercise
from puppet.figure import Array, Figure, Posture, posture
from puppet.hinges import bottom
from puppet.performance import Performance, perform
from puppet.planks import plank
from puppet.script import Programme, Script
from puppet.ways import all_fours

BOWS = (-0.08, 0.15, -0.04, 0.11, 0.0, 0.07, 0.035, -0.08)
"""Of the spine, trunk lengths, one after the other."""
_BEFORE_S = 1.0
"""The model needs a moment to settle on somebody."""


@dataclass(frozen=True, slots=True)
class _Position:
    """A posture to bow in: the landmark that stays, whether it is on the floor, metres it needs."""

    make: Callable[[Figure], Posture]
    anchor: str
    low: bool
    width: float


POSITIONS = {
    "prone": _Position(lambda figure: plank(figure, False, {}), "left_wrist", True, 2.1),
    "on forearms": _Position(lambda figure: plank(figure, True, {}), "left_elbow", True, 2.1),
    "quadruped": _Position(all_fours, "left_wrist", True, 2.4),
    "hinged": _Position(lambda figure: bottom(figure, -90.0, ()), "left_heel", False, 1.4),
}


@dataclass(frozen=True, slots=True)
class Agreement:
    """Bows measured against bows drawn, trunk lengths.

    Attributes:
        n: readings.
        slope: of the measured against the drawn ones.
        r: their correlation.
        rms: root mean square of the differences.
        bias: their mean.
        rest: root mean square of the differences once their mean is taken off.
    """

    n: int
    slope: float
    r: float
    rms: float
    bias: float
    rest: float

    @classmethod
    def of(cls, drawn: Array, measured: Array) -> Agreement:
        """Of all readings that both have."""
        both = ~np.isnan(drawn + measured)
        a, b = drawn[both], measured[both]
        off = b - a
        return cls(
            len(a),
            float(np.polyfit(a, b, 1)[0]),
            float(np.corrcoef(a, b)[0, 1]),
            float(np.sqrt((off**2).mean())),
            float(off.mean()),
            float(off.std()),
        )


def bowing(position: str, **how: Any) -> Performance:
    """Somebody in one of `POSITIONS` whose back takes each of `BOWS`; `how` as for `perform`."""
    there = POSITIONS[position]

    def write(script: Script, _programme: Programme) -> None:
        base = there.make(script.figure)
        script.begin(posture(base, bow=BOWS[0]))
        script.stay(_BEFORE_S + 0.5)
        for bow in BOWS[1:]:
            script.to(posture(base, bow=bow), 0.8, there.anchor)
            script.stay(0.8)

    return perform(Exercise(write, frozenset(), there.low, there.width), **how)


def see(performance: Performance, model: Path, height: int = 720) -> list[PoseSample]:
    """What the real pose model makes of a performance, outlines of the back and all."""
    from formcoach.pose import PoseReader

    with PoseReader(model, back=True) as reader:
        return [reader.read(frame) for frame in frames(performance, height)]


def bows(drawn: Performance, seen: list[PoseSample]) -> tuple[Array, Array]:
    """The bows drawn and measured at every reading after the first second; NaN where unreadable.

    Both are read off their outlines in the same way: the drawn one off the edge of the drawn trunk,
    buttocks and shoulder blades included. The measured one comes with the picture after its own.
    """
    pairs = [
        (a.back, b.back)
        for a, b in zip(drawn.samples[:-1], seen[1:], strict=True)
        if a.t > _BEFORE_S and a.back is not None and b.back is not None
    ]
    return _bows([a for a, _ in pairs]), _bows([b for _, b in pairs])


def _bows(outlines: list[FloatArray]) -> Array:
    return np.array([read_back(outline).bow for outline in outlines])
