"""Two reports of one session, by two specs: what is counted and said differently, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Literal, TypeVar

from formcoach.events import Cue, FaultEvent, HoldEvent, RepEvent
from formcoach.report import SessionReport, rounded
from formcoach.spec import Range, Spec

SAME_MOMENT_S = 2.0
"""The same cue this close in time is the same in both; it may come a little sooner or later."""

SAME_HOLD_S = 0.2
"""A hold that is longer or shorter by less than this has not changed."""

What = Literal["repetition", "hold", "fault", "cue"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs.

    Attributes:
        t: when, seconds.
        side: `left`, `right` or empty.
        before, after: what each report says of it, in words; `nothing` where it has nothing there.
        check: the check that it is about, or empty.
    """

    t: float
    what: What
    side: str
    before: str
    after: str
    check: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of a session.

    Attributes:
        spec: each bound, text or time of the spec that differs: address, before and after.
        counted, to_dose: repetitions performed, and good and long enough, before and after.
        held_s: seconds held, before and after.
        changes: in the order in which they happened.
    """

    spec: tuple[tuple[str, str, str], ...]
    counted: tuple[int, int]
    to_dose: tuple[int, int]
    held_s: tuple[float, float]
    changes: tuple[Change, ...]

    def as_dict(self) -> dict[str, object]:
        """The comparison as plain data, ready for JSON."""
        return {
            "format": 1,
            "spec": [{"address": at, "before": was, "after": now} for at, was, now in self.spec],
            "counted": list(self.counted),
            "to_dose": list(self.to_dose),
            "held_s": [rounded(seconds) for seconds in self.held_s],
            "changes": [
                {
                    "t": rounded(one.t),
                    "what": one.what,
                    "side": one.side,
                    "check": one.check,
                    "before": one.before,
                    "after": one.after,
                }
                for one in self.changes
            ],
        }


NOTHING = "nothing"


def compare(before: SessionReport, after: SessionReport) -> Comparison:
    """Compare two reports of the same samples."""
    changes = [
        *_changes("repetition", before.repetitions, after.repetitions, _rep_span, _rep_in_words),
        *_changes("hold", before.holds, after.holds, _hold_span, _hold_in_words, _is_same_hold),
        *_changes("fault", before.faults, after.faults, _fault_span, _fault_in_words, _is_same_fault),
        *_changes("cue", before.cues, after.cues, _cue_span, lambda cue: f"“{cue.text}”"),
    ]
    return Comparison(
        tuple(spec_changes(before.spec, after.spec)),
        (_performed(before), _performed(after)),
        (_to_dose(before), _to_dose(after)),
        (before.hold_s, after.hold_s),
        tuple(sorted(changes, key=lambda one: one.t)),
    )


def spec_changes(before: Spec, after: Spec) -> Iterable[tuple[str, str, str]]:
    """Each value but the id that differs between two specs: its address, and both values in words."""
    was, now = dict(_values("", before)), dict(_values("", after))
    for address in dict.fromkeys((*was, *now)):
        one, other = was.get(address) or NOTHING, now.get(address) or NOTHING
        if address != "id" and one != other:
            yield address, one, other


def describe_comparison(found: Comparison, names: tuple[str, str]) -> str:
    """The comparison in words, for a terminal.

    Args:
        found: the comparison.
        names: what the two specs are called.
    """
    before, after = names
    lines = [f"From {before} to {after}:"]
    lines += [f"  {address}: {was} → {now}" for address, was, now in found.spec] or ["  the same spec"]
    for thing, pair in (("Counted", found.counted), ("To dose", found.to_dose)):
        if any(pair):
            lines.append(f"{thing}: {_from_to(*map(str, pair))}.")
    if any(found.held_s):
        lines.append(f"Held: {_from_to(*(f'{seconds:.1f} s' for seconds in found.held_s))}.")
    if not found.changes:
        lines.append("Nothing is counted or said differently.")
    lines += [change_in_words(one) for one in found.changes]
    return "\n".join(lines)


# ---- what belongs together ---------------------------------------------------------------------

Span = tuple[object, float, float]
"""What must be equal for two events to be the same, and from when to when they last."""


def _changes(
    what: What,
    before: Sequence[T],
    after: Sequence[T],
    span: Callable[[T], Span],
    in_words: Callable[[T], str],
    is_same: Callable[[T, T], bool] | None = None,
) -> Iterable[Change]:
    same = is_same or (lambda one, other: in_words(one) == in_words(other))
    for was, now in _pairs(before, after, span):
        if was is not None and now is not None and same(was, now):
            continue
        event = now if now is not None else was
        assert event is not None
        yield Change(
            span(event)[1],
            what,
            getattr(event, "side", ""),
            NOTHING if was is None else in_words(was),
            NOTHING if now is None else in_words(now),
            getattr(event, "check", ""),
        )


def _pairs(
    before: Sequence[T], after: Sequence[T], span: Callable[[T], Span]
) -> Iterable[tuple[T | None, T | None]]:
    """Each event of either with that of the other which it overlaps most, or alone."""
    left = list(after)
    for was in before:
        best = max(left, key=lambda now: _overlap(span(was), span(now)), default=None)
        if best is None or _overlap(span(was), span(best)) <= 0.0:
            yield was, None
        else:
            left.remove(best)
            yield was, best
    yield from ((None, now) for now in left)


def _overlap(one: Span, other: Span) -> float:
    """Seconds that two events have in common; 0 where they are not of one kind."""
    return min(one[2], other[2]) - max(one[1], other[1]) if one[0] == other[0] else 0.0


def _rep_span(rep: RepEvent) -> Span:
    return rep.side, rep.start, rep.end


def _hold_span(hold: HoldEvent) -> Span:
    return hold.side, hold.start, hold.end


def _fault_span(fault: FaultEvent) -> Span:
    # What is judged in a moment has no length of its own.
    return (fault.check, fault.direction, fault.side), fault.start, max(fault.end, fault.start + 0.1)


def _cue_span(cue: Cue) -> Span:
    return cue.text, cue.t, cue.t + SAME_MOMENT_S


def _is_same_hold(one: HoldEvent, other: HoldEvent) -> bool:
    return one.to_dose == other.to_dose and abs(one.in_form_s - other.in_form_s) < SAME_HOLD_S


def _is_same_fault(_one: FaultEvent, _other: FaultEvent) -> bool:
    return True  # it lasts a little longer or shorter: it is the same


# ---- in words ----------------------------------------------------------------------------------


def _rep_in_words(rep: RepEvent) -> str:
    if not rep.performed:
        return f"not counted, {rep.why_not[:1].lower()}{rep.why_not[1:]}"
    return f"counted, but {rep.why_not}" if rep.why_not else "counted"


def _hold_in_words(hold: HoldEvent) -> str:
    return f"{hold.in_form_s:.1f} s in form"


def _fault_in_words(fault: FaultEvent) -> str:
    return f"{fault.kind} for {fault.end - fault.start:.1f} s, worst {fault.worst:.2f}".replace("-", "−")


def change_in_words(change: Change) -> str:
    """One change as a line: when, of what, and what it was and is."""
    minutes, seconds = divmod(round(change.t, 1), 60)
    where = f"{change.side} " if change.side else ""
    return f"  {int(minutes)}:{seconds:04.1f} {where}{change.what}: {_from_to(change.before, change.after)}"


def _from_to(before: str, after: str) -> str:
    return before if before == after else f"{before} → {after}"


def _performed(report: SessionReport) -> int:
    return sum(report.performed(side) for side in report.sides)


def _to_dose(report: SessionReport) -> int:
    return sum(report.to_dose(side) for side in report.sides) + sum(hold.to_dose for hold in report.holds)


def _values(address: str, value: object) -> Iterable[tuple[str, str]]:
    """Every single value below an address, in words; what is empty is an empty text."""
    below = f"{address}." if address else ""
    if isinstance(value, Range):
        yield address, f"{value.low:g} to {value.high:g}".replace("-", "−")
    elif is_dataclass(value):
        for one in fields(value):
            yield from _values(f"{below}{one.name}", getattr(value, one.name))
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from _values(f"{below}{name}", part)
    elif isinstance(value, float):
        yield address, f"{value:g}".replace("-", "−")
    elif isinstance(value, tuple):
        yield address, ", ".join(map(str, value))
    else:
        yield address, str(value)
