from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from formcoach import geometry
from formcoach.events import Coaching, Fault
from formcoach.landmarks import INDEX, LANDMARK_COUNT
from formcoach.overlay.angles import Angle, dot_of, find_angles, reads_back, resolve
from formcoach.overlay.drawing import Dot
from formcoach.spec import Check, Dose, Measure, Range, Spec

POINTS = ("left.shoulder", "left.hip", "left.ankle")
NAMES = ("left_shoulder", "left_hip", "left_ankle")
MEASURED = {"slope": geometry.slope, "angle": geometry.angle, "line": geometry.line}

coordinate = st.floats(0, 1000)
dot = st.tuples(coordinate, coordinate)


def spec(measures: list[Measure], checks: list[Check]) -> Spec:
    return Spec(
        id="plank",
        name="Plank",
        about="",
        source="",
        camera="side",
        position="prone",
        kind="hold",
        dose=Dose(),
        measures={measure.name: measure for measure in measures},
        poses={},
        checks={check.name: check for check in checks},
    )


def coaching(values: dict[str, float], **changes: Any) -> Coaching:
    fields: dict[str, Any] = {
        "t": 0.0,
        "phase": "hold",
        "side": "",
        "near": "left",
        "view": "side",
        "someone": True,
        "why": "",
        "held_s": 0.0,
        "in_form": True,
        "reps": {},
        "holds_s": {},
        "values": values,
        "faults": (),
        "unseen": {},
        "cue": None,
        "events": (),
    }
    return Coaching(**(fields | changes))


def one_angle(kind: str, places: list[Dot], good: Range, value: float, from_start: bool = False) -> Angle:
    count = 2 if kind == "slope" else 3
    measure = Measure("body", kind, tuple((point,) for point in POINTS[:count]), from_start=from_start)
    dots: list[Dot | None] = [None] * LANDMARK_COUNT
    for name, place in zip(NAMES, places, strict=False):
        dots[INDEX[name]] = place
    check = Check("line", "body", ("hold",), good, 5)
    (angle,) = find_angles(spec([measure], [check]), dots, coaching({"body": value}))
    return angle


def points_into_band(angle: Angle) -> bool:
    return (angle.needle - angle.start) % 360 <= angle.end - angle.start


@pytest.mark.parametrize("kind", ["slope", "angle", "line"])
@given(a=dot, b=dot, c=dot, low=st.floats(-180, 180), width=st.floats(2, 90))
def test_the_needle_points_into_the_band_when_the_value_is_good(
    kind: str, a: Dot, b: Dot, c: Dot, low: float, width: float
) -> None:
    points = [a, b] if kind == "slope" else [a, b, c]
    assume(all(math.dist(one, other) > 20 for one in points for other in points if one is not other))
    assume(abs(points[0][0] - points[-1][0]) > 1)
    good = Range(low, low + width)
    value = MEASURED[kind](*points)
    assume(min(abs(value - good.low), abs(value - good.high)) > 0.01)
    if kind == "line":
        assume(abs(abs(value) - 180) > 1)
    if kind == "angle":
        assume(0.01 < value < 179.99)
    angle = one_angle(kind, points, good, value)
    if angle.end > angle.start:
        assert points_into_band(angle) == good.holds(value)
    else:
        assert not good.holds(value)


@pytest.mark.parametrize("kind", ["slope", "angle", "line"])
def test_a_band_against_the_own_start_moves_with_it(kind: str) -> None:
    points = [(100.0, 200.0), (300.0, 180.0), (500.0, 230.0)]
    raw = MEASURED[kind](*points[: 2 if kind == "slope" else 3])
    good = Range(-5, 5)
    still = one_angle(kind, points, good, 2.0, from_start=True)
    moved = one_angle(kind, points, good, 20.0, from_start=True)
    assert points_into_band(still) and not points_into_band(moved)
    assert still.needle == moved.needle
    assert still.value == 2.0 and raw != 2.0


def test_open_bounds_end_where_the_kind_does() -> None:
    level = one_angle("slope", [(0.0, 0.0), (100.0, 0.0)], Range(-math.inf, math.inf), 0.0)
    assert (level.start, level.end) == (-90, 90)
    bent = one_angle("angle", [(0.0, 0.0), (100.0, 0.0), (200.0, 50.0)], Range(150, math.inf), 153.0)
    assert bent.end - bent.start == pytest.approx(30)


def leg(name: str, *, kind: str = "angle") -> Measure:
    return Measure(name, kind, (("left.hip",), ("left.knee",), ("left.ankle",)))


def everywhere() -> list[Dot | None]:
    return [(10.0 * number, 400.0 - (number * 37) % 200) for number in range(LANDMARK_COUNT)]


