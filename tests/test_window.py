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


@pytest.mark.display
def test_a_window_opens_shows_and_closes():
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        pytest.skip("there is no display; run under Xvfb to have one")
    done = subprocess.run(
        [sys.executable, "-c", SHOW], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout == "shown\n", done.stderr


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
    # The other way round, opening a window hangs for ever on Linux.
    code = f"import sys, formcoach.{module}; print([m for m in sys.modules if m in ('cv2', 'av')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['cv2', 'av']"
