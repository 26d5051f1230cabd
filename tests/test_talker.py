"""What is said to people who exercise: read the transcripts as somebody on the mat would hear them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from pytest import approx

from coached import stock
from formcoach.actions import Action
from formcoach.events import RepEvent
from formcoach.landmarks import PoseSample, nobody
from formcoach.language_file import read_language
from formcoach.rep_talk import RepTalk
from formcoach.routine import Step
from formcoach.routine_session import RoutineSession
from formcoach.session import Session
from formcoach.showing import take
from formcoach.spec import Dose, Spec
from formcoach.talk import Talk
from formcoach.talker import Talker
from formcoach.transcript import Line, Transcriber
from overhearing import Overheard, overhear, overheard, told, words
from puppet import perform
from test_routine_session import after, planned

COUNT_IN = ("Three.", "Two.")
"""As much of it as there is time for: the drawn person sets off soon."""


def dosed(exercise: str, **dose: object) -> Spec:
    return replace(stock(exercise), dose=Dose(**dose))  # type: ignore[arg-type]


BIRD_DOGS = dosed("bird-dog", hold_s=(8.0, 10.0), reps=(2, 2))

BIRD_DOG_SET = """\
0:01.0  Bird-dog. Get into position.
0:06.3  Three.
0:07.3  Two.
0:08.3  One.
0:09.5  (hold) Hold.
0:10.2  Stretch the lifted leg long.
0:16.3  Three.
0:17.3  Two.
0:18.3  One.
0:19.3  (done) And down.
0:20.8  (count) That's one.
0:24.1  (hold)
0:24.5  Good, that's it.
0:30.9  Three.
0:31.9  Two.
0:32.9  One.
0:33.9  (done) And down.
0:35.4  (count) That's two. Now the other side.
0:38.7  (hold)
0:45.5  Three.
0:46.5  Two.
0:47.5  One.
0:48.5  (done) And down.
0:50.0  (count) Right side, one.
0:53.3  (hold)
1:00.1  Three.
1:01.1  Two.
1:02.1  One.
1:03.1  (done) And down.
1:04.6  (count) That's two. That's the set. Well done.
"""


def about_as(lines: tuple[Line, ...], expected: str) -> bool:
    """Whether this is what was said, each within half a second of its time."""
    said = told(lines)
    assert [line[8:] for line in said.splitlines()] == [line[8:] for line in expected.splitlines()]
    return seconds(said) == approx(seconds(expected), abs=0.5)


def seconds(transcript: str) -> list[float]:
    times = (line[:6].split(":") for line in transcript.splitlines())
    return [60 * float(minutes) + float(rest) for minutes, rest in times]


def bird_dogs() -> dict[str, object]:
    return {
        "reps": [("left", 2), ("right", 2)],
        "hold_s": 10.3,
        "rest_s": 1.5,
        "fault": ("knee_bent", 1, 1),
        "walk_in": True,
    }


def test_a_set_of_bird_dogs_from_walking_in_to_well_done() -> None:
    assert about_as(overheard("bird-dog", by=BIRD_DOGS, **bird_dogs()), BIRD_DOG_SET)


def test_counts_alone_leave_out_corrections_and_praise() -> None:
    fewer = "".join(
        line
        for line in BIRD_DOG_SET.splitlines(keepends=True)
        if not line.endswith(("Stretch the lifted leg long.\n", "Good, that's it.\n"))
    )
    assert about_as(overheard("bird-dog", by=BIRD_DOGS, amount="counts", **bird_dogs()), fewer)


def test_off_says_nothing_whatever_happens() -> None:
    samples = perform("hip-hinge", fps=15, reps=1).samples
    stream = [*samples[:20], Action(samples[20].t, "pause"), Action(samples[21].t, "resume"), *samples[22:]]
    assert overhear(Session(stock("hip-hinge")), stream, amount="off") == ()
    silent = Talker(read_language("en"), "off")
    assert (silent.lose_camera(1.0), silent.find_camera(2.0)) == ((), ())


def test_a_plank_has_a_halfway_ten_seconds_and_an_end() -> None:
    said = words(overheard("plank", hold_s=33))
    assert said == [
        *("Plank. Get into position.", "Hold.", "Halfway.", "Ten seconds.", "Three.", "Two.", "One."),
        "And down. That's the set. Well done.",
    ]


def test_a_hold_that_was_short_is_told_its_length_and_a_mended_one_praised() -> None:
    said = words(overheard("plank", hold_s=26, fault=("sag", 8, 13)))
    assert said[2:] == [
        "Lift your hips a little.",
        "Good, that's it.",
        "Halfway.",
        "Ten seconds.",
        "Twenty-two seconds. That's the set. Well done.",
    ]


def test_a_hold_that_was_too_short_is_told_how_long_it_is_to_be() -> None:
    assert words(overheard("plank", hold_s=5))[-1] == "Six seconds. Hold for twenty seconds."


def test_what_protects_the_back_is_said_even_where_only_counts_are_wanted() -> None:
    said = words(overheard("plank", hold_s=18, fault=("sag", 6, 12), amount="counts"))
    assert "Lift your hips a little." in said
    assert "Good, that's it." not in said


def test_who_stands_lets_go_and_does_not_come_down() -> None:
    said = words(overheard("wall-squat", by=dosed("wall-squat", hold_s=(5, 6)), reps=1, hold_s=7))
    assert "And release." in said
    assert "And down." not in said


def test_of_many_short_holds_a_tone_tells_the_end() -> None:
    ends = [line.text for line in overheard("superman", reps=3, hold_s=4) if line.tone == "done"]
    assert ends == ["And down.", "", ""]


def test_a_hold_for_each_side_asks_for_the_other_once() -> None:
    spec = dosed("side-plank", hold_s=(6, 8))
    left, right = (perform("side-plank", fps=15, hold_s=12, side=side).samples for side in ("left", "right"))
    said = words(overhear(Session(spec), [*left, *after(left[-1].t + 0.1, right)]))
    assert [text for text in said if "other side" in text] == ["And down. Now the other side."]
    assert said[-1] == "And down. That's the set. Well done."


def test_a_try_that_did_not_count_is_told_why_now_and_then() -> None:
    lines = overheard("squat", reps=6, fault="shallow")
    tries = [line for line in lines if line.tone == "again"]
    why = "Not counted. A little lower, arms forward, chest proud."
    assert [line.text for line in tries] == [why, "", "", "", "", why]


def test_a_hold_within_a_repetition_that_is_short_gets_a_word_not_every_time() -> None:
    said = [line.text for line in overheard("bridge", reps=3, hold_s=3) if line.tone == "count"]
    assert said == ["That's one. Hold for eight seconds.", "That's two.", "That's three."]
    nearly = overheard("bird-dog", reps=1, hold_s=6.5)
    assert words(nearly)[-1] == "That's one. Hold a little longer."


def test_sides_that_take_turns_quickly_are_counted_in_pairs() -> None:
    turns = [("left", 1), ("right", 1)] * 3
    counts = [line.text for line in overheard("knee-to-chest-kicks", reps=turns) if line.tone == "count"]
    assert counts == ["One.", "", "", "Two.", "", "Three."]


def test_sides_that_take_turns_slowly_are_named() -> None:
    turns = [("left", 1), ("right", 1)] * 2
    counts = [line.text for line in overheard("bird-dog", reps=turns, hold_s=9) if line.tone == "count"]
    assert counts == ["That's one.", "Right side, one.", "Left side, two.", "Right side, two."]


def test_long_sets_are_counted_by_tens() -> None:
    turns = [("left", 1), ("right", 1)] * 21
    counts = [line.text for line in overheard("warm-up-march", reps=turns) if line.tone == "count"]
    assert counts == ["Ten.", "Twenty."]


def test_the_last_repetition_is_announced_and_the_set_ended_once() -> None:
    said = words(overheard("hip-hinge", by=dosed("hip-hinge", reps=(4, 5)), reps=6, move_s=0.9))
    assert "Four. One more." in said
    assert "Five. That's the set. Well done." in said
    assert said[-1] == "Six."


def test_who_leaves_is_called_told_of_the_pause_three_times_and_told_when_they_are_seen_again() -> None:
    there = perform("squat", fps=15, reps=2).samples
    gone = [nobody(there[-1].t + i / 15) for i in range(1, 70 * 15)]
    back = after(gone[-1].t + 0.1, perform("squat", fps=15, reps=1, walk_in=True).samples)
    said = words(overhear(Session(stock("squat")), [*there, *gone, *back]))
    seen = "I can see you again."
    away = ["Step into the picture.", *["Paused until you are back."] * 3]
    assert said == [*COUNT_IN, "One.", "Two.", *away, seen, *COUNT_IN, "One.", "Three."]
    at_once = after(gone[-1].t + 0.1, there)
    said = words(overhear(Session(stock("squat")), [*there, *gone, *at_once]))
    assert said[4:9] == [*away, "Three."]
    assert seen not in said


def test_a_repetition_that_could_not_be_seen_is_said_so_now_and_then() -> None:
    talk = RepTalk(stock("squat"))
    unseen = RepEvent("", 0, 1.0, 2.0, 3.0, False, 0.0, False, "not seen for 1.2 s on the way", "unseen", {})
    said = [
        utterance.text
        for t in (3.0, 8.0, 30.0)
        for utterance in talk.hear(Talk(read_language("en"), t), unseen, {"": 0})
    ]
    assert said == ["I could not see that one."] * 2


def test_what_nobody_tried_is_not_spoken_of() -> None:
    talk = RepTalk(stock("squat"))
    walked = RepEvent("", 0, 1.0, 2.0, 3.0, False, 0.0, False, "the feet moved", "broken_off", {})
    assert not [*talk.hear(Talk(read_language("en"), 3.0), walked, {"": 0})]


def test_who_keeps_the_start_is_counted_in_to_the_end() -> None:
    said = words(overheard("squat", reps=1, rest_s=5.0))
    assert said == ["Three.", "Two.", "One.", "Go.", "One."]


def test_keys_are_answered_and_drop_what_was_to_be_said() -> None:
    samples = perform("squat", fps=15, reps=4).samples
    stream: list[PoseSample | Action] = []
    keys = {2.0: "pause", 2.5: "resume", 6.0: "restart", 9.0: "swap", 11.0: "hurts", 12.0: "resume"}
    for sample in samples:
        stream += [Action(sample.t, keys.pop(at)) for at in [*keys] if at <= sample.t]  # type: ignore[arg-type]
        stream.append(sample)
    lines = overhear(Session(stock("squat")), stream)
    answers = ("Paused.", "Go on.", "From the start.", "Stopped. Rest now. If it stays, see a doctor.")
    said = words(lines)
    assert [text for text in said if text in answers] == list(answers)
    assert said[-1] == answers[-1]


def test_a_restarted_set_is_counted_from_one() -> None:
    samples = perform("squat", fps=15, reps=3).samples
    half = len(samples) // 2
    said = words(
        overhear(
            Session(stock("squat")), [*samples[:half], Action(samples[half].t, "restart"), *samples[half:]]
        )
    )
    assert said.count("One.") == 2


def test_a_notice_of_others_is_said_once() -> None:
    talker = Talker(read_language("en"))
    session = Session(stock("squat"))
    said: list[str] = []
    for sample in perform("squat", fps=15, reps=1).samples[:30]:
        scene = replace(take(session, sample), notice="A little closer" if sample.t > 1 else "")
        said += [utterance.text for utterance in talker.hear(scene)]
    assert said.count("A little closer") == 1


def test_the_same_samples_give_the_same_words() -> None:
    one, two = (overheard("bird-dog", **bird_dogs()) for _ in range(2))
    assert one == two


# ---- routines ----------------------------------------------------------------------------------

KNEE_ROLLS = (
    "On your back, knees bent. Roll both knees to one side for 5 seconds, "
    "draw them to your chest for 5 seconds, then roll them to the other side for 5 seconds. 4 rounds."
)

ROUTINE = f"""\
0:00.1  First: Bridge, side to the camera.
0:08.2  Three.
0:09.2  Two.
0:10.7  (hold) Hold.
0:17.5  Three.
0:18.5  Two.
0:19.5  One.
0:20.5  (done) And down.
0:22.8  (count) That's one. Well done. Rest. Next: Knee rolls.
0:39.8  Three.
0:40.8  Two.
0:41.8  One.
0:42.8  Knee rolls. {KNEE_ROLLS}
1:12.8  Halfway.
1:32.8  Ten seconds.
1:39.8  Three.
1:40.8  Two.
1:41.8  One.
1:42.8  Next: Squat, side to the camera.
1:51.0  Three.
1:52.0  Two.
1:54.4  (count) One.
1:58.2  (count) Two. Well done. Rest for 15 seconds. Then set 2 of 2.
2:13.3  Three.
2:14.3  Two.
2:16.5  (again) Not counted. A little lower, arms forward, chest proud.
2:20.6  (again)
2:24.4  (count) One.
2:28.2  (count) Two. Well done. Rest. Next: Plank, side to the camera.
2:44.3  Get into position.
2:46.2  (hold) Hold.
2:50.9  Three.
2:51.9  Two.
2:52.9  One.
2:53.9  (done) And down. All done. Well done!
"""


class Evening:
    """Somebody who goes through a routine: performs when it is time to, and is away in between."""

    def __init__(self, *steps: Step, language: str = "en") -> None:
        self.transcriber = Transcriber(Talker(read_language(language)))
        self.session = Overheard(RoutineSession(planned(*steps)), self.transcriber)
        self.now = 0.0

    def wait_for(self, *stages: str) -> None:
        while self.session.session.now.stage not in stages:  # type: ignore[union-attr]
            self.now += 1 / 15
            self.session.take(nobody(self.now))

    def perform(self, exercise: str, **how: object) -> None:
        self.wait_for("exercise")
        for sample in after(self.now + 0.05, perform(exercise, fps=15, **how).samples):  # type: ignore[arg-type]
            self.session.take(sample)
            self.now = sample.t

    def lines(self) -> tuple[Line, ...]:
        while not self.session.session.over:
            self.now += 1 / 15
            self.session.take(nobody(self.now))
        return self.transcriber.lines()


def four_steps(language: str = "en") -> tuple[Line, ...]:
    evening = Evening(
        Step(exercise="bridge", reps=(1, 1), hold_s=(8, 10), sets=1, rest_s=20),
        Step(name="Knee rolls", about=KNEE_ROLLS, seconds=60, rest_s=0),
        Step(exercise="squat", reps=(2, 2), sets=2, rest_s=15),
        Step(exercise="plank", hold_s=(6, 8), sets=1),
        language=language,
    )
    evening.perform("bridge", reps=1, hold_s=11)
    evening.wait_for("clock")
    evening.perform("squat", reps=2)
    evening.perform("squat", reps=4, fault=("shallow", 1, 2))
    evening.perform("plank", hold_s=11)
    return evening.lines()


def test_a_routine_from_the_first_countdown_to_the_end() -> None:
    assert about_as(four_steps(), ROUTINE)


def test_in_german_nothing_of_it_is_english() -> None:
    english, german = four_steps(), four_steps("de")
    assert [line.tone for line in german] == [line.tone for line in english]
    both = {line.text for line in english} & {line.text for line in german}
    assert both == {""}


def test_a_step_left_out_is_no_longer_spoken_of() -> None:
    evening = Evening(
        Step(exercise="bridge", reps=(1, 1), sets=1),
        Step(name="Walking", seconds=8),
        Step(name="Walking", seconds=8),
    )
    evening.wait_for("exercise")
    evening.session.act(Action(evening.now, "skip"))
    said = words(evening.lines())
    assert "Rest. Next: Walking." in said
    assert not [text for text in said if "Well done. " in text]


@pytest.mark.parametrize("exercise", ["bird-dog", "plank", "squat", "cat-cow", "side-plank", "superman"])
def test_one_thing_at_a_time_and_time_to_breathe(exercise: str) -> None:
    lines = overheard(exercise)
    assert all(a.end <= b.t for a, b in pairwise(lines))
    talking = sum(line.end - line.t for line in lines)
    assert talking < 0.6 * lines[-1].end
