"""A pose reader that gets ready beside other things."""

from __future__ import annotations

from pathlib import Path

import pytest

from formcoach.errors import FormcoachError
from formcoach.pose_ahead import pose_ahead

pose = pytest.importorskip("formcoach.pose")


class Reader:
    """Stands in for `PoseReader`; notes what becomes of it."""

    def __init__(self, model: Path, *, back: bool) -> None:
        if model.name == "none.task":
            raise FormcoachError("MediaPipe cannot use it.")
        self.asked = model, back
        self.closed = False

    def close(self) -> None:
        self.closed = True


@pytest.fixture(autouse=True)
def readers(monkeypatch: pytest.MonkeyPatch) -> list[Reader]:
    made: list[Reader] = []

    def make(model: Path, *, back: bool) -> Reader:
        made.append(Reader(model, back=back))
        return made[-1]

    monkeypatch.setattr(pose, "PoseReader", make)
    return made


def test_it_is_given_to_whoever_asks_and_closed_at_the_end(readers):
    with pose_ahead(Path("full.task"), back=True) as opened:
        reader = opened()
        assert reader.asked == (Path("full.task"), True)
        assert opened() is reader and not reader.closed
    assert readers == [reader] and reader.closed


def test_it_is_closed_where_nobody_came_to_ask_for_it(readers):
    with pytest.raises(FormcoachError, match="no camera"), pose_ahead(Path("full.task"), back=False):
        raise FormcoachError("There is no camera.")
    (reader,) = readers
    assert reader.closed


def test_what_went_wrong_is_told_to_whoever_asks():
    with (
        pytest.raises(FormcoachError, match="cannot use"),
        pose_ahead(Path("none.task"), back=False) as opened,
    ):
        opened()


def test_what_went_wrong_does_not_hide_what_went_wrong_before():
    with pytest.raises(FormcoachError, match="no camera"), pose_ahead(Path("none.task"), back=False):
        raise FormcoachError("There is no camera.")
