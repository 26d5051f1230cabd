"""Pictures of exercises: small, drawn, the same everywhere."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from coached import stock
from formcoach.errors import FormcoachError
from formcoach.overlay.palette import GOOD, NEAR
from formcoach.picture import HIGHEST, WIDTH, draw_exercise, save_picture
from formcoach.spec_file import parse_spec, stock_folder
from pages import ROOT
from small_specs import HOLD

PICTURES = ROOT / "docs" / "exercises"
IDS = sorted({path.stem for path in stock_folder().glob("*.toml")})


def near(image: np.ndarray, colour: tuple[int, int, int]) -> int:
    """Pixels of about a colour."""
    return int((np.abs(image.astype(int) - colour).max(axis=2) < 12).sum())


def test_repetitions_have_two_poses_holds_one_and_a_sequence_its_stations() -> None:
    for spec_id, poses in (("bird-dog", 2), ("plank", 1), ("knee-rolls", 3)):
        image = draw_exercise(stock(spec_id))
        assert image is not None
        assert image.shape[1] == WIDTH * poses
        assert image.shape[0] <= HIGHEST
        assert near(image, NEAR) > 500  # bones
        assert near(image, GOOD) > 200  # bands


def test_nothing_is_cut_off() -> None:
    image = draw_exercise(stock("hip-hinge"))
    assert image is not None
    for edge in (image[0], image[:-50, 0], image[:-50, -1]):
        assert (edge == edge[0]).all()


def test_without_a_figure_there_is_no_picture() -> None:
    folded = HOLD.replace("work = { hips = [-8, 26]", "work = { hips = [-120, -100]")
    assert draw_exercise(parse_spec(folded, "plank.toml")) is None


def test_a_picture_is_a_small_png_that_others_can_read(tmp_path: Path) -> None:
    image = draw_exercise(stock("plank"))
    assert image is not None
    path = tmp_path / "new" / "plank.png"
    save_picture(image, path)
    assert path.stat().st_size < 20_000
    assert path.read_bytes()[25] == 3  # a palette
    read = cv2.imread(str(path))
    assert read.shape == image.shape
    assert np.abs(read.astype(int) - image).mean() < 4


def test_a_picture_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(FormcoachError, match="cannot be written"):
        save_picture(np.zeros((2, 2, 3), np.uint8), tmp_path)


def test_every_exercise_of_the_docs_has_its_picture_and_no_other_lies_there() -> None:
    assert sorted(path.stem for path in PICTURES.iterdir()) == IDS


@pytest.mark.parametrize("spec_id", IDS)
def test_the_pictures_of_the_docs_are_current(spec_id: str) -> None:
    image = draw_exercise(stock(spec_id))
    kept = cv2.imread(str(PICTURES / f"{spec_id}.png"))
    assert image is not None
    assert kept.shape == image.shape, "draw it anew with: python tests/exercise_pages.py"
    assert np.abs(kept.astype(int) - image).mean() < 4, "draw it anew with: python tests/exercise_pages.py"
