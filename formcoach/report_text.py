"""A report in words, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from formcoach.events import FaultEvent, HoldEvent, RepEvent, RoundEvent
from formcoach.quantities import seconds as _seconds
from formcoach.report import SessionReport

LINES = 12
"""So many repetitions, holds or rounds are listed one by one."""


SHORTER = 0.9
"""A repetition that went less far than this share of the person's furthest is worth a word."""


def summarise(report: SessionReport) -> str:
    """The session in words: what counted, what did not and why, what to work on, what was not seen."""
    parts = [
        [f"{report.spec.name}, {_seconds(report.duration_s)}"],
        _pain(report),
        counts(report),
        _sets(report),
        [f"Guided: {report.spec.guided}"] if report.spec.guided else [],
        _listed(_repetitions(report)),
        _listed([_hold(hold) for hold in report.holds]),
        _listed([_round(one, report) for one in report.rounds]),
        _faults(report),
        _headed("Not seen, so not judged:", unseen(report)),
        _camera(report),
        _personal(report),
    ]
    return "\n".join(line for part in parts for line in part)


def _pain(report: SessionReport) -> list[str]:
    return [] if report.hurt_at is None else [f"It hurt at {clock(report.hurt_at)}, and ended there."]


def _sets(report: SessionReport) -> list[str]:
    count = len(report.sets)
    return [f"In {count} sets."] if count > 1 else []


def _personal(report: SessionReport) -> list[str]:
    when = report.spec.personal
    return [f"With your own neutral and range of {when}."] if when else []


def _camera(report: SessionReport) -> list[str]:
    """A lean that was taken out, in words."""
    roll = report.camera_roll
    way = "right" if roll > 0 else "left"
    return (
        [f"The camera's picture leaned {abs(roll):.0f} degrees to the {way}; that was taken out."]
        if roll
        else []
    )


def counts(report: SessionReport) -> list[str]:
    """What was counted, a sentence for each side."""
    if not report.attempts and not report.holds:
        why = "nobody was seen" if _all_unseen(report) else f"no {_thing(report)} was seen"
        return [f"Nothing counted: {why}."]
    if report.spec.kind == "hold":
        return [_of_holds(report, side) for side in report.sides]
    lines = []
    for side in report.sides:
        performed, to_dose = report.performed(side), report.to_dose(side)
        line = f"{_side(side)}{performed} {_plural(performed, _thing(report))}"
        asked = _asked(report)
        if report.spec.dose.hold_s is not None or to_dose < performed:
            line += f", {to_dose} of them {asked}"
        lines.append(line + ".")
    return lines


def _of_holds(report: SessionReport, side: str) -> str:
    seconds = _seconds(sum(hold.in_form_s for hold in report.holds if hold.side == side))
    line = f"In form for {seconds}{_goal_of_hold(report)}."
    return f"{_side(side)}{_lower(line)}" if side else line


def _asked(report: SessionReport) -> str:
    """What a repetition must be beyond performed, in words; empty where nothing more is asked."""
    hold = report.spec.dose.hold_s
    good = ["good"] if any(check.spoils for check in report.spec.checks.values()) else []
    return " and ".join(good + ([] if hold is None else [f"held for {hold[0]:g} seconds"]))


def _goal_of_hold(report: SessionReport) -> str:
    goal = report.spec.dose.hold_s
    return "" if goal is None else f" (enough: {goal[0]:g} s, goal: {goal[1]:g} s)"


def _listed(lines: list[str]) -> list[str]:
    more = len(lines) - LINES
    return lines if more <= 0 else [*lines[:LINES], f"  … and {more} more"]


def _repetitions(report: SessionReport) -> list[str]:
    timed = report.spec.dose.hold_s is not None
    return [_repetition(rep, timed, report.best(rep.side)) for rep in report.repetitions]


