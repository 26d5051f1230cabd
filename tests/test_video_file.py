from __future__ import annotations

import threading
from fractions import Fraction
from itertools import pairwise, product
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcoach.errors import FormcoachError
from formcoach.frame import Frame
from formcoach.video_file import VideoFile
from formcoach.video_frame import Clock
from little_videos import BLUE, GREEN, RED, WHITE, colours, make_video, quarters

LATE_FAULT = Path(__file__).parent / "hostile" / "late-fault.video"


def read(path: Path) -> list[Frame]:
    with VideoFile(path) as video:
        return list(video)


def refused(path: Path) -> str:
    with pytest.raises(FormcoachError) as caught:
        VideoFile(path)
    return str(caught.value)


def test_a_plain_video(tmp_path: Path) -> None:
    with VideoFile(make_video(tmp_path / "a.mp4", sound=True)) as video:
        assert (video.width, video.height, video.has_audio) == (64, 48, True)
        assert video.rate == pytest.approx(25, rel=0.01)
        assert video.duration_s == pytest.approx(1.0, abs=0.01)
        assert video.frame_count == 25
        frames = list(video)
        assert video.damaged == ""
        assert list(video) == []
    assert [frame.t for frame in frames] == pytest.approx([number / 25 for number in range(25)])
    for number, frame in enumerate(frames):
        assert frame.image.dtype == np.uint8 and frame.image.shape == (48, 64, 3)
        assert frame.image.flags.c_contiguous
        assert colours(frame.image) == [RED, GREEN, BLUE, WHITE]
        assert abs(int(frame.image[36, 48, 0]) - (255 - number)) <= 8


def test_times_are_the_videos_own(tmp_path: Path) -> None:
    times = [0, 10, 30, 300, 305, 1000, 3000, 3001]
    frames = read(make_video(tmp_path / "a.mkv", times))
    assert [frame.t for frame in frames] == [time / 1000 for time in times]


def test_time_starts_at_the_first_picture(tmp_path: Path) -> None:
    with VideoFile(make_video(tmp_path / "a.mkv", range(5000, 6000, 40))) as video:
        assert video.duration_s == pytest.approx(1.0, abs=0.05)
        frames = list(video)
        assert (frames[0].t, frames[-1].t, video.damaged) == (0.0, 0.96, "")


@pytest.mark.parametrize(
    ("name", "codec", "pixels"),
    [
        ("a.webm", "libvpx", "yuv420p"),
        ("a.avi", "mpeg4", "yuv420p"),
        ("a.ts", "libx264", "yuv420p"),
        ("a.gif", "gif", "rgb8"),
        ("10: 12 %d.mkv", "ffv1", "bgr0"),
        ("http:a.mp4", "libx264", "yuv420p"),
        ("ten-bit.mp4", "libx264", "yuv420p10le"),
    ],
)
def test_many_kinds_of_video(tmp_path: Path, name: str, codec: str, pixels: str) -> None:
    frames = read(make_video(tmp_path / name, codec=codec, pixels=pixels))
    assert len(frames) == 25
    assert all(colours(frame.image) == [RED, GREEN, BLUE, WHITE] for frame in frames)
    assert frames[-1].t == pytest.approx(0.96, abs=0.011)


@pytest.mark.parametrize("name", ["a.png", "a.jpg"])
def test_one_picture_is_a_short_video(tmp_path: Path, name: str) -> None:
    cv2.imwrite(str(tmp_path / name), quarters(33, 21))
    (frame,) = read(tmp_path / name)
    assert frame.t == 0.0 and frame.image.shape == (21, 33, 3)
    assert colours(frame.image) == [RED, GREEN, BLUE, WHITE]


