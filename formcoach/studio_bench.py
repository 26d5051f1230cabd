"""Where recordings lie open: in a few processes that coach them again by whatever bounds are tried.

A process keeps its recordings, so that trying bounds sends only the exercise there and the outcome back. Each
recording lies in two of them: one only counts, which is fast enough to go along with a hand that drags;
the other judges it whole, at leisure.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from formcoach.actions import Action
from formcoach.charting import Charts
from formcoach.errors import FormcoachError
from formcoach.figure_track import FigureTrack, FigureTracker
from formcoach.labels import Labels
from formcoach.landmarks import PoseSample
from formcoach.outcome import Outcome, Tally, outcome, tally
from formcoach.page_view import Seen
from formcoach.recording import read_recording
from formcoach.report import SessionReport
from formcoach.session import Session
from formcoach.spec import Spec
from formcoach.studio_view import Looked, look
from formcoach.whatif import Readings, judge, readings_of

MOST_PAIRS = 2
"""So many of each kind at most; more would each need memory of its own."""

_KEPT = 4  # reports and tallies of a recording: what is saved, what is on, and those just left
_LEISURE = 10  # how much a process that judges stands back behind one that counts, as in `os.nice`


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
    track: FigureTrack | None = None
    reports: list[tuple[Spec, SessionReport]] = field(default_factory=list)
    tallies: list[tuple[Spec, Tally]] = field(default_factory=list)

    def report(self, spec: Spec) -> SessionReport:
        for known, report in self.reports:
            if known == spec:
                return report
        report = judge(self.readings, spec)
        self.reports = [(spec, report), *self.reports][:_KEPT]
        return report

    def tally(self, spec: Spec) -> Tally:
        bare = replace(spec, checks={})  # they have no part in it
        for known, found in self.tallies:
            if known == bare:
                return found
        found = tally(self.readings, spec)
        self.tallies = [(bare, found), *self.tallies][:_KEPT]
        return found


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


def _at_leisure() -> None:
    _go_with_parent()
    if hasattr(os, "nice"):
        os.nice(_LEISURE)


def _open(name: str, path: Path, spec: Spec) -> tuple[Opened, Readings]:
    recording = read_recording(path)
    if not len(recording.t):
        raise FormcoachError(f"{path} has nothing in it to judge by; leave it out.")
    tracker = FigureTracker()

    def watched() -> Iterator[PoseSample | Action]:
        for item in recording.stream():
            if isinstance(item, PoseSample):
                tracker.take(item)
            yield item

    readings = readings_of(watched(), spec)
    _OPEN[name] = _Lying(readings, tracker.track())
    lasted = float(recording.t[-1] - recording.t[0])
    return Opened(lasted, len(recording.t), recording.damaged), readings


def _hold(name: str, readings: Readings) -> None:
    _OPEN[name] = _Lying(readings)


def _count(names: Iterable[str], before: Spec, after: Spec) -> dict[str, tuple[Tally, Tally]]:
    return {name: (_OPEN[name].tally(before), _OPEN[name].tally(after)) for name in names}


def _try(name: str, before: Spec, after: Spec) -> Outcome:
    return outcome(_OPEN[name].report(before), _OPEN[name].report(after))


def _look(name: str, file: str, spec: Spec, shown: Spec, labels: Labels | None) -> Looked:
    lying = _OPEN[name]
    assert lying.track is not None, "only where recordings are judged is anything looked at"
    session, charts = Session(spec), Charts()
    for item in lying.readings.stream():
        if isinstance(item, Action):
            session.act(item)
        else:
            charts.take(spec, None, session.judge(item))
    return look(Seen(file, session.finish(), charts.charts(), lying.track), shown, labels)


class Bench:
    """Some processes with recordings lying open in them.

    Args:
        pairs: how many processes of each kind; 0 for as many as are of use here.
    """

    def __init__(self, pairs: int = 0) -> None:
        count = pairs or min(MOST_PAIRS, os.cpu_count() or 1)
        context = multiprocessing.get_context("spawn")
        self._counters = [ProcessPoolExecutor(1, context, _go_with_parent) for _ in range(count)]
        self._judges = [ProcessPoolExecutor(1, context, _at_leisure) for _ in range(count)]
        self._sizes = [0] * count
        self._where: dict[str, int] = {}
        self._trials: dict[str, tuple[Spec, Spec, asyncio.Future[Outcome]]] = {}
        self.opened: dict[str, Opened] = {}

    async def open(self, name: str, path: Path, spec: Spec) -> None:
        """Open a recording where least lies, and read it once for an exercise.

        Raises:
            FormcoachError: it cannot be read.
        """
        if name in self.opened:
            return
        number, size = self._sizes.index(min(self._sizes)), path.stat().st_size
        self._sizes[number] += size
        loop = asyncio.get_running_loop()
        try:
            opened, readings = await loop.run_in_executor(self._judges[number], _open, name, path, spec)
        except FormcoachError:
            self._sizes[number] -= size
            raise
        await loop.run_in_executor(self._counters[number], _hold, name, readings)
        self._where[name] = number
        self.opened[name] = opened

    async def count(self, names: Iterable[str], before: Spec, after: Spec) -> dict[str, tuple[Tally, Tally]]:
        """What some open recordings count, in their order."""
        wanted = list(names)
        shares: dict[int, list[str]] = {}
        for name in wanted:
            shares.setdefault(self._where[name], []).append(name)
        loop = asyncio.get_running_loop()
        parts = await asyncio.gather(
            *(
                loop.run_in_executor(self._counters[number], _count, share, before, after)
                for number, share in shares.items()
            )
        )
        found = {name: pair for part in parts for name, pair in part.items()}
        return {name: found[name] for name in wanted}

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
        trial = loop.run_in_executor(self._judges[self._where[name]], _try, name, before, after)
        self._trials[name] = before, after, trial
        return trial

    async def look(self, name: str, file: str, spec: Spec, shown: Spec, labels: Labels | None) -> Looked:
        """An open recording as it is looked at.

        Args:
            name: the recording.
            file: the name of its file.
            spec: the exercise by which it is coached.
            shown: the exercise whose bounds are shown.
            labels: what is labelled in it, or None.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._judges[self._where[name]], _look, name, file, spec, shown, labels
        )

    def close(self) -> None:
        """End the processes, once they have done what they are doing."""
        for process in (*self._counters, *self._judges):
            process.shutdown(cancel_futures=True)
