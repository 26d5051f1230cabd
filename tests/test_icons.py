from __future__ import annotations

import typing

import numpy as np
import pytest

from formcoach.events import CueSeverity
from formcoach.overlay.icons import icon

NAMES = (*typing.get_args(CueSeverity), "person", "pause", "tick", "unseen", "no_camera", "clock", "range")


@pytest.mark.parametrize("size", [7, 24, 64, 200])
@pytest.mark.parametrize("name", NAMES)
def test_an_icon_is_a_square_mask_with_something_on_it(name: str, size: int) -> None:
    mask = icon(name, size)
    assert mask.shape == (size, size) and mask.dtype == np.uint8
    assert mask.any()


@pytest.mark.parametrize("one", NAMES)
@pytest.mark.parametrize("other", NAMES)
def test_no_two_icons_look_alike(one: str, other: str) -> None:
    apart = (np.abs(icon(one, 40).astype(int) - icon(other, 40)) > 127).mean()
    assert (apart == 0) if one == other else (apart > 0.04)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("tick", "unseen", "no_camera")])
def test_icons_are_centred(name: str) -> None:
    columns = np.flatnonzero((icon(name, 100) > 127).any(axis=0))
    assert columns[0] + columns[-1] == pytest.approx(99, abs=2)
