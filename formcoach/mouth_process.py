"""Opens mouths: starts their processes, tells them what to say, and ends them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

from formcoach import mouth as program
from formcoach.mouth import Setting
from formcoach.utterance import Utterance
from formcoach.voice import Report

ENTER = f"from {program.__name__} import main; main()"


class Mouths:
    """Opens mouths that speak in one way; use it in a `with` block, around the voice.

    Args:
        languages: of voices that will do, best first.
        rate: words a minute.
    """

    def __init__(self, languages: tuple[str, ...], rate: int) -> None:
        self._folder = TemporaryDirectory(prefix="formcoach-", ignore_cleanup_errors=True)
        self._setting = Setting(languages, rate, self._folder.name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    def __call__(self, tell: Callable[[Report], None]) -> ProcessMouth:
        """Open one; raises OSError where no process can be started."""
        return ProcessMouth(self._setting, tell)


class ProcessMouth:
    """A mouth in a process of its own, with a thread that listens to what it tells."""

    def __init__(self, setting: Setting, tell: Callable[[Report], None]) -> None:
        self._tell = tell
        self._process = subprocess.Popen(
            [sys.executable, "-c", ENTER, setting.as_text()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            **_apart(),
        )
        threading.Thread(target=self._listen, name="formcoach mouth", daemon=True).start()

    def say(self, utterance: Utterance) -> None:
        """Begin to say it."""
        line = json.dumps({"text": utterance.text, "tone": utterance.tone}) + "\n"
        assert self._process.stdin is not None
        with suppress(OSError):  # it has died, and its listener says so
            self._process.stdin.write(line.encode())
            self._process.stdin.close()

    def shut(self) -> None:
        """Be quiet at once: ends the process, and what plays sound for it."""
        if self._process.poll() is not None:
            return
        with suppress(OSError):
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)

    def _listen(self) -> None:
        """The thread: hand on what the process tells, until it ends."""
        assert self._process.stdout is not None
        failed = False
        for line in self._process.stdout:
            if line.startswith(b"{"):  # libraries may print, too
                told = json.loads(line)
                failed = told["news"] == "failed"
                self._tell(Report(self, told["news"], told["detail"]))
        code = self._process.wait()
        self._close_pipes()
        if code and not failed:
            self._tell(Report(self, "failed", f"the speech engine ended with {code}"))
        self._tell(Report(self, "ended"))

    def _close_pipes(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _apart() -> dict[str, Any]:
    """Out of reach of a Ctrl-C in the terminal; on Windows without a console of its own."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}
