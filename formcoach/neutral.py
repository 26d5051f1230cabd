"""The person's own start position: what each `from = "start"` measure is counted from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from formcoach.geometry import NAN
from formcoach.latest import Latest

NEUTRAL_S = 1.5
"""The person's own start position is the median over this long, up to setting off."""

NEUTRAL_LEAST_S = 0.3
"""Less of the start position than this is no neutral."""


class Neutral:
    """The person's own value of each `from = "start"` measure, while they keep the start position."""

    def __init__(self, names: Sequence[str], known: Mapping[str, float]) -> None:
        self.values = dict(known)
        self._names = names
        self._adding: list[tuple[str, Callable[[float, float], float]]] = []
        self._since = self._last_t = NAN

    def step(self, t: float, raw: Mapping[str, float], resting: bool) -> None:
        """Take in one sample of the values before it is taken off; `resting` = the start position is kept."""
        if not resting:
            self._since = NAN
            return
        unseen, self._last_t = t - self._last_t > NEUTRAL_S, t
        if unseen or self._since != self._since:
            self._since, self._adding = t, [(name, Latest(NEUTRAL_S).add) for name in self._names]
        long_enough, known = t - self._since >= NEUTRAL_LEAST_S, self.values
        for name, add in self._adding:
            middle = add(t, raw.get(name, NAN))
            if long_enough and middle == middle:
                known[name] = middle
