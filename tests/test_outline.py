"""The outline of the back from silhouettes whose edge is known."""

from __future__ import annotations

import numpy as np
import pytest
from pytest import approx

from formcoach.landmarks import INDEX, LANDMARK_COUNT, OTHER_SIDE, SIDES
from formcoach.outline import HOLLOW, POINTS, REACH, nearer_back, outline_of_back

HEIGHT, WIDTH = 240, 320
ROWS, COLUMNS = np.mgrid[0:HEIGHT, 0:WIDTH].astype(float)
SHOULDER, HIP = np.array([100.0, 120.0]), np.array([200.0, 120.0])
"""Lying with the head to the left, in pixels: somebody on hands and knees shows their left side."""


def silhouette(top, bottom=30.0):
    """A body from `top` pixels above the trunk's line (a function of x) to `bottom` below it."""
    above = np.clip(ROWS - (120.0 - top(COLUMNS)) + 0.5, 0.0, 1.0)
    return above * np.clip(120.0 + bottom - ROWS + 0.5, 0.0, 1.0)


def turned(mask, point, degrees):
    """The picture and a point turned about its middle, the same body seen by a camera on its side."""
    angle = np.radians(degrees)
    cos, sin = np.cos(angle), np.sin(angle)
    middle = np.array([WIDTH / 2, HEIGHT / 2])
    x, y = COLUMNS - middle[0], ROWS - middle[1]
    from_x = np.clip(np.round(cos * x + sin * y + middle[0]), 0, WIDTH - 1).astype(int)
    from_y = np.clip(np.round(-sin * x + cos * y + middle[1]), 0, HEIGHT - 1).astype(int)
    moved = np.array([[cos, -sin], [sin, cos]]) @ (np.asarray(point) - middle) + middle
    return mask[from_y, from_x], moved


def test_a_flat_back_lies_as_far_off_as_it_is_drawn():
    offsets = outline_of_back(silhouette(lambda x: 25.0 + 0 * x), SHOULDER, HIP, "left")
    assert offsets.shape == (POINTS,)
    assert offsets.dtype == np.float32
    assert offsets == approx(0.25, abs=0.01)


def test_the_shoulder_comes_first():
    offsets = outline_of_back(silhouette(lambda x: 20.0 + 0.2 * (x - 100.0)), SHOULDER, HIP, "left")
    assert offsets[0] == approx(0.20, abs=0.01)
    assert offsets[-1] == approx(0.40, abs=0.01)
    assert (np.diff(offsets) > 0).all()


@pytest.mark.parametrize("bow", [-12.0, 0.0, 18.0])
def test_every_point_of_a_bowed_back_is_where_it_is_drawn(bow):
    def top(x):
        share = (x - 100.0) / 100.0
        return 24.0 + bow * 4.0 * share * (1.0 - share)

    offsets = outline_of_back(silhouette(top), SHOULDER, HIP, "left")
    expected = top(np.linspace(100.0, 200.0, POINTS)) / 100.0
    assert offsets == approx(expected, abs=0.011)


def test_the_back_is_on_the_side_that_the_near_side_tells():
    mask = silhouette(lambda x: 25.0 + 0 * x, bottom=40.0)
    assert outline_of_back(mask, SHOULDER, HIP, "left") == approx(0.25, abs=0.01)
    # The same body turned over shows its right side: below the line is its back.
    assert outline_of_back(mask, SHOULDER, HIP, "right") == approx(0.40, abs=0.01)
    # Head to the right, showing the right side, the back is on top again.
    assert outline_of_back(mask, HIP, SHOULDER, "right") == approx(0.25, abs=0.01)


@pytest.mark.parametrize("degrees", [-90, -35, 20, 70])
def test_how_the_trunk_lies_in_the_picture_does_not_matter(degrees):
    mask = silhouette(lambda x: 25.0 + 0 * x)
    mask[:, :60] = mask[:, 260:] = 0.0
    rolled, shoulder = turned(mask, SHOULDER, degrees)
    _, hip = turned(mask, HIP, degrees)
    assert outline_of_back(rolled, shoulder, hip, "left") == approx(0.25, abs=0.02)


