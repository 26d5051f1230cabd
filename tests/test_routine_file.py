"""Routine files: found, read, and refused in sentences."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest import approx

from coached import stock
from formcoach.errors import FormcoachError, SpecError
from formcoach.routine import Growth, plan
from formcoach.routine_file import (
    check_routine,
    find_routine,
    list_routines,
    parse_routine,
    read_routine,
    specs_of,
)

ROUTINE = """
format = 1
name = "Two things"
about = "A plank, and a walk."
source = "A book"
when = "Every day."
cautions = "Slowly."

[[steps]]
exercise = "plank"
hold_s = [10, 20]
sets = 2
rest_s = 15
grow = { hold_s = [20, 40], by = 2, good_days = 3, pause_days = 5 }

[[steps]]
name = "Walking"
about = "Walk about."
seconds = 60
"""


def faults_of(text: str, filename: str = "two-things.toml") -> list[str]:
    with pytest.raises(SpecError) as caught:
        parse_routine(text, filename)
    return [fault.removeprefix(f"{filename}: ") for fault in caught.value.faults]


def with_line(line: str, of: str = "") -> str:
    """The routine with a line in place of the one that begins with the same word, or at the end."""
    name = (of or line).partition(" ")[0]
    lines = [line if one.startswith(f"{name} ") else one for one in ROUTINE.splitlines()]
    return "\n".join(lines if line in lines else [*lines, line])


def test_a_routine_is_read_as_it_is_written() -> None:
    routine = parse_routine(ROUTINE, "two-things.toml")
    assert (routine.id, routine.name, routine.gentle) == ("two-things", "Two things", False)
    assert routine.cautions == ("Slowly.",)
    held, walk = routine.steps
    assert (held.exercise, held.hold_s, held.sets, held.rest_s) == ("plank", (10, 20), 2, 15)
    assert held.growth == Growth("hold_s", 20, 40, by=2, good_days=3, pause_days=5)
    assert (walk.exercise, walk.name, walk.seconds) == ("", "Walking", 60)


def test_the_plan_has_the_doses_of_the_day_and_how_long_it_takes() -> None:
    routine = parse_routine(ROUTINE, "two-things.toml")
    first = plan(routine, specs_of(routine))
    assert first.steps[0].spec is not None
    assert first.steps[0].spec.dose.hold_s == (20, 20)
    grown = plan(routine, specs_of(routine), [26, None])
    assert grown.steps[0].spec is not None
    assert grown.steps[0].spec.dose.hold_s == (26, 26)
    # two sets of a hold, six seconds longer each
    assert grown.total_s == approx(first.total_s + 12)
    assert first.steps[1].watched is False
    assert first.steps[1].total_s == 60


def test_what_a_step_does_not_say_is_as_in_the_spec() -> None:
    text = ROUTINE.replace("hold_s = [10, 20]\nsets = 2\n", "").partition("grow")[0]
    (planned,) = plan(parse_routine(text, "a.toml"), {"plank": stock("plank")}).steps
    assert planned.spec is not None
    assert planned.spec.dose == stock("plank").dose
    assert planned.sets == stock("plank").dose.sets


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("format = 2", "format: 2 is not a format that this formcoach reads; write format = 1"),
        ("name = 3", "name: must be a text in quotes, not a number"),
        ('nme = "x"', "steps.2.nme: unknown field; did you mean name?"),
        ('gentle = "yes"', "steps.2.gentle: unknown field; known here: exercise, name, about"),
        ("hold_s = [30, 20]", "steps.1.hold_s: enough 30 is above the goal 20"),
        ("hold_s = 0", "steps.1.hold_s: 0 must be above 0"),
        ("sets = -1", "steps.1.sets: -1 must not be below 0"),
        ("sets = 1.5", "steps.1.sets: 1.5 must be a whole number"),
        ("rest_s = -1", "steps.1.rest_s: -1 must not be below 0"),
        ("grow = { hold_s = [40, 20] }", "steps.1.grow.hold_s: the start 40 is not below 20"),
        ("grow = { hold_s = [0, 20] }", "steps.1.grow.hold_s: 0 must be above 0"),
        (
            "grow = { by = 1 }",
            "steps.1.grow: must say what grows: either reps or hold_s",
        ),
        ("grow = { hold_s = [1, 2], by = 0 }", "steps.1.grow.by: 0 must be above 0"),
        ("grow = { hold_s = [1, 2], good_days = 0 }", "steps.1.grow.good_days: 0 must be above 0"),
        ("grow = 3", "steps.1.grow: must be a table, not a number"),
        ("seconds = 0", "steps.2.seconds: missing; write how long it lasts"),
        ("seconds = -3", "steps.2.seconds: -3 must not be below 0"),
        ("reps = 3", "steps.2.reps: is for exercises; the clock watches only seconds"),
        ('later = "no"', "steps.2.later: must be true or false"),
        ('exercise = "plonk"', 'steps.1.exercise: there is no exercise called "plonk"; did you mean plank?'),
    ],
)
def test_what_is_wrong_is_said_with_its_address(line: str, fault: str) -> None:
    assert any(found.startswith(fault) for found in faults_of(with_line(line))), faults_of(with_line(line))


def test_all_faults_are_told_at_once() -> None:
    text = ROUTINE.replace('name = "Two things"', "").replace("sets = 2", "sets = -2")
    assert [fault.partition(":")[0] for fault in faults_of(text)] == ["name", "steps.1.sets"]
    assert faults_of("") != []
    assert faults_of(ROUTINE, "Two Things.toml")[0].startswith("name of the file: is small letters")


def test_something_must_be_done_now() -> None:
    assert "steps: missing; write at least one [[steps]]" in faults_of(ROUTINE.partition("[[steps]]")[0])
    later = ROUTINE.replace("sets = 2", "sets = 2\nlater = true") + "later = true\n"
    assert faults_of(later) == ["steps: all are for later; at least one must be for now"]


def test_an_exercise_without_a_spec_needs_a_name_and_a_time_of_its_own() -> None:
    step = '\n[[steps]]\nexercise = "star-jump"\nname = "Star jump"\nseconds = 30\n'
    routine = parse_routine(ROUTINE + step, "a.toml")
    last = plan(routine, specs_of(routine)).steps[-1]
    assert (last.name, last.waiting, last.total_s) == ("Star jump", True, 30)
    assert faults_of(ROUTINE + step.replace('name = "Star jump"\n', ""), "a.toml")[0].endswith(
        "give the step a name and seconds, and the clock watches it"
    )


def test_a_file_that_cannot_be_read_is_said_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("name = ")
    assert check_routine(tmp_path / "broken.toml")[0].startswith("broken.toml: line 1")
    assert check_routine(tmp_path / "none.toml")[0].endswith("there is no such file; check the name")
    assert check_routine(tmp_path)[0].endswith("is a folder; name one routine file in it")


# ---- the routines that come with formcoach -----------------------------------------------------


@pytest.mark.parametrize("path", list_routines(), ids=lambda path: path.stem)
def test_every_routine_is_sound(path: Path) -> None:
    assert check_routine(path) == []


def test_the_seven_routines_are_there() -> None:
    stages = {"stage-initial", "stage-intermediate", "stage-advanced"}
    assert {path.stem for path in list_routines()} == {
        *("daily-15", "flare-up", "strength", "lower-back-strength"),
        *stages,
    }


def test_every_exercise_of_the_routines_has_a_spec() -> None:
    routines = [read_routine(path) for path in list_routines()]
    waiting = {
        step.exercise
        for routine in routines
        for step in routine.steps
        if step.exercise and step.exercise not in specs_of(routine)
    }
    assert waiting == set()


def test_doses_and_order_are_those_of_their_sources() -> None:
    def planned(routine_id: str):
        routine = read_routine(find_routine(routine_id))
        return plan(routine, specs_of(routine))

    daily = planned("daily-15")
    assert [step.step.exercise or step.name for step in daily.steps] == [
        "Walking",
        *("bridge", "leg-twist", "bird-dog", "knee-to-chest-kicks"),
        *("back-extension-push-up", "seated-spinal-twist"),
    ]
    assert {step.spec.source for step in daily.steps if step.spec} == {daily.routine.source}
    assert daily.total_s == approx(15 * 60, abs=120)
    flare_up = planned("flare-up")
    assert flare_up.routine.gentle
    assert [step.step.exercise or step.name for step in flare_up.steps] == [
        *("knee-rolls", "leg-twist"),
        "Cold pack",
    ]
    assert {step.spec.source for step in flare_up.steps if step.spec} == {flare_up.routine.source}
    assert flare_up.steps[-1].total_s == 600
    strong = planned("lower-back-strength")
    assert strong.steps[0].step.exercise == "warm-up-march"
    assert {step.exercise for step in strong.routine.steps if step.later} == {"deadlift", "bent-over-row"}
    assert not {step.step.exercise for step in strong.steps} & {"deadlift", "bent-over-row"}
    assert all(step.sets in (1, 3) for step in planned("strength").steps)


@pytest.mark.parametrize("path", list_routines(), ids=lambda path: path.stem)
def test_all_but_the_gentle_one_begin_with_a_warm_up(path: Path) -> None:
    routine = read_routine(path)
    assert ("to warm up" in routine.steps[0].about) != routine.gentle


def test_ones_own_routine_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORMCOACH_SPECS", str(tmp_path))
    (tmp_path / "routines").mkdir()
    mine = tmp_path / "routines" / "daily-15.toml"
    mine.write_text(ROUTINE)
    assert find_routine("daily-15") == mine
    assert [path.stem for path in list_routines()].count("daily-15") == 1


def test_an_unknown_routine_names_the_nearest() -> None:
    with pytest.raises(FormcoachError, match=r'no routine called "daily-51"; did you mean daily-15\.'):
        find_routine("daily-51")


ROLLS = ROUTINE.partition("[[steps]]")[0] + '[[steps]]\nexercise = "knee-rolls"\n'


def test_a_sequence_has_rounds_and_no_hold_of_its_own() -> None:
    assert parse_routine(ROLLS + "reps = 4\n", "rolls.toml").steps[0].reps == (4, 4)
    why = "the stations of knee-rolls have holds of their own; give reps, which are its rounds"
    assert faults_of(ROLLS + "hold_s = 8\n", "a.toml") == [f"steps.1.hold_s: {why}"]
    assert faults_of(ROLLS + "grow = { hold_s = [5, 8] }\n", "a.toml") == [f"steps.1.grow.hold_s: {why}"]
