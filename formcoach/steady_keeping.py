"""Keeping a live session: what can no longer be kept is given up, and the session goes on.

The disk is full, a quota is used up, the stick with the recordings is pulled out: whoever is in front of the
camera goes on being coached, and is told once.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Self

from formcoach.actions import Action
from formcoach.errors import FormcoachError
from formcoach.frame import Image
from formcoach.landmarks import PoseSample
from formcoach.showing import Scene

if TYPE_CHECKING:
    from formcoach.recording import RecordingWriter
    from formcoach.video_out import VideoWriter

NO_LONGER = "No longer recorded"
"""On the screen, where the coach's notices stand."""

NOTICE_S = 15.0
"""So long it stands there while an exercise is on."""


class Unkept:
    """What can no longer be kept: each told once, and for a while on the screen.

    Args:
        say: takes a sentence.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._said: set[str] = set()
        self._since = math.nan

    def tell(self, why: str) -> None:
        """Say a sentence that was not said before."""
        if why not in self._said:
            self._said.add(why)
            self._say(why)

    def shown(self, scene: Scene) -> Scene:
        """The scene with the notice, as long as that stands."""
        if not self._said or scene.coaching is None or scene.spec is None:
            return scene
        if math.isnan(self._since):
            self._since = scene.t
        return replace(scene, notice=NO_LONGER) if scene.t - self._since < NOTICE_S else scene


class SteadyRecorder:
    """Keeps samples and actions in a recording until that fails.

    Args:
        recorder: open; it is closed here.
        unkept: is told why it failed.
    """

    def __init__(self, recorder: RecordingWriter, unkept: Unkept) -> None:
        self._recorder = recorder
        self._unkept = unkept
        self._given_up = False

    def add(self, sample: PoseSample) -> None:
        """Keep one sample."""
        self._keep(lambda: self._recorder.add(sample))

    def act(self, action: Action) -> None:
        """Keep one action, in its place among the samples."""
        self._keep(lambda: self._recorder.act(action))

    def close(self, footer: dict[str, object]) -> None:
        """Write what is left and the footer; without one the recording says itself that it breaks off."""
        self._given_up = False  # it has to be closed, whatever came before
        self._keep(lambda: self._recorder.close(footer))

    def _keep(self, keep: Callable[[], None]) -> None:
        if self._given_up:
            return
        try:
            keep()
        except FormcoachError as error:
            self._given_up = True
            self._unkept.tell(str(error))


class SteadyVideo:
    """Keeps the camera's pictures in a video until that fails; use it in a `with` block, as the video.

    Args:
        video: just made.
        unkept: is told why it failed.
    """

    def __init__(self, video: VideoWriter, unkept: Unkept) -> None:
        self._video: VideoWriter | None = video
        self._unkept = unkept

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._video is None:
            return
        try:
            self._video.__exit__(kind, error, trace)
        except FormcoachError as failure:
            self._unkept.tell(str(failure))

    def write(self, image: Image, t: float) -> None:
        """Add a picture, as `VideoWriter.write` does."""
        if self._video is None:
            return
        try:
            self._video.write(image, t)
        except FormcoachError as failure:
            self._video = None
            self._unkept.tell(str(failure))
