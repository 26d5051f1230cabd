"""Where in the exercise somebody is: a machine for each kind of exercise.

Both read only named measures and the time. Every pose has hysteresis: it is entered at its bounds
and left beyond them, so a limb resting at a bound changes nothing. A measure that is not seen
freezes a machine; it never counts anything.
"""

from __future__ import annotations

from formcoach.hold_machine import HoldMachine
from formcoach.rep_machine import RepMachine
from formcoach.spec import Spec

Machine = RepMachine | HoldMachine


def machine_for(spec: Spec, side: str) -> Machine:
    """The machine for one side of an exercise."""
    return RepMachine(spec, side) if spec.kind == "repetitions" else HoldMachine(spec, side)
