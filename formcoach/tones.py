"""Short tones, made of sine waves: heard where a word would come too late or say too much."""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping

from formcoach.utterance import Tone

LOUD = 0.3
"""Of full strength; a voice is louder."""

FADE_S = 0.012
"""In and out, so that nothing clicks."""

GAP_S = 0.06
"""Of silence after it."""

NOTES: Mapping[Tone, tuple[tuple[float, float], ...]] = {
    "": (),
    "count": ((880.0, 0.09),),
    "hold": ((587.0, 0.14),),
    "done": ((660.0, 0.11), (990.0, 0.16)),
    "again": ((294.0, 0.18),),
}
"""Each tone's notes: hertz and seconds."""


def samples_of(tone: Tone, rate: int) -> array[int]:
    """A tone as 16-bit samples, with the gap after it; none where there is no tone.

    Args:
        tone: which.
        rate: samples a second.
    """
    samples = array("h")
    for hertz, seconds in NOTES[tone]:
        count = round(seconds * rate)
        fade = FADE_S * rate
        for i in range(count):
            strength = min(1.0, i / fade, (count - i) / fade)
            samples.append(round(32767 * LOUD * strength * math.sin(2 * math.pi * hertz * i / rate)))
    if samples:
        samples.extend([0] * round(GAP_S * rate))
    return samples
