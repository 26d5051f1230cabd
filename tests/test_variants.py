"""Variants: specs that say only what is different from the one that they are based on."""

from __future__ import annotations

from pathlib import Path

import pytest

from coached import coach, coached, stock
from formcoach import commands
from formcoach.errors import SpecError
from formcoach.landmarks import PoseSample
from formcoach.recorded import plan_of
from formcoach.recording import RecordingWriter, read_header
from formcoach.replaying import replay_recording
from formcoach.routine_file import find_routine
from formcoach.spec import Range
from formcoach.spec_file import find_spec, list_specs, parse_spec, read_spec, variants_of
from formcoach.spec_text import describe
from puppet import perform

BENT = "side-plank-knees-bent"
HEAD = 'format = 1\nbased_on = "plank"\nname = "Low plank"\n'


def faults_of(text: str) -> list[str]:
    try:
        parse_spec(text, "low-plank.toml")
    except SpecError as error:
        return [fault.removeprefix("low-plank.toml: ") for fault in error.faults]
    return []


def test_what_it_does_not_say_is_as_in_its_base() -> None:
    base = stock("plank")
    variant = parse_spec(HEAD, "low-plank.toml")
    assert (variant.id, variant.name, variant.based_on) == ("low-plank", "Low plank", "plank")
    assert (variant.about, variant.dose, variant.measures) == (base.about, base.dose, base.measures)
    assert (variant.poses, variant.checks) == (base.poses, base.checks)


def test_a_field_replaces_a_field_and_a_measure_or_pose_the_whole() -> None:
    variant = parse_spec(
        HEAD
        + """
        without = ["measures.press"]
        measures.knee = { slope = ["near.hip", "near.knee"] }
        poses.work = { hips = [-5, 20] }
        dose.hold_s = 5
        checks.hips_line.good = [0, 9]
        checks.knees_straight.good = [-20, inf]
        """,
        "low-plank.toml",
    )
    base = stock("plank")
    assert variant.measures["knee"].kind == "slope"
    assert variant.poses["work"] == {"hips": Range(-5, 20)}
    assert variant.poses["position"] == base.poses["position"]
    assert variant.dose.hold_s == (5, 5)
    hips = variant.checks["hips_line"]
    assert hips.good == Range(0, 9)
    assert (hips.low, hips.severity) == (base.checks["hips_line"].low, "stop")
    assert list(variant.checks) == list(base.checks)


def test_it_is_without_what_it_names() -> None:
    without = 'without = ["checks.back_flat", "measures.back", "checks.head_in_line.high"]\n'
    text = f"{HEAD}{without}checks.head_in_line.good = [-38, inf]"
    variant = parse_spec(text, "low-plank.toml")
    assert "back" not in variant.measures
    assert "back_flat" not in variant.checks
    assert variant.checks["head_in_line"].high == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (HEAD.replace("plank", "plink", 1), 'based_on: There is no exercise called "plink": did you mean'),
        (
            HEAD.replace("plank", BENT, 1),
            f'based_on: {BENT} is a variant itself; name "side-plank"',
        ),
        (
            HEAD + 'without = "checks.hips"',
            'without: "checks.hips" is not in the base; did you mean hips_line?',
        ),
        (HEAD + 'without = "chucks.a.b.c"', 'without: "chucks.a.b.c" is not in the base'),
        (HEAD + "checks.hips_line.good = [9, 0]", "checks.hips_line.good: low 9 is above high 0"),
        (HEAD + "checks.hips_line.god = [0, 9]", "checks.hips_line.god: unknown field; did you mean good?"),
        (HEAD.replace("format = 1\n", ""), "format: missing; write format = 1"),
        (HEAD.replace("format = 1", "format = 2"), "format: 2 is newer than this formcoach reads (1)"),
        ('format = 1\nbased_on = "plank"', "name: missing; write a text in quotes"),
    ],
)
def test_what_is_wrong_with_one_is_a_sentence(text: str, fault: str) -> None:
    (found,) = faults_of(text)
    assert found.startswith(fault)


def test_a_base_is_named_in_quotes() -> None:
    assert "based_on: must be a text in quotes, not a number" in faults_of(HEAD.replace('"plank"', "3"))


