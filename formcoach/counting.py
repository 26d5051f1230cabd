"""What of a recording counts by bounds that are being moved: fast, for whoever drags one.

The same repetitions and holds at the same times as `formcoach.whatif.judge` finds, without checks and cues.
Most of an hour is spent resting, or out of the position, and there a machine need only be told where
that ends: the poses are told for all samples at once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import chain, compress

import numpy as np
import numpy.typing as npt

from formcoach.actions import Action
from formcoach.coach import Coach, is_askew
from formcoach.events import Event, HoldEvent, RepEvent, RoundEvent
from formcoach.measures import changed_by_start
from formcoach.own_start import OwnStart
from formcoach.phases import Machine, machine_for
from formcoach.poses import PoseTest, Values, primary
from formcoach.rep_machine import RepMachine
from formcoach.spec import Pose, Spec
from formcoach.whatif import Readings, check_alike

Counted = RepEvent | HoldEvent | RoundEvent

WORTH = 5
"""Samples: a shorter rest is stepped through, which costs no more."""


def count(readings: Readings, spec: Spec) -> tuple[Counted, ...]:
    """The repetitions, holds and rounds that a replay with this spec would report, by the times they ended.

    Whether a fault spoils one, or it was the other side's turn, is not judged.

    Raises:
        ValueError: the spec measures something else than what was read.
    """
    check_alike(readings, spec)
    found: Iterable[Event]
    if _needs_every_sample(spec):
        found = _step_by_step(readings, spec)
    else:
        kept, begin = _kept(readings)
        sides = enumerate(spec.sides or ("",))
        runs = [_Run(readings, spec, number, machine_for(spec, side), kept) for number, side in sides]
        if _moving_with_start(spec):
            runs[0].count_from_start(spec, _changed(readings, kept, begin))
        found = chain.from_iterable(run.events() for run in runs)
    counted = [event for event in found if isinstance(event, RepEvent | HoldEvent | RoundEvent)]
    return tuple(sorted(counted, key=lambda event: event.end))


def _needs_every_sample(spec: Spec) -> bool:
    """Whether rests cannot be told beforehand, for they are told by the start that the person keeps, too."""
    moving = _moving_with_start(spec)
    if spec.kind == "sequence" or not moving:
        return spec.kind == "sequence"
    if spec.kind != "repetitions" or len(spec.sides) > 1:
        return True
    resting = {name for pose in ("position", "start") for name in spec.poses.get(pose, {})}
    return not moving.isdisjoint(resting) or any(spec.measures[name].of for name in moving)


def _moving_with_start(spec: Spec) -> set[str]:
    """The measures by which any pose is told, that change with the start that the person keeps."""
    return changed_by_start(spec).intersection(chain.from_iterable(_poses(spec)))


def _poses(spec: Spec) -> list[Pose]:
    return [*spec.poses.values(), *(wrong.pose for wrong in spec.wrong.values())]


def _step_by_step(readings: Readings, spec: Spec) -> list[Event]:
    """Where what is measured depends on the start that the person keeps, each sample depends on the last."""
    coach = Coach(spec)
    events: list[Event] = []
    for item in readings.stream():
        if not isinstance(item, Action):
            events += coach.advance(item)
            continue
        if item.name == "hurts":
            break
        coach.act(item)
        if item.name == "restart":
            events.clear()
    return [*events, *coach.finish()]


def _kept(readings: Readings) -> tuple[npt.NDArray[np.intp], int]:
    """The samples that have a part in what counts: none before a restart, in a pause, or after it hurt.

    Returns:
        Which they are; and where the set begins, be it in a pause.
    """
    begin, end = 0, len(readings)
    going = np.ones(end, bool)
    for at, action in readings.actions:
        if action.name == "restart":
            begin = at
        elif action.name in ("pause", "resume"):
            going[at:] = action.name == "resume"
        elif action.name == "hurts":
            end = at
            break
    return begin + np.flatnonzero(going[begin:end]), begin


def _changed(readings: Readings, kept: npt.NDArray[np.intp], begin: int) -> npt.NDArray[np.bool_]:
    """Of the samples kept, those by which somebody else has come, or did so in the pause before it."""
    come = np.concatenate([[0], np.cumsum(readings.new)])
    return np.diff(come[kept + 1], prepend=come[begin]) > 0


def _askew(readings: Readings, spec: Spec) -> npt.NDArray[np.bool_]:
    """Where a hold is seen along the wrong axis, as the coach takes it."""
    if spec.kind != "hold":
        return np.zeros(len(readings), bool)
    return np.fromiter((is_askew(spec, words.view) for words in readings.words), bool, len(readings))


class _Run:
    """One side of a recording, through its machine."""

    def __init__(
        self, readings: Readings, spec: Spec, number: int, machine: Machine, kept: npt.NDArray[np.intp]
    ) -> None:
        self._machine = machine
        counted = readings.names if _moving_with_start(spec) else frozenset(chain.from_iterable(_poses(spec)))
        is_counted = np.array([name in counted for name in readings.names], bool)
        self._names = list(compress(readings.names, is_counted))
        self._rows = readings.measures[number][kept][:, is_counted]
        self._rows[_askew(readings, spec)[kept]] = np.nan
        self._t: list[float] = readings.t[kept].tolist()
        self._places: list[float] = readings.places[number][kept].tolist()
        self._spans: list[float] = readings.span[kept].tolist()
        self._new: npt.NDArray[np.bool_] = readings.new[kept]
        self._own: OwnStart | None = None
        self._find_rests(spec)

    def _find_rests(self, spec: Spec) -> None:
        """Find the samples at which a rest may end: away from the position, and in the start position."""
        columns = dict(zip(self._names, self._rows.T, strict=True))
        poses = {name: PoseTest(pose, spec) for name, pose in spec.poses.items()}
        self._ends: dict[str, list[int]] = {}
        if columns and "position" in poses:
            arrived = poses["position"].told(columns, keep=False) != 0
            self._ends["setup"] = np.flatnonzero(arrived | self._new).tolist()
        if columns and "start" in poses:
            set_off = poses["start"].told(columns, keep=True) != 1
            if "position" in poses:
                set_off |= poses["position"].told(columns, keep=True) == 0
            self._ends["start"] = np.flatnonzero(set_off | self._new).tolist()
            name, start, work = primary(spec)
            self._along = columns[name] * (1.0 if work > start else -1.0)

    def count_from_start(self, spec: Spec, changed: npt.NDArray[np.bool_]) -> None:
        """Take the start that the person keeps off what is counted from it.

        Args:
            spec: the exercise, without sides.
            changed: the samples by which somebody else has come.
        """
        self._own = OwnStart(spec, self._t, dict(zip(self._names, self._rows.T, strict=True)), changed)
        for ends in self._ends.values():
            ends[:] = sorted({*ends, *np.flatnonzero(changed).tolist()})

    def events(self) -> Iterator[Event]:
        """What ends, from the first sample to the last."""
        machine, own, i = self._machine, self._own, 0
        while i < len(self._t):
            values = self._values(i)
            if self._new[i]:
                yield from machine.interrupt(self._t[i])
            now = values if own is None else own.values(i, values)
            if ended := machine.step(self._t[i], now, self._places[i], self._spans[i]):
                yield from ended
            kept = own is not None and _keeps_start(machine)
            if own is not None:
                own.learn(i, values, kept)
            after = self._after_rest(i + 1) if machine.phase in self._ends else i + 1
            if own is not None:
                own.pass_over(i + 1, after, kept, _keeps_start(machine))
            i = after
        yield from machine.finish()

    def _values(self, i: int) -> Values:
        return dict(zip(self._names, self._rows[i].tolist(), strict=True))

    def _after_rest(self, i: int) -> int:
        """The next sample to step through: the one at `i`, unless it and others only go on with a rest."""
        machine, ends = self._machine, self._ends[self._machine.phase]
        if machine.just_left:
            return i
        before = bisect_left(ends, i - 1)
        if before < len(ends) and ends[before] == i - 1:
            return i  # it has only just begun: the first sample of a rest changes more than the others
        end = ends[before] if before < len(ends) else len(self._t)
        if end - i < WORTH:
            return i
        if isinstance(machine, RepMachine):
            rest = slice(i, end)
            top = self._furthest_back(i, end) if machine.phase == "start" else None
            return i + machine.pass_over(self._t[rest], self._places[rest], self._spans[rest], top)
        return end

    def _furthest_back(self, begin: int, end: int) -> Values | None:
        along = self._along[begin:end]
        return None if np.isnan(along).all() else self._values(begin + int(np.nanargmin(along)))


def _keeps_start(machine: Machine) -> bool:
    """Whether the start position is kept, as the coach takes it."""
    return machine.idle and machine.judged_phase == "start"
