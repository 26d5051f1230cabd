"""Libraries that are loaded when they are used, not when they are imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from formcoach.deferring import deferred

WITHOUT = """
import sys
import formcoach.pose
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with a module in it, and a note of when they are loaded."""
    (tmp_path / "slow").mkdir()
    (tmp_path / "slow" / "__init__.py").write_text("from formcoach_loads import note; note('slow')")
    (tmp_path / "slow" / "inside.py").write_text(
        "from formcoach_loads import note; note('inside'); answer = 42"
    )
    (tmp_path / "formcoach_loads.py").write_text("loaded = []\nnote = loaded.append")
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    for name in ("slow", "slow.inside", "formcoach_loads"):
        sys.modules.pop(name, None)


def imported(statement: str) -> Any:
    """What an import gives the name `found`; written out, for no such library is asked for by the tests."""
    space: dict[str, Any] = {}
    exec(statement, space)
    return space["found"]


def test_it_is_loaded_when_it_is_first_used(library):
    with deferred("slow", "slow.inside"):
        put_off = imported("import slow.inside as found")
    loaded = imported("from formcoach_loads import loaded as found")
    assert loaded == []
    assert "slow" not in sys.modules
    assert put_off.answer == 42
    assert loaded == ["slow", "inside"]
    with pytest.raises(AttributeError):
        _ = put_off.nothing_of_that_name


def test_elsewhere_it_is_imported_as_ever(library):
    with deferred("slow", "slow.inside"):
        put_off = imported("import slow.inside as found")
    inside = imported("import slow.inside as found")
    assert inside is not put_off
    assert (inside.answer, Path(inside.__file__).name) == (42, "inside.py")


def test_what_is_loaded_already_stays(library):
    slow = imported("import slow as found")
    with deferred("slow", "slow.inside"):
        assert imported("import slow as found") is slow
        put_off = imported("import slow.inside as found")
    assert sys.modules["slow"] is slow
    assert put_off.answer == 42


def test_one_that_is_not_there_is_missed_when_it_is_used():
    with deferred("formcoach_no_such_library"):
        put_off = imported("import formcoach_no_such_library as found")
    with pytest.raises(ModuleNotFoundError):
        _ = put_off.anything


def test_the_pose_model_comes_without_what_nobody_calls():
    pytest.importorskip("formcoach.pose")
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "mediapipe" in loaded
    assert not {"matplotlib", "sounddevice"} & loaded
