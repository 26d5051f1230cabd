"""The puppet: a drawn person who performs exercises with exactly known repetitions, angles and faults.

`figure` (a posture is segment directions) → `motion` (keyframes, resting on the floor) → `camera`
(where it appears) → `trouble` (what a pose model makes of it) → `performance`. `drawing` and `video`
show the same performance to a real pose model, and to people.
"""

from puppet.camera import Camera
from puppet.figure import Figure
from puppet.performance import Performance, perform
from puppet.script import Hold, TrueFault, TrueRep, Truth

__all__ = ["Camera", "Figure", "Hold", "Performance", "TrueFault", "TrueRep", "Truth", "perform"]
