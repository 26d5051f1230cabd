"""What would another spec have made of a recording: read once, judged again and again.

Reading takes most of the time that a replay takes, and no bound of a spec has any part in it. So whoever
moves a bound judges what was read before, and gets the report that a replay would give, to the last digit.
`formcoach.counting` counts alone, many times faster still.
"""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, repeat
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from formcoach.actions import Action
from formcoach.framing import Framing
from formcoach.geometry import NAN
from formcoach.landmarks import PoseSample
from formcoach.measures import landmarks_used, read_names
from formcoach.reading import Reading, SampleReader
from formcoach.report import SessionReport
from formcoach.session import Session
from formcoach.spec import Spec

FloatArray = npt.NDArray[np.float64]

AT_ONCE = 512
"""Samples made of arrays at once: so few stay in the processor's cache."""


class Words(NamedTuple):
    """What of one reading is told in words, and whether the camera leans, as in `Reading`."""

    why: str
    near: str
    body_near: str
    view: str
    back_why: str
    leans: bool


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """A recording, read: n samples, and what was asked for between them.

    Attributes:
        spec: by which they were read.
        t, span, roll: `(n,)`, seconds, image heights, degrees.
        bright: `(n,)`, NaN where nobody looked.
        someone, new: `(n,)` booleans.
        measures: for each side, `(n, measures)` before the person's own start is taken off, in the order of
            `names`; NaN where not seen.
        names: of these measures.
        places: for each side, `(n,)` image heights, NaN where there is no anchor.
        words: for each sample.
        framings: for each sample; None of nobody.
        actions: each with the number of samples before it.
    """

    spec: Spec
    t: FloatArray
    span: FloatArray
    roll: FloatArray
    bright: FloatArray
    someone: npt.NDArray[np.bool_]
    new: npt.NDArray[np.bool_]
    names: tuple[str, ...]
    measures: tuple[FloatArray, ...]
    places: tuple[FloatArray, ...]
    words: Sequence[Words]
    framings: Sequence[Framing | None]
    actions: Sequence[tuple[int, Action]]

    def __len__(self) -> int:
        return len(self.t)

    def stream(self) -> Iterator[Reading | Action]:
        """The readings and actions, each in its place."""
        readings, taken = self._readings(), 0
        for before, action in self.actions:
            yield from islice(readings, before - taken)
            yield action
            taken = before
        yield from readings

    def _readings(self) -> Iterator[Reading]:
        starts = range(0, len(self), AT_ONCE)
        return chain.from_iterable(self._some(slice(start, start + AT_ONCE)) for start in starts)

    def _some(self, here: slice) -> Iterator[Reading]:
        numbers = (each[here].tolist() for each in (self.t, self.span, self.roll, self.bright))
        seen = (self.someone[here].tolist(), self.new[here].tolist(), self.words[here], self.framings[here])
        sides = (map(dict, map(zip, repeat(self.names), rows[here].tolist())) for rows in self.measures)
        places = (place[here].tolist() for place in self.places)
        return map(_reading, *numbers, *seen, zip(*sides, strict=True), zip(*places, strict=True))


def _reading(
    t: float,
    span: float,
    roll: float,
    bright: float,
    someone: bool,
    new: bool,
    words: Words,
    framing: Framing | None,
    raw: tuple[dict[str, float], ...],
    places: tuple[float, ...],
) -> Reading:
    return Reading(
        t,
        someone,
        new,
        words.why,
        words.near,
        words.body_near,
        words.view,
        words.back_why,
        words.leans,
        span,
        roll,
        raw if someone else ({},) * len(raw),
        places,
        bright if bright == bright else None,
        lambda: _kept(framing),
    )


def _kept(framing: Framing | None) -> Framing:
    assert framing is not None, "nobody is asked how nobody lies in the picture"
    return framing


def readings_of(stream: Iterable[PoseSample | Action], spec: Spec) -> Readings:
    """Read a whole recording once.

    Args:
        stream: its samples and actions, such as `formcoach.recording.Recording.stream` gives.
        spec: the exercise; any spec that measures the same can judge what was read.
    """
    reader, packed = SampleReader(spec), _Packed(spec)
    for item in stream:
        if isinstance(item, Action):
            _act(reader, spec, item)
            packed.act(item)
        else:
            packed.add(reader.read(item))
    return packed.readings()


