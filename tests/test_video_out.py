from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import av
import numpy as np
import pytest

from formcoach import video_out
from formcoach.errors import FormcoachError
from formcoach.frame import Frame
from formcoach.video_file import VideoFile
from formcoach.video_out import VideoWriter
from little_videos import BLUE, GREEN, RED, WHITE, colours, make_video, quarters


@pytest.fixture(autouse=True)
def no_thread_stays() -> object:
    before = threading.active_count()
    yield
    deadline = time.monotonic() + 10  # one that was told to go may need a moment
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threading.active_count() == before


def write(path: Path, times: list[float], size: tuple[int, int] = (64, 48)) -> None:
    with VideoWriter(path, *size, rate=25.0) as writer:
        for number, t in enumerate(times):
            writer.write(quarters(*size, number), t)


def read(path: Path) -> list[Frame]:
    with VideoFile(path) as video:
        frames = list(video)
        assert video.damaged == ""
    return frames


def write_for_long(writer: VideoWriter) -> None:
    for number in range(1000):
        writer.write(quarters(64, 48), number / 25)


def refused(path: Path) -> str:
    with pytest.raises(FormcoachError) as caught:
        VideoWriter(path, 64, 48, rate=25.0)
    return str(caught.value)


def test_pictures_and_times_come_back(tmp_path: Path) -> None:
    times = [0, 0.01, 0.03, 0.3, 0.305, 1.0, 3.0, 3.04]
    write(tmp_path / "a.mp4", times)
    frames = read(tmp_path / "a.mp4")
    assert [frame.t for frame in frames] == pytest.approx(times, abs=6e-6)
    assert all(colours(frame.image) == [RED, GREEN, BLUE, WHITE] for frame in frames)
    assert np.abs(frames[3].image[6:18, 6:26].astype(int) - quarters(64, 48, 3)[6:18, 6:26]).max() <= 6
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"]


def test_it_is_what_browsers_play(tmp_path: Path) -> None:
    times = [0, 0.01, 0.3, 3.0]
    write(tmp_path / "a.mp4", times)
    with av.open(str(tmp_path / "a.mp4")) as container:
        (stream,) = container.streams
        context = stream.codec_context
        assert (context.name, context.pix_fmt) == ("h264", "yuv420p")
        assert (context.colorspace, context.color_range) == (6, 1)
        assert float(stream.duration * stream.time_base) == pytest.approx(3.04, abs=0.001)
    data = (tmp_path / "a.mp4").read_bytes()
    assert 0 < data.index(b"moov") < data.index(b"mdat")


@pytest.mark.parametrize("size", [(65, 49), (64, 49), (65, 48), (1, 1)])
def test_odd_sizes_are_padded(tmp_path: Path, size: tuple[int, int]) -> None:
    write(tmp_path / "a.mp4", [0, 0.04], size)
    (first, _) = read(tmp_path / "a.mp4")
    assert first.image.shape == (size[1] + size[1] % 2, size[0] + size[0] % 2, 3)


def test_pictures_of_another_size_keep_their_shape(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "a.mp4", 64, 48, rate=None) as writer:
        writer.write(quarters(64, 48), 0.0)
        writer.write(np.full((100, 50, 3), 255, np.uint8), 0.04)
    turned = read(tmp_path / "a.mp4")[1].image
    assert turned.shape == (48, 64, 3)
    assert turned[24, 32].min() > 240 and turned[24, 4].max() < 16 and turned[24, 60].max() < 16
    assert turned[2, 32].min() > 240 and turned[46, 32].min() > 240


def test_time_starts_with_the_first_picture_and_goes_on(tmp_path: Path) -> None:
    write(tmp_path / "a.mp4", [7.0, 7.04, 7.04, 7.0, 7.2])
    times = [frame.t for frame in read(tmp_path / "a.mp4")]
    assert times == pytest.approx([0, 0.04, 0.04, 0.04, 0.2], abs=3e-5)
    assert times == sorted(set(times))


def test_a_picture_may_be_changed_after_it_was_given(tmp_path: Path) -> None:
    image = quarters(64, 48)
    with VideoWriter(tmp_path / "a.mp4", 64, 48, rate=25.0) as writer:
        for number in range(20):
            image[:] = quarters(64, 48)
            writer.write(image, number / 25)
            image[:] = 0
    assert all(colours(frame.image) == [RED, GREEN, BLUE, WHITE] for frame in read(tmp_path / "a.mp4"))


