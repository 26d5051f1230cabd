"""A demonstration becomes a draft that counts a second performance, of another body, seen from elsewhere."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from catalogue import BODIES, HOLD_SHORT_S, HOLD_SLACK_S
from coached import coach
from formcoach.cli import main
from formcoach.draft_checks import CUES, NOISE, OTHER_CUES, TOLERANCE
from formcoach.draft_text import draft_text, in_words, toml_value
from formcoach.drafting import Draft, draft
from formcoach.errors import FormcoachError
from formcoach.landmarks import PoseSample, nobody
from formcoach.recording import RecordingWriter
from formcoach.spec import Spec
from formcoach.spec_file import parse_spec, read_spec
from formcoach.spec_lint import CUE_WORDS
from formcoach.survey import CANDIDATES
from pages import ROOT
from puppet import Performance, perform

CLIPS = ROOT.parent / "shared" / "clips"

Samples = list[PoseSample]


@dataclass(frozen=True)
class Shown:
    """An exercise that is demonstrated once, and what the draft should find."""

    exercise: str
    position: str
    sides: tuple[str, ...] = ()
    alternating: bool = False
    how: tuple[tuple[str, Any], ...] = ()

    def perform(self, **how: Any) -> Performance:
        return perform(self.exercise, noise=1.0, **{**dict(self.how), **how})


LEFT_AND_RIGHT = ("left", "right")
BOTH = (("reps", [("left", 2), ("right", 2)]),)
REPETITIONS = (
    Shown("squat", "standing"),
    Shown("hip-hinge", "standing"),
    Shown("heel-raise", "standing"),
    Shown("bird-dog", "quadruped", LEFT_AND_RIGHT, how=BOTH),
    Shown("bridge", "supine"),
    Shown("sit-up", "supine"),
    Shown("push-up", "prone"),
    Shown("superman", "prone"),
    Shown("warm-up-march", "standing", LEFT_AND_RIGHT, alternating=True),
    Shown("swiss-ball-march", "sitting", LEFT_AND_RIGHT, alternating=True),
)
HOLDS = (
    Shown("plank", "prone"),
    Shown("forearm-plank", "prone"),
    Shown("side-plank", "side-lying", LEFT_AND_RIGHT),
    Shown("hip-flexor-stretch", "kneeling", LEFT_AND_RIGHT),
)


def name_of(shown: Shown) -> str:
    return shown.exercise


def spec_of(made: Draft) -> Spec:
    """The spec as it would be read from the file."""
    return parse_spec(draft_text(made, ["a.fcr"] * len(made.shown)), "a-draft.toml")


def counts_of(one: Performance, spec: Spec) -> dict[str, int]:
    """What there is to count on each side that the draft has."""
    if not spec.sides:
        return {"": len(one.truth.reps)}
    return {side: sum(rep.side == side for rep in one.truth.reps) for side in spec.sides}


def seconds() -> list[dict[str, Any]]:
    """How the second performance differs: fewer pictures a second, another noise, body and way round."""
    return [
        {"fps": 15, "seed": 5, "facing": "left", "figure": BODIES["short-limbed and stout"]},
        {"fps": 15, "seed": 6, "facing": "right", "figure": BODIES["long-limbed and slim"]},
    ]


@pytest.mark.parametrize("walk_in", [False, True], ids=["on the spot", "walking in"])
@pytest.mark.parametrize("shown", REPETITIONS, ids=name_of)
def test_one_demonstration_counts_a_second_performance(shown, walk_in):
    one = shown.perform(walk_in=walk_in, leave=walk_in)
    made = draft([one.samples], "a-draft")
    spec = spec_of(made)
    assert (spec.kind, spec.position) == ("repetitions", shown.position)
    assert (spec.sides, spec.alternating) == (shown.sides, shown.alternating)
    assert coach(spec, one.samples).counts == counts_of(one, spec)
    for how in seconds():
        other = shown.perform(**how)
        outcome = coach(spec, other.samples)
        assert outcome.counts == counts_of(other, spec), how
        assert not outcome.fault_kinds


@pytest.mark.parametrize("walk_in", [False, True], ids=["on the spot", "walking in"])
@pytest.mark.parametrize("shown", HOLDS, ids=name_of)
def test_one_demonstration_times_a_second_hold(shown, walk_in):
    one = shown.perform(walk_in=walk_in, leave=walk_in)
    spec = spec_of(draft([one.samples], "a-draft"))
    assert (spec.kind, spec.position, spec.sides) == ("hold", shown.position, shown.sides)
    for other in (one, *(shown.perform(**how) for how in seconds())):
        held = sum(hold.end - hold.start for hold in other.truth.holds)
        assert held - HOLD_SHORT_S <= coach(spec, other.samples).held <= held + HOLD_SLACK_S


def test_a_side_that_was_not_shown_counts_as_well():
    one = perform("bird-dog", reps=3, side="left", noise=1.0)
    made = draft([one.samples], "a-draft")
    assert any("Only the left side was shown" in sentence for sentence in made.unsure)
    other = perform("bird-dog", reps=2, side="right", noise=1.0, seed=3)
    assert coach(spec_of(made), other.samples).counts == {"left": 0, "right": 2}


def test_two_demonstrations_are_one_draft_that_counts_both():
    how = ({}, {"figure": BODIES["long-limbed and slim"], "facing": "left", "reps": 2})
    ones = [perform("bridge", noise=1.0, **one) for one in how]
    made = draft([one.samples for one in ones], "a-draft")
    assert [coach(spec_of(made), one.samples).count for one in ones] == [4, 2]


def test_what_is_held_in_a_repetition_is_in_the_dose():
    made = draft([perform("bridge", hold_s=6, noise=1.0).samples], "a-draft")
    enough, goal = made.mapping["dose"]["hold_s"]
    assert 3 <= enough < goal <= 7


def test_no_bound_of_a_check_is_tighter_than_the_noise():
    one = perform("plank", noise=1.0)
    made = draft([one.samples], "a-draft")
    steps = [
        step for step in coach(spec_of(made), one.samples).steps if step.phase == "hold" and step.in_form
    ]
    for check in made.mapping["checks"].values():
        values = np.array([step.values[check["measure"]] for step in steps])
        low, high = np.nanpercentile(values, (10, 90))
        assert check["good"][0] <= low - NOISE + 1
        assert check["good"][1] >= high + NOISE - 1
        assert check["tolerance"] >= TOLERANCE


@pytest.mark.parametrize(
    ("samples", "why"),
    [
        ([], "nothing comes twice"),
        ([nobody(i / 30) for i in range(300)], "nothing comes twice"),
        (perform("squat", reps=1, rest_s=0.5).samples, "nothing comes twice"),
    ],
    ids=["nothing", "nobody", "one repetition"],
)
def test_what_cannot_be_made_out_is_said(samples: Samples, why: str):
    with pytest.raises(FormcoachError, match=why):
        draft([samples], "a-draft")


def test_recordings_of_different_things_are_not_thrown_together():
    squat, plank, bridge = (perform(name, noise=1.0).samples for name in ("squat", "plank", "bridge"))
    with pytest.raises(FormcoachError, match="repetitions and another one a hold"):
        draft([squat, plank], "a-draft")
    with pytest.raises(FormcoachError, match="do not show the same"):
        draft([squat, bridge], "a-draft")


def test_every_candidate_has_its_cues():
    assert CUES.keys() == CANDIDATES.keys()
    said = [cue for pair in (*CUES.values(), *OTHER_CUES.values()) for cue in pair]
    assert all(len(cue.split()) <= CUE_WORDS for cue in said)


# ---- the file ------------------------------------------------------------------------------------


def test_the_file_is_the_draft_to_the_letter():
    for shown in (REPETITIONS[3], HOLDS[2]):
        made = draft([shown.perform().samples], "a-draft")
        assert tomllib.loads(draft_text(made, ["a.fcr"])) == made.mapping


def test_the_file_tells_what_it_was_made_from_and_what_is_unsure():
    made = draft([perform("bird-dog", reps=2, noise=1.0).samples], "a-draft")
    remarks = [line for line in draft_text(made, ["anna.fcr"]).splitlines() if line.startswith("# ")]
    told = " ".join(line.removeprefix("# ").strip() for line in remarks)
    assert "Drafted from anna.fcr" in told
    assert in_words(made.shown[0]) in told
    assert all(sentence in told for sentence in made.unsure)
    assert max(map(len, remarks)) <= 110


@pytest.mark.parametrize(
    ("value", "text"),
    [(True, "true"), (2.0, "2"), (2.5, "2.5"), (float("-inf"), "-inf"), ('a "b"\\', '"a \\"b\\"\\\\"')],
)
def test_values_are_written_as_toml(value, text):
    assert toml_value(value) == text
    assert tomllib.loads(f"a = {text}") == {"a": value}


# ---- the command -----------------------------------------------------------------------------------


@pytest.fixture
def recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A recording in an otherwise empty working folder."""
    monkeypatch.chdir(tmp_path)
    with RecordingWriter(tmp_path / "show.fcr", {}) as recorder:
        for sample in perform("squat", noise=1.0).samples:
            recorder.add(sample)
    return tmp_path / "show.fcr"


