"""The sequence machine: one station after the other, each held; all of them in their order are a round."""

from __future__ import annotations

import math
from collections.abc import Iterator

from formcoach.events import RoundEvent
from formcoach.poses import PoseTest, Values
from formcoach.round_verdict import Round
from formcoach.spec import Spec, Station
from formcoach.stay import UNSEEN_S, Stay


class SequenceMachine:
    """Times the stations of a sequence and counts its rounds.

    A round begins at the first station or, where the spec lets it go either way, at the last one. It counts
    at the moment at which all stations have been held, each for its time and in the order. A station left
    out, taken out of its turn or held too short ends it, told when another station is taken. The way that
    was gone last is the one that is asked for next.

    Attributes:
        phase: one of `formcoach.spec.PHASES["sequence"]`.
        performed: rounds so far.
        holds_s: seconds that stations were held in all, but for the one that is held now.
        missing: true at a sample at which a person on the way should be told again where to.
        short: the station that was left too early at this very sample, or None.
        turn: how often it has been another station's turn.
    """

    moment = wrong_now = just_left = ""
    hidden = unsure = False
    unseen_s = 0.0
    of_best = math.nan

    def __init__(self, spec: Spec, side: str) -> None:
        self.side = side
        self.at_moment: Values = {}
        self.phase = "setup"
        self.performed = 0
        self.holds_s = 0.0
        self.missing = False
        self.short: Station | None = None
        self.turn = 0
        self._timing = spec.timing
        self._goal = spec.dose.reps[1] if spec.dose.reps else math.inf
        self._position = PoseTest(spec.poses["position"], spec)
        stations = tuple(spec.stations.values())
        self._orders = (stations, stations[::-1]) if spec.either_way else (stations,)
        self._usual = stations
        self._stays = tuple(Stay(spec, station) for station in stations)
        self._here: Stay | None = None
        self._round: Round | None = None
        self._counted: Stay | None = None
        self._ended_at: Station | None = None
        self._going_since = math.nan
        self._away_since = math.nan
        self._blind_since = math.nan
        self._last_t = math.nan

    @property
    def station(self) -> str:
        """The station at which somebody is now, or empty."""
        return self._here.station.name if self._here is not None else ""

    @property
    def judged_phase(self) -> str:
        """The phase whose checks are due; none while a station is being left."""
        return "" if self._here is not None and self._here.inside is False else self.phase

    @property
    def held_s(self) -> float:
        """Seconds at the station, where they count for a round."""
        return self._here.held_s if self._here is not None and self._counts(self._here) else 0.0

    @property
    def in_form(self) -> bool:
        """Whether the clock of a station that counts is running."""
        return self._here is not None and self._here.running and self._counts(self._here)

    @property
    def idle(self) -> bool:
        """Whether no round is under way, and no station is taken."""
        return self._round is None and self._here is None

    @property
    def due(self) -> Station | None:
        """The station to go to now; None while somebody is at it, out of position, and after all rounds."""
        here = self._here
        if self.phase == "setup":
            return None
        if self._round is not None:
            return None if here is not None and here.station is self._round.due else self._round.due
        if self.performed >= self._goal or (here is not None and self._can_begin(here)):
            return None
        return self._usual[0]

    def step(
        self, t: float, values: Values, _place: float = math.nan, _span: float = math.nan
    ) -> tuple[RoundEvent, ...]:
        """Take in the next sample; give what ended with it. A sequence has no anchor."""
        passed, self._last_t = t - self._last_t, t
        self.missing, self.short = False, None
        there = self._position.holds(values, self.phase != "setup")
        if self.phase == "setup":
            if not there:
                return ()
            self.phase = "going"
            self.turn += 1
        for stay in self._stays:
            stay.look(t, values, there)
        self._miss()
        if self._is_lost(t, passed):
            return self._leave(t, "not seen any more", "unseen")
        if self._is_away(t, there):
            return self._leave(t, "the position was left")
        events = tuple(self._follow(t, there))
        self._find_out_where(t)
        return events

    def finish(self) -> tuple[RoundEvent, ...]:
        """End of the samples: give the round under way."""
        return self._leave(self._last_t, "broken off")

    def interrupt(self, t: float) -> tuple[RoundEvent, ...]:
        """Another shot or another person: what was under way does not go on."""
        return self._leave(t, "the picture changed")

    def spoil(self, kind: str) -> None:
        """A fault was found that the round under way is not good with."""
        if self._round is not None:
            self._round.spoilt = self._round.spoilt or kind

    # Where somebody is

    def _is_lost(self, t: float, passed: float) -> bool:
        """Whether for too long it could not be seen at which station somebody is."""
        if any(stay.inside is not None for stay in self._stays):
            self._blind_since = math.nan
            return passed > UNSEEN_S
        if self._blind_since != self._blind_since:
            self._blind_since = t - passed
        return t - self._blind_since > UNSEEN_S

    def _is_away(self, t: float, there: bool | None) -> bool:
        """Whether the position of this exercise has been left for good."""
        if there is not False:
            self._away_since = math.nan
            return False
        if self._away_since != self._away_since:
            self._away_since = t
        return t - self._away_since >= self._timing.leave_s

    def _find_out_where(self, t: float) -> None:
        """The station in whose pose somebody is, else the one that they left a moment ago."""
        there = (stay for stay in self._stays if stay.open and stay.inside)
        here = next(there, None) or next((stay for stay in self._stays if stay.open), None)
        if here is not None:
            self.phase, self._here, self._going_since = "hold", here, math.nan
            return
        self.phase, self._here = "going", None
        if self._going_since != self._going_since:
            self._going_since = t
        if self.due is not None and t - self._going_since >= self._timing.timeout_s:
            self.missing, self._going_since = True, t

    def _leave(self, t: float, why: str, kind: str = "broken_off") -> tuple[RoundEvent, ...]:
        """Away, lost or over: the round comes to nothing, and the position has to be taken again."""
        for stay in self._stays:
            self._go_from(stay)
        under_way = self._round
        self.phase, self._round, self._here = "setup", None, None
        self._counted = self._ended_at = None
        self._away_since = self._going_since = self._blind_since = math.nan
        return (under_way.leave(t, why, kind),) if under_way is not None and under_way.meant else ()

    def _miss(self) -> None:
        """Keep for how long nobody could see whether the station whose turn it is was taken."""
        under_way = self._round
        if under_way is None:
            return
        (due,) = (stay for stay in self._stays if stay.station is under_way.due)
        under_way.unseen_s = max(under_way.unseen_s, due.unseen_s)

    # The round

    def _follow(self, t: float, there: bool | None) -> Iterator[RoundEvent]:
        """What the stays come to: stations left, taken and held."""
        settled = next((stay for stay in self._stays if stay.inside and stay.settled), None)
        for stay in self._stays:
            gone = stay.open and (stay.is_left(t) or settled not in (None, stay))
            if gone and self._go_from(stay) and there:
                self.short = stay.station
        if settled is None or settled is self._counted:
            return
        yield from self._come_to(t, settled)
        if settled.done and self._round is not None:
            yield from self._hold(t, settled, self._round)

    def _come_to(self, t: float, stay: Stay) -> Iterator[RoundEvent]:
        """Somebody is at a station: the one whose turn it is, the one held last, or a wrong one."""
        under_way = self._round
        if under_way is not None and stay.station is under_way.due:
            under_way.tried_s = max(under_way.tried_s, stay.held_s)
            return
        if under_way is not None and stay.station is under_way.last and not under_way.tried_s:
            return
        if under_way is not None and under_way.perhaps_held and under_way.follows(stay.station):
            self._pass_over(under_way)
            under_way.tried_s = stay.held_s
            return
        if under_way is not None:
            self.turn += 1
            yield under_way.go_wrong(t, stay.station)
        self._round = self._begin(stay)
        self._ended_at = self._ended_at if stay.station is self._ended_at else None

    def _begin(self, stay: Stay) -> Round | None:
        """A round that begins at this station, where one can."""
        order = next((order for order in self._orders if order[0] is stay.station), None)
        again = stay.station is self._ended_at
        if order is None:
            return None
        return Round(order, stay.since, again=again, tried_s=stay.held_s, unseen_s=stay.unseen_s)

    def _hold(self, t: float, stay: Stay, under_way: Round) -> Iterator[RoundEvent]:
        """A station has been held for its time."""
        if stay.station is under_way.last:
            under_way.stay_on(stay.held_s)
        elif stay.station is under_way.due:
            under_way.keep(stay.held_s)
            self.turn += 1
        if under_way.is_whole:
            self.performed += not under_way.doubt
            self._round, self._counted = None, stay
            self._ended_at, self._usual = stay.station, under_way.order
            yield under_way.finish(t, self.performed)

    def _pass_over(self, under_way: Round) -> None:
        """Go on to the next station: of the one whose turn it was nobody knows whether it was held."""
        under_way.pass_over()
        self.turn += 1

    def _go_from(self, stay: Stay) -> bool:
        """Somebody has left a station; gives whether it was too early."""
        if self._counts(stay):
            self.holds_s += stay.held_s
        if stay is self._counted:
            self._counted = None
        stay.end()
        under_way = self._round
        if under_way is None or stay.station is not under_way.due or not under_way.tried_s:
            return False
        if under_way.again and not under_way.kept:
            self._round = None  # it was only a last look back at where the round before had ended
            return False
        if under_way.perhaps_held:
            if under_way.meant and stay.station is not under_way.order[-1]:
                self._pass_over(under_way)
            return False
        return True

    def _counts(self, stay: Stay) -> bool:
        """Whether the seconds at a station count for the round under way, or have just made one."""
        if self._round is None:
            return stay is self._counted or self._can_begin(stay)
        return stay.station in (self._round.due, self._round.last)

    def _can_begin(self, stay: Stay) -> bool:
        """Whether a round can begin with this stay."""
        return stay is not self._counted and any(order[0] is stay.station for order in self._orders)
