"""What the puppet performs to prove each spec: a module for each kind of exercise.

A module has some of these, all by exercise:
    FAULTS: for each check and direction, the puppet's fault that shows it.
    RELATED: for an exercise and one of its faults, the checks that it cannot but show beside its own.
    ON_FILM: why the films of an exercise do not all show what was performed.
    LONG_ENOUGH: what to perform, where ten seconds of it are not the thing.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

_MODULES = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]


def _all(name: str) -> dict[Any, Any]:
    return {key: value for module in _MODULES for key, value in getattr(module, name, {}).items()}


PERFORMED: dict[str, dict[tuple[str, str], str]] = _all("FAULTS")
ON_FILM: dict[str, str] = _all("ON_FILM")
RELATED: dict[tuple[str, str], set[str]] = _all("RELATED")
LONG_ENOUGH: dict[str, dict[str, Any]] = _all("LONG_ENOUGH")
