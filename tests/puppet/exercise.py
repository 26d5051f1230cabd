"""What one exercise of the puppet is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from puppet.script import Programme, Script


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise of the puppet.

    Attributes:
        write: writes down start position, repetitions and end; begins the script unless it has begun.
        faults: the names of the faults it knows.
        low: performed on the floor, from all fours.
        width: metres of floor it needs from hand to foot.
        dumbbells: hands hold dumbbells.
        yaw: how it is filmed where nothing else is asked for, as in `Camera`. The puppet walks the way it
            faces, so from the front it cannot come in from outside of the picture.
    """

    write: Callable[[Script, Programme], None]
    faults: frozenset[str]
    low: bool
    width: float
    dumbbells: bool = False
    yaw: float = 0.0