def test_an_old_video_is_replaced_only_at_the_end(tmp_path: Path) -> None:
    path = make_video(tmp_path / "a.mp4")
    old = path.read_bytes()
    with VideoWriter(path, 64, 48, rate=25.0) as writer:
        writer.write(quarters(64, 48), 0.0)
        assert path.read_bytes() == old
    assert len(read(path)) == 1


def test_an_error_leaves_what_was_there(tmp_path: Path) -> None:
    path = make_video(tmp_path / "a.mp4")
    with pytest.raises(ZeroDivisionError), VideoWriter(path, 64, 48, rate=25.0) as writer:
        writer.write(quarters(64, 48), 1 / len(path.name[9:]))
    assert len(read(path)) == 25
    assert list(tmp_path.iterdir()) == [path]


def test_no_picture_no_video(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "a.mp4", 64, 48, rate=25.0) as writer:
        pass
    writer.close()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ValueError, match="closed"):
        writer.write(quarters(64, 48), 0.0)


CRASHES = """
import os, sys
from pathlib import Path
import numpy as np
from formcoach.video_out import VideoWriter
writer = VideoWriter(Path(sys.argv[1]), 64, 48, rate=25.0)
for number in range(50):
    writer.write(np.zeros((48, 64, 3), np.uint8), number / 25)
os._exit(3)
"""


def test_a_crash_leaves_nothing_under_the_videos_name(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", CRASHES, str(tmp_path / "a.mp4")], check=False)
    assert done.returncode == 3
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4.part"]
    write(tmp_path / "a.mp4", [0, 0.04])
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"]


def test_what_cannot_be_written_is_said_at_once(tmp_path: Path) -> None:
    assert refused(tmp_path / "no" / "a.mp4") == (
        f"There is no folder {tmp_path / 'no'} to write the video to; make it first."
    )
    path = tmp_path / "a.avi"
    assert refused(path) == f"A video cannot be written to {path}; give it a name that ends in .mp4."
    (tmp_path / "b.mp4").mkdir()
    assert refused(tmp_path / "b.mp4").endswith(" is a folder; add the name of the video to write.")
    (tmp_path / "c.mp4.part").mkdir()
    assert refused(tmp_path / "c.mp4") == (
        f"The video {tmp_path / 'c.mp4'} cannot be written (is a directory); choose another folder."
    )


def test_a_failing_disk_is_said_and_nobody_waits_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "a.mp4"
    sentence = rf"^The video {path} could not be written \(no space left on device\)\.$"
    monkeypatch.setattr(VideoWriter, "_encode", fail)
    writer = VideoWriter(path, 64, 48, rate=25.0)
    with pytest.raises(FormcoachError, match=sentence):
        write_for_long(writer)
    writer.close()
    writer = VideoWriter(path, 64, 48, rate=25.0)
    with pytest.raises(FormcoachError, match=sentence):
        writer.close()
    assert list(tmp_path.iterdir()) == []


def test_a_finished_video_is_kept_when_its_name_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    writer = VideoWriter(path, 64, 48, rate=25.0)
    writer.write(quarters(64, 48), 0.0)
    path.mkdir()
    with pytest.raises(FormcoachError, match=r"it is kept as .*a\.mp4\.part\.$"):
        writer.close()
    assert len(read(tmp_path / "a.mp4.part")) == 1


def test_another_encoder_takes_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(video_out, "_ENCODERS", {"no such encoder": {}, "libvpx-vp9": {}})
    write(tmp_path / "a.mp4", [0, 0.04, 0.5])
    assert [frame.t for frame in read(tmp_path / "a.mp4")] == pytest.approx([0, 0.04, 0.5], abs=0.001)


def test_no_encoder_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(video_out, "_ENCODERS", {"no such encoder": {}})
    assert refused(tmp_path / "a.mp4") == (
        "No H.264 encoder works here, so no video can be written; reinstall PyAV (`av`)."
    )
    assert list(tmp_path.iterdir()) == []
