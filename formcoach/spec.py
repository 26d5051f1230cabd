"""The types of an exercise spec: what is measured, which poses make a repetition, what is checked.

A `Spec` is data. `formcoach.spec_file` reads one from TOML; everything in the core takes it as it is.
Angles are degrees, times seconds, lengths trunk lengths (shoulder to hip) of the person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Kind = Literal["repetitions", "hold", "sequence"]
View = Literal["side", "front", "any"]
Position = Literal["standing", "quadruped", "prone", "supine", "side-lying", "kneeling", "sitting"]
Severity = Literal["polish", "fix", "stop"]
Direction = Literal["low", "high"]

PHASES: dict[Kind, tuple[str, ...]] = {
    "repetitions": ("setup", "start", "going", "work", "returning"),
    "hold": ("setup", "hold"),
    "sequence": ("setup", "going", "hold"),
}
"""What the machine of each kind can be in, in order."""

MOMENTS: dict[Kind, tuple[str, ...]] = {"repetitions": ("turn", "top"), "hold": (), "sequence": ()}
"""Moments at which a check may be judged once a repetition: furthest into the work position, and
furthest back between two repetitions."""

SEVERITIES: tuple[Severity, ...] = ("polish", "fix", "stop")
"""From the least to the most pressing."""


class Range(NamedTuple):
    """Bounds, both belonging to the range; infinite where one side is open."""

    low: float
    high: float

    def holds(self, value: float, margin: float = 0.0) -> bool:
        """Whether `value` lies inside, or beyond by no more than `margin`; never for NaN."""
        return self.low - margin <= value <= self.high + margin

    def beyond(self, value: float) -> float:
        """How far outside: negative below, positive above, 0 inside, NaN for NaN."""
        if value < self.low:
            return value - self.low
        if value > self.high:
            return value - self.high
        return value - value  # 0.0, and NaN stays NaN


@dataclass(frozen=True, slots=True)
class Measure:
    """One named number read from a sample.

    Attributes:
        name: as the spec calls it.
        kind: a key of `formcoach.measures.KINDS`, such as `angle` or `slope`.
        points: for each point the landmark references that may stand for it, best first; a
            reference is `side.hip`, `other.wrist`, `near.ankle`, `left.knee`, `mid.hip` or `nose`.
        of: names of other measures, for kinds that are made of them (`largest`, `smallest`, `speed`).
        from_start: whether the value is the change since the person's own start position.
    """

    name: str
    kind: str
    points: tuple[tuple[str, ...], ...] = ()
    of: tuple[str, ...] = ()
    from_start: bool = False


Pose = Mapping[str, Range]
"""A pose is a box: every named measure lies in its range."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A way of reaching the work position, or of staying there, that is not a repetition of this exercise.

    Attributes:
        name: as the spec calls it.
        pose: what it looks like.
        cue: what to say instead.
        kind: its common name for reports; empty = the name.
        after_s: how long it must last to be told from passing through.
    """

    name: str
    pose: Pose
    cue: str
    kind: str = ""
    after_s: float = 0.3

    @property
    def is_a_stay(self) -> bool:
        """Whether it is wrong only for lasting: at a glance it looks like the repetition itself."""
        return self.after_s >= 1.0


@dataclass(frozen=True, slots=True)
class Station:
    """One of the positions of a sequence, each held in its turn.

    Attributes:
        name: as the spec calls it; with spaces for `_` it is what people read.
        pose: where somebody is who is there.
        hold_s: seconds for which it is held.
        say: what to say when it is its turn.
        missed: what to say when it was left out, or not taken in its turn.
    """

    name: str
    pose: Pose
    hold_s: float
    say: str
    missed: str

    @property
    def title(self) -> str:
        """The name as people read it."""
        return self.name.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the coach judges while it lasts.

    Attributes:
        name: as the spec calls it.
        measure: the name of the measure judged.
        during: the phases or stations in which it is judged while it lasts, or the moments (`MOMENTS`)
            at which it is judged once a repetition.
        good: where the measure should be.
        tolerance: how far beyond `good` stays unmentioned.
        after_s: how long it must last before it is a fault.
        severity: `polish` < `fix` < `stop`.
        low, high: wordings of the cue below and above the range; empty = that side is no fault.
            The second and later wordings are used when the first has not helped.
        low_is, high_is: the fault's common name (`sag`, `pike`, `knee_bent`) for reports.
        view: the camera's side of the person that it needs.
        spoils: whether a repetition or round in which the fault was found is performed, but not to dose.
    """

    name: str
    measure: str
    during: tuple[str, ...]
    good: Range
    tolerance: float
    after_s: float = 0.7
    severity: Severity = "fix"
    low: tuple[str, ...] = ()
    high: tuple[str, ...] = ()
    low_is: str = ""
    high_is: str = ""
    view: View = "side"
    spoils: bool = False

    def cue(self, direction: Direction) -> tuple[str, ...]:
        """The wordings for one direction, gentlest first."""
        return self.low if direction == "low" else self.high

    def fault_kind(self, direction: Direction) -> str:
        """The common name of the fault in one direction, or the check's own name."""
        return (self.low_is if direction == "low" else self.high_is) or self.name


