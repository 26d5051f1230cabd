"""The house stands: imports go down only, and the core stays pure. `pyproject.toml` draws the floors."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
LINT = "from importlinter.cli import lint_imports_command as lint; lint()"

pytest.importorskip("importlinter")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """What `lint-imports` says of the package in a folder."""
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def contract(key: str) -> dict[str, Any]:
    return next(one for one in CONTRACTS if one["id"] == key)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the package with its contract, to be broken."""
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "formcoach", tmp_path / "formcoach", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_house_stands() -> None:
    said = lint(ROOT)
    assert said.returncode == 0, said.stdout + said.stderr
    assert f"{len(CONTRACTS)} kept, 0 broken" in said.stdout


BREAKS = [
    # a module, the line that is added to it, the contract it breaks, and the import that it names
    ("coach.py", "import time", "pure", "coach -> time"),
    ("spec.py", "def late():\n    from pathlib import Path", "pure", "spec -> pathlib"),
    ("spec_lint/table.py", "import os.path", "pure", "spec_lint.table -> os"),
    ("measures.py", "import formcoach.report", "house", "measures -> formcoach.report"),
    ("checks.py", "import formcoach.phases", "house", "checks -> formcoach.phases"),
    ("homeless.py", "import math", "house", "homeless"),
    ("video_out.py", "import formcoach.video_frame", "edges", "video_out -> formcoach.video_frame"),
    ("window.py", "import av.container", "libav", "formcoach.window -> av"),
    ("overlay/palette.py", "import formcoach.overlay.cards", "overlay", "palette -> formcoach.overlay.cards"),
    (
        "spec_lint/shape.py",
        "import formcoach.spec_lint.poses",
        "spec_lint",
        "shape -> formcoach.spec_lint.poses",
    ),
]


@pytest.mark.parametrize(("file", "line", "broken", "named"), BREAKS, ids=[one[0] for one in BREAKS])
def test_a_wrong_import_is_found(house: Path, file: str, line: str, broken: str, named: str) -> None:
    module = house / "formcoach" / file
    before = module.read_text("utf-8") if module.exists() else ""
    module.write_text(f"{before}\n{line}\n", "utf-8")
    said = lint(house)
    assert said.returncode == 1, said.stdout + said.stderr
    assert f"{contract(broken)['name']} BROKEN" in said.stdout
    assert named in re.sub(r"\s+", " ", said.stdout)


def test_every_room_from_the_sessions_down_is_pure_or_an_edge() -> None:
    floors = [layer.split(" | ") for layer in contract("house")["layers"]]
    below = floors[floors.index(["tuning_text", "studio_view"]) :]
    rooms = {f"formcoach.{room}" for floor in below for room in floor}
    shared = ("deferring", "files", "libav", "terminal", "toml_text")
    rooms -= {f"formcoach.{room}" for room in shared}  # of use to every edge
    pure, edges = set(contract("pure")["source_modules"]), set(contract("edges")["modules"])
    assert pure | edges == rooms
    assert not pure & edges
