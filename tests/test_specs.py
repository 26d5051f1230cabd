"""Every stock spec on the puppet: a clean performance is silent, each fault is found by its own check."""

from __future__ import annotations

import pytest

from coached import coached, stock
from formcoach.spec import Spec
from formcoach.spec_file import check_spec, list_specs, stock_folder
from performed import LONG_ENOUGH, PERFORMED, RELATED
from puppet.exercises import EXERCISES

STOCK = sorted(path.stem for path in stock_folder().glob("*.toml"))


def directions(spec: Spec) -> set[tuple[str, str]]:
    return {
        (check.name, direction)
        for check in spec.checks.values()
        for direction in ("low", "high")
        if check.cue(direction)
    }


def test_there_are_specs_and_all_of_them_are_sound():
    assert STOCK
    assert [fault for path in list_specs() for fault in check_spec(path)] == []


@pytest.mark.parametrize("exercise", STOCK)
def test_every_check_has_a_fault_that_shows_it(exercise):
    assert set(PERFORMED[exercise]) == directions(stock(exercise))
    assert set(PERFORMED[exercise].values()) <= EXERCISES[exercise].faults


@pytest.mark.parametrize("facing", ["left", "right"])
@pytest.mark.parametrize("fps", [10, 15, 30])
@pytest.mark.parametrize("exercise", STOCK)
def test_a_clean_performance_draws_no_cue_and_counts(exercise, fps, facing):
    outcome = coached(
        exercise, fps=fps, facing=facing, noise=1.0, **LONG_ENOUGH.get(exercise, {"hold_s": 10})
    )
    truth = outcome.performance.truth
    assert outcome.corrections == []
    assert outcome.fault_kinds == set()
    if stock(exercise).kind == "hold":
        assert outcome.held == pytest.approx(sum(end - start for start, end in truth.holds), abs=1.0)
    else:
        assert outcome.count == len(truth.reps)


@pytest.mark.parametrize(
    ("exercise", "check", "direction", "fault"),
    [
        (exercise, check, direction, fault)
        for exercise, faults in PERFORMED.items()
        for (check, direction), fault in faults.items()
    ],
)
@pytest.mark.parametrize("facing", ["left", "right"])
def test_the_fault_performed_is_the_fault_found(exercise, check, direction, fault, facing):
    outcome = coached(
        exercise, facing=facing, fault=fault, noise=1.0, **LONG_ENOUGH.get(exercise, {"hold_s": 8})
    )
    found = {(one.check, one.direction) for one in outcome.report.faults}
    assert (check, direction) in found
    assert {name for name, _ in found} - {check} <= RELATED.get((exercise, fault), set())
    cues = stock(exercise).checks[check].cue(direction)
    assert set(outcome.corrections) & set(cues)
