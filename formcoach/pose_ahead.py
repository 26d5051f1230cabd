"""Makes a pose reader ready in a thread of its own, while window and camera are being opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from formcoach.pose import PoseReader


@contextmanager
def pose_ahead(model: Path, *, back: bool) -> Iterator[Callable[[], PoseReader]]:
    """Start on a reader; what is given waits for it, and raises what `PoseReader` raises.

    It is closed at the end of the block, asked for or not; closing it before does no harm.

    Args:
        model: the bundle.
        back: whether it also reads the outline of the back.
    """
    with ThreadPoolExecutor(1, "formcoach pose") as thread:
        coming = thread.submit(_open, model, back)
        try:
            yield coming.result
        finally:
            if coming.exception() is None:
                coming.result().close()


def _open(model: Path, back: bool) -> PoseReader:
    from formcoach.pose import PoseReader  # half of the waiting is for this

    return PoseReader(model, back=back)
