"""The words of one language: fixed phrases with gaps, numbers, and every other text by its English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Say = Callable[[str], str]
"""Gives a text in a language: `Language.of`. `str` leaves it in English."""

PHRASES: Mapping[str, tuple[str, ...]] = {
    # getting into position
    "position": (),
    "go": (),
    "seen_again": (),
    # repetitions
    "count": ("number",),
    "count_held": ("number",),
    "count_side": ("side", "number"),
    "one_more": (),
    "a_little_longer": (),
    "hold_for": ("seconds",),
    "not_counted": (),
    "not_seen": (),
    # holds
    "hold": (),
    "halfway": (),
    "seconds_left": ("seconds",),
    "seconds_held": ("seconds",),
    "down": (),
    "release": (),
    # sides and sets
    "left": (),
    "right": (),
    "other_side": (),
    "set_done": (),
    "well_done": (),
    # a routine
    "first": ("name",),
    "next": ("name",),
    "rest_next": ("name",),
    "rest_set": ("seconds", "set", "sets"),
    "next_set": ("set", "sets"),
    "view_side": (),
    "view_front": (),
    # a routine on the screen
    "step_of": ("step", "steps", "name"),
    "set_of": ("set", "sets"),
    "rest_then": ("set", "name"),
    "not_watched": ("name",),
    "then": ("name",),
    # what the person asks for, and what goes wrong
    "paused": (),
    "resumed": (),
    "restarted": (),
    "hurt": (),
    "camera_lost": (),
    "camera_back": (),
}
"""Every fixed phrase by its name, with the gaps that it has."""


@dataclass(frozen=True, slots=True)
class Language:
    """What is said and shown, in one language.

    Attributes:
        code: such as `de`.
        name: what it calls itself.
        voices: the languages of voices that speak it, best first: `("en-gb", "en")`.
        numbers: the words for 1, 2, …, as far as they are counted in words.
        phrases: each name of `PHRASES` with its text, gaps in braces.
        texts: translations of the specs' and the screen's texts, by their English.
    """

    code: str
    name: str
    voices: tuple[str, ...]
    numbers: tuple[str, ...]
    phrases: Mapping[str, str]
    texts: Mapping[str, str]

    def phrase(self, name: str, /, **gaps: object) -> str:
        """A fixed phrase with its gaps filled, beginning with a capital."""
        text = self.phrases[name].format(**gaps)
        return text[:1].upper() + text[1:]

    def number(self, number: int) -> str:
        """A number to count with: in words where there is one, so that no voice reads it as a date."""
        return self.numbers[number - 1] if 1 <= number <= len(self.numbers) else str(number)

    def of(self, text: str) -> str:
        """A text in this language; as it is where it has no translation."""
        return self.texts.get(text, text)
