"""The exercise that docs/adding-an-exercise.md makes works: a newcomer's file, and no line of Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from coached import Outcome, coach
from formcoach.cli import main
from formcoach.landmarks import OTHER_SIDE
from formcoach.recording import RecordingWriter
from formcoach.spec import Spec
from formcoach.spec_file import parse_spec
from pages import page
from puppet import Performance, perform
from puppet.exercise import Exercise
from puppet.figure import Figure, Posture, posture
from puppet.repeating import Repeating, repeat
from puppet.ways import STANDING, one_side

BENT, BARELY = 32.0, 19.0
"""Degrees to the side."""
FACING_THE_CAMERA = 90.0


def spec() -> Spec:
    (text,) = page("docs/adding-an-exercise.md").examples("toml")
    return parse_spec(text, "side-bend.toml")


def _stand(_figure: Figure, _side: str, _faults: tuple[str, ...]) -> Posture:
    return STANDING


def _bend(_figure: Figure, side: str, faults: tuple[str, ...]) -> Posture:
    lean = BARELY if "shallow" in faults else BENT
    body = posture(STANDING, lean=lean if side == "right" else -lean)
    if "hips_drift" in faults:
        body = posture(body, left_leg_out=-18.0, right_leg_out=18.0)
    if "foot_lifts" in faults:
        body = one_side(body, OTHER_SIDE[side], {"thigh": -72.0, "shank": -128.0})
    return body


_SIDE_BEND = Repeating(_stand, _bend, sided=True)
SIDE_BEND = Exercise(
    lambda script, programme: repeat(_SIDE_BEND, script, programme),
    frozenset(("shallow", "hips_drift", "foot_lifts")),
    low=False,
    width=1.5,
    yaw=FACING_THE_CAMERA,
)


def bending(**how: object) -> Performance:
    return perform(SIDE_BEND, reps=[("left", 2), ("right", 3)], noise=1.0, **how)


def coached(**how: object) -> Outcome:
    return coach(spec(), bending(**how).samples)


@pytest.mark.parametrize("fps", [10, 15, 30])
@pytest.mark.parametrize("facing", ["left", "right"])
def test_it_counts_each_side_and_says_nothing(fps: float, facing: str) -> None:
    outcome = coached(fps=fps, facing=facing)
    assert outcome.counts == {"left": 2, "right": 3}
    assert outcome.corrections == []
    assert outcome.fault_kinds == set()


@pytest.mark.parametrize("fault", sorted(SIDE_BEND.faults))
def test_it_finds_each_fault_and_no_other(fault: str) -> None:
    assert coached(fault=fault).fault_kinds == {fault}


def test_it_is_replayed_from_a_recording_as_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (text,) = page("docs/adding-an-exercise.md").examples("toml")
    Path("side-bend.toml").write_text(text, "utf-8")
    adding = page("docs/adding-an-exercise.md")
    (words,) = [words for words in adding.commands if words[1:2] and words[1].startswith("side-bend-")]
    with RecordingWriter(Path(words[1]), {"spec_toml": text, "exercise": "side-bend"}) as recording:
        for sample in bending().samples:
            recording.add(sample)
    assert main(words) == 0
    said = capsys.readouterr().out
    assert "left: 2 repetitions." in said
    assert "right: 3 repetitions." in said
