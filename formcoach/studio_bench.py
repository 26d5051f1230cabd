"""Where recordings lie open: each in one of a few processes, coached again by whatever bounds are tried.

A process keeps its recordings, so that trying bounds sends only the exercise there and the outcome back.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from formcoach.actions import Action
from formcoach.charting import Charts
from formcoach.errors import FormcoachError
from formcoach.figure_track import FigureTrack, FigureTracker
from formcoach.landmarks import PoseSample
from formcoach.outcome import Outcome, outcome
from formcoach.page_view import Seen
from formcoach.recording import read_recording
from formcoach.report import SessionReport
from formcoach.session import Session
from formcoach.spec import Spec
from formcoach.studio_view import Looked, look
from formcoach.whatif import Readings, judge, readings_of

MOST_PROCESSES = 2
"""So many at most; more would each need memory of its own."""

_KEPT = 4  # reports of a recording: what is saved, what is on, and those just left


@dataclass(frozen=True, slots=True)
class Opened:
    """What is known of a recording once it is open.

    Attributes:
        lasted: from its first sample to its last, seconds.
        samples: how many there are.
        damaged: a sentence about what could not be read, or empty.
    """

    lasted: float
    samples: int
    damaged: str


@dataclass(slots=True)
class _Lying:
    """A recording as it lies open in a process, with the reports by the specs that came last."""

    readings: Readings
    track: FigureTrack
    reports: list[tuple[Spec, SessionReport]] = field(default_factory=list)

    def report(self, spec: Spec) -> SessionReport:
        for known, report in self.reports:
            if known == spec:
                return report
        report = judge(self.readings, spec)
        self.reports = [(spec, report), *self.reports][:_KEPT]
        return report


_OPEN: dict[str, _Lying] = {}
"""The recordings of this process, by name."""


def _go_with_parent() -> None:
    """End this process when the one that began it is gone, however it went."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def wait() -> None:
        parent.join()
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


def _open(name: str, path: Path, spec: Spec) -> Opened:
    recording = read_recording(path)
    if not len(recording.t):
        raise FormcoachError(f"{path} has nothing in it to judge by; leave it out.")
    tracker = FigureTracker()

    def watched() -> Iterator[PoseSample | Action]:
        for item in recording.stream():
            if isinstance(item, PoseSample):
                tracker.take(item)
            yield item

    _OPEN[name] = _Lying(readings_of(watched(), spec), tracker.track())
    return Opened(float(recording.t[-1] - recording.t[0]), len(recording.t), recording.damaged)


def _try(name: str, before: Spec, after: Spec) -> Outcome:
    return outcome(_OPEN[name].report(before), _OPEN[name].report(after))


def _look(name: str, spec: Spec, shown: Spec) -> Looked:
    lying = _OPEN[name]
    session, charts = Session(spec), Charts()
    for item in lying.readings.stream():
        if isinstance(item, Action):
            session.act(item)
        else:
            charts.take(spec, None, session.judge(item))
    return look(Seen(name, session.finish(), charts.charts(), lying.track), shown)


class Bench:
    """Some processes with recordings lying open in them."""

    def __init__(self, processes: int = 0) -> None:
        count = processes or min(MOST_PROCESSES, os.cpu_count() or 1)
        context = multiprocessing.get_context("spawn")
        self._processes = [ProcessPoolExecutor(1, context, _go_with_parent) for _ in range(count)]
        self._sizes = [0] * count
        self._where: dict[str, int] = {}
        self._trials: dict[str, tuple[Spec, Spec, asyncio.Future[Outcome]]] = {}
        self.opened: dict[str, Opened] = {}

    async def open(self, name: str, path: Path, spec: Spec) -> Opened:
        """Open a recording in the process that has least to do, and read it once for an exercise.

        Raises:
            FormcoachError: it cannot be read.
        """
        if name in self.opened:
            return self.opened[name]
        number = self._where.setdefault(name, self._sizes.index(min(self._sizes)))
        self._sizes[number] += path.stat().st_size
        loop = asyncio.get_running_loop()
        try:
            self.opened[name] = await loop.run_in_executor(self._processes[number], _open, name, path, spec)
        except BaseException:
            self._sizes[number] -= path.stat().st_size
            del self._where[name]
            raise
        return self.opened[name]

    async def attempt(
        self, names: Iterable[str], before: Spec, after: Spec, patience_s: float
    ) -> dict[str, Outcome]:
        """What becomes of some open recordings, of as many as are done in time.

        Asked again for the same, it goes on where it was; asked for something else, it leaves what it has not
        begun.

        Args:
            names: of the recordings, the first of them first.
            before, after: by which exercises.
            patience_s: how long to wait, seconds.
        """
        wanted = {name: self._trial(name, before, after) for name in names}
        if wanted:
            await asyncio.wait(wanted.values(), timeout=patience_s)
        return {
            name: trial.result() for name, trial in wanted.items() if trial.done() and not trial.cancelled()
        }

    def _trial(self, name: str, before: Spec, after: Spec) -> asyncio.Future[Outcome]:
        """The outcome of one recording, under way."""
        known = self._trials.get(name)
        if known is not None:
            if known[:2] == (before, after):
                return known[2]
            known[2].cancel()
        loop = asyncio.get_running_loop()
        trial = loop.run_in_executor(self._processes[self._where[name]], _try, name, before, after)
        self._trials[name] = before, after, trial
        return trial

    async def look(self, name: str, spec: Spec, shown: Spec) -> Looked:
        """An open recording as it is looked at.

        Args:
            name: the recording.
            spec: the exercise by which it is coached.
            shown: the exercise whose bounds are shown.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._processes[self._where[name]], _look, name, spec, shown)

    def close(self) -> None:
        """End the processes, once they have done what they are doing."""
        for process in self._processes:
            process.shutdown(cancel_futures=True)
