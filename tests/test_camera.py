from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import cv2
import numpy as np
import pytest

from formcoach import camera, camera_source
from formcoach.camera import LiveCamera
from formcoach.errors import FormcoachError
from formcoach.frame import Frame
from little_videos import make_video, quarters


def watch(live: LiveCamera, pause_s: float = 0.0) -> list[Frame]:
    """Every picture that a viewer sees who needs `pause_s` for each, until the camera ends."""
    seen = []
    while True:
        frame = live.latest(5.0)
        if frame is None and live.ended:
            return seen
        if frame is not None:
            seen.append(frame)
            time.sleep(pause_s)


def refused(source: int | str) -> str:
    with pytest.raises(FormcoachError) as caught:
        LiveCamera(source)
    return str(caught.value)


@pytest.fixture(autouse=True)
def no_thread_stays() -> Iterator[None]:
    before = threading.active_count()
    yield
    deadline = time.monotonic() + 10  # one that was told to go may need a moment
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threading.active_count() == before


class FakeWebcam:
    """Stands in for `cv2.VideoCapture`: gives `count` pictures, then none, or waits for ever."""

    count = 5
    opens = True
    hangs = threading.Event()
    made: ClassVar[list[FakeWebcam]]

    def __init__(self, device: int | str, system: int) -> None:
        self.device, self.asked, self.given, self.released = device, [], 0, False
        self.made.append(self)

    def isOpened(self) -> bool:  # noqa: N802
        return self.opens

    def set(self, setting: int, value: float) -> bool:
        self.asked.append((setting, value))
        return True

    def grab(self) -> bool:
        if self.given == self.count:
            self.hangs.wait()
            return False
        self.given += 1
        time.sleep(0.002)
        return True

    def retrieve(self) -> tuple[bool, np.ndarray]:
        return True, quarters(64, 48, self.given)

    def release(self) -> None:
        self.released = True


@pytest.fixture
def webcam(monkeypatch: pytest.MonkeyPatch) -> type[FakeWebcam]:
    class Webcam(FakeWebcam):
        made: ClassVar[list[FakeWebcam]] = []
        hangs = threading.Event()

    Webcam.hangs.set()
    monkeypatch.setattr(camera_source.cv2, "VideoCapture", Webcam)
    monkeypatch.setattr(camera_source, "_PATIENCE_S", 0.05)
    return Webcam


