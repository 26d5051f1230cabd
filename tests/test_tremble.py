"""Points that tremble are told from a body that moves."""

from __future__ import annotations

import numpy as np
import pytest

from formcoach.landmarks import INDEX, LANDMARK_COUNT, SIDES
from formcoach.tremble import DEPTH_FROM, LONGEST_STEP_S, UNCLEAR_FROM, DepthTremble, Tremble

TRUNK = 0.25


def unclear(by: float, *, fps: float = 15.0, swing: float = 0.0, seconds: float = 4.0) -> list[bool]:
    """Whether each picture is too unclear, of points that tremble and swing by so many trunk lengths."""
    rng, tremble = np.random.default_rng(1), Tremble()
    found = []
    for t in np.arange(int(seconds * fps)) / fps:
        xy = rng.standard_normal((LANDMARK_COUNT, 2)) * by * TRUNK
        xy[:, 0] += swing * TRUNK * np.sin(2 * np.pi * t / 3.0)  # three seconds there and back
        found.append(tremble.step(float(t), (xy @ [1, 1j]).tolist(), TRUNK))
    return found


@pytest.mark.parametrize("fps", [10.0, 15.0, 30.0, 60.0])
@pytest.mark.parametrize("swing", [0.0, 1.0])
def test_only_what_is_not_smooth_counts(fps: float, swing: float) -> None:
    assert not any(unclear(0.6 * UNCLEAR_FROM, fps=fps, swing=swing))
    assert all(unclear(1.5 * UNCLEAR_FROM, fps=fps, swing=swing)[-5:])


def test_pictures_too_far_apart_tell_nothing() -> None:
    assert not any(unclear(0.2, fps=0.9 / LONGEST_STEP_S, seconds=10.0))


@pytest.mark.parametrize(("share", "expected"), [(0.6, False), (1.5, True)])
def test_of_the_depth_only_that_of_shoulders_and_hips_counts(share: float, expected: bool) -> None:
    rng, tremble = np.random.default_rng(1), DepthTremble()
    trunk = [INDEX[f"{side}_{part}"] for side in SIDES for part in ("shoulder", "hip")]
    for i in range(60):
        world = rng.standard_normal((LANDMARK_COUNT, 3))
        world[trunk, 2] *= share * DEPTH_FROM * TRUNK
        found = tremble.step(i / 15.0, world[:, 2].tolist(), TRUNK)
    assert found == expected


@pytest.mark.parametrize("hole", [np.nan, np.inf, 3e38])
def test_what_is_no_place_at_all_tells_nothing(hole: float) -> None:
    tremble = Tremble()
    for i in range(40):
        xy = np.zeros((LANDMARK_COUNT, 2), np.float32)
        xy[:, i % 2] = hole if i % 3 == 0 else 0.5
        tremble.step(i / 15.0, list(map(complex, *xy.T.tolist())), TRUNK)
    assert tremble.unclear == (hole == 3e38)


def test_it_takes_a_while_and_is_over_with_somebody_else() -> None:
    assert not any(unclear(0.2)[:10])
    tremble = Tremble()
    tremble.unclear = True
    tremble.forget()
    assert not tremble.unclear