def _repetition(rep: RepEvent, timed: bool, best: float) -> str:
    head = f"  {clock(rep.start)} {_side(rep.side)}"
    if not rep.performed:
        return f"{head}not counted: {_lower(rep.why_not)}" + (_uncounted_hold(rep) if timed else "")
    share = rep.reach / best
    short = f" ({share:.0%} of your furthest)" if share < SHORTER else ""
    return f"{head}repetition {rep.number}" + (f": {rep.why_not}" if rep.why_not else "") + short


def _uncounted_hold(rep: RepEvent) -> str:
    if rep.held_s < 0.5:
        return ""
    return f" (held for {_seconds(rep.held_s)}{', which counts' if rep.counted_hold_s else ''})"


def _hold(hold: HoldEvent) -> str:
    line = f"  {clock(hold.start)} {_side(hold.side)}hold {hold.number}: {_seconds(hold.in_form_s)} in form"
    if hold.out_of_form_s >= 0.5:
        line += f", {_seconds(hold.out_of_form_s)} out of form"
    if hold.unseen_s >= 0.5:
        line += f", {_seconds(hold.unseen_s)} not seen"
    return line


def _round(one: RoundEvent, report: SessionReport) -> str:
    if not one.performed:
        return f"  {clock(one.start)} not counted: {one.why_not}"
    stations = report.spec.stations
    held = ", ".join(f"{stations[kept.station].title} {_seconds(kept.held_s)}" for kept in one.stations)
    return f"  {clock(one.start)} round {one.number}: {held}" + (f" ({one.why_not})" if one.why_not else "")


def _faults(report: SessionReport) -> list[str]:
    lines = []
    for faults in fault_groups(report):
        check = report.spec.checks[faults[0].check]
        first = ", ".join(clock(fault.start) for fault in faults[:3]) + (", …" if len(faults) > 3 else "")
        lines.append(f"{check.cue(faults[0].direction)[0]} ({times(faults)}: {first})")
    return _headed("To work on:", lines)


def fault_groups(report: SessionReport) -> list[list[FaultEvent]]:
    """The faults by what is to be done about them, in the order in which each first came."""
    groups: dict[tuple[str, str], list[FaultEvent]] = {}
    for fault in report.faults:
        groups.setdefault((fault.check, fault.direction), []).append(fault)
    return list(groups.values())


def times(faults: Sequence[FaultEvent]) -> str:
    """How often, in words."""
    return "once" if len(faults) == 1 else f"{len(faults)} times"


def unseen(report: SessionReport) -> list[str]:
    """What was not seen for half a second or more, and why; a line a reason."""
    lines = [f"{_seconds(s)}: {why}" for why, s in report.nobody_s.items() if s >= 0.5]
    by_reason: dict[str, list[str]] = {}
    for check, reasons in report.unjudged_s.items():
        for why, seconds in reasons.items():
            if seconds >= 0.5 and why not in report.nobody_s:
                by_reason.setdefault(why, []).append(f"{check.replace('_', ' ')} {_seconds(seconds)}")
    for check, counts in report.unjudged_moments.items():
        for why, times in counts.items():
            often = "once" if times == 1 else f"{times} times"
            by_reason.setdefault(why, []).append(f"{check.replace('_', ' ')} {often}")
    return lines + [f"{', '.join(checks)}: {why}" for why, checks in by_reason.items()]


def _headed(head: str, lines: list[str]) -> list[str]:
    return [head, *(f"  {line}" for line in lines)] if lines else []


def _all_unseen(report: SessionReport) -> bool:
    return sum(report.nobody_s.values()) >= 0.9 * report.duration_s


def _thing(report: SessionReport) -> str:
    return {"hold": "hold", "repetitions": "repetition", "sequence": "round"}[report.spec.kind]


def _plural(count: int, word: str) -> str:
    return word if count == 1 else word + "s"


def _side(side: str) -> str:
    return f"{side}: " if side else ""


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def clock(t: float) -> str:
    """A moment as minutes and seconds: `1:02.5`."""
    minutes, tenths = divmod(round(t * 10), 600)
    return f"{minutes}:{tenths / 10:04.1f}"