def test_faulty_checks_come_first_and_then_the_first_of_the_spec() -> None:
    measures = [leg("a"), leg("b"), leg("c"), leg("d")]
    checks = [Check(m.name, m.name, ("hold",), Range(150, 180), 5) for m in measures]
    values = dict.fromkeys("abcd", 140.0)
    of = spec(measures, checks)

    def names(**changes: Any) -> list[tuple[str, str | None]]:
        found = find_angles(of, everywhere(), coaching(values, **changes))
        return [(angle.name, angle.severity) for angle in found]

    assert names() == [("a", None), ("b", None)]
    fault = Fault("c", "", "low", 140.0, 0.0)
    assert names(faults=(fault,)) == [("c", "fix"), ("a", None)]
    faults = tuple(Fault(name, "", "low", 140.0, 0.0) for name in "dcba")
    assert names(faults=faults) == [("d", "fix"), ("c", "fix"), ("b", "fix")]
    assert names(unseen={"a": "turn side-on"}) == [("b", None), ("c", None)]
    assert names(phase="setup") == []


def test_two_checks_of_one_measure_are_drawn_once() -> None:
    of = spec([leg("a")], [Check(name, "a", ("hold",), Range(150, 180), 5) for name in ("x", "y")])
    assert [angle.name for angle in find_angles(of, everywhere(), coaching({"a": 140.0}))] == ["x"]


def test_angles_at_one_joint_have_arcs_of_their_own() -> None:
    of = spec([leg("a"), leg("b")], [Check(m, m, ("hold",), Range(150, 180), 5) for m in "ab"])
    first, second = find_angles(of, everywhere(), coaching({"a": 140.0, "b": 140.0}))
    assert second.radius(1.0) - first.radius(1.0) > 12


def test_what_is_not_seen_or_no_angle_is_not_drawn() -> None:
    of = spec([leg("a")], [Check("a", "a", ("hold",), Range(150, 180), 5)])
    assert find_angles(of, everywhere(), coaching({"a": math.nan})) == []
    hidden = everywhere()
    hidden[INDEX["left_knee"]] = None
    assert find_angles(of, hidden, coaching({"a": 140.0})) == []
    ahead = Measure("a", "ahead", (("left.knee",), ("left.hip",)))
    of = spec([ahead], [Check("a", "a", ("hold",), Range(-0.1, 0.1), 0.1)])
    assert find_angles(of, everywhere(), coaching({"a": 0.3})) == []


@pytest.mark.parametrize("kind", ["bow", "bow_upper", "bow_lower"])
def test_the_bow_of_the_back_is_no_angle(kind: str) -> None:
    back = Measure("a", kind, (("near.hip",), ("near.shoulder",)), from_start=True)
    of = spec([back, leg("b")], [Check(m, m, ("hold",), Range(-0.1, 0.1), 0.1) for m in "ab"])
    faults = (Fault("a", "", "high", 0.3, 0.0),)
    found = find_angles(of, everywhere(), coaching({"a": 0.3, "b": 140.0}, faults=faults))
    assert [angle.name for angle in found] == ["b"]
    assert reads_back(back) and not reads_back(leg("b"))


def test_a_speed_is_no_angle_and_points_nowhere() -> None:
    of = spec(
        [leg("a"), Measure("tempo", "speed", of=("a",))],
        [Check("calm", "tempo", ("hold",), Range(-math.inf, 40), 8)],
    )
    assert find_angles(of, everywhere(), coaching({"a": 140.0, "tempo": 12.0})) == []


def test_the_largest_of_several_is_drawn_where_it_is() -> None:
    most = Measure("most", "largest", of=("a", "b"))
    least = Measure("least", "smallest", of=("a", "b"))
    of = spec([leg("a"), leg("b"), most, least], [])
    values = {"a": 20.0, "b": 30.0}
    assert resolve(of, "most", values).name == "b"
    assert resolve(of, "least", values).name == "a"
    assert resolve(of, "most", {"a": 20.0, "b": math.nan}).name == "a"
    assert resolve(of, "most", {}).name == "a"
    assert resolve(of, "a", values).name == "a"


def test_a_pair_of_landmarks_is_their_middle_or_the_seen_one() -> None:
    dots: list[Dot | None] = [(0.0, 0.0), (10.0, 20.0), None]
    assert dot_of(dots, 1) == (10.0, 20.0)
    assert dot_of(dots, (0, 1)) == (5.0, 10.0)
    assert dot_of(dots, (2, 1)) == (10.0, 20.0)
    assert dot_of(dots, (2, 2)) is None
