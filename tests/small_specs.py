"""Two small sound specs, and a way to change one with a line of TOML."""

from __future__ import annotations

import copy
import tomllib
from typing import Any

REPS = """
format = 1
name = "Leg lift"
about = "Lift one leg, hold it and lower it slowly."
source = "A book"
kind = "repetitions"
camera = "side"
position = "quadruped"
sides = ["left", "right"]

[dose]
hold_s = [8, 10]
reps = 5

[measures]
leg = { slope = ["side.hip", "side.heel|side.ankle"] }
knee = { angle = ["side.hip", "side.knee", "side.ankle"] }
other_knee = { angle = ["other.hip", "other.knee", "other.ankle"] }
straightest = { largest = ["knee", "other_knee"] }
trunk = { slope = ["mid.hip", "mid.shoulder"] }
lean = { slope = ["near.hip", "near.shoulder"], from = "start" }
shift = { ahead = ["other.knee", "nose"], from = "start" }

[poses]
position = { trunk = [-35, 40] }
start = { leg = [-90, -30] }
work = { leg = [-18, 50], straightest = [120, inf] }
held = { leg = [-15, 50] }
missed = "Lift the leg to hip height"

[wrong.bent]
pose = { knee = [0, 100] }
cue = "Stretch the leg"
is = "knee_bent"

[checks.leg]
measure = "leg"
during = "work"
good = [-8, 10]
tolerance = 5
low = ["Heel up to hip height", "Heel higher"]
high = "Lower the leg"
high_is = "leg_high"

[checks.lean]
measure = "lean"
during = ["rep", "start"]
good = [-inf, 8]
tolerance = 4
severity = "stop"
high = "Keep your chest level"

[checks.shift]
measure = "shift"
during = "turn"
good = [-0.2, 0.2]
tolerance = 0.05
after_s = 1
severity = "polish"
view = "any"
low = "Forward a little"
high = "Back a little"
"""
"""Repetitions with sides: every kind of field that there is, and every unit."""

HOLD = """
format = 1
name = "Plank"
about = "Make one long line from your shoulders to your heels."
source = "A book"
kind = "hold"
camera = "side"
position = "prone"

[dose]
hold_s = 20

[measures]
hips = { line = ["near.shoulder", "near.hip", "near.ankle"] }
trunk = { slope = ["near.hip", "near.shoulder"] }
knee = { angle = ["near.hip", "near.knee", "near.ankle"] }

[poses]
position = { trunk = [-60, 50] }
work = { hips = [-8, 26] }
broken = { knee = [0, 140] }

[checks.hips]
measure = "hips"
during = "hold"
good = [-3, 22]
tolerance = 4
severity = "stop"
low = "Lift your hips a little"
high = "Lower your hips into line"
"""
"""A hold without sides."""


SEQUENCE = """
format = 1
name = "Rolls"
about = "Roll to one side, to the middle and to the other side."
source = "A book"
kind = "sequence"
camera = "side"
position = "supine"
either_way = true

[dose]
reps = [2, 3]

[measures]
roll = { slope = ["mid.knee", "mid.hip"] }
trunk = { slope = ["near.hip", "near.shoulder"] }
head = { slope = ["near.shoulder", "near.ear"] }

[poses]
position = { trunk = [-30, 30] }

[stations.one_side]
pose = { roll = [-70, -30] }
hold_s = 5
say = "To one side"
missed = "Then to one side"

[stations.middle]
pose = { roll = [-12, 12] }
hold_s = 3
say = "To the middle"
missed = "In between to the middle"

[stations.other_side]
pose = { roll = [30, 70] }
hold_s = 5
say = "To the other side"
missed = "Then to the other side"

[checks.head]
measure = "head"
during = ["one_side", "other_side"]
good = [-inf, 15]
tolerance = 5
high = "Rest your head"
spoils = true

[checks.flat]
measure = "trunk"
during = "hold"
good = [-12, 12]
tolerance = 5
low = "Hips down"
high = "Shoulders down"
"""
"""A sequence of three stations, either way."""


def changed(text: str, lines: str = "", without: str = "") -> dict[str, Any]:
    """A spec's mapping with lines of TOML laid over it, and without what stands at some addresses.

    >>> changed(REPS, "checks.leg.good = [10, -8]", without="poses.missed")
    """
    mapping = copy.deepcopy(tomllib.loads(text))
    for address in without.split():
        *above, last = address.split(".")
        table = mapping
        for name in above:
            table = table[name]
        del table[last]
    _lay_over(mapping, tomllib.loads(lines))
    return mapping


def _lay_over(below: dict[str, Any], above: dict[str, Any]) -> None:
    for name, value in above.items():
        if isinstance(value, dict) and isinstance(below.get(name), dict):
            _lay_over(below[name], value)
        else:
            below[name] = value
