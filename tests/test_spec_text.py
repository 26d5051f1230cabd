"""A spec in words: what a person reads before they start."""

from __future__ import annotations

import tomllib
from typing import get_args

import pytest

from formcoach.dose_text import brief_dose, dose_in_words
from formcoach.spec import Position, Range, Spec
from formcoach.spec_file import list_specs, read_spec
from formcoach.spec_lint import examine
from formcoach.spec_text import CAMERA, POSITION, bounds_in_words, describe, meaning, table
from small_specs import HOLD, REPS, SEQUENCE, changed

EXPECTED_REPS = """\
Leg lift
========

Lift one leg, hold it and lower it slowly.

Please mind
  - Not after a new operation.

Position: on hands and knees.
Camera:   Put the camera to your side, about hip height, two to three metres
          away.
Dose:     5 repetitions on each side, each held for 8 to 10 seconds.

What counts as a repetition
  - You stay in the exercise with trunk from -35 to 40 degrees.
  - Start with leg at most -30 degrees.
  - Go until leg from -18 to 50 degrees and straightest at least 120 degrees.
  - The clock of the hold runs with leg from -15 to 50 degrees.
  - Come back to the start.
  - If you do not get there: "Lift the leg to hip height"
  - It does not count with knee at most 100 degrees; then: "Stretch the leg"

What is watched
  Your back first: said at once, and always
    - lean: at most 8 degrees (4 beyond goes unmentioned), in the start
      position, on the way, in the work position and on the way back.
      above: "Keep your chest level"
  Worth correcting
    - leg: from -8 to 10 degrees (5 beyond goes unmentioned), in the work
      position.
      below: "Heel up to hip height", then "Heel higher"
      above: "Lower the leg"
  Finishing touches
    - shift: from -0.2 to 0.2 trunk lengths (0.05 beyond goes unmentioned), once
      a repetition, at the furthest point.
      below: "Forward a little"
      above: "Back a little"

What is measured
  - leg: slope from hip to heel.
  - knee: angle at the knee, between hip and ankle.
  - other knee: angle at the other knee, between other hip and other ankle.
  - straightest: the largest of knee and other knee.
  - trunk: slope from middle of the hips to middle of the shoulders.
  - lean: slope from near hip to near shoulder, as change since your own start.
  - shift: how far the nose is ahead of the other knee, as change since your own
    start.
  slope: 0 = level, + = the second point is higher, facing either way
  angle: interior angle at the middle point; 180 = straight
  ahead: how far the second point is ahead of the first, + = the way the person
    faces

From: A book"""


def spec_of(text: str, lines: str = "", spec_id: str = "leg-lift") -> Spec:
    spec, found = examine(changed(text, lines), spec_id)
    assert found == []
    return spec


def test_repetitions_are_described_in_full() -> None:
    assert describe(spec_of(REPS, 'cautions = ["Not after a new operation."]')) == EXPECTED_REPS


def test_a_hold_is_described() -> None:
    text = describe(spec_of(HOLD))
    assert "Dose:     Hold for 20 seconds." in text
    assert "What counts as holding\n  - You are in the exercise with trunk from -60 to 50 degrees.\n" in text
    assert "  - The clock runs with hips from -8 to 26 degrees.\n" in text
    assert "  - It stops when seen with knee at most 140 degrees.\n" in text
    assert "repetition" not in text
    assert "Please mind" not in text


def test_what_is_only_guided_is_said() -> None:
    assert "Guided:   The belly draws in." in describe(spec_of(HOLD, 'guided = "The belly draws in."'))
    assert "Guided" not in describe(spec_of(HOLD))


def test_sides_that_take_turns_and_checks_that_spoil_are_said() -> None:
    text = describe(
        spec_of(
            REPS,
            """alternating = true
            measures.tempo = { speed = ["leg"] }
            [checks.calm]
            measure = "tempo"
            during = "rep"
            good = [-inf, 99]
            tolerance = 9
            high = "Slow"
            spoils = true
            """,
        )
    )
    assert "each side, the sides taking turns, each held" in " ".join(text.split())
    assert "- tempo: how fast leg changes, either way." in text
    assert "A repetition in which this is found is no good one." in text


def test_every_line_fits_a_terminal() -> None:
    long = " ".join(["word"] * 60)
    text = describe(
        spec_of(REPS, f'about = "{long}"\nsource = "{long}"\ncautions = ["{long}"]\nname = "{long}"')
    )
    assert max(len(line) for line in text.split("\n")[1:]) <= 80
    assert not any(line != line.rstrip() for line in text.split("\n"))


def test_the_most_pressing_checks_come_first() -> None:
    text = describe(spec_of(REPS))
    places = [text.index(word) for word in ("Your back first", "Worth correcting", "Finishing touches")]
    assert places == sorted(places)


def test_an_exercise_without_checks_says_so() -> None:
    mapping = changed(HOLD, without="checks")
    spec, found = examine(mapping, "plank")
    assert found == []
    assert "Nothing is watched beyond that." in describe(spec)


@pytest.mark.parametrize("camera", list(CAMERA))
def test_where_the_camera_goes(camera: str) -> None:
    text = " ".join(describe(spec_of(REPS, f'camera = "{camera}"')).split())
    assert CAMERA[camera] in text
    assert "two to three metres away" in text


def test_another_view_than_the_specs_is_said() -> None:
    text = " ".join(describe(spec_of(REPS, 'checks.leg.view = "front"')).split())
    assert (
        "leg: from -8 to 10 degrees (5 beyond goes unmentioned), in the work position, seen from the front."
        in text
    )


