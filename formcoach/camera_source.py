"""Where live pictures come from: a webcam, a camera on the network, or a video at its own pace.

Each source is a generator that opens its camera at the first `next`, waits for each picture and
raises `FormcoachError` when there will be no more. It closes its camera when it is closed, and must be
used from one thread at a time.
"""

from __future__ import annotations

import os
import re
import sys
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# Else Windows may take 20 s to open a camera. OpenCV looks at it while it is being imported.
os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")

import cv2

from formcoach.errors import FormcoachError
from formcoach.frame import Frame
from formcoach.libav import av
from formcoach.video_file import VideoFile
from formcoach.video_frame import View

Frames = Generator[Frame, None, None]

_PATIENCE_S = 2.0  # a camera may fail to answer for so long, mostly at its start
_WAIT_S = (10, 5)  # for the network: to connect, and for the next picture
_SYSTEMS = {"linux": cv2.CAP_V4L2, "darwin": cv2.CAP_AVFOUNDATION}


def webcam(device: int | str, width: int, height: int, rate: float, opened: float) -> Frames:
    """Pictures of a camera of this machine, as near to the size and rate asked for as it can.

    Args:
        device: its number, or its path such as `/dev/video0`.
        width, height, rate: what to ask for.
        opened: when time started, on the monotonic clock.
    """
    name = f"camera {device}" if isinstance(device, int) else device
    with _quiet():
        camera = cv2.VideoCapture(device, _SYSTEMS.get(sys.platform, cv2.CAP_ANY))
    try:
        if not camera.isOpened():
            raise FormcoachError(_why_not(device, name))
        # Compressed pictures must be asked for first: raw ones of this size come at 10 a second.
        for setting, value in (
            (cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG")),
            (cv2.CAP_PROP_FRAME_WIDTH, width),
            (cv2.CAP_PROP_FRAME_HEIGHT, height),
            (cv2.CAP_PROP_FPS, rate),
            (cv2.CAP_PROP_BUFFERSIZE, 1),
        ):
            camera.set(setting, value)
        seen = ""
        heard = time.monotonic()
        while time.monotonic() - heard < _PATIENCE_S:
            good = camera.grab()
            now = time.monotonic()
            if good:
                good, image = camera.retrieve()
            if good:
                yield Frame(now - opened, image)
                heard, seen = time.monotonic(), " more"  # what the viewer takes is not the camera's delay
            else:
                time.sleep(0.01)
    finally:
        camera.release()
    raise FormcoachError(
        f"No{seen} pictures come from {name}; check its cable, and that no other program is using it."
    )


def stream(address: str, opened: float) -> Frames:
    """Pictures of a camera on the network, for example of a phone.

    Args:
        address: such as `http://192.168.1.5:8080/video` or `rtsp://…`.
        opened: when time started, on the monotonic clock.
    """
    name = public(address)
    view = None
    options = {"rtsp_transport": "tcp", "fflags": "nobuffer", "analyzeduration": "1000000"}
    try:
        with av.open(address, metadata_errors="replace", options=options, timeout=_WAIT_S) as container:
            if not container.streams.video:
                raise FormcoachError(f"There are no pictures at {name}; check the address.")
            pictures = container.streams.video[0]
            pictures.thread_type = "SLICE"  # working on several pictures at once would delay them
            for frame in container.decode(pictures):
                now = time.monotonic()
                view = view or View.of(frame, pictures.sample_aspect_ratio)
                yield Frame(now - opened, view.image(frame))
    except (av.FFmpegError, OSError) as error:
        what = "No more" if view else "No"
        raise FormcoachError(
            f"{what} pictures come from {name} ({_reason(error)}); check the address and the network."
        ) from error
    raise FormcoachError(f"No more pictures come from {name}; it ended its stream.")


def film(path: Path, stop: threading.Event) -> Frames:
    """The pictures of a video, each when its time has come; ends with the video.

    Args:
        path: the video.
        stop: ends the waiting for the next picture.
    """
    with VideoFile(path, ahead=4) as video:
        start = None
        for frame in video:
            now = time.monotonic()
            start = now if start is None else start
            if stop.wait(max(0.0, start + frame.t - now)):
                return
            yield frame
        if video.damaged:
            raise FormcoachError(video.damaged)


def public(address: str) -> str:
    """The address without a password in it."""
    return re.sub(r"//[^/@]*@", "//", address)


def _why_not(device: int | str, name: str) -> str:
    """Why a camera of this machine could not be opened, as far as can be known, and what to do."""
    path = Path(f"/dev/video{device}" if isinstance(device, int) else device)
    if sys.platform == "linux":
        there = sorted(other.name.removeprefix("video") for other in Path("/dev").glob("video*"))
        if not path.exists():
            other = f"there is {', '.join(there)}" if there else "no camera is connected"
            return f"There is no {name}: {other}; connect one or name another."
        if not os.access(path, os.R_OK | os.W_OK):
            return f"You may not use {name}; ask for access to {path} (often the group `video`)."
    return (
        f"Cannot open {name}; check that it is connected, that no other program is using it, and "
        "that the system's privacy settings allow it, or try another number."
    )


def _reason(error: Any) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()


@contextmanager
def _quiet() -> Iterator[None]:
    """Without OpenCV's own words about a camera that is not there."""
    level = cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    try:
        yield
    finally:
        cv2.utils.logging.setLogLevel(level)
