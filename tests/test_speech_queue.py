"""One thing at a time, the most urgent and newest first, and never anything stale."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcoach.actions import Action
from formcoach.landmarks import nobody
from formcoach.showing import Scene
from formcoach.speech_queue import SpeechQueue
from formcoach.transcript import STOP_S, TONE_S, Line, Transcriber, length_of, transcript
from formcoach.utterance import Tone, Urgency, Utterance


def say(
    text: str,
    urgency: Urgency = Urgency.CUE,
    *,
    t: float = 0.0,
    lasts: float = 2.0,
    topic: str = "",
    tone: Tone = "",
    clears: bool = False,
) -> Utterance:
    return Utterance(t, t + lasts, text, urgency, tone, topic, clears)


def texts(queue: SpeechQueue, t: float = 0.0) -> list[str]:
    found = []
    while (one := queue.take(t)) is not None:
        found.append(one.text)
    return found


def test_the_most_urgent_is_said_first_and_among_equals_the_newest() -> None:
    queue = SpeechQueue()
    for urgency in (Urgency.PRAISE, Urgency.SETUP, Urgency.FLOW, Urgency.CUE):
        queue.offer(say(urgency.name, urgency), None)
    queue.offer(say("newer", Urgency.CUE, t=0.1), None)
    assert texts(queue, 0.2) == ["SETUP", "newer", "CUE", "FLOW", "PRAISE"]


def test_what_is_stale_is_not_said_and_what_is_just_not_stale_is() -> None:
    queue = SpeechQueue()
    queue.offer(say("three", Urgency.COUNT, lasts=0.9), None)
    assert queue.take(0.91) is None
    queue.offer(say("four", Urgency.COUNT, t=1.0, lasts=0.9), None)
    assert texts(queue, 1.9) == ["four"]
    assert queue.take(1.9) is None


def test_a_newer_one_on_the_same_topic_takes_its_place() -> None:
    queue = SpeechQueue()
    queue.offer(say("three", Urgency.COUNT, topic="count"), None)
    queue.offer(say("four", Urgency.COUNT, topic="count"), None)
    assert texts(queue) == ["four"]


def test_a_count_and_what_came_with_it_are_said_in_one_breath() -> None:
    queue = SpeechQueue()
    queue.offer(say("Five.", Urgency.COUNT, tone="count"), None)
    queue.offer(say("Now the other side.", Urgency.FLOW), None)
    both = queue.take(0.0)
    assert both is not None
    assert (both.text, both.tone, both.urgency) == ("Five. Now the other side.", "count", Urgency.FLOW)
    assert queue.take(0.0) is None


def test_a_tone_alone_sounds_before_the_words_of_another() -> None:
    queue = SpeechQueue()
    queue.offer(say("", Urgency.COUNT, tone="again"), None)
    queue.offer(say("Not counted.", Urgency.CUE), None)
    both = queue.take(0.0)
    assert both is not None
    assert (both.text, both.tone) == ("Not counted.", "again")


def test_what_protects_the_back_interrupts_and_does_not_wait_for_a_count() -> None:
    queue = SpeechQueue()
    cue, stop = say("cue"), say("stop", Urgency.STOP)
    assert not queue.offer(cue, say("other cue"))
    assert queue.offer(stop, cue)
    assert not queue.offer(stop, stop)
    assert not queue.offer(stop, None)
    queue.offer(say("Five.", Urgency.COUNT), None)
    first = queue.take(0.0)
    assert first is not None
    assert first.text == "stop"


def test_all_else_is_dropped_for_what_clears_also_where_that_says_nothing() -> None:
    queue = SpeechQueue()
    queue.offer(say("cue"), None)
    assert queue.offer(say("", Urgency.STOP, clears=True), say("five"))
    assert texts(queue) == []
    queue.offer(say("cue"), None)
    queue.offer(say("Paused.", Urgency.STOP, clears=True), None)
    assert queue.must_be_said
    assert texts(queue) == ["Paused."]
    assert not queue.must_be_said


# ---- on paper ----------------------------------------------------------------------------------


class Told:
    """A talker that says what it is given, each at its time."""

    def __init__(self, utterances: list[Utterance]) -> None:
        self._left = utterances

    def hear(self, scene: Scene) -> tuple[Utterance, ...]:
        now = tuple(one for one in self._left if one.t <= scene.t)
        self._left = self._left[len(now) :]
        return now

    def act(self, action: Action) -> tuple[Utterance, ...]:
        return self.hear(Scene(nobody(action.t), None, None, None, ""))


def on_paper(utterances: list[Utterance], step_s: float = 0.1, end: float = 20.0) -> tuple[Line, ...]:
    transcriber = Transcriber(Told(sorted(utterances, key=lambda one: one.t)))  # type: ignore[arg-type]
    for i in range(round(end / step_s)):
        transcriber.hear(Scene(nobody(i * step_s), None, None, None, ""))
    return transcriber.lines()


def test_what_waits_is_said_as_soon_as_the_last_thing_is() -> None:
    first, second = on_paper([say("Lift your hips."), say("Rest.", Urgency.FLOW, lasts=4.0)])
    assert second.t == first.end == pytest.approx(length_of(first.utterance))


def test_what_is_interrupted_ends_there() -> None:
    long, stop = on_paper([say("A long and winding word."), say("Hips up.", Urgency.STOP, t=0.5)])
    assert long.cut
    assert long.end == stop.t == 0.5
    assert not stop.cut


def test_a_transcript_as_lines() -> None:
    lines = [
        Line(2.04, 3.0, say("Three.", tone="count")),
        Line(62.0, 62.2, say("", tone="hold")),
        Line(70.0, 70.5, say("Lift your hips."), cut=True),
    ]
    assert transcript(lines) == (
        "0:02.0  (count) Three.\n1:02.0  (hold)\n1:10.0  Lift your hips. [cut short]"
    )


def test_a_longer_text_takes_longer_and_a_tone_hardly_any_time() -> None:
    assert length_of(say("", tone="hold")) == TONE_S
    assert length_of(say("Ten.")) < length_of(say("Lift your hips.")) < length_of(say("Lift. Your hips."))
    assert length_of(say("A. B.")) == pytest.approx(length_of(say("A, B.")) + STOP_S)


moments = st.floats(0, 15).map(lambda t: round(t, 2))
offers = st.builds(
    say,
    st.sampled_from(["", "One.", "Lift your hips a little.", "Rest for ten seconds. Then set two of three."]),
    st.sampled_from(Urgency),
    t=moments,
    lasts=st.sampled_from([0.5, 0.9, 2.0, 4.0]),
    topic=st.sampled_from(["", "count", "flow"]),
    tone=st.sampled_from(["", "count", "again"]),
    clears=st.booleans(),
)


@given(st.lists(offers, max_size=30), st.sampled_from([1 / 30, 0.2, 1.3]))
def test_never_two_at_once_and_never_a_stale_one(utterances: list[Utterance], step_s: float) -> None:
    lines = on_paper(utterances, step_s)
    assert all(a.end <= b.t for a, b in pairwise(lines))
    for line in lines:
        assert line.text or line.tone
        assert line.t <= line.utterance.until
        assert line.t >= line.utterance.t
    for a, b in pairwise(lines):
        assert a.cut == (a.end < a.t + length_of(a.utterance))
        assert not a.cut or b.t >= a.end
