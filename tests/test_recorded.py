"""What a recording says to show; and of a recorded routine, only the sets of the exercise asked for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from coached import stock
from formcoach.actions import Action
from formcoach.landmarks import PoseSample
from formcoach.recorded import exercises_in, plan_of, stream_for
from formcoach.recording import RecordingWriter, read_header, read_recording
from formcoach.replaying import replay_recording
from formcoach.routine import LEAD_S
from formcoach.routine_session import RoutineSession
from formcoach.session import feed
from routine_recorded import record_routine


@pytest.fixture(scope="module")
def routine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recording of a routine."""
    return record_routine(tmp_path_factory.mktemp("routine") / "a.fcr")


def samples_in(stream: Iterable[PoseSample | Action]) -> list[float]:
    return [item.t for item in stream if isinstance(item, PoseSample)]


def test_the_exercises_of_a_routine_are_told_once_each(routine: Path) -> None:
    assert exercises_in(read_header(routine), routine) == ("hip-hinge", "plank")


def test_a_recording_of_one_exercise_shows_that(tmp_path: Path) -> None:
    assert exercises_in({"exercise": "plank"}, tmp_path) == ("plank",)
    assert exercises_in({}, tmp_path) == ()


@pytest.mark.parametrize("exercise", ["hip-hinge", "plank"])
def test_an_exercise_is_coached_on_its_own_sets(routine: Path, exercise: str) -> None:
    session = RoutineSession(plan_of(read_header(routine), routine))
    feed(session, read_recording(routine).stream())
    sets = [one for step in session.finish().steps for one in step.sets if one.spec.id == exercise]
    report = replay_recording(routine, stock(exercise)).report
    assert [rep.turn for rep in report.repetitions] == [rep.turn for one in sets for rep in one.repetitions]
    assert report.hold_s == pytest.approx(sum(one.hold_s for one in sets), abs=0.1)
    assert report.performed("") == {"hip-hinge": 5, "plank": 0}[exercise]
    assert samples_in(stream_for(read_recording(routine), routine, stock(exercise)))[0] > LEAD_S


def test_the_sets_of_two_exercises_share_no_sample(routine: Path) -> None:
    recording = read_recording(routine)
    hinges, planks = (
        set(samples_in(stream_for(recording, routine, stock(name)))) for name in ("hip-hinge", "plank")
    )
    assert hinges.isdisjoint(planks)
    assert len(hinges | planks) < len(recording.t)


def test_an_exercise_that_is_not_in_a_routine_is_coached_on_all_of_it(routine: Path) -> None:
    recording = read_recording(routine)
    assert samples_in(stream_for(recording, routine, stock("squat"))) == recording.t.tolist()


def test_actions_in_a_set_come_with_it(routine: Path, tmp_path: Path) -> None:
    path = tmp_path / "b.fcr"
    kept = read_recording(routine)
    hinges = samples_in(stream_for(kept, routine, stock("hip-hinge")))
    with RecordingWriter(path, dict(kept.header)) as writer:
        for item in kept.stream():
            writer.add(item)  # type: ignore[arg-type]
            if item.t == hinges[40]:
                writer.act(Action(item.t, "pause"))
                writer.act(Action(item.t, "resume"))
    found = [
        item.name
        for item in stream_for(read_recording(path), path, stock("hip-hinge"))
        if isinstance(item, Action)
    ]
    assert found == ["pause", "resume"]
    assert not [
        item for item in stream_for(read_recording(path), path, stock("plank")) if isinstance(item, Action)
    ]
