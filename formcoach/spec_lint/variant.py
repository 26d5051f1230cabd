"""A variant: a spec that is based on another one, and says only what is different."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from formcoach.spec_lint.table import Fault, nearest, quoted

OWN = ("format", "name", "based_on", "without")
"""Fields that a variant does not take over from its base."""

WHOLE = ("measures", "poses")
"""Tables whose entries take the place of the base's as they are; elsewhere field replaces field."""


def lay_over(base: Mapping[str, object], own: Mapping[str, object]) -> tuple[dict[str, object], list[Fault]]:
    """A variant in full: the base, less what the variant is without, and the variant's own fields over it.

    Args:
        base: the sound spec that it is based on, as `tomllib` gives it.
        own: what is written down of the variant.

    Returns:
        The mapping of a whole spec; and the faults of `without`.
    """
    full: dict[str, Any] = {name: copy.deepcopy(value) for name, value in base.items() if name not in OWN}
    faults = _leave_out(full, own.get("without", ()))
    for name, value in own.items():
        full[name] = _merged(full.get(name), value, name in WHOLE)
    return full, faults


def _merged(base: object, own: object, whole: bool, depth: int = 0) -> object:
    if not isinstance(base, dict) or not isinstance(own, dict) or (whole and depth == 1):
        return own
    return base | {name: _merged(base.get(name), value, whole, depth + 1) for name, value in own.items()}


def _leave_out(full: dict[str, Any], without: object) -> list[Fault]:
    """Take out what stands at these addresses; anything but texts is for the reader of fields to refuse."""
    faults = []
    for address in [without] if isinstance(without, str) else without if isinstance(without, list) else []:
        *above, last = str(address).split(".")
        table: Any = full
        for name in above:
            table = table.get(name) if isinstance(table, dict) else None
        if isinstance(table, dict) and last in table:
            del table[last]
        else:
            known = table if isinstance(table, dict) else full
            faults.append(
                Fault("without", f"{quoted(str(address))} is not in the base{nearest(last, known)}")
            )
    return faults