@pytest.mark.parametrize(("source", "device"), [(0, 0), ("2", 2), ("/dev/video1", "/dev/video1")])
def test_a_webcam(webcam: type[FakeWebcam], source: int | str, device: int | str) -> None:
    with LiveCamera(source, width=640, height=360, rate=25) as live:
        assert (live.width, live.height, live.is_file) == (64, 48, False)
        seen = watch(live)
    (one,) = webcam.made
    assert one.device == device and one.released
    assert one.asked == [
        (cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG")),
        (cv2.CAP_PROP_FRAME_WIDTH, 640),
        (cv2.CAP_PROP_FRAME_HEIGHT, 360),
        (cv2.CAP_PROP_FPS, 25),
        (cv2.CAP_PROP_BUFFERSIZE, 1),
    ]
    assert len(seen) + live.dropped == 5
    times = [frame.t for frame in seen]
    assert times == sorted(set(times)) and times[0] >= 0
    name = f"camera {device}" if isinstance(device, int) else device
    assert live.failure == (
        f"No more pictures come from {name}; check its cable, and that no other program is using it."
    )


def test_a_clock_that_is_set_back_moves_no_picture(
    webcam: type[FakeWebcam], monkeypatch: pytest.MonkeyPatch
) -> None:
    hours = iter(range(1_000_000))
    monkeypatch.setattr(time, "time", lambda: 1e9 - 3600 * next(hours))
    with LiveCamera(0) as live:
        times = [frame.t for frame in watch(live)]
    assert times == sorted(set(times)) and times[0] >= 0 and times[-1] < 3600


def test_a_webcam_opened_by_the_caller_as_macos_needs(
    webcam: type[FakeWebcam], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(camera, "_OPEN_HERE", True)
    with LiveCamera(0) as live:
        seen = watch(live)
    assert len(seen) + live.dropped == 5
    assert webcam.made[0].released
    webcam.opens = False
    assert "camera 0" in refused(0)


def test_a_webcam_that_gives_nothing(webcam: type[FakeWebcam]) -> None:
    webcam.count = 0
    assert refused(0) == (
        "No pictures come from camera 0; check its cable, and that no other program is using it."
    )
    assert webcam.made[0].released


def test_a_webcam_that_hangs(webcam: type[FakeWebcam], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "_SILENCE_S", 0.1)
    monkeypatch.setattr(camera, "_CLOSE_S", 0.1)
    webcam.hangs.clear()
    with LiveCamera(0) as live:
        while not live.ended:
            live.latest(0.05)
        assert live.failure == "The pictures of camera 0 stopped coming; check its cable or the network."
    webcam.hangs.set()
    live.close()
    assert live.failure.startswith("The pictures of camera 0 stopped")


def test_a_webcam_that_never_answers(webcam: type[FakeWebcam], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "_OPEN_S", 0.1)
    monkeypatch.setattr(camera, "_CLOSE_S", 0.1)
    webcam.count = 0
    webcam.hangs.clear()
    threading.Timer(0.5, webcam.hangs.set).start()
    assert refused(0) == "No picture came from camera 0 in 0 s."
    webcam.hangs.wait()
    while not webcam.made[0].released:
        time.sleep(0.01)


def test_a_slow_viewer_sees_the_newest_and_never_a_queue(webcam: type[FakeWebcam]) -> None:
    webcam.count = 60
    with LiveCamera(0) as live:
        seen = watch(live, 0.02)
    assert live.dropped > 0 and len(seen) + live.dropped == 60
    assert np.array_equal(seen[-1].image, quarters(64, 48, 60))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="knows the cameras of Linux")
def test_a_webcam_that_is_not_there(capfd: pytest.CaptureFixture[str]) -> None:
    assert refused(93).startswith("There is no camera 93: ")
    assert refused("/dev/video93").startswith("There is no /dev/video93: ")
    assert capfd.readouterr() == ("", "")


def test_a_name_that_is_nothing() -> None:
    assert refused("nothing.mp4") == (
        "There is no camera or video nothing.mp4; give a camera's number (the first is 0), "
        "an address or a file."
    )


def test_a_video_at_its_own_pace(tmp_path: Path) -> None:
    path = make_video(tmp_path / "a.mp4", [0, 40, 80, 200, 240, 400])
    start = time.monotonic()
    with LiveCamera(str(path)) as live:
        assert (live.name, live.width, live.height, live.is_file) == ("a.mp4", 64, 48, True)
        seen = []
        while (frame := live.latest(5.0)) is not None:
            seen.append(frame.t)
            assert time.monotonic() - start >= frame.t
        assert live.ended and live.failure == ""
        assert live.latest(5.0) is None
    assert seen[-1] == pytest.approx(0.4)
    assert len(seen) + live.dropped == 6
    assert set(np.round(seen, 3)) <= {0, 0.04, 0.08, 0.2, 0.24, 0.4}


def test_a_slow_viewer_of_a_video_misses_pictures_but_not_the_last(tmp_path: Path) -> None:
    path = make_video(tmp_path / "a.mp4", range(0, 800, 20))
    with LiveCamera(path) as live:
        seen = watch(live, 0.1)
    assert live.dropped > 0 and len(seen) + live.dropped == 40
    assert seen[-1].t == pytest.approx(0.78)


def test_no_new_picture_in_time(tmp_path: Path) -> None:
    with LiveCamera(make_video(tmp_path / "a.mp4", [0, 60_000])) as live:
        assert live.latest(5.0) is not None
        assert live.latest(0.01) is None
        assert not live.ended


def test_a_damaged_video_says_so_at_its_end(tmp_path: Path) -> None:
    path = make_video(tmp_path / "a.mp4", range(0, 3000, 10), early_index=True)
    path.write_bytes(path.read_bytes()[: 2 * path.stat().st_size // 5])
    with LiveCamera(path) as live:
        watch(live)
        assert live.failure.startswith("a.mp4 breaks off: ")


def test_a_file_that_is_no_video(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(bytes(100))
    assert refused(str(tmp_path / "a.mp4")) == (
        f"{tmp_path / 'a.mp4'} is not a video, or too damaged to be read."
    )


class Phone(BaseHTTPRequestHandler):
    """Sends thirty pictures one after another, as apps that make a phone a camera do."""

    def do_GET(self) -> None:
        if self.path != "/video":
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=next")
        self.end_headers()
        _, jpeg = cv2.imencode(".jpg", quarters(64, 48))
        for _ in range(30):
            self.wfile.write(b"--next\r\nContent-Type: image/jpeg\r\n")
            self.wfile.write(b"Content-Length: %d\r\n\r\n%b\r\n" % (len(jpeg), jpeg.tobytes()))
            time.sleep(0.01)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def phone() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Phone) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/video"
        server.shutdown()
        thread.join()


def test_a_phone_as_a_camera() -> None:
    with phone() as address, LiveCamera(address) as live:
        assert (live.width, live.height, live.name) == (64, 48, address)
        seen = watch(live)
        assert 0 < len(seen) + live.dropped <= 30
        assert live.failure.startswith(f"No more pictures come from {address}")


def test_an_address_without_a_camera() -> None:
    with phone() as address:
        assert refused(f"{address}2") == (
            f"No pictures come from {address}2 (server returned 404 not found); "
            "check the address and the network."
        )


def test_a_password_is_not_repeated() -> None:
    assert refused("http://me:secret@127.0.0.1:9/x").startswith(
        "No pictures come from http://127.0.0.1:9/x ("
    )
