"""`formcoach tune`: recordings, videos and tables in; a table and sentences out, and bounds if asked."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from coached import stock
from formcoach.cli import main
from formcoach.errors import FormcoachError
from formcoach.label_file import label_path, write_labels
from formcoach.labels import as_plain
from formcoach.landmark_table import read_table
from formcoach.landmarks import LANDMARKS, PoseSample
from formcoach.personal_file import read_personal
from formcoach.recording import RecordingWriter
from formcoach.single import read_single
from formcoach.spec_file import find_spec, read_spec, stock_folder
from labelled import samples_and_labels
from pages import is_a, leaves, page
from puppet import perform


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("FORMCOACH_SPECS", str(tmp_path / "own"))
    return tmp_path / "own"


def recorded(folder: Path, person: str, fault: str = "", *, labelled: bool = True) -> Path:
    samples, labels = samples_and_labels("hip-hinge", person, fault, reps=2)
    path = folder / labels.file
    with RecordingWriter(path, {}) as writer:
        for sample in samples:
            writer.add(sample)
    if labelled:
        write_labels(label_path(path), labels)
    return path


@pytest.fixture
def recordings(tmp_path: Path) -> list[str]:
    return [
        str(recorded(tmp_path, person, fault)) for person in ("Anna", "Ben") for fault in ("", "knee_bent")
    ]


@pytest.fixture
def tight(tmp_path: Path) -> Path:
    """A hinge of one's own with knees that nobody keeps so straight."""
    text = (stock_folder() / "hip-hinge.toml").read_text("utf-8")
    path = tmp_path / "my-hinge.toml"
    path.write_text(text.replace("good = [140, inf] ", "good = [163, inf] "), "utf-8")
    return path


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["tune", *words]) == 0
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["tune", *words]) == 2
    return capsys.readouterr().err


def relabelled(recordings: list[str], exercise: str) -> None:
    for path in map(Path, recordings):
        beside = label_path(path)
        beside.write_text(beside.read_text("utf-8").replace("hip-hinge", exercise), "utf-8")


# ---- recordings --------------------------------------------------------------------------------


def test_it_is_told_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str], recordings: list[str], tight: Path
) -> None:
    before = tight.read_bytes()
    relabelled(recordings, "my-hinge")
    out = told(capsys, str(tight), *recordings, "--only", "knees_soft")
    assert "checks.knees_soft.good low  163" in out
    assert "Nothing is written" in out
    assert tight.read_bytes() == before
    assert not list(tight.parent.glob("*.bak*"))


def test_it_is_written_with_its_comments_and_taken_back(
    capsys: pytest.CaptureFixture[str], recordings: list[str], tight: Path
) -> None:
    before = tight.read_text("utf-8")
    relabelled(recordings, "my-hinge")
    out = told(capsys, str(tight), *recordings, "--only", "knees_soft", "--write")
    assert f"Written: {tight}" in out
    lines = [
        (a, b)
        for a, b in zip(before.split("\n"), tight.read_text("utf-8").split("\n"), strict=True)
        if a != b
    ]
    ((_, line),) = lines
    assert line.endswith("# 10 to 35 bent; more is a squat")
    assert read_spec(tight).checks["knees_soft"].good.low < 150
    assert "as it was before" in told(capsys, str(tight), "--undo")
    assert tight.read_text("utf-8") == before
    assert "nothing to take back" in told(capsys, str(tight), "--undo")


def test_a_stock_exercise_becomes_a_copy_of_ones_own(
    capsys: pytest.CaptureFixture[str], own_folder: Path, tmp_path: Path
) -> None:
    stock_before = (stock_folder() / "hip-hinge.toml").read_bytes()
    good = [str(recorded(tmp_path, person)) for person in ("Anna", "Ben")]
    out = told(capsys, "hip-hinge", *good, "--tighten", "--only", "back_straight", "--write")
    assert f"Written: {own_folder / 'hip-hinge.toml'}" in out
    assert find_spec("hip-hinge") == own_folder / "hip-hinge.toml"
    assert (stock_folder() / "hip-hinge.toml").read_bytes() == stock_before


def test_labels_of_many_in_one_file(capsys: pytest.CaptureFixture[str], tmp_path: Path, tight: Path) -> None:
    paths, clips = [], []
    for person in ("Anna", "Ben"):
        paths.append(str(recorded(tmp_path, person, labelled=False)))
        clips.append({**as_plain(samples_and_labels("hip-hinge", person, reps=2)[1]), "exercise": "my-hinge"})
    truth = tmp_path / "truth.json"
    truth.write_text(json.dumps({"format": 1, "clips": clips}), "utf-8")
    out = told(capsys, str(tight), *paths, "--labels", str(truth), "--hold-out", "Ben")
    assert "Ben-good.fcr (held out)" in out