def test_a_draft_is_written_checked_and_used(recorded, capsys):
    assert main(["spec", "new", "my-squat", "--from", "show.fcr"]) == 0
    told = capsys.readouterr().out
    assert "show.fcr: 4 repetitions: the thigh goes from about" in told
    assert "Try it: formcoach replay show.fcr --spec my-squat.toml" in told
    assert main(["specs", "--check", "my-squat.toml"]) == 0
    assert main(["replay", "show.fcr", "--spec", "my-squat.toml"]) == 0
    assert "4 repetitions" in capsys.readouterr().out
    assert read_spec("my-squat.toml").name == "My squat"


def test_a_file_that_is_there_is_kept_unless_told(recorded, capsys):
    Path("other.toml").write_text("mine", "utf-8")
    command = ["spec", "new", "my-squat", "--from", "show.fcr", "--out", "other.toml"]
    assert main(command) == 2
    assert "other.toml is there already" in capsys.readouterr().err
    assert Path("other.toml").read_text("utf-8") == "mine"
    assert main([*command, "--replace"]) == 0
    assert read_spec("other.toml").id == "other"


def test_a_bad_name_and_a_video_are_refused(recorded, capsys):
    assert main(["spec", "new", "My Squat", "--from", "show.fcr"]) == 2
    assert "small letters" in capsys.readouterr().err
    assert main(["spec", "new", "my-squat", "--from", "show.mp4"]) == 2
    assert "is no recording" in capsys.readouterr().err
    assert [path.name for path in Path().iterdir()] == ["show.fcr"]


