"""Labels in the studio: a lane of the timeline, and what they are begun from."""

from __future__ import annotations

import pytest

from coached import stock
from formcoach.label_view import counted_as_labels, fault_kinds, label_lane, labelling
from formcoach.labels import Labels, Span, TrueFault, TrueRepetition, as_plain, labels_of
from formcoach.plotting import units
from small_pages import report_of, seen


@pytest.fixture(scope="module")
def bird_dog():
    return seen("bird-dog", fps=15, reps=[("left", 1), ("right", 1)], hold_s=2)


def test_the_lane_has_everything_at_its_time(bird_dog) -> None:
    chart = bird_dog.charts[(0, 0)]
    labels = Labels(
        "a.fcr",
        repetitions=(TrueRepetition(1.0, 4.0, 2.0, False, ("knee_bent",)),),
        holds=(Span(5.0, 6.0),),
        faults=(TrueFault("arched", 6.0, 6.5),),
        good=(Span(0.5, 1.5),),
    )
    lane = label_lane(labels, chart)
    start = chart.t[0]
    assert {(bar.kind, bar.x, bar.width) for bar in lane.bars} == {
        ("good-form", units(0.5, start), 100),
        ("true", units(5.0, start), 100),
        ("true", units(1.0, start), 300),
        ("fix", units(1.0, start), 300),
        ("fix", units(6.0, start), 50),
    }
    assert any("knee bent" in bar.title for bar in lane.bars)
    assert all(bar.y + bar.height <= lane.height for bar in lane.bars)
    assert label_lane(Labels("a.fcr"), chart).bars == ()


def test_labels_are_begun_from_what_is_counted(bird_dog) -> None:
    report = report_of(bird_dog)
    counted = counted_as_labels(report, "a.fcr")
    assert counted.repetitions is not None and len(counted.repetitions) == 2
    first, event = counted.repetitions[0], report.repetitions[0]
    assert (first.start, first.turn, first.end) == pytest.approx(
        (event.start, event.turn, event.end), abs=0.01
    )
    assert first.good is None, "whether it is good is for a person to say"
    held = counted_as_labels(report_of(seen("plank", fps=10, hold_s=3)), "a.fcr")
    assert held.repetitions is None and held.holds is not None and len(held.holds) == 1
    rounds = counted_as_labels(report_of(seen("knee-rolls", fps=10, reps=1)), "a.fcr")
    assert rounds.repetitions is not None and len(rounds.repetitions) == 1


def test_what_the_page_is_given_reads_back_as_labels(bird_dog) -> None:
    given = labelling(None, report_of(bird_dog), "a.fcr")
    for name in ("labels", "counted"):
        faults: list[str] = []
        labels = labels_of(given[name], "", faults)
        assert faults == [] and labels.exercise == "bird-dog" and labels.file == "a.fcr"
    kept = Labels("a.fcr", "bird-dog", clean=True, person="Anna")
    assert labelling(kept, report_of(bird_dog), "a.fcr")["labels"] == as_plain(kept)


def test_the_faults_to_choose_from_are_those_of_the_exercise() -> None:
    kinds = fault_kinds(stock("bird-dog"))
    assert {"knee_bent", "arched", "rounded", "all_four", "limb_too_low"} <= set(kinds)
    assert kinds == sorted(kinds)