def test_recordings_said_to_be_good(capsys: pytest.CaptureFixture[str], tmp_path: Path, tight: Path) -> None:
    paths = [str(recorded(tmp_path, person, labelled=False)) for person in ("Anna", "Ben")]
    assert "No label says anything" in refused(capsys, str(tight), *paths)
    assert "checks.knees_soft.good low: 163 → " in told(capsys, str(tight), *paths, "--good")


def test_without_recordings_there_is_nothing_to_tune_by(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Name the recordings to tune by" in refused(capsys, "hip-hinge")


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (
            "knee_bnt",
            'hip-hinge knows no fault "knee_bnt", so no bound is tuned by it; did you mean knee_bent?',
        ),
        ("other", ""),
    ],
)
def test_a_fault_that_the_exercise_does_not_know_is_told(
    capsys: pytest.CaptureFixture[str], recordings: list[str], kind: str, told: str
) -> None:
    for path in map(Path, recordings):
        beside = label_path(path)
        beside.write_text(beside.read_text("utf-8").replace("knee_bent", kind), "utf-8")
    assert main(["tune", "hip-hinge", *recordings]) == 0
    err = capsys.readouterr().err
    assert [line.partition(": ")[2] for line in err.splitlines()] == ([told] * 2 if told else [])


def test_the_same_as_data(
    capsys: pytest.CaptureFixture[str], recordings: list[str], tmp_path: Path, tight: Path
) -> None:
    relabelled(recordings, "my-hinge")
    told(capsys, str(tight), *recordings, "--json", str(tmp_path / "out.json"))
    data = json.loads((tmp_path / "out.json").read_text("utf-8"))
    types = {row[0].strip("`"): row[1] for row in page("docs/tuning.md").rows("The same as data")}
    told_of = {re.match(r"(pictures|recordings)\[\]|[\w\[\]]+(\.\w+)?", path)[0] for path, _ in leaves(data)}  # type: ignore[index]
    assert told_of == types.keys() - {"pictures[]"}
    for path, value in leaves(data):
        if path in types and "table" not in types[path]:
            assert is_a(types[path], value), path
    assert any(one["proposed"] != one["now"] for one in data["bounds"])


# ---- one's own -------------------------------------------------------------------------------


def test_personal_tuning_goes_to_the_persons_own_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FORMCOACH_PERSONAL", str(tmp_path / "personal.toml"))
    demanding = stock_folder() / "hip-hinge.toml"
    paths = [str(recorded(tmp_path, "Anna", fault)) for fault in ("", "not_level")]
    out = told(capsys, "hip-hinge", *paths, "--personal")
    assert "Hip hinge, " in out
    assert "Nothing is written" in out
    assert not read_personal()
    before = demanding.read_bytes()
    assert "Kept in " in told(capsys, "hip-hinge", *paths, "--personal", "--write")
    assert demanding.read_bytes() == before
    known = read_personal()["hip-hinge"]
    assert known.reach["lean"] == pytest.approx(12, abs=4)


def test_personal_tuning_is_of_one_person(capsys: pytest.CaptureFixture[str], recordings: list[str]) -> None:
    assert "these recordings are of Anna, Ben" in refused(capsys, "hip-hinge", *recordings, "--personal")


