"""Where the picture lies on the canvas, and what is left over."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcoach.frame import Image
from formcoach.overlay.palette import BACKDROP
from formcoach.overlay.view import Backdrop, View

sides = st.integers(16, 4000)


def picture(width: int, height: int) -> Image:
    """Dark on the left half, bright on the right, its upper left corner red."""
    image = np.full((height, width, 3), 200, np.uint8)
    image[:, : width // 2] = 60
    image[: height // 4, : width // 4] = (0, 0, 255)
    return image


def lay(view: View, image: Image, stale: bool = False) -> Image:
    canvas = np.full((view.height, view.width, 3), 77, np.uint8)
    return Backdrop(view).lay(image, canvas, stale=stale)


@given(size=st.tuples(sides, sides), shape=st.tuples(sides, sides))
def test_the_picture_is_as_large_as_fits_and_keeps_its_shape(
    size: tuple[int, int], shape: tuple[int, int]
) -> None:
    view = View.fit(size, shape)
    assert view.wide == size[0] or view.high == size[1]
    assert abs(view.wide * shape[1] - view.high * shape[0]) <= max(shape)  # by less than a pixel
    assert 0 <= view.left <= size[0] - view.wide and 0 <= view.top <= size[1] - view.high
    assert abs(size[0] - view.wide - 2 * view.left) <= 1 and abs(size[1] - view.high - 2 * view.top) <= 1


@pytest.mark.parametrize("mirror", [False, True])
@pytest.mark.parametrize("size", [(640, 480), (1280, 720), (500, 900)])
def test_a_point_lies_where_the_picture_shows_it(size: tuple[int, int], mirror: bool) -> None:
    image = np.zeros((240, 320, 3), np.uint8)
    image[56:65, 96:105] = 255
    view = View.fit(size, (320, 240), mirror)
    rows, columns = np.nonzero(lay(view, image).max(axis=2) > 128)
    x, y = view.place(100 / 240, 60 / 240)
    scale = view.high / 240
    assert abs(columns.mean() - x) <= 1.5 * scale and abs(rows.mean() - y) <= 1.5 * scale


@pytest.mark.parametrize("size", [(1280, 720), (500, 900), (320, 240)])
def test_what_is_left_over_is_dark_and_the_picture_is_not(size: tuple[int, int]) -> None:
    view = View.fit(size, (320, 240))
    canvas = lay(view, picture(320, 240))
    beside = np.ones(canvas.shape[:2], bool)
    beside[view.top : view.top + view.high, view.left : view.left + view.wide] = False
    assert (canvas[beside] == BACKDROP).all()
    assert canvas[~beside].max(axis=1).min() >= 55


@pytest.mark.parametrize("size", [(320, 240), (1280, 720)])
def test_a_mirror_turns_the_picture(size: tuple[int, int]) -> None:
    image = picture(320, 240)
    plain, mirrored = (lay(View.fit(size, (320, 240), mirror), image) for mirror in (False, True))
    assert np.abs(mirrored[:, ::-1].astype(int) - plain).mean() < 2
    assert (image == picture(320, 240)).all()


def test_what_is_no_longer_the_present_is_dark_and_has_no_colour() -> None:
    image = picture(320, 240)
    stale = lay(View.fit((640, 480), (320, 240)), image, stale=True)
    assert (stale.max(axis=2) == stale.min(axis=2)).all()
    assert stale.max() < 100
    assert (image == picture(320, 240)).all()


def test_a_picture_may_be_its_own_canvas() -> None:
    image = picture(320, 240)
    assert Backdrop(View.whole(320, 240)).lay(image, image) is image
    assert (image == picture(320, 240)).all()
