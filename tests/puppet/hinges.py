"""Hip hinges and Romanian deadlifts."""

from __future__ import annotations

from puppet.figure import Figure, Posture, posture
from puppet.script import Programme, Script, TrueFault, TrueRep
from puppet.ways import STANDING, bent_limb, one_side

HINGE_FAULTS = frozenset(
    (
        "shallow",
        "not_level",
        "too_deep",
        "knee_bent",
        "shins_forward",
        "head_up",
        "head_dropped",
        "not_upright",
        "rounded",
        "thrown",
    )
)
SUPPORTED_FAULTS = HINGE_FAULTS | {"no_hand"}
ROMANIAN_FAULTS = HINGE_FAULTS | {"arms_away", "arms_bent"}

BOTTOM = {"trunk": 12.0, "thigh": -67.0, "shank": -90.0, "neck": -4.0, "elbow": 172.0, "bow": 0.0}
"""People's own: trunk 25 to -18, knees 150 to 165, shins within 10 of upright (hinges on video)."""

_WRONG: dict[str, dict[str, float]] = {
    "shallow": {"trunk": 60.0, "thigh": -80.0},
    "not_level": {"trunk": 40.0, "thigh": -74.0},
    "too_deep": {"trunk": -33.0},
    "knee_bent": {"trunk": 25.0, "thigh": -43.0, "shank": -103.0},
    "shins_forward": {"thigh": -84.0, "shank": -114.0},
    "head_up": {"neck": 58.0},
    "head_dropped": {"neck": -58.0},
    "rounded": {"bow": 0.2},
    "arms_away": {"arm": -55.0},
    "arms_bent": {"elbow": 115.0},
}
_TALL = {"not_upright": 70.0}
_THROWN_S = 0.55
_TO_THE_TABLE, _ON_THE_TABLE = -38.0, -6.0
"""Direction of the arm whose hand is on a table, standing and bent over."""
_ARMS_UPRIGHT = -83.0


def perform_hinge(script: Script, programme: Programme) -> None:
    """Bends at the hips with the arms hanging, and stands up."""
    _perform(script, programme, hanging=-90.0, standing=STANDING)


def perform_supported_hinge(script: Script, programme: Programme) -> None:
    """The same with the left hand on a table ahead."""
    hand_on = bent_limb(script.figure, "arm", _TO_THE_TABLE, 165.0)
    standing = one_side(STANDING, "left", {**hand_on, "hand": 0.0})
    _perform(script, programme, hanging=-90.0, standing=standing, supported=True)


def perform_romanian(script: Script, programme: Programme) -> None:
    """The same with dumbbells kept close to the legs."""
    arms = bent_limb(script.figure, "arm", _ARMS_UPRIGHT, 172.0)
    standing = posture(STANDING, **arms, hand=_ARMS_UPRIGHT, arm_out=3)
    _perform(script, programme, hanging=-106.0, standing=standing)


def _perform(
    script: Script, programme: Programme, hanging: float, standing: Posture, supported: bool = False
) -> None:
    move = programme.move_s or 2.0
    rest = 1.2 if programme.rest_s is None else programme.rest_s
    pause = 0.5 if programme.hold_s is None else programme.hold_s
    if not script.keyframes:
        script.begin(standing)
    else:
        script.to(standing, 0.5, "left_heel")
    script.stay(rest)
    sides = programme.sides(usual=5)
    for number in range(1, len(sides) + 1):
        faults = programme.faults_of(number)
        start = script.now
        way_s = _THROWN_S if "thrown" in faults else move
        low = bottom(script.figure, hanging, faults)
        if supported and "no_hand" not in faults:
            hand_on = bent_limb(script.figure, "arm", _ON_THE_TABLE, 165.0)
            low = one_side(low, "left", {**hand_on, "hand": 0.0})
        script.to(low, way_s, "left_heel")
        down = script.now
        script.stay(pause)
        up = script.now
        tall = standing
        if "not_upright" in faults and number < len(sides):  # after the last one, everybody stands up
            tall = _stooped(standing, _TALL["not_upright"])
        script.to(tall, way_s, "left_heel")
        script.reps.append(TrueRep("", start, (down + up) / 2, script.now, (down, up), faults))
        ended = script.now
        script.stay(rest)
        for fault in faults:
            interval = (ended, script.now) if fault in _TALL else (down, up)
            interval = (start, down) if fault == "thrown" else interval
            if tall is not standing or fault not in _TALL:
                script.faults.append(TrueFault(fault, *interval))


def bottom(figure: Figure, hanging: float, faults: tuple[str, ...]) -> Posture:
    """At the lowest point, the arms in direction `hanging`."""
    way = dict(BOTTOM)
    for fault in faults:
        way |= _WRONG.get(fault, {})
    # Weights stay by the legs: the further down, the further back the arms point.
    down = min(1.0, (STANDING["trunk"] - way["trunk"]) / (STANDING["trunk"] - BOTTOM["trunk"]))
    way.setdefault("arm", _ARMS_UPRIGHT + (hanging - _ARMS_UPRIGHT) * down)
    arms = bent_limb(figure, "arm", way["arm"], way["elbow"])
    return posture(
        STANDING,
        trunk=way["trunk"],
        head=way["trunk"] + way["neck"],
        thigh=way["thigh"],
        shank=way["shank"],
        bow=way["bow"],
        hand=arms["forearm"],
        arm_out=2,
        **arms,
    )


def _stooped(standing: Posture, trunk: float) -> Posture:
    return posture(standing, trunk=trunk, head=trunk - 8.0, thigh=-82, shank=-92)
