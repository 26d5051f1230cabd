"""What is counted of an exercise, and how much of it, in words."""

from __future__ import annotations

from formcoach.spec import Spec
from formcoach.spec_lint.table import short


def counts(spec: Spec) -> str:
    """What the coach counts of an exercise: `held repetitions, each side`."""
    held = "held " if spec.dose.hold_s else ""
    text = {"hold": "hold", "repetitions": f"{held}repetitions", "sequence": "rounds"}[spec.kind]
    return f"{text}, each side" if spec.sides else text


def brief_dose(spec: Spec) -> str:
    """The dose in a few characters: `4-5 x 8-10 s, each side`."""
    dose = spec.dose
    counts = [_span(dose.reps, "-")] if dose.reps else []
    counts += [f"{_span(dose.hold_s, '-')} s"] if dose.hold_s else []
    counts += [f"{len(spec.stations)} x {_span(_station_seconds(spec), '-')} s"] if spec.stations else []
    text = " x ".join(counts)
    if dose.sets > 1:
        text = f"{dose.sets} sets of {text}" if text else f"{dose.sets} sets"
    return f"{text}, each side" if text and spec.sides else text


def dose_in_words(spec: Spec) -> str:
    """The dose as a sentence: `4 to 5 repetitions on each side, each held for 8 to 10 seconds.`"""
    dose, side = spec.dose, " on each side" if spec.sides else ""
    times = _times(spec)
    if spec.kind == "hold":
        sets = f"{dose.sets} sets: " if dose.sets > 1 else ""
        text = f"hold for {_seconds(dose.hold_s)}" if dose.hold_s else "hold as long as you like"
        text += (f", {times}" if times else "") + side
    elif spec.kind == "sequence":
        sets = f"{dose.sets} sets of " if dose.sets > 1 else ""
        held = f"{len(spec.stations)} stations, each held for {_seconds(_station_seconds(spec))}"
        text = f"{times or 'as many rounds as you like'} of {held}"
    else:
        sets = f"{dose.sets} sets of " if dose.sets > 1 else ""
        side += ", the sides taking turns" if spec.alternating else ""
        text = (times or "as many repetitions as you like") + side
        text += f", each held for {_seconds(dose.hold_s)}" if dose.hold_s else ""
    text = sets + text
    return f"{text[0].upper()}{text[1:]}."


def _times(spec: Spec) -> str:
    reps = spec.dose.reps
    if reps is None:
        return ""
    word = {"hold": "time", "repetitions": "repetition", "sequence": "round"}[spec.kind]
    return f"{_span(reps)} {word}{'' if reps[1] == 1 else 's'}"


def _station_seconds(spec: Spec) -> tuple[float, float]:
    """The shortest and the longest hold of a sequence's stations."""
    seconds = [station.hold_s for station in spec.stations.values()]
    return min(seconds), max(seconds)


def _seconds(pair: tuple[float, float]) -> str:
    span = _span(pair)
    return f"{span} second" if span == "1" else f"{span} seconds"


def _span(pair: tuple[float, float], between: str = " to ") -> str:
    return short(pair[0]) if pair[0] == pair[1] else f"{short(pair[0])}{between}{short(pair[1])}"
