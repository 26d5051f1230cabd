"""The pages are true: commands parse, examples run, links lead somewhere, exercises are those of the specs.

`test_reference.py` looks at the tables of fields, sentences and numbers.
"""

from __future__ import annotations

import argparse
import json
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest

from coached import coached
from exercise_pages import BLOCK, with_blocks
from formcoach.actions import Action
from formcoach.cli import main
from formcoach.errors import SpecError
from formcoach.model_file import PUBLISHED
from formcoach.model_wheel import WHEEL_MB
from formcoach.options import parser
from formcoach.recording import RecordingWriter, read_recording
from formcoach.spec import PHASES
from formcoach.spec_file import check_spec, parse_spec, stock_folder
from formcoach.spec_lint import examine
from pages import ROOT, Page, all_pages, page
from puppet import perform

PAGES = all_pages()
COMMANDS = [(one.name, words) for one in PAGES for words in one.commands]
PARSERS: dict[str, argparse.ArgumentParser] = next(
    action.choices for action in parser()._actions if isinstance(action, argparse._SubParsersAction)
)
STOCK = {path.stem for path in stock_folder().glob("*.toml")}
OWN = ("squat", "side-bend")
"""The exercises that CONTRIBUTING.md and docs/adding-an-exercise.md add."""

HOSTS = {
    "192.168.1.5:8080",
    "github.com",
    "keepachangelog.com",
    "msgpack.org",
    "opencv.org",
    "pre-commit.com",
    "semver.org",
    "toml.io",
}
LARGEST_PICTURE = 200_000  # bytes


def ids(value: object) -> str:
    return shlex.join(value) if isinstance(value, list) else str(value)


# ---- commands ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("where", "words"), COMMANDS, ids=ids)
def test_every_command_parses(where: str, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    if len(words) == 1 and words[0] in PARSERS:
        return  # only its name is mentioned
    try:
        options = parser().parse_args(words)
    except SystemExit as end:
        if end.code == 0:
            return
        pytest.fail(f"{where}: {capsys.readouterr().err}")
    named = (getattr(options, name, None) or [] for name in ("exercise", "disguise"))
    flat = {one for value in named for one in ([value] if isinstance(value, str) else value)}
    assert {one.removesuffix(".toml") for one in flat} <= {*STOCK, *OWN}


def is_cheap(words: list[str]) -> bool:
    """Whether it needs neither camera nor model, and the files that it names are there."""
    if words[:1] == ["replay"]:
        return len(words) == 2 and words[1].endswith(".fcr") and (ROOT / words[1]).exists()
    if words[:1] != ["specs"]:
        return not words or words == ["--version"]
    if "--picture" in words:
        return False
    files = [word for word in words if word.endswith(".toml")]
    return all((ROOT / file).exists() for file in files)


CHEAP = [json.loads(text) for text in sorted({json.dumps(words) for _, words in COMMANDS if is_cheap(words)})]


@pytest.mark.parametrize("words", [*CHEAP, *([name, "--help"] for name in PARSERS)], ids=ids)
def test_cheap_commands_run(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    try:
        code = main(words)
    except SystemExit as end:
        code = end.code or 0
    assert code == 0
    assert capsys.readouterr().out


def test_the_commands_are_found() -> None:
    assert len(COMMANDS) > 40
    assert PARSERS.keys() <= {words[0] for _, words in COMMANDS if words}
    assert ["specs", "bird-dog"] in CHEAP
    assert ["replay", "recordings/demo-bird-dog.fcr"] in CHEAP


def test_every_option_is_on_a_page() -> None:
    text = "\n".join(one.text for one in PAGES)
    options = {option for parser in PARSERS.values() for option in parser._option_string_actions}
    missing = {o for o in options - {"-h", "--help"} if not re.search(rf"{o}(?![\w-])", text)}
    assert not missing


# ---- links and names ---------------------------------------------------------------------------


@pytest.mark.parametrize("where", PAGES, ids=lambda one: one.name)
def test_links_and_pictures_are_there(where: Page) -> None:
    for is_picture, target in where.links:
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        path = (where.path.parent / name).resolve() if name else where.path
        assert path.exists(), f"{where.name} leads to {target}"
        assert not anchor or anchor in Page(path).anchors, f"{where.name} leads to {target}"
        assert not is_picture or path.stat().st_size < LARGEST_PICTURE


def test_every_page_and_picture_is_linked() -> None:
    linked = {
        (one.path.parent / target.partition("#")[0]).resolve() for one in PAGES for _, target in one.links
    }
    for path in (*ROOT.glob("docs/*.md"), *ROOT.glob("docs/*.jpg"), *ROOT.glob("docs/*.png")):
        assert path in linked, f"no page leads to {path.name}"


@pytest.mark.parametrize("where", PAGES, ids=lambda one: one.name)
def test_no_foreign_host_and_no_place_of_one_machine(where: Page) -> None:
    assert set(re.findall(r"\w+://([^/\s`)…]+)", where.text)) <= HOSTS
    assert not re.search(r"(?<![\w.~}%])/(tmp|work|root|opt|home|mnt|Users)/|[A-Z]:\\", where.text)


# ---- the readme and the settings ---------------------------------------------------------------


def test_the_readme_starts_with_two_commands_that_do_it_all() -> None:
    readme = page("README.md")
    tests = 'pip install -e ".[dev]" && pytest -n auto\n'
    assert readme.examples("") == ["pip install -e . && formcoach demo\n", tests]
    assert f"\n<!-- test-command -->\n```\n{tests}```\n" in readme.text
    assert readme.text[: readme.text.index(tests)].count("\n") < 24


def test_the_readme_names_the_sizes_of_downloads() -> None:
    text = " ".join(page("README.md").text.split())
    assert f"about {PUBLISHED['full'].megabytes} MB from Google" in text
    assert f"{WHEEL_MB} MB from the package index" in text


def test_keys_are_those_of_the_window() -> None:
    window = pytest.importorskip("formcoach.window")
    keys = {"Space": " ", "H": "h", "G": "g", "N": "n", "R": "r", "S": "s", "F": "f", "Q": "q", "Esc": "\x1b"}
    told = {
        ord(keys[word]): does
        for words, does in page("docs/live.md").rows("Keys")
        for word in words.split(" or ")
    }
    assert told.keys() == window.KEYS.keys()
    for key, action in window.KEYS.items():
        assert told[key].startswith(action)


def test_keys_of_the_playback_are_those_of_its_window() -> None:
    playback = pytest.importorskip("formcoach.playback")
    names = {"Space": [" "], "Esc": ["\x1b"], "+": ["+", "="]}
    told = {
        ord(key): does
        for words, does in page("docs/replay.md").rows("Playing it back")
        for word in re.split(" or | and ", words)
        if word not in "←→"
        for key in names.get(word, [word.lower()])
    }
    assert told.keys() == {key for key in playback.KEYS if key < 0x80}


def test_every_setting_is_told() -> None:
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "formcoach").rglob("*.py"))
    known = set(re.findall(r'"(FORMCOACH_\w+)"', code))
    assert set(page("docs/troubleshooting.md").names("Settings")) == known
    assert {name for one in PAGES for name in re.findall(r"FORMCOACH_\w+", one.text)} == known


