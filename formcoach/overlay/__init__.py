"""What is drawn over the picture. It shows what the coach decided and decides nothing itself."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

import numpy as np

from formcoach.events import Coaching, CueSeverity
from formcoach.frame import Image
from formcoach.landmarks import PoseSample
from formcoach.overlay.angles import Angle, Dots, find_angles
from formcoach.overlay.back_edge import BackEdge, draw_edge, state_of_back
from formcoach.overlay.cards import Cards, Count, Dial
from formcoach.overlay.drawing import Sprite, arc, disc, ground, on_circle, paste, stroke
from formcoach.overlay.figure import Figure
from formcoach.overlay.kept import Kept
from formcoach.overlay.labels import Box, Labels
from formcoach.overlay.palette import AMBER, GOOD, PLATE
from formcoach.spec import Position, Spec

PHASE_WORDS: Mapping[str, str] = {
    "setup": "Get into position",
    "start": "Ready",
    "going": "Go",
    "work": "Hold",
    "returning": "Back",
    "hold": "Hold",
}
"""What each phase is called on the screen."""

THERE = "There"
"""The work position where there is nothing to hold: reached, and still room to go on."""

NOBODY_AFTER_S = 0.5
"""Nobody seen for less than this is a blink of the model, not worth a message."""

ON_FLOOR: frozenset[Position] = frozenset(("quadruped", "prone", "supine", "side-lying"))
"""Positions in which a person takes up the lower half of the picture."""

HURT = "Stopped, as it hurts. G: gentle exercises. Q: end"
"""Shown after somebody has said that it hurts, until they choose."""

_NOTICE: CueSeverity = "setup"


class Overlay:
    """Draws what the coach decided over the pictures of one session.

    Args:
        spec: the exercise that is coached.
        width, height: of the pictures, pixels.
        mirror: show the picture as a mirror would. The sample stays unmirrored, text stays readable.
        title: what stands top left in place of the exercise's name.
    """

    def __init__(self, spec: Spec, width: int, height: int, *, mirror: bool = False, title: str = "") -> None:
        self._spec = spec
        self._name = title or spec.name
        self._width, self._height = width, height
        self._mirror = mirror
        self._cards = Cards(width, height)
        self._unit = self._cards.unit
        self._figure = Figure(spec, width, height, self._unit, mirror)
        self._back = BackEdge(spec, mirror) if spec.wants_back else None
        self._labels = Labels(width, height, self._unit)
        self._kept = Kept(self._unit)
        self._seen_at = -math.inf
        self._words = dict(PHASE_WORDS)
        self._cue_place = ("", False)
        self._cards.warm_up()
        if spec.dose.hold_s is None:
            self._words["work"] = THERE

    def draw(
        self,
        image: Image,
        sample: PoseSample,
        coaching: Coaching,
        *,
        paused: bool = False,
        hurt: bool = False,
        notice: str = "",
        onto: Image | None = None,
    ) -> Image:
        """Draw over one picture.

        Args:
            image: `(height, width, 3)` uint8, blue-green-red. Without `onto` it is drawn over (and
                mirrored) in place where it is writable and contiguous, else a copy is.
            sample: the person in the unmirrored picture.
            coaching: the coach's answer to that sample.
            paused: whether coaching is paused.
            hurt: whether the person has said that it hurts, which ended it.
            notice: what to know now, where the coach has nothing to say.
            onto: a canvas of the same size and type that takes the drawing; the picture stays as it
                is. Kept from picture to picture, it spares the system handing out 3 MB for each.

        Returns:
            The picture that was drawn on.

        Raises:
            ValueError: where the picture has not the size that was named at first.
        """
        if image.shape != (self._height, self._width, 3):
            raise ValueError(f"the picture is {image.shape}, not {(self._height, self._width, 3)}")
        if onto is None:
            in_place = image.flags.writeable and image.flags.c_contiguous
            onto = image if in_place else np.empty_like(image, order="C")
        image = ground(image, onto, self._mirror)
        there = coaching.someone and sample.someone
        dots = self._figure.place(sample) if there else []
        cards, dial = self._lay_out(sample, coaching, notice, state_message(paused, hurt), dots)
        if there:
            self._draw_person(image, sample, coaching, dots, [box for _, box in cards])
        for sprite, (left, top, _, _) in cards:
            paste(image, sprite, left, top)
        if dial is not None:
            self._draw_ring(image, dial, cards[0][1], coaching)
        return image

    # The cards

    def _lay_out(
        self,
        sample: PoseSample,
        coaching: Coaching,
        notice: str,
        state: tuple[str, str] | None,
        dots: Dots,
    ) -> tuple[list[tuple[Sprite, Box]], Dial | None]:
        """The cards to show with their boxes, the counter first; and its ring."""
        margin = self._cards.margin
        counter, dial = self._counter(coaching)
        cards = [_put(counter, self._width - margin - counter.width, margin)]
        room = self._width - counter.width - 3 * margin
        title = self._title(coaching, room)
        cards.append(_put(title, margin, margin))
        unseen = self._not_seen(coaching)
        word, sign = (unseen, "unseen") if unseen else (_range_of(coaching), "range")
        if word:
            note = self._kept.get(("note", word, sign), lambda: self._cards.note(word, room, sign))
            cards.append(_put(note, margin, margin + title.height + margin // 2))
        cue = coaching.cue
        text, severity = (cue.text, cue.severity) if cue is not None else (notice, _NOTICE)
        if text:
            card = self._kept.get(("cue", text, severity), lambda: self._cards.cue(text, severity))
            left = (self._width - card.width) // 2
            above = max(bottom for _, (_, _, _, bottom) in cards) + margin // 2
            cards.append(_put(card, left, self._cue_top(text, card, left, above, dots)))
        else:
            self._cue_place = ("", False)
        message = self._message(sample, coaching, state)
        if message:
            card = self._kept.get(("message", *message), lambda: self._cards.message(*message))
            cards.append(
                _put(card, (self._width - card.width) // 2, round(0.46 * self._height - card.height / 2))
            )
        return cards, dial

    def _cue_top(self, text: str, card: Sprite, left: int, above: int, dots: Dots) -> int:
        """The cue goes to the bottom, over the feet of somebody standing.

        Somebody on the floor is in the lower half: there it goes below the other cards, where that
        hides less of them, and stays for as long as it is shown.
        """
        bottom = self._height - self._cards.margin - card.height
        if self._cue_place[0] != text:
            ys = [dot[1] for dot in dots if dot is not None and left <= dot[0] <= left + card.width]
            hidden_below = max(ys, default=0.0) - bottom
            hidden_above = above + card.height - min(ys, default=0.0)
            on_floor = self._spec.position in ON_FLOOR
            self._cue_place = (text, on_floor and 0.0 < hidden_below > hidden_above)
        return above if self._cue_place[1] else bottom

    def _title(self, coaching: Coaching, room: int) -> Sprite:
        word = self._words[coaching.phase]
        side = f"{coaching.side.capitalize()} side" if coaching.side else ""
        key = ("title", word, side)
        return self._kept.get(key, lambda: self._cards.title(self._name, word, side, room))

    def _counter(self, coaching: Coaching) -> tuple[Sprite, Dial | None]:
        dose = self._spec.dose
        held = coaching.held_s
        timed = self._spec.kind == "hold" or dose.hold_s is not None
        goal_s = dose.hold_s[1] if dose.hold_s else None
        counted = self._spec.kind == "repetitions" or dose.reps is not None
        count = Count(
            number=coaching.reps.get(coaching.side, 0) if counted else None,
            goal=dose.reps[1] if dose.reps else None,
            seconds=int(held) if timed else None,
            goal_s=goal_s,
            running=coaching.in_form,
            reached=goal_s is not None and held >= goal_s,
        )
        return self._kept.get(("counter", count), lambda: self._cards.counter(count))

    def _draw_ring(self, image: Image, dial: Dial, card: Box, coaching: Coaching) -> None:
        """How much of the hold is done, with a notch where it is enough."""
        if self._spec.dose.hold_s is None:
            return
        enough, goal = self._spec.dose.hold_s
        centre = (card[0] + dial.centre[0], card[1] + dial.centre[1])
        share = min(1.0, max(0.0, coaching.held_s / goal)) if goal > 0 else 1.0
        if share > 0:
            colour = GOOD if coaching.in_form or share >= 1 else AMBER
            arc(image, centre, dial.radius, dial.width, colour, -90, -90 + 360 * share)
            for turn in (-90.0, -90 + 360 * share) if share < 1 else ():
                disc(image, on_circle(centre, dial.radius, turn, turn)[0], dial.width / 2, colour)
        if enough < goal:
            turn = -90 + 360 * enough / goal
            inner, outer = (
                on_circle(centre, dial.radius + sign * dial.width / 2, turn, turn)[0] for sign in (-1, 1)
            )
            stroke(image, inner, outer, 4 * self._unit, PLATE)

    def _not_seen(self, coaching: Coaching) -> str:
        """The commonest reason why a check is not judged now; before a guided hold, what is guided."""
        if coaching.someone and coaching.unseen:
            return f"Not judged: {Counter(coaching.unseen.values()).most_common(1)[0][0]}"
        return self._spec.guided if coaching.phase == "setup" else ""

    def _message(
        self, sample: PoseSample, coaching: Coaching, state: tuple[str, str] | None
    ) -> tuple[str, str] | None:
        if coaching.someone:
            self._seen_at = sample.t
        if state is not None:
            return state
        if coaching.someone or 0 <= sample.t - self._seen_at < NOBODY_AFTER_S:
            return None
        why = coaching.why or "nobody in the picture"
        return why[:1].upper() + why[1:], "person"

    # The person

    def _draw_person(
        self, image: Image, sample: PoseSample, coaching: Coaching, dots: Dots, taken: list[Box]
    ) -> None:
        figure = self._figure
        angles = find_angles(self._spec, dots, coaching)
        figure.draw_bands(image, angles)
        figure.draw_skeleton(image, dots, coaching)
        figure.draw_arcs(image, angles)
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

    def _label(self, angle: Angle) -> Sprite:
        text = f"{self._labels.number(angle)}°".replace("-", "−")
        severity = angle.severity
        return self._kept.get(("label", text, severity), lambda: self._cards.label(text, severity))


def _range_of(coaching: Coaching) -> str:
    """How far the last repetition went, against one's own furthest; while one is resting after it."""
    if coaching.phase != "start" or coaching.of_best != coaching.of_best:
        return ""
    if coaching.of_best >= 1.0:
        return "Your furthest so far"
    return f"{5 * round(20 * coaching.of_best)} % of your furthest"  # finer than that it is noise


def state_message(paused: bool, hurt: bool) -> tuple[str, str] | None:
    """What stands in the middle of the picture while nothing is coached, and its icon."""
    if hurt:
        return HURT, "stop"
    return ("Paused", "pause") if paused else None


def _put(sprite: Sprite, left: int, top: int) -> tuple[Sprite, Box]:
    return sprite, (left, top, left + sprite.width, top + sprite.height)
