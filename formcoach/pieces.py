"""Recordings and their labels, cut into pieces that are good or show a fault: what tuning learns from."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from formcoach.actions import Action
from formcoach.events import Coaching, RepEvent
from formcoach.labels import Labels, Span, TrueRepetition
from formcoach.poses import primary
from formcoach.report import SessionReport
from formcoach.session import Session
from formcoach.spec import Check, Spec
from formcoach.whatif import Readings

TRIM_S = 0.3
"""A span that is longer than a second is taken without its ends: its times were noted by eye."""

LONGEST_STEP_S = 1.0
"""Between two samples further apart than this nobody knows what happened."""


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """One recording to learn from.

    Attributes:
        name: its file's.
        readings: all samples, read.
        labels: what is known of it.
        tolerance_s: how far the labels' times may be off, seconds.
        group: what is left out at once in cross-checks: its person, its session, or itself.
    """

    name: str
    readings: Readings
    labels: Labels
    tolerance_s: float

    @property
    def group(self) -> str:
        """Whose it is, as far as that is said."""
        return self.labels.person or self.labels.session or self.name


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a recording, seconds.

    Attributes:
        good: whether its form is vouched for.
        faults: the common names of what is wrong in it.
        between: whether it lies between two repetitions.
    """

    start: float
    end: float
    good: bool
    faults: frozenset[str] = frozenset()
    between: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """One take and its report."""

    take: Take
    report: SessionReport


@dataclass(frozen=True, slots=True, eq=False)
class Watched:
    """The same, with what the coach made of every sample: large, so only one at a time is kept."""

    take: Take
    times: Sequence[float]
    coached: Sequence[Coaching]
    report: SessionReport

    def during(self, piece: Piece) -> Iterator[Coaching]:
        """The answers to the samples of a piece."""
        first, last = bisect_left(self.times, piece.start), bisect_right(self.times, piece.end)
        return iter(self.coached[first:last])


def watch(take: Take, spec: Spec) -> Watched:
    """Coach a take by a spec that measures the same as it was read by."""
    session = Session(spec)
    coached: list[Coaching] = []
    for item in take.readings.stream():
        if isinstance(item, Action):
            session.act(item)
        else:
            coached.append(session.judge(item))
    return Watched(take, [one.t for one in coached], coached, session.finish())


# ---- pieces ------------------------------------------------------------------------------------


def pieces_of(watched: Watched) -> list[Piece]:
    """The pieces of a take that say something about form, by its labels.

    A repetition is a piece, and so is the time between two. Where repetitions are not labelled, those that
    the coach counted are taken. Of a hold each span is: held in form, good, or at fault. What shows another
    exercise says nothing.
    """
    if watched.take.labels.exercise is None:
        return []
    if watched.report.spec.kind == "hold":
        return list(_pieces_of_holds(watched))
    reps = repetitions_of(watched)
    return [*_pieces_of_reps(watched, reps), *_pieces_between(watched, reps)]


def repetitions_of(watched: Watched) -> list[TrueRepetition]:
    """The repetitions or rounds as labelled, or those counted where none are labelled."""
    labelled = watched.take.labels.repetitions
    if labelled is not None:
        return sorted(labelled, key=lambda rep: rep.start)
    counted = (one for one in watched.report.attempts if one.performed)
    return [TrueRepetition(one.start, one.end) for one in sorted(counted, key=lambda one: one.start)]


def _pieces_of_reps(watched: Watched, reps: Sequence[TrueRepetition]) -> Iterator[Piece]:
    for number, rep in enumerate(reps):
        # Labelled times are some tenths of a second off; the repetition next to it is another piece.
        before = reps[number - 1].end if number else -math.inf
        after = reps[number + 1].start if number + 1 < len(reps) else math.inf
        start = max(rep.start - watched.take.tolerance_s, min((before + rep.start) / 2, rep.start))
        end = min(rep.end + watched.take.tolerance_s, max((after + rep.end) / 2, rep.end))
        yield _judged(watched, start, end, Span(rep.start, rep.end), rep)


