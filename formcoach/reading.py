"""What is read of each sample before anything is judged: who is there, and the measures of each side.

No bound of a spec has any part in it. A recording that has been read once can be judged again and again, by
one spec after another, as long as they measure the same (`formcoach.whatif`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from formcoach.body import Tracker
from formcoach.framing import Framer, Framing
from formcoach.landmarks import OTHER_SIDE, PoseSample
from formcoach.leaning import Leaning
from formcoach.measures import MeasureReader, landmarks_used
from formcoach.spec import Spec


@dataclass(slots=True)
class Reading:
    """One sample, read.

    Attributes:
        t: seconds.
        someone, new, why, span, roll: as in `formcoach.body.Body`.
        near: the side to take as the near one, or empty.
        body_near: the side that is nearer to the camera, which it is unless the person asked for the other.
        view: from where it is judged, as `formcoach.body.Body.judged_from`.
        back_why: why the shape of the back is not known, or empty.
        leans: whether the camera leans, and nobody knows how far.
        raw: the measures of each side before the person's own start is taken off; empty of nobody.
        places: where the anchor of each side is, image heights; NaN where there is none.
        bright: how bright the lighter parts of the picture are, 0 to 1, or None where nobody looked.
        framing: gives how somebody who is there lies in the picture.
    """

    t: float
    someone: bool
    new: bool
    why: str
    near: str
    body_near: str
    view: str
    back_why: str
    leans: bool
    span: float
    roll: float
    raw: tuple[Mapping[str, float], ...]
    places: tuple[float, ...]
    bright: float | None
    framing: Callable[[], Framing]


class SampleReader:
    """Reads the samples of a session, one after the other, for one exercise."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        turns = any(measure.kind == "turn" for measure in spec.measures.values())
        self._tracker = Tracker(spec.position, landmarks_used(spec), turns=turns, square_to=spec.turned)
        self._framer = Framer(spec)
        self._leaning = Leaning(spec)
        self._swapped = False
        self.restart()

    def restart(self) -> None:
        """The set begins anew: so do the measures."""
        self._measures = MeasureReader(self._spec, self._spec.sides or ("",))

    def swap(self) -> None:
        """Take the other side of the body for the near one, from now on."""
        self._swapped = not self._swapped

    def read(self, sample: PoseSample) -> Reading:
        """Take in the next sample."""
        body = self._tracker.step(sample)
        near = OTHER_SIDE[body.near] if self._swapped and body.near else body.near
        return Reading(
            body.t,
            body.someone,
            body.new,
            body.why,
            near,
            body.near,
            body.judged_from,
            body.back.why,
            self._leaning.step(sample, body),
            body.span,
            body.roll,
            self._measures.raw(body, near),
            self._measures.places(body, near),
            None if sample.room is None else float(sample.room[0]),
            lambda: self._framer.look(body, sample.aspect),
        )
