"""The studio on a recorded routine, without its page."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from formcoach.errors import FormcoachError
from formcoach.spec_file import find_spec
from formcoach.studio import Studio
from formcoach.studio_bench import Bench
from formcoach.studio_shelf import stock_shelf
from routine_recorded import record_routine


async def counted(studio: Studio) -> object:
    """What the recordings of a studio count, once they lie open."""
    studio.begin()
    while studio.busy:
        await asyncio.sleep(0.05)
    while True:
        _, outcome = await studio.attempt()
        if outcome is not None and not outcome["uncounted"]:
            return outcome["sums"]["counted"]  # type: ignore[index]


@pytest.mark.parametrize(("exercise", "count"), [("hip-hinge", 5), ("plank", 0)])
def test_a_routine_is_tuned_on_the_sets_of_one_exercise(tmp_path: Path, exercise: str, count: int) -> None:
    shelf = stock_shelf([record_routine(tmp_path / "a.fcr").parent])
    assert shelf.exercises == ["hip-hinge", "plank"]
    bench = Bench(1)
    try:
        studio = Studio(shelf, find_spec(exercise), bench)
        assert asyncio.run(counted(studio)) == (count, count)
        with pytest.raises(FormcoachError, match="shows a whole routine; label a recording of one exercise"):
            studio.label("a.fcr", {}, "a mark")
    finally:
        bench.close()
