"""A report in words, for a person at a terminal."""

from __future__ import annotations

from formcoach.events import FaultEvent, HoldEvent, RepEvent
from formcoach.report import SessionReport

LINES = 12
"""So many repetitions or holds are listed one by one."""


SHORTER = 0.9
"""A repetition that went less far than this share of the person's furthest is worth a word."""


def summarise(report: SessionReport) -> str:
    """The session in words: what counted, what did not and why, what to work on, what was not seen."""
    parts = [
        [f"{report.spec.name}, {_seconds(report.duration_s)}"],
        _pain(report),
        _counts(report),
        [f"Guided: {report.spec.guided}"] if report.spec.guided else [],
        _repetitions(report),
        _holds(report),
        _faults(report),
        _unseen(report),
    ]
    return "\n".join(line for part in parts for line in part)


def _pain(report: SessionReport) -> list[str]:
    return [] if report.hurt_at is None else [f"It hurt at {clock(report.hurt_at)}, and ended there."]


def _counts(report: SessionReport) -> list[str]:
    if not report.repetitions and not report.holds:
        why = "nobody was seen" if _all_unseen(report) else f"no {_thing(report)} was seen"
        return [f"Nothing counted: {why}."]
    if report.spec.kind == "hold":
        return [_of_holds(report, side) for side in report.sides]
    lines = []
    for side in report.sides:
        performed, to_dose = report.performed(side), report.to_dose(side)
        line = f"{_side(side)}{performed} {_plural(performed, 'repetition')}"
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


def _repetitions(report: SessionReport) -> list[str]:
    timed = report.spec.dose.hold_s is not None
    lines = [_repetition(rep, timed, report.best(rep.side)) for rep in report.repetitions[:LINES]]
    more = len(report.repetitions) - len(lines)
    return lines if more <= 0 else [*lines, f"  … and {more} more"]


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


def _holds(report: SessionReport) -> list[str]:
    lines = [_hold(hold) for hold in report.holds[:LINES]]
    more = len(report.holds) - len(lines)
    return lines if more <= 0 else [*lines, f"  … and {more} more"]


def _hold(hold: HoldEvent) -> str:
    line = f"  {clock(hold.start)} {_side(hold.side)}hold {hold.number}: {_seconds(hold.in_form_s)} in form"
    if hold.out_of_form_s >= 0.5:
        line += f", {_seconds(hold.out_of_form_s)} out of form"
    if hold.unseen_s >= 0.5:
        line += f", {_seconds(hold.unseen_s)} not seen"
    return line


def _faults(report: SessionReport) -> list[str]:
    if not report.faults:
        return []
    groups: dict[tuple[str, str], list[FaultEvent]] = {}
    for fault in report.faults:
        groups.setdefault((fault.check, fault.direction), []).append(fault)
    lines = ["To work on:"]
    for (name, _), faults in groups.items():
        check = report.spec.checks[name]
        times = "once" if len(faults) == 1 else f"{len(faults)} times"
        first = ", ".join(clock(fault.start) for fault in faults[:3])
        lines.append(
            f"  {check.cue(faults[0].direction)[0]} ({times}: {first}{', …' if len(faults) > 3 else ''})"
        )
    return lines


def _unseen(report: SessionReport) -> list[str]:
    lines = [f"  {_seconds(s)}: {why}" for why, s in report.nobody_s.items() if s >= 0.5]
    by_reason: dict[str, list[str]] = {}
    for check, reasons in report.unjudged_s.items():
        for why, seconds in reasons.items():
            if seconds >= 0.5 and why not in report.nobody_s:
                by_reason.setdefault(why, []).append(f"{check.replace('_', ' ')} {_seconds(seconds)}")
    for check, counts in report.unjudged_moments.items():
        for why, times in counts.items():
            often = "once" if times == 1 else f"{times} times"
            by_reason.setdefault(why, []).append(f"{check.replace('_', ' ')} {often}")
    lines += [f"  {', '.join(checks)}: {why}" for why, checks in by_reason.items()]
    return ["Not seen, so not judged:", *lines] if lines else []


def _all_unseen(report: SessionReport) -> bool:
    return sum(report.nobody_s.values()) >= 0.9 * report.duration_s


def _thing(report: SessionReport) -> str:
    return "hold" if report.spec.kind == "hold" else "repetition"


def _plural(count: int, word: str) -> str:
    return word if count == 1 else word + "s"


def _side(side: str) -> str:
    return f"{side}: " if side else ""


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _seconds(seconds: float) -> str:
    if round(seconds, 1) < 60:
        return f"{seconds:.1f} s"
    return f"{round(seconds) // 60} min {round(seconds) % 60} s"


def clock(t: float) -> str:
    """A moment as minutes and seconds: `1:02.5`."""
    minutes, tenths = divmod(round(t * 10), 600)
    return f"{minutes}:{tenths / 10:04.1f}"
