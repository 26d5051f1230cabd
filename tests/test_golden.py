"""The bundled demo sessions give the reports in `tests/golden/`, to the last number.

After a change that is meant, or after `python benchmarks/make_demo.py record`, write them anew with
`python tests/test_golden.py`, and read the difference before keeping it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pytest import approx

from coached import stock
from formcoach.recording import read_recording
from formcoach.replaying import replay_recording, replay_video
from formcoach.report import SessionReport

GOLDEN = Path(__file__).parent / "golden"
RECORDINGS = Path(__file__).parent.parent / "recordings"
DEMOS = sorted(path.stem for path in RECORDINGS.glob("demo-*.mp4"))


def golden(name: str) -> dict[str, Any]:
    return json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))


def counts(report: dict[str, Any]) -> dict[str, tuple[int, int]]:
    return {name: (side["performed"], len(side["holds"])) for name, side in report["sides"].items()}


def fault_kinds(report: dict[str, Any]) -> set[str]:
    return {fault["kind"] for fault in report["faults"]}


def held_s(report: dict[str, Any]) -> dict[str, float]:
    return {name: side["held_s"] for name, side in report["sides"].items()}


def replayed(name: str) -> SessionReport:
    return replay_recording(RECORDINGS / f"{name}.fcr", None).report


def test_every_demo_has_a_clip_a_session_and_a_report():
    assert DEMOS
    assert sorted(path.stem for path in RECORDINGS.glob("demo-*.fcr")) == DEMOS
    assert sorted(path.stem for path in GOLDEN.glob("*.json")) == DEMOS


@pytest.mark.parametrize("name", DEMOS)
def test_a_demo_session_replays_to_its_report(name):
    assert replayed(name).as_dict() == golden(name)


@pytest.mark.parametrize("name", DEMOS)
def test_a_demo_session_is_whole_and_says_what_it_is(name):
    recording = read_recording(RECORDINGS / f"{name}.fcr")
    assert recording.complete
    assert recording.damaged == ""
    header = recording.header
    assert set(header) == {"created", "formcoach", "exercise", "spec_toml", "camera", "model"}
    assert header["exercise"] == name.removeprefix("demo-")
    assert header["camera"] == f"{name}.mp4"
    assert recording.world is not None


def test_the_demos_show_what_they_are_meant_to():
    bird_dog, hinge, plank = (golden(f"demo-{one}") for one in ("bird-dog", "hip-hinge", "plank"))
    assert counts(bird_dog) == {"left": (1, 0), "right": (1, 0)}
    assert counts(hinge) == {"both": (4, 0)}
    assert counts(plank)["both"][1] == 1
    assert fault_kinds(bird_dog) == fault_kinds(hinge) == {"knee_bent"}
    assert fault_kinds(plank) == {"sag"}
    for report in (bird_dog, hinge, plank):
        corrections = [cue["text"] for cue in report["cues"] if cue["severity"] in ("polish", "fix", "stop")]
        assert corrections


@pytest.mark.model
@pytest.mark.parametrize("name", DEMOS)
def test_the_real_model_sees_the_same_in_the_clip(name, model_path):
    """By the exercise as it is now: where this fails and the session's own report does not, it was tuned."""
    clip = RECORDINGS / f"{name}.mp4"
    report = replay_video(clip, stock(name.removeprefix("demo-")), model_path).report.as_dict()
    expected = golden(name)
    assert counts(report) == counts(expected)
    assert fault_kinds(report) == fault_kinds(expected)
    assert held_s(report) == approx(held_s(expected), abs=0.5)
    assert report["samples"] == expected["samples"]


def write_anew() -> None:
    GOLDEN.mkdir(exist_ok=True)
    for name in DEMOS:
        report = replayed(name).as_dict()
        text = json.dumps(report, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
        (GOLDEN / f"{name}.json").write_text(text, "utf-8")


if __name__ == "__main__":
    write_anew()
