"""The overlay's colours: calm, told apart by colour-blind eyes, and legible on their plates.

Blue, amber and vermilion differ in lightness as well as in hue, and every colour comes with a shape
of its own (see `formcoach.overlay.icons`), so nothing is said by colour alone. Plates hide the picture:
text keeps a contrast of at least 4.5 to 1 (WCAG 2.2, level AA) whatever lies behind, and a plate is
pasted by copying its rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from formcoach.events import CueSeverity

Colour = tuple[int, int, int]
"""Blue, green, red, 0 to 255: OpenCV's order."""

INK: Colour = (248, 246, 244)
MUTED: Colour = (214, 204, 196)
DARK: Colour = (30, 22, 16)
SHADOW: Colour = (40, 34, 28)

PLATE: Colour = (34, 25, 18)
BACKDROP: Colour = (22, 16, 11)
"""Beside a picture that does not fill the screen: darker than the plates, which so stay plates there."""

NEAR: Colour = (244, 240, 232)
FAR: Colour = (178, 166, 150)

GOOD: Colour = (206, 214, 74)
CALM: Colour = (240, 190, 96)
AMBER: Colour = (28, 176, 255)
VERMILION: Colour = (24, 82, 236)
DEEP_VERMILION: Colour = (0, 44, 178)


@dataclass(frozen=True, slots=True)
class Look:
    """How something of one severity looks.

    Attributes:
        colour: of its bones, rings and tile.
        on_tile: of the icon on that tile.
        plate: behind its text.
        text: on that plate.
    """

    colour: Colour
    on_tile: Colour = DARK
    plate: Colour = PLATE
    text: Colour = INK


LOOKS: Mapping[CueSeverity, Look] = {
    "setup": Look(MUTED),
    "praise": Look(GOOD),
    "polish": Look(CALM),
    "fix": Look(AMBER),
    "stop": Look(VERMILION, on_tile=INK, plate=DEEP_VERMILION),
}
