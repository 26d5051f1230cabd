"""Whether somebody gets into the position of an exercise, and whether they have left it for good.

Both are what a key would be pressed for: begin, again, next, enough. Nobody in the picture is neither: that
is a pause.
"""

from __future__ import annotations

import math

from formcoach.dose_watch import DoseWatch
from formcoach.events import Coaching
from formcoach.spec import Spec

OUT_S = 1.0
"""Seconds out of the position, or out of the picture, before getting into it means anything: whoever simply
stays in it after the last repetition is resting."""

KEPT_S = 1.0
KEPT_STANDING_S = 3.0
"""Seconds in the position that mean "begin". Standing there may be resting, so that takes longer."""

DONE_S = 2.0
"""Out of the position for so long, with the dose done: the set is over."""

LEFT_S = 12.0
"""The same with some of it done."""

TURN_OVER_S = 30.0
"""The same with a side or a hold still to come: lying down on the other side takes time."""


class Entering:
    """Watches for somebody who gets into the position.

    Attributes:
        since: when they got into it, seconds; NaN while they are not in it.
    """

    def __init__(self, spec: Spec) -> None:
        self.since = math.nan
        self._kept_s = KEPT_STANDING_S if spec.position == "standing" else KEPT_S
        self._out_since = math.nan
        self._was_out = False

    def step(self, coaching: Coaching) -> bool:
        """Take in the coach's answer to the next sample; true once the position was kept for long enough."""
        t = coaching.t
        if coaching.phase == "setup" or not coaching.someone:
            self.since = math.nan
            self._out_since = t if math.isnan(self._out_since) else self._out_since
            self._was_out |= t - self._out_since >= OUT_S
            return False
        self._out_since = math.nan
        if not self._was_out:
            return False
        self.since = t if math.isnan(self.since) else self.since
        return t - self.since >= self._kept_s


class Leaving:
    """Watches for somebody who has done something of a set, and left its position."""

    def __init__(self, spec: Spec) -> None:
        self._holds = spec.kind == "hold" and spec.dose.reps is not None
        self._out_since = math.nan

    def step(self, coaching: Coaching, dose: DoseWatch) -> bool:
        """Take in the coach's answer to the next sample; true once they have left for good."""
        if coaching.phase != "setup" or not coaching.someone or not any(begun := _begun(coaching)):
            self._out_since = math.nan
            return False
        if math.isnan(self._out_since):
            self._out_since = coaching.t
        left_s = LEFT_S if all(begun) and not self._holds else TURN_OVER_S
        return coaching.t - self._out_since >= (DONE_S if dose.done else left_s)


def _begun(coaching: Coaching) -> list[bool]:
    """Of each side, whether anything of the set has been done with it."""
    return [bool(reps) or coaching.holds_s.get(side, 0.0) > 0.0 for side, reps in coaching.reps.items()]
