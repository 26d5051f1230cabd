"""What a process of the studio's bench does with the recordings that lie open in it."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from formcoach import kept_readings
from formcoach.actions import Action
from formcoach.charting import Charts
from formcoach.errors import FormcoachError
from formcoach.figure_track import FigureTrack, FigureTracker
from formcoach.labels import Labels
from formcoach.landmarks import PoseSample
from formcoach.outcome import Outcome, Tally, outcome, tally
from formcoach.page_view import Seen
from formcoach.recorded import stream_for
from formcoach.recording import read_recording
from formcoach.report import SessionReport
from formcoach.session import Session
from formcoach.spec import Spec
from formcoach.studio_view import Looked, look
from formcoach.whatif import Readings, judge

T = TypeVar("T")

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
        return _remembered(self.reports, spec, lambda: judge(self.readings, spec))

    def tally(self, spec: Spec) -> Tally:
        bare = replace(spec, checks={})  # they have no part in it
        return _remembered(self.tallies, bare, lambda: tally(self.readings, spec))


def _remembered(known: list[tuple[Spec, T]], spec: Spec, make: Callable[[], T]) -> T:
    """What was made by a spec, or is made now; those asked for last stay in mind."""
    one = next((one for one in known if one[0] == spec), None) or (spec, make())
    known[:] = [one, *(other for other in known if other[0] != spec)][:_KEPT]
    return one[1]


_OPEN: dict[str, _Lying] = {}
"""The recordings of this process, by name."""


def go_with_parent() -> None:
    """End this process when the one that began it is gone, however it went."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def wait() -> None:
        parent.join()
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


def at_leisure() -> None:
    """Begin a process that stands back behind others."""
    go_with_parent()
    if hasattr(os, "nice"):
        os.nice(_LEISURE)


def open_recording(name: str, path: Path, spec: Spec) -> tuple[Opened, Readings]:
    """Open a recording here, and read it once for an exercise; gives what was read for another process.

    Raises:
        FormcoachError: it cannot be read, or there is nothing in it.
    """
    recording = read_recording(path)
    readings = kept_readings.of(recording, path, spec).readings
    if not len(readings):
        raise FormcoachError(f"{path} has nothing in it to judge by; leave it out.")
    tracker = FigureTracker()
    for item in stream_for(recording, path, spec):
        if isinstance(item, PoseSample):
            tracker.take(item)
    _OPEN[name] = _Lying(readings, tracker.track())
    lasted = float(readings.t[-1] - readings.t[0])
    return Opened(lasted, len(readings), recording.damaged), readings


def hold(name: str, readings: Readings) -> None:
    """Take in a recording that another process has read."""
    _OPEN[name] = _Lying(readings)


def count(name: str, before: Spec, after: Spec) -> tuple[Tally, Tally]:
    """What a recording that is open here counts."""
    return _OPEN[name].tally(before), _OPEN[name].tally(after)


def attempt(name: str, before: Spec, after: Spec) -> Outcome:
    """What becomes of a recording that is open here."""
    return outcome(_OPEN[name].report(before), _OPEN[name].report(after))


def look_at(name: str, file: str, spec: Spec, shown: Spec, labels: Labels | None) -> Looked:
    """A recording as it is looked at; the arguments are those of `Bench.look`."""
    lying = _OPEN[name]
    assert lying.track is not None, "only where recordings are judged is anything looked at"
    session, charts = Session(spec), Charts()
    for item in lying.readings.stream():
        if isinstance(item, Action):
            session.act(item)
        else:
            charts.take(spec, None, session.judge(item))
    return look(Seen(file, session.finish(), charts.charts(), lying.track), shown, labels)
