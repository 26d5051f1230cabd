"""What a round of a sequence was worth: all stations held in their order, or why not in one sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from formcoach.events import Kept, RoundEvent
from formcoach.spec import Station

MEANT = 0.5
"""The share of its first station's hold from which a round that is left is told: less was getting there."""


@dataclass(slots=True)
class Round:
    """A round under way.

    Attributes:
        order: the stations in the order in which it takes them.
        start: when the first one was taken, seconds.
        again: whether it began at the very station at which the last round ended.
        kept: what was held, one station after the other.
        tried_s: how long the station whose turn it is was held at best, without being done.
        unseen_s: for how long it could not be seen whether somebody is at that station.
        doubt: of which station nobody knows whether it was held, and why; or empty.
        spoilt: the kind of the first fault that spoils it, or empty.
    """

    order: tuple[Station, ...]
    start: float
    again: bool = False
    kept: list[Kept] = field(default_factory=list)
    tried_s: float = 0.0
    unseen_s: float = 0.0
    doubt: str = ""
    spoilt: str = ""

    @property
    def due(self) -> Station:
        """The station whose turn it is."""
        return self.order[len(self.kept)]

    @property
    def last(self) -> Station | None:
        """The station that was held last, if any."""
        return self.order[len(self.kept) - 1] if self.kept else None

    @property
    def is_whole(self) -> bool:
        """Whether all stations were held."""
        return len(self.kept) == len(self.order)

    @property
    def meant(self) -> bool:
        """Whether it was more than getting into position, or out of it."""
        return bool(self.kept) or self.tried_s >= MEANT * self.due.hold_s

    @property
    def perhaps_held(self) -> bool:
        """Whether the station whose turn it is was held for its time, if it was while it was not seen."""
        return self.tried_s + self.unseen_s >= self.due.hold_s

    def follows(self, station: Station) -> bool:
        """Whether a station comes right after the one whose turn it is."""
        return station in self.order[len(self.kept) + 1 : len(self.kept) + 2]

    def keep(self, held_s: float) -> None:
        """The station whose turn it is was held for its time."""
        self.kept.append(Kept(self.due.name, held_s))
        self.tried_s = self.unseen_s = 0.0

    def pass_over(self) -> None:
        """The station whose turn it is was perhaps held: go on to the next one, but it cannot count."""
        self.doubt = self.doubt or self._not_seen()
        self.keep(self.tried_s)

    def stay_on(self, held_s: float) -> None:
        """The station that was held last is held still."""
        name, before_s = self.kept[-1]
        self.kept[-1] = Kept(name, max(before_s, held_s))

    def finish(self, t: float, number: int) -> RoundEvent:
        """All stations were held in their order."""
        if self.doubt:
            return RoundEvent("", 0, self.start, t, False, False, tuple(self.kept), self.doubt, "unseen")
        kept, good = tuple(self.kept), not self.spoilt
        why = self.spoilt.replace("_", " ")
        return RoundEvent("", number, self.start, t, True, good, kept, why, self.spoilt)

    def leave(self, t: float, why: str, kind: str) -> RoundEvent:
        """It came to nothing: the position was left, nobody was seen, or that was the end."""
        if self.perhaps_held:
            return self._fail(t, self._not_seen(), "unseen")
        if self.tried_s:
            return self._fail(t, *_held_short(self.due, self.tried_s))
        return self._fail(t, f"{why} before {self.due.title}", kind)

    def go_wrong(self, t: float, instead: Station) -> RoundEvent:
        """Another station was taken than the one whose turn it was."""
        if self.perhaps_held:
            return self._fail(t, self._not_seen(), "unseen")
        if self.tried_s:
            return self._fail(t, *_held_short(self.due, self.tried_s))
        if instead in self.order[: len(self.kept)]:
            return self._fail(t, f"{instead.title} again before {self.due.title}", "out_of_order")
        return self._fail(t, f"{self.due.title} left out", "left_out")

    def _not_seen(self) -> str:
        return f"{self.due.title} not seen for {self.unseen_s:.1f} s"

    def _fail(self, t: float, why: str, kind: str) -> RoundEvent:
        tried = [Kept(self.due.name, self.tried_s)] if self.tried_s else []
        kept = (*self.kept, *tried)
        return RoundEvent("", 0, self.start, t, False, False, kept, why, kind, self.due.name)


def _held_short(station: Station, held_s: float) -> tuple[str, str]:
    return f"{station.title} held {int(held_s)} of {station.hold_s:g} seconds", "held_short"