def test_a_base_with_faults_is_not_built_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORMCOACH_SPECS", str(tmp_path))
    (tmp_path / "plank.toml").write_text("format = 1", "utf-8")
    assert faults_of(HEAD) == ["based_on: plank has faults of its own; mend that file first"]
    assert variants_of("plank") == []


def test_it_follows_the_base_that_one_has_oneself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORMCOACH_SPECS", str(tmp_path))
    own = find_spec("side-plank").read_text("utf-8").replace("good = [0.45, inf]", "good = [0.4, inf]")
    (tmp_path / "side-plank.toml").write_text(own, "utf-8")
    assert read_spec(find_spec(BENT)).checks["shoulders_stacked"].good.low == 0.4


def test_without_a_base_nothing_can_be_left_out() -> None:
    text = find_spec("plank").read_text("utf-8").replace("format = 1", 'format = 1\nwithout = "checks.x"')
    assert faults_of(text) == ["without: is for a spec that is based_on another; delete it"]


# ---- as an exercise ----------------------------------------------------------------------------


def test_an_exercise_names_its_variants_and_they_name_it() -> None:
    based = {path.stem for path in list_specs() if read_spec(path).based_on}
    assert based == {
        "back-extension-on-elbows",
        "hip-hinge-with-table",
        "side-plank-knees-bent",
        "squat-with-dumbbells",
    }
    (variant,) = variants_of("side-plank")
    assert "Variants: side-plank-knees-bent: Side plank, knees bent" in describe(
        stock("side-plank"), [variant]
    )
    assert "Based on: side-plank\n" in describe(variant)


def test_of_a_variant_and_its_base_each_judges_its_own_way() -> None:
    bent = coached(BENT, hold_s=8)
    assert bent.corrections == []
    long_arms = coached("back-extension-push-up", by="back-extension-on-elbows", hold_s=8)
    assert long_arms.held == 0
    assert coached("side-plank", by="side-plank-knees-bent", hold_s=8).fault_kinds == {"legs_straight"}
    assert coached("hip-hinge", by="hip-hinge-with-table", reps=2).fault_kinds == {"no_hand"}


def recorded(header: dict[str, object], path: Path) -> list[PoseSample]:
    samples = perform(BENT, hold_s=4, fps=10).samples
    with RecordingWriter(path, header) as recorder:
        for sample in samples:
            recorder.add(sample)
        recorder.close({"dropped_frames": 0})
    return samples


def test_a_recording_keeps_variant_and_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec_file, model = find_spec(BENT), tmp_path / "model.task"
    model.write_bytes(b"")
    header = commands.header(stock(BENT), spec_file, "0", model)
    samples = recorded(header, tmp_path / "a.fcr")
    monkeypatch.setattr("formcoach.spec_file.list_specs", list)  # nothing is installed any more
    monkeypatch.setattr("formcoach.spec_file.find_spec", lambda _: tmp_path / "gone.toml")
    again = replay_recording(tmp_path / "a.fcr", None).report
    assert again.as_dict() == coach(BENT, samples).report.as_dict()


def test_a_recorded_routine_keeps_variant_and_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    routine, model = tmp_path / "sides.toml", tmp_path / "model.task"
    text = find_routine("strength").read_text("utf-8").replace('exercise = "plank"', f'exercise = "{BENT}"')
    routine.write_text(text, "utf-8")
    model.write_bytes(b"")
    monkeypatch.setattr("formcoach.routine_file.find_routine", lambda _: routine)
    chosen = commands.read_plan(routine)
    doses: list[float | None] = [None] * len(chosen.steps)
    header = commands.routine_header(chosen, doses, "0", model)
    assert {"side-plank", BENT} <= set(header["specs"])  # type: ignore[call-overload]
    recorded(header, tmp_path / "a.fcr")
    kept = plan_of(read_header(tmp_path / "a.fcr"), tmp_path / "a.fcr")
    assert [step.spec for step in kept.steps] == [step.spec for step in chosen.steps]
    assert BENT in [step.spec.id for step in kept.steps if step.spec]
