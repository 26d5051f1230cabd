"""The desk: bounds are moved, judged by every rule, taken back and saved, and nothing else changes."""

from __future__ import annotations

import math

import pytest

from coached import stock
from formcoach.bounds import bounds_of, value_at
from formcoach.comparing import spec_changes
from formcoach.errors import FormcoachError
from formcoach.labels import Labels
from formcoach.spec import Range
from formcoach.spec_file import find_spec, list_specs, parse_toml, read_spec
from formcoach.tuning_desk import Desk

LEVEL = "checks.leg_level.good"


def desk(exercise: str = "bird-dog") -> Desk:
    own = parse_toml(find_spec(exercise).read_text("utf-8"), f"{exercise}.toml")
    base = own.get("based_on")
    return Desk(
        exercise, own, parse_toml(find_spec(str(base)).read_text("utf-8"), "base.toml") if base else None
    )


def move(on: Desk, address: str, low: float | None, high: float | None) -> None:
    on.move(on.values_for(address, low, high), "Leg level")


@pytest.mark.parametrize("path", list_specs(), ids=lambda path: path.stem)
def test_every_bound_of_every_exercise_stands_where_it_says(path) -> None:
    own = desk(path.stem)
    assert own.judged().faults == ()
    assert own.judged().spec == read_spec(path)
    for bound in own.bounds():
        assert value_at(own._file, bound.address) == bound.range
        if bound.tolerance is not None:
            assert value_at(own._file, bound.tolerance_address) == bound.tolerance
    assert {one.measure for one in own.bounds()} >= {one.measure for one in own.judged().spec.checks.values()}


def test_a_moved_bound_changes_that_bound_and_nothing_else() -> None:
    on = desk()
    move(on, LEVEL, -12, 10)
    after = on.judged()
    assert after.faults == ()
    assert list(spec_changes(stock("bird-dog"), after.spec)) == [(LEVEL, "−10 to 10", "−12 to 10")]
    assert on.unsaved
    assert [(edit.address, edit.before, edit.after) for edit in on.edits] == [
        (LEVEL, Range(-10, 10), Range(-12, 10))
    ]


def test_an_end_can_be_opened_and_a_tolerance_moved() -> None:
    on = desk()
    on.move(on.values_for(LEVEL, -math.inf, None, 7.00004), "Leg level")
    check = on.judged().spec.checks["leg_level"]
    assert check.good == Range(-math.inf, math.inf)
    assert check.tolerance == 7
    with pytest.raises(FormcoachError, match="has no tolerance"):
        on.values_for("poses.work.leg", -18, 60, 3)
    with pytest.raises(FormcoachError, match="There is no bound checks"):
        on.values_for("checks.nothing.good", 0, 1)


def test_what_is_wrong_is_told_by_its_address() -> None:
    on = desk()
    tried = on.judged(on.values_for(LEVEL, 20, 10))
    assert tried.faults == ((LEVEL, "low 20 is above high 10"),)
    assert on.judged().faults == ()
    assert not on.unsaved


def test_trying_on_changes_nothing() -> None:
    on = desk()
    assert on.judged(on.values_for(LEVEL, -5, 5)).spec.checks["leg_level"].good == Range(-5, 5)
    assert on.judged().spec == stock("bird-dog")
    assert (on.undoes, on.redoes) == ("", "")


def test_every_edit_can_be_taken_back_and_done_again() -> None:
    on = desk()
    for low in (-11, -12, -13):
        move(on, LEVEL, low, 10)
    lows = []
    while on.undoes:
        lows.append(on.judged().spec.checks["leg_level"].good.low)
        on.undo()
    assert lows == [-13, -12, -11]
    assert not on.unsaved and on.redoes == "Leg level"
    on.undo()
    for _ in range(5):
        on.redo()
    assert on.judged().spec.checks["leg_level"].good.low == -13
    on.undo()
    move(on, LEVEL, -20, 10)
    assert on.redoes == ""


def test_moving_it_back_leaves_nothing_to_save() -> None:
    on = desk()
    move(on, LEVEL, -12, 10)
    move(on, LEVEL, -10, 10)
    assert not on.unsaved and on.edits == []
    move(on, LEVEL, -10, 10)
    assert on.undoes == "Leg level"
    on.undo()
    assert on.unsaved, "an edit that changes nothing is no step"


def test_saved_is_what_edits_are_counted_from() -> None:
    on = desk()
    move(on, LEVEL, -12, 10)
    on.mark_saved(on.draft)
    assert not on.unsaved
    assert on.saved_spec().checks["leg_level"].good.low == -12
    on.undo()
    assert [(edit.before, edit.after) for edit in on.edits] == [(Range(-12, 10), Range(-10, 10))]
    on.back_to_saved()
    assert not on.unsaved and on.judged().spec.checks["leg_level"].good.low == -12
    on.undo()
    assert on.unsaved


def test_labels_are_edits_as_well() -> None:
    on = desk()
    on.label("a.fcr", Labels("a.fcr", clean=True), "Good throughout")
    assert on.unsaved and on.relabelled == ["a.fcr"] and on.edits == []
    on.undo()
    assert not on.unsaved and on.relabelled == []
    on.redo()
    on.mark_saved(on.draft)
    assert on.relabelled == []


def test_a_variant_is_tuned_as_the_whole_that_it_is() -> None:
    variant = next(path.stem for path in list_specs() if read_spec(path).based_on)
    on = desk(variant)
    bounds = bounds_of(read_spec(find_spec(variant)))
    bound = next(one for one in bounds if math.isfinite(one.range.low))
    move(on, bound.address, bound.range.low - 1, bound.range.high)
    ((address, _, _),) = spec_changes(read_spec(find_spec(variant)), on.judged().spec)
    assert address == bound.address
