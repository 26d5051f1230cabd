"""Named numbers from a body: the vocabulary that specs are written in.

A measure that cannot be read is NaN: a landmark hidden, out of the picture or implausible. NaN is
never right or wrong; it is reported as not seen.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Container, Mapping, Sequence, Set
from dataclasses import dataclass

from formcoach.body import Body
from formcoach.follower import Follower
from formcoach.geometry import NAN
from formcoach.landmarks import SIDES
from formcoach.readers import Reader, landmark, point_of, read_alike, reader_of
from formcoach.spec import Measure, Spec


@dataclass(frozen=True, slots=True)
class KindOf:
    """What a kind of measure takes and gives.

    Attributes:
        points: how many points it is read from; 0 for kinds that are made of other measures.
        low, high: the least and the greatest value it can have.
        unit: `degrees`, `trunk lengths` or `degrees a second`.
        meaning: what the number and its sign mean, for people.
    """

    points: int
    low: float
    high: float
    unit: str
    meaning: str


KINDS: dict[str, KindOf] = {
    "angle": KindOf(3, 0, 180, "degrees", "interior angle at the middle point; 180 = straight"),
    "slope": KindOf(2, -90, 90, "degrees", "0 = level, + = the second point is higher, facing either way"),
    "tilt": KindOf(
        2, -90, 90, "degrees", "slope in space: in the picture when side-on, else with the model's depth"
    ),
    "line": KindOf(
        3, -180, 180, "degrees", "0 = straight, + = the middle point is above the line of the others"
    ),
    "ahead": KindOf(
        2,
        -3,
        3,
        "trunk lengths",
        "how far the second point is ahead of the first, + = the way the person faces",
    ),
    "above": KindOf(2, -3, 3, "trunk lengths", "how far the second point is above the first"),
    "apart": KindOf(2, 0, 5, "trunk lengths", "the distance between two points"),
    "across": KindOf(
        2,
        -3,
        3,
        "trunk lengths",
        "how far the second point is from the first across the body, by the model's depth, "
        "+ = towards the side whose turn it is, or the left",
    ),
    "bow": KindOf(
        2, -1, 1, "trunk lengths", "how far the back's outline bows between them, + = rounded, - = arched"
    ),
    "bow_upper": KindOf(2, -1, 1, "trunk lengths", "the same of the half nearer to the shoulder"),
    "bow_lower": KindOf(2, -1, 1, "trunk lengths", "the same of the half nearer to the hip"),
    "turn": KindOf(
        2,
        -180,
        180,
        "degrees",
        "how far the shoulders are turned against the hips about the vertical, + = towards the first one",
    ),
    "speed": KindOf(
        0, 0, 2000, "degrees a second", "how fast another measure changes, either way, over the last moment"
    ),
    "largest": KindOf(0, -180, 180, "degrees", "the largest of other measures, less what is long hidden"),
    "smallest": KindOf(0, -180, 180, "degrees", "the smallest of other measures, less what is long hidden"),
}
"""The vocabulary. An exercise that needs another word gets it here, for all specs."""

SMOOTHING_S = 0.06
"""Time constant of the light smoothing of each number; the model has smoothed the landmarks already."""

BACK_SMOOTHING_S = 0.2
"""The outline of the back is read ten times a second and is noisier than a landmark."""

SPEED_S = 0.25
"""A speed is the change over so long: a landmark that trembles by a degree or two is not moving."""

SPEED_GAP_S = 0.6
"""Not seen for no longer than this, a speed is that over the gap; a blink of the model stops no clock."""

ROUNDING_S = 1e-6

FORGET_S = 0.3
"""A number not seen for this long starts afresh."""

HIDDEN_S = 6.0
"""What was the largest or smallest when it was last seen may be so still, for so long: none takes its place,
for a limb that is hidden for a moment is not another limb. What is hidden for longer is left out."""

ALIKE = 5.0
"""Degrees by which another may differ from it and take its place all the same: an angle is no surer."""

JUMP = 10.0
"""Degrees between one and the other that takes its place out of hiding, from which that is no movement."""


def landmarks_used(spec: Spec) -> frozenset[int]:
    """Every landmark that any measure of a spec may be read from."""
    used: set[int] = set()
    for measure in spec.measures.values():
        for choices in measure.points:
            for reference in choices:
                used |= _either_side(reference)
    return frozenset(used | _either_side(spec.anchor) if spec.anchor else used)


def _either_side(reference: str) -> set[int]:
    found = {landmark(reference, side, side) for side in SIDES}
    return {i for one in found for i in (one if isinstance(one, tuple) else (one,))}


class MeasureReader:
    """Reads the measures of a spec for each of its sides, before the person's own start is taken off.

    What is the same for several sides or measures, such as the leg of the one and the other leg of the other,
    is read once. What is missing then, `OwnMeasures` makes of it.

    Args:
        spec: the exercise.
        sides: the sides whose turn it may be; one that is empty where the exercise has no sides.
    """

    def __init__(self, spec: Spec, sides: Sequence[str]) -> None:
        self._numbers: dict[str, list[tuple[Reader, Follower]]] = {near: [] for near in SIDES}
        known: dict[object, int] = {}
        self._named = [[(m.name, self._number_of(m, side, known)) for m in _in_order(spec)] for side in sides]
        combined = spec.measures.keys() - changed_by_start(spec)
        self._combined = [_combinations_of(spec, combined) for _ in sides]
        self._anchors = {
            near: [point_of((spec.anchor,), side or near, near) for side in sides if spec.anchor]
            for near in SIDES
        }
        self._no_anchor = (NAN,) * len(sides)

    def _number_of(self, measure: Measure, side: str, known: dict[object, int]) -> int:
        """Which number a measure of a side is; one that is not known yet is read from now on."""
        smoothed_s = BACK_SMOOTHING_S if measure.kind.startswith("bow") else SMOOTHING_S
        same = tuple(read_alike(measure, side, near) for near in SIDES)
        if same not in known:
            known[same] = len(known)
            smooth = Follower(smoothed_s)
            for near in SIDES:
                self._numbers[near].append((reader_of(measure, side, near), smooth))
        return known[same]

    def raw(self, body: Body, near: str) -> tuple[dict[str, float], ...]:
        """Of each side the measures of one body by name, NaN where not seen; none of nobody.

        Args:
            body: the person now.
            near: the side to take as the near one.
        """
        if not body.someone:
            return tuple({} for _ in self._named)
        t = body.t
        found: list[float] = []
        for read, smooth in self._numbers[near or "left"]:
            value = read(body)
            if value == value:
                if t - smooth.t > FORGET_S:
                    smooth.forget()
                value = smooth.step(t, value)
            found.append(value)
        sides = tuple({name: found[i] for name, i in named} for named in self._named)
        for combined, values in zip(self._combined, sides, strict=True):
            _combine(combined, t, values)
        return sides

    def places(self, body: Body, near: str) -> tuple[float, ...]:
        """Of each side where the anchor is across the picture, in image heights; NaN where there is none."""
        anchors = self._anchors[near or "left"]
        if not anchors or not body.someone:
            return self._no_anchor
        points = (anchor(body) for anchor in anchors)
        return tuple(NAN if point is None else point[0] for point in points)


class OwnMeasures:
    """Takes the person's own start off what was read.

    Attributes:
        from_start: the names of the measures that are counted from it.
    """

    def __init__(self, spec: Spec) -> None:
        self.from_start = [measure.name for measure in spec.measures.values() if measure.from_start]
        changes = changed_by_start(spec)
        self._combined = _combinations_of(spec, changes)
        self._unseen = dict.fromkeys(spec.measures, NAN)

    def of(self, t: float, raw: Mapping[str, float], neutral: Mapping[str, float]) -> dict[str, float]:
        """All measures by name, NaN where not seen, or where no neutral is known yet.

        Args:
            t: seconds.
            raw: what `MeasureReader.raw` has given.
            neutral: the start position's own value of each `from = "start"` measure.
        """
        if not raw:
            return dict(self._unseen)
        values = dict(raw)
        for name in self.from_start:
            values[name] -= neutral.get(name, NAN)
        if self._combined:
            _combine(self._combined, t, values)
        return values


def changed_by_start(spec: Spec) -> set[str]:
    """The measures that are changes since the start, and all that are made of these."""
    found = {measure.name for measure in spec.measures.values() if measure.from_start}
    for measure in _combinations(spec):
        if not found.isdisjoint(measure.of):
            found.add(measure.name)
    return found


def read_names(spec: Spec) -> tuple[str, ...]:
    """The names that `MeasureReader.raw` gives, in its order."""
    combined = spec.measures.keys() - changed_by_start(spec)
    return (
        *(measure.name for measure in _in_order(spec)),
        *(measure.name for measure in _combinations(spec) if measure.name in combined),
    )


_Combination = tuple[str, tuple[str, ...], Callable[[float, list[float]], float]]


def _combine(combinations: list[_Combination], t: float, values: dict[str, float]) -> None:
    for name, of, combine in combinations:
        values[name] = combine(t, [values[part] for part in of])


def _in_order(spec: Spec) -> list[Measure]:
    return [measure for measure in spec.measures.values() if KINDS[measure.kind].points]


def _combinations(spec: Spec) -> list[Measure]:
    """Measures of other measures, each after those it is made of."""
    ordered: list[Measure] = []
    waiting = [measure for measure in spec.measures.values() if not KINDS[measure.kind].points]
    while waiting:
        names = {measure.name for measure in waiting}
        ready = [measure for measure in waiting if not names.intersection(measure.of)]
        ordered += ready
        waiting = [measure for measure in waiting if measure not in ready]
    return ordered


class _Speed:
    """How fast a number changes, a second, either way; that of several afresh where another takes over."""

    def __init__(self, of: _Extreme | None = None) -> None:
        self._of = of
        self._past: deque[tuple[float, float]] = deque()

    def __call__(self, t: float, values: list[float]) -> float:
        """The speed over the last `SPEED_S`; NaN until it has been seen for so long."""
        past, now = self._past, values[0]
        if now != now:
            return NAN
        if past and ((self._of and self._of.jumped) or not 0.0 <= t - past[-1][0] <= SPEED_GAP_S):
            past.clear()
        past.append((t, now))
        while len(past) > 2 and t - past[1][0] >= SPEED_S - ROUNDING_S:
            past.popleft()
        since, before = past[0]
        return abs(now - before) / (t - since) if t - since >= SPEED_S - ROUNDING_S else NAN


class _Extreme:
    """The largest or the smallest of numbers, as long as none that has just been hidden may be it.

    Attributes:
        jumped: whether at the last call another one took its place, without having met it on the way.
    """

    def __init__(self, sign: int) -> None:
        self.jumped = False
        self._sign = sign
        self._last: dict[int, tuple[float, float]] = {}
        self._seen: Set[int] = frozenset()
        self._of = -1
        self._value = NAN

    def __call__(self, t: float, values: list[float]) -> float:
        """That of the numbers seen; NaN where a hidden one was further out when it was last seen."""
        self.jumped = False
        seen = {i: self._sign * value for i, value in enumerate(values) if value == value}
        both = self._seen & seen.keys()
        self._seen = seen.keys()
        for i, value in seen.items():
            self._last[i] = t, value
        furthest = max(seen, key=seen.__getitem__, default=-1)
        if furthest < 0 or self._may_be_hidden(t, seen[furthest]):
            return NAN
        value = values[furthest]
        met = furthest == self._of or {furthest, self._of} <= both
        self.jumped = not met and abs(value - self._value) > JUMP
        self._of, self._value = furthest, value
        return value

    def _may_be_hidden(self, t: float, furthest: float) -> bool:
        return any(t - when <= HIDDEN_S and last > furthest + ALIKE for when, last in self._last.values())


def _combinations_of(spec: Spec, names: Container[str]) -> list[_Combination]:
    """What makes each of these measures of others, in their order."""
    made: dict[str, _Combination] = {}
    for measure in _combinations(spec):
        if measure.name in names:
            source = made.get(measure.of[0])
            made[measure.name] = measure.name, measure.of, _combiner(measure.kind, source)
    return list(made.values())


def _combiner(kind: str, source: _Combination | None) -> Callable[[float, list[float]], float]:
    """What makes one number of others, given the time and their values, NaN where not seen."""
    if kind == "speed":
        of = None if source is None else source[2]
        return _Speed(of if isinstance(of, _Extreme) else None)
    return _Extreme(1 if kind == "largest" else -1)
