"""The window of a live session, and its keys."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from collections.abc import Mapping

import cv2

from formcoach.errors import FormcoachError
from formcoach.frame import Image

KEYS = {
    ord(" "): "pause",
    ord("h"): "hurts",
    ord("g"): "gentle",
    ord("n"): "next",
    ord("r"): "restart",
    ord("s"): "swap",
    ord("f"): "whole screen",
    ord("q"): "end",
    27: "end",
}
"""What each key does; 27 is Escape. The window itself goes to the whole screen and back."""

OTHER_KEY = "other"
"""Given for a key that asks for nothing."""

CLOSED = "closed"
"""Given for ever once somebody has closed the window."""

SMALLEST = 160
"""Pixels, either way: where a window says that it is smaller than that, it is not laid out yet."""

LISTEN_MS = 1

X11_OTHER_KEYS = 0xFF00
"""From here on X11 numbers the keys that write nothing, such as the arrows."""


class Window:
    """A window, or the whole screen; a context manager.

    Args:
        title: what stands on its frame.
        full_screen: begin on the whole screen.
        keys: what each key does, by its code; the window itself sees to "whole screen".

    Raises:
        FormcoachError: this machine has no display, or this OpenCV no windows.
    """

    def __init__(self, title: str, *, full_screen: bool = False, keys: Mapping[int, str] = KEYS) -> None:
        _require_display()
        self._keys = keys
        self._title = title
        self._shown = False
        self._full_screen = False
        try:
            # Without KEEPRATIO: what is shown is as large as the window, see `size`.
            cv2.namedWindow(title, cv2.WINDOW_NORMAL | cv2.WINDOW_FREERATIO | cv2.WINDOW_GUI_NORMAL)
        except cv2.error as error:
            raise _no_window(str(error.err or error).strip()) from None
        if full_screen:
            self._switch()

    def __enter__(self) -> Window:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def size(self) -> tuple[int, int] | None:
        """Width and height that a picture must have to fill it, pixels; None while that is not known."""
        if not self._shown:
            return None
        try:
            _, _, width, height = cv2.getWindowImageRect(self._title)
        except cv2.error:
            return None
        return (width, height) if min(width, height) >= SMALLEST else None

    def show(self, image: Image) -> None:
        """Show a picture; in a window, the first one gives it its size."""
        if not self._shown and not self._full_screen:
            cv2.resizeWindow(self._title, image.shape[1], image.shape[0])
        self._shown = True
        cv2.imshow(self._title, image)

    def key(self) -> str:
        """What was asked for since the last call: a value of its keys, `OTHER_KEY`, `CLOSED`, or empty."""
        code = cv2.waitKeyEx(LISTEN_MS)
        if self._shown and self._is_closed():
            return CLOSED
        if code < 0:
            return ""
        asked = self._keys.get(code) or self._keys.get(_plain(code), OTHER_KEY)
        if asked == "whole screen":
            self._switch()
            return ""
        return asked

    def close(self) -> None:
        """Close it; closing twice is fine."""
        if not self._is_closed():
            cv2.destroyWindow(self._title)
            cv2.waitKey(LISTEN_MS)

    def _switch(self) -> None:
        """To the whole screen, or back."""
        self._full_screen = not self._full_screen
        how = cv2.WINDOW_FULLSCREEN if self._full_screen else cv2.WINDOW_NORMAL
        cv2.setWindowProperty(self._title, cv2.WND_PROP_FULLSCREEN, how)

    def _is_closed(self) -> bool:
        try:
            return bool(cv2.getWindowProperty(self._title, cv2.WND_PROP_VISIBLE) < 1)
        except cv2.error:
            return True


def _plain(code: int) -> int:
    """A key's code without what is held down or locked with it; X11 has signs below and other keys above."""
    code &= 0xFFFF
    return code if code >= X11_OTHER_KEYS else code & 0xFF


def _require_display() -> None:
    """OpenCV's window system ends the whole process where it finds no display: look first."""
    if not sys.platform.startswith("linux") or os.environ.get("WAYLAND_DISPLAY"):
        return
    display = os.environ.get("DISPLAY", "")
    if not display:
        raise _no_window("there is no display")
    number = display.removeprefix(":").partition(".")[0]
    if display.startswith(":") and number.isdigit() and not _answers(number):
        raise _no_window(f"the display {display} does not answer")


def _answers(number: str) -> bool:
    """Whether a display of this machine takes a connection, at either of its two addresses."""
    for address in (f"\0/tmp/.X11-unix/X{number}", f"/tmp/.X11-unix/X{number}"):
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as door:
            door.connect(address)
            return True
    return False


def _no_window(why: str) -> FormcoachError:
    return FormcoachError(
        f"No window can be shown here: {why}; run formcoach on a desktop, or replay a video with --video."
    )