# ---- exercises and examples --------------------------------------------------------------------


def test_the_exercises_are_those_of_the_specs() -> None:
    text = page("docs/exercises.md").text
    assert {found[1] for found in BLOCK.findall(text)} == STOCK
    assert text == with_blocks(text), "write it anew with: python tests/exercise_pages.py"


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md"])
def test_the_number_of_exercises_is_that_of_the_specs(name: str) -> None:
    assert set(re.findall(r"(\d+) exercises\b", page(name).text)) == {str(len(STOCK))}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with what the examples open."""
    monkeypatch.chdir(tmp_path)
    with RecordingWriter(tmp_path / "session.fcr", {"exercise": "bird-dog"}) as writer:
        for sample in perform("bird-dog", reps=[("left", 1), ("right", 1)]).samples:
            writer.add(sample)
        writer.act(Action(1.0, "pause"))
    report = coached("plank", hold_s=4, fault="sag").report
    Path("plank.json").write_text(json.dumps(report.as_dict()), "utf-8")
    return tmp_path


EXAMPLES = [(one.name, number, text) for one in PAGES for number, text in enumerate(one.examples("python"))]


@pytest.mark.parametrize(("where", "number", "text"), EXAMPLES, ids=[f"{w}-{n}" for w, n, _ in EXAMPLES])
def test_python_examples_run(
    where: str, number: int, text: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    space: dict[str, Any] = {}
    exec(compile(text, f"{where}, example {number}", "exec"), space)
    if "xy" in space:  # the reader that does without formcoach
        session = read_recording(desk / "session.fcr")
        assert (space["xy"] == session.xy).all()
        assert (space["t"] == session.t).all()
    else:
        said = capsys.readouterr().out
        assert said
        assert "nan" not in said


def test_there_are_examples() -> None:
    assert [where for where, _, _ in EXAMPLES].count("docs/recording.md") == 3
    assert "docs/report.md" in {where for where, _, _ in EXAMPLES}


def test_whole_specs_are_sound_and_parts_fit_into_them() -> None:
    examples = page("docs/specs.md").examples("toml")
    whole = [text for text in examples if text.startswith("format")]
    assert {parse_spec(text, "example.toml").kind for text in whole} == set(PHASES)
    for text in (text for text in examples if text not in whole):
        mapping = tomllib.loads(whole[0])
        for name, part in tomllib.loads(text).items():
            mapping[name] = {**mapping.get(name, {}), **part}
        faults = [fault for fault in examine(mapping, "example")[1] if "is used in no pose" not in fault]
        assert faults == []


def test_the_example_of_contributing_starts_from_a_sound_spec() -> None:
    source = re.search(rf"cp (exercise_specs/[\w-]+\.toml) {OWN[0]}\.toml", page("CONTRIBUTING.md").text)
    assert source is not None
    assert check_spec(ROOT / source[1]) == []


def test_the_page_on_adding_an_exercise_leads_to_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    adding = page("docs/adding-an-exercise.md")
    (text,) = adding.examples("toml")
    monkeypatch.chdir(tmp_path)
    Path(f"{OWN[1]}.toml").write_text(text, "utf-8")
    commands = [words for words in adding.commands if words[0] == "specs" and len(words) > 1]
    assert len(commands) == 3
    for words in commands:
        assert main(words) == 0, words
        assert capsys.readouterr().out
    assert Path(f"{OWN[1]}.png").read_bytes().startswith(b"\x89PNG")


def test_the_fault_on_that_page_is_told_as_it_says() -> None:
    adding = page("docs/adding-an-exercise.md")
    (text,) = adding.examples("toml")
    told = re.search(rf"`({OWN[1]}\.toml: checks\.hips_stay\.good: [^`]+)`", " ".join(adding.text.split()))
    assert told is not None
    with pytest.raises(SpecError) as refused:
        parse_spec(text.replace("good = [80, inf]", "good = [90, 80]"), f"{OWN[1]}.toml")
    assert told[1] in refused.value.faults
