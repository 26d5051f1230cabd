"""The languages: English complete, German whole, and faults of a file told all at once."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from formcoach import back, body, checks, coach, count_in, cues, guide, report, sets, steady_keeping
from formcoach.errors import FormcoachError, SpecError
from formcoach.language import PHRASES
from formcoach.language_file import list_languages, parse_language, read_language
from formcoach.overlay import between, layout, state, strip
from formcoach.routine import plan
from formcoach.routine_file import list_routines, read_routine, specs_of
from formcoach.routine_machine import RoutineMachine
from formcoach.spec import Spec
from formcoach.spec_file import list_specs, read_spec
from pages import ROOT

ENGLISH = read_language("en")
OTHERS = [code for code in list_languages() if code != "en"]


@pytest.fixture(autouse=True)
def stock_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody's own exercises need no translation here."""
    monkeypatch.setenv("FORMCOACH_SPECS", str(tmp_path))


def texts_of(spec: Spec) -> set[str]:
    """All that is said or shown of an exercise."""
    said = {wording for check in spec.checks.values() for wording in (*check.low, *check.high)}
    stations = {
        text
        for one in spec.stations.values()
        for text in (one.say, one.missed, one.title, one.title.capitalize())
    }
    wrong = {one.cue for one in spec.wrong.values()}
    return ({spec.name, spec.missed, spec.guided} | said | stations | wrong) - {""}


def texts_of_the_clock() -> set[str]:
    """What steps that no camera watches are called, and how they are done."""
    plans = [plan(routine, specs_of(routine)) for routine in map(read_routine, list_routines())]
    unwatched = [step for one in plans for step in one.steps if not step.watched]
    return {text for step in unwatched for text in (step.name, step.step.about) if text}


SAYING = ("say", "_say")
"""What a function is called that gives a text in the language of the screen."""

NOTICES = ("Now your left side", "Now your right side")
"""Of `formcoach.dose_watch`, which puts in the side."""


def texts_of_the_coach() -> set[str]:
    """What the coach says of itself, and why it cannot judge."""
    ended = RoutineMachine(plan(read_routine(list_routines()[0]), {}))
    ended.stop("broken off")
    ends = {ended.now().says}
    ended.outcomes[0] = "done"
    ends.add(ended.now().says)
    whys = {body.NOBODY, body.STRANGER, body.UNCLEAR, report.NO_PICTURE}
    whys |= {checks.HIDDEN, checks.FEW_PICTURES, checks.LEANS}
    whys |= {*checks.TURN.values(), back.NOT_LOOKED_FOR.why}
    backs = re.findall(r'_unreadable\("([^"]+)"\)', Path(back.__file__).read_text("utf-8"))
    cue_texts = {*cues.PRAISE, coach.OTHER_SIDE_NOW, count_in.WORDS[-1], *texts_about_the_picture()}
    rests = {sets.ENOUGH, sets.AGAIN, sets.GO, steady_keeping.NO_LONGER}
    return {*cue_texts, *NOTICES, *rests, *ends, *whys, *backs, back.NOT_SIDE_ON.why}


def name_of(function: ast.expr) -> str:
    return str(getattr(function, "attr", getattr(function, "id", "")))


def texts_of_the_screen() -> set[str]:
    """What is written on the screen: what the code says outright, and the words that it says from tables."""
    trees = (ast.parse(path.read_text("utf-8")) for path in (ROOT / "formcoach").rglob("*.py"))
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    said = [call.args[0] for call in calls if name_of(call.func) in SAYING]
    outright = {text.value for text in said if isinstance(text, ast.Constant)}
    messages = [layout.state_message(*(i == at for i in range(3))) for at in range(3)]
    tables = {*state.PHASE_WORDS.values(), state.THERE, state.DONE, *between.WORDS.values(), between.END_HINT}
    keys = {strip.SPACE, *(words for _, words in strip.HELP)}
    sided = {
        words for side in ("left", "right") for words in (side, f"held {side}", f"{side.capitalize()} side")
    }
    return outright | {message[0] for message in messages if message} | tables | sided | keys


def texts_about_the_picture() -> set[str]:
    """The guide's advice: its sentences, with both sides where it puts one in."""
    tree = ast.parse(Path(guide.__file__).read_text("utf-8"))
    fixed = {value for name, value in vars(guide).items() if name.isupper() and isinstance(value, str)}
    tables = {text for table in (guide.BACK_UNTIL, guide.SHOW, guide.TURN) for text in table.values()}
    turns = {
        "".join(part.value if isinstance(part, ast.Constant) else side for part in node.values)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for side in ("left", "right")
    }
    return fixed | tables | {text for text in turns if text.startswith("Turn ")}


def texts() -> set[str]:
    stock = {text for path in list_specs() for text in texts_of(read_spec(path))}
    routines = {read_routine(path).name for path in list_routines()}
    return stock | routines | texts_of_the_clock() | texts_of_the_coach() | texts_of_the_screen()


def test_english_comes_first_and_german_is_there() -> None:
    assert list_languages()[0] == "en"
    assert "de" in OTHERS


