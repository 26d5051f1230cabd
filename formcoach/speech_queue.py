"""Whose turn it is to be said: one thing at a time, the most urgent and newest first, nothing stale."""

from __future__ import annotations

from dataclasses import replace

from formcoach.utterance import Urgency, Utterance


class SpeechQueue:
    """What waits to be said. Time is whatever clock `Utterance.t` and `until` are on."""

    def __init__(self) -> None:
        self._waiting: list[Utterance] = []

    def offer(self, new: Utterance, being_said: Utterance | None) -> bool:
        """Take in something to say.

        Returns:
            Whether what is being said now is to be cut off for it.
        """
        if new.clears:
            self._waiting.clear()
        if new.topic:
            self._waiting = [one for one in self._waiting if one.topic != new.topic]
        if new.text or new.tone:
            self._waiting.append(new)
        if being_said is None:
            return False
        return new.clears or being_said.urgency < new.urgency == Urgency.STOP

    @property
    def must_be_said(self) -> bool:
        """Whether something waits for which all else was dropped."""
        return any(one.clears for one in self._waiting)

    def take(self, t: float) -> Utterance | None:
        """What to begin to say at this moment; nothing that was to be begun before."""
        self._waiting = [one for one in self._waiting if t <= one.until]
        if not self._waiting:
            return None
        best = max(self._waiting, key=lambda one: (one.urgency, one.t))
        self._waiting.remove(best)
        return best if best.urgency == Urgency.STOP else self._with_count(best)

    def _with_count(self, best: Utterance) -> Utterance:
        """A count is short: what came with it is said in the same breath, after it."""
        count = next((one for one in self._waiting if one.urgency == Urgency.COUNT), None)
        if count is None or best.urgency == Urgency.COUNT:
            return best
        self._waiting.remove(count)
        return replace(best, text=f"{count.text} {best.text}".strip(), tone=count.tone or best.tone)
