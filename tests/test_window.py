"""The real window, in a process of its own under whatever display there is."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

SHOW = """
import numpy as np
import formcoach.video_out  # what a live session has loaded by then
from formcoach.window import Window
with Window("formcoach") as window:
    for shade in range(0, 250, 25):
        window.show(np.full((360, 640, 3), shade, np.uint8))
        assert window.key() == ""
print("shown")
"""


SIZES = """
import cv2, numpy as np
from formcoach.window import Window
with Window("formcoach") as window:
    print(window.size())
    for width, height in ((640, 360), (800, 450)):
        window.show(np.zeros((height, width, 3), np.uint8))
        cv2.resizeWindow("formcoach", width, height)
        for _ in range(5):
            window.key()
        print(window.size())
"""

KEYS = """
import cv2, numpy as np
from unittest.mock import patch
from formcoach.window import Window

def pressed(window, key):
    with patch.object(cv2, "waitKeyEx", lambda _ms: key):
        return window.key()

with Window("formcoach", full_screen=True) as window:
    window.show(np.zeros((360, 640, 3), np.uint8))
    full = lambda: cv2.getWindowProperty("formcoach", cv2.WND_PROP_FULLSCREEN) == cv2.WINDOW_FULLSCREEN
    print(full(), repr(pressed(window, ord("f"))), full(), repr(pressed(window, ord("f"))), full())
    print(*(repr(pressed(window, key)) for key in (27, ord("n"), ord("x"), -1)))
    cv2.destroyWindow("formcoach")
    print(window.key(), window.size())
"""


def run(script: str) -> str:
    """What a script prints in a process of its own."""
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        pytest.skip("there is no display; run under Xvfb to have one")
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.display
def test_a_window_opens_shows_and_closes():
    assert run(SHOW) == "shown\n"


@pytest.mark.display
def test_a_window_says_how_large_a_picture_it_takes():
    assert run(SIZES).splitlines() == ["None", "(640, 360)", "(800, 450)"]


@pytest.mark.display
def test_a_key_goes_to_full_screen_and_back_and_a_closed_window_says_so():
    assert run(KEYS).splitlines() == ["True '' False '' True", "'end' 'next' 'other' ''", "closed None"]


def test_a_display_that_does_not_answer_is_said_in_a_sentence(monkeypatch):
    if sys.platform != "linux":
        pytest.skip("only Linux has no display to have")
    from formcoach.errors import FormcoachError
    from formcoach.window import Window

    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":4711")
    with pytest.raises(FormcoachError, match="the display :4711 does not answer"):
        Window("formcoach")


@pytest.mark.parametrize("module", ["video_file", "video_out", "camera", "replaying", "live", "evaluating"])
def test_opencv_is_always_loaded_before_pyav(module):
    # The other way round, opening a window hangs for ever on Linux. PyAV may come only with a video.
    code = f"import sys, formcoach.{module}; print([m for m in sys.modules if m in ('cv2', 'av')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() in ("['cv2', 'av']", "['cv2']")
