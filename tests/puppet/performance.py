"""Performing an exercise: `perform("bird-dog", reps=3, hold_s=8)` gives samples and what is true of them."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from formcoach.landmarks import INDEX, FloatArray, PoseSample, nobody
from puppet.camera import Camera, visibility
from puppet.exercise import Exercise
from puppet.exercises import EXERCISES
from puppet.figure import Array, Figure
from puppet.motion import Motion, move
from puppet.script import Programme, Script, Truth
from puppet.trouble import Trouble
from puppet.trunk import outlines
from puppet.ways import come_in, go_away, walk

_HIPS = [INDEX["left_hip"], INDEX["right_hip"]]
_SHOULDERS = [INDEX["left_shoulder"], INDEX["right_shoulder"]]
OUTLINE_EVERY_S, ROOM_EVERY_S = 0.095, 1.0
"""As the real pose reader looks at the back, and at the room."""
_MARGIN = 0.7
"""Metres outside of the picture at which people who walk begin and end."""
_PASSING_BY = 0.9
"""Metres behind the person where others pass."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody to draw.

    Attributes:
        points: `(n, 33, 3)` metres in the picture's axes, 0 on the floor below the exercise.
        bow: `(n,)` of the spine, trunk lengths.
        there: `(n,)` whether they are there at all.
        dumbbells: in their hands.
        build: how thick the trunk is.
    """

    points: Array
    bow: Array
    there: np.ndarray
    dumbbells: bool = False
    build: float = 1.0


@dataclass(frozen=True, slots=True)
class Performance:
    """An exercise performed.

    Attributes:
        samples: as the pose model would give them.
        truth: what really happened, and when.
        times: `(n,)` seconds.
        fps: frames a second.
        camera: as filmed.
        width: metres of floor that the picture was framed for.
        actors: the person, and after them whoever passes by.
    """

    samples: list[PoseSample]
    truth: Truth
    times: Array
    fps: float
    camera: Camera
    width: float
    actors: tuple[Actor, ...]


def perform(
    exercise: str | Exercise,
    *,
    fps: float = 30.0,
    figure: Figure | None = None,
    back: bool = True,
    **options: Any,
) -> Performance:
    """Performs an exercise.

    Args:
        exercise: its name in `puppet.exercises.EXERCISES`, or one of your own.
        fps: frames a second; frame i is taken at i / fps.
        figure: the person's proportions.
        back: with the outline of the back in the samples, as for a spec that asks for it.
        options: every field of `Programme`, `Camera` and `Trouble`, by its name.

    Raises:
        ValueError: the exercise, an option or a fault is not known.
    """
    how = _find(exercise) if isinstance(exercise, str) else exercise
    programme, camera, trouble = _sort_options({"yaw": how.yaw, **options})
    for name, _, _ in programme.faults:
        if name not in how.faults:
            raise ValueError(f"{exercise} has no fault {name}; it has {', '.join(sorted(how.faults))}")
    figure = figure or Figure()
    script, began, ended = _write(how, programme, camera, figure)
    times = np.arange(int(np.floor(script.now * fps + 1e-9)) + 1) / fps
    stage = _Stage(camera, how.width, figure.build, back)
    motion = move(script.keyframes, times, figure)
    middle = _middle(script, began, figure)
    person = stage.actor(motion, middle, ~trouble.missing(times), how.dumbbells)
    actors = [person]
    samples = stage.samples(times, person, trouble)
    if trouble.passer_by:
        other = _pass_by(stage, times, trouble.passer_by, figure)
        actors.append(other)
        strangers = stage.samples(times, other, replace(trouble, hidden=(), dropouts=()))
        start, end = trouble.passer_by
        samples = [
            b if b.someone and start <= b.t < end else a for a, b in zip(samples, strangers, strict=True)
        ]
    gaps = tuple((float(start), float(end)) for start, end in trouble.dropouts)
    truth = Truth(tuple(script.reps), tuple(script.holds), tuple(script.faults), (began, ended), gaps)
    return Performance(samples, truth, times, fps, camera, how.width, tuple(actors))


def _find(exercise: str) -> Exercise:
    if exercise not in EXERCISES:
        raise ValueError(f"no exercise is called {exercise}; there are {', '.join(EXERCISES)}")
    return EXERCISES[exercise]


def _sort_options(options: dict[str, Any]) -> tuple[Programme, Camera, Trouble]:
    kinds = (Programme, Camera, Trouble)
    known = {field.name: kind for kind in kinds for field in fields(kind)}
    if unknown := options.keys() - known.keys():
        raise ValueError(f"no option is called {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    sorted_out = {kind: {n: v for n, v in options.items() if known[n] is kind} for kind in kinds}
    return tuple(kind(**sorted_out[kind]) for kind in kinds)  # type: ignore[return-value]


def _write(
    how: Exercise, programme: Programme, camera: Camera, figure: Figure
) -> tuple[Script, float, float]:
    """The script, and when the exercise began and ended in it."""
    script = Script(figure)
    metres = _walk_metres(camera, how.width)
    if programme.walk_in:
        come_in(script, metres, onto_all_fours=how.low)
    began = script.now
    how.write(script, programme)
    ended = script.now
    if programme.leave:
        go_away(script, metres, from_all_fours=how.low)
    return script, began, ended


def _walk_metres(camera: Camera, width: float) -> float:
    """From the middle of the picture to well outside of it."""
    across = max(0.4, abs(np.cos(np.radians(camera.yaw))))
    return float(camera.aspect / 2 / camera.scale(width) / across + _MARGIN)


def _middle(script: Script, began: float, figure: Figure) -> float:
    """Where the middle of the picture belongs: between the ends of the body at the start of the exercise."""
    moments = np.linspace(began, min(script.now, began + 6.0), 7)
    points = move(script.keyframes, moments, figure).points[..., 0]
    return float(points.min() + points.max()) / 2


def _pass_by(stage: _Stage, times: Array, when: tuple[float, float], figure: Figure) -> Actor:
    script = Script(figure)
    metres = 2 * _walk_metres(stage.camera, stage.width)
    walk(script, metres, arrive=True)
    since = times - sum(when) / 2 + script.now / 2  # in the middle of the picture at the middle of the time
    motion = move(script.keyframes, np.clip(since, 0.0, script.now), figure)
    ends = move(script.keyframes, np.array([0.0, script.now]), figure).points[:, _HIPS, 0]
    return stage.actor(motion, float(ends.mean()), np.ones(len(times), bool), behind=_PASSING_BY)


@dataclass(frozen=True, slots=True)
class _Stage:
    """The camera and the floor in front of it."""

    camera: Camera
    width: float
    build: float
    back: bool

    def actor(
        self,
        motion: Motion,
        middle: float,
        there: np.ndarray,
        dumbbells: bool = False,
        behind: float = 0.0,
    ) -> Actor:
        points = self.camera.turn(motion.points - [middle, 0.0, 0.0]) + np.array([0.0, 0.0, behind])
        return Actor(points, motion.bow, there, dumbbells, self.build)

    def samples(self, times: Array, actor: Actor, trouble: Trouble) -> list[PoseSample]:
        aspect = self.camera.aspect
        xy = self.camera.look(actor.points, self.width)
        seen = visibility(actor.points, xy, aspect, self.camera.scale(self.width))
        seen[:, [INDEX[name] for name in trouble.hidden]] = 0.05
        trunks = np.linalg.norm(xy[:, _SHOULDERS].mean(1) - xy[:, _HIPS].mean(1), axis=-1)
        shake = trouble.shake(times, seen)
        xy = xy + shake[..., :2] * trunks[:, None, None]
        world = actor.points - actor.points[:, _HIPS].mean(axis=1)[:, None]
        world = world + shake * np.linalg.norm(world[:, _SHOULDERS].mean(1), axis=-1)[:, None, None]
        across = xy[:, _HIPS + _SHOULDERS, 0].mean(axis=1)
        found = actor.there & (across > 0.0) & (across < aspect)
        backs = self._backs(times, actor, trouble) if self.back else {}
        rooms = self._rooms(times, trouble)
        rows = zip(times.tolist(), found, *(a.astype(np.float32) for a in (xy, seen, world)), strict=True)
        return [
            PoseSample(t, p, v, w, backs.get(i), aspect, rooms.get(i))
            if there
            else replace(nobody(t, aspect), room=rooms.get(i))
            for i, (t, there, p, v, w) in enumerate(rows)
        ]

    def _backs(self, times: Array, actor: Actor, trouble: Trouble) -> dict[int, FloatArray]:
        """The outlines of the back, by the number of the frame: not of every frame, as in life."""
        due = _due(times, OUTLINE_EVERY_S)
        offsets = outlines(actor.points[due], actor.bow[due], actor.build, self.camera, self.width)
        offsets = trouble.blur(times[due], offsets).astype(np.float32)
        return dict(zip(due, offsets, strict=True))

    def _rooms(self, times: Array, trouble: Trouble) -> dict[int, FloatArray]:
        """What the room tells, by the number of the frame."""
        lean = np.nan if trouble.plain_wall else self.camera.roll
        return dict.fromkeys(_due(times, ROOM_EVERY_S), np.array([trouble.light, lean], np.float32))


def _due(times: Array, every_s: float) -> list[int]:
    """The numbers of the frames at which something is looked at now and then."""
    due: list[int] = []
    last = -np.inf
    for i, t in enumerate(times.tolist()):
        if t - last >= every_s:
            due.append(i)
            last = t
    return due