def _pieces_between(watched: Watched, reps: Sequence[TrueRepetition]) -> Iterator[Piece]:
    for one, other in pairwise(reps):
        if other.start > one.end:
            yield _judged(watched, one.end, other.start, Span(one.end, other.start), None)


def _judged(watched: Watched, start: float, end: float, told: Span, rep: TrueRepetition | None) -> Piece:
    labels = watched.take.labels
    faults = {fault.kind for fault in labels.faults if fault.start < told.end and fault.end > told.start}
    faults |= set(rep.faults) if rep is not None else set()
    vouched = labels.clean or any(span.start <= told.start and told.end <= span.end for span in labels.good)
    good = not faults and (vouched if rep is None or rep.good is None else rep.good)
    return Piece(start, end, good, frozenset(faults), between=rep is None)


def _pieces_of_holds(watched: Watched) -> Iterator[Piece]:
    labels = watched.take.labels
    good = [*(labels.holds or ()), *labels.good]
    if labels.holds is None and not good and labels.clean and watched.times:
        good = [Span(watched.times[0], watched.times[-1])]
    for span in good:
        at_fault = any(fault.start < span.end and fault.end > span.start for fault in labels.faults)
        yield _trimmed(span.start, span.end, good=not at_fault)
    for fault in labels.faults:
        yield _trimmed(fault.start, fault.end, good=False, faults=frozenset((fault.kind,)))


def _trimmed(start: float, end: float, *, good: bool, faults: frozenset[str] = frozenset()) -> Piece:
    trim = TRIM_S if end - start > 1.0 else 0.0
    return Piece(start + trim, end - trim, good, faults)


# ---- what is measured of a piece ---------------------------------------------------------------


def kept_beyond(runs: Iterable[Sequence[tuple[float, float]]], lasting_s: float) -> float:
    """The lowest value below which a measure stayed for so long; NaN where it was not seen for so long.

    A check with this `after_s` finds a fault exactly where its bound, less its tolerance, is above it.

    Args:
        runs: of samples that follow each other, each its time and value.
        lasting_s: seconds.
    """
    lowest = math.inf
    for run in runs:
        t, values = np.array([one[0] for one in run]), np.array([one[1] for one in run])
        last = np.searchsorted(t, t + lasting_s - 1e-9)
        for first, end in enumerate(last[last < len(t)]):
            lowest = min(lowest, float(values[first : end + 1].max()))
    return lowest if lowest < math.inf else math.nan


def lasting(watched: Watched, piece: Piece, check: Check, sign: float) -> float:
    """What a check goes by in a piece: the value beyond which its measure stayed for `after_s`.

    Args:
        watched: the take.
        piece: of it.
        check: any but of a moment.
        sign: +1 for its low bound, -1 for its high one; the value is times this.
    """
    runs: list[list[tuple[float, float]]] = [[]]
    for one in watched.during(piece):
        value = one.values[check.measure]
        if one.phase not in check.during and one.station not in check.during:
            runs.append([])
        elif value == value and _is_seen_from(check, one):
            if runs[-1] and one.t - runs[-1][-1][0] > LONGEST_STEP_S:
                runs.append([])
            runs[-1].append((one.t, sign * value))
    return kept_beyond((run for run in runs if run), check.after_s)


def at_moment(watched: Watched, piece: Piece, check: Check) -> float:
    """The measure of a check at its moment in a piece: at the turn, or furthest back between two."""
    seen = [one for one in watched.during(piece) if _is_seen_from(check, one)]
    along = {one.t: _progress(watched, one) for one in seen}
    seen = [one for one in seen if along[one.t] == along[one.t]]
    if not seen:
        return math.nan
    pick = min if piece.between else max
    return pick(seen, key=lambda one: along[one.t]).values[check.measure]


def _progress(watched: Watched, coached: Coaching) -> float:
    name, start, work = primary(watched.report.spec)
    return (coached.values[name] - start) / (work - start) if name else math.nan


def _is_seen_from(check: Check, coached: Coaching) -> bool:
    return check.view in ("any", coached.view)


def overlaps(rep: RepEvent, labelled: Iterable[TrueRepetition]) -> bool:
    """Whether what the coach saw is one of the labelled repetitions."""
    return any(rep.start < one.end and rep.end > one.start for one in labelled)
