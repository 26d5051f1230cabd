"""Planks, on the hands and on the forearms."""

from __future__ import annotations

import math

from puppet.figure import (
    CLEARANCE,
    Figure,
    Posture,
    ankle_above_toes,
    posture,
    third_side,
    two_bones,
)
from puppet.script import Hold, Programme, Script, TrueFault
from puppet.ways import all_fours, bent_limb, leg_back, one_side

PLANK_FAULTS = frozenset(
    (
        "sag",
        "pike",
        "shoulders_ahead",
        "shoulders_behind",
        "knee_bent",
        "head_dropped",
        "head_up",
        "rounded",
        "arched",
    )
)
FOREARM_PLANK_FAULTS = PLANK_FAULTS | {"elbow_closed", "elbow_open"}

CLEAN = {"line": 5.0, "lean": 0.0, "knee": 175.0, "neck": 4.0, "elbow": 172.0, "wrists": 0.0, "bow": 0.0}
"""`line`: degrees of the hip above the line from shoulder to ankle (people's own: 0 to 12); `lean`: arm
lengths of the shoulders ahead of the support; `elbow`: of arms that stand on the hands; `wrists`:
degrees that forearms are lifted."""

_WRONG: dict[str, dict[str, float]] = {
    "sag": {"line": -20.0, "bow": -0.06},
    "pike": {"line": 45.0},
    "shoulders_ahead": {"lean": 0.5, "lean_on_elbows": 0.87},
    "shoulders_behind": {"lean": -0.5, "lean_on_elbows": -0.7},
    "knee_bent": {"knee": 138.0},
    "head_dropped": {"neck": -50.0},
    "head_up": {"neck": 50.0},
    "rounded": {"bow": 0.16},
    "arched": {"bow": -0.22},
    "elbow_closed": {"wrists": 55.0},
    "elbow_open": {"wrists": -50.0},
}
_FOOT = -65.0
_CHANGE_S = 0.7


def perform_plank(script: Script, programme: Programme) -> None:
    """On hands and toes."""
    _perform(script, programme, forearms=False)


def perform_forearm_plank(script: Script, programme: Programme) -> None:
    """On forearms and toes."""
    _perform(script, programme, forearms=True)


def _perform(script: Script, programme: Programme, forearms: bool) -> None:
    hold = 20.0 if programme.hold_s is None else programme.hold_s
    move = programme.move_s or 0.9
    kneeling = all_fours(script.figure)
    if not script.keyframes:
        script.begin(kneeling)
    script.stay(1.0 if programme.rest_s is None else programme.rest_s)
    anchor = "left_elbow" if forearms else "left_wrist"
    clean = plank(script.figure, forearms, {})
    on_the_way = _one_leg_back(script.figure, clean, forearms)
    if forearms:
        script.to(_on_elbows(kneeling, clean), 1.2, "left_knee")
    script.to(on_the_way, move, anchor)
    script.to(clean, move, anchor)
    began = script.now
    for name, first, last in sorted(programme.faults, key=lambda fault: fault[1]):
        _be_wrong(script, began, hold, (name, first, last), forearms)
    if (script.now - began) < hold:
        _keep(script, began + hold)
    script.to(on_the_way, move, anchor)
    if forearms:
        script.to(_on_elbows(kneeling, clean), move, anchor)
    script.to(kneeling, 1.2, "left_knee")
    script.stay(1.0 if programme.rest_s is None else programme.rest_s)


def _keep(script: Script, until: float) -> None:
    start = script.now
    script.stay(until - start)
    if script.holds and script.holds[-1].end == start:
        script.holds[-1] = Hold(script.holds[-1].start, until)
    else:
        script.holds.append(Hold(start, until))


def _be_wrong(
    script: Script, began: float, hold: float, fault: tuple[str, float, float], forearms: bool
) -> None:
    """Keeps the hold until the fault begins, is wrong, and comes back if there is time left."""
    name, first, last = fault
    clean = script.keyframes[-1].posture
    anchor = "left_elbow" if forearms else "left_wrist"
    if began + first > script.now:
        _keep(script, began + first)
    script.to(plank(script.figure, forearms, _WRONG[name]), _CHANGE_S, anchor)
    start = script.now
    script.stay(began + min(last, hold) - start)
    script.faults.append(TrueFault(name, start, script.now))
    if last < hold:
        script.to(clean, _CHANGE_S, anchor)


def plank(figure: Figure, forearms: bool, wrong: dict[str, float]) -> Posture:
    """A plank that touches the floor with hands or forearms and with the toes of both feet."""
    way = {**CLEAN, **wrong}
    arm = figure.upper_arm if forearms else third_side(figure.upper_arm, figure.forearm, way["elbow"])
    support = CLEARANCE["elbow" if forearms else "wrist"]
    lean = (way.get("lean_on_elbows", way["lean"]) if forearms else way["lean"]) * arm
    chest = support + math.sqrt(arm**2 - lean**2)
    ankle = CLEARANCE["foot_index"] + ankle_above_toes(_FOOT)
    leg = third_side(figure.thigh, figure.shank, way["knee"])
    whole = third_side(figure.trunk, leg, 180.0 - abs(way["line"]))
    down = chest - ankle
    back = math.sqrt(whole**2 - down**2)
    to_hip, to_ankle = two_bones(-back, -down, figure.trunk, leg, bend=-1 if way["line"] > 0 else 1)
    trunk = to_hip + 180.0
    reach = math.degrees(math.atan2(support - chest, -lean))
    if forearms:
        fore = 2.0 + way["wrists"]
        arms = {"upper_arm": reach, "forearm": fore, "hand": fore}
    else:
        arms = {**bent_limb(figure, "arm", reach, way["elbow"]), "hand": 0.0}
    return posture(
        trunk=trunk,
        head=trunk + way["neck"],
        bow=way["bow"],
        foot=_FOOT,
        **bent_limb(figure, "leg", to_ankle, way["knee"]),
        **arms,
    )


def _one_leg_back(figure: Figure, clean: Posture, forearms: bool) -> Posture:
    """One foot has stepped back already, the other knee is still on the floor."""
    kneeling = all_fours(figure)
    if forearms:
        kneeling = _on_elbows(kneeling, clean)
    height = CLEARANCE["knee"] + figure.thigh * math.sin(math.radians(-kneeling["right_thigh"]))
    return one_side(kneeling, "left", leg_back(figure, height))


def _on_elbows(kneeling: Posture, clean: Posture) -> Posture:
    """On knees and elbows: the forearms of a plank, the chest lower than the hips."""
    arms = {name: clean[name] for name in clean if name.endswith(("upper_arm", "forearm", "hand"))}
    return posture(kneeling, **arms, trunk=-22, head=-15)
