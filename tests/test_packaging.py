"""What is installed works: a wheel built from a copy of this folder, unpacked and run from elsewhere."""

from __future__ import annotations

import ast
import importlib.metadata as installed
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
SPECS = {path.name for path in (ROOT / "exercise_specs").glob("*.toml")}
ROUTINES = {path.name for path in (ROOT / "exercise_specs" / "routines").glob("*.toml")}
LANGUAGES = {path.name for path in (ROOT / "languages").glob("*.toml")}
DEMOS = {path.name for path in (ROOT / "recordings").glob("demo-*")}
OWN_SESSION = "bird-dog-2026-01-01-101500.fcr"


def run(*command: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "1", **env},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def build(kind: str, source: Path, out: Path) -> Path:
    """Build a wheel or an sdist of a folder with the project's own build backend."""
    pytest.importorskip("hatchling", reason="building needs hatchling: pip install -e '.[dev]' brings it")
    said = run(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(out), folder=source)
    assert said.returncode == 0, said.stdout + said.stderr
    (built,) = out.iterdir()
    return built


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is built from, in which somebody has recorded a session of their own."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("formcoach", "exercise_specs", "languages", "recordings"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(ROOT / name, folder)
    for name in (OWN_SESSION, OWN_SESSION.replace(".fcr", ".mp4")):
        (folder / "recordings" / name).write_bytes(b"private")
    return folder


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", checkout, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked as an installer does."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def formcoach(site: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command line from some other folder."""
    nowhere = str(folder / "no-specs-of-my-own")
    return run(
        *(sys.executable, "-m", "formcoach", *arguments),
        folder=folder,
        PYTHONPATH=str(site),
        FORMCOACH_SPECS=nowhere,
    )


def test_wheel_holds_the_package_its_specs_and_demos_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    package = {
        path.relative_to(ROOT).as_posix()
        for pattern in ("*.py", "templates/*")
        for path in (ROOT / "formcoach").rglob(pattern)
    }
    specs = {f"formcoach/_data/exercise_specs/{name}" for name in (*SPECS, "spec.schema.json")}
    routines = {f"formcoach/_data/exercise_specs/routines/{name}" for name in ROUTINES}
    languages = {f"formcoach/_data/languages/{name}" for name in LANGUAGES}
    demos = {f"formcoach/_data/recordings/{name}" for name in DEMOS}
    held = {name for name in names if ".dist-info/" not in name}
    assert held == package | specs | routines | languages | demos | {"formcoach/py.typed"}
    assert len(names) == len(set(names))


def test_nobodys_own_session_is_published_even_where_git_ignores_nothing(
    checkout: Path, tmp_path: Path
) -> None:
    bare = tmp_path / "bare"
    shutil.copytree(checkout, bare)
    (bare / ".gitignore").unlink()
    with zipfile.ZipFile(build("wheel", bare, tmp_path / "wheel")) as archive:
        assert not [name for name in archive.namelist() if OWN_SESSION[:-4] in name]
    with tarfile.open(build("sdist", bare, tmp_path / "sdist")) as archive:
        assert not [name for name in archive.getnames() if OWN_SESSION[:-4] in name]


def test_sdist_builds_the_same_wheel(checkout: Path, wheel: Path, tmp_path: Path) -> None:
    sdist = build("sdist", checkout, tmp_path / "sdist")
    # not `tarfile`: whether it wants a filter differs between the Pythons that are supported
    assert run("tar", "-xzf", str(sdist), folder=tmp_path).returncode == 0
    (unpacked,) = (path for path in tmp_path.glob("formcoach-*") if path.is_dir())
    again = build("wheel", unpacked, tmp_path / "wheel")
    with zipfile.ZipFile(again) as one, zipfile.ZipFile(wheel) as other:
        assert sorted(one.namelist()) == sorted(other.namelist())


def test_installed_command_finds_its_specs_from_anywhere(site: Path, tmp_path: Path) -> None:
    said = formcoach(site, tmp_path, "specs", "--check")
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith(f"{len(SPECS)} specs checked")
    listed = formcoach(site, tmp_path, "specs")
    assert all(name.removesuffix(".toml") in listed.stdout for name in SPECS)
    said = formcoach(site, tmp_path, "routine", "--check")
    assert said.stdout.startswith(f"{len(ROUTINES)} routines checked"), said.stderr


def test_installed_command_says_what_it_can_do(site: Path, tmp_path: Path) -> None:
    said = formcoach(site, tmp_path, "--help")
    assert said.returncode == 0
    assert "formcoach demo" in said.stdout
    version = formcoach(site, tmp_path, "--version")
    (record,) = site.glob("formcoach-*.dist-info")
    assert version.stdout.split() == ["formcoach", record.name.split("-")[1].removesuffix(".dist")]


def test_installed_command_finds_its_demos_from_anywhere(site: Path, tmp_path: Path) -> None:
    said = formcoach(site, tmp_path, "demo", "star-jump")
    clips = sorted(name for name in DEMOS if name.endswith(".mp4"))
    there = ", ".join(name.removeprefix("demo-").removesuffix(".mp4") for name in clips)
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr == f"formcoach: There is no demo of 'star-jump'; there are: {there}.\n"


def test_installed_command_knows_its_routines_and_languages(site: Path, tmp_path: Path) -> None:
    shown = formcoach(site, tmp_path, "routine", "daily-15")
    assert shown.returncode == 0, shown.stderr
    assert "(bird-dog)" in shown.stdout
    assert formcoach(site, tmp_path, "live", "--help").returncode == 0
    recording = next((site / "formcoach" / "_data" / "recordings").glob("demo-*.fcr"))
    spoken = [
        formcoach(site, tmp_path, "replay", str(recording), "--transcript", "--language", language)
        for language in ("en", "de")
    ]
    assert [one.returncode for one in spoken] == [0, 0], spoken[1].stderr
    assert spoken[0].stdout != spoken[1].stdout


def test_sdist_holds_what_its_own_tests_look_at(tmp_path: Path) -> None:
    with tarfile.open(build("sdist", ROOT, tmp_path / "sdist")) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"check", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", ".ci/run", "pyproject.toml"}
    for folder in ("docs", "tests", "benchmarks", "formcoach"):
        wanted |= {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*.py")}
        wanted |= {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*.md")}
    assert wanted - held == set()


def test_wheel_makes_a_command(site: Path) -> None:
    (record,) = site.glob("formcoach-*.dist-info")
    (command,) = installed.PathDistribution(record).entry_points
    assert (command.group, command.name) == ("console_scripts", "formcoach")
    from formcoach import cli

    assert command.load() is cli.main


def imports(folder: Path) -> set[str]:
    """The first names of all that the Python files of a folder import."""
    found: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found


def packages(requirements: Iterable[str]) -> set[str]:
    return {re.split(r"[^\w.-]", one, maxsplit=1)[0].lower().replace("_", "-") for one in requirements}


def test_every_package_that_is_imported_is_asked_for() -> None:
    folders = [ROOT / name for name in ("formcoach", "tests", "benchmarks")]
    mine = {path.stem for folder in folders for path in (folder, *folder.rglob("*"))}
    asked = packages(PROJECT["dependencies"]) | packages(installed.requires("mediapipe") or ())
    extras = PROJECT["optional-dependencies"]
    asked |= packages([*extras["cluster"], *extras["studio"], *extras["table"]])
    asked_to_develop = asked | packages(extras["dev"])
    homes = installed.packages_distributions()

    def not_asked(folder: str, asked: set[str]) -> set[str]:
        foreign = imports(ROOT / folder) - set(sys.stdlib_module_names) - mine
        return {name for name in foreign if not packages(homes.get(name, ())) & asked}

    assert not_asked("formcoach", asked) == set()
    assert not_asked("tests", asked_to_develop) == set()
    assert not_asked("benchmarks", asked_to_develop) == set()
