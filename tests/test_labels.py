from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from formcoach.overlay.angles import Angle
from formcoach.overlay.labels import STAY_S, Box, Labels

SIZE = (80, 40)


def angle(x: float = 320, y: float = 180, value: float = 150.0) -> Angle:
    return Angle("knee", value, (x, y), -20, 20, 5, 200, 0, True, None)


def labels() -> Labels:
    return Labels(640, 360, 0.5)


@settings(max_examples=60)
@given(
    x=st.floats(-100, 740),
    y=st.floats(-100, 460),
    taken=st.lists(
        st.tuples(st.integers(0, 600), st.integers(0, 320), st.integers(1, 300), st.integers(1, 200)),
        max_size=5,
    ),
)
def test_a_label_lies_in_the_picture_and_off_what_is_taken(
    x: float, y: float, taken: list[tuple[int, int, int, int]]
) -> None:
    boxes: list[Box] = [(left, top, left + wide, top + high) for left, top, wide, high in taken]
    box = labels().place(0.0, angle(x, y), SIZE, [], boxes)
    if box is None:
        return
    left, top, right, bottom = box
    assert (right - left, bottom - top) == SIZE
    assert left >= 0 and top >= 0 and right <= 640 and bottom <= 360
    for other in boxes:
        assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top


def test_in_the_open_there_is_a_place_away_from_the_arc() -> None:
    box = labels().place(0.0, angle(), SIZE, [], [])
    assert box is not None and box[2] <= 320


def test_a_label_keeps_off_the_limbs() -> None:
    limbs = [((320.0, 180.0), (100.0, 180.0)), ((320.0, 180.0), (500.0, 180.0))]
    box = labels().place(0.0, angle(), SIZE, limbs, [])
    assert box is not None and (box[3] <= 180 or box[1] >= 180)


def test_where_all_is_taken_there_is_no_label() -> None:
    assert labels().place(0.0, angle(), SIZE, [], [(0, 0, 640, 360)]) is None


def test_a_label_stays_for_a_while_though_another_place_is_better() -> None:
    place = labels().place
    first = place(0.0, angle(), SIZE, [], [])
    assert first is not None
    limb = [((float(first[0] - 100), 180.0), (float(first[2]), 180.0))]
    assert place(STAY_S / 2, angle(), SIZE, limb, []) == first
    assert place(STAY_S + 0.1, angle(), SIZE, limb, []) != first


def test_a_label_makes_way_at_once() -> None:
    place = labels().place
    first = place(0.0, angle(), SIZE, [], [])
    assert first is not None
    second = place(0.01, angle(), SIZE, [], [first])
    assert second is not None and second != first


def test_the_number_does_not_flicker() -> None:
    numbers = labels().number
    shown = [numbers(angle(value=value)) for value in (150.4, 150.6, 149.6, 151.3, 151.6, 153.0)]
    assert shown == [150, 150, 150, 151, 151, 153]
