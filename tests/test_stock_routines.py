"""Stock routines from their first countdown to the end, done by somebody who goes by what they are told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest import approx

from formcoach.landmarks import PoseSample, nobody
from formcoach.routine import LEAD_S, PlannedStep, holds_in_set, pause_after, plan
from formcoach.routine_file import find_routine, read_routine, specs_of
from formcoach.routine_machine import Stage
from formcoach.routine_report import RoutineReport
from formcoach.routine_session import RoutineSession
from puppet import perform
from test_routine_session import after

FPS = 8.0
LONGER_S = 1.5
"""Everybody holds a little longer than they are to."""

IN_TURNS = ("knee-to-chest-kicks", "knee-rolls")
"""Performed one side after the other by themselves."""


def performance(step: PlannedStep) -> Iterator[PoseSample]:
    """One set as it is asked for, both sides."""
    spec = step.spec
    assert spec is not None
    number, how = holds_in_set(spec), dict[str, object]()
    if spec.dose.hold_s is not None:
        how["hold_s"] = spec.dose.hold_s[1] + LONGER_S
    if spec.id in IN_TURNS:
        how["reps"] = number * max(1, len(spec.sides))
    else:
        how["reps"] = [(side, number) for side in spec.sides] or number
    return iter(perform(spec.id, fps=FPS, noise=1.0, **how).samples)  # type: ignore[arg-type]


class Evening:
    """Goes through a routine, and keeps when each stage of it began."""

    def __init__(self, name: str) -> None:
        routine = read_routine(find_routine(name))
        self.plan = plan(routine, specs_of(routine))
        self.began: list[tuple[Stage, int, float]] = []
        self._session = RoutineSession(self.plan)
        self._t = 0.0

    def report(self) -> RoutineReport:
        while not self._session.over:
            if self._session.now.stage == "exercise":
                self._do(self.plan.steps[self._session.now.step])
            else:
                self._take(nobody(self._t + 1 / FPS))
        return self._session.finish()

    def _do(self, step: PlannedStep) -> None:
        """Perform a set until it is over: nobody waits for a key, nor is cut off in the middle."""
        for sample in after(self._t + 1 / FPS, performance(step)):
            if self._session.now.stage != "exercise":
                return
            self._take(sample)

    def _take(self, sample: PoseSample) -> None:
        self._session.take(sample)
        self._t = sample.t
        now = self._session.now
        if not self.began or self.began[-1][:2] != (now.stage, now.step):
            self.began.append((now.stage, now.step, sample.t))


@pytest.fixture(scope="module", params=["daily-15", "flare-up"])
def evening(request: pytest.FixtureRequest) -> tuple[Evening, RoutineReport]:
    """A routine, done."""
    evening = Evening(request.param)
    return evening, evening.report()


def test_every_step_is_done_on_every_side(evening):
    done, report = evening
    assert [step.outcome for step in report.steps] == ["done"] * len(done.plan.steps)
    for step in [one for one in report.steps if one.planned.watched]:
        spec, (one,) = step.planned.spec, step.sets
        performed = {side: one.performed(side) for side in one.sides}
        if spec.kind == "hold":
            performed = {"": sum(hold.to_dose for hold in one.holds)}
        assert performed == dict.fromkeys(spec.sides or ("",), holds_in_set(spec)), spec.id


def test_after_every_step_there_is_its_rest_and_then_the_next(evening):
    done, _ = evening
    steps = done.plan.steps
    wanted = [
        stage
        for number, step in enumerate(steps)
        for stage in (("ready", number), ("exercise" if step.watched else "clock", number))
    ]
    assert [began[:2] for began in done.began] == [*wanted, ("ended", len(steps))]
    starts = {began[:2]: began[2] for began in done.began}
    waits = [starts[wanted[at + 1]] - starts[wanted[at]] for at in range(0, len(wanted), 2)]
    assert waits == approx([LEAD_S, *map(pause_after, steps[:-1])], abs=0.3)
    for number, step in enumerate(steps):
        if not step.watched:
            ended = starts.get(("ready", number + 1), starts["ended", len(steps)])
            assert ended - starts["clock", number] == approx(step.set_s, abs=0.3)
