"""Where in the exercise somebody is: a machine for each kind of exercise.

All read only named measures and the time. Every pose has hysteresis: it is entered at its bounds
and left beyond them, so a limb resting at a bound changes nothing. A measure that is not seen
freezes a machine; it never counts anything.
"""

from __future__ import annotations

from formcoach.hold_machine import HoldMachine
from formcoach.rep_machine import RepMachine
from formcoach.sequence_machine import SequenceMachine
from formcoach.spec import Kind, Spec

Machine = RepMachine | HoldMachine | SequenceMachine

_MACHINES: dict[Kind, type[RepMachine] | type[HoldMachine] | type[SequenceMachine]] = {
    "repetitions": RepMachine,
    "hold": HoldMachine,
    "sequence": SequenceMachine,
}


def machine_for(spec: Spec, side: str) -> Machine:
    """The machine for one side of an exercise."""
    return _MACHINES[spec.kind](spec, side)
