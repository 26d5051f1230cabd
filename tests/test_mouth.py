"""Mouths: real speech by a real engine into a file, interrupted, and every way of having no voice.

There is no sound device here: what plays sound is a script that keeps the file.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
import types
import wave
from array import array
from collections.abc import Callable
from pathlib import Path
from queue import Queue

import pytest

from coached import stock
from formcoach import mouth
from formcoach.landmarks import nobody
from formcoach.language_file import read_language
from formcoach.live_command import voice_of
from formcoach.mouth import RATE_HZ, Mouth, MuteError, Setting, pick, play
from formcoach.mouth_process import Mouths
from formcoach.showing import Scene
from formcoach.tones import FADE_S, LOUD, NOTES, samples_of
from formcoach.voice import Report
from test_speech_queue import say
from test_voice import PATIENCE_S

linux = pytest.mark.skipif(sys.platform != "linux", reason="players are looked for on Linux only")

KEEPS = '#!/bin/sh\nfor file; do :; done\ncp "$file" "{folder}/heard-$$.wav"\n'
LASTS = '#!/bin/sh\necho $$ > "{folder}/playing"\nexec sleep 600\n'
FAILS = '#!/bin/sh\necho "ALSA lib: noise" >&2\necho "audio open error: no such device" >&2\nexit 1\n'


def sound(path: Path) -> array[int]:
    samples = array("h")
    with wave.open(str(path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE_HZ)
        samples.frombytes(file.readframes(file.getnframes()))
    return samples


def seconds(samples: array[int]) -> float:
    return len(samples) / RATE_HZ


def loudness(samples: array[int]) -> float:
    return float((sum(sample * sample for sample in samples) / len(samples)) ** 0.5)


@pytest.fixture
def player(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Makes a script the only thing that plays sound, and gives the folder that it knows."""

    def make(script: str) -> Path:
        programs = tmp_path / "programs"
        programs.mkdir()
        (programs / "aplay").write_text(script.format(folder=tmp_path))
        (programs / "aplay").chmod(0o755)
        monkeypatch.setattr(mouth, "PLAYERS", (("aplay", "-q"),))
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}/usr/bin{os.pathsep}/bin")
        return tmp_path

    return make


def setting(folder: Path, language: str = "en") -> Setting:
    return Setting(read_language(language).voices, 165, str(folder))


def real_mouth(folder: Path, language: str = "en") -> Mouth:
    """A mouth with the real engine; skips where there is none."""
    try:
        return Mouth(setting(folder, language))
    except MuteError as why:
        pytest.skip(f"no speech here: {why}")


# ---- with the real engine ----------------------------------------------------------------------


@linux
def test_a_real_engine_says_a_cue_aloud(player: Callable[[str], Path]) -> None:
    folder = player(KEEPS)
    one = real_mouth(folder)
    one.prepare("Lift your hips a little.", "count")
    one.speak()
    (heard,) = folder.glob("heard-*.wav")
    samples = sound(heard)
    tone = samples_of("count", RATE_HZ)
    assert samples[: len(tone)] == tone
    speech = samples[len(tone) :]
    assert 1.0 < seconds(speech) < 4.0
    assert loudness(speech) > 500
    assert not [*folder.glob("*-spoken.wav")]


@linux
def test_in_german_it_has_another_voice(player: Callable[[str], Path]) -> None:
    folder = player(KEEPS)
    assert real_mouth(folder).voice != real_mouth(folder, "de").voice


@linux
def test_a_mouth_in_its_own_process_gets_ready_speaks_and_ends(player: Callable[[str], Path]) -> None:
    folder = player(KEEPS)
    real_mouth(folder)
    reports: Queue[Report] = Queue()
    with Mouths(("en-gb", "en"), 165) as mouths:
        one = mouths(reports.put)
        assert reports.get(timeout=PATIENCE_S).news == "ready"
        one.say(say("Three.", tone="count"))
        assert [reports.get(timeout=PATIENCE_S).news for _ in range(2)] == ["began", "ended"]
        one.shut()
    assert len([*folder.glob("heard-*.wav")]) == 1


