"""What a report page says: rows, highlights, lanes and plots of performances that are known."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from coached import stock
from formcoach.actions import Action
from formcoach.charting import Chart
from formcoach.events import FaultEvent, RepEvent
from formcoach.figure_track import BONES, GRID, POINTS, RATE, UNSEEN, FigureTracker
from formcoach.highlights import highlights
from formcoach.landmarks import INDEX, nobody
from formcoach.page_figure import packed, sketch, stage
from formcoach.page_plots import lanes, plots
from formcoach.page_rows import faults_in, rows
from formcoach.page_view import Seen, document, moments
from formcoach.plotting import HEIGHT, units
from formcoach.quantities import quantity, target
from formcoach.report import SessionReport
from formcoach.routine_session import RoutineSession
from formcoach.session import Session
from formcoach.spec import Range
from formcoach.tracing import Tracer
from puppet import perform
from small_pages import report_of, seen, seen_of
from test_plotting import points_of
from test_report import rep
from test_routine_session import HINGE, SAMPLES, TWO, WALK, planned

BENT = {"reps": [("left", 2), ("right", 1)], "hold_s": 3, "fault": ("knee_bent", 2, 2), "fps": 20}


@pytest.fixture(scope="module")
def bird_dog() -> Seen:
    return seen("bird-dog", **BENT)


@pytest.fixture(scope="module")
def plank() -> Seen:
    return seen("plank", hold_s=12, fault=("sag", 4, 8), fps=20)


def chart_of(one: Seen) -> Chart:
    return one.charts[0, 0]


# ---- rows --------------------------------------------------------------------------------------


def test_every_repetition_is_a_row(bird_dog: Seen) -> None:
    report = report_of(bird_dog)
    found = rows(report, chart_of(bird_dog))
    assert [(row.side, row.mark) for row in found] == [("left", "1"), ("left", "2"), ("right", "1")]
    assert [row.start for row in found] == sorted(one.start for one in report.repetitions)
    assert all(row.start <= row.at <= row.end for row in found)
    assert {row.verdict for row in found} == {"Counted: held 3 of 8 seconds"}
    assert {row.state for row in found} == {"partly"}
    assert [[fault.cue for fault in row.faults] for row in found] == [[], ["Stretch the lifted leg long"], []]
    (fault,) = found[1].faults
    assert fault.value.startswith("knee 1") and fault.value.endswith("° at worst, should be at least 155°")
    leg = next(peak for peak in found[0].peaks if peak.name == "Leg")
    assert leg.reached and leg.target == "−18° to 60°"
    out, held, back = (float(part.split()[0]) for part in found[0].tempo.split(", "))
    first = report.repetitions[0]
    assert held == pytest.approx(first.held_s, abs=0.05)
    assert 0 < out < 1 and 0 < back < 1
    assert out + held + back <= first.end - first.start + 0.2


def test_a_round_of_a_sequence_is_a_row_and_makes_a_page() -> None:
    one = seen("knee-rolls", fps=15)
    (section,) = document([one]).parts[0].sections
    rounds = report_of(one).rounds
    assert rounds
    assert [row.title for row in section.rows] == [
        f"Round {found.number}" if found.performed else "Attempt" for found in rounds
    ]
    assert "knees away" in section.rows[0].tempo
    assert {bar.kind for bar in section.lanes[0].bars} >= {"work", "moving"}


def test_what_was_not_counted_says_why() -> None:
    one = seen("hip-hinge", reps=2, fault="shallow", fps=20)
    found = rows(report_of(one), chart_of(one))
    assert [(row.title, row.mark, row.state) for row in found] == [("Attempt", "", "missed")] * 2
    assert found[0].verdict == "Not counted: lean reached 60, needs at most 45"
    (peak,) = found[0].peaks
    assert (peak.value, peak.reached) == ("60°", False)


def test_a_hold_is_a_row(plank: Seen) -> None:
    (row,) = rows(report_of(plank), chart_of(plank))
    assert row.title == "Hold 1"
    assert row.verdict.startswith("In form for ") and row.verdict.endswith(" of 20 seconds")
    assert "out of form" in row.tempo
    assert [fault.severity for fault in row.faults] == ["stop"]


def fault(start: float, end: float, side: str = "left") -> FaultEvent:
    return FaultEvent("knee_straight", "knee_bent", side, "low", start, end, 120.0)


def at(start: float, end: float, side: str = "left") -> RepEvent:
    return rep(1, side, start=start, turn=(start + end) / 2, end=end)


def test_faults_go_to_the_repetitions_that_they_lie_in() -> None:
    parts = [at(1, 3), at(5, 7), at(5, 7, "right")]
    inside, across, moment, outside = fault(1.5, 2), fault(2, 6), fault(4, 4), fault(8, 9)
    early, other = fault(0, 0.5), fault(6, 6.5, "right")
    found = faults_in(parts, [inside, across, moment, outside, early, other])
    assert found == [[inside, across, moment], [across], [other]]
    assert faults_in([], [inside]) == []


def test_many_repetitions_and_faults_are_no_trouble() -> None:
    parts = [at(float(n), n + 0.9) for n in range(3000)]
    found = faults_in(parts, [fault(n + 0.1, n + 0.2) for n in range(3000)])
    assert [len(one) for one in found] == [1] * 3000


def test_quantities() -> None:
    assert [quantity(value, "degrees") for value in (127.4, -4.4, -0.3)] == ["127°", "−4°", "0°"]
    assert quantity(0.154, "trunk lengths") == "0.15 trunk lengths"
    assert quantity(float("nan"), "degrees") == "not seen"
    spec = stock("bird-dog")
    assert target(spec, "knee", Range(155, float("inf"))) == "at least 155°"
    assert target(spec, "hips", Range(-0.15, 0.15)) == "−0.15 to 0.15 trunk lengths"
    assert target(spec, "standing_thigh", Range(-90, -45)) == "at most −45°"


# ---- highlights --------------------------------------------------------------------------------


def test_the_best_repetition_and_the_worst(bird_dog: Seen) -> None:
    best, worst = highlights(report_of(bird_dog), chart_of(bird_dog))
    assert (best.good, best.title, best.words) == (True, "Best repetition", "Held 3 of 8 seconds")
    assert (worst.good, worst.title) == (False, "To work on")
    assert worst.where.startswith("Left, repetition 2, at ")
    assert worst.words.startswith("Stretch the lifted leg long (knee ")
    assert worst.fault is not None
    assert worst.fault.start < worst.t < worst.fault.end
    knee = chart_of(bird_dog).values["knee"][np.searchsorted(chart_of(bird_dog).t, worst.t)]
    assert knee < 140


def test_all_good_shows_the_best_and_all_bad_the_worst() -> None:
    good = seen("hip-hinge", reps=2, fps=20)
    found = highlights(report_of(good), chart_of(good))
    assert found[0].words == "Nothing to correct"
    bad = seen("hip-hinge", reps=2, fault="shallow", fps=20)
    (one,) = highlights(report_of(bad), chart_of(bad))
    assert one.title == "To work on"
    assert one.words == "Lean reached 60, needs at most 45"


def test_a_hold_in_form_and_out_of_it(plank: Seen) -> None:
    good, off = highlights(report_of(plank), chart_of(plank))
    (sag,) = report_of(plank).faults
    assert good.good and not sag.start <= good.t <= sag.end
    assert sag.start < off.t < sag.end
    assert good.where.startswith("Hold 1, at ")


def test_nothing_seen_has_no_highlights() -> None:
    one = seen_of(stock("plank"), [nobody(t / 10) for t in range(30)])
    assert highlights(report_of(one), chart_of(one)) == []


# ---- lanes and plots ---------------------------------------------------------------------------


def test_the_timeline_has_a_lane_for_each_side_and_each_kind_of_fault(bird_dog: Seen) -> None:
    report, chart = report_of(bird_dog), chart_of(bird_dog)
    found = lanes(report, chart, rows(report, chart))
    assert [lane.label for lane in found] == [
        "Left side",
        "Right side",
        "Stretch the lifted leg long (once)",
    ]
    left, right, knee = found
    assert [mark.text for mark in left.marks] == ["1", "2"]
    assert sum(bar.kind == "work" for bar in left.bars) == 2
    assert sum(bar.kind == "work" for bar in right.bars) == 1
    (bar,) = knee.bars
    (event,) = report.faults
    assert bar.x == units(event.start, chart.t[0])
    assert bar.x + bar.width == pytest.approx(units(event.end, chart.t[0]), abs=1)
    assert (bar.kind, knee.marks[0].kind) == ("fix", "fix")


def test_what_was_not_seen_has_a_lane() -> None:
    one = seen("hip-hinge", reps=1, fps=20, dropouts=[(0.5, 2.0)])
    names = [lane.label for lane in lanes(report_of(one), chart_of(one), [])]
    assert "Not seen" in names


def test_a_plot_has_curve_band_goal_and_faults(bird_dog: Seen) -> None:
    report, chart = report_of(bird_dog), chart_of(bird_dog)
    found = {plot.name: plot for plot in plots(report, chart)}
    assert next(iter(found)) == "Knee"  # the faulty one first
    assert {"Leg", "Arm", "Back", "Standing thigh"} <= found.keys()
    knee = found["Knee"]
    assert knee.aims == ("at least 155° in the work position",)
    bands = [bar for bar in knee.bands if bar.kind == "band"]
    assert len(bands) == 3
    assert all(band.y == 0 and band.y + band.height < HEIGHT for band in bands)
    (off,) = knee.off
    (event,) = report.faults
    xs = [x for run in points_of(off.path) for x, _ in run]
    assert units(event.start, chart.t[0]) <= min(xs) <= max(xs) <= units(event.end, chart.t[0]) + 1
    assert min(xs) <= off.mark.x <= max(xs)
    assert off.mark.text == quantity(event.worst, "degrees")
    assert [goal.text for goal in found["Leg"].goals] == ["counts from −18°"]
    assert [goal.text for goal in found["Standing thigh"].goals] == ["counts up to −45°"]
    assert found["Hips"].unit == "trunk lengths"


def test_a_hold_has_both_its_goals(plank: Seen) -> None:
    hips = next(plot for plot in plots(report_of(plank), chart_of(plank)) if plot.name == "Hips")
    assert [goal.text for goal in hips.goals] == ["counts from −8°", "counts up to 26°"]


# ---- the figure --------------------------------------------------------------------------------


def test_the_figure_is_kept_at_its_rate_and_in_its_place() -> None:
    tracker = FigureTracker()
    samples = perform("plank", hold_s=3, fps=60).samples
    for sample in samples:
        tracker.take(sample)
    track = tracker.track()
    lasted = samples[-1].t - samples[0].t
    assert len(track.t) == pytest.approx(lasted * RATE, rel=0.1)
    by_time = {sample.t: sample for sample in samples}
    for t, places in zip(track.t, track.places, strict=True):
        for number, name in enumerate(POINTS):
            sample = by_time[float(t)]
            if sample.visibility[INDEX[name]] < 0.3:
                assert places[number].tolist() == [UNSEEN, UNSEEN]
            else:
                assert places[number] == pytest.approx(sample.xy[INDEX[name]] * GRID, abs=0.51)


def test_what_is_not_seen_is_not_drawn() -> None:
    tracker = FigureTracker()
    (sample, *_) = perform("plank", hold_s=1, hidden=("left_knee",)).samples
    far = sample.xy.copy()
    far[INDEX["nose"]] = (1e9, 0)
    tracker.take(replace(sample, xy=far))
    tracker.take(nobody(1.0))
    track = tracker.track()
    assert track.places[0, POINTS.index("left_knee")].tolist() == [UNSEEN, UNSEEN]
    assert track.places[0, POINTS.index("nose")].tolist() == [UNSEEN, UNSEEN]
    assert track.places[0, POINTS.index("left_hip"), 0] != UNSEEN
    assert (track.places[1] == UNSEEN).all()


def test_a_long_session_keeps_fewer_moments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formcoach.figure_track.MOMENTS", 10)
    tracker = FigureTracker()
    for number in range(100):
        tracker.take(nobody(number / 10))
    assert len(tracker.track().t) == 10


def test_a_sketch_marks_the_faulty_joint(bird_dog: Seen) -> None:
    report, chart = report_of(bird_dog), chart_of(bird_dog)
    (event,) = report.faults
    drawn = sketch(bird_dog.track, chart, (event.start + event.end) / 2, event)
    places = bird_dog.track.at((event.start + event.end) / 2)
    assert drawn.marks == (tuple(map(float, places[POINTS.index("left_knee")])),)
    assert drawn.severity == "fix"
    assert len(drawn.bones) == len(BONES)
    assert drawn.box[2] > 0 < drawn.box[3]
    assert sketch(bird_dog.track, chart, event.start).marks == ()


def test_the_stage_is_where_the_exercise_is(bird_dog: Seen) -> None:
    left, top, width, height = stage(bird_dog.track, chart_of(bird_dog))
    places = bird_dog.track.places
    seen_places = places[places[..., 0] != UNSEEN]
    assert (seen_places.min(axis=0) >= (left, top)).all()
    assert (seen_places.max(axis=0) <= (left + width, top + height)).all()
    nothing = seen_of(stock("plank"), [nobody(t / 10) for t in range(30)])
    assert stage(nothing.track, chart_of(nothing)) == (0, 0, round(GRID * 16 / 9), GRID)


def test_the_packed_figure_is_json_and_names_faulty_points(bird_dog: Seen) -> None:
    report = report_of(bird_dog)
    data = json.loads(json.dumps(packed(bird_dog.track, chart_of(bird_dog), report.faults), allow_nan=False))
    ((start, end, points, severity),) = data["faults"]
    (event,) = report.faults
    assert (start, end, severity) == (event.start, event.end, "fix")
    assert [POINTS[point] for point in points] == ["left_knee"]
    assert data["near"]


# ---- the document ------------------------------------------------------------------------------


def test_a_document_of_one_session(bird_dog: Seen) -> None:
    page = document([bird_dog])
    (part,) = page.parts
    (section,) = part.sections
    assert page.title == part.heading == "Bird-dog"
    assert section.lead[0] == "left: 2 repetitions, 0 of them held for 8 seconds."
    assert [one.cue for one in section.corrections] == ["Stretch the lifted leg long"]
    assert len(section.stills) == 2 and all(still.figure for still in section.stills)
    assert [still.highlight.t for still in section.stills] != []
    assert sorted(still.highlight.t for still in section.stills) == moments(bird_dog.report, bird_dog.charts)
    assert section.figure is not None
    assert json.dumps(section.data, allow_nan=False)


def test_a_document_of_several(bird_dog: Seen, plank: Seen) -> None:
    page = document([bird_dog, plank])
    assert page.title == "2 sessions"
    ids = [section.id for part in page.parts for section in part.sections]
    assert len(set(ids)) == 2


def test_corrections_come_with_the_most_pressing_first() -> None:
    one = seen("plank", hold_s=16, fault=[("knee_bent", 3, 6), ("sag", 9, 13)], fps=20)
    (section,) = document([one]).parts[0].sections
    severities = [found.severity for found in section.corrections]
    assert severities == sorted(severities, key=("stop", "fix", "polish").index)
    assert "stop" in severities


def test_nobody_at_all_still_makes_a_page() -> None:
    one = seen_of(stock("bird-dog"), [nobody(t / 10) for t in range(30)])
    (section,) = document([one]).parts[0].sections
    assert section.lead == ("Nothing counted: nobody was seen.",)
    assert section.rows == () and section.stills == ()
    empty = Seen("b.fcr", Session(stock("plank")).finish(), {}, one.track)
    assert document([empty]).parts[0].sections == ()


def traced_routine(stream: list, plan=TWO) -> Seen:
    session, tracer = RoutineSession(plan), Tracer()
    for item in stream:
        if isinstance(item, Action):
            session.act(item)
            continue
        coaching = session.take(item)
        tracer.take(item, session.spec, session.now, coaching)
    trace = tracer.trace()
    return Seen("r.fcr", session.finish(), trace.charts, trace.track)


def test_a_routine_has_a_section_for_each_set() -> None:
    (part,) = document([traced_routine(SAMPLES)]).parts
    assert part.heading == "A routine"
    assert [section.heading for section in part.sections] == ["Hip hinge", "Plank"]
    assert [section.place for section in part.sections] == ["Step 1 of 2", "Step 2 of 2"]
    assert [words for words, _ in part.steps] == ["Hip hinge: done.", "Plank: done."]
    assert [target for _, target in part.steps] == [section.id for section in part.sections]
    hinge, plank = part.sections
    assert [len(section.rows) for section in part.sections] == [2, 1]
    assert hinge.data["end"] < plank.data["start"]
    assert float(str(plank.data["start"])) <= plank.rows[0].start


def test_a_routine_that_hurts_and_what_nobody_watched() -> None:
    stream = [*SAMPLES[:200], Action(SAMPLES[200].t, "hurts")]
    (part,) = document([traced_routine(stream, planned(HINGE, WALK))]).parts
    assert any(note.startswith("It hurt at ") for note in part.notes)
    words = [words for words, _ in part.steps]
    assert words[0] == "Hip hinge: ended there, as it hurt."
    assert words[1] == "Walking: not begun."
    assert part.steps[1][1] == ""


def test_a_restart_is_told() -> None:
    session, tracer = Session(stock("plank")), Tracer()
    for sample in perform("plank", hold_s=2, fps=10).samples:
        tracer.take(sample, session.spec, None, session.take(sample))
    session.act(Action(2.0, "restart"))
    trace = tracer.trace()
    report = session.finish()
    assert isinstance(report, SessionReport)
    (section,) = document([Seen("a", report, trace.charts, trace.track)]).parts[0].sections
    assert section.notes == ("Restarted at 0:02.0: what came before is not counted.",)
