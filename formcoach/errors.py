"""The one kind of error that a person is shown."""

from __future__ import annotations

from collections.abc import Sequence

from formcoach.legible import printable


class FormcoachError(Exception):
    """Something a person can act on, said in one sentence: what, where and what to do.

    The command line prints the sentence and exits with code 2, without a traceback. Whatever it quotes,
    everything unseen is shown in it as an escape.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__("\n".join(map(printable, sentence.split("\n"))))


class SpecError(FormcoachError):
    """A spec file with faults: all of them at once, each a line with its address."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(map(printable, faults))
        super().__init__("\n".join(self.faults))

    def __reduce__(self) -> tuple[type[SpecError], tuple[tuple[str, ...]]]:
        return type(self), (self.faults,)  # as it comes from another process


def missing_libraries(error: BaseException) -> FormcoachError:
    """The error for a system without the libraries that MediaPipe and OpenCV need, from what loading said."""
    return FormcoachError(
        f"MediaPipe and OpenCV cannot be loaded here ({error}): on Debian or Ubuntu, run "
        "`sudo apt install libegl1 libgles2 libgl1 libglib2.0-0`, elsewhere install formcoach again."
    )