def test_the_edge_is_found_between_pixels():
    coarse = silhouette(lambda x: 25.3 + 0 * x)
    assert outline_of_back(coarse, SHOULDER, HIP, "left").mean() == approx(0.253, abs=0.003)


def test_the_line_may_run_outside_of_a_well_rounded_body():
    def top(x):
        return 20.0 + 15.0 * np.sin(np.clip((x - 100.0) / 100.0, 0, 1) * np.pi)

    hollow = silhouette(top, bottom=30.0) * (120.0 - 0.7 * (top(COLUMNS) - 20.0) > ROWS)
    whole = outline_of_back(silhouette(top), SHOULDER, HIP, "left")
    assert outline_of_back(hollow, SHOULDER, HIP, "left")[2:-2] == approx(whole[2:-2], abs=0.01)


def test_a_body_that_begins_far_from_the_line_is_another_one():
    gap = (HOLLOW + 0.05) * 100.0
    apart = silhouette(lambda x: 50.0 + 0 * x) * (120.0 - gap > ROWS)
    assert np.isnan(outline_of_back(apart, SHOULDER, HIP, "left")).all()


def test_nothing_is_read_where_there_is_no_edge():
    nobody = np.zeros((HEIGHT, WIDTH))
    assert np.isnan(outline_of_back(nobody, SHOULDER, HIP, "left")).all()
    everywhere = np.ones((HEIGHT, WIDTH))
    assert np.isnan(outline_of_back(everywhere, SHOULDER, HIP, "left")).all()
    thick = silhouette(lambda x: (REACH + 0.05) * 100.0 + 0 * x)
    assert np.isnan(outline_of_back(thick, SHOULDER, HIP, "left")).all()


def test_a_back_that_the_picture_cuts_off_is_not_read():
    mask = silhouette(lambda x: 25.0 + 0 * x)
    cut = mask[105:]  # the picture begins below the edge of the back
    assert np.isnan(outline_of_back(cut, SHOULDER - [0, 105], HIP - [0, 105], "left")).all()
    half = outline_of_back(mask[:, :150], SHOULDER, HIP, "left")
    assert not np.isnan(half[:12]).any()
    assert np.isnan(half[13:]).all()


def test_a_trunk_of_a_few_pixels_or_none_is_not_read():
    mask = silhouette(lambda x: 25.0 + 0 * x)
    assert np.isnan(outline_of_back(mask, SHOULDER, SHOULDER + 5.0, "left")).all()
    assert np.isnan(outline_of_back(mask, SHOULDER, SHOULDER, "left")).all()
    assert np.isnan(outline_of_back(mask, np.full(2, np.nan), HIP, "left")).all()


def test_places_far_outside_of_the_picture_do_no_harm():
    mask = silhouette(lambda x: 25.0 + 0 * x)
    assert np.isnan(outline_of_back(mask, SHOULDER - 5000.0, HIP - 5000.0, "left")).all()


@pytest.mark.parametrize("near", SIDES)
def test_the_back_is_read_on_the_side_nearer_to_the_camera(near):
    mask = silhouette(lambda x: 25.0 + 0 * x)
    xy = np.full((LANDMARK_COUNT, 2), 0.9, np.float32)
    world = np.zeros((LANDMARK_COUNT, 3), np.float32)
    for part, place in (("shoulder", SHOULDER), ("hip", HIP)):
        xy[INDEX[f"{near}_{part}"]] = (place + 0.5) / HEIGHT
        world[INDEX[f"{near}_{part}"], 2], world[INDEX[f"{OTHER_SIDE[near]}_{part}"], 2] = -0.1, 0.1
    expected = outline_of_back(mask, SHOULDER, HIP, near)
    assert not np.isnan(expected).any()
    np.testing.assert_allclose(nearer_back(mask, xy, world), expected, atol=1e-5)


def test_without_a_silhouette_the_outline_is_unknown_all_along():
    outline = nearer_back(None, np.zeros((LANDMARK_COUNT, 2), np.float32), np.zeros((33, 3), np.float32))
    assert outline.dtype == np.float32
    assert np.isnan(outline).tolist() == [True] * POINTS
