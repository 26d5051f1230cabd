"""Which cards lie over the picture, and where: the dial, the title, the correction, notes and messages."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from formcoach.checks import LEANS
from formcoach.events import Coaching, CueSeverity
from formcoach.frame import Image
from formcoach.landmarks import PoseSample
from formcoach.overlay.angles import Dots
from formcoach.overlay.cards import Cards
from formcoach.overlay.design import Design
from formcoach.overlay.dial import Dials, Ring, count_repetitions, count_seconds, draw_notch, draw_ring
from formcoach.overlay.drawing import Sprite, paste
from formcoach.overlay.kept import Kept
from formcoach.overlay.labels import Box
from formcoach.overlay.palette import AMBER, GOOD
from formcoach.overlay.state import hold_of, title_words
from formcoach.spec import Position, Spec

NOBODY_AFTER_S = 0.5
"""Nobody seen for less than this is a blink of the model, not worth a message."""

ON_FLOOR: frozenset[Position] = frozenset(("quadruped", "prone", "supine", "side-lying"))
"""Positions in which a person takes up the lower half of the picture."""

HURT = "Stopped, as it hurts. G: gentle exercises. Q: end"
"""Shown after somebody has said that it hurts, until they choose."""

LOST = "Camera lost – looking for it"
"""Shown while no pictures come."""

_NOTICE: CueSeverity = "setup"

State = tuple[str, str]
"""What stands in the middle of the picture in place of everything else, and its icon."""


Laid = list[tuple[Sprite, Box]]
"""Cards and where they lie; the dial comes first."""


class Layout:
    """Lays out the cards of one exercise.

    Args:
        spec: the exercise.
        design: the screen's measures.
        kept: takes the cards that are ready.
        title: what stands top left in place of the exercise's name.
        after: what comes after the exercise, or empty.
    """

    def __init__(self, spec: Spec, design: Design, kept: Kept, title: str, after: str) -> None:
        self._spec = spec
        self._name, self._after = title or spec.name, after
        self._design, self._say = design, design.say
        self._width, self._height, self._margin = design.width, design.height, design.margin
        self._cards, self._dials = Cards(design), Dials(design)
        self._kept = kept
        self._seen_at = -math.inf
        self._cue_place = ("", False)

    def lay_out(
        self,
        sample: PoseSample,
        coaching: Coaching,
        notice: str,
        elapsed_s: float | None,
        state: State | None,
        dots: Dots,
    ) -> tuple[Laid, Ring | None]:
        """The cards to show, and the dial's ring where a clock runs.

        Args:
            sample: the person.
            coaching: the coach's answer.
            notice: what to know now, where the coach has nothing to say.
            elapsed_s: for how long the session has been on; None = that is not shown.
            state: what stands in the middle in place of everything else.
            dots: where the person's landmarks are on the screen, pixels.
        """
        margin, kept = self._margin, self._kept
        dial, ring = self._dial(coaching)
        edge = self._width - margin - dial.width
        laid = [_put(dial, edge, margin)]
        if elapsed_s is not None:
            time = clock(elapsed_s)
            chip = kept.get(("time", time), lambda: self._cards.time(time, dial.width))
            laid.append(_put(chip, edge, margin + dial.height + margin // 2))
        room = edge - 2 * margin
        title = self._title(coaching, room)
        laid.append(_put(title, margin, margin))
        top = 2 * margin + title.height - margin // 2
        unseen = self._not_seen(coaching)
        word, sign = (unseen, "unseen") if unseen else (self._range_of(coaching), "range")
        if word:
            note = kept.get(("note", word, sign), lambda: self._cards.note(word, room, sign))
            laid.append(_put(note, margin, top))
            top += note.height + margin // 2
        cue = coaching.cue
        text, severity = (cue.text, cue.severity) if cue is not None else (notice, _NOTICE)
        if text and state is None:
            laid.append(self._place_cue(text, severity, room, top, dots))
        else:
            self._cue_place = ("", False)
        card = self._middle(sample, coaching, state)
        if card is not None:
            laid.append(place_in_middle(card, self._design, [box for _, box in laid[:2]]))
        return laid, ring

    def _place_cue(
        self, text: str, severity: CueSeverity, room: int, top: int, dots: Dots
    ) -> tuple[Sprite, Box]:
        """The cue goes to the bottom, over the feet of somebody standing.

        Somebody on the floor is in the lower half: there it goes below the title, beside the dial, where
        that hides less of them, and stays for as long as it is shown.
        """
        width, kept = self._width, self._kept
        wide = width - 2 * self._margin
        card = kept.get(("cue", text, severity), lambda: self._cards.cue(text, severity, wide))
        left = (width - card.width) // 2
        bottom = self._height - self._margin - card.height
        if self._cue_place[0] != text:
            ys = [dot[1] for dot in dots if dot is not None and left <= dot[0] <= left + card.width]
            hidden_below = max(ys, default=0.0) - bottom
            hidden_above = top + card.height - min(ys, default=0.0)
            on_floor = self._spec.position in ON_FLOOR
            self._cue_place = (text, on_floor and 0.0 < hidden_below > hidden_above)
        if not self._cue_place[1]:
            return _put(card, left, bottom)
        if card.width > room:
            card = kept.get(("high cue", text, severity), lambda: self._cards.cue(text, severity, room))
        return _put(card, self._margin, top)

    def _title(self, coaching: Coaching, room: int) -> Sprite:
        word, side = title_words(self._spec, coaching, self._say)
        key = ("title", word, side)
        return self._kept.get(key, lambda: self._cards.title(self._name, word, side, self._after, room))

    def _dial(self, coaching: Coaching) -> tuple[Sprite, Ring | None]:
        """The one number that matters now: the seconds of a hold while it is on, else the repetitions."""
        dose = self._spec.dose
        done, goal = coaching.reps.get(coaching.side, 0), dose.reps[1] if dose.reps else None
        held = dose.hold_s is not None and coaching.phase == "work"
        if self._spec.kind == "hold" or held or coaching.station:
            asked = hold_of(self._spec, coaching)
            goal_s = asked[1] if asked else None
            count = count_seconds(coaching.held_s, goal_s, coaching.in_form, done, goal, self._say)
        else:
            count = count_repetitions(done, goal, self._say)
        return self._kept.get(("dial", count), lambda: self._dials.card(count))

    def draw(self, image: Image, laid: Laid, ring: Ring | None, coaching: Coaching) -> None:
        """Draw the cards, and on the dial how much of a hold is done, with a notch where it is enough."""
        for sprite, (left, top, _, _) in laid:
            paste(image, sprite, left, top)
        asked = hold_of(self._spec, coaching)
        if ring is None or asked is None:
            return
        enough, goal = asked
        share = min(1.0, max(0.0, coaching.held_s / goal)) if goal > 0 else 1.0
        corner = laid[0][1][:2]
        draw_ring(image, ring, corner, share, GOOD if coaching.in_form or share >= 1 else AMBER)
        if enough < goal:
            draw_notch(image, ring, corner, enough / goal, 4 * self._design.unit)

    def _not_seen(self, coaching: Coaching) -> str:
        """Why a check is not judged now, for most of them; before a guided hold, what is guided."""
        if coaching.someone and coaching.unseen:
            reasons = Counter(coaching.unseen.values())
            leans = self._say(LEANS)  # first of all: it concerns the whole picture
            why = leans if leans in reasons else reasons.most_common(1)[0][0]
            return self._say("Not judged: {why}").format(why=why)
        return self._spec.guided if coaching.phase == "setup" else ""

    def _range_of(self, coaching: Coaching) -> str:
        """How far the last repetition went, against one's own furthest; while one is resting after it."""
        if coaching.phase != "start" or coaching.of_best != coaching.of_best:
            return ""
        if coaching.of_best >= 1.0:
            return self._say("Your furthest so far")
        share = 5 * round(20 * coaching.of_best)  # finer than that it is noise
        return self._say("{share} % of your furthest").format(share=share)

    def _middle(self, sample: PoseSample, coaching: Coaching, state: State | None) -> Sprite | None:
        """What stands in the middle: a state, the count-in, or that nobody is seen; mostly nothing."""
        if coaching.someone:
            self._seen_at = sample.t
        if state is None and coaching.count_in:
            word = coaching.count_in
            return self._kept.get(("beat", word), lambda: self._cards.beat(word))
        message = state or self._absence(sample, coaching)
        if message is None:
            return None
        text, mark = self._say(message[0]), message[1]
        return self._kept.get(("message", text, mark), lambda: self._cards.message(text, mark))

    def _absence(self, sample: PoseSample, coaching: Coaching) -> State | None:
        if coaching.someone or 0 <= sample.t - self._seen_at < NOBODY_AFTER_S:
            return None
        why = coaching.why or self._say("nobody in the picture")
        return why[:1].upper() + why[1:], "person"


def state_message(paused: bool, hurt: bool, camera_lost: bool = False) -> State | None:
    """What stands in the middle of the picture while nothing is coached, and its icon."""
    if hurt:
        return HURT, "stop"
    if camera_lost:
        return LOST, "no_camera"
    return ("Paused", "pause") if paused else None


def clock(seconds: float) -> str:
    """Minutes and seconds: `12:05`."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02d}"


def place_in_middle(card: Sprite, design: Design, taken: Sequence[Box]) -> tuple[Sprite, Box]:
    """A card a little above the middle of the screen, or below what is in its way there."""
    left, top = (design.width - card.width) // 2, round(0.46 * design.height - card.height / 2)
    above = [box[3] for box in taken if box[0] <= left + card.width and left <= box[2]]
    return _put(card, left, max(top, max(above, default=0) + design.margin // 2))


def _put(sprite: Sprite, left: int, top: int) -> tuple[Sprite, Box]:
    return sprite, (left, top, left + sprite.width, top + sprite.height)
