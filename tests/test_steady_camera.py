"""A camera that comes back: whatever happens to it, it is said, and time goes on."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from formcoach import steady_camera
from formcoach.errors import FormcoachError
from formcoach.frame import Frame, Image
from formcoach.steady_camera import SteadyCamera

GONE = "No more pictures come from camera 0; check its cable."
SHADES = itertools.count(1)


def picture(width: int = 64, height: int = 48) -> Image:
    """One that differs from all before it."""
    return np.full((height, width, 3), next(SHADES) % 250, np.uint8)


class Scripted:
    """Stands in for a `LiveCamera`: gives the pictures of a script, then is gone."""

    is_file = False
    name = "camera 0"
    dropped = 1

    def __init__(self, script: Sequence[tuple[float, Image]]) -> None:
        self._script = list(script)
        self.opened_at = time.monotonic()
        self.height, self.width = self._script[0][1].shape[:2]
        self.closed = False

    @property
    def ended(self) -> bool:
        return not self._script

    @property
    def failure(self) -> str:
        return GONE if self.ended else ""

    def latest(self, _timeout: float) -> Frame | None:
        return Frame(*self._script.pop(0)) if self._script else None

    def close(self) -> None:
        self.closed = True


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steady_camera, "RETRY_S", 0.01)


def opening(*scripts: Sequence[tuple[float, Image]] | None) -> Callable[[object], Scripted]:
    """Opens one script after the other; None = it cannot be opened."""
    left = list(scripts)

    def open_camera(_source: object) -> Scripted:
        script = left.pop(0) if left else None
        if script is None:
            raise FormcoachError("There is no camera 0.")
        return Scripted(script)

    return open_camera


def until(camera: SteadyCamera, enough: Callable[[list[Frame]], bool]) -> list[Frame]:
    seen: list[Frame] = []
    for _ in range(2000):
        if (frame := camera.latest(0.01)) is not None:
            seen.append(frame)
        if enough(seen):
            return seen
    raise AssertionError(f"it never came to that; {len(seen)} pictures, lost: {camera.lost}")


def run(times: Sequence[float]) -> list[tuple[float, Image]]:
    return [(t, picture()) for t in times]


def test_unplugged_in_the_middle_it_comes_back_and_time_goes_on() -> None:
    open_camera = opening(run([0.0, 0.001, 0.002]), None, None, run([0.0, 0.1]))
    with SteadyCamera(0, open_camera) as camera:  # type: ignore[arg-type]
        seen = until(camera, lambda _: bool(camera.lost))
        assert len(seen) == 3
        assert camera.lost == GONE
        assert not camera.ended
        seen += until(camera, lambda more: len(more) == 2)
        times = [frame.t for frame in seen]
        assert times == sorted(times)
        assert camera.dropped == 2
        ((lost_at, back_at),) = camera.gaps
        assert (lost_at, back_at) == (0.002, times[3])


def test_one_that_never_comes_back_keeps_the_session_and_can_be_left() -> None:
    with SteadyCamera(0, opening(run([0.0]))) as camera:  # type: ignore[arg-type]
        until(camera, lambda _: bool(camera.lost))
        assert camera.latest(0.03) is None
        assert not camera.ended
        assert camera.failure == GONE


def test_a_picture_that_stands_still_is_none() -> None:
    same = picture()
    frozen = [(0.1 * number, same) for number in range(30)]
    with SteadyCamera(0, opening([*run([0.0]), *frozen, (3.1, picture())])) as camera:  # type: ignore[arg-type]
        seen = until(camera, lambda _: bool(camera.lost))
        assert "stands still" in camera.lost
        assert seen[-1].t <= 1.0
        (back,) = until(camera, lambda more: len(more) == 1)
        assert back.t == 3.1
        assert camera.lost == ""


def test_one_that_stays_still_is_opened_anew() -> None:
    same = picture()
    frozen = [(0.1 * number, same) for number in range(60)]
    with SteadyCamera(0, opening(frozen, run([0.0]))) as camera:  # type: ignore[arg-type]
        until(camera, lambda _: bool(camera.lost))
        until(camera, lambda seen: len(seen) == 1)
        assert camera.lost == ""


@pytest.mark.parametrize(("size", "bars"), [((128, 96), False), ((48, 64), True), ((20, 48), True)])
def test_a_picture_of_another_size_is_fitted_into_the_first_one(size: tuple[int, int], bars: bool) -> None:
    script = [(0.0, picture()), (0.1, np.full((size[1], size[0], 3), 200, np.uint8))]
    with SteadyCamera(0, opening(script)) as camera:  # type: ignore[arg-type]
        seen = until(camera, lambda seen: len(seen) == 2)
        assert [frame.image.shape for frame in seen] == [(48, 64, 3)] * 2
        assert (seen[1].image == 0).any() == bars
        assert (seen[1].image == 200).any()


def test_a_file_ends_when_it_ends() -> None:
    class File(Scripted):
        is_file = True

    camera = SteadyCamera("a.mp4", lambda _: File(run([0.0, 0.1])))  # type: ignore[arg-type,return-value]
    assert len(until(camera, lambda _: camera.ended)) == 2
    assert (camera.lost, camera.latest(0.0)) == ("", None)
    camera.close()


def test_a_camera_that_is_not_there_at_first_is_an_error() -> None:
    with pytest.raises(FormcoachError, match="There is no camera 0"):
        SteadyCamera(0, opening(None))  # type: ignore[arg-type]