# ---- real people -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def seen(model_path):
    """What the pose model sees in a shared clip, each looked at once."""
    from formcoach.replaying import samples_of

    if not CLIPS.is_dir():
        pytest.skip("the shared clips of real people are not there")
    kept: dict[str, Samples] = {}

    def see(name: str) -> Samples:
        if name not in kept:
            kept[name] = list(samples_of(CLIPS / f"{name}.mp4", model_path, back=False))
        return kept[name]

    return see


@pytest.mark.model
@pytest.mark.clips
@pytest.mark.parametrize(
    ("shown", "others"),
    [
        (("squat_03_wahoo_side_a", 3), [("squat_08_portrait_side", 1), ("wallsquat_03_reps_45", 5)]),
        (("bridge_01_darebee_side", 5), [("bridge_05_gym_side", 4)]),
        (("bridge_05_gym_side", 4), [("bridge_01_darebee_side", 5)]),
    ],
    ids=lambda one: one[0] if isinstance(one, tuple) else "",
)
def test_one_real_clip_counts_other_people(seen, shown, others):
    spec = spec_of(draft([seen(shown[0])], "a-draft"))
    for name, count in (shown, *others):
        assert coach(spec, seen(name)).count == count, name


@pytest.mark.model
@pytest.mark.clips
@pytest.mark.parametrize(
    ("name", "count"), [("situp_01_gym_side", 8), ("row_01_barbell_white", 4), ("wallsquat_03_reps_45", 5)]
)
def test_the_first_half_of_a_real_clip_counts_the_second(seen, name, count):
    samples = seen(name)
    half = len(samples) // 2
    spec = spec_of(draft([samples[:half]], "a-draft"))
    counts = [coach(spec, part).count for part in (samples[:half], samples[half:])]
    assert all(2 <= each <= (count + 1) // 2 for each in counts)
    assert count - 1 <= sum(counts) <= count  # the one that the cut goes through belongs to neither
