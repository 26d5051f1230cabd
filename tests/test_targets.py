"""Which one angle is drawn: the correction's, a fault's, or the bound that one is moving to."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from coached import coached, stock
from formcoach.checks import LEANS
from formcoach.events import Coaching, Cue, Fault
from formcoach.landmarks import INDEX
from formcoach.overlay.angles import Angle
from formcoach.overlay.targets import Targets
from formcoach.spec import Check, Dose, Measure, Range, Spec
from formcoach.spec_file import list_specs, read_spec
from test_angles import coaching, everywhere, leg

NARROW, WORK, START = Range(-10, 5), Range(-20, 60), Range(-90, -30)
VALUES = {"leg": 0.0, "knee": 170.0, "reach": 1.0}


def spec(*checks: Check, **changes: Any) -> Spec:
    measures = (
        Measure("leg", "slope", (("left.hip",), ("left.ankle",))),
        leg("knee"),
        Measure("reach", "ahead", (("left.hip",), ("left.ankle",))),
    )
    values: dict[str, Any] = {
        "id": "lift",
        "name": "Lift",
        "about": "",
        "source": "",
        "camera": "side",
        "position": "quadruped",
        "kind": "repetitions",
        "dose": Dose(),
        "measures": {measure.name: measure for measure in measures},
        "poses": {"start": {"leg": START, "reach": Range(0, 1)}, "work": {"leg": WORK, "reach": Range(2, 3)}},
        "checks": {check.name: check for check in checks},
    }
    return Spec(**(values | changes))


STRAIGHT = Check("straight", "knee", ("work",), Range(150, 180), 5)
LEVEL = Check("level", "leg", ("work",), NARROW, 5)
SOFT = Check("soft", "knee", ("going",), Range(120, 170), 5, severity="polish")


def target(of: Spec, **changes: Any) -> Angle | None:
    return Targets(of).now(everywhere(), now(**changes))


def now(**changes: Any) -> Coaching:
    return coaching(VALUES, **{"phase": "work", **changes})


def name(of: Spec, **changes: Any) -> str:
    found = target(of, **changes)
    return "" if found is None else found.name


def fault(check: str) -> Fault:
    return Fault(check, "", "low", 0.0, 0.0)


def cue(about: str) -> Cue:
    return Cue(0.0, "Do that", "fix", about)


def test_the_correction_shown_comes_first() -> None:
    of = spec(LEVEL, STRAIGHT)
    faults = (fault("level"), fault("straight"))
    assert name(of, faults=faults) == "level"
    assert name(of, faults=faults, cue=cue("straight:low")) == "straight"


def test_what_is_at_fault_has_its_severity_and_what_was_mended_has_none() -> None:
    of = spec(LEVEL, STRAIGHT)
    found = target(of, faults=(fault("straight"),), cue=cue("straight:low"))
    assert found is not None and found.severity == "fix"
    mended = target(of, cue=cue("straight:low"))
    assert mended is not None and (mended.name, mended.severity, mended.reached) == ("straight", None, True)


def test_a_correction_that_is_not_judged_now_is_not_drawn() -> None:
    assert name(spec(LEVEL, STRAIGHT), cue=cue("straight:low"), unseen={"straight": "hidden"}) == "level"


@pytest.mark.parametrize("about", ["", "missed", "wrong all_four", "nobody"])
def test_other_things_that_are_said_name_no_angle(about: str) -> None:
    assert name(spec(STRAIGHT), phase="going", cue=cue(about)) == "leg"


@pytest.mark.parametrize(
    ("phase", "good"), [("start", WORK), ("going", WORK), ("work", WORK), ("returning", START)]
)
def test_else_the_pose_to_move_to_by_the_measure_that_moves_most(phase: str, good: Range) -> None:
    found = target(spec(STRAIGHT), phase=phase)
    assert found is not None and found.name == "leg"
    low, high = max(good.low, -90), min(good.high, 90)
    assert found.end - found.start == pytest.approx(high - low)
    assert found.reached == good.holds(0.0)


def test_where_a_hold_is_timed_in_a_pose_of_its_own_that_is_aimed_for() -> None:
    poses = {**spec().poses, "held": {"leg": Range(-15, 60)}}
    found = target(spec(poses=poses))
    assert found is not None and found.end - found.start == pytest.approx(75)


def test_a_check_of_the_same_measure_is_narrower_and_comes_first() -> None:
    assert name(spec(STRAIGHT, LEVEL)) == "level"
    assert name(spec(STRAIGHT, LEVEL), phase="going") == "leg"


def test_what_a_check_cannot_judge_is_not_shown_as_reached_by_the_pose() -> None:
    assert name(spec(STRAIGHT, LEVEL), unseen={"level": LEANS}) == "straight"


def test_where_the_pose_has_no_angle_a_check_that_is_judged_stands_in() -> None:
    reach = {"start": {"reach": Range(0, 1)}, "work": {"reach": Range(2, 3)}}
    assert name(spec(STRAIGHT, poses=reach)) == "straight"
    assert name(spec(SOFT, poses=reach)) == ""


def test_a_hold_shows_its_first_check_that_is_judged() -> None:
    checks = [replace(check, during=("hold",)) for check in (STRAIGHT, LEVEL)]
    of = spec(*checks, kind="hold", poses={"position": {}, "work": {"leg": WORK}})
    assert name(of, phase="hold") == "straight"
    assert name(of, phase="hold", unseen={"straight": "hidden"}) == "level"
    assert name(of, phase="setup") == ""


def test_what_is_not_seen_gives_way_to_what_is() -> None:
    dots = everywhere()
    dots[INDEX["left_ankle"]] = None
    assert Targets(spec(STRAIGHT)).now(dots, now()) is None
    unknown = coaching({**VALUES, "leg": math.nan}, phase="work")
    found = Targets(spec(STRAIGHT)).now(everywhere(), unknown)
    assert found is not None and found.name == "straight"


@pytest.mark.parametrize("path", list_specs(), ids=lambda path: path.stem)
def test_every_exercise_finds_its_target_or_none_in_every_phase(path) -> None:
    of = read_spec(path)
    targets = Targets(of)
    phases = ("setup", "hold") if of.kind == "hold" else ("setup", "start", "going", "work", "returning")
    for phase in phases:
        found = targets.now(everywhere(), coaching(dict.fromkeys(of.measures, 0.5), phase=phase))
        assert found is None or math.isfinite(found.needle)


def test_in_a_clean_repetition_the_band_is_reached_at_work() -> None:
    outcome = coached("bird-dog", reps=[("left", 1)], hold_s=3)
    targets = Targets(stock("bird-dog"))
    seen = {
        (step.phase, found.reached)
        for step in outcome.steps
        if (found := targets.now(everywhere(), step)) is not None
    }
    assert ("start", False) in seen and ("work", True) in seen
