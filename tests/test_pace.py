"""Too few pictures are told, and only lasting ones."""

from __future__ import annotations

import pytest

from formcoach.pace import FEWEST_A_SECOND, WINDOW_S, Pace


def slow(times: list[float]) -> list[bool]:
    pace = Pace()
    return [pace.step(t) for t in times]


@pytest.mark.parametrize("fps", [60.0, 15.0, FEWEST_A_SECOND + 0.5])
def test_enough_are_enough(fps: float) -> None:
    assert not any(slow([i / fps for i in range(int(20 * fps))]))


def test_too_few_are_told_once_that_lasts() -> None:
    times = [i / 2.0 for i in range(40)]
    assert slow(times) == [t >= WINDOW_S for t in times]


def test_one_gap_is_not_too_few() -> None:
    times = [i / 15.0 for i in range(100)]
    assert not any(slow([*times, *(t + times[-1] + 2.0 for t in times)]))


def test_a_camera_that_had_stopped_is_not_slow() -> None:
    times = [i / 15.0 for i in range(100)]
    assert not any(slow([*times, *(t + times[-1] + 8.0 for t in times)]))


def test_it_is_over_when_enough_come() -> None:
    few = [float(i) for i in range(10)]
    assert slow([*few, *(9.0 + i / 15.0 for i in range(1, 90))])[-1] is False
