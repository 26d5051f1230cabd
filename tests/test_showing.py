"""What is shown of a session: at the screen's size, with its routine, without a camera, and at the end."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coached import stock
from formcoach.landmarks import INDEX
from formcoach.overlay.palette import BACKDROP, GOOD
from formcoach.praise import after_set
from formcoach.routine_session import RoutineSession
from formcoach.session import Session
from formcoach.showing import Scene, Showing, take
from puppet import perform
from test_routine_session import HINGE, SAMPLES, TWO, planned

IMAGE = np.full((240, 320, 3), 128, np.uint8)


def scenes() -> list[Scene]:
    session = Session(stock("plank"))
    return [take(session, sample) for sample in perform("plank", hold_s=4, fps=10, aspect=4 / 3).samples]


SCENES = scenes()
HELD = next(scene for scene in SCENES if scene.coaching is not None and scene.coaching.held_s >= 3)


def drawn(scene: Scene = HELD, size: tuple[int, int] | None = (1280, 720), **changes):
    showing = Showing(mirror=changes.pop("mirror", False))
    showing.draw(IMAGE, SCENES[0], size=size)
    return showing.draw(IMAGE, scene, size=size, **changes).copy()


@pytest.mark.parametrize("size", [None, (640, 480), (1280, 720), (500, 900)])
def test_the_canvas_is_as_large_as_the_screen(size: tuple[int, int] | None) -> None:
    wide, high = size or (320, 240)
    assert drawn(size=size).shape == (high, wide, 3)
    assert (IMAGE == 128).all()


def test_beside_the_picture_it_is_dark() -> None:
    canvas = drawn()
    assert (canvas[-40:, :150] == BACKDROP).all() and (canvas[-40:, -150:] == BACKDROP).all()
    assert (canvas[-5:, 200:1000] != BACKDROP).any()


@pytest.mark.parametrize("mirror", [False, True])
def test_the_person_is_drawn_where_the_picture_shows_them(mirror: bool) -> None:
    scene = HELD
    canvas = drawn(scene, mirror=mirror)
    x, y = (float(part) * 720 for part in scene.sample.xy[INDEX[f"{scene.coaching.near}_ankle"]])
    x = 160 + (960 - 1 - x if mirror else x)
    around = canvas[round(y) - 12 : round(y) + 12, round(x) - 12 : round(x) + 12]
    assert (around == np.array(GOOD, np.uint8)).all(axis=2).any()


def test_text_is_as_sharp_as_the_screen_however_small_the_camera() -> None:
    """An enlarged card has no row in which dark turns to bright from one pixel to the next."""

    def steepest(canvas) -> int:
        plate = canvas[18:200, 18:200].max(axis=2).astype(int)
        return int(np.abs(np.diff(plate, axis=1)).max())

    assert steepest(drawn()) > 150


def test_the_screen_may_change_its_size() -> None:
    showing = Showing(mirror=False)
    for size in ((640, 480), (1280, 720), (640, 480)):
        assert showing.draw(IMAGE, HELD, size=size).shape[1::-1] == size
    larger = np.full((480, 640, 3), 128, np.uint8)
    assert showing.draw(larger, HELD, size=(640, 480)).shape == (480, 640, 3)


def test_the_time_since_the_beginning_is_shown() -> None:
    scene = HELD
    later = replace(scene, sample=replace(scene.sample, t=scene.sample.t + 60))
    different = (drawn(scene) != drawn(later)).any(axis=2)
    assert different[:, -280:].any() and not different[:, :400].any()


def test_a_lost_camera_is_said_and_the_count_stays() -> None:
    there, lost = drawn(), drawn(camera_lost=True)
    assert (there[30:280, 1040:1240] == lost[30:280, 1040:1240]).all()
    assert (lost[600:640, 400:800].max(axis=2) == lost[600:640, 400:800].min(axis=2)).all()
    assert lost[600:640, 400:800].max() < there[600:640, 400:800].max()
    assert (lost[300:500, 500:800] > 200).any()  # the words


def test_pain_is_more_pressing_than_a_lost_camera() -> None:
    assert not np.array_equal(drawn(camera_lost=True), drawn(camera_lost=True, hurt=True))


def test_all_angles_are_shown_where_asked_for() -> None:
    pictures = []
    for all_angles in (False, True):
        showing = Showing(mirror=False, all_angles=all_angles)
        pictures.append(showing.draw(IMAGE, HELD, size=(1280, 720)).copy())
    assert not np.array_equal(*pictures)


def test_the_end_is_told_over_the_last_picture() -> None:
    session = Session(stock("plank"))
    showing = Showing(mirror=False)
    for sample in perform("plank", hold_s=4, fps=10).samples:
        showing.draw(IMAGE, take(session, sample), size=(1280, 720))
    praise = after_set(session.finish())
    end = showing.draw_end(praise, (1280, 720))
    assert end.shape == (720, 1280, 3)
    assert (end == np.array(GOOD, np.uint8)).all(axis=2).sum() > 500  # the sign of what was good
    assert showing.draw_end(praise, (640, 480)).shape == (480, 640, 3)


# ---- routines ----------------------------------------------------------------------------------


def routine_scenes(step=HINGE, plan=TWO) -> list[Scene]:
    session = RoutineSession(plan)
    return [take(session, sample) for sample in SAMPLES]


ROUTINE = routine_scenes()


def test_a_set_is_told_of_after_it_and_until_the_next_one() -> None:
    stages = [(scene.now.stage, scene.last_set is not None) for scene in ROUTINE if scene.now]
    kinds = [one for one, before in zip(stages, [None, *stages], strict=False) if one != before]
    assert kinds == [
        ("ready", False),
        ("exercise", False),
        ("ready", True),
        ("exercise", False),
        ("ended", True),
    ]


def test_what_was_is_cleared_away_for_what_comes() -> None:
    after = [scene for scene in ROUTINE if scene.now and scene.now.stage == "ready" and scene.last_set]
    first, last = after[0], after[-1]
    middle = (slice(250, 450), slice(100, 900))

    def signs(scene: Scene) -> int:
        canvas = drawn(scene)
        return int((canvas[middle] == np.array(GOOD, np.uint8)).all(axis=2).sum())

    assert signs(first) > 500
    assert signs(last) == 0


def test_which_set_it_is_and_what_comes_next_stand_in_the_title() -> None:
    twice = planned(replace(HINGE, sets=2), *(step.step for step in TWO.steps[1:]))
    alone = planned(HINGE)
    titles = []
    for plan in (twice, TWO, alone):
        scene = next(scene for scene in routine_scenes(plan=plan) if scene.coaching is not None)
        titles.append(drawn(scene)[18:260, 18:500])
    assert not np.array_equal(titles[0], titles[1])
    assert not np.array_equal(titles[1], titles[2])
