"""The drawn picture as a whole, judged by its pixels."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcoach.checks import HIDDEN, LEANS
from formcoach.events import Coaching, Cue, CueSeverity, Fault
from formcoach.frame import Image
from formcoach.landmarks import INDEX, LANDMARK_COUNT, PoseSample, nobody
from formcoach.overlay import Overlay
from formcoach.overlay.palette import AMBER, CALM, GOOD, VERMILION, Colour
from formcoach.overlay.state import hold_of, title_words
from formcoach.spec import Check, Dose, Kind, Measure, Range, Severity, Spec, Station

Spots = npt.NDArray[Any]
"""`(height, width)`: where something is."""

WIDTH, HEIGHT = 640, 360

# Somebody on all fours, seen from the left, facing left, the left leg lifted; in image heights.
PLACES: Mapping[str, tuple[float, float]] = {
    "ear": (0.50, 0.42),
    "shoulder": (0.62, 0.50),
    "elbow": (0.62, 0.62),
    "wrist": (0.62, 0.74),
    "hip": (0.95, 0.50),
    "knee": (1.15, 0.54),
    "ankle": (1.35, 0.60),
    "heel": (1.38, 0.60),
    "foot_index": (1.38, 0.66),
}


def spec(severity: Severity = "fix", kind: Kind = "repetitions", **changes: Any) -> Spec:
    measures = (
        Measure("leg", "slope", (("side.hip",), ("side.ankle",))),
        Measure("knee", "angle", (("side.hip",), ("side.knee",), ("side.ankle",))),
    )
    work = "hold" if kind == "hold" else "work"
    checks = (
        Check("level", "leg", (work,), Range(-8, 10), 5, severity=severity, low=("Heel up to hip height",)),
        Check("straight", "knee", (work,), Range(150, 180), 5, low=("Straighten the knee",)),
    )
    values: dict[str, Any] = {
        "id": "bird-dog",
        "name": "Bird-dog",
        "about": "Reach out.",
        "source": "A book",
        "camera": "side",
        "position": "quadruped",
        "kind": kind,
        "dose": Dose((8, 10), (4, 5)),
        "measures": {measure.name: measure for measure in measures},
        "poses": {},
        "checks": {check.name: check for check in checks},
        "sides": ("left", "right"),
    }
    return Spec(**(values | changes))


def person(t: float = 1.0, **moved: tuple[float, float]) -> PoseSample:
    xy = np.full((LANDMARK_COUNT, 2), 0.45, np.float32)
    for part, place in PLACES.items():
        for side in ("left", "right"):
            xy[INDEX[f"{side}_{part}"]] = place
    for name, place in moved.items():
        xy[INDEX[name]] = place
    return PoseSample(t, xy, np.ones(LANDMARK_COUNT, np.float32), aspect=WIDTH / HEIGHT)


def coaching(**changes: Any) -> Coaching:
    values: dict[str, Any] = {
        "t": 1.0,
        "phase": "work",
        "side": "left",
        "near": "left",
        "view": "side",
        "someone": True,
        "why": "",
        "held_s": 0.0,
        "in_form": False,
        "reps": {"left": 2, "right": 1},
        "holds_s": {},
        "values": {"leg": -14.0, "knee": 165.0},
        "faults": (),
        "unseen": {},
        "cue": None,
        "events": (),
    }
    return Coaching(**(values | changes))


LOW_LEG = (Fault("level", "left", "low", -14.0, 0.0),)
NOBODY = {"someone": False, "why": "nobody in the picture"}


def grey(width: int = WIDTH, height: int = HEIGHT, value: int = 128) -> Image:
    return np.full((height, width, 3), value, np.uint8)


def draw(
    sample: PoseSample | None = None, of: Spec | None = None, mirror: bool = False, **changes: Any
) -> Image:
    overlay = Overlay(of or spec(), WIDTH, HEIGHT, mirror=mirror)
    return overlay.draw(grey(), person() if sample is None else sample, coaching(**changes))


def painted(image: Image, colour: Colour) -> Spots:
    return (image == np.array(colour, np.uint8)).all(axis=2)


def near(name: str, radius: float = 20.0, mirror: bool = False) -> Spots:
    x, y = (float(part) * HEIGHT for part in person().xy[INDEX[name]])
    x = WIDTH - 1 - x if mirror else x
    rows, columns = np.ogrid[:HEIGHT, :WIDTH]
    return np.hypot(columns - x, rows - y) <= radius


def test_gives_back_the_same_picture_drawn_over() -> None:
    image = grey()
    drawn = Overlay(spec(), WIDTH, HEIGHT).draw(image, person(), coaching())
    assert drawn is image
    assert drawn.shape == (HEIGHT, WIDTH, 3) and drawn.dtype == np.uint8
    assert (drawn != 128).any()


@pytest.mark.parametrize("mirror", [False, True])
def test_draws_on_a_copy_where_the_picture_cannot_be_written(mirror: bool) -> None:
    locked = grey()
    locked.flags.writeable = False
    drawn = Overlay(spec(), WIDTH, HEIGHT, mirror=mirror).draw(locked, person(), coaching())
    assert (locked == 128).all() and (drawn != 128).any()
    strided = grey(2 * WIDTH)[:, ::2]
    again = Overlay(spec(), WIDTH, HEIGHT, mirror=mirror).draw(strided, person(), coaching())
    assert (strided == 128).all() and np.array_equal(again, drawn)


@pytest.mark.parametrize("mirror", [False, True])
def test_a_canvas_takes_the_drawing_and_the_picture_stays(mirror: bool) -> None:
    image, canvas = grey(), grey(value=7)
    image[:, : WIDTH // 2] = 60
    kept = image.copy()
    drawn = Overlay(spec(), WIDTH, HEIGHT, mirror=mirror).draw(image, person(), coaching(), onto=canvas)
    assert drawn is canvas and np.array_equal(image, kept)
    assert np.array_equal(
        canvas, Overlay(spec(), WIDTH, HEIGHT, mirror=mirror).draw(image, person(), coaching())
    )


def test_refuses_a_picture_of_another_size() -> None:
    with pytest.raises(ValueError, match="the picture is"):
        Overlay(spec(), WIDTH, HEIGHT).draw(grey(320, 240), person(), coaching())


def test_the_same_answer_is_drawn_the_same_way() -> None:
    overlay = Overlay(spec(), WIDTH, HEIGHT)
    now = coaching(faults=LOW_LEG, held_s=3.2, in_form=True)
    first = overlay.draw(grey(), person(), now).copy()
    assert np.array_equal(overlay.draw(grey(), person(), now), first)


@pytest.mark.parametrize(("severity", "colour"), [("polish", CALM), ("fix", AMBER), ("stop", VERMILION)])
def test_a_fault_colours_its_bones_and_rings_its_joint(severity: Severity, colour: Colour) -> None:
    sound, faulty = draw(of=spec(severity)), draw(of=spec(severity), faults=LOW_LEG)
    assert not painted(sound, colour).any()
    assert painted(faulty, colour)[near("left_ankle")].sum() > 100
    between = near("left_knee", 6)
    assert painted(faulty, colour)[between].sum() > 0.3 * between.sum()
    assert not painted(faulty, colour)[near("left_wrist")].any()


def test_severities_differ_in_shape_not_only_in_colour() -> None:
    shapes = [
        painted(draw(of=spec(severity), faults=LOW_LEG), colour) & near("left_ankle")
        for severity, colour in (("polish", CALM), ("fix", AMBER), ("stop", VERMILION))
    ]
    polish, fix, stop = (int(shape.sum()) for shape in shapes)
    assert 1.4 * polish < fix
    both = (shapes[1] & shapes[2]).sum()
    assert both < 0.7 * min(fix, stop)


def test_worse_faults_have_thicker_bones() -> None:
    x, y = (0.5 * HEIGHT * (a + b) for a, b in zip(PLACES["hip"], PLACES["knee"], strict=True))
    thick = []
    for severity, colour in (("polish", CALM), ("fix", AMBER), ("stop", VERMILION)):
        changes = {"values": {"leg": math.nan, "knee": math.nan}, "faults": LOW_LEG}
        drawn = painted(draw(of=spec(severity), **changes), colour)
        thick.append(int(drawn[round(y) - 15 : round(y) + 15, round(x)].sum()))
    assert 0 < thick[0] < thick[1] < thick[2]


def test_nothing_is_drawn_far_from_the_person_and_the_cards() -> None:
    drawn = draw(faults=LOW_LEG, cue=Cue(1.0, "Heel up", "fix"))
    assert (drawn[250:290, 20:150] == 128).all()
    assert (drawn[110:150, 20:100] == 128).all()


def test_plates_hide_the_picture() -> None:
    bright = Overlay(spec(), WIDTH, HEIGHT).draw(grey(value=255), nobody(1.0), coaching(**NOBODY))
    dim = Overlay(spec(), WIDTH, HEIGHT).draw(grey(value=0), nobody(1.0), coaching(**NOBODY))
    corner = (slice(13, 17), slice(18, 60))
    assert (bright[corner] == dim[corner]).all()
    assert bright[corner].max() < 40


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_near_side_is_stronger_than_the_far_one(side: str) -> None:
    sample = person(right_wrist=(0.80, 0.74), right_elbow=(0.80, 0.62))
    drawn = draw(sample, near=side, values={"leg": math.nan, "knee": math.nan})
    changed = (drawn != 128).any(axis=2)
    row = round(0.68 * HEIGHT)
    left = int(changed[row, round(0.62 * HEIGHT) - 12 : round(0.62 * HEIGHT) + 12].sum())
    right = int(changed[row, round(0.80 * HEIGHT) - 12 : round(0.80 * HEIGHT) + 12].sum())
    assert (left > right > 0) if side == "left" else (right > left > 0)


def test_landmarks_that_are_not_seen_are_not_drawn() -> None:
    sample = person()
    sample.visibility[:] = 0.0
    assert np.array_equal(draw(sample, faults=LOW_LEG), draw(nobody(1.0), faults=LOW_LEG))


def test_only_seen_checks_of_the_present_phase_show_their_angles() -> None:
    plain = {"values": {"leg": math.nan, "knee": math.nan}}
    assert np.array_equal(draw(phase="start"), draw(phase="start", **plain))
    assert not np.array_equal(draw(), draw(**plain))
    hidden = dict.fromkeys(("level", "straight"), "turn side-on")
    assert np.array_equal(draw(unseen=hidden), draw(unseen=hidden, **plain))


# The mirror


def test_a_mirror_mirrors_the_picture_but_not_the_text() -> None:
    gradient = np.repeat(np.linspace(20, 200, WIDTH)[None, :, None], HEIGHT, 0).astype(np.uint8)
    image = np.ascontiguousarray(np.repeat(gradient, 3, 2))
    absent = coaching(cue=Cue(1.0, "Step into the picture", "setup"), **NOBODY)
    drawn = Overlay(spec(), WIDTH, HEIGHT, mirror=True).draw(image.copy(), nobody(1.0), absent)
    expected = Overlay(spec(), WIDTH, HEIGHT).draw(image[:, ::-1].copy(), nobody(1.0), absent)
    assert np.array_equal(drawn, expected)
    assert np.array_equal(drawn[-1], image[-1, ::-1])


def test_a_mirror_mirrors_the_skeleton() -> None:
    drawn = draw(mirror=True, faults=LOW_LEG)
    assert painted(drawn, AMBER)[near("left_ankle", mirror=True)].sum() > 100
    assert not painted(drawn, AMBER)[near("left_ankle")].any()


# The cards

SIZES = [(640, 480), (1280, 720), (720, 1280), (1920, 1080), (360, 640), (320, 240), (900, 300)]
LONG = "Lower the lifted leg slowly and keep your whole back flat"
UMLAUTS = "Höher: die Ferse anheben"


def changed_by_cards(width: int, height: int, text: str, **changes: Any) -> Spots:
    image = grey(width, height)
    cue = Cue(1.0, text, "fix") if text else None
    now = coaching(**{"phase": "setup", "cue": cue, **NOBODY, **changes})
    Overlay(spec(), width, height).draw(image, nobody(1.0), now)
    return (image != 128).any(axis=2).astype(np.uint8)


@pytest.mark.parametrize("text", ["Heel up", LONG, UMLAUTS, "Ferse" * 30])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_cards_keep_clear_of_the_edges_and_of_one_another(width: int, height: int, text: str) -> None:
    changed = changed_by_cards(width, height, text)
    assert not changed[[0, -1]].any() and not changed[:, [0, -1]].any()
    cards, _ = cv2.connectedComponents(changed)
    assert cards - 1 == 4  # title, counter, cue and the message that nobody is there


@settings(max_examples=25, deadline=None)
@given(
    width=st.integers(160, 1400),
    height=st.integers(160, 1400),
    text=st.text(max_size=80).filter(lambda text: bool(text.strip())),
)
def test_cards_keep_clear_in_every_size_and_script(width: int, height: int, text: str) -> None:
    changed = changed_by_cards(width, height, text)
    assert not changed[[0, -1]].any() and not changed[:, [0, -1]].any()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_note_on_what_is_not_judged_fits_beside_the_rest(width: int, height: int) -> None:
    unseen = {"level": "hidden or out of the picture"}
    with_note = changed_by_cards(width, height, LONG, unseen=unseen, someone=True)
    without = changed_by_cards(width, height, LONG, someone=True)
    assert not with_note[[0, -1]].any() and not with_note[:, [0, -1]].any()
    assert cv2.connectedComponents(with_note)[0] == cv2.connectedComponents(without)[0] + 1


def test_that_the_camera_leans_is_told_before_what_else_is_not_judged() -> None:
    both = {"level": HIDDEN, "straight": HIDDEN, "trunk": LEANS}
    told, leaning, hidden = (
        changed_by_cards(1280, 720, "", unseen=unseen, someone=True)
        for unseen in (both, {"trunk": LEANS}, {"level": HIDDEN})
    )
    assert np.array_equal(told, leaning)
    assert not np.array_equal(told, hidden)


def test_after_a_repetition_it_is_set_beside_ones_own_furthest() -> None:
    def noted(**changes: Any) -> bool:
        seen = {"someone": True, "of_best": 0.83, **changes}
        with_note, without = (
            changed_by_cards(1280, 720, "", **one) for one in (seen, {**seen, "of_best": math.nan})
        )
        return bool((with_note != without).any())

    assert noted(phase="start")
    assert noted(phase="start", of_best=1.0)
    assert not noted(phase="work")


def banner(drawn: Image) -> int:
    """The row where a cue's tile of `fix` begins."""
    return int(np.flatnonzero((drawn == AMBER).all(axis=2).sum(axis=1) > 20)[0])


