"""The ghost of the start position: where the person is, at their size, facing their way, and in set-up."""

from __future__ import annotations

import numpy as np
import pytest
from pytest import approx

from coached import coached, stock
from formcoach.landmarks import PoseSample
from formcoach.overlay import Overlay
from formcoach.overlay.ghost import Ghost
from formcoach.overlay.palette import GOOD
from formcoach.spec import Spec
from formcoach.spec_file import parse_spec
from puppet import perform
from small_specs import HOLD

WIDTH, HEIGHT = 640, 360
GREY = 90


def ghost(spec: Spec) -> Ghost:
    made = Ghost(spec)
    made.solver.join()
    return made


def dots(sample: PoseSample, mirror: bool = False) -> list[tuple[float, float] | None]:
    xy = (sample.xy * HEIGHT).tolist()
    return [(WIDTH - 1 - x if mirror else x, y) for x, y in xy]


def drawn(
    made: Ghost, where: list, near: str = "right", lean: float = 0.0, *, mirror: bool = False
) -> np.ndarray:
    """Where a ghost is drawn, `(HEIGHT, WIDTH)`, after it has had time to get there."""
    for t in (0.0, 30.0):
        image = np.full((HEIGHT, WIDTH, 3), GREY, np.uint8)
        made.draw(image, t, where, near, lean, mirror=mirror)
    return (image != GREY).any(axis=2)


def box(mask: np.ndarray) -> tuple[float, float, float, float]:
    """Left, top, right and bottom."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return columns[0], rows[0], columns[-1], rows[-1]


STANDING = perform("hip-hinge").samples[0]


def test_it_stands_on_the_floor_where_the_person_stands():
    left, _, right, bottom = box(drawn(ghost(stock("bird-dog")), dots(STANDING)))
    feet = STANDING.xy[27:33] * HEIGHT
    assert bottom == approx(feet[:, 1].max(), abs=12)
    assert left < feet[:, 0].mean() < right


def test_it_is_as_large_as_the_person():
    near, far = perform("hip-hinge").samples[0], perform("hip-hinge", zoom=0.5).samples[0]
    large, small = (box(drawn(ghost(stock("bird-dog")), dots(one))) for one in (near, far))
    assert (large[2] - large[0]) / (small[2] - small[0]) == approx(2.0, rel=0.06)


def test_it_shows_the_side_that_the_person_shows():
    right, left = (drawn(ghost(stock("bird-dog")), dots(STANDING), near) for near in ("right", "left"))
    mirrored = drawn(ghost(stock("bird-dog")), dots(STANDING, mirror=True), "right", mirror=True)
    assert (right[:, ::-1] == mirrored).mean() > 0.99
    assert (right == left).mean() < 0.97


def test_it_lies_on_a_floor_that_leans():
    level, leaning = (drawn(ghost(stock("plank")), dots(STANDING), lean=lean) for lean in (0.0, 10.0))
    assert box(leaning)[3] - box(leaning)[1] > box(level)[3] - box(level)[1]


def test_while_nobody_is_there_it_shows_where_to_go():
    left, top, right, bottom = box(drawn(ghost(stock("squat")), []))
    assert (left + right) / 2 == approx(WIDTH / 2, abs=20)
    assert 0 < top < bottom < HEIGHT


def test_it_does_not_shrink_when_somebody_bends():
    made = ghost(stock("bird-dog"))
    before = box(drawn(made, dots(STANDING)))
    bent = dots(STANDING)
    for i in (11, 12):
        bent[i] = bent[i + 12]
    image = np.full((HEIGHT, WIDTH, 3), GREY, np.uint8)
    made.draw(image, 30.5, bent, "right", 0.0, mirror=False)
    after = box((image != GREY).any(axis=2))
    assert after[2] - after[0] == approx(before[2] - before[0], rel=0.06)


def test_on_a_screen_of_another_size_it_is_in_the_same_place_at_once():
    made, half = ghost(stock("bird-dog")), [(x / 2, y / 2) for x, y in dots(STANDING)]
    large = box(drawn(made, dots(STANDING)))
    image = np.full((HEIGHT // 2, WIDTH // 2, 3), GREY, np.uint8)
    made.draw(image, 30.0, half, "right", 0.0, mirror=False)
    assert [2 * edge for edge in box((image != GREY).any(axis=2))] == approx(large, abs=12)


def test_an_exercise_that_no_figure_can_show_has_none():
    folded = HOLD.replace("work = { hips = [-8, 26]", "work = { hips = [-120, -100]")
    assert not drawn(ghost(parse_spec(folded, "plank.toml")), dots(STANDING)).any()


def test_what_turns_out_of_the_picture_is_shown_too():
    assert drawn(ghost(stock("seated-spinal-twist")), dots(STANDING)).any()


@pytest.mark.parametrize("paused", [False, True])
def test_it_is_drawn_in_set_up_only(paused):
    steps = coached("bird-dog", walk_in=True, reps=1).steps
    performance = perform("bird-dog", walk_in=True, reps=1)
    overlay, plain = (
        Overlay(stock("bird-dog"), WIDTH, HEIGHT, ghost=one) for one in (ghost(stock("bird-dog")), None)
    )
    different = set()
    for i in range(0, len(steps), 15):
        sample, step = performance.samples[i], steps[i]._replace(cue=None)
        pictures = [
            one.draw(np.full((HEIGHT, WIDTH, 3), GREY, np.uint8), sample, step, paused=paused)
            for one in (overlay, plain)
        ]
        if (pictures[0] != pictures[1]).any():
            different.add(step.phase)
    assert different == (set() if paused else {"setup"})


def test_it_is_of_a_colour_that_means_well():
    image = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    ghost(stock("bird-dog")).draw(image, 0.0, dots(STANDING), "right", 0.0, mirror=False)
    brightest = image[image.sum(axis=2).argmax() // WIDTH, image.sum(axis=2).argmax() % WIDTH].astype(int)
    assert brightest.argmin() == np.argmin(GOOD)
