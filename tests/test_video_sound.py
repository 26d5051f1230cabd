"""The sound goes with the pictures: the same packets at the same times, no longer than they."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from formcoach.libav import av
from formcoach.video_file import VideoFile
from formcoach.video_out import VideoWriter
from formcoach.video_sound import Sound
from little_videos import make_video


def again(source: Path, out: Path) -> str:
    """What a replay does with pictures and sound; gives what was damaged in the sound."""
    with VideoFile(source) as video, Sound(source, video.start_s) as sound:
        with VideoWriter(out, video.width, video.height, rate=video.rate, sound=sound) as writer:
            for frame in video:
                writer.write(frame.image, frame.t)
        return sound.damaged


def packets(path: Path) -> list[tuple[float, bytes]]:
    """The packets of the sound with their times, counted from the first picture."""
    with av.open(str(path)) as container:
        pictures = container.streams.video[0]
        first = float(next(container.decode(pictures)).pts * pictures.time_base)
    with av.open(str(path)) as container:
        found = [packet for packet in container.demux(container.streams.audio[0]) if packet.pts is not None]
        return [(float(one.pts * one.time_base) - first, bytes(one)) for one in found if one.pts >= 0]


def waves(path: Path) -> np.ndarray:
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray().mean(axis=0) for frame in container.decode(audio=0)])


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".mov", ".ts"])
def test_packets_are_kept_with_their_times(tmp_path: Path, suffix: str) -> None:
    source = make_video(tmp_path / f"a{suffix}", sound=True)
    assert again(source, tmp_path / "b.mp4") == ""
    before, after = packets(source), packets(tmp_path / "b.mp4")
    kept = [packet for packet in before if 0 <= packet[0] < 1.0]
    assert len(kept) >= 7
    assert [t for t, _ in after] == pytest.approx([t for t, _ in kept], abs=0.001)
    if suffix != ".ts":  # there each packet has a header of its own
        assert [data for _, data in after] == [data for _, data in kept]


def test_sound_ends_with_the_pictures(tmp_path: Path) -> None:
    source = make_video(tmp_path / "a.mp4", range(0, 1000, 40), sound=True, sound_s=3.0)
    again(source, tmp_path / "b.mp4")
    with av.open(str(tmp_path / "b.mp4")) as container:
        lasts = [float(stream.duration * stream.time_base) for stream in container.streams]
    assert packets(source)[-1][0] > 2.5
    assert max(lasts) == pytest.approx(1.0, abs=0.13)  # a packet is an eighth of a second


def test_sound_before_the_first_picture_is_left_out(tmp_path: Path) -> None:
    source = make_video(tmp_path / "a.mkv", range(500, 1500, 40), sound=True, sound_s=2.0)
    again(source, tmp_path / "b.mp4")
    before, after = packets(source), packets(tmp_path / "b.mp4")
    assert before[0][0] == pytest.approx(-0.5, abs=0.15)
    first, data = after[0]
    assert 0 <= first < 0.13
    assert data == next(data for t, data in before if t >= 0)
    assert {data: t for t, data in before}[data] == pytest.approx(first, abs=0.002)


def test_what_no_browser_plays_is_encoded_anew_in_its_place(tmp_path: Path) -> None:
    source = make_video(tmp_path / "a.mkv", sound="pcm_s16le", sound_s=1.0)
    assert again(source, tmp_path / "b.mp4") == ""
    with av.open(str(tmp_path / "b.mp4")) as container:
        assert container.streams.audio[0].codec_context.name == "aac"
    old, new = waves(source) / 32768, waves(tmp_path / "b.mp4")
    shared = min(len(old), len(new))
    assert shared > 7000
    shifts = {by: np.corrcoef(old[500:6000], np.roll(new, by)[500:6000])[0, 1] for by in range(-30, 31)}
    best = max(shifts, key=shifts.__getitem__)
    assert shifts[best] > 0.9
    assert abs(best) <= 8  # samples: a millisecond


def test_without_sound_there_is_none(tmp_path: Path) -> None:
    assert again(make_video(tmp_path / "a.mp4"), tmp_path / "b.mp4") == ""
    with av.open(str(tmp_path / "b.mp4")) as container:
        assert not container.streams.audio


def test_a_broken_sound_costs_no_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks_off(*_: object) -> object:
        yield from ()
        raise av.InvalidDataError(1, "damaged")

    monkeypatch.setattr(Sound, "_as_they_are", breaks_off)
    source = make_video(tmp_path / "a.mp4", sound=True)
    assert again(source, tmp_path / "b.mp4") == "The sound of a.mp4 cannot be read any further than 0.0 s."
    with VideoFile(tmp_path / "b.mp4") as video:
        assert len(list(video)) == 25
