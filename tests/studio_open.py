"""A studio as its tests open one: recordings of the puppet, and the real server on a free port."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from formcoach.recording import RecordingWriter
from formcoach.spec_file import find_spec, read_spec
from formcoach.studio import Studio
from formcoach.studio_bench import Bench
from formcoach.studio_server import Served
from formcoach.studio_shelf import stock_shelf
from puppet import perform


def record(path: Path, exercise: str, created: str = "2026-11-20T18:00:00+01:00", **how: object) -> Path:
    """Write a recording of a performance."""
    header = {"exercise": exercise, "spec_toml": find_spec(exercise).read_text("utf-8"), "created": created}
    path.parent.mkdir(parents=True, exist_ok=True)
    with RecordingWriter(path, header) as writer:
        for sample in perform(exercise, **how).samples:
            writer.add(sample)
    return path


@contextmanager
def opened(places: list[Path], spec: Path, pairs: int = 1) -> Iterator[Served]:
    """A studio that is served until the block ends."""
    bench = Bench(pairs)
    shelf = stock_shelf(places)
    choices = {exercise: read_spec(find_spec(exercise)).name for exercise in shelf.exercises}
    served = Served(Studio(shelf, spec, bench, choices), 0)
    thread = threading.Thread(target=served.run, kwargs={"browser": False})
    thread.start()
    try:
        while not served.ready and thread.is_alive():
            time.sleep(0.01)
        yield served
    finally:
        served.stop()
        thread.join()
        bench.close()
