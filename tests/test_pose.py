"""The real pose model looks at the drawn puppet, whose joints are known exactly."""

from __future__ import annotations

import os
import socket
import time

import numpy as np
import pytest

from formcoach import pose
from formcoach.errors import FormcoachError
from formcoach.frame import Frame
from formcoach.landmarks import INDEX
from formcoach.outline import POINTS
from formcoach.pose import PoseReader, load_library
from puppet import perform
from puppet.backs import Agreement, bowing, bows, see
from puppet.drawing import frames

pytestmark = pytest.mark.model

# Not the hip, which the model sees elsewhere than in the joint when a person is bent.
JOINTS = [INDEX[f"right_{name}"] for name in ("shoulder", "knee", "ankle")]


def seen(performance, model_path, height=480):
    with PoseReader(model_path) as reader:
        return [reader.read(frame) for frame in frames(performance, height)]


@pytest.fixture(scope="module")
def hinge():
    return perform("hip-hinge", reps=1, facing="right", fps=10)


@pytest.fixture(scope="module")
def pictures(hinge):
    return list(frames(hinge, 360))[:6]


def test_landmarks_lie_where_they_were_drawn(hinge, model_path):
    samples = seen(hinge, model_path)
    assert all(sample.someone for sample in samples)
    off = [
        np.linalg.norm(sample.xy[JOINTS] - true.xy[JOINTS], axis=1)
        for sample, true in zip(samples, hinge.samples, strict=True)
    ]
    assert np.median(off) < 0.03


@pytest.mark.parametrize("aspect", [4 / 3, 9 / 16])
def test_lengths_are_in_image_heights_whatever_the_pictures_shape(aspect, model_path):
    performance = perform("hip-hinge", reps=1, facing="right", fps=2, aspect=aspect)
    for sample, true in zip(seen(performance, model_path, 640), performance.samples, strict=True):
        assert sample.aspect == pytest.approx(aspect, abs=0.01)
        assert np.linalg.norm(sample.xy[JOINTS] - true.xy[JOINTS], axis=1).max() < 0.06