@linux
def test_shutting_a_mouth_ends_what_plays_for_it(player: Callable[[str], Path]) -> None:
    folder = player(LASTS)
    real_mouth(folder)
    os.mkfifo(folder / "playing")
    reports: Queue[Report] = Queue()
    with Mouths(("en-gb", "en"), 165) as mouths:
        one = mouths(reports.put)
        assert reports.get(timeout=PATIENCE_S).news == "ready"
        one.say(say("Straighten your knees."))
        assert reports.get(timeout=PATIENCE_S).news == "began"
        playing = Path("/proc", (folder / "playing").read_text().strip())  # waits until it plays
        one.shut()
        assert [reports.get(timeout=PATIENCE_S).news for _ in range(2)] == ["failed", "ended"]
    assert not playing.exists() or "zombie" in (playing / "status").read_text()


@linux
def test_a_mouth_that_is_never_needed_ends_with_its_folder(player: Callable[[str], Path]) -> None:
    folder = player(KEEPS)
    real_mouth(folder)
    reports: Queue[Report] = Queue()
    with Mouths(("en-gb", "en"), 165) as mouths:
        one = mouths(reports.put)
        assert reports.get(timeout=PATIENCE_S).news == "ready"
        own = Path(mouths._folder.name)
        assert own.is_dir()
        one.shut()
        assert reports.get(timeout=PATIENCE_S).news == "failed"
    assert not own.exists()


@linux
def test_a_player_that_fails_is_told_with_its_reason(player: Callable[[str], Path]) -> None:
    folder = player(FAILS)
    one = real_mouth(folder)
    one.prepare("Three.", "")
    with pytest.raises(MuteError, match=r"^aplay cannot play sound: audio open error: no such device$"):
        one.speak()
    with pytest.raises(MuteError, match="aplay cannot play sound"):
        one.try_sound()


# ---- without one -------------------------------------------------------------------------------


