"""Measured values as people write them: `127°`, `−4°`, `0.15 trunk lengths`."""

from __future__ import annotations

import math

from formcoach.spec import Range, Spec
from formcoach.spec_lint.measures import reach, unit_of

_SUFFIX = {"degrees": "°", "degrees a second": "° a second", "trunk lengths": " trunk lengths"}


def quantity(value: float, unit: str) -> str:
    """A value with its unit, a minus as a minus; `not seen` for NaN."""
    return f"{number(value, unit)}{_SUFFIX[unit]}" if math.isfinite(value) else "not seen"


def number(value: float, unit: str) -> str:
    """A value without its unit, in the digits that it deserves."""
    text = f"{value:.{2 if unit == 'trunk lengths' else 0}f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", "−")


def target(spec: Spec, name: str, bounds: Range, slack: float = 0.0) -> str:
    """Bounds of a measure as a person reads them: `at least 155°`, `−10° to 10°`.

    A bound that the measure cannot pass anyway, by `slack` or more, is left out.
    """
    limits, unit = reach(spec, name) or bounds, unit_of(spec, name)
    low, high = bounds.low - slack > limits.low, bounds.high + slack < limits.high
    if low and high:
        first = number(bounds.low, unit) + ("" if unit == "trunk lengths" else "°")
        return f"{first} to {quantity(bounds.high, unit)}"
    if low:
        return f"at least {quantity(bounds.low, unit)}"
    return f"at most {quantity(bounds.high, unit)}"


def seconds(lasted: float) -> str:
    """How long something took: `8.4 s`, `1 min 2 s`."""
    if round(lasted, 1) < 60:
        return f"{lasted:.1f} s"
    return f"{round(lasted) // 60} min {round(lasted) % 60} s"


def plain(name: str) -> str:
    """A name of a spec as words."""
    return name.replace("_", " ")


def sentence(words: str) -> str:
    """With a capital first letter."""
    return words[:1].upper() + words[1:]
