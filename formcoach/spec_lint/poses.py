"""Rules about poses and about the bounds of poses and checks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from formcoach.spec import PHASES, Pose, Range, Spec
from formcoach.spec_lint.measures import needs_start, reach, unit_of
from formcoach.spec_lint.table import Fault, nearest, short

_NEEDED = {"repetitions": ("start", "work"), "hold": ("position", "work"), "sequence": ("position",)}
_STRANGE = {
    "repetitions": {"broken": "is for holds; write a wrong way or a check instead"},
    "hold": {
        "start": "a hold has no start; position says when it has begun",
        "held": "the clock of a hold runs in work; delete it",
    },
    "sequence": dict.fromkeys(("start", "work", "held", "broken"), "is not for sequences; make it a station"),
}
_CLASHES = (*(("position", name) for name in ("start", "work", "held", "broken")), ("work", "held"))
_ROUNDING = 1e-9


class Band(NamedTuple):
    """Bounds somewhere in a spec.

    Attributes:
        address: where they stand.
        measure: the measure they are for.
        bounds: from where to where.
        slack: how far beyond them nothing happens yet.
    """

    address: str
    measure: str
    bounds: Range
    slack: float


def poses_of(spec: Spec) -> Iterator[tuple[str, Pose]]:
    """All the poses with their addresses, those of stations and wrong ways too."""
    for name, pose in spec.poses.items():
        yield f"poses.{name}", pose
    for station in spec.stations.values():
        yield f"stations.{station.name}.pose", station.pose
    for wrong in spec.wrong.values():
        yield f"wrong.{wrong.name}.pose", wrong.pose


def bands(spec: Spec) -> Iterator[Band]:
    """All the bounds of poses and checks."""
    for address, pose in poses_of(spec):
        for measure, bounds in pose.items():
            yield Band(f"{address}.{measure}", measure, bounds, 0.0)
    for check in spec.checks.values():
        yield Band(f"checks.{check.name}.good", check.measure, check.good, max(check.tolerance, 0.0))


def between(bounds: Range) -> str:
    """Bounds in words: `-8 to 10`."""
    return f"{short(bounds.low)} to {short(bounds.high)}"


def poses_of_this_kind(spec: Spec) -> Iterator[Fault]:
    """A repetition has a start and a work position and a word for missing it; the others have neither."""
    if spec.kind not in PHASES:
        return
    for name in _NEEDED[spec.kind]:
        if name not in spec.poses:
            yield Fault(f"poses.{name}", "missing; write the measures and their bounds")
    for name, why in _STRANGE[spec.kind].items():
        if name in spec.poses:
            yield Fault(f"poses.{name}", why)
    if spec.kind == "repetitions":
        if not spec.missed:
            yield Fault("poses.missed", "missing; write what to say when work was not reached")
        return
    if spec.missed:
        yield Fault("poses.missed", f"a {spec.kind} has no repetitions to miss; delete it")
    for name in spec.wrong:
        yield Fault(f"wrong.{name}", f"a {spec.kind} has no repetitions to do wrong; delete it")


def measures_of_poses(spec: Spec) -> Iterator[Fault]:
    """Poses are made of measures of this file."""
    for address, pose in poses_of(spec):
        for name in pose:
            if spec.measures and name not in spec.measures:
                yield Fault(f"{address}.{name}", f"no such measure here{nearest(name, spec.measures)}")


def low_above_high(spec: Spec) -> Iterator[Fault]:
    """Bounds that nothing lies between."""
    for address, _, (low, high), _ in bands(spec):
        if low > high:
            yield Fault(address, f"low {short(low)} is above high {short(high)}")


def out_of_reach(spec: Spec) -> Iterator[Fault]:
    """Bounds that the measure never comes to."""
    for address, measure, bounds, _ in bands(spec):
        limits = reach(spec, measure)
        if limits is None:
            continue
        for word, value, open_at in (("low", bounds.low, -math.inf), ("high", bounds.high, math.inf)):
            if value != open_at and (value < limits.low or value > limits.high):
                beyond = "less" if value < limits.low else "more"
                yield Fault(
                    address, f"{word} {short(value)} is {beyond} than {measure} can be ({between(limits)})"
                )


def whole_reach(spec: Spec) -> Iterator[Fault]:
    """Bounds that take in everything decide nothing."""
    for address, measure, bounds, slack in bands(spec):
        limits = reach(spec, measure)
        if limits and bounds.low - slack <= limits.low and bounds.high + slack >= limits.high:
            with_slack = ", with its tolerance," if slack else ""
            yield Fault(
                address, f"{between(bounds)}{with_slack} is all that {measure} can be, so it decides nothing"
            )


def start_and_work_apart(spec: Spec) -> Iterator[Fault]:
    """Nobody can go from start to work, or is seen to, where both are the same place."""
    if not _goes_from_start_to_work(spec):
        return
    gaps = gaps_between(spec, spec.poses["start"], spec.poses["work"])
    if not gaps:
        yield Fault("poses.work", "names no measure that start names too, so no way leads there")
    elif max(gaps.values()) <= 0:
        yield Fault("poses.work", f"overlaps start in {' and '.join(gaps)}; move them apart")


def room_for_hysteresis(spec: Spec) -> Iterator[Fault]:
    """Between start and work lie both margins, or a shaking limb is in both at once."""
    if not _goes_from_start_to_work(spec):
        return
    gaps = gaps_between(spec, spec.poses["start"], spec.poses["work"])
    if lacking := lack_of_room(spec, gaps, "start"):
        yield Fault("poses.work", lacking)


def _goes_from_start_to_work(spec: Spec) -> bool:
    return spec.kind == "repetitions" and {"start", "work"} <= spec.poses.keys()


def gaps_between(spec: Spec, one: Pose, two: Pose) -> dict[str, float]:
    """How far two poses lie apart in each measure that both name; 0 or less where they overlap."""
    return {
        name: max(two[name].low - one[name].high, one[name].low - two[name].high)
        for name in two
        if name in one and name in spec.measures
    }


def lack_of_room(spec: Spec, gaps: Mapping[str, float], where: str) -> str:
    """Why the widest gap to the pose called `where` is too narrow for both margins; empty where it is not."""
    gaps = {name: gap for name, gap in gaps.items() if gap > 0}
    if not gaps or spec.hysteresis <= 0:
        return ""
    needs = {name: 2 * _margin(spec, name) for name in gaps}
    widest = max(gaps, key=lambda name: gaps[name] / needs[name])
    if gaps[widest] >= needs[widest] - _ROUNDING:
        return ""
    apart, need = short(round(gaps[widest], 6)), short(round(needs[widest], 6))
    return f"is {apart} {unit_of(spec, widest)} from {where} in {widest}; needs {need}, twice the hysteresis"


def _margin(spec: Spec, name: str) -> float:
    return spec.hysteresis if unit_of(spec, name) == "degrees" else spec.hysteresis / 100


def poses_that_clash(spec: Spec) -> Iterator[Fault]:
    """What is to be held at the same time must be possible at the same time."""
    empty: Pose = {}
    pairs = [(first, f"poses.{second}", spec.poses.get(second, empty)) for first, second in _CLASHES]
    pairs += [("position", f"wrong.{wrong.name}.pose", wrong.pose) for wrong in spec.wrong.values()]
    pairs += [("position", f"stations.{one.name}.pose", one.pose) for one in spec.stations.values()]
    for first, address, pose in pairs:
        for name, other in spec.poses.get(first, empty).items():
            if name in pose and _never_meet(pose[name], other):
                sentence = f"{between(pose[name])} never meets {first}, which has {between(other)}"
                yield Fault(f"{address}.{name}", sentence)


def _never_meet(one: Range, two: Range) -> bool:
    return max(one.low, two.low) > min(one.high, two.high) and one.low <= one.high and two.low <= two.high


def wrong_is_different(spec: Spec) -> Iterator[Fault]:
    """A wrong way that is the same as the right one, or as another wrong one."""
    told = {address: pose for address, pose in poses_of(spec) if address in ("poses.start", "poses.work")}
    for wrong in spec.wrong.values():
        same = next((where for where, pose in told.items() if wrong.pose and pose == wrong.pose), "")
        address = f"wrong.{wrong.name}.pose"
        if same:
            yield Fault(address, f"is the same as {same}")
        told[address] = wrong.pose


def start_not_known_yet(spec: Spec) -> Iterator[Fault]:
    """The change since the start cannot help to find the start."""
    if spec.kind != "repetitions":
        return
    for name in ("position", "start"):
        for measure in spec.poses.get(name, {}):
            if needs_start(spec, measure):
                yield Fault(
                    f"poses.{name}.{measure}", f"{measure} is the change since the start, not known here yet"
                )


def empty_pose(spec: Spec) -> Iterator[Fault]:
    """A pose without a measure is always held."""
    for address, pose in poses_of(spec):
        if not pose:
            yield Fault(address, "names no measure, so everything is in it")


RULES = (
    poses_of_this_kind,
    measures_of_poses,
    low_above_high,
    out_of_reach,
    whole_reach,
    poses_that_clash,
    start_not_known_yet,
    empty_pose,
)
RULES_OF_THE_WHOLE = (start_and_work_apart, room_for_hysteresis, wrong_is_different)