class FakeEngine:
    """What pyttsx3 gives, on systems that this is not."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []

    def getProperty(self, name: str) -> list[object]:  # noqa: N802
        return [voice("a", "de-DE"), voice("b", "en_US"), voice("c", "en_GB")]

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *values: self.calls.append((name, *values))


def voice(name: str, *languages: str) -> types.SimpleNamespace:
    return types.SimpleNamespace(id=f"id-{name}", name=name, languages=list(languages))


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    engine = FakeEngine()
    monkeypatch.setitem(sys.modules, "pyttsx3", types.SimpleNamespace(init=lambda: engine))
    return engine


class LateEngine(FakeEngine):
    """Comes back before its file is there, as pyttsx3 with espeak-ng does on a busy machine."""

    def connect(self, _topic: str, heed: Callable[..., None]) -> None:
        self.heed = heed

    def save_to_file(self, _text: str, file: str) -> None:
        self.file = Path(file)

    def runAndWait(self) -> None:  # noqa: N802
        threading.Timer(0.05, self.write).start()

    def write(self) -> None:
        mouth._write(self.file, samples_of("done", RATE_HZ))
        self.heed(completed=True)


@linux
def test_what_is_spoken_is_waited_for(
    player: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    player(KEEPS)
    monkeypatch.setitem(sys.modules, "pyttsx3", types.SimpleNamespace(init=LateEngine))
    Mouth(setting(tmp_path)).prepare("Three.", "")
    (file,) = tmp_path.glob("*.wav")
    assert sound(file) == samples_of("done", RATE_HZ)


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_elsewhere_the_engine_itself_speaks_after_the_tone(
    system: str, engine: FakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    played: list[float] = []
    monkeypatch.setattr(mouth, "play", lambda file: played.append(seconds(sound(file))))
    one = Mouth(setting(tmp_path))
    one.prepare("Three.", "count")
    one.speak()
    assert one.voice == "c"
    assert played == [pytest.approx(seconds(samples_of("count", RATE_HZ)))]
    names = [call[0] for call in engine.calls]
    assert names == ["setProperty", "setProperty", "connect", "say", "runAndWait"]
    assert engine.calls[0] == ("setProperty", "voice", "id-c")
    assert engine.calls[3] == ("say", "Three.")
    assert not [*tmp_path.iterdir()]


def test_on_windows_tones_are_played_by_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    played: list[tuple[object, ...]] = []
    winsound = types.SimpleNamespace(PlaySound=lambda *how: played.append(how), SND_FILENAME=7)
    monkeypatch.setitem(sys.modules, "winsound", winsound)
    monkeypatch.setattr(sys, "platform", "win32")
    play(tmp_path / "a.wav")
    assert played == [(str(tmp_path / "a.wav"), 7)]


def test_a_voice_is_picked_by_its_language_best_first() -> None:
    voices = [voice("us", "en-us"), voice("none"), voice("gb", "en-GB"), voice("de", "de_AT")]
    assert pick(voices, ("en-gb", "en")).name == "gb"
    assert pick(voices, ("en",)).name == "us"
    assert pick(voices, ("de",)).name == "de"
    assert pick(voices, ("fr",)) is None


def mute(folder: Path) -> str:
    with pytest.raises(MuteError) as why:
        Mouth(setting(folder))
    return str(why.value)


def test_nothing_that_plays_sound(
    tmp_path: Path, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert mute(tmp_path) == mouth.NO_PLAYER
    with pytest.raises(MuteError, match=mouth.NO_PLAYER):
        play(tmp_path / "a.wav")


def test_no_package_no_engine_and_no_voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mouth, "players", lambda: [("aplay",)])
    monkeypatch.setitem(sys.modules, "pyttsx3", None)
    assert mute(tmp_path) == mouth.NO_PACKAGE

    def init() -> None:
        raise RuntimeError("You have no eSpeak installed!\nAnd more.")

    monkeypatch.setitem(sys.modules, "pyttsx3", types.SimpleNamespace(init=init))
    assert mute(tmp_path) == "there is no speech engine (You have no eSpeak installed!)"
    dumb = FakeEngine()
    monkeypatch.setattr(dumb, "getProperty", lambda name: [], raising=False)
    monkeypatch.setitem(sys.modules, "pyttsx3", types.SimpleNamespace(init=lambda: dumb))
    assert mute(tmp_path) == "there is no voice for the language en"


def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> list[Report]:
    """What a mouth in its own process tells where pyttsx3 is broken."""
    (tmp_path / "pyttsx3.py").write_text(body)
    for name in ("aplay", "paplay"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.syspath_prepend(tmp_path)
    reports: Queue[Report] = Queue()
    with Mouths(("en",), 165) as mouths:
        mouths(reports.put)
        return [reports.get(timeout=PATIENCE_S) for _ in range(2)]


@linux
def test_a_broken_package_is_a_reason_and_no_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = broken(tmp_path, monkeypatch, "print('{ noise')\ndef init(): raise ValueError('no driver')\n")
    assert [(one.news, one.detail) for one in told] == [
        ("failed", "there is no speech engine (no driver)"),
        ("ended", ""),
    ]


@linux
def test_an_engine_that_brings_its_process_down_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = broken(tmp_path, monkeypatch, "import os\ndef init(): os.abort()\n")
    assert [(one.news, one.detail) for one in told] == [
        ("failed", "the speech engine ended with -6"),
        ("ended", ""),
    ]


@linux
def test_a_session_without_a_voice_says_so_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with voice_of(argparse.Namespace(language="en", rate=165, voice="all")) as voice:
        voice._thread.join(PATIENCE_S)
        voice.hear(Scene(nobody(0.0), None, stock("plank"), None, ""))
    assert capsys.readouterr().err == (
        f"formcoach: No voice ({mouth.NO_PLAYER}); 'formcoach doctor' says what to do.\n"
    )


# ---- tones -------------------------------------------------------------------------------------


@pytest.mark.parametrize("tone", NOTES)
def test_a_tone_is_short_not_too_loud_and_does_not_click(tone: str) -> None:
    samples = samples_of(tone, RATE_HZ)  # type: ignore[arg-type]
    if not tone:
        assert not samples
        return
    assert 0.1 < seconds(samples) < 0.5
    assert LOUD * 0.9 < max(samples) / 32767 <= LOUD
    fade = round(FADE_S * RATE_HZ)
    assert samples[0] == samples[-1] == 0
    assert max(map(abs, samples[: fade // 10])) < 32767 * LOUD / 5


def test_every_tone_is_another() -> None:
    assert len({bytes(samples_of(tone, RATE_HZ)) for tone in NOTES}) == len(NOTES)
