"""The wrong ways of doing a repetition, noticed while it is under way."""

from __future__ import annotations

from formcoach.hold_clock import LONGEST_STEP_S
from formcoach.poses import PoseTest, Values
from formcoach.rep_verdict import Attempt
from formcoach.spec import Spec


class WrongWays:
    """Tells a wrong way from passing through what looks like it."""

    __slots__ = ("_after_s", "_tests")

    def __init__(self, spec: Spec) -> None:
        self._tests = {name: PoseTest(wrong.pose, spec) for name, wrong in spec.wrong.items()}
        self._after_s = {name: wrong.after_s for name, wrong in spec.wrong.items()}

    def watch(self, t: float, attempt: Attempt, values: Values) -> str:
        """The wrong way in which an attempt is being done now, or empty; it is noted in the attempt."""
        doubt = ""
        for name, test in self._tests.items():
            if test.holds(values, attempt.doubt == name):
                doubt = name
                break
        unwatched = t - attempt.watched_t > LONGEST_STEP_S  # nobody knows what was done meanwhile
        attempt.watched_t = t
        if doubt != attempt.doubt or unwatched:
            attempt.doubt, attempt.doubt_since = doubt, t
        if not doubt or t - attempt.doubt_since < self._after_s[doubt]:
            return ""
        attempt.wrong = doubt
        return doubt
