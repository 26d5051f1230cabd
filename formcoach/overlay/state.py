"""What the cards say of the coach's answer: where somebody is, how often it was done, and for how long."""

from __future__ import annotations

from collections.abc import Mapping

from formcoach.events import Coaching
from formcoach.overlay.cards import Count
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


def title_words(spec: Spec, coaching: Coaching) -> tuple[str, str]:
    """The phase or station in one word or few, and below it the side, or the station to go to."""
    if spec.kind == "sequence":
        return _station_words(spec, coaching)
    reached = coaching.phase == "work" and spec.dose.hold_s is None
    word = THERE if reached else PHASE_WORDS[coaching.phase]
    return word, f"{coaching.side.capitalize()} side" if coaching.side else ""


def _station_words(spec: Spec, coaching: Coaching) -> tuple[str, str]:
    word = PHASE_WORDS[coaching.phase]
    if coaching.station:
        word = spec.stations[coaching.station].title.capitalize()
    elif coaching.phase != "setup" and not coaching.next:
        word = DONE
    return word, f"Next: {spec.stations[coaching.next].title}" if coaching.next else ""


def hold_of(spec: Spec, coaching: Coaching) -> tuple[float, float] | None:
    """Seconds of the hold that is on, or comes next: enough, and the goal; None where nothing is asked."""
    station = spec.stations.get(coaching.station or coaching.next)
    return spec.dose.hold_s if station is None else (station.hold_s, station.hold_s)


def count_of(spec: Spec, coaching: Coaching) -> Count:
    """The counter card."""
    dose, held = spec.dose, coaching.held_s
    asked = hold_of(spec, coaching)
    goal_s = asked[1] if asked else None
    counted = spec.kind != "hold" or dose.reps is not None
    return Count(
        number=coaching.reps.get(coaching.side, 0) if counted else None,
        goal=dose.reps[1] if dose.reps else None,
        seconds=int(held) if spec.kind != "repetitions" or asked else None,
        goal_s=goal_s,
        running=coaching.in_form,
        reached=goal_s is not None and held >= goal_s,
        what="rounds" if spec.kind == "sequence" else "reps",
    )