def test_personal_tuning_of_too_little(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = recorded(tmp_path, "Anna", labelled=False)
    assert "Too little of Hip hinge is labelled" in refused(capsys, "hip-hinge", str(path), "--personal")


# ---- refused -----------------------------------------------------------------------------------


def test_another_exercise(capsys: pytest.CaptureFixture[str], recordings: list[str]) -> None:
    assert "is labelled as hip-hinge, not plank" in refused(capsys, "plank", *recordings)


def test_nobody_of_that_name(capsys: pytest.CaptureFixture[str], recordings: list[str]) -> None:
    said = refused(capsys, "hip-hinge", *recordings, "--hold-out", "Zoe")
    assert "Nothing is of Zoe, so it cannot be held out; there is Anna, Ben." in said


def test_no_such_bound(capsys: pytest.CaptureFixture[str], recordings: list[str]) -> None:
    assert "hip-hinge has no bound knees" in refused(capsys, "hip-hinge", *recordings, "--only", "knees")


@pytest.mark.parametrize("words", [["--aspect", "wide"], ["--aspect", "16:0"], ["--label", "C"]])
def test_options_that_say_nothing(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    with pytest.raises(SystemExit):
        main(["tune", "plank", "a.csv", *words])
    assert "write it as" in capsys.readouterr().err


# ---- tables of landmarks -----------------------------------------------------------------------


def row(sample: PoseSample, label: str, part: str) -> str:
    cells = [part, label]
    assert sample.world is not None
    for (x, y), (_, _, z), seen in zip(sample.xy, sample.world, sample.visibility, strict=True):
        cells += [f"{x / sample.aspect:.5f}", f"{y:.5f}", f"{z:.5f}", f"{seen:.3f}"]
    return ",".join(cells)


def table(*rows: str) -> str:
    header = ["part", "label", *(f"{name}_{end}" for name in LANDMARKS for end in "xyzv")]
    return "\n".join([",".join(header), *rows, ""])


def filmed(fault: str = "") -> list[PoseSample]:
    """Pictures of a plank while it is held, or while its fault lasts."""
    how = {"fault": fault} if fault else {}
    made = perform("plank", hold_s=6, fps=4, noise=1, **how)
    spans = made.truth.faults or made.truth.holds
    return [one for one in made.samples if any(span.start + 0.5 < one.t < span.end - 0.5 for span in spans)]


def pictures(label: str, fault: str, part: str) -> list[str]:
    return [row(sample, label, part) for sample in filmed(fault)]


@pytest.fixture
def planks(tmp_path: Path) -> Path:
    rows = [
        one
        for part in ("first", "second")
        for label, fault in (("C", ""), ("L", "sag"), ("H", "pike"))
        for one in pictures(label, fault, part)
    ]
    path = tmp_path / "planks.csv.gz"
    path.write_bytes(gzip.compress(table(*rows).encode()))
    return path


def test_a_table_is_tuned_by_and_held_out(
    capsys: pytest.CaptureFixture[str], planks: Path, tmp_path: Path
) -> None:
    text = (stock_folder() / "plank.toml").read_text("utf-8")
    narrow = tmp_path / "narrow-plank.toml"
    narrow.write_text(text.replace("good = [-3, 22]", "good = [-15, 0]"), "utf-8")
    means = ["--label", "C=good", "--label", "L=sag", "--label", "H=pike", "--aspect", "16:9"]
    out = told(capsys, str(narrow), str(planks), *means, "--hold-out", "second", "--only", "hips_line")
    assert "hips_line, held out" in out
    assert out.count("right: 1.0000") == 2
    assert out.index("hips_line, tuned by") < out.index("hips_line, held out")


def test_a_picture_measures_what_a_recording_does(planks: Path) -> None:
    (first, *_) = read_table(planks, 16 / 9, {"C": "good"})
    spec = stock("plank")
    single = read_single(spec, first.sample, first.label, first.group)
    direct = read_single(spec, filmed()[0], "good", "first")
    assert single.view == direct.view == "side"
    assert (single.label, single.group) == ("good", "first")
    for name in ("hips", "knee", "trunk"):
        assert single.values[name] == pytest.approx(direct.values[name], abs=0.2)


def test_without_the_shape_of_its_pictures(capsys: pytest.CaptureFixture[str], planks: Path) -> None:
    assert "does not say how wide its pictures are" in refused(capsys, "plank", str(planks))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("label\nC\n", "has no column left_shoulder_x"),
        (table("first,C,soon"), "line 2 lacks a number"),
        (None, "There is no file"),
    ],
)
def test_a_table_that_cannot_be_read(tmp_path: Path, text: str | None, says: str) -> None:
    path = tmp_path / "a.csv"
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(FormcoachError, match=says):
        read_table(path, 1.0, {})


def test_a_table_that_is_no_gzip(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(b"no gzip")
    with pytest.raises(FormcoachError, match="cannot be read as a table"):
        read_table(path, 1.0, {})


def test_held_out_pictures_that_are_all_good_are_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    rows = [*pictures("good", "", "first"), *pictures("sag", "sag", "first"), *pictures("good", "", "second")]
    path = tmp_path / "planks.csv"
    path.write_text(table(*rows), "utf-8")
    out = told(capsys, "plank", str(path), "--aspect", "16:9", "--hold-out", "second", "--only", "hips_line")
    held_out = out[out.index("hips_line, held out") :]
    assert f"right: 1.0000 of {len(filmed())} pictures" in held_out
