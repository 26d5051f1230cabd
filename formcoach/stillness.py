"""Whether numbers stay about where they are, or are on their way somewhere."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from formcoach.hold_clock import LONGEST_STEP_S, ROUNDING_S
from formcoach.measures import KINDS
from formcoach.spec import Pose, Spec

SETTLING_S = 0.2
SETTLING = 6.0
"""A measure that is more than this many degrees (hundredths of a trunk length) from where it was this
long ago is on its way somewhere: getting up and down is neither a fault of form nor a hold."""


class Stillness:
    """Follows the measures of a pose, and tells since when all of them have been about where they are now."""

    __slots__ = ("_names", "_past", "_reach")

    def __init__(self, pose: Pose, spec: Spec) -> None:
        self._names = tuple(pose)
        self._reach = [SETTLING * unit_of(spec, name) for name in pose]
        self._past: deque[tuple[float, list[float]]] = deque()

    def step(self, t: float, values: Mapping[str, float]) -> float | None:
        """Take in the measures at `t`; give since when they are still, None while they are not."""
        past = self._past
        if past and t - past[-1][0] > LONGEST_STEP_S:
            past.clear()
        past.append((t, [values[name] for name in self._names]))
        while len(past) > 2 and t - past[1][0] >= SETTLING_S - ROUNDING_S:
            past.popleft()
        since = past[0][0]
        return since if t - since >= SETTLING_S - ROUNDING_S and self._is_still() else None

    def forget(self) -> None:
        """Start afresh: what was before is no part of it."""
        self._past.clear()

    def _is_still(self) -> bool:
        now = self._past[-1][1]
        for _, then in self._past:
            for one, other, reach in zip(now, then, self._reach, strict=True):
                if abs(one - other) > reach:
                    return False
        return True


def unit_of(spec: Spec, name: str) -> float:
    """A degree (also one a second), or the hundredth of a trunk length that stands for it."""
    return 0.01 if KINDS[spec.measures[name].kind].unit == "trunk lengths" else 1.0
