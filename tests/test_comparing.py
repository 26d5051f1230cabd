"""Two reports of one session: what differs, and why."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coached import stock
from formcoach.cli import main
from formcoach.comparing import compare, describe_comparison, spec_changes
from formcoach.recording import RecordingWriter
from formcoach.session import coach_through
from formcoach.spec import Range
from formcoach.spec_file import find_spec
from puppet import perform

HINGE = stock("hip-hinge")
SET = perform("hip-hinge", reps=3).samples


def with_work(low: float, high: float):
    """The hip hinge counted with other bounds of the lean."""
    return replace(HINGE, poses={**HINGE.poses, "work": {**HINGE.poses["work"], "lean": Range(low, high)}})


def compared(after, samples=SET, before=HINGE):
    return compare(coach_through(before, samples), coach_through(after, samples))


def test_the_same_spec_changes_nothing():
    found = compared(HINGE)
    assert (found.spec, found.changes) == ((), ())
    assert found.counted == (3, 3)
    assert "Nothing is counted or said differently." in describe_comparison(found, ("stock", "mine"))


def test_a_bound_out_of_reach_counts_nothing_and_says_why():
    found = compared(with_work(-60, -30))
    assert found.spec == (("poses.work.lean", "−60 to 45", "−60 to −30"),)
    assert found.counted == (3, 0)
    reps = [one for one in found.changes if one.what == "repetition"]
    assert [one.before for one in reps] == ["counted"] * 3
    assert all("lean reached" in one.after for one in reps)
    text = describe_comparison(found, ("stock", "mine.toml"))
    assert text.splitlines()[0] == "From stock to mine.toml:"
    assert "Counted: 3 → 0." in text


def test_a_tighter_check_finds_faults_and_says_more():
    check = HINGE.checks["knees_soft"]
    strict = replace(HINGE, checks={**HINGE.checks, "knees_soft": replace(check, good=Range(175, 180))})
    found = compared(strict)
    assert {one.check for one in found.changes if one.what == "fault"} == {"knees_soft"}
    assert {one.before for one in found.changes if one.what == "fault"} == {"nothing"}
    assert any(one.what == "cue" and "Hips back" in one.after for one in found.changes)
    assert found.counted == (3, 3)
    back = compared(HINGE, before=strict)
    assert {one.after for one in back.changes if one.what in ("fault", "cue")} == {"nothing"}


def test_a_hold_that_is_timed_differently():
    plank, samples = stock("plank"), perform("plank").samples
    timing = replace(plank.timing, settle_s=plank.timing.settle_s + 2.0)
    found = compared(replace(plank, timing=timing), samples, plank)
    assert [address for address, _, _ in found.spec] == ["timing.settle_s"]


def test_every_kind_of_value_has_an_address():
    other = replace(HINGE, about="Else", hysteresis=9.0, checks={})
    addresses = {address for address, _, _ in spec_changes(HINGE, other)}
    assert {"about", "hysteresis", "checks.knees_soft.good"} <= addresses


def test_lists_of_a_spec_are_told_without_brackets_and_empty_ones_not_at_all():
    changes = {address: (was, now) for address, was, now in spec_changes(HINGE, replace(HINGE, measures={}))}
    for name, measure in HINGE.measures.items():
        for listed in ("points", "of"):
            words = getattr(measure, listed)
            expected = (", ".join(map(str, words)), "nothing") if words else None
            assert changes.get(f"measures.{name}.{listed}") == expected


@settings(max_examples=40)
@given(st.floats(-60, 60), st.floats(1, 60))
def test_what_is_not_changed_is_in_both(low, width):
    found = compared(with_work(low, low + width))
    same = sum(one.performed for one in coach_through(HINGE, SET).repetitions)
    lost = sum(one.what == "repetition" and one.before.startswith("counted") for one in found.changes)
    gained = sum(one.what == "repetition" and one.after.startswith("counted") for one in found.changes)
    assert found.counted == (same, same - lost + gained)


# ---- as a person types it ----------------------------------------------------------------------


@pytest.fixture
def session(tmp_path):
    text = find_spec("hip-hinge").read_text("utf-8")
    with RecordingWriter(tmp_path / "a.fcr", {"exercise": "hip-hinge", "spec_toml": text}) as writer:
        for sample in SET:
            writer.add(sample)
        writer.close({})
    (tmp_path / "edited.toml").write_text(text.replace("lean = [-60, 45]", "lean = [-60, -30]"), "utf-8")
    return tmp_path / "a.fcr"


@pytest.mark.parametrize("against", ["stock", "recorded", "hip-hinge"])
def test_an_edited_spec_against_another(session, capsys, against):
    edited, out = session.with_name("edited.toml"), session.with_name("a.json")
    assert (
        main(["replay", str(session), "--spec", str(edited), "--against", against, "--json", str(out)]) == 0
    )
    assert "Counted: 3 → 0." in capsys.readouterr().out
    assert json.loads(out.read_text("utf-8"))["counted"] == [3, 0]


def test_only_recordings_are_compared(tmp_path, capsys):
    assert main(["replay", str(tmp_path / "a.mp4"), "--exercise", "plank", "--against", "stock"]) == 2
    assert "--against compares two specs on a recording" in capsys.readouterr().err