def test_a_sample_has_the_shapes_and_units_it_promises(pictures, model_path):
    with PoseReader(model_path) as reader:
        sample = reader.read(pictures[0])
    assert (sample.xy.shape, sample.visibility.shape, sample.world.shape) == ((33, 2), (33,), (33, 3))
    assert sample.xy.dtype == sample.visibility.dtype == sample.world.dtype == np.float32
    assert sample.t == pictures[0].t
    assert 0 <= sample.visibility.min() <= sample.visibility.max() <= 1
    hips = sample.world[[INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=0)
    np.testing.assert_allclose(hips, 0, atol=0.03)
    assert sample.world[INDEX["nose"], 1] < -0.3 < 0.3 < sample.world[INDEX["right_ankle"], 1]


def test_nobody_in_an_empty_picture(model_path):
    with PoseReader(model_path) as reader:
        sample = reader.read(Frame(1.5, np.full((90, 120, 3), 127, np.uint8)))
    assert not sample.someone
    assert (sample.t, sample.aspect) == (1.5, pytest.approx(4 / 3))


def test_pictures_of_another_size_may_follow(pictures, model_path):
    with PoseReader(model_path) as reader:
        large = reader.read(pictures[0])
        small = reader.read(Frame(0.1, np.ascontiguousarray(pictures[0].image[::2, ::2])))
        again = reader.read(Frame(0.2, pictures[0].image))
    np.testing.assert_allclose(small.xy, large.xy, atol=0.05)
    np.testing.assert_allclose(again.xy, large.xy, atol=0.05)


def test_rows_with_a_gap_between_them_are_read_rightly(pictures, model_path):
    gaps = []
    for frame in pictures:
        height, width = frame.image.shape[:2]
        wide = np.zeros((height, width + 13, 3), np.uint8)
        wide[:, :width] = frame.image
        gaps.append(Frame(frame.t, wide[:, :width]))
    assert not gaps[0].image.flags.c_contiguous
    with PoseReader(model_path) as a, PoseReader(model_path) as b:
        for plain, gap in zip(pictures, gaps, strict=True):
            np.testing.assert_array_equal(a.read(plain).xy, b.read(gap).xy)


def test_times_may_be_equal_or_go_back(pictures, model_path):
    with PoseReader(model_path) as reader:
        for t in (0.0, 0.0, 0.0004, 5.0, 4.0, -1.0, 5.0):
            sample = reader.read(Frame(t, pictures[0].image))
            assert sample.someone
            assert sample.t == t


def test_a_closed_reader_says_so(pictures, model_path):
    with PoseReader(model_path) as reader:
        pass
    with pytest.raises(RuntimeError, match="closed"):
        reader.read(pictures[0])
    reader.close()


@pytest.mark.parametrize("contents", [b"no model", None])
def test_a_file_that_is_no_model_is_refused_in_one_sentence(tmp_path, contents, model_path):
    path = tmp_path / "other.task"
    if contents is not None:
        path.write_bytes(contents)
    with pytest.raises(FormcoachError) as raised:
        PoseReader(path)
    assert str(path) in str(raised.value)
    assert "\n" not in str(raised.value)
    assert os.environ.get("https_proxy") != "nowhere://"


def test_a_missing_system_library_is_named_with_its_packages(monkeypatch, model_path):
    def cannot(**_):
        raise OSError("libEGL.so.1: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(pose, "Image", cannot)
    for act in (load_library, lambda: PoseReader(model_path)):
        with pytest.raises(FormcoachError, match=r"libEGL\.so\.1.*apt install libegl1 libgles2"):
            act()


# ---- the outline of the back -----------------------------------------------------------------------


def test_the_back_is_read_ten_times_a_second_and_moves_no_landmark(pictures, model_path):
    with PoseReader(model_path) as plain, PoseReader(model_path, back=True) as reader:
        for number in range(8):
            frame = Frame(number / 30, pictures[number % len(pictures)].image)
            without, sample = plain.read(frame), reader.read(frame)
            np.testing.assert_array_equal(sample.xy, without.xy)
            assert without.back is None
            assert (sample.back is not None) == (number % 3 == 1)
            if sample.back is not None:
                assert (sample.back.dtype, sample.back.shape) == (np.float32, (POINTS,))


def test_where_nobody_is_there_is_no_back(model_path):
    with PoseReader(model_path, back=True) as reader:
        sample = reader.read(Frame(0.0, np.zeros((240, 320, 3), np.uint8)))
    assert not sample.someone
    assert sample.back is None


@pytest.mark.parametrize("facing", ["left", "right"])
def test_the_bow_of_a_drawn_back_is_read_as_it_is_drawn(model_path, facing):
    drawn = bowing("quadruped", fps=10, facing=facing)
    agreement = Agreement.of(*bows(drawn, see(drawn, model_path, height=480)))
    assert agreement.n > 100
    assert agreement.r > 0.98
    assert 0.85 < agreement.slope < 1.15
    assert abs(agreement.bias) < 0.03


def test_a_reader_that_fails_halfway_lets_go_of_what_it_has(model_path, monkeypatch):
    closed: list[bool] = []

    class Landmarker:
        def close(self):
            closed.append(True)

    def landmarker(_bundle, *, silhouette):
        if silhouette:
            raise RuntimeError("no room")
        return Landmarker()

    monkeypatch.setattr(pose, "_landmarker", landmarker)
    with pytest.raises(FormcoachError, match="no room"):
        PoseReader(model_path, back=True)
    assert closed == [True]
    assert os.environ.get("https_proxy") != "nowhere://"


# ---- what it keeps to itself -----------------------------------------------------------------------


@pytest.mark.parametrize("back", [False, True])
def test_nothing_is_chattered_on_the_way(pictures, model_path, capfd, back):
    with PoseReader(model_path, back=back) as reader:
        assert all(reader.read(frame).someone for frame in pictures)
    assert capfd.readouterr() == ("", "")


def test_what_is_no_chatter_gets_through(capfd):
    with pose._chatter_held_back():
        os.write(
            2, b"W0000 00:00 a.cc:1] a warning\nE0000 00:00 b.cc:2] an error\nINFO: all is well\nplain\n"
        )
    assert capfd.readouterr().err == "E0000 00:00 b.cc:2] an error\nplain\n"


def test_a_progress_bar_stays_clear_of_chatter(capfd):
    with pose._chatter_held_back():
        os.write(2, b"\rplank   3% |#   |W0000 00:00:12.3 7 a.cc:1] a warning\n\rplank   4% |##  |")
    assert capfd.readouterr().err == "\rplank   3% |#   |\rplank   4% |##  |"


def test_what_is_said_before_a_failure_gets_through(capfd):
    def fail():
        with pose._chatter_held_back():
            os.write(2, b"ERROR: broken\n")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    os.write(2, b"afterwards\n")
    assert capfd.readouterr().err == "ERROR: broken\nafterwards\n"


def test_mediapipe_reports_nothing_to_its_maker(pictures, model_path, monkeypatch):
    """Its reports go through the proxy that the environment names: here, to this test."""
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        address = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        monkeypatch.setenv("https_proxy", address)
        with PoseReader(model_path) as reader:
            reader.read(pictures[0])
        time.sleep(0.3)
        proxy.setblocking(False)
        with pytest.raises(BlockingIOError):
            proxy.accept()
        assert os.environ["https_proxy"] == address


@pytest.mark.parametrize("before", [None, "http://proxy.example:3128"])
def test_the_environment_is_as_before_when_the_last_reader_is_closed(model_path, monkeypatch, before):
    monkeypatch.delenv("https_proxy", raising=False)
    monkeypatch.setenv("no_proxy", "*")
    if before:
        monkeypatch.setenv("https_proxy", before)
    first, second = PoseReader(model_path), PoseReader(model_path)
    try:
        first.close()
        assert os.environ["https_proxy"] == "nowhere://"
        assert "no_proxy" not in os.environ
    finally:
        second.close()
    assert os.environ.get("https_proxy") == before
    assert os.environ["no_proxy"] == "*"
