"""The edge of the back: where it lies, how long it stays, and how it looks."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcoach.back import read_back
from formcoach.body import BACK_LASTS_S
from formcoach.events import Coaching, Fault
from formcoach.frame import Image
from formcoach.landmarks import INDEX, LANDMARK_COUNT, OTHER_SIDE, FloatArray, PoseSample
from formcoach.outline import POINTS, outline_of_back
from formcoach.overlay import Overlay
from formcoach.overlay.back_edge import BackEdge, Edge, EdgeState, place_of_mark, state_of_back
from formcoach.overlay.drawing import Dot, paste
from formcoach.overlay.figure import MARKS, solid_mark
from formcoach.overlay.palette import (
    AMBER,
    CALM,
    FAR,
    GOOD,
    INK,
    NEAR,
    PLATE,
    SHADOW,
    VERMILION,
    Colour,
)
from formcoach.spec import Check, Direction, Dose, Measure, Range, Severity, Spec

Curve = npt.NDArray[np.float64]

WIDTH, HEIGHT = 640, 360
MIDDLE = np.array((300.0, 190.0))
TRUNK = 150.0
ALONG = np.linspace(0.0, 1.0, POINTS)
ROUND = (0.15 + 0.2 * 4 * ALONG * (1 - ALONG)).astype(np.float32)
FLAT = np.full(POINTS, 0.2, np.float32)
SEVERITIES: tuple[tuple[Severity, Colour], ...] = (("polish", CALM), ("fix", AMBER), ("stop", VERMILION))
UNREADABLE = np.full(POINTS, np.nan, np.float32)


def spec(severity: Severity = "fix", kind: str = "bow", during: str = "hold", **changes: Any) -> Spec:
    points = (("near.hip",), ("near.shoulder",))
    measures = [Measure("back", kind, points), Measure("trunk", "slope", points)]
    check = Check(
        "flat", "back", (during,), Range(-0.1, 0.1), 0.02, severity=severity, low=("-",), high=("+",)
    )
    values: dict[str, Any] = {
        "id": "plank",
        "name": "Plank",
        "about": "",
        "source": "",
        "camera": "side",
        "position": "prone",
        "kind": "hold",
        "dose": Dose(),
        "measures": {measure.name: measure for measure in measures},
        "poses": {},
        "checks": {"flat": check},
    }
    return Spec(**(values | changes))


def coaching(**changes: Any) -> Coaching:
    values: dict[str, Any] = {
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
        "values": {"back": 0.05, "trunk": 0.0},
        "faults": (),
        "unseen": {},
        "cue": None,
        "events": (),
    }
    return Coaching(**(values | changes))


ROUNDED = (Fault("flat", "", "high", 0.2, 0.0),)


def ends(heading: float, middle: Curve = MIDDLE, trunk: float = TRUNK) -> tuple[Curve, Curve]:
    """Shoulder and hip, pixels; the shoulder is that way from the hip, degrees clockwise."""
    turn = math.radians(heading)
    half = 0.5 * trunk * np.array((math.cos(turn), math.sin(turn)))
    return middle + half, middle - half


def person(
    t: float,
    back: FloatArray | None = None,
    near: str = "left",
    shoulder: Curve | None = None,
    hip: Curve | None = None,
) -> PoseSample:
    """Somebody of whom only shoulders and hips are seen, the far ones elsewhere."""
    xy = np.zeros((LANDMARK_COUNT, 2), np.float32)
    visibility = np.zeros(LANDMARK_COUNT, np.float32)
    default = ends(180.0)
    places = {
        "shoulder": default[0] if shoulder is None else shoulder,
        "hip": default[1] if hip is None else hip,
    }
    for part, place in places.items():
        for side, off in ((near, 0.0), (OTHER_SIDE[near], 25.0)):
            xy[INDEX[f"{side}_{part}"]] = (place + off) / HEIGHT
            visibility[INDEX[f"{side}_{part}"]] = 1.0
    return PoseSample(t, xy, visibility, back=back, aspect=WIDTH / HEIGHT)


def dots_of(sample: PoseSample, mirror: bool = False) -> list[Dot | None]:
    pixels = sample.xy.astype(float) * HEIGHT
    if mirror:
        pixels[:, 0] = WIDTH - 1 - pixels[:, 0]
    seen = sample.visibility > 0
    return [(x, y) if there else None for (x, y), there in zip(pixels.tolist(), seen.tolist(), strict=True)]


def step(
    follower: BackEdge,
    sample: PoseSample,
    near: str = "left",
    mirror: bool = False,
    value: float = math.nan,
) -> Edge | None:
    return follower.step(sample, dots_of(sample, mirror), coaching(near=near, values={"back": value}))


def where(outline: npt.NDArray[Any], shoulder: Curve, hip: Curve, hand: float, along: Curve = ALONG) -> Curve:
    """Where an outline lies on the screen, to be found out in another way than the overlay does."""
    up = complex(*(shoulder - hip))
    line = [complex(*shoulder) - a * up + o * up * hand * 1j for a, o in zip(along, outline, strict=True)]
    return np.array([(dot.real, dot.imag) for dot in line])


def furthest(line: Curve, other: Curve) -> float:
    """How far any point of a line is from the nearest one of another."""
    return float(np.hypot(*(line[:, None] - other[None]).transpose(2, 0, 1)).min(axis=1).max())


# Where it lies


@pytest.mark.parametrize("mirror", [False, True])
@pytest.mark.parametrize("near", ["left", "right"])
@pytest.mark.parametrize("heading", [180.0, 0.0, -90.0, -130.0, -40.0, 65.0])
def test_it_lies_on_the_edge_of_the_silhouette(near: str, heading: float, mirror: bool) -> None:
    shoulder, hip = ends(heading)
    hand = 1.0 if near == "left" else -1.0
    along = np.linspace(-0.3, 1.3, 161)
    back = where(0.15 + 0.2 * 4 * along * (1 - along), shoulder, hip, hand, along)
    belly = where(np.full(161, 0.2), shoulder, hip, -hand, along)
    silhouette: Image = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.fillPoly(silhouette, [np.round(np.concatenate((back, belly[::-1]))).astype(np.int32)], 255)
    outline = outline_of_back(silhouette / 255.0, shoulder, hip, near)
    edge = step(BackEdge(spec(), mirror), person(0.0, outline, near, shoulder, hip), near, mirror)
    assert edge is not None
    if mirror:
        back[:, 0] = WIDTH - 1 - back[:, 0]
    assert furthest(edge.line, back) < 2.0
    assert furthest(back[40:-40], edge.line) < 0.5 * TRUNK / POINTS + 2.0  # it leaves nothing out


def test_it_runs_from_the_shoulder_to_the_hip_without_the_silhouettes_steps() -> None:
    stepped = FLAT + np.where(np.arange(POINTS) % 2, 0.01, -0.01).astype(np.float32)
    edge = step(BackEdge(spec(), False), person(0.0, stepped))
    assert edge is not None
    assert np.diff(edge.line[:, 0]).min() > 0
    shoulder, hip = ends(180.0)
    assert shoulder[0] - 1 < edge.line[0, 0] < shoulder[0] + 0.1 * TRUNK
    assert hip[0] - 0.1 * TRUNK < edge.line[-1, 0] < hip[0] + 1
    assert np.ptp(edge.line[1:-1, 1]) < 0.3 * TRUNK * np.ptp(stepped)


def test_a_gap_is_bridged_and_an_open_end_is_left_out() -> None:
    gappy = ROUND.copy()
    gappy[[0, 1, 8, 9, 22, 23, 24]] = np.nan
    whole, part = (step(BackEdge(spec(), False), person(0.0, outline)) for outline in (ROUND, gappy))
    assert whole is not None and part is not None
    assert part.line[0, 0] > whole.line[0, 0] and part.line[-1, 0] < whole.line[-1, 0]
    assert np.abs(part.line[:, 1] - np.interp(part.line[:, 0], *whole.line.T)).max() < 1.5


@settings(max_examples=200, deadline=None)
@given(outline=st.lists(st.floats(width=32) | st.floats(0, 0.25, width=32), min_size=POINTS, max_size=POINTS))
def test_no_outline_stops_the_drawing(outline: list[float]) -> None:
    edge = step(BackEdge(spec(), False), person(0.0, np.array(outline, np.float32)))
    assert edge is None or bool(np.isfinite(edge.line).all())


@given(
    kept=st.lists(st.booleans(), min_size=POINTS, max_size=POINTS), direction=st.sampled_from(["low", "high"])
)
def test_part_of_an_outline_is_drawn_or_nothing(kept: list[bool], direction: Direction) -> None:
    outline = np.where(kept, ROUND, np.float32(np.nan))
    edge = step(BackEdge(spec(), False), person(0.0, outline))
    assert (edge is None) == bool(read_back(outline).why)
    if edge is not None:
        x, y = place_of_mark(edge, EdgeState(AMBER, 10, "fix", direction, "bow_lower"))
        assert furthest(np.array([(x, y)]), edge.line) < TRUNK / POINTS


# How long it stays


def test_it_stays_between_readings_but_not_for_long() -> None:
    follower = BackEdge(spec(), False)
    assert step(follower, person(0.0)) is None
    assert step(follower, person(0.1, ROUND)) is not None
    assert step(follower, person(0.1 + 0.9 * BACK_LASTS_S)) is not None
    assert step(follower, person(0.1 + 1.1 * BACK_LASTS_S)) is None
    assert step(follower, person(0.2)) is None
    assert step(follower, person(1.0, ROUND)) is not None
    assert step(follower, person(0.9)) is None


def test_it_moves_with_shoulder_and_hip() -> None:
    follower = BackEdge(spec(), False)
    step(follower, person(0.0, ROUND))
    shoulder, hip = ends(-150.0, MIDDLE + np.array((40.0, -20.0)), 0.8 * TRUNK)
    moved = step(follower, person(0.05, None, "left", shoulder, hip))
    afresh = step(BackEdge(spec(), False), person(0.0, ROUND, "left", shoulder, hip))
    assert moved is not None and afresh is not None
    assert np.allclose(moved.line, afresh.line)


def test_it_goes_over_to_the_next_reading_softly() -> None:
    follower = BackEdge(spec(), False)
    heights = []
    for number in range(12):
        back = (FLAT if number == 0 else FLAT + np.float32(0.1)) if number % 3 == 0 else None
        edge = step(follower, person(number / 30, back))
        assert edge is not None
        heights.append(float(edge.line[12, 1]))
    assert heights[0] == heights[2] and np.diff(heights[2:]).max() < 0
    assert heights[2] - heights[3] < 0.5 * 0.1 * TRUNK
    assert heights[2] - heights[-1] == pytest.approx(0.1 * TRUNK, rel=0.02)


def test_an_unreadable_outline_ends_it_at_once() -> None:
    hidden = ROUND.copy()
    hidden[:10] = np.nan
    for nothing in (UNREADABLE, hidden):
        follower = BackEdge(spec(), False)
        step(follower, person(0.0, ROUND))
        assert step(follower, person(0.1, nothing)) is None
        assert step(follower, person(0.13)) is None
        edge = step(follower, person(0.2, FLAT))
        assert edge is not None and np.ptp(edge.line[:, 1]) < 1e-3


def test_what_the_coach_has_read_is_drawn() -> None:
    torn = FLAT.copy()
    torn[12] += 0.4
    assert step(BackEdge(spec(), False), person(0.0, torn)) is None
    assert step(BackEdge(spec(), False), person(0.0, torn), value=0.03) is not None
    assert step(BackEdge(spec(), False), person(0.0, UNREADABLE), value=0.03) is None


def test_nothing_where_the_near_side_shoulder_or_hip_is_not_known() -> None:
    assert step(BackEdge(spec(), False), person(0.0, ROUND), near="") is None
    follower = BackEdge(spec(), False)
    hidden = person(0.0, ROUND)
    hidden.visibility[INDEX["left_hip"]] = 0.0
    assert step(follower, hidden) is None
    assert step(follower, person(0.05)) is not None
    shoulder, hip = ends(180.0, trunk=2.0)
    assert step(BackEdge(spec(), False), person(0.0, ROUND, "left", shoulder, hip)) is None


def test_it_keeps_to_the_side_that_was_read() -> None:
    follower = BackEdge(spec(), False)
    read = step(follower, person(0.0, ROUND), near="left")
    between = step(follower, person(0.03), near="right")
    assert read is not None and between is not None
    assert np.allclose(read.line, between.line)
    turned = step(follower, person(0.1, FLAT, "right"), near="right")
    afresh = step(BackEdge(spec(), False), person(0.1, FLAT, "right"), near="right")
    assert turned is not None and afresh is not None
    assert np.allclose(turned.line, afresh.line)


def test_swapping_sides_does_not_move_it_to_the_belly() -> None:
    sample = person(0.0, ROUND)
    world = np.zeros((LANDMARK_COUNT, 3), np.float32)
    world[[INDEX["right_shoulder"], INDEX["right_hip"]], 2] = 0.3
    sample = replace(sample, world=world)
    plain, swapped = (step(BackEdge(spec(), False), sample, near=near) for near in ("left", "right"))
    assert plain is not None and swapped is not None
    assert np.array_equal(plain.line, swapped.line)


@pytest.mark.parametrize("value", [math.inf, -math.inf, 1e30, 5.0])
def test_what_lies_too_far_out_is_no_back(value: float) -> None:
    assert step(BackEdge(spec(), False), person(0.0, np.full(POINTS, value, np.float32))) is None
    slip = FLAT.copy()
    slip[[6, 15]] = value
    bridged, flat = (
        step(BackEdge(spec(), False), person(0.0, slip)),
        step(BackEdge(spec(), False), person(0.0, FLAT)),
    )
    assert bridged is not None and flat is not None
    assert np.allclose(bridged.line, flat.line, atol=1e-3)


# What is said of it


def test_it_looks_as_the_back_is_judged() -> None:
    def look(of: Spec, **changes: Any) -> tuple[Colour, float] | None:
        state = state_of_back(of, coaching(**changes))
        return None if state is None else (state.colour, state.thickness)

    judged, aside = look(spec()), look(spec(), phase="setup")
    assert judged is not None and judged[0] == GOOD
    assert aside is not None and aside[0] == FAR and aside[1] < judged[1]
    assert look(spec(), unseen={"flat": "turn side-on"}) == aside
    assert look(spec(), phase="setup", view="front") is None
    assert look(spec(), view="front") == judged
    posed = spec(during="top", poses={"start": {"back": Range(-1, 0)}})
    assert look(posed, phase="start") == (NEAR, judged[1])
    assert look(posed, phase="setup") == aside
    assert look(spec(checks={}), phase="hold") == aside
    thick = judged[1]
    for severity, colour in SEVERITIES:
        faulty = look(spec(severity), faults=ROUNDED)
        assert faulty is not None and faulty[0] == colour and faulty[1] > thick
        thick = faulty[1]


def test_the_most_pressing_fault_of_the_back_counts_and_no_other() -> None:
    upper = Measure("upper", "bow_upper", (("near.hip",), ("near.shoulder",)))
    most = Measure("most", "largest", of=("back", "upper"))
    of = spec()
    checks = {
        "level": Check("level", "trunk", ("hold",), Range(-5, 5), 2, severity="stop", low=("-",)),
        "most": Check("most", "most", ("hold",), Range(-0.1, 0.1), 0.02, severity="polish", high=("+",)),
    }
    of = spec(measures={**of.measures, "upper": upper, "most": most}, checks={**of.checks, **checks})
    level = Fault("level", "", "low", -9.0, 0.0)
    greatest = Fault("most", "", "high", 0.3, 0.0)
    values = {"back": 0.1, "upper": 0.3, "most": 0.3, "trunk": -9.0}
    only_level = state_of_back(of, coaching(values=values, faults=(level,)))
    assert only_level is not None and only_level.severity is None
    both = state_of_back(of, coaching(values=values, faults=(level, greatest, *ROUNDED)))
    assert both is not None
    assert (both.severity, both.kind, both.direction) == ("polish", "bow_upper", "high")


def bowed(*bumps: tuple[float, float]) -> Edge:
    """An edge that bows at these places along it by this much."""
    outline = np.full(POINTS, 0.3)
    for place, height in bumps:
        outline += height * np.exp(-(((ALONG - place) / 0.12) ** 2))
    edge = step(BackEdge(spec(), False), person(0.0, outline.astype(np.float32)))
    assert edge is not None
    return edge


@pytest.mark.parametrize(
    ("kind", "direction", "place"),
    [
        ("bow", "high", 0.3),
        ("bow", "low", 0.7),
        ("bow_upper", "high", 0.3),
        ("bow_lower", "low", 0.7),
    ],
)
def test_the_mark_lies_where_the_back_bows_most(kind: str, direction: Direction, place: float) -> None:
    edge = bowed((0.3, 0.12), (0.7, -0.12))
    at = place_of_mark(edge, EdgeState(AMBER, 10, "fix", direction, kind))
    assert at[0] == pytest.approx(MIDDLE[0] - TRUNK / 2 + place * TRUNK, abs=0.06 * TRUNK)
    assert furthest(np.array([at]), edge.line) < TRUNK / POINTS


def test_the_mark_keeps_to_the_half_at_fault() -> None:
    edge = bowed((0.25, 0.1), (0.75, 0.14))
    for kind, place in (("bow_upper", 0.25), ("bow_lower", 0.75)):
        at = place_of_mark(edge, EdgeState(AMBER, 10, "fix", "high", kind))
        assert at[0] == pytest.approx(MIDDLE[0] - TRUNK / 2 + place * TRUNK, abs=0.08 * TRUNK)


# The picture


def draw(
    sample: PoseSample | None = None, of: Spec | None = None, mirror: bool = False, **changes: Any
) -> Image:
    overlay = Overlay(of or spec(), WIDTH, HEIGHT, mirror=mirror, all_angles=True)
    image = np.full((HEIGHT, WIDTH, 3), 128, np.uint8)
    return overlay.draw(image, sample or person(0.0, ROUND), coaching(**changes))


def along_the_back(image: Image, colour: Colour, outline: FloatArray = ROUND, mirror: bool = False) -> float:
    """The share of the outline's points that are painted in a colour, give or take a pixel."""
    line = where(outline, *ends(180.0), 1.0)[1:-1]
    line[:, 0] = WIDTH - 1 - line[:, 0] if mirror else line[:, 0]
    columns, rows = np.round(line).astype(int).T
    painted = (image == np.array(colour, np.uint8)).all(axis=2).astype(np.uint8)
    return float(cv2.dilate(painted, np.ones((3, 3), np.uint8))[rows, columns].mean())


