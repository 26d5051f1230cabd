"""The one thing to do about the picture: what is in the way, once it lasts, and steadily."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coached import coach, coached
from formcoach import guide
from formcoach.guide import ABOUT_PICTURE, ABSENT, ALONE, CLOSER, LASTS_S, MORE_LIGHT, TURN
from formcoach.landmarks import INDEX, PoseSample, nobody
from puppet import perform


def room(light: float) -> np.ndarray:
    return np.array([light, np.nan, np.nan], np.float32)


def advice(outcome) -> list[str]:
    """What was shown about the picture, each once as it begins."""
    shown = [step.cue.text if step.cue and step.cue.severity == "setup" else "" for step in outcome.steps]
    return [now for before, now in zip(["", *shown], shown, strict=False) if now and now != before]


def standing(seconds: float, **how: object) -> list[PoseSample]:
    """Somebody who only stands there, before an exercise on the floor."""
    still = perform("hip-hinge", **how).samples[0]
    return [replace(still, t=i / 10, xy=still.xy.copy()) for i in range(round(seconds * 10))]


def test_a_good_picture_needs_no_advice():
    assert advice(coached("bird-dog", walk_in=True)) == []


def test_it_says_so_once_it_has_lasted():
    outcome = coach("hip-hinge", [nobody(i / 10) for i in range(40)])
    first = next(step for step in outcome.steps if step.cue)
    assert first.t == pytest.approx(LASTS_S, abs=0.11)
    assert advice(outcome) == [ABSENT]


def test_in_the_dark_nobody_is_asked_to_step_in():
    dark = [replace(nobody(i / 10), room=room(0.05)) for i in range(40)]
    assert advice(coach("plank", dark)) == [MORE_LIGHT]
    assert advice(coach("plank", [replace(one, room=room(0.5)) for one in dark])) == [ABSENT]


def test_the_light_is_that_of_the_last_look():
    dark = [replace(nobody(i / 10), room=room(0.05) if i == 0 else None) for i in range(40)]
    assert advice(coach("plank", dark)) == [MORE_LIGHT]


def test_whoever_is_seen_well_needs_no_more_light():
    samples = [replace(one, room=room(0.05)) for one in perform("hip-hinge", reps=2).samples]
    assert advice(coach("hip-hinge", samples)) == []


def test_somebody_else_in_the_picture():
    crossed = coached("hip-hinge", reps=6, passer_by=(4.0, 7.5))
    assert advice(crossed) == [ALONE]


@pytest.mark.parametrize(
    ("zoom", "shift", "text"),
    [
        (0.2, (0.0, 0.0), CLOSER),
        (2.2, (0.0, 0.0), guide.BACK),
        (1.3, (0.0, 0.35), guide.BACK_UNTIL["feet"]),
        (0.9, (0.0, 0.35), guide.CAMERA_DOWN),
        (0.9, (0.0, -0.48), guide.CAMERA_UP),
    ],
)
def test_who_is_not_whole_in_the_picture_is_told_what_to_do(zoom, shift, text):
    """Judged before a plank, whose start is not standing."""
    assert advice(coach("plank", standing(6, zoom=zoom, shift=shift))) == [text]


def test_who_is_half_out_of_the_picture_is_to_move_to_its_middle():
    kneeling = perform("bird-dog", zoom=0.5, shift=(0.8, 0.0)).samples[0]
    assert advice(coach("plank", [replace(kneeling, t=i / 10) for i in range(60)])) == [guide.SIDEWAYS]


def test_framing_is_nobodys_business_in_the_middle_of_a_hold():
    samples = perform("plank", hold_s=12).samples
    drifting = [
        replace(one, xy=one.xy + np.float32([0.0, 0.1 * min(max(one.t - 6, 0), 3)])) for one in samples
    ]
    held = [step for step in coach("plank", drifting).steps if step.phase == "hold"]
    assert held[-1].t > 12
    assert all(step.cue is None or step.cue.about != "out" for step in held)


def test_a_camera_that_leans_is_told_all_through_a_set_but_not_in_a_hold():
    plank = coached("plank", hold_s=12, roll=15, plain_wall=True, zoom=0.8)
    held = [step for step in plank.steps if step.phase == "hold"]
    assert held[-1].t - held[0].t > 10
    assert all(step.cue is None or step.cue.about != "tilted" for step in held if step.t > held[0].t + 1)
    squat = coached("squat", reps=4, roll=15, plain_wall=True, zoom=0.8)
    told = [cue.t for cue in squat.report.cues if cue.text == guide.LEVEL]
    assert told[0] < 5 < 12 < told[-1]


def test_who_is_too_far_away_is_told_so_between_repetitions_too():
    assert CLOSER in advice(coached("hip-hinge", reps=2, zoom=0.2))
    assert CLOSER not in advice(coached("hip-hinge", reps=2, zoom=0.6))


def test_what_is_hidden_and_needed_to_begin_is_asked_for():
    feet = ("left_knee", "right_knee", "left_ankle", "right_ankle")
    assert advice(coached("bird-dog", hidden=feet, reps=3)) == [guide.SHOW["feet"]]


def test_the_far_side_may_be_hidden():
    far = tuple(name for name in INDEX if name.startswith("left_") and "shoulder" not in name)
    assert advice(coached("hip-hinge", facing="right", hidden=far)) == []


@pytest.mark.parametrize(("facing", "way"), [("left", "right"), ("right", "left")])
def test_somebody_half_turned_hears_which_way_to_turn_on(facing, way):
    outcome = coached("hip-hinge", reps=3, yaw=45, facing=facing, rest_s=8)
    assert outcome.said[:2] == [TURN["side"], f"Turn further to your {way}"]


def test_a_view_that_any_will_do_for_is_not_asked_for():
    assert advice(coached("warm-up-march", yaw=45)) == []


def test_advice_does_not_flicker():
    """Feet that are in and out of the picture for a while."""
    feet = [i for name, i in INDEX.items() if name.endswith(("ankle", "heel", "foot_index"))]
    samples = standing(12, zoom=0.8)
    for i, one in enumerate(samples):
        if i % 5 and i < 80:
            one.xy[feet, 1] = 1.05
    outcome = coach("plank", samples)
    assert advice(outcome) == [guide.CAMERA_DOWN]
    assert outcome.steps[-1].cue is None


def test_all_that_is_said_is_short_and_has_its_place():
    texts = [MORE_LIGHT, ABSENT, ALONE, CLOSER, guide.SIDEWAYS, guide.CAMERA_UP, guide.CAMERA_DOWN]
    texts += [*TURN.values(), *guide.BACK_UNTIL.values(), *guide.SHOW.values()]
    assert all(len(text.split()) <= 8 for text in texts)
    assert len(set(ABOUT_PICTURE)) == len(ABOUT_PICTURE)
