"""What the screen says of the coach's answer: which phase or station, and how long it is to be held."""

from __future__ import annotations

from collections.abc import Mapping

from formcoach.events import Coaching
from formcoach.language import Say
from formcoach.spec import Spec

PHASE_WORDS: Mapping[str, str] = {
    "setup": "Get into position",
    "start": "Ready",
    "going": "Go",
    "work": "Hold",
    "returning": "Back",
    "hold": "Hold",
}
"""What each phase is called on the screen."""

DONE = "Done"
"""All rounds of a sequence are done, and it is no station's turn."""

THERE = "There"
"""The work position where there is nothing to hold: reached, and still room to go on."""


def title_words(spec: Spec, coaching: Coaching, say: Say) -> tuple[str, str]:
    """The phase or station in one word or few, and below it the side, or the station to go to."""
    if spec.kind == "sequence":
        return _station_words(spec, coaching, say)
    reached = coaching.phase == "work" and spec.dose.hold_s is None
    word = say(THERE if reached else PHASE_WORDS[coaching.phase])
    return word, say(f"{coaching.side.capitalize()} side") if coaching.side else ""


def _station_words(spec: Spec, coaching: Coaching, say: Say) -> tuple[str, str]:
    word = say(PHASE_WORDS[coaching.phase])
    if coaching.station:
        word = say(spec.stations[coaching.station].title.capitalize())
    elif coaching.phase != "setup" and not coaching.next:
        word = say(DONE)
    return word, say("Next: {what}").format(
        what=say(spec.stations[coaching.next].title)
    ) if coaching.next else ""


def hold_of(spec: Spec, coaching: Coaching) -> tuple[float, float] | None:
    """Seconds of the hold that is on, or comes next: enough, and the goal; None where nothing is asked."""
    station = spec.stations.get(coaching.station or coaching.next)
    return spec.dose.hold_s if station is None else (station.hold_s, station.hold_s)