@pytest.mark.parametrize(
    ("text", "dose", "words", "brief"),
    [
        (REPS, "", "5 repetitions on each side, each held for 8 to 10 seconds.", "5 x 8-10 s, each side"),
        (
            REPS,
            "dose = { reps = [8, 10], sets = 3 }",
            "3 sets of 8 to 10 repetitions on each side.",
            "3 sets of 8-10, each side",
        ),
        (REPS, "dose = { reps = 1 }", "1 repetition on each side.", "1, each side"),
        (REPS, "dose = { }", "As many repetitions as you like on each side.", ""),
        (
            REPS,
            "dose = { sets = 2 }",
            "2 sets of as many repetitions as you like on each side.",
            "2 sets, each side",
        ),
        (HOLD, "", "Hold for 20 seconds.", "20 s"),
        (
            HOLD,
            "dose = { hold_s = [8, 10], reps = [4, 5] }",
            "Hold for 8 to 10 seconds, 4 to 5 times.",
            "4-5 x 8-10 s",
        ),
        (
            HOLD,
            "dose = { hold_s = 1, reps = 1, sets = 2 }",
            "2 sets: hold for 1 second, 1 time.",
            "2 sets of 1 x 1 s",
        ),
        (HOLD, "dose = { }", "Hold as long as you like.", ""),
    ],
)
def test_the_dose_in_words_and_in_brief(text: str, dose: str, words: str, brief: str) -> None:
    mapping = tomllib.loads(text)
    mapping.update(tomllib.loads(dose))
    spec, found = examine(mapping, "leg-lift")
    assert found == []
    assert dose_in_words(spec) == words
    assert brief_dose(spec) == brief


@pytest.mark.parametrize(
    ("name", "bounds", "slack", "words"),
    [
        ("leg", Range(-8, 10), 0, "from -8 to 10 degrees"),
        ("leg", Range(-90, -30), 0, "at most -30 degrees"),
        ("knee", Range(160, 180), 0, "at least 160 degrees"),
        ("knee", Range(160, 175), 5, "at least 160 degrees"),
        ("shift", Range(-0.25, float("inf")), 0, "at least -0.25 trunk lengths"),
    ],
)
def test_bounds_in_words(name: str, bounds: Range, slack: float, words: str) -> None:
    assert bounds_in_words(spec_of(REPS), name, bounds, slack) == words


def test_what_is_measured_in_words() -> None:
    measures = spec_of(
        HOLD,
        """
        measures.a.above = ["near.wrist", "near.shoulder"]
        measures.b.apart = ["left.foot_index", "far.index"]
        measures.c.tilt = ["mid.foot_index", "mid.shoulder"]
        measures.d.largest = ["hips", "knee", "trunk"]
        poses.position = { a = [0, 1], b = [0, 1], c = [0, 9], d = [0, 9] }
        """,
    ).measures
    assert meaning(measures["hips"]) == "line of near shoulder, near hip and near ankle"
    assert meaning(measures["knee"]) == "angle at the near knee, between near hip and near ankle"
    assert meaning(measures["a"]) == "how far the near shoulder is above the near wrist"
    assert meaning(measures["b"]) == "how far left toes and far fingertips are apart"
    assert meaning(measures["c"]) == "tilt from middle of the toes to middle of the shoulders"
    assert meaning(measures["d"]) == "the largest of hips, knee and trunk"


def test_the_table_has_a_line_for_each_exercise_under_its_position() -> None:
    specs = [spec_of(HOLD, 'name = "A very long plank"', "plank"), spec_of(REPS)]
    assert table(specs).split("\n") == [
        "  ID        CAMERA  COUNTS                       DOSE",
        "",
        "On hands and knees",
        "  leg-lift  side    held repetitions, each side  5 x 8-10 s",
        "",
        "Face down",
        "  plank     side    hold                         20 s",
    ]
    assert table([]) == "  ID  CAMERA  COUNTS  DOSE"


def test_the_catalogue_fits_into_80_columns() -> None:
    lines = table(read_spec(path) for path in list_specs()).split("\n")
    assert max(map(len, lines)) <= 80
    assert all(line == line.rstrip() for line in lines)


def test_every_position_has_words() -> None:
    assert set(POSITION) == set(get_args(Position))


EXPECTED_SEQUENCE = """\
What counts as a round
  - You stay in the exercise with trunk from -30 to 30 degrees.
  - 1. One side, for 5 s, with roll from -70 to -30 degrees.
       "To one side"; left out: "Then to one side"
  - 2. Middle, for 3 s, with roll from -12 to 12 degrees.
       "To the middle"; left out: "In between to the middle"
  - 3. Other side, for 5 s, with roll from 30 to 70 degrees.
       "To the other side"; left out: "Then to the other side"
  - Or the other way round, from the last one to the first.
  - A station left out, out of its turn or held too short: the round does not
    count.

What is watched
  Worth correcting
    - head: at most 15 degrees (5 beyond goes unmentioned), at the station one
      side and at the station other side.
      above: "Rest your head"
      A round in which this is found is no good one.
    - trunk: from -12 to 12 degrees (5 beyond goes unmentioned), while holding.
      below: "Hips down"
      above: "Shoulders down"
"""


def test_a_sequence_in_words() -> None:
    spec, faults = examine(tomllib.loads(SEQUENCE), "rolls")
    assert faults == []
    assert EXPECTED_SEQUENCE in describe(spec)
    assert dose_in_words(spec) == "2 to 3 rounds of 3 stations, each held for 3 to 5 seconds."
    assert brief_dose(spec) == "2-3 x 3 x 3-5 s"
    assert "  rolls  side    rounds  2-3 x 3 x 3-5 s" in table([spec])
    one_way, _ = examine(changed(SEQUENCE, "dose.sets = 2", "either_way dose.reps"), "rolls")
    assert "Or the other way round" not in describe(one_way)
    assert dose_in_words(one_way).startswith("2 sets of as many rounds as you like of 3 stations, ")
