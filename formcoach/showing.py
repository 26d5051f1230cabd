"""Draws each answer of a session or a routine: the exercise's overlay, or what is between two exercises."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np

from formcoach.actions import Action
from formcoach.events import Coaching
from formcoach.frame import Image
from formcoach.landmarks import PoseSample
from formcoach.language import Say
from formcoach.overlay import Overlay
from formcoach.overlay.between import Between
from formcoach.overlay.ghost import Ghost
from formcoach.overlay.layout import state_message
from formcoach.praise import Praise, after_set
from formcoach.report import SessionReport
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
    def last_set(self) -> SessionReport | None:
        """The set of a routine that has ended, until the next one begins; None where there is none."""

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
        last_set: the set that has just ended.
    """

    sample: PoseSample
    coaching: Coaching | None
    spec: Spec | None
    now: Now | None
    notice: str
    last_set: SessionReport | None = None

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
    coaching, now = session.take(sample), session.now
    resting = now is not None and now.stage == "rest"
    return Scene(sample, coaching, None if resting else session.spec, now, session.notice, session.last_set)


class Showing:
    """Draws the scenes of one session on a canvas as large as the screen, or as the camera's picture.

    Args:
        mirror: show the picture as a mirror would.
        all_angles: draw every angle that is judged now, not only the one that matters.
        ghosts: show the start position to step into. It comes once it has been worked out, so a film
            made twice would not be the same.
        began: when the session began, seconds; NaN = with the first scene that is drawn.
        say: gives a text in the language of the screen.
    """

    def __init__(
        self,
        *,
        mirror: bool,
        all_angles: bool = False,
        ghosts: bool = False,
        began: float = math.nan,
        say: Say = str,
    ) -> None:
        self._mirror = mirror
        self._all_angles = all_angles
        self._say = say
        self._ghosts: dict[str, Ghost] | None = {} if ghosts else None
        self._canvas: Image = np.empty((0, 0, 3), np.uint8)
        self._image: Image = np.zeros((360, 640, 3), np.uint8)  # where none has come yet
        self._between: Between | None = None
        self._overlay: Overlay | None = None
        self._overlay_of: Hashable = None
        self._praise: tuple[SessionReport, Praise] | None = None
        self._began = began

    def draw(
        self,
        image: Image,
        scene: Scene,
        *,
        paused: bool = False,
        hurt: bool = False,
        camera_lost: bool = False,
        size: tuple[int, int] | None = None,
    ) -> Image:
        """Draw a scene over a picture, which stays as it is.

        Args:
            image: the camera's picture; the last one where the camera is lost.
            scene: what to show of it.
            paused: whether coaching is paused.
            hurt: whether the person has said that it hurts.
            camera_lost: whether no pictures come any more.
            size: width and height of the screen, pixels; None = those of the picture.

        Returns:
            The canvas; the next call draws on it again.
        """
        self._make_room(image, size)
        now, spec = scene.now, scene.spec
        if math.isnan(self._began):
            self._began = scene.sample.t
        elapsed_s = scene.sample.t - self._began
        if spec is not None and scene.coaching is not None:
            return self._overlay_for(spec, now).draw(
                image,
                scene.sample,
                scene.coaching,
                paused=paused,
                hurt=hurt,
                camera_lost=camera_lost,
                notice=scene.notice,
                elapsed_s=elapsed_s,
                onto=self._canvas,
            )
        if now is None:
            np.copyto(self._canvas, image)
            return self._canvas
        return self._made_between().draw(
            image,
            now,
            state_message(paused, hurt, camera_lost),
            self._canvas,
            praise=self._praise_of(scene.last_set),
            elapsed_s=elapsed_s,
            stale=camera_lost,
        )

    def draw_end(self, praise: Praise, size: tuple[int, int] | None = None) -> Image:
        """Draw the last card of a session over its last picture."""
        self._make_room(self._image, size)
        return self._made_between().draw_end(self._image, praise, self._canvas)

    def _make_room(self, image: Image, size: tuple[int, int] | None) -> None:
        """Begin anew where the screen or the camera's picture has another size now."""
        wide, high = size or (image.shape[1], image.shape[0])
        if self._canvas.shape != (high, wide, 3) or self._image.shape != image.shape:
            self._canvas = np.empty((high, wide, 3), np.uint8)
            self._between = self._overlay = None
        self._image = image

    @property
    def _sizes(self) -> tuple[int, int, tuple[int, int]]:
        """Width and height of the canvas, and those of the picture."""
        (high, wide, _), (own_high, own_wide, _) = self._canvas.shape, self._image.shape
        return wide, high, (own_wide, own_high)

    def _made_between(self) -> Between:
        if self._between is None:
            width, height, picture = self._sizes
            self._between = Between(width, height, mirror=self._mirror, picture=picture, say=self._say)
        return self._between

    def _overlay_for(self, spec: Spec, now: Now | None) -> Overlay:
        """The overlay of the exercise that is on; a new one for each set."""
        of = None if now is None else (now.step, now.set)
        if self._overlay is None or self._overlay_of != of:
            width, height, picture = self._sizes
            self._overlay_of = of
            self._overlay = Overlay(
                spec,
                width,
                height,
                mirror=self._mirror,
                title="" if now is None else now.where,
                after="" if now is None else now.progress,
                picture=picture,
                all_angles=self._all_angles,
                ghost=self._ghost_of(spec),
                say=self._say,
            )
        return self._overlay

    def _ghost_of(self, spec: Spec) -> Ghost | None:
        """That of an exercise, worked out once for all its sets."""
        if self._ghosts is None:
            return None
        if spec.id not in self._ghosts:
            self._ghosts[spec.id] = Ghost(spec)
        return self._ghosts[spec.id]

    def _praise_of(self, report: SessionReport | None) -> Praise | None:
        """What to tell of a set, thought of once."""
        if report is None:
            return None
        if self._praise is None or self._praise[0] is not report:
            self._praise = report, after_set(report, self._say)
        return self._praise[1]