@pytest.mark.parametrize(
    ("degrees", "across", "down"), list(product((0, 90, 180, 270), (False, True), (False, True)))
)
def test_pictures_stand_upright(tmp_path: Path, degrees: int, across: bool, down: bool) -> None:
    path = make_video(tmp_path / "a.mp4", [0, 40], turn=(degrees, across, down))
    shown = np.rot90(quarters(64, 48), degrees // 90)
    shown = shown[:: -1 if down else 1, :: -1 if across else 1]
    with VideoFile(path) as video:
        assert (video.height, video.width) == shown.shape[:2]
        for frame in video:
            assert frame.image.shape == shown.shape and frame.image.flags.c_contiguous
            assert colours(frame.image) == colours(shown)


@pytest.mark.parametrize(("name", "codec"), [("a.mp4", "libx264"), ("a.avi", "mjpeg"), ("a.mkv", "mpeg4")])
def test_pictures_larger_than_4k_are_refused(tmp_path: Path, name: str, codec: str) -> None:
    pixels = "yuvj420p" if codec == "mjpeg" else "yuv420p"
    path = make_video(tmp_path / name, [0], size=(4400, 3000), codec=codec, pixels=pixels)
    assert refused(path) in (
        f"{path} has pictures of 4400 x 3000; make a copy in 4K or smaller.",
        f"{path} is damaged, or larger than 4K: not one picture of it can be read.",
    )


def test_pictures_that_grow_beyond_the_room_on_the_way_are_left_out(tmp_path: Path) -> None:
    """Raw H.264 is a row of pictures, and each whole one says its size."""
    small, large = (
        make_video(tmp_path / name, [0, 40], size=size).read_bytes()
        for name, size in (("small.h264", (64, 48)), ("large.h264", (3600, 2400)))
    )
    both = tmp_path / "both.h264"
    both.write_bytes(small + large + small)
    with VideoFile(both, ahead=8) as video:
        assert [frame.image.shape for frame in video] == [(48, 64, 3)] * 4
        assert video.damaged.endswith("2 of its pictures could not be read.")
    with VideoFile(both, ahead=1) as video:
        assert (2400, 3600, 3) in [frame.image.shape for frame in video]


@pytest.mark.parametrize("size", [(65, 49), (600, 33), (1, 1)])
def test_odd_sizes(tmp_path: Path, size: tuple[int, int]) -> None:
    (frame,) = read(make_video(tmp_path / "a.mkv", [0], size=size, codec="ffv1", pixels="bgr0"))
    assert frame.image.flags.c_contiguous
    assert np.array_equal(frame.image, quarters(*size))


def test_pixels_are_made_square(tmp_path: Path) -> None:
    with VideoFile(make_video(tmp_path / "a.mp4", [0], pixel_shape=Fraction(4, 3))) as video:
        assert (video.width, video.height) == (85, 48)
        assert next(video).image.shape == (48, 85, 3)
    with VideoFile(make_video(tmp_path / "b.mp4", [0], pixel_shape=Fraction(405, 406))) as video:
        assert (video.width, video.height) == (64, 48)


def test_a_video_that_is_cut_short_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = make_video(tmp_path / "a.mp4", range(0, 6000, 40), early_index=True)
    data = path.read_bytes()
    path.write_bytes(data[: 2 * len(data) // 3])
    with VideoFile(path) as video:
        frames = list(video)
        assert 30 < len(frames) < 150
        assert video.damaged == f"a.mp4 breaks off: {frames[-1].t:.1f} s of 6.0 s could be read."


def test_damage_in_the_middle_costs_only_the_damaged_pictures(tmp_path: Path) -> None:
    path = make_video(tmp_path / "a.mp4", range(0, 6000, 40), early_index=True)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 200] = bytes(200)
    path.write_bytes(data)
    with VideoFile(path) as video:
        frames = list(video)
        assert 75 <= len(frames) < 150 and frames[-1].t == pytest.approx(5.96)
        assert video.damaged == f"a.mp4 is damaged: {150 - len(frames)} of its pictures could not be read."


def test_what_is_no_video_is_said_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    assert refused(path) == f"There is no video {path}; check the name."
    assert refused(tmp_path) == f"{tmp_path} is a folder; name a video in it."
    path.write_bytes(b"")
    assert refused(path) == f"{path} is empty; there is no video in it."
    for other in (b"hello\n" * 100, bytes(1000), bytes(range(256)) * 20):
        path.write_bytes(other)
        assert refused(path) == f"{path} is not a video, or too damaged to be read."
    song = make_video(tmp_path / "song.m4a", pixels="", sound=True)
    assert refused(song) == f"{song} has no moving picture in it; it seems to be sound only."


def test_a_fault_that_the_decoder_tells_at_the_very_end_is_a_sentence_too(tmp_path: Path) -> None:
    """Bred from a small video: its index is wrong, and so is what the decoder was given last."""
    path = tmp_path / "a.video"
    path.write_bytes(LATE_FAULT.read_bytes())
    assert refused(path) == f"{path} is damaged, or larger than 4K: not one picture of it can be read."


def test_a_playlist_does_not_fetch_from_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "a.m3u8"
    path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n")
    assert refused(path) == f"{path} is not a video, or too damaged to be read."


@pytest.mark.parametrize("keep", [600, 0.5])
def test_not_one_picture(tmp_path: Path, keep: float) -> None:
    """Cut in its index, or before the index that comes last."""
    path = make_video(tmp_path / "a.mp4", early_index=keep == 600)
    data = path.read_bytes()
    path.write_bytes(data[: int(keep if keep > 1 else keep * len(data))])
    assert refused(path).startswith(f"{path} is ")


def test_leaving_early_ends_the_thread(tmp_path: Path) -> None:
    path = make_video(tmp_path / "a.mp4", range(0, 4000, 40))
    before = threading.active_count()
    for ahead in (1, 2, 8):
        with VideoFile(path, ahead=ahead) as video:
            assert next(video).t == 0.0
        assert list(video) == []
        with VideoFile(path, ahead=ahead):
            pass
    assert threading.active_count() == before


def test_an_error_while_decoding_reaches_the_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = threading.active_count()
    with VideoFile(make_video(tmp_path / "a.mp4")) as video:
        picture = video._view.image

        def fail(frame: av.VideoFrame) -> np.ndarray:
            if frame.pts * frame.time_base > 0.3:
                raise MemoryError("no room")
            return picture(frame)

        monkeypatch.setattr(video._view, "image", fail)
        frames = []
        with pytest.raises(FormcoachError, match=r"cannot be read any further than 0\.3 s \(no room\)\.$"):
            frames.extend(video)
    assert len(frames) == 8
    assert threading.active_count() == before


def test_an_error_in_the_reader_ends_the_thread(tmp_path: Path) -> None:
    before = threading.active_count()
    with pytest.raises(ZeroDivisionError), VideoFile(make_video(tmp_path / "a.mp4"), ahead=1) as video:
        1 / next(video).t
    assert threading.active_count() == before


def times(ticks: list[int | None], unit: Fraction = Fraction(1, 1000), step: float = 0.04) -> list[float]:
    clock = Clock(unit, step)
    return [clock.read(tick) for tick in ticks]


@pytest.mark.parametrize(
    ("ticks", "wanted"),
    [
        ([100, 140, 180], [0.0, 0.04, 0.08]),
        ([100, 140, 140, 180], [0.0, 0.04, 0.04, 0.08]),
        ([100, 140, 130, 180], [0.0, 0.04, 0.04, 0.08]),
        ([None, None, 500, 540], [0.0, 0.04, 0.08, 0.12]),
        ([100, None, 180], [0.0, 0.04, 0.08]),
        ([9000, 9040, 0, 40], [0.0, 0.04, 0.08, 0.12]),
        ([-80, -40, 0], [0.0, 0.04, 0.08]),
    ],
)
def test_clocks(ticks: list[int | None], wanted: list[float]) -> None:
    assert times(ticks) == pytest.approx(wanted)


@given(st.lists(st.one_of(st.none(), st.integers(-(2**40), 2**40)), min_size=1))
def test_time_starts_at_zero_and_never_goes_back(ticks: list[int | None]) -> None:
    read = times(ticks)
    assert read[0] == 0.0
    assert all(earlier <= later for earlier, later in pairwise(read))


@given(st.lists(st.integers(0, 10**6), min_size=1), st.integers(-(10**9), 10**9))
def test_sound_timestamps_are_kept_exactly(steps: list[int], start: int) -> None:
    ticks = [start]
    for step in steps:
        ticks.append(ticks[-1] + step)
    unit = Fraction(1001, 30000)
    assert times(list(ticks), unit) == [float((tick - start) * unit) for tick in ticks]
