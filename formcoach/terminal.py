"""What is printed is seen: nothing that a file or a camera is called steers the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from typing import Any, TextIO, cast

from formcoach.legible import legible


class Legible:
    """A stream of text in which everything unseen is written as an escape; all else is the stream's own.

    Args:
        stream: where it goes.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write a text; returns its length, as streams do."""
        self._stream.write(legible(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def legible_output() -> Iterator[None]:
    """Print so until the block ends. There may be no streams, as in a program without a console."""
    with ExitStack() as stack:
        for stream, redirect in ((sys.stdout, redirect_stdout), (sys.stderr, redirect_stderr)):
            if stream is not None:
                stack.enter_context(redirect(cast(TextIO, Legible(stream))))
        yield
