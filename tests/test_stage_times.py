"""How long each stage takes: medians and the slow ones, of late and of a whole session."""

from __future__ import annotations

from formcoach.stage_times import STAGES, StageTimes


def test_nothing_timed_yet_is_nothing():
    times = StageTimes()
    assert times.as_dict() == {stage: [0.0, 0.0] for stage in STAGES}
    assert times.line() == "pose 0/0  coach 0/0  draw 0/0  show 0/0 ms"


def test_the_line_is_of_late_and_the_whole_is_of_all():
    times = StageTimes()
    for _ in range(200):
        times.add("pose", 0.050)
    for _ in range(100):
        times.add("pose", 0.010)
    assert times.line().startswith("pose 10/10 ")
    assert times.as_dict()["pose"] == [50.0, 50.0]


def test_slow_ones_show_in_the_second_number():
    times = StageTimes()
    for number in range(100):
        times.add("draw", 0.1 if number % 10 == 0 else 0.002)
    assert times.as_dict()["draw"] == [2.0, 100.0]


def test_a_stage_is_timed_where_it_is_done():
    times = StageTimes()
    with times.of("show"):
        pass
    assert 0.0 <= times.as_dict()["show"][0] < 1000.0
