"""The scripts of `benchmarks`, for tests."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

from pages import ROOT


def load(name: str) -> ModuleType:
    """A script of `benchmarks`, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