def _act(reader: SampleReader, spec: Spec, action: Action) -> None:
    """What of an action concerns the reading, as in `Coach.act`."""
    if action.name == "restart":
        reader.restart()
    elif action.name == "swap" and not spec.sides:
        reader.swap()


class _Packed:
    """Readings packed as they come: as Python's objects those of an hour would fill gigabytes."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._names = read_names(spec)
        self._unseen = (NAN,) * len(self._names)
        self._t, self._span, self._roll, self._bright = (array("d") for _ in range(4))
        self._someone, self._new = bytearray(), bytearray()
        sides = spec.sides or ("",)
        self._measures = tuple(array("d") for _ in sides)
        self._places = tuple(array("d") for _ in sides)
        self._words: list[Words] = []
        self._framings: list[Framing | None] = []
        self._actions: list[tuple[int, Action]] = []
        # An hour has a handful of different ones: of each one is kept.
        self._known_words: dict[Words, Words] = {}
        self._known_framings: dict[Hashable, Framing] = {}

    def act(self, action: Action) -> None:
        """Take in what was asked for, in its place."""
        self._actions.append((len(self._words), action))

    def add(self, reading: Reading) -> None:
        """Take in the next reading."""
        self._t.append(reading.t)
        self._span.append(reading.span)
        self._roll.append(reading.roll)
        self._bright.append(NAN if reading.bright is None else reading.bright)
        self._someone.append(reading.someone)
        self._new.append(reading.new)
        for rows, raw in zip(self._measures, reading.raw, strict=True):
            rows.extend(raw.values() if raw else self._unseen)
        for column, place in zip(self._places, reading.places, strict=True):
            column.append(place)
        words = _words(reading)
        self._words.append(self._known_words.setdefault(words, words))
        self._framings.append(self._framing_of(reading))

    def _framing_of(self, reading: Reading) -> Framing | None:
        if not reading.someone:
            return None
        framing = reading.framing()
        if self._framings and framing is self._framings[-1]:
            return framing
        return self._known_framings.setdefault(framing.key, framing)

    def readings(self) -> Readings:
        """All that was taken in."""
        shape = len(self._t), len(self._names)
        return Readings(
            self._spec,
            _numbers(self._t),
            _numbers(self._span),
            _numbers(self._roll),
            _numbers(self._bright),
            np.array(self._someone, bool),
            np.array(self._new, bool),
            self._names,
            tuple(_numbers(rows).reshape(shape) for rows in self._measures),
            tuple(map(_numbers, self._places)),
            self._words,
            self._framings,
            self._actions,
        )


def _numbers(column: array[float]) -> FloatArray:
    return np.array(column, np.float64)


def _words(reading: Reading) -> Words:
    return Words(reading.why, reading.near, reading.body_near, reading.view, reading.back_why, reading.leans)


def judge(readings: Readings, spec: Spec) -> SessionReport:
    """The report that a replay with this spec would give.

    Raises:
        ValueError: the spec measures something else than what was read.
    """
    check_alike(readings, spec)
    session = Session(spec)
    for item in readings.stream():
        if isinstance(item, Reading):
            session.judge(item)
        else:
            session.act(item)
    return session.finish()


def check_alike(readings: Readings, spec: Spec) -> None:
    """See that a spec measures what was read.

    Raises:
        ValueError: it does not.
    """
    if not reads_alike(readings.spec, spec):
        raise ValueError(f"{spec.id} measures something else than what was read")


def reads_alike(one: Spec, other: Spec) -> bool:
    """Whether two specs read the same from a sample, whatever they make of it."""
    return read_by(one) == read_by(other)


def read_by(spec: Spec) -> tuple[object, ...]:
    """All of a spec that has a part in reading; equal where two read the same."""
    started = tuple(
        sorted({name for pose in ("position", "start", "work") for name in spec.poses.get(pose, {})})
    )
    return (
        dict(spec.measures),
        spec.position,
        spec.camera,
        spec.kind,
        spec.sides,
        spec.anchor,
        spec.turned,
        landmarks_used(spec),
        started,
    )
