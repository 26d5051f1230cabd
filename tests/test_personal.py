"""A person's own neutral and range: found out, kept, laid over, reported, forgotten; and never unsafe."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from pytest import approx

from coached import coach, coached, stock
from formcoach import cli, commands
from formcoach.calibration import calibrate
from formcoach.errors import FormcoachError
from formcoach.personal import LEAST_WAY, MOST, Personal, lay_over
from formcoach.personal_file import personal_file, read_personal, render, reset_personal, write_personal
from formcoach.recording import RecordingWriter
from formcoach.replaying import replay_recording
from formcoach.session import Session
from formcoach.spec import Range
from formcoach.spec_file import find_spec
from puppet import perform

DAY = "2026-11-21"
HINGE, PLANK, BIRD_DOG = stock("hip-hinge"), stock("plank"), stock("bird-dog")


@pytest.fixture(autouse=True)
def own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FORMCOACH_PERSONAL", str(tmp_path / "own" / "personal.toml"))
    return tmp_path / "own" / "personal.toml"


def recorded(path: Path, exercise: str, personal: dict[str, object] | None = None, **how: object) -> Path:
    """A session as a recording."""
    header = {
        "exercise": exercise,
        "spec_toml": find_spec(exercise).read_text("utf-8"),
        "personal": personal or {},
    }
    with RecordingWriter(path, header) as writer:
        for sample in perform(exercise, fps=15, **how).samples:
            writer.add(sample)
        writer.close({})
    return path


# ---- found out ---------------------------------------------------------------------------------


def test_a_set_tells_the_start_and_how_far_somebody_gets():
    found = calibrate(BIRD_DOG, perform("bird-dog", reps=3, hold_s=2).samples, DAY)
    assert found is not None
    assert found.date == DAY
    assert set(found.neutral) == {name for name, one in BIRD_DOG.measures.items() if one.from_start}
    assert set(found.reach) >= {"leg", "arm"}


def test_one_who_does_not_get_there_is_measured_too():
    found = calibrate(HINGE, perform("hip-hinge", reps=3, fault="shallow").samples, DAY)
    assert found is not None
    assert found.reach["lean"] == approx(60, abs=3)


def test_a_hold_tells_how_somebody_holds():
    found = calibrate(PLANK, perform("plank", hold_s=8).samples, DAY)
    assert found is not None
    assert set(found.neutral) == {check.measure for check in PLANK.checks.values()}
    assert not found.reach


@pytest.mark.parametrize(
    ("exercise", "how"),
    [("hip-hinge", {"reps": 1}), ("plank", {"hold_s": 1}), ("bridge", {"dropouts": [(0, 99)]})],
)
def test_too_little_tells_nothing(exercise, how):
    assert calibrate(stock(exercise), perform(exercise, **how).samples, DAY) is None


# ---- laid over ---------------------------------------------------------------------------------


def test_nothing_known_changes_nothing():
    assert lay_over(HINGE, None) is HINGE


def test_whoever_gets_far_enough_is_asked_for_the_same():
    found = calibrate(HINGE, perform("hip-hinge", reps=3).samples, DAY)
    assert lay_over(HINGE, found).poses == HINGE.poses


def test_whoever_does_not_get_as_far_is_counted_with_their_own_range():
    samples = perform("hip-hinge", reps=3).samples
    found = calibrate(HINGE, samples, DAY)
    assert found is not None
    beyond = {**HINGE.poses["work"], "lean": Range(-90.0, found.reach["lean"] - 8.0)}
    spec = replace(HINGE, poses={**HINGE.poses, "work": beyond})
    assert coach(spec, samples).count == 0
    own = lay_over(spec, calibrate(spec, samples, DAY))
    assert coach(own, samples).count == 3
    assert own.poses["start"] == HINGE.poses["start"]
    assert own.checks == HINGE.checks


def test_half_of_the_way_is_always_asked():
    start, work = HINGE.poses["start"]["lean"], HINGE.poses["work"]["lean"]
    own = lay_over(HINGE, Personal(DAY, {}, {"lean": start.low}))
    eased = own.poses["work"]["lean"]
    assert eased.high == approx(start.low - LEAST_WAY * (start.low - work.high))
    assert eased.low == work.low


@pytest.mark.parametrize("value", [-90.0, 0.0, 30.0, 90.0, 200.0])
def test_no_bound_of_safety_is_ever_touched(value):
    for spec in (HINGE, PLANK, BIRD_DOG, stock("side-plank"), stock("bridge")):
        personal = Personal(DAY, dict.fromkeys(spec.measures, value), dict.fromkeys(spec.measures, value))
        own = lay_over(spec, personal)
        for name, check in spec.checks.items():
            if check.severity == "stop":
                assert own.checks[name] == check
            assert own.checks[name].good.low <= check.good.low
            assert own.checks[name].good.high >= check.good.high


def test_bounds_of_a_hold_give_way_a_little_only():
    spec = replace(PLANK, checks={n: replace(one, severity="fix") for n, one in PLANK.checks.items()})
    name, check = next((n, one) for n, one in spec.checks.items() if one.good.low > -1000)
    eased = lay_over(spec, Personal(DAY, {check.measure: check.good.low - 50})).checks[name].good.low
    assert 0 < check.good.low - eased <= MOST
    slightly = lay_over(spec, Personal(DAY, {check.measure: check.good.low - 0.01})).checks[name].good.low
    assert slightly == approx(check.good.low - 0.01)


def test_the_start_of_another_day_stands_until_that_of_this_one_is_seen():
    own = lay_over(BIRD_DOG, Personal(DAY, {"trunk_tilt": 40.0}))
    steps = coached("bird-dog", by=own, reps=1).steps
    assert steps[0].values["trunk_tilt"] == approx(-40, abs=25)
    assert steps[-1].values["trunk_tilt"] == approx(0, abs=5)


# ---- kept --------------------------------------------------------------------------------------


def test_the_file_is_read_as_it_was_written_and_a_person_can_read_it(own_file):
    known = {"plank": Personal(DAY, {"hips": 11.25}), "hip-hinge": Personal(DAY, {}, {"lean": 60.125})}
    assert read_personal() == {}
    write_personal(known)
    assert read_personal() == known
    text = own_file.read_text("utf-8")
    assert '["hip-hinge"]\ndate = "2026-11-21"\nreach = { lean = 60.125 }' in text
    assert not [one for one in own_file.parent.iterdir() if one != own_file]


def test_one_exercise_or_all_can_be_forgotten(own_file):
    write_personal({"plank": Personal(DAY), "squat": Personal(DAY)})
    assert reset_personal("plank")
    assert not reset_personal("plank")
    assert set(read_personal()) == {"squat"}
    assert reset_personal()
    assert not own_file.exists()
    assert not reset_personal()


@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        "format = 2",
        "",
        "format = 1\nplank = 3",
        "format = 1\n[plank]\nneutral = { a = 1 }",
        'format = 1\n[plank]\ndate = "x"\nreach = { a = nan }',
        'format = 1\n[plank]\ndate = "x"\nreach = { a = "1" }',
    ],
)
def test_a_file_that_makes_no_sense_is_told(own_file, text):
    own_file.parent.mkdir()
    own_file.write_text(text, "utf-8")
    with pytest.raises(FormcoachError, match="begins anew"):
        read_personal()
    assert reset_personal()


# ---- reported, recorded, commanded -------------------------------------------------------------


def test_the_report_says_so():
    own = lay_over(HINGE, Personal(DAY, {}, {"lean": 60.0}))
    assert coach(own, perform("hip-hinge", reps=1).samples).report.as_dict()["personal"] == DAY
    assert coached("hip-hinge", reps=1).report.as_dict()["personal"] is None


def test_a_recording_replays_with_what_was_laid_over_then(tmp_path):
    personal = {"hip-hinge": {"date": DAY, "neutral": {}, "reach": {"lean": 60.0}}}
    path = recorded(tmp_path / "a.fcr", "hip-hinge", personal, reps=2, fault="shallow")
    own = lay_over(HINGE, Personal(DAY, {}, {"lean": 60.0}))
    session = Session(own)
    for sample in perform("hip-hinge", fps=15, reps=2, fault="shallow").samples:
        session.take(sample)
    report = replay_recording(path, None).report
    assert json.dumps(report.as_dict()) == json.dumps(session.finish().as_dict())
    assert (
        replay_recording(recorded(tmp_path / "b.fcr", "hip-hinge", None, reps=2), None).report.spec == HINGE
    )


def test_a_recording_with_a_faulty_part_says_so(tmp_path):
    path = recorded(tmp_path / "a.fcr", "hip-hinge", {"hip-hinge": {"neutral": {}}}, reps=1)
    with pytest.raises(FormcoachError, match="own neutral"):
        replay_recording(path, None)


def test_the_command_finds_out_shows_and_forgets(tmp_path, capsys):
    path = recorded(tmp_path / "a.fcr", "hip-hinge", None, reps=3, fault="shallow")
    assert cli.main(["calibrate", "hip-hinge", "--from", str(path)]) == 0
    assert "poses.work.lean" in capsys.readouterr().out
    assert commands.read_own(find_spec("hip-hinge")).personal
    header = commands.header(HINGE, find_spec("hip-hinge"), "0", path)
    assert set(header["personal"]) == {"hip-hinge"}
    assert cli.main(["calibrate", "--show"]) == 0
    assert "Hip hinge" in capsys.readouterr().out
    assert cli.main(["calibrate", "--reset", "hip-hinge"]) == 0
    assert cli.main(["calibrate", "--reset"]) == 0
    assert not personal_file().exists()
    assert commands.read_own(find_spec("hip-hinge")) == HINGE


def test_a_recording_that_tells_too_little_changes_nothing(tmp_path, capsys):
    write_personal({"squat": Personal(DAY)})
    path = recorded(tmp_path / "a.fcr", "hip-hinge", None, reps=1)
    assert cli.main(["calibrate", "hip-hinge", "--from", str(path)]) == 2
    assert "nothing was changed" in capsys.readouterr().err
    assert set(read_personal()) == {"squat"}
    assert cli.main(["calibrate"]) == 2
    assert "squat" in render(read_personal())
