"""Replays: a recording gives its own events again, with its own exercise or another."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest

from coached import stock
from formcoach.actions import Action
from formcoach.errors import FormcoachError
from formcoach.landmarks import nobody
from formcoach.recorded import spec_of
from formcoach.recording import RecordingWriter, read_header, read_recording
from formcoach.replaying import Wanted, replay_recording, replay_video, samples_of
from formcoach.report import SessionReport
from formcoach.session import Session
from formcoach.spec_file import find_spec
from formcoach.video_file import VideoFile
from puppet import perform


def header_of(exercise: str) -> dict[str, object]:
    return {"exercise": exercise, "spec_toml": find_spec(exercise).read_text("utf-8")}


class _DiedError(Exception):
    pass


def record(path: Path, exercise: str, stream, header=None, dies=False) -> SessionReport:
    """Coach a stream as a live session does, and give its report; one that dies leaves no footer."""
    header = header_of(exercise) if header is None else header
    with suppress(_DiedError), RecordingWriter(path, header) as recorder:
        session = Session(stock(exercise), recorder)
        for item in stream:
            (session.act if isinstance(item, Action) else session.take)(item)
        if dies:
            raise _DiedError
    return session.finish()


def text(report: SessionReport) -> str:
    return json.dumps(report.as_dict(), allow_nan=False)


@pytest.mark.parametrize(
    ("exercise", "how"),
    [
        ("bird-dog", {"reps": 2, "hold_s": 2, "fault": "knee_bent"}),
        ("hip-hinge", {"reps": 2, "walk_in": True, "dropouts": [(3.0, 3.5)]}),
        ("plank", {"hold_s": 6, "fault": "sag"}),
    ],
)
def test_a_recording_replays_its_own_events_byte_for_byte(tmp_path, exercise, how):
    live = record(tmp_path / "a.fcr", exercise, perform(exercise, fps=20, noise=1.0, **how).samples)
    replayed = replay_recording(tmp_path / "a.fcr", None)
    assert text(replayed.report) == text(live)
    assert live.repetitions or live.holds
    assert replayed.damaged == ""


def test_pause_resume_restart_and_swap_are_replayed_in_their_places(tmp_path):
    samples = perform("bird-dog", fps=20, reps=2, hold_s=2, noise=1.0).samples
    stream: list = list(samples)
    wishes = ((0.8, "restart"), (0.7, "swap"), (0.5, "resume"), (0.35, "pause"), (0.3, "swap"), (0.0, "swap"))
    for share, name in wishes:
        at = int(share * len(samples))
        stream.insert(at, Action(samples[at].t, name))
    live = record(tmp_path / "a.fcr", "bird-dog", stream)
    assert text(replay_recording(tmp_path / "a.fcr", None).report) == text(live)
    assert len(live.restarts) == 1
    unspoilt = record(tmp_path / "b.fcr", "bird-dog", samples)
    assert text(unspoilt) != text(live)
    names = [action.name for action in read_recording(tmp_path / "a.fcr").actions]
    assert names == [name for _, name in reversed(wishes)]


def test_another_exercise_may_be_coached_from_it(tmp_path):
    record(tmp_path / "a.fcr", "hip-hinge", perform("hip-hinge", fps=20, reps=2).samples)
    report = replay_recording(tmp_path / "a.fcr", stock("plank")).report
    assert report.spec.id == "plank"
    assert report.hold_s == 0


def test_the_spec_is_the_one_kept_in_it_not_the_one_on_the_disk(tmp_path):
    kept = (
        find_spec("hip-hinge")
        .read_text("utf-8")
        .replace("work = { lean = [-60, 45] }", "work = { lean = [-60, -20] }")
    )
    record(
        tmp_path / "a.fcr",
        "hip-hinge",
        perform("hip-hinge", fps=20, reps=2).samples,
        {"exercise": "hip-hinge", "spec_toml": kept},
    )
    assert replay_recording(tmp_path / "a.fcr", stock("hip-hinge")).report.performed("") == 2
    assert replay_recording(tmp_path / "a.fcr", None).report.performed("") == 0
    spec = spec_of(read_header(tmp_path / "a.fcr"), tmp_path / "a.fcr")
    assert spec.poses["work"]["lean"].high == -20


@pytest.mark.parametrize(
    "header", [{}, {"exercise": "plank", "spec_toml": ""}, {"spec_toml": "format = 1"}, {"spec_toml": 7}]
)
def test_a_recording_without_a_sound_exercise_asks_for_one(tmp_path, header):
    record(tmp_path / "a.fcr", "plank", perform("plank", fps=10, hold_s=1).samples, header)
    with pytest.raises(FormcoachError) as caught:
        replay_recording(tmp_path / "a.fcr", None)
    assert "\n" not in str(caught.value)
    assert "a.fcr" in str(caught.value)
    assert "--exercise" in str(caught.value)
    assert replay_recording(tmp_path / "a.fcr", stock("plank")).report.samples > 5


def test_a_recording_that_breaks_off_gives_what_is_whole_and_says_so(tmp_path):
    path = tmp_path / "a.fcr"
    samples = perform("plank", fps=20, hold_s=8).samples
    record(path, "plank", samples, dies=True)
    path.write_bytes(path.read_bytes()[:-100])
    replayed = replay_recording(path, None)
    assert 0 < replayed.report.samples < len(samples)
    assert replayed.report.hold_s > 4
    assert "breaks off" in replayed.damaged


def test_a_recording_becomes_a_video_of_the_moving_figure(tmp_path):
    samples = perform("plank", fps=10, hold_s=1.5).samples
    live = record(tmp_path / "a.fcr", "plank", [*samples[:5], Action(samples[5].t, "pause"), *samples[5:]])
    seen: list[float] = []
    replayed = replay_recording(
        tmp_path / "a.fcr", None, Wanted(video=tmp_path / "a.mp4"), progress=seen.append
    )
    assert text(replayed.report) == text(live)
    assert seen == [sample.t for sample in samples]
    with VideoFile(tmp_path / "a.mp4") as video:
        frames = list(video)
        assert (video.width, video.height) == (1280, 720)
    assert [frame.t for frame in frames] == pytest.approx(seen, abs=0.002)
    assert frames[-1].image.std() > 5


@pytest.mark.model
def test_a_video_gives_the_report_of_its_samples(model_path, tmp_path):
    from puppet.drawing import draw

    clip = tmp_path / "clip.mp4"
    draw(perform("hip-hinge", reps=1, rest_s=0.5, move_s=0.8, hold_s=0.3, fps=12), clip, height=320)
    samples = list(samples_of(clip, model_path, back=True))
    session = Session(stock("hip-hinge"))
    for sample in samples:
        session.take(sample)
    expected = session.finish()
    shown: list[float] = []
    replayed = replay_video(
        clip, stock("hip-hinge"), model_path, watch=lambda frame, sample, coaching: not shown.append(frame.t)
    )
    assert text(replayed.report) == text(expected)
    assert expected.performed("") == 1
    assert shown == [sample.t for sample in samples]
    ended = replay_video(clip, stock("hip-hinge"), model_path, watch=lambda *_: False)
    assert ended.report.samples == 1


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ({}, "is missing or of a wrong kind"),
        ({"specs": 3, "doses": [], "routine_toml": ""}, "is missing or of a wrong kind"),
        ({"specs": {}, "doses": ["x"], "routine_toml": ""}, "is missing or of a wrong kind"),
        ({"specs": {}, "doses": [], "routine_toml": "format = 1"}, "(a.toml: "),
        ({"specs": {"plank": "format = 1"}, "doses": [], "routine_toml": ""}, "(plank.toml: "),
    ],
)
def test_a_recorded_routine_that_makes_no_sense_is_refused_in_a_sentence(tmp_path, kept, said):
    with RecordingWriter(tmp_path / "a.fcr", {"routine": "a", **kept}) as writer:
        writer.add(nobody(0.0))
    assert "routine" in read_recording(tmp_path / "a.fcr").header
    with pytest.raises(FormcoachError, match="The routine kept in") as caught:
        replay_recording(tmp_path / "a.fcr", None)
    assert said in str(caught.value)
