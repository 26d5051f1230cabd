"""Evaluation: ground truth is read or refused in one sentence, and the table says what was found."""

from __future__ import annotations

import json

import pytest

from coached import stock
from formcoach import evaluating
from formcoach.errors import FormcoachError, SpecError
from formcoach.evaluating import LEGEND, as_dict, evaluate, read_truth, table
from formcoach.scoring import Score, TrueFault, Truth
from puppet import perform
from timeline import reps_spec

CLIP = {
    "file": "a.mp4",
    "exercise": "plank",
    "repetitions": [],
    "holds": [{"start": 2.0, "end": 12.5}, {"start": 20, "end": 24}],
    "faults": [{"kind": "sag", "start": 13, "end": 15.5}],
    "clean": False,
}


def written(tmp_path, *clips, **more):
    path = tmp_path / "truth.json"
    path.write_text(json.dumps({"format": 1, "clips": clips, **more}), "utf-8")
    return path


def changed(**fields) -> dict[str, object]:
    return {**CLIP, **fields}


# ---- reading -----------------------------------------------------------------------------------


def test_a_clip_with_everything(tmp_path):
    (clip,), tolerance = read_truth(written(tmp_path, CLIP, time_tolerance_s=0.5))
    assert clip == Truth("a.mp4", "plank", 0, 14.5, (TrueFault("sag", 13.0, 15.5),), False)
    assert tolerance == 0.5


def test_the_tolerance_may_be_left_out(tmp_path):
    assert read_truth(written(tmp_path))[1] == 0.3


def test_further_fields_are_passed_over(tmp_path):
    (clip,), _ = read_truth(written(tmp_path, changed(notes="…", view="side"), made_by="somebody"))
    assert clip.file == "a.mp4"


def test_repetitions_are_counted_and_then_holds_are_not_scored(tmp_path):
    reps = [{"start": 1, "turn": 2, "end": 3}] * 4
    (clip,), _ = read_truth(written(tmp_path, changed(repetitions=reps, holds=[])))
    assert (clip.repetitions, clip.hold_s) == (4, None)
    (clip,), _ = read_truth(written(tmp_path, changed(holds=[])))
    assert clip.hold_s == 0  # neither: nothing should be held


def test_a_clip_of_no_exercise(tmp_path):
    (clip,), _ = read_truth(written(tmp_path, changed(exercise=None, holds=[], faults=[], clean=True)))
    assert clip.exercise is None
    assert clip.clean


# ---- refusing ----------------------------------------------------------------------------------


def refused(path) -> str:
    with pytest.raises(FormcoachError) as caught:
        read_truth(path)
    said = str(caught.value)
    assert "\n" not in said
    assert said.endswith(".")
    assert str(path) in said
    return said


def test_a_file_that_is_not_there(tmp_path):
    assert refused(tmp_path / "none.json").startswith("There is no file")


def test_a_folder(tmp_path):
    assert "cannot be read" in refused(tmp_path)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"no json", b"\xff\xfe\x00", b'{"format": 1,}', b"[" * 100_000, b"1" * 10_000],
    ids=["empty", "cut off", "text", "not UTF-8", "a comma", "too deep", "too many digits"],
)
def test_what_is_no_json(tmp_path, content):
    path = tmp_path / "truth.json"
    path.write_bytes(content)
    assert "cannot be read as" in refused(path)


@pytest.mark.parametrize(
    "data", [[], 1, None, "x", {}, {"format": 1}, {"format": 2, "clips": []}, {"format": 1, "clips": {}}]
)
def test_other_json(tmp_path, data):
    path = tmp_path / "truth.json"
    path.write_text(json.dumps(data), "utf-8")
    assert "is no ground truth" in refused(path)


@pytest.mark.parametrize("field", sorted(CLIP))
def test_a_field_that_is_missing_is_named(tmp_path, field):
    clip = {name: value for name, value in CLIP.items() if name != field}
    path = written(tmp_path, CLIP, clip)
    with pytest.raises(SpecError) as caught:
        read_truth(path)
    assert caught.value.faults == (f"{path}: clips[1].{field}: missing",)


# ---- scoring clips -----------------------------------------------------------------------------


