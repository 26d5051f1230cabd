"""Playing a session back in the window: a clock moves on through it, and keys move about in it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial

import numpy as np

from formcoach.frame import Image
from formcoach.language import Say
from formcoach.live import Screen
from formcoach.overlay.design import Design
from formcoach.overlay.strip import Strip
from formcoach.played import Played
from formcoach.player import SEEK_S, Player
from formcoach.showing import Scene, Showing
from formcoach.window import CLOSED

KEYS = {
    ord(" "): "toggle",
    ord(","): "picture back",
    ord("."): "picture on",
    ord("-"): "slower",
    ord("+"): "faster",
    ord("="): "faster",  # where + is above it
    ord("b"): "attempt back",
    ord("n"): "attempt on",
    ord("x"): "fault back",
    ord("c"): "fault on",
    ord("r"): "restart",
    ord("f"): "whole screen",
    ord("q"): "end",
    27: "end",
    # Arrows as X11, Windows and macOS number them.
    **dict.fromkeys((0xFF51, 0x250000, 0xF702), "back"),
    **dict.fromkeys((0xFF53, 0x270000, 0xF703), "on"),
}
"""What each key does; 27 is Escape."""

TURN_S = 0.01
"""Between two looks at the keys."""


class Playback:
    """One session on one screen.

    Args:
        played: the session.
        picture: gives the picture behind a sample, by its number.
        screen: where it is shown.
        showing: draws its scenes.
        shown_as: makes the scene that is shown of one that was decided, as in another language.
        say: gives a text in the language of the screen.
    """

    def __init__(
        self,
        played: Played,
        picture: Callable[[int], Image],
        screen: Screen,
        showing: Showing,
        *,
        shown_as: Callable[[Scene], Scene] = lambda scene: scene,
        say: Say = str,
    ) -> None:
        self._played, self._picture, self._screen = played, picture, screen
        self._showing, self._shown_as, self._say = showing, shown_as, say
        self.player = Player(played.times)
        self._does = _wishes(self.player, played)
        self._strip: Strip | None = None
        self._canvas: Image = np.empty((0, 0, 3), np.uint8)

    def run(
        self, clock: Callable[[], float] = time.monotonic, wait: Callable[[float], None] = time.sleep
    ) -> None:
        """Play it until the person ends it; at its end it stands still.

        Args:
            clock: seconds that pass.
            wait: waits for so many of them.
        """
        drawn: object = None
        last = clock()
        with suppress(KeyboardInterrupt):  # ends it as a closed window does
            while (key := self._screen.key()) not in ("end", CLOSED):
                self._does.get(key, _nothing)()
                now = clock()
                self.player.advance(now - last)
                last = now
                state = self.player.sample, self.player.playing, self.player.speed, self._screen.size()
                if state != drawn:
                    self._screen.show(self._draw())
                    drawn = state
                wait(TURN_S)

    def _draw(self) -> Image:
        number = self.player.sample
        moment, picture = self._played.moments[number], self._picture(number)
        wide, high = self._screen.size() or _roomy(picture)
        strip = self._strip_for(wide, high)
        scene = self._showing.draw(
            picture,
            self._shown_as(moment.scene),
            paused=moment.paused,
            hurt=moment.hurt,
            size=(wide, high - strip.height),
        )
        np.copyto(self._canvas[: len(scene)], scene)
        strip.draw(self._canvas)
        return self._canvas

    def _strip_for(self, wide: int, high: int) -> Strip:
        """The strip for this size of screen; a new one where it has changed."""
        if self._strip is None or self._canvas.shape[:2] != (high, wide):
            self._canvas = np.empty((high, wide, 3), np.uint8)
            design = Design(wide, high, self._say)
            self._strip = Strip(design, self.player, self._played.attempts, self._played.faults)
        return self._strip


def _wishes(player: Player, played: Played) -> Mapping[str, Callable[[], None]]:
    """What is done for each value of `KEYS`; the end and the whole screen are seen to elsewhere."""
    return {
        "toggle": player.toggle,
        "restart": player.restart,
        "slower": player.slower,
        "faster": player.faster,
        "back": partial(player.seek, -SEEK_S),
        "on": partial(player.seek, SEEK_S),
        "picture back": partial(player.step, -1),
        "picture on": partial(player.step, 1),
        "attempt back": partial(player.to_previous, played.attempts),
        "attempt on": partial(player.to_next, played.attempts),
        "fault back": partial(player.to_previous, played.faults),
        "fault on": partial(player.to_next, played.faults),
    }


def _nothing() -> None:
    """What any other key does."""


def _roomy(picture: Image) -> tuple[int, int]:
    """Width and height of a window for pictures of this size, where none is known yet."""
    scale = max(1.0, 720 / picture.shape[0])
    return round(picture.shape[1] * scale), round(picture.shape[0] * scale)
