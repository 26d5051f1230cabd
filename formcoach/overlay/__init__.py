"""What is drawn over the picture. It shows what the coach decided and decides nothing itself."""

from __future__ import annotations

import numpy as np

from formcoach.events import Coaching, CueSeverity
from formcoach.frame import Image
from formcoach.landmarks import PoseSample
from formcoach.language import Say
from formcoach.overlay.angles import Angle, Dots, find_angles
from formcoach.overlay.back_edge import BackEdge, draw_edge, state_of_back
from formcoach.overlay.cards import Cards
from formcoach.overlay.design import Design
from formcoach.overlay.drawing import Sprite, paste
from formcoach.overlay.figure import Figure
from formcoach.overlay.ghost import Ghost
from formcoach.overlay.kept import Kept
from formcoach.overlay.labels import Box, Labels
from formcoach.overlay.layout import Layout, state_message
from formcoach.overlay.targets import Targets
from formcoach.overlay.view import Backdrop, View
from formcoach.spec import Spec

_BOLD = 1.6
"""How much larger the one angle that matters is drawn than one of several."""


class Overlay:
    """Draws what the coach decided over the pictures of one session.

    Args:
        spec: the exercise that is coached.
        width, height: of the canvas, pixels.
        mirror: show the picture as a mirror would. The sample stays unmirrored, text stays readable.
        title: what stands top left in place of the exercise's name.
        after: what comes after it, or empty.
        picture: width and height of the camera's picture, where that is not the canvas's.
        all_angles: draw every angle that is judged now, not only the one that matters.
        ghost: of the start position, to be drawn in set-up; or None.
        say: gives a text in the language of the screen.
    """

    def __init__(
        self,
        spec: Spec,
        width: int,
        height: int,
        *,
        mirror: bool = False,
        title: str = "",
        after: str = "",
        picture: tuple[int, int] | None = None,
        all_angles: bool = False,
        ghost: Ghost | None = None,
        say: Say = str,
    ) -> None:
        self._spec = spec
        self._ghost = ghost
        self._mirror = mirror
        self._width, self._height = width, height
        self._picture = picture or (width, height)
        self._view = view = View.fit((width, height), self._picture, mirror)
        design = Design(width, height, say)
        self._unit = design.unit
        self._kept = Kept(design.unit)
        self._cards = Cards(design)
        self._layout = Layout(spec, design, self._kept, title, after)
        self._backdrop = Backdrop(view)
        self._figure = Figure(spec, view, design.unit)
        self._back = BackEdge(spec, mirror) if spec.wants_back else None
        self._targets = None if all_angles else Targets(spec)
        self._scale = 1.0 if all_angles else _BOLD
        self._labels = Labels(width, height, design.unit, self._scale)
        design.warm_up()

    def draw(
        self,
        image: Image,
        sample: PoseSample,
        coaching: Coaching,
        *,
        paused: bool = False,
        hurt: bool = False,
        camera_lost: bool = False,
        notice: str = "",
        elapsed_s: float | None = None,
        onto: Image | None = None,
    ) -> Image:
        """Draw over one picture.

        Args:
            image: `(height, width, 3)` uint8, blue-green-red. Without `onto` it is drawn over (and
                mirrored) in place where it is writable, contiguous and as large as the canvas, else a
                new canvas is made.
            sample: the person in the unmirrored picture.
            coaching: the coach's answer to that sample.
            paused: whether coaching is paused.
            hurt: whether the person has said that it hurts, which ended it.
            camera_lost: whether no pictures come any more; this is the last one.
            notice: what to know now, where the coach has nothing to say.
            elapsed_s: for how long the session has been on; None = that is not shown.
            onto: a canvas that takes the drawing; the picture stays as it is. Kept from picture to
                picture, it spares the system handing out 3 MB for each.

        Returns:
            The canvas that was drawn on.

        Raises:
            ValueError: where the picture has not the size that was named at first.
        """
        if image.shape != (self._picture[1], self._picture[0], 3):
            raise ValueError(f"the picture is {image.shape}, not {(self._picture[1], self._picture[0], 3)}")
        if onto is None:
            onto = self._canvas_for(image)
        canvas = self._backdrop.lay(image, onto, stale=camera_lost)
        there = coaching.someone and sample.someone and not camera_lost
        dots = self._figure.place(sample) if there else []
        state = state_message(paused, hurt, camera_lost)
        if self._ghost is not None and coaching.phase == "setup" and state is None:
            self._ghost.draw(
                self._view.part_of(canvas),
                sample.t,
                self._view.inside(dots),
                coaching.near,
                self._lean(coaching),
                mirror=self._mirror,
            )
        laid, ring = self._layout.lay_out(sample, coaching, notice, elapsed_s, state, dots)
        if there:
            self._draw_person(canvas, sample, coaching, dots, [box for _, box in laid])
        self._layout.draw(canvas, laid, ring, coaching)
        return canvas

    def _canvas_for(self, image: Image) -> Image:
        fits = image.shape[:2] == (self._height, self._width)
        if fits and image.flags.writeable and image.flags.c_contiguous:
            return image
        return np.empty((self._height, self._width, 3), np.uint8)

    def _draw_person(
        self, image: Image, sample: PoseSample, coaching: Coaching, dots: Dots, taken: list[Box]
    ) -> None:
        figure = self._figure
        angles, scale = self._angles(dots, coaching), self._scale
        figure.draw_bands(image, angles, scale)
        figure.draw_skeleton(image, dots, coaching)
        figure.draw_arcs(image, angles, scale)
        edge = self._back.step(sample, dots, coaching) if self._back is not None else None
        state = state_of_back(self._spec, coaching) if edge is not None else None
        mark = None
        if edge is not None and state is not None:
            mark = draw_edge(image, edge, state, self._unit)
        limbs = figure.limbs(dots) + (edge.pieces() if edge is not None else [])
        taken += [mark] if mark is not None else []
        for angle in angles:
            label = self._label(angle)
            box = self._labels.place(sample.t, angle, (label.width, label.height), limbs, taken)
            if box is not None:
                paste(image, label, box[0], box[1])
                taken.append(box)

    def _angles(self, dots: Dots, coaching: Coaching) -> list[Angle]:
        lean = self._lean(coaching)
        if self._targets is None:
            return find_angles(self._spec, dots, coaching, lean)
        angle = self._targets.now(dots, coaching, lean)
        return [] if angle is None else [angle]

    def _lean(self, coaching: Coaching) -> float:
        """Degrees that the floor leans clockwise on the screen."""
        return -coaching.roll if self._mirror else coaching.roll

    def _label(self, angle: Angle) -> Sprite:
        text = f"{self._labels.number(angle)}°".replace("-", "−")
        mark: CueSeverity | None = angle.severity
        if mark is None and angle.reached and self._targets is not None:
            mark = "praise"
        return self._kept.get(("label", text, mark), lambda: self._cards.label(text, mark))