@pytest.fixture
def filmed(monkeypatch):
    """Clips by file name, as the model would see them."""
    clips: dict[str, object] = {}
    monkeypatch.setattr(evaluating, "samples_of", lambda path, model, back: iter(clips[path.name]))
    return clips


def test_each_clip_is_coached_as_its_own_exercise(filmed, tmp_path):
    filmed["hinge.mp4"] = perform("hip-hinge", fps=15, reps=2).samples
    filmed["plank.mp4"] = perform("plank", fps=15, hold_s=5, fault="sag").samples
    truths = [
        Truth("hinge.mp4", "hip-hinge", 2, None, (), True),
        Truth("plank.mp4", "plank", 0, 0.0, (TrueFault("sag", 0.5, 5.0),), False),
    ]
    begun: list[Truth] = []
    specs = {name: stock(name) for name in ("hip-hinge", "plank")}
    hinge, plank = evaluate(truths, tmp_path, tmp_path, specs, tolerance_s=0.3, started=begun.append)
    assert begun == truths
    assert (hinge.repetitions, hinge.faults_false) == (2, 0)
    assert (plank.faults_found, plank.faults_false) == (1, 0)
    assert hinge.fps > 0


def test_a_clip_of_no_exercise_is_coached_as_every_one_or_as_some(filmed, tmp_path):
    filmed["null.mp4"] = perform("hip-hinge", fps=15, reps=2).samples
    null = [Truth("null.mp4", None, 0, 0.0, (), True)]
    specs = {name: stock(name) for name in ("hip-hinge", "plank")}
    (every,) = evaluate(null, tmp_path, tmp_path, specs, tolerance_s=0.3)
    assert every.repetitions == 2
    (some,) = evaluate(null, tmp_path, tmp_path, specs, tolerance_s=0.3, disguise=["plank"])
    assert some.repetitions == 0


@pytest.mark.parametrize("wanted", [True, False])
def test_the_outline_of_the_back_is_looked_for_where_an_exercise_asks_for_it(monkeypatch, tmp_path, wanted):
    asked: list[bool] = []
    monkeypatch.setattr(evaluating, "samples_of", lambda path, model, back: asked.append(back) or iter(()))
    back = 'measures.back.bow = ["near.hip", "near.shoulder"]\nposes.position.back = [-0.5, 0.5]'
    specs = {"x": reps_spec(back if wanted else "")}
    evaluate([Truth("a.mp4", "x", 0, 0.0, (), True)], tmp_path, tmp_path, specs, tolerance_s=0.3)
    assert asked == [wanted]


# ---- the table ---------------------------------------------------------------------------------

RIGHT = Score("a.mp4", "hip-hinge", True, 4, 4, None, 0.0, 0, 0, 0, 1.25, 59.6)
WRONG = Score("longer-name.mp4", None, True, 0, 2, 10.0, 12.345, 3, 1, 2, 0.0, 61.0)


def test_the_table_shows_each_clip_and_the_sums():
    lines = table([RIGHT, WRONG]).splitlines()
    assert lines[0].split() == ["clip", "exercise", "reps", "hold", "s", "faults", "unseen", "s", "frames/s"]
    assert " ".join(lines[1].split()) == "a.mp4 hip-hinge 4 / 4 - / 0.0 0 / 0 / 0 1.2 60"
    assert " ".join(lines[2].split()) == "longer-name.mp4 (none) 0 / 2 * 10.0 / 12.3 3 / 1 / 2! 0.0 61"
    assert lines[1].index("hip-hinge") == lines[2].index("(none)")
    assert LEGEND in lines
    assert lines[-2] == "2 clips: 1 counted exactly, 1 within one, mean count error 1.00"
    assert lines[-1] == "largest hold error 2.35 s; 2 faults missed; 2 false alarms on clean clips"


def test_the_table_as_data():
    data = as_dict([RIGHT, WRONG])
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert data["clips"][1]["hold_s"] == 12.345
    assert data["clips"][0]["hold_s_true"] is None
    assert data["summary"]["counted_exactly"] == 1


def test_the_table_of_nothing():
    assert table([]).splitlines()[-2].startswith("0 clips")