def test_a_cue_keeps_off_the_person_and_stays_where_it_is() -> None:
    overlay = Overlay(spec(), WIDTH, HEIGHT)
    cue = Cue(1.0, "Heel up", "fix")
    low, high = person(1.0), person(1.1)
    low.xy[:, 1] += 0.97 - np.nanmax(low.xy[:, 1])
    assert banner(overlay.draw(grey(), nobody(0.9), coaching(cue=cue, **NOBODY))) > 0.6 * HEIGHT
    overlay.draw(grey(), low, coaching())
    assert banner(overlay.draw(grey(), low, coaching(cue=cue))) < 0.5 * HEIGHT
    assert banner(overlay.draw(grey(), high, coaching(cue=cue))) < 0.5 * HEIGHT
    overlay.draw(grey(), high, coaching())
    assert banner(overlay.draw(grey(), high, coaching(cue=cue))) > 0.6 * HEIGHT


@pytest.mark.parametrize(("phase", "shown"), [("setup", True), ("hold", False)])
def test_before_a_guided_hold_it_is_said_what_is_guided(phase: str, shown: bool) -> None:
    hold = spec(kind="hold")
    guided = replace(hold, guided="Only position and stillness are seen")
    assert (draw(of=guided, phase=phase) != draw(of=hold, phase=phase)).any() == shown


