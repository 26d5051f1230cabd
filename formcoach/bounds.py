"""The bounds of an exercise one by one: where in its file they stand, what they bound, and when they hold.

The file is taken as `tomllib` gives it, a variant laid over its base: a bound that is moved is moved there,
so that every rule of the linter judges it.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from formcoach.quantities import plain, sentence
from formcoach.spec import PHASES, Check, Pose, Range, Spec
from formcoach.spec_lint.measures import unit_of

Of = Literal["check", "pose", "wrong", "station"]

Value = Range | float
"""What an address holds: bounds, or a single number such as a tolerance."""

STEPS = {"degrees": 1.0, "degrees a second": 1.0, "trunk lengths": 0.01}
"""By how much a bound is moved at a time, by its unit; nothing in a camera's picture is finer."""

MOMENT_IN = {"turn": "work", "top": "start"}
"""In which phase a moment of a repetition lies."""

_POSES = {
    "position": "In position",
    "start": "Start position",
    "work": "Work position",
    "held": "Held",
    "broken": "Out of form",
}
_TOLERANCE = "tolerance"


@dataclass(frozen=True, slots=True)
class Bound:
    """One range of one measure.

    Attributes:
        address: where it stands in the file: `checks.leg_level.good`, `poses.work.leg`.
        measure: the name of the measure.
        unit: its unit.
        of: what it belongs to.
        title: what that is called, in words.
        range: the bounds as they are.
        during: the phases in which it is judged; empty for a pose, which is always looked for.
        tolerance: how far beyond stays unmentioned; None but for a check.
    """

    address: str
    measure: str
    unit: str
    of: Of
    title: str
    range: Range
    during: tuple[str, ...] = ()
    tolerance: float | None = None

    @property
    def tolerance_address(self) -> str:
        """Where its tolerance stands."""
        return f"{self.address.rpartition('.')[0]}.{_TOLERANCE}"

    @property
    def step(self) -> float:
        """By how much it is moved at a time."""
        return STEPS.get(self.unit, 1.0)


def bounds_of(spec: Spec) -> list[Bound]:
    """All bounds of an exercise: those of its checks first, then those of its poses."""
    return [
        *(_of_check(spec, check) for check in spec.checks.values()),
        *(
            one
            for name, pose in spec.poses.items()
            for one in _of_pose(spec, f"poses.{name}", pose, "pose", _POSES.get(name, sentence(plain(name))))
        ),
        *(
            one
            for station in spec.stations.values()
            for one in _of_pose(
                spec, f"stations.{station.name}.pose", station.pose, "station", sentence(station.title)
            )
        ),
        *(
            one
            for wrong in spec.wrong.values()
            for one in _of_pose(
                spec, f"wrong.{wrong.name}.pose", wrong.pose, "wrong", f"Wrong: {plain(wrong.name)}"
            )
        ),
    ]


def _of_check(spec: Spec, check: Check) -> Bound:
    phases = dict.fromkeys(MOMENT_IN.get(when, when) for when in check.during)
    known = tuple(phase if phase in PHASES[spec.kind] else "hold" for phase in phases)  # else it is a station
    return Bound(
        f"checks.{check.name}.good",
        check.measure,
        unit_of(spec, check.measure),
        "check",
        sentence(plain(check.name)),
        check.good,
        tuple(dict.fromkeys(known)),
        check.tolerance,
    )


def _of_pose(spec: Spec, address: str, pose: Pose, of: Of, title: str) -> Iterator[Bound]:
    for measure, bounds in pose.items():
        yield Bound(f"{address}.{measure}", measure, unit_of(spec, measure), of, title, bounds)


def value_at(mapping: Mapping[str, Any], address: str) -> Value | None:
    """The bounds or the number at an address; None where there is nothing of the kind."""
    value: Any = mapping
    for name in address.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    match value:
        case [int() | float() as low, int() | float() as high]:
            return Range(low, high)
        case int() | float():
            return float(value)
        case _:
            return None


def with_values(mapping: Mapping[str, Any], values: Mapping[str, Value]) -> dict[str, Any]:
    """A copy of a file with other values at some addresses.

    Args:
        mapping: the file.
        values: by address; the tables above each address are there, or are made.
    """
    changed: dict[str, Any] = copy.deepcopy(dict(mapping))
    for address, value in values.items():
        *above, last = address.split(".")
        table = changed
        for name in above:
            table = table.setdefault(name, {})
        table[last] = list(value) if isinstance(value, Range) else value
    return changed
