"""The annotated video is the video: upright, every picture at its moment, and with its sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from coached import stock
from formcoach.libav import av
from formcoach.replaying import CLIP_SIDE, Wanted, replay_video
from formcoach.video_file import VideoFile
from little_videos import BLUE, RED, WHITE, colours, make_video
from small_pages import KnownPoses, known_poses

assert known_poses  # a fixture

VARIABLE = [0, 33, 67, 100, 180, 190, 500, 533, 567, 1300, 1310, 1320, 1400, 1980, 2000]
"""Milliseconds, as a phone takes pictures when the light changes."""


def annotated(source: Path, out: Path, **also: Path) -> Path:
    replay_video(source, stock("plank"), source, Wanted(out, **also))
    return out


def times(path: Path) -> list[float]:
    """When each picture is shown, by the file's own clock, in the order of showing."""
    with av.open(str(path)) as container:
        return sorted(frame.pts * frame.time_base for frame in container.decode(video=0))


def in_time(made: Path, source: Path) -> None:
    """First, middle and last picture, and all others, within a millisecond."""
    before, after = times(source), times(made)
    assert len(before) == len(after)
    for place in range(len(before)):
        assert float(after[place] - after[0]) == pytest.approx(float(before[place] - before[0]), abs=0.001)


@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_varying_distances_of_pictures_are_kept(tmp_path: Path, known_poses, suffix: str) -> None:
    source = make_video(tmp_path / f"in{suffix}", VARIABLE, size=(320, 240), sound=True, sound_s=2.5)
    in_time(annotated(source, tmp_path / "out.mp4"), source)


@pytest.mark.parametrize(
    ("turn", "lower"),
    [(90, [RED, BLUE]), (-90, [WHITE, (0, 255, 0)]), (180, [(0, 255, 0), RED])],
)
def test_a_phone_held_upright_gives_an_upright_video(
    tmp_path: Path, known_poses, turn: int, lower: list[tuple[int, int, int]]
) -> None:
    source = make_video(
        tmp_path / "in.mp4", VARIABLE, size=(640, 360), turn=(turn, False, False), sound=True, sound_s=2.5
    )
    made = annotated(source, tmp_path / "out.mp4")
    in_time(made, source)
    upright = (640, 360) if turn == 180 else (360, 640)
    with av.open(str(made)) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height) == upright
        left = next(container.decode(stream)).side_data.get(av.sidedata.sidedata.Type.DISPLAYMATRIX)
        assert left is None  # nothing left for a player to turn
    with VideoFile(source) as original, VideoFile(made) as video:
        assert colours(next(original).image)[2:] == colours(next(video).image)[2:] == lower


def test_the_sound_is_the_sources_own(tmp_path: Path, known_poses) -> None:
    source = make_video(
        tmp_path / "in.mp4", VARIABLE, size=(640, 360), turn=(90, False, False), sound=True, sound_s=3.0
    )
    made = annotated(source, tmp_path / "out.mp4", clip=tmp_path / "clip.mp4")
    for one in (made, tmp_path / "clip.mp4"):
        with av.open(str(source)) as before, av.open(str(one)) as after:
            old = [
                bytes(packet)
                for packet in before.demux(audio=0)
                if packet.pts is not None and packet.pts >= 0
            ]
            new = [bytes(packet) for packet in after.demux(audio=0) if packet.pts is not None]
            sound, pictures = after.streams.audio[0], after.streams.video[0]
            ends = [float(one.duration * one.time_base) for one in (sound, pictures)]
        assert new == old[: len(new)]
        assert 2.0 <= ends[0] <= ends[1] + 0.13


def test_the_clip_of_a_page_is_small(tmp_path: Path, known_poses) -> None:
    source = make_video(tmp_path / "in.mp4", [0, 40], size=(1920, 1080), turn=(90, False, False))
    annotated(source, tmp_path / "out.mp4", clip=tmp_path / "clip.mp4")
    with VideoFile(tmp_path / "out.mp4") as full, VideoFile(tmp_path / "clip.mp4") as small:
        assert (full.width, full.height) == (1080, 1920)
        assert (small.width, small.height) == (540, CLIP_SIDE)


@pytest.mark.clips
def test_a_real_portrait_clip(tmp_path: Path, known_poses: type[KnownPoses]) -> None:
    source = Path(__file__).resolve().parents[2] / "shared" / "clips" / "squat_08_portrait_side.mp4"
    if not source.exists():
        pytest.skip("the shared clips of real people are not there")
    made = annotated(source, tmp_path / "out.mp4")
    in_time(made, source)
    with VideoFile(made) as video:
        assert video.height > video.width
