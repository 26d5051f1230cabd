"""A mouth: a process of its own that says one thing with the system's voice, and ends.

The voice is pyttsx3's: espeak-ng on Linux, SAPI 5 on Windows, NSSpeechSynthesizer on macOS. An engine of
it speaks reliably once: a second text is often dropped, its loops hang, and on Linux it cannot be stopped
while it speaks. So every utterance gets an engine of its own, in a process that was started before and
waits, warmed up; to interrupt it is to end the process. Whatever happens in it does not touch the session.

On standard output it tells in lines of JSON how it goes: `ready` with the name of the voice, `began` when
the sound begins, and `failed` with the reason.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import wave
from array import array
from collections.abc import Iterable, Sequence
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from formcoach.tones import samples_of
from formcoach.utterance import Tone

RATE_HZ = 22050
"""Samples a second of a tone, and of what espeak-ng says."""

WRITTEN_S = 5.0
"""So long espeak-ng is given to make the sound of one thing to say."""

PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"))
"""What plays a sound file on Linux; the first that can does it."""

NO_PLAYER = "nothing here plays sound files"
NO_PACKAGE = "pyttsx3 is not installed"
NO_ENGINE = "there is no speech engine"


class MuteError(Exception):
    """Why nothing can be said."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How to speak.

    Attributes:
        languages: of voices that will do, best first, such as `("en-gb", "en")`.
        rate: words a minute.
        folder: for sound files.
    """

    languages: tuple[str, ...]
    rate: int
    folder: str

    def as_text(self) -> str:
        """For a process's command line."""
        return json.dumps(asdict(self))


def main() -> None:
    """The process: get ready, wait for one line with what to say, say it, and end."""
    told = sys.stdout
    with redirect_stdout(sys.stderr):  # pyttsx3 prints
        setting = Setting(**json.loads(sys.argv[1]))
        try:
            mouth = Mouth(setting)
            _tell(told, "ready", mouth.voice)
            line = sys.stdin.readline()
            if line:
                mouth.prepare(**json.loads(line))
                _tell(told, "began")
                mouth.speak()
        except MuteError as why:
            _tell(told, "failed", str(why))


def _tell(told: Any, news: str, detail: str = "") -> None:
    print(json.dumps({"news": news, "detail": detail}), file=told, flush=True)


class Mouth:
    """Says one thing.

    Attributes:
        voice: the name of the voice.
    """

    def __init__(self, setting: Setting) -> None:
        self._linux = sys.platform not in ("win32", "darwin")
        self._folder = Path(setting.folder)
        self._text = ""
        self._file: Path | None = None
        if self._linux and not players():
            raise MuteError(NO_PLAYER)
        self._engine = _engine()
        voice = pick(self._engine.getProperty("voices"), setting.languages)
        if voice is None:
            raise MuteError(f"there is no voice for the language {setting.languages[-1]}")
        self.voice = str(voice.name)
        self._engine.setProperty("voice", voice.id)
        self._engine.setProperty("rate", setting.rate)

    def prepare(self, text: str, tone: Tone) -> None:
        """Make what is to sound, as far as it can be made before."""
        sound = samples_of(tone, RATE_HZ)
        if self._linux and text:
            # Its own way of playing cannot be interrupted, and hides where it fails.
            sound += self._spoken(text)
        else:
            self._text = text
        if sound:
            self._file = self._folder / f"{os.getpid()}.wav"
            _write(self._file, sound)

    def speak(self) -> None:
        """Say it, and wait until it is said."""
        if self._file is not None:
            play(self._file)
            self._file.unlink(missing_ok=True)
        if self._text:
            # Where its loop does not come to an end by itself, the process does.
            self._engine.connect("finished-utterance", lambda **_: os._exit(0))
            self._engine.say(self._text)
            self._engine.runAndWait()

    def try_sound(self) -> None:
        """Play a moment of silence; raises `MuteError` where nothing can be played."""
        file = self._folder / "silence.wav"
        _write(file, array("h", [0] * (RATE_HZ // 20)))
        play(file)

    def _spoken(self, text: str) -> array[int]:
        file = self._folder / f"{os.getpid()}-spoken.wav"
        written = threading.Event()
        self._engine.connect("finished-utterance", lambda **_: written.set())
        self._engine.save_to_file(text, str(file))
        self._engine.runAndWait()
        written.wait(WRITTEN_S)  # on a busy machine it comes back before the file is there
        samples = array("h")
        try:
            with wave.open(str(file), "rb") as spoken:
                samples.frombytes(spoken.readframes(spoken.getnframes()))
        except (OSError, EOFError, wave.Error) as error:
            raise MuteError(f"the speech engine gave no sound ({error})") from None
        file.unlink()
        return samples


def _engine() -> Any:
    try:
        import pyttsx3
    except ImportError:
        raise MuteError(NO_PACKAGE) from None
    try:
        return pyttsx3.init()
    except Exception as error:  # noqa: BLE001 - each of its drivers raises its own
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise MuteError(f"{NO_ENGINE} ({reason})") from None


def _write(path: Path, samples: array[int]) -> None:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes(samples.tobytes())


def pick(voices: Iterable[Any], languages: Sequence[str]) -> Any | None:
    """The first voice of the best language there is; None where there is none.

    Args:
        voices: pyttsx3's, each with `languages` such as `en-gb`, `en_GB` or `en-GB`.
        languages: the best one first; `en` takes `en-us` too.
    """
    known = [(voice, [_code(one) for one in voice.languages or ()]) for voice in voices]
    for language in languages:
        for fits in (language.__eq__, lambda code, start=f"{language}-": code.startswith(start)):
            for voice, codes in known:
                if any(fits(code) for code in codes):
                    return voice
    return None


def _code(language: object) -> str:
    return str(language).replace("_", "-").lower()


def players() -> list[tuple[str, ...]]:
    """What plays sound files here, on Linux, as commands."""
    return [player for player in PLAYERS if shutil.which(player[0])]


def play(file: Path) -> None:
    """Play a sound file, and wait until it is played.

    Raises:
        MuteError: nothing can play it.
    """
    if sys.platform == "win32":
        import winsound

        winsound.PlaySound(str(file), winsound.SND_FILENAME)
        return
    why = NO_PLAYER
    for player in [("afplay",)] if sys.platform == "darwin" else players():
        command = [*player, str(file)]
        done = subprocess.run(command, check=False, capture_output=True, stdin=subprocess.DEVNULL)
        if done.returncode == 0:
            return
        said = done.stderr.decode(errors="replace").strip().splitlines()
        why = f"{player[0]} cannot play sound: {said[-1] if said else done.returncode}"
    raise MuteError(why)
