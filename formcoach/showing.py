"""Draws each answer of a session or a routine: the exercise's overlay, or what is between two exercises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np

from formcoach.actions import Action
from formcoach.events import Coaching
from formcoach.frame import Image
from formcoach.landmarks import PoseSample
from formcoach.overlay import Overlay, state_message
from formcoach.overlay.between import Between
from formcoach.overlay.ghost import Ghost
from formcoach.routine_machine import Now
from formcoach.spec import Spec


class Coached(Protocol):
    """What takes samples and says what to show: one exercise, or a routine of several."""

    @property
    def paused(self) -> bool:
        """Whether nothing is coached now, because the person asked for a pause or said that it hurts."""

    @property
    def hurt(self) -> bool:
        """Whether the person has said that it hurts."""

    @property
    def over(self) -> bool:
        """Whether it has ended by itself."""

    @property
    def spec(self) -> Spec | None:
        """The exercise that is on; None between two."""

    @property
    def now(self) -> Now | None:
        """Where in a routine one is; None outside of one."""

    @property
    def notice(self) -> str:
        """What to know now, where the coach has nothing to say."""

    @property
    def wants_back(self) -> bool:
        """Whether the outline of the back is read."""

    def take(self, sample: PoseSample) -> Coaching | None:
        """Coach one sample; None where no exercise was on."""

    def act(self, action: Action) -> None:
        """Do what the person asked for."""


Report_co = TypeVar("Report_co", covariant=True)


class Reported(Coached, Protocol[Report_co]):
    """A session with a report of its own kind."""

    def finish(self) -> Report_co:
        """End it and give the report."""


@dataclass(frozen=True, slots=True)
class Scene:
    """All that one picture shows.

    Attributes:
        sample, coaching: the person and the coach's answer; no answer between two exercises.
        spec: the exercise that is on; None also with the last answer of a set.
        now: where in a routine one is.
        notice: what to know now.
    """

    sample: PoseSample
    coaching: Coaching | None
    spec: Spec | None
    now: Now | None
    notice: str

    @property
    def t(self) -> float:
        """The sample's time, seconds."""
        return self.sample.t


class Listener(Protocol):
    """Whoever hears a session go on. A listener decides nothing, and must not keep it waiting."""

    def hear(self, scene: Scene) -> None:
        """Hear what became of the next sample."""

    def act(self, action: Action) -> None:
        """Hear what the person asked for."""


def take(session: Coached, sample: PoseSample) -> Scene:
    """Coach one sample, and say what to show of it."""
    coaching = session.take(sample)
    return Scene(sample, coaching, session.spec, session.now, session.notice)


class Showing:
    """Draws the scenes of one session; the pictures are of one size as long as the camera's are.

    Args:
        mirror: show the picture as a mirror would.
        ghosts: show the start position to step into. It comes once it has been worked out, so a film
            made twice would not be the same.
    """

    def __init__(self, *, mirror: bool, ghosts: bool = False) -> None:
        self._mirror = mirror
        self._ghosts: dict[str, Ghost] | None = {} if ghosts else None
        self._canvas: Image = np.empty((0, 0, 3), np.uint8)
        self._between: Between | None = None
        self._overlay: Overlay | None = None
        self._made_for: tuple[Spec, str] | None = None

    def draw(self, image: Image, scene: Scene, *, paused: bool = False, hurt: bool = False) -> Image:
        """Draw a scene over a picture, which stays as it is.

        Returns:
            The canvas; the next call draws on it again.
        """
        if image.shape != self._canvas.shape:
            self._canvas = np.empty_like(image, order="C")
            self._between = self._overlay = None
        if scene.spec is not None and scene.coaching is not None:
            overlay = self._overlay_for(scene.spec, scene.now, image)
            return overlay.draw(
                image,
                scene.sample,
                scene.coaching,
                paused=paused,
                hurt=hurt,
                notice=scene.notice,
                onto=self._canvas,
            )
        if scene.now is None:
            np.copyto(self._canvas, image)
            return self._canvas
        if self._between is None:
            self._between = Between(image.shape[1], image.shape[0], mirror=self._mirror)
        return self._between.draw(image, scene.now, state_message(paused, hurt), self._canvas)

    def _overlay_for(self, spec: Spec, now: Now | None, image: Image) -> Overlay:
        """The overlay of the exercise that is on; a new one for each set, with its own title."""
        title = "" if now is None else now.where
        if self._overlay is None or self._made_for is None or self._made_for[1] != title:
            size = image.shape[1], image.shape[0]
            ghost = self._ghost_of(spec)
            self._overlay = Overlay(spec, *size, mirror=self._mirror, title=title, ghost=ghost)
            self._made_for = (spec, title)
        return self._overlay

    def _ghost_of(self, spec: Spec) -> Ghost | None:
        """That of an exercise, worked out once for all its sets."""
        if self._ghosts is None:
            return None
        if spec.id not in self._ghosts:
            self._ghosts[spec.id] = Ghost(spec)
        return self._ghosts[spec.id]
