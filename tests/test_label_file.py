"""Labels are read from all their forms, written back as they were, and refused fault by fault."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcoach.errors import FormcoachError, SpecError
from formcoach.label_file import LabelFile, label_path, labels_beside, read_labels, write_labels
from formcoach.labels import Labels, Span, TrueFault, TrueRepetition, as_plain, labels_of
from pages import fits, page

EVERYTHING = Labels(
    "session.fcr",
    "hip-hinge",
    (TrueRepetition(2.1, 5.0, 3.4, good=True), TrueRepetition(5.6, 8.4, None, False, ("knee_bent",))),
    (Span(9.0, 12.0),),
    (TrueFault("rounded", 7.2, 9.0),),
    (Span(0.0, 5.2),),
    clean=False,
    person="Anna",
    session="2026-03-10",
)

TABLE = """start,turn,end,what,kind
2.1,3.4,5.0,repetition,good
5.6,,8.4,repetition,knee_bent
9,,12,hold,
7.2,,9.0,fault,rounded
0.0,,5.2,good,
,,,person,Anna
,,,session,2026-03-10
,,,exercise,hip-hinge
"""

CLIP = {"file": "a.mp4", "exercise": "plank", "repetitions": [], "holds": [], "faults": [], "clean": True}


def faults_of(data: object) -> list[str]:
    faults: list[str] = []
    labels_of(data, "clips[0]", faults)
    return faults


# ---- all forms ---------------------------------------------------------------------------------


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    recording = tmp_path / "session.fcr"
    write_labels(label_path(recording), EVERYTHING)
    assert labels_beside(recording) == LabelFile((EVERYTHING,))
    assert [path.name for path in tmp_path.iterdir()] == ["session.labels.json"]


def test_a_table_says_the_same(tmp_path: Path) -> None:
    (tmp_path / "session.labels.csv").write_text(TABLE, "utf-8")
    found = labels_beside(tmp_path / "session.fcr")
    assert found is not None
    assert found.labels == (EVERYTHING,)


def test_a_clean_recording_as_a_table(tmp_path: Path) -> None:
    (tmp_path / "a.labels.csv").write_text("start,turn,end,what,kind\n,,,clean,\n", "utf-8")
    found = labels_beside(tmp_path / "a.mp4")
    assert found is not None
    assert found.labels == (Labels("a.mp4", clean=True),)


def test_nothing_lies_beside_it(tmp_path: Path) -> None:
    assert labels_beside(tmp_path / "session.fcr") is None


def test_one_of_many_is_found_by_its_file(tmp_path: Path) -> None:
    path = tmp_path / "ground_truth.json"
    clips = [CLIP, {**CLIP, "file": "b.mp4", "clean": False}]
    path.write_text(json.dumps({"format": 1, "time_tolerance_s": 0.5, "clips": clips}), "utf-8")
    found = read_labels(path)
    assert found.tolerance_s == 0.5
    b = found.of(Path("elsewhere/b.mp4"))
    assert b is not None
    assert not b.clean
    assert found.of(Path("b.fcr")) == b
    assert found.of(Path("c.mp4")) is None


def test_what_is_left_out_is_not_labelled(tmp_path: Path) -> None:
    path = tmp_path / "a.labels.json"
    path.write_text(json.dumps({"format": 1, "good": [{"start": 1, "end": 2}]}), "utf-8")
    (labels,) = read_labels(path, "a.fcr").labels
    assert labels == Labels("a.fcr", good=(Span(1.0, 2.0),))
    assert labels.repetitions is None
    assert labels.exercise == ""


def test_no_exercise_is_not_the_same_as_none_said() -> None:
    assert labels_of({**CLIP, "exercise": None}, "", []).exercise is None


def test_no_holds_beside_repetitions_are_not_labelled() -> None:
    reps = [{"start": 1, "end": 2}]
    assert labels_of({**CLIP, "repetitions": reps}, "", []).holds is None
    assert labels_of(CLIP, "", []).holds == ()


def test_faults_of_repetitions_are_faults() -> None:
    assert EVERYTHING.all_faults == (TrueFault("knee_bent", 5.6, 8.4), TrueFault("rounded", 7.2, 9.0))


spans = st.tuples(st.floats(0, 1e6), st.floats(0, 1e6)).map(sorted)
names = st.text("abcdefgh_", min_size=1)
reps = st.builds(
    lambda span, good, faults: TrueRepetition(*span, None, good, tuple(faults)),
    spans,
    st.none() | st.booleans(),
    st.lists(names, max_size=2),
)


@given(
    st.builds(
        Labels,
        file=names,
        exercise=st.none() | st.just("") | names,
        repetitions=st.none() | st.lists(reps).map(tuple),
        faults=st.lists(st.builds(lambda kind, span: TrueFault(kind, *span), names, spans)).map(tuple),
        good=st.lists(spans.map(lambda span: Span(*span))).map(tuple),
        clean=st.booleans(),
        person=st.just("") | names,
    )
)
def test_plain_data_and_back(labels: Labels) -> None:
    faults: list[str] = []
    assert labels_of(json.loads(json.dumps(as_plain(labels))), "", faults) == labels
    assert not faults


# ---- faults ------------------------------------------------------------------------------------

WRONG = {
    "not a table": (5, "must be a table of fields"),
    "holds": ({**CLIP, "holds": 3}, "holds: must be a list, not 3"),
    "null": ({**CLIP, "holds": None}, "holds: must be a list, not null"),
    "empty hold": ({**CLIP, "holds": [{}]}, "holds[0].start: missing"),
    "soon": (
        {**CLIP, "holds": [{"start": "soon", "end": 3}]},
        "holds[0].start: must be a number, not 'soon'",
    ),
    "huge": ({**CLIP, "holds": [{"start": 10**400, "end": 3}]}, "holds[0].start: must be a number"),
    "infinite": ({**CLIP, "holds": [{"start": 0, "end": math.inf}]}, "holds[0].end: must be a number"),
    "nan": ({**CLIP, "faults": [{"kind": "sag", "start": math.nan, "end": 3}]}, "faults[0].start: must be"),
    "backwards": ({**CLIP, "holds": [{"start": 5, "end": 3}]}, "holds[0].start: 5 is after the end, 3"),
    "no kind": ({**CLIP, "faults": [{"start": 1, "end": 3}]}, "faults[0].kind: missing"),
    "no fault": ({**CLIP, "faults": [3]}, "faults[0]: must be a table of fields, not 3"),
    "turn": (
        {**CLIP, "repetitions": [{"start": 1, "turn": 9, "end": 3}]},
        "repetitions[0].turn: 9 is not between 1 and 3",
    ),
    "good": ({**CLIP, "repetitions": [{"start": 1, "end": 3, "good": "yes"}]}, "good: must be true or false"),
    "fault names": (
        {**CLIP, "repetitions": [{"start": 1, "end": 3, "faults": "sag"}]},
        "faults: must be a list of texts, not 'sag'",
    ),
    "person": ({**CLIP, "person": 3}, "person: must be a text, not 3"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_by_its_address(name: str) -> None:
    data, says = WRONG[name]
    found = faults_of(data)
    assert found[0].startswith("clips[0]")
    assert says in found[0]


def test_all_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "truth.json"
    data = {"format": 1, "time_tolerance_s": -1, "clips": [CLIP, {"file": "", "clean": 1}, 7]}
    path.write_text(json.dumps(data), "utf-8")
    with pytest.raises(SpecError) as caught:
        read_labels(path)
    assert caught.value.faults == (
        f"{path}: time_tolerance_s: -1 is below 0",
        f"{path}: clips[1].file: must be a text, not ''",
        f"{path}: clips[1].clean: must be true or false, not 1",
        f"{path}: clips[2]: must be a table of fields, not 7",
    )


def test_a_table_is_told_by_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.labels.csv"
    path.write_text("start,turn,end,what,kind\n1,,x,hold,\n2,,3,jump,\n1,,2,fault,\n", "utf-8")
    with pytest.raises(SpecError) as caught:
        read_labels(path)
    first, second, third = caught.value.faults
    assert first == f"{path}: line 2: end: must be a number, not 'x'"
    assert second.startswith(f"{path}: line 3: 'jump' is nothing that happens")
    assert third == f"{path}: line 4: kind: must be a text, not ''"


@pytest.mark.parametrize("ending", [".json", ".csv"])
def test_what_cannot_be_read_is_told_in_words(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"truth{ending}"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FormcoachError, match=r"cannot be read as labels: it is not UTF-8\.$"):
        read_labels(path)


def test_a_folder_holds_no_labels(tmp_path: Path) -> None:
    with pytest.raises(FormcoachError, match="cannot be read as labels: ") as raised:
        read_labels(tmp_path)
    assert "Errno" not in str(raised.value)


def test_a_table_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "a.labels.csv"
    path.write_text("from,to\n1,2\n", "utf-8")
    with pytest.raises(SpecError, match="the columns are start, turn, end, what, kind; start is missing"):
        read_labels(path)


@pytest.mark.parametrize("data", [{"format": 1}, {"format": 1, "notes": "…"}, {"format": 2, "good": []}])
def test_json_that_holds_no_labels(tmp_path: Path, data: object) -> None:
    path = tmp_path / "a.labels.json"
    path.write_text(json.dumps(data), "utf-8")
    with pytest.raises(FormcoachError, match="is no ground truth"):
        read_labels(path)


def test_what_is_wrong_is_on_the_page() -> None:
    told = [row[0] for row in page("docs/evaluation.md").rows("What is wrong with labels")]
    for data, _ in WRONG.values():
        for fault in faults_of(data):
            assert any(fits(pattern, fault.partition(": ")[2]) for pattern in told), fault


def test_the_examples_on_the_page_are_read(tmp_path: Path) -> None:
    told = page("docs/evaluation.md")
    (tmp_path / "a.labels.json").write_text(told.examples("json")[1], "utf-8")
    (tmp_path / "b.labels.csv").write_text(told.examples("text")[0], "utf-8")
    for recording in ("a.fcr", "b.fcr"):
        found = labels_beside(tmp_path / recording)
        assert found is not None
        assert found.labels[0].person == "Anna"
        assert found.labels[0].repetitions