@dataclass(frozen=True, slots=True)
class Dose:
    """How much is enough and how much is the goal; None where it does not apply.

    Attributes:
        hold_s: seconds of one hold, `(enough, goal)`; the stations of a sequence have their own.
        reps: repetitions or rounds in a set, `(enough, goal)`; each side where the exercise has sides.
        sets: how many sets.
    """

    hold_s: tuple[float, float] | None = None
    reps: tuple[int, int] | None = None
    sets: int = 1


@dataclass(frozen=True, slots=True)
class Timing:
    """The machine's time constants, seconds.

    Attributes:
        settle_s: the start position is kept this long before a repetition can begin; form in a hold before
            it counts, from its beginning on; a station, to be there.
        bridge_s: a gap in a hold no longer than this does not interrupt it.
        leave_s: away from the position this long ends the set-up; out of a station, its hold.
        timeout_s: on the way this long without arriving says what is missing.
    """

    settle_s: float = 0.3
    bridge_s: float = 0.5
    leave_s: float = 1.0
    timeout_s: float = 6.0


TURNED = 27.0
"""Degrees that somebody may be turned from side-on, as seen from above, to be judged from the side: people
side-on in clips measure up to 13, those turned a little 20 to 25, and those at 45 degrees 30 to 53."""


@dataclass(frozen=True, slots=True)
class Spec:
    """One exercise.

    Attributes:
        id: the file's name without `.toml`, such as `bird-dog`.
        kind: `repetitions` (start, work, start), `hold` (one position kept) or `sequence` (several
            positions kept, one after the other).
        sides: `("left", "right")` when each side has its own repetitions, else empty.
        alternating: whether the sides take turns, one repetition each.
        poses: `position` (wide: this exercise is being done at all), `start`, `work`, `held`
            (where a repetition's hold is timed; `work` where absent), `broken` (for holds: what
            spoils form when it is seen, and is forgiven when it cannot be seen).
        missed: what to say of a repetition that did not reach `work`.
        hysteresis: how far outside a range a pose is still kept once it was reached, degrees;
            a hundredth of it in trunk lengths.
        turned: degrees from side-on up to which it can be judged from the side.
        anchor: the landmark that stays on its spot through a repetition (`mid.ankle`), so that
            walking counts nothing; empty where none need stay.
        guided: what of it is guided only and cannot be seen (a contraction), in words; or empty.
        based_on: the id of the exercise of which this is a variant, or empty.
        stations: of a sequence, in their order.
        either_way: whether a round may also go through the stations from the last to the first.
        neutral: for `from = "start"` measures the person's own start, known from another day; it stands
            until the start of this one was seen. No spec file has any.
        personal: the day on which that, and their own range, was found out; or empty.
    """

    id: str
    name: str
    about: str
    source: str
    camera: View
    position: Position
    kind: Kind
    dose: Dose
    measures: Mapping[str, Measure]
    poses: Mapping[str, Pose]
    checks: Mapping[str, Check]
    sides: tuple[str, ...] = ()
    alternating: bool = False
    missed: str = ""
    wrong: Mapping[str, Wrong] = field(default_factory=dict)
    timing: Timing = Timing()
    hysteresis: float = 4.0
    turned: float = TURNED
    anchor: str = ""
    cautions: tuple[str, ...] = ()
    guided: str = ""
    based_on: str = ""
    stations: Mapping[str, Station] = field(default_factory=dict)
    either_way: bool = False
    neutral: Mapping[str, float] = field(default_factory=dict)
    personal: str = ""

    @property
    def wants_back(self) -> bool:
        """Whether any measure reads the outline of the back."""
        return any(measure.kind.startswith("bow") for measure in self.measures.values())