def test_each_severity_of_cue_has_its_own_tile() -> None:
    severities: tuple[CueSeverity, ...] = ("setup", "praise", "polish", "fix", "stop")
    tiles = [draw(nobody(1.0), cue=Cue(1.0, "Heel up", severity))[-60:] for severity in severities]
    light = [cv2.cvtColor(tile, cv2.COLOR_BGR2GRAY) for tile in tiles]
    for first in range(len(light)):
        for second in range(first):
            assert (np.abs(light[first].astype(int) - light[second]) > 40).sum() > 50


def test_a_signs_half_does_not_end_the_programme() -> None:
    drawn = draw(cue=Cue(1.0, "Heel \ud83d up\x00", "fix"))
    assert (drawn[-60:-20, WIDTH // 2] != 128).any()


def test_nobody_and_a_pause_are_said_in_the_middle() -> None:
    middle = (slice(130, 200), slice(200, 440))
    assert (draw(nobody(1.0), **NOBODY)[middle] != 128).any()
    assert (draw(nobody(1.0))[middle] == 128).all()
    paused = Overlay(spec(), WIDTH, HEIGHT).draw(grey(), nobody(1.0), coaching(), paused=True)
    assert (paused[middle] != 128).any()


@pytest.mark.parametrize("size", SIZES)
def test_the_count_in_is_large_and_in_the_middle(size: tuple[int, int]) -> None:
    def middle(word: str) -> Image:
        drawn = Overlay(spec(), *size).draw(grey(*size), nobody(1.0), coaching(phase="start", count_in=word))
        return drawn[size[1] // 4 :, size[0] // 4 : -size[0] // 4]

    none, three, go = middle(""), middle("3"), middle("Go")
    assert (none != three).any(axis=2).sum() > 0.03 * min(size) ** 2
    assert not np.array_equal(three, go)


def test_a_pause_takes_the_place_of_the_count_in() -> None:
    drawn = [
        Overlay(spec(), WIDTH, HEIGHT).draw(grey(), nobody(1.0), coaching(count_in=word), paused=True)
        for word in ("", "3")
    ]
    assert np.array_equal(*drawn)


def test_a_blink_of_the_model_says_nothing() -> None:
    overlay = Overlay(spec(), WIDTH, HEIGHT)
    middle = (slice(130, 200), slice(200, 440))
    overlay.draw(grey(), person(1.0), coaching())
    blink = overlay.draw(grey(), nobody(1.3), coaching(**NOBODY)).copy()
    gone = overlay.draw(grey(), nobody(1.8), coaching(**NOBODY))
    assert (blink[middle] == 128).all() and (gone[middle] != 128).any()


def test_the_ring_grows_with_the_hold_and_turns_amber_out_of_form() -> None:
    def ring(held_s: float, in_form: bool) -> tuple[int, int]:
        drawn = draw(nobody(1.0), held_s=held_s, in_form=in_form, reps={})[:125, -170:]
        return int(painted(drawn, GOOD).sum()), int(painted(drawn, AMBER).sum())

    grown = [ring(seconds, True)[0] for seconds in (0.0, 2.5, 5.0, 7.4)]
    assert grown[0] == 0 and grown[1] > 30
    assert grown[2] == pytest.approx(2 * grown[1], rel=0.15)
    assert grown[3] == pytest.approx(3 * grown[1], rel=0.15)
    assert ring(5.0, False)[0] == 0 and ring(5.0, False)[1] == pytest.approx(grown[2], rel=0.05)


@pytest.mark.parametrize("kind", ["repetitions", "hold"])
@pytest.mark.parametrize("dose", [Dose(), Dose((8, 8)), Dose(reps=(4, 5)), Dose((8, 10), (4, 5))])
def test_every_kind_of_dose_has_a_counter(kind: Kind, dose: Dose) -> None:
    drawn = draw(nobody(1.0), of=spec(kind=kind, dose=dose), phase="setup", held_s=3.0)
    assert (drawn[20:60, -60:-20] != 128).any()


def test_repetitions_of_the_active_side_are_counted() -> None:
    two = draw(nobody(1.0))
    assert np.array_equal(two, draw(nobody(1.0), reps={"left": 2, "right": 7}))
    assert not np.array_equal(two, draw(nobody(1.0), reps={"left": 3, "right": 1}))


@settings(max_examples=30, deadline=None)
@given(
    data=st.data(),
    landmarks=st.lists(
        st.tuples(st.floats(width=32), st.floats(width=32)),
        min_size=LANDMARK_COUNT,
        max_size=LANDMARK_COUNT,
    ),
    value=st.floats(-180, 180) | st.just(math.nan),
    mirror=st.booleans(),
)
def test_no_landmarks_and_no_values_stop_the_drawing(
    data: st.DataObject, landmarks: list[tuple[float, float]], value: float, mirror: bool
) -> None:
    sample = PoseSample(1.0, np.array(landmarks, np.float32), np.ones(LANDMARK_COUNT, np.float32))
    severity = data.draw(st.sampled_from(["polish", "fix", "stop"]))
    of = spec(severity)
    drawn = Overlay(of, WIDTH, HEIGHT, mirror=mirror).draw(
        grey(), sample, coaching(values={"leg": value, "knee": value}, faults=LOW_LEG, near="")
    )
    assert drawn.shape == (HEIGHT, WIDTH, 3)
    assert (drawn[20:60, 20:60] != 128).any()


def test_a_faulty_pair_without_bones_between_is_joined_straight() -> None:
    measure = Measure("ahead", "ahead", (("mid.hip",), ("nose",)))
    of = spec(
        measures={"ahead": measure},
        checks={"ahead": Check("ahead", "ahead", ("work",), Range(-1, 1), 0.1, low=("Look down",))},
    )
    fault = Fault("ahead", "left", "low", -2.0, 0.0)
    drawn = painted(draw(person(nose=(0.55, 0.30)), of, faults=(fault,), values={"ahead": -2.0}), AMBER)
    assert drawn[round(0.4 * HEIGHT), round(0.75 * HEIGHT)]


def sequence() -> Spec:
    stations = {
        name: Station(name, {"leg": Range(0, 10)}, hold_s, "Go there", "Then there")
        for name, hold_s in (("one_side", 5.0), ("middle", 3.0))
    }
    return spec(kind="sequence", sides=(), dose=Dose(reps=(4, 5)), stations=stations)


def at_a_station(**changes: Any) -> Coaching:
    return coaching(**{"phase": "hold", "side": "", "reps": {"": 2}, **changes})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"phase": "setup"}, ("Get into position", "")),
        ({"phase": "going", "next": "one_side"}, ("Go", "Next: one side")),
        ({"station": "one_side"}, ("One side", "")),
        ({"station": "one_side", "next": "middle"}, ("One side", "Next: middle")),
        ({"phase": "going"}, ("Done", "")),
    ],
)
def test_a_sequence_shows_the_station_and_the_next_one(changes: dict, words: tuple[str, str]) -> None:
    assert title_words(sequence(), at_a_station(**changes), str) == words


def test_each_station_has_its_own_seconds() -> None:
    assert hold_of(sequence(), at_a_station(station="middle")) == (3.0, 3.0)
    assert hold_of(sequence(), at_a_station(station="one_side", next="middle")) == (5.0, 5.0)
    assert hold_of(sequence(), at_a_station(phase="going", next="middle")) == (3.0, 3.0)
    assert hold_of(sequence(), at_a_station(phase="going")) is None


def test_the_ring_is_that_of_the_station() -> None:
    half, full = (
        painted(
            draw(
                of=sequence(), phase="hold", side="", reps={"": 2}, station="middle", held_s=s, in_form=True
            ),
            GOOD,
        )
        for s in (1.5, 3.0)
    )
    assert 0 < half.sum() < full.sum()
