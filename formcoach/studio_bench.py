"""Where recordings lie open: in a few processes that coach them again by whatever bounds are tried.

A process keeps its recordings, so that trying bounds sends only the exercise there and the outcome back. Each
recording lies in two of them: one only counts, which is fast enough to go along with a hand that drags;
the other judges it whole, at leisure.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Generic, TypeVar

from formcoach.errors import FormcoachError
from formcoach.labels import Labels
from formcoach.outcome import Outcome, Tally
from formcoach.spec import Spec
from formcoach.studio_view import Looked
from formcoach.studio_worker import (
    Opened,
    at_leisure,
    attempt,
    count,
    go_with_parent,
    hold,
    look_at,
    open_recording,
)

T = TypeVar("T")

MOST_PAIRS = 2
"""So many of each kind at most; more would each need memory of its own."""


class _Errands(Generic[T]):
    """What processes were asked for, one thing of each recording: only the newest is of use."""

    def __init__(self) -> None:
        self._sent: dict[str, tuple[Spec, Spec, asyncio.Future[T]]] = {}

    def send(
        self,
        to: ProcessPoolExecutor,
        work: Callable[[str, Spec, Spec], T],
        name: str,
        before: Spec,
        after: Spec,
    ) -> asyncio.Future[T]:
        """Ask for something, unless it was asked for already; what was asked before is not begun any more."""
        known = self._sent.get(name)
        if known is not None:
            if known[:2] == (before, after) and not known[2].cancelled():
                return known[2]
            known[2].cancel()
        found = asyncio.get_running_loop().run_in_executor(to, work, name, before, after)
        self._sent[name] = before, after, found
        return found

    def forget(self) -> None:
        """Nothing of it is of use any more."""
        for _, _, found in self._sent.values():
            found.cancel()
        self._sent.clear()


async def _done(sent: Mapping[str, asyncio.Future[T]], patience_s: float) -> dict[str, T]:
    """What there is after a while."""
    if sent:
        await asyncio.wait(sent.values(), timeout=patience_s)
    return {name: found.result() for name, found in sent.items() if found.done() and not found.cancelled()}


class Bench:
    """Some processes with recordings lying open in them.

    Args:
        pairs: how many processes of each kind; 0 for as many as are of use here.
    """

    def __init__(self, pairs: int = 0) -> None:
        count = pairs or min(MOST_PAIRS, os.cpu_count() or 1)
        context = multiprocessing.get_context("spawn")
        self._counters = [ProcessPoolExecutor(1, context, go_with_parent) for _ in range(count)]
        self._judges = [ProcessPoolExecutor(1, context, at_leisure) for _ in range(count)]
        self._sizes = [0] * count
        self._where: dict[str, int] = {}
        self._counts: _Errands[tuple[Tally, Tally]] = _Errands()
        self._trials: _Errands[Outcome] = _Errands()
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
            opened, readings = await loop.run_in_executor(
                self._judges[number], open_recording, name, path, spec
            )
        except FormcoachError:
            self._sizes[number] -= size
            raise
        await loop.run_in_executor(self._counters[number], hold, name, readings)
        self._where[name] = number
        self.opened[name] = opened

    async def count(
        self, names: Iterable[str], before: Spec, after: Spec, patience_s: float
    ) -> dict[str, tuple[Tally, Tally]]:
        """What open recordings count before and after, of as many as are done in time.

        Asked again for the same, it goes on where it was; asked for something else, it leaves what it has not
        begun.

        Args:
            names: of the recordings, the first of them first.
            before, after: by which exercises.
            patience_s: how long to wait, seconds.
        """
        sent = {
            name: self._counts.send(self._counters[self._where[name]], count, name, before, after)
            for name in names
        }
        return await _done(sent, patience_s)

    async def attempt(
        self, names: Iterable[str], before: Spec, after: Spec, patience_s: float
    ) -> dict[str, Outcome]:
        """What becomes of open recordings, likewise."""
        sent = {
            name: self._trials.send(self._judges[self._where[name]], attempt, name, before, after)
            for name in names
        }
        return await _done(sent, patience_s)

    def leave_trials(self) -> None:
        """Begin no more of what was to be judged."""
        self._trials.forget()

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
            self._judges[self._where[name]], look_at, name, file, spec, shown, labels
        )

    def forget(self) -> None:
        """Take everything off: it is to be read for another exercise."""
        self._counts.forget()
        self._trials.forget()
        self._where.clear()
        self.opened.clear()
        self._sizes = [0] * len(self._sizes)

    def close(self) -> None:
        """End the processes, once they have done what they are doing."""
        for process in (*self._counters, *self._judges):
            process.shutdown(cancel_futures=True)