@pytest.mark.parametrize("code", OTHERS)
def test_no_text_lacks_a_translation_and_none_is_left_over(code: str) -> None:
    translated = read_language(code).texts.keys()
    assert not texts() - translated, "without a translation"
    assert not translated - texts(), "translated, and said nowhere"


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_has_the_gaps_of_the_english(code: str) -> None:
    gaps = re.compile(r"{\w+}")
    for english, translation in read_language(code).texts.items():
        assert sorted(gaps.findall(english)) == sorted(gaps.findall(translation)), english


@pytest.mark.parametrize("code", OTHERS)
def test_no_phrase_is_left_in_english(code: str) -> None:
    own = parse_language((ROOT / "languages" / f"{code}.toml").read_text("utf-8"), f"{code}.toml")
    assert own.phrases.keys() == PHRASES.keys()
    assert len(own.numbers) == len(ENGLISH.numbers)
    assert not set(own.numbers) & set(ENGLISH.numbers)


@pytest.mark.parametrize("code", OTHERS)
def test_a_cue_is_about_as_short_as_in_english(code: str) -> None:
    language = read_language(code)
    long = {
        text
        for path in list_specs()
        for text in texts_of(read_spec(path)) - {read_spec(path).guided}
        if len(language.of(text).split()) > 9
    }
    assert not long


def test_a_phrase_begins_with_a_capital_and_its_gaps_are_filled() -> None:
    assert ENGLISH.phrase("count", number="three") == "Three."
    assert ENGLISH.phrase("count_side", side="left side", number="two") == "Left side, two."
    assert ENGLISH.phrase("next", name="Bridge") == "Next: Bridge."
    gaps = {gap: "x" for names in PHRASES.values() for gap in names}
    assert not [name for name in PHRASES if "{" in ENGLISH.phrase(name, **gaps)]


def test_numbers_are_words_as_far_as_they_go() -> None:
    german = read_language("de")
    assert [german.number(n) for n in (0, 1, 30, 31)] == ["0", "eins", "dreißig", "31"]


def test_what_has_no_translation_is_said_as_it_is() -> None:
    assert read_language("de").of("Bridge") == "Brücke"
    assert read_language("de").of("My own exercise") == "My own exercise"


# ---- faults of a file --------------------------------------------------------------------------

SOUND = """
format = 1
name = "Plattdüütsch"
voices = "nds"

[phrases]
go = "Los geiht dat."
next = "Denn: {name}."

[texts]
"Bridge" = "Brügg"
"""


def test_what_a_language_leaves_out_is_english() -> None:
    low_german = parse_language(SOUND, "nds.toml", ENGLISH)
    assert (low_german.code, low_german.voices) == ("nds", ("nds",))
    assert low_german.phrase("go") == "Los geiht dat."
    assert low_german.phrase("position") == ENGLISH.phrase("position")
    assert low_german.number(2) == "two"
    assert low_german.of("Bridge") == "Brügg"


def faults(text: str, english: bool = True) -> tuple[str, ...]:
    with pytest.raises(SpecError) as refused:
        parse_language(text, "nds.toml", ENGLISH if english else None)
    return refused.value.faults


def test_all_faults_are_told_at_once_with_their_addresses() -> None:
    text = SOUND.replace("format = 1", "format = 2").replace("{name}", "{nam}").replace('"Brügg"', "3")
    assert faults(text.replace('name = "P', 'nome = "P')) == (
        "nds.toml: nome: unknown field; did you mean name?",
        "nds.toml: format: 2 is no format of languages; write format = 1",
        "nds.toml: phrases.next: the gap {name} is missing",
        "nds.toml: phrases.next: there is no gap {nam} here",
        "nds.toml: name: missing; write a text in quotes",
        'nds.toml: texts: "Bridge" must have a text in quotes',
    )


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("go =", "goo =", "nds.toml: phrases.goo: unknown field; did you mean go?"),
        ("{name}.", "{name.", "nds.toml: phrases.next: a brace stands alone; gaps are written {name}"),
        (
            '[texts]\n"Bridge" = "Brügg"',
            "texts = 1",
            "nds.toml: phrases.texts: unknown field; did you mean next?",
        ),
        ("[texts]", "[texts.more]", 'nds.toml: texts: "more" must have a text in quotes'),
        ("format = 1", "", "nds.toml: format: missing; write format = 1"),
        (
            "[phrases]",
            "[phrases",
            "nds.toml: line 6: Expected ']' at the end of a table declaration: [phrases",
        ),
    ],
)
def test_a_fault_is_told(before: str, after: str, fault: str) -> None:
    assert faults(SOUND.replace(before, after))[0] == fault


def test_a_language_by_itself_must_leave_out_nothing() -> None:
    assert "nds.toml: phrases: position is missing" in faults(SOUND, english=False)


def test_an_unknown_language_is_told_with_those_that_there_are() -> None:
    with pytest.raises(FormcoachError, match=r'no language called "klingon"; known here: en, de'):
        read_language("klingon")