@pytest.mark.parametrize("mirror", [False, True])
def test_the_outline_is_painted(mirror: bool) -> None:
    drawn = draw(mirror=mirror)
    assert along_the_back(drawn, GOOD, mirror=mirror) == 1.0
    assert along_the_back(drawn, GOOD, -ROUND, mirror=mirror) == 0.0
    assert along_the_back(draw(phase="setup", mirror=mirror), FAR, mirror=mirror) == 1.0


@pytest.mark.parametrize(("severity", "colour"), SEVERITIES)
def test_a_faulty_back_is_painted_as_its_fault_and_its_bone_is_not(
    severity: Severity, colour: Colour
) -> None:
    drawn = draw(of=spec(severity), faults=ROUNDED)
    assert along_the_back(drawn, colour) > 0.7
    assert along_the_back(drawn, GOOD) == 0.0
    bone = np.linspace(*ends(180.0), 25)[4:-4]
    columns, rows = np.round(bone).astype(int).T
    assert (drawn[rows, columns] == NEAR).all()


def test_the_mark_of_a_fault_lies_on_the_edge() -> None:
    x, y = (round(place) for place in where(ROUND, *ends(180.0), 1.0)[POINTS // 2])
    for severity, colour in SEVERITIES:
        drawn = draw(of=spec(severity), faults=ROUNDED)
        assert (drawn[y - 1 : y + 2, x - 1 : x + 2] == INK).all(axis=2).any()
        assert (drawn[y - 5, x] == SHADOW).all()  # the line does not show through it
        ring = np.abs(drawn[y - 18 : y - 5, x].astype(int) - np.array(colour)).max(axis=1)
        assert ring.min() < 60


def test_the_marks_of_the_severities_differ_in_shape() -> None:
    rings = {}
    for severity, colour in SEVERITIES:
        image = np.full((200, 200, 3), 128, np.uint8)
        mark = solid_mark(severity, 2.5)
        paste(image, mark, 100 - mark.width // 2, 100 - mark.height // 2)
        painted = np.abs(image.astype(int) - np.array(colour)).max(axis=2) < 3
        turns = np.radians(np.arange(0, 360, 22.5))
        out = np.arange(0, 95)
        columns, rows = (np.round(100 + out * part(turns)[:, None]).astype(int) for part in (np.cos, np.sin))
        rings[severity] = [int(out[ray].max()) for ray in painted[rows, columns]]
        assert painted[rows, columns].sum(axis=1).min() >= 0.6 * 2.5 * MARKS[severity][1]
    polish, fix, stop = rings.values()
    assert np.ptp(polish) <= 2 and np.ptp(fix) <= 2 and max(polish) + 10 < min(fix)
    flat, corner = stop[0::2], stop[1::2]  # a stop sign has eight corners
    assert min(corner) > max(flat) + 3 and np.ptp(flat) <= 2 and np.ptp(corner) <= 2


def test_without_an_outline_nothing_is_drawn_of_it() -> None:
    bare = draw(person(0.0))
    assert np.array_equal(draw(person(0.0, UNREADABLE)), bare)
    assert along_the_back(bare, GOOD) == 0.0
    assert np.array_equal(draw(person(0.0), faults=ROUNDED), bare)


def test_an_exercise_that_does_not_look_at_the_back_shows_no_outline() -> None:
    trunk = Measure("trunk", "slope", (("near.hip",), ("near.shoulder",)))
    of = spec(measures={"trunk": trunk}, checks={})
    assert np.array_equal(draw(of=of), draw(person(0.0), of))


@pytest.mark.parametrize("kind", ["bow", "bow_upper", "bow_lower"])
def test_a_bow_shows_no_number(kind: str) -> None:
    values = [{"back": value, "trunk": 0.0} for value in (0.02, 0.3)]
    faults = (Fault("flat", "", "high", 0.3, 0.0),)
    first, second = (draw(of=spec(kind=kind), values=value, faults=faults) for value in values)
    assert np.array_equal(first, second)


def with_an_arm(back: FloatArray | None) -> PoseSample:
    """An arm over the trunk, whose elbow lies between the bone and the edge of the back."""
    sample = person(0.0, back)
    for part, place in (("elbow", (300, 172)), ("wrist", (255, 172))):
        sample.xy[INDEX[f"left_{part}"]] = np.array(place) / HEIGHT
        sample.visibility[INDEX[f"left_{part}"]] = 1.0
    return sample


def spec_with_an_arm() -> Spec:
    of = spec("stop")
    arm = Measure("arm", "slope", (("near.elbow",), ("near.wrist",)))
    level = Check("arm", "arm", ("hold",), Range(-9, 9), 2, low=("-",))
    return spec("stop", measures={**of.measures, "arm": arm}, checks={**of.checks, "arm": level})


def middle_of_the_number(image: Image) -> tuple[float, float]:
    """Of the number's plate, which hides a part of a grey picture."""
    plate = np.abs(image - np.array(PLATE)).max(axis=2) < 3
    plate[:110] = False  # the cards
    rows, columns = np.nonzero(plate)
    assert len(rows) > 100
    return float(np.median(columns)), float(np.median(rows))


def test_numbers_keep_off_the_edge_and_off_its_mark() -> None:
    of, values = spec_with_an_arm(), {"back": 0.05, "trunk": 0.0, "arm": 0.0}
    x, y = middle_of_the_number(draw(with_an_arm(None), of, values=values))
    place, height = (x - MIDDLE[0]) / TRUNK + 0.5, (MIDDLE[1] - y) / TRUNK
    assert 0.2 < place < 0.8 and 0.05 < height < 0.4  # it would lie on such a back
    level = np.full(POINTS, height, np.float32)
    free = draw(with_an_arm(level), of, values=values)
    assert along_the_back(free, GOOD, level) == 1.0
    assert math.dist(middle_of_the_number(free), (x, y)) > 10

    overlay = Overlay(of, WIDTH, HEIGHT, all_angles=True)
    grey = np.full((HEIGHT, WIDTH, 3), 128, np.uint8)
    overlay.draw(grey.copy(), with_an_arm(None), coaching(values=values))
    peak = (height - 0.1 + 0.1 * np.exp(-(((ALONG - place) / 0.15) ** 2))).astype(np.float32)
    faulty = overlay.draw(grey.copy(), with_an_arm(peak), coaching(values=values, faults=ROUNDED))
    bare = draw(with_an_arm(peak), of, values=values | {"arm": math.nan}, faults=ROUNDED)
    edge = step(BackEdge(spec(), False), with_an_arm(peak))
    assert edge is not None
    at = place_of_mark(edge, EdgeState(VERMILION, 16, "stop"))
    assert math.dist(at, (x, y)) < 12
    rows, columns = np.ogrid[:HEIGHT, :WIDTH]
    mark = np.hypot(columns - at[0], rows - at[1]) < 10
    assert middle_of_the_number(faulty) != (x, y)
    assert np.array_equal(faulty[mark], bare[mark])


@settings(max_examples=40, deadline=None)
@given(
    places=st.lists(
        st.tuples(st.floats(-300, 300, width=32), st.floats(-300, 300, width=32)), min_size=4, max_size=4
    ),
    kind=st.sampled_from(["bow", "bow_upper", "bow_lower"]),
    direction=st.sampled_from(["low", "high"]),
    mirror=st.booleans(),
)
def test_a_back_anywhere_can_be_drawn(
    places: list[tuple[float, float]], kind: str, direction: Direction, mirror: bool
) -> None:
    sample = person(0.0, ROUND)
    for name, place in zip(("left_shoulder", "left_hip", "right_shoulder", "right_hip"), places, strict=True):
        sample.xy[INDEX[name]] = place
    fault = Fault("flat", "", direction, 0.2, 0.0)
    drawn = draw(sample, spec("stop", kind), mirror, faults=(fault,))
    assert drawn.shape == (HEIGHT, WIDTH, 3)
