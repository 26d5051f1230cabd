"""Trials in processes of their own: they end, whatever happens in them."""

from __future__ import annotations

import sys

import pytest

from formcoach import trials
from formcoach.trials import Trial, answer, try_out


def test_a_trial_that_works():
    assert try_out("video") == Trial(())


def test_a_trial_that_takes_too_long_is_ended():
    assert try_out("video", patience_s=0.01) == Trial((), "It gave no answer for 0 s.")


def test_a_trial_that_breaks_says_what_happened():
    assert try_out("no such trial") == Trial((), "KeyError: 'no such trial'")


@pytest.mark.model
def test_the_real_model_is_tried(model_path):
    trial = try_out("pose", model_path)
    assert not trial.failure
    assert float(trial.said[0]["ms"]) > 0


def test_a_sentence_for_people_is_passed_on(tmp_path, model_path):
    path = tmp_path / "other.task"
    path.write_bytes(b"no model")
    assert f"cannot use {path} as a pose model" in try_out("pose", path).failure


@pytest.mark.parametrize(
    ("errors", "code", "cause"),
    [
        ("Traceback (most recent call last):\n  File\nImportError: no libGL\n", 1, "ImportError: no libGL"),
        ("could not connect to display :9\nAborted\n", -6, "could not connect to display :9"),
        ("", -11, "It ended with -11."),
    ],
)
def test_why_a_process_ended(errors, code, cause):
    assert trials._cause(errors, code) == cause


def test_what_was_found_before_a_failure_is_kept(monkeypatch, capsys):
    def half(_):
        yield {"camera": "0"}
        raise trials.FormcoachError("Then it broke.")

    monkeypatch.setitem(trials.TRIALS, "half", half)
    monkeypatch.setattr(sys, "argv", ["-c", "half", ""])
    answer()
    said = capsys.readouterr().out
    assert trials._said(b"a library's own words\n" + said.encode()) == (
        {"camera": "0"},
        {"failure": "Then it broke."},
    )
