"""Sessions of the puppet as a report page takes them: from samples, and as a video without a model."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from coached import stock
from formcoach import replaying
from formcoach.frame import Frame
from formcoach.landmarks import PoseSample, nobody
from formcoach.page_view import Seen
from formcoach.report import SessionReport
from formcoach.session import Session
from formcoach.spec import Spec
from formcoach.tracing import Tracer
from puppet import perform


def seen(exercise: str, *, name: str = "a.fcr", by: Spec | None = None, **how: object) -> Seen:
    """What a replay sees of a performance."""
    return seen_of(by or stock(exercise), perform(exercise, **how).samples, name)


def seen_of(spec: Spec, samples: Iterable[PoseSample], name: str = "a.fcr") -> Seen:
    """What a replay sees of samples."""
    session, tracer = Session(spec), Tracer()
    for sample in samples:
        tracer.take(sample, spec, None, session.take(sample))
    trace = tracer.trace()
    return Seen(name, session.finish(), trace.charts, trace.track)


def report_of(one: Seen) -> SessionReport:
    assert isinstance(one.report, SessionReport)
    return one.report


class KnownPoses:
    """In place of the pose model: gives the samples that a drawn video was made of, or nobody."""

    samples: tuple[PoseSample, ...] = ()

    def __init__(self, *_: object, **__: object) -> None:
        self._left = list(self.samples)

    def __enter__(self) -> KnownPoses:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def read(self, frame: Frame) -> PoseSample:
        return self._left.pop(0) if self._left else nobody(frame.t)


@pytest.fixture
def known_poses(monkeypatch: pytest.MonkeyPatch) -> type[KnownPoses]:
    """Videos are replayed with `KnownPoses`; set its `samples`."""
    monkeypatch.setattr(replaying, "PoseReader", KnownPoses)
    monkeypatch.setattr(KnownPoses, "samples", ())
    return KnownPoses


def drawn(folder: Path, poses: type[KnownPoses], exercise: str, **how: object) -> Path:
    """A small drawn video of a performance, and its samples in place of the pose model."""
    from puppet.drawing import draw

    performance = perform(exercise, fps=10, **how)
    poses.samples = tuple(performance.samples)
    return draw(performance, folder / "clip.mp4", height=240)
